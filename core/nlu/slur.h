/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slur.h - letters as people type them by ear: zengzou for zhengzhou, lanjing for nanjing, ninbo
 * for ningbo.
 *
 * Letters, not syllables, are put together: so a run is compared however it is cut.
 */
#ifndef NLU_SLUR_H
#define NLU_SLUR_H

#include "nlu/gazetteer.h"

/* What is not told apart; most people who slur tell all that is below apart, too. */
enum slur_level {
	SLUR_NOTHING,
	SLUR_HISS,   /* z zh, c ch, s sh */
	SLUR_NASAL,  /* … and n ng */
	SLUR_LIQUID, /* … and l n, f h */
};

/* A run of letters as one number, as spelling_add() has them; begin with SLUR_START. */
struct slur {
	uint32_t sum, last;
};
#define SLUR_START ((struct slur){SPELLING_START, 0})

static inline void slur_add(struct slur *s, uint32_t letter, enum slur_level level)
{
	uint32_t last = s->last;

	s->last = letter;
	if (level >= SLUR_HISS && letter == 'h' && (last == 'z' || last == 'c' || last == 's'))
		return;
	if (level >= SLUR_NASAL && letter == 'g' && last == 'n')
		return;
	if (level >= SLUR_LIQUID && (letter == 'l' || letter == 'f'))
		letter = letter == 'l' ? 'n' : 'h';
	s->sum = spelling_add(s->sum, letter);
}

/* A name in letters, at a level; 0: it has a character without a sound. */
uint32_t slur_name(const uint32_t *chars, uint32_t n_chars, enum slur_level level);
/* How many letters are wrong, missing or too many in [start, end), at least; SLUR_LETTERS: too
 * long. */
#define SLUR_LETTERS 40
uint32_t slur_distance(const struct text *text, uint32_t start, uint32_t end,
		       const struct place *p);
/* The least level at which the letters in [start, end) are the name. */
enum slur_level slur_between(const struct text *text, uint32_t start, uint32_t end,
			     const struct place *p);

#endif
