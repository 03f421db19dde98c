/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conn.c - connections: in which list they stand, what is sent on them, how they end.
 *
 * A socket is ended in one of two ways only: politely by returning -1 from its own callback, or
 * from anywhere by shutdown(2), which libwebsockets then notices. A guest has no socket here:
 * what is done to it is told to the worker that has (relay.c).
 */
#include "serve/server.h"

#include <errno.h>
#include <libwebsockets.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/log.h"
#include "serve/relay.h"
#include "serve/resume.h"

static void list_remove(struct conn_list *l, struct conn *c)
{
	*(c->older ? &c->older->newer : &l->oldest) = c->newer;
	*(c->newer ? &c->newer->older : &l->newest) = c->older;
	c->older = c->newer = NULL;
	l->n--;
}

static void list_add(struct conn_list *l, struct conn *c)
{
	c->newer = NULL;
	c->older = l->newest;
	*(l->newest ? &l->newest->newer : &l->oldest) = c;
	l->newest = c;
	l->n++;
}

void conn_enter(struct conn *c, enum conn_phase phase)
{
	struct server *s = c->server;

	if (c->guest)
		return;
	list_remove(&s->conns[c->phase], c);
	c->phase = phase;
	c->since_ms = clock_ms();
	list_add(&s->conns[phase], c);
}

void conn_writable(struct conn *c)
{
	if (c->guest)
		guest_writable(c);
	else if (!c->is_cut)
		lws_callback_on_writable(c->wsi);
}

bool conn_is_gone(const struct conn *c)
{
	char byte;
	ssize_t n;

	if (c->guest || c->is_cut)
		return false;
	n = recv(lws_get_socket_fd(c->wsi), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
	return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

void conn_cut(struct conn *c)
{
	if (c->is_cut)
		return;
	if (c->guest) {
		guest_cut(c);
		return;
	}
	/* Asked for before is_cut: the event is what brings the end about. */
	lws_callback_on_writable(c->wsi);
	c->is_cut = true;
	shutdown(lws_get_socket_fd(c->wsi), SHUT_RDWR);
	conn_enter(c, CONN_CLOSING);
}

/*
 * From the loop, not from a callback: only then does libwebsockets wait for the client's close,
 * instead of shutting the door on what it is still sending.
 */
static void close_leaving(void *data)
{
	struct server *s = data;
	struct conn *next;

	for (struct conn *c = s->conns[CONN_LEAVING].oldest; c; c = next) {
		next = c->newer;
		if (c->outbox.n > 0)
			continue;
		conn_enter(c, CONN_CLOSING);
		lws_close_reason(c->wsi, (enum lws_close_status)c->close_code, NULL, 0);
		lws_set_timeout(c->wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC);
	}
}

void conn_close_soon(struct server *s)
{
	loop_timer_start(s->loop, &s->closer, 0, 0, close_leaving, s);
}

void conn_close(struct conn *c, uint16_t code)
{
	if (c->close_code || c->is_cut || c->phase == CONN_CLOSING)
		return;
	c->close_code = code;
	if (c->guest) {
		guest_close(c);
		return;
	}
	conn_enter(c, CONN_LEAVING);
	conn_close_soon(c->server);
}

void conn_send(struct conn *c, struct frame *f)
{
	struct server *s = c->server;

	if (c->is_cut || c->phase == CONN_CLOSING) {
		frame_unref(f);
		return;
	}
	if (c->guest) {
		guest_send(c, f);
		return;
	}
	if (!outbox_push(&c->outbox, f,
			 (size_t)s->settings->max_send_queue_bytes + c->resent_bytes)) {
		char text[ADDRESS_TEXT_MAX];

		s->counts.cut_slow_readers++;
		log_debug("%s does not read its replies, cut off",
			  address_format(&c->client, text));
		conn_cut(c);
		return;
	}
	conn_writable(c);
}

unsigned conn_take_message(struct conn *c)
{
	/* A guest's messages were counted where they came in. */
	unsigned wait = c->guest ? 0 : peers_take(c->server->peers, &c->client, clock_ms());

	if (wait > 0)
		c->server->counts.rate_limited++;
	return wait;
}

/* Other workers are to know. */
static void count_conns(struct server *s, int more)
{
	s->n_conns += (size_t)more;
	atomic_store_explicit(&s->shared->workers[s->self].n_conns, (uint32_t)s->n_conns,
			      memory_order_relaxed);
}

void conn_free(struct conn *c)
{
	struct server *s = c->server;

	relay_end(c);
	resume_done(c);
	asks_leave(c);
	http_done(c);
	if (c->is_counted)
		peers_disconnect(s->peers, &c->client);
	list_remove(&s->conns[c->phase], c);
	outbox_done(&c->outbox);
	assembly_clear(&c->assembly);
	if (!c->guest)
		count_conns(s, -1);
	free(c);
}

struct conn *conn_new(struct server *s, struct guest *guest)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (!c)
		die_oom(sizeof(*c));
	c->server = s;
	c->guest = guest;
	c->phase = guest ? CONN_GUEST : CONN_HANDSHAKE;
	c->since_ms = clock_ms();
	outbox_init(&c->outbox);
	list_add(&s->conns[c->phase], c);
	if (!guest)
		count_conns(s, 1);
	return c;
}
