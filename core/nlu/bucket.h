/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bucket.h - a table of prints in which looking takes one line of memory and hardly a guess.
 *
 * Eight prints stand beside each other, filled from the front, and then what each stands for; they
 * are compared all at once. What a full bucket has no room for is in the next.
 */
#ifndef NLU_BUCKET_H
#define NLU_BUCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define BUCKET_PLACES 8

struct bucket {
	uint32_t prints[BUCKET_PLACES]; /* 0: free */
	uint32_t values[BUCKET_PLACES];
};

/* So many buckets are enough for n prints: a power of two, and few are full. */
static inline uint32_t buckets_for(size_t n)
{
	uint32_t count = 1;

	while ((uint64_t)count * BUCKET_PLACES * 5 / 8 <= n)
		count *= 2;
	return count;
}

/* Empty ones, each in a line of its own. */
static inline struct bucket *buckets_make(struct arena *a, uint32_t n)
{
	uintptr_t at = (uintptr_t)ARENA_ARRAY(a, (size_t)n + 1, struct bucket);

	return (struct bucket *)((at + sizeof(struct bucket) - 1) / sizeof(struct bucket) *
				 sizeof(struct bucket));
}

/* True if looking ends somewhere. */
static inline bool buckets_end(const struct bucket *table, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (table[i].prints[BUCKET_PLACES - 1] == 0)
			return true;
	return false;
}

/* A bit for each place that has the print; bits of it that are in `ignored` do not count. */
static inline uint32_t bucket_match(const struct bucket *b, uint32_t print, uint32_t ignored)
{
#if defined(__SSE2__)
	const __m128i *p = (const __m128i *)(const void *)b->prints;
	const __m128i what = _mm_set1_epi32((int)print), mask = _mm_set1_epi32((int)~ignored);
	__m128i low = _mm_cmpeq_epi32(_mm_and_si128(_mm_loadu_si128(p), mask), what);
	__m128i high = _mm_cmpeq_epi32(_mm_and_si128(_mm_loadu_si128(p + 1), mask), what);

	low = _mm_packs_epi32(low, high);
	return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(low, low)) & 0xff;
#else
	uint32_t found = 0;

	for (uint32_t i = 0; i < BUCKET_PLACES; i++)
		found |= (uint32_t)((b->prints[i] & ~ignored) == print) << i;
	return found;
#endif
}

/* The print as it stands in the table, and its value; both 0 if it is nowhere. */
struct bucket_found {
	uint32_t print, value;
};

/* Looking from a bucket on. Whether it is found at all is nothing that has to be guessed. */
static inline __attribute__((always_inline)) struct bucket_found
bucket_find(const struct bucket *table, uint32_t at, uint32_t mask, uint32_t print,
	    uint32_t ignored)
{
	const struct bucket *b = &table[at & mask];
	uint32_t bits = bucket_match(b, print, ignored), place, all;

	while ((bits == 0) & (b->prints[BUCKET_PLACES - 1] != 0)) {
		b = &table[++at & mask];
		bits = bucket_match(b, print, ignored);
	}
	place = (uint32_t)__builtin_ctz(bits | 1u << (BUCKET_PLACES - 1));
	all = 0u - (bits != 0);
	return (struct bucket_found){b->prints[place] & all, b->values[place] & all};
}

/* Where it is, or where it can be put. */
static inline struct bucket *bucket_place(struct bucket *table, uint32_t at, uint32_t mask,
					  uint32_t print, uint32_t ignored, uint32_t *ret_place)
{
	for (;; at++) {
		struct bucket *b = &table[at & mask];

		for (uint32_t i = 0; i < BUCKET_PLACES; i++)
			if (!b->prints[i] || (b->prints[i] & ~ignored) == print) {
				*ret_place = i;
				return b;
			}
	}
}

#endif
