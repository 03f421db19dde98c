#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# http-plugin.sh - a plugin's code asks a city's system through the server, or is told why not.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

folder=$work/plugins
mkdir -p "$folder"
cp "$builddir"/plugins/national.so "$srcdir"/plugins/zhejiang/zhejiang.yaml \
	"$srcdir"/plugins/nanjing/nanjing.yaml "$builddir/tests/plugin/asks-city.so" "$folder"
"$builddir/tests/it/city" "$work/city" &
city=$!
has_port() { [ -s "$work/city" ]; }
await has_port
base=http://127.0.0.1:$(cat "$work/city")
original=$conf
question='杭州居住证多久能办下来'
ask() { client open read "text:$1" read; }
log_has() { grep -q -- "$1" "$work/log"; }

# with PATH LINES: the daemon, with this in the plugin's section.
with() {
	cat "$original" >"$work/wenlu.conf"
	sed -i "s|= *\([a-z]\)|= $builddir/\1|; s|^\(host_program\|cache_dir\) = .*/\(wenlu-host\|var/cache\)|\1 = $builddir/\2|" "$work/wenlu.conf"
	printf '[plugin asks-city]\nbase = %s\npath = %s\n%s\n' "${3-$base}" "$1" "$2" >>"$work/wenlu.conf"
	conf=$work/wenlu.conf
	start --set "plugins=$folder"
}

with /status "allow_hosts = other.example, $base
allow_private = yes"
ask "$question"
has '系统说200：POST[more]已受理' 'a plugin asks the city and its answer says what the city says'
ask "$question"
has '系统说200' 'and again'
stop
[ "$status" = 0 ]
ok $? 'the server ends cleanly'

with /slow "allow_hosts = $base
allow_private = yes"
ask "$question"
has '系统没有回答（-2），杭州约2个工作日' 'a city that is silent costs the plugin its patience, not its answer'
ask '南京居住证多久能办下来'
has '320100' 'others are answered'
log_has 'asks-city.*http: '
ok $? 'the operator reads why'
admin plugins
hasnt 'rests for' 'the plugin has not failed'
stop

with /large "allow_hosts = $base
allow_private = yes"
ask "$question"
has '系统没有回答（-4）' 'a reply that is too large is cut off, and the plugin knows'
stop

with /away "allow_hosts = $base
allow_private = yes"
ask "$question"
has '系统说302' 'a redirect is told, not followed'
stop

with /status 'allow_hosts = city.example'
ask "$question"
has '系统没有回答（-1）' 'a host that is not listed is not asked'
log_has 'is not in allow_hosts of'
ok $? 'and the log says what is missing'
stop

with /status "allow_hosts = $base"
ask "$question"
has '系统没有回答（-1）' 'an address of an inner network is refused'
log_has 'allow_private = yes'
ok $? 'and the log says how to permit it'
stop

with /status "allow_hosts = ${base/http:/https:}
allow_private = yes" "${base/http:/https:}"
ask "$question"
has '系统没有回答（-2）' 'who has no certificate is not believed'
stop

printf '[plugin other]\nallow_hosts = https://*.example/x\nisolat = no\n' >>"$work/wenlu.conf"
out=$("$wenlud" -t -c "$work/wenlu.conf" 2>&1)
has 'is no host' 'a pattern is no host, and the check says so'
has "did you mean 'isolate'" 'a key that is nearly ours is one of ours'
kill "$city"
finish
