/* SPDX-License-Identifier: Apache-2.0 */
/*
 * topic.h - which matter a question is about that names none: 要带什么材料.
 *
 * Such words are learnt from the examples of some matter, and the classifier may be sure of that
 * one. Whether they say as much of another is found by reading them behind its name: if that gives
 * the same facet (know/catalog.h), nothing in them tells the two apart - unless a word stands in
 * them that only this matter's facets have (签注).
 */
#ifndef DIALOG_TOPIC_H
#define DIALOG_TOPIC_H

#include "nlu/understand.h"

struct topic_input {
	const struct understander *understander;
	const struct catalog *catalog;
	int32_t today; /* see understand() */
};

/* Understood as a question that is answered. */
bool topic_is_asked(const struct understanding *u);
/* The matter whose words occur; of several the one that the question is of. NULL: none. */
const struct matter *topic_named(const struct understanding *u);
/* The only matter that a question names; NULL if it names none or several. */
const struct matter *topic_only_named(const struct understanding *u);
/*
 * Make a question that names no matter the same question about `matter`, if it may be that; or the
 * one that was asked `before` (NULL: none), if that is likely behind the matter's name. 0 or
 * -EILSEQ.
 */
int topic_keep(struct arena *a, const struct topic_input *in, const struct matter *matter,
	       const struct intent *before, struct understanding *u);

/*
 * 网上能查吗 after a question about progress: few words without a matter, which may mean another
 * question or the one before. Behind the title of that they mean it: then they do.
 */
int topic_stay(struct arena *a, const struct topic_input *in, const struct intent *before,
	       struct understanding *u);
/*
 * 坏了能换吗 after a question about a matter that has no intent for it: what of that matter is
 * asked about (point.h), though only another's examples have such words. NULL: nothing of the kind.
 */
const struct matter_point *topic_point(const struct topic_input *in, const struct matter *matter,
				       const struct understanding *u);
/*
 * The intents that a short question may mean which names no matter, one a matter, the likeliest
 * first, into the arena; *ret_n is 0 if it can only be one. 0 or -EILSEQ.
 */
int topic_rivals(struct arena *a, const struct topic_input *in, const struct understanding *u,
		 const struct intent *const **ret, size_t *ret_n);

#endif
