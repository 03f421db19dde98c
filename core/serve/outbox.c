/* SPDX-License-Identifier: Apache-2.0 */
/* outbox.c - a ring of counted frames, and the pool they come from. */
#include "serve/outbox.h"

#include <stdlib.h>

#include "base/error.h"

#define POOL_MAX       256
#define POOL_FRAME_MAX 32768 /* larger frames are not kept */
#define WAITING_MAX    4096  /* frames in one queue, however small */

void frame_pool_done(struct frame_pool *pool)
{
	while (pool->free) {
		struct frame *f = pool->free;

		pool->free = f->next;
		buf_done(&f->buf);
		free(f);
	}
	pool->n_free = 0;
}

struct frame *frame_new(struct frame_pool *pool)
{
	struct frame *f = pool->free;

	if (f) {
		pool->free = f->next;
		pool->n_free--;
	} else {
		f = calloc(1, sizeof(*f));
		if (!f)
			die_oom(sizeof(*f));
		f->pool = pool;
	}
	f->n_refs = 1;
	buf_clear(&f->buf);
	buf_reserve(&f->buf, FRAME_ROOM);
	memset(f->buf.ptr, 0, FRAME_ROOM + 1);
	f->buf.len = FRAME_ROOM;
	return f;
}

struct frame *frame_ref(struct frame *f)
{
	f->n_refs++;
	return f;
}

void frame_unref(struct frame *f)
{
	struct frame_pool *pool;

	if (!f || --f->n_refs > 0)
		return;
	pool = f->pool;
	if (pool->n_free >= POOL_MAX || f->buf.cap > POOL_FRAME_MAX) {
		buf_done(&f->buf);
		free(f);
		return;
	}
	f->next = pool->free;
	pool->free = f;
	pool->n_free++;
}

void outbox_init(struct outbox *o)
{
	memset(o, 0, sizeof(*o));
	o->ring = o->inside;
	o->cap = OUTBOX_INLINE;
}

void outbox_done(struct outbox *o)
{
	struct frame *f;

	while ((f = outbox_pop(o)))
		frame_unref(f);
	if (o->ring != o->inside)
		free(o->ring);
	outbox_init(o);
}

static void grow(struct outbox *o)
{
	unsigned cap = o->cap * 4;
	struct frame **ring = calloc(cap, sizeof(*ring));

	if (!ring)
		die_oom(cap * sizeof(*ring));
	for (unsigned i = 0; i < o->n; i++)
		ring[i] = o->ring[(o->head + i) % o->cap];
	if (o->ring != o->inside)
		free(o->ring);
	o->ring = ring;
	o->cap = cap;
	o->head = 0;
}

bool outbox_push(struct outbox *o, struct frame *f, size_t max_bytes)
{
	if (o->n > 0 &&
	    (o->n >= WAITING_MAX || frame_len(f) > max_bytes - o->bytes || o->bytes > max_bytes)) {
		frame_unref(f);
		return false;
	}
	if (o->n == o->cap)
		grow(o);
	o->ring[(o->head + o->n) % o->cap] = f;
	o->n++;
	o->bytes += frame_len(f);
	return true;
}

struct frame *outbox_pop(struct outbox *o)
{
	struct frame *f;

	if (o->n == 0)
		return NULL;
	f = o->ring[o->head];
	o->head = (o->head + 1) % o->cap;
	o->n--;
	o->bytes -= frame_len(f);
	/* A queue that was long once does not stay large. */
	if (o->n == 0 && o->ring != o->inside) {
		free(o->ring);
		o->ring = o->inside;
		o->cap = OUTBOX_INLINE;
		o->head = 0;
	}
	return f;
}
