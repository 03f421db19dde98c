/* SPDX-License-Identifier: Apache-2.0 */
/* feedback.c - see feedback.h. */
#include "serve/feedback.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "text/personal.h"

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

/* What a reply was about, read back from it. */
struct subject {
	struct view intent, region;
	uint64_t generation;
};

/* What follows the first such key. A key's quotes never occur inside a text: there they are
 * escaped. */
static struct view behind(struct view text, struct view key)
{
	ptrdiff_t at = view_find(text, key);

	return at < 0 ? VIEW("") : view_sub(text, (size_t)at + key.len, text.len);
}

static struct view until(struct view rest, char end)
{
	struct view word = VIEW("");

	view_split(&rest, end, &word);
	return word;
}

static void read_subject(void *data, struct frame *f)
{
	struct view text = view_make(frame_text(f), frame_len(f)), digits;
	struct subject *ret = data;
	size_t n = 0;

	if (ret->intent.ptr)
		return;
	ret->intent = until(behind(text, VIEW("\"intent\":{\"name\":\"")), '"');
	ret->region = until(behind(text, VIEW("\"regions\":[{\"code\":\"")), '"');
	digits = behind(text, VIEW("\"generation\":"));
	while (n < digits.len && digits.ptr[n] >= '0' && digits.ptr[n] <= '9')
		n++;
	(void)view_to_u64(view_sub(digits, 0, n), &ret->generation);
}

/* Names that the content does not know are nobody's. */
static struct subject subject_of(struct server *s, const struct session *session, uint64_t seq)
{
	const struct generation *g = engine_generation(s->engine);
	struct subject of = {.intent = {NULL, 0}, .region = VIEW("")};

	if (!session)
		return (struct subject){VIEW(""), VIEW(""), 0};
	if (seq > 0)
		replay_each(s->replay, view_of(session->token), seq - 1, read_subject, &of);
	if (!of.intent.ptr) {
		of.intent = view_of(session->intent);
		of.region = view_of(session->n_regions == 1 ? session->regions[0] : "");
	}
	if (of.intent.len >= SESSION_ID_MAX || !catalog_find(&g->catalog, of.intent))
		of.intent = VIEW("");
	if (of.region.len >= SESSION_ID_MAX || !region_find(&g->regions, of.region))
		of.region = VIEW("");
	if (of.generation == 0)
		of.generation = g->number;
	return of;
}

static void put_text(char *to, size_t max, struct view v)
{
	v = utf8_clip(v, max - 1);
	if (v.len)
		memcpy(to, v.ptr, v.len);
	to[v.len] = '\0';
}

/* The question itself is kept only with an answer that was bad: that is what is to be mended. */
static void note(struct server *s, const struct message *m, const struct session *session,
		 const struct subject *of)
{
	bool is_up = view_is(m->value, "up");
	struct inbox_note n = {.kind = is_up ? INBOX_UP : INBOX_DOWN,
			       .generation = of->generation,
			       .when_ms = clock_wall_ms(),
			       .n_nearest = of->intent.len > 0};
	struct personal_text lifted;

	if (!s->store || !store_has_inbox(s->store))
		return;
	if (session && !is_up)
		put_text(n.text, sizeof(n.text),
			 replay_question(s->replay, view_of(session->token), m->seq));
	personal_lift(&s->scratch, m->text, &lifted);
	put_text(n.reason, sizeof(n.reason), view_trim(lifted.text));
	put_text(n.region, sizeof(n.region), of->region);
	put_text(n.nearest[0].intent, sizeof(n.nearest[0].intent), of->intent);
	n.nearest[0].score = 1;
	snprintf(n.rule, sizeof(n.rule), "feedback");
	store_put_note(s->store, &n);
	explicit_bzero(&n, sizeof(n));
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
	struct subject of;

	if (m->text.len > FEEDBACK_TEXT_MAX)
		return -E2BIG;
	of = subject_of(s, session, m->seq);
	note(s, m, session, &of);
	c = count_of(s, of.intent);
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
