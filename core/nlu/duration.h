/* SPDX-License-Identifier: Apache-2.0 */
/*
 * duration.h - how long something is said to last: 20天, 两个月零五天, 11个半月, 快三个月,
 * 四五十天.
 *
 * What somebody says is seldom one number of days, so each is the least and the most that it can
 * mean: two months have 59 to 62 days, 2个多月 has fewer than three, 不到一年 has fewer than
 * twelve. Digits and Chinese numerals; 两年零一天 is one duration. What cannot be read to its end
 * (一年零…) is none: part of a figure is worse than no figure.
 */
#ifndef NLU_DURATION_H
#define NLU_DURATION_H

#include "know/span.h"
#include "text/fold.h"

struct duration {
	uint32_t start, end; /* characters, from the first numeral to the last unit */
	uint32_t from, to; /* with the words around that make it more or less: 快…, …以上 */
	struct span least, most; /* both may be meant, and all between */
	bool is_age;             /* 六岁 */
	bool is_moment;          /* 昨天, 上周: so long ago, or ahead if it is to come */
	bool is_ahead;           /* 明天, 下周 */
	char unit;               /* the last one as said: d, w, m, y */
};

#define DURATION_DAYS_MAX 36500

/* The durations of a text, in their order; gives how many. */
size_t durations_find(const struct text *text, struct duration *ret, size_t max);

/* The text goes on with the word at a character; ends with it there. */
bool text_follows(const struct text *text, size_t at, const char *word);
bool text_precedes(const struct text *text, size_t at, const char *word);

#endif
