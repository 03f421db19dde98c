/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tie.h - what ties somebody to a place: they live, work, study or are insured there, their
 * household is; and whether it is the asker or somebody else.
 *
 * A residence permit is asked of the place where one lives, an insurance card of the one that gave
 * it. Words stand in front of a place (住, 户口在) or behind it (上班), up to the next place or the
 * end of the clause; the nearest counts.
 */
#ifndef NLU_TIE_H
#define NLU_TIE_H

#include "nlu/term.h"
#include "nlu/trie.h"
#include "text/fold.h"

enum tie {
	TIE_NONE,
	TIE_LIVES,
	TIE_WORKS,
	TIE_STUDIES,
	TIE_INSURED,
	TIE_HOUSEHOLD,
	TIE_SELF,   /* who is meant */
	TIE_OTHERS, /* … if it is somebody else */
};

/* The words, as an automaton; trie_done(). */
void ties_init(struct trie *words);

struct ties {
	enum tie before, behind;
	enum tie
	    who; /* TIE_SELF, TIE_OTHERS or TIE_NONE: the last one spoken of before the place */
};
/*
 * Of the place in [start, end). Words are looked for from `from` on and up to `to`, who is spoken
 * of from `begin` on. What is in a matter's word (居住证) ties nobody.
 */
void ties_find(const struct trie *words, const struct text *text, const struct term_hits *terms,
	       uint32_t begin, uint32_t from, uint32_t start, uint32_t end, uint32_t to,
	       struct ties *ret);

#endif
