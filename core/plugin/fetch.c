/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fetch.c - "wenlu.http/1", the server's side: a plugin's request to a city's system.
 *
 * The child says what it wants to ask; whether it may is decided here, by the operator's list. One
 * request of a child at a time. What goes wrong outside is told to the plugin and is no failure of
 * its own: it may still answer from its guide.
 */
#include <errno.h>
#include <stdio.h>
#include <wenlu/plugin.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "plugin/allow.h"
#include "plugin/pool.h"

/* What is left to the plugin when its request took all the time there was. */
#define RESERVE_MS 20

static void reply(struct runner *h, const struct packet_fetched *m)
{
	struct packet packet = {.type = PACKET_FETCHED, .fetched = *m};
	struct buf out = BUF_INIT;
	int r;

	packet.fetched.number = h->fetch_number;
	packet_put(&out, &packet);
	r = packet_send(h->child.socket, buf_view(&out), false);
	buf_done(&out);
	if (r < 0)
		runner_fail(h, "its process does not listen");
}

static void refuse(struct runner *h, int32_t result, const char *why)
{
	struct packet_fetched m = {.result = result,
				   .why = utf8_clip(view_of(why), FAULT_TEXT_MAX - 1)};

	if (!packet_text_ok(m.why, FAULT_TEXT_MAX))
		m.why = VIEW("no reply");
	reply(h, &m);
}

static void on_reply(void *data, const struct net_reply *r)
{
	struct runner *h = data;
	struct packet_fetched m = {.status = (uint32_t)r->status, .body = r->body};

	h->fetch_id = 0;
	if (r->error == -EACCES)
		refuse(h, WENLU_EINVAL,
		       "its address is one of an inner network: allow_private = yes permits that");
	else if (r->error)
		refuse(h, r->error == -EMSGSIZE ? WENLU_ENOSPC : WENLU_EBUSY,
		       r->why ? r->why : error_text(r->error));
	if (r->error)
		return;
	if (packet_text_ok(r->content_type, PACKET_URL))
		m.content_type = r->content_type;
	reply(h, &m);
}

/* NULL if this may be asked. The host's name is the author's own: it may be said back. */
static const char *check(struct runner *h, const struct packet_fetch *m, char *text, size_t cap)
{
	const char *list = pool_setting(h->pool, h->name, "allow_hosts");
	struct allow_place place;

	if (!view_is(m->method, "GET") && !view_is(m->method, "POST"))
		return "the method must be GET or POST";
	if (view_is(m->method, "GET") && m->body.len)
		return "a GET has no body";
	if (!allow_place_of(m->url, &place))
		return "the url must be https://HOST/…, all of it plain ASCII and escaped";
	if (h->sent.first->n_fetches >= WENLU_HTTP_REQUESTS_MAX)
		return "too many requests for one question";
	if (list && allow_has(view_of(list), m->url))
		return NULL;
	snprintf(text, cap, "%s%.*s:%u is not in allow_hosts of [plugin %.*s]",
		 place.is_plain ? "http://" : "", VIEW_ARG(place.host), place.port,
		 VIEW_ARG(h->name));
	return text;
}

static int start(struct runner *h, const struct packet_fetch *m, int64_t timeout_ms)
{
	const char *allow_private = pool_setting(h->pool, h->name, "allow_private");
	struct net_request q = {
	    .method = view_is(m->method, "POST") ? "POST" : "GET",
	    .url = m->url,
	    .headers = m->headers,
	    .n_headers = m->n_headers,
	    .body = m->body,
	    .timeout_ms = (int)timeout_ms,
	    .connect_timeout_ms = (int)timeout_ms,
	    .max_reply_bytes = WENLU_HTTP_BODY_MAX,
	    .allows_plain = true, /* where the operator wrote http:// */
	    .refuses_inner = !allow_private || strcmp(allow_private, "yes") != 0,
	    .call = on_reply,
	    .data = h,
	};

	if (!h->pool->net)
		h->pool->net = net_client_new(h->pool->loop, NULL);
	return net_start(h->pool->net, &q, &h->fetch_id);
}

void runner_fetch(struct runner *h, const struct packet_fetch *m)
{
	struct errand *a = h->sent.first;
	char text[FAULT_TEXT_MAX];
	const char *why;
	int64_t left;
	int r;

	if (!a || a->id != m->ask || h->fetch_id) {
		runner_fail(h, "it sent a request out of turn");
		return;
	}
	h->fetch_number = m->number;
	left = a->deadline - clock_ms() - RESERVE_MS;
	why = check(h, m, text, sizeof(text));
	if (why) {
		refuse(h, WENLU_EINVAL, why);
		return;
	}
	a->n_fetches++;
	if (!a->done || left <= 0) {
		refuse(h, WENLU_EBUSY, "there is no time left");
		return;
	}
	r = start(h, m, m->timeout_ms && m->timeout_ms < left ? m->timeout_ms : left);
	if (r < 0)
		refuse(h, r == -ENOBUFS ? WENLU_EBUSY : WENLU_EINVAL,
		       r == -ENOBUFS ? "too many requests are under way"
				     : "the address or a header is not allowed");
}

void runner_fetch_stop(struct runner *h, bool tell)
{
	if (!h->fetch_id)
		return;
	net_cancel(h->pool->net, h->fetch_id);
	h->fetch_id = 0;
	if (tell)
		refuse(h, WENLU_EBUSY, "nobody waits for the answer any more");
}
