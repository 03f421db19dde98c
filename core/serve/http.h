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
struct bot;
struct bot_list;
struct http_page;
struct static_file;

struct http_request {
	struct conn *conn;
	const struct http_route *route;
	enum http_method method;
	bool is_answered; /* a response waits or is being sent */
	bool keeps_alive;
	bool wants_text;          /* Accept: text/plain */
	bool wants_page;          /* Accept: text/html, as browsers say */
	bool is_cors;             /* an allowed origin asked */
	bool is_paused;           /* nothing more is read while the engine works */
	const char *content_type; /* of the request's body; one of http.c's constants */
	unsigned retry_after;
	struct buf in;      /* the request's body, wiped after use */
	struct buf query;   /* of a guest: pieces, each behind its length; wiped after use */
	struct buf headers; /* of a guest, for a bot; likewise */
	struct frame *out;
	const struct static_file *file; /* while the request is begun */
	struct http_page *page;         /* what goes into the page without scripts, or NULL */
	struct bot *bot;                /* /bots/NAME */
	uint64_t bot_id;                /* while it waits for its answer */
	char origin[256];
};

struct http_route {
	const char *path;
	bool takes_get, takes_post;
	bool takes_raw; /* a body of any type, up to LIMIT_BOT_BODY */
	/* GET: arguments through http_argument(); POST: r->in. */
	void (*get)(struct http_request *r);
	void (*post)(struct http_request *r);
};

void http_refuse_rate(struct http_request *r, unsigned wait);
/* A run of pieces, each behind its length; the next one's ptr is NULL behind the last. */
void http_put_piece(struct buf *out, struct view piece);
struct view http_next_piece(struct view *rest);
/* The route of this path; for a file it is put into r->file. */
const struct http_route *http_route_find(struct http_request *r, struct view path);

#define HTTP_JSON "application/json; charset=utf-8"
#define HTTP_TEXT "text/plain; charset=utf-8"
#define HTTP_HTML "text/html; charset=utf-8"
#define HTTP_FORM "application/x-www-form-urlencoded"

enum http_kind {
	HTTP_DATA,   /* for programs: shows nothing in a browser */
	HTTP_PAGE,   /* HTML: may load what is ours */
	HTTP_SHARED, /* scripts and style sheets: pages elsewhere may load them */
};

/* What stands in a response's head beside its status and body. */
struct http_head {
	enum http_kind kind;
	const char *type, *cache;
	const char *vary; /* or NULL */
	struct view etag; /* or empty */
	bool is_gzip;
};

/* The response: status, and a body that is copied. */
void http_answer(struct http_request *r, int status, const char *type, struct view body);
void http_answer_as(struct http_request *r, int status, const struct http_head *head,
		    struct view body);
/* The same with an error object, or with the page where one is wanted. */
void http_fail(struct http_request *r, int status, const char *code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* An argument of the address, decoded, in the scratch arena; empty if absent. */
struct view http_argument(struct http_request *r, const char *name);

/* Read on, now that the answer is there. */
void http_resume(struct http_request *r);

/* http_routes.c: put a question to the engine; the reply or a refusal is the response. */
void http_ask(struct http_request *r, const struct message *m);

/* http_files.c */
/* A file, or "not modified"; `by_accept` if something else is served under its address too. */
void http_file(struct http_request *r, const struct static_file *file, bool by_accept);

/* http_bots.c: the sections [bot …] as they are now; if something is wrong, all stays. */
/* What wenlu.conf says now; if something is wrong with it, that is logged, and a line of `out`. */
int http_bots_read(const struct settings *settings, struct bot_list *ret, struct buf *out);
/* These from now on; takes the list. */
void http_bots_use(struct server *s, struct bot_list *list, struct buf *out);
/* http_bots.c: /bots/NAME; false if there is no such bot */
bool http_bot_find(struct http_request *r, struct view path);
/* The headers that its platform looks at, for another worker. */
void http_bot_headers(struct http_request *r, struct buf *out);
extern const struct http_route http_bot_route;

/* http_page.c: /ask, the form that works without scripts */
void http_page_get(struct http_request *r);
void http_page_post(struct http_request *r);
void http_page_answer(struct http_request *r, int status, struct view text,
		      const struct reply *reply, struct view session);
void http_page_done(struct http_request *r);

#endif
