#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# zoo.sh - each broken plugin in the folder of a running daemon, while others are asked.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

folder=$work/plugins
mkdir -p "$folder"
cp "$builddir"/plugins/national.so "$srcdir"/plugins/zhejiang/zhejiang.yaml \
	"$srcdir"/plugins/nanjing/nanjing.yaml "$folder"
question='杭州居住证多久能办下来'
marks='约2个工作日'

ask() { client open read "text:$1" read; }
log_has() { grep -q -- "$1" "$work/log"; }
# It is listed with its file, whether it is in use or stays out, by all of them or none.
is_there() {
	admin plugins
	[[ $out == *animal* ]]
}
is_away() { ! is_there; }
leave() { # whatever was there is gone, and the server knows it
	[ -e "$folder/animal.so" ] || return 0
	rm "$folder/animal.so"
	await is_away
	await is_settled
}
enter() { # ANIMAL: alone in its cage
	leave
	cp "$builddir/tests/plugin/$1.so" "$folder/.animal.so.new"
	mv "$folder/.animal.so.new" "$folder/animal.so"
	await is_there
	await is_settled
}
others_are_well() {
	ask '南京居住证多久能办下来'
	has '320100' "others are asked and answer while $1 is there"
}

start --set "plugins=$folder"

# It is seen before it ever runs: it stays out, with the reason.
refused() { # ANIMAL WORDS
	enter "$1"
	admin plugins
	has "$2" "$1 stays out, and the administrator sees why"
	ask "$question"
	hasnt "$marks" "$1 answers nothing"
}
refused bad-magic 'magic'
refused claims-no-code 'no answer()'
refused claims-unknown 'is no intent'
refused crashes-early 'crashed'
refused no-guide 'no guide'
refused no-name 'no name'
refused no-symbol 'wenlu_plugin_entry'
refused short-struct 'struct_size'
refused two-names 'make them the same'
refused wrong-major 'speaks 1.x'

# It is well.
answers() { # ANIMAL WORDS
	enter "$1"
	ask "$question"
	has "$2" "$1 answers"
}
answers table "$marks"
answers good 'call 1'
answers good-1.0 'call 1'
answers from-the-future '从将来来的回答'
if [ -e "$builddir/tests/plugin/cxx.so" ]; then
	enter cxx
	ask "$question"
	has '330100' 'a plugin in C++ answers'
else
	skip 'a plugin in C++ answers' 'no C++ compiler'
fi
if [ -e "$builddir/tests/plugin/rust.so" ]; then
	answers rust '用Rust写的回答'
else
	skip 'a plugin in Rust answers' 'no Rust compiler'
fi

enter moody
ask "$question"
has "$marks" 'moody answers while it is well'
leave
ask "$question"
hasnt "$marks" 'when it is gone, so are its answers'
enter defers
ask "$question"
has '"type":"answer"' 'defers leaves it to the wider region'
admin plugins
has 'animal' 'and is listed'
leave
stop
[ "$status" = 0 ]
ok $? 'the server ends cleanly'

# It fails when it is asked, or would think until tomorrow: the wider region answers, and says so.
start --set "plugins=$folder" --set plugin_budget_ms=1500
told() { grep -c 'the next wider region answers' "$work/log"; }
degraded() { # ANIMAL
	local before
	enter "$1"
	before=$(told)
	ask "$question"
	hasnt "$marks" "$1: it is not believed"
	has '"type":"answer"' "$1: the wider region answers"
	[ "$(told)" -gt "$before" ]
	ok $? "$1: the operator is told"
	for _ in 1 2 3; do ask "$question"; done
	[ "$(grep -c 'resting: ' "$work/log")" = 0 ]
	ok $? "$1: and not again with each question while it rests"
	kill -0 "$pid" 2>/dev/null
	ok $? "$1: the server lives"
}
for animal in aborts closes crashes exits forges forks greedy init-fails loops rubbish sleeps too-much \
	undecided unsourced; do
	degraded "$animal"
done
# Whoever is not in time for its own crash, on a busy machine, crashes again after its rest.
enter aborts
crashed() {
	ask "$question"
	grep -q "plugin 'aborts': it crashed (signal 6" "$work/log"
}
await crashed
ok $? 'the operator is told of a crash as such' "$(grep "plugin 'aborts'" "$work/log")"
others_are_well 'the last of them'
leave
children() { # of the one process, or of the workers
	local all i
	all=$(cat "/proc/$pid/task/$pid/children")
	[ -n "${WENLU_TEST_WORKERS:-}" ] || printf '%s' "$all"
	for i in ${WENLU_TEST_WORKERS:+$all}; do cat "/proc/$i/task/$i/children"; done
}
alone() { [ -z "$(children)" ]; }
await alone
ok $? 'and all processes of the animals'
stop
[ "$status" = 0 ]
ok $? 'the server ends cleanly'
finish
