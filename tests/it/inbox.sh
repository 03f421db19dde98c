#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# inbox.sh - what could not be answered and what people thought of answers, from asking to export.
. "${srcdir:-.}/tests/it/lib.sh"

wenlu=${WENLU:-$builddir/wenlu}
# shellcheck disable=SC2317 # called by await
saved() { admin metrics && grep -q "^wenlu_inbox_saved_total $1\$" <<<"$out"; }
inbox() {
	out=$("$wenlu" inbox -c "$conf" -s "$work/state" "$@" 2>&1)
	status=$?
}
gives() {
	[ "$status" = "$1" ]
	ok $? "$2" "status $status: $out"
}

inbox
gives 1 'without a file nothing is made up'
start
client open read text:帮我订一张去上海的火车票 read text:上海有什么好吃的小吃推荐吗 read \
	text:推荐上海好吃的小吃 read text:郑州居住证编号怎么查 read text:怎么伪造居住证 read
admin inbox
has '火车票' 'the administrator sees what could not be answered, at once'
has ' 310000' 'with the place it was about'
hasnt '编号怎么查' 'what was answered is not in it'
hasnt '伪造' 'nor is what was refused'
admin 'inbox json'
has '"kind":"unanswered","state":"new","count":1,"text":"帮我订1张去上海的火车票"' 'also as JSON'

client open read text:帮我订一张去上海的火车票，我的手机13812345678身份证110101199003074477 read
admin inbox
hasnt '13812345678' 'no telephone number is in it'
hasnt '110101199003074477' 'and no identity number'
! grep -qaE '13812345678|110101199003074477' "$work"/state/*
ok $? 'nor are they anywhere on disk'

client open read 'text:{"type":"ask","id":"1","text":"上海居住证多久能办好"}' read \
	'text:{"type":"feedback","id":"2","seq":1,"value":"down","text":"窗口说的不一样，我电话13812345678"}' read \
	'text:{"type":"feedback","id":"3","seq":1,"value":"up"}' read
token=$(sed -n 's/.*"session":"\([A-Za-z0-9_-]\{22\}\)".*/\1/p' <<<"$out" | tail -n 1)
await saved 6
ok $? 'all of it is written' "$out"
! grep -qa "$token" "$work"/state/inbox.db*
ok $? 'who asked is not in it'
[ "$(stat -c %a "$work/state/inbox.db")" = 600 ]
ok $? 'it is for its owner alone'

inbox list -k down
has '上海居住证多久能办好' 'a thumb down comes with the question'
has '窗口说的不一样' 'and the reason'
has 'permit.timing' 'and what was answered'
hasnt '13812345678' 'without the number in it'
inbox list -k up
has 'permit.timing' 'a thumb up is counted by what was answered'
hasnt '多久能办好' 'without the words'
inbox list -k unanswered
has '小吃' 'the list shows what was not answered'
[ "$(grep -A1 '小吃' <<<"$out" | grep -c '小吃')" = 2 ]
ok $? 'questions that ask the same stand together' "$out"
inbox -j -k unanswered
group=$(sed -n 's/.*"text":"推荐上海好吃的小吃".*"group":\([0-9]*\)}/\1/p' <<<"$out")
n=$(sed -n 's/{"n":\([0-9]*\),.*"text":"上海有什么好吃的小吃推荐吗".*/\1/p' <<<"$out")
[ -n "$group" ] && [ "$group" = "$n" ]
ok $? 'also in JSON, by the number of the first' "$out"

inbox show "$n"
has 'nearest' 'one can be shown in full'
inbox show 4711
gives 1 'but none that is not there'
inbox 'done' "#$n"
gives 0 'it can be done'
inbox list
hasnt '小吃推荐吗' 'and is gone from the list'
inbox list --all
has 'done' 'but not from all of it'
client open read text:上海有什么好吃的小吃推荐吗 read
await saved 7
inbox list
has '小吃推荐吗' 'it is back when it is asked again'
admin "inbox ignore $n"
has 'ok' 'the administrator can settle it too'
admin 'inbox done 4711'
has 'error: there is no number 4711' 'but none that is not there'
admin 'inbox done x'
has 'error: write inbox' 'and is told how it is written'

inbox export -l permit.apply
has $'permit.apply\t推荐上海好吃的小吃' 'an export is a label, a tab and the words'
inbox export --yaml -l permit.apply "$group"
has $'examples:\n  asked: |\n    上海有什么好吃的小吃推荐吗' 'or YAML for an intent'
inbox export --label no.such
gives 1 'an intent that is not there is refused'
inbox list 3
gives 2 'who calls it wrongly is told'
inbox export >/dev/null
gives 0 'an export without a label names the nearest intents'

stop
start --set inbox_entries=0 --set "state_dir=$work/other"
client open read text:帮我订一张去上海的火车票 read
admin inbox
has 'there is no inbox' 'with inbox_entries=0 nothing is kept'
[ ! -e "$work/other/inbox.db" ]
ok $? 'not even a file'
stop
finish
