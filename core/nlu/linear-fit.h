/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear-fit.h - the one call into liblinear, behind plain types (its struct problem is not ours).
 */
#ifndef NLU_LINEAR_FIT_H
#define NLU_LINEAR_FIT_H

#include <stddef.h>
#include <stdint.h>

/* A feature of an example; a row of them ends in column -1. Columns count from 1. */
struct fit_node {
	int column;
	double value;
};

struct fit_data {
	struct fit_node **rows;
	const double *labels; /* 0 .. n_labels - 1 */
	size_t n_rows, n_columns, n_labels;
};

struct fit_options {
	int solver; /* liblinear's number */
	double cost, tolerance;
};

/*
 * One label against the rest. weights[(column - 1) * n_labels + label]; a label without examples
 * gets `absent` in the last column, which is the bias. The same data give the same weights.
 */
void linear_fit(const struct fit_data *data, const struct fit_options *options, double absent,
		double *weights);

#endif
