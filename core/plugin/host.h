/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host.h - asking a plugin's code, which runs in a process of its own.
 *
 * One wenlu-host child a plugin that has code, started at first need, spoken to over a socket pair
 * in binary messages (packet.h of this folder). An ask waits by id and is resumed by a callback
 * from the loop: an answer, DEFER, or a failure (crash, too late, rubbish). Never blocks the loop.
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

/* The plugins in use are those of `registry` from now on (it lives until the next switch): children
 * of others end as soon as what they were asked is answered. */
void host_pool_switch(struct host_pool *p, const struct registry *registry);

/* A line that a plugin's code wrote, cleaned of newlines: level as WENLU_LOG_. */
typedef void host_log(void *data, struct view plugin, int level, struct view text);
/* Where they go; without this they are dropped. A plugin that floods is cut short. */
void host_pool_set_log(struct host_pool *p, host_log *log, void *data);
/* The operator's setting of a plugin, for its conf(); holds for children started from now on. */
void host_pool_set_conf(struct host_pool *p, const char *plugin, const char *key,
			const char *value);

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
	/* What a plugin has that is asked first. Only who works so long hangs; shorter: the above.
	 */
	int64_t full_budget_ms;
};

enum host_outcome {
	HOST_ANSWERED, /* see struct host_answer                        */
	HOST_DEFERRED, /* not mine: ask the next wider region           */
	HOST_TOO_LATE, /* the budget is over; the child is replaced     */
	HOST_FAILED,   /* crash, rubbish, busy, resting: see text       */
};

/* How the text begins when it was not even asked, for it failed before. */
#define HOST_RESTING "resting: "

/* The text of HOST_TOO_LATE when the machine is to blame, and when nobody is. */
#define HOST_STARVED "the machine is overloaded: its process got hardly any processor time"
#define HOST_SHORT   "it had too little time for its answer"

/* What a plugin's code said. Every source in it is one of the plugin's guide. */
struct host_answer {
	struct facts facts;
	struct inquiry inquiry; /* a figure without text: the matter has the sentence, if any has */
	/* So long it may be given again without asking: milliseconds, 0 not at all, -1 as long as
	 * the plugin stays the same. */
	int64_t max_age_ms;
};

/*
 * `answer` is NULL unless there is one; it is valid only during the call (copy it). `text` is a
 * sentence for the operator where there is no answer. The pool must not be freed inside the call;
 * asking and cancelling there is fine.
 */
typedef void host_done(void *data, enum host_outcome outcome, const struct host_answer *answer,
		       const char *text);

/* Ask; the plugin must live until `done` or host_cancel(). `done` is called later, from the loop,
 * exactly once, unless cancelled. 0 is no id. */
uint64_t host_ask(struct host_pool *p, const struct plugin *plugin, const struct host_request *req,
		  host_done *done, void *data);
/* Forget an ask: its callback will not be called. */
void host_cancel(struct host_pool *p, uint64_t id);

/* How a plugin's code is doing, for the operator; all zero if it was not asked lately. */
struct host_health {
	bool is_running;
	unsigned n_failures; /* lately, one after another           */
	int64_t rests_ms;    /* from now; 0: it may be asked        */
	char reason[160];    /* of the last failure; may be empty   */
	/* Answers that were not waited for, by no fault of the plugin: the machine gave its process
	 * hardly any processor time; little was left of the time for the whole answer, or others
	 * were in front. */
	uint64_t n_starved, n_short;
};
struct host_health host_health(const struct host_pool *p, const struct plugin *plugin);

#endif
