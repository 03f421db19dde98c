#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# messages.sh - what the wenlu command says in Chinese (core/cli/zh_CN.po): whole, and fit to stand in
# for the English.
# shellcheck disable=SC2016 # awk expands, not the shell
cd "${srcdir:-.}" || exit 1
. tests/lint/tap.sh
po=core/cli/zh_CN.po
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What those who write guides can see. Who adds a file that talks to them adds it here.
seen=(core/base/error.c core/know/*.c core/engine/{canary,generation}.c
	core/plugin/{image,registry,source}.c
	core/cli/{check,main,neighbour,preview,region,region-coverage,region-new,region-preview,world}.c)

# English, tab, Chinese; as the program has them.
LC_ALL=C awk -f core/cli/gen-messages.awk $po >"$work/table"
ok $? "$po is read"
sed -n 's/^{"\(.*\)",$/\1/p' "$work/table" >"$work/english"
sed -n 's/^ "\(.*\)"},$/\1/p' "$work/table" >"$work/chinese"
paste "$work/english" "$work/chinese" >"$work/both"
[ "$(wc -l <"$work/both")" -gt 250 ]
ok $? "it has messages in it"

empty "$(grep -nE '^#,.*fuzzy|^#~' $po)" "no message is marked as fuzzy or obsolete"
# A text may begin in the line behind `msgstr ""`.
found=$(awk '/^msgstr ""$/ { at = FNR; next } at && FNR == at + 1 && !/^"/ { print at } { at = 0 }
	END { if (at) print at }' $po)
empty "$found" "no message is left without its Chinese"

# a. What nobody says any more.
find core -name '*.c' -exec awk -f tests/lint/literals.awk {} + >"$work/literals"
cut -f3 "$work/literals" | sort -u >"$work/said"
# The system's own words are in no source of ours.
awk '/^#: strerror/ { is_system = 1 } /^msgid/ && is_system { print substr($0, 8, length($0) - 8); is_system = 0 }' \
	$po | sort -u >"$work/system"
found=$(sort -u "$work/english" | comm -23 - "$work/said" | comm -23 - "$work/system")
empty "$found" "every message of it is said somewhere in core/"

# b. A format whose arguments are others crashes.
found=$(awk -F '\t' '
function conversions(text,  all) {
	gsub(/%%/, "", text)
	while (match(text, /%[-+ #0]*(\*|[0-9]+)?(\.(\*|[0-9]+))?(hh|h|ll|l|z|j|t)?[A-Za-z$]/)) {
		all = all substr(text, RSTART, RLENGTH) " "
		text = substr(text, RSTART + RLENGTH)
	}
	return all
}
function tail(text) { return text ~ /\\n$/ }
conversions($1) != conversions($2) { print $1 " => " $2 }
tail($1) != tail($2) { print "line end: " $1 " => " $2 }' "$work/both")
empty "$found" "every format takes the arguments of the English in their order"

# c. What is said and is not in it: arguments of say() everywhere; in files whose messages writers of
# guides see, the arguments of what tells a problem, and whatever has two words in a row.
{
	# Some files have a say() of their own.
	mapfile -t callers < <(grep -rl '^#include "base/say.h"' core --include='*.c')
	awk -f tests/lint/literals.awk "${callers[@]}" |
		awk -F '\t' '($2 == "say" || $2 == "say_of") && $3 != "" { print $3 }'
	sed -n 's/^\t\.summary = "\(.*\)",$/\1/p' core/cli/*.c
	awk -f tests/lint/literals.awk "${seen[@]}" | awk -F '\t' '
	$2 ~ /^(says|assert|die|skip_head|yaml_read|cli_refuse_option)$/ { next } # no messages
	$3 ~ /^(<|table\{|%s  #|(\{|, )[a-z]+: )/ { next } # HTML, CSS, pieces of YAML
	{ words = $3; gsub(/%[-+ #0-9.*hlzjt]*[A-Za-z]/, "", words) }
	$2 ~ /^(problem_add|problem_add_stale|fault_set|reader_error|reader_warn|refuse|advise|ERROR|WARNING)$/ &&
		words != $3 && words ~ /[^ ]/ { print $3; next }
	words ~ /[A-Za-z][,:;.)]* [A-Za-z]/ { print $3 }'
} | sort -u >"$work/wanted"
[ "$(wc -l <"$work/wanted")" -gt 250 ]
ok $? "messages are found in the sources" "$(wc -l <"$work/wanted")"
empty "$(sort -u "$work/english" | comm -13 - "$work/wanted")" "every message has its Chinese in $po"

# Signs of Chinese typing are the commonest mistake: none may stand where they are to be typed.
empty "$(grep -nE '“[-a-z_]+：' "$work/chinese")" "no key is shown with a full-width colon"

if command -v msgfmt >/dev/null; then
	empty "$(msgfmt --check-format -o /dev/null $po 2>&1)" "msgfmt has nothing to say about it"
else
	skip "msgfmt has nothing to say about it" "gettext is not installed"
fi
finish
