/* SPDX-License-Identifier: Apache-2.0 */
/* source.c - the reply to who asks on what the last answer rests. */
#include "dialog/source.h"

#include "dialog/citation.h"

/* 刚才的“办理时限”，依据是 … */
static void put_heading(const struct voice *v, const struct composition *c, bool is_known)
{
	const struct decision *d = c->decision;
	const struct outcome *o = c->n_outcomes == 1 ? &c->outcomes[0] : NULL;
	size_t mark = voice_mark(v);
	struct view places;

	for (size_t i = 0; i < d->n_regions; i++) {
		if (i > 0)
			buf_str(v->out, "、");
		buf_view_add(v->out, voice_region(v, d->regions[i].region));
	}
	places = voice_take(v, mark);
	voice_say(v, is_known ? "source.of" : "source.of.unknown", "region", places, "title",
		  d->intent->title);
	if (o && o->level && o->asked && o->level != o->asked)
		voice_say(v, "source.level", "level", o->level->name, VOICE_NOTHING);
}

static bool has_articles(const struct citations *set)
{
	for (size_t i = 0; i < set->n; i++) {
		if (set->items[i].kind == SOURCE_ARTICLE)
			return true;
	}
	return false;
}

/* 这是官方的吗: that is said first. */
static void put_official(const struct voice *v, const struct citations *set)
{
	size_t n = 0;

	if (set->n == 0 || view_find(v->asked, VIEW("官方")) < 0)
		return;
	for (size_t i = 0; i < set->n; i++)
		n += set->items[i].kind == SOURCE_LAW || set->items[i].kind == SOURCE_GOVERNMENT;
	voice_put(v, n == set->n ? "source.official.all"
		     : n > 0     ? "source.official.some"
				 : "source.official.none");
}

static char worse(char grade, char other)
{
	return other > grade ? other : grade;
}

void compose_sources(const struct voice *v, const struct composition *c, struct reply *ret)
{
	struct reply_answer *answer = ARENA_NEW(v->arena, struct reply_answer);
	struct citations *set = ARENA_NEW(v->arena, struct citations);
	const struct intent *asked = catalog_of_kind(v->catalog, INTENT_SOURCE);
	size_t mark = voice_mark(v);

	for (size_t i = 0; i < c->n_outcomes; i++) {
		const struct outcome *o = &c->outcomes[i];

		if (!o->facts)
			continue;
		citations_add_facts(set, o->guide, o->facts);
		answer->grade = worse(answer->grade, citations_grade(o->guide, o->facts));
	}
	ret->type = REPLY_ANSWER;
	ret->intent = asked ? asked : ret->intent;
	ret->answer = answer;
	put_official(v, set);
	put_heading(v, c, set->n > 0);
	answer->facts.summary.text = voice_take(v, mark);
	buf_view_add(v->out, answer->facts.summary.text);
	answer->sources.items = set->items;
	answer->sources.n = set->n;
	answer->as_of = citations_as_of(set);
	answer->is_stale = citations_are_stale(set, v->today);
	answer->disclaimer = voice_words(v, "disclaimer", VOICE_NOTHING, VOICE_NOTHING);
	buf_char(v->out, '\n');
	citations_list(v, set);
	if (has_articles(set))
		voice_put(v, "source.unverified");
	if (answer->is_stale)
		voice_put(v, "say.stale");
	citations_close(v, set, answer->disclaimer);
}
