#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bot.sh - wenlu bot doctor: requests that were recorded, and addresses where something else
# answers; of each the one sentence that helps.
. "${srcdir:-.}/tests/cli/lib.sh"

city=$builddir/tests/it/city
key=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG
other_key=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg

# FILE TOKEN AES-KEY ID: bots of every platform with these secrets. What the platform sends is made
# with other ones than ours.
configure() {
	mkdir -p "$1.d"
	printf '%s\n' "$2" >"$1.d/token"
	printf '%s\n' "$3" >"$1.d/aes"
	chmod 600 "$1.d"/*
	sed -E "s#= (www|plugins|wenlu-host|var/)#= $builddir/\1#" "$conf" >"$1"
	cat >>"$1" <<-END
		[bot wechat]
		app_id = wx$4
		token_file = $1.d/token
		aes_key_file = $1.d/aes
		[bot wechat-plain]
		platform = wechat
		mode = plain
		app_id = wx$4
		token_file = $1.d/token
		[bot wecom]
		corp_id = ww$4
		agent_id = 1000002
		token_file = $1.d/token
		aes_key_file = $1.d/aes
		[bot feishu]
		app_id = cli_1
		app_secret_file = $1.d/token
		verification_token_file = $1.d/token
		encrypt_key_file = $1.d/aes
		[bot dingtalk]
		app_secret_file = $1.d/token
		[bot telegram]
		secret_token_file = $1.d/token
		[bot qq]
		app_id = 1
		app_secret_file = $1.d/token
	END
}
configure ours.conf OurToken $key 1
configure other-token.conf OtherToken $key 1
configure other-key.conf OurToken $other_key 1
configure other-account.conf OurToken $key 2

record() { # FILE BOT CONFIGURATION: what the platform sends when the console has these secrets
	"$program" bot simulate "$2" '居住证怎么办' -c "$3" -s "$1" >/dev/null || echo "# not recorded: $1"
}
doctor() { # BOT FILE: our doctor looks at it
	wenlu bot doctor "$1" -c ours.conf --request "$2"
}

for bot in wechat wechat-plain wecom feishu dingtalk telegram qq; do
	record good $bot ours.conf
	doctor $bot good
	gives 0 "$bot: a good request is found good"
	has 'it can be read: a question' "$bot: and read"
	record bad $bot other-token.conf
	doctor $bot bad
	gives 1 "$bot: one with another secret is not"
	hasnt 'OurToken' "$bot: and no secret is printed"
	sed '1s/?.*/ HTTP\/1.1/; /^[Xx]-/d; /^timestamp:/d; /^sign:/d' good >bare
	doctor $bot bare
	gives 1 "$bot: nor one that lost on the way what proves it"
done

record r wechat other-token.conf
doctor wechat r
has 'The Token is another one' 'WeChat: another token'
record r wechat other-key.conf
doctor wechat r
has 'the EncodingAESKey is another one' 'WeChat: another key'
record r wechat other-account.conf
doctor wechat r
has "It is for 'wx2', and app_id is 'wx1'" 'WeChat: another account, with both names'
record r wecom other-account.conf
doctor wecom r
has "It is for 'ww2'" 'WeCom: another corporation'
record r wechat ours.conf
sed '1s/?.*/ HTTP\/1.1/' r >"$work/cut"
doctor wechat cut
has 'does a proxy cut off' 'an address without what stands behind the question mark'
touch -d '10 minutes' r
doctor wechat r
has 'note: it was signed' 'a clock that is wrong is noticed'
has 'more than 300 s are refused' 'with what is allowed'
record r dingtalk other-token.conf
doctor dingtalk r
has 'another secret' 'DingTalk: another secret'
record r feishu other-key.conf
doctor feishu r
has 'the Encrypt Key in the console is another' 'Feishu: another Encrypt Key'
record r feishu other-token.conf
doctor feishu r
has 'the Verification Token in it is another' 'Feishu: another Verification Token'
record r telegram other-token.conf
doctor telegram r
has 'call it again with the one in secret_token_file' 'Telegram: another secret_token'
record r qq other-token.conf
doctor qq r
has 'signed with another secret' 'QQ: another secret'
for bot in telegram dingtalk qq; do
	record r $bot ours.conf
	sed '/^[Xx]-/d; /^timestamp:/d; /^sign:/d' r >bare
	doctor $bot bare
	has 'It ' "$bot: what is missing, and what to do about it"
done

# The two secrets in each other's file.
sed 's#token_file = ours.conf.d/token#token_file = ours.conf.d/aes#; s#aes_key_file = ours.conf.d/aes#aes_key_file = ours.conf.d/token#' ours.conf >swapped.conf
wenlu bot doctor wechat -c swapped.conf
[ "$status" != 0 ]
ok $? 'two secrets in each other'"'"'s file are no configuration' "$out"
has 'EncodingAESKey' 'and which is no key is said'

# Something else answers at the address.
"$city" "$work/port" &
city_pid=$!
trap 'kill $city_pid 2>/dev/null; rm -rf "$work"' EXIT
for ((i = 0; i < 6000; i++)); do
	[ ! -s "$work/port" ] || break
	sleep 0.05
done
at=http://127.0.0.1:$(cat "$work/port")
ask_at() { wenlu bot doctor wechat -c ours.conf -u "$1"; }
ask_at "$at"
gives 1 'where another server is the check fails'
has 'a proxy does not pass /bots/ on' 'a path that leads nowhere'
ask_at "$at/json"
has 'JSON comes where plain text is due' 'JSON where plain text is due'
ask_at "$at/page"
has 'a page comes instead of the answer' 'a page'
ask_at "$at/line"
has 'adds blanks, a line' 'a proxy that adds something'
ask_at "$at/away"
has 'platforms do not follow' 'an address that is redirected'
ask_at "$at/right"
gives 0 'and the right answer is right'
has "the platform's check of the address passes" 'which is said'
kill $city_pid
wait $city_pid 2>/dev/null
ask_at "$at"
has 'nobody listens there' 'where nobody listens'
finish
