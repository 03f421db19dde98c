#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# www.sh - the widget and its pages from the daemon, the form without scripts, feedback, asking again.
. "${srcdir:-.}/tests/it/lib.sh"
www=$work/www
if ! sh "$srcdir/contrib/widget/build" "$www" 0.0.1; then
	echo "Bail out! the widget cannot be built"
	exit 1
fi
start --set "www=$www" --set 'allow_origins=*'

get() { # PATH [HEADER…]: one request, with the response's head
	local path=$1 lines=
	shift
	[ $# = 0 ] || lines=$(printf '%s\\r\\n' "$@")
	client "raw:${METHOD:-GET} $path HTTP/1.1\\r\\nHost: x\\r\\n$lines\\r\\n" response
}
post() { # PATH TYPE BODY
	local length
	length=$(printf %s "$3" | wc -c)
	client "raw:POST $1 HTTP/1.1\\r\\nHost: x\\r\\nContent-Type: $2\\r\\nContent-Length: $((length))\\r\\n\\r\\n$3" response
}
form() { post /ask application/x-www-form-urlencoded "$1"; }
figure() { # NAME: its value among the figures
	admin metrics
	sed -n "s/^$1 //p" <<<"$out"
}
# A column of a file's line in the table.
column() { awk -F '\t' -v name="$1" -v n="$2" '$1 == name { print $n }' "$www/files.tsv"; }

# --- files
tag=$(column wenlu.js 2)
get /wenlu.js
has 'status 200' 'the widget is served'
has '> Content-Type: text/javascript; charset=utf-8' 'as a script'
has "> ETag: \"$tag\"" 'with its tag'
has "> Content-Length: $(column wenlu.js 5)" 'and its length'
has '> Cache-Control: no-cache' 'it is asked for again each time'
has '> Vary: Accept-Encoding' 'caches know that it comes in two forms'
has '> Access-Control-Allow-Origin: *' 'pages elsewhere may load it'
has '> Cross-Origin-Resource-Policy: cross-origin' 'also where they are strict'
has '> X-Content-Type-Options: nosniff' 'it is nothing else'
hasnt 'X-Frame-Options' 'and no page'
hasnt 'Set-Cookie' 'there is no cookie'
get /wenlu.js "If-None-Match: \"$tag\""
has 'status 304' 'who has it gets no second copy'
has "> ETag: \"$tag\"" 'but its tag'
hasnt 'Content-Length' 'and nothing else'
get /wenlu.js 'If-None-Match: "0", W/"'"$tag"'"'
has 'status 304' 'several tags may be given'
get /wenlu.js 'If-None-Match: "0000000000000000"'
has 'status 200' 'another tag is another file'
get /wenlu.js "If-None-Match: \"$tag\"" 'Accept-Encoding: gzip'
has 'status 200' 'the tag of one form is not that of the other'
get /wenlu.js "If-None-Match: \"$tag-gz\"" 'Accept-Encoding: br, gzip;q=0.5'
has 'status 304' 'each has its own'
METHOD=HEAD get /wenlu.js 'Accept-Encoding: gzip' 'Connection: close'
has '> Content-Encoding: gzip' 'it comes compressed'
has "> Content-Length: $(column wenlu.js 6)" 'and is shorter then'
METHOD=HEAD get /wenlu.js 'Accept-Encoding: gzip;q=0' 'Connection: close'
hasnt 'Content-Encoding' 'unless that is not wanted'
get /wenlu.js 'Origin: https://city.example.cn'
has '> Access-Control-Allow-Origin: *' 'with an origin it is the same'
hasnt 'Vary: Origin' 'for everyone'
if command -v curl >/dev/null; then
	curl -s --compressed -o "$work/copy" "http://127.0.0.1:$port/wenlu.js"
	cmp -s "$work/copy" "$www/wenlu.js"
	ok $? 'what arrives is the file'
fi
name=$(awk -F '\t' '$4 == "forever" && /\.css/ { print $1; exit }' "$www/files.tsv")
get "/$name"
has '> Cache-Control: public, max-age=31536000, immutable' 'a name with a version is kept for ever'
has '> Content-Type: text/css; charset=utf-8' 'a style sheet is one'
METHOD=POST get /wenlu.js 'Content-Length: 0'
has 'status 405' 'nothing is sent to a file'
for path in /files.tsv /wenlu.js.gz /ask.html /index.html /../www/wenlu.js /%2e%2e/www/wenlu.js /www/wenlu.js /wenlu.js/; do
	get "$path"
	has 'status 404' "only what is listed is served: not $path"
done

# --- the page
get / 'Accept: text/html,application/xhtml+xml,*/*;q=0.8'
has '<html' 'a browser gets the page'
has "> Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'" 'which loads only what is ours'
hasnt 'X-Frame-Options: DENY' 'and may be framed by pages of the same site'
has '> Vary: Accept, Accept-Encoding' 'caches know that programs get something else'
get / 'Accept: */*'
has '/v1/ask' 'a program is told what there is'
has '> X-Frame-Options: DENY' 'which is no page'
client path:/ open 'text:你好' until:chitchat.greet
has 'status 101' 'the same address opens a WebSocket'
has '"type":"answer"' 'and answers there'
client path:/ 'header:Accept: text/html' open
has 'status 101' 'a browser too'
client 'header:Origin: https://anywhere.example' open
has 'status 101' 'a star allows every page'

# --- the form
get /ask
has 'status 200' 'the form is there'
has 'value=""' 'and empty'
hasnt '@' 'nothing of the template is left'
has '> Cache-Control: no-store' 'it is not kept'
get '/ask?q=%E9%83%91%E5%B7%9E%E5%B1%85%E4%BD%8F%E8%AF%81%E7%BC%96%E5%8F%B7%E6%80%8E%E4%B9%88%E6%9F%A5'
has 'class="answer"' 'a question in the address is answered'
has 'value="郑州居住证编号怎么查"' 'and stands in the form'
form 'q=%E4%B8%8A%E6%B5%B7%E5%B1%85%E4%BD%8F%E8%AF%81%E7%BC%96%E5%8F%B7%E6%80%8E%E4%B9%88%E6%9F%A5&region=410100&session=&last='
has '上海市' 'a form is answered'
has '<option value="410100" selected>郑州市</option>' 'the place that was chosen stays'
ok "$([ "$(grep -o '不指定' <<<"$out" | wc -l)" = 1 ]; echo $?)" 'no place can be chosen once, not twice'
form 'q=%E5%B1%85%E4%BD%8F%E8%AF%81%E6%80%8E%E4%B9%88%E5%8A%9E&region=350100&session=&last='
has '<option value="350100" selected>' 'and one that the list has not is put into it'
form 'q=%E4%B8%8A%E6%B5%B7%E5%B1%85%E4%BD%8F%E8%AF%81%E7%BC%96%E5%8F%B7%E6%80%8E%E4%B9%88%E6%9F%A5&region=410100&session=&last='
has '<button type="submit" name="q"' 'what to ask next is a button'
session=$(sed -n 's/.*name="session" value="\([A-Za-z0-9_-]\{22\}\)".*/\1/p' <<<"$out" | head -n 1)
ok $((${#session} != 22)) 'the conversation is in a hidden field'
hasnt "?session=" 'and in no address'
form "q=%E8%A6%81%E5%B8%A6%E4%BB%80%E4%B9%88%E6%9D%90%E6%96%99&region=410100&session=$session&last=410100"
has '上海市' 'the next question is about what was talked about'
form "q=%E8%A6%81%E5%B8%A6%E4%BB%80%E4%B9%88%E6%9D%90%E6%96%99&region=440300&session=$session&last=410100"
has '深圳市' 'a place that is chosen anew wins'
form "q=%E9%BC%93%E6%A5%BC%E5%8C%BA%E5%B1%85%E4%BD%8F%E8%AF%81%E7%BC%96%E5%8F%B7%E6%80%8E%E4%B9%88%E6%9F%A5&session="
session=$(sed -n 's/.*name="session" value="\([A-Za-z0-9_-]\{22\}\)".*/\1/p' <<<"$out" | head -n 1)
has '南京市鼓楼区</button>' 'asking back gives buttons'
form "q=%E5%8D%97%E4%BA%AC%E5%B8%82%E9%BC%93%E6%A5%BC%E5%8C%BA&session=$session"
has '南京市鼓楼区' 'and a button answers'
form 'q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%20autofocus%20x%3D%22'
hasnt '<script>alert' 'words are words'
hasnt '" autofocus' 'in attributes too'
has '&#60;script&#62;' 'and shown as they are'
form 'q=%E6%88%91%E7%9A%84%E8%BA%AB%E4%BB%BD%E8%AF%81410105199001011234%E6%80%8E%E4%B9%88%E6%9F%A5%E5%B1%85%E4%BD%8F%E8%AF%81'
hasnt '410105199001011234' 'a personal number is not shown again'
has '〔＊〕' 'but that there was one'
form 'q=%ZZ'
has 'status 400' 'a broken form is refused'
has 'class="answer"' 'by a page that says so'
form "q=$(printf 'a%.0s' {1..5000})"
has 'status 400' 'a question that is too long is refused'
has 'class="answer"' 'by a page'
form 'q=%E4%BD%A0%E5%A5%BD&region=%3Cb%3E'
has 'status 200' 'a place that there is not is none'
has '<option value="" selected>不指定' 'and not shown again'
post /ask text/plain 'x'
has 'status 415' 'the form is a form'

# --- feedback
post '/v1/ask' application/json '{"text":"居住证多久能办好","session":"new"}'
session=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' <<<"$out" | head -n 1)
post /v1/feedback application/json "{\"type\":\"feedback\",\"value\":\"up\",\"session\":\"$session\",\"text\":\"很清楚\",\"id\":\"f1\"}"
has '"type":"noted","reply_to":"f1"' 'feedback is taken over HTTP'
client open 'text:{"type":"ask","id":"1","text":"居住证多久能办好"}' until:answer 'text:{"type":"ask","id":"2","text":"你好"}' until:reply_to \
	'text:{"type":"feedback","value":"down","seq":1,"text":"看不懂"}' until:noted
has '"type":"noted"' 'and over WebSocket, with a reason'
ok "$([ "$(figure 'wenlu_feedback_total{intent="permit.timing",value="up"}')" = 1 ]; echo $?)" 'it is counted for the intent'
ok "$([ "$(figure 'wenlu_feedback_total{intent="permit.timing",value="down"}')" = 1 ]; echo $?)" 'of the reply that it names'
post /v1/feedback application/json '{"type":"feedback","value":"down","seq":3}'
ok "$([ "$(figure 'wenlu_feedback_total{intent="",value="down"}')" = 1 ]; echo $?)" 'without a conversation for none'
post /v1/feedback application/json '{"type":"feedback","value":"maybe"}'
has '"code":"bad_value"' 'it is up or down'
post /v1/feedback application/json "{\"type\":\"feedback\",\"value\":\"up\",\"text\":\"$(printf 'x%.0s' {1..2001})\"}"
has 'status 413' 'the reason has a limit'
post /v1/feedback application/json '{"type":"ask","text":"你好"}'
has '"code":"bad_type"' 'and is no question'
get /v1/feedback
has 'status 405' 'feedback is sent'

# --- asking again
before=$(figure wenlu_asks_total)
client open 'text:{"type":"ask","id":"q7","text":"居住证多久能办好"}' until:'"reply_to":"q7"'
token=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' <<<"$out" | tail -n 1)
first=$(tail -n 1 <<<"$out")
client open "text:{\"type\":\"hello\",\"id\":\"h\",\"session\":\"$token\",\"seq\":1}" until:'"reply_to":"h"' \
	'text:{"type":"ask","id":"q7","text":"居住证多久能办好"}' until:'"reply_to":"q7"'
ok "$([ "$(tail -n 1 <<<"$out")" = "$first" ]; echo $?)" 'who asks again with the same id gets the same reply'
ok "$([ "$(figure wenlu_asks_total)" = $((before + 1)) ]; echo $?)" 'and the engine was asked once'
client open "text:{\"type\":\"hello\",\"id\":\"h\",\"session\":\"$token\",\"seq\":1}" until:'"reply_to":"h"' \
	'text:{"type":"ask","id":"q7","text":"办居住证要收费吗"}' until:'"reply_to":"q7"'
has 'permit.fee' 'another question with the same id is another question'
post /v1/ask application/json "{\"id\":\"w1\",\"text\":\"居住证多久能办好\",\"session\":\"$token\"}"
first=$(tail -n 1 <<<"$out")
post /v1/ask application/json "{\"id\":\"w1\",\"text\":\"居住证多久能办好\",\"session\":\"$token\"}"
ok "$([ "$(tail -n 1 <<<"$out")" = "$first" ]; echo $?)" 'over HTTP too'

# --- changed and spoilt folders
mv "$www/page.js" "$work/kept.js"
admin reload
get /wenlu.js
has 'status 200' 'a spoilt folder leaves the pages as they were'
grep -q 'the pages stay as they were' "$work/log"
ok $? 'and the log says why'
mv "$work/kept.js" "$www/page.js"
grep -v '^page.js' "$www/files.tsv" >"$www/new" && mv "$www/new" "$www/files.tsv"
admin reload
get /page.js
has 'status 404' 'a reload takes the folder as it is'
stop
ok $status 'the daemon ends well'

start --set www=
get / 'Accept: text/html'
has '/v1/ask' 'without a folder browsers get the text'
get /ask
has 'status 404' 'and there is no form'
stop
start --set "www=$work/nowhere"
get /healthz
has 'status 200' 'a folder that is not there is no reason not to serve'
stop
mkdir "$work/bad"
spoil() { # LINE NAME
	printf '%b\n' "$1" >"$work/bad/files.tsv"
	out=$("$wenlud" -c "$conf" -t --set "www=$work/bad" --set plugins= 2>&1)
	has 'www: ' "$2"
}
spoil '../x\t0123456789abcdef\ttext/css\tforever\t1\t1' 'a name leads nowhere else'
spoil 'x\t0123456789abcdef\ttext/css\rX: y\tforever\t1\t1' 'a media type has no line of its own'
spoil 'x\t0123\ttext/css\tforever\t1\t1' 'a tag has sixteen digits'
spoil 'x\t0123456789abcdef\ttext/css\tsometimes\t1\t1' 'a kind of caching is a known one'
spoil 'x\t0123456789abcdef\ttext/css\tforever\t99999999999\t1' 'a file has a limit'
finish
