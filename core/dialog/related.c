/* SPDX-License-Identifier: Apache-2.0 */
/* related.c - next questions: those the intent's file names, then its neighbours. */
#include "dialog/related.h"

#include "base/limits.h"

static bool knows(const struct voice *v, const struct region *region, const struct intent *intent)
{
	struct registry_walk w = registry_walk(v->registry, region, intent->name);
	struct registry_hop hop;

	return registry_next(&w, &hop) && hop.level == region;
}

/* 鼓楼 alone would be asked back. */
static bool is_shared(const struct voice *v, const struct region *r)
{
	if (r->level != REGION_COUNTY)
		return false;
	for (size_t i = 0; i < v->regions->n_items; i++) {
		const struct region *other = &v->regions->items[i];

		if (other != r && view_eq(other->short_name, r->short_name))
			return true;
	}
	return false;
}

struct view related_question(const struct voice *v, const struct intent *intent,
			     const struct region *region)
{
	struct view q = intent->question.len ? intent->question : intent->title;
	struct view mine = VIEW("我的"), name;

	if (!region || region->level == REGION_NATION || intent->kind != INTENT_QUESTION)
		return q;
	/* 长三角 has no office: it is named only with what its own guide knows. */
	if (region->level == REGION_CLUSTER && !knows(v, region, intent))
		return q;
	name = is_shared(v, region) ? voice_region(v, region) : region->short_name;
	if (view_starts(q, mine))
		return arena_printf(v->arena, "%.*s的%.*s", VIEW_ARG(name),
				    VIEW_ARG(view_sub(q, mine.len, q.len)));
	return arena_printf(v->arena, "%.*s%.*s", VIEW_ARG(name), VIEW_ARG(q));
}

struct picking {
	const struct intent *intent; /* just answered */
	const struct region *region;
	bool is_local; /* somebody nearer than the whole country must know */
	const struct intent *picked[LIMIT_RELATED];
	size_t n;
};

/* More than a sentence that nothing is known, and where else to ask. */
static bool is_informative(const struct guide_topic *topic)
{
	const struct facts *f = &topic->facts;

	if (f->documents.n || f->timing.n)
		return true;
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		if (which != FACTS_NOTES && facts_lines(f, (enum facts_lines)which).n)
			return true;
	}
	return false;
}

static bool is_answerable(const struct voice *v, const struct picking *p,
			  const struct intent *candidate)
{
	struct registry_walk w = registry_walk(v->registry, p->region, candidate->name);
	struct registry_hop hop;

	if (!registry_next(&w, &hop))
		return false;
	if (hop.level->level != REGION_NATION)
		return true;
	return !p->is_local && (!hop.topic || is_informative(hop.topic));
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
		if (v->facets->items[i].is_default &&
		    v->facets->items[i].intent->matter == intent->matter)
			pick(v, p, v->facets->items[i].intent);
	}
}

size_t related_find(const struct voice *v, const struct intent *intent, const struct region *region,
		    struct reply_option *out)
{
	const struct region *nation = &v->regions->items[0];
	struct picking p = {.intent = intent, .region = region ? region : nation};

	/* Who gets another permit is not led back to this one. */
	if (intent->n_whenever)
		return 0;
	/* What only the national rule answers is worth a question where there is nothing else. */
	p.is_local = p.region != nation;
	pick_all(v, &p);
	/* What is done is done in a city, not in a cluster: nothing else is asked about one. */
	if (p.n == 0 && p.is_local && p.region->level != REGION_CLUSTER) {
		p.is_local = false;
		pick_all(v, &p);
	}
	/* Who asks about a group of places lives in one of them. */
	for (size_t i = 0; p.n == 0 && p.region->level == REGION_CLUSTER && i < p.region->n_members;
	     i++) {
		struct picking member = {
		    .intent = intent, .region = p.region->members[i], .is_local = true};

		pick_all(v, &member);
		if (member.n > 0) {
			p = member;
			region = member.region;
		}
	}
	for (size_t i = 0; i < p.n; i++)
		out[i] = (struct reply_option){.text = related_question(v, p.picked[i], region),
					       .intent = p.picked[i],
					       .region = region};
	return p.n;
}

static bool are_answers(const struct reply *r)
{
	for (size_t i = 0; i < r->parts.n; i++)
		if (r->parts.items[i].type != REPLY_ANSWER)
			return false;
	return r->type == REPLY_ANSWERS;
}

void related_put(const struct voice *v, struct reply_option *items, size_t n, struct reply *ret)
{
	/* Behind 【1】【2】 comes 3. */
	size_t first = ret->type == REPLY_ANSWERS ? ret->parts.n + 1 : 1;
	bool numbered = ret->options.n == 0 && (ret->type == REPLY_ANSWER || are_answers(ret));
	struct view *texts = ARENA_ARRAY(v->arena, n + 1, struct view), list;
	size_t mark = voice_mark(v);

	ret->related.items = texts;
	ret->related.n = n;
	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		texts[i] = items[i].text;
		if (i > 0)
			buf_char(v->out, ' ');
		if (numbered)
			buf_printf(v->out, "%zu.", first + i);
		buf_view_add(v->out, texts[i]);
	}
	if (numbered) {
		ret->next.items = items;
		ret->next.n = n;
	}
	list = voice_take(v, mark);
	buf_char(v->out, '\n');
	voice_say(v, numbered ? "related.numbered" : "related", "list", list, VOICE_NOTHING);
}
