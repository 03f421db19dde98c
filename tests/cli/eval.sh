#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# eval.sh - wenlu eval: figures about understanding.
. "${srcdir:-.}/tests/cli/lib.sh"

subjects=(灯 空调 电视 窗帘 音箱 风扇 热水器 洗衣机)
for s in "${subjects[@]}"; do
	printf 'on\t打开%s\non\t把%s打开\non\t请开一下%s\n' "$s" "$s" "$s"
	printf 'off\t关掉%s\noff\t把%s关上\noff\t请关一下%s\n' "$s" "$s" "$s"
	printf 'ask\t%s怎么用\nask\t%s有什么功能\nask\t%s坏了怎么修\n' "$s" "$s" "$s"
	printf 'buy\t我想买%s\nbuy\t%s多少钱一台\nbuy\t哪里卖%s\n' "$s" "$s" "$s"
done >train.tsv
cat >test.tsv <<'END'
# label	question
on	打开冰箱
off	关掉冰箱
ask	冰箱怎么用
buy	冰箱多少钱一台
END

wenlu eval --train train.tsv --test test.tsv --json --predictions p.tsv
gives 0 "a model is trained and measured on given lines"
for key in '"accuracy":' '"macro_f1":' '"latency_us":{"p50":' '"p99":' '"model_bytes":' \
	'"train_seconds":'; do
	has "$key" "the object has $key"
done
[ "$(grep -c '^{.*}$' <<<"$out")" = 1 ] && [ "$(wc -l <<<"$out")" = 1 ]
ok $? "it is one object on one line" "$out"
if command -v python3 >/dev/null; then
	python3 -c 'import json,sys; d=json.loads(sys.argv[1]); sys.exit(d["accuracy"] < 0.7)' "$out"
	ok $? "it is JSON, and most is understood" "$out"
else
	skip "it is JSON, and most is understood" "python3 is not installed"
fi
out=$(cat p.tsv)
[ "$(awk -F'\t' 'NF != 4 || $3 < 0 || $3 > 1' p.tsv | wc -l)" = 0 ] && [ "$(wc -l <p.tsv)" = 4 ]
ok $? "predictions have gold, predicted, confidence and question" "$out"
has $'冰箱怎么用' "in the words of the test"

head -n 48 train.tsv >first.tsv
tail -n +49 train.tsv >second.tsv
wenlu eval --train train.tsv --test test.tsv --json --predictions whole.tsv
wenlu eval --train first.tsv --train second.tsv --test test.tsv --json --predictions parts.tsv
cmp -s whole.tsv parts.tsv
ok $? "several files to learn from are one"

wenlu eval --train train.tsv --test test.tsv --html page.html
gives 0 "the report is printed"
has 'precision  recall' "with each intent"
has 'traditional' "and what mistyping costs"
out=$(cat page.html)
has '<svg' "the page has plots"
hasnt 'src=' "and needs nothing else"
wenlu eval --train train.tsv --test test.tsv --no-noise
hasnt 'traditional' "noise can be left out"

wenlu eval --train train.tsv --cv 4 --json
gives 0 "cross-validation measures each line once"
has '"n":96' "all of them"
wenlu eval --train train.tsv --test test.tsv --unseen --json
has '"out_of_scope":{"n":2' "labels that were not learnt are out of scope"

cp "$srcdir/tests/golden/questions/heldout.tsv" .
outside=$(grep -c '^out_of_scope	' heldout.tsv)
inside=$(grep -v '^#' heldout.tsv | grep -vc '^out_of_scope	')
wenlu eval -c "$conf" --test heldout.tsv --json --no-noise --places placed.tsv
gives 0 "the configured content is measured as it is"
has '"places":{"n":'"$inside," "places are measured where the questions name them"
has '"dialect":' "and each style by itself"
has '"out_of_scope":{"n":'"$outside," "and what is out of scope"

right=$(grep -c '^right	' placed.tsv)
has '"places":{"n":'"$inside,\"right\":$right}" "what was right is told line by line"
[ "$(grep -c '^\(right\|wrong\)	[^	]*	[^	]*	.' placed.tsv)" = "$inside" ]
ok $? "with the places meant, those found and the question" "$(head -3 placed.tsv)"
wenlu eval --train train.tsv --test test.tsv --places placed.tsv
gives 2 "where no places are found none are told"
has '--places needs --test' "and it is said why"

# Questions of which only the places are known: what was right once is to stay right. Most that are
# not have a name with one wrong character.
wenlu eval -c "$conf" --test "$srcdir/tests/golden/questions/places.tsv" --no-noise --json
gives 0 "places are measured where nobody said what a question is about"
has '"accuracy":null' "and nothing else is"
right=$(sed -n 's/.*"places":{"n":5535,"right":\([0-9]*\)}.*/\1/p' <<<"$out")
[ "${right:-0}" -ge 5440 ]
ok $? "of 5,535 questions the places of 5,440 at least are right (${right:-none})"
wenlu eval -c "$conf" --test "$srcdir/tests/golden/questions/places-more.tsv" --no-noise --json
right=$(sed -n 's/.*"places":{"n":11200,"right":\([0-9]*\)}.*/\1/p' <<<"$out")
[ "${right:-0}" -ge 10960 ]
ok $? "of 11,200 more, with many names misspelt on purpose, those of 10,960 (${right:-none})"
wenlu eval -c "$conf" --test "$srcdir/tests/golden/questions/places.tsv" --no-noise
hasnt 'Accuracy' "it is told so in words, too"
wenlu eval -c "$conf" --test "$srcdir/tests/golden/questions/places-none.tsv" --no-noise --json
right=$(sed -n 's/.*"places":{"n":899,"right":\([0-9]*\)}.*/\1/p' <<<"$out")
[ "${right:-0}" -ge 886 ]
ok $? "of 899 lines that name no place, none is found in 886 at least (${right:-none})"
# Weights that were learnt of something else know much less of what they are learnt from.
wenlu eval -c "$conf" --test "$srcdir/tests/golden/questions/places-learn.tsv" --no-noise
share=$(sed -n 's/^Places *\([0-9]*\)\..*/\1/p' <<<"$out")
[ "${share:-0}" -ge 94 ]
ok $? "core/nlu/target-weights.inc was learnt by contrib/learn of what target.c looks at (${share:-no} %)"

printf 'on\t\n' >bad.tsv
wenlu eval --train train.tsv --test bad.tsv
gives 2 "a line without a question is refused"
has 'bad.tsv:1:4' "with its place, where the question is wanted"
printf 'one\tx\n' >one.tsv
wenlu eval --train one.tsv --test one.tsv
gives 2 "a single label cannot be learnt"
wenlu eval --train train.tsv --test test.tsv --cv 3
gives 2 "two ways to measure at once are refused"
wenlu eval --cv 1
gives 2 "one part is no cross-validation"
wenlu eval --train nowhere.tsv --test test.tsv
gives 2 "a file that is not there is told"
finish
