/* SPDX-License-Identifier: Apache-2.0 */
/* clause-cut.h - clauses cut further where no mark parts them: at names, in lists, at a breath. */
#ifndef DIALOG_CLAUSE_CUT_H
#define DIALOG_CLAUSE_CUT_H

#include "dialog/plan.h"
#include "dialog/split.h"

/*
 * 医保卡密码忘了居住证也丢了 · 材料、时间和费用分别是什么 · 要什么材料和多少钱 ·
 * 网上能办吗要带什么: how many there are then. Whether the pieces ask something each is for the
 * caller to see.
 */
size_t clauses_cut(const struct plan_input *in, const struct plan *p, struct view texts[SPLIT_MAX],
		   size_t n);

/* 港澳台居民居住证丢了在哪补，要多少钱: one answer has all that is asked of it. */
bool clauses_are_of_all(const struct plan *p);

/* One of a list within the text. */
bool clause_is_listed(struct view text, struct view clause);

/* How many words ask in it. */
size_t clause_count_asking(struct view text);

#endif
