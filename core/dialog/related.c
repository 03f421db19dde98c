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

struct picking {
	const struct intent *intent; /* just answered */
	const struct region *region;
	bool is_local; /* somebody nearer than the whole country must know */
	const struct intent *picked[LIMIT_RELATED];
	size_t n;
};

static bool is_answerable(const struct voice *v, const struct picking *p,
			  const struct intent *candidate)
{
	struct registry_walk w = registry_walk(v->registry, p->region, candidate->name);
	struct registry_hop hop;

	return registry_next(&w, &hop) && (!p->is_local || hop.level->level != REGION_NATION);
}

static void pick(const struct voice *v, struct picking *p, const struct intent *candidate)
{
	if (!candidate || candidate == p->intent || candidate->kind != INTENT_QUESTION ||
	    p->n == LIMIT_RELATED)
		return;
	for (size_t i = 0; i < p->n; i++) {
		if (p->picked[i] == candidate)
			return;
	}
	if (is_answerable(v, p, candidate))
		p->picked[p->n++] = candidate;
}

static void pick_all(const struct voice *v, struct picking *p)
{
	const struct intent *intent = p->intent;

	for (size_t i = 0; i < intent->n_related; i++)
		pick(v, p, catalog_find(v->catalog, intent->related[i]));
	for (size_t i = 0; i < intent->n_nots && p->n < LIMIT_RELATED; i++) {
		const struct intent *other = catalog_find(v->catalog, intent->nots[i].intent);

		if (other && other->matter == intent->matter)
			pick(v, p, other);
	}
	for (size_t i = 0; i < v->facets->n && p->n < LIMIT_RELATED; i++) {
		if (v->facets->items[i].is_default)
			pick(v, p, v->facets->items[i].intent);
	}
}

size_t related_find(const struct voice *v, const struct intent *intent, const struct region *region,
		    struct view *out)
{
	const struct region *nation = &v->regions->items[0];
	struct picking p = {.intent = intent, .region = region ? region : nation};

	/* What only the national rule answers is worth a question where there is nothing else. */
	p.is_local = p.region != nation;
	pick_all(v, &p);
	if (p.n == 0 && p.is_local) {
		p.is_local = false;
		pick_all(v, &p);
	}
	for (size_t i = 0; i < p.n; i++)
		out[i] = related_question(v, p.picked[i], region);
	return p.n;
}
