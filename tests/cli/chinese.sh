#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# chinese.sh - what a clerk sees who reads Chinese: wenlu check and wenlu region in their locale, which
# need not be there. tests/lint/messages.sh sees that no message is forgotten.
. "${srcdir:-.}/tests/cli/lib.sh"

# zh ARGUMENTS…: as wenlu, in Chinese.
zh() {
	out=$(LC_ALL='' LC_MESSAGES='' LANG=zh_CN.UTF-8 "$program" "$@" 2>&1 </dev/null)
	status=$?
}
# in_english VARIABLE=VALUE… NAME; in_chinese likewise: by what wenlu check says of no file.
told() {
	out=$(env LC_ALL= LC_MESSAGES= LANG= "${@:1:$#-1}" "$program" check -c "$conf" none.yaml 2>&1)
}
in_english() {
	told "$@"
	has 'No such file' "${!#}"
}
in_chinese() {
	told "$@"
	has '没有这个文件或文件夹' "${!#}"
}
in_english LANG=C "the locale C is English"
in_english LANG=de_DE.UTF-8 "so is every other that nobody has translated to"
in_chinese LANG=zh_CN.UTF-8 "a Chinese one is Chinese, whether the machine has it or not"
in_chinese LANG=zh_CN "in any of its spellings"
in_english LC_ALL=C LANG=zh_CN.UTF-8 "LC_ALL is above LANG"
in_chinese LANG=en_US.UTF-8 LC_MESSAGES=zh_CN.UTF-8 "and so is LC_MESSAGES"
in_chinese LANG=en_US.UTF-8 LANGUAGE=zh_CN:en "LANGUAGE is above the locale"
in_english LANG=zh_CN.UTF-8 LANGUAGE=en "in both directions"

zh region new -c "$conf" suzhou 320500 苏州市
gives 0 "a region is begun"
grep -q '^# 来源：' suzhou/suzhou.yaml && grep -q 'man wenlu-guide' suzhou/README.md &&
	grep -q '检查指南' suzhou/Makefile
ok $? "its files are explained in Chinese" "$(cat suzhou/*)"
found=$(grep -nE '^ *#.* (the|is|of|and) ' suzhou/*)
empty "$found" "and nothing of them in English"
found=$(grep -n '@' suzhou/*)
empty "$found" "every place in them is filled"
wenlu region new -c "$conf" suzhou 320500 苏州市 english
found=$(diff <(sed 's/ *#.*//;/^ *$/d' suzhou/suzhou.yaml) <(sed 's/ *#.*//;/^ *$/d' english/suzhou.yaml))
empty "$found" "the guide itself is that of the English one"
zh check -c "$conf" suzhou/suzhou.yaml
is '错误 0 处，提醒 0 处' "it has no faults"
zh region preview -c "$conf" suzhou/suzhou.yaml
has '试问答对 2 句，共 2 句' "and answers its canary questions"
zh region new -c "$conf" suzhou 320500
has 'suzhou/suzhou.yaml 已经有了：请换一个文件夹' "what is there already is told"
zh region new suzhou
has '请写名字和行政区划代码' "and what is missing"

# broken SED WORDS NAME: the guide, changed, is told of with these words, and none in English.
mkdir wrong
broken() {
	sed "$1" suzhou/suzhou.yaml | sed 's/ *#.*//' >wrong/suzhou.yaml
	zh check -c "$conf" wrong/suzhou.yaml
	grep -qE "^wrong/suzhou.yaml 第 [0-9]+ 行第 [0-9]+ 列：.*$2" <<<"$out" &&
		! grep -qE '[a-z]+ [a-z]+ [a-z]+' <<<"$out"
	ok $? "$3" "wanted $2, said: $out"
}
broken 's/^title: /title：/' '请把全角冒号“：”换成半角冒号加一个空格' "a full-width colon"
broken 's/^title: /title:/' '冒号后面请加一个空格' "a colon without a blank"
broken 's/^    kind: law/\t&/' '这里有制表符' "a tab"
broken 's/^version: .*/version: "2026/' '引号' "an open quote"
broken 's/^    kind: law/   kind: law/' '这一行缩进 3 个空格' "a line too far left"
broken 's/^titl/tilt/' '请改字段“tilte”：“指南”里没有这个字段，是不是“title”' "a key misspelt"
broken '/^contact/d' '请补上 contact' "a key that is missing"
broken 's/permit.timing:/permit.time:/' '没有“permit.time”这个意图，是不是“permit.timing”' "an intent misspelt"
broken 's/permit.timing:/办理时限:/' '请把“办理时限”换成意图的名字，是不是“permit.timing”' "an intent in Chinese"
broken 's/"320500"/"320599"/' '没有代码为“320599”的地方' "a code that does not exist"
broken 's/"320500"/“320500”/' '是中文标点' "full-width quotes"
broken 's/source: L9/source: L8/' 'sources 里没有编号为“L8”的来源' "a source that does not exist"
broken '/source: L9/d' '请写明来源' "no source"
broken 's/kind: law/kind: 法律/' '“来源的 kind”不能写“法律”，是不是“law”' "a kind in Chinese"
broken 's/unit: day/unit: 天/' '“办结时限的 unit”不能写“天”，是不是“day”' "a unit in Chinese"
broken 's/as_of: .*/as_of: "2016年1月"/' '不是日期' "a Chinese date"
broken 's/- 条例第九条规定，/- 提示: 条例/' '半角冒号加空格把一句话断成了两截' "a line with a colon"
broken 's/summary: 居/summary: @居/' '文字不能用 @ 开头' "a text that begins with @"
broken 's/review_by: .*/review_by: "2019-06"/' '提醒：请复查来源 L2' "a stale source"
broken 's/自受理之日起15日内/一定能在15日内/' '提醒：条目 permit.timing 的 summary 里有“一定能”' "a promise"
broken 's/must: \["15日"\]/must: [三天]/' '试问“苏州居住证多久能办好”：回答里没有“三天”' "a canary that fails"
broken 's/intent: permit.apply/intent: permit.fee/' '听成了 permit.apply，应当是 permit.fee' "one that is understood otherwise"
iconv -f UTF-8 -t GBK suzhou/suzhou.yaml >wrong/suzhou.yaml
zh check -c "$conf" wrong/suzhou.yaml
has '看来是 GBK，有的编辑器叫它 ANSI）：请在编辑器里另存为 UTF-8' "a file in another encoding"
cp suzhou/suzhou.yaml wrong/suzhou.yml
zh check -c "$conf" wrong/suzhou.yml
has '请改名为“名字.yaml”' "a file that would not be read"
sed '/review_by/d' suzhou/suzhou.yaml >wrong/suzhou.yaml
zh check -c "$conf" --format json wrong/suzhou.yaml
has '"severity":"warning","message":"请给来源 L2 补上 review_by' "in JSON the keys are English, the text is not"

for command in 'check' 'region' 'region new' 'region preview' 'region coverage' ''; do
	# shellcheck disable=SC2086 # two words
	zh $command --help
	has '用法：wenlu' "help is in Chinese: wenlu $command"
	hasnt 'Usage' "and not in English: wenlu $command"
done
zh check --foramt json
gives 2 "an option that there is not"
has '没有选项 --foramt' "is told in Chinese"
zh region coverage -c "$conf"
has '居住证 (permit)' "what is known where is printed"
has '个地方，' "and counted in Chinese"
zh region coverage -c "$conf" --format csv
has 'code,region,' "a table for programs stays as it is"
finish
