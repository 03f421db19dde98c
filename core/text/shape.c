/* SPDX-License-Identifier: Apache-2.0 */
/* shape.c - comparing what two characters are built of. */
#include "text/shape.h"

#include "text/han.h"

#define LETTERS_MAX 6
#define CORNERS     4

static uint32_t letters_of(uint32_t cp)
{
	return han_in_table(cp) ? han_builds[cp - HAN_TABLE_FIRST] : 0;
}

/* The letters, the last one first. */
static unsigned spell(uint32_t packed, uint8_t *out)
{
	unsigned n = 0;

	for (; packed && n < LETTERS_MAX; packed >>= 5)
		out[n++] = packed & 31;
	return n;
}

/* A bit for each letter, wherever it stands. */
static uint32_t letter_set(uint32_t packed)
{
	uint32_t set = 0;

	for (; packed; packed >>= 5)
		set |= UINT32_C(1) << (packed & 31);
	return set;
}

/* How many letters of `a` are in `b` in the same order, at most. */
static unsigned count_common(const uint8_t *a, unsigned n_a, const uint8_t *b, unsigned n_b)
{
	uint8_t row[LETTERS_MAX + 1] = {0};

	for (unsigned i = 0; i < n_a; i++) {
		uint8_t corner = 0;

		for (unsigned j = 1; j <= n_b; j++) {
			uint8_t above = row[j];

			if (a[i] == b[j - 1])
				row[j] = corner + 1;
			else if (row[j - 1] > above)
				row[j] = row[j - 1];
			corner = above;
		}
	}
	return row[n_b];
}

struct build {
	uint8_t letters[LETTERS_MAX];
	unsigned n;
};

/* How many letters both share; 0 if it is one character. */
static unsigned compare(uint32_t a, uint32_t b, struct build *of_a, struct build *of_b)
{
	uint32_t packed_a = letters_of(a), packed_b = letters_of(b);

	/* Most have nothing in common. */
	if (a == b || !(letter_set(packed_a) & letter_set(packed_b)))
		return 0;
	of_a->n = spell(packed_a, of_a->letters);
	of_b->n = spell(packed_b, of_b->letters);
	return count_common(of_a->letters, of_a->n, of_b->letters, of_b->n);
}

static unsigned larger_of(const struct build *a, const struct build *b)
{
	return a->n > b->n ? a->n : b->n;
}

static bool is_most(unsigned n, unsigned larger)
{
	return n >= 2 && 5 * n >= 3 * larger;
}

bool shape_is_alike(uint32_t a, uint32_t b)
{
	struct build of_a, of_b;
	unsigned n = compare(a, b, &of_a, &of_b);

	return n && is_most(n, larger_of(&of_a, &of_b));
}

/* Digits that differ; all four if one of both is not known. */
static unsigned compare_corners(uint32_t a, uint32_t b)
{
	unsigned of_a = han_in_table(a) ? han_corners[a - HAN_TABLE_FIRST] : 0,
		 of_b = han_in_table(b) ? han_corners[b - HAN_TABLE_FIRST] : 0, n = 0;

	if (!of_a || !of_b)
		return CORNERS;
	of_a--;
	of_b--;
	for (unsigned i = 0; i < CORNERS; i++, of_a /= 10, of_b /= 10)
		n += of_a % 10 != of_b % 10;
	return n;
}

enum shape_likeness shape_compare(uint32_t a, uint32_t b)
{
	struct build of_a, of_b;
	unsigned n = compare(a, b, &of_a, &of_b), corners, larger = 0, smaller = 0;

	if (a == b)
		return SHAPE_APART;
	if (n) {
		larger = larger_of(&of_a, &of_b);
		smaller = of_a.n + of_b.n - larger;
		if (is_most(n, larger))
			return SHAPE_ALIKE;
		if (n >= 2 && (2 * n >= larger || n == smaller))
			return SHAPE_REMINDS;
	}
	corners = compare_corners(a, b);
	if (corners == 0)
		return SHAPE_REMINDS;
	/* The first letter, which is spelt last: the component on the left. */
	return n && (corners == 1 ||
		     (corners == 2 && of_a.letters[of_a.n - 1] == of_b.letters[of_b.n - 1]))
		   ? SHAPE_REMINDS
		   : SHAPE_APART;
}
