/* SPDX-License-Identifier: Apache-2.0 */
/* random.h - numbers that look random and are the same on every machine; for learning only. */
#ifndef NLU_RANDOM_H
#define NLU_RANDOM_H

#include "base/hash.h"

struct random {
	uint64_t state;
};

static inline uint64_t random_bits(struct random *r)
{
	return hash_mix(r->state += 0x9e3779b97f4a7c15u);
}
/* 0 .. 1, without 1. */
static inline float random_share(struct random *r)
{
	return (float)(random_bits(r) >> 40) * (1.0f / 16777216.0f);
}
/* 0 .. n - 1 */
static inline uint32_t random_below(struct random *r, uint32_t n)
{
	return (uint32_t)(((random_bits(r) >> 32) * n) >> 32);
}
/* Mean 0, deviation 1; twelve uniform numbers are normal enough. */
static inline float random_normal(struct random *r)
{
	float sum = 0;

	for (int i = 0; i < 12; i++)
		sum += random_share(r);
	return sum - 6;
}

#endif
