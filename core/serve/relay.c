/* SPDX-License-Identifier: Apache-2.0 */
/*
 * relay.c - a conversation that is passed on: the end that has the client, and the ways.
 *
 * A relay has an id, a place in our table and a serial number; the other side keeps its guest at
 * the same place. An id that nobody has (any more) is no error: things cross.
 */
#include "serve/relay.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "serve/http.h"
#include "serve/relay_inside.h"
#include "store/token.h"

/* Bytes of messages that may wait on one link. */
#define MESSAGES_MAX (4 << 20)
/* For a worker that is being restarted. */
#define PATIENCE_MS 10000
#define HELD_MAX    16

#define CLOSE_RESTART 1012

struct relay {
	struct conn *conn;
	uint64_t id;
	unsigned owner;
	bool is_sent;    /* something has reached the link */
	bool is_waiting; /* for want of a link, until then: */
	int64_t until_ms;
	/* What the owner has not answered to yet: if it dies, its successor gets it. */
	bool has_heard;
	unsigned n_held;
	struct buf held; /* type (uint32_t), length (uint32_t), body */
};

static void on_packet(void *data, const struct link_packet *p);
static void on_ended(void *data);

struct relays *relays_new(struct server *s)
{
	struct relays *r = calloc(1, sizeof(*r) + s->shared->n * sizeof(r->ways[0]));

	if (!r)
		die_oom(sizeof(*r));
	r->server = s;
	for (unsigned i = 0; i < s->shared->n; i++) {
		r->ways[i].relays = r;
		r->ways[i].worker = i;
	}
	return r;
}

static void forget_held(struct relay *y)
{
	if (y->held.ptr)
		explicit_bzero(y->held.ptr, y->held.cap);
	buf_done(&y->held);
	y->n_held = 0;
}

static void wait_for_link(struct relay *y)
{
	if (y->is_waiting)
		return;
	y->is_waiting = true;
	y->until_ms = clock_ms() + PATIENCE_MS;
	y->conn->server->relays->n_waiting++;
}

static void relay_free(struct relay *y)
{
	struct relays *r = y->conn->server->relays;
	uint32_t place = (uint32_t)y->id;

	if (!y->conn->is_ws)
		y->conn->n_pending--;
	if (y->is_waiting)
		r->n_waiting--;
	forget_held(y);
	y->conn->relay = NULL;
	r->all.items[place] = NULL;
	*vec_push(&r->free) = place;
	free(y);
}

/* The owner cannot be reached: the client has to come again. */
static void give_up(struct relay *y)
{
	struct conn *c = y->conn;

	relay_free(y);
	if (c->is_ws)
		conn_close(c, CLOSE_RESTART);
	else
		http_passed(c, VIEW(""));
}

static void lose_link(struct relay *y)
{
	if (y->has_heard || y->n_held == HELD_MAX)
		give_up(y);
	else if (y->n_held > 0)
		wait_for_link(y);
}

static void cut_off(struct way *w)
{
	struct relays *r = w->relays;

	link_close(w->link);
	w->link = NULL;
	guests_end(w);
	for (size_t i = 0; i < r->all.n; i++)
		if (r->all.items[i] && r->all.items[i]->owner == w->worker)
			lose_link(r->all.items[i]);
}

static void on_ended(void *data)
{
	cut_off(data);
}

void relays_stop(struct relays *r)
{
	for (unsigned i = 0; r && i < r->server->shared->n; i++)
		cut_off(&r->ways[i]);
	for (size_t i = 0; r && i < r->all.n; i++)
		if (r->all.items[i])
			give_up(r->all.items[i]);
}

void relays_free(struct relays *r)
{
	if (!r)
		return;
	for (unsigned i = 0; i < r->server->shared->n; i++)
		vec_done(&r->ways[i].guests);
	vec_done(&r->all);
	vec_done(&r->free);
	buf_done(&r->packet);
	free(r);
}

/* ---- the client's worker ---- */

static struct relay *relay_begin(struct conn *c, unsigned owner)
{
	struct relays *r = c->server->relays;
	struct relay *y = calloc(1, sizeof(*y));
	uint32_t place;

	if (!y)
		die_oom(sizeof(*y));
	if (r->free.n > 0) {
		place = r->free.items[--r->free.n];
	} else {
		place = (uint32_t)r->all.n;
		(void)vec_push(&r->all);
	}
	r->all.items[place] = y;
	y->id = (uint64_t)++r->serial << 32 | place;
	y->conn = c;
	y->owner = owner;
	c->relay = y;
	if (!c->is_ws)
		c->n_pending++;
	c->server->counts.passed_on++;
	return y;
}

void relay_end(struct conn *c)
{
	struct relay *y = c->relay;

	if (!y)
		return;
	if (y->is_sent)
		link_send(c->server->relays->ways[y->owner].link, TO_END, y->id, VIEW(""),
			  LINK_WAITING_MAX);
	relay_free(y);
}

static void hold(struct relay *y, uint32_t type, struct view body)
{
	uint32_t head[2] = {type, (uint32_t)body.len};

	y->n_held++;
	buf_add(&y->held, head, sizeof(head));
	buf_view_add(&y->held, body);
}

static void send_on(struct relay *y, uint32_t type, struct view body)
{
	struct link *link = y->conn->server->relays->ways[y->owner].link;

	if (!y->has_heard && y->n_held < HELD_MAX)
		hold(y, type, body);
	else if (!link || !y->has_heard) {
		give_up(y);
		return;
	}
	if (!link) {
		wait_for_link(y);
		return;
	}
	y->is_sent = true;
	if (!link_send(link, type, y->id, body, MESSAGES_MAX)) {
		link_send(link, TO_END, y->id, VIEW(""), LINK_WAITING_MAX);
		give_up(y);
	}
}

/* What waited for the link. */
static void release(struct relay *y)
{
	struct buf held = y->held;
	uint32_t head[2];
	struct relays *r = y->conn->server->relays;
	uint32_t place = (uint32_t)y->id;

	r->n_waiting--;
	y->is_waiting = false;
	y->n_held = 0;
	y->held = (struct buf)BUF_INIT;
	for (size_t at = 0; at < held.len && r->all.items[place] == y; at += head[1]) {
		memcpy(head, held.ptr + at, sizeof(head));
		at += sizeof(head);
		send_on(y, head[0], view_make(held.ptr + at, head[1]));
	}
	explicit_bzero(held.ptr, held.cap);
	buf_done(&held);
}

/* A hello with a token: whose it is; else `present`. */
static unsigned owner_of(struct conn *c, struct view frame, unsigned present)
{
	struct server *s = c->server;
	struct message m = {.id = VIEW("")};
	struct message_fault why;
	unsigned owner = present;

	if (view_find(frame, VIEW("hello")) < 0)
		return present;
	if (message_read(&s->scratch, frame, (size_t)s->settings->max_id_bytes, &m, &why) == 0 &&
	    m.type == MESSAGE_HELLO && m.session.len > 0)
		owner = token_owner(m.session, s->self, s->shared->n);
	arena_wipe(&s->scratch);
	return owner;
}

bool relay_takes(struct conn *c, struct view frame)
{
	struct server *s = c->server;
	struct buf *packet;
	unsigned owner;
	uint32_t wait;

	if (!s->relays || c->guest)
		return false;
	owner = owner_of(c, frame, c->relay ? c->relay->owner : s->self);
	if (c->relay && c->relay->owner != owner)
		relay_end(c);
	if (owner == s->self)
		return false;
	if (!c->relay)
		relay_begin(c, owner);
	wait = conn_take_message(c);
	packet = &s->relays->packet;
	buf_clear(packet);
	buf_add(packet, &wait, sizeof(wait));
	buf_view_add(packet, frame);
	send_on(c->relay, TO_MESSAGE, buf_view(packet));
	explicit_bzero(packet->ptr, packet->len);
	return true;
}

void relay_request(struct conn *c, unsigned owner, struct view parcel)
{
	send_on(relay_begin(c, owner), TO_REQUEST, parcel);
}

static struct relay *find_relay(struct way *w, uint64_t id)
{
	struct relays *r = w->relays;
	uint32_t place = (uint32_t)id;
	struct relay *y = place < r->all.n ? r->all.items[place] : NULL;

	return y && y->id == id && y->owner == w->worker ? y : NULL;
}

static void take_frame(struct conn *c, struct view text, bool is_missed)
{
	struct frame *f = frame_new(&c->server->frames);

	buf_view_add(&f->buf, text);
	if (is_missed)
		c->resent_bytes += text.len;
	conn_send(c, f);
}

static void take_back(struct way *w, const struct link_packet *p)
{
	struct relay *y = find_relay(w, p->id);
	struct conn *c = y ? y->conn : NULL;
	uint16_t code;

	if (!y)
		return;
	if (!y->has_heard)
		forget_held(y);
	y->has_heard = true;
	switch (p->type) {
	case BACK_FRAME:
	case BACK_MISSED:
		if (c->is_ws)
			take_frame(c, p->body, p->type == BACK_MISSED);
		break;
	case BACK_CLOSE:
		if (c->is_ws && p->body.len == sizeof(code)) {
			memcpy(&code, p->body.ptr, sizeof(code));
			conn_close(c, code);
		}
		break;
	case BACK_CUT:
		conn_cut(c);
		break;
	case BACK_RESPONSE:
		relay_end(c);
		if (!c->is_ws)
			http_passed(c, p->body);
		break;
	}
}

/* ---- the ways ---- */

static void on_packet(void *data, const struct link_packet *p)
{
	if (p->type < BACK_FRAME)
		guests_take(data, p);
	else
		take_back(data, p);
}

void relays_link(struct relays *r, unsigned worker, int fd)
{
	struct way *w = &r->ways[worker];
	struct link_user user = {.packet = on_packet, .ended = on_ended, .data = w};

	cut_off(w);
	w->link = link_open(r->server->loop, fd, &user);
	for (size_t i = 0; r->n_waiting > 0 && i < r->all.n; i++)
		if (r->all.items[i] && r->all.items[i]->owner == worker &&
		    r->all.items[i]->is_waiting)
			release(r->all.items[i]);
}

void relays_sweep(struct relays *r)
{
	int64_t now = clock_ms();

	for (size_t i = 0; r->n_waiting > 0 && i < r->all.n; i++)
		if (r->all.items[i] && r->all.items[i]->is_waiting &&
		    now >= r->all.items[i]->until_ms)
			give_up(r->all.items[i]);
}
