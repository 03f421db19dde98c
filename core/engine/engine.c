/* SPDX-License-Identifier: Apache-2.0 */
/* engine.c - the table of asks, and the beginning of each. */
#include "engine/engine.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"
#include "engine/ask.h"
#include "engine/suggest.h"
#include "text/personal.h"

/* Room for an ask of usual size in one block: more is borrowed and given back. */
#define ASK_BLOCK (192 * 1024)

static void on_plugin_log(void *data, struct view plugin, int level, struct view text)
{
	(void)data;
	(void)level;
	log_info("plugin '%.*s' says: %.*s", VIEW_ARG(plugin), VIEW_ARG(text));
}

static void set_plugins(struct engine *e)
{
	for (size_t i = 0; i < e->options.of_plugins.n; i++) {
		const struct plugin_setting *s = &e->options.of_plugins.items[i];

		if (!e->options.is_trial || !plugin_setting_is_ours(s->key))
			host_pool_set_conf(e->hosts, s->plugin, s->key, s->value);
	}
}

struct engine *engine_new(const struct engine_options *options, struct generation *generation)
{
	struct engine *e = calloc(1, sizeof(*e));

	if (!e)
		die_oom(sizeof(*e));
	e->options = *options;
	arena_init(&e->scratch, 0);
	e->generation = generation_ref(generation);
	e->memo = memo_new();
	e->sessions = sessions_new(options->max_sessions);
	if (options->loop && options->host_program) {
		e->hosts = host_pool_new(options->loop, options->host_program);
		host_pool_set_log(e->hosts, on_plugin_log, e);
		set_plugins(e);
	}
	return e;
}

void engine_free(struct engine *e)
{
	if (!e)
		return;
	for (size_t i = 0; i < e->asks.n; i++) {
		struct ask *a = e->asks.items[i];

		if (a->is_running)
			ask_release(a);
	}
	host_pool_free(e->hosts);
	for (size_t i = 0; i < e->asks.n; i++) {
		arena_done(&e->asks.items[i]->arena);
		free(e->asks.items[i]);
	}
	vec_done(&e->asks);
	vec_done(&e->free_slots);
	buf_done(&e->words);
	arena_done(&e->scratch);
	memo_free(e->memo);
	sessions_free(e->sessions);
	generation_unref(e->generation);
	free(e);
}

void engine_switch(struct engine *e, struct generation *generation)
{
	struct generation *old = e->generation;

	e->generation = generation_ref(generation);
	memo_clear(e->memo);
	if (e->hosts)
		host_pool_switch(e->hosts, generation->registry);
	generation_unref(old);
}

const struct generation *engine_generation(const struct engine *e)
{
	return e->generation;
}

struct sessions *engine_sessions(struct engine *e)
{
	return e->sessions;
}

struct engine_counts engine_counts(const struct engine *e)
{
	return e->counts;
}

struct host_health engine_health(const struct engine *e, const struct plugin *plugin)
{
	return e->hosts ? host_health(e->hosts, plugin) : (struct host_health){.is_running = false};
}

static struct ask *ask_take(struct engine *e)
{
	struct ask *a;

	if (e->free_slots.n > 0) {
		a = e->asks.items[e->free_slots.items[--e->free_slots.n]];
	} else {
		a = calloc(1, sizeof(*a));
		if (!a)
			die_oom(sizeof(*a));
		a->engine = e;
		a->slot = (uint32_t)e->asks.n;
		arena_init(&a->arena, ASK_BLOCK);
		*vec_push(&e->asks) = a;
	}
	a->serial++;
	a->is_running = true;
	a->generation = generation_ref(e->generation);
	a->jobs = NULL;
	a->n_jobs = a->n_waiting = 0;
	a->plan.n = 0;
	return a;
}

void ask_release(struct ask *a)
{
	for (size_t i = 0; i < a->n_jobs; i++) {
		if (a->jobs[i].host_id)
			host_cancel(a->engine->hosts, a->jobs[i].host_id);
	}
	if (a->has_numbers)
		arena_wipe(&a->arena);
	else
		arena_reset(&a->arena);
	generation_unref(a->generation);
	a->generation = NULL;
	a->n_jobs = 0;
	a->is_running = false;
	*vec_push(&a->engine->free_slots) = a->slot;
}

static uint64_t ask_id(const struct ask *a)
{
	return (uint64_t)a->serial << 32 | a->slot;
}

void engine_cancel(struct engine *e, uint64_t id)
{
	uint32_t slot = (uint32_t)id;
	struct ask *a = slot < e->asks.n ? e->asks.items[slot] : NULL;

	if (id != 0 && a && a->is_running && ask_id(a) == id)
		ask_release(a);
}

/* What must hold before anything is understood; NULL if it does. */
static const char *check(const struct engine *e, const struct engine_request *req,
			 const struct region **ret_given)
{
	if (req->text.len > e->options.max_question_bytes)
		return "too_long";
	if (!utf8_is_valid(req->text, NULL))
		return "bad_utf8";
	if (req->option.len == 0 && view_trim(req->text).len == 0)
		return "missing_text";
	*ret_given = NULL;
	if (req->region.len > 0) {
		*ret_given = region_find(&e->generation->regions, req->region);
		if (!*ret_given)
			return "bad_region";
	}
	return NULL;
}

static int make_plan(struct ask *a, const struct engine_request *req, const struct region *given)
{
	struct plan_input in = {
	    .understander = a->generation->understander,
	    .catalog = &a->generation->catalog,
	    .regions = &a->generation->regions,
	    .facets = &a->generation->facets,
	    .session = req->session,
	    .now_ms = clock_wall_ms(),
	    .context_ms = a->engine->options.context_ms,
	    .today = date_parse(ask_today(a)),
	    .option = arena_copy(&a->arena, req->option),
	    .given = given,
	};

	personal_lift(&a->arena, arena_copy(&a->arena, req->text), &a->lifted);
	a->has_numbers = a->lifted.n_found > 0;
	in.text = a->lifted.text;
	in.has_numbers = a->has_numbers;
	return plan_make(&a->arena, &in, &a->plan);
}

uint64_t engine_ask(struct engine *e, const struct engine_request *req, engine_done *done,
		    void *data)
{
	const struct region *given = NULL;
	const char *fault = check(e, req, &given);
	struct ask *a = ask_take(e);
	uint64_t id = ask_id(a);

	a->done = done;
	a->data = data;
	a->want_why = req->want_why;
	a->has_numbers = false;
	a->lifted.n_found = 0;
	a->has_session = req->session != NULL;
	a->today = arena_copy(&a->arena, req->today);
	if (req->session)
		memcpy(a->token, req->session->token, sizeof(a->token));
	e->counts.asks++;
	if (!fault && make_plan(a, req, given) < 0)
		fault = "bad_utf8";
	if (fault) {
		ask_fail(a, fault, arena_printf(&a->arena, "%zu", e->options.max_question_bytes));
		return 0;
	}
	a->deadline_ms = clock_ms() + e->options.plugin_budget_ms;
	ask_make_jobs(a);
	ask_run(a);
	if (a->n_waiting > 0)
		return id;
	ask_finish(a);
	return 0;
}

size_t engine_openers(const struct engine *e, const struct view **ret)
{
	*ret = e->generation->openers;
	return e->generation->n_openers;
}

size_t engine_suggest(struct engine *e, struct arena *a, struct view typed, struct view *out,
		      size_t max)
{
	struct personal_text lifted;

	if (!utf8_is_valid(typed, NULL) || typed.len > e->options.max_question_bytes)
		return 0;
	personal_lift(a, typed, &lifted);
	return suggestions_find(e->generation, a, lifted.text, out, max);
}
