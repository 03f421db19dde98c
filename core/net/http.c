/* SPDX-License-Identifier: Apache-2.0 */
/* http.c - requests: checked, copied, tried, tried again, called back. */
#include "net/http.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/limits.h"
#include "net/transfer.h"

#define DEFAULT_TIMEOUT_MS         10000
#define DEFAULT_CONNECT_TIMEOUT_MS 5000
#define DEFAULT_REPLY_BYTES        262144
#define FIRST_WAIT_MS              250
#define LONGEST_WAIT_MS            8000
#define HEADERS_MAX                16

struct request {
	struct request *next, **link;
	struct net_client *client;
	uint64_t id;
	struct transfer *transfer;
	struct loop_timer wait;
	struct buf text; /* address, headers and body, each ended by NUL; wiped */
	const char *headers[HEADERS_MAX];
	struct transfer_plan plan;
	struct buf in;
	int64_t deadline_ms;
	int connect_timeout_ms;
	unsigned tries, retries;
	bool may_repeat;
	void (*call)(void *data, const struct net_reply *reply);
	void *data;
};

struct net_client {
	struct loop *loop;
	struct wheel *wheel;
	struct request *requests;
	size_t n_requests;
	uint64_t last_id;
};

static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

static const char *method_find(const char *name)
{
	if (!name)
		return methods[0];
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (!strcmp(methods[i], name))
			return methods[i];
	return NULL;
}

bool net_url_is_good(struct view url, bool allows_plain)
{
	size_t host;

	if (url.len > LIMIT_NET_URL_BYTES)
		return false;
	if (url.len > 8 && !strncasecmp(url.ptr, "https://", 8))
		host = 8;
	else if (allows_plain && url.len > 7 && !strncasecmp(url.ptr, "http://", 7))
		host = 7;
	else
		return false;
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] <= ' ' || (unsigned char)url.ptr[i] >= 127 ||
		    url.ptr[i] == '\\')
			return false;
	for (size_t i = host; i < url.len && !strchr("/?#", url.ptr[i]); i++)
		if (url.ptr[i] == '@')
			return false;
	return !strchr("/?#:", url.ptr[host]);
}

static bool header_is_good(struct view h)
{
	ptrdiff_t colon = view_find(h, VIEW(":"));

	if (colon <= 0 || h.len > LIMIT_NET_URL_BYTES)
		return false;
	for (size_t i = 0; i < h.len; i++)
		if ((unsigned char)h.ptr[i] < ' ' || h.ptr[i] == 127 ||
		    (i < (size_t)colon && h.ptr[i] == ' '))
			return false;
	return true;
}

static void request_free(struct request *r)
{
	transfer_stop(r->transfer);
	loop_timer_stop(r->client->loop, &r->wait);
	*r->link = r->next;
	if (r->next)
		r->next->link = r->link;
	r->client->n_requests--;
	/* Addresses and bodies carry secrets, replies carry tokens. */
	if (r->text.ptr)
		explicit_bzero(r->text.ptr, r->text.cap);
	if (r->in.ptr)
		explicit_bzero(r->in.ptr, r->in.cap);
	buf_done(&r->text);
	buf_done(&r->in);
	free(r);
}

static void finish(struct request *r, const struct transfer_result *result)
{
	void (*call)(void *data, const struct net_reply *reply) = r->call;
	struct net_reply reply = {
	    .error = result->error,
	    .status = result->error ? 0 : result->status,
	    .body = result->error ? VIEW("") : buf_view(&r->in),
	    .content_type = view_of(result->content_type),
	    .retry_after_ms = result->retry_after_ms,
	    .tries = r->tries,
	    .why = result->why,
	};
	uint64_t id = r->id;
	struct net_client *c = r->client;

	call(r->data, &reply);
	net_cancel(c, id);
}

static bool is_passing(const struct transfer_result *r)
{
	if (r->error)
		return r->error == -ECONNRESET || r->error == -ECONNREFUSED ||
		       r->error == -EHOSTUNREACH;
	return r->status == 429 || r->status == 500 || (r->status >= 502 && r->status <= 504);
}

/* Half of it fixed, half by chance: many that failed together do not come back together. */
static int64_t wait_before(const struct request *r, const struct transfer_result *result)
{
	int64_t wait = FIRST_WAIT_MS << (r->tries < 6 ? r->tries - 1 : 5);
	uint32_t chance = 0;

	if (wait > LONGEST_WAIT_MS)
		wait = LONGEST_WAIT_MS;
	if (getrandom(&chance, sizeof(chance), GRND_NONBLOCK) != sizeof(chance))
		chance = (uint32_t)clock_ns();
	wait = wait / 2 + chance % (uint32_t)(wait / 2);
	return result->retry_after_ms > wait ? result->retry_after_ms : wait;
}

static void try_once(void *data)
{
	static const struct transfer_result refused = {.error = -EIO, .why = "libcurl refused it"};
	struct request *r = data;
	int64_t left = r->deadline_ms - clock_ms();

	r->tries++;
	buf_clear(&r->in);
	r->plan.timeout_ms = left > 1 ? (int)left : 1;
	r->plan.connect_timeout_ms =
	    r->connect_timeout_ms < r->plan.timeout_ms ? r->connect_timeout_ms : r->plan.timeout_ms;
	r->transfer = transfer_start(r->client->wheel, &r->plan, &r->in);
	if (!r->transfer)
		finish(r, &refused);
}

static void on_ended(void *data, const struct transfer_result *result)
{
	struct request *r = data;
	bool again =
	    r->tries <= r->retries && is_passing(result) && (r->may_repeat || !result->was_sent);
	int64_t wait = again ? wait_before(r, result) : 0;

	if (!again || clock_ms() + wait >= r->deadline_ms) {
		finish(r, result);
		return;
	}
	transfer_stop(r->transfer);
	r->transfer = NULL;
	loop_timer_start(r->client->loop, &r->wait, wait, 0, try_once, r);
}

/* All texts into one buffer first, pointers after: it moves while it grows. */
static void copy_texts(struct request *r, const struct net_request *q)
{
	size_t at[HEADERS_MAX], body, all = q->url.len + q->body.len + q->n_headers + 2;

	/* In one piece, so that growing leaves no copy behind that is not wiped. */
	for (size_t i = 0; i < q->n_headers; i++)
		all += q->headers[i].len;
	buf_reserve(&r->text, all);
	buf_view_add(&r->text, q->url);
	buf_char(&r->text, '\0');
	for (size_t i = 0; i < q->n_headers; i++) {
		at[i] = r->text.len;
		buf_view_add(&r->text, q->headers[i]);
		buf_char(&r->text, '\0');
	}
	body = r->text.len;
	buf_view_add(&r->text, q->body);
	buf_char(&r->text, '\0');
	for (size_t i = 0; i < q->n_headers; i++)
		r->headers[i] = r->text.ptr + at[i];
	r->plan.url = r->text.ptr;
	r->plan.headers = r->headers;
	r->plan.n_headers = q->n_headers;
	r->plan.body = r->text.ptr + body;
	r->plan.body_len = q->body.len;
}

static bool request_is_good(const struct net_request *q, const char *method)
{
	bool is_reading = method && (!strcmp(method, "GET") || !strcmp(method, "HEAD"));

	if (!method || !q->call || q->n_headers > HEADERS_MAX ||
	    !net_url_is_good(q->url, q->allows_plain))
		return false;
	if (is_reading ? q->body.len > 0 : q->max_redirects > 0)
		return false;
	for (size_t i = 0; i < q->n_headers; i++)
		if (!header_is_good(q->headers[i]))
			return false;
	return true;
}

int net_start(struct net_client *c, const struct net_request *q, uint64_t *ret_id)
{
	const char *method = method_find(q->method);
	struct request *r;

	if (!request_is_good(q, method))
		return -EINVAL;
	if (c->n_requests >= LIMIT_NET_REQUESTS)
		return -ENOBUFS;
	r = calloc(1, sizeof(*r));
	if (!r)
		die_oom(sizeof(*r));
	r->client = c;
	r->id = ++c->last_id;
	r->plan.method = method;
	copy_texts(r, q);
	r->plan.is_plain = q->allows_plain && !strncasecmp(r->plan.url, "http://", 7);
	r->plan.max_reply_bytes = q->max_reply_bytes ? q->max_reply_bytes : DEFAULT_REPLY_BYTES;
	r->plan.max_redirects = q->max_redirects;
	r->plan.refuses_inner = q->refuses_inner;
	r->plan.data = r;
	r->connect_timeout_ms =
	    q->connect_timeout_ms > 0 ? q->connect_timeout_ms : DEFAULT_CONNECT_TIMEOUT_MS;
	r->deadline_ms = clock_ms() + (q->timeout_ms > 0 ? q->timeout_ms : DEFAULT_TIMEOUT_MS);
	r->retries = q->retries;
	r->may_repeat = q->may_repeat || (strcmp(method, "POST") && strcmp(method, "PATCH"));
	r->call = q->call;
	r->data = q->data;
	r->next = c->requests;
	r->link = &c->requests;
	if (r->next)
		r->next->link = &r->next;
	c->requests = r;
	c->n_requests++;
	/* From the loop, so that even a refusal never calls back out of here. */
	loop_timer_start(c->loop, &r->wait, 0, 0, try_once, r);
	*ret_id = r->id;
	return 0;
}

void net_cancel(struct net_client *c, uint64_t id)
{
	for (struct request *r = c->requests; r; r = r->next) {
		if (r->id != id)
			continue;
		request_free(r);
		return;
	}
}

struct net_client *net_client_new(struct loop *loop, const struct net_options *options)
{
	struct net_client *c = calloc(1, sizeof(*c));

	if (!c)
		die_oom(sizeof(*c));
	c->loop = loop;
	c->wheel = wheel_new(loop, options, on_ended);
	return c;
}

void net_client_free(struct net_client *c)
{
	if (!c)
		return;
	while (c->requests)
		request_free(c->requests);
	wheel_free(c->wheel);
	free(c);
}

size_t net_client_busy(const struct net_client *c)
{
	return c->n_requests;
}
