/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear-rows.h - from read examples to the rows that the linear tier is fitted to.
 *
 * The examples' features are found and counted, those that enough examples have become columns, in
 * the order of their hashes, and every example a row; all of it on all processors, and what comes
 * out does not depend on how many there are.
 */
#ifndef NLU_LINEAR_ROWS_H
#define NLU_LINEAR_ROWS_H

#include "base/arena.h"
#include "nlu/linear-fit.h"
#include "nlu/tier.h"

struct row_rules {
	struct feature_rules features;
	float view_weight[FEATURE_VIEWS];
	/* Every so many examples one is learnt once more as it would be typed in letters: with its
	 * sounds alone. 0: none. */
	unsigned typed_every;
	/* A feature that fewer examples have is left out. */
	unsigned min_count;
};

struct linear_rows {
	size_t n_columns;       /* the bias is one more, behind them */
	const uint64_t *hashes; /* by column */
	const float *idf;
	struct fit_data data;     /* of columns with the bias; no kin */
	struct fit_judged judged; /* rows, parts and margins; those that are judged … */
	const uint32_t *examples; /* … are these */
};

/* In the arena, but for what linear_rows_done() frees; `parts` may be NULL. */
void linear_rows_make(struct arena *a, const struct train_set *set, const struct row_rules *rules,
		      const struct train_parts *parts, struct linear_rows *ret);
void linear_rows_done(struct linear_rows *r);

#endif
