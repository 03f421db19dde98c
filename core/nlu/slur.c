/* SPDX-License-Identifier: Apache-2.0 */
/* slur.c - names and letters put together as slur.h has it. */
#include "nlu/slur.h"

#include "text/pinyin.h"

uint32_t slur_name(const uint32_t *chars, uint32_t n_chars, enum slur_level level)
{
	struct slur slur = SLUR_START;
	uint16_t syllables[NAME_CHARS];

	if (n_chars > NAME_CHARS)
		return 0;
	pinyin_text(chars, n_chars, syllables);
	for (uint32_t i = 0; i < n_chars; i++) {
		const char *spelt = pinyin_spell(syllables[i]);

		if (!*spelt)
			return 0;
		while (*spelt)
			slur_add(&slur, (unsigned char)*spelt++, level);
	}
	return slur.sum;
}

enum slur_level slur_between(const struct text *text, uint32_t start, uint32_t end,
			     const struct place *p)
{
	for (enum slur_level level = SLUR_NOTHING; level < SLUR_LIQUID; level++) {
		struct slur slur = SLUR_START;

		for (uint32_t i = start; i < end; i++)
			if (char_is_letter(text->chars[i]))
				slur_add(&slur, text->chars[i], level);
		if (slur.sum == slur_name(p->chars, p->n_chars, level))
			return level;
	}
	return SLUR_LIQUID;
}

/* The letters of a name; gives how many. */
static uint32_t spell(const struct place *p, char out[SLUR_LETTERS])
{
	uint16_t syllables[NAME_CHARS];
	uint32_t n = 0;

	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars; i++)
		for (const char *c = pinyin_spell(syllables[i]); *c && n < SLUR_LETTERS; c++)
			out[n++] = *c;
	return n;
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

uint32_t slur_distance(const struct text *text, uint32_t start, uint32_t end, const struct place *p)
{
	uint32_t row[SLUR_LETTERS + 1], n;
	char name[SLUR_LETTERS];

	n = p->n_chars > NAME_CHARS ? SLUR_LETTERS : spell(p, name);
	if (n == SLUR_LETTERS)
		return SLUR_LETTERS;
	for (uint32_t i = 0; i <= n; i++)
		row[i] = i;
	for (uint32_t at = start; at < end; at++) {
		uint32_t corner = row[0];

		if (!char_is_letter(text->chars[at]))
			continue;
		row[0]++;
		for (uint32_t i = 1; i <= n; i++) {
			uint32_t above = row[i];
			bool is_same = (unsigned char)name[i - 1] == text->chars[at];

			row[i] = least(least(above, row[i - 1]) + 1, corner + !is_same);
			corner = above;
		}
	}
	return row[n];
}
