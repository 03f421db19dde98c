/* SPDX-License-Identifier: Apache-2.0 */
/*
 * explain.c - why: the ranking, what spoke for the first, and the most similar examples.
 *
 * The examples are read again here, which takes some tens of milliseconds: nothing is kept in
 * memory for a question that is hardly ever asked.
 */
#include "nlu/understander.h"

#include <math.h>

#define LINES_MAX   20
#define NEAREST_MAX 3
#define PIECES_MAX  5

static const struct feature_rules view_of_words = {{2, 2, 0, 0}};

struct similar {
	const struct intent *intent;
	struct view text;
	double likeness;
};

struct looking {
	const struct lens *lens;
	struct arena scratch;
	struct features wanted;
	struct similar best[NEAREST_MAX];
	size_t n;
};

/* Share of features in common (cosine of two sets), the mean of both views. */
static double likeness(const struct features *a, const struct features *b)
{
	double sum = 0;

	for (int v = FEATURE_CHARS; v <= FEATURE_SOUNDS; v++) {
		size_t common = 0;

		for (size_t i = 0; i < a->n[v]; i++)
			for (size_t j = 0; j < b->n[v]; j++)
				common += a->hashes[v][i] == b->hashes[v][j];
		if (a->n[v] && b->n[v])
			sum += (double)common / sqrt((double)a->n[v] * (double)b->n[v]) / 2;
	}
	return sum;
}

static void look_at(void *data, const struct intent *intent, struct view text)
{
	struct looking *l = data;
	struct features f;
	struct reading r;
	size_t at;
	double d;

	arena_reset(&l->scratch);
	if (reading_make(l->lens, &l->scratch, text, &r) < 0)
		return;
	features_make(&view_of_words, &l->scratch, &r, &f);
	d = likeness(&l->wanted, &f);
	for (at = l->n; at > 0 && l->best[at - 1].likeness < d; at--)
		if (at < NEAREST_MAX)
			l->best[at] = l->best[at - 1];
	if (at == NEAREST_MAX)
		return;
	l->best[at] = (struct similar){intent, text, d};
	l->n += l->n < NEAREST_MAX;
}

static void add_ranking(struct arena *a, const struct understanding *what, struct view *lines,
			size_t *n)
{
	static const char *const decisions[] = {"有把握", "两可", "没把握"};

	lines[(*n)++] = arena_printf(a, "判断：%s", decisions[what->decision]);
	for (size_t i = 0; i < what->n_ranking; i++)
		lines[(*n)++] = arena_printf(
		    a, "%zu. %.*s %.*s %.3f", i + 1, VIEW_ARG(what->ranking[i].intent->name),
		    VIEW_ARG(what->ranking[i].intent->title), (double)what->ranking[i].probability);
}

void understand_explain(const struct understander *u, struct arena *a,
			const struct understanding *what, struct understand_why *ret)
{
	struct view *lines = ARENA_ARRAY(a, LINES_MAX, struct view), pieces[PIECES_MAX];
	struct looking l = {.lens = &u->lens};
	struct reading r;
	size_t n = 0, n_pieces;

	add_ranking(a, what, lines, &n);
	if (what->n_ranking > 0 && reading_make(&u->lens, a, what->text.raw, &r) == 0) {
		n_pieces = model_explain(&u->model, a, &r, what->ranking[0].intent->index, pieces,
					 PIECES_MAX);
		for (size_t i = 0; i < n_pieces; i++)
			lines[n++] = arena_printf(a, "依据：%.*s", VIEW_ARG(pieces[i]));
		features_make(&view_of_words, a, &r, &l.wanted);
		arena_init(&l.scratch, 1 << 14);
		understander_examples(&u->options, look_at, &l);
		arena_done(&l.scratch);
	}
	for (size_t i = 0; i < l.n; i++)
		lines[n++] =
		    arena_printf(a, "相近例句：%.*s（%.*s，%.2f）", VIEW_ARG(l.best[i].text),
				 VIEW_ARG(l.best[i].intent->name), l.best[i].likeness);
	*ret = (struct understand_why){lines, n};
}
