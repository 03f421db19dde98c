/* SPDX-License-Identifier: Apache-2.0 */
/* facet.h - what places can be compared in, and the words that ask for it: from matter.yaml. */
#ifndef DIALOG_FACET_H
#define DIALOG_FACET_H

#include "know/catalog.h"

struct facet {
	const struct intent *intent;
	struct view title; /* 办理时间 */
	const struct view *words;
	size_t n_words;
	bool is_default; /* compared when nothing in particular was asked */
};

static inline bool facet_is_of(const struct facet *f, const struct matter *matter)
{
	return !matter || f->intent->matter == matter;
}

struct facets {
	const struct facet *items;
	size_t n;
};

/* One for each intent that is answered; once for a generation, into its arena. */
void facets_load(struct arena *a, const struct catalog *catalog, struct facets *ret);
/* The facet of a matter whose longest word occurs in the text, NULL if none does. Of any matter
 * where that is NULL. */
const struct facet *facets_named(const struct facets *f, const struct matter *matter,
				 struct view folded);
const struct facet *facets_of(const struct facets *f, const struct intent *intent);

#endif
