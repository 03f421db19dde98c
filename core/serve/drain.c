/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drain.c - deadlines of connections, and how a server that stops sends everybody home.
 *
 * Connections stand in one list a phase, in the order in which they entered it. Every phase has one
 * time limit, so whoever is over it stands at the front: the sweep looks at no one else.
 */
#include "base/clock.h"
#include "base/log.h"
#include "bots/bots.h"
#include "serve/content.h"
#include "serve/http.h"
#include "serve/notify.h"
#include "serve/relay.h"
#include "serve/worker.h"

#define SWEEP_MS       1000
#define DRAIN_SWEEP_MS 50
#define DRAIN_GRACE_MS 1000  /* for requests that are about to come */
#define BUSY_MS        60000 /* beyond a plugin's time: writing a response to a slow client */
#define CLOSING_MS     10000

#define CLOSE_GOING_AWAY 1001
#define CLOSE_RESTART    1012

static int64_t limit_of(const struct server *s, enum conn_phase phase)
{
	const struct settings *set = s->settings;
	int64_t ping = set->ping_interval, idle = set->idle_timeout;

	switch (phase) {
	case CONN_HANDSHAKE:
	case CONN_BODY:
		return set->header_timeout * 1000;
	case CONN_BUSY:
		return set->plugin_budget_ms + BUSY_MS;
	case CONN_KEEPALIVE:
		return set->keepalive_timeout * 1000;
	case CONN_WS:
		return (ping > 0 && ping < idle ? ping : idle) * 1000;
	case CONN_PINGED:
		return set->pong_timeout * 1000;
	case CONN_LEAVING:
	case CONN_CLOSING:
	case CONN_GUEST:
	case CONN_PHASES:
		break;
	}
	return CLOSING_MS;
}

/* Its time in this phase is over. It leaves the front of its list in any case. */
static void expire(struct conn *c, int64_t now)
{
	struct server *s = c->server;

	switch (c->phase) {
	case CONN_WS:
		if (now - c->last_message_ms >= s->settings->idle_timeout * 1000) {
			s->counts.timeouts++;
			conn_close(c, CLOSE_GOING_AWAY);
			return;
		}
		c->ping_due = s->settings->ping_interval > 0;
		conn_enter(c, c->ping_due ? CONN_PINGED : CONN_WS);
		conn_writable(c);
		return;
	case CONN_CLOSING:
		/* libwebsockets is at it; once more, in case it has lost interest. */
		conn_enter(c, CONN_CLOSING);
		if (!c->is_cut)
			conn_cut(c);
		return;
	case CONN_KEEPALIVE:
		conn_cut(c);
		return;
	default:
		s->counts.timeouts++;
		conn_cut(c);
		return;
	}
}

/* A platform that does not wait any longer is noticed, so that the answer goes another way. */
static void sweep_platforms(struct server *s)
{
	struct conn *next;

	for (struct conn *c = s->conns[CONN_BUSY].oldest; c; c = next) {
		next = c->newer;
		if (!c->http || !c->http->bot || !c->http->is_paused || !conn_is_gone(c))
			continue;
		/* Read again, or libwebsockets would not see it either. */
		http_resume(c->http);
		conn_cut(c);
	}
}

static void sweep_conns(struct server *s)
{
	int64_t now = clock_ms();

	for (int phase = 0; phase < CONN_GUEST; phase++) {
		int64_t limit = limit_of(s, (enum conn_phase)phase);
		struct conn_list *l = &s->conns[phase];

		for (size_t n = l->n; n > 0 && l->oldest && now - l->oldest->since_ms >= limit; n--)
			expire(l->oldest, now);
	}
	sweep_platforms(s);
	/* One does it for all. */
	if (s->self == 0)
		peers_sweep(s->peers, now);
	sessions_expire(engine_sessions(s->engine), clock_wall_ms() - SESSION_KEEP_MS);
}

static void leave(struct server *s)
{
	s->is_done = true;
	loop_stop(s->loop);
}

/* A worker stays for what others pass on to it, until all have come so far. */
static void drained(struct server *s)
{
	if (!s->worker || !worker_drained(s->worker))
		leave(s);
}

static void drain_phase(struct server *s, enum conn_phase phase, int64_t now)
{
	struct conn *next;

	for (struct conn *c = s->conns[phase].oldest; c; c = next) {
		next = c->newer;
		/* One that is passed on is closed by whoever has its questions. */
		if (c->is_ws && c->n_pending == 0 && !c->relay)
			conn_close(c, CLOSE_RESTART);
		else if (!c->is_ws && !c->guest && now - c->since_ms >= DRAIN_GRACE_MS)
			conn_cut(c);
	}
}

/* Everybody who has nothing under way is sent home; when the last has gone, so do we. */
static void drain_step(struct server *s)
{
	int64_t now = clock_ms();

	drain_phase(s, CONN_HANDSHAKE, now);
	drain_phase(s, CONN_KEEPALIVE, now);
	drain_phase(s, CONN_WS, now);
	drain_phase(s, CONN_PINGED, now);
	drain_phase(s, CONN_GUEST, now);
	if (s->n_conns == 0 && s->n_asks == 0 && s->conns[CONN_GUEST].n == 0 &&
	    bots_busy(s->bots) == 0) {
		drained(s);
	} else if (now >= s->drain_deadline_ms && !s->is_over) {
		log_warn("drain_seconds are over, %zu connections are cut off", s->n_conns);
		s->is_over = true;
		drained(s);
	}
}

static void on_sweep(void *data)
{
	struct server *s = data;

	if (s->is_draining)
		drain_step(s);
	sweep_conns(s);
	if (s->relays)
		relays_sweep(s->relays);
	atomic_fetch_add_explicit(&s->shared->workers[s->self].beats, 1, memory_order_relaxed);
	edge_wake(s);
}

void server_drain(struct server *s)
{
	if (s->is_draining) {
		log_info("stopping at once");
		leave(s);
		return;
	}
	s->is_draining = true;
	s->drain_deadline_ms = clock_ms() + s->settings->drain_seconds * 1000;
	notify("STOPPING=1");
	content_rest(s->content);
	bots_rest(s->bots);
	log_info("stopping: %zu connections, %zu questions under way, %lld s at most", s->n_conns,
		 s->n_asks, (long long)s->settings->drain_seconds);
	listen_close(&s->listeners);
	atomic_store(&s->shared->workers[s->self].accepts, 0);
	loop_timer_start(s->loop, &s->sweep, 0, DRAIN_SWEEP_MS, on_sweep, s);
}

void server_sweep(struct server *s)
{
	loop_timer_start(s->loop, &s->sweep, SWEEP_MS, SWEEP_MS, on_sweep, s);
}
