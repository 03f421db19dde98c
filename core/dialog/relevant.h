/* SPDX-License-Identifier: Apache-2.0 */
/* relevant.h - is a line worth saying: was it asked about, was it said already? */
#ifndef DIALOG_RELEVANT_H
#define DIALOG_RELEVANT_H

#include <stdbool.h>
#include <stdint.h>

#include "know/matter.h"

/* Of the matter talked about (NULL: none) the name counts for nothing in both. */
/* What was said, made ready for looking many lines up in it. The text is borrowed. */
struct relevant_said {
	struct view text;
	const struct matter *matter; /* talked about; NULL: none */
	uint64_t bits[16];           /* which pairs may be in it */
	uint64_t common[4];          /* which may say nothing, the matter's own name among them */
};
void relevant_said_init(struct relevant_said *said, const struct matter *matter, struct view text);
/* Most of the line stands in what was said before it, in the same or nearly the same words. */
bool relevant_is_said(struct view line, const struct relevant_said *said);
/* All figures of the line, and there is one, stand in what was said. */
bool relevant_figures_said(struct view line, struct view said);
/* The line has a figure of the question, or at least `least` pairs of characters of it. */
bool relevant_is_asked(const struct matter *matter, struct view line, struct view question,
		       unsigned least);

#endif
