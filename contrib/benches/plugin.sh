#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# what it costs to have a plugin's code in a process of its own
#
#   contrib/bench plugin
#
# One question after the other to the zoo's healthy animal: in a process of its own, in the server's,
# and as a plain call.
set -euo pipefail
case ${1-} in -h | --help) sed -n '3,8s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
[ -x "$BUILD/wenlud" ] || contrib/build --dir "$BUILD"
make -s -C "$BUILD" contrib/benches/plugin tests/plugin/good.so
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$BUILD/tests/plugin/good.so" "$folder"
"$BUILD/contrib/benches/plugin" . "$BUILD/wenlu-host" "$folder"
