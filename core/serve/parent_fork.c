/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parent_fork.c - how a worker comes into being.
 *
 * Forked and not started anew: it has the settings that the parent read and the listening sockets,
 * shares the table of addresses, and, of the first workers, the first generation too.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <syslog.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "serve/link.h"
#include "serve/parent_inside.h"
#include "serve/server.h"
#include "serve/worker.h"

static bool is_among(int fd, const int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fds[i] == fd)
			return true;
	return false;
}

/* All but standard ones and those given: what the parent has open is not for workers. */
static void close_others(const int *keep, size_t n)
{
	DIR *dir = opendir("/proc/self/fd");
	VEC(int) all = VEC_INIT;
	struct dirent *e;

	while (dir && (e = readdir(dir)))
		if (e->d_name[0] != '.')
			*vec_push(&all) = (int)strtol(e->d_name, NULL, 10);
	if (dir)
		closedir(dir);
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i] > STDERR_FILENO && !is_among(all.items[i], keep, n))
			close(all.items[i]);
	vec_done(&all);
}

static void keep_only(struct parent *p, const struct worker_content *content, int control)
{
	const struct generation *g = content->generation;
	VEC(int) keep = VEC_INIT;

	*vec_push(&keep) = control;
	*vec_push(&keep) = p->bots_fd;
	for (size_t i = 0; i < p->listeners.list.n; i++)
		*vec_push(&keep) = p->listeners.list.items[i]->fd;
	for (size_t i = 0; i < content->n_fds; i++)
		*vec_push(&keep) = content->fds[i];
	for (size_t i = 0; g && i < registry_count(g->registry); i++)
		*vec_push(&keep) = registry_at(g->registry, i)->image_fd;
	for (size_t i = 0; g && i < g->sources->list.n; i++)
		*vec_push(&keep) = g->sources->list.items[i].image_fd;
	closelog();
	close_others(keep.items, keep.n);
	vec_done(&keep);
}

static _Noreturn void become_worker(struct child_worker *c, int control, const sigset_t *mask)
{
	struct parent *p = c->parent;
	struct worker_content content = {.generation = p->first, .number = p->number};
	struct inheritance from = {
	    .listeners = &p->listeners,
	    .peers = p->peers,
	    .shared = p->shared,
	    .self = c->index,
	    .bots_fd = p->bots_fd,
	};

	if (!p->first)
		content.fds = builder_live(p->builder, &content.n_fds);
	loop_signal_stop(p->loop, &p->on_term);
	loop_signal_stop(p->loop, &p->on_int);
	loop_signal_stop(p->loop, &p->on_hup);
	worker_ignore_signals();
	sigprocmask(SIG_SETMASK, mask, NULL);
	loop_free(p->loop);
	p->first = NULL; /* it is the worker's */
	keep_only(p, &content, control);
	unsetenv("NOTIFY_SOCKET");
	prctl(PR_SET_NAME, "wenlud-worker");
	exit(worker_main(p->settings, &content, &from, control));
}

static void introduce(struct child_worker *a, struct child_worker *b)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
		log_error("workers %u and %u cannot be linked: %s", a->index + 1, b->index + 1,
			  error_text(errno));
		return;
	}
	link_send_fds(a->link, WORKER_PEER, b->index, VIEW(""), &pair[0], 1);
	link_send_fds(b->link, WORKER_PEER, a->index, VIEW(""), &pair[1], 1);
	close(pair[0]);
	close(pair[1]);
}

int parent_fork(struct child_worker *c, const struct link_user *user)
{
	struct parent *p = c->parent;
	sigset_t all, mask;
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	/* No signal finds the child half a parent. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &mask);
	pid = fork();
	if (pid == 0)
		become_worker(c, pair[1], &mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return -errno;
	}
	c->pid = pid;
	c->is_ready = c->has_drained = false;
	c->started_ms = c->beat_ms = clock_ms();
	c->link = link_open(p->loop, pair[0], user);
	for (unsigned i = 0; i < p->n; i++)
		if (i != c->index && p->workers[i].link)
			introduce(c, &p->workers[i]);
	return 0;
}
