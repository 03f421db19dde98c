#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check.sh - wenlu check: what it says about guides, and how.
. "${srcdir:-.}/tests/cli/lib.sh"

wenlu check -c "$conf"
gives 0 "our own guides have no errors"
# That a source is past its review date comes with time, and is for the editors.
empty "$(grep -F ': warning: ' <<<"$out" | grep -vF 'was to be looked at again by')" \
	"nor anything to be warned of but what has grown old"

cat >old.yaml <<'END'
guide: 1
name: old
title: 旧
version: "1"
contact: 无
regions:
  - code: "320500"
sources:
  - {id: S1, title: 一个不再review的页面, kind: government, as_of: "2019", review_by: "2020-01"}
  - {id: S2, title: 没有期限的页面, kind: government, as_of: "2019"}
topics:
  permit.timng:
    source: S1
    summary: 以窗口为准。
END
wenlu check -c "$conf" old.yaml
gives 1 "an error is an error"
has "old.yaml:12:" "with its line"
has "did you mean 'permit.timing'" "and the nearest right name"
has 'old.yaml:10:10: warning: ' "warnings are worded as compilers do"
wenlu check -c "$conf" --stale old.yaml
has 'old.yaml:9:80: warning: source S1 was to be looked at again by 2020-01 (一个不再review的页面)' \
	"--stale lists what is past its review date"
hasnt 'old.yaml:10:' "and nothing else"
has '1 guide, 1 source past the review date' "and says what it comes to"
sed 's/2020-01"}/9999"}/' old.yaml >young.yaml
wenlu check -c "$conf" --stale young.yaml
is '1 guide, 0 sources past the review date; the next is due by 9999 (young.yaml)' \
	"where nothing is, it says when the next is due"
sed 's/permit.timng/permit.timing/' old.yaml >spelled.yaml
wenlu region preview -c "$conf" spelled.yaml 苏州居住证多久能办好
has '过了复核日期' "an answer from what is past its review date says so"
sed 's/as_of: "2019", review_by: "2020-01"/seen: "2019"/' spelled.yaml >undated.yaml
wenlu region preview -c "$conf" undated.yaml 苏州居住证多久能办好
has '（未标日期）' "a source that bears no date is named as such"
has '资料没有标日期，是2019年查到的' "and no date is made up for the answer"
wenlu check -c "$conf" --format json old.yaml
has '"line":12,' "JSON has the same places"
has '"severity":"warning"' "and how bad it is"
wenlu check -c "$conf" nowhere.yaml
gives 1 "a file that is not there is told"
for word in status reload plugins; do
	wenlu "$word"
	gives 2 "wenlu $word is no command"
	has "for the running server: wenlu admin $word" "but one of the running server's, and that is said"
done
wenlu chek old.yaml
has "did you mean 'check'?" "a command misspelt is told with the nearest"
wenlu check --format xml
gives 2 "an unknown format is refused"
finish
