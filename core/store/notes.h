/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.h - small things to be remembered for a while, beyond the process: key, value, until when;
 * and what is owed to somebody until it is settled.
 *
 * For what messaging platforms make us remember: which message was answered with what, which
 * signature was used, the access tokens of their interfaces. In a file of its own beside the
 * conversations (notes.db), which several workers share; without a folder in memory alone. Keys are
 * hashes, so that the file tells nobody which message or user they stand for.
 *
 * All calls are the loop's; a thread of its own does the work, in the order of the calls.
 */
#ifndef STORE_NOTES_H
#define STORE_NOTES_H

#include "base/error.h"
#include "base/loop.h"
#include "base/view.h"

#define NOTE_KEY_BYTES 32
#define NOTE_KEYS_MAX  2 /* looked up together */

struct note_key {
	unsigned char bytes[NOTE_KEY_BYTES];
};

struct notes;

struct notes_options {
	struct loop *loop;
	/* From the loop: remembering stopped working (is_error), or works again. */
	void (*say)(void *data, bool is_error, const char *line);
	void *data;
};

/*
 * `dir` NULL or "": in memory. 0; or 1 with *why if a broken file was renamed for a new one, or if
 * the folder cannot be used and memory has to do.
 */
int notes_open(const char *dir, const struct notes_options *options, struct notes **ret,
	       struct fault *why);
/* Finishes what was asked for; nobody is called back any more. */
void notes_close(struct notes *n);

/* Remember; what stood there is replaced. The value is copied. */
void notes_put(struct notes *n, const struct note_key *key, struct view value, int64_t keep_ms);
void notes_drop(struct notes *n, const struct note_key *key);

/* The values in the order of the keys, ptr NULL where there is none; the caller's for the call. */
typedef void notes_found(void *data, const struct view values[NOTE_KEYS_MAX]);
/* Look one or two up; the answer comes from the loop, later. Never gives 0. */
uint64_t notes_find(struct notes *n, const struct note_key *keys, size_t n_keys, notes_found *found,
		    void *data);
void notes_cancel(struct notes *n, uint64_t id);

/*
 * Owed until it is settled, or `keep_ms` is over; what was owed under this key is replaced. It is
 * this process's to see to for `mine_ms`, or as long as it lives; then whoever claims it. `found`
 * may be NULL; else it is called, without values, when it is in the file.
 */
uint64_t notes_owe(struct notes *n, const struct note_key *key, struct view value, int64_t mine_ms,
		   int64_t keep_ms, notes_found *found, void *data);
void notes_settle(struct notes *n, const struct note_key *key);
/* Something that is owed and that nobody sees to: its value and its key, ptr NULL if there is
 * nothing. It is ours for `mine_ms`. */
uint64_t notes_claim(struct notes *n, int64_t mine_ms, notes_found *found, void *data);

struct notes_counts {
	uint64_t puts, lookups, failures;
};
struct notes_counts notes_counts(const struct notes *n);

#endif
