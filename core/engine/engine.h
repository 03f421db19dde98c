/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.h - one ask from words to reply, as a state machine that can wait for plugins.
 *
 * engine_ask() lifts personal numbers out, understands, lets the policy decide, asks the plugins
 * that are needed (several at once for a comparison), words the reply and calls back - within the
 * call itself when no plugin's code had to be asked, else later from the loop.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/loop.h"
#include "dialog/reply.h"
#include "engine/generation.h"
#include "plugin/host.h"
#include "plugin/setting.h"
#include "store/sessions.h"

struct engine;

struct engine_options {
	struct loop *loop;
	const char *host_program;
	int64_t plugin_budget_ms;
	struct plugin_settings of_plugins; /* outlives the engine */
	bool is_trial; /* canaries: code stays in its own process and asks nobody outside */
	size_t max_sessions;
	int64_t context_ms; /* after this silence a conversation's context has faded */
	size_t max_question_bytes;
	struct view handoff; /* the operator's own sentence for "a person please"; may be empty */
};

/* Takes a reference to the generation. */
struct engine *engine_new(const struct engine_options *options, struct generation *generation);
void engine_free(struct engine *e);
/* Later asks use this generation; running ones finish on theirs. */
void engine_switch(struct engine *e, struct generation *generation);
const struct generation *engine_generation(const struct engine *e);
struct sessions *engine_sessions(struct engine *e);

struct engine_request {
	struct view text;        /* the question; or empty with `option` set */
	struct view option;      /* choose: the id of an option offered last */
	struct view region;      /* a region id given by the client; "" = none */
	struct session *session; /* NULL: no conversation, nothing is remembered */
	/* YYYY-MM-DD, from where dates are counted; "" = the day in China, in a trial none */
	struct view today;
	bool want_why;
};

/* `reply` and all it points to are valid only during the call. */
typedef void engine_done(void *data, const struct reply *reply);

/* Calls `done` exactly once unless cancelled. The id is 0 if it was called before returning. */
uint64_t engine_ask(struct engine *e, const struct engine_request *req, engine_done *done,
		    void *data);
/* Forget an ask (its asker is gone): done will not be called. 0 is fine. */
void engine_cancel(struct engine *e, uint64_t id);

/* How a plugin's code is doing. */
struct host_health engine_health(const struct engine *e, const struct plugin *plugin);

/* Half-typed question -> up to max whole ones, best first, in the arena. */
size_t engine_suggest(struct engine *e, struct arena *a, struct view typed, struct view *out,
		      size_t max);

/* What to offer to somebody who has said nothing yet; valid until the engine switches. */
size_t engine_openers(const struct engine *e, const struct view **ret);

/* A sentence of the wording that stands outside a conversation, at the end of `out`. */
void engine_say(const struct engine *e, const char *entry, struct buf *out);

/* Counters since start, for /metrics and the admin end. */
struct engine_counts {
	uint64_t asks, answers, clarifies, compares, declines, errors, plugin_asks, plugin_failures,
	    plugin_remembered; /* answered from memory instead */
};
struct engine_counts engine_counts(const struct engine *e);

#endif
