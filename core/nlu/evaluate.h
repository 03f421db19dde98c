/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evaluate.h - how well the model does on questions it has not seen; what `wenlu eval` prints.
 *
 * Works on any label<TAB>text lines (further columns and lines that start with # are ignored, but
 * the third column is taken as a style). A label "out_of_scope" is the class of everything else.
 * With regions and a catalogue questions are read as the server reads them, else as plain text.
 */
#ifndef NLU_EVALUATE_H
#define NLU_EVALUATE_H

#include "base/arena.h"
#include "base/error.h"
#include "nlu/understand.h"

struct labelled {
	struct view label, text, style;
};
struct labelled_set {
	struct labelled *items;
	size_t n;
};

/* Add the lines of a file to the set, in the arena. 0, or -errno with *why. */
int labelled_read(struct arena *a, const char *path, struct labelled_set *set, struct fault *why);
/* Every example of the catalogue. */
void labelled_from_catalog(struct arena *a, const struct catalog *catalog,
			   struct labelled_set *set);

struct evaluate_options {
	const struct labelled_set *train;
	const struct labelled_set *test; /* NULL: cross-validate `train` in `folds` parts */
	unsigned folds;
	const struct region_table *regions; /* NULL: places are words like others */
	const struct gazetteer_extra *extras;
	size_t n_extras;
	const struct catalog *catalog; /* for the words of matters; NULL: none */
	const char *tier;              /* "linear", "fast", "accurate"; NULL: linear */
	/* For tiers better than the linear one: the language model, and where to keep what was
	 * made of it. Both may be NULL. */
	const char *language_model, *cache_dir;
	/* Learn every second label only (in the order of their names); the others are out of scope.
	 */
	bool unseen_half;
	/* Called now and then with how much is done (0 .. 1); may be NULL. */
	void (*progress)(void *data, double done);
	void *data;
};

struct prediction {
	uint32_t gold, predicted, second; /* labels */
	float confidence;                 /* of the predicted label       */
	float inside;                     /* 1 - that of out_of_scope     */
	float likeness;                   /* to anything that was learnt, see model.h */
	float micros;                     /* of reading and scoring it    */
	enum nlu_decision decision;
	bool has_places, is_placed; /* it is known what places are meant; they were found */
	struct view text;
	struct view style;
};

struct label_score {
	struct view label;
	bool is_outside; /* out_of_scope, or never seen in training */
	size_t n_gold, n_predicted, n_right;
	double precision, recall, f1;
};

struct style_score {
	struct view style;
	size_t n, n_right, n_sure;
	size_t n_places, n_placed; /* of whom the places are known, and were found */
};

#define EVALUATE_BINS 10

struct evaluation {
	double accuracy, macro_f1;
	struct prediction *predictions; /* in the order of the test */
	size_t n;
	struct label_score *labels; /* sorted by label */
	size_t n_labels;
	struct style_score *styles; /* in the order of appearance */
	size_t n_styles;
	uint32_t *confusion; /* [gold * n_labels + predicted] */
	struct {
		size_t n, n_right;
		double confidence; /* their sum */
	} bins[EVALUATE_BINS];     /* the calibration curve */
	/* Out of scope: how many were answered, and asked back; and the same for the others. */
	size_t n_outside, n_outside_answered, n_outside_asked;
	size_t n_inside, n_inside_answered, n_inside_right, n_inside_asked;
	bool has_outside;     /* out_of_scope was learnt: `inside` tells, else `likeness` */
	double outside_auroc; /* of that as a detector; -1 if nothing is out of scope            */
	/* The whole of reading and scoring one question, microseconds. */
	double latency_p50, latency_p99, latency_mean;
	size_t model_bytes, n_features;
	double train_seconds; /* of one training */
	const char *tier;
};

/* Train, ask, count; everything in the arena. 0 or -errno with *why. */
int evaluate(struct arena *a, const struct evaluate_options *options, struct evaluation *ret,
	     struct fault *why);
/*
 * Count again, from predictions[n] and the labels (label, is_outside) alone: for a part of the
 * predictions, or for those that somebody else made. Leaves model_bytes to tier as they are.
 */
void evaluation_count(struct arena *a, struct evaluation *e);
/* How surely a question is held to be in scope: what the decision to answer rests on. */
float evaluation_inside(const struct evaluation *e, const struct prediction *p);

#endif
