#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bots-reload.sh - sections of bots that are added, changed, removed and spoilt while the daemon
# runs: every worker does the same, also one that is started later.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"
needs_curl 'bots of messaging platforms'
builddir=$(cd "$builddir" && pwd)
program=${WENLU:-$builddir/wenlu}
n=${WENLU_TEST_WORKERS:-1}
base=$work/base.conf
sed -E "s#= (www|plugins|wenlu-host|var/)#= $builddir/\1#" "$conf" >"$base"
conf=$work/wenlu.conf
mkdir "$work/plugins"
cp "$builddir"/plugins/national.so "$srcdir"/plugins/nanjing/nanjing.yaml "$work/plugins"
for name in One Two Three; do printf 'Token%s\n' $name >"$work/$name"; done
chmod 600 "$work"/{One,Two,Three}

section() { # NAME TOKEN-FILE
	printf '[bot %s]\nplatform = wechat\nmode = plain\napp_id = wx1\nuser_rate = 0\ntoken_file = %s\n' "$1" "$2"
}
# As an editor does it: at no time is it half there.
configure() {
	cat "$base" - >"$work/next"
	mv "$work/next" "$conf"
}

# Worker 1, 2 or 3 alone takes new connections; without several there is nothing to do.
learn() {
	[ "$n" = 1 ] && return
	admin 'status json'
	local i
	for ((i = 1; i <= n; i++)); do
		process[i]=$(sed -n 's/.*"worker":'"$i"',"pid":\([0-9]*\).*/\1/p' <<<"$out")
		[ -n "${process[i]}" ] || return 1
	done
}
is_stopped() { grep -q '^State:[[:space:]]*T' "/proc/$1/status"; }
only() {
	local i
	for ((i = 1; n > 1 && i <= n; i++)); do
		[ "$i" = "$1" ] && continue
		kill -STOP "${process[i]}"
		await is_stopped "${process[i]}"
	done
}
all() {
	local i
	for ((i = 1; n > 1 && i <= n; i++)); do kill -CONT "${process[i]}"; done
}
serial=0
echoes() { # NAME TOKEN: what the platform gets that checks the address: a word, or a status
	local now
	now=$(date +%s)
	sum=$(printf '%s\n' "$2" "$now" "n$serial" | LC_ALL=C sort | tr -d '\n' | sha1sum | cut -d' ' -f1)
	curl -s -m 240 -o - -w ' %{http_code}' \
		"http://127.0.0.1:$port/bots/$1?signature=$sum&timestamp=$now&nonce=n$serial&echostr=word$serial"
}
everywhere() { # NAME TOKEN STATUS SENTENCE: so it is in each worker
	local i got good=0
	for ((i = 1; i <= n; i++)); do
		serial=$((serial + 1))
		only "$i"
		got=$(echoes "$1" "$2")
		all
		if [ "$3" = 200 ]; then
			[ "$got" = "word$serial 200" ] || good=1
		else
			[ "${got##* }" = "$3" ] || good=1
		fi
		[ $good = 0 ] || break
	done
	ok $good "$4" "worker $i: $got"
}
bot() {
	out=$("$program" bot "$@" -c "$conf" -u "http://127.0.0.1:$port" 2>&1)
}
figure() { # NAME BOT: a bot's counter, all workers together
	admin metrics
	sed -n "s/^wenlu_$1{bot=\"$2\",[^}]*} //p" <<<"$out"
}
lines() { # WORDS: so many lines of the log have them
	grep -c -- "$1" "$work/log"
}
has_lines() { [ "$(lines "$2")" -ge "$1" ]; }

{
	section steady One
	section changing One
	section leaving One
} | configure
start --set "plugins=$work/plugins"
await learn
ok $? "there are $n workers"
everywhere steady TokenOne 200 'a bot answers'
everywhere newcomer TokenThree 404 'one that is not configured does not'
bot simulate steady '鼓楼区居住证怎么办' -I 1 -U waverer
has '2. 徐州市鼓楼区' 'somebody is asked back'
said=$out
counts() { [ "$(figure bot_texts_total steady)" = "$1" ]; }
await counts 1
ok $? 'which is counted'

{
	section newcomer Three
	section changing Two
	section steady One
} | configure
kill -HUP "$pid"
await has_lines "$n" "bot 'leaving' is no more"
ok $? 'SIGHUP has the sections read'
everywhere newcomer TokenThree 200 'one that was added answers in each worker'
everywhere newcomer TokenOne 403 'to its own token alone'
everywhere leaving TokenOne 404 'one that was removed is nowhere'
everywhere changing TokenTwo 200 'one that was changed takes its new token'
everywhere changing TokenOne 403 'and the old one no more'
everywhere steady TokenOne 200 'one that was left as it is answers as before'
[ "$(lines "bot 'steady'")" = "$n" ]
ok $? 'and was not begun anew' "$(grep "bot '" "$work/log")"
bot simulate steady '鼓楼区居住证怎么办' -I 1 -U waverer
[ "$out" = "$said" ]
ok $? 'a message that it had before gets the same answer' "$out"
await counts 1
ok $? 'it is not asked again, and what was counted goes on'
bot simulate steady 2 -I 2 -U waverer
has '徐州' 'and the conversation goes on'
bot simulate newcomer '南京居住证多久能办下来' -I 1 -U waverer
has '工作日' 'the new one answers questions'

# A mistake in one section: all stay as they are, and it is said where it is.
{
	section newcomer Two
	section broken One
} | sed '/\[bot broken\]/,$s/token_file = One/token_file = Nowhere/' | configure
line=$(grep -n 'Nowhere' "$conf" | cut -d: -f1)
admin reload
has "failed, the bots stay as they are: $conf:$line" 'a section with a mistake is refused, with file and line'
has 'Nowhere' 'and says what is wrong'
has 'ok, generation' 'the content is read all the same'
grep -q "the bots stay as they are: $conf:$line.*Nowhere" "$work/log"
ok $? 'the log says it too' "$(grep bots "$work/log")"
[ "$(lines 'the bots stay as they are')" = 1 ]
ok $? 'once, however many workers there are'
everywhere broken TokenOne 404 'the one with the mistake is not there'
everywhere newcomer TokenThree 200 'the others are as they were'
everywhere newcomer TokenTwo 403 'also those that were changed beside it'
everywhere steady TokenOne 200 'and those that were taken out'

# A worker that dies begins with what the others have, not with what is in the file.
if [ "$n" != 1 ]; then
	old=${process[2]}
	kill -KILL "$old"
	is_replaced() { learn && [ "${process[2]}" != "$old" ]; }
	await is_replaced
	ok $? 'a worker dies and another takes its place'
	everywhere newcomer TokenThree 200 'it has what was added'
	everywhere changing TokenTwo 200 'and changed'
	everywhere leaving TokenOne 404 'and not what was removed'
	everywhere broken TokenOne 404 'nor what was refused'
fi

section last Two | configure
await_lines=$(($(lines "bot 'newcomer' is no more") + n))
admin reload
hasnt 'failed' 'when the mistake is mended'
await has_lines "$await_lines" "bot 'newcomer' is no more"
everywhere last TokenTwo 200 'what is there then counts'
everywhere steady TokenOne 404 'and nothing else'

# All of them, and back.
configure </dev/null
await_lines=$(($(lines "bot 'last' is no more") + n))
kill -HUP "$pid"
await has_lines "$await_lines" "bot 'last' is no more"
everywhere last TokenTwo 404 'without sections there are no bots'
section last Two | configure
await_lines=$(($(lines "bot 'last': ") + n))
kill -HUP "$pid"
await has_lines "$await_lines" "bot 'last': "
everywhere last TokenTwo 200 'until there are some again'
stop
[ "$status" = 0 ]
ok $? 'the server ends cleanly'

# The first of all.
configure </dev/null
start --set "plugins=$work/plugins"
await learn
everywhere last TokenTwo 404 'a server that began without bots'
section last Two | configure
kill -HUP "$pid"
await has_lines "$n" "bot 'last': "
everywhere last TokenTwo 200 'gets its first without being started again'
stop
finish
