/* SPDX-License-Identifier: Apache-2.0 */
/* whereabouts.h - who is said to be where: 我爸在成都，我妈搬到武汉了，我在西安. */
#ifndef NLU_WHEREABOUTS_H
#define NLU_WHEREABOUTS_H

#include "nlu/kin.h"
#include "nlu/mention.h"

struct whereabouts {
	struct kin kin; /* may be a pronoun, if nobody it stands for is spoken of before it */
	const struct region *region;
	bool is_left; /* 我妈不在重庆了, 从重庆搬走了: not there any more */
};

#define WHEREABOUTS_MAX 8
/*
 * In the order of the text. What is wished, supposed, asked or over (我妈要是在重庆, 在重庆吗,
 * 在重庆待过) is not said; nor is a visit, a home that is only where somebody is from, or a name
 * that may be several places. Who is in two places at once is in neither.
 */
size_t whereabouts_find(const struct text *text, const struct mentions *places,
			struct whereabouts ret[WHEREABOUTS_MAX]);

#endif
