/* SPDX-License-Identifier: Apache-2.0 */
/* eval.h - the parts of `wenlu eval`: measuring (eval-run.c), and three ways to tell. */
#ifndef CLI_EVAL_H
#define CLI_EVAL_H

#include "cli/cli.h"
#include "cli/sample.h"
#include "cli/typing.h"
#include "nlu/evaluate.h"

#define EVAL_TRAIN_MAX 16

struct eval_options {
	const char *trains[EVAL_TRAIN_MAX]; /* none: the configured intents */
	size_t n_trains;
	const char *test; /* NULL: cross-validation */
	const char *config;
	unsigned folds;
	uint64_t seed;    /* of the noise */
	const char *tier; /* of a model made for the occasion; NULL: what fits the size */
	bool no_noise, hides_half, as_json;
	const char *predictions, *places, *html; /* files to write; NULL: none */
};

/* Places asked about, on questions that say which those are. */
struct eval_places {
	size_t n, n_right;
};

struct eval_rated {
	float inside;
	bool is_outside;
};

struct eval {
	const struct eval_options *o;
	struct arena arena;
	struct samples train, test;
	struct evaluation clean;
	struct evaluation noisy[TYPING_KINDS];
	bool has_noise;
	struct view *placed; /* one a line of the test: the ids found, by comma */
	struct eval_places places;
	bool is_of_places;        /* no line has a label: only places are measured */
	double calibration_error; /* mean distance of confidence and accuracy */
	struct eval_rated *rated; /* one a question of `clean`, the surest in scope first */
};

/* 0, or -errno after saying what is wrong. */
int eval_run(struct eval *e);

/* The share of in-scope questions passed at the threshold that passes `share` of the others. */
double eval_inside_at(const struct eval *e, double share);

struct confusion {
	uint32_t gold, predicted;
	size_t n;
};
/* The most frequent confusions, worst first; how many. */
size_t eval_confusions(const struct evaluation *e, struct confusion *out, size_t max);

void eval_text(const struct eval *e);
void eval_json(const struct eval *e);
/* 0, or -errno. */
int eval_html(const struct eval *e, const char *path);
int eval_predictions(const struct eval *e, const char *path);
int eval_placed(const struct eval *e, const char *path);

#endif
