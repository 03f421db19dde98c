#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# lifecycle.sh - starting, checking, reloading, stopping; the administrator's socket.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

is_line() { # LINE NAME: an error, and all that was said
	[ "$out" = "error: $1" ]
	ok $? "$2" "wanted: error: $1"$'\n'"got: $out"
}
run() { # wenlud with these arguments; output in $out, exit status in $status
	out=$("$wenlud" "$@" 2>&1)
	status=$?
}
says() { grep -q -- "$1" "$work/client" 2>/dev/null; } # the client in the background
log_has() { grep -q -- "$1" "$work/log"; }

run --version
ok $status '--version is no failure'
has 'wenlud ' 'it names the program'
run --help
has 'max_frame_bytes = 16384' '--help lists settings with their defaults'
run --nonsense
[ $status = 2 ]
ok $? 'an unknown option is status 2'
run surplus
has "what is 'surplus'" 'so is a surplus word'
run -c "$conf" -t
ok $status '-t accepts good settings and content'
has 'fine' 'and says so'
run -c "$conf" -t --set max_fram_bytes=3
[ $status = 1 ]
ok $? '-t refuses a wrong setting with status 1'
has "did you mean 'max_frame_bytes'" 'and names the nearest'
printf 'port = 1\nport = x\nfoo\n' >"$work/bad.conf"
run -c "$work/bad.conf" -t
has "$work/bad.conf:2:1: port is set twice" 'findings have file and line'
has "$work/bad.conf:3:1: 'foo' is no setting" 'all of them'
run -c "$conf" -t --set intents=/nonexistent
has "/nonexistent: No such file or directory; the setting 'intents' names it" 'content that is not there is found'
run -c "$conf" -t --set listen=300.1.1.1 --set trusted_proxies=foo
[ $status = 1 ]
ok $? '-t refuses what would keep the server from starting'
has "listen: '300.1.1.1' is no address; write 127.0.0.1" 'an address that is none, with what to write'
has "trusted_proxies: 'foo' is no address or network: write 10.0.0.5" 'a proxy that is none, with what to write'
for origin in example.com https://example.com/ https://Example.com https://; do
	run -c "$conf" -t --set "allow_origins=$origin"
	has "warning: allow_origins: '$origin' lets no page in" "an origin that no page has is warned of: $origin"
done
run -c "$conf" -t --set 'allow_origins=https://*.example.gov.cn, http://localhost:8080, *, null' \
	--set 'listen=127.0.0.1, [::1]:8080, *:1, unix:/tmp/x' --set 'trusted_proxies=10.0.0.0/8, ::1, unix'
hasnt 'warning' 'what works is not complained of'
ok $status 'nor refused'
sed "s|= *\\([a-z]\\)|= $builddir/\\1|; s|$builddir/$builddir|$builddir|" "$conf" >"$work/plugin.conf"
printf '[plugin shangha]\nvoice = near\n[plugin beijing]\nvoice = near\n' >>"$work/plugin.conf"
run -c "$work/plugin.conf" -t
has "[plugin shangha]: no plugin of that name is in use; did you mean 'shanghai'?" 'settings of a plugin that is not there are told'
has '[plugin beijing]: this plugin has no code' 'so are those of one that reads none'
[ $status = 0 ]
ok $? 'neither is an error: it may be dropped in later'
run -c /nonexistent.conf -t
is_line '/nonexistent.conf: cannot be read: No such file or directory' 'a configuration that is not there is all that is told'
echo 'max_fram_bytes = 3' >"$work/bad.conf"
run -c "$work/bad.conf" -t
is_line "$work/bad.conf:1:1: there is no setting 'max_fram_bytes'; did you mean 'max_frame_bytes'?" \
	'so is one with an error: nothing that only follows from it'
run -c "$conf" -t --set tls_key=/dev/null
has 'TLS needs both' 'and half a TLS'
run --print-config
has '#max_frame_bytes = 16384' '--print-config writes the sample'

start --set log_form=json
log_has '"message":"ready in'
ok $? 'the log can be JSON'
log_has "listening on 127.0.0.1:$port"
ok $? 'the port that was chosen is told'
[ "$(stat -c %a "$work/admin.sock")" = 600 ]
ok $? 'the socket of the administrator is for its owner alone'
admin status
has 'state        serving' 'it tells how the server is'
admin 'status json'
has "\"port\":$port" 'also as JSON'
admin metrics
has 'wenlu_connections 0' 'and all figures'
admin plugins
has 'national' 'and the plugins'
admin nonsense
has 'there is no command' 'an unknown command is refused'
admin relaod
has "did you mean 'reload'?" 'with the nearest'
admin status
hasnt 'trouble' 'where all is well there is no trouble'
admin 'log debug'
has 'ok, logging debug' 'the log can be turned up'
out=$("$wsclient" "unix:$work/admin.sock" 'raw:GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n' response)
has 'wenlu_uptime_seconds' 'figures can be fetched over HTTP there'
long=$(printf 'x%.0s' {1..2000})
out=$("$wsclient" "unix:$work/admin.sock" "raw:GET /metrics HTTP/1.1\\r\\nX-Long: $long\\r\\nHost: x\\r\\n\\r\\n" response)
has 'wenlu_connections 0' 'its head may be long'
out=$("$wsclient" "unix:$work/admin.sock" "raw:$(printf 'x%.0s' {1..600})" eof)
has 'eof' 'an endless line is cut off'
run -c "$conf" -p "$port" --port-file "$work/port" --set admin_socket=
[ $status = 1 ]
ok $? 'a second server on the same port fails'
has 'is in use' 'and says why'
run -c "$conf" -p 0 --set "admin_socket=$work/admin.sock" --set state_dir=
[ $status = 1 ]
ok $? 'so does one with the same administrator'"'"'s socket'
has 'another wenlud listens there: stop it, or give this one an admin_socket of its own' 'and says what to do'
echo "admin_socket = $work/admin.sock" >"$work/only.conf"
out=$("$builddir/wenlu" admin -c "$work/only.conf" 2>&1)
has 'state        serving' 'wenlu admin needs nothing but the socket'"'"'s name'
[ "$(cat "$work/port")" = "$port" ]
ok $? "neither changes the first one's port file"

exec 8> >("$wsclient" "127.0.0.1:$port" open until:never >"$work/client" 2>&1)
await says welcome
kill -HUP "$pid"
await log_has 'generation 2'
ok $? 'SIGHUP reads the content again'
admin reload
has 'generation 3' 'so does the administrator'
grep -q close "$work/client"
[ $? = 1 ]
ok $? 'nobody loses the connection by it'
kill -TERM "$pid"
await says 'close 1012'
ok $? 'a stopping server says good-bye with 1012'
exec 8>&-
await is_gone
wait "$pid"
status=$?
pid=
ok $status 'and ends with status 0'
[ ! -e "$work/admin.sock" ] && [ ! -e "$work/port" ]
ok $? 'leaving no socket and no port file behind'

# A client that neither reads nor leaves: the drain has an end, and a second signal ends it at once.
start --set drain_seconds=1
rm -f "$work/client"
exec 8> >("$wsclient" "127.0.0.1:$port" open hold >"$work/client" 2>&1)
await says 101
kill -TERM "$pid"
await is_gone
wait "$pid"
ok $? 'drain_seconds bound the wait for clients'
log_has 'drain_seconds are over'
ok $? 'and the log says so'
pid=
exec 8>&-
start --set drain_seconds=600
rm -f "$work/client"
exec 8> >("$wsclient" "127.0.0.1:$port" open hold >"$work/client" 2>&1)
await says 101
kill -TERM "$pid"
await log_has 'stopping:'
# Each worker stops listening when it hears of it.
accepts_nobody() {
	client get:/healthz
	[[ $out == *'error connect'* ]]
}
await accepts_nobody
ok $? 'a stopping server accepts nobody' "$out"
kill -INT "$pid"
await is_gone
wait "$pid"
ok $? 'a second signal stops at once'
pid=
exec 8>&-
# Somebody asks all the time how it is. Whoever has been silent for a second is sent home, so if it was
# this machine that kept them silent we begin again.
watch_health() {
	while echo 2>/dev/null; do sleep 0.05; done |
		"$wsclient" "127.0.0.1:$port" each:/healthz >"$work/health" 2>&1
}
is_told() { grep -q 'draining\|eof\|broken' "$work/health"; }
for _ in {1..20}; do
	start --set keepalive_timeout=600 --set drain_seconds=600
	exec 8> >("$wsclient" "127.0.0.1:$port" open read hold >"$work/holder" 2>&1)
	: >"$work/health"
	watch_health &
	watcher=$!
	await grep -q welcome "$work/holder"
	await grep -q ok "$work/health"
	admin stop
	await is_told
	exec 8>&-
	await is_gone
	wait "$pid" "$watcher"
	pid=
	! grep -q draining "$work/health" || break
done
has 'ok, stopping' 'the administrator can stop it'
grep -q draining "$work/health"
ok $? '/healthz says 503 while it drains'

# A service manager that opens the socket.
touch "$work/manager"
"$activate" "$wenlud" -c "$conf" --set "admin_socket=$work/admin.sock" \
	--set "state_dir=$work/state" >"$work/manager" 2>"$work/log" &
pid=$!
await grep -q READY=1 "$work/manager"
ok $? 'the service manager is told when it is ready'
port=$(sed -n 's/^port //p' "$work/manager")
client get:/healthz
has 'status 200' 'a socket that is handed over is served'
kill -TERM "$pid"
await is_gone
wait "$pid"
ok $? 'and it ends well'
grep -q STOPPING=1 "$work/manager"
ok $? 'having told that it stops'
pid=

# Local sockets, and a stale one in the way.
start --set "listen=127.0.0.1, unix:$work/public.sock"
out=$("$wsclient" "unix:$work/public.sock" host:x get:/healthz)
has 'status 200' 'a local socket is served'
killed
[ -S "$work/public.sock" ] && [ -S "$work/admin.sock" ]
ok $? 'a server that was killed leaves its sockets behind'
start --set "listen=127.0.0.1, unix:$work/public.sock"
out=$("$wsclient" "unix:$work/public.sock" host:x get:/healthz)
has 'status 200' 'they are not in the way of the next'
stop
ok $status 'which ends well'

# SIGHUP while the first content is being built, which takes its time: one of the plugins hangs.
mkdir "$work/plugins"
cp "$builddir"/plugins/*.so "$builddir"/plugins/*.yaml "$builddir/tests/plugin/waits.so" "$work/plugins"
caught() { # SIGHUP is bit 0
	local mask
	grep -q wenlud "/proc/$pid/comm" || return 1 # not the shell that becomes it
	mask=$(sed -n 's/^SigCgt:.*\(.\)$/\1/p' "/proc/$pid/status")
	(((0x$mask & 1) == 1))
}
# It stands still while we look: who was so slow that it serves already begins again.
until launch --set "plugins=$work/plugins" && await caught && kill -STOP "$pid" && [ ! -s "$work/port" ]; do
	kill -CONT "$pid"
	stop
done
kill -HUP "$pid" && kill -CONT "$pid"
ok $? 'the daemon can be told to reload before it serves'
launched
kill -0 "$pid"
ok $? 'that does not end it'
await log_has 'generation 2'
ok $? 'and is done once it serves'
stop
finish
