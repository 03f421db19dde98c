/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure-word.h - a figure and the words of a slot's rule (matter.yaml): how near they stand, and
 * whether what lies between makes it another thing's figure.
 */
#ifndef NLU_FIGURE_WORD_H
#define NLU_FIGURE_WORD_H

#include "know/matter.h"
#include "nlu/figure.h"

/*
 * How far a figure is from the nearest of a rule's words, and in *ret_end the character where that
 * word ends. SIZE_MAX: it is none of the rule's. Odd: the word stands behind its figure.
 */
size_t figure_nearest(const struct text *text, const struct matter *matter,
		      const struct slot_rule *rule, const struct figure *figure, uint32_t *ret_end);

/* 社保差一个月, 登记要满一年: how much there is of it was not said, whatever else stands near. */
bool figure_is_left_open(const struct text *text, const struct slot_rule *rule,
			 const struct figure *figures, size_t n_figures);

/* How much there is of something: nothing missing, required, looked at or asked for. */
bool figure_is_amount(const struct figure *figure);

/* One of the rule's words stands somewhere. */
bool figure_is_named(const struct text *text, const struct slot_rule *rule);

/* 断了3个月, 3个月没交: so long it was interrupted. */
bool figure_is_break(const struct text *text, const struct slot_rule *rule,
		     const struct figure *figure);

/*
 * One of the rule's breaks stands somewhere: 断过, but not 没断过, nor the 断 of 断签. 没交 alone
 * is no break: it never began.
 */
bool figure_tells_a_break(const struct text *text, const struct matter *matter,
			  const struct slot_rule *rule);

#endif
