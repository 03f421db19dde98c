#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools.sh - what other people's checkers say: clang-format, shellcheck, mandoc; and the symbols
# that plugins export.
builddir=$(cd "${builddir:-.}" && pwd)
cd "${srcdir:-.}" || exit 1
. tests/lint/tap.sh

if command -v clang-format >/dev/null; then
	# shellcheck disable=SC2046
	found=$(clang-format --dry-run $(find core plugins tests contrib -name '*.[ch]' ! -name '*.inc') 2>&1 |
		grep 'warning' | sed 's/: warning.*//' | sort -u | head -n 20)
	empty "$found" "every C file is formatted as .clang-format says"
else
	skip "every C file is formatted as .clang-format says" "clang-format is not installed"
fi

if command -v shellcheck >/dev/null; then
	mapfile -t scripts < <(grep -rlE '^#!.*(bash|/sh)' contrib tests core .ci bootstrap 2>/dev/null |
		grep -vE 'node_modules|\.in$')
	found=$(shellcheck -x -e SC1091,SC2154 "${scripts[@]}" 2>&1)
	# As wenlu region new writes it, in either language.
	for other in en zh; do
		found+=$(sed "/^@$other@/d;s/^@..@//" core/cli/new/check.sh.in | shellcheck - 2>&1)
	done
	empty "$found" "shellcheck has nothing to say about the scripts"
else
	skip "shellcheck has nothing to say about the scripts" "shellcheck is not installed"
fi

if command -v mandoc >/dev/null; then
	# Of a heading that is not called NAME it complains in any other language.
	found=$(mandoc -T lint -W warning core/man/*.[1-9] core/man/zh_CN/*.[1-9] 2>&1 |
		grep -vE 'zh_CN/.*(first section is not "NAME"|outside NAME section)')
	empty "$found" "mandoc has nothing to say about the manual pages"
else
	skip "mandoc has nothing to say about the manual pages" "mandoc is not installed"
fi

for so in "$builddir"/plugins/*.so; do
	[ -e "$so" ] || continue
	symbols=$(nm -D --defined-only "$so" | awk '{print $3}' | grep -vE '^(__(asan|ubsan|odr_asan|start|stop|sanitizer)|_fini|_init|\.|__bss|_edata|_end|__gcov|mangle_path)' | sort -u)
	[ "$symbols" = wenlu_plugin_entry ]
	ok $? "$(basename "$so") exports wenlu_plugin_entry and nothing else" "$symbols"
done
finish
