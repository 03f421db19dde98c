#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# refusals.sh - who asks honestly is answered, who does not is refused: all examples there are.
#
# They are learnt from, so this says little about the classifier. It is the fixed phrases that are
# held against what people really ask: a refusal to who asks honestly is the worst answer there is.
. "${srcdir:-.}/tests/cli/lib.sh"

# What stands under examples:, a question a line, as ask --batch reads it.
examples() {
	awk '
	/^[a-z]/ { inside = /^examples:/ }
	inside && /^    / {
		sub(/^ +/, "")
		gsub(/\\/, "\\\\")
		gsub(/"/, "\\\"")
		gsub(/\t/, " ")
		printf "{\"text\":\"%s\"}\n", $0
	}' "$@"
}

# refused FILE: how many of its questions are, as crooked.
refused() {
	"$program" ask -c "$conf" --batch "$1" 2>err |
		grep -cE '"text":"(这个我不能帮忙|请不要找人花钱|请不要花钱走关系|别的公司的内部资料|别人的[^，]*我不能查)'
}

intents=$srcdir/intents
examples "$intents"/permit/permit.*.yaml "$intents"/company/company.*.yaml \
	"$intents"/medical/medical.*.yaml >honest
n=$(wc -l <honest)
[ "$n" -gt 10000 ]
ok $? "there are questions that are asked honestly" "$n"
r=$(refused honest)
[ "$((r * 500))" -lt "$n" ]
ok $? "less than one of five hundred of them is refused" "$r of $n"

for kind in forgery others paid; do
	examples "$intents/common/refuse.$kind.yaml" >crooked
	n=$(wc -l <crooked)
	r=$(refused crooked)
	[ "$n" -gt 100 ] && [ "$((r * 10))" -ge "$((n * 8))" ]
	ok $? "most that is refused as $kind is" "$r of $n"
done
finish
