/* SPDX-License-Identifier: Apache-2.0 */
/*
 * transfer.h - one try of one request, between http.c and libcurl.
 *
 * A wheel is libcurl's multi interface turned by the loop. A transfer belongs to its request; when
 * it ends by itself the wheel calls `ended`, outside of libcurl, so that anything may be started or
 * stopped there.
 */
#ifndef NET_TRANSFER_H
#define NET_TRANSFER_H

#include "base/buf.h"
#include "net/http.h"

struct wheel;
struct transfer;

/* What a try is made of; borrowed until transfer_stop(). */
struct transfer_plan {
	const char *method, *url, *body;
	const char *const *headers;
	size_t n_headers, body_len, max_reply_bytes;
	int timeout_ms, connect_timeout_ms;
	unsigned max_redirects;
	bool is_plain, refuses_inner;
	void *data; /* for `ended` */
};

struct transfer_result {
	int error; /* as in struct net_reply */
	int status;
	bool was_sent; /* part of the request may have reached the server */
	int64_t retry_after_ms;
	const char *why;
	const char *content_type; /* or NULL; until transfer_stop() */
};

struct wheel *wheel_new(struct loop *loop, const struct net_options *options,
			void (*ended)(void *data, const struct transfer_result *result));
/* All transfers must have been stopped. */
void wheel_free(struct wheel *w);

/* Begin; the reply's body goes to `in`, which must live on. NULL if libcurl refuses. */
struct transfer *transfer_start(struct wheel *w, const struct transfer_plan *plan, struct buf *in);
void transfer_stop(struct transfer *t);

#endif
