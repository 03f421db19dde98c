/* SPDX-License-Identifier: Apache-2.0 */
/*
 * handshake.c - what RFC 6455 asks of an opening handshake and libwebsockets does not check.
 *
 * It lets through every version, method and HTTP version, and h2c. Here the request is still plain
 * HTTP, so a refusal can be a proper answer that says what to do.
 */
#include "serve/server.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <strings.h>

#include "base/log.h"
#include "wire/json.h"

struct refusal {
	int status;
	const char *phrase;
	const char *code;
	const char *message;
	const char *header; /* one more line with its CR LF, or "" */
};

static bool same_word(struct view v, const char *word)
{
	return v.len == strlen(word) && strncasecmp(v.ptr, word, v.len) == 0;
}

/* 16 bytes in base64: 22 characters of the alphabet and two '='. */
static bool is_key(struct view key)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	if (key.len != 24 || key.ptr[22] != '=' || key.ptr[23] != '=')
		return false;
	for (size_t i = 0; i < 22; i++)
		if (!strchr(alphabet, key.ptr[i]))
			return false;
	return true;
}

static bool offers_us(struct view protocols)
{
	struct view rest = protocols, one;

	if (view_trim(protocols).len == 0)
		return true;
	while (view_split(&rest, ',', &one))
		if (view_is(view_trim(one), "wenlu.v1"))
			return true;
	return false;
}

static struct view origin_host(struct view origin)
{
	ptrdiff_t at = view_find(origin, VIEW("://"));

	return at < 0 ? origin : view_sub(origin, (size_t)at + 3, origin.len);
}

/* A star takes any name in front of the rest: "https:", two slashes, "*.example.cn". */
static bool pattern_fits(struct view pattern, struct view origin)
{
	ptrdiff_t star = view_find(pattern, VIEW("*"));
	struct view head, tail, middle;

	if (star < 0)
		return view_eq(pattern, origin);
	/* Alone it is every page, also one without a place of its own ("null"). */
	if (pattern.len == 1)
		return true;
	head = view_sub(pattern, 0, (size_t)star);
	tail = view_sub(pattern, (size_t)star + 1, pattern.len);
	if (origin.len < head.len + tail.len || !view_starts(origin, head) ||
	    !view_ends(origin, tail))
		return false;
	middle = view_sub(origin, head.len, origin.len - head.len - tail.len);
	return view_find(middle, VIEW("/")) < 0 && view_find(middle, VIEW("@")) < 0;
}

bool origin_is_allowed(const struct server *s, struct view origin, struct view host)
{
	const struct text_list *allowed = &s->settings->allow_origins;

	if (origin.len == 0)
		return true;
	for (size_t i = 0; i < allowed->n; i++)
		if (pattern_fits(view_of(allowed->items[i]), origin))
			return true;
	return host.len > 0 && view_eq(origin_host(origin), host);
}

static const struct refusal refusals[] = {
    {400, "Bad Request", "bad_upgrade",
     "本服务只支持 HTTP/1.1 和 WebSocket；请去掉 Upgrade，或使用 Upgrade: websocket。", ""},
    {405, "Method Not Allowed", "bad_method", "WebSocket 握手请使用 GET。", "Allow: GET\r\n"},
    {505, "HTTP Version Not Supported", "bad_http_version", "WebSocket 握手请使用 HTTP/1.1。", ""},
    {426, "Upgrade Required", "bad_version", "请使用 WebSocket 第 13 版。",
     "Sec-WebSocket-Version: 13\r\nUpgrade: websocket\r\n"},
    {400, "Bad Request", "bad_key", "Sec-WebSocket-Key 应当是 16 个随机字节的 base64。", ""},
    {400, "Bad Request", "missing_host", "缺少 Host。", ""},
    {400, "Bad Request", "bad_subprotocol", "请使用子协议 wenlu.v1，或者不指定子协议。", ""},
    {403, "Forbidden", "bad_origin",
     "本服务不接受来自此网页的连接，请联系管理员加入 allow_origins。", ""},
    {429, "Too Many Requests", "too_many_connections", "来自此地址的连接太多，请关闭一些后再试。",
     "Retry-After: 10\r\n"},
    {503, "Service Unavailable", "draining", "服务正在重启，请稍后再试。", "Retry-After: 5\r\n"},
};

static const char *find_fault(struct conn *c)
{
	struct server *s = c->server;
	struct view version = edge_header(c, WSI_TOKEN_VERSION);
	struct view host = edge_header(c, WSI_TOKEN_HOST);

	if (!same_word(edge_header(c, WSI_TOKEN_UPGRADE), "websocket"))
		return "bad_upgrade";
	if (lws_hdr_total_length(c->wsi, WSI_TOKEN_GET_URI) <= 0)
		return "bad_method";
	if (!same_word(edge_header(c, WSI_TOKEN_HTTP), "HTTP/1.1"))
		return "bad_http_version";
	if (!view_is(version, "13"))
		return "bad_version";
	if (!is_key(edge_header(c, WSI_TOKEN_KEY)))
		return "bad_key";
	if (host.len == 0)
		return "missing_host";
	if (!offers_us(edge_header(c, WSI_TOKEN_PROTOCOL)))
		return "bad_subprotocol";
	if (!origin_is_allowed(s, edge_header(c, WSI_TOKEN_ORIGIN), host))
		return "bad_origin";
	if (!edge_identify(c))
		return "too_many_connections";
	return s->is_draining ? "draining" : NULL;
}

static void refuse(struct conn *c, const char *code)
{
	struct server *s = c->server;
	const struct refusal *r = refusals;
	char text[ADDRESS_TEXT_MAX];
	struct frame *f = frame_new(&s->frames);

	while (strcmp(r->code, code) != 0)
		r++;
	s->counts.refused_handshake++;
	log_debug("%s: WebSocket handshake refused: %s", address_format(&c->client, text), code);
	buf_clear(&s->text);
	error_write(&s->text, r->code, r->message, NULL);
	buf_printf(&f->buf,
		   "HTTP/1.1 %d %s\r\n"
		   "Content-Type: application/json; charset=utf-8\r\n"
		   "Content-Length: %zu\r\n"
		   "Cache-Control: no-store\r\n"
		   "%sConnection: close\r\n\r\n",
		   r->status, r->phrase, s->text.len, r->header);
	if (lws_hdr_total_length(c->wsi, WSI_TOKEN_HEAD_URI) <= 0)
		buf_view_add(&f->buf, buf_view(&s->text));
	/* Small and first: it goes out whole. If not, the connection closes all the same. */
	if (lws_write(c->wsi, (unsigned char *)frame_text(f), frame_len(f), LWS_WRITE_HTTP_FINAL) <
	    0)
		log_debug("%s has gone before it could be told", address_format(&c->client, text));
	frame_unref(f);
}

int handshake_check(struct conn *c)
{
	const char *code = find_fault(c);

	if (code)
		refuse(c, code);
	arena_wipe(&c->server->scratch);
	return code ? -1 : 0;
}
