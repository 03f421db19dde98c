#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gen-han.sh - unpack Unihan's and OpenCC's lists and make han-tables.inc of them.
#
# Usage: gen-han.sh SOURCE_DIR OUTPUT; the environment names AWK, BZCAT, OPENCC_DICT, UNIHAN_DIR
# and OPENCC_DIR. OUTPUT is written whole or not at all.
set -eu

src=$1
out=$2
# Characters are counted in bytes; every awk agrees on those.
LC_ALL=C
export LC_ALL

tmp=$out.d.$$
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf "$tmp"
mkdir -p "$tmp"

for list in TSCharacters TSPhrases TWVariants HKVariants TWVariantsRevPhrases TWPhrasesRev; do
	"${OPENCC_DICT:-opencc_dict}" -f ocd2 -t text \
		-i "${OPENCC_DIR:-/usr/share/opencc}/$list.ocd2" -o "$tmp/$list.txt"
done
for list in Readings DictionaryLikeData; do
	"${BZCAT:-bzcat}" "${UNIHAN_DIR:-/usr/share/unicode}/Unihan_$list.txt.bz2" >"$tmp/$list.txt"
done

${AWK:-awk} -f "$src/gen-han.awk" kind=words "$src/words.tsv" \
	kind=chars "$tmp/TSCharacters.txt" kind=variants "$tmp/TWVariants.txt" "$tmp/HKVariants.txt" \
	kind=phrases "$tmp/TSPhrases.txt" kind=kept "$tmp/TWVariantsRevPhrases.txt" \
	kind=regional "$tmp/TWPhrasesRev.txt" kind=readings "$tmp/Readings.txt" \
	kind=builds "$tmp/DictionaryLikeData.txt" >"$tmp/tables"
mv -f "$tmp/tables" "$out"
