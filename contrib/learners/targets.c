/* SPDX-License-Identifier: Apache-2.0 */
/*
 * targets.c - learns the weights of core/nlu/target.c and prints them; see contrib/learn.
 *
 *	targets INTENTS REGIONS [-r FILE…] [-s FILE…] [-f FILE…]
 *
 * Lines are as `wenlu eval --test` takes them; only text and places are looked at. Files behind -r
 * are those that the rules were made by: there the rules' opinion is too good to be learnt from,
 * and is hidden. Those behind -s say what the rules are there for, and are learnt with and without
 * it. Those behind -f are fresh.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "nlu/feature.h"
#include "nlu/linear-fit.h"
#include "nlu/target.h"

#define FILE_MAX ((size_t)16 << 20)
#define COST     0.1f
#define ROUNDS   100
#define LABELS   2
/* What fewer places have says nothing. */
#define SEEN_LEAST 2
#define BYTE_MAX   127
#define PER_LINE   24

enum { ASIDE, TARGET };

/* What a file is to the rules; see contrib/learn. */
enum trust { FRESH, RULED, SPECIFIED };
#define SPECIFIED_COUNT 0.5f

struct learner {
	struct arena arena, scratch;
	struct region_table regions;
	struct catalog catalog;
	struct lens lens; /* without places: they are found step by step */
	struct gazetteer *places;
	VEC(struct fit_node) nodes;
	VEC(uint32_t) at, labels;
	VEC(float) counts;
	uint32_t seen[TARGET_COLUMNS];
};

static void give_up(const char *what, const char *more)
{
	fprintf(stderr, "targets: %s%s\n", what, more);
	exit(2);
}

static bool is_meant(const struct target_text *t, size_t group, const struct region *r)
{
	const struct target_group *g = &t->groups[group];
	const struct mention *m = &t->s->found[g->to - 1];

	for (size_t i = 0; i < m->n_candidates; i++)
		if (m->candidates[i] == r)
			return true;
	return region_lies_in(r, g->region);
}

struct answer {
	const struct region *places[LIMIT_MENTIONS];
	size_t n;
};

static void read_answer(struct learner *l, struct view ids, struct answer *ret)
{
	struct view id;

	ret->n = 0;
	while (view_split(&ids, ',', &id) && ret->n < LIMIT_MENTIONS) {
		const struct region *r = region_find(&l->regions, view_trim(id));

		if (view_trim(id).len && !r)
			give_up("there is no place ",
				arena_printf(&l->arena, "%.*s", VIEW_ARG(id)).ptr);
		if (r)
			ret->places[ret->n++] = r;
	}
}

/* A part of what is asked about, named beside it, may as well have been meant. */
static bool is_open(const struct target_text *t, size_t group, const struct answer *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (region_lies_in(t->groups[group].region, a->places[i]))
			return true;
	return false;
}

static int by_column(const void *pa, const void *pb)
{
	const struct fit_node *a = pa, *b = pb;

	return (a->column > b->column) - (a->column < b->column);
}

static void add_row(struct learner *l, const struct target_pieces *p, uint32_t label, float count)
{
	struct fit_node row[TARGET_FIRM_MAX + TARGET_GRAM_MAX];
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < p->n_firm; i++)
		row[n++] = (struct fit_node){p->firm[i], 1};
	for (size_t i = 0; i < p->n_grams; i++)
		row[n++] = (struct fit_node){p->grams[i], TARGET_GRAM};
	qsort(row, n, sizeof(*row), by_column);
	for (size_t i = 0; i < n; i++) {
		if (kept && row[kept - 1].column == row[i].column)
			row[kept - 1].value += row[i].value;
		else
			row[kept++] = row[i];
	}
	for (size_t i = 0; i < kept; i++) {
		*vec_push(&l->nodes) = row[i];
		l->seen[row[i].column]++;
	}
	*vec_push(&l->at) = (uint32_t)l->nodes.n;
	*vec_push(&l->labels) = label;
	*vec_push(&l->counts) = count;
}

static void learn_line(struct learner *l, struct view raw, const struct answer *a, enum trust trust)
{
	struct search s = {.arena = &l->scratch, .g = l->places};
	struct target_pieces pieces;
	struct target_text t;
	struct reading r;

	arena_reset(&l->scratch);
	if (reading_make(&l->lens, &l->scratch, raw, &r) < 0)
		give_up("a line is not UTF-8", "");
	s.text = &r.text;
	s.sounds = &r.sounds;
	s.terms = &r.terms;
	mentions_find(&s);
	if (!s.n)
		return;
	target_text_make(&s, &t);
	for (size_t i = 0; i < t.n; i++) {
		bool is_target = false;

		for (size_t k = 0; k < a->n; k++)
			is_target |= is_meant(&t, i, a->places[k]);
		if (!is_target && is_open(&t, i, a))
			continue;
		target_describe(&t, i, trust != FRESH, &pieces);
		add_row(l, &pieces, is_target ? TARGET : ASIDE,
			trust == SPECIFIED ? SPECIFIED_COUNT : 1);
		if (trust != SPECIFIED)
			continue;
		target_describe(&t, i, false, &pieces);
		add_row(l, &pieces, is_target ? TARGET : ASIDE, SPECIFIED_COUNT);
	}
}

static void learn_file(struct learner *l, const char *path, enum trust trust)
{
	struct view content, line, column[4];
	struct answer a;

	if (file_read(&l->arena, path, FILE_MAX, &content) < 0)
		give_up("cannot read ", path);
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
		learn_line(l, column[1], &a, trust);
	}
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

static void print(const float *weights)
{
	float most = 0;

	for (size_t i = 0; i < TARGET_COLUMNS; i++)
		most = fmaxf(most, fabsf(weights[linear_fit_at(TARGET_COLUMNS, i, TARGET)]));
	printf("/* Made by contrib/learn; see there. */\n"
	       "#define TARGET_SCALE %.6ff\n"
	       "static const int8_t target_weights[TARGET_COLUMNS] = {",
	       (double)(most / BYTE_MAX));
	for (size_t i = 0; i < TARGET_COLUMNS; i++) {
		float w = weights[linear_fit_at(TARGET_COLUMNS, i, TARGET)];

		printf("%s%ld,", i % PER_LINE ? "" : "\n", lrintf(w / most * BYTE_MAX));
	}
	printf("\n};\n");
}

static void fit(struct learner *l)
{
	struct fit_options options = {
	    .cost = COST, .tolerance = 0.01f, .rounds = ROUNDS, .n_threads = 1};
	size_t size = linear_fit_size(TARGET_COLUMNS, LABELS) * sizeof(float);
	float *weights = aligned_alloc(64, (size + 63) / 64 * 64);
	struct fit_data data = {.nodes = l->nodes.items,
				.at = l->at.items,
				.labels = l->labels.items,
				.counts = l->counts.items,
				.n_rows = l->labels.n,
				.n_columns = TARGET_COLUMNS,
				.n_labels = LABELS};

	if (!weights)
		die_oom(size);
	memset(weights, 0, size);
	linear_fit(&data, &options, weights);
	print(weights);
	fprintf(stderr, "%zu places\n", l->labels.n);
	free(weights);
}

int main(int argc, char **argv)
{
	static struct learner l;
	struct term_table *terms;
	struct fault why;
	enum trust trust = FRESH;

	if (argc < 4)
		give_up("which files? See the head of targets.c", "");
	/* The same bits on every processor. */
	linear_fit_is_plain = true;
	arena_init(&l.arena, 1 << 20);
	arena_init(&l.scratch, 1 << 16);
	if (catalog_load(&l.arena, argv[1], &l.catalog, &why) < 0 ||
	    region_table_load(&l.arena, argv[2], &l.regions, &why) < 0)
		give_up(why.text, "");
	terms = term_table_new(&l.catalog);
	l.places = gazetteer_new(&l.regions, &l.catalog, NULL, 0);
	l.lens = (struct lens){NULL, terms, &l.catalog};
	*vec_push(&l.at) = 0;
	for (int i = 3; i < argc; i++) {
		if (argv[i][0] == '-' && strchr("rsf", argv[i][1]))
			trust = argv[i][1] == 'r' ? RULED : argv[i][1] == 's' ? SPECIFIED : FRESH;
		else
			learn_file(&l, argv[i], trust);
	}
	if (l.labels.n == 0)
		give_up("there is nothing to learn from", "");
	drop_rare(&l);
	fit(&l);
	vec_done(&l.nodes);
	vec_done(&l.at);
	vec_done(&l.labels);
	vec_done(&l.counts);
	gazetteer_free(l.places);
	term_table_free(terms);
	arena_done(&l.scratch);
	arena_done(&l.arena);
	return 0;
}
