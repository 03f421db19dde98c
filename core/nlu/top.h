/* SPDX-License-Identifier: Apache-2.0 */
/*
 * top.h - the largest of some numbers, and which they are, without a branch that has to be guessed.
 *
 * A number and its place make one whole number that is in the same order; of equal ones the first
 * is the larger.
 */
#ifndef NLU_TOP_H
#define NLU_TOP_H

#include <stdint.h>
#include <string.h>

#define TOP_NONE INT64_MIN /* fill top[n] with it before the first number */

/* top[n], largest first, with x at place `at` added. */
static inline __attribute__((always_inline)) void top_add(int64_t *top, int n, float x, uint32_t at)
{
	int32_t bits;
	int64_t key;

	memcpy(&bits, &x, sizeof(bits));
	bits ^= bits >> 31 & INT32_MAX;
	key = (int64_t)bits * ((int64_t)1 << 32) + (int64_t)(uint32_t)~at;
	for (int i = 0; i < n; i++) {
		int64_t more = top[i] > key ? top[i] : key, less = top[i] > key ? key : top[i];

		top[i] = more;
		key = less;
	}
}
static inline uint32_t top_place(int64_t key)
{
	return ~(uint32_t)key;
}

#endif
