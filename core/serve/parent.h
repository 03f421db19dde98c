/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parent.h - the process that starts the workers and watches over them; it serves nobody itself.
 *
 * It holds what there is once: the listening sockets, the port file, the administrator's socket,
 * the builder and the watch over the folders, and memory that workers share. It has one thread, so
 * that it can fork at any time. New content is switched to by all workers or by none: each makes
 * its generation from the same sealed memory and says so; then all are told to switch.
 */
#ifndef SERVE_PARENT_H
#define SERVE_PARENT_H

#include <signal.h>
#include <sys/types.h>

#include "engine/builder.h"
#include "serve/content.h"
#include "serve/listen.h"
#include "serve/peers.h"
#include "serve/shared.h"

struct admin;
struct link;
struct parent;
struct gathering;

struct child_worker {
	struct parent *parent;
	unsigned index;
	pid_t pid; /* 0: it does not run */
	struct link *link;
	bool is_ready, has_loaded, has_switched, has_drained;
	bool has_remains;            /* peers_bury() has to be called again */
	int64_t started_ms, gone_ms; /* gone: its link has ended, itself not yet */
	int64_t pause_ms;            /* before it is started again */
	uint64_t n_restarts;
	uint32_t beats;
	int64_t beat_ms;
	struct loop_timer timer; /* to look whether it has ended, or to start it again */
};

enum parent_phase {
	PARENT_QUIET,
	PARENT_PREPARING, /* workers make their generations */
	PARENT_SWITCHING,
};

struct parent {
	struct settings *settings;
	struct loop *loop;
	struct listeners listeners;
	struct peers *peers;
	struct shared *shared;
	struct builder *builder;
	struct content *content;
	struct admin *admin;
	struct gathering *gatherings; /* what administrators wait for */
	struct generation *first;     /* for workers, until there is a newer one */
	uint64_t number;              /* of the generation in use */
	enum parent_phase phase;
	int bots_fd;                /* bots/carry.h: the last good ones */
	struct content_facts facts; /* of the one in the making */
	int64_t load_ms;
	struct child_worker *workers;
	unsigned n;
	int64_t began_ms;
	bool is_serving; /* all have been ready once */
	bool has_port_file, is_draining, is_stopping;
	int status;
	struct loop_timer beat, deadline;
	struct loop_signal on_term, on_int, on_hup;
};

/* From the first generation to the end; gives the exit status. Takes the builder and the
 * generation. `early_hup`: a SIGHUP came before there was anybody to take it. */
int parent_run(struct settings *settings, struct builder *builder, struct generation *g,
	       int64_t began_ms, const volatile sig_atomic_t *early_hup);

#endif
