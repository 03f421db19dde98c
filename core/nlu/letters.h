/* SPDX-License-Identifier: Apache-2.0 */
/* letters.h - what letters.c, which finds names, asks letters-belief.c; private to both. */
#ifndef NLU_LETTERS_H
#define NLU_LETTERS_H

#include "nlu/gazetteer.h"

/* The next of those that are spelt the same; NULL: none. */
static inline const struct place *place_next_typed(const struct search *s, const struct place *p)
{
	return p->next_typed ? &s->g->places[p->next_typed - 1] : NULL;
}

/*
 * Letters are no proof that [start, end) means `p`; how much more it takes depends on how well the
 * place is known.
 */
bool letters_are_believed(const struct search *s, const struct place *p, uint32_t start,
			  uint32_t end);
/* youxian gongsi, chengxiang jumin: a phrase begins there that no place is in. */
bool letters_are_phrase(const struct search *s, uint32_t start);
/* What people ask about beside the matters stands behind `end`: dg luohu. */
bool letters_are_before_thing(const struct search *s, uint32_t end);
/*
 * chang li, though words are whole elsewhere: a blank in the short name that [start, end) spells
 * parts two words.
 */
bool letters_are_parted(const struct search *s, const struct place *p, uint32_t start,
			uint32_t end);
/* Once for a text, before anything in it is believed: whether it names what is asked about. */
void letters_find_thing(struct search *s);

#endif
