/* SPDX-License-Identifier: Apache-2.0 */
/* known.h - what focus.c and known.c tell each other; private to both. */
#ifndef NLU_KNOWN_H
#define NLU_KNOWN_H

#include "nlu/story.h"

/*
 * Stories of which it is known what they ask about: each gives the places of s their roles and
 * true, or changes nothing.
 *
 * 之前在中山办的居住证想注销，现在回兴国了: what is given back is of the place that gave it.
 */
bool known_is_given_back(const struct story *t);
/* 我现在还在兰州，下周去成都报到: who will live elsewhere asks about that. */
bool known_is_about_to_go(const struct story *t);
/* 退休金在丹东领，人在大连，认证怎么弄: who pays a pension wants to know that one lives. */
bool known_is_pension(const struct story *t);
/* 苏州居住证丢了，人在南通怎么补: a thing is asked about where it was got. */
bool known_is_lost(const struct story *t);
/* 老家泸州的营业执照想注销，人在宁波: what is at home is asked about there. */
bool known_is_at_home(const struct story *t);
/* 绵阳医保 成都住院: who is treated elsewhere asks where they are insured; insured.c. */
bool known_is_insured(const struct story *t);
/* 杭州医保 宁波居住证怎么续: whose permit is asked for is insured elsewhere; insured.c. */
bool known_is_beside_insurance(const struct story *t);
/* 在成都注册的公司，接了重庆的活，资质要重新办吗: a firm asks about where it works. */
bool known_is_worked_at(const struct story *t);
/* 我爸在成都，我在西安，我爸居住证丢了: somebody's thing is asked about where they are; whose.c. */
bool known_is_whose(const struct search *s);

/* Of places that are somebody's own, each found: what they lie in, right in front, goes with them.
 */
void known_widen(const struct search *s, bool *is_own);
/* Those are asked about, and no others. */
void known_ask_about(const struct search *s, const bool *is_own);

/* Words that compare places, carry something to another one, have it done anew; focus.c. */
bool focus_holds_compare(struct view words);
bool focus_holds_carry(struct view words);
bool focus_holds_renewal(struct view words);
/* What is the matter with a thing: 丢, 过期. */
bool focus_is_trouble(struct view words);
/* Neither is the other or lies in it, whatever reading of either is meant. */
bool focus_are_apart(const struct mention *a, const struct mention *b);

#endif
