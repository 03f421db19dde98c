/* SPDX-License-Identifier: Apache-2.0 */
/* shape.c - comparing what two characters are built of. */
#include "text/shape.h"

#include "text/han.h"

#define LETTERS_MAX 6

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

bool shape_is_alike(uint32_t a, uint32_t b)
{
	uint32_t packed_a = letters_of(a), packed_b = letters_of(b);
	uint8_t of_a[LETTERS_MAX], of_b[LETTERS_MAX];
	unsigned n_a, n_b, larger, n;

	/* Most have nothing in common. */
	if (a == b || !(letter_set(packed_a) & letter_set(packed_b)))
		return false;
	n_a = spell(packed_a, of_a);
	n_b = spell(packed_b, of_b);
	larger = n_a > n_b ? n_a : n_b;
	n = count_common(of_a, n_a, of_b, n_b);
	return n >= 2 && 5 * n >= 3 * larger;
}
