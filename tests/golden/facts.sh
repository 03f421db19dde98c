#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# facts.sh [--table] - every fact of the source article is asked for, from the real program.
#
# As a test, each line of facts.tsv is one. With --table a table in Markdown is printed instead:
# fact, question, and the sentence that answers.
if [ "${1-}" = --table ]; then
	as_table=yes
	shift
fi
. "${srcdir:-.}/tests/cli/lib.sh"

facts=$srcdir/tests/golden/facts.tsv

# The sentence of $said that has the word, or the first one.
sentence() {
	printf '%s\n' "$said" | sed 's/。/。\n/g' | grep -F -m 1 -e "$1" | sed 's/^[·0-9. ]*//; s/|/\\|/g'
}

each() { # WORDS WITH | BETWEEN: one a line
	tr '|' '\n' <<<"$1" | grep .
}

ask_all() { # QUESTION > FOLLOW-UP
	said=$("$program" ask -c "$conf" <<<"${1// > /$'\n'}" 2>&1)
}

complain() { # MUST NEVER
	[ "$said" ] || echo "nothing is said"
	while read -r word; do
		[[ $said == *"$word"* ]] || echo "missing: $word"
	done < <(each "$1")
	while read -r word; do
		[[ $said != *"$word"* ]] || echo "not to be said: $word"
	done < <(each "$2")
}

if [ "${as_table-}" ]; then
	echo '| fact | how | question | sentence |'
	echo '|---|---|---|---|'
fi
n=0
while IFS=$'\t' read -r id how question must never; do
	case $id in '' | '#'*) continue ;; esac
	ask_all "$question"
	n=$((n + 1))
	if [ "${as_table-}" ]; then
		echo "| $id | $how | $question | $(sentence "$(each "$must" | head -n 1)") |"
		continue
	fi
	complaints=$(complain "$must" "$never")
	empty "${complaints:+$complaints
$said}" "$id is $how: $question"
done <"$facts"
[ "${as_table-}" ] && exit 0

missing=
for i in {01..35}; do
	grep -q "^S$i	" "$facts" || missing+="S$i "
done
empty "$missing" "all thirty-five facts have a question"
finish
