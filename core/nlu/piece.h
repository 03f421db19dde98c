/* SPDX-License-Identifier: Apache-2.0 */
/*
 * piece.h - what a text is made of, hashed into the columns of a small linear model (target.h,
 * doubt.h): a fact about a place, or characters beside it.
 */
#ifndef NLU_PIECE_H
#define NLU_PIECE_H

#include <stddef.h>
#include <stdint.h>

/* A piece of the kind `fact`. */
static inline uint64_t piece_begin(uint32_t fact, uint32_t variant)
{
	return ((uint64_t)fact << 8 | variant) * 0x9e3779b97f4a7c15u;
}

/* The same, longer by a character or whatever else is a number. */
static inline uint64_t piece_add(uint64_t piece, uint64_t token)
{
	return (piece ^ token) * 0xff51afd7ed558ccdu + 1;
}

/* One of 2^bits columns, at most 2^16. */
static inline uint16_t piece_column(uint64_t piece, unsigned bits)
{
	return (uint16_t)(piece * 0x9e3779b97f4a7c15u >> (64 - bits));
}

/* What `n` columns weigh together. */
static inline int32_t piece_sum(const int16_t *weights, const uint16_t *columns, size_t n)
{
	int32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += weights[columns[i]];
	return sum;
}

#endif
