/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slot.h - figures with a unit near a rule's word: 过期20天, 社保交了一年半, 孩子六岁.
 *
 * The rules are a matter's own (matter.yaml). Values are converted to the rule's unit; a month is
 * 30 days, a year 12 months. Digits and Chinese numerals, 半年, 一年半, 三个多月, 两周.
 */
#ifndef NLU_SLOT_H
#define NLU_SLOT_H

#include "know/catalog.h"
#include "nlu/understand.h"
#include "text/fold.h"

/* At most one value a rule, in the order of the rules; in the arena. Gives how many. */
size_t slots_find(const struct catalog *catalog, struct arena *a, const struct text *text,
		  const struct slot **ret);

#endif
