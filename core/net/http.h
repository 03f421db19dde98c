/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http.h - an asynchronous HTTPS client on the event loop.
 *
 * One client a loop, on the loop's thread. A request is copied when it is started; its callback
 * comes once, from the loop, never out of net_start() itself. Certificates and host names are
 * always checked; nothing of a request or a reply is ever logged here; the environment's proxy and
 * ~/.netrc are not looked at. Names are resolved by threads of libcurl, so nothing blocks.
 *
 *	http.c      requests: checked, copied, tried again, called back
 *	transfer.c  one try of one: libcurl and the loop
 */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/view.h"

struct net_client;

struct net_options {
	const char *ca_file; /* certificates to trust instead of the system's; NULL: the system's */
	const char *proxy;   /* "http://proxy:3128"; NULL: none, whatever the environment says */
	const char *agent;   /* User-Agent; NULL: "wenlu" */
	unsigned max_connections; /* at once, the rest waits; 0: 16 */
	unsigned max_per_host;    /* of these; 0: 8 */
};

struct net_reply {
	/*
	 * 0: there is a reply with a status (any: 404 is a reply).
	 * -ETIMEDOUT, -EMSGSIZE (more than max_reply_bytes), -ECONNREFUSED (no connection),
	 * -EHOSTUNREACH (name not found), -EKEYREJECTED (its certificate does not stand the check),
	 * -ECONNRESET (closed too early), -ELOOP (redirects), -EACCES
	 * (refuses_inner), -EIO (anything else).
	 */
	int error;
	int status;
	struct view body;         /* until the callback returns */
	struct view content_type; /* or empty */
	int64_t retry_after_ms;   /* what the server asked for, -1 if nothing */
	unsigned tries;
	const char *why; /* of an error, in English for the log; no part of the address's query */
};

struct net_request {
	const char *method; /* NULL: GET. GET HEAD POST PUT PATCH DELETE */
	struct view url;
	const struct view *headers; /* "Name: value" */
	size_t n_headers;
	struct view body;
	int timeout_ms;         /* for everything, retries too; 0: 10 s */
	int connect_timeout_ms; /* of that, for a connection; 0: 5 s */
	size_t max_reply_bytes; /* 0: 256 KiB */
	/*
	 * Tries after the first one failed: no connection, cut off, 429, 500, 502, 503, 504. Waits
	 * 250 ms, 500 ms, … up to 8 s, half of it by chance, or what Retry-After says if the time
	 * is left. What may have arrived is repeated only if that is harmless by its method (GET,
	 * HEAD, PUT, DELETE) or `may_repeat`.
	 */
	unsigned retries;
	bool may_repeat;
	bool allows_plain;      /* http:// too, without encryption */
	bool refuses_inner;     /* -EACCES where the name leads into our own network: net/inner.h */
	unsigned max_redirects; /* GET and HEAD; never from https to http */
	void (*call)(void *data, const struct net_reply *reply);
	void *data;
};

/* Aborts if libcurl cannot be started. `options` may be NULL; its strings are copied. */
struct net_client *net_client_new(struct loop *loop, const struct net_options *options);
/* Drops what is under way without calling back. Not from a callback of this client. */
void net_client_free(struct net_client *c);
/* Requests under way, waiting ones included. */
size_t net_client_busy(const struct net_client *c);

/* The scheme is one we speak, there is a host, no user or password, nothing unprintable. */
bool net_url_is_good(struct view url, bool allows_plain);

/*
 * Start a request; *ret_id is never 0 and is for net_cancel(). 0, -EINVAL with a bad address,
 * method or header, -ENOBUFS when LIMIT_NET_REQUESTS are under way.
 */
int net_start(struct net_client *c, const struct net_request *request, uint64_t *ret_id);
/* No callback will come. An id that is done or unknown is fine. May be called from a callback. */
void net_cancel(struct net_client *c, uint64_t id);

#endif
