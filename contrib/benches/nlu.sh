#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# understanding in nanoseconds a question, stage by stage, beside fastText
#
#   contrib/bench nlu [--tier TIER]… [TRAIN TEST]
#
# TRAIN and TEST hold lines of label, tab, text. Without them every second development question is
# learnt and the others are asked. TIER is linear, fast or accurate; several may be named (default:
# linear and fast). fastText (Debian package fasttext) learns single characters and their pairs.
# The time of both is of the same run; run them on an idle machine.
set -euo pipefail
tiers=() files=()
while [ $# -gt 0 ]; do
	case $1 in
	--tier) tiers+=("$2"); shift 2 ;;
	-h | --help) sed -n '3,10s/^# \{0,1\}//p' "$0"; exit 0 ;;
	-*) echo "nlu: '$1' is not known" >&2; exit 2 ;;
	*) files+=("$1"); shift ;;
	esac
done
[ ${#tiers[@]} -gt 0 ] || tiers=(linear fast)
case ${#files[@]} in 0 | 2) ;; *) echo "nlu: TRAIN and TEST, or neither" >&2; exit 2 ;; esac
[ -x "$BUILD/wenlu" ] || contrib/build --dir "$BUILD"
make -s -C "$BUILD" contrib/benches/nlu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
train=$work/train test=$work/test
if [ ${#files[@]} = 2 ]; then
	cut -f 1,2 "${files[0]}" >"$train"
	cut -f 1,2 "${files[1]}" >"$test"
else
	grep -v '^#' tests/golden/questions/dev.tsv | cut -f 1,2 >"$work/all"
	awk 'NR % 2' "$work/all" >"$train"
	awk 'NR % 2 == 0' "$work/all" >"$test"
fi
model=/usr/lib/$(gcc -print-multiarch 2>/dev/null || true)/libime/zh_CN.lm
words=()
[ ! -r "$model" ] || words=(--language-model "$model")
for tier in "${tiers[@]}"; do
	echo "wenlu, $tier:"
	"$BUILD/contrib/benches/nlu" --regions core/know/regions --tier "$tier" "${words[@]}" \
		"$train" "$test" | sed 's/^/  /'
done

if ! command -v fasttext >/dev/null; then
	echo "fastText is not here (apt-get install fasttext): nothing to compare with"
	exit 0
fi
# A blank between characters; labels as it wants them.
prepare() { awk -F '\t' '{ gsub(/ /, "_", $1); print "__label__" $1 "\t" $2 }' "$1" |
	LC_ALL=C.UTF-8 sed -E 's/\t/\n/' | LC_ALL=C.UTF-8 sed -E 'n; s/(.)/\1 /g' | paste -d ' ' - -; }
prepare "$train" >"$work/ft.train"
prepare "$test" >"$work/ft.test"
start=$(date +%s%N)
fasttext supervised -input "$work/ft.train" -output "$work/ft" -epoch 50 -lr 0.5 -wordNgrams 2 \
	-dim 100 -minCount 1 -thread 2 >/dev/null 2>&1
trained=$((($(date +%s%N) - start) / 1000000))
n=$(wc -l <"$work/ft.test")
# Asked once and eleven times over: the difference has no loading in it.
for ((i = 0; i < 11; i++)); do cat "$work/ft.test"; done >"$work/ft.many"
timed() {
	local start best=0 t i
	for ((i = 0; i < 3; i++)); do
		start=$(date +%s%N)
		fasttext predict "$work/ft.bin" "$1" >/dev/null
		t=$(($(date +%s%N) - start))
		[ $best != 0 ] && [ $t -ge $best ] || best=$t
	done
	echo $best
}
once=$(timed "$work/ft.test")
many=$(timed "$work/ft.many")
echo "fastText, characters and pairs:"
printf '  %-12s %8d ns\n' whole $(((many - once) / (10 * n)))
printf '  %-12s %8.2f %%\n' accuracy \
	"$(fasttext test "$work/ft.bin" "$work/ft.test" | awk '$1 == "P@1" { print $2 * 100 }')"
printf '  %-12s %8.2f MB\n' model "$(awk -v b="$(stat -c %s "$work/ft.bin")" 'BEGIN { print b / 1e6 }')"
printf '  %-12s %8.2f s\n' 'trained in' "$(awk -v t="$trained" 'BEGIN { print t / 1e3 }')"
