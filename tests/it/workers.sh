#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# workers.sh - three workers and a parent: whom a client reaches makes no difference, and none of
# them is missed for long.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

wenlud_is() { grep -q -- "$1" "$work/log"; }
workers() { cat "/proc/$pid/task/$pid/children"; }
# Their own, three of them, and none that has ended and is not yet replaced.
three() {
	local worker i
	for worker in $(workers); do
		grep -q '^State:[[:space:]]*Z' "/proc/$worker/status" && return 1
	done
	for i in "${killed_pids[@]}"; do [[ " $(workers) " != *" $i "* ]] || return 1; done
	[ "$(workers | wc -w)" = 3 ] && admin 'status json' && [ "$(grep -o '"worker":' <<<"$out" | wc -l)" = 3 ]
}
killed_pids=()
kill_worker() {
	killed_pids+=("${process[$1]}")
	kill -KILL "${process[$1]}"
}
pid_of() { # of worker 1, 2 or 3
	admin 'status json'
	sed -n 's/.*"worker":'"$1"',"pid":\([0-9]*\).*/\1/p' <<<"$out"
}
learn() { for i in 1 2 3; do process[i]=$(pid_of $i); done; }
# New connections reach this worker alone; others go on where they stood with `all`.
only() {
	local i
	for i in 1 2 3; do [ "$i" = "$1" ] || halt "$i"; done
}
stands_still() { grep -q '^State:[[:space:]]*T' "/proc/$1/status"; }
halt() {
	kill -STOP "${process[$1]}"
	await stands_still "${process[$1]}"
}
all() {
	local i
	for i in 1 2 3; do kill -CONT "${process[i]}"; done
}
token_of() { sed -n 's/.*"session":"\([A-Za-z0-9_-]\{22\}\)".*/\1/p' <<<"$out" | tail -n 1; }
hello() { printf '{"type":"hello","id":"h","session":"%s","seq":%s}' "$1" "$2"; }
begin_at() { # a conversation of one question with this worker; sets $token
	only "$1"
	client open read text:郑州居住证编号怎么查 until:'"seq":1'
	all
	token=$(token_of)
}
counter() { # NAME: its value, all workers together
	admin metrics
	sed -n "s/^wenlu_$1 //p" <<<"$out"
}

run_check() { out=$("$wenlud" "$@" 2>&1); }
run_check -c "$conf" -t --set workers=many
has "workers: 'many' is no number from 1 to 64" 'a number of workers that is none is refused'

start --set workers=3 --set max_connections_per_address=4
await three
ok $? 'there are three workers'
wenlud_is 'with 3 workers'
ok $? 'the log says so'
learn
admin status
has 'worker 3' 'status has a line for each'

begin_at 1
has '410100' 'a conversation begins at one'
first=$token
begin_at 2
# Modulo three the first digit of a token tells whose it is.
[ "${first:0:1}" != "${token:0:1}" ]
ok $? 'tokens name their owners'
only 2
behind a open read "text:$(hello "$first" 1)" until:resumed text:那上海呢? until:310000
await said a welcome
ok $? 'another worker takes the connection'
all
wait "$client_pid"
out=$(cat "$work/a")
has '"resumed":true' 'who comes back to another worker has the conversation'
has '"carried":["intent' 'which goes on'
has "\"seq\":2,\"session\":\"$first\"" 'under its token and number'
[ "$(counter passed_on_total)" = 1 ]
ok $? 'it was passed on'

ask='get:/v1/ask?q=%E9%82%A3%E6%B7%B1%E5%9C%B3%E5%91%A2&session='
only 3
descriptors() { find "/proc/${process[3]}/fd" -maxdepth 1 -type l 2>/dev/null | wc -l; }
idle=$(descriptors)
behind b "$ask$first"
accepted() { [ "$(descriptors)" -gt "$idle" ]; }
await accepted
all
wait "$client_pid"
out=$(cat "$work/b")
has '440300' 'over HTTP it goes on as well'
has "\"seq\":3,\"session\":\"$first\"" 'in the same conversation'

# The same id and words again, through every worker: asked once.
again='{"id":"q9","text":"要带什么材料"}'
client open read "text:$(hello "$first" 3)" until:resumed "text:$again" until:q9
asked=$(counter asks_total)
for i in 1 2 3; do
	only "$i"
	behind c open read "text:$(hello "$first" 4)" until:resumed "text:$again" until:q9
	await said c welcome
	all
	wait "$client_pid"
	out=$(cat "$work/c")
	has '"seq":4' "asked again through worker $i the same reply comes"
done
[ "$(counter asks_total)" = "$asked" ]
ok $? 'and no worker asked the engine twice' "$asked"

# Limits are those of all together. Who has gone is counted until it is seen that they have.
connections_are() { [ "$(counter connections)" = "$1" ]; }
await connections_are 0
# And what was said is on disk before somebody dies; replies over HTTP are not sent again.
saved_are() { [ "$(counter replies_saved_total)" = "$1" ]; }
await saved_are 4
ok $? 'what was said is saved' "$(counter replies_saved_total)"
for i in 1 2; do
	only "$i"
	behind "h$i" open read until:never
	held[i]=$client_pid
	await said "h$i" welcome
	all
	only "$i"
	behind "g$i" open read until:never
	held[i + 2]=$client_pid
	await said "g$i" welcome
	all
done
only 3
client open read
all
hasnt welcome 'an address has no more connections than it may, whomever it reaches'
kill_worker 1
await three
await connections_are 2
ok $? 'a worker that was killed is there again'
client open read
has welcome 'and what its clients had is free'
kill "${held[@]}" 2>/dev/null
learn
wenlud_is 'worker 1: it crashed (signal 9'
ok $? 'the log says how it ended'
[ "$(counter worker_restarts_total)" = 1 ]
ok $? 'it is counted'
client open read "text:$(hello "$first" 9)" until:'"h"'
has '"resumed":true' 'conversations of the dead are known to its successor'
case $out in *'"resumed":true'*) ;; *) sed 's/^/# /' "$work/log" ;; esac

stored=$(counter replies_saved_total)
begin_at 1
await saved_are $((stored + 1))
only 2
behind d open read "text:$(hello "$token" 1)" until:resumed text:那上海呢? until:310000
await said d welcome
kill_worker 1
all 2>/dev/null
wait "$client_pid"
out=$(cat "$work/d")
await_three() {
	local said=$out
	await three
	out=$said
}
await_three
# It may have been told to come again, if its first words had reached the dead one.
case $out in *'close 1012'*) client open read "text:$(hello "$token" 1)" until:resumed text:那上海呢? until:310000 ;; esac
has '"carried":["intent' 'killed in the middle, when its words were saved: the conversation goes on'
await three
learn

# One generation for all.
generation_is() { # in use by all three
	admin 'status json'
	[ "$(grep -o "\"generation\":$1[,}]" <<<"$out" | wc -l)" = 4 ]
}
admin reload
has 'generation 2' 'new content is built'
generation_is 2
ok $? 'and used by all from then on' "$out"
for i in {1..40}; do
	client "${ask}new"
	case $out in *'status 200'*) ;; *) exit 1 ;; esac
done >/dev/null &
asking=$!
for _ in 1 2 3; do
	kill -HUP "$pid"
	sleep 0.3
done
wait "$asking"
ok $? 'whoever asks meanwhile is answered'
# Those that come while one is built are built as one. A reload is answered when nothing is left to
# build, so that the next is the only one.
admin reload
number=$(sed -n 's/^ok, generation \([0-9]*\).*/\1/p' <<<"$out")
[ "${number:-0}" -ge 4 ] && generation_is "$number"
ok $? 'SIGHUP under load switches all' "$number $out"

halt 3
behind e open read text:郑州居住证编号怎么查 until:'"seq":1'
"$wsclient" "unix:$work/admin.sock" 'raw:reload\n' answer >"$work/reload" 2>&1 &
reload=$!
loading() { admin 'status json' && [[ $out == *'"content_waits_for":[3]'* ]]; }
await loading
ok $? 'status tells whom new content waits for'
admin status
has 'new content waits for worker 3' 'and in words'
has 'does not answer: it is stopped' 'a worker that is stopped is not waited for, and named'
has 'worker 2     pid' 'beside what the others say'
admin 'status json'
has '"silent":[3]' 'for machines too'
admin 'plugins json'
has '"name":"' 'the plugins are told by whoever can'
wait "$client_pid"
generations=$(grep -o '"generation":[0-9]*' "$work/e" | tail -n 1)
kill_worker 3
wait "$reload"
out=$(cat "$work/reload")
has 'failed, the old content stays: worker 3 ended while it was loading it' \
	'a worker that fails keeps the old content for all'
await three
admin 'status json'
[ "$(grep -o "${generations}[,}]" <<<"$out" | wc -l)" = 4 ]
ok $? 'nobody has switched' "$generations $out"
admin reload
has 'ok, generation' 'the next attempt succeeds'
learn

# Stopping, with a conversation that is passed on.
begin_at 1
only 2
behind f open read "text:$(hello "$token" 1)" until:resumed until:never
await said f welcome
all
await said f resumed
kill -TERM "$pid"
wait "$client_pid"
out=$(cat "$work/f")
has 'close 1012' 'a stopping server says good-bye to those who are passed on'
await is_gone
wait "$pid"
ok $? 'and ends well'
pid=
wenlud_is 'parent of this worker has died'
[ $? = 1 ]
ok $? 'without orphans'

start --set workers=2
mapfile -t left < <(workers | tr ' ' '\n')
kill -KILL "$pid"
wait "$pid" 2>/dev/null
pid=
alone() { ! kill -0 "${left[0]}" 2>/dev/null && ! kill -0 "${left[1]}" 2>/dev/null; }
await alone
ok $? 'workers do not outlive their parent'
start --set "port=$port" --set workers=2
has '' 'the next one has the port'
stop
ok "$status" 'and ends well'
finish
