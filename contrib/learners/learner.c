/* SPDX-License-Identifier: Apache-2.0 */
/* learner.c - see learner.h. */
#include "contrib/learners/learner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define FILE_MAX ((size_t)16 << 20)
#define COST     0.1f
#define ROUNDS   100
#define LABELS   2
/* What fewer rows have says nothing. */
#define SEEN_LEAST 2
#define LEVELS     4000
#define PER_LINE   24

void learner_give_up(const char *what, const char *more)
{
	fprintf(stderr, "contrib/learn: %s%s\n", what, more);
	exit(2);
}

void learner_open(struct learner *l, const char *intents, const char *regions, uint32_t n_columns)
{
	struct fault why;

	/* The same bits on every processor. */
	linear_fit_is_plain = true;
	arena_init(&l->arena, 1 << 20);
	arena_init(&l->scratch, 1 << 16);
	if (catalog_load(&l->arena, intents, &l->catalog, &why) < 0 ||
	    region_table_load(&l->arena, regions, &l->regions, &why) < 0)
		learner_give_up(why.text, "");
	l->terms = term_table_new(&l->catalog);
	l->places = gazetteer_new(&l->regions, &l->catalog, NULL, 0);
	l->lens = (struct lens){NULL, l->terms, &l->catalog};
	l->n_columns = n_columns;
	*vec_push(&l->at) = 0;
}

void learner_close(struct learner *l)
{
	vec_done(&l->nodes);
	vec_done(&l->at);
	vec_done(&l->labels);
	vec_done(&l->counts);
	gazetteer_free(l->places);
	term_table_free(l->terms);
	arena_done(&l->scratch);
	arena_done(&l->arena);
}

void learner_read(struct learner *l, struct view raw, struct reading *r, struct search *ret)
{
	arena_reset(&l->scratch);
	if (reading_make(&l->lens, &l->scratch, raw, r) < 0)
		learner_give_up("a line is not UTF-8", "");
	*ret = (struct search){.arena = &l->scratch,
			       .g = l->places,
			       .text = &r->text,
			       .sounds = &r->sounds,
			       .terms = &r->terms};
}

/* ---- questions ---- */

static void read_answer(struct learner *l, struct view ids, struct answer *ret)
{
	struct view id;

	ret->n = 0;
	while (view_split(&ids, ',', &id) && ret->n < LIMIT_MENTIONS) {
		const struct region *r = region_find(&l->regions, view_trim(id));

		if (view_trim(id).len && !r)
			learner_give_up("there is no place ",
					arena_printf(&l->arena, "%.*s", VIEW_ARG(id)).ptr);
		if (r)
			ret->places[ret->n++] = r;
	}
}

void learner_each_line(struct learner *l, const char *path, learner_line_fn *fn, void *data)
{
	struct view content, line, column[4];
	struct answer a;

	if (file_read(&l->arena, path, FILE_MAX, &content) < 0)
		learner_give_up("cannot read ", path);
	while (view_split(&content, '\n', &line)) {
		size_t n = 0;

		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		while (n < 4 && view_split(&line, '\t', &column[n]))
			n++;
		/* Of what is not said which places are meant nothing is learnt. */
		if (n < 4)
			continue;
		read_answer(l, column[3], &a);
		fn(l, column[1], &a, data);
	}
}

/* ---- rows and weights ---- */

static int by_column(const void *pa, const void *pb)
{
	const struct fit_node *a = pa, *b = pb;

	return (a->column > b->column) - (a->column < b->column);
}

void learner_add(struct learner *l, const struct learner_row *row)
{
	size_t n = 0, kept = 0, n_all = row->n_firm + row->n_grams;
	struct fit_node *nodes = ARENA_ARRAY(&l->scratch, n_all + 1, struct fit_node);

	for (size_t i = 0; i < row->n_firm; i++)
		nodes[n++] = (struct fit_node){row->firm[i], 1};
	for (size_t i = 0; i < row->n_grams; i++)
		nodes[n++] = (struct fit_node){row->grams[i], row->gram};
	qsort(nodes, n, sizeof(*nodes), by_column);
	for (size_t i = 0; i < n; i++) {
		if (kept && nodes[kept - 1].column == nodes[i].column)
			nodes[kept - 1].value += nodes[i].value;
		else
			nodes[kept++] = nodes[i];
	}
	for (size_t i = 0; i < kept; i++) {
		*vec_push(&l->nodes) = nodes[i];
		l->seen[nodes[i].column]++;
	}
	*vec_push(&l->at) = (uint32_t)l->nodes.n;
	*vec_push(&l->labels) = row->is_yes;
	*vec_push(&l->counts) = row->count;
}

/* Rows without what is too rare. */
static void drop_rare(struct learner *l)
{
	size_t kept = 0, row = 0;

	for (size_t i = 0; i < l->nodes.n; i++) {
		for (; row < l->at.n && l->at.items[row] == i; row++)
			l->at.items[row] = (uint32_t)kept;
		if (l->seen[l->nodes.items[i].column] >= SEEN_LEAST)
			l->nodes.items[kept++] = l->nodes.items[i];
	}
	for (; row < l->at.n; row++)
		l->at.items[row] = (uint32_t)kept;
	l->nodes.n = kept;
}

static void fit(struct learner *l, float *weights)
{
	struct fit_options options = {
	    .cost = COST, .tolerance = 0.01f, .rounds = ROUNDS, .n_threads = 1};
	struct fit_data data = {.nodes = l->nodes.items,
				.at = l->at.items,
				.labels = l->labels.items,
				.counts = l->counts.items,
				.n_rows = l->labels.n,
				.n_columns = l->n_columns,
				.n_labels = LABELS};

	if (l->labels.n == 0)
		learner_give_up("there is nothing to learn from", "");
	drop_rare(l);
	linear_fit(&data, &options, weights);
}

void learner_print(struct learner *l, const char *macro, const char *array)
{
	size_t size = linear_fit_size(l->n_columns, LABELS) * sizeof(float);
	float most = 0, *weights = aligned_alloc(64, (size + 63) / 64 * 64);

	if (!weights)
		die_oom(size);
	memset(weights, 0, size);
	fit(l, weights);
	for (size_t i = 0; i < l->n_columns; i++)
		most = fmaxf(most, fabsf(weights[linear_fit_at(l->n_columns, i, true)]));
	printf("/* Made by contrib/learn; see there. */\n"
	       "#define %s_SCALE %.6ff\n"
	       "static const int16_t %s[%s_COLUMNS] = {",
	       macro, (double)(most / LEVELS), array, macro);
	for (size_t i = 0; i < l->n_columns; i++) {
		float w = weights[linear_fit_at(l->n_columns, i, true)];

		printf("%s%ld,", i % PER_LINE ? "" : "\n", lrintf(w / most * LEVELS));
	}
	printf("\n};\n");
	free(weights);
}
