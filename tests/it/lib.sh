# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2317
# lib.sh - a real daemon on a free port for each test, and a client; source it, end with `finish`.
#
#	start [ARGUMENTS…]     starts wenlud, waits until it is ready; sets $pid and $port
#	launch [ARGUMENTS…]    the first half of that; `launched` is the other
#	stop                   ends it with SIGTERM; sets $status
#	killed                 ends it and its workers with SIGKILL
#	client STEPS…          runs wsclient against it, output in $out
#	behind FILE STEPS…     the same in the background, output in $work/FILE; sets $client_pid
#	said FILE WORDS        true if it has said them
#	needs_curl WHAT        leaves the test out where there is no curl
#	has WORDS NAME         true if $out has them        hasnt WORDS NAME
#	admin COMMAND          a command to the administrator's socket, answer in $out
. "${srcdir:-.}/tests/lint/tap.sh"

: "${srcdir:=.}" "${builddir:=.}"
wenlud=${WENLUD:-$builddir/wenlud}
wsclient=${WSCLIENT:-$builddir/tests/it/wsclient}
activate=${ACTIVATE:-$builddir/tests/it/activate}
conf=${WENLU_TEST_CONF:-$builddir/test.conf}
work=$(mktemp -d)
mkdir "$work/state"
pid=
port=
out=
status=

clean_up() {
	[ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$work"
}
trap clean_up EXIT

# Poll until a command is true; five minutes are for sanitizers on machines that have much else to do.
await() {
	local i
	for ((i = 0; i < 6000; i++)); do
		"$@" && return 0
		sleep 0.05
	done
	echo "# not within five minutes: $*"
	return 1
}
needs_curl() { # WHAT: without it the test ends here, and says so
	command -v curl >/dev/null && return
	skip "$1" 'curl is not installed'
	finish
}
is_ready() { [ -s "$work/port" ] || ! kill -0 "$pid" 2>/dev/null; }
is_gone() { ! kill -0 "$pid" 2>/dev/null; }

launch() {
	rm -f "$work/port"
	: >"$work/log"
	"$wenlud" -c "$conf" --set port=0 --port-file "$work/port" \
		--set listen=127.0.0.1 --set "admin_socket=$work/admin.sock" \
		--set "state_dir=$work/state" ${WENLU_TEST_WORKERS:+--set "workers=$WENLU_TEST_WORKERS"} \
		"$@" 2>"$work/log" &
	pid=$!
}
launched() {
	await is_ready
	port=$(cat "$work/port" 2>/dev/null)
	if [ -z "$port" ]; then
		echo "Bail out! wenlud did not start"
		sed 's/^/# /' "$work/log"
		exit 1
	fi
}

start() {
	launch "$@"
	launched
}

stop() {
	kill -TERM "$pid" 2>/dev/null
	await is_gone
	wait "$pid"
	status=$?
	pid=
}

# As after a loss of power: all of its processes are gone when this returns.
killed() {
	local left=()
	read -ra left <"/proc/$pid/task/$pid/children"
	kill -KILL "$pid"
	wait "$pid" 2>/dev/null
	pid=
	await are_gone "${left[@]}"
}
are_gone() {
	local one
	for one in "$@"; do ! kill -0 "$one" 2>/dev/null || return 1; done
}

client() {
	out=$("$wsclient" "127.0.0.1:$port" "$@" 2>&1)
}

behind() {
	local file=$1
	shift
	# Made here: what was in it is gone when this returns.
	: >"$work/$file"
	"$wsclient" "127.0.0.1:$port" "$@" >"$work/$file" 2>&1 &
	client_pid=$!
}
said() { grep -q -- "$2" "$work/$1" 2>/dev/null; }

admin() {
	out=$("$wsclient" "unix:$work/admin.sock" "raw:$1\\n" answer 2>&1)
}

# New content comes worker by worker: now all have what one has.
is_settled() {
	admin 'status json'
	[[ $out != *content_waits_for* ]]
}

has() {
	case $out in *"$1"*) ok 0 "$2" ;; *) ok 1 "$2" "wanted: $1"$'\n'"got: $out" ;; esac
}
hasnt() {
	case $out in *"$1"*) ok 1 "$2" "not wanted: $1"$'\n'"got: $out" ;; *) ok 0 "$2" ;; esac
}
