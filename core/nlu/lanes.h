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
/* So many numbers in whole vectors. */
#define LANES_PADDED(n) (((n) + LANES - 1) / LANES * LANES)

typedef float four __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int32_t four_whole __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

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

/* The largest of x[n], which is at least `least`. */
static inline float lanes_max(const float *x, size_t n, float least)
{
	four max = (four){0} + least, also = max;
	size_t k = 0;

	for (; k + 2 * LANES <= n; k += 2 * LANES) {
		max = lanes_larger(lanes_at(x + k), max);
		also = lanes_larger(lanes_at(x + k + LANES), also);
	}
	max = lanes_larger(max, also);
	for (; k < n; k++)
		max[0] = x[k] > max[0] ? x[k] : max[0];
	for (int i = 1; i < LANES; i++)
		max[0] = max[i] > max[0] ? max[i] : max[0];
	return max[0];
}

static inline void lanes_rank(float v, float *top)
{
	top[1] = v > top[0] ? top[0] : v > top[1] ? v : top[1];
	top[0] = v > top[0] ? v : top[0];
}

/* The two largest of x[n] and top[2], into top[2]; largest first. */
static inline void lanes_top(const float *x, size_t n, float *top)
{
	four first = (four){0} - 1e30f, second = first;
	size_t k = 0;

	for (; k + LANES <= n; k += LANES) {
		four v = lanes_at(x + k);

		second = lanes_larger(second, lanes_smaller(first, v));
		first = lanes_larger(first, v);
	}
	for (int i = 0; i < LANES; i++) {
		lanes_rank(first[i], top);
		lanes_rank(second[i], top);
	}
	for (; k < n; k++)
		lanes_rank(x[k], top);
}

/* The first place from `from` on where x[n] is this; n if there is none. */
static inline size_t lanes_find(const float *x, size_t n, float what, size_t from)
{
	for (; from + LANES <= n; from += LANES) {
		uint32_t bits = lanes_bits(lanes_at(x + from) == (four){0} + what);

		if (bits)
			return from + (size_t)__builtin_ctz(bits);
	}
	while (from < n && x[from] != what)
		from++;
	return from;
}

/* A bit for each of x[n], which ends on a whole vector, that is above a floor; gives how many. */
static inline uint32_t lanes_above(const float *x, size_t n, float floor, uint64_t *ret_bits)
{
	uint32_t n_above = 0;

	for (size_t from = 0; from < n; from += 64) {
		size_t end = n - from < 64 ? n - from : 64;
		uint64_t bits = 0;

		for (size_t k = 0; k < end; k += LANES)
			bits |= (uint64_t)lanes_bits(lanes_at(x + from + k) > (four){0} + floor)
				<< k;
		bits &= UINT64_MAX >> (64 - end);
		ret_bits[from / 64] = bits;
		n_above += (uint32_t)__builtin_popcountll(bits);
	}
	return n_above;
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
