/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host.h - asking a plugin's code, which runs in a process of its own.
 *
 * One wenlu-host child a plugin that has code, started at first need, spoken to over a socket pair
 * in binary messages (wire.h of this folder). An ask waits by id and is resumed by a callback from
 * the loop: an answer, DEFER, or a failure (crash, too late, rubbish). Never blocks the loop.
 * Everything here belongs to the loop's thread.
 */
#ifndef PLUGIN_HOST_H
#define PLUGIN_HOST_H

#include "base/loop.h"
#include "know/facts.h"
#include "plugin/registry.h"

struct host_pool;

struct host_pool *host_pool_new(struct loop *loop, const char *host_program);
/* Children are ended. Pending asks are called back with HOST_FAILED first. */
void host_pool_free(struct host_pool *p);

struct host_slot {
	struct view name;
	int64_t value;
};

struct host_request {
	struct view region; /* the id that was asked about */
	struct view intent;
	struct view text; /* folded question, personal numbers lifted out */
	const struct host_slot *slots;
	size_t n_slots;
	int64_t budget_ms; /* from now until the answer must be here */
};

enum host_outcome {
	HOST_ANSWERED, /* facts are filled in                           */
	HOST_DEFERRED, /* not mine: ask the next wider region           */
	HOST_TOO_LATE, /* the budget is over; the child is replaced     */
	HOST_FAILED,   /* crash, rubbish, resting: see text             */
};

/*
 * The facts point into memory that is valid only during the call (copy them).
 */
typedef void host_done(void *data, enum host_outcome outcome, const struct facts *facts,
		       const char *text);

/* Ask. `done` is called later, from the loop, exactly once, unless cancelled. 0 is no id. */
uint64_t host_ask(struct host_pool *p, const struct plugin *plugin, const struct host_request *req,
		  host_done *done, void *data);
/* Forget an ask: its callback will not be called. */
void host_cancel(struct host_pool *p, uint64_t id);

#endif
