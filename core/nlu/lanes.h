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

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define LANES 4 /* what every processor has; of wider ones, comparisons are done one by one */

typedef float four __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int32_t four_whole __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

/* What is worked on as eight is two of four on processors that have no more: the same comes out. */
#define LANES_WIDE 8
typedef float eight __attribute__((vector_size(LANES_WIDE * 4), aligned(4), may_alias));
typedef int32_t eight_whole __attribute__((vector_size(LANES_WIDE * 4), aligned(4), may_alias));

static inline four lanes_at(const float *x)
{
	return *(const four *)(const void *)x;
}

/* The larger of each two; no number may be none. */
static inline four lanes_larger(four a, four b)
{
#if defined(__SSE2__)
	return (four)_mm_max_ps((__m128)a, (__m128)b);
#else
	four_whole is_more = a > b;

	return (four)(((four_whole)a & is_more) | ((four_whole)b & ~is_more));
#endif
}

static inline four lanes_smaller(four a, four b)
{
#if defined(__SSE2__)
	return (four)_mm_min_ps((__m128)a, (__m128)b);
#else
	return -lanes_larger(-a, -b);
#endif
}

/* A bit for each lane of a comparison that is true. */
static inline uint32_t lanes_bits(four_whole is)
{
#if defined(__SSE2__)
	return (uint32_t)_mm_movemask_ps((__m128)is);
#else
	return ((uint32_t)is[0] & 1) | ((uint32_t)is[1] & 2) | ((uint32_t)is[2] & 4) |
	       ((uint32_t)is[3] & 8);
#endif
}

static inline float lanes_lesser(float a, float b)
{
	return a < b ? a : b;
}

static inline float lanes_greater(float a, float b)
{
	return a > b ? a : b;
}

/* A number than which at least six of x[n] are not smaller; not much smaller than the sixth. */
static inline float lanes_sixth(const float *x, size_t n)
{
	four a, b, more, less;

	if (n < 2 * LANES)
		return -1e30f;
	a = lanes_at(x);
	b = lanes_at(x + LANES);
	for (size_t k = 2 * LANES; k + 2 * LANES <= n; k += 2 * LANES) {
		a = lanes_larger(a, lanes_at(x + k));
		b = lanes_larger(b, lanes_at(x + k + LANES));
	}
	more = lanes_larger(a, b);
	less = lanes_smaller(a, b);
	/* Those four, and two of these. */
	return lanes_lesser(
	    lanes_lesser(lanes_lesser(more[0], more[1]), lanes_lesser(more[2], more[3])),
	    lanes_lesser(lanes_greater(less[0], less[1]), lanes_greater(less[2], less[3])));
}

/* A bit for each of x[n], at most 64, that is not below a floor. */
static inline uint64_t lanes_from(const float *x, size_t n, float floor)
{
	uint64_t bits = 0;
	size_t k = 0;

	for (; k + LANES <= n; k += LANES)
		bits |= (uint64_t)lanes_bits(lanes_at(x + k) >= (four){0} + floor) << k;
	for (; k < n; k++)
		bits |= (uint64_t)(x[k] >= floor) << k;
	return bits;
}

/* out[n] = sums[n] * scale[n] * share + bias[n] */
static inline void lanes_scale(const int32_t *sums, const float *scale, const float *bias,
			       float share, size_t n, float *out)
{
	size_t k = 0;

	for (; k + LANES <= n; k += LANES) {
		four x =
		    __builtin_convertvector(*(const four_whole *)(const void *)(sums + k), four);

		x = x * lanes_at(scale + k) * share;
		*(four *)(void *)(out + k) = x + lanes_at(bias + k);
	}
	for (; k < n; k++)
		out[k] = (float)sums[k] * scale[k] * share + bias[k];
}

#endif
