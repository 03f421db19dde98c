/* SPDX-License-Identifier: Apache-2.0 */
/* facet.c - the facets of a comparison out of the wording file. */
#include "dialog/facet.h"

#include <stdio.h>

static struct view entry(struct arena *a, const struct wording *w, const char *name)
{
	struct buf b = BUF_INIT;
	struct view v = {"", 0};

	if (wording_has(w, name)) {
		wording_put(w, &b, name, 0, NULL, 0);
		v = arena_copy(a, buf_view(&b));
	}
	buf_done(&b);
	return v;
}

static void words_split(struct arena *a, struct view list, struct facet *ret)
{
	struct view rest = list, word, *words;
	size_t n = 1;

	for (size_t i = 0; i < list.len; i++)
		n += list.ptr[i] == ' ';
	words = ARENA_ARRAY(a, n, struct view);
	ret->words = words;
	while (view_split(&rest, ' ', &word)) {
		if (word.len)
			words[ret->n_words++] = word;
	}
}

static bool is_listed(struct view list, struct view name)
{
	struct view word;

	while (view_split(&list, ' ', &word)) {
		if (view_eq(word, name))
			return true;
	}
	return false;
}

void facets_load(struct arena *a, const struct wording *wording, const struct catalog *catalog,
		 struct facets *ret)
{
	struct facet *items = ARENA_ARRAY(a, catalog->n_intents + 1, struct facet);
	struct view defaults = entry(a, wording, "facet.default");
	char name[128];

	*ret = (struct facets){.items = items};
	for (size_t i = 0; i < catalog->n_intents; i++) {
		const struct intent *intent = &catalog->intents[i];
		struct facet *f = &items[ret->n];

		if (intent->kind != INTENT_QUESTION)
			continue;
		f->intent = intent;
		snprintf(name, sizeof(name), "facet.%.*s", VIEW_ARG(intent->name));
		f->title = entry(a, wording, name);
		if (f->title.len == 0)
			f->title = intent->title;
		snprintf(name, sizeof(name), "facet.%.*s.words", VIEW_ARG(intent->name));
		words_split(a, entry(a, wording, name), f);
		f->is_default = is_listed(defaults, intent->name);
		ret->n++;
	}
}

const struct facet *facets_named(const struct facets *f, struct view folded)
{
	const struct facet *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < f->n; i++) {
		for (size_t j = 0; j < f->items[i].n_words; j++) {
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
