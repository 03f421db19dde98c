/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compare.h - several places side by side: a row a facet, a cell a place, differences marked.
 */
#ifndef DIALOG_COMPARE_H
#define DIALOG_COMPARE_H

#include "dialog/outcome.h"
#include "dialog/reply.h"
#include "dialog/citation.h"

/* Outcomes of n_facets intents for n_places, facet by facet: at(facet, place). */
struct comparison {
	const struct outcome *outcomes;
	const struct facet *const *facets;
	const struct region *const *places;
	size_t n_facets, n_places;
	bool asks_fastest;
	bool asks_cheapest;
	bool is_short; /* the difference, and a sentence of each */
};

/* Fills rows and sources of `ret`, and puts the whole text at the end of the buffer. */
void compare_word(const struct voice *v, const struct comparison *c, struct reply *ret);

#endif
