# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# tap.sh - the test protocol TAP for shell tests; source it, end with `finish`.

# Words are Chinese, and counted in characters, wherever the tests run.
export LC_ALL=C.UTF-8
# What is looked for is English, whatever the developer reads; tests/cli/chinese.sh asks for Chinese.
unset LANGUAGE

tap_count=0
tap_failed=0

# ok STATUS NAME [DETAILS]: true if STATUS is 0; details are shown when it is not.
ok() {
	tap_count=$((tap_count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tap_count - $2"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_count - $2"
		[ -z "${3-}" ] || printf '# %s\n' "${3//$'\n'/$'\n# '}"
	fi
}

# empty TEXT NAME: true if TEXT is empty; TEXT is what was found wrong.
empty() {
	[ -z "$1" ]
	ok $? "$2" "$1"
}

skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

finish() {
	echo "1..$tap_count"
	[ $tap_failed = 0 ]
	exit
}
