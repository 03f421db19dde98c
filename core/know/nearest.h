/* SPDX-License-Identifier: Apache-2.0 */
/* nearest.h - "did you mean …?": the name nearest in spelling to a wrong one. */
#ifndef KNOW_NEAREST_H
#define KNOW_NEAREST_H

#include <stdbool.h>

#include "base/view.h"

/* The best so far; start with NEAREST_INIT(wrong) and offer every name that would be right. */
struct nearest {
	struct view wrong;
	struct view best; /* ptr NULL: nothing is near */
	size_t distance;  /* of best; a name must be nearer than this */
};
#define NEAREST_INIT(view_)                                                          \
	{                                                                            \
		.wrong = (view_), .best = {NULL, 0}, .distance = (view_).len / 3 + 2 \
	}

/*
 * True if `name` is nearer than all before (it is `best` now). Of names equally near the one that
 * begins with more of the wrong one's letters is taken (permit.time: permit.timing, not
 * permit.fee), else the earliest.
 */
bool nearest_offer(struct nearest *n, struct view name);
/* The nearest of n_names C strings; an empty view if none is near. */
struct view nearest_of(struct view wrong, const char *const *names, size_t n_names);

/*
 * Bytes to insert, delete, replace or swap with a neighbour to make `b` of `a`; `cap` if it is that
 * many or more, or if one of them is longer than 64 bytes and they are not equal.
 */
size_t edit_distance(struct view a, struct view b, size_t cap);

#endif
