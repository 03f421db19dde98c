#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# soak.sh - a short soak; contrib/soak -s 3600 is the long one.
. "${srcdir:-.}/tests/lint/tap.sh"

out=$("${srcdir:-.}/contrib/soak" -s 8 -c 8 "${builddir:-.}" 2>&1)
ok $? 'swaps, crashes and hangs under load: nothing is lost, nothing is wrong' "$out"
case $out in *' lost 0 '*) ok 0 'lost = 0' ;; *) ok 1 'lost = 0' "$out" ;; esac
finish
