/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.h - conversations behind memory: written a little later, read when memory has none.
 *
 *	loop's thread                         │ the store's thread
 *	sessions.c ── changed ──▶ parcel ─────┼──▶ a backend's write, find, sweep
 *	           ◀── found, not saved ──────┼─── the same parcel, and a tap on the loop
 *
 * One parcel is on its way at a time. What changes meanwhile is only marked, and copied into the
 * next one: a slow disk costs no memory, and an ask costs the loop a mark and later a copy. What
 * was marked is on its way within STORE_DELAY_MS. All calls are the loop's; none waits for a disk,
 * but opening, flushing and closing.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/loop.h"
#include "base/view.h"
#include "store/backend.h"
#include "store/inbox.h"

#define STORE_DELAY_MS 50

struct store;

struct store_options {
	struct loop *loop;
	struct backend_limits limits;
	bool leaves_sweeping; /* to another process that has the same files open */
	struct inbox *inbox;  /* NULL: none; else the store's and its thread's, once there is one */
	int64_t keep_ms;      /* a conversation that was quiet for this long is forgotten */
	/* From the loop: saving stopped working (is_error), or works again. One sentence. */
	void (*say)(void *data, bool is_error, const char *line);
	void *data;
};

/*
 * The default: a SQLite file in `dir`. 0; or 1 with *why if an unusable file was put aside for
 * that; or -errno with *why.
 */
int store_open(const char *dir, const struct store_options *options, struct store **ret,
	       struct fault *why);
/* Over any backend, which is then the store's. */
struct store *store_new(const struct store_options *options, struct backend *backend);
/* Writes what is there, ends the thread, closes the backend. Nobody is called back any more. */
void store_close(struct store *s);

/* Where changed conversations come from; there is one such giver. */
struct store_giver {
	/* Add at most `room` changed conversations; how many more there are. */
	size_t (*collect)(void *data, struct batch *batch, size_t room);
	/* One of them could not be saved and is to be given again. */
	void (*unsaved)(void *data, uint32_t slot);
	void *data;
};
void store_set_giver(struct store *s, const struct store_giver *giver);
/* Something changed: collect it soon. */
void store_wake(struct store *s);
/* One conversation at once, because memory is about to lose it. */
void store_put(struct store *s, const struct session *session);
/* A reply for clients that come back. It is copied; the token in it is blanked out. */
void store_put_reply(struct store *s, struct view token, uint64_t seq, struct view text);
/* A conversation begins anew: of what is kept, or waits to be, nothing stays. */
void store_forget(struct store *s, struct view token);
/* Wait until all that changed is saved; gives up when it cannot be. */
void store_flush(struct store *s);

/* `record` is NULL if nothing is known; it is the caller's only during the call. */
typedef void store_found(void *data, const struct record *record);
/* Look a token up; the answer comes from the loop, later. Gives an id for cancelling, never 0. */
uint64_t store_find(struct store *s, struct view token, store_found *found, void *data);
void store_cancel(struct store *s, uint64_t id);

bool store_has_inbox(const struct store *s);
/* For the inbox, if there is one. It is copied. Beyond some hundred that wait, notes are lost: a
 * flood is no reason to grow. */
void store_put_note(struct store *s, const struct inbox_note *note);

/* On the store's thread. */
typedef void store_work(void *data, struct inbox *inbox);
/* On the loop's. With `is_over` the store is closing: only `data` is to be put away. */
typedef void store_worked(void *data, bool is_over);
/* Have something done to the inbox, behind the notes before it. False: there is none. */
bool store_run(struct store *s, store_work *what, store_worked *done, void *data);

struct store_counts {
	uint64_t batches, sessions, replies, notes; /* saved */
	uint64_t failed_batches, lost_replies, lost_notes, lookups;
};
/* The last try to save conversations, or notes, did not succeed. */
bool store_is_failing(const struct store *s);
struct store_counts store_counts(const struct store *s);

#endif
