/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dated.h - what a date is the date of: 10月1号到期了, 有效期到2027年3月5日, 社保从去年5月交到现在.
 *
 * Only what stands closely around decides, by the rule's `dates` (matter.yaml): 10月1号过期了我去办
 * is an end, 过期了10月1号去办 is none. Without a year it must be told on which side of today it
 * lies (过期了, 要到期; 到期了, 到期的, 还能 if it is within half a year); else there is no answer.
 * How late it is on another day (11月20号补签的) is none either, nor since when somebody is who
 * moved later, or is somewhere else than in the place that is asked about.
 */
#ifndef NLU_DATED_H
#define NLU_DATED_H

#include "know/catalog.h"
#include "nlu/date.h"
#include "nlu/mention.h"

struct dated {
	const struct matter *matter;
	const struct slot_rule *rule;
	int32_t first, last; /* it may be any of these days */
};

/* What is told, and on which day. */
struct dated_text {
	const struct text *text;
	const struct mentions *places; /* NULL: not known */
	const struct date *dates;
	size_t n_dates;
	int32_t today;
};

/* At most one a rule, and of an end that is past and one to come not both. Gives how many. */
size_t dated_find(const struct catalog *catalog, const struct dated_text *in, struct dated *ret,
		  size_t max);

#endif
