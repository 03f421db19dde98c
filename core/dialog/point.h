/* SPDX-License-Identifier: Apache-2.0 */
/*
 * point.h - 学生证行吗, 微信能办吗: one thing that is asked about by its name, and what is known of
 * it.
 *
 * A matter lists such things (matter.yaml, points). What the guides say of one is put into words;
 * if they say nothing, that is said, and no longer list stands for an answer. Some may be asked of
 * whatever has to be applied for (代办, 有效期, 进度): they are things of each matter that has no
 * question of its own about them; one that a matter lists under
 * the same name is that, and has its intent.
 */
#ifndef DIALOG_POINT_H
#define DIALOG_POINT_H

#include "dialog/citation.h"
#include "dialog/outcome.h"
#include "dialog/split.h"

/* The point with the longest word in the text; NULL: none is named. */
const struct matter_point *point_named(const struct matter *m, struct view folded);
/* By its name; NULL: there is none. */
const struct matter_point *point_called(const struct matter *m, struct view name);
/* 能邮寄吗，能加急吗: those of the clauses that ask, or say what is lacking, in their order, if
 * these are several; else the one that is named in all of it. How many. */
size_t points_asked(const struct matter *m, struct view folded,
		    const struct matter_point *out[SPLIT_MAX]);
/* How many bytes of a point's word the text begins with; 0: with none. */
size_t point_at(const struct matter *m, struct view v);

/*
 * What the place that answered, else wider ones, know of it, at the end of the buffer; what is
 * cited for it goes into the set. `alone`: nothing else is said, so that nothing is known must be
 * said. False: nothing is known.
 */
bool point_word(const struct voice *v, const struct matter_point *point, const struct outcome *o,
		bool alone, struct citations *set);
/* A line of the guide's speaks of it, in one of the point's topics. */
bool point_is_in_guide(const struct matter_point *point, const struct guide *g);
/* In few words it is what is asked; in a story it may only be told along with the rest, unless a
 * clause that asks names it. */
bool point_leads(const struct voice *v, const struct matter_point *point);
/* A clause of no more than so many characters asks about it. */
bool point_is_asked(const struct matter_point *point, struct view folded, size_t most);
/* One of those that may be asked of any matter. */
bool point_is_general(const struct matter_point *point);
/* One is named in the text, and the matter has no question of its own about it. */
bool point_is_of_any(const struct matter *m, struct view folded);
/* The general one that intents of this facet are about, as this matter has it; NULL: none. */
const struct matter_point *point_asked_by(const struct matter *m, struct view facet);
/* A word that may be asked of any matter. */
bool point_shares_word(struct view word);
/* As point_at(), of one of those, whether or not the matter has a question of its own about it. */
size_t point_general_at(struct view v);
/* 没有租房合同呢: asked is what else will do. */
bool point_is_lacking(struct view folded);
/* A guide's text speaks of it. */
bool point_is_told(const struct matter_point *point, struct view text);

#endif
