/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker.h - a worker: a process with a struct server, started and told what to do by a parent.
 *
 * The two speak over a link (link.h); these are the packets. A worker whose parent has died serves
 * no newcomers, finishes what is under way and leaves.
 */
#ifndef SERVE_WORKER_H
#define SERVE_WORKER_H

#include "serve/server.h"

/* From the parent. */
enum {
	WORKER_ACCEPT = 1, /* begin to serve                                                     */
	WORKER_PEER,       /* id: another worker; a descriptor: the way to it                    */
	WORKER_PREPARE,    /* id: number of a generation; the descriptors of a struct loading    */
	WORKER_SWITCH,     /* id: use it from now on                                             */
	WORKER_DROP,       /* id: it is not to be used                                           */
	WORKER_REFRESH,    /* certificates and pages; a descriptor: the bots, if they are good    */
	WORKER_COMMAND,    /* id: a ticket; a line of the administrator, or one of the inner ones:
			      "figures" (struct figures), "healths" (struct plugin_health …),
			      "plugins" with the healths of all behind its line's end            */
	WORKER_DRAIN,
	WORKER_STOP,
};

/* To the parent. */
enum {
	WORKER_READY = 100, /* to accept                                                          */
	WORKER_FAILED,      /* words: why it could not start                                      */
	WORKER_LOADED,      /* id: number; struct worker_loaded                                   */
	WORKER_SWITCHED,    /* id: number; nanoseconds (int64_t)                                  */
	WORKER_ANSWER,      /* id: a ticket; words                                                */
	WORKER_DRAINED,
};

struct worker_loaded {
	bool is_good;
	struct fault why;
	uint64_t n_plugins, n_left_out;
	int64_t load_ms;
};

/* What it begins with: a generation, which it takes, or else the descriptors of one. */
struct worker_content {
	struct generation *generation;
	const int *fds;
	size_t n_fds;
	uint64_t number;
};

/* The worker's whole life, in a process of its own. Gives the exit status. */
int worker_main(struct settings *settings, const struct worker_content *content,
		const struct inheritance *from, int control);
/* The process group is told of an interrupt, and a service manager tells everybody to stop: what is
 * to be done then the parent says. */
void worker_ignore_signals(void);
/* The answer to a command of the parent, if it came later. */
void worker_answer(struct worker *w, uint64_t ticket, struct view text);
/* It has nothing under way any more. True: it stays until the parent says stop. */
bool worker_drained(struct worker *w);

#endif
