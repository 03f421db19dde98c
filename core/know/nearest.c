/* SPDX-License-Identifier: Apache-2.0 */
/* nearest.c - the optimal string alignment distance, in bytes: the names are ASCII ids and keys. */
#include "know/nearest.h"

#define LONGEST 64

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t edit_distance(struct view a, struct view b, size_t cap)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *above = rows[1], *now = rows[2];

	if (view_eq(a, b))
		return 0;
	if (a.len > LONGEST || b.len > LONGEST ||
	    (a.len > b.len ? a.len - b.len : b.len - a.len) >= cap)
		return cap;
	for (size_t j = 0; j <= b.len; j++)
		above[j] = before[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *turned = before;

		now[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			now[j] = least(least(above[j], now[j - 1]) + 1,
				       above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]));
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
			    a.ptr[i - 2] == b.ptr[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
		before = above;
		above = now;
		now = turned;
	}
	return least(above[b.len], cap);
}

static size_t common_begin(struct view a, struct view b)
{
	size_t n = 0;

	while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
		n++;
	return n;
}

bool nearest_offer(struct nearest *n, struct view name)
{
	size_t d = edit_distance(n->wrong, name, n->distance + 1);

	if (d > n->distance)
		return false;
	if (d == n->distance &&
	    (!n->best.ptr || common_begin(n->wrong, name) <= common_begin(n->wrong, n->best)))
		return false;
	n->distance = d;
	n->best = name;
	return true;
}

struct view nearest_of(struct view wrong, const char *const *names, size_t n_names)
{
	struct nearest n = NEAREST_INIT(wrong);

	for (size_t i = 0; i < n_names; i++)
		nearest_offer(&n, view_of(names[i]));
	return n.best;
}
