/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure-stay.h - how long somebody has been in a place, said without a word that means to live:
 * 来深圳两年了, 在郑州上班八个月, 半年前来的成都.
 *
 * Between the place and its figure stands nothing but what one does where one lives (a rule's
 * `stays`, matter.yaml) and small words. What is only planned (打算去珠海三个月, 派我来一年) is no
 * answer yet, nor is how long a thing has been there (户口在郑州三年了).
 */
#ifndef NLU_FIGURE_STAY_H
#define NLU_FIGURE_STAY_H

#include "know/matter.h"
#include "nlu/figure.h"
#include "nlu/mention.h"

/*
 * In *ret_end the character where the place ends, or begins if it stands behind the figure. False
 * if the rule has no stays.
 */
bool figure_is_of_stay(const struct text *text, const struct slot_rule *rule,
		       const struct mentions *places, const struct figure *figure,
		       uint32_t *ret_end);

#endif
