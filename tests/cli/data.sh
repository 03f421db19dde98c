#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# data.sh - wenlu data: examples held against each other, and brought in from other programs.
. "${srcdir:-.}/tests/cli/lib.sh"

wenlu data check -c "$conf"
gives 0 "the examples of our own intents have no errors"
has 'questions in' "how many there are is told"

cat >a.tsv <<'END'
# label	question
fee	办居住证要多少钱
fee	办居住证要收费吗
fee	居住证工本费是多少
fee	领居住证花钱吗
time	居住证多久能办好
time	居住证几天能拿到
time	居住证要等多久
time	辦居住證要多少錢？
time	领居住证花钱不
END
wenlu data check -c "$conf" --least 5 a.tsv
gives 1 "the same question in two intents is an error"
has 'a.tsv:9:6: ' "it is told with file, line and column"
has "(a.tsv:2)" "and where the other stands"
has 'a.tsv:2:5: error: only 4 examples of fee, at least 5 are wanted' "an intent with too few examples is told"
empty "$(sed '1,/: error: /d' <<<"$out" | grep ': warning: ')" "errors are called so and stand behind all warnings"
has '     1  error: intents with too few examples' "also in the sum"
has 'nearer to' "an example in the wrong intent is told"
hasnt 'only 5 examples' "an intent with enough is not"
printf 'fee\n' >b.tsv
wenlu data check -c "$conf" b.tsv
gives 2 "a line without a question is refused"
has 'b.tsv:1:4' "with its place"
printf '费用\t要钱吗\n费用\t\n' >b.tsv
wenlu data check -c "$conf" b.tsv
has 'b.tsv:2:4' "also where there is nothing behind the tab, in characters"
printf '费用\t\xff\n' >b.tsv
wenlu data check -c "$conf" b.tsv
has 'b.tsv:1:4' "and where it is no UTF-8"
printf '费用\t要钱吗\n费用\t 要钱吗\n' >b.tsv
wenlu data check -c "$conf" b.tsv
has 'b.tsv:2:5: ' "of a question it is told where it begins"

cat >nlu.yml <<'END'
version: "3.1"
nlu:
- intent: Ask Fee
  examples: |
    - [苏州](city)居住证多少钱
    - [明天]{"entity": "time"}去办要钱吗
- synonym: 苏州
  examples: |
    - 姑苏
- intent: bye
  examples:
    - text: |
        再见
END
wenlu data import --from rasa nlu.yml
is $'Ask Fee\t苏州居住证多少钱\nAsk Fee\t明天去办要钱吗\nbye\t再见' \
	"an nlu.yml of Rasa is read, its marks taken off"
wenlu data import --from rasa --into made nlu.yml
gives 0 "intent files are written"
out=$(cat made/ask_fee.yaml)
has 'intent: ask_fee' "under a name as our intents have it"
wenlu data import --from rasa --into made nlu.yml
gives 1 "a file that is there is left alone"
printf 'matter: t\ntitle: t\nterms: [t]\n' >made/matter.yaml
mkdir -p tree/t && cp made/*.yaml tree/t
# The same configuration with other intents; its relative paths are its folder's.
sed "s|= \([^/0-9]\)|= $(dirname "$conf")/\1|; s|^intents = .*|intents = $work/tree|" "$conf" >own.conf
wenlu data check -c own.conf --least 1
gives 0 "what was written is read as intents"
has '3 questions in 2 intents' "with all examples"
sed -i 's/^\( *\)苏州居住证多少钱$/&\n&/' tree/t/ask_fee.yaml
indent=$(sed -n 's/^\( *\)苏州居住证多少钱$/\1/p' tree/t/ask_fee.yaml | head -n 1)
wenlu data check -c own.conf --least 1
grep -q "ask_fee.yaml:[0-9]*:$((${#indent} + 1)): warning: '苏州居住证多少钱'" <<<"$out"
ok $? "a question in a file of an intent is told where it begins" "$out"

printf 'id,text,intent\r\n1,"好, ""吗""\n谢谢",thanks\r\n2,再见,bye\r\n' >a.csv
wenlu data import --from csv a.csv
is $'thanks\t好, "吗" 谢谢\nbye\t再见' "CSV is read by its heading, with quotes and line breaks"
printf '你好,greet\n再见\n' >b.csv
wenlu data import --from csv b.csv
gives 2 "a row that is too short is refused"
has 'b.csv:2:1' "with its place"
printf '{"text":"你好","intent":"greet"}\n{"question":"再见","label":"bye"}\n' >a.jsonl
wenlu data import --from jsonl a.jsonl
is $'greet\t你好\nbye\t再见' "JSON lines are read"
printf '{"text":"你好","intent":"greet"}\n{"text":' >b.jsonl
wenlu data import --from jsonl b.jsonl
gives 2 "a broken object is refused"
has 'b.jsonl:2:1' "with its line"
wenlu data import --from xml a.csv
gives 2 "an unknown format is refused"
wenlu data
gives 2 "without a word for what to do, help is shown"
finish
