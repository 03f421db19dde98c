/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store-place.h - a backend in plain memory, for tests: what it keeps outlives its closing, and it
 * can be told to be slow or to refuse.
 */
#ifndef TESTS_STORE_PLACE_H
#define TESTS_STORE_PLACE_H

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/backend.h"

struct place_reply {
	struct store_id id;
	uint64_t seq;
	char *text;
	size_t len;
};

struct place {
	struct backend backend;
	struct backend_limits limits;
	VEC(struct batch_session) sessions;
	VEC(struct place_reply) replies;
	atomic_int refuse;   /* so many batches */
	atomic_int delay_us; /* of each batch */
};

static inline bool place_same(const struct store_id *a, const struct store_id *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static inline void place_drop_reply(struct place *p, size_t i)
{
	free(p->replies.items[i].text);
	memmove(&p->replies.items[i], &p->replies.items[i + 1],
		(--p->replies.n - i) * sizeof(*p->replies.items));
}

static inline size_t place_reply_bytes(const struct place *p)
{
	size_t sum = 0;

	for (size_t i = 0; i < p->replies.n; i++)
		sum += p->replies.items[i].len;
	return sum;
}

static inline void place_put_reply(struct place *p, const struct batch *b, size_t i)
{
	const struct batch_reply *from = &b->replies.items[i];
	struct place_reply *to = vec_push(&p->replies);
	size_t n = 0;

	*to = (struct place_reply){from->id, from->seq, malloc(from->len + 1), from->len};
	memcpy(to->text, b->text.ptr + from->at, from->len);
	for (size_t k = p->replies.n; k-- > 0;)
		if (place_same(&p->replies.items[k].id, &from->id) && ++n > p->limits.max_replies)
			place_drop_reply(p, k);
	while (place_reply_bytes(p) > p->limits.max_reply_bytes)
		place_drop_reply(p, 0);
}

static inline void place_forget(struct place *p, const struct store_id *id)
{
	for (size_t k = p->replies.n; k-- > 0;)
		if (place_same(&p->replies.items[k].id, id))
			place_drop_reply(p, k);
	for (size_t k = p->sessions.n; k-- > 0;)
		if (place_same(&p->sessions.items[k].id, id))
			p->sessions.items[k] = p->sessions.items[--p->sessions.n];
}

static inline int place_write(struct backend *b, const struct batch *batch, struct fault *why)
{
	struct place *p = (struct place *)b;

	if (p->delay_us)
		usleep((useconds_t)p->delay_us);
	if (p->refuse > 0) {
		p->refuse--;
		fault_set(why, "the place refuses");
		return -ENOSPC;
	}
	for (size_t i = 0; i < batch->forgets.n; i++)
		place_forget(p, &batch->forgets.items[i].id);
	for (size_t i = 0; i < batch->sessions.n; i++) {
		const struct batch_session *from = &batch->sessions.items[i];
		size_t k = 0;

		while (k < p->sessions.n && !place_same(&p->sessions.items[k].id, &from->id))
			k++;
		if (k == p->sessions.n)
			vec_push(&p->sessions);
		p->sessions.items[k] = *from;
	}
	for (size_t i = 0; i < batch->replies.n; i++)
		place_put_reply(p, batch, i);
	return 0;
}

static inline int place_find(struct backend *b, const struct store_id *id, struct record *ret,
			     struct fault *why)
{
	struct place *p = (struct place *)b;
	size_t k = 0;

	(void)why;
	while (k < p->sessions.n && !place_same(&p->sessions.items[k].id, id))
		k++;
	if (k == p->sessions.n)
		return -ENOENT;
	ret->session = p->sessions.items[k].session;
	for (size_t i = 0; i < p->replies.n; i++) {
		const struct place_reply *from = &p->replies.items[i];

		if (place_same(&from->id, id)) {
			*vec_push(&ret->replies) =
			    (struct record_reply){from->seq, ret->text.len, from->len};
			buf_add(&ret->text, from->text, from->len);
		}
	}
	return 0;
}

static inline int place_sweep(struct backend *b, int64_t before_ms, struct fault *why)
{
	struct place *p = (struct place *)b;

	(void)why;
	for (;;) {
		size_t oldest = 0;

		for (size_t i = 1; i < p->sessions.n; i++)
			if (p->sessions.items[i].session.last_ms <
			    p->sessions.items[oldest].session.last_ms)
				oldest = i;
		if (p->sessions.n == 0 || (p->sessions.items[oldest].session.last_ms >= before_ms &&
					   p->sessions.n <= p->limits.max_sessions))
			return 0;
		for (size_t k = p->replies.n; k-- > 0;)
			if (place_same(&p->replies.items[k].id, &p->sessions.items[oldest].id))
				place_drop_reply(p, k);
		p->sessions.items[oldest] = p->sessions.items[--p->sessions.n];
	}
}

static inline void place_close(struct backend *b)
{
	(void)b;
}

static inline void place_done(struct place *p)
{
	while (p->replies.n > 0)
		place_drop_reply(p, p->replies.n - 1);
	vec_done(&p->replies);
	vec_done(&p->sessions);
}

static const struct backend_type place_type = {
    .write = place_write, .find = place_find, .sweep = place_sweep, .close = place_close};

#endif
