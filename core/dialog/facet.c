/* SPDX-License-Identifier: Apache-2.0 */
/* facet.c - the facets of a comparison out of the catalogue. */
#include "dialog/facet.h"

static void fill(struct facet *f)
{
	const struct matter *m = f->intent->matter;

	for (size_t i = 0; m && i < m->n_facets; i++) {
		const struct matter_facet *of = &m->facets[i];

		if (!view_eq(of->intent, f->intent->name))
			continue;
		f->title = of->title;
		f->words = of->words;
		f->n_words = of->n_words;
		f->is_default = of->is_default;
	}
}

void facets_load(struct arena *a, const struct catalog *catalog, struct facets *ret)
{
	struct facet *items = ARENA_ARRAY(a, catalog->n_intents + 1, struct facet);

	*ret = (struct facets){.items = items};
	for (size_t i = 0; i < catalog->n_intents; i++) {
		const struct intent *intent = &catalog->intents[i];
		struct facet *f = &items[ret->n];

		if (intent->kind != INTENT_QUESTION)
			continue;
		*f = (struct facet){.intent = intent, .title = intent->title};
		fill(f);
		ret->n++;
	}
}

const struct facet *facets_named(const struct facets *f, const struct matter *matter,
				 struct view folded)
{
	const struct facet *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < f->n; i++) {
		for (size_t j = 0; facet_is_of(&f->items[i], matter) && j < f->items[i].n_words;
		     j++) {
			struct view word = f->items[i].words[j];

			if (word.len > longest && view_find(folded, word) >= 0) {
				longest = word.len;
				best = &f->items[i];
			}
		}
	}
	return best;
}

const struct facet *facets_of(const struct facets *f, const struct intent *intent)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->items[i].intent == intent)
			return &f->items[i];
	}
	return NULL;
}
