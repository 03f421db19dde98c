#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# handshake.sh - what may not become a WebSocket is told why.
. "${srcdir:-.}/tests/it/lib.sh"
start --set 'allow_origins=https://ok.example.cn, https://*.gov.example.cn'

refused() { # STATUS CODE NAME STEPS…
	local status=$1 code=$2 name=$3
	shift 3
	client "$@" open eof
	has "status $status" "$name: $status"
	has "\"code\":\"$code\"" "$name: the error object says $code"
	has 'eof' "$name: the connection is closed"
}

refused 426 bad_version 'version 8' version:8
refused 426 bad_version 'no version' version:-
refused 426 bad_version 'version 130' version:130
refused 405 bad_method 'POST' method:POST
client method:HEAD open eof
has $'status 405\neof' 'HEAD: 405, and no body'
refused 505 bad_http_version 'HTTP/1.0' http:1.0
refused 400 bad_key 'no key' key:-
refused 400 bad_key 'a short key' key:AAAA
refused 400 bad_key 'a key that is no base64' 'key:!!!!!!!!!!!!!!!!!!!!!!=='
refused 400 bad_key 'two keys' 'header:Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
refused 400 missing_host 'no host' host:-
refused 400 bad_subprotocol 'a foreign subprotocol' protocol:chat
refused 403 bad_origin 'a foreign page' 'header:Origin: https://evil.example'
refused 403 bad_origin 'a page that only looks like ours' 'header:Origin: https://gov.example.cn.evil.example'

client version:8 'raw:GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n\r\n' response
has 'Sec-WebSocket-Version: 13' 'the right version is named'

client 'header:Origin: https://ok.example.cn' open read
has '"type":"welcome"' 'an allowed page is welcome'
client 'header:Origin: https://city.gov.example.cn' open read
has '"type":"welcome"' 'so is one that a pattern allows'
client host:portal.example "header:Origin: https://portal.example" open read
has '"type":"welcome"' 'a page of the same host is welcome'

client 'raw:GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n' response eof
has 'status 400' 'h2c is refused'
hasnt 'status 101' 'and not upgraded'
client 'raw:PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' eof
hasnt 'HTTP/2' 'HTTP/2 without asking is refused'
client 'raw:GET / HTTP/1.1\r\nHost: x\r\nUpgrade: TLS/1.0\r\nConnection: Upgrade\r\n\r\n' response
has 'status 403' 'an unknown upgrade is refused'
client 'raw:CONNECT example.cn:80 HTTP/1.1\r\nHost: x\r\n\r\n' eof
has 'eof' 'CONNECT is refused'
client 'raw:GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n' eof
hasnt '101' 'Upgrade without Connection: Upgrade is refused'
client 'raw:\r\n\r\n\r\nrubbish\r\n' eof
hasnt '200' 'rubbish is not served'
client open read 'text:你好' read
has '"seq":1' 'after all that, a good client is served'

stop
ok $status 'the daemon ends well'
finish
