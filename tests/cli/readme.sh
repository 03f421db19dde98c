#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# readme.sh - the talk that README.md and README.zh.md show is what the program says.
. "${srcdir:-.}/tests/cli/lib.sh"

# What stands in FILE between the line that starts the talk and the end of its block.
talk_of() { # FILE
	awk '/^\$ build\/wenlu ask$/ { on = 1; next } /^```/ { on = 0 } on && NF' "$1"
}

for readme in README.md README.zh.md; do
	talk_of "$srcdir/$readme" >"$work/talk"
	[ "$(grep -c '^您：' "$work/talk")" -ge 3 ]
	ok $? "$readme shows a talk"
	grep -v '^您：' "$work/talk" | sed 's/^问路：//' >"$work/shown"
	# That a source is past its review date comes with time.
	sed -n 's/^您：//p' "$work/talk" | "$program" ask -c "$conf" |
		sed '/^$/d; s/部分资料已经过了复核日期，请先核实再去办。//' >"$work/said"
	empty "$(diff "$work/shown" "$work/said")" "$readme: the program says the same (below: what it says is behind >)"
done
# A bare machine has no locale.
sed -n 's/^您：//p' "$work/talk" | LC_ALL=POSIX "$program" ask -c "$conf" |
	sed '/^$/d; s/部分资料已经过了复核日期，请先核实再去办。//' >"$work/bare"
empty "$(diff "$work/said" "$work/bare")" 'and without a locale'
finish
