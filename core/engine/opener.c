/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opener.c - what somebody who has said nothing yet may begin with: the matters' own examples.
 *
 * Those that name no place, for whoever looks at them may be anywhere; of each matter one in turn,
 * so that none hides behind another.
 */
#include "engine/suggest.h"

/* Does it name a place? An example that is not understood is none to begin with. */
static bool names_place(const struct generation *g, struct view text)
{
	struct understanding u;
	struct arena a;
	bool ret = true;

	arena_init(&a, 0);
	if (understand(g->understander, &a, text, DATE_NONE, &u) == 0)
		ret = u.mentions.n > 0;
	arena_done(&a);
	return ret;
}

/* The n-th example of a matter that names no place; empty if there are not so many. */
static struct view opener_of(const struct generation *g, const struct matter *m, size_t n)
{
	for (size_t i = 0; i < m->n_asks; i++)
		if (!names_place(g, m->asks[i]) && n-- == 0)
			return m->asks[i];
	return view_make("", 0);
}

void openers_build(struct generation *g)
{
	struct view *out = ARENA_ARRAY(&g->arena, OPENERS_MAX, struct view);
	bool more = true;

	g->openers = out;
	for (size_t round = 0; more; round++) {
		more = false;
		for (size_t i = 0; i < g->catalog.n_matters && g->n_openers < OPENERS_MAX; i++) {
			struct view text = opener_of(g, &g->catalog.matters[i], round);

			if (!text.len)
				continue;
			out[g->n_openers++] = text;
			more = true;
		}
	}
}
