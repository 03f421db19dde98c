#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# http.sh - the same replies over HTTP, and what HTTP asks of a server.
. "${srcdir:-.}/tests/it/lib.sh"
start --set 'allow_origins=https://ok.example.cn'

post() { # TYPE BODY
	local body=$2
	client "raw:POST /v1/ask HTTP/1.1\\r\\nHost: x\\r\\nContent-Type: $1\\r\\nContent-Length: ${#body}\\r\\n\\r\\n$body" response
}
bytes() { LC_ALL=C; echo "${#1}"; }
post_text() { # TYPE BODY, which may be Chinese
	client "raw:POST /v1/ask HTTP/1.1\\r\\nHost: x\\r\\nContent-Type: $1\\r\\nContent-Length: $(bytes "$2")\\r\\n\\r\\n$2" response
}

client get:/healthz get:/healthz
has $'status 200\n{"status":"ok"}\nstatus 200' 'a connection serves several requests'
client 'get:/v1/ask?q=%E9%83%91%E5%B7%9E%E5%B1%85%E4%BD%8F%E8%AF%81%E5%A4%9A%E4%B9%85%E5%8A%9E%E5%A5%BD'
has 'status 200' 'GET /v1/ask answers'
has '"text":"' 'with a reply'
client 'get:/v1/ask'
has '"code":"missing_text"' 'a question is needed'
client 'get:/v1/ask?q=%ff%fe'
has 'status 400' 'and has to be UTF-8'
client 'get:/v1/ask?q=%E4%BD%A0%E5%A5%BD&session=new'
has '"session":"' 'a conversation is begun on request'
token=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' <<<"$out" | head -n 1)
client "get:/v1/ask?q=%E4%BD%A0%E5%A5%BD&session=$token"
has '"seq":2' 'and goes on with its token'
client 'get:/v1/ask?q=%E4%BD%A0%E5%A5%BD'
hasnt '"session"' 'without asking for it there is none'

post_text application/json '{"id":"7","text":"你好"}'
has '"reply_to":"7"' 'POST takes the same message as a WebSocket'
post_text 'application/json; charset=utf-8' '{"text":"你好"}'
has 'status 200' 'with parameters of the type'
post_text text/plain '郑州居住证多久办好'
has 'status 200' 'POST takes plain text'
post application/x-www-form-urlencoded 'q=%E4%BD%A0%E5%A5%BD'
has 'status 200' 'POST takes a form'
post application/x-www-form-urlencoded 'q=%ZZ'
has '"code":"bad_form"' 'if it is well encoded'
post application/json '{"text":'
has '"code":"bad_json"' 'half a JSON object is refused'
post application/json ''
has 'status 400' 'an empty body is refused'
post application/json '{"type":"hello"}'
has '"code":"bad_type"' 'what needs a connection is refused'
post image/png 'x'
has 'status 415' 'an unknown type is refused'
client 'raw:POST /v1/ask HTTP/1.1\r\nHost: x\r\n\r\n' response
has 'status 411' 'a body has a length'
client 'raw:POST /v1/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n' response eof
has 'status 501' 'chunks are refused'
has 'eof' 'and the connection closed, for nobody knows where the body ends'
client 'raw:POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n' response eof
has 'status 413' 'a body past the cap is refused before it comes'
client "raw:POST /v1/ask HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 17000\\r\\n\\r\\n$(printf 'x%.0s' {1..17000})" response get:/healthz
has 'status 413' 'a body a little too long too'
has '{"status":"ok"}' 'and then the connection can still be used'
client 'raw:POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n' response
has 'status 400' 'a length is a number'

client get:/nowhere
has 'status 404' 'an unknown address is 404'
has '"code":"not_found"' 'with an error object'
client get:/metrics
has 'status 404' 'figures are not for the public'
client get:/../../etc/passwd
has 'status 404' 'no path leads out'
client 'raw:DELETE /v1/ask HTTP/1.1\r\nHost: x\r\n\r\n' response
has 'status 405' 'a method that is not for it is 405'
has '> Allow: GET, HEAD, POST, OPTIONS' 'and says which are'
client 'raw:POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n' response
has 'status 405' 'also for a POST'
client method:HEAD get:/healthz method:GET get:/healthz
has $'status 200\nstatus 200\n{"status":"ok"}' 'HEAD has no body'
client 'raw:GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' response response
has $'"ok"}\nstatus 200' 'requests may be sent ahead'
client 'raw:GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' response eof
has '> Connection: close' 'Connection: close is kept'
has 'eof' 'and done'
client 'raw:GET /healthz HTTP/1.0\r\n\r\n' response eof
has 'eof' 'HTTP/1.0 closes'
client 'raw:GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' response
has '> X-Content-Type-Options: nosniff' 'security headers are there'
has '> Content-Length: 15' 'the length is right'
hasnt 'libwebsockets' 'nobody is told with what it is made'

client 'raw:OPTIONS /v1/ask HTTP/1.1\r\nHost: x\r\nOrigin: https://ok.example.cn\r\n\r\n' response
has 'status 204' 'a page may ask whether it may'
has '> Access-Control-Allow-Origin: https://ok.example.cn' 'an allowed one may'
has '> Access-Control-Allow-Methods: GET, HEAD, POST, OPTIONS' 'with these methods'
client 'raw:OPTIONS /v1/ask HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n' response
hasnt 'Access-Control-Allow-Origin' 'another may not'
has '> Vary: Origin' 'and caches know that it depends'

client get:/v1/intents
has '"intents":[' 'intents are listed'
client get:/v1/regions
has '"regions":[' 'regions are listed'
client 'get:/v1/suggest?q=%E5%B1%85'
has '"suggestions":[' 'suggestions are given'
client get:/
has '/v1/ask' 'the root says what there is'
client 'header:Accept: text/plain' 'get:/v1/ask?q=%E4%BD%A0%E5%A5%BD'
hasnt '"text"' 'who wants plain text gets the words alone'
client "raw:GET /v1/ask?q=$(printf '&%.0s' {1..300}) HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n" eof
client get:/healthz
has 'status 200' 'many empty arguments do no harm'

stop
ok $status 'the daemon ends well'
finish
