/* SPDX-License-Identifier: Apache-2.0 */
/*
 * way.h - ways through a text, word by word, of which the cheapest is taken; for word.c and hear.c.
 */
#ifndef NLU_WAY_H
#define NLU_WAY_H

#include "nlu/word.h"

/* -log(probability) in parts of WORD_NAT. */
#define COST_STRANGE (20 * WORD_NAT) /* a sign that is no word */
#define COST_LETTERS (8 * WORD_NAT)  /* a run of letters or digits */
/* More than any way costs, for words that are none. */
#define COST_NEVER (1u << 30)

/* On the path of every question, so it takes one multiplication. */
static inline uint64_t way_step(uint64_t h, uint32_t sign)
{
	h = (h + sign + 1) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

/* In a print: longer words begin so. */
#define WAY_BEGINS 2u

static inline uint32_t way_print(uint64_t h)
{
	return ((uint32_t)(h >> 32) & ~WAY_BEGINS) | 1;
}

/*
 * The cheapest way to a place between two signs: its cost, where the last word begins (and a note
 * in the upper 8 bits of that) and which it is, as one number, so that the better of two is the
 * smaller and nothing has to be guessed.
 */
typedef uint64_t way;
#define WAY_NONE UINT64_MAX

static inline void way_offer(way *end, const way *start, uint32_t from, uint32_t cost, uint32_t id)
{
	way w = ((*start >> 32) + cost) << 32 | from << 16 | id;

	*end = w < *end ? w : *end;
}

static inline uint32_t way_from(way w)
{
	return (uint32_t)w >> 16 & 0xff;
}

static inline uint32_t way_note(way w)
{
	return (uint32_t)w >> 24;
}

static inline uint16_t way_id(way w)
{
	return (uint16_t)w;
}

/* The hash of sign i and the next. */
static inline uint64_t way_pair(const struct signs *s, uint32_t i)
{
	return way_step(way_step(0, s->items[i]), s->items[i + 1]);
}

/* Words of two signs and more that begin at sign i, which is not the last. */
static inline void way_offer_words(const struct word_index *x, const struct signs *s, uint32_t i,
				   way *ways)
{
	uint64_t h = way_pair(s, i);

	for (uint32_t j = i + 1;;) {
		struct bucket_found f =
		    bucket_find(x->slots, (uint32_t)h, x->mask, way_print(h), WAY_BEGINS);
		uint32_t id = f.value >> 16;

		way_offer(&ways[j + 1], &ways[i], i, id ? f.value & 0xffff : COST_NEVER, id);
		if (!(f.print & WAY_BEGINS) || ++j >= s->n || j == i + WORD_LONGEST)
			break;
		h = way_step(h, s->items[j]);
	}
}

/* All that is written at sign i: a run of letters, the sign by itself, words. */
static inline __attribute__((always_inline)) void
way_offer_all(const struct word_index *x, const struct signs *s, uint32_t i, way *ways)
{
	const struct word_sign *sign = &x->signs[s->items[i]];

	if (s->items[i] < 128 && s->items[i] != ' ') {
		uint32_t end = i + 1;

		while (end < s->n && s->items[end] < 128 && s->items[end] != ' ')
			end++;
		way_offer(&ways[end], &ways[i], i, COST_LETTERS, 0);
	}
	way_offer(&ways[i + 1], &ways[i], i, sign->cost, sign->id);
	if (i + 1 < s->n)
		way_offer_words(x, s, i, ways);
}

static inline void ways_begin(way *ways, uint32_t n)
{
	ways[0] = 0;
	for (uint32_t i = 1; i <= n; i++)
		ways[i] = WAY_NONE;
}

#endif
