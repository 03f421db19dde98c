/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gazetteer.h - inside the mentions: names grouped by spelling, and finding them one after another.
 *
 * gazetteer.c builds the automata and finds what is written; mention.c gives each find its part
 * (cue.h) and decides what is asked about.
 */
#ifndef NLU_GAZETTEER_H
#define NLU_GAZETTEER_H

#include "base/limits.h"
#include "nlu/cue.h"
#include "nlu/mention.h"
#include "nlu/trie.h"

#define CITY_LETTERS 16

/* All places of one name, the likeliest first. */
struct place {
	const struct region_name *name;
	const struct region *const *candidates;
	const uint8_t *weights;
	size_t n;
	const uint32_t *chars; /* the name */
	uint32_t n_chars;
	uint32_t next_heard; /* + 1: the next place that sounds the same; 0: none */
	bool is_mistyped;    /* `chars` is a likely slip of the pen: 广卅 */
	bool is_weak;        /* in none of its readings it decides alone */
};

/* From this weight on a place is known well enough to be recognised from hearing alone. */
#define HEARD_WEIGHT 100
/* … and from this one if it is typed in letters beside a word of a matter. */
#define TYPED_WEIGHT 40

struct gazetteer {
	struct arena arena;
	struct place *places;
	size_t n_places;
	struct trie exact; /* characters -> place + 1 */
	struct trie sound; /* syllables -> first place + 1, well-known ones only */
	struct cues cues;
	const struct place *letters[CITY_LETTERS]; /* zz, bj … in the order of search.c */
};

/* What is being found in one text. */
struct search {
	struct arena *arena;
	const struct gazetteer *g;
	const struct text *text;
	const struct sounds *sounds;
	const struct term_hits *terms;
	struct mention *found;
	size_t n, max; /* max <= LIMIT_MENTIONS */
};

/* Every place in the text, as written and, where nothing is written, by sound; in order. */
void gazetteer_search(struct search *s);
void gazetteer_link_letters(struct gazetteer *g, const struct region_table *table);

#endif
