#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# inside.sh - isolate = no: code that the operator named runs in the daemon, and is replaced there.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

folder=$work/plugins
mkdir -p "$folder"
cp "$builddir"/plugins/national.so "$srcdir"/plugins/zhejiang/zhejiang.yaml "$folder"
sed "s|= *\\([a-z]\\)|= $builddir/\\1|; s|$builddir/$builddir|$builddir|" "$conf" >"$work/wenlu.conf"
printf '[plugin good]\nisolate = no\nvoice = near\n' >>"$work/wenlu.conf"
conf=$work/wenlu.conf
question='杭州居住证多久能办下来'
ask() { client open read "text:$1" read; }
says() {
	ask "$question"
	[[ $out == *"$1"* ]]
}
place() {
	cp "$builddir/tests/plugin/$1.so" "$folder/.animal.so.new"
	mv "$folder/.animal.so.new" "$folder/animal.so"
}
children() { cat "/proc/$pid/task/$pid/children"; }
mapped() { grep -c 'memfd:animal.so' "/proc/$pid/maps"; }
no_builder() { [ -z "$(children)" ]; }

place good
start --set "plugins=$folder"
await says 'voice near'
ok $? 'it answers, with the operator'"'"'s setting'
await no_builder
ok $? 'and has no process of its own'
[ "$(mapped)" -gt 0 ]
ok $? 'its copy is mapped in the server'
place from-the-future
await says '从将来来的回答'
ok $? 'what takes its place and was not named'
[ -n "$(children)" ]
ok $? 'has a process of its own'
gone() { [ "$(mapped)" = 0 ]; }
await gone
ok $? 'and the old one is no longer mapped'
for _ in 1 2 3; do
	place good
	await says 'voice near' || break
	place good-1.0
	await says 'voice near' || break
done
ok $? 'it is replaced again and again'
stop
[ "$status" = 0 ]
ok $? 'the server ends cleanly'
finish
