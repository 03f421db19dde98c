/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hear.h - a character typed for another that sounds the same is put right by what stands around
 * it.
 *
 * Whoever types by sound takes the wrong one of several (播方 for 播放). A word of which one sign
 * is only heard costs more than one that is written; where it is cheaper all the same than what
 * stands there, as one word is cheaper than two strange ones, the sign becomes that of the word.
 * What may be heard: the words of the texts that were learnt from, and the commonest ones of the
 * language.
 */
#ifndef NLU_HEAR_H
#define NLU_HEAR_H

#include "nlu/word.h"

/* From texts that are cut with the words' index, and those words: index->heard, in the arena. */
void hear_make(struct arena *a, const struct signs *texts, size_t n, const struct words *words,
	       struct word_index *index);
/* Puts right what is typed for something else; words and parts are not looked at. */
void hear(const struct word_index *index, struct signs *s);

#endif
