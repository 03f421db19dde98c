/* SPDX-License-Identifier: Apache-2.0 */
/* suggest.h - whole questions for half-typed ones. */
#ifndef ENGINE_SUGGEST_H
#define ENGINE_SUGGEST_H

#include "engine/generation.h"

/* One question in the forms that typing is held against; in the generation's arena. */
struct suggestion {
	const struct intent *intent;
	const uint32_t *chars;     /* folded */
	const uint16_t *syllables; /* one a character, 0 for others */
	size_t n;
	bool is_default; /* among the first that are offered */
};

void suggestions_build(struct generation *g);

#define OPENERS_MAX 6
/* What to offer to somebody who has said nothing yet: examples of all matters, without a place. */
void openers_build(struct generation *g);

/* Up to max questions, best first, with the place that was typed put in. */
size_t suggestions_find(const struct generation *g, struct arena *a, struct view typed,
			struct view *out, size_t max);

#endif
