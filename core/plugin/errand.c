/* SPDX-License-Identifier: Apache-2.0 */
/* errand.c - one question to a plugin, from being asked to being told. */
#include <stdio.h>
#include <string.h>

#include "plugin/pool.h"

struct errand *errand_new(struct host_pool *p)
{
	struct errand *a = p->spare;

	if (a)
		p->spare = a->next;
	else
		a = pool_zeroed(sizeof(*a));
	a->next = NULL;
	a->is_sent = false;
	a->n_fetches = 0;
	a->outcome = HOST_FAILED;
	a->pool = p;
	a->id = ++p->last_id;
	buf_clear(&a->packet);
	return a;
}

void errand_free(struct errand *a)
{
	struct host_pool *p = a->pool;

	loop_timer_stop(p->loop, &a->timer);
	if (a->packet.ptr)
		explicit_bzero(a->packet.ptr, a->packet.cap);
	a->done = NULL;
	a->runner = NULL;
	a->next = p->spare;
	p->spare = a;
}

void errand_finish(struct errand *a, enum host_outcome outcome, const struct host_answer *answer,
		   const char *text)
{
	host_done *done = a->done;
	void *data = a->data;
	char copy[sizeof(a->text)];

	snprintf(copy, sizeof(copy), "%s", text);
	errand_free(a);
	if (done)
		done(data, outcome, answer, copy);
}

void errand_unlink(struct errand **from, struct errand *a)
{
	while (*from != a)
		from = &(*from)->next;
	*from = a->next;
}

static void on_tell(void *data)
{
	struct errand *a = data;

	errand_unlink(&a->pool->telling, a);
	errand_finish(a, a->outcome, NULL, a->text);
}

void errand_tell_later(struct errand *a, enum host_outcome outcome, const char *text)
{
	a->runner = NULL;
	a->outcome = outcome;
	snprintf(a->text, sizeof(a->text), "%s", text);
	a->next = a->pool->telling;
	a->pool->telling = a;
	loop_timer_start(a->pool->loop, &a->timer, 0, 0, on_tell, a);
}

void queue_init(struct queue *q)
{
	q->first = NULL;
	q->last = &q->first;
	q->n = 0;
}

void queue_add(struct queue *q, struct errand *a)
{
	a->next = NULL;
	*q->last = a;
	q->last = &a->next;
	q->n++;
}

void queue_remove(struct queue *q, struct errand *a)
{
	struct errand **at = &q->first;

	while (*at != a)
		at = &(*at)->next;
	*at = a->next;
	if (q->last == &a->next)
		q->last = at;
	q->n--;
	a->next = NULL;
}

struct errand *queue_take(struct queue *q)
{
	struct errand *a = q->first;

	if (a)
		queue_remove(q, a);
	return a;
}
