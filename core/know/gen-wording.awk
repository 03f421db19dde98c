# SPDX-License-Identifier: Apache-2.0
# gen-wording.awk - wording/zh.yaml as C strings, one a line: what a portal's own file leaves out.
#
# Usage: awk -f gen-wording.awk wording/zh.yaml >core/know/wording-own.inc

NR == 1 { print "/* Made by gen-wording.awk from wording/zh.yaml; do not edit. */" }
{
	gsub(/["\\]/, "\\\\&")
	printf "\"%s\\n\",\n", $0
}
