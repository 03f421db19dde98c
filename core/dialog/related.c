/* SPDX-License-Identifier: Apache-2.0 */
/* related.c - next questions: those the intent's file names, then its neighbours. */
#include "dialog/related.h"

#include "base/limits.h"

struct view related_question(const struct voice *v, const struct intent *intent,
			     const struct region *region)
{
	struct view q = intent->question.len ? intent->question : intent->title;
	struct view mine = VIEW("我的");

	if (!region || region->level == REGION_NATION || intent->kind != INTENT_QUESTION)
		return q;
	if (view_starts(q, mine))
		return arena_printf(v->arena, "%.*s的%.*s", VIEW_ARG(region->short_name),
				    VIEW_ARG(view_sub(q, mine.len, q.len)));
	return arena_printf(v->arena, "%.*s%.*s", VIEW_ARG(region->short_name), VIEW_ARG(q));
}

/* The widest place that may speak for `region` without being the whole country. */
static bool is_answerable(const struct voice *v, const struct intent *intent,
			  const struct region *region)
{
	struct registry_walk w = registry_walk(v->registry, region, intent->name);
	struct registry_hop hop;

	return registry_next(&w, &hop);
}

struct picked {
	const struct intent *items[LIMIT_RELATED];
	size_t n;
};

static void pick(const struct voice *v, struct picked *p, const struct intent *candidate,
		 const struct intent *not_this, const struct region *region)
{
	if (!candidate || candidate == not_this || candidate->kind != INTENT_QUESTION ||
	    p->n == LIMIT_RELATED)
		return;
	for (size_t i = 0; i < p->n; i++) {
		if (p->items[i] == candidate)
			return;
	}
	if (is_answerable(v, candidate, region))
		p->items[p->n++] = candidate;
}

size_t related_find(const struct voice *v, const struct intent *intent, const struct region *region,
		    struct view *out)
{
	const struct region *where = region ? region : &v->regions->items[0];
	struct picked p = {.n = 0};

	for (size_t i = 0; i < intent->n_related; i++)
		pick(v, &p, catalog_find(v->catalog, intent->related[i]), intent, where);
	for (size_t i = 0; i < intent->n_nots; i++) {
		const struct intent *other = catalog_find(v->catalog, intent->nots[i].intent);

		if (other && other->matter == intent->matter)
			pick(v, &p, other, intent, where);
	}
	for (size_t i = 0; i < v->facets->n; i++) {
		if (v->facets->items[i].is_default)
			pick(v, &p, v->facets->items[i].intent, intent, where);
	}
	for (size_t i = 0; i < p.n; i++)
		out[i] = related_question(v, p.items[i], region);
	return p.n;
}
