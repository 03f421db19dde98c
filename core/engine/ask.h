/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask.h - one ask while it runs; private to the engine.
 *
 *	start.c   checks, plan, jobs        (engine_ask)
 *	run.c     jobs: guides at once, plugins' code by callback
 *	finish.c  words, session, the asker's callback
 *
 * Asks are kept after use with their memory, so that a settled server allocates nothing for one.
 */
#ifndef ENGINE_ASK_H
#define ENGINE_ASK_H

#include "base/vec.h"
#include "dialog/compose.h"
#include "dialog/plan.h"
#include "engine/engine.h"
#include "engine/memo.h"
#include "plugin/host.h"
#include "text/personal.h"

struct ask;

/* One place asked about one intent. */
struct job {
	struct ask *ask;
	struct outcome outcome;
	struct registry_walk walk;
	struct registry_hop hop; /* whose code is being asked */
	uint64_t host_id;        /* 0: not waiting */
};

/* The jobs of one decision: facet by facet, place by place. */
struct part {
	size_t first_job, n_jobs;
	const struct facet **facets;
	size_t n_facets;
};

struct ask {
	struct engine *engine;
	uint32_t slot;   /* in the engine's table */
	uint32_t serial; /* changes with each use, so that an old id finds nothing */
	bool is_running;
	struct generation *generation;
	struct arena arena;
	struct plan plan;
	struct part parts[LIMIT_PARTS];
	struct job *jobs;
	size_t n_jobs, n_waiting;
	int64_t deadline_ms; /* of the plugins, monotonic */
	struct view today;   /* as it was given; empty: what the clock says */
	bool has_session, has_numbers, want_why;
	struct personal_text lifted; /* the numbers: for extensions, as shapes alone */
	char token[SESSION_TOKEN_LEN + 1];
	engine_done *done;
	void *data;
};

/* Of a plugin, told the operator a moment ago. */
struct complaint {
	uint64_t hash;
	int64_t told_ms;
};
#define COMPLAINTS 16

struct engine {
	struct engine_options options;
	struct generation *generation;
	struct host_pool *hosts; /* NULL without a loop */
	struct memo *memo;
	struct sessions *sessions;
	VEC(struct ask *) asks; /* by slot */
	VEC(uint32_t) free_slots;
	struct buf words;     /* where text is put together */
	struct arena scratch; /* of suggestions */
	char today[DATE_ROOM];
	int64_t today_until_ms;
	struct engine_counts counts;
	struct complaint complaints[COMPLAINTS];
};

/* Make the jobs that the plan needs. */
void ask_make_jobs(struct ask *a);
/* Run them as far as they go without waiting; a->n_waiting tells how many wait. */
void ask_run(struct ask *a);
/* All outcomes are there: word the reply, remember, call back, put the ask away. */
void ask_finish(struct ask *a);
void ask_fail(struct ask *a, const char *code, struct view detail);
/* Put it away without a word. */
void ask_release(struct ask *a);

/* YYYY-MM-DD; empty in a trial that was given none, so that it asks the same any day. */
struct view ask_today(struct ask *a);
struct voice ask_voice(struct ask *a);
/* What could not be answered, into the inbox. */
void ask_keep_notes(struct ask *a);
/* The lines of --why. */
void ask_explain(struct ask *a, struct reply *reply);
/* A copy with all its texts. */
const struct host_answer *answer_copy(struct arena *a, const struct host_answer *answer);

#endif
