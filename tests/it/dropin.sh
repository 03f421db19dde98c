#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# dropin.sh - regions come, change and go in the plugin folder of a running daemon.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

folder=$work/plugins
mkdir -p "$folder"
cp "$builddir"/plugins/national.so "$srcdir"/plugins/jiangsu/jiangsu.yaml \
	"$srcdir"/plugins/zhejiang/zhejiang.yaml \
	"$srcdir"/plugins/hangzhou/hangzhou.yaml "$folder"
question='苏州居住证多久能办下来'

# A guide for Suzhou: suzhou VERSION DAYS [MORE LINES]
suzhou() {
	cat <<-END
		guide: 1
		name: suzhou
		title: 苏州市居住证办事指南
		version: "$1"
		contact: 测试
		regions:
		  - {code: "320500", aliases: [测试别名城], apps: [测试苏周办]}
		sources:
		  - {id: T1, title: 测试来源, kind: article, as_of: "2025", review_by: "2099-12-31"}
		topics:
		  permit.timing:
		    source: T1
		    summary: 据资料（未核实），苏州约$2个工作日。
		    timing:
		      - {stage: 整体, max: $2, unit: working_day}
		${3-}
	END
}
ask() { client open read "text:$1" read; }
says() { # QUESTION WORDS
	ask "$1"
	[[ $out == *"$2"* ]]
}
says_not() { ! says "$@"; }
log_has() { grep -q -- "$1" "$work/log"; }
put() { # NAME: standard input becomes that plugin in one step
	cat >"$folder/.$1.new"
	mv "$folder/.$1.new" "$folder/$1"
}

start --set "plugins=$folder"
says "$question" '约88个工作日'
[ $? = 1 ]
ok $? 'a region without a guide is not answered from one'
"$wsclient" "127.0.0.1:$port" open read until:never >"$work/witness" 2>&1 &
witness=$!

suzhou 1 88 | put suzhou.yaml
await says "$question" '约88个工作日'
ok $? 'a guide that is dropped in answers'
await is_settled
took=$(sed -n 's/.*built in \([0-9]*\) ms.*/\1/p' "$work/log" | head -n 1)
echo "# built in $took ms"
says '测试别名城居住证多久能办下来' '约88个工作日'
ok $? 'its names are understood'
says '测试苏周办上办居住证多久能下来' '320500'
ok $? 'its app names imply the place'

suzhou 2 77 | put suzhou.yaml
await says "$question" '约77个工作日'
ok $? 'a guide that is replaced: the new version answers'
await is_settled
admin plugins
has 'suzhou               2 ' 'and is listed'

suzhou 3 66 | head -c 300 >"$folder/suzhou.yaml"
await log_has 'suzhou.yaml.*last good version stays'
ok $? 'half a file is told'
says "$question" '约77个工作日'
ok $? 'and its last good version answers'
admin plugins
has 'the last good version, since: ' 'the administrator sees why'
admin status
has 'trouble      1 plugin at the last good version: see wenlu admin plugins' 'and that there is something to see'
admin 'status json'
has '"left_out":0,"kept":1,"unsaved":false,"refused":null' 'also as JSON'
# Its paths count from where it stands.
mine=$(dirname "$conf")/dropin-$$.conf
trap 'rm -f "$mine"; clean_up' EXIT
{
	grep -v '^admin_socket' "$conf"
	echo "admin_socket = $work/admin.sock"
} >"$mine"
wenlu() { out=$("$builddir/wenlu" "$@" -c "$mine" 2>&1); }
wenlu plugin list
has 'suzhou               2 ' 'wenlu plugin list is the running server'"'"'s'
has "$folder/suzhou.yaml:" 'it names the file and the line of what is wrong'
wenlu plugin list --json
grep -q '^{"name":"suzhou".*"state":"kept".*}$' <<<"$out"
ok $? 'as JSON it is one object a line'
wenlu admin
has 'generation' 'wenlu admin says how the server is'
wenlu admin plugins
has 'the last good version, since: ' 'wenlu admin plugins is what the socket says'
stop
start --set "plugins=$folder"
says "$question" '约77个工作日'
ok $? 'also across a restart'

suzhou 4 55 '  permit.timng: {summary: 据资料（未核实），约2日。, source: T1}' | put suzhou.yaml
await log_has "permit.timng"
ok $? 'a fault is told with what was written'
log_has "permit.timing"
ok $? 'and the nearest right value'
log_has 'suzhou.yaml:[0-9]*:3: topics'
ok $? 'and the column where it stands'
says "$question" '约77个工作日'
ok $? 'the last good version goes on'

suzhou 5 44 'canary: [{ask: 苏州居住证多久能办下来, intent: permit.timing, must: [当天就好]}]' | put suzhou.yaml
await log_has "does not say '当天就好'"
ok $? 'a guide that fails its own canary question is told'
says "$question" '约77个工作日'
ok $? 'and kept out'

suzhou 6 33 >"$folder/.suzhou.yaml.swp"
suzhou 6 33 >"$folder/suzhou.yaml~"
suzhou 6 33 >"$folder/suzhou.txt"
suzhou 6 33 >"$folder/suzhou.yml"
await log_has 'suzhou.yml: is not read, for its name does not end in .yaml'
ok $? 'a guide whose name keeps it from being read is told'
rm "$folder/suzhou.yml"
sed 's/name: suzhou/name: other/' <(suzhou 6 33) | put other.yaml
await log_has "region 320500 is spoken for by 'suzhou'"
ok $? 'a second guide for a place is told'
await is_settled
admin status
has 'trouble      1 plugin left out: see wenlu admin plugins' 'the administrator sees that one is left out'
admin plugins
grep -q "^left out: .*/other.yaml:[0-9]*:[0-9]*: region 320500 is spoken for" <<<"$out"
ok $? 'and which, said once' "$out"
rm "$folder/other.yaml"
nothing_left_out() { admin status && [[ $out != *'left out'* ]]; }
await nothing_left_out
ok $? 'once it is gone nothing is left out' "$out"
suzhou 7 22 | put suzhou.yaml
await says "$question" '约22个工作日'
ok $? 'temporary files are no plugins, the next good one is'
chmod o+w "$folder/suzhou.yaml"
await log_has 'everyone may write to it'
ok $? 'a file that everyone may write to is told'
says "$question" '约22个工作日'
ok $? 'and its last good version answers'
chmod o-w "$folder/suzhou.yaml"

# A city whose examples and names spoil another's answers.
{
	echo 'guide: 1
name: spoiler
title: 扬州市居住证办事指南
version: "1"
contact: 测试
regions: [{code: "321000", aliases: [杭州居住证, 杭州]}]
sources: [{id: T1, title: 测试来源, kind: article, as_of: "2025", review_by: "2099-12-31"}]
topics: {permit.timing: {source: T1, summary: 据资料（未核实），扬州约1个工作日。}}'
} | put spoiler.yaml
await log_has 'spoiler.yaml'
ok $? 'a guide that would spoil others is told'
says '杭州居住证多久能办下来' '330100'
ok $? 'and does not'
rm "$folder/spoiler.yaml"

rm "$folder/suzhou.yaml"
await says_not "$question" '约22个工作日'
ok $? 'a guide that is removed: it answers no more'
has '"answered_by":"100000"' 'a wider place does'
await is_settled

cp -r "$srcdir/intents" "$work/intents"
chmod -R u+w "$work/intents"
stop
start --set "plugins=$folder" --set "intents=$work/intents"
sed -i 's/^intent:/intnet:/' "$work/intents/permit/permit.timing.yaml"
await log_has 'new content is refused'
ok $? 'a fault in what all share keeps the whole old content'
says "$question" '"answered_by":"100000"'
ok $? 'which goes on answering'
admin reload
has 'failed, the old content stays' 'a reload by hand says the same'
kill "$witness" 2>/dev/null
stop
[ "$status" = 0 ]
ok $? 'it ends cleanly'

# The folder has been read, and a plugin in it is still being looked at.
cp "$builddir/tests/plugin/waits.so" "$folder"
is_looking() {
	local builder builders
	read -ra builders <"/proc/$pid/task/$pid/children"
	for builder in "${builders[@]}"; do
		[ -z "$(cat "/proc/$builder/task/$builder/children")" ] || return 0
	done
	return 1
}
looks_or_serves() { is_looking || [ -s "$work/port" ]; }
# Who was so slow that all is over begins again.
until launch --set "plugins=$folder" && await looks_or_serves && is_looking; do stop; done
suzhou 3 66 | put suzhou.yaml
launched
await says "$question" '约66个工作日'
ok $? 'a guide that is dropped in while the server starts is not missed'
stop
finish
