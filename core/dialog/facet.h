/* SPDX-License-Identifier: Apache-2.0 */
/* facet.h - what places can be compared in, and the words that ask for it: from wording/zh.yaml. */
#ifndef DIALOG_FACET_H
#define DIALOG_FACET_H

#include "know/catalog.h"
#include "know/wording.h"

struct facet {
	const struct intent *intent;
	struct view title; /* 办理时间 */
	const struct view *words;
	size_t n_words;
	bool is_default; /* compared when nothing in particular was asked */
};

struct facets {
	const struct facet *items;
	size_t n;
};

/* facet.INTENT, facet.INTENT.words and facet.default; once for a generation, into its arena. */
void facets_load(struct arena *a, const struct wording *wording, const struct catalog *catalog,
		 struct facets *ret);
/* The facet whose longest word occurs in the text, NULL if none does. */
const struct facet *facets_named(const struct facets *f, struct view folded);
const struct facet *facets_of(const struct facets *f, const struct intent *intent);

#endif
