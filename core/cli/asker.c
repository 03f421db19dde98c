/* SPDX-License-Identifier: Apache-2.0 */
/* asker.c - one engine on one loop; see asker.h. */
#include "cli/asker.h"

void asker_open(struct asker *k, const struct world *w)
{
	const struct settings *s = &w->settings;
	struct engine_options options = {
	    .host_program = s->host_program,
	    .plugin_budget_ms = s->plugin_budget_ms,
	    .of_plugins = {s->of_plugins.items, s->of_plugins.n},
	    .max_sessions = s->max_sessions,
	    .context_ms = (int64_t)s->context_minutes * 60000,
	    .max_question_bytes = s->max_question_bytes,
	    .handoff = view_of(s->handoff),
	};

	*k = (struct asker){.loop = loop_new(true)};
	options.loop = k->loop;
	k->engine = engine_new(&options, w->generation);
}

void asker_close(struct asker *k)
{
	engine_free(k->engine);
	loop_free(k->loop);
}

static void on_reply(void *data, const struct reply *reply)
{
	struct asker *k = data;

	k->is_done = true;
	k->call(k->data, reply);
}

void asker_ask(struct asker *k, const struct engine_request *request, engine_done *call, void *data)
{
	k->call = call;
	k->data = data;
	k->is_done = false;
	engine_ask(k->engine, request, on_reply, k);
	while (!k->is_done)
		loop_turn(k->loop, true);
}
