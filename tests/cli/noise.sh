#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# noise.sh - wenlu noise: copies of questions as people mistype them.
. "${srcdir:-.}/tests/cli/lib.sh"

cat >lines.tsv <<'END'
# label	question
permit.apply	居住证怎么办理	plain	410100

permit.fee	办居住证要多少钱？
END
echo '我的头发很干燥，皇后和后来' >plain.txt
printf 'a\t\xff\xfe坏\n' >bad.tsv

wenlu noise --kind traditional plain.txt
is '我的頭髮很乾燥，皇后和後來' "Traditional forms go by words, not by single characters"

wenlu noise --kind pinyin lines.tsv
gives 0 "a file of questions is copied"
has $'permit.apply\tjuzhu' "pinyin is typed as letters"
has $'\tplain\t410100' "columns behind the question are kept"
hasnt '# label' "comments and empty lines are left out"
[ "$(wc -l <<<"$out")" = 2 ]
ok $? "there is one copy of each line"

wenlu noise --kind sound lines.tsv
first=$out
hasnt '居住证怎么办理' "a character of every line is exchanged for one that sounds the same"
wenlu noise --kind sound lines.tsv
is "$first" "the same seed gives the same copies"
tac lines.tsv >turned.tsv
wenlu noise --kind sound turned.tsv
is "$(tac <<<"$first")" "a copy does not depend on where the line stands"
wenlu noise --kind sound --rate 0.5 --seed 7 lines.tsv
second=$out
wenlu noise --kind sound --rate 0.5 --seed 8 lines.tsv
[ "$out" != "$second" ]
ok $? "another seed gives other copies"
wenlu noise --kind sound --rate 0 lines.tsv
has '居住证怎么办理' "at a rate of 0 nothing is changed"

echo 'ABC，居住证？' >width.txt
wenlu noise --kind width width.txt
is 'ＡＢＣ,居住证?' "width goes both ways"
echo '居住证' >short.txt
wenlu noise --kind initials --rate 1 short.txt
is 'jzz' "initials are the first letters"
for kind in drop repeat swap shape punctuation emoji; do
	wenlu noise --kind $kind short.txt
	[ "$out" != 居住证 ] && [ "$status" = 0 ]
	ok $? "$kind changes the question" "$out"
done
wenlu noise --name short.txt
[ "$(wc -l <<<"$out")" = 11 ]
ok $? "without a kind there is a copy of each" "$out"
has $'swap\t' "the kind can be put in front"

wenlu noise --kind sound bad.tsv
gives 0 "bytes that are no UTF-8 are copied as they are"
wenlu noise --kind sond lines.tsv
gives 2 "an unknown kind is refused"
has 'traditional' "the kinds are listed"
wenlu noise --rate 2 lines.tsv
gives 2 "a rate beyond 1 is refused"
wenlu noise nowhere.tsv
gives 2 "a file that is not there is told"
finish
