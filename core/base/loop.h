/* SPDX-License-Identifier: Apache-2.0 */
/*
 * loop.h - the event loop of a process: descriptors, timers, signals, on libev.
 *
 * One thread owns a loop and makes every call on it. Create it after fork().
 * The watchers are the caller's storage and must outlive their watching; stopping one that is not
 * active is fine. Only loop.c includes ev.h.
 */
#ifndef BASE_LOOP_H
#define BASE_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop;

enum loop_events { LOOP_READ = 1, LOOP_WRITE = 2 };

/* Opaque room for libev's own struct; checked at compile time to be large enough. */
#define LOOP_WATCH_ROOM 160

struct loop_io {
	_Alignas(16) char room[LOOP_WATCH_ROOM];
	void (*call)(void *data, int fd, int events);
	void *data;
	bool active;
};

struct loop_timer {
	_Alignas(16) char room[LOOP_WATCH_ROOM];
	void (*call)(void *data);
	void *data;
	bool active;
};

struct loop_signal {
	_Alignas(16) char room[LOOP_WATCH_ROOM];
	void (*call)(void *data, int signum);
	void *data;
	bool active;
};

/* The process's default loop when is_default (needed for signals), else another. Aborts on OOM. */
struct loop *loop_new(bool is_default);
void loop_free(struct loop *l);
/* Turn until loop_stop(). */
void loop_run(struct loop *l);
/* One turn: wait for at least one event if `wait`, else only what is ready. */
void loop_turn(struct loop *l, bool wait);
void loop_stop(struct loop *l);
/* The struct ev_loop itself, for libraries that take a foreign loop. */
void *loop_native(struct loop *l);

void loop_io_start(struct loop *l, struct loop_io *w, int fd, int events,
		   void (*call)(void *data, int fd, int events), void *data);
void loop_io_stop(struct loop *l, struct loop_io *w);
/* Once after delay_ms, then every repeat_ms if that is not 0. Starting again resets it. */
void loop_timer_start(struct loop *l, struct loop_timer *w, int64_t delay_ms, int64_t repeat_ms,
		      void (*call)(void *data), void *data);
void loop_timer_stop(struct loop *l, struct loop_timer *w);
void loop_signal_start(struct loop *l, struct loop_signal *w, int signum,
		       void (*call)(void *data, int signum), void *data);
void loop_signal_stop(struct loop *l, struct loop_signal *w);

#endif
