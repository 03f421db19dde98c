/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask.c - questions under way: from a connection to the engine and back.
 *
 * The reply may come while the question is still being put, or much later from the loop, when the
 * connection has gone. Then it waits in the conversation for the client to come back.
 */
#include "serve/server.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "text/personal.h"

#define FREE_ASKS_MAX       256
#define PERSONAL_DIGITS_MIN 8

/* A question that waits for the store: the message that it came in points into `words`. */
struct held_ask {
	uint64_t fetch_id;
	struct message message;
	char words[];
};

static void attach(struct ask *a, struct ask **list)
{
	a->next = *list;
	a->link = list;
	if (a->next)
		a->next->link = &a->next;
	*list = a;
}

static void detach(struct ask *a)
{
	*a->link = a->next;
	if (a->next)
		a->next->link = a->link;
	if (a->conn)
		a->conn->n_pending--;
	a->conn = NULL;
}

static void enter_all(struct ask *a)
{
	struct server *s = a->server;

	a->all_next = s->under_way;
	a->all_link = &s->under_way;
	if (a->all_next)
		a->all_next->all_link = &a->all_next;
	s->under_way = a;
}

static void leave_all(struct ask *a)
{
	*a->all_link = a->all_next;
	if (a->all_next)
		a->all_next->all_link = a->all_link;
}

static uint64_t mark_of(const struct server *s, const struct message *m)
{
	const struct view parts[] = {m->id, m->text, m->option, m->region};

	return m->id.len ? replay_mark(s->replay, parts, sizeof(parts) / sizeof(parts[0])) : 0;
}

static struct ask *ask_new(struct conn *c, const struct message *m)
{
	struct server *s = c->server;
	struct ask *a = s->free_asks;

	if (a) {
		s->free_asks = a->next;
		s->n_free_asks--;
	} else {
		a = malloc(sizeof(*a));
		if (!a)
			die_oom(sizeof(*a));
	}
	a->server = s;
	a->conn = c;
	a->engine_id = 0;
	a->held = NULL;
	a->is_http = !c->is_ws;
	a->is_shared = false;
	a->asked = mark_of(s, m);
	a->token[0] = '\0';
	a->id_len = (unsigned)(m->id.len < sizeof(a->id) ? m->id.len : sizeof(a->id));
	if (a->id_len)
		memcpy(a->id, m->id.ptr, a->id_len);
	attach(a, &c->asks);
	enter_all(a);
	c->n_pending++;
	s->n_asks++;
	return a;
}

static void ask_free(struct ask *a)
{
	struct server *s = a->server;

	detach(a);
	leave_all(a);
	s->n_asks--;
	if (s->n_free_asks == FREE_ASKS_MAX) {
		free(a);
		return;
	}
	s->n_free_asks++;
	a->next = s->free_asks;
	s->free_asks = a;
}

/* Some count their questions by what they ask about. */
static bool is_personal(struct view id)
{
	struct personal_text lifted;
	struct arena a;
	bool is = false;

	if (id.len < PERSONAL_DIGITS_MIN)
		return false;
	arena_init(&a, 1024);
	personal_lift(&a, id, &lifted);
	for (size_t i = 0; i < lifted.n_found; i++) {
		const struct personal *p = &lifted.found[i];
		struct view digits = view_sub(p->digits, 0, p->digits.len - 1);
		uint64_t n;

		/* The last may be an X. Random ids have more letters among their digits. */
		is |= p->kind != PERSONAL_NUMBER || view_to_u64(digits, &n) != -EINVAL;
	}
	arena_wipe(&a);
	arena_done(&a);
	return is;
}

/* On disk nothing of a person may stand, not even in an id. */
static void keep_on_disk(struct ask *a, const struct reply *reply,
			 const struct reply_envelope *envelope, struct frame *f)
{
	struct server *s = a->server;
	struct reply_envelope bare = *envelope;
	struct frame *other = NULL;

	if (!s->store)
		return;
	if (is_personal(envelope->reply_to)) {
		bare.reply_to = VIEW("");
		other = frame_new(&s->frames);
		reply_write(&other->buf, reply, &bare);
		f = other;
	}
	sessions_keep_reply(engine_sessions(s->engine), envelope->session, envelope->seq,
			    view_make(frame_text(f), frame_len(f)));
	frame_unref(other);
}

/* The reply as a frame, also for later. A refusal is not kept as the answer to its question. */
static struct frame *keep(struct ask *a, const struct reply *reply,
			  const struct reply_envelope *envelope)
{
	struct server *s = a->server;
	struct frame *f = frame_new(&s->frames);

	reply_write(&f->buf, reply, envelope);
	if (reply->forgets)
		replay_forget(s->replay, envelope->session);
	if (envelope->session.len > 0) {
		replay_add(s->replay, envelope->session, envelope->seq,
			   reply->type == REPLY_ERROR ? 0 : a->asked, f);
		replay_add_question(s->replay, envelope->session, reply->asked);
		keep_on_disk(a, reply, envelope, f);
	}
	return f;
}

/* To those who resumed the conversation while its old connection, dead or not, was still open. */
static void send_to_sharers(struct ask *a, struct frame *f)
{
	static const enum conn_phase phases[] = {CONN_WS, CONN_PINGED, CONN_GUEST};
	struct conn *next;

	for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
		for (struct conn *c = a->server->conns[phases[i]].oldest; c; c = next) {
			next = c->newer;
			if (c != a->conn && c->shares_asks && strcmp(c->token, a->token) == 0)
				conn_send(c, frame_ref(f));
		}
	}
}

static void reply_to_ws(struct ask *a, const struct reply *reply,
			const struct reply_envelope *envelope)
{
	struct frame *f = keep(a, reply, envelope);

	if (a->is_shared)
		send_to_sharers(a, f);
	if (a->conn)
		conn_send(a->conn, f);
	else
		frame_unref(f);
}

/* Without an id nobody asks for the same again. */
static void reply_to_http(struct ask *a, const struct reply *reply,
			  const struct reply_envelope *envelope)
{
	if (a->asked && envelope->session.len > 0)
		frame_unref(keep(a, reply, envelope));
	http_reply(a->conn, reply, envelope);
}

static void on_reply(void *data, const struct reply *reply)
{
	struct ask *a = data;
	struct server *s = a->server;
	/* Found again: other questions may have moved or ended it meanwhile. */
	struct session *session =
	    a->token[0] ? sessions_find(engine_sessions(s->engine), view_of(a->token)) : NULL;
	struct reply_envelope envelope = {
	    .seq = session ? ++session->seq : 0,
	    .reply_to = view_make(a->id, a->id_len),
	    .session = view_of(a->token),
	    .generation = engine_generation(s->engine)->number,
	};

	if (!a->is_http)
		reply_to_ws(a, reply, &envelope);
	else if (a->conn)
		reply_to_http(a, reply, &envelope);
	ask_free(a);
}

static void put(struct ask *a, const struct message *m, struct session *session)
{
	struct server *s = a->server;
	struct engine_request request = {
	    .text = m->type == MESSAGE_CHOOSE ? VIEW("") : m->text,
	    .option = m->option,
	    .region = m->region,
	    .session = session,
	    /* Dear, and nothing strangers need. */
	    .want_why = m->why && strcmp(s->settings->explain, "yes") == 0,
	};
	uint64_t id;

	memcpy(a->token, session ? session->token : "", session ? sizeof(a->token) : 1);
	id = engine_ask(s->engine, &request, on_reply, a);
	/* With 0 the reply has come already, and `a` is someone else's. */
	if (id != 0)
		a->engine_id = id;
}

void ask_start(struct conn *c, const struct message *m, struct session *session)
{
	put(ask_new(c, m), m, session);
}

static struct ask *find_ask(struct ask *list, uint64_t asked, const char *token)
{
	while (list && (list->asked != asked || strcmp(list->token, token) != 0))
		list = list->next;
	return list;
}

static void adopt(struct ask *a, struct conn *c)
{
	detach(a);
	a->conn = c;
	a->is_http = !c->is_ws;
	attach(a, &c->asks);
	c->n_pending++;
}

static bool is_shared_ask(const struct conn *c, uint64_t asked, const char *token)
{
	const struct ask *a = c->shares_asks ? c->server->under_way : NULL;

	while (a && (!a->is_shared || a->asked != asked || strcmp(a->token, token) != 0))
		a = a->all_next;
	return a != NULL;
}

bool ask_repeat(struct conn *c, const struct message *m, const struct session *session)
{
	struct server *s = c->server;
	uint64_t asked = session ? mark_of(s, m) : 0;
	struct frame *f;
	struct ask *a;

	if (asked == 0)
		return false;
	f = replay_find(s->replay, view_of(session->token), asked, c->resumed_seq);
	if (f) {
		if (c->is_ws)
			conn_send(c, frame_ref(f));
		else
			http_repeat(c, view_make(frame_text(f), frame_len(f)));
		return true;
	}
	if (find_ask(c->asks, asked, session->token) || is_shared_ask(c, asked, session->token))
		return true;
	/* Its first asker has gone: the reply goes to this one. */
	a = find_ask(s->orphans, asked, session->token);
	if (!a)
		return false;
	adopt(a, c);
	return true;
}

void asks_take_over(struct conn *c)
{
	for (struct ask *a = c->server->under_way; a; a = a->all_next) {
		if (a->is_http || a->conn == c || strcmp(a->token, c->token) != 0)
			continue;
		if (!a->conn) {
			adopt(a, c);
		} else {
			/* A second window, or a line that is dead and does not know it. */
			a->is_shared = true;
			c->shares_asks = true;
		}
	}
}

static void free_held(struct held_ask *h)
{
	explicit_bzero(h->words, h->message.text.len);
	free(h);
}

/* A token that is known nowhere begins anew, as it does without a store. */
static void on_fetched(void *data, struct session *session, const struct record *record)
{
	struct ask *a = data;
	struct held_ask *h = a->held;

	(void)record;
	a->held = NULL;
	if (!session)
		session = sessions_open(engine_sessions(a->server->engine), clock_wall_ms());
	put(a, &h->message, session);
	free_held(h);
}

static struct view copy(char **to, struct view v)
{
	char *at = *to;

	if (v.len)
		memcpy(at, v.ptr, v.len);
	*to += v.len;
	return view_make(at, v.len);
}

bool ask_start_later(struct conn *c, const struct message *m)
{
	size_t len = m->text.len + m->option.len + m->region.len;
	struct held_ask *h;
	struct ask *a;
	char *to;

	if (!c->server->store)
		return false;
	h = malloc(sizeof(*h) + len);
	if (!h)
		die_oom(sizeof(*h) + len);
	to = h->words;
	h->message = (struct message){.type = m->type, .why = m->why};
	h->message.text = copy(&to, m->text);
	h->message.option = copy(&to, m->option);
	h->message.region = copy(&to, m->region);
	a = ask_new(c, m);
	a->held = h;
	h->fetch_id = sessions_fetch(engine_sessions(c->server->engine), m->session, on_fetched, a);
	return true;
}

static void drop(struct ask *a)
{
	if (a->held) {
		sessions_fetch_cancel(engine_sessions(a->server->engine), a->held->fetch_id);
		free_held(a->held);
	}
	engine_cancel(a->server->engine, a->engine_id);
	ask_free(a);
}

void asks_leave(struct conn *c)
{
	while (c->asks) {
		struct ask *a = c->asks;

		if (a->is_http || !a->token[0]) {
			drop(a);
		} else {
			detach(a);
			attach(a, &a->server->orphans);
		}
	}
}

void asks_done(struct server *s)
{
	while (s->orphans)
		drop(s->orphans);
	while (s->free_asks) {
		struct ask *a = s->free_asks;

		s->free_asks = a->next;
		free(a);
	}
}
