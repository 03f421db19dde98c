/* SPDX-License-Identifier: Apache-2.0 */
/* facet.c - the facets of a comparison out of the catalogue. */
#include "dialog/facet.h"

static bool has(const struct facets *f, const struct intent *intent)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->items[i].intent == intent)
			return true;
	}
	return false;
}

void facets_load(struct arena *a, const struct catalog *catalog, struct facets *ret)
{
	struct facet *items = ARENA_ARRAY(a, catalog->n_intents + 1, struct facet);

	*ret = (struct facets){.items = items};
	/* First those that their matters name, in the order in which they do. */
	for (size_t i = 0; i < catalog->n_matters; i++) {
		for (size_t j = 0; j < catalog->matters[i].n_facets; j++) {
			const struct matter_facet *f = &catalog->matters[i].facets[j];
			const struct intent *intent = catalog_find(catalog, f->intent);

			if (intent && intent->kind == INTENT_QUESTION && !has(ret, intent))
				items[ret->n++] = (struct facet){intent, f->title, f->words,
								 f->n_words, f->is_default};
		}
	}
	for (size_t i = 0; i < catalog->n_intents; i++) {
		const struct intent *intent = &catalog->intents[i];

		if (intent->kind == INTENT_QUESTION && !has(ret, intent))
			items[ret->n++] = (struct facet){.intent = intent, .title = intent->title};
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
