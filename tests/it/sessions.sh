#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sessions.sh - conversations over a stop, a kill and a broken file: nothing that was said is lost.
. "${srcdir:-.}/tests/it/lib.sh"

state=$work/state
token_of() { sed -n 's/.*"session":"\([A-Za-z0-9_-]\{22\}\)".*/\1/p' <<<"$out" | tail -n 1; }
seq_of() { sed -n 's/.*"seq":\([0-9]*\).*/\1/p' <<<"$out" | tail -n 1; }
log_has() { grep -q -- "$1" "$work/log"; }
# shellcheck disable=SC2317 # called by await
saved() { admin metrics && grep -q "^wenlu_replies_saved_total $1\$" <<<"$out"; }
hello() { printf '{"type":"hello","id":"h","session":"%s","seq":%s}' "$1" "$2"; }
begin() { # a conversation of two questions; sets $token and $seq
	client open read text:郑州居住证编号怎么查 until:'"seq":1' text:要带什么 until:'"seq":2'
	token=$(token_of)
	seq=$(seq_of)
}

start --set "state_dir=$state"
begin
has '410100' 'a conversation begins'
stop
[ $status = 0 ]
ok $? 'the server stops'
[ "$(stat -c '%a %n' "$state"/sessions.db* | tr '\n' ' ')" = "600 $state/sessions.db " ]
ok $? 'it leaves its conversations in one file, for its owner alone' "$(ls -l "$state")"
! grep -q -a "$token" "$state/sessions.db"
ok $? 'the token is not in it'

start --set "state_dir=$state"
client open read "text:$(hello "$token" "$seq")" until:resumed text:那上海呢? until:310000
has '"resumed":true' 'after a restart the conversation is known'
has '"carried":["intent' 'and goes on: the question is carried over to the next place'
has "\"seq\":$((seq + 1))" 'its replies are numbered on'
client open read "text:$(hello "$token" 1)" until:resumed read read
has "\"seq\":$seq,\"session\"" 'replies that were missed before the restart are sent again'
has "\"session\":\"$token\"" 'with the token in them'
client open read "text:$(hello "$token" 9)" text:那北京呢? until:110000
has '"carried":["intent' 'who does not wait for the welcome is answered in the conversation too'
client open read "text:$(hello AAAAAAAAAAAAAAAAAAAAAA 9)" until:'"h"'
has '"resumed":false' 'an unknown token begins anew'

stop
start --set "state_dir=$state"
client "get:/v1/ask?q=%E9%82%A3%E6%B7%B1%E5%9C%B3%E5%91%A2&session=$token"
has '440300' 'over HTTP a conversation goes on after a restart'
has "\"session\":\"$token\"" 'under its token'
client 'get:/v1/ask?q=%E4%BD%A0%E5%A5%BD&session=AAAAAAAAAAAAAAAAAAAAAA'
has 'status 200' 'and an unknown one begins anew'

# The figure of a question is part of the conversation.
stop
start --set "state_dir=$state"
client open read text:上海居住证过期40天了还能续吗 until:'"seq":1'
token=$(token_of)
stop
start --set "state_dir=$state"
client open read "text:$(hello "$token" 1)" until:resumed text:那深圳呢 until:440300
has '逾期40天' 'after a restart a figure goes along to another place'
client open read "text:$(hello "$token" 2)" until:resumed text:上海那70天呢 until:310000
stop
start --set "state_dir=$state"
client open read "text:$(hello "$token" 3)" until:resumed text:那两个月呢 until:'"seq":4'
has '逾期2个月' 'and a figure alone is one of the same kind, said back as it was said'

# Who begins anew has said nothing before: not in memory, not in the file.
stop
start --set "state_dir=$state"
client open read text:上海居住证过期45天了还能续吗 until:'"seq":1' text:要带什么 until:'"seq":2' \
	text:刚才续签那个再说一遍 until:'"seq":3'
has '还是说上海市的“签注与续期”' 'a topic of before is gone back to'
token=$(token_of)
await saved 3
client open read "text:$(hello "$token" 3)" until:resumed text:重新开始 until:'"seq":4'
client open read "text:$(hello "$token" 1)" until:resumed text:多久能好 until:'"seq":5'
hasnt '45天' 'after beginning anew the replies from before are not sent again'
hasnt '310000' 'and the place is not known'
client open read "text:$(hello "$token" 5)" until:resumed text:重新开始 until:'"seq":6'
stop
[ "$(grep -c -a 45天 "$state"/sessions.db)" = 0 ]
ok $? 'nothing that was said is left in the file'
start --set "state_dir=$state"
client open read "text:$(hello "$token" 6)" until:'"resumed"'
has '"resumed":false' 'nor the conversation'
stop
start --set "state_dir=$state"

# A kill loses 100 ms at most: what is known to be saved is there.
stop
start --set "state_dir=$state"
begin
await saved 2
ok $? 'what is saved is counted' "$out"
killed
start --set "state_dir=$state"
client open read "text:$(hello "$token" "$((seq + 5))")" until:resumed text:那上海呢? until:310000
has '"resumed":true' 'a conversation survives kill -9'
has "\"seq\":$((seq + 6))" 'no number that a client has seen is used again'
begin
await saved 3
killed
start --set "state_dir=$state"
client open read "text:$(hello "$token" "$seq")" until:'"h"'
has '"resumed":true' 'what is saved is never lost'

client open read 'text:{"id":"110101199003074477","text":"郑州居住证编号怎么查"}' read \
	'text:{"id":"plain-id","text":"要带什么"}' read
has '"reply_to":"110101199003074477"' 'an id comes back as it was'
stop
grep -qa plain-id "$state"/sessions.db*
ok $? 'ids are stored'
! grep -qa 110101199003074477 "$state"/*
ok $? 'but not one that is a number of a person'
printf 'rubbish %.0s' {1..2000} >"$state/sessions.db"
start --set "state_dir=$state"
log_has 'sessions.db.aside'
ok $? 'a broken file is put aside and told of'
begin
has '410100' 'and the server serves'
stop
start --set "state_dir=$work/log/nowhere"
log_has 'conversations will not survive a restart'
ok $? 'a folder that cannot be used is told of'
begin
has '410100' 'and the server serves'
stop
start --set state_dir=
begin
client open read "text:$(hello "$token" "$seq")" until:'"h"'
has '"resumed":true' 'without a folder memory is enough for a lost connection'
stop

# A folder that cannot be had: nothing is kept, and the administrator sees it.
: >"$work/file"
start --set "state_dir=$work/file/state"
admin status
has 'trouble      what has to survive a restart is not being saved' 'a server that cannot save says so'
stop
finish
