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
#include <stdio.h>
#include <string.h>

#include "contrib/learners/learner.h"
#include "nlu/target.h"

/* What a file is to the rules; see contrib/learn. */
enum trust { FRESH, RULED, SPECIFIED };
#define SPECIFIED_COUNT 0.5f

static bool is_meant(const struct target_text *t, size_t group, const struct region *r)
{
	const struct target_group *g = &t->groups[group];
	const struct mention *m = &t->s->found[g->to - 1];

	for (size_t i = 0; i < m->n_candidates; i++)
		if (m->candidates[i] == r)
			return true;
	return region_lies_in(r, g->region);
}

/* A part of what is asked about, named beside it, may as well have been meant. */
static bool is_open(const struct target_text *t, size_t group, const struct answer *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (region_lies_in(t->groups[group].region, a->places[i]))
			return true;
	return false;
}

static void add_group(struct learner *l, const struct target_text *t, size_t group, bool is_target,
		      bool is_blind, float count)
{
	struct target_pieces pieces;

	target_describe(t, group, is_blind, &pieces);
	learner_add(l, &(struct learner_row){.firm = pieces.firm,
					     .n_firm = pieces.n_firm,
					     .grams = pieces.grams,
					     .n_grams = pieces.n_grams,
					     .gram = TARGET_GRAM,
					     .is_yes = is_target,
					     .count = count});
}

static void learn_line(struct learner *l, struct view raw, const struct answer *a, void *data)
{
	enum trust trust = *(const enum trust *)data;
	struct target_text t;
	struct reading r;
	struct search s;

	learner_read(l, raw, &r, &s);
	mentions_find(&s);
	if (!s.n)
		return;
	target_text_begin(&s, &t);
	target_text_finish(&t);
	for (size_t i = 0; i < t.n; i++) {
		bool is_target = false;

		for (size_t k = 0; k < a->n; k++)
			is_target |= is_meant(&t, i, a->places[k]);
		if (!is_target && is_open(&t, i, a))
			continue;
		add_group(l, &t, i, is_target, trust != FRESH,
			  trust == SPECIFIED ? SPECIFIED_COUNT : 1);
		if (trust == SPECIFIED)
			add_group(l, &t, i, is_target, false, SPECIFIED_COUNT);
	}
}

int main(int argc, char **argv)
{
	static struct learner l;
	enum trust trust = FRESH;

	if (argc < 4)
		learner_give_up("which files? See the head of targets.c", "");
	learner_open(&l, argv[1], argv[2], TARGET_COLUMNS);
	for (int i = 3; i < argc; i++) {
		if (argv[i][0] == '-' && strchr("rsf", argv[i][1]))
			trust = argv[i][1] == 'r' ? RULED : argv[i][1] == 's' ? SPECIFIED : FRESH;
		else
			learner_each_line(&l, argv[i], learn_line, &trust);
	}
	learner_print(&l, "TARGET", "target_weights");
	fprintf(stderr, "%zu places\n", l.labels.n);
	learner_close(&l);
	return 0;
}
