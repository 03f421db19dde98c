# SPDX-License-Identifier: Apache-2.0
# gen-typing.awk - make typing-tables.inc from OpenCC's and Unihan's lists and shapes.txt.
#
# Usage: LC_ALL=C awk -f gen-typing.awk kind=chars STCharacters.txt kind=phrases STPhrases.txt \
#	kind=common kHanyuPinlu-lines kind=shapes shapes.txt
#
# Plain awk on bytes, so that mawk, gawk and busybox give the same file. All lists come sorted.

BEGIN {
	FS = "\t"
	LONGEST = 24 # bytes of a phrase
	for (i = 1; i < 256; i++)
		ord[sprintf("%c", i)] = i
}

# Bytes of the character that begins with this one.
function width(c,    b) {
	b = ord[c]
	return b < 128 ? 1 : b < 224 ? 2 : b < 240 ? 3 : 4
}

# A word, each character by its own.
function by_chars(s,    out, i, n, c) {
	out = ""
	for (i = 1; i <= length(s); i += n) {
		n = width(substr(s, i, 1))
		c = substr(s, i, n)
		out = out ((c in traditional) ? traditional[c] : c)
	}
	return out
}

function table(name, values) {
	printf "static const char *const %s[] = {\n%s};\n", name, values
}

kind == "chars" {
	split($2, options, " ")
	if ($1 == options[1])
		next
	traditional[$1] = options[1]
	chars = chars "\t\"" $1 "\", \"" options[1] "\",\n"
	next
}

# Only what the single characters do not give.
kind == "phrases" {
	split($2, options, " ")
	if (length($1) <= LONGEST && by_chars($1) != options[1])
		phrases = phrases "\t\"" $1 "\", \"" options[1] "\",\n"
	next
}

# A character and how often it was met, all readings together.
kind == "common" {
	n = split($3, readings, " ")
	count = 0
	for (i = 1; i <= n; i++) {
		sub(/^[^(]*\(/, "", readings[i])
		count += readings[i] + 0
	}
	common = common "\t{0x" substr($1, 3) ", " count "},\n"
	next
}

kind == "shapes" && !/^#/ && NF {
	shapes = shapes "\t\"" $1 "\",\n"
}

END {
	print "/* Made by gen-typing.awk from Unihan, OpenCC and shapes.txt; do not edit. */"
	table("traditional_chars", chars)
	table("traditional_words", phrases)
	printf "static const struct common common_chars[] = {\n%s};\n", common
	table("shape_groups", shapes)
}
