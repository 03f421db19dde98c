/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure.h - the figures of a question as the rules of a place need them: 两个月 has 59 to 62 days,
 * and a limit of 60 lies within.
 */
#ifndef PLUGINS_FIGURE_H
#define PLUGINS_FIGURE_H

#include <stdio.h>
#include <string.h>
#include <wenlu/plugin.h>

/* No limit: 60天以上. */
#define FIGURE_NO_LIMIT 36500

/* What the person gave: any number from the least to the most. */
struct figure {
	long least, most;
	int is_known;
	int is_more;   /* months: and some days of another one */
	int is_broken; /* months: told not to follow on each other */
};

static inline int figure_slot(const struct wenlu_request *request, const char *name,
			      const char *ending, long *ret)
{
	char whole[64];

	snprintf(whole, sizeof(whole), "%s%s", name, ending);
	for (uint32_t i = 0; i < request->n_slots; i++)
		if (strcmp(request->slots[i].name, whole) == 0 && request->slots[i].value >= 0 &&
		    request->slots[i].value <= FIGURE_NO_LIMIT) {
			*ret = (long)request->slots[i].value;
			return 1;
		}
	return 0;
}

static inline struct figure figure_of(const struct wenlu_request *request, const char *name)
{
	struct figure f = {0};
	long yes = 0;

	if (figure_slot(request, name, "", &f.least)) {
		f.most = f.least;
		f.is_known = 1;
	} else {
		f.is_known = figure_slot(request, name, "_least", &f.least) &&
			     figure_slot(request, name, "_most", &f.most);
	}
	f.is_more = figure_slot(request, name, "_more", &yes);
	f.is_broken = figure_slot(request, name, "_broken", &yes);
	return f;
}

/* 65天, 59至62天, 61天以上, 不超过40天 */
static inline void figure_days(char *text, size_t cap, const struct figure *f)
{
	if (f->least == f->most)
		snprintf(text, cap, "%ld天", f->least);
	else if (f->most >= FIGURE_NO_LIMIT)
		snprintf(text, cap, "%ld天以上", f->least);
	else if (f->least == 0)
		snprintf(text, cap, "不超过%ld天", f->most);
	else
		snprintf(text, cap, "%ld至%ld天", f->least, f->most);
}

/* Not over yet: whether it is time by the rule, which allows the last `days` and ends in a comma.
 */
static inline void figure_left(char *text, size_t cap, const struct figure *left, const char *rule,
			       long days)
{
	char said[64];

	figure_days(said, sizeof(said), left);
	if (left->most == 0)
		snprintf(text, cap, "今天到期，还没有逾期。%s现在就可以办。", rule);
	else if (left->most <= days)
		snprintf(text, cap, "离到期还有%s，没有逾期。%s现在就可以办。", said, rule);
	else if (left->least > days)
		snprintf(text, cap, "离到期还有%s，没有逾期。%s现在还没到时候。", said, rule);
	else
		snprintf(text, cap, "离到期还有%s，没有逾期。%s到了这%ld日里就可以办。", said, rule,
			 days);
}

#endif
