/* SPDX-License-Identifier: Apache-2.0 */
/* scope.c - the matters' titles and examples, joined. */
#include "dialog/scope.h"

#include "base/buf.h"

#define EXAMPLES_MAX 3

static void join(struct buf *b, size_t i, const char *joint, struct view v)
{
	if (i > 0)
		buf_str(b, joint);
	buf_view_add(b, v);
}

static struct view take(struct arena *a, struct buf *b)
{
	struct view v = arena_copy(a, buf_view(b));

	buf_clear(b);
	return v;
}

/* The first example of each matter, then the second of each … */
static void put_examples(struct buf *b, const struct catalog *c)
{
	size_t n = 0, longest = 0;

	for (size_t i = 0; i < c->n_matters; i++)
		longest = c->matters[i].n_asks > longest ? c->matters[i].n_asks : longest;
	for (size_t k = 0; k < longest; k++)
		for (size_t i = 0; i < c->n_matters && n < EXAMPLES_MAX; i++) {
			if (k >= c->matters[i].n_asks)
				continue;
			buf_str(b, "“");
			buf_view_add(b, c->matters[i].asks[k]);
			buf_str(b, "”");
			n++;
		}
}

void scope_load(struct arena *a, const struct catalog *catalog, struct scope *ret)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < catalog->n_matters; i++)
		join(&b, i, "、", catalog->matters[i].title);
	ret->matters = take(a, &b);
	for (size_t i = 0; i < catalog->n_matters; i++) {
		const struct matter *m = &catalog->matters[i];

		join(&b, i, "；", m->title);
		if (m->about.len) {
			buf_str(&b, "的");
			buf_view_add(&b, m->about);
		}
	}
	ret->about = take(a, &b);
	put_examples(&b, catalog);
	ret->examples = take(a, &b);
	buf_done(&b);
}
