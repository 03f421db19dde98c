/* SPDX-License-Identifier: Apache-2.0 */
/*
 * personal.h - numbers that belong to a person are lifted out of the text before any other stage.
 *
 * Citizen numbers (18 digits with GB 11643 check digit, also 15 digits), mobile and fixed phone
 * numbers, bank cards, and runs of 8 and more digits or letters with digits that look like permit
 * numbers are replaced by a short neutral word, so that no later stage, log, store or reply ever
 * sees them. The values go only to the extension that checks numbers, and are wiped with the arena.
 */
#ifndef TEXT_PERSONAL_H
#define TEXT_PERSONAL_H

#include "base/arena.h"
#include "base/view.h"

enum personal_kind { PERSONAL_CITIZEN, PERSONAL_PHONE, PERSONAL_BANK_CARD, PERSONAL_NUMBER };

struct personal {
	enum personal_kind kind;
	struct view value; /* as typed, in the arena; wiped with it */
};

#define PERSONAL_MAX 8

struct personal_text {
	struct view text; /* with 〔号码〕 in the place of each; raw itself if there was none */
	struct personal found[PERSONAL_MAX];
	size_t n_found; /* more than PERSONAL_MAX are replaced too, but not listed */
};

/* Works on full-width digits and inner blanks or dashes too. raw must be valid UTF-8. */
void personal_lift(struct arena *a, struct view raw, struct personal_text *ret);

/* GB 11643-1999: 17 digits and the right check character. */
bool personal_citizen_is_valid(struct view digits);

#endif
