#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gen-typing.sh - unpack Unihan's and OpenCC's lists and make typing-tables.inc of them.
#
# Usage: gen-typing.sh SOURCE_DIR OUTPUT; the environment names AWK, BZCAT, OPENCC_DICT, UNIHAN_DIR
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

for list in STCharacters STPhrases; do
	"${OPENCC_DICT:-opencc_dict}" -f ocd2 -t text \
		-i "${OPENCC_DIR:-/usr/share/opencc}/$list.ocd2" -o "$tmp/$list.raw"
	sort "$tmp/$list.raw" >"$tmp/$list.txt"
done
"${BZCAT:-bzcat}" "${UNIHAN_DIR:-/usr/share/unicode}/Unihan_Readings.txt.bz2" |
	grep '	kHanyuPinlu	' >"$tmp/pinlu.txt"

${AWK:-awk} -f "$src/gen-typing.awk" kind=chars "$tmp/STCharacters.txt" \
	kind=phrases "$tmp/STPhrases.txt" kind=common "$tmp/pinlu.txt" \
	kind=shapes "$src/shapes.txt" >"$tmp/tables"
mv -f "$tmp/tables" "$out"
