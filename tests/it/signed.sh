#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# signed.sh - only plugins that somebody trusted has signed.
# shellcheck disable=SC2317 # functions are called through await
. "${srcdir:-.}/tests/it/lib.sh"

if ! openssl genpkey -algorithm ed25519 -out "$work/key.pem" 2>/dev/null; then
	skip 'signed plugins' 'no openssl command'
	finish
fi
# The last 32 bytes of the public key's DER are the key.
key=$(openssl pkey -in "$work/key.pem" -pubout -outform DER | tail -c 32 | base64)
folder=$work/plugins
mkdir -p "$folder"
sign() { openssl pkeyutl -sign -rawin -inkey "$work/key.pem" -in "$1" -out "$1.sig"; }
for file in "$srcdir"/plugins/zhejiang/zhejiang.yaml "$srcdir"/plugins/jiangsu/jiangsu.yaml \
	"$builddir"/plugins/national.so; do
	cp "$file" "$folder"
done
sign "$folder/zhejiang.yaml"
sign "$folder/national.so"
log_has() { grep -q -- "$1" "$work/log"; }

run() { out=$("$wenlud" "$@" 2>&1); }
run -c "$conf" -t --set require_signed=yes
has 'would let no plugin in' 'require_signed without keys is refused'
run -c "$conf" -t --set trusted_keys=nonsense
has 'is no public key' 'so is a key that is none'

start --set "plugins=$folder" --set require_signed=yes --set "trusted_keys=$key"
admin plugins
has 'zhejiang ' 'a signed guide is in'
has 'national ' 'so is a signed shared object'
has 'jiangsu.yaml: is not signed' 'one without a signature stays out, and it is said why'
chmod u+w "$folder/zhejiang.yaml"
echo '# changed' >>"$folder/zhejiang.yaml"
await log_has 'zhejiang.yaml: its signature does not fit'
ok $? 'one that was changed after it was signed is refused'
admin plugins
has 'the last good version' 'and its last good version stays'
stop
start --set "plugins=$folder" --set require_signed=yes --set "trusted_keys=$key"
admin plugins
has 'the last good version' 'also across a restart'
stop
other=$(head -c 32 /dev/zero | base64)
start --set "plugins=$folder" --set require_signed=yes --set "trusted_keys=$other"
admin plugins
hasnt 'topics' 'with other keys nothing is let in, kept or not'
finish
