/* SPDX-License-Identifier: Apache-2.0 */
/* loop.c - the only file that knows libev. */
#include "base/loop.h"

#include <assert.h>
#include <stdlib.h>

/* ev.h casts between its watcher types in ways that -Wstrict-aliasing dislikes at -O2. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-aliasing"
#include <ev.h>

#include "base/error.h"

struct loop {
	struct ev_loop *ev;
	bool is_default;
};

_Static_assert(sizeof(ev_io) <= LOOP_WATCH_ROOM, "room for ev_io");
_Static_assert(sizeof(ev_timer) <= LOOP_WATCH_ROOM, "room for ev_timer");
_Static_assert(sizeof(ev_signal) <= LOOP_WATCH_ROOM, "room for ev_signal");
_Static_assert((int)LOOP_READ == EV_READ && (int)LOOP_WRITE == EV_WRITE, "same event bits");

struct loop *loop_new(bool is_default)
{
	struct loop *l = calloc(1, sizeof(*l));

	if (!l)
		die_oom(sizeof(*l));
	l->is_default = is_default;
	l->ev = is_default ? ev_default_loop(EVFLAG_AUTO) : ev_loop_new(EVFLAG_AUTO);
	if (!l->ev)
		die("the event loop cannot be started");
	/* The default loop collects every child, and how it ended is lost: ours are collected by
	 * whoever has started them. */
	if (is_default)
		signal(SIGCHLD, SIG_DFL);
	return l;
}

void loop_free(struct loop *l)
{
	if (!l)
		return;
	ev_loop_destroy(l->ev);
	free(l);
}

void loop_run(struct loop *l)
{
	ev_run(l->ev, 0);
}

void loop_turn(struct loop *l, bool wait)
{
	ev_run(l->ev, wait ? EVRUN_ONCE : EVRUN_NOWAIT);
}

void loop_stop(struct loop *l)
{
	ev_break(l->ev, EVBREAK_ALL);
}

void *loop_native(struct loop *l)
{
	return l->ev;
}

static void on_io(struct ev_loop *ev, ev_io *e, int revents)
{
	struct loop_io *w = e->data;

	(void)ev;
	w->call(w->data, e->fd, revents);
}

void loop_io_start(struct loop *l, struct loop_io *w, int fd, int events,
		   void (*call)(void *data, int fd, int events), void *data)
{
	ev_io *e = (ev_io *)w->room;

	loop_io_stop(l, w);
	ev_io_init(e, on_io, fd, events);
	e->data = w;
	w->call = call;
	w->data = data;
	w->active = true;
	ev_io_start(l->ev, e);
}

void loop_io_stop(struct loop *l, struct loop_io *w)
{
	if (!w->active)
		return;
	ev_io_stop(l->ev, (ev_io *)w->room);
	w->active = false;
}

static void on_timer(struct ev_loop *ev, ev_timer *e, int revents)
{
	struct loop_timer *w = e->data;

	(void)ev;
	(void)revents;
	if (!ev_is_active(e))
		w->active = false;
	w->call(w->data);
}

void loop_timer_start(struct loop *l, struct loop_timer *w, int64_t delay_ms, int64_t repeat_ms,
		      void (*call)(void *data), void *data)
{
	ev_timer *e = (ev_timer *)w->room;

	loop_timer_stop(l, w);
	ev_timer_init(e, on_timer, (double)delay_ms / 1000.0, (double)repeat_ms / 1000.0);
	e->data = w;
	w->call = call;
	w->data = data;
	w->active = true;
	/* The loop's idea of now may be old after long work in a callback. */
	ev_now_update(l->ev);
	ev_timer_start(l->ev, e);
}

void loop_timer_stop(struct loop *l, struct loop_timer *w)
{
	if (!w->active)
		return;
	ev_timer_stop(l->ev, (ev_timer *)w->room);
	w->active = false;
}

static void on_signal(struct ev_loop *ev, ev_signal *e, int revents)
{
	struct loop_signal *w = e->data;

	(void)ev;
	(void)revents;
	w->call(w->data, e->signum);
}

void loop_signal_start(struct loop *l, struct loop_signal *w, int signum,
		       void (*call)(void *data, int signum), void *data)
{
	ev_signal *e = (ev_signal *)w->room;

	loop_signal_stop(l, w);
	ev_signal_init(e, on_signal, signum);
	e->data = w;
	w->call = call;
	w->data = data;
	w->active = true;
	ev_signal_start(l->ev, e);
}

void loop_signal_stop(struct loop *l, struct loop_signal *w)
{
	if (!w->active)
		return;
	ev_signal_stop(l->ev, (ev_signal *)w->room);
	w->active = false;
}
#pragma GCC diagnostic pop
