/* SPDX-License-Identifier: Apache-2.0 */
/* canary.c - see canary.h. */
#include "engine/canary.h"

#include "base/limits.h"
#include "base/say.h"
#include "engine/engine.h"

/* More than in service: the machine is busy building, and who is late here is left out. */
#define BUDGET_MS 10000

const struct reply *canary_part(const struct guide_canary *c, const struct reply *reply)
{
	for (size_t i = 0; reply->type == REPLY_ANSWERS && i < reply->parts.n; i++) {
		const struct reply *part = &reply->parts.items[i];

		if (part->intent && view_eq(part->intent->name, c->intent))
			return part;
	}
	return reply;
}

bool canary_is_right(const struct guide *guide, const struct guide_canary *c,
		     const struct reply *whole, struct fault *why)
{
	const struct reply *reply = canary_part(c, whole);
	struct view got = reply->intent ? reply->intent->name : view_of(say("nothing"));
	struct view wrong = VIEW("");
	unsigned line, column;

	if (c->intent.len && !view_eq(got, c->intent)) {
		wrong = c->intent;
		fault_set(why, "canary question '%.*s': understood as %.*s, not %.*s",
			  VIEW_ARG(c->ask), VIEW_ARG(got), VIEW_ARG(c->intent));
	}
	for (size_t i = 0; wrong.len == 0 && i < c->n_must; i++) {
		if (view_find(whole->text, c->must[i]) >= 0)
			continue;
		wrong = c->must[i];
		fault_set(why, "canary question '%.*s': the answer does not say '%.*s'",
			  VIEW_ARG(c->ask), VIEW_ARG(wrong));
	}
	for (size_t i = 0; wrong.len == 0 && i < c->n_must_not; i++) {
		if (view_find(whole->text, c->must_not[i]) < 0)
			continue;
		wrong = c->must_not[i];
		fault_set(why, "canary question '%.*s': the answer says '%.*s'", VIEW_ARG(c->ask),
			  VIEW_ARG(wrong));
	}
	if (wrong.len == 0)
		return true;
	guide_place(guide, wrong, &line, &column);
	fault_place(why, NULL, line, column);
	return false;
}

struct asking {
	struct canary_failures *failures;
	const struct plugin *plugin;
	const struct guide_canary *canary;
	bool is_done;
};

static void on_reply(void *data, const struct reply *reply)
{
	struct asking *a = data;
	struct canary_failure *f;
	struct fault why;

	a->is_done = true;
	if (canary_is_right(&a->plugin->guide, a->canary, reply, &why))
		return;
	fault_place(&why, a->plugin->path, why.line, why.column);
	f = vec_push(&a->failures->list);
	*f = (struct canary_failure){a->plugin, a->canary, why};
}

static void ask(struct engine *e, struct loop *loop, struct asking *a)
{
	struct engine_request request = {.text = a->canary->ask};

	a->is_done = false;
	a->failures->n_asked++;
	engine_ask(e, &request, on_reply, a);
	while (!a->is_done)
		loop_turn(loop, true);
}

void canaries_ask(struct loop *loop, struct generation *g, const char *host_program,
		  const struct plugin_settings *of_plugins, struct canary_failures *ret)
{
	struct engine_options options = {
	    .loop = loop,
	    .host_program = host_program,
	    .plugin_budget_ms = BUDGET_MS,
	    .of_plugins = *of_plugins,
	    .is_trial = true,
	    .max_sessions = LIMIT_SESSIONS_MIN,
	    .context_ms = 60000,
	    .max_question_bytes = LIMIT_QUESTION_BYTES_MAX,
	};
	struct engine *e = engine_new(&options, g);

	*ret = (struct canary_failures){.n_asked = 0};
	for (size_t i = 0; i < registry_count(g->registry); i++) {
		struct asking a = {.failures = ret, .plugin = registry_at(g->registry, i)};
		const struct guide *guide = &a.plugin->guide;

		for (size_t j = 0; j < guide->canaries.n; j++) {
			a.canary = &guide->canaries.items[j];
			ask(e, loop, &a);
		}
	}
	engine_free(e);
}

void canary_failures_done(struct canary_failures *f)
{
	vec_done(&f->list);
}
