/* SPDX-License-Identifier: Apache-2.0 */
/* text.h - long answers in pieces that a platform takes. */
#ifndef BOTS_TEXT_H
#define BOTS_TEXT_H

#include "base/arena.h"

/* What one message may hold; 0: no limit of that kind. */
struct text_limit {
	size_t bytes; /* of UTF-8 */
	size_t units; /* UTF-16 units, as most platforms count characters */
};

bool text_fits(struct view text, const struct text_limit *limit);

/*
 * Cut the next piece off *rest: as much as fits, ended at the end of a line or a sentence, else at
 * a comma or blank, else between characters, and never inside a web address that would fit by
 * itself. Blanks around the cut are left out. False when nothing is left.
 */
bool text_piece(struct view *rest, const struct text_limit *limit, struct view *ret);

/* As much of a text that is too long as fits with `more` in a line of its own below. */
struct view text_beginning(struct arena *a, struct view text, const struct text_limit *limit,
			   struct view more);

#endif
