/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outbox.h - replies on their way to a client: shared, counted frames in a bounded queue.
 *
 * A frame is written once and may wait in several places (the queue of a connection, the memory of
 * a conversation's last replies). Frames come from a pool that keeps their memory, so a settled
 * server allocates nothing for a reply.
 */
#ifndef SERVE_OUTBOX_H
#define SERVE_OUTBOX_H

#include <stdbool.h>

#include "base/buf.h"

/* Room in front of the text, which libwebsockets fills with the frame's head. */
#define FRAME_ROOM 32

struct frame_pool;

struct frame {
	struct buf buf; /* FRAME_ROOM bytes, then the text */
	unsigned n_refs;
	struct frame_pool *pool;
	struct frame *next; /* in the pool */
};

struct frame_pool {
	struct frame *free;
	size_t n_free;
};

void frame_pool_done(struct frame_pool *pool);
/* An empty frame with one reference; append to frame->buf. */
struct frame *frame_new(struct frame_pool *pool);
struct frame *frame_ref(struct frame *f);
void frame_unref(struct frame *f);
static inline size_t frame_len(const struct frame *f)
{
	return f->buf.len - FRAME_ROOM;
}
static inline char *frame_text(struct frame *f)
{
	return f->buf.ptr + FRAME_ROOM;
}

#define OUTBOX_INLINE 2

struct outbox {
	struct frame *inside[OUTBOX_INLINE];
	struct frame **ring; /* `inside`, or larger and owned */
	unsigned cap, head, n;
	size_t bytes;
};

void outbox_init(struct outbox *o);
void outbox_done(struct outbox *o);
/* Takes over the caller's reference. False (and the frame is dropped) if more than max_bytes would
 * wait; one frame always fits. */
bool outbox_push(struct outbox *o, struct frame *f, size_t max_bytes);
/* The oldest, now the caller's; NULL if empty. */
struct frame *outbox_pop(struct outbox *o);

#endif
