/* SPDX-License-Identifier: Apache-2.0 */
/* understander.h - inside an understander; for understand.c, question.c and explain.c. */
#ifndef NLU_UNDERSTANDER_H
#define NLU_UNDERSTANDER_H

#include "nlu/model.h"
#include "nlu/understand.h"

struct understander {
	struct understander_options options;
	struct gazetteer *gazetteer;
	struct term_table *terms;
	struct lens lens;
	struct model model;
	struct view image;
	bool is_mapped; /* the image is a file's; else it is ours to free */
	size_t n_examples;
	double train_seconds;
	const char *passed_over; /* see struct understander_facts */
	size_t n_passed_over_right;
};

/* Every example of the catalogue, then the guides' own: call(data, intent, text). */
void understander_examples(const struct understander_options *o,
			   void (*call)(void *data, const struct intent *intent, struct view text),
			   void *data);

#endif
