/* SPDX-License-Identifier: Apache-2.0 */
/* slur.c - names and letters put together as slur.h has it. */
#include "nlu/slur.h"

#include "text/pinyin.h"

#define NAME_CHARS 32

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
