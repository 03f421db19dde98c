/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train-read.h - reading the examples to learn from, on all processors.
 *
 * Gather them first, then read them all at once. What comes out is the same, in the same order,
 * however many threads there are. The readings live until train_texts_done().
 */
#ifndef NLU_TRAIN_READ_H
#define NLU_TRAIN_READ_H

#include "base/hands.h"
#include "base/vec.h"
#include "nlu/tier.h"

struct train_texts {
	VEC(struct view) texts; /* borrowed */
	VEC(uint32_t) labels;
	struct arena arenas[HANDS_MAX];
	struct reading *readings;
};

void train_texts_add(struct train_texts *t, struct view text, uint32_t label);
/* Texts that are not UTF-8 are left out. ret->readings, labels and n are set. */
void train_texts_read(struct train_texts *t, const struct lens *lens, struct train_set *ret);
void train_texts_done(struct train_texts *t);

#endif
