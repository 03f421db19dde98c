#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# mistakes.sh - the mistakes that people make in guides: each is told at its very line and column
# (columns count characters, so Chinese text before it must not shift it), with what to do.
. "${srcdir:-.}/tests/cli/lib.sh"

mkdir good wrong
cat >good/suzhou.yaml <<'END'
guide: 1
name: suzhou
title: 苏州市居住证
version: "2026.11.1"
contact: 维护者
regions:
  - code: "320500"
    aliases: [姑苏城]
    apps: [苏周到]
sources:
  - {id: S1, title: 苏州市办事指南, kind: government, url: "https://example.cn/a", as_of: "2025-06-01", review_by: "2099-06"}
topics:
  permit.timing:
    source: S1
    summary: 以窗口告知的时间为准。
    steps:
      - 带身份证到派出所
    timing:
      - {stage: 整体, min: 3, max: 7, unit: working_day}
canary:
  - {ask: 苏州居住证多久能办好, intent: permit.timing, must: [窗口]}
END

# mistake SED WHERE WORDS NAME: the good guide, changed; told at line:column with these
# words (0:0: nothing is told).
mistake() {
	sed "$1" good/suzhou.yaml >wrong/suzhou.yaml
	if cmp -s good/suzhou.yaml wrong/suzhou.yaml; then
		ok 1 "$4" "the guide is not changed by $1"
		return
	fi
	wenlu check -c "$conf" wrong/suzhou.yaml
	if [ "$2" = 0:0 ]; then
		is '0 errors, 0 warnings' "$4"
		return
	fi
	grep -F "wrong/suzhou.yaml:$2: " <<<"$out" | grep -qF -e "$3"
	ok $? "$4" "wanted $2: $3, said: $out"
}

wenlu check -c "$conf" good/suzhou.yaml
gives 0 "the guide that is spoiled has no faults of its own"
is "0 errors, 0 warnings" "nor anything to be warned of"

# Signs and columns.
mistake '14s/^ */\t/' 14:1 'a tab: indent with blanks' "a tab"
mistake '15s/^ */   /' 15:4 'indented by 3 blanks, but the part that began in line 13 by 2' \
	"a line too far left"
mistake '15s/^ */      /' 15:7 'indented further than the line before it allows' \
	"a line too far right"
mistake '8s/^ */   /' 8:4 'indented by 3 blanks, but the list that began in line 7 by 2' \
	"a key too far left in a list"
mistake '3s/: /：/' 3:6 "a full-width colon '：'" "a full-width colon"
mistake '15s/: /：/' 15:12 "a full-width colon '：'" "a full-width colon in a topic"
mistake '12s/:/：/' 12:7 "a full-width colon '：'" "a full-width colon behind a key alone"
mistake '13s/:$/：/' 13:16 "a full-width colon '：'" "a full-width colon behind an intent"
mistake '11s/title: /title：/' 11:14 'its colon is full-width' "a full-width colon in {…}"
mistake '3s/: /:/' 3:6 'a blank is missing behind the colon' "a colon without a blank"
mistake '11s/kind: /kind:/' 11:30 'a blank is missing behind the colon' "the same in {…}"
mistake '4s/"$//' 4:10 'the quote that begins here is not closed' "an open quote"
mistake '15s/以窗口/"以窗口"/' 15:19 'after a closing quote nothing may follow' "a text behind a quote"
mistake '15s/以/提醒: 以/' 15:16 "a second ': '" "a second colon"
mistake '15s/以/@以/' 15:14 "cannot begin with '@'" "a text that begins with @"
mistake '15s/以/*以/' 15:15 'put the whole text in quotes' "a text that begins with *"
mistake '15s/以/!以/' 15:14 'put the whole text in quotes' "a text that begins with !"
mistake '15s/以/"\\以/;15s/$/"/' 15:15 "write '…' instead" "a backslash in quotes"
mistake '7s/"320500"/“320500”/' 7:11 'is a Chinese punctuation mark' "full-width quotes"
mistake '8s/\]/，吴门]/' 8:15 "parted by ', '" "a full-width comma in a list"
mistake '9s/\]//' 9:11 "a ',' or the ']' is missing" "an open bracket"
mistake '11s/}//' 11:5 'is missing' "an open brace"
mistake '11s/government,/government/' 11:50 "a ', ' is missing before this" "a missing comma"
mistake '17s/- /-/' 17:7 "a blank is missing behind the '-'" "a dash without a blank"
mistake '17s/- //' 17:7 "write '- ' in front of each element" "a list without dashes"
mistake '7s/- /  /' 7:5 "write '- ' in front of each element" "a map where a list is due"
mistake '16s/$/ - 第一步/' 16:12 'a list begins in a line of its own' "a list behind its key"
mistake '15s/以/　以/;15s/    summary/　　summary/' 15:1 'a full-width blank: indent with half-width' \
	"full-width blanks in front of a line"
mistake '15s/$/拨打 #12345 咨询/' 15:28 "what stands behind ' #' is a comment" "a text cut by a comment"
mistake '17s/$/ #2 窗口/' 17:18 "what stands behind ' #' is a comment" "a step cut by a comment"
mistake '17s/带.*/{text: 带身份证, source: S1} # 好/;15s/: .*/: "以窗口 #2 为准" #/' 0:0 '' \
	"a '#' in quotes and one behind a map cut nothing"
mistake '15s/: .*/: #12345/' 15:13 "for a '#' behind a blank begins a comment" "a text that is all comment"
mistake '21s/好,/好 #1,/' 21:22 "begins a comment, also within […] and {…}" "a comment within {…}"

# Lists of bare texts.
mistake '16s/steps/documents/' 17:9 'write - {name: 带身份证到派出所}' "a document as a bare text"
mistake '16s/steps/channels/' 17:9 'write - {name: 带身份证到派出所, kind: app}' "a channel as a bare text"
mistake '19s/{.*/7个工作日/' 19:9 'write - {stage: 整体, text: 7个工作日}' "a time as a bare text"
mistake '21s/{.*/苏州居住证多久/' 21:5 'write - {ask: 苏州居住证多久, intent' "a canary as a bare text"
mistake '8,9d;7s/code: //' 7:5 'write - {code: 320500}' "a place as a bare text"
mistake '17s/带/先去: 带/' 17:9 'put the whole of it in quotes, "先去: 带身份证到派出所"' "a step with a colon"

# Cases: what holds by a figure.
cases() {
	local words=$1
	shift
	mistake "15s/\$/\\n    cases:\\n      - {figure: overdue_days, ${words}}/" "$@"
}
cases 'max: 30, text: 连续计算。' 0:0 '' "a case"
cases 'max: 30, text: 连续。}\n      - {figure: overdue_days, over: 30, text: 重算。' 0:0 '' "two of them"
cases 'most: 30, text: 连续计算。' 17:32 "unknown key 'most' in a case" "another word for a limit"
cases 'text: 连续计算。' 17:9 'a case needs a limit: min (at least)' "a case without a limit"
cases 'max: 30天, text: 连续计算。' 17:37 'max must be a whole number' "a limit with its unit"
cases 'max: 30, unit: 天, text: 连续计算。' 17:47 "did you mean 'day'?" "a unit in Chinese"
cases 'max: 36500, unit: year, text: 连续计算。' 17:50 'did you mean unit: day?' "days as years"
cases 'max: 半年, text: 连续计算。' 17:37 'max must be a whole number' "a limit in words"
cases 'min: 30, max: 3, text: 连续计算。' 17:9 'the lower one (30) must be below the upper one (3)' \
	"limits the wrong way round"
cases 'over: 3, min: 4, text: 连续计算。' 17:38 'either min or over' "two lower limits"
cases 'max: 30, text: 连续。}\n      - {figure: overdue_days, min: 30, text: 重算。' 18:18 \
	'the case in line 17 is about some of the same numbers' "30 in two cases"
cases 'max: 30, text: 连续。}\n      - {figure: overdue_days, min: 32, text: 重算。' 17:18 \
	'no case is about overdue_days over 30 (day) and under 32 (day), line 18' "31 in none"
cases 'max: 30, text: 连续计算。}\n      - 超过30日的，重新计算。\n      # {' 18:9 \
	'write - {figure: …, max: …, text: 超过30日的，重新计算。}' "a case as a bare text"
mistake '15s/$/\n    cases:\n      - {figure: overdue_day, max: 30, text: 连续计算。}/' 17:18 \
	"did you mean 'overdue_days'?" "a figure misspelt"
mistake '15s/$/\n    cases:\n      - {figure: 逾期, max: 30, text: 连续计算。}/' 17:18 \
	'it must be one of overdue_days, left_days' "a figure in Chinese"
mistake '15s/$/\n    cases:\n      - {max: 30, text: 逾期30日内的连续计算。}/' 17:9 \
	"'figure' is missing" "no figure at all"
mistake '15s/^.*$/    cases:\n      - {figure: overdue_days, max: 30, text: 连续计算。}/' 13:3 \
	'has cases and no summary' "cases alone"

# Keys and values.
mistake '16s/steps/summary/' 16:5 "the key 'summary' stands here twice, first in line 15" "a key twice"
mistake '3s/title/titel/' 3:1 "did you mean 'title'" "a key misspelt"
mistake '11s/as_of/asof/' 11:77 "did you mean 'as_of'" "a key misspelt behind Chinese text"
mistake '11s/ as_of: "2025-06-01",//' 11:5 "'as_of' is missing" "a source without a date"
mistake '11s/2025-06-01/2025-13-01/' 11:84 "'2025-13-01' is no date" "a month that does not exist"
mistake '11s/2025-06-01/2025年6月/' 11:84 'write YYYY, YYYY-MM or YYYY-MM-DD' "a Chinese date"
mistake '11s/2025-06-01/2098-06-01/' 11:84 'which is still to come' "a date still to come"
mistake '11s/2099-06/2019-06/' 11:109 'was to be looked at again by 2019-06' "a stale source"
mistake '11s/, review_by: "2099-06"//' 11:10 'has no review_by' "a source never looked at again"
mistake '19a\    channels: [{name: 苏周到, kind: APP}]' 20:34 "did you mean 'app'" "a kind in capitals"
mistake '11s/government/官网/' 11:36 "did you mean 'government'" "a kind in Chinese"
mistake '2s/suzhou/sushou/' 2:7 "the guide is named 'sushou' and its file suzhou.yaml" \
	"a guide named otherwise than its file"
mistake '11s/government/goverment/' 11:36 "did you mean 'government'" "a kind misspelt"
mistake '11s,/a",/a b",' 11:53 "a blank behind 'https://example.cn/a'" "an address with a blank"
mistake '11s,https://,,' 11:53 "must begin with https://" "an address without its scheme"
mistake '14s/S1/S2/' 14:13 "did you mean 'S1'" "an unknown source"
mistake '14d' 14:14 'no source: add' "no source"
mistake '17s/带/{text: 带/;17s/$/, source: S9}/' 17:34 "no source 'S9'" \
	"an unknown source behind Chinese text"
mistake '13s/timing/time/' 13:3 "did you mean 'permit.timing'" "an intent cut short"
mistake '14s/^/    summary: 见窗口\n  办理时间:\n/' 15:3 "did you mean 'permit.timing' (办理时限)" \
	"an intent in Chinese"
mistake '13s/permit.timing/what.is.this.all/' 13:3 'wenlu region new lists them all' \
	"an intent that is like none"
mistake '13s/timing/timeing/' 13:3 "did you mean 'permit.timing'" "an intent misspelt"
mistake '21s/timing/timeing/' 21:31 "did you mean 'permit.timing'" "the same behind Chinese text"
mistake '7s/320500/320599/' 7:11 "there is no place '320599': did you mean" "a code that does not exist"
mistake '7s/320500/429999/' 7:11 "there is no place '429999' in 湖北省 (420000)" "a code far from any other"
mistake '7s/320500/410100/' 7:11 'the title speaks of 苏州市 (320500), but regions say 410100' \
	"the code of another city"
mistake '7s/320500/410100/' 7:11 "'zhengzhou' speaks for 410100 already" "a place that is taken"
mistake '8s/\]/, 郑州]/' 8:20 "alias '郑州' already stands for 郑州市 (410100)" \
	"another city's name behind Chinese text"
mistake '8s/\]/, 商都]/' 8:20 "already stands for 410100 in 'zhengzhou'" "another guide's name"
mistake '8s/姑苏城/苏/' 8:15 'a single character' "a name of one character"
mistake '15s/以/罚款300%，以/' 15:16 "'300%' has no source" "a figure nobody can show, at the figure"
mistake '15s/以/请报320500199901011234，以/' 15:16 "somebody's personal number" "a personal number"
mistake '15s/以/请打13800138000，以/' 15:16 "'13800138000': this looks like somebody's mobile" "a mobile number"
mistake '17s/$/，138-0013-8000/' 17:18 "somebody's mobile number" "a mobile number in parts"
mistake '15s/以/<a href=x>网<\/a>，以/' 15:14 "'<a': this is shown as it was typed" "a tag of HTML"
mistake '15s/以/一定能办，以/' 15:14 "'一定能': never promise a result" "a promise"
mistake '11s/government/article/' 15:14 '据资料（未核实）' "an article's fact worded as sure"
mistake '11s/government/article/' 17:9 '据资料（未核实）' "the same in a step"
mistake '19s/min: 3/min: 9/' 19:26 'min (9) is more than max (7)' "a least above the most"
mistake '19s/working_day/天/' 19:43 "did you mean 'day'" "a unit in Chinese"
mistake '19s/working_day/weeks/' 19:43 'it must be one of' "a unit that does not exist"
mistake '19s/working_day/工作日/' 19:43 "did you mean 'working_day'" "another in Chinese"
mistake '19s/working_day/Working Day/' 19:43 "did you mean 'working_day'" "a unit written otherwise"
mistake '15s/: .*/:/' 15:13 'summary is empty' "an empty text"
mistake '14,19d' 13:17 'an empty one: fill it in or leave it out' "an empty topic"
mistake '14,19d;13s/$/ {}/' 13:3 'permit.timing is empty: leave it out' "an empty topic in braces"
mistake '15d' 13:3 'permit.timing has no summary' "a topic without a summary"
mistake '20,21d' 2:7 'no canary questions' "no canary"
mistake '21s/, intent.*/}/' 21:11 'checks nothing' "a canary that checks nothing"
mistake '19a\not_inherited: [{intent: permit.onlin, reason: 无}]' 20:26 "did you mean 'permit.online'" \
	"an unknown intent that is not inherited"
mistake '19a\examples: {permit.tming: [苏州多久]}' 20:12 "did you mean 'permit.timing'" \
	"an unknown intent of examples"

# Errors of both kinds at once.
sed '11s/2025-06-01/2025-13-01/;13s/timing/timeing/' good/suzhou.yaml >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
has 'wrong/suzhou.yaml:11:84: ' "a wrong date does not hide …"
has 'wrong/suzhou.yaml:13:3: ' "… an intent misspelt"
wenlu check -c "$conf" --format json wrong/suzhou.yaml
has '"line":11,"column":84,' "JSON has the same places"

# How a file was saved.
iconv -f UTF-8 -t GBK good/suzhou.yaml >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
has 'wrong/suzhou.yaml:3:8: not valid UTF-8 (byte 0xcb, it looks like GBK' "GBK is known"
iconv -f UTF-8 -t UTF-16 good/suzhou.yaml >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
has 'it looks like UTF-16' "UTF-16 is known"
{ printf '\xef\xbb\xbf' && cat good/suzhou.yaml; } >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
gives 0 "a byte order mark does no harm"
{ printf '\xef\xbb\xbf' && sed '1s/1/2/' good/suzhou.yaml; } >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
has 'wrong/suzhou.yaml:1:8: guide must be 1' "nor does it count as a column"
sed 's/$/\r/' good/suzhou.yaml >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
gives 0 "nor do the line ends of Windows"
sed '13s/timing/timeing/;s/$/\r/' good/suzhou.yaml >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
has "wrong/suzhou.yaml:13:3: topics: there is no intent 'permit.timeing'" "and places stay right with them"
sed '3s/: /：/;s/$/\r/' good/suzhou.yaml >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
has "wrong/suzhou.yaml:3:6: a full-width colon" "also in broken YAML"

head -c "$(($(sed -n '1,15p' good/suzhou.yaml | wc -c) - 5))" good/suzhou.yaml >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
has 'the file ends within a character: it is there in part only' "half a file is known as half a file"

# What a file is called.
for name in suzhou.yml suzhou.YAML suzhou.yaml.txt; do
	cp good/suzhou.yaml "$name"
	wenlu check -c "$conf" "$name"
	has "$name: warning: is not read, for its name does not end in .yaml" "$name is not read, and that is said"
done
mkdir folder
cp suzhou.yml folder
grep -v '^plugins' "$conf" >folder.conf
echo 'plugins = folder' >>folder.conf
wenlu check -c folder.conf
has 'folder/suzhou.yml: warning: is not read' "also of those in the plugin folder"

# A canary that does not hold is told where it says so.
sed '21s/窗口/马上就好/' good/suzhou.yaml >wrong/suzhou.yaml
wenlu check -c "$conf" wrong/suzhou.yaml
gives 1 "who fails a canary question is not fine"
has "wrong/suzhou.yaml:21:53: canary question '苏州居住证多久能办好': the answer does not say '马上就好'" \
	"check points at what the answer lacks"
wenlu check -c "$conf" --stale wrong/suzhou.yaml
gives 0 "looking for what is old asks no canaries"
wenlu region preview -c "$conf" wrong/suzhou.yaml
has 'wrong/suzhou.yaml:21:53: ' "preview points at what an answer lacks"
finish
