/* SPDX-License-Identifier: Apache-2.0 */
/* feedback.c - see feedback.h. */
#include "serve/feedback.h"

#include <errno.h>
#include <stdlib.h>

/* Names come from the content alone; it may change many times before this is reached. */
#define INTENTS_MAX 4096

struct feedback_count {
	char intent[SESSION_ID_MAX]; /* "": none was understood, or the reply is not known any more
				      */
	uint64_t up, down;
};

struct feedback {
	VEC(struct feedback_count) counts;
};

/* The first intent named in a kept reply. A key's quotes never occur inside a text: there they are
 * escaped. */
static void find_intent(void *data, struct frame *f)
{
	static const struct view key = VIEW_INIT("\"intent\":{\"name\":\"");
	struct view text = view_make(frame_text(f), frame_len(f)), *name = data;
	ptrdiff_t at = view_find(text, key);
	struct view rest;

	if (name->ptr || at < 0)
		return;
	rest = view_sub(text, (size_t)at + key.len, text.len);
	view_split(&rest, '"', name);
}

static struct view intent_of(struct server *s, const struct session *session, uint64_t seq)
{
	struct view name = {NULL, 0};

	if (!session)
		return VIEW("");
	if (seq > 0)
		replay_each(s->replay, view_of(session->token), seq - 1, find_intent, &name);
	if (!name.ptr)
		name = view_of(session->intent);
	if (name.len >= SESSION_ID_MAX ||
	    !catalog_find(&engine_generation(s->engine)->catalog, name))
		return VIEW("");
	return name;
}

static struct feedback_count *count_of(struct server *s, struct view name)
{
	struct feedback *all = s->feedback;
	struct feedback_count *c;

	if (!all) {
		all = s->feedback = calloc(1, sizeof(*all));
		if (!all)
			die_oom(sizeof(*all));
		(void)vec_push(&all->counts); /* of those without an intent */
	}
	for (size_t i = 0; i < all->counts.n; i++)
		if (view_is(name, all->counts.items[i].intent))
			return &all->counts.items[i];
	if (all->counts.n == INTENTS_MAX)
		return &all->counts.items[0];
	c = vec_push(&all->counts);
	if (name.len)
		memcpy(c->intent, name.ptr, name.len);
	return c;
}

int feedback_take(struct server *s, const struct message *m, const struct session *session)
{
	struct feedback_count *c;

	if (m->text.len > FEEDBACK_TEXT_MAX)
		return -E2BIG;
	c = count_of(s, intent_of(s, session, m->seq));
	if (view_is(m->value, "up")) {
		s->counts.feedback_up++;
		c->up++;
	} else {
		s->counts.feedback_down++;
		c->down++;
	}
	return 0;
}

static void put(struct buf *out, const struct feedback_count *c, const char *value, uint64_t n)
{
	if (n > 0)
		buf_printf(out, "wenlu_feedback_total{intent=\"%s\",value=\"%s\"} %llu\n",
			   c->intent, value, (unsigned long long)n);
}

void feedback_metrics(const struct server *s, struct buf *out)
{
	const struct feedback *all = s->feedback;

	if (!all)
		return;
	buf_str(out, "# HELP wenlu_feedback_total Feedback by the intent it was about.\n"
		     "# TYPE wenlu_feedback_total counter\n");
	for (size_t i = 0; i < all->counts.n; i++) {
		put(out, &all->counts.items[i], "up", all->counts.items[i].up);
		put(out, &all->counts.items[i], "down", all->counts.items[i].down);
	}
}

void feedback_done(struct server *s)
{
	if (s->feedback)
		vec_done(&s->feedback->counts);
	free(s->feedback);
	s->feedback = NULL;
}
