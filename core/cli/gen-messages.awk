# SPDX-License-Identifier: Apache-2.0
# gen-messages.awk - a PO file as a C table, in the order of strcmp() of the English. Texts stay as
# they are escaped: PO and C do that alike. What is fuzzy or not yet translated is left out.
#
# Usage: LC_ALL=C awk -f gen-messages.awk zh_CN.po >messages-zh.inc

function fail(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why >"/dev/stderr"
	failed = 1
	exit 1
}

function plain(text) {
	gsub(/\\n/, "\n", text)
	gsub(/\\t/, "\t", text)
	gsub(/\\"/, "\"", text)
	gsub(/\\\\/, "\\", text)
	return text
}

function add(  i) {
	if (part && id != "" && str != "" && !is_fuzzy) {
		if (id in known)
			fail("the message \"" id "\" stands twice")
		known[id] = 1
		for (i = ++n; i > 1 && key[i - 1] > plain(id); i--) {
			key[i] = key[i - 1]
			english[i] = english[i - 1]
			other[i] = other[i - 1]
		}
		key[i] = plain(id)
		english[i] = id
		other[i] = str
	}
	if (part)
		is_fuzzy = 0
	part = id = str = ""
}

/^#~/ { next }
/^#/ {
	if (part == "str")
		add()
	if (/^#,.*fuzzy/)
		is_fuzzy = 1
	next
}
/^msgid "/ { add(); part = "id" }
/^msgstr "/ { part = "str" }
/^msg(ctxt|id_plural|str\[)/ { fail("contexts and plurals are not made use of") }
/"/ {
	if (!match($0, /"([^"\\]|\\.)*"$/))
		fail("a text is not closed")
	if (part == "id")
		id = id substr($0, RSTART + 1, RLENGTH - 2)
	else
		str = str substr($0, RSTART + 1, RLENGTH - 2)
}

END {
	if (failed)
		exit 1
	add()
	print "/* Made by gen-messages.awk from zh_CN.po; do not edit. */"
	for (i = 1; i <= n; i++)
		printf "{\"%s\",\n \"%s\"},\n", english[i], other[i]
}
