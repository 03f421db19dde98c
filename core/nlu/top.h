/* SPDX-License-Identifier: Apache-2.0 */
/*
 * top.h - the largest of some numbers, and which they are, without a branch that has to be guessed.
 *
 * A number and its place make one whole number that is in the same order; of equal ones the first
 * is the larger.
 */
#ifndef NLU_TOP_H
#define NLU_TOP_H

#include <string.h>

#include "nlu/lanes.h"

#define TOP_MOST 6

/* Places of numbers, that of the largest first; as many as there are, at most TOP_MOST, and 0
 * behind them. */
struct top {
	uint32_t places[TOP_MOST], n;
};

static inline __attribute__((always_inline)) void top_add(int64_t *keys, float x, uint32_t at)
{
	int32_t bits;
	int64_t key;

	memcpy(&bits, &x, sizeof(bits));
	bits ^= bits >> 31 & INT32_MAX;
	key = (int64_t)bits * ((int64_t)1 << 32) + (int64_t)(uint32_t)~at;
#pragma GCC unroll 6
	for (int i = 0; i < TOP_MOST; i++) {
		int64_t more = keys[i] > key ? keys[i] : key, less = keys[i] > key ? key : keys[i];

		keys[i] = more;
		key = less;
	}
}

/* Of x[n]; where one is no number there may be fewer. */
static inline void top_find(const float *x, size_t n, struct top *ret)
{
	float floor = lanes_sixth(x, n);
	int64_t keys[TOP_MOST];
	uint32_t n_near = 0;

	for (int i = 0; i < TOP_MOST; i++)
		keys[i] = INT64_MIN;
	for (size_t from = 0; from < n; from += 64) {
		size_t size = n - from < 64 ? n - from : 64;

		for (uint64_t bits = lanes_from(x + from, size, floor); bits; bits &= bits - 1) {
			size_t k = from + (size_t)__builtin_ctzll(bits);

			top_add(keys, x[k], (uint32_t)k);
			n_near++;
		}
	}
	ret->n = n_near < TOP_MOST ? n_near : TOP_MOST;
	for (uint32_t i = 0; i < TOP_MOST; i++)
		ret->places[i] = i < ret->n ? ~(uint32_t)keys[i] : 0;
}

#endif
