/* SPDX-License-Identifier: Apache-2.0 */
/* clause.h - the clauses of a message that each ask, or wish, something of their own. */
#ifndef DIALOG_CLAUSE_H
#define DIALOG_CLAUSE_H

#include "dialog/plan.h"
#include "dialog/split.h"

#define CLAUSE_SURE 0.90f /* so clear is one of several questions */

struct clause {
	struct view text;
	bool is_marked; /* ends in a question mark */
	bool is_quick;  /* one of a list of short questions */
	bool is_wish;   /* asks nothing, but names what is wanted or amiss */
	struct understanding what;
};

/*
 * The clauses that ask something clearly, each with what was understood of it; the last one that
 * asks at all, for stories (its text stays empty if there is none). 0 or -EILSEQ.
 */
int clauses_find(struct arena *a, const struct plan_input *in, const struct plan *p,
		 struct clause out[SPLIT_MAX], size_t *ret_n, struct clause *ret_last);

#endif
