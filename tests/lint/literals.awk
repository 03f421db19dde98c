# SPDX-License-Identifier: Apache-2.0
# literals.awk - the string literals of C files, neighbours joined, one a line:
#
#	FILE:LINE<tab>the function or macro it is an argument of ("" if none)<tab>the text as written
#
# Usage: awk -f literals.awk FILE…

FNR == 1 { in_comment = depth = is_open = 0; caller[0] = ""; word = "" }

function emit() {
	if (is_open)
		printf "%s\t%s\t%s\n", place, of, text
	is_open = 0
}

/^[ \t]*#[ \t]*include/ { next }

{
	line = $0
	while (length(line)) {
		if (in_comment) {
			at = index(line, "*/")
			if (!at)
				next
			in_comment = 0
			line = substr(line, at + 2)
		} else if (match(line, /^[ \t]+/)) {
			line = substr(line, RLENGTH + 1)
		} else if (substr(line, 1, 2) == "/*") {
			in_comment = 1
			line = substr(line, 3)
		} else if (match(line, /^"([^"\\]|\\.)*"/)) {
			if (!is_open) {
				is_open = 1
				place = FILENAME ":" FNR
				of = depth > 0 ? caller[depth] : ""
				text = ""
			}
			text = text substr(line, 2, RLENGTH - 2)
			line = substr(line, RLENGTH + 1)
			word = ""
		} else if (match(line, /^'([^'\\]|\\.[^']*)'/)) {
			line = substr(line, RLENGTH + 1)
			emit()
		} else if (match(line, /^[A-Za-z_0-9]+/)) {
			emit()
			word = substr(line, 1, RLENGTH)
			line = substr(line, RLENGTH + 1)
		} else {
			emit()
			c = substr(line, 1, 1)
			if (c == "(")
				caller[++depth] = word
			else if (c == ")" && depth > 0)
				depth--
			else if (c == ";" || c == "}")
				depth = 0
			word = ""
			line = substr(line, 2)
		}
	}
}

END { emit() }
