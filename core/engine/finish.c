/* SPDX-License-Identifier: Apache-2.0 */
/* finish.c - the end of an ask: the reply in words, what is remembered of it, the callback. */
#include "engine/ask.h"

#include "base/clock.h"
#include "dialog/carry.h"
#include "dialog/figure.h"
#include "dialog/related.h"
#include "dialog/situation.h"

#define CLEARLY_OTHER 0.9f

static void refresh_today(struct engine *e, int64_t now_ms)
{
	const int64_t minute = 60 * 1000;

	if (now_ms < e->today_until_ms)
		return;
	date_format(now_ms, e->today);
	e->today_until_ms = now_ms + minute;
}

struct view ask_today(struct ask *a)
{
	struct engine *e = a->engine;

	if (a->today.len > 0 || e->options.is_trial)
		return a->today;
	refresh_today(e, clock_wall_ms());
	return view_of(e->today);
}

struct voice ask_voice(struct ask *a)
{
	struct engine *e = a->engine;
	const struct generation *g = a->generation;

	refresh_today(e, clock_wall_ms());
	buf_clear(&e->words);
	return (struct voice){
	    .wording = g->wording,
	    .catalog = &g->catalog,
	    .regions = &g->regions,
	    .registry = g->registry,
	    .facets = &g->facets,
	    .scope = &g->scope,
	    .arena = &a->arena,
	    .out = &e->words,
	    .turn = a->plan.memory.turns,
	    .today = a->today.len > 0 ? a->today : view_of(e->today),
	    .handoff = e->options.handoff,
	    .asked = a->plan.asked,
	};
}

static void compose_one(struct ask *a, const struct voice *v, size_t i, struct reply *ret)
{
	const struct part *part = &a->parts[i];
	struct outcome *outcomes = ARENA_ARRAY(&a->arena, part->n_jobs + 1, struct outcome);
	struct voice about = *v;
	struct composition c = {
	    .decision = &a->plan.items[i],
	    .outcomes = outcomes,
	    .n_outcomes = part->n_jobs,
	    .facets = part->facets,
	    .n_facets = part->n_facets,
	    .words = a->plan.n == 1 ? carry_beside_places(&a->arena, &a->plan.what) : VIEW(""),
	    .elsewhere = a->plan.n == 1 ? a->plan.elsewhere : VIEW(""),
	    .had_numbers = a->has_numbers && i == 0,
	    .is_part = a->plan.n > 1,
	};

	for (size_t j = 0; j < part->n_jobs; j++)
		outcomes[j] = a->jobs[part->first_job + j].outcome;
	about.matter = c.decision->matter;
	compose(&about, &c, ret);
}

static void remember_topic(struct session *s, const struct decision *d)
{
	const struct region *regions[LIMIT_COMPARE];

	for (size_t i = 0; i < d->n_regions; i++)
		regions[i] = d->regions[i].region;
	/* After "which is quicker?" the next place is asked about the time, not about comparing. */
	memory_keep_intent(s, d->facet ? d->facet->intent : d->intent);
	memory_keep_regions(s, regions, d->action == DO_FASTEST ? 0 : d->n_regions);
	s->failed_rounds = 0;
	/* Back there: the others stay in the order in which they were talked about. */
	if (d->signs & RETURNS)
		return;
	/* The first place of a comparison is the one it is about most: the newest. */
	for (size_t i = d->n_regions; d->action == DO_COMPARE && d->facet && i > 0; i--)
		memory_keep_topic(s, d->facet->intent, regions[i - 1]);
	if (d->action == DO_ANSWER && d->intent)
		memory_keep_topic(s, d->intent, d->n_regions ? regions[0] : NULL);
}

/* A place that was named holds on, though what was asked about it was not understood. */
static void remember_place(struct session *s, const struct decision *d)
{
	const struct region *region = d->n_regions == 1 ? d->regions[0].region : NULL;

	if (region && strcmp(d->regions[0].found_by, "context") != 0)
		memory_keep_regions(s, &region, 1);
}

/* 纽约的居住证怎么办: the question holds on for the next place. */
static bool is_of_elsewhere(const struct decision *d)
{
	return d->action == DO_REFUSE && strcmp(d->rule, "own-law") == 0;
}

static void remember_decision(struct session *s, const struct decision *d)
{
	switch (d->action) {
	case DO_ANSWER:
	case DO_COMPARE:
	case DO_FASTEST:
		remember_topic(s, d);
		break;
	case DO_ASK_PLACE:
		/* So that the place alone is an answer to the question back. */
		if (d->intent)
			memory_keep_intent(s, d->intent);
		break;
	case DO_ASK_WHAT:
		remember_place(s, d);
		break;
	case DO_ASK_INTENT:
		remember_place(s, d);
		s->failed_rounds += s->failed_rounds < UINT8_MAX;
		break;
	case DO_DECLINE:
		/* Clearly another matter: that is no failure to understand. */
		if (strcmp(d->words, "decline.unsure") == 0)
			remember_place(s, d);
		if (strcmp(d->words, "decline.scope") != 0 || d->confidence < CLEARLY_OTHER)
			s->failed_rounds += s->failed_rounds < UINT8_MAX;
		break;
	case DO_HANDOFF:
		s->failed_rounds = 0;
		break;
	case DO_RESET: /* as a whole, see remember() */
		break;
	case DO_REFUSE:
		if (is_of_elsewhere(d) && d->intent && d->intent->kind == INTENT_QUESTION)
			memory_keep_intent(s, d->intent);
		/* So that “and the usual one?” goes on from there. */
		if (decision_is_other_kind(d)) {
			if (d->intent && d->intent->kind == INTENT_QUESTION)
				memory_keep_intent(s, d->intent);
			remember_place(s, d);
		}
		break;
	case DO_SOURCES:
	case DO_CHAT:
		break;
	}
}

static bool is_aside(const struct decision *d)
{
	return d->action == DO_CHAT || d->action == DO_SOURCES ||
	       (d->action == DO_REFUSE && !decision_is_other_kind(d) && !is_of_elsewhere(d));
}

/* 我不是香港人: what was said to them is of the usual certificate from now on. */
static void take_back(struct session *s, const struct memory *m, const struct catalog *c)
{
	const struct intent *before = m->intent;

	if (before && before->n_whenever && before->matter && before->matter->n_facets > 0)
		memory_keep_intent(s, catalog_find(c, before->matter->facets[0].intent));
}

/* Who somebody is outlasts whatever else is said. */
static void remember_kind(struct session *s, const struct decision *d)
{
	memory_keep_kind(s, d->is_foreign ? VIEW(MEMORY_FOREIGN) : d->kind);
}

/* Nothing is kept of what was refused: 查一下我老公在上海的住址. */
static void remember_people(struct ask *a, struct session *s)
{
	const struct decision *d = &a->plan.items[0];

	if (a->plan.n == 0 || (d->action == DO_REFUSE && is_aside(d)))
		return;
	people_keep(s, &a->plan.whole, &a->plan.memory, &a->plan.people, a->plan.n == 1 ? d : NULL);
}

/* Of several answers the figure is of that one that asks for it, or was given by it. */
static void keep_figure(struct ask *a, struct session *s)
{
	const struct outcome *of = NULL;
	struct view asked = VIEW("");

	for (size_t i = 0; i < a->n_jobs && asked.len == 0; i++) {
		of = &a->jobs[i].outcome;
		asked = of->within ? of->within->figure : of->inquiry.figure;
	}
	figure_keep(s, &a->plan, asked, asked.len > 0 ? of->intent : NULL);
}

static void remember(struct ask *a, const struct reply *reply)
{
	struct session *s =
	    a->has_session ? sessions_find(a->engine->sessions, view_of(a->token)) : NULL;

	if (!s)
		return;
	if (reply->forgets) {
		sessions_forget(a->engine->sessions, view_of(a->token));
		return;
	}
	if (a->plan.memory.is_faded)
		memory_forget(s);
	s->turns++;
	s->last_ms = clock_wall_ms();
	remember_people(a, s);
	if (a->plan.n == 1 && is_aside(&a->plan.items[0])) {
		/* Small talk in between loses nothing; what was offered in vain is not offered on.
		 */
		if (a->plan.items[0].signs & NONE_OF_THESE) {
			s->n_options = 0;
			s->failed_rounds += s->failed_rounds < UINT8_MAX;
		}
		if (a->plan.items[0].is_foreign || a->plan.items[0].says_who)
			remember_kind(s, &a->plan.items[0]);
		if (a->plan.items[0].says_who && a->plan.items[0].kind.len == 0)
			take_back(s, &a->plan.memory, &a->generation->catalog);
		return;
	}
	if (a->plan.n > 0)
		remember_kind(s, &a->plan.items[a->plan.n - 1]);
	s->n_options = 0;
	keep_figure(a, s);
	memory_keep_point(s, reply->point);
	if (!a->plan.returns)
		s->n_parts = a->plan.n > 1 ? (uint8_t)a->plan.n : 0;
	for (size_t i = 0; i < a->plan.n; i++) {
		remember_decision(s, &a->plan.items[i]);
		if (a->plan.items[i].action != DO_ANSWER)
			s->n_parts = 0; /* one that is several topics, or none */
	}
	for (size_t i = 0; i < reply->options.n; i++)
		memory_keep_option(s, reply->options.items[i].text, reply->options.items[i].intent,
				   reply->options.items[i].region);
	s->options_are_next = reply->options.n == 0 && reply->next.n > 0;
	for (size_t i = 0; i < reply->next.n && s->options_are_next; i++)
		memory_keep_option(s, reply->next.items[i].text, reply->next.items[i].intent,
				   reply->next.items[i].region);
}

static void count(struct engine_counts *c, enum reply_type type)
{
	switch (type) {
	case REPLY_ANSWER:
	case REPLY_ANSWERS:
		c->answers++;
		break;
	case REPLY_CLARIFY:
		c->clarifies++;
		break;
	case REPLY_COMPARE:
		c->compares++;
		break;
	case REPLY_DECLINE:
		c->declines++;
		break;
	case REPLY_ERROR:
		c->errors++;
		break;
	case REPLY_WELCOME:
		break;
	}
}

static void deliver(struct ask *a, const struct reply *reply)
{
	count(&a->engine->counts, reply->type);
	a->is_running = false; /* from here on a cancel comes too late */
	a->done(a->data, reply);
	ask_release(a);
}

static const struct matter *common_matter(const struct plan *p)
{
	for (size_t i = 1; i < p->n; i++) {
		if (p->items[i].matter != p->items[0].matter)
			return NULL;
	}
	return p->items[0].matter;
}

void engine_say(const struct engine *e, const char *entry, struct buf *out)
{
	const struct generation *g = e->generation;
	struct voice v = {.wording = g->wording, .scope = &g->scope, .out = out};

	voice_put(&v, entry);
}

void ask_finish(struct ask *a)
{
	struct voice v = ask_voice(a);
	struct reply reply;

	if (a->plan.n == 1) {
		compose_one(a, &v, 0, &reply);
	} else {
		struct reply *parts = ARENA_ARRAY(&a->arena, a->plan.n, struct reply);

		for (size_t i = 0; i < a->plan.n; i++)
			compose_one(a, &v, i, &parts[i]);
		v.matter = common_matter(&a->plan);
		compose_parts(&v, parts, &a->plan, &reply);
		/* What the message is about most, for who looks at nothing but the top. */
		if (a->plan.what.n_ranking > 0) {
			reply.intent = a->plan.what.ranking[0].intent;
			reply.confidence = a->plan.what.ranking[0].probability;
		}
	}
	reply.asked = a->plan.what.text.folded;
	remember(a, &reply);
	ask_keep_notes(a);
	if (a->want_why)
		ask_explain(a, &reply);
	deliver(a, &reply);
}

void ask_fail(struct ask *a, const char *code, struct view detail)
{
	struct voice v = ask_voice(a);
	struct reply reply;

	compose_error(&v, code, detail, &reply);
	deliver(a, &reply);
}
