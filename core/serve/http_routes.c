/* SPDX-License-Identifier: Apache-2.0 */
/* http_routes.c - the addresses there are, and what each says. */
#include "serve/http.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "serve/feedback.h"
#include "serve/http_query.h"
#include "serve/static.h"
#include "wire/json.h"

#define REGIONS_MAX     50
#define SUGGESTIONS_MAX 8

static const char *const level_names[] = {"nation", "cluster", "province",
					  "city",   "county",  "area"};

void http_refuse_rate(struct http_request *r, unsigned wait)
{
	r->retry_after = wait;
	http_fail(r, 429, "rate_limited", "提问太频繁，请 %u 秒后再试。", wait);
}

static void get_root(struct http_request *r)
{
	const struct static_file *page =
	    r->wants_page ? static_find(r->conn->server->files, VIEW("index.html")) : NULL;

	if (page) {
		http_file(r, page, true);
		return;
	}
	http_answer(r, 200, HTTP_TEXT,
		    VIEW("问路 Wenlu：政务服务问答\n\n"
			 "GET  /v1/ask?q=问题[&region=410100][&session=new]\n"
			 "POST /v1/ask        {\"text\": \"问题\"}，或 text/plain\n"
			 "GET  /v1/suggest?q=开头\n"
			 "GET  /v1/regions[?q=名称]\n"
			 "GET  /v1/intents\n"
			 "POST /v1/feedback   {\"type\": \"feedback\", \"value\": \"up\"}\n"
			 "GET  /ask           网页表单，不需要脚本\n"
			 "GET  /healthz\n"
			 "WebSocket：子协议 wenlu.v1，直接发送问题即可。\n"));
}

static void get_health(struct http_request *r)
{
	if (r->conn->server->is_draining)
		http_answer(r, 503, HTTP_JSON, VIEW("{\"status\":\"draining\"}"));
	else
		http_answer(r, 200, HTTP_JSON, VIEW("{\"status\":\"ok\"}"));
}

/* "" is no conversation, "new" a fresh one; a token that is not known (any more) begins anew. */
static struct session *find_session(struct server *s, struct view token)
{
	struct sessions *all = engine_sessions(s->engine);
	struct session *session = token.len == SESSION_TOKEN_LEN ? sessions_find(all, token) : NULL;

	if (session || token.len == 0)
		return session;
	return sessions_open(all, clock_wall_ms());
}

static bool is_known(struct server *s, struct view token)
{
	return token.len != SESSION_TOKEN_LEN || sessions_find(engine_sessions(s->engine), token);
}

void http_ask(struct http_request *r, const struct message *m)
{
	struct server *s = r->conn->server;
	struct session *session;
	unsigned wait;

	if (http_pass_on(r, m->session, false))
		return;
	wait = conn_take_message(r->conn);
	if (wait > 0) {
		http_refuse_rate(r, wait);
		return;
	}
	if (!is_known(s, m->session) && ask_start_later(r->conn, m))
		return;
	session = find_session(s, m->session);
	if (r->wants_text || !ask_repeat(r->conn, m, session))
		ask_start(r->conn, m, session);
}

/* From arguments instead of JSON. */
static void ask_plain(struct http_request *r, struct message *m)
{
	m->type = MESSAGE_ASK;
	m->text = view_trim(m->text);
	if (!utf8_is_valid(m->text, NULL) || !utf8_is_valid(m->region, NULL) ||
	    !utf8_is_valid(m->session, NULL))
		http_fail(r, 400, "bad_utf8", "请用 UTF-8 编码发送。");
	else if (m->text.len == 0)
		http_fail(r, 400, "missing_text", "请把问题写在 q 里：/v1/ask?q=问题");
	else if (m->region.len > LIMIT_ID_BYTES)
		http_fail(r, 400, "bad_region", "region 应当是行政区划代码，例如 410100。");
	else
		http_ask(r, m);
}

static void get_ask(struct http_request *r)
{
	struct message m = {
	    .text = http_argument(r, "q"),
	    .region = http_argument(r, "region"),
	    .session = http_argument(r, "session"),
	    .id = VIEW(""),
	    .option = VIEW(""),
	};

	m.why = http_argument(r, "why").len > 0;
	ask_plain(r, &m);
}

static void post_form(struct http_request *r)
{
	struct arena *a = &r->conn->server->scratch;
	struct view form = buf_view(&r->in);
	struct message m = {.id = VIEW(""), .option = VIEW("")};

	if (query_find(a, form, "q", &m.text) < 0 || query_find(a, form, "region", &m.region) < 0 ||
	    query_find(a, form, "session", &m.session) < 0)
		http_fail(r, 400, "bad_form", "表单编码有误，请用 UTF-8 和百分号编码。");
	else
		ask_plain(r, &m);
}

static void post_ask(struct http_request *r)
{
	struct server *s = r->conn->server;
	struct message m = {.text = buf_view(&r->in), .id = VIEW(""), .option = VIEW("")};
	struct message_fault why;

	if (view_is(view_of(r->content_type), "text/plain")) {
		m.region = http_argument(r, "region");
		m.session = http_argument(r, "session");
		ask_plain(r, &m);
		return;
	}
	if (view_is(view_of(r->content_type), HTTP_FORM)) {
		post_form(r);
		return;
	}
	if (message_read(&s->scratch, buf_view(&r->in), (size_t)s->settings->max_id_bytes, &m,
			 &why) < 0) {
		s->counts.bad_messages++;
		http_fail(r, 400, why.code, "%s", why.text);
	} else if (m.type != MESSAGE_ASK && m.type != MESSAGE_CHOOSE) {
		http_fail(r, 400, "bad_type",
			  "这里只支持 ask 和 choose；反馈请发到 /v1/feedback，"
			  "其他消息请用 WebSocket。");
	} else {
		http_ask(r, &m);
	}
}

static void note(struct http_request *r, const struct message *m)
{
	struct server *s = r->conn->server;
	struct session *session;

	if (http_pass_on(r, m->session, true))
		return;
	session = m->session.len == SESSION_TOKEN_LEN
		      ? sessions_find(engine_sessions(s->engine), m->session)
		      : NULL;

	if (feedback_take(s, m, session) < 0) {
		http_fail(r, 413, "too_long", "反馈太长，最多 %d 字节，请缩短后再发。",
			  FEEDBACK_TEXT_MAX);
		return;
	}
	buf_clear(&s->text);
	buf_str(&s->text, "{\"type\":\"noted\"");
	if (m->id.len > 0) {
		buf_str(&s->text, ",\"reply_to\":");
		json_string(&s->text, m->id);
	}
	buf_str(&s->text, ",\"text\":\"谢谢您的反馈。\"}");
	http_answer(r, 200, HTTP_JSON, buf_view(&s->text));
}

static void post_feedback(struct http_request *r)
{
	struct server *s = r->conn->server;
	struct message m = {.id = VIEW("")};
	struct message_fault why;
	unsigned wait = conn_take_message(r->conn);

	if (wait > 0) {
		http_refuse_rate(r, wait);
	} else if (message_read(&s->scratch, buf_view(&r->in), (size_t)s->settings->max_id_bytes,
				&m, &why) < 0) {
		s->counts.bad_messages++;
		http_fail(r, 400, why.code, "%s", why.text);
	} else if (m.type != MESSAGE_FEEDBACK) {
		http_fail(r, 400, "bad_type", "这里只支持 feedback；问题请发到 /v1/ask。");
	} else {
		note(r, &m);
	}
}

static void put_region(struct buf *out, struct arena *a, const struct region *region)
{
	buf_str(out, out->ptr[out->len - 1] == '[' ? "{\"code\":" : ",{\"code\":");
	json_string(out, region->id);
	buf_str(out, ",\"name\":");
	json_string(out, region_full_name(a, region));
	buf_printf(out, ",\"level\":\"%s\"", level_names[region->level]);
	if (region->parent) {
		buf_str(out, ",\"parent\":");
		json_string(out, region->parent->id);
	}
	buf_char(out, '}');
}

/* Regions whose name holds the words; the wider ones come first in the table. */
static void find_regions(struct buf *out, struct arena *a, const struct region_table *table,
			 struct view words)
{
	size_t n = 0;

	for (size_t i = 0; i < table->n_items && n < REGIONS_MAX; i++) {
		const struct region *region = &table->items[i];

		if (view_eq(region->id, words) || view_find(region->name, words) >= 0) {
			put_region(out, a, region);
			n++;
		}
	}
}

/* Regions with a guide of their own. */
static void list_regions(struct buf *out, struct arena *a, const struct generation *g)
{
	for (size_t i = 0; i < registry_count(g->registry); i++) {
		const struct plugin *plugin = registry_at(g->registry, i);

		for (size_t j = 0; j < plugin->guide.regions.n; j++) {
			const struct region *region =
			    region_find(&g->regions, plugin->guide.regions.items[j].code);

			if (region)
				put_region(out, a, region);
		}
	}
}

static void get_regions(struct http_request *r)
{
	struct server *s = r->conn->server;
	const struct generation *g = engine_generation(s->engine);
	struct view words = view_trim(http_argument(r, "q"));
	unsigned wait = conn_take_message(r->conn);

	if (wait > 0) {
		http_refuse_rate(r, wait);
		return;
	}
	buf_clear(&s->text);
	buf_str(&s->text, "{\"regions\":[");
	if (words.len > 0)
		find_regions(&s->text, &s->scratch, &g->regions, words);
	else
		list_regions(&s->text, &s->scratch, g);
	buf_str(&s->text, "]}");
	http_answer(r, 200, HTTP_JSON, buf_view(&s->text));
}

static void get_intents(struct http_request *r)
{
	struct server *s = r->conn->server;
	const struct catalog *catalog = &engine_generation(s->engine)->catalog;
	struct buf *out = &s->text;
	unsigned wait = conn_take_message(r->conn);

	if (wait > 0) {
		http_refuse_rate(r, wait);
		return;
	}
	buf_clear(out);
	buf_str(out, "{\"intents\":[");
	for (size_t i = 0; i < catalog->n_intents; i++) {
		const struct intent *intent = &catalog->intents[i];

		buf_str(out, i ? ",{\"name\":" : "{\"name\":");
		json_string(out, intent->name);
		buf_str(out, ",\"title\":");
		json_string(out, intent->title);
		buf_str(out, ",\"description\":");
		json_string(out, intent->description);
		if (intent->matter) {
			buf_str(out, ",\"matter\":");
			json_string(out, intent->matter->name);
		}
		if (intent->question.len > 0) {
			buf_str(out, ",\"question\":");
			json_string(out, intent->question);
		}
		buf_char(out, '}');
	}
	buf_str(out, "]}");
	http_answer(r, 200, HTTP_JSON, buf_view(out));
}

static void get_suggest(struct http_request *r)
{
	struct server *s = r->conn->server;
	struct view typed = view_trim(http_argument(r, "q")), found[SUGGESTIONS_MAX];
	unsigned wait = conn_take_message(r->conn);
	size_t n;

	if (wait > 0) {
		http_refuse_rate(r, wait);
		return;
	}
	if (typed.len == 0 || !utf8_is_valid(typed, NULL)) {
		http_fail(r, 400, "missing_text", "请把问题的开头写在 q 里（UTF-8）。");
		return;
	}
	n = engine_suggest(s->engine, &s->scratch, typed, found, SUGGESTIONS_MAX);
	buf_clear(&s->text);
	buf_str(&s->text, "{\"suggestions\":[");
	for (size_t i = 0; i < n; i++) {
		buf_str(&s->text, i ? ",{\"text\":" : "{\"text\":");
		json_string(&s->text, found[i]);
		buf_char(&s->text, '}');
	}
	buf_str(&s->text, "]}");
	http_answer(r, 200, HTTP_JSON, buf_view(&s->text));
}

static void get_file(struct http_request *r)
{
	http_file(r, r->file, false);
}

static const struct http_route routes[] = {
    {"/", true, false, false, get_root, NULL},
    {"/ask", true, true, false, http_page_get, http_page_post},
    {"/healthz", true, false, false, get_health, NULL},
    {"/v1/ask", true, true, false, get_ask, post_ask},
    {"/v1/feedback", false, true, false, NULL, post_feedback},
    {"/v1/intents", true, false, false, get_intents, NULL},
    {"/v1/regions", true, false, false, get_regions, NULL},
    {"/v1/suggest", true, false, false, get_suggest, NULL},
};

static const struct http_route file_route = {NULL, true, false, false, get_file, NULL};

/* Pages and templates are reached by routes of their own. */
static const struct static_file *find_file(const struct server *s, struct view path)
{
	const struct static_file *f =
	    path.len > 1 ? static_find(s->files, view_sub(path, 1, path.len)) : NULL;

	return f && !f->is_page && f->caching != STATIC_NEVER ? f : NULL;
}

const struct http_route *http_route_find(struct http_request *r, struct view path)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (view_is(path, routes[i].path))
			return &routes[i];
	if (http_bot_find(r, path))
		return &http_bot_route;
	r->file = find_file(r->conn->server, path);
	return r->file ? &file_route : NULL;
}
