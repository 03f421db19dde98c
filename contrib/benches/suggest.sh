#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# how long a half-typed question takes to be completed, a character at a time
#
#   contrib/bench suggest [-v] [FILE]
#
# FILE has one question a line (questions.txt, and some in pinyin). Each is typed a character at a
# time; -v shows what is suggested instead of measuring.
set -euo pipefail
verbose=
case ${1-} in
-v) verbose=-v; shift ;;
-h | --help) sed -n '3,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
[ -x "$BUILD/wenlud" ] || contrib/build --dir "$BUILD"
make -s -C "$BUILD" contrib/benches/suggest
{
	cat "${1:-contrib/benches/questions.txt}"
	[ $# -gt 0 ] || printf '%s\n' 'zhengzhou juzhuzheng bianhao zenme cha' 'jzz yao dai shenme cailiao' bhzmc
} | "$BUILD/contrib/benches/suggest" "$BUILD/in-place.conf" $verbose
