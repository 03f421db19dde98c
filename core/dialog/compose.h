/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose.h - a reply from a decision and what came of it.
 *
 * Everything the reply points to is in the voice's arena or in the generation.
 */
#ifndef DIALOG_COMPOSE_H
#define DIALOG_COMPOSE_H

#include "dialog/compare.h"
#include "dialog/plan.h"
#include "dialog/policy.h"

struct composition {
	const struct decision *decision;
	struct outcome *outcomes; /* as many as the decision asked for */
	size_t n_outcomes;
	const struct facet *const *facets; /* of a comparison */
	size_t n_facets;
	struct view words; /* what was typed, folded, without its places; empty if one of several */
	struct view elsewhere; /* asked too, and of no matter of ours: “身份证” */
	bool had_numbers;      /* say kindly not to send such numbers */
	bool is_part;          /* one of several answers: no closing offers */
};

void compose(const struct voice *v, const struct composition *c, struct reply *ret);

/* Several replies as one, under their questions; what else the plan has was not answered. */
void compose_parts(const struct voice *v, const struct reply *parts, const struct plan *p,
		   struct reply *ret);
/* "too_long" … with the sentence error.CODE. */
void compose_error(const struct voice *v, const char *code, struct view detail, struct reply *ret);

#endif
