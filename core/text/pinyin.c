/* SPDX-License-Identifier: Apache-2.0 */
/* pinyin.c - readings from the generated tables, and letters cut into syllables. */
#include "text/pinyin.h"

#include "text/han.h"

#define LONGEST 6 /* zhuang */

uint16_t pinyin_of(uint32_t cp)
{
	return (uint16_t)(han_info_of(cp) & HAN_SYLLABLE);
}

void pinyin_text(const uint32_t *chars, size_t n, uint16_t *out)
{
	size_t i = 0;

	while (i < n) {
		unsigned info = han_info_of(chars[i]);
		const struct han_word *w = NULL;

		if (info & HAN_READ_START)
			w = han_word_find(&han_readings, chars + i, n - i, NULL);
		if (!w) {
			out[i++] = (uint16_t)(info & HAN_SYLLABLE);
			continue;
		}
		for (size_t k = 0; k < w->value_len; k++)
			out[i + k] = han_word_value(&han_readings, w)[k];
		i += w->key_len;
	}
}

uint16_t pinyin_fuzzy(uint16_t syllable)
{
	return syllable <= han_n_syllables ? han_fuzzy[syllable] : 0;
}

const char *pinyin_spell(uint16_t syllable)
{
	return syllable <= han_n_syllables ? han_spellings[syllable] : "";
}

char pinyin_initial(uint16_t syllable)
{
	return pinyin_spell(syllable)[0];
}

struct view pinyin_onset(uint16_t syllable)
{
	const char *s = pinyin_spell(syllable);

	return view_make(s, strcspn(s, "aeiouv"));
}

/* Five bits a letter, as gen-han.awk packs them; v and u are told apart already. */
static uint16_t find_packed(uint32_t packed)
{
	uint32_t at = packed % HAN_BUCKETS;

	while (han_slot_keys[at] && han_slot_keys[at] != packed)
		at = at + 1 < HAN_BUCKETS ? at + 1 : 0;
	return han_slots[at];
}

/* 1 .. 26, 0 if it is no letter. */
static uint32_t letter(char c)
{
	uint32_t l = (uint32_t)((c | 0x20) - 'a') + 1;

	return l <= 26 ? l : 0;
}

#define PACK2(a, b)    ((uint32_t)((a) - 'a' + 1) * 32 + (uint32_t)((b) - 'a' + 1))
#define PACK3(a, b, c) (PACK2(a, b) * 32 + (uint32_t)((c) - 'a' + 1))

/* jv, qv, xv and yv, as input methods take them. */
static uint32_t without_v(uint32_t packed)
{
	uint32_t head = packed;
	unsigned behind = 0;

	while (head >= 32 * 32) {
		head >>= 5;
		behind += 5;
	}
	switch (head) {
	case PACK2('j', 'v'):
	case PACK2('q', 'v'):
	case PACK2('x', 'v'):
	case PACK2('y', 'v'):
		return packed - ((uint32_t)('v' - 'u') << behind);
	default:
		return packed;
	}
}

/* Other ways to write ü behind l and n: in passports lyu, in input methods also lue. */
static uint32_t respell(uint32_t packed)
{
	switch (packed) {
	case PACK3('l', 'u', 'e'):
		return PACK3('l', 'v', 'e');
	case PACK3('n', 'u', 'e'):
		return PACK3('n', 'v', 'e');
	case PACK3('l', 'y', 'u'):
		return PACK2('l', 'v');
	case PACK3('n', 'y', 'u'):
		return PACK2('n', 'v');
	default:
		return without_v(packed);
	}
}

uint16_t pinyin_find(struct view letters)
{
	uint32_t packed = 0;

	if (letters.len == 0 || letters.len > LONGEST)
		return 0;
	for (size_t i = 0; i < letters.len; i++) {
		uint32_t l = letter(letters.ptr[i]);

		if (!l)
			return 0;
		packed = packed * 32 + l;
	}
	return find_packed(respell(packed));
}

/* One way to cut from a place to the end. */
struct cut {
	uint16_t syllable;
	uint8_t len;   /* of it, in letters */
	uint8_t steps; /* syllables to the end; 0 is no way */
};

/* The best cut that begins at `at`, when all behind it are known. */
static struct cut best_at(struct view v, size_t at, const struct cut *cuts)
{
	struct cut best = {0, 0, 0};
	uint32_t packed = 0;

	for (size_t len = 1; len <= LONGEST && at + len <= v.len; len++) {
		uint32_t l = letter(v.ptr[at + len - 1]);
		size_t next = at + len;
		uint16_t s;

		if (!l)
			break;
		packed = packed * 32 + l;
		if (next < v.len && v.ptr[next] == '\'' && next + 1 < v.len)
			next++;
		if (next < v.len && !cuts[next].steps)
			continue;
		if (best.steps && cuts[next].steps + 1 > best.steps)
			continue;
		s = find_packed(len > 1 ? respell(packed) : packed);
		if (!s)
			continue;
		best.syllable = s;
		best.len = (uint8_t)(next - at);
		best.steps = (uint8_t)(cuts[next].steps + 1);
	}
	return best;
}

size_t pinyin_cut(struct view letters, uint16_t *out, size_t max)
{
	struct cut cuts[PINYIN_CUT_MAX + 1];
	size_t n = 0;

	if (letters.len == 0 || letters.len > PINYIN_CUT_MAX)
		return 0;
	cuts[letters.len] = (struct cut){0, 0, 0};
	for (size_t at = letters.len; at-- > 0;)
		cuts[at] = best_at(letters, at, cuts);
	if (!cuts[0].steps || cuts[0].steps > max)
		return 0;
	for (size_t at = 0; at < letters.len; at += cuts[at].len)
		out[n++] = cuts[at].syllable;
	return n;
}
