/* SPDX-License-Identifier: Apache-2.0 */
/* compose.c - answers, questions back, declines: each action's reply. */
#include "dialog/compose.h"

#include <stdio.h>

#include "dialog/aspect.h"
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

/* What else was asked, of no matter of ours. */
static void put_elsewhere(const struct voice *v, const struct composition *c)
{
	if (c->elsewhere.len > 0)
		voice_say(v, "say.elsewhere", "list", c->elsewhere, VOICE_NOTHING);
}

/* What must be said before the facts: carried, assumed, who answers instead. */
static void put_notices(const struct voice *v, const struct composition *c, const struct outcome *o)
{
	const struct decision *d = c->decision;
	struct view asked = o && o->asked ? voice_region(v, o->asked) : VIEW("");
	struct view title = d->intent ? d->intent->title : VIEW("");
	bool named;

	put_elsewhere(v, c);
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
	/* The place was named just now: it is not named once more. */
	named = d->carried && asked.len;
	if (d->is_place_corrected && d->n_regions == 1 && asked.len)
		add_notice(v, "say.assumed", "name", d->corrected, "region", asked);
	else if (d->assumed && asked.len)
		add_notice(v, "say.assumed", "name", d->assumed->name->name, "region", asked);
	if (strcmp(d->rule, "likely") == 0)
		add_notice(v, "say.taken", "title", title, VOICE_NOTHING);
	if (strcmp(d->rule, "matter-taken") == 0 && d->matter)
		add_notice(v, "say.taken.matter", "matter", d->matter->title, VOICE_NOTHING);
	if (d->in_short)
		voice_put(v, "say.simpler");
	if (o)
		put_kind(v, d, o->facts);
	if (c->had_numbers)
		voice_put(v, "say.numbers");
	if (!o || !o->level)
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

static void set_regions(const struct voice *v, const struct composition *c, struct reply *ret)
{
	const struct decision *d = c->decision;
	struct reply_region *items = ARENA_ARRAY(v->arena, d->n_regions + 1, struct reply_region);

	for (size_t i = 0; i < d->n_regions; i++) {
		items[i].region = d->regions[i].region;
		items[i].name = voice_region(v, d->regions[i].region);
		items[i].found_by = d->regions[i].found_by;
		if (i < c->n_outcomes)
			items[i].answered_by = c->outcomes[i].level;
	}
	ret->regions.items = items;
	ret->regions.n = d->n_regions;
}

static void set_corrected(const struct voice *v, const struct decision *d, struct reply *ret)
{
	if (d->corrected.len > 0)
		ret->corrected =
		    voice_words(v, "say.corrected", "typed", d->corrected, "name", d->corrected_to);
}

static void put_related(const struct voice *v, const struct intent *intent,
			const struct region *region, struct reply *ret)
{
	struct reply_option *items = ARENA_ARRAY(v->arena, LIMIT_RELATED, struct reply_option);

	related_put(v, items, related_find(v, intent, region, items), ret);
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
	else if (!d->is_aspect_again)
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

/* What is known of a thing that was asked about by its name, beside the rest, which need not say
 * it again; nothing if the rest says it by itself. */
static void put_pointed(const struct voice *v, const struct matter_point *point,
			const struct outcome *o, enum word_length length, struct citations *set,
			struct reply_answer *answer)
{
	size_t mark = voice_mark(v);
	struct voice own = *v;
	struct view all;

	own.instead = o->instead;
	if (point) {
		bool known = point_word(v, point, o, false, set);

		answer->point = voice_take(v, mark);
		if (known)
			own.instead = arena_printf(v->arena, "%.*s%.*s", VIEW_ARG(o->instead),
						   VIEW_ARG(answer->point));
	}
	word_facts(&own, o->facts, o->intent, length);
	all = voice_take(v, mark);
	if (answer->point.len == 0) {
		buf_view_add(v->out, all);
	} else if (point_is_in(point, all)) {
		answer->point = VIEW("");
		set->n = 0;
		own.instead = o->instead;
		word_facts(&own, o->facts, o->intent, length);
	} else {
		bool leads = point_leads(v);

		buf_printf(v->out, "%.*s\n%.*s", VIEW_ARG(leads ? answer->point : all),
			   VIEW_ARG(leads ? all : answer->point));
	}
	citations_add_facts(set, o->guide, o->facts);
}

/* The thing that was asked about by its name; NULL: none, or there is no room for it. */
static const struct matter_point *point_of(const struct voice *v, const struct composition *c,
					   enum word_length length)
{
	if (c->is_part || length == WORD_GIST || length == WORD_FULL)
		return NULL;
	return c->decision->point ? c->decision->point : point_named(v->matter, v->asked);
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

static void put_facts(const struct voice *v, const struct composition *c, struct outcome *o,
		      struct reply_answer *answer)
{
	struct citations *set = ARENA_NEW(v->arena, struct citations);
	enum word_length length = length_of(c);
	const struct matter_point *point = point_of(v, c, length);
	size_t mark = voice_mark(v);

	if (c->decision->aspect && length == WORD_USUAL)
		take_aspect(v, c->decision, o, ARENA_NEW(v->arena, struct facts));
	if (point && c->decision->asks_point) {
		point_word(v, point, o, true, set);
		answer->point = voice_take(v, mark);
		buf_view_add(v->out, answer->point);
	} else {
		put_pointed(v, point, o, length, set, answer);
		/* Code may have nothing else to say. */
		if (length == WORD_USUAL || facts_is_empty(o->facts))
			put_inquiry(v, o, set, answer);
	}
	answer->facts = *o->facts;
	answer->sources.items = set->items;
	answer->sources.n = set->n;
	answer->grade = citations_grade(o->guide, o->facts);
	answer->as_of = citations_as_of(set);
	answer->is_stale = citations_are_stale(set, v->today);
	answer->disclaimer = voice_words(v, "disclaimer", VOICE_NOTHING, VOICE_NOTHING);
	buf_char(v->out, '\n');
	citations_word(v, set);
	if (answer->is_stale)
		voice_put(v, "say.stale");
	/* Of several answers only the last is followed by it. */
	if (!c->is_part)
		citations_close(v, set, answer->disclaimer);
}

static void compose_answer(const struct voice *v, const struct composition *c, struct reply *ret)
{
	struct reply_answer *answer = ARENA_NEW(v->arena, struct reply_answer);
	struct outcome *o = &c->outcomes[0];
	size_t mark = voice_mark(v);

	o->facts = verdict_facts(v->arena, o->intent, c->words, v->asked, o->facts);
	ret->type = REPLY_ANSWER;
	ret->answer = answer;
	put_notices(v, c, o);
	answer->notice = voice_take(v, mark);
	buf_view_add(v->out, answer->notice);
	if (o->facts)
		put_facts(v, c, o, answer);
	else
		put_missing(v, o, answer);
	if (c->is_part)
		return;
	/* Who was asked where and does not know is not asked again. */
	/* Nor who passed over that question a moment ago. */
	if (!o->asked && o->facts && !(c->decision->signs & (ANY | OFFERED_PLACES))) {
		struct offer offer = offer_regions(v, o->intent);

		if (offer.n > 0) {
			buf_char(v->out, '\n');
			voice_put(v, "offer.regions");
			offer_word_line(v, &offer, ret);
		}
	}
	put_related(v, o->intent, o->asked, ret);
}

static void put_left_out(const struct voice *v, const struct decision *d)
{
	size_t mark = voice_mark(v);
	char max[16];
	struct view list;

	for (size_t i = 0; i < d->n_left_out; i++) {
		if (i > 0)
			buf_str(v->out, "、");
		buf_view_add(v->out, d->left_out[i]->name);
	}
	list = voice_take(v, mark);
	snprintf(max, sizeof(max), "%d", LIMIT_COMPARE);
	buf_char(v->out, '\n');
	voice_say(v, "say.regions.more", "max", view_of(max), "list", list);
}

static void compose_compare(const struct voice *v, const struct composition *c, struct reply *ret)
{
	const struct decision *d = c->decision;
	static const char *const cheap[] = {"便宜",   "哪个贵", "哪里贵", "哪边贵", "更贵", "最贵",
					    "贵不贵", "贵多少", "贵一点", "贵些",   "平啲"};
	const struct region **places = ARENA_ARRAY(v->arena, d->n_regions, const struct region *);
	struct comparison comparison = {
	    .outcomes = c->outcomes,
	    .facets = c->facets,
	    .places = places,
	    .n_facets = c->n_facets,
	    .n_places = d->n_regions,
	    .asks_fastest = d->action == DO_FASTEST,
	    .asks_cheapest = d->signs & COMPARES &&
			     view_has_any(v->asked, cheap, sizeof(cheap) / sizeof(cheap[0])),
	    .is_short = d->in_short,
	};

	for (size_t i = 0; i < d->n_regions; i++)
		places[i] = d->regions[i].region;
	ret->type = REPLY_COMPARE;
	if (c->had_numbers)
		voice_put(v, "say.numbers");
	if (d->n_regions == 0) {
		voice_put(v, "compare.fastest.none");
		return;
	}
	if (d->in_short)
		voice_put(v, "say.simpler");
	compare_word(v, &comparison, ret);
	if (d->n_left_out > 0)
		put_left_out(v, d);
	if (!c->is_part)
		put_related(v, c->facets[0]->intent, places[0], ret);
}

static void compose_ask_place(const struct voice *v, const struct composition *c, struct reply *ret)
{
	const struct decision *d = c->decision;
	struct offer o = offer_new(v);

	ret->type = REPLY_CLARIFY;
	ret->question = voice_words(v, "ask.place", "name", d->shared->name->name, VOICE_NOTHING);
	for (size_t i = 0; i < d->shared->n_candidates && o.n < LIMIT_OPTIONS - 1; i++)
		offer_add(&o, voice_region(v, d->shared->candidates[i]), d->intent,
			  d->shared->candidates[i]);
	offer_add(&o, voice_words(v, "option.none", VOICE_NOTHING, VOICE_NOTHING), NULL, NULL);
	buf_view_add(v->out, ret->question);
	offer_word(v, &o, ret);
	buf_char(v->out, '\n');
	voice_put(v, d->shared->n_candidates > o.n - 1 ? "ask.place.more" : "ask.how");
}

static void compose_ask_intent(const struct voice *v, const struct composition *c,
			       struct reply *ret)
{
	const struct decision *d = c->decision;
	struct offer o = offer_nearest(v, d, true);

	ret->type = REPLY_CLARIFY;
	if (d->action == DO_ASK_WHAT)
		ret->question =
		    voice_words(v, "ask.what", "region",
				decision_region(d) ? voice_region(v, decision_region(d)) : VIEW(""),
				VOICE_NOTHING);
	else
		ret->question = voice_words(v,
					    d->words           ? d->words
					    : d->n_nearest > 1 ? "ask.intent"
							       : "ask.intent.one",
					    VOICE_NOTHING, VOICE_NOTHING);
	buf_view_add(v->out, ret->question);
	offer_word(v, &o, ret);
	buf_char(v->out, '\n');
	voice_put(v, "ask.how");
}

static void compose_decline(const struct voice *v, const struct composition *c, struct reply *ret)
{
	const struct decision *d = c->decision;
	struct offer o = offer_nearest(v, d, false);
	struct view *related = ARENA_ARRAY(v->arena, LIMIT_OPTIONS, struct view);

	ret->type = REPLY_DECLINE;
	if (d->other.len && strcmp(d->words, "decline.scope") == 0)
		voice_say(v, "decline.scope.named", "name", d->other, VOICE_NOTHING);
	else
		voice_put(v, d->words);
	if (c->had_numbers)
		voice_put(v, "say.numbers");
	buf_char(v->out, '\n');
	voice_put(v, "decline.nearest");
	offer_word(v, &o, ret);
	for (size_t i = 0; i < o.n; i++)
		related[i] = o.items[i].text;
	ret->related.items = related;
	ret->related.n = o.n;
}

static struct view hotline(const struct voice *v)
{
	return v->handoff.len ? v->handoff
			      : voice_words(v, "handoff.default", VOICE_NOTHING, VOICE_NOTHING);
}

static struct view understood(const struct voice *v, const struct decision *d)
{
	size_t mark = voice_mark(v);
	struct view list;

	if (decision_region(d))
		voice_say(v, "handoff.understood.region", "region",
			  voice_region(v, decision_region(d)), VOICE_NOTHING);
	if (d->n_nearest > 0) {
		if (voice_mark(v) > mark)
			buf_str(v->out, "，");
		voice_say(v, "handoff.understood.intent", "question",
			  related_question(v, d->nearest[0], NULL), VOICE_NOTHING);
	}
	list = voice_take(v, mark);
	return list.len ? voice_words(v, "handoff.understood", "list", list, VOICE_NOTHING) : list;
}

static void compose_handoff(const struct voice *v, const struct composition *c, struct reply *ret)
{
	const struct decision *d = c->decision;

	ret->type = REPLY_ANSWER;
	if (d->intent && d->intent->kind == INTENT_HANDOFF)
		voice_say(v, "reply.handoff.human", "hotline", hotline(v), VOICE_NOTHING);
	else
		voice_say(v, "handoff.failed", "hotline", hotline(v), "understood",
			  understood(v, d));
}

static void compose_chat(const struct voice *v, const struct composition *c, struct reply *ret)
{
	const struct decision *d = c->decision;
	char name[160];

	ret->type = d->action == DO_REFUSE ? REPLY_DECLINE : REPLY_ANSWER;
	if (d->words) {
		if (d->kind_is_carried && decision_is_other_kind(d))
			voice_put(v, "say.carried.kind");
		voice_put(v, d->words);
	} else {
		snprintf(name, sizeof(name), "%s%.*s",
			 d->intent->kind == INTENT_REFUSE ? "" : "reply.",
			 VIEW_ARG(d->intent->name));
		voice_put(v, name);
	}
	if (c->had_numbers && strcmp(d->rule, "numbers-only") != 0)
		voice_put(v, "say.numbers");
}

void compose(const struct voice *v, const struct composition *c, struct reply *ret)
{
	static void (*const composers[])(const struct voice *, const struct composition *,
					 struct reply *) = {
	    [DO_ANSWER] = compose_answer,       [DO_COMPARE] = compose_compare,
	    [DO_FASTEST] = compose_compare,     [DO_SOURCES] = compose_sources,
	    [DO_ASK_PLACE] = compose_ask_place, [DO_ASK_INTENT] = compose_ask_intent,
	    [DO_ASK_WHAT] = compose_ask_intent, [DO_CHAT] = compose_chat,
	    [DO_REFUSE] = compose_chat,         [DO_DECLINE] = compose_decline,
	    [DO_HANDOFF] = compose_handoff,     [DO_RESET] = compose_chat,
	};
	const struct decision *d = c->decision;
	size_t mark = voice_mark(v);

	memset(ret, 0, sizeof(*ret));
	ret->intent = d->action == DO_RESET ? NULL : d->intent;
	ret->confidence = d->confidence;
	ret->carried = d->carried;
	ret->rule = d->rule;
	ret->forgets = d->action == DO_RESET;
	set_regions(v, c, ret);
	set_corrected(v, d, ret);
	if (d->action != DO_ANSWER && d->action != DO_REFUSE)
		put_elsewhere(v, c);
	composers[d->action](v, c, ret);
	ret->text = voice_take(v, mark);
}

void compose_error(const struct voice *v, const char *code, struct view detail, struct reply *ret)
{
	char name[64];

	memset(ret, 0, sizeof(*ret));
	snprintf(name, sizeof(name), "error.%s", code);
	ret->type = REPLY_ERROR;
	ret->rule = "error";
	ret->error_code = code;
	ret->text = voice_words(v, name, "max", detail, VOICE_NOTHING);
}
