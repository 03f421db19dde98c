/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lanes.h - four numbers at a time, for the few rows of labels that a question goes through.
 *
 * Plain operations, never fused, in one order: the same bits on every processor.
 */
#ifndef NLU_LANES_H
#define NLU_LANES_H

#include <stddef.h>
#include <stdint.h>

#define LANES 4 /* what every processor has; of wider ones, comparisons are done one by one */
/* So many numbers in whole vectors. */
#define LANES_PADDED(n) (((n) + LANES - 1) / LANES * LANES)

typedef float four __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int32_t four_whole __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

/* The largest of x[n], which is at least `least`. */
static inline float lanes_max(const float *x, size_t n, float least)
{
	four max = (four){0} + least;
	size_t k = 0;

	for (; k + LANES <= n; k += LANES) {
		four v = *(const four *)(const void *)(x + k);
		four_whole is_more = v > max;

		max = (four)(((four_whole)v & is_more) | ((four_whole)max & ~is_more));
	}
	for (; k < n; k++)
		max[0] = x[k] > max[0] ? x[k] : max[0];
	for (int i = 1; i < LANES; i++)
		max[0] = max[i] > max[0] ? max[i] : max[0];
	return max[0];
}

/* out[n] = sums[n] * scale[n] * share + bias[n] */
static inline void lanes_scale(const int32_t *sums, const float *scale, const float *bias,
			       float share, size_t n, float *out)
{
	size_t k = 0;

	for (; k + LANES <= n; k += LANES) {
		four x =
		    __builtin_convertvector(*(const four_whole *)(const void *)(sums + k), four);

		x = x * *(const four *)(const void *)(scale + k) * share;
		*(four *)(void *)(out + k) = x + *(const four *)(const void *)(bias + k);
	}
	for (; k < n; k++)
		out[k] = (float)sums[k] * scale[k] * share + bias[k];
}

#endif
