/* SPDX-License-Identifier: Apache-2.0 */
/* page.c - see page.h. */
#include "serve/page.h"

#include <errno.h>

#include "serve/http_query.h"

/* "@IS 410100@" in a page's own list of places */
#define IS "IS "

int page_read_form(struct arena *a, struct view encoded, struct page_form *ret)
{
	struct page_form form;
	const struct {
		const char *name;
		struct view *to;
	} fields[] = {
	    {"q", &form.question},
	    {"region", &form.region},
	    {"session", &form.session},
	    {"last", &form.last},
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (query_find(a, encoded, fields[i].name, fields[i].to) < 0)
			return -EILSEQ;
	*ret = form;
	return 0;
}

void page_escape(struct buf *out, struct view text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
			buf_printf(out, "&#%d;", c);
		/* Other control characters are no text, and some browsers stumble over them. */
		else if ((unsigned char)c >= ' ' || c == '\n' || c == '\t')
			buf_char(out, c);
	}
}

static void put_hidden(struct buf *out, const char *name, struct view value)
{
	buf_printf(out, "<input type=\"hidden\" name=\"%s\" value=\"", name);
	page_escape(out, value);
	buf_str(out, "\">");
}

/* Buttons of a form, not links: so the conversation's token stands in no address. */
static void put_next(struct buf *out, const struct page_values *v)
{
	buf_str(out, "\n<form action=\"ask\" method=\"post\" accept-charset=\"utf-8\">");
	put_hidden(out, "session", v->session);
	put_hidden(out, "region", v->region);
	put_hidden(out, "last", v->region);
	buf_str(out, "<ul>");
	for (size_t i = 0; i < v->n_next; i++) {
		buf_str(out, "<li><button type=\"submit\" name=\"q\" value=\"");
		page_escape(out, v->next[i]);
		buf_str(out, "\">");
		page_escape(out, v->next[i]);
		buf_str(out, "</button></li>");
	}
	buf_str(out, "</ul></form>");
}

static void put_answer(struct buf *out, const struct page_values *v)
{
	if (v->answer.len == 0)
		return;
	buf_str(out, "<section class=\"answer\" aria-labelledby=\"a\"><h2 id=\"a\">回答</h2>"
		     "<p class=\"words\">");
	page_escape(out, v->answer);
	buf_str(out, "</p>");
	if (v->n_next > 0)
		put_next(out, v);
	buf_str(out, "</section>");
}

/* The place that was chosen, if the page's own list has it not. */
static void put_other(struct buf *out, const struct page_values *v, struct view template)
{
	struct buf mark = BUF_INIT;

	buf_str(&mark, "@" IS);
	buf_view_add(&mark, v->region);
	buf_char(&mark, '@');
	if (v->region.len > 0 && view_find(template, buf_view(&mark)) < 0) {
		buf_str(out, "<option value=\"");
		page_escape(out, v->region);
		buf_str(out, "\" selected>");
		page_escape(out, v->region_name);
		buf_str(out, "</option>");
	}
	buf_done(&mark);
}

/* False if there is no such place: then the words stay as they are. */
static bool put_value(struct buf *out, struct view name, const struct page_values *v,
		      struct view template)
{
	if (view_is(name, "QUESTION"))
		page_escape(out, v->question);
	else if (view_is(name, "REGION"))
		page_escape(out, v->region);
	else if (view_is(name, "REGION_OTHER"))
		put_other(out, v, template);
	else if (view_starts(name, VIEW(IS)))
		buf_str(out, view_eq(view_sub(name, strlen(IS), name.len), v->region) ? " selected"
										      : "");
	else if (view_is(name, "REGION_NAME"))
		page_escape(out, v->region_name.len ? v->region_name : VIEW("不指定（全国）"));
	else if (view_is(name, "SESSION"))
		page_escape(out, v->session);
	else if (view_is(name, "ANSWER"))
		put_answer(out, v);
	else
		return false;
	return true;
}

void page_fill(struct buf *out, struct view template, const struct page_values *values)
{
	struct view rest = template, piece;
	bool at_place = false;

	/* Pieces between @ signs: a name, or text with an @ on either side. */
	while (view_split(&rest, '@', &piece)) {
		if (at_place && rest.ptr && put_value(out, piece, values, template)) {
			at_place = false;
			continue;
		}
		if (at_place)
			buf_char(out, '@');
		buf_view_add(out, piece);
		at_place = true;
	}
}
