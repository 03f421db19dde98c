#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# websocket.sh - wenlu.v1 over a real connection: questions, frames, conversations.
. "${srcdir:-.}/tests/it/lib.sh"
# shellcheck disable=SC2119
start

client open read
has 'status 101' 'a correct handshake is accepted'
has '"type":"welcome"' 'a welcome comes at once'
has '"related":[{"text":"办居住证要带什么"},{"text":"医保卡密码忘了怎么重置"},' 'with questions of all matters to begin with'
has '"session":"' 'with the token of a conversation'

client open read 'text:郑州居住证多久能办下来？' read
has '"seq":1' 'a plain text frame is the question'
has '"text":"' 'and is answered'

client open read 'text:{"type":"ask","id":"a-7","text":"你好"}' read
has '"reply_to":"a-7"' 'a JSON question is answered with its id'
client open read 'text:{"type":"ask","id":12,"text":"你好"}' read
has '"reply_to":"12"' 'an id may be a number'

client open read 'text:你好' 'text:谢谢' 'text:你好' read read read
has '"seq":3' 'questions may follow each other without waiting'

client open read 'parts:{"type":"ask",|"id":"p","te|xt":"你好"}' read
has '"reply_to":"p"' 'a fragmented message is put together'
client open read 'part:{"type":"ask","id":"q",' ping:now 'last:"text":"你好"}' until:reply_to
has 'pong now' 'a ping between fragments is answered'
has '"reply_to":"q"' 'and the message is still whole'

client open read ping:hello read close:1000 read eof
has 'pong hello' 'a ping is answered with its payload'
has 'close 1000' 'a close is answered'
has 'eof' 'and the connection ends'

client protocol:wenlu.v1 open read
has '"protocol":"wenlu.v1"' 'the subprotocol wenlu.v1 is spoken'
client protocol:x,wenlu.v1 open read
has 'status 101' 'also when it is one of several'

client open read 'text:{"type":"ask"}' read
has '"code":"missing_text"' 'a question without text gets an error object'
client open read 'text:{"type":' read
has '"code":"bad_json"' 'half a JSON object too'
client open read 'text:{"type":"sing"}' read 'text:你好' read
has '"code":"bad_type"' 'and an unknown type'
has '"seq":2' 'after an error the conversation goes on'
client open read "text:{\"type\":\"ask\",\"id\":\"$(printf 'x%.0s' {1..65})\",\"text\":\"你好\"}" read
has '"code":"id_too_long"' 'an id past the cap is refused'
client open read big:5000 read
has '"code":"too_long"' 'a question past the cap is refused'
has '"seq":1' 'and the connection stays'
client open read 'text:{"type":"feedback","seq":1,"value":"up"}' read
has '"type":"noted"' 'feedback is noted'
client open read 'text:{"type":"suggest","text":"居住证"}' read
has '"type":"suggestions"' 'half a question gets suggestions'

client open read binary:abc read
has 'close 1003' 'a binary frame closes with 1003'
client open read big:20000 read
has 'close 1009' 'a message past the cap closes with 1009'
client open read announce:4611686018427387904 raw:xxxx read
has 'close 1009' 'a message that says it will be too long closes with 1009'
client open read "part:$(printf 'x%.0s' {1..9000})" "more:$(printf 'x%.0s' {1..9000})" read
has 'close 1009' 'fragments count together'
client open read hex:8182000000 hex:00c328 read
has 'close 1007' 'what is not UTF-8 closes with 1007'
client open read hex:838000000000 read
has 'close 1002' 'an unknown opcode closes with 1002'
client open read hex:c18000000000 read
has 'close 1002' 'a reserved bit closes with 1002'
client open read hex:808000000000 read
has 'close 1002' 'a continuation of nothing closes with 1002'

# A conversation goes on after the connection is lost.
client open read 'text:{"type":"ask","id":"1","text":"郑州居住证怎么办"}' read \
	'text:{"type":"ask","id":"2","text":"要多久"}' read
token=$(sed -n 's/.*"session":"\([^"]*\)".*/\1/p' <<<"$out" | head -n 1)
client open read "text:{\"type\":\"hello\",\"session\":\"$token\",\"seq\":1}" read read
has '"resumed":true' 'a token resumes its conversation'
has '"reply_to":"2"' 'what was missed is sent again'
hasnt '"reply_to":"1"' 'what was seen is not'
has "\"session\":\"$token\"" 'and the token stays'
client open read 'text:{"type":"hello","session":"AAAAAAAAAAAAAAAAAAAAAA","seq":0}' read
has '"resumed":false' 'an unknown token begins anew'

why='text:{"type":"ask","text":"郑州居住证怎么办","why":true}'
client open read "$why" read
has '"seq":1' 'a question that wants reasons is answered'
hasnt '"why":' 'but reasons are not for everybody'
stop
ok $status 'the daemon ends well'
start --set explain=yes
client open read "$why" read
has '"why":[' 'with explain they are'
stop
finish
