/* SPDX-License-Identifier: Apache-2.0 */
/* figure.h - the durations of a text, and what each is of, whatever it may be near. */
#ifndef NLU_FIGURE_H
#define NLU_FIGURE_H

#include "nlu/date.h"
#include "nlu/duration.h"

#define FIGURES_MAX 16

struct figure {
	struct duration d;
	bool is_window;          /* 最近一年, 两年内: a time that is looked at */
	bool is_within;          /* 60天内 alone */
	bool is_missing;         /* 还差一个月, 还有3天 */
	bool is_required;        /* 要满12个月 */
	bool is_required_behind; /* 半年是从哪天算 */
	bool is_sum;             /* 累计17个月 */
	bool is_run;             /* 连续12个月 */
	bool is_after;           /* 3天后 */
	bool is_ago;             /* 3天前 */
	bool is_rule; /* 是不是逾期30天内都可以: what holds, of nobody's own case */
};

/* Those that are no part of a date, in their order; gives how many. */
size_t figures_find(const struct text *text, const struct date *dates, size_t n_dates,
		    struct figure ret[FIGURES_MAX]);

/* The text goes on with one of the words at a character. */
bool figure_follows_any(const struct text *text, size_t at, const char *const *words, size_t n);

#endif
