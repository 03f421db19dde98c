/* SPDX-License-Identifier: Apache-2.0 */
/*
 * alike.h - which questions are alike: character n-grams, weighed by how rare they are.
 *
 * Likeness is the cosine of the two sets of one to three characters, 0 .. 1. Punctuation and
 * blanks do not count, nor does the way of writing (text/fold.h).
 */
#ifndef CLI_ALIKE_H
#define CLI_ALIKE_H

#include "base/arena.h"
#include "nlu/mention.h"

struct alike_text {
	uint64_t key; /* the same for texts that are the same after folding */
	const uint64_t *grams;
	size_t n_grams;
	double length;
};

struct alike {
	struct alike_text *texts;
	size_t n, max;
	struct alike_post *posts; /* by gram */
	size_t n_posts;
	double *sums; /* one a text, for one look-up */
};

struct near {
	size_t index;
	double likeness;
};

/* Room for `max` texts, in the arena. */
void alike_init(struct alike *k, struct arena *a, size_t max);
/* Add a text. With `places`, all names of places count as the same word. */
void alike_add(struct alike *k, struct arena *a, struct view text, const struct gazetteer *places);
/* After the last one. */
void alike_finish(struct alike *k, struct arena *a);
/* The texts that are most like text number `of`, itself left out, the most alike first; how many.
 */
size_t alike_nearest(struct alike *k, size_t of, struct near *out, size_t max);

#endif
