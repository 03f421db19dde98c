/* SPDX-License-Identifier: Apache-2.0 */
/* compose-answer.c - the answer to one question: what must be said first, the facts, their sources.
 */
#include "dialog/aspect.h"
#include "dialog/compose-inside.h"
#include "dialog/offer.h"
#include "dialog/point.h"
#include "dialog/related.h"
#include "dialog/relevant.h"
#include "dialog/situation.h"
#include "dialog/source.h"
#include "dialog/verdict.h"
#include "dialog/word.h"

static void add_notice(const struct voice *v, const char *entry, const char *name1,
		       struct view value1, const char *name2, struct view value2)
{
	voice_say(v, entry, name1, value1, name2, value2);
}

static bool lines_state(struct line_list lines, struct view asked)
{
	for (size_t i = 0; i < lines.n; i++) {
		if (relevant_figures_said(asked, lines.items[i].text))
			return true;
	}
	return false;
}

/* The figures of the question stand among the facts. */
static bool is_stated(const struct facts *f, struct view asked)
{
	if (relevant_figures_said(asked, f->summary.text))
		return true;
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		if (lines_state(facts_lines(f, (enum facts_lines)which), asked))
			return true;
	}
	return false;
}

/* Things that were asked about by their names; see point.h. */
struct pointed {
	const struct matter_point *items[SPLIT_MAX];
	size_t n;
	bool is_all;   /* nothing else was asked … */
	bool is_whole; /* … and nothing that was said before leads to it */
	bool leads;    /* they are said first */
};

/* Another certificate was asked about, and what follows does not speak of it. */
static void put_kind(const struct voice *v, const struct decision *d, const struct facts *f)
{
	/* A sentence's name or an intent's, no certificate's. */
	bool is_named = view_find(d->kind, VIEW(".")) >= 0;

	if (d->kind.len == 0 || is_named || !f)
		return;
	is_named = view_find(f->summary.text, d->kind) >= 0;
	for (int which = 0; which < FACTS_LINE_LISTS && !is_named; which++) {
		struct line_list lines = facts_lines(f, (enum facts_lines)which);

		for (size_t i = 0; i < lines.n && which != FACTS_NOTES; i++)
			is_named |= view_find(lines.items[i].text, d->kind) >= 0;
	}
	if (!is_named)
		voice_say(v, "say.kind", "kind", d->kind, VOICE_NOTHING);
}

/* What must be said before the facts: carried, assumed. */
static void put_notices(const struct voice *v, const struct composition *c, const struct outcome *o)
{
	const struct decision *d = c->decision;
	struct view asked = o && o->asked ? voice_region(v, o->asked) : VIEW("");
	struct view title = d->intent ? d->intent->title : VIEW("");

	compose_elsewhere(v, c);
	if (d->is_aspect_again && asked.len)
		add_notice(v, "say.carried.thing.region", "region", asked, "title", title);
	else if (d->is_aspect_again)
		add_notice(v, "say.carried.thing", "title", title, VOICE_NOTHING);
	else if (d->is_persons && asked.len)
		add_notice(
		    v, d->carried & CARRIED_INTENT ? "say.carried.intent" : "say.carried.person",
		    "region", asked, "title", title);
	else if (d->carried == (CARRIED_REGION | CARRIED_INTENT) && asked.len)
		add_notice(v, "say.carried.both", "region", asked, "title", title);
	else if ((d->carried & CARRIED_REGION) && asked.len)
		add_notice(v, "say.carried.region", "region", asked, VOICE_NOTHING);
	else if ((d->carried & CARRIED_INTENT) && asked.len)
		add_notice(v, "say.carried.intent", "region", asked, "title", title);
	if (d->is_place_corrected && d->n_regions == 1 && asked.len)
		add_notice(v, "say.assumed", "name", d->corrected, "region", asked);
	else if (d->assumed && asked.len)
		add_notice(v, "say.assumed", "name", d->assumed->name->name, "region", asked);
	if (strcmp(d->rule, "matter-taken") == 0 && d->matter)
		add_notice(v, "say.taken.matter", "matter", d->matter->title, VOICE_NOTHING);
	if (d->in_short)
		voice_put(v, "say.simpler");
	if (o)
		put_kind(v, d, o->facts);
	if (c->had_numbers)
		voice_put(v, "say.numbers");
}

/* Whose answer it is, where it is not that of the place asked about. */
static void put_level(const struct voice *v, const struct composition *c, const struct outcome *o)
{
	const struct decision *d = c->decision;
	struct view asked = o->asked ? voice_region(v, o->asked) : VIEW("");
	/* The place was named just now: it is not named once more. */
	bool named = d->carried && asked.len;

	if (!o->level)
		return;
	/* Said before anything else: an answer that passes over it would seem to agree. */
	if ((d->signs & CLAIM) && o->facts && !is_stated(o->facts, v->asked))
		voice_put(v, "say.claim");
	if (!o->asked)
		voice_put(v, "say.nation");
	else if (o->is_degraded && o->level != o->asked)
		add_notice(v, "say.degraded", "asked", asked, "level", o->level->name);
	else if (o->level->level == REGION_NATION && o->level != o->asked)
		add_notice(v, named ? "say.fallback.nation.again" : "say.fallback.nation", "asked",
			   asked, VOICE_NOTHING);
	else if (o->level != o->asked)
		add_notice(v, named ? "say.fallback.again" : "say.fallback", "asked", asked,
			   "level", o->level->name);
}

/* Nobody knows: said plainly, never filled from elsewhere. */
static void put_missing(const struct voice *v, const struct outcome *o, struct reply_answer *answer)
{
	size_t mark = voice_mark(v);

	if (o->is_degraded && o->asked)
		voice_say(v, "say.degraded.nothing", "asked", o->asked->name, VOICE_NOTHING);
	else if (o->asked)
		voice_say(v, "missing", "region", voice_region(v, o->asked), "title",
			  o->intent->title);
	else
		voice_say(v, "missing.nation", "title", o->intent->title, VOICE_NOTHING);
	/* Who shows the parts and not the text shows this, too. */
	answer->facts.summary.text = voice_take(v, mark);
	buf_view_add(v->out, answer->facts.summary.text);
}

/* The same certificate was described a moment ago: nothing of that once more. */
static void take_aspect(const struct voice *v, const struct decision *d, struct outcome *o,
			struct facts *room)
{
	aspect_take(o->facts, d->aspect, room);
	if (facts_is_empty(room) && !d->is_aspect_again)
		return;
	if (facts_is_empty(room))
		room->summary.text =
		    voice_words(v, "missing.nation", "title", d->aspect->title, VOICE_NOTHING);
	/* What holds for the figure that was given now was not said before. */
	else if (!d->is_aspect_again || o->within)
		room->summary = o->facts->summary;
	o->facts = room;
}

/* One figure more, and it could be told what holds for them. */
static void put_inquiry(const struct voice *v, const struct outcome *o, struct citations *set,
			struct reply_answer *answer)
{
	if (o->inquiry.line.text.len == 0)
		return;
	answer->inquiry = o->inquiry;
	if (!facts_is_empty(o->facts))
		buf_char(v->out, '\n');
	buf_view_add(v->out, o->inquiry.line.text);
	citations_add_remark(set, o->guide, o->inquiry.line.source);
}

#define FEW_CHANNELS  1
#define FEW_DOCUMENTS 2

/* In a list that is shown whole, and not so long that it hides there. */
static bool is_listed(const struct voice *v, const struct matter_point *point,
		      const struct facts *f)
{
	size_t mark = voice_mark(v);

	if (f->channels.n <= FEW_CHANNELS)
		word_channels(v, f);
	if (f->documents.n <= FEW_DOCUMENTS)
		word_documents(v, f);
	return point_is_told(point, voice_take(v, mark));
}

/* What is said whatever was asked about: the first sentence, the steps and the lists. */
static bool says_it_anyway(const struct voice *v, const struct matter_point *point,
			   const struct facts *f, enum word_length length)
{
	struct line_list steps = facts_lines(f, FACTS_STEPS);

	/* Who lacks it asks what else will do. */
	if (point_is_lacking(v->asked))
		return false;
	if (point_is_told(point, f->summary.text))
		return true;
	for (size_t i = 0; i < steps.n && i < WORD_STEPS_MAX && length != WORD_AGAIN; i++)
		if (point_is_told(point, steps.items[i].text))
			return true;
	return length != WORD_AGAIN && is_listed(v, point, f);
}

/* What is known of the things that were asked about by their names; nothing of what the rest says
 * by itself, unless there is no rest. */
static struct view word_points(const struct voice *v, const struct pointed *pointed,
			       const struct outcome *o, enum word_length length,
			       struct citations *set, bool *ret_known)
{
	const bool is_all = pointed->is_all || pointed->n > 1;
	size_t mark = voice_mark(v);

	*ret_known = false;
	for (size_t i = 0; i < pointed->n; i++) {
		const struct matter_point *point = pointed->items[i];
		size_t before = voice_mark(v);

		if (!pointed->is_all && says_it_anyway(v, point, o->facts, length))
			continue;
		if (before > mark)
			buf_char(v->out, '\n');
		*ret_known |= point_word(v, point, o, is_all, set);
	}
	return voice_take(v, mark);
}

/* Beside the rest, which need not say it again. */
static void put_pointed(const struct voice *v, const struct pointed *pointed,
			const struct outcome *o, enum word_length length, struct citations *set,
			struct reply_answer *answer)
{
	struct voice own = *v;
	bool known;

	own.instead = o->instead;
	answer->point = word_points(v, pointed, o, length, set, &known);
	if (known)
		own.instead = arena_printf(v->arena, "%.*s%.*s", VIEW_ARG(o->instead),
					   VIEW_ARG(answer->point));
	if (pointed->leads && answer->point.len > 0)
		buf_printf(v->out, "%.*s\n", VIEW_ARG(answer->point));
	word_facts(&own, o->facts, o->intent, length);
	if (!pointed->leads && answer->point.len > 0)
		buf_printf(v->out, "\n%.*s", VIEW_ARG(answer->point));
	citations_add_facts(set, o->guide, o->facts);
}

/* Nothing else was asked. */
static void put_points_alone(const struct voice *v, const struct pointed *pointed,
			     const struct outcome *o, struct citations *set,
			     struct reply_answer *answer)
{
	bool known;

	answer->point = word_points(v, pointed, o, WORD_USUAL, set, &known);
	buf_view_add(v->out, answer->point);
}

static enum word_length length_of(const struct composition *c)
{
	/* One intent for all aspects: 要多久 after 要带什么 is no repetition. */
	bool is_again = c->decision->is_again && !c->decision->aspect;

	return c->is_part              ? WORD_BRIEF
	       : c->decision->in_short ? WORD_GIST
	       : is_again              ? WORD_AGAIN
	       : c->decision->in_full  ? WORD_FULL
				       : WORD_USUAL;
}

/* The things that were asked about by their names, if there is room for them. */
static struct pointed pointed_of(const struct voice *v, const struct composition *c)
{
	const struct decision *d = c->decision;
	const enum word_length length = length_of(c);
	struct pointed ret = {.leads = c->is_part};

	if (length == WORD_GIST || length == WORD_FULL)
		return ret;
	if (d->point || c->is_part) {
		ret.items[0] = d->point;
		ret.n = d->point != NULL;
	} else {
		ret.n = points_asked(v->matter, v->asked, ret.items);
	}
	ret.leads |= ret.n > 1 || (ret.n == 1 && point_leads(v, ret.items[0]));
	/* Of several answers one is about it alone if it is of no question in particular. */
	ret.is_whole = ret.n == 1 && ret.leads &&
		       (ret.items[0]->is_alone || (c->is_part && ret.items[0]->intent.len == 0));
	ret.is_all = ret.is_whole || (ret.n > 0 && d->asks_point);
	return ret;
}

static void put_facts(const struct voice *v, const struct composition *c,
		      const struct pointed *pointed, struct outcome *o, struct reply_answer *answer)
{
	struct citations *set = ARENA_NEW(v->arena, struct citations);
	enum word_length length = length_of(c);

	if (c->decision->aspect && length == WORD_USUAL)
		take_aspect(v, c->decision, o, ARENA_NEW(v->arena, struct facts));
	if (pointed->is_all) {
		put_points_alone(v, pointed, o, set, answer);
	} else {
		put_pointed(v, pointed, o, length, set, answer);
		/* Code may have nothing else to say. */
		if (length == WORD_USUAL || facts_is_empty(o->facts))
			put_inquiry(v, o, set, answer);
	}
	/* Who shows the parts and not the text shows this, and nothing that was not asked. */
	if (pointed->is_whole)
		answer->facts = (struct facts){.summary.text = answer->point};
	else
		answer->facts = *o->facts;
	answer->point = pointed->is_whole ? VIEW("") : answer->point;
	answer->sources.items = set->items;
	answer->sources.n = set->n;
	answer->grade = citations_grade(o->guide, o->facts);
	answer->as_of = citations_as_of(set);
	answer->is_stale = citations_are_stale(set, v->today);
	answer->disclaimer = voice_words(v, "disclaimer", VOICE_NOTHING, VOICE_NOTHING);
	if (set->n > 0 || !c->is_part)
		buf_char(v->out, '\n');
	citations_word(v, set);
	if (answer->is_stale)
		voice_put(v, "say.stale");
	/* Of several answers only the last is followed by it. */
	if (!c->is_part)
		citations_close(v, set, answer->disclaimer);
}

void compose_answer(const struct voice *v, const struct composition *c, struct reply *ret)
{
	struct reply_answer *answer = ARENA_NEW(v->arena, struct reply_answer);
	struct outcome *o = &c->outcomes[0];
	size_t mark = voice_mark(v);
	struct pointed pointed;

	o->facts = verdict_facts(v->arena, o->intent, c->words, v->asked, o->facts);
	ret->type = REPLY_ANSWER;
	ret->answer = answer;
	put_notices(v, c, o);
	pointed = pointed_of(v, c);
	if (pointed.n == 1 && pointed.leads)
		ret->point = pointed.items[0];
	/* Who asked about a thing by its name sees whether they were understood. */
	if (strcmp(c->decision->rule, "likely") == 0 && !(pointed.n > 0 && pointed.leads))
		add_notice(v, "say.taken", "title", o->intent->title, VOICE_NOTHING);
	if (!pointed.is_whole || !o->facts)
		put_level(v, c, o);
	answer->notice = voice_take(v, mark);
	buf_view_add(v->out, answer->notice);
	if (o->facts)
		put_facts(v, c, &pointed, o, answer);
	else
		put_missing(v, o, answer);
	if (c->is_part)
		return;
	/* Who was asked where and does not know is not asked again. */
	/* Nor who passed over that question a moment ago. */
	if (!o->asked && o->facts && !(c->decision->signs & (ANY | OFFERED_PLACES))) {
		struct offer offer =
		    offer_regions(v, o->intent, pointed.is_whole ? pointed.items[0] : NULL);

		if (offer.n > 0) {
			buf_char(v->out, '\n');
			voice_put(v, "offer.regions");
			offer_word_line(v, &offer, ret);
		}
	}
	compose_related(v, o->intent, o->asked, ret);
}
