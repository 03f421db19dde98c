/* SPDX-License-Identifier: Apache-2.0 */
/* why.c - the lines of --why: rule, signs, scores, places, who answered; and copies of facts. */
#include "engine/ask.h"

#define WHY_MAX 64

struct lines {
	struct view items[WHY_MAX];
	size_t n;
};

static void add(struct lines *l, struct view line)
{
	if (l->n < WHY_MAX)
		l->items[l->n++] = line;
}

static void explain_decision(struct ask *a, const struct decision *d, struct lines *l)
{
	add(l, arena_printf(&a->arena, "rule: %s", d->rule));
	add(l, arena_printf(&a->arena, "signs: %.*s", VIEW_ARG(policy_signs(&a->arena, d->signs))));
	if (d->intent)
		add(l, arena_printf(&a->arena, "intent: %.*s (%.3f)%s", VIEW_ARG(d->intent->name),
				    (double)d->confidence,
				    d->carried & CARRIED_INTENT ? ", carried over" : ""));
	for (size_t i = 0; i < d->n_regions; i++)
		add(l, arena_printf(&a->arena, "region: %.*s %.*s, found by %s",
				    VIEW_ARG(d->regions[i].region->id),
				    VIEW_ARG(d->regions[i].region->name), d->regions[i].found_by));
}

/* By which case, in the words of the guide: overdue_days, over 30. */
static void explain_case(struct ask *a, const struct guide_case *c, struct lines *l)
{
	struct view least = VIEW(""), most = VIEW("");

	if (c->least.value >= 0)
		least = arena_printf(&a->arena, ", %s %d", c->least.is_open ? "over" : "min",
				     (int)c->least.value);
	if (c->most.value >= 0)
		most = arena_printf(&a->arena, ", %s %d", c->most.is_open ? "under" : "max",
				    (int)c->most.value);
	add(l, arena_printf(&a->arena, "case: %.*s%.*s%.*s%s%.*s", VIEW_ARG(c->figure),
			    VIEW_ARG(least), VIEW_ARG(most), c->unit.len ? " " : "",
			    VIEW_ARG(c->unit)));
}

static void explain_jobs(struct ask *a, struct lines *l)
{
	for (size_t i = 0; i < a->n_jobs; i++) {
		const struct outcome *o = &a->jobs[i].outcome;

		add(l, arena_printf(&a->arena, "asked: %.*s about %.*s, answered by %.*s%s",
				    VIEW_ARG(o->asked ? o->asked->name : VIEW("no place")),
				    VIEW_ARG(o->intent->name),
				    VIEW_ARG(o->level ? o->level->name : VIEW("nobody")),
				    o->is_degraded ? " (a plugin's code failed)" : ""));
		if (o->within)
			explain_case(a, o->within, l);
	}
}

void ask_explain(struct ask *a, struct reply *reply)
{
	struct lines *l = ARENA_NEW(&a->arena, struct lines);
	const struct understanding *u = &a->plan.what;
	struct understand_why why = {NULL, 0};

	for (size_t i = 0; i < a->plan.n; i++)
		explain_decision(a, &a->plan.items[i], l);
	explain_jobs(a, l);
	for (size_t i = 0; i < u->n_ranking; i++)
		add(l, arena_printf(&a->arena, "score: %.*s %.3f",
				    VIEW_ARG(u->ranking[i].intent->name),
				    (double)u->ranking[i].probability));
	for (size_t i = 0; a->plan.has_leaned && i < 2 && i < a->plan.leaned.n_ranking; i++)
		add(l, arena_printf(&a->arena, "score with its matter in front: %.*s %.3f",
				    VIEW_ARG(a->plan.leaned.ranking[i].intent->name),
				    (double)a->plan.leaned.ranking[i].probability));
	understand_explain(a->generation->understander, &a->arena, u, &why);
	for (size_t i = 0; i < why.n_lines; i++)
		add(l, why.lines[i]);
	reply->why.items = l->items;
	reply->why.n = l->n;
}
