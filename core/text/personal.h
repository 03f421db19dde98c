/* SPDX-License-Identifier: Apache-2.0 */
/*
 * personal.h - numbers that belong to a person are lifted out of the text before any other stage.
 *
 * Citizen numbers (18 digits with GB 11643 check digit, also 15 digits), mobile and fixed phone
 * numbers, bank cards, and runs of 8 and more digits or letters with digits that look like permit
 * numbers are replaced by a short neutral word, so that no later stage, log, store or reply ever
 * sees them. The values go only to the extension that checks numbers, and are wiped with the arena.
 *
 * Seen through: full width and other digit shapes, invisible characters, Chinese numerals in a run
 * of 11 and more digits, what folding makes digits of (⑬), and one or two blanks, dashes, stops,
 * commas, slashes, colons, stars and such between groups (138 0013 8000, 13*8001*38000,
 * 0371-6666888, 4101 0519 9001 0112 35). Left alone: whatever has fewer
 * than 8 digits in a row and is none of those, so 12345, 2025-06-01, 国令663号, t-shirt2024, and
 * words of an address on the web (their digits still go from 8 on).
 */
#ifndef TEXT_PERSONAL_H
#define TEXT_PERSONAL_H

#include "base/arena.h"
#include "base/view.h"

enum personal_kind { PERSONAL_CITIZEN, PERSONAL_PHONE, PERSONAL_BANK_CARD, PERSONAL_NUMBER };

struct personal {
	enum personal_kind kind;
	struct view value;  /* as typed, in the arena; wiped with it                     */
	struct view digits; /* the same as ASCII digits and capitals, without separators */
};

#define PERSONAL_MAX 8
/* Stands where a number was. Folding makes it [*]. */
#define PERSONAL_MARK "〔＊〕"

struct personal_text {
	struct view
	    text; /* with PERSONAL_MARK in the place of each; raw itself if there was none */
	struct personal found[PERSONAL_MAX];
	size_t n_found; /* more than PERSONAL_MAX are replaced too, but not listed */
};

/*
 * raw must be valid UTF-8. A new text is in the arena. No run of 8 digits is left in it, whatever
 * invisible characters stand between them, nor in what text_fold() makes of it.
 */
void personal_lift(struct arena *a, struct view raw, struct personal_text *ret);

/* GB 11643-1999: 17 digits and the right check character. */
bool personal_citizen_is_valid(struct view digits);

#endif
