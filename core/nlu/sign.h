/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sign.h - what the convolutional tier sees of a question: one sign after another.
 *
 * A sign is a folded character, or stands for what must not be learnt by heart: a place (by the
 * part it plays), a syllable of which only the letters were typed. Marks are left out; a blank
 * stays between two words in letters. Signs are cut into words for the words' own vectors.
 */
#ifndef NLU_SIGN_H
#define NLU_SIGN_H

#include "nlu/feature.h"

#define SIGNS_MAX   128 /* of a longer question the end is taken */
#define SIGN_COUNT  65536
#define SIGNS_SPARE 8 /* so much behind a text may be written to */

#define SIGN_PLACE    0xe000 /* + enum mention_role */
#define SIGN_APP      0xe010
#define SIGN_SYLLABLE 0xe100 /* + syllable */

enum word_part { WORD_EDGE, WORD_FIRST, WORD_MIDDLE, WORD_LAST, WORD_SINGLE, WORD_PARTS };

struct signs {
	uint32_t n;
	uint16_t items[SIGNS_MAX];
	uint16_t words[SIGNS_MAX + SIGNS_SPARE]; /* the word each is in, 0 if it is not known */
	uint8_t parts[SIGNS_MAX + SIGNS_SPARE];  /* enum word_part */
};

/* Words and parts are left to words_cut(). */
void signs_make(struct arena *a, const struct reading *r, struct signs *ret);
/* How it sounds: a syllable, or 0. */
uint16_t sign_syllable(uint32_t sign);

#endif
