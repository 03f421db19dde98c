# SPDX-License-Identifier: Apache-2.0
# gen-han.awk - make han-tables.inc from OpenCC's and Unihan's lists and words.tsv.
#
# Usage: LC_ALL=C awk -f gen-han.awk kind=words words.tsv kind=chars TSCharacters.txt \
#	kind=variants TWVariants.txt HKVariants.txt kind=phrases TSPhrases.txt \
#	kind=kept TWVariantsRevPhrases.txt kind=regional TWPhrasesRev.txt \
#	kind=readings Unihan_Readings.txt kind=builds Unihan_DictionaryLikeData.txt
#
# Plain awk on bytes: characters are taken apart here, so that mawk, gawk and busybox give the same
# file. A word is held as its code points, each with a blank behind it: "32593 32476 ".

BEGIN {
	FS = "\t"
	FIRST = 13312 # U+3400
	LAST = 40959 # U+9FFF
	BUCKETS = 1021
	WORD_START = 32768; READ_START = 16384; NUMERAL = 8192; COUNTER = 4096; PARTICLE = 2048; TYPED_START = 1024
	for (i = 1; i < 256; i++)
		ord[sprintf("%c", i)] = i
	tones()
}

# ---- characters and words ----

function decode(s,    out, i, b, cp, more) {
	out = ""
	for (i = 1; i <= length(s); i++) {
		b = ord[substr(s, i, 1)]
		if (b < 128) { cp = b; more = 0 }
		else if (b < 224) { cp = b - 192; more = 1 }
		else if (b < 240) { cp = b - 224; more = 2 }
		else { cp = b - 240; more = 3 }
		for (; more > 0; more--)
			cp = cp * 64 + ord[substr(s, ++i, 1)] - 128
		out = out cp " "
	}
	return out
}

function hex(s,    n, i) {
	n = 0
	s = tolower(s)
	for (i = 1; i <= length(s); i++)
		n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return n
}

function in_range(cp) {
	return cp >= FIRST && cp <= LAST
}

# All of a word's characters stand in the tables' range or are ASCII.
function usable(w,    c, n, i) {
	n = split(w, c, " ")
	for (i = 1; i <= n; i++)
		if (c[i] + 0 > 127 && !in_range(c[i] + 0))
			return 0
	return n > 0
}

function simplify(w,    c, n, i, out) {
	n = split(w, c, " ")
	out = ""
	for (i = 1; i <= n; i++)
		out = out ((c[i] in simple) ? simple[c[i]] : c[i]) " "
	return out
}

# ---- pinyin without tones ----

function tones(    list, n, i, part) {
	n = split("ā á ǎ à a ē é ě è e ī í ǐ ì i ō ó ǒ ò o ū ú ǔ ù u ǖ ǘ ǚ ǜ v ü v ń ň ǹ n ḿ m ê e ế e ề e",
	    list, " ")
	n_tones = 0
	for (i = 1; i <= n; i++) {
		if (length(list[i]) > 1) {
			toned[++n_tones] = list[i]
			part = i
			while (length(list[part]) > 1)
				part++
			plain[n_tones] = list[part]
		}
	}
}

function toneless(s,    i, at) {
	for (i = 1; i <= n_tones; i++)
		while ((at = index(s, toned[i])) > 0)
			s = substr(s, 1, at - 1) plain[i] substr(s, at + length(toned[i]))
	# Tones that stand as combining marks (U+0300 .. U+033F).
	gsub(/\314[\200-\277]/, "", s)
	return s
}

# Grunts without a vowel are no syllables anybody types for a character.
function is_syllable(s) {
	return s ~ /^[a-z]+$/ && length(s) <= 6 && s ~ /[aeiouv]/ && s != "ng"
}

function note_reading(cp, s) {
	s = toneless(s)
	if (!in_range(cp) || (cp in reading) || !is_syllable(s))
		return
	reading[cp] = s
	known[s] = 1
}

# What is left of a spelling when the pairs that many speakers merge are merged.
function fuzzy_key(s) {
	if (s ~ /^(zh|ch|sh)/)
		s = substr(s, 1, 1) substr(s, 3)
	else if (s ~ /^n./)
		s = "l" substr(s, 2)
	else if (s == "hu" || s ~ /^hu(a|an|ang|i|n|o)$/) {
		s = "f" (s == "hu" ? "u" : substr(s, 3))
		if (s == "fi" || s == "fn")
			s = "fe" substr(s, 2)
	}
	if (s ~ /(a|e|i)ng$/)
		s = substr(s, 1, length(s) - 1)
	return s
}

# Six letters in 30 bits, as pinyin.c does it.
function packed(s,    k, i) {
	k = 0
	for (i = 1; i <= length(s); i++)
		k = k * 32 + ord[substr(s, i, 1)] - 96
	return k
}

# ---- the input ----

/^#/ || /^[ \t]*$/ { next }

kind == "words" {
	if ($1 == "char") forced[decode($2) + 0] = decode($3) + 0
	else if ($1 == "keep") forced[decode($2) + 0] = decode($2) + 0
	else if ($1 == "word") { word_from[++n_own] = decode($2); word_to[n_own] = decode($3) }
	else if ($1 == "drop") dropped[$2] = 1
	else if ($1 == "read") { read_word[++n_read] = decode($2); read_as[n_read] = $3 }
	else if ($1 == "numerals") numerals = decode($2)
	else if ($1 == "counters") counters = decode($2)
	else if ($1 == "particles") particles = decode($2)
	else { print "words.tsv: unknown line: " $0 > "/dev/stderr"; failed = 1; exit 1 }
	next
}

kind == "chars" {
	from = decode($1) + 0
	n = split($2, targets, " ")
	for (i = 1; i <= n; i++) {
		to = decode(targets[i]) + 0
		is_simple[to] = 1
		if (in_range(from) && in_range(to) && !(from in simple))
			simple[from] = to
	}
	n_chars++
	next
}

# Standard Traditional to the forms usual in Taiwan or Hong Kong, here the other way round.
kind == "variants" {
	to = decode($1) + 0
	if (to in simple)
		to = simple[to]
	n = split($2, targets, " ")
	for (i = 1; i <= n; i++) {
		from = decode(targets[i]) + 0
		if (in_range(from) && in_range(to) && from != to && !(from in simple) && !(from in is_simple))
			simple[from] = to
	}
	next
}

# phrases: Traditional to Simplified; kept: where 著 stays 著; regional: Taiwan words to mainland
# words, both in Traditional characters. A surname 於 is not worth the 於 of every second sentence.
kind == "phrases" || kind == "kept" || kind == "regional" {
	if (($1 in dropped) || (kind == "regional" && length($1) <= 3) || index($2, "於") > 0)
		next
	split($2, targets, " ")
	phrase_from[++n_phrases] = decode($1)
	phrase_to[n_phrases] = decode(targets[1])
	phrase_kind[n_phrases] = kind
	next
}

kind == "readings" {
	if ($2 == "kMandarin" || $2 == "kHanyuPinlu" || $2 == "kXHC1983") {
		value = $3
		sub(/^[0-9.,*]+:/, "", value)
		sub(/[ (,].*$/, "", value)
		cp = hex(substr($1, 3))
		if (in_range(cp))
			if (!((cp, $2) in raw_reading)) {
				raw_reading[cp, $2] = value
				n_readings++
			}
	}
	next
}

# What a character is built of, in the letters of Cangjie (仓颉), the first way of several, and the
# strokes at its four corners.
kind == "builds" {
	if ($2 == "kCangjie") {
		cp = hex(substr($1, 3))
		value = tolower($3)
		sub(/[^a-z].*$/, "", value)
		if (in_range(cp) && value != "" && length(value) <= 6) {
			build[cp] = packed(value)
			n_builds++
		}
	} else if ($2 == "kFourCornerCode") {
		cp = hex(substr($1, 3))
		value = substr($3, 1, 4)
		if (in_range(cp) && value ~ /^[0-9][0-9][0-9][0-9]$/) {
			corner[cp] = value + 1
			n_corners++
		}
	}
	next
}

# ---- the tables ----

# An entry of a word table; the first one for a key wins. One with a source holds only where the
# source was typed: 乾道 is 乾道, but 幹道 is 干道.
function enter(table, key, value, source,    id, c, n, bucket) {
	if ((table, key) in entered)
		return
	n = split(key, c, " ")
	if (n < 2 || n > 15 || !usable(key))
		return
	entered[table, key] = 1
	id = ++n_entries[table]
	entry_key[table, id] = key
	entry_value[table, id] = value
	entry_source[table, id] = source
	entry_len[table, id] = n
	bucket = (c[1] * 31 + c[2]) % BUCKETS
	in_bucket[table, bucket] = in_bucket[table, bucket] id " "
	starts[source == "" ? table : table "-typed", c[1] + 0] = 1
}

function simplified_value(i,    kept, to, value) {
	if (phrase_kind[i] == "phrases")
		return phrase_to[i]
	if (phrase_kind[i] == "regional")
		return simplify(phrase_to[i])
	kept = decode("著") + 0
	to = simple[kept]
	delete simple[kept]
	value = simplify(phrase_to[i])
	simple[kept] = to
	return value
}

# Where the lists differ from what single characters give. Words that are no news are kept only
# where they shield themselves from a shorter word inside.
function enter_phrases(    i, j, n, key, value, changed) {
	for (i = 1; i <= n_own; i++)
		enter("word", word_from[i], word_to[i], "")
	for (i = 1; i <= n_phrases; i++) {
		value = simplified_value(i)
		key = simplify(phrase_from[i])
		changed = key != phrase_from[i]
		if (key == value && changed) {
			shield[++n_shields] = key
			shield_source[n_shields] = phrase_from[i]
		}
		else if (key != value && usable(value) && (changed || phrase_kind[i] == "phrases"))
			enter("word", key, value, changed ? phrase_from[i] : "")
	}
	# A long name that begins with its short one is not made longer again.
	n = n_entries["word"]
	for (i = 1; i <= n; i++)
		if (index(entry_value["word", i], entry_key["word", i]) == 1)
			enter("word", entry_value["word", i], entry_value["word", i], "")
	for (i = 1; i <= n_shields; i++)
		for (j = 1; j <= n_entries["word"]; j++)
			if (index(" " shield[i], " " entry_key["word", j]) > 0) {
				enter("word", shield[i], shield[i], shield_source[i])
				break
			}
}

function emit_numbers(name, type, n, array,    i, line) {
	printf "%s %s[] = {\n", type, name
	line = ""
	for (i = 0; i < n; i++) {
		line = line array[i] ","
		if (length(line) > 90) {
			print line
			line = ""
		}
	}
	print line "\n};\n"
}

# Buckets by the first two characters, in each the longest words first.
function emit_words(table, name,    b, ids, n, i, j, t, order, at, first, pool, m, c, k, n_value) {
	at = 0
	k = 0
	printf "static const struct han_word %s_list[] = {\n", name
	for (b = 0; b < BUCKETS; b++) {
		first[b] = k
		n = split(in_bucket[table, b], ids, " ")
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && entry_len[table, ids[j]] > entry_len[table, ids[j - 1]]; j--) {
				t = ids[j]; ids[j] = ids[j - 1]; ids[j - 1] = t
			}
		for (i = 1; i <= n; i++) {
			n_value = split(entry_value[table, ids[i]], c, " ")
			m = split(entry_key[table, ids[i]] entry_value[table, ids[i]] \
			    entry_source[table, ids[i]], c, " ")
			printf "{%d,%d,%d,%d},\n", at, entry_len[table, ids[i]], n_value,
			    entry_source[table, ids[i]] != ""
			for (j = 1; j <= m; j++)
				pool[at++] = c[j]
			k++
		}
	}
	first[BUCKETS] = k
	print "};\n"
	emit_numbers(name "_pool", "static const uint16_t", at, pool)
	emit_numbers(name "_first", "static const uint16_t", BUCKETS + 1, first)
}

function number_syllables(    s, list, n, i, j, t) {
	n = 0
	for (s in known)
		list[++n] = s
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
			t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
		}
	for (i = 1; i <= n; i++) {
		spelling[i] = list[i]
		id_of[list[i]] = i
	}
	return n
}

function emit_syllables(n,    i, key, first_with, fuzzy, slots, keys, at) {
	print "const char han_spellings[][8] = {\n\"\","
	for (i = 1; i <= n; i++)
		print "\"" spelling[i] "\","
	print "};\n"
	fuzzy[0] = 0
	for (i = 1; i <= n; i++) {
		key = fuzzy_key(spelling[i])
		if (!(key in first_with))
			first_with[key] = i
		fuzzy[i] = first_with[key]
	}
	emit_numbers("han_fuzzy", "const uint16_t", n + 1, fuzzy)
	for (i = 0; i < BUCKETS; i++)
		slots[i] = keys[i] = 0
	for (i = 1; i <= n; i++) {
		at = packed(spelling[i]) % BUCKETS
		while (slots[at])
			at = (at + 1) % BUCKETS
		slots[at] = i
		keys[at] = packed(spelling[i])
	}
	emit_numbers("han_slots", "const uint16_t", BUCKETS, slots)
	emit_numbers("han_slot_keys", "const uint32_t", BUCKETS, keys)
}

# Mark the characters of a list.
function flag(list, bit,    c, n, i) {
	n = split(list, c, " ")
	for (i = 1; i <= n; i++)
		if (in_range(c[i] + 0))
			flags[c[i] + 0] += bit
}

function settle_readings(    i, j, n, c, s, cp, value) {
	for (i = 1; i <= n_read; i++)
		if (split(read_word[i], c, " ") == 1)
			note_reading(c[1] + 0, read_as[i])
	for (cp = FIRST; cp <= LAST; cp++) {
		if ((cp, "kMandarin") in raw_reading) note_reading(cp, raw_reading[cp, "kMandarin"])
		if ((cp, "kHanyuPinlu") in raw_reading) note_reading(cp, raw_reading[cp, "kHanyuPinlu"])
		if ((cp, "kXHC1983") in raw_reading) note_reading(cp, raw_reading[cp, "kXHC1983"])
	}
	for (cp = FIRST; cp <= LAST; cp++)
		if (!(cp in reading) && (cp in simple) && (simple[cp] in reading))
			reading[cp] = reading[simple[cp]]
	for (i = 1; i <= n_read; i++) {
		n = split(read_as[i], s, " ")
		for (j = 1; j <= n; j++)
			known[s[j]] = 1
	}
	n_syllables = number_syllables()
	for (i = 1; i <= n_read; i++) {
		n = split(read_word[i], c, " ")
		if (n < 2)
			continue
		value = ""
		if (split(read_as[i], s, " ") != n) {
			print "words.tsv: not a syllable a character: " read_as[i] > "/dev/stderr"
			exit 1
		}
		for (j = 1; j <= n; j++)
			value = value id_of[s[j]] " "
		reads_as[i] = value
	}
}

END {
	if (failed)
		exit 1
	if (n_chars < 3000 || n_readings < 20000 || n_phrases < 300 || n_builds < 20000 || n_corners < 12000) {
		print "gen-han.awk: an input list is missing or too short" > "/dev/stderr"
		exit 1
	}
	for (cp in forced) {
		delete simple[cp]
		if (forced[cp] != cp + 0)
			simple[cp] = forced[cp]
	}
	settle_readings()
	enter_phrases()
	for (i = 1; i <= n_read; i++)
		if (reads_as[i] != "")
			enter("read", read_word[i], reads_as[i], "")
	flag(numerals, NUMERAL)
	flag(counters, COUNTER)
	flag(particles, PARTICLE)
	for (cp = FIRST; cp <= LAST; cp++) {
		target[cp - FIRST] = (cp in simple) && simple[cp] != cp ? simple[cp] : 0
		builds[cp - FIRST] = (cp in build) ? build[cp] : 0
		corners[cp - FIRST] = (cp in corner) ? corner[cp] : 0
		info[cp - FIRST] = ((cp in reading) ? id_of[reading[cp]] : 0) + flags[cp] + \
		    (("word", cp) in starts ? WORD_START : 0) + (("read", cp) in starts ? READ_START : 0) + \
		    (("word-typed", cp) in starts ? TYPED_START : 0)
	}
	print "/* Made by gen-han.awk from Unihan (Unicode licence), OpenCC (Apache-2.0) and words.tsv. */"
	print "/* clang-format off */"
	print "#define N_SYLLABLES " n_syllables "\n"
	emit_numbers("han_simple", "const uint16_t", LAST - FIRST + 1, target)
	emit_numbers("han_info", "const uint16_t", LAST - FIRST + 1, info)
	emit_numbers("han_builds", "const uint32_t", LAST - FIRST + 1, builds)
	emit_numbers("han_corners", "const uint16_t", LAST - FIRST + 1, corners)
	emit_syllables(n_syllables)
	emit_words("word", "fold")
	emit_words("read", "read")
}
