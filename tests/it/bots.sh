#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bots.sh - messaging platforms at a running daemon: what `wenlu bot simulate` sends, and what
# nobody should send.
. "${srcdir:-.}/tests/it/lib.sh"
needs_curl 'bots of messaging platforms'
builddir=$(cd "$builddir" && pwd)
program=${WENLU:-$builddir/wenlu}
question='南京居住证多久能办下来'

mkdir "$work/plugins"
cp "$builddir"/plugins/national.so "$srcdir"/plugins/nanjing/nanjing.yaml \
	"$builddir"/tests/plugin/moody.so "$work/plugins"
printf 'AbcToken1\n' >"$work/token"
printf 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\n' >"$work/aes"
chmod 600 "$work/token" "$work/aes"
{
	sed -E "s#= (www|plugins|wenlu-host|var/)#= $builddir/\1#" "$conf"
	cat <<-END
		[bot wechat]
		app_id = wx2c2769f8efd9abc2
		token_file = token
		aes_key_file = aes
		[bot open]
		platform = wechat
		mode = plain
		user_rate = 0
		app_id = wx2c2769f8efd9abc2
		token_file = token
		[bot wecom]
		user_rate = 1
		corp_id = wwabc
		agent_id = 1000002
		token_file = token
		aes_key_file = aes
		[bot wecom-robot]
		token_file = token
		aes_key_file = aes
	END
} >"$work/wenlu.conf"
conf=$work/wenlu.conf

begin() { start --set "plugins=$work/plugins" "$@"; }
bot() { # COMMAND NAME [ARGUMENTS…]: wenlu bot against the daemon; sets $out, $status
	out=$("$program" bot "$@" -c "$conf" -u "http://127.0.0.1:$port" 2>&1)
	status=$?
}
record() { # FILE NAME ID QUESTION: as the platform would send it
	"$program" bot simulate "$2" "$4" -c "$conf" -I "$3" -U citizen-openid-1 -s "$work/$1"
}
target() { sed -n '1s/^POST \([^ ]*\) .*/\1/p' "$work/$1"; }
post() { # TARGET BODY-FILE [CURL ARGUMENTS…]: sets $out to the body, then a space and the status
	out=$(curl -s -m 60 -o - -w ' %{http_code}' -H 'Content-Type: text/xml' \
		--data-binary "@$2" "${@:3}" "http://127.0.0.1:$port$1")
}
replay() { # FILE [CURL ARGUMENTS…]
	sed '1,/^$/d' "$work/$1" >"$work/body"
	post "$(target "$1")" "$work/body" "${@:2}"
}
said() { sed -n 's/.*<Content><!\[CDATA\[\(.*\)/\1/p' <<<"$out" | head -n 1; }
figure() { # NAME BOT: a bot's counter
	admin metrics
	sed -n "s/^wenlu_$1{bot=\"$2\",[^}]*} //p" <<<"$out"
}

begin
for name in wechat open wecom wecom-robot; do
	bot simulate "$name" '鼓楼区居住证怎么办'
	has '2. 徐州市鼓楼区' "$name: who is asked back gets numbers"
	bot simulate "$name" 2
	has '徐州' "$name: and may answer with one"
	bot simulate "$name" "$question"
	has '工作日' "$name: a question is answered"
	bot doctor "$name"
	ok "$status" "$name: the doctor finds nothing" "$out"
done

record first open 4711 "$question"
replay first
has ' 200' 'a recorded request is answered'
first=$(said)
replay first
[ -n "$first" ] && [ "$(said)" = "$first" ]
ok $? 'sent again, it gets the same answer' "$out"
record second open 4711 "$question"
replay second
[ "$(said)" = "$first" ]
ok $? 'the same message with another signature too' "$out"
[ "$(figure bot_repeated_total open)" = 2 ]
ok $? 'and is counted as such' "$out"
sed 's/4711/4712/' "$work/first" >"$work/other"
replay other
has ' 403' 'its signature does not serve for another message'
admin metrics
has 'wenlu_bot_refused_total{bot="open",platform="wechat",reason="replayed"} 1' 'which is counted'

record sealed wechat 1 "$question"
sed 's/encrypt_type=aes&//; s/encrypt_type=aes//' "$work/sealed" >"$work/unsealed"
replay unsealed
has ' 403' 'safe mode takes nothing that says it is not encrypted'
replay first --get
has ' 403' 'nor is a GET without a word to echo'
sed '1s#/bots/open#/bots/wechat#' "$work/first" >"$work/crossed"
replay crossed
has ' 403' 'a plain message is not for an account in safe mode'
sed 's/signature=[0-9a-f]/signature=x/g' "$work/sealed" >"$work/forged"
replay forged
has ' 403' 'a forged signature is refused'
sed '1!s/[A-Z]/x/' "$work/sealed" >"$work/changed"
replay changed
has ' 40' 'so is a body that was changed'
post "/bots/wechat" "$work/body"
has ' 403' 'and one without anything'
post "/bots/nobody" "$work/body"
has ' 404' 'a bot that is not there is not there'
out=$(curl -s -m 20 -o - -w ' %{http_code}' "http://127.0.0.1:$port/bots/wechat")
has ' 403' 'nor does its address say anything to a browser'

record fresh open 5000 "$question"
address=$(target fresh)
printf '<xml><A>' >"$work/bad"
post "$address" "$work/bad"
has ' 400' 'what is signed and no XML is refused'
# shellcheck disable=SC2016 # it is XML
printf '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><FromUserName>&a;</FromUserName></xml>' >"$work/bad"
post "$address" "$work/bad"
has ' 400' 'and a document type'
head -c 70000 /dev/zero | tr '\0' 'x' >"$work/bad"
post "$address" "$work/bad"
has ' 413' 'and what is too long'
replay fresh
has ' 200' 'while the honest message still gets through'

# Once awake its process is stopped short, and says nothing until it goes on.
bot simulate open '杭州西湖区居住证多久能办下来'
has '约2个工作日' 'a plugin answers'
signal_children() { # SIGNAL
	local children
	read -ra children <"/proc/$pid/task/$pid/children"
	kill "-$1" "${children[@]}"
}
before=$(figure bot_texts_total open)
record one open 6000 '杭州居住证多久能办下来'
record two open 6000 '杭州居住证多久能办下来'
record three open 6000 '杭州居住证多久能办下来'
admin metrics
asks=$(sed -n 's/^wenlu_asks_total //p' <<<"$out")
# As the platform does it: five seconds each, three times in all.
signal_children STOP
replay one -m 5
[ -z "$(said)" ]
ok $? 'a plugin that takes too long is too slow for the first try' "$out"
signal_children CONT
replay two
has '约2个工作日' 'the second try gets its answer'
second=$(said)
replay three
[ -n "$second" ] && [ "$(said)" = "$second" ]
ok $? 'the third the same' "$out"
admin metrics
[ "$(sed -n 's/^wenlu_asks_total //p' <<<"$out")" = $((asks + 1)) ]
ok $? 'the engine was asked once' "$out"
[ "$(figure bot_texts_total open)" = $((before + 1)) ]
ok $? 'one message is on record' "$out"
stop
[ "$status" = 0 ]
ok $? 'the server ends cleanly'
log=$(cat "$work/log")

# With several workers, of whom each has some of the conversations and all know what was answered.
begin --set workers=3
replay three
[ "$(said)" = "$second" ]
ok $? 'after a restart it is still the same answer' "$out"
admin metrics
has 'wenlu_asks_total 0' 'and nobody was asked'
for name in wechat open wecom wecom-robot; do
	bot simulate "$name" '鼓楼区居住证怎么办' -U "a-worker-of-$name"
	has '2. 徐州市鼓楼区' "$name: whichever worker is asked"
	bot simulate "$name" 2 -U "a-worker-of-$name"
	has '徐州' "$name: the conversation goes on"
done
ps -o args= -p "$pid" >"$work/ps"
tr '\0' '\n' <"/proc/$pid/environ" >>"$work/ps"
! grep -q 'AbcToken1' "$work/ps" "$work/log" && [[ $log != *AbcToken1* ]]
ok $? 'no secret is in the log, or where others see it'
killed
! grep -qra 'citizen-openid-1' "$work/state" && [[ $log != *citizen-openid-1* ]]
ok $? 'and no user is in the log or on disk'
ls "$work/state/bots.key" "$work/state/notes.db" >/dev/null
ok $? 'though there is something there'

begin
printf 'AnotherToken2\n' >"$work/token"
bot simulate open "$question"
hasnt '工作日' 'another secret in its file is none yet'
admin reload
has 'ok' 'it is read anew on reload'
bot simulate open "$question"
has '工作日' 'and then is the one that counts'
printf '' >"$work/token"
admin reload
bot_log=$(cat "$work/log")
[[ $bot_log == *'the bots stay as they are'*'token_file: the file is empty'* ]]
ok $? 'a secret that is missing then is said in the log' "$bot_log"
kill -HUP "$pid"
printf 'AnotherToken2\n' >"$work/token"
bot simulate open "$question"
has '工作日' 'and the bots go on as they were'
# Ten at once, then one a minute, of which the first is told so.
for ((i = 0; i < 60; i++)); do
	bot simulate wecom '在吗' -U hasty
	[[ $out != *'nothing was said'* ]] || break
done
has 'nothing was said' 'who sends too many messages is not answered any more' "$out"
bot simulate wecom '在吗' -U patient
hasnt '太快' 'while others are'
kill -KILL "$pid"
await is_gone
pid=

printf '' >"$work/token"
out=$("$builddir/wenlud" -c "$conf" -t 2>&1)
status=$?
[ $status = 1 ]
ok $? 'without a secret the daemon does not start'
has 'token_file: the file is empty' 'and says why'
finish
