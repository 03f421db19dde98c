#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# region.sh - wenlu region: the kit of those who write guides, used as they would.
. "${srcdir:-.}/tests/cli/lib.sh"

# What `make install` would leave, for pkg-config.
mkdir pc
cat >pc/wenlu.pc <<END
plugindir=$work/installed
schemadir=$work/schema
Name: wenlu
Description: as installed
Version: 0
Cflags: -I$srcdir/core/include
END
# The makes below are an author's, not part of the one that may be running this.
unset MAKEFLAGS MFLAGS MAKELEVEL
export PKG_CONFIG_PATH=$work/pc WENLU=$program WENLU_CONFIG=$conf

wenlu region new -c "$conf" suzhou 320500 苏州市
gives 0 "a region is begun"
[ -f suzhou/suzhou.yaml ] && [ -x suzhou/check.sh ] && [ ! -e suzhou/suzhou.c ]
ok $? "with a guide and a test, and no code" "$(ls suzhou)"
grep -q 'medical.password.reset ' suzhou/suzhou.yaml && grep -q '# company' suzhou/suzhou.yaml
ok $? "topics of every matter are offered" "$(cat suzhou/suzhou.yaml)"
grep -q '@' suzhou/* && grep -n '@' suzhou/*
[ $? = 1 ]
ok $? "every place in the files is filled"
out=$(make -C suzhou check 2>&1)
ok $? "make check passes at once" "$out"
has '0 errors, 0 warnings' "there is nothing to complain about"
has '2 of 2 canary questions' "the canary questions are answered as they should be"
out=$(make -C suzhou check WENLU=nowhere/wenlu 2>&1)
has "there is no program 'nowhere/wenlu': install Wenlu, or name the one you built" \
	"where Wenlu is not installed it says what to do"
out=$(make -C suzhou install 2>&1) && [ -f installed/suzhou.yaml ]
ok $? "make install puts it into the plugin folder" "$out"
out=$(make -C suzhou uninstall 2>&1) && [ ! -e installed/suzhou.yaml ]
ok $? "make uninstall takes it out again" "$out"
make -C suzhou install >/dev/null 2>&1
wenlu region new -c "$conf" suzhou 320500 苏州市
gives 2 "nobody's file is written over"
mkdir tree && printf '\nregions = \\\n\ta\n' >tree/local.mk
wenlu region new -c "$conf" suzhou 320500 苏州市 tree/suzhou
has 'add the word suzhou to' "in our own tree the one thing that make needs is told"
wenlu region new -c "$conf" suzhou2 320599 苏州市
gives 2 "a code that does not exist is refused"
has 'did you mean' "with the nearest"
wenlu region new -c "$conf" 'Su Zhou' 320500 苏州市
gives 2 "a name that is none is refused"
wenlu region new -c "$conf" untitled 320500
gives 0 "a title may be left out"
grep -q '^title: 苏州市办事指南' untitled/untitled.yaml
ok $? "then it is the list's" "$(grep title untitled/untitled.yaml)"
wenlu region new -c "$conf" suzhou
gives 2 "without a code nothing is begun"
has 'a name and a code' "and what is missing is said"
if command -v pkg-config >/dev/null; then
	for dir in plugindir schemadir docdir exampledir; do
		out=$(PKG_CONFIG_PATH=$builddir pkg-config --variable=$dir wenlu 2>&1)
		[[ $out == /*wenlu* && $out != *//* && $out != *'$'* ]]
		ok $? "wenlu.pc has $dir" "$out"
	done
fi

if command -v "${CC:-cc}" >/dev/null && command -v pkg-config >/dev/null; then
	wenlu region new -c "$conf" --with-code suzhou 320500 苏州市 coded
	out=$(make -C coded check 2>&1)
	ok $? "a region with code builds out of tree and passes at once" "$out"
	hasnt 'warning: ' "without a warning"
	wenlu region preview -c "$conf" coded/suzhou.so 我在苏州住了3个月，能办居住证吗
	has '还没到6个月' "its code answers by what the person says"
else
	skip "a region with code builds out of tree and passes at once" "no compiler"
fi

wenlu region preview -c "$conf" suzhou/suzhou.yaml 苏州居住证多久能办好
gives 0 "a guide answers before it is installed"
has '15日' "with what stands in it"
sed -i 's/^    summary: 居住证暂行条例第九条规定，/    summary: 苏州说，条例第九条规定，/' suzhou/suzhou.yaml
wenlu region preview -c "$conf" --json suzhou/suzhou.yaml 苏州居住证多久能办好
has '"answered_by":"320500"' "it is this guide that answers"
has '苏州说' "as it is now"
sed -i 's/must: \["15日"\]/must: [三天]/' suzhou/suzhou.yaml
wenlu region preview -c "$conf" suzhou/suzhou.yaml
gives 1 "a canary question that is answered otherwise fails"
has "lacks '三天'" "and is told"
sed -i 's/permit.timing:/permit.timng:/' suzhou/suzhou.yaml
wenlu region preview -c "$conf" suzhou/suzhou.yaml 苏州居住证多久能办好
gives 1 "a guide with an error is not used"
has 'suzhou/suzhou.yaml:' "the error is told under the name the author knows"
sed "s/^name: .*/name: henan/; s/320500/410000/" suzhou/suzhou.yaml >henan.yaml
sed -i 's/permit.timng:/permit.timing:/' henan.yaml
wenlu region preview -c "$conf" --json henan.yaml 河南居住证多久能办好
has '苏州说' "it stands in for an installed guide of its name"
wenlu region preview -c "$conf" nowhere.yaml
gives 2 "a file that is not there is told"
leavings=$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'wenlu-preview-*' -user "$(id -u)" 2>/dev/null)
empty "$leavings" "nothing is left behind"

wenlu region coverage -c "$conf"
gives 0 "what is known where is printed"
has '310000 上海市' "with the regions that have a guide"
has '居住证 (permit)' "a table for each matter"
widths=$(printf '%s\n' "$out" | sed -n '/^居住证 (permit)/,/^[#.NPCDGA!]  /p' | sed '1d;$d' | sed 's/[^ ]/xx/g' | sort -u)
[ "$(printf '%s' "$widths" | awk '{ print length }' | sort -u | wc -l)" = 1 ]
ok $? "its heads are as wide as its columns" "$out"
wenlu region coverage -c "$conf" --format csv
has '110000,北京市,' "CSV has a row for each"
wenlu region coverage -c "$conf" --format csv --all province
has '150000,内蒙古自治区,100000' "a place without a guide inherits"
wenlu region coverage -c "$conf" --format html
has '<table>' "HTML has a table"
wenlu region coverage --all village
gives 2 "an unknown level is refused"
finish
