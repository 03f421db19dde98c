/* SPDX-License-Identifier: Apache-2.0 */
/*
 * serve-http.c - "wenlu.http/1" in the plugin's process: the server asks, answer() waits.
 *
 * The server sends questions ahead; those that come while a reply is waited for are kept.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "plugin/serving.h"

/* More than the server sends ahead. */
#define KEPT_MOST 64
/* The server's own timer is a little late now and then. */
#define GRACE_MS 100

static int keep(struct serve *s, size_t len)
{
	struct kept **at = &s->kept, *k;

	if (s->n_kept == KEPT_MOST)
		return -EPROTO;
	k = malloc(sizeof(*k) + len);
	if (!k)
		return -ENOMEM;
	k->next = NULL;
	k->len = len;
	memcpy(k->bytes, s->in_between, len);
	explicit_bzero(s->in_between, len);
	while (*at)
		at = &(*at)->next;
	*at = k;
	s->n_kept++;
	return 0;
}

/* 0 and the reply, or -errno. */
static int wait_for_reply(struct serve *s, struct packet_fetched *ret)
{
	struct pollfd p = {.fd = s->socket, .events = POLLIN};
	int64_t until = atomic_load(&s->deadline) + GRACE_MS;
	struct fault why;
	struct packet m;

	for (;;) {
		int64_t left = until - clock_ms();
		uint32_t type = 0;
		ssize_t n;
		int r = left > 0 ? poll(&p, 1, (int)left) : 0;

		if (r == 0)
			return -ETIMEDOUT;
		if (r < 0 && errno == EINTR)
			continue;
		n = packet_receive(s->socket, s->in_between, sizeof(s->in_between), false);
		if (n == -EAGAIN)
			continue;
		if (n <= 0)
			return -EPIPE;
		if ((size_t)n >= sizeof(type))
			memcpy(&type, s->in_between, sizeof(type));
		if (type != PACKET_FETCHED) {
			r = keep(s, (size_t)n);
			if (r < 0)
				return r;
			continue;
		}
		r = packet_parse(&s->passing, view_make(s->in_between, (size_t)n), &m, &why);
		if (r < 0)
			return r;
		/* One that was given up comes late. */
		if (m.fetched.number != s->last_fetch)
			continue;
		*ret = m.fetched;
		return 0;
	}
}

static void log_fetch(const struct wenlu_host *host, struct view why)
{
	char text[FAULT_TEXT_MAX + 16];

	snprintf(text, sizeof(text), "http: %.*s", VIEW_ARG(why));
	host->log(host, WENLU_LOG_WARN, text);
}

/* What the plugin wants, as a packet; false if it makes no sense. */
static bool make_fetch(struct serve *s, const struct wenlu_http_request *q,
		       struct packet_fetch *ret)
{
	struct view *headers = ARENA_ARRAY(&s->passing, WENLU_HTTP_HEADERS_MAX, struct view);
	size_t n = 0;

	if (q->struct_size < sizeof(*q) || !q->url || q->body_len > WENLU_HTTP_SENT_MAX ||
	    (q->body_len && !q->body))
		return false;
	while (q->headers && q->headers[n]) {
		if (n == WENLU_HTTP_HEADERS_MAX)
			return false;
		headers[n] = view_make(q->headers[n], strnlen(q->headers[n], PACKET_URL + 1));
		if (!packet_text_ok(headers[n], PACKET_URL) || headers[n].len == 0)
			return false;
		n++;
	}
	*ret = (struct packet_fetch){
	    .ask = s->asked->id,
	    .number = ++s->last_fetch,
	    .timeout_ms = q->timeout_ms,
	    .method = view_of(q->method ? q->method : "GET"),
	    .url = view_make(q->url, strnlen(q->url, PACKET_URL + 1)),
	    .body = view_make(q->body, q->body_len),
	    .headers = headers,
	    .n_headers = n,
	};
	return packet_word_ok(ret->method, 16) && ret->url.len <= PACKET_URL &&
	       packet_text_ok(ret->url, PACKET_URL) && ret->url.len > 0;
}

static int32_t http_request(const struct wenlu_host *host, const struct wenlu_http_request *q,
			    struct wenlu_http_reply *ret)
{
	struct serve *s = host->priv;
	struct packet m = {.type = PACKET_FETCH};
	struct packet_fetched got = {.number = 0};
	uint32_t size;
	int r;

	if (!s->asked || !q || !ret || ret->struct_size < sizeof(*ret) ||
	    !make_fetch(s, q, &m.fetch)) {
		log_fetch(host,
			  VIEW("the request is not whole, too large, or made outside answer()"));
		return WENLU_EINVAL;
	}
	r = serve_send(s, &m);
	if (r == 0)
		r = wait_for_reply(s, &got);
	if (r == -ETIMEDOUT)
		return WENLU_EBUSY;
	if (r < 0)
		return WENLU_EFAULT;
	if (got.result != WENLU_OK) {
		log_fetch(host, got.why);
		return got.result;
	}
	size = ret->struct_size;
	*ret = (struct wenlu_http_reply){
	    .struct_size = size,
	    .status = (int32_t)got.status,
	    .body = arena_copy(&s->passing, got.body).ptr,
	    .body_len = (uint32_t)got.body.len,
	    .content_type = arena_copy(&s->passing, got.content_type).ptr,
	};
	return WENLU_OK;
}

const struct wenlu_http_host serve_http = {.struct_size = sizeof(serve_http),
					   .request = http_request};

/* The next of those that came in between, into s->in; 0 if there is none. */
ssize_t serve_take_kept(struct serve *s)
{
	struct kept *k = s->kept;
	size_t len;

	if (!k)
		return 0;
	len = k->len;
	s->kept = k->next;
	s->n_kept--;
	memcpy(s->in, k->bytes, len);
	explicit_bzero(k->bytes, len);
	free(k);
	return (ssize_t)len;
}
