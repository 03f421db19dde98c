/* SPDX-License-Identifier: Apache-2.0 */
/*
 * matrix.h - the few operations on rows of floats that learning spends its time in.
 *
 * The best of several versions for the processor at hand is taken at run time. One thread, no
 * state: the same input gives the same bits on the same processor.
 */
#ifndef NLU_MATRIX_H
#define NLU_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

/* c[m][n] = a[m][k] * b[k][n], or added to c; n is a multiple of 16, rows are `*_step` apart. */
struct product {
	const float *a, *b;
	float *c;
	size_t m, n, k, a_step, b_step, c_step;
	bool adds;
};
void matrix_multiply(const struct product *p);
/* to[n] += factor * from[n]; n is a multiple of 16. */
void matrix_add(float *to, const float *from, float factor, size_t n);
/* Where the largest of x[n] is, the first of equal ones; n is a multiple of 16 and not 0. */
size_t matrix_largest(const float *x, size_t n);
/* to[columns][rows] from from[rows][columns]. */
void matrix_turn(const float *from, size_t rows, size_t columns, float *to);

/* One step of Adam (Kingma and Ba 2015) with rates 0.9 and 0.999; n is a multiple of 16. */
struct adam {
	float *weights, *mean, *square;
	const float *gradient;
	size_t n;
	float rate, square_factor; /* rate / (1 - 0.9^t), 1 / (1 - 0.999^t) */
};
void matrix_adam(const struct adam *s);

#endif
