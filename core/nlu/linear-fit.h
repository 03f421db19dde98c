/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear-fit.h - weights for one label against the rest, for all labels at once.
 *
 * A support vector machine with squared hinge by dual coordinate descent (Hsieh and others 2008).
 * Labels stand side by side in the lanes of a vector, so that an example is read once for
 * LINEAR_FIT_LANES of them. Every lane is reckoned by itself and in one order, without fused
 * operations: the same data give the same bits, whatever the processor and however many threads.
 */
#ifndef NLU_LINEAR_FIT_H
#define NLU_LINEAR_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINEAR_FIT_LANES 16

struct fit_node {
	uint32_t column;
	float value;
};

/*
 * Rows that are judged by what others teach, for each of some parts of the rows in turn: weights
 * that learnt from all rows forget those of the part, and look at the others a few more times.
 */
struct fit_judged {
	const uint8_t *parts; /* one a row of the data */
	unsigned n_parts;     /* those of the parts 0 .. n_parts - 1 are judged */
	unsigned rounds;      /* over the others */
	/* What is judged: as in struct fit_data, with a part of its own each. */
	const struct fit_node *nodes;
	const uint32_t *at;
	const uint8_t *parts_of_judged;
	size_t n_rows;
	float *margins; /* [n_rows][linear_fit_stride()], filled in */
};

/* Row i is nodes[at[i]] up to nodes[at[i + 1]]; a bias is a column that all rows have. */
struct fit_data {
	const struct fit_node *nodes;
	const uint32_t *at;
	const uint32_t *labels; /* 0 .. n_labels - 1 */
	/* A second label of rows of label l: kin[l], n_labels or more: none. NULL: none has. */
	const uint32_t *kin;
	/* What a row counts for, against 1; NULL: all count alike. */
	const float *counts;
	size_t n_rows, n_columns, n_labels;
	const struct fit_judged *judged; /* NULL: nothing is */
};

struct fit_options {
	float cost;      /* of what is wrong, against long weights */
	float tolerance; /* a round in which nothing strays further is the last */
	unsigned rounds; /* at most */
	unsigned n_threads;
};

/* Labels, padded to whole vectors. */
static inline size_t linear_fit_stride(size_t n_labels)
{
	return (n_labels + LINEAR_FIT_LANES - 1) / LINEAR_FIT_LANES * LINEAR_FIT_LANES;
}
/* How many weights there are for so many columns and labels. */
size_t linear_fit_size(size_t n_columns, size_t n_labels);
/* Where the weight of a column for a label is. */
static inline size_t linear_fit_at(size_t n_columns, size_t column, size_t label)
{
	return (label / LINEAR_FIT_LANES * n_columns + column) * LINEAR_FIT_LANES +
	       label % LINEAR_FIT_LANES;
}
/* Fills in weights[linear_fit_size()], aligned to 64 bytes. */
void linear_fit(const struct fit_data *data, const struct fit_options *options, float *weights);

/* For tests: use plain C in place of what the processor offers. */
extern bool linear_fit_is_plain;

#endif
