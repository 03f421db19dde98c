/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.h - the inside of host.h, shared by host.c, errand.c, runner.c, hear.c and fetch.c and by
 * nobody else.
 *
 * A struct runner stands for one version of one plugin (name and image). It owns at most one child,
 * which works on one ask at a time, in order; a few more are sent ahead so that it need not wait
 * for us between two. The first of the sent ones is always the one that a crash or a hang belongs
 * to. All failures of a child lead to runner_fail().
 */
#ifndef PLUGIN_POOL_H
#define PLUGIN_POOL_H

#include "base/buf.h"
#include "net/http.h"
#include "plugin/child.h"
#include "plugin/host.h"
#include "plugin/packet.h"

/* Pauses after failures: 1 s, 2 s, 4 s … 5 min; forgiven after twice the longest. */
#define REST_FIRST_MS 1000
#define REST_MOST_MS  300000
#define FORGIVE_MS    (2 * REST_MOST_MS)
/* So long before the end of a rest its child is started: who asks then need not wait for it. */
#define AHEAD_MS 300
/* A child must be ready by then; an ask's own budget may be over long before. */
#define START_MS 5000
/* On a machine that gives it hardly any processor time it is not taken for hanging until then: with
 * an answer, and when it is to get ready. */
#define STARVED_MOST_MS       5000
#define STARVED_START_MOST_MS 60000
/* Without an ask for so long the child is ended. */
#define IDLE_MS 300000
/* The same when its plugin is not in use any more. */
#define IDLE_OLD_MS 50
/* Asks that may wait for one plugin; more are refused at once. */
#define QUEUE_MOST 256
/* Asks sent to a child before it has answered the first of them. */
#define SENT_MOST 8
/* Lines a plugin may log in ten seconds. */
#define LOG_LINES_MOST 50
/* From so many on it is taken for broken. */
#define LOG_LINES_FLOOD 10000
#define LOG_SPAN_MS     10000
/* Bytes of a question that are passed on. */
#define TEXT_MOST 16384
/* A sentence on why a plugin has no answer. */
#define REASON_MAX 160

struct errand {
	struct errand *next;
	struct host_pool *pool;
	struct runner *runner; /* NULL once it is only waiting to be told */
	uint64_t id;
	const struct plugin *plugin;
	host_done *done; /* NULL: nobody waits, but the child may still work on it */
	void *data;
	int64_t budget_ms, full_budget_ms;
	unsigned n_fetches;
	int64_t deadline; /* clock_ms() when the budget is over */
	struct loop_timer timer;
	struct buf packet;
	bool is_sent;
	enum host_outcome outcome; /* told by the timer when runner is NULL */
	char text[192];
};

struct queue {
	struct errand *first, **last;
	size_t n;
};

/* A child that was killed and is not collected yet. */
struct corpse {
	struct corpse *next;
	struct host_pool *pool;
	struct child child;
	struct loop_io io;
};

struct runner {
	struct runner *next;
	struct host_pool *pool;
	struct view name; /* owned */
	uint64_t image_id;
	int image_fd;
	struct child child;
	bool is_running, is_ready, is_eof;
	bool is_asked, is_old; /* not in the registry in use */
	struct queue sent;     /* to the child, which works on the first of them */
	struct queue waiting;
	int64_t started_ms;   /* the child */
	int64_t first_since;  /* when the first of the sent ones became the first */
	int64_t first_cpu_ns; /* processor time that the child had had by then    */
	struct loop_io socket_io, pidfd_io;
	struct serve *inside; /* its code runs in this very process; or NULL */
	struct loop_io inside_io;
	struct loop_timer start_timer, idle_timer, back_timer;
	uint64_t fetch_id; /* its request to the outside that is under way, or 0 */
	uint32_t fetch_number;
	unsigned n_failures;
	uint64_t n_starved, n_short; /* see struct host_health */
	int64_t failed_at, rest_until;
	char reason[REASON_MAX];
	int64_t log_span_start;
	unsigned n_log_lines;
};

struct setting {
	char *plugin, *key, *value;
};

struct host_pool {
	struct loop *loop;
	struct net_client *net;          /* made at the first need */
	const struct registry *registry; /* in use; NULL if nobody told */
	char *program;
	struct runner *runners;
	struct errand *telling; /* asks whose outcome is known and will be told by the loop */
	struct errand *spare;
	struct corpse *corpses;
	uint64_t last_id;
	struct arena arena; /* of the packet being handled */
	host_log *log;
	void *log_data;
	VEC(struct setting) settings;
	char packet[LIMIT_HOST_MESSAGE];
};

/* The operator's setting of a plugin, or NULL. */
const char *pool_setting(const struct host_pool *p, struct view plugin, const char *key);
/* Zeroed room; aborts when there is none. */
void *pool_zeroed(size_t size);

/* ---- errand.c ---- */

struct errand *errand_new(struct host_pool *p);
/* Kept for the next one, without the question. */
void errand_free(struct errand *a);
/* Tell the asker now. The ask is gone afterwards. */
void errand_finish(struct errand *a, enum host_outcome outcome, const struct host_answer *answer,
		   const char *text);
/* Tell from the loop's next turn: never inside host_ask(). */
void errand_tell_later(struct errand *a, enum host_outcome outcome, const char *text);
/* Take it out of a list that it is in. */
void errand_unlink(struct errand **from, struct errand *a);

void queue_init(struct queue *q);
void queue_add(struct queue *q, struct errand *a);
/* The first, taken out; NULL if there is none. */
struct errand *queue_take(struct queue *q);
void queue_remove(struct queue *q, struct errand *a);

/* ---- runner.c ---- */

struct runner *runner_find(const struct host_pool *p, const struct plugin *plugin);
struct runner *runner_new(struct host_pool *p, const struct plugin *plugin);
void runner_free(struct runner *h);
/* The child begins with the first of the sent ones now. */
void runner_begin_first(struct runner *h);
/* How long it may have nothing to do. */
int64_t runner_idle_ms(const struct runner *h);
/* Send the child as many of the waiting ones as go; start it if it does not run. */
void runner_go_on(struct runner *h);
/* The plugin rests, its child is replaced just before that is over, all its asks get their answer.
 */
void runner_fail(struct runner *h, const char *reason);
/* Timers of an ask and of the runner. */
void runner_on_errand_timer(void *ask);
void runner_on_idle(void *runner);

/* ---- hear.c: what comes from the child ---- */

void runner_on_socket(void *runner, int fd, int events);
void runner_on_pidfd(void *runner, int fd, int events);

/* ---- fetch.c: what a plugin asks of the outside ---- */

void runner_fetch(struct runner *h, const struct packet_fetch *m);
/* Nobody waits for it any more. With `tell` the child learns so and goes on. */
void runner_fetch_stop(struct runner *h, bool tell);

#endif
