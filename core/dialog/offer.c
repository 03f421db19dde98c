/* SPDX-License-Identifier: Apache-2.0 */
/* offer.c - options: places, questions, none of these. */
#include "dialog/offer.h"

#include "dialog/point.h"
#include "dialog/related.h"

struct offer offer_new(const struct voice *v)
{
	return (struct offer){ARENA_ARRAY(v->arena, LIMIT_OPTIONS, struct reply_option), 0};
}

void offer_add(struct offer *o, struct view text, const struct intent *intent,
	       const struct region *region)
{
	static const char digits[] = "123456789";

	if (o->n == LIMIT_OPTIONS)
		return;
	o->items[o->n] = (struct reply_option){view_make(digits + o->n, 1), text, intent, region};
	o->n++;
}

void offer_word_line(const struct voice *v, const struct offer *o, struct reply *ret)
{
	for (size_t i = 0; i < o->n; i++) {
		if (i > 0)
			buf_char(v->out, ' ');
		buf_view_add(v->out, o->items[i].id);
		buf_char(v->out, '.');
		buf_view_add(v->out, o->items[i].text);
	}
	ret->options.items = o->items;
	ret->options.n = o->n;
}

void offer_word(const struct voice *v, const struct offer *o, struct reply *ret)
{
	for (size_t i = 0; i < o->n; i++) {
		buf_char(v->out, '\n');
		buf_view_add(v->out, o->items[i].id);
		buf_str(v->out, ". ");
		buf_view_add(v->out, o->items[i].text);
	}
	ret->options.items = o->items;
	ret->options.n = o->n;
}

static bool is_city(const struct region *r)
{
	if (r->level == REGION_CITY)
		return true;
	/* 北京 天津 上海 重庆 are provinces to the table and cities to people. */
	return r->level == REGION_PROVINCE && view_ends(r->name, VIEW("市"));
}

/* Places with a word of their own on this intent, offered beside the national rule. */
struct offer offer_regions(const struct voice *v, const struct intent *intent,
			   const struct matter_point *point)
{
	struct offer o = offer_new(v);

	for (size_t i = 0; i < registry_count(v->registry) && o.n < LIMIT_OPTIONS; i++) {
		const struct plugin *p = registry_at(v->registry, i);
		const struct region *r;

		if (p->guide.regions.n == 0 ||
		    !(point ? point_is_in_guide(point, &p->guide)
			    : guide_topic_find(&p->guide, intent->name) != NULL))
			continue;
		r = region_find(v->regions, p->guide.regions.items[0].code);
		if (r && is_city(r))
			offer_add(&o, r->name, intent, r);
	}
	return o;
}

const struct region *decision_region(const struct decision *d)
{
	return d->n_regions ? d->regions[0].region : NULL;
}

struct offer offer_nearest(const struct voice *v, const struct decision *d, bool none)
{
	struct offer o = offer_new(v);

	for (size_t i = 0; i < d->n_nearest; i++)
		offer_add(&o, related_question(v, d->nearest[i], decision_region(d)), d->nearest[i],
			  decision_region(d));
	if (none)
		offer_add(&o, voice_words(v, "option.none", VOICE_NOTHING, VOICE_NOTHING), NULL,
			  NULL);
	return o;
}
