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
figure_is() { # NAME VALUE
	admin metrics
	[ "$(sed -n "s/^wenlu_$1 //p" <<<"$out")" = "$2" ]
}
under_way() { figure_is asks_under_way "$1"; }
token_in() { sed -n 's/.*"session":"\([^"]*\)".*/\1/p' "$work/$1" | head -n 1; }
stand_still() {
	local child
	for child in $(children); do grep -q '^State:[[:space:]]*T' "/proc/$child/status" || return 1; done
}
# A fresh daemon whose plugin process has stopped short: its questions wait until it goes on.
start_frozen() {
	local child
	start --set max_pending_asks=2 "$@"
	client open read 'text:上海居住证签注过期20天怎么办' read
	has_child || return 1
	for child in $(children); do kill -STOP "$child"; done
	await stand_still
}
go_on() {
	local child
	for child in $(children); do kill -CONT "$child"; done
}
finished() { # FILE: who was behind it has ended; sets $out
	wait "$client_pid"
	out=$(cat "$work/$1")
}
# Ask, and go before it is answered; sets $token.
leave_behind() { # ID
	behind "left-$1" open read "text:{\"id\":\"$1\",\"text\":\"$slow\"}" until:never
	await under_way 1
	token=$(token_in "left-$1")
	kill "$client_pid"
	wait "$client_pid" 2>/dev/null
	await figure_is websockets 0
}
if [ ! -e "$builddir/plugins/shanghai.so" ]; then
	skip 'questions wait for plugins' 'no plugin with code answers here'
	finish
fi

start_frozen
behind order open read "text:{\"type\":\"ask\",\"id\":\"slow\",\"text\":\"$slow\"}" \
	'text:{"type":"ask","id":"quick","text":"你好"}' read read
await said order '"reply_to":"quick"'
go_on
finished order
[ "$(grep -o '"reply_to":"[a-z]*"' <<<"$out" | tr -d '\n')" = '"reply_to":"quick""reply_to":"slow"' ]
ok $? 'a quick question does not wait for a slow one' "$out"
stop

# Who was so slow that its plugin was given up at once begins again.
until start_frozen --set plugin_budget_ms=1500; do stop; done
client open read "text:$slow" read
has '"intent":{"name":"permit.endorse"' 'a slow one is answered by a wider region in time'
has '"answered_by":"100000"' 'which is the whole country here'
stop

start_frozen
client open read "text:{\"id\":\"a\",\"text\":\"$slow\"}" "text:{\"id\":\"b\",\"text\":\"$slow2\"}" \
	"text:{\"id\":\"c\",\"text\":\"$slow3\"}" read
has '"code":"too_many_pending"' 'questions past max_pending_asks are refused'
has '"reply_to":"c"' 'the latest one'
go_on
stop

start_frozen
leave_behind lost
go_on
await under_way 0
client open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":0}" read read
has '"reply_to":"lost"' 'a reply whose client has gone waits for it to come back'
stop

start_frozen
leave_behind again
behind again open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":0}" read \
	"text:{\"id\":\"again\",\"text\":\"$slow\"}" "text:{\"id\":\"again\",\"text\":\"$slow\"}" \
	'text:{"id":"quick","text":"你好"}' until:quick read
await said again '"reply_to":"quick"'
go_on
finished again
has '"reply_to":"again"' 'asked again while it waits, it is answered to the new connection'
figure_is asks_total 3
ok $? 'and the engine was asked once' "$out"
stop

start_frozen
leave_behind back
behind back open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":0}" read read
await said back '"resumed":true'
go_on
finished back
has '"reply_to":"back"' 'who comes back before the reply is there gets it'
stop

start_frozen
behind old open read "text:{\"id\":\"both\",\"text\":\"$slow\"}" read
old=$client_pid
await under_way 1
behind new open read "text:{\"type\":\"hello\",\"session\":\"$(token_in old)\",\"seq\":0}" read read
await said new '"resumed":true'
go_on
finished new
has '"reply_to":"both"' 'also while its old connection is still open'
wait "$old"
said old '"reply_to":"both"'
ok $? 'which gets it as well'
stop

start_frozen
get="GET /v1/ask?q=%E4%B8%8A%E6%B5%B7%E5%B1%85%E4%BD%8F%E8%AF%81%E7%AD%BE%E6%B3%A8%E8%BF%87%E6%9C%9F21%E5%A4%A9%E6%80%8E%E4%B9%88%E5%8A%9E HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"
behind http "raw:$get" 'raw:GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' response response
await under_way 1
go_on
finished http
has 'permit.endorse' 'an HTTP request waits too'
has '{"status":"ok"}' 'and the next one on its connection after it'
stop

start_frozen
behind gone "raw:$get" response
await under_way 1
kill "$client_pid"
await under_way 0
ok $? 'a question is dropped when its HTTP client has gone'
client get:/healthz
has 'status 200' 'and the server lives'
stop

start_frozen
behind last open read "text:{\"id\":\"last\",\"text\":\"$slow\"}" read read
await under_way 1
kill -TERM "$pid"
await grep -q 'stopping: ' "$work/log"
go_on
await is_gone
wait "$pid"
ok $? 'a stopping server ends well'
pid=
finished last
has '"reply_to":"last"' 'having answered what was under way'
has 'close 1012' 'and then said good-bye'
finish
