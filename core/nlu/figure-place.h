/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure-place.h - figures and dates of another place than the one that is asked about:
 * 在广州住了20个月， 深圳能办吗.
 *
 * The nearest place of the clause decides. Districts of one city are one place here, as rules are a
 * city's; where somebody comes from (河南人) is none.
 */
#ifndef NLU_FIGURE_PLACE_H
#define NLU_FIGURE_PLACE_H

#include "nlu/mention.h"

/* What stands between two characters; false if no place is asked about, or places are NULL. */
bool figure_is_elsewhere(const struct mentions *places, const struct text *text, uint32_t from,
			 uint32_t to);

/* Whether the name of a place begins at a byte of the folded text. */
bool figure_place_begins(const struct mentions *places, const struct text *text, size_t byte);

#endif
