/* SPDX-License-Identifier: Apache-2.0 */
/*
 * chance.h - how likely the texts of each label are to have these signs one behind the other.
 *
 * For every label a language model of pairs, with absolute discounting: what is taken off the pairs
 * that were counted goes to those that were not, by how often the label has the second of them at
 * all, and the same once more from single ones to what no text of the label has. Taken apart into
 * what each one adds wherever it stands and what a pair adds on top of its two, it fits into the
 * rows of a bag, so that asking takes no longer.
 *
 * Once over signs and once over sounds. Letters say nothing: what was typed in letters for lack of
 * an input method looks like the few texts that have English words.
 */
#ifndef NLU_CHANCE_H
#define NLU_CHANCE_H

#include "nlu/convolution.h"

struct chance;
/* From the task's texts chosen[n_chosen]; of their sounds (bag_sound()) or of their signs. */
struct chance *chance_learn(const struct convolution_task *task, const uint32_t *chosen,
			    size_t n_chosen, bool is_of_sounds);
void chance_free(struct chance *c);
/*
 * What a sign or sound that the texts have adds for each label, in logarithms, the mean of all
 * labels with texts taken off; 0 for a label without.
 */
void chance_of_one(const struct chance *c, uint32_t one, float *ret);

/* What a pair adds besides for a label whose texts have it; for others it is nothing. */
struct chance_pair {
	uint64_t key; /* bag_key(BAG_PAIR, …) or bag_key(BAG_SOUNDS, …) */
	uint32_t label;
	float more;
};
/* The next, from *at = 0 on, in an order of its own; false behind the last. */
bool chance_next(const struct chance *c, size_t *at, struct chance_pair *ret);

#endif
