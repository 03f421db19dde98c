#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tls.sh - HTTPS and wss with a certificate from the configuration.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"
if ! command -v openssl >/dev/null; then
	skip 'TLS is served' 'openssl is not installed'
	finish
fi
new_pair() { # NAME
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
		-subj "/CN=$1" -addext 'subjectAltName=IP:127.0.0.1' \
		-keyout "$work/$1.key" -out "$work/$1.pem" 2>/dev/null
}
# A request over TLS; what comes back in $out. Its input stays open until the words have come, or the
# connection has ended.
mkfifo "$work/input"
tls() { # REQUEST WORDS [OPENSSL ARGUMENTS…]
	local request=$1 words=$2
	shift 2
	openssl s_client -connect "127.0.0.1:$port" -CAfile "$work/one.pem" -quiet \
		-no_ign_eof -verify_return_error "$@" <"$work/input" >"$work/answer" 2>&1 &
	local client=$!
	has_come() { grep -qaF -e "$words" "$work/answer" || ! kill -0 "$client" 2>/dev/null; }
	exec 7>"$work/input"
	(
		trap '' PIPE
		printf '%b' "$request" >&7
	) 2>/dev/null
	await has_come
	exec 7>&-
	wait "$client"
	out=$(tr -d '\0' <"$work/answer")
}
new_pair one
new_pair two
cp "$work/one.pem" "$work/live.pem"
cp "$work/one.key" "$work/live.key"
start --set "tls_certificate=$work/live.pem" --set "tls_key=$work/live.key"
get='GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
tls "$get" '{"status":"ok"}'
has '{"status":"ok"}' 'HTTPS is served'
tls 'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n' '"type":"welcome"'
has 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' 'so is wss'
has '"type":"welcome"' 'with its welcome'
tls "$get" '"ok"' -tls1_1
hasnt '"ok"' 'old TLS is refused'
out=$(openssl s_client -connect "127.0.0.1:$port" -alpn h2 </dev/null 2>&1)
hasnt 'ALPN protocol: h2' 'HTTP/2 is not offered'
out=$(openssl s_client -connect "127.0.0.1:$port" -alpn h2,http/1.1 </dev/null 2>&1)
has 'ALPN protocol: http/1.1' 'HTTP/1.1 is'
client 'raw:GET / HTTP/1.1\r\nHost: x\r\n\r\n' eof
hasnt 'HTTP/1.1 200' 'plain HTTP is not served on that port'

out=$("$wenlud" -c "$conf" -t --set "tls_certificate=$work/one.pem" --set "tls_key=$work/two.key" 2>&1)
has 'this is not the key' '-t finds a key that does not fit'
cp "$work/two.pem" "$work/live.pem"
admin reload
tls "$get" '"ok"'
has '"ok"' 'a pair that does not fit is not taken over by a reload'
cp "$work/two.key" "$work/live.key"
admin reload
out=$(openssl s_client -connect "127.0.0.1:$port" </dev/null 2>&1)
has 'CN = two' 'a new certificate is'
stop
ok $status 'the daemon ends well'
finish
