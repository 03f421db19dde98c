# SPDX-License-Identifier: Apache-2.0
# gen-new.awk - the files of new/, which `wenlu region new` writes, as C strings.
#
# Usage: awk -f gen-new.awk new/guide.yaml.in new/plugin.c.in … >new-files.inc

FNR == 1 {
	if (NR > 1)
		print "\t},"
	else
		print "/* Made by gen-new.awk from new/; do not edit. */"
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.in$/, "", name)
	printf "\t{\n\t\t\"%s\",\n", name
}

{
	gsub(/["\\]/, "\\\\&")
	printf "\t\t\"%s\\n\"\n", $0
}

END {
	print "\t},"
}
