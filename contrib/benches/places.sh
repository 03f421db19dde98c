#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# how many of the country's cities and counties are found, as written and mistyped
#
#   contrib/bench places [-v]
#
# Every city and county whose short name is no other's stands in five sentences; those that many mean
# once more with one character mistyped by sound, and by looks (wenlu noise), which not all can be
# told from each other. -v also lists the names that were not found as written.
set -euo pipefail
verbose=no
case ${1-} in
-v) verbose=yes ;;
-h | --help) sed -n '3,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
[ -x "$BUILD/wenlu" ] || contrib/build --dir "$BUILD"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A line a name: a label, the name, a style, its code, its weight. What lies outside is asked about less.
awk -F '\t' '!/^#/ { n[$5]++ }
	!/^#/ && ($2 == "city" || $2 == "county") && $7 != "-" && $1 < 700000 { name[++k] = $5; code[k] = $1; weight[k] = $7 + 0 }
	END { for (i = 1; i <= k; i++) if (n[name[i]] == 1) print "permit.apply\t" name[i] "\tname\t" code[i] "\t" weight[i] }' \
	core/know/regions/divisions.tsv >"$work/names"

# In sentences: what stands around a name says whether it is one.
sentences() {
	awk -F '\t' -v OFS='\t' '{
		print $1, "我在" $2 "打工，居住证怎么办", "在…打工", $4
		print $1, $2 "居住证多久能办好", "…居住证", $4
		print $1, "想问" $2 "医保卡密码忘了", "想问…", $4
		print $1, "我住" $2 "，居住证丢了", "我住…", $4
		print $1, $2 "的居住证到期了", "…的", $4
	}'
}
# $1 of whom the places are known
measure() {
	"$BUILD/wenlu" eval --no-noise --test "$1" |
		sed -n 's/^Places *\([0-9.]* %\).* of \([0-9]*\) .*/\1 of \2 sentences/p'
}

sentences <"$work/names" >"$work/written"
echo "as written          $(measure "$work/written")"
for kind in sound shape; do
	awk -F '\t' '$5 >= 30' "$work/names" | "$BUILD/wenlu" noise --kind "$kind" --rate one |
		awk -F '\t' 'NR == FNR { known[$2] = 1; next } !($2 in known)' "$work/names" - |
		sentences >"$work/$kind"
	printf 'mistyped by %-7s %s\n' "$kind" "$(measure "$work/$kind")"
done
[ $verbose = yes ] || exit 0
while IFS=$'\t' read -r _ name _ code _; do
	printf '{"text": "%s居住证多久能办好", "id": "%s"}\n' "$name" "$code"
done <"$work/names" >"$work/asked"
"$BUILD/wenlu" ask --batch "$work/asked" | paste "$work/names" - |
	awk -F '\t' 'index($6, "\"code\":\"" $4 "\"") == 0 { print $2 " " $4 }'
