/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http.c - requests and responses over libwebsockets: heads, bodies, keep-alive, CORS, limits.
 *
 * A request is answered once; the response is one frame, head and body together, and goes out in
 * one write. While the engine works nothing more is read from the connection.
 */
#include "serve/http.h"

#include <errno.h>
#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/log.h"
#include "base/utf8.h"
#include "bots/bots.h"
#include "serve/http_query.h"
#include "serve/static.h"

#define DISCARD_MAX    1048576 /* of an unwanted body is read for the sake of the connection */
#define PATH_MAX_BYTES 256

static const char *phrase_of(int status)
{
	static const struct {
		int status;
		const char *phrase;
	} phrases[] = {
	    {200, "OK"},
	    {204, "No Content"},
	    {304, "Not Modified"},
	    {400, "Bad Request"},
	    {403, "Forbidden"},
	    {404, "Not Found"},
	    {405, "Method Not Allowed"},
	    {411, "Length Required"},
	    {413, "Content Too Large"},
	    {415, "Unsupported Media Type"},
	    {429, "Too Many Requests"},
	    {501, "Not Implemented"},
	    {503, "Service Unavailable"},
	};

	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	return "Unknown";
}

static void put_cors(struct buf *out, const struct http_request *r)
{
	if (!r->origin[0])
		return;
	buf_str(out, "Vary: Origin\r\n");
	if (!r->is_cors)
		return;
	buf_printf(out, "Access-Control-Allow-Origin: %s\r\n", r->origin);
	if (r->method == HTTP_OPTIONS)
		buf_str(out, "Access-Control-Allow-Methods: GET, HEAD, POST, OPTIONS\r\n"
			     "Access-Control-Allow-Headers: Content-Type\r\n"
			     "Access-Control-Max-Age: 86400\r\n");
}

static const char *allowed_methods(const struct http_route *route)
{
	if (!route)
		return "GET, HEAD, POST, OPTIONS";
	if (route->takes_get && route->takes_post)
		return "GET, HEAD, POST, OPTIONS";
	return route->takes_get ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
}

static void put_policy(struct buf *out, const struct http_head *head)
{
	switch (head->kind) {
	case HTTP_DATA:
		buf_str(out, "X-Frame-Options: DENY\r\n"
			     "Content-Security-Policy: default-src 'none'; "
			     "frame-ancestors 'none'\r\n");
		break;
	case HTTP_PAGE:
		buf_str(out, "X-Frame-Options: SAMEORIGIN\r\n"
			     "Content-Security-Policy: default-src 'none'; script-src 'self'; "
			     "style-src 'self'; connect-src 'self'; img-src data:; "
			     "form-action 'self'; base-uri 'none'; frame-ancestors 'self'\r\n");
		break;
	case HTTP_SHARED:
		buf_str(out, "Access-Control-Allow-Origin: *\r\n"
			     "Cross-Origin-Resource-Policy: cross-origin\r\n");
		break;
	}
}

static void put_head(struct buf *out, const struct http_request *r, const struct http_head *head)
{
	if (head->etag.len > 0)
		buf_printf(out, "ETag: \"%.*s%s\"\r\n", VIEW_ARG(head->etag),
			   head->is_gzip ? "-gz" : "");
	if (head->is_gzip)
		buf_str(out, "Content-Encoding: gzip\r\n");
	if (head->vary)
		buf_printf(out, "Vary: %s\r\n", head->vary);
	if (head->kind != HTTP_SHARED)
		put_cors(out, r);
	buf_printf(out,
		   "Cache-Control: %s\r\n"
		   "X-Content-Type-Options: nosniff\r\n"
		   "Referrer-Policy: no-referrer\r\n",
		   head->cache);
	put_policy(out, head);
}

void http_answer_as(struct http_request *r, int status, const struct http_head *head,
		    struct view body)
{
	struct server *s = r->conn->server;
	bool has_body = status != 204 && status != 304;
	struct frame *f;

	if (r->is_answered)
		return;
	r->is_answered = true;
	if (status >= 400)
		s->counts.http_errors++;
	if (s->is_draining)
		r->keeps_alive = false;
	f = frame_new(&s->frames);
	buf_printf(&f->buf, "HTTP/1.1 %d %s\r\n", status, phrase_of(status));
	if (has_body)
		buf_printf(&f->buf, "Content-Type: %s\r\nContent-Length: %zu\r\n", head->type,
			   body.len);
	if (status == 405 || r->method == HTTP_OPTIONS)
		buf_printf(&f->buf, "Allow: %s\r\n", allowed_methods(r->route));
	if (r->retry_after)
		buf_printf(&f->buf, "Retry-After: %u\r\n", r->retry_after);
	put_head(&f->buf, r, head);
	buf_printf(&f->buf, "Connection: %s\r\n\r\n", r->keeps_alive ? "keep-alive" : "close");
	if (r->method != HTTP_HEAD && has_body)
		buf_view_add(&f->buf, body);
	r->out = f;
	conn_enter(r->conn, CONN_BUSY);
	conn_writable(r->conn);
}

void http_answer(struct http_request *r, int status, const char *type, struct view body)
{
	struct http_head head = {
	    .kind = HTTP_DATA, .type = type, .cache = "no-store", .etag = VIEW("")};

	http_answer_as(r, status, &head, body);
}

void http_fail(struct http_request *r, int status, const char *code, const char *fmt, ...)
{
	struct buf *text = &r->conn->server->text;
	char sentence[240];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence, sizeof(sentence), fmt, ap);
	va_end(ap);
	if (r->page) {
		http_page_answer(r, status, view_of(sentence), NULL, VIEW(""));
		return;
	}
	buf_clear(text);
	error_write(text, code, sentence, NULL);
	http_answer(r, status, HTTP_JSON, buf_view(text));
}

void http_resume(struct http_request *r)
{
	if (r->is_paused)
		lws_rx_flow_control(r->conn->wsi, 1);
	r->is_paused = false;
}

void http_repeat(struct conn *c, struct view reply)
{
	http_answer(c->http, 200, HTTP_JSON, reply);
}

void http_reply(struct conn *c, const struct reply *reply, const struct reply_envelope *envelope)
{
	struct http_request *r = c->http;
	struct buf *text = &c->server->text;

	if (!r)
		return;
	http_resume(r);
	if (r->page) {
		http_page_answer(r, reply->type == REPLY_ERROR ? 400 : 200, reply->text, reply,
				 envelope->session);
		return;
	}
	buf_clear(text);
	if (r->wants_text) {
		buf_view_add(text, reply->text);
		buf_char(text, '\n');
	} else {
		reply_write(text, reply, envelope);
	}
	http_answer(r, reply->type == REPLY_ERROR ? 400 : 200,
		    r->wants_text ? HTTP_TEXT : HTTP_JSON, buf_view(text));
}

struct view http_argument(struct http_request *r, const char *name)
{
	struct arena *scratch = &r->conn->server->scratch;
	struct view value, rest = buf_view(&r->query), one;
	char *piece;
	int len;

	while ((one = http_next_piece(&rest)).ptr)
		if (query_piece(one, name, &value))
			return arena_copy(scratch, value);
	len = r->conn->guest ? 0 : lws_hdr_total_length(r->conn->wsi, WSI_TOKEN_HTTP_URI_ARGS);
	if (len <= 0)
		return VIEW("");
	piece = arena_alloc(scratch, (size_t)len + 1);
	for (int i = 0;; i++) {
		int n =
		    lws_hdr_copy_fragment(r->conn->wsi, piece, len + 1, WSI_TOKEN_HTTP_URI_ARGS, i);

		if (n < 0)
			return VIEW("");
		if (query_piece(view_make(piece, (size_t)n), name, &value))
			return arena_copy(scratch, value);
	}
}

static enum http_method method_of(int lws_method)
{
	switch (lws_method) {
	case LWSHUMETH_GET:
		return HTTP_GET;
	case LWSHUMETH_HEAD:
		return HTTP_HEAD;
	case LWSHUMETH_POST:
		return HTTP_POST;
	case LWSHUMETH_OPTIONS:
		return HTTP_OPTIONS;
	default:
		return HTTP_OTHER;
	}
}

static bool word_is(struct view v, const char *word)
{
	return v.len == strlen(word) && strncasecmp(v.ptr, word, v.len) == 0;
}

/* The same reading of "Connection" that libwebsockets makes, so that both do what we say. */
static bool keeps_alive(struct conn *c)
{
	struct view connection = edge_header(c, WSI_TOKEN_CONNECTION);

	if (word_is(connection, "keep-alive"))
		return true;
	if (word_is(connection, "close"))
		return false;
	return word_is(edge_header(c, WSI_TOKEN_HTTP), "HTTP/1.1");
}

static const char *media_type(struct view header)
{
	static const char *const known[] = {"application/json", "text/plain", HTTP_FORM};
	struct view rest = header, type;

	if (header.len == 0)
		return known[0];
	view_split(&rest, ';', &type);
	type = view_trim(type);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (word_is(type, known[i]))
			return known[i];
	return NULL;
}

static struct http_request *request_new(struct conn *c)
{
	struct http_request *r = calloc(1, sizeof(*r));
	struct view origin = edge_header(c, WSI_TOKEN_ORIGIN);

	if (!r)
		die_oom(sizeof(*r));
	r->conn = c;
	r->keeps_alive = keeps_alive(c);
	r->wants_text = view_starts(edge_header(c, WSI_TOKEN_HTTP_ACCEPT), VIEW("text/plain"));
	r->wants_page = static_accepts(edge_header(c, WSI_TOKEN_HTTP_ACCEPT), "text/html");
	r->content_type = media_type(edge_header(c, WSI_TOKEN_HTTP_CONTENT_TYPE));
	if (origin.len > 0 && origin.len < sizeof(r->origin)) {
		memcpy(r->origin, origin.ptr, origin.len);
		r->is_cors = origin_is_allowed(c->server, origin, edge_header(c, WSI_TOKEN_HOST));
	}
	return r;
}

static size_t body_max(const struct http_request *r)
{
	return r->route->takes_raw ? LIMIT_BOT_BODY
				   : (size_t)r->conn->server->settings->max_frame_bytes;
}

/* What is wrong with a body before it comes. */
static bool body_is_welcome(struct http_request *r)
{
	struct server *s = r->conn->server;
	struct view length = edge_header(r->conn, WSI_TOKEN_HTTP_CONTENT_LENGTH);
	uint64_t n = 0;

	if (lws_hdr_total_length(r->conn->wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0) {
		r->keeps_alive = false;
		http_fail(r, 501, "no_chunks", "请给出 Content-Length，不要分块发送。");
	} else if (length.len == 0) {
		r->keeps_alive = false;
		http_fail(r, 411, "missing_length", "请给出 Content-Length。");
	} else if (view_to_u64(length, &n) < 0) {
		r->keeps_alive = false;
		http_fail(r, 400, "bad_length", "Content-Length 应当是一个整数。");
	} else if (n > body_max(r)) {
		s->counts.too_long++;
		if (n > DISCARD_MAX)
			r->keeps_alive = false;
		http_fail(r, 413, "too_long", "内容太长，最多 %zu 字节，请缩短后再发。",
			  body_max(r));
	} else if (!r->content_type && !r->route->takes_raw) {
		http_fail(r, 415, "bad_content_type",
			  "请使用 application/json、text/plain 或 "
			  "application/x-www-form-urlencoded。");
	}
	return !r->is_answered;
}

static bool method_fits(struct http_request *r)
{
	switch (r->method) {
	case HTTP_GET:
	case HTTP_HEAD:
		return r->route->takes_get;
	case HTTP_POST:
		return r->route->takes_post;
	case HTTP_OPTIONS:
		return true;
	case HTTP_OTHER:
		break;
	}
	return false;
}

static void begin(struct http_request *r, struct view path)
{
	struct conn *c = r->conn;

	r->route = http_route_find(r, path);
	/* Whatever comes unasked as a body would otherwise be taken for the next request. */
	if (r->method != HTTP_POST &&
	    (lws_hdr_total_length(c->wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) > 0 ||
	     lws_hdr_total_length(c->wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0))
		r->keeps_alive = false;
	if (!edge_identify(c)) {
		r->keeps_alive = false;
		r->retry_after = 10;
		http_fail(r, 429, "too_many_connections",
			  "来自此地址的连接太多，请关闭一些后再试。");
	} else if (!r->route) {
		http_fail(r, 404, "not_found", "没有这个地址；可用的地址见 /。");
	} else if (!method_fits(r)) {
		http_fail(r, 405, "bad_method", "这个地址支持：%s。", allowed_methods(r->route));
	} else if (r->method == HTTP_OPTIONS) {
		http_answer(r, 204, NULL, VIEW(""));
	} else if (r->method == HTTP_POST) {
		if (body_is_welcome(r))
			conn_enter(c, CONN_BODY);
	} else {
		conn_enter(c, CONN_BUSY);
		r->route->get(r);
	}
}

/* After what may have started an ask: wait for it without reading on. */
static void settle(struct conn *c)
{
	if (c->http && !c->http->is_answered && (c->n_pending > 0 || c->http->bot_id)) {
		lws_set_timeout(c->wsi, NO_PENDING_TIMEOUT, 0);
		lws_rx_flow_control(c->wsi, 0);
		c->http->is_paused = true;
	}
	arena_wipe(&c->server->scratch);
}

int http_begin(struct conn *c)
{
	struct http_request *r;
	char *uri = NULL;
	int len = 0, method = lws_http_get_uri_and_method(c->wsi, &uri, &len);

	/* Left over from a request whose end we were not told of. */
	http_done(c);
	if (method < 0 || len > PATH_MAX_BYTES)
		return -1;
	c->server->counts.http_requests++;
	r = c->http = request_new(c);
	r->method = method_of(method);
	begin(r, view_make(uri, (size_t)len));
	settle(c);
	return 0;
}

int http_body(struct conn *c, const void *bytes, size_t len)
{
	struct http_request *r = c->http;

	if (!r || r->is_answered || len == 0)
		return 0;
	/* Cannot be: the length was announced, and libwebsockets keeps to it. */
	if (len > body_max(r) - r->in.len)
		return -1;
	buf_add(&r->in, bytes, len);
	return 0;
}

int http_body_end(struct conn *c)
{
	struct http_request *r = c->http;

	/* Called again when the next request's bytes come early. */
	if (!r || r->is_answered || c->n_pending > 0 || c->phase != CONN_BODY)
		return 0;
	conn_enter(c, CONN_BUSY);
	r->route->post(r);
	settle(c);
	return 0;
}

int http_write(struct conn *c)
{
	struct http_request *r = c->http;
	bool keeps;
	int n;

	if (!r || !r->out)
		return 0;
	n = lws_write(c->wsi, (unsigned char *)frame_text(r->out), frame_len(r->out),
		      LWS_WRITE_HTTP_FINAL);
	c->server->counts.bytes_sent += frame_len(r->out);
	keeps = r->keeps_alive;
	http_done(c);
	if (n < 0 || !keeps) {
		conn_enter(c, CONN_CLOSING);
		return -1;
	}
	conn_enter(c, CONN_KEEPALIVE);
	return lws_http_transaction_completed(c->wsi) ? -1 : 0;
}

void http_done(struct conn *c)
{
	struct http_request *r = c->http;

	if (!r)
		return;
	if (r->bot_id)
		bots_leave(c->server->bots, r->bot_id);
	if (r->bot)
		bots_release(r->bot);
	if (r->in.ptr)
		explicit_bzero(r->in.ptr, r->in.cap);
	buf_done(&r->in);
	if (r->query.ptr)
		explicit_bzero(r->query.ptr, r->query.cap);
	buf_done(&r->query);
	if (r->headers.ptr)
		explicit_bzero(r->headers.ptr, r->headers.cap);
	buf_done(&r->headers);
	http_page_done(r);
	frame_unref(r->out);
	free(r);
	c->http = NULL;
}
