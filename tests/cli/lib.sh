# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034
# lib.sh - the wenlu command in a folder of its own; source it, end with `finish`.
#
#	wenlu ARGUMENTS…       runs it; sets $out (both outputs) and $status
#	gives N NAME           true if the last status was N
#	has WORDS NAME         true if $out has them        hasnt WORDS NAME
. "${srcdir:-.}/tests/lint/tap.sh"

: "${srcdir:=.}" "${builddir:=.}"
srcdir=$(cd "$srcdir" && pwd)
builddir=$(cd "$builddir" && pwd)
program=${WENLU:-$builddir/wenlu}
conf=${WENLU_TEST_CONF:-$builddir/test.conf}
[ -x "$program" ] || {
	echo "Bail out! there is no $program"
	exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
# What the command leaves lying must be this test's own: others run beside it.
export TMPDIR=$work
out=
status=

wenlu() {
	out=$("$program" "$@" 2>&1 </dev/null)
	status=$?
}

gives() {
	[ "$status" = "$1" ]
	ok $? "$2" "status $status: $out"
}

has() {
	case $out in *"$1"*) ok 0 "$2" ;; *) ok 1 "$2" "wanted: $1"$'\n'"got: $out" ;; esac
}

hasnt() {
	case $out in *"$1"*) ok 1 "$2" "not wanted: $1"$'\n'"got: $out" ;; *) ok 0 "$2" ;; esac
}

is() {
	[ "$out" = "$1" ]
	ok $? "$2" "wanted: $1"$'\n'"got: $out"
}
