/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replay.h - the last replies of each conversation, for clients that lost their connection.
 *
 * Bounded twice: so many replies a conversation, so many bytes for all; the conversation that was
 * quiet longest is forgotten first. What was forgotten is simply not sent again.
 */
#ifndef SERVE_REPLAY_H
#define SERVE_REPLAY_H

#include <stdint.h>

#include "serve/outbox.h"

struct replay;

struct replay *replay_new(size_t max_replies, size_t max_bytes);
void replay_free(struct replay *r);
/* Keep a reply under a conversation's token; takes its own reference. `asked` is the mark of what
 * it answers, 0 if it has none. */
void replay_add(struct replay *r, struct view token, uint64_t seq, uint64_t asked, struct frame *f);
/* Nothing of this conversation is kept any more. */
void replay_forget(struct replay *r, struct view token);
/* Keep the words that the last reply added answers, in memory alone, for feedback on it. */
void replay_add_question(struct replay *r, struct view token, struct view question);
/* These words; empty if they are not known (any more). seq 0: of the last reply. */
struct view replay_question(struct replay *r, struct view token, uint64_t seq);
/*
 * The kept reply to what has this mark; NULL if there is none. Of replies above `upto` only the
 * latest counts: whoever was there when they were sent asks anew, though with an id used before.
 */
struct frame *replay_find(struct replay *r, struct view token, uint64_t asked, uint64_t upto);
/* A mark: never 0, different in every process, so that it tells nothing of the words. */
uint64_t replay_mark(const struct replay *r, const struct view *parts, size_t n);
/* Call `each` with every kept reply whose number is above `after`, in order. */
void replay_each(struct replay *r, struct view token, uint64_t after,
		 void (*each)(void *data, struct frame *f), void *data);
size_t replay_footprint(const struct replay *r);

#endif
