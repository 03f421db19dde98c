/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sound.h - the second view of a text: its syllables, whether written as characters or typed.
 *
 * 居住证, 居主正 and "juzhuzheng" give the same syllables. Blanks leave nothing, so that
 * "ju zhu zheng" is the same again; whatever has no sound (digits, marks, letters that are no
 * pinyin) leaves a break. So does what people write short (jzz, yb) and glue to their pinyin:
 * heyuanjzzqianzhu is he yuan, a break, qian zhu.
 */
#ifndef NLU_SOUND_H
#define NLU_SOUND_H

#include "base/arena.h"
#include "text/fold.h"

struct sound {
	uint32_t start, end; /* characters of the text */
	uint16_t syllable;   /* 0: a break */
	uint16_t fuzzy;      /* its fuzzy class */
	bool is_typed;       /* written in letters */
};

struct sounds {
	const struct sound *items;
	size_t n;
};

/* In the arena. Never fails. */
void sounds_make(struct arena *a, const struct text *text, struct sounds *ret);

static inline bool char_is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline bool char_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}
/* The end of the run of letters that starts at `from`. */
static inline uint32_t letters_end(const struct text *text, uint32_t from)
{
	while (from < text->n_chars && char_is_letter(text->chars[from]))
		from++;
	return from;
}

/* What people write short: jzz, yb. */
bool sound_is_short_form(struct view word);
/* The end of the word that starts at `from`: of the run of letters, or where something written
 * short is glued to it. */
uint32_t sounds_word_end(const struct sounds *sounds, const struct text *text, uint32_t from);
/* [start, end) is a break of letters, parted from what is glued to it. */
bool sounds_are_broken(const struct sounds *sounds, uint32_t start, uint32_t end);

#endif
