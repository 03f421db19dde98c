#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# wording.sh - a portal with sentences of its own: taken at once, and never with a fault in them.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

own=$work/own
mkdir "$own"
log_has() { grep -q -- "$1" "$work/log"; }
says() { # QUESTION WORDS
	client open read "text:$1" read
	[[ $out == *"$2"* ]]
}
put() { # LINES…: the portal's file anew, in one step
	printf '%s\n' "$@" >"$own/.new"
	mv "$own/.new" "$own/portal.yaml"
}

put 'say.carried.region: 接着说{region}的事。'
start --set "wording=$own/portal.yaml" --set 'handoff=请打民政大厅电话或到二楼综窗。'
client open read text:上海居住证多久能办好 read text:要带什么材料 read
has '接着说上海市的事。' 'a portal has its own sentence'
client open read text:转人工 read
has '请打民政大厅电话或到二楼综窗。' 'the operator'"'"'s own word on who to talk to is given'
client open read text:就那个那个 read text:就那个那个 read text:就那个那个 read
has '请打民政大厅电话或到二楼综窗。' 'also after two rounds that led nowhere'

put 'reply.reset: 好嘞，从头来。'
await says 重新开始 '好嘞，从头来。'
ok $? 'a changed sentence is taken at once' "$out"
says 你好 '问路'
ok $? 'what its file leaves out is said in the program'"'"'s words' "$out"
put 'reply.reset: "好嘞，{nonsense"'
await log_has 'portal.yaml:1:'
ok $? 'a fault in it is told with file and line' "$(cat "$work/log")"
says 重新开始 '好嘞，从头来。'
ok $? 'and the sentences stay as they were' "$out"
is_refused() { admin status && [[ $out == *'trouble      new content is refused, the old stays: '*'portal.yaml:1:'* ]]; }
await is_refused
ok $? 'the administrator sees that it is refused, and why' "$out"
admin 'status json'
grep -q '"refused":".*portal.yaml:1:' <<<"$out"
ok $? 'also as JSON' "$out"
put 'say.nation: 各地不同，{regin}先说全国的。'
await log_has "'say.nation' has a place {regin} that nothing fills"
ok $? 'a place that nothing fills is a fault' "$(cat "$work/log")"
says 重新开始 '好嘞，从头来。'
ok $? 'and nothing is said with a hole in it' "$out"
put 'reply.reset: 行，重来。'
await says 重新开始 '行，重来。'
ok $? 'once it is mended it is live' "$out"
admin 'status json'
has '"refused":null' 'and nothing is refused any more'
stop
finish
