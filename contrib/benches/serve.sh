#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# asks a second, latency, CPU and memory of wenlud, beside a bare libwebsockets echo
#
#   contrib/bench serve [--seconds N] [--active N] [--idle N]
#
# Each server is asked for N seconds (3) over N connections (10) with one question under way on
# each, alone and among N idle connections (10000). "echo" gives the question back; "echo+" gives
# back as many bytes as a reply of wenlud has. Ratios are to the echo in the same conditions:
# absolute figures differ from run to run and from machine to machine.
set -euo pipefail
seconds=3 active=10 idle=10000
while [ $# -gt 0 ]; do
	case $1 in
	--seconds) seconds=$2; shift 2 ;;
	--active) active=$2; shift 2 ;;
	--idle) idle=$2; shift 2 ;;
	-h | --help) sed -n '3,10s/^# \{0,1\}//p' "$0"; exit 0 ;;
	*) echo "serve: '$1' is not known" >&2; exit 2 ;;
	esac
done
[ -x "$BUILD/wenlud" ] || contrib/build --dir "$BUILD"
make -s -C "$BUILD" contrib/benches/load contrib/benches/echo
load=$BUILD/contrib/benches/load
work=$(mktemp -d)
pid=
clean_up() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null || true
	rm -rf "$work"
}
trap clean_up EXIT
ulimit -n "$(ulimit -Hn)"
most=$(($(ulimit -Hn) - active - 600))
[ "$idle" -le "$most" ] || {
	echo "# only $most idle connections: the limit of open files is $(ulimit -Hn)"
	idle=$most
}

await_port() {
	local i
	for ((i = 0; i < 600; i++)); do
		[ ! -s "$work/port" ] || return 0
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.05
	done
	echo "serve: the server did not start" >&2
	sed 's/^/  /' "$work/log" >&2
	return 1
}
start_echo() { # BYTES: 0 for what came
	"$BUILD/contrib/benches/echo" "$1" "$work/port" 2>"$work/log" &
	pid=$!
	await_port
}
start_wenlud() {
	"$BUILD/wenlud" -p 0 --port-file "$work/port" --set admin_socket= --set message_rate=0 \
		--set "state_dir=$work" \
		--set "max_connections=$((idle + active + 50))" \
		--set "max_connections_per_address=$((idle + active + 50))" \
		--set header_timeout=120 --set log_level=warn 2>"$work/log" &
	pid=$!
	await_port
}
stop() {
	kill "$pid" 2>/dev/null || true
	wait "$pid" 2>/dev/null || true
	pid=
	rm -f "$work/port"
}
# One line of figures: asks/s, p50, p99, CPU per ask, KiB per connection, bytes per reply.
measure() { # IDLE SKIP
	"$load" --port "$(cat "$work/port")" --pid "$pid" --seconds "$seconds" --active "$active" \
		--idle "$1" --skip "$2" contrib/benches/questions.txt
}

printf '%-7s %-8s %10s %9s %9s %12s %14s %12s\n' idle server asks/s 'p50 us' 'p99 us' 'CPU us/ask' \
	'KiB/connection' bytes/reply
line() { # IDLE NAME FIGURES
	awk -v idle="$1" -v name="$2" '{ printf "%-7s %-8s %10.0f %9.0f %9.0f %12.1f %14s %12.0f\n",
		idle, name, $1, $2, $3, $4, ($5 == "-" ? "-" : sprintf("%.1f", $5)), $6 }' <<<"$3"
}
ratio() { # NAME FIGURES OF-ECHO
	awk -v name="$1" 'NR == 1 { split($0, a) } NR == 2 { printf "%-7s %-8s %9.2fx %8.2fx %8.2fx %11.2fx %13s\n",
		"", name, a[1] / $1, a[2] / $2, a[3] / $3, a[4] / $4,
		($5 == "-" || $5 == 0 ? "-" : sprintf("%.2fx", a[5] / $5)) }' <<<"$2"$'\n'"$3"
}
for n in 0 "$idle"; do
	start_echo 0
	echo_figures=$(measure "$n" 0)
	stop
	line "$n" echo "$echo_figures"
	start_wenlud
	ask_figures=$(measure "$n" 1)
	stop
	start_echo "$(awk '{ printf "%d", $6 }' <<<"$ask_figures")"
	plus_figures=$(measure "$n" 0)
	stop
	line "$n" echo+ "$plus_figures"
	line "$n" wenlud "$ask_figures"
	ratio 'to echo' "$ask_figures" "$echo_figures"
	ratio 'to echo+' "$ask_figures" "$plus_figures"
done
