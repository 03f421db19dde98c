/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.h - from what somebody typed to what is to be done: understanding, memory, policy.
 *
 * One decision for one question; up to LIMIT_PARTS where a message asks several things. Nothing is
 * asked of plugins here.
 */
#ifndef DIALOG_PLAN_H
#define DIALOG_PLAN_H

#include "dialog/policy.h"

struct plan_input {
	const struct understander *understander;
	const struct catalog *catalog;
	const struct region_table *regions;
	const struct facets *facets;
	const struct session *session; /* NULL: none */
	int64_t now_ms, context_ms;
	int32_t today;    /* dates are counted from it, see understand() */
	struct view text; /* valid UTF-8, personal numbers lifted out */
	struct view option;
	const struct region *given;
	bool has_numbers;
};

/* A clause, and what it asks. */
struct plan_more {
	struct view text;
	const struct intent *intent;
};

struct plan {
	struct decision items[LIMIT_PARTS];
	size_t n;
	struct plan_more more[LIMIT_PARTS]; /* asked too, and not answered now */
	size_t n_more;
	struct view elsewhere; /* “身份证”: asked too, and of no matter of ours; empty: nothing */
	struct view asked;           /* the whole text, folded */
	struct understanding what;   /* of it, or of the question at the end of a story */
	struct understanding whole;  /* before a clause was taken for it */
	struct understanding leaned; /* with its matter in front */
	bool has_leaned;
	const struct matter *about; /* of the story that the question ends; NULL: none named */
	const struct intent *const *rivals; /* of other matters, asked as much */
	size_t n_rivals;
	const struct matter_point *point; /* asked of the matter talked about; see topic_point() */
	struct memory memory;
	struct people_asked people;    /* whose thing it is about, where one thing is asked */
	bool returns;                  /* 刚才上海那个: memory is turned to it  */
	const struct region *referred; /* 第二个要带什么: that place; NULL */
};

/* Everything lives in the arena. 0 or -EILSEQ. */
int plan_make(struct arena *a, const struct plan_input *in, struct plan *ret);

#endif
