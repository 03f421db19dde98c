/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http_bots.c - /bots/NAME: a messaging platform's request to bots/, and the response back.
 *
 * The body goes on as it came, unparsed: it is what was signed. Strangers are counted like any
 * other client, the platform is not: all its users come from a few addresses.
 */
#include <errno.h>
#include <libwebsockets.h>

#include "base/clock.h"
#include "base/log.h"
#include "bots/bots.h"
#include "serve/http.h"

#define PREFIX "/bots/"

static void on_answer(void *data, const struct bot_response *response)
{
	struct http_request *r = data;

	r->bot_id = 0;
	http_resume(r);
	http_answer(r, response->status, response->type, response->body);
}

/* Of the headers that libwebsockets has no number for. */
static struct view custom_header(struct conn *c, const char *name)
{
	struct arena *a = &c->server->scratch;
	const char *key = arena_printf(a, "%s:", name).ptr;
	int len = lws_hdr_custom_length(c->wsi, key, (int)strlen(key));
	char *text;

	if (len <= 0)
		return view_make(NULL, 0);
	text = arena_alloc(a, (size_t)len + 1);
	len = lws_hdr_custom_copy(c->wsi, text, len + 1, key, (int)strlen(key));
	return len > 0 ? view_make(text, (size_t)len) : view_make(NULL, 0);
}

/* Present ones behind a mark, so that an empty one can be told from none. */
void http_bot_headers(struct http_request *r, struct buf *out)
{
	const struct bot_platform *p = r->bot->platform;

	for (size_t i = 0; i < BOT_VALUES_MAX && p->headers[i]; i++) {
		struct view v = custom_header(r->conn, p->headers[i]);

		http_put_piece(out,
			       v.ptr ? arena_printf(&r->conn->server->scratch, "+%.*s", VIEW_ARG(v))
				     : VIEW(""));
	}
}

static void headers_of_guest(struct http_request *r, struct bot_request *q)
{
	struct view rest = buf_view(&r->headers), v;

	for (size_t i = 0; i < BOT_VALUES_MAX && (v = http_next_piece(&rest)).ptr; i++)
		q->headers[i] = v.len ? view_sub(v, 1, v.len) : view_make(NULL, 0);
}

static void collect(struct http_request *r, struct bot_request *ret)
{
	const struct bot_platform *p = r->bot->platform;
	struct bot_request q = {.is_post = r->method == HTTP_POST, .now_ms = clock_wall_ms()};

	for (size_t i = 0; i < BOT_VALUES_MAX && p->arguments[i]; i++) {
		struct view v = http_argument(r, p->arguments[i]);

		q.arguments[i] = v.len ? v : view_make(NULL, 0);
	}
	for (size_t i = 0; i < BOT_VALUES_MAX && p->headers[i] && !r->conn->guest; i++)
		q.headers[i] = custom_header(r->conn, p->headers[i]);
	if (r->conn->guest)
		headers_of_guest(r, &q);
	q.body = buf_view(&r->in);
	*ret = q;
}

static void take(struct http_request *r)
{
	struct server *s = r->conn->server;
	struct bot_request request;
	struct bot_incoming incoming;
	struct bot_response refusal;
	uint64_t id;

	collect(r, &request);
	if (bots_check(s->bots, r->bot, &request, &s->scratch, &incoming, &refusal) != BOT_OK) {
		unsigned wait = conn_take_message(r->conn);

		if (wait > 0) {
			r->retry_after = wait;
			http_fail(r, 429, "rate_limited", "请 %u 秒后再试。", wait);
		} else {
			http_answer(r, refusal.status, refusal.type, refusal.body);
		}
		return;
	}
	/* Each user's conversation has one worker, which then knows too what it has seen before. */
	if (http_pass_on(r, view_of(incoming.session), true))
		return;
	id = bots_take(s->bots, &incoming, on_answer, r);
	/* With 0 it is answered already. */
	if (id)
		r->bot_id = id;
}

static void say_they_stay(const struct fault *why, struct buf *out)
{
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	fault_format(why, text, sizeof(text));
	log_error("the bots stay as they are: %s", text);
	buf_printf(out, "failed, the bots stay as they are: %s\n", text);
}

int http_bots_read(const struct settings *settings, struct bot_list *ret, struct buf *out)
{
	struct problems problems = {.list = VEC_INIT};
	struct settings fresh;
	struct fault why = {.text = ""};
	int r;

	if (!settings->file)
		return -ENOENT;
	settings_init(&fresh);
	r = settings_read(&fresh, settings->file, &problems);
	if (r < 0)
		(void)problems_first_error(&problems, &why);
	else
		r = bots_load(&fresh, ret, &why);
	if (r < 0)
		say_they_stay(&why, out);
	problems_done(&problems);
	settings_done(&fresh);
	return r;
}

void http_bots_use(struct server *s, struct bot_list *list, struct buf *out)
{
	struct fault why;

	if (s->bots)
		bots_use(s->bots, list);
	else if (bots_start(s->loop, s->engine, s->settings->state_dir, list, &s->bots, &why) < 0)
		say_they_stay(&why, out);
}

const struct http_route http_bot_route = {
    .takes_get = true, .takes_post = true, .takes_raw = true, .get = take, .post = take};

bool http_bot_find(struct http_request *r, struct view path)
{
	struct view prefix = VIEW(PREFIX);

	if (!view_starts(path, prefix))
		return false;
	r->bot = bots_find(r->conn->server->bots, view_sub(path, prefix.len, path.len));
	if (r->bot)
		bots_hold(r->bot);
	return r->bot != NULL;
}
