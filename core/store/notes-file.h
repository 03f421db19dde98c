/* SPDX-License-Identifier: Apache-2.0 */
/* notes-file.h - the tables behind notes.c, called from its thread; private to the two. */
#ifndef STORE_NOTES_FILE_H
#define STORE_NOTES_FILE_H

#include "base/buf.h"
#include "store/notes.h"

struct notes_file;

/* As notes_open() says. What a process of our number left behind as its own is nobody's now. */
int notes_file_open(const char *dir, struct notes_file **ret, struct fault *why);
void notes_file_close(struct notes_file *f);
/* Each gives 0 or -errno with *why; find gives -ENOENT for what is not there or is over. */
int notes_file_put(struct notes_file *f, const struct note_key *key, struct view value,
		   int64_t until_ms, struct fault *why);
int notes_file_drop(struct notes_file *f, const struct note_key *key, struct fault *why);
int notes_file_find(struct notes_file *f, const struct note_key *key, int64_t now_ms,
		    struct buf *ret, struct fault *why);
/* Likewise what is owed: ours until `due_ms`, then anybody's. */
int notes_file_owe(struct notes_file *f, const struct note_key *key, struct view value,
		   int64_t due_ms, int64_t until_ms, struct fault *why);
int notes_file_settle(struct notes_file *f, const struct note_key *key, struct fault *why);
/* One that is due, or whose owner has died: ours until `due_ms`. -ENOENT: there is none. */
int notes_file_claim(struct notes_file *f, int64_t now_ms, int64_t due_ms, struct note_key *ret_key,
		     struct buf *ret, struct fault *why);
/* What follows is put in together by notes_file_commit(). False: each by itself, as usual. */
bool notes_file_begin(struct notes_file *f);
int notes_file_commit(struct notes_file *f, struct fault *why);
/* Forget what is over, and the soonest to be over beyond `max`. */
int notes_file_sweep(struct notes_file *f, int64_t now_ms, int64_t max, struct fault *why);

#endif
