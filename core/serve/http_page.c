/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http_page.c - /ask: a question and its answer as a page that needs no scripts.
 *
 * The conversation goes on by a hidden field. What is shown again of the question has no personal
 * numbers in it; the engine gets the words as they were typed, and lifts the numbers itself.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "serve/http.h"
#include "serve/page.h"
#include "serve/static.h"
#include "text/personal.h"

#define TEMPLATE "ask.html"
#define NEXT_MAX (LIMIT_OPTIONS + LIMIT_RELATED)

/* Kept while the engine works: the scratch arena does not last. */
struct http_page {
	struct buf question;
	char region[LIMIT_ID_BYTES + 1];
	char session[SESSION_TOKEN_LEN + 1];
};

static const struct region *region_of(const struct server *s, struct view code)
{
	return code.len ? region_find(&engine_generation(s->engine)->regions, code) : NULL;
}

static void keep(struct http_page *page, struct arena *a, const struct page_form *form)
{
	struct personal_text lifted;

	personal_lift(a, form->question, &lifted);
	buf_view_add(&page->question, lifted.text);
	memcpy(page->region, form->region.ptr ? form->region.ptr : "", form->region.len);
	if (form->session.len == SESSION_TOKEN_LEN)
		memcpy(page->session, form->session.ptr, SESSION_TOKEN_LEN);
}

/* The place that was chosen goes along until one was answered for, and when it is changed: then
 * "and there?" is about what was talked about, and the chosen place does not come in between. */
static struct view region_for(struct server *s, const struct page_form *form)
{
	struct session *session = form->session.len == SESSION_TOKEN_LEN
				      ? sessions_find(engine_sessions(s->engine), form->session)
				      : NULL;

	return session && session->n_regions > 0 && view_eq(form->region, form->last)
		   ? VIEW("")
		   : form->region;
}

static void take(struct http_request *r, struct page_form *form)
{
	struct server *s = r->conn->server;
	struct message m = {.type = MESSAGE_ASK, .id = VIEW(""), .option = VIEW("")};

	if (http_pass_on(r, form->session, false))
		return;
	form->question = view_trim(form->question);
	if (form->region.len > LIMIT_ID_BYTES || !region_of(s, form->region))
		form->region = VIEW("");
	keep(r->page, &s->scratch, form);
	if (form->question.len == 0) {
		http_page_answer(r, 200, VIEW(""), NULL, VIEW(""));
		return;
	}
	m.text = form->question;
	m.region = region_for(s, form);
	m.session = form->session.len ? form->session : VIEW("new");
	http_ask(r, &m);
}

static bool begin(struct http_request *r)
{
	if (!static_find(r->conn->server->files, VIEW(TEMPLATE))) {
		http_fail(r, 404, "not_found", "没有这个地址；可用的地址见 /。");
		return false;
	}
	r->page = calloc(1, sizeof(*r->page));
	if (!r->page)
		die_oom(sizeof(*r->page));
	return true;
}

static bool is_text(struct view v)
{
	return utf8_is_valid(v, NULL) && (v.len == 0 || !memchr(v.ptr, '\0', v.len));
}

void http_page_get(struct http_request *r)
{
	struct page_form form = {
	    .question = http_argument(r, "q"),
	    .region = http_argument(r, "region"),
	    .session = http_argument(r, "session"),
	    .last = http_argument(r, "last"),
	};

	if (!begin(r))
		return;
	if (is_text(form.question) && is_text(form.region) && is_text(form.session))
		take(r, &form);
	else
		http_fail(r, 400, "bad_utf8", "请用 UTF-8 编码发送。");
}

void http_page_post(struct http_request *r)
{
	struct page_form form;

	if (!begin(r))
		return;
	if (!view_is(view_of(r->content_type), HTTP_FORM))
		http_fail(r, 415, "bad_content_type", "请用网页表单提交问题。");
	else if (page_read_form(&r->conn->server->scratch, buf_view(&r->in), &form) < 0)
		http_fail(r, 400, "bad_form", "表单编码有误，请用 UTF-8 和百分号编码。");
	else
		take(r, &form);
}

/* What can be asked next stands below as buttons: the line that names it is not said, too. */
static struct view without_related(struct view text, const struct reply *reply)
{
	size_t end = text.len;

	if (!reply || reply->related.n == 0)
		return text;
	while (end > 0 && text.ptr[end - 1] != '\n')
		end--;
	if (end == 0 || view_find(view_sub(text, end, text.len), reply->related.items[0]) < 0)
		return text;
	return view_sub(text, 0, end - 1);
}

void http_page_answer(struct http_request *r, int status, struct view text,
		      const struct reply *reply, struct view session)
{
	struct server *s = r->conn->server;
	const struct static_file *file = static_find(s->files, VIEW(TEMPLATE));
	const struct region *region = region_of(s, view_of(r->page->region));
	struct view next[NEXT_MAX];
	struct page_values v = {
	    .question = buf_view(&r->page->question),
	    .region = region ? region->id : VIEW(""),
	    .region_name = region ? region_full_name(&s->scratch, region) : VIEW(""),
	    .session = session.len ? session : view_of(r->page->session),
	    .answer = without_related(text, reply),
	    .next = next,
	};
	struct http_head head = {
	    .kind = HTTP_PAGE, .type = HTTP_HTML, .cache = "no-store", .etag = VIEW("")};

	for (size_t i = 0; reply && i < reply->options.n && v.n_next < NEXT_MAX; i++)
		next[v.n_next++] = reply->options.items[i].text;
	for (size_t i = 0; reply && i < reply->related.n && v.n_next < NEXT_MAX; i++)
		next[v.n_next++] = reply->related.items[i];
	buf_clear(&s->text);
	/* A reload may have taken the template away meanwhile. */
	page_fill(&s->text, file ? file->body : VIEW("@ANSWER@"), &v);
	http_answer_as(r, status, &head, buf_view(&s->text));
}

void http_page_done(struct http_request *r)
{
	if (!r->page)
		return;
	if (r->page->question.ptr)
		explicit_bzero(r->page->question.ptr, r->page->question.cap);
	buf_done(&r->page->question);
	free(r->page);
	r->page = NULL;
}
