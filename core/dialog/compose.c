/* SPDX-License-Identifier: Apache-2.0 */
/* compose.c - comparisons, questions back, declines: each action's reply. */
#include "dialog/compose.h"

#include <stdio.h>

#include "dialog/compose-inside.h"
#include "dialog/offer.h"
#include "dialog/related.h"
#include "dialog/situation.h"
#include "dialog/source.h"

void compose_elsewhere(const struct voice *v, const struct composition *c)
{
	if (c->elsewhere.len > 0)
		voice_say(v, "say.elsewhere", "list", c->elsewhere, VOICE_NOTHING);
}

void compose_related(const struct voice *v, const struct intent *intent,
		     const struct region *region, struct reply *ret)
{
	struct reply_option *items = ARENA_ARRAY(v->arena, LIMIT_RELATED, struct reply_option);

	related_put(v, items, related_find(v, intent, region, items), ret);
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
		compose_related(v, c->facets[0]->intent, places[0], ret);
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
		compose_elsewhere(v, c);
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
