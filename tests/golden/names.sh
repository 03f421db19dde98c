#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# names.sh - a sample of contrib/bench sweep: what was found once is found.
#
# names-lost.tsv has all that the sweep is known to lose. Whoever mends some of it writes it anew:
# contrib/bench sweep --lost tests/golden/names-lost.tsv
. "${srcdir:-.}/tests/cli/lib.sh"
known=$srcdir/tests/golden/names-lost.tsv

sweep() {
	out=$(BUILD=$builddir "$srcdir/contrib/bench" sweep --lost "$work/lost" "$@" 2>&1)
	status=$?
}
total() { # KIND COLUMN: a figure of its last lines
	awk -v what="all of $1" -v column="$2" 'index($0, what) { print $column }' <<<"$out"
}

sweep --every 10
gives 0 "every tenth name of the country is asked for, in each sentence others"
[ "$(total names 2)" -ge 9000 ] && [ "$(total cities 2)" -ge 300 ] && [ "$(total letters 2)" -ge 4 ]
ok $? "these are thousands, and bare questions of many cities" "$out"
empty "$(grep -vxFf "$known" "$work/lost")" "nothing is lost that is not known to be"
# A word of everyday life has to be read as one, and as a place where a place stands.
sweep --words
[ "$(($(total names 2) - $(total names 1)))" -ge 2750 ]
ok $? "names that are words are found in 2,750 of their questions at least" "$out"

cat >declines <<'END'
#!/bin/sh
sed 's/.*/{"type":"decline","regions":[]}/' "$3"
END
chmod +x declines
sweep --every 100 --against "$work/declines"
[ "$(total names 4)" = "$(($(total names 2) - $(total names 1)))" ]
ok $? "of a build that declines everything is told that it loses what this one finds" "$out"
grep -q $'^问一下{}的居住证\t.*\tthere$' "$work/lost" && ! grep -q $'\there$' "$work/lost"
ok $? "by name, and bare questions too" "$(grep -v '^#' "$work/lost" | head)"
finish
