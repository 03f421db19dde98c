/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http_pass.c - a request whose conversation another worker owns goes there, packed, and its whole
 * response comes back.
 *
 * What the other needs of the request's head is in the parcel; it runs the same route on it.
 */
#include "serve/http.h"

#include <libwebsockets.h>
#include <stdlib.h>

#include "bots/bots.h"
#include "serve/relay.h"
#include "store/token.h"

#define QUERY_PIECE_MAX 8192

struct parcel_head {
	uint8_t method, keeps_alive, wants_text, wants_page, is_cors, type, nothing[2];
};

static const char *const types[] = {"application/json", "text/plain", HTTP_FORM};

void http_put_piece(struct buf *out, struct view v)
{
	uint32_t len = (uint32_t)v.len;

	buf_add(out, &len, sizeof(len));
	buf_view_add(out, v);
}

static int take(struct view *rest, struct view *ret)
{
	uint32_t len;

	if (rest->len < sizeof(len))
		return -1;
	memcpy(&len, rest->ptr, sizeof(len));
	*rest = view_sub(*rest, sizeof(len), rest->len);
	if (len > rest->len)
		return -1;
	*ret = view_sub(*rest, 0, len);
	*rest = view_sub(*rest, len, rest->len);
	return 0;
}

/* The query's pieces as libwebsockets has them, each behind its length. */
static void put_query(struct buf *out, struct http_request *r)
{
	char *piece = arena_alloc(&r->conn->server->scratch, QUERY_PIECE_MAX);
	int n;

	for (int i = 0; (n = lws_hdr_copy_fragment(r->conn->wsi, piece, QUERY_PIECE_MAX,
						   WSI_TOKEN_HTTP_URI_ARGS, i)) >= 0;
	     i++)
		http_put_piece(out, view_make(piece, (size_t)n));
}

static void pack(struct buf *out, struct http_request *r)
{
	struct parcel_head h = {
	    .method = (uint8_t)r->method,
	    .keeps_alive = r->keeps_alive,
	    .wants_text = r->wants_text,
	    .wants_page = r->wants_page,
	    .is_cors = r->is_cors,
	};
	struct buf query = BUF_INIT, headers = BUF_INIT;

	for (size_t i = 0; r->content_type && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i], r->content_type) == 0)
			h.type = (uint8_t)(i + 1);
	buf_add(out, &h, sizeof(h));
	http_put_piece(out, r->bot
				? arena_printf(&r->conn->server->scratch, "/bots/%s", r->bot->name)
				: view_of(r->route->path));
	http_put_piece(out, view_of(r->origin));
	if (r->bot)
		http_bot_headers(r, &headers);
	http_put_piece(out, buf_view(&headers));
	buf_done(&headers);
	if (lws_hdr_total_length(r->conn->wsi, WSI_TOKEN_HTTP_URI_ARGS) > 0)
		put_query(&query, r);
	http_put_piece(out, buf_view(&query));
	http_put_piece(out, buf_view(&r->in));
	if (query.ptr)
		explicit_bzero(query.ptr, query.cap);
	buf_done(&query);
}

bool http_pass_on(struct http_request *r, struct view token, bool is_counted)
{
	struct conn *c = r->conn;
	struct server *s = c->server;
	struct buf parcel = BUF_INIT;
	unsigned owner, wait;

	if (!s->relays || c->guest)
		return false;
	owner = token_owner(token, s->self, s->shared->n);
	if (owner == s->self)
		return false;
	wait = is_counted ? 0 : conn_take_message(c);
	if (wait > 0) {
		http_refuse_rate(r, wait);
		return true;
	}
	pack(&parcel, r);
	relay_request(c, owner, buf_view(&parcel));
	explicit_bzero(parcel.ptr, parcel.cap);
	buf_done(&parcel);
	return true;
}

void http_passed(struct conn *c, struct view answer)
{
	struct http_request *r = c->http;

	if (!r || r->is_answered)
		return;
	http_resume(r);
	if (answer.len == 0) {
		r->retry_after = 1;
		http_fail(r, 503, "restarting", "服务正在恢复，请稍后再试。");
		return;
	}
	r->is_answered = true;
	r->keeps_alive &= answer.ptr[0] == 'k' && !c->server->is_draining;
	r->out = frame_new(&c->server->frames);
	buf_view_add(&r->out->buf, view_sub(answer, 1, answer.len));
	conn_enter(c, CONN_BUSY);
	conn_writable(c);
}

static int unpack(struct http_request *r, struct view rest, struct view *ret_path)
{
	struct parcel_head h;
	struct view origin, headers, query, body;

	if (rest.len < sizeof(h))
		return -1;
	memcpy(&h, rest.ptr, sizeof(h));
	rest = view_sub(rest, sizeof(h), rest.len);
	if (take(&rest, ret_path) < 0 || take(&rest, &origin) < 0 || take(&rest, &headers) < 0 ||
	    take(&rest, &query) < 0 || take(&rest, &body) < 0 || origin.len >= sizeof(r->origin) ||
	    h.type > sizeof(types) / sizeof(types[0]))
		return -1;
	r->method = h.method == HTTP_POST   ? HTTP_POST
		    : h.method == HTTP_HEAD ? HTTP_HEAD
					    : HTTP_GET;
	r->keeps_alive = h.keeps_alive;
	r->wants_text = h.wants_text;
	r->wants_page = h.wants_page;
	r->is_cors = h.is_cors;
	r->content_type = h.type ? types[h.type - 1] : NULL;
	memcpy(r->origin, origin.ptr, origin.len);
	buf_view_add(&r->headers, headers);
	buf_view_add(&r->query, query);
	buf_view_add(&r->in, body);
	return 0;
}

struct view http_next_piece(struct view *rest)
{
	struct view piece = {NULL, 0};

	return take(rest, &piece) < 0 ? (struct view){NULL, 0} : piece;
}

void http_take_in(struct conn *c, struct view parcel)
{
	struct http_request *r = calloc(1, sizeof(*r));
	struct view path;

	if (!r)
		die_oom(sizeof(*r));
	r->conn = c;
	c->http = r;
	if (unpack(r, parcel, &path) == 0)
		r->route = http_route_find(r, path);
	if (r->route && r->method == HTTP_POST && r->route->post)
		r->route->post(r);
	else if (r->route && r->method != HTTP_POST && r->route->get)
		r->route->get(r);
	else
		http_fail(r, 404, "not_found", "没有这个地址；可用的地址见 /。");
	arena_wipe(&c->server->scratch);
}
