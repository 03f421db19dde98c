#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# waiting.sh - questions that wait for a plugin's code: order, limits, lost connections, stopping.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"
# Another figure each time: what was answered once need not be asked again.
slow='上海居住证签注过期21天怎么办'
slow2='上海居住证签注过期22天怎么办'
slow3='上海居住证签注过期23天怎么办'
children() { cat "/proc/$pid/task/$pid/children"; }
has_child() { [ -n "$(children)" ]; }
under_way() { # COUNT
	admin metrics
	[ "$(sed -n 's/^wenlu_asks_under_way //p' <<<"$out")" = "$1" ]
}
# A fresh daemon whose plugin process has stopped short: its questions wait for the whole budget.
start_frozen() {
	local child
	start --set plugin_budget_ms=1500 --set max_pending_asks=2
	client open read 'text:上海居住证签注过期20天怎么办' read
	has_child || return 1
	for child in $(children); do kill -STOP "$child"; done
}
if ! start_frozen; then
	skip 'questions wait for plugins' 'no plugin with code answers here'
	finish
fi

client open read "text:{\"type\":\"ask\",\"id\":\"slow\",\"text\":\"$slow\"}" \
	'text:{"type":"ask","id":"quick","text":"你好"}' read read
[ "$(grep -o '"reply_to":"[a-z]*"' <<<"$out" | tr -d '\n')" = '"reply_to":"quick""reply_to":"slow"' ]
ok $? 'a quick question does not wait for a slow one' "$out"
has '"intent":{"name":"permit.endorse"' 'the slow one is answered by a wider region in time'
stop

start_frozen
client open read "text:{\"id\":\"a\",\"text\":\"$slow\"}" "text:{\"id\":\"b\",\"text\":\"$slow2\"}" \
	"text:{\"id\":\"c\",\"text\":\"$slow3\"}" read
has '"code":"too_many_pending"' 'questions past max_pending_asks are refused'
has '"reply_to":"c"' 'the latest one'
stop

start_frozen
client open read "text:{\"id\":\"lost\",\"text\":\"$slow\"}" sleep:200
token=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' <<<"$out" | head -n 1)
await under_way 0
client open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":0}" read read
has '"reply_to":"lost"' 'a reply whose client has gone waits for it to come back'
stop

start_frozen
client open read "text:{\"id\":\"again\",\"text\":\"$slow\"}" sleep:200
token=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' <<<"$out" | head -n 1)
client open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":0}" read \
	"text:{\"id\":\"again\",\"text\":\"$slow\"}" "text:{\"id\":\"again\",\"text\":\"$slow\"}" read
has '"reply_to":"again"' 'asked again while it waits, it is answered to the new connection'
admin metrics
[ "$(sed -n 's/^wenlu_asks_total //p' <<<"$out")" = 2 ]
ok $? 'and the engine was asked once' "$out"
stop

start_frozen
client open read "text:{\"id\":\"back\",\"text\":\"$slow\"}" sleep:200
token=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' <<<"$out" | head -n 1)
client open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":0}" read read
has '"reply_to":"back"' 'who comes back before the reply is there gets it'
stop

start_frozen
"$wsclient" -t 60 "127.0.0.1:$port" open read "text:{\"id\":\"both\",\"text\":\"$slow\"}" read \
	>"$work/client" 2>&1 &
await under_way 1
token=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' "$work/client" | head -n 1)
client open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":0}" read read
has '"reply_to":"both"' 'also while its old connection is still open'
await grep -q '"reply_to":"both"' "$work/client"
ok $? 'which gets it as well'
stop

start_frozen
get="GET /v1/ask?q=%E4%B8%8A%E6%B5%B7%E5%B1%85%E4%BD%8F%E8%AF%81%E7%AD%BE%E6%B3%A8%E8%BF%87%E6%9C%9F21%E5%A4%A9%E6%80%8E%E4%B9%88%E5%8A%9E HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"
client "raw:$get" 'raw:GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' response response
has 'permit.endorse' 'an HTTP request waits too'
has '{"status":"ok"}' 'and the next one on its connection after it'
stop

start_frozen
client "raw:$get" sleep:200
await under_way 0
ok $? 'a question is dropped when its HTTP client has gone'
client get:/healthz
has 'status 200' 'and the server lives'
stop

start_frozen
"$wsclient" -t 60 "127.0.0.1:$port" open read "text:{\"id\":\"last\",\"text\":\"$slow\"}" read read \
	>"$work/client" 2>&1 &
await under_way 1
stop
ok $status 'a stopping server ends well'
out=$(cat "$work/client")
has '"reply_to":"last"' 'having answered what was under way'
has 'close 1012' 'and then said good-bye'
finish
