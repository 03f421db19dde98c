#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# house.sh - the house rules that a compiler does not check: floors, who may use which library,
# names, first lines.
cd "${srcdir:-.}" || exit 1
. tests/lint/tap.sh

declare -A floor=([base]=0 [text]=1 [net]=1 [know]=2 [nlu]=3 [plugin]=3 [store]=3 [dialog]=4
	[engine]=5 [wire]=5 [serve]=6 [bots]=6 [cli]=6)
# A lower floor may see these plain structs of a higher one (core/store/sessions.h says why).
allowed=' store:dialog/session.h '

found=
for folder in "${!floor[@]}"; do
	for file in core/"$folder"/*.[ch]; do
		[ -e "$file" ] || continue
		while read -r included; do
			to=${included%%/*}
			[ -n "${floor[$to]-}" ] || continue
			case $allowed in *" $folder:$included "*) continue ;; esac
			[ "${floor[$to]}" -le "${floor[$folder]}" ] ||
				found+="$file (floor ${floor[$folder]}) includes $included (floor ${floor[$to]})"$'\n'
		done < <(sed -n 's/^#include "\([a-z]*\/[^"]*\)".*/\1/p' "$file")
	done
done
empty "$found" "no file includes a higher floor"

found=
for folder in core/*/; do
	name=$(basename "$folder")
	case $name in include | man) continue ;; esac
	[ -n "${floor[$name]-}" ] || found+="core/$name has no floor in tests/lint/house.sh"$'\n'
done
empty "$found" "every folder of core/ has a floor"

only_user() { # HEADER-PATTERN FILES-ALLOWED NAME
	local hits
	hits=$(grep -rlE "^#include <$1" core plugins contrib tests --include='*.[ch]' 2>/dev/null | grep -vE "^($2)")
	empty "$hits" "$3"
}
only_user 'utf8proc\.h>' 'core/text/' "only text/ uses utf8proc"
only_user 'yaml\.h>' 'core/know/' "only know/ uses libyaml"
only_user 'dlfcn\.h>' 'core/plugin/|tests/(plugin|abi)/' "only plugin/ uses dlopen"
only_user 'json-c/|json\.h>' 'core/wire/|tests/' "only wire/ uses json-c"
only_user 'libwebsockets\.h>' 'core/serve/|contrib/benches/' "only serve/ uses libwebsockets"
only_user 'ev\.h>' 'core/base/loop\.c|contrib/benches/' "only base/loop.c uses libev"
only_user '(sqlite3\.h>|hiredis/)' 'core/store/' "only store/ uses SQLite and Redis"
only_user 'curl/' 'core/net/' "only net/ uses libcurl"
only_user 'expat\.h>' 'core/bots/' "only bots/ uses expat"

found=$(grep -rnE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|localtime|gmtime|tmpnam|mktemp|alloca|system|popen)[[:space:]]*\(' \
	core plugins --include='*.[ch]' | grep -vE ':[[:space:]]*(/?\*)')
empty "$found" "no function is called that has a safe sibling"

found=$(grep -rnE '\b(struct|enum|union) +wenlu_|^[a-z].*\bwenlu_[a-z_]+\(' core --include='*.[ch]' |
	grep -vE '^core/(include|plugin|text/wenlu)' | head)
empty "$found" "the prefix wenlu_ is used for the contract with plugins alone"

found=$(git ls-files 2>/dev/null | grep -E '\.(c|h|sh|mk)$|^contrib/[a-z]+$|^bootstrap$' | while read -r f; do
	[ -f "$f" ] || continue
	case $f in contrib/build | contrib/run | contrib/test | contrib/* | bootstrap) continue ;; esac
	head -n 3 "$f" | grep -q 'SPDX-License-Identifier: Apache-2.0' || echo "$f"
done)
empty "$found" "every source names its licence on top"

# Where this tree lies, what lies around it, and where people's own files lie.
around=$(dirname "$PWD")/
case $around in / | // | /tmp/ | /usr/ | /var/) around=$PWD/ ;; esac
found=$(git grep -nIF -e "$PWD/" -e "$around" -- . 2>/dev/null | head
	git grep -nIE '(^|[^[:alnum:]_./])/(home|Users)/[[:alnum:]]' -- . 2>/dev/null | head)
empty "$found" "no file names a machine's own paths"

found=$(git ls-files -z 2>/dev/null | xargs -0 -r du -k 2>/dev/null | awk '$1 > 1024')
empty "$found" "no tracked file is larger than 1 MiB"
finish
