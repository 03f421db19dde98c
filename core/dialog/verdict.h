/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verdict.h - 可以。 in front of what a guide says, and whether it answers the question.
 *
 * A guide's topic on doing something online, or through somebody else, begins with 可以。 where
 * that can be done. It is an answer to 能网上办吗 and to nothing else that such a topic is the
 * nearest to: 还有实体卡吗, 截屏给别人看行吗, 没有手机能办吗, X打不开. So it is said only to
 * whoever asks whether it can be done in such a way, and nothing besides; others get what follows
 * it.
 */
#ifndef DIALOG_VERDICT_H
#define DIALOG_VERDICT_H

#include "know/catalog.h"
#include "know/facts.h"

/* A text without the verdict that it begins with. */
struct view verdict_without(struct view text);
/*
 * Whether the verdict of facts answers a question. words: as folded, without its places (an app may
 * be one: 浙里办); empty if it is not known which words ask it. asked: with them.
 */
bool verdict_answers(const struct intent *intent, struct view words, struct view asked,
		     const struct facts *f);
/* The facts with the verdict if it answers, without otherwise; may be the same facts. */
const struct facts *verdict_facts(struct arena *a, const struct intent *intent, struct view words,
				  struct view asked, const struct facts *f);

#endif
