/* SPDX-License-Identifier: Apache-2.0 */
/*
 * learner.h - what the programs behind contrib/learn share: the content, files of questions, rows
 * of hashed pieces, and the weights that tell two kinds of them apart.
 *
 * Whatever goes wrong ends the program with 2 and a message.
 */
#ifndef LEARNER_H
#define LEARNER_H

#include "base/vec.h"
#include "nlu/feature.h"
#include "nlu/gazetteer.h"
#include "nlu/linear-fit.h"

#define LEARNER_COLUMNS_MAX (1u << 16)

struct learner {
	const char *program;
	struct arena arena, scratch;
	struct region_table regions;
	struct catalog catalog;
	struct lens lens; /* without places: they are found step by step */
	struct gazetteer *places;
	struct term_table *terms;
	uint32_t n_columns;
	VEC(struct fit_node) nodes;
	VEC(uint32_t) at, labels;
	VEC(float) counts;
	uint32_t seen[LEARNER_COLUMNS_MAX]; /* how many rows have the column */
};

/* The places that a question asks about. */
struct answer {
	const struct region *places[LIMIT_MENTIONS];
	size_t n;
};

_Noreturn void learner_give_up(const char *what, const char *more);
void learner_open(struct learner *l, const char *intents, const char *regions, uint32_t n_columns);
void learner_close(struct learner *l);

/* The question as the search for places begins with it: in the scratch arena, which is emptied. */
void learner_read(struct learner *l, struct view raw, struct reading *r, struct search *ret);

/* Every line of a file as `wenlu eval --test` takes it that says which places are meant. */
typedef void learner_line_fn(struct learner *l, struct view text, const struct answer *a,
			     void *data);
void learner_each_line(struct learner *l, const char *path, learner_line_fn *fn, void *data);

/* A row: columns that count 1, columns that count `gram`, and which of both kinds it is. */
struct learner_row {
	const uint16_t *firm, *grams;
	size_t n_firm, n_grams;
	float gram;
	bool is_yes;
	float count; /* against other rows */
};
void learner_add(struct learner *l, const struct learner_row *row);
/* Fit, and print the weights as C: NAME_SCALE, and the bytes of name_weights. */
void learner_print(struct learner *l, const char *macro, const char *array);

#endif
