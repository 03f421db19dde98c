/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dated-spot.h - inside dated: a word of a rule's dates, and what stands around it.
 *
 * dated.c goes through words and dates, dated-end.c knows ends (到期), dated-begin.c beginnings.
 */
#ifndef NLU_DATED_SPOT_H
#define NLU_DATED_SPOT_H

#include "nlu/dated.h"

struct spot {
	const struct dated_text *in;
	const struct text *text;
	const struct matter *matter;
	const struct slot_rule *rule;
	uint32_t start, end; /* the word */
};

bool spot_ends_clause(uint32_t c);
/* The clause, or clauses, that two characters lie in. */
struct view spot_clause(const struct text *t, uint32_t from, uint32_t to);
bool spot_lies_in_clause(const struct text *t, uint32_t from, uint32_t to);
/* One of the rule's others stands in that clause. */
bool spot_is_of_another(const struct text *t, const struct slot_rule *rule, uint32_t from,
			uint32_t to);
/* Nothing but such words; the matter's own names are among them. */
bool spot_is_filled(struct view v, const struct matter *m, const char *const *words, size_t n);
/* 没到期 */
bool spot_is_denied(const struct spot *s);
/* 30号过期了, said on that day: not the 30th of the month before. */
bool spot_is_today(const struct date *d, int32_t today);

/* The i-th date is the end, or the beginning, that the word tells, and when it was. */
bool spot_is_end(const struct spot *s, size_t i, struct dated *ret);
bool spot_is_beginning(const struct spot *s, size_t i, struct dated *ret);
/*
 * 9月25日到期，11月20号补签的 · 12月15号去签还来得及吗: how late is reckoned to another day than
 * today. A whole year is none (今年还能签吗), nor is today.
 */
bool spot_has_later(const struct dated_text *in, size_t i, int32_t end);

#endif
