/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http.h - one HTTP request between http.c (the protocol) and http_routes.c (what there is).
 *
 * A route puts its body into `body` and says so with http_answer(), or starts an ask and returns;
 * the rest (head, keep-alive, CORS, HEAD) is the protocol's.
 */
#ifndef SERVE_HTTP_H
#define SERVE_HTTP_H

#include "serve/server.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OPTIONS, HTTP_OTHER };

struct http_route;

struct http_request {
	struct conn *conn;
	const struct http_route *route;
	enum http_method method;
	bool is_answered; /* a response waits or is being sent */
	bool keeps_alive;
	bool wants_text;          /* Accept: text/plain */
	bool is_cors;             /* an allowed origin asked */
	bool is_paused;           /* nothing more is read while the engine works */
	const char *content_type; /* of the request's body; one of http.c's constants */
	unsigned retry_after;
	struct buf in; /* the request's body, wiped after use */
	struct frame *out;
	char origin[256];
};

struct http_route {
	const char *path;
	bool takes_get, takes_post;
	/* GET: arguments through http_argument(); POST: r->in. */
	void (*get)(struct http_request *r);
	void (*post)(struct http_request *r);
};

const struct http_route *http_route_find(struct view path);

#define HTTP_JSON "application/json; charset=utf-8"
#define HTTP_TEXT "text/plain; charset=utf-8"

/* The response: status, and a body that is copied. */
void http_answer(struct http_request *r, int status, const char *type, struct view body);
/* The same with an error object. */
void http_fail(struct http_request *r, int status, const char *code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* An argument of the address, decoded, in the scratch arena; empty if absent. */
struct view http_argument(struct http_request *r, const char *name);

#endif
