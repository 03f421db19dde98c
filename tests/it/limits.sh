#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# limits.sh - every limit is enforced, and one client's limit is not another's.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

figure() { # NAME: a figure of the daemon, in $figure
	admin metrics
	figure=$(sed -n "s/^wenlu_$1 //p" <<<"$out")
}
figure_is() {
	figure "$1"
	[ "$figure" = "$2" ]
}
figure_above() {
	figure "$1"
	[ "${figure:-0}" -gt "$2" ]
}

# Connections, all together.
start --set max_connections=8 --set max_connections_per_address=100
exec 8> >("$wsclient" "127.0.0.1:$port" open idle:7 hold >"$work/holder" 2>&1)
await figure_is websockets 8
ok $? 'as many connections as allowed are served'
client eof
has 'eof' 'one more is closed at once'
figure_above refused_full_total 0
ok $? 'and counted'
exec 8>&-
await figure_is connections 0
client open read
has '"type":"welcome"' 'when they leave there is room again'
stop

# Connections of one address, and of clients behind a proxy.
start --set max_connections_per_address=3 --set trusted_proxies=127.0.0.1
exec 8> >("$wsclient" "127.0.0.1:$port" 'header:X-Forwarded-For: 198.51.100.1' open idle:2 hold >/dev/null 2>&1)
await figure_is websockets 3
ok $? 'a client behind a trusted proxy gets its connections'
client 'header:X-Forwarded-For: 198.51.100.1' open eof
has 'status 429' 'and no more'
has '"code":"too_many_connections"' 'with the reason'
client 'header:X-Forwarded-For: 198.51.100.2' open read
has '"type":"welcome"' 'another client behind the same proxy is served'
client 'header:X-Forwarded-For: 198.51.100.1, 198.51.100.3' open read
has '"type":"welcome"' 'what a client claims of itself does not count'
exec 8>&-
stop
start --set max_connections_per_address=3
exec 8> >("$wsclient" "127.0.0.1:$port" 'header:X-Forwarded-For: 198.51.100.1' open idle:2 hold >/dev/null 2>&1)
await figure_is websockets 3
client 'header:X-Forwarded-For: 198.51.100.2' eof
has 'eof' 'without a trusted proxy the header is not believed'
figure_above refused_address_total 0
ok $? 'and the refusal is counted'
exec 8>&-
stop

# Time: half a head, half a body, an idle connection, a silent and an idle WebSocket.
start --set header_timeout=1 --set keepalive_timeout=600
client 'raw:GET / HT' eof
has 'eof' 'half a request is not waited for'
client 'raw:POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf' eof
has 'eof' 'nor half a body'
client eof
has 'eof' 'nor a client that says nothing'
client raw:G sleep:400 raw:E sleep:400 raw:T sleep:400 'raw: /' sleep:400 raw:x sleep:400 raw:y sleep:400 eof
has 'eof' 'a head that trickles in is cut'
is_in_time() { # this machine may be too slow for our own request
	client open read sleep:1500 'text:你好' read
	[[ $out == *'status 101'* ]]
}
await is_in_time
has '"seq":1' 'a WebSocket is not held to these times'
stop
start --set header_timeout=300 --set keepalive_timeout=1
client get:/healthz eof
has $'"ok"}\neof' 'an idle HTTP connection is closed'
client open read sleep:1500 'text:你好' read
has '"seq":1' 'nor is a WebSocket held to that time'
stop
start --set ping_interval=1 --set pong_timeout=1
client open read read
has 'ping here' 'a silent client is pinged'
client open read read eof
has 'eof' 'one that does not answer is gone'
stop
start --set ping_interval=1 --set pong_timeout=2
keeps_answering() { # unless this machine is too slow for our own answers
	client open read pongs:4 'text:你好' read
	[ "$(sed -n 's/^gap //p' <<<"$out")" -lt 2000 ]
}
await keeps_answering
has '"seq":1' 'one that answers stays'
stop

# A client that does not read.
start --set max_send_queue_bytes=16K --set message_rate=0
flood=()
for ((i = 0; i < 3000; i++)); do flood+=('text:{"type":"suggest","text":"居住证"}' 'text:郑州居住证怎么办理'); done
exec 8> >("$wsclient" "127.0.0.1:$port" deaf open "${flood[@]}" hold >"$work/deaf" 2>&1)
await figure_above slow_readers_total 0
ok $? 'a client that does not read is cut off'
client open read 'text:你好' read
has '"seq":1' 'the others do not notice'
exec 8>&-
await figure_is connections 0
ok $? 'and it is gone for good'
stop

# Missed replies together may be more than a queue holds.
start --set max_send_queue_bytes=16K --set message_rate=0 --set replay_messages=64
steps=()
for ((i = 1; i <= 40; i++)); do steps+=("text:{\"id\":\"m$i\",\"text\":\"上海和深圳居住证哪个快\"}" read); done
client open read "${steps[@]}"
token=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' <<<"$out" | head -n 1)
[ ${#out} -gt 16384 ]
ok $? 'many answers are long'
client open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":0}" until:'"m40"' text:你好 until:'"seq":41'
has '"reply_to":"m1"' 'who comes back gets all of them'
has '"seq":41' 'and goes on'
stop

# Messages of one address.
start --set message_rate=1 --set message_burst=3
client open read text:你好 text:你好 text:你好 text:你好 until:rate_limited
has '"code":"rate_limited"' 'who asks too often is told'
has '"retry_after":' 'and how long to wait'
client 'raw:GET /v1/ask?q=a HTTP/1.1\r\nHost: x\r\n\r\n' response
has 'status 429' 'HTTP counts too'
has '> Retry-After: ' 'and says when to come back'
client get:/healthz
has 'status 200' 'looking whether it lives is free'
stop

# Heads.
start
client "raw:GET / HTTP/1.1\\r\\nHost: x\\r\\nX-Long: $(printf 'x%.0s' {1..20000})\\r\\n\\r\\n" eof
hasnt 'HTTP/1.1 200' 'a head that is too long is not served'
client get:/healthz
has 'status 200' 'and does no harm'
stop
ok $status 'the daemon ends well'

# Descriptors: never so many connections that the daemon itself cannot open anything.
ulimit -n 200
start --set max_connections_per_address=1000
grep -q 'max_connections is lowered from [0-9]* to 100' "$work/log"
ok $? 'a limit on open files lowers max_connections, and it is said'
exec 8> >("$wsclient" "127.0.0.1:$port" open idle:150 hold >/dev/null 2>&1)
await figure_above refused_full_total 0
ok $? 'past it connections are refused'
admin status
has 'state        serving' 'and the administrator is still served'
exec 8>&-
stop

finish
