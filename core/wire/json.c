/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c - replies into JSON text, straight into a buffer (their strings: json-string.c; what comes
 * in: request.c).
 *
 * A comma is due wherever the last byte is neither an opening bracket nor a colon, so no state is
 * kept beside the buffer. Fields that have nothing to say are left out.
 */
#include "wire/json.h"

#include <string.h>

static void comma(struct buf *out)
{
	char last = out->len ? out->ptr[out->len - 1] : '[';

	if (last != '{' && last != '[' && last != ':')
		buf_char(out, ',');
}

static void key(struct buf *out, const char *name)
{
	size_t len = strlen(name);
	char *end;

	comma(out);
	end = buf_reserve(out, len + 3);
	*end++ = '"';
	memcpy(end, name, len);
	memcpy(end + len, "\":", 3);
	out->len += len + 3;
}

static void open_item(struct buf *out)
{
	comma(out);
	buf_char(out, '{');
}

static void put(struct buf *out, const char *name, struct view v)
{
	if (v.len == 0)
		return;
	key(out, name);
	json_string(out, v);
}

static void put_always(struct buf *out, const char *name, struct view v)
{
	key(out, name);
	json_string(out, v);
}

static void put_u64(struct buf *out, const char *name, uint64_t n)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	key(out, name);
	buf_add(out, digits + at, sizeof(digits) - at);
}

static void put_true(struct buf *out, const char *name, bool yes)
{
	if (!yes)
		return;
	key(out, name);
	buf_str(out, "true");
}

static void put_views(struct buf *out, const char *name, const struct view *items, size_t n)
{
	if (n == 0)
		return;
	key(out, name);
	buf_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		comma(out);
		json_string(out, items[i]);
	}
	buf_char(out, ']');
}

/* Three places; printf would cost more than the rest of the object. */
static void put_probability(struct buf *out, float p)
{
	unsigned n = p <= 0 ? 0 : p >= 1 ? 1000 : (unsigned)(p * 1000 + 0.5f);
	char digits[5] = {(char)('0' + n / 1000), '.', (char)('0' + n / 100 % 10),
			  (char)('0' + n / 10 % 10), (char)('0' + n % 10)};

	buf_add(out, digits, sizeof(digits));
}

static void put_intent(struct buf *out, const struct intent *intent, float confidence)
{
	if (!intent)
		return;
	key(out, "intent");
	buf_char(out, '{');
	put_always(out, "name", intent->name);
	put(out, "title", intent->title);
	key(out, "confidence");
	put_probability(out, confidence);
	buf_char(out, '}');
}

static void put_regions(struct buf *out, const struct reply *r)
{
	if (r->type == REPLY_ERROR || r->type == REPLY_WELCOME)
		return;
	key(out, "regions");
	buf_char(out, '[');
	for (size_t i = 0; i < r->regions.n; i++) {
		const struct reply_region *reg = &r->regions.items[i];

		open_item(out);
		put_always(out, "code", reg->region->id);
		put_always(out, "name", reg->name.len ? reg->name : reg->region->name);
		put(out, "found_by", view_of(reg->found_by));
		if (reg->answered_by)
			put(out, "answered_by", reg->answered_by->id);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_channels(struct buf *out, const struct facts *f)
{
	if (f->channels.n == 0)
		return;
	key(out, "channels");
	buf_char(out, '[');
	for (size_t i = 0; i < f->channels.n; i++) {
		const struct channel *c = &f->channels.items[i];

		open_item(out);
		put_always(out, "name", c->name);
		put(out, "kind", view_of(channel_kind_name(c->kind)));
		put(out, "path", c->path);
		put(out, "url", c->url);
		put(out, "source", c->source);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_documents(struct buf *out, const struct facts *f)
{
	if (f->documents.n == 0)
		return;
	key(out, "documents");
	buf_char(out, '[');
	for (size_t i = 0; i < f->documents.n; i++) {
		const struct document *d = &f->documents.items[i];

		open_item(out);
		put_always(out, "name", d->name);
		put(out, "form", d->form);
		put(out, "for", d->purpose);
		put(out, "source", d->source);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_figure(struct buf *out, const char *name, int32_t n)
{
	if (n < 0)
		return;
	put_u64(out, name, (uint64_t)n);
}

static void put_timing(struct buf *out, const struct facts *f)
{
	if (f->timing.n == 0)
		return;
	key(out, "timing");
	buf_char(out, '[');
	for (size_t i = 0; i < f->timing.n; i++) {
		const struct timing *t = &f->timing.items[i];

		open_item(out);
		put(out, "stage", t->stage);
		put_figure(out, "min", t->min);
		put_figure(out, "max", t->max);
		put_figure(out, "legal_max", t->legal_max);
		if (t->min >= 0 || t->max >= 0 || t->legal_max >= 0)
			put(out, "unit", view_of(time_unit_name(t->unit)));
		put(out, "text", t->text);
		put(out, "source", t->source);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_lines(struct buf *out, const char *name, struct line_list lines)
{
	if (lines.n == 0)
		return;
	key(out, name);
	buf_char(out, '[');
	for (size_t i = 0; i < lines.n; i++) {
		open_item(out);
		put_always(out, "text", lines.items[i].text);
		put(out, "source", lines.items[i].source);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_sources(struct buf *out, const struct source *items, size_t n)
{
	key(out, "sources");
	buf_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		const struct source *s = &items[i];

		open_item(out);
		put_always(out, "id", s->id);
		put_always(out, "title", s->title);
		put(out, "kind", view_of(source_kind_name(s->kind)));
		put(out, "url", s->url);
		put(out, "as_of", s->as_of);
		put(out, "seen", s->seen);
		put(out, "review_by", s->review_by);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_answer(struct buf *out, const struct reply_answer *a)
{
	if (!a)
		return;
	key(out, "answer");
	buf_char(out, '{');
	put_always(out, "summary", a->facts.summary.text);
	put(out, "summary_source", a->facts.summary.source);
	put_channels(out, &a->facts);
	put_lines(out, "steps", facts_lines(&a->facts, FACTS_STEPS));
	put_documents(out, &a->facts);
	put_timing(out, &a->facts);
	for (int i = FACTS_STEPS + 1; i < FACTS_LINE_LISTS; i++)
		put_lines(out, facts_lines_name((enum facts_lines)i),
			  facts_lines(&a->facts, (enum facts_lines)i));
	put_sources(out, a->sources.items, a->sources.n);
	if (a->grade)
		put(out, "grade", view_make(&a->grade, 1));
	put(out, "as_of", a->as_of);
	put_true(out, "stale", a->is_stale);
	put(out, "notice", a->notice);
	put(out, "point", a->point);
	put(out, "ask", a->inquiry.line.text);
	put(out, "disclaimer", a->disclaimer);
	buf_char(out, '}');
}

static void put_options(struct buf *out, const struct reply *r)
{
	if (r->options.n == 0)
		return;
	key(out, "options");
	buf_char(out, '[');
	for (size_t i = 0; i < r->options.n; i++) {
		const struct reply_option *o = &r->options.items[i];

		open_item(out);
		put_always(out, "id", o->id);
		put_always(out, "text", o->text);
		if (o->intent)
			put(out, "intent", o->intent->name);
		if (o->region)
			put(out, "region", o->region->id);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_cells(struct buf *out, const struct reply_cell *cells, size_t n)
{
	key(out, "cells");
	buf_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		open_item(out);
		put_always(out, "text", cells[i].text);
		put(out, "source", cells[i].source);
		key(out, "known");
		buf_str(out, cells[i].is_known ? "true" : "false");
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_rows(struct buf *out, const struct reply *r)
{
	if (r->type != REPLY_COMPARE)
		return;
	key(out, "rows");
	buf_char(out, '[');
	for (size_t i = 0; i < r->rows.n; i++) {
		const struct reply_row *row = &r->rows.items[i];

		open_item(out);
		put_always(out, "facet", row->facet);
		put_cells(out, row->cells, r->regions.n);
		key(out, "differs");
		buf_str(out, row->differs ? "true" : "false");
		buf_char(out, '}');
	}
	buf_char(out, ']');
	put_sources(out, r->sources.items, r->sources.n);
	put(out, "ask", r->ask);
}

static void put_context(struct buf *out, const struct reply *r)
{
	if (!r->carried)
		return;
	key(out, "context");
	buf_str(out, "{\"carried\":[");
	if (r->carried & CARRIED_REGION)
		json_string(out, VIEW("region"));
	if (r->carried & CARRIED_INTENT) {
		comma(out);
		json_string(out, VIEW("intent"));
	}
	buf_str(out, "]}");
}

static void put_related(struct buf *out, const struct reply *r)
{
	if (r->related.n == 0)
		return;
	key(out, "related");
	buf_char(out, '[');
	for (size_t i = 0; i < r->related.n; i++) {
		open_item(out);
		put_always(out, "text", r->related.items[i]);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_envelope(struct buf *out, const struct reply_envelope *e)
{
	if (!e)
		return;
	put_u64(out, "seq", e->seq);
	put(out, "reply_to", e->reply_to);
	put(out, "session", e->session);
	if (e->generation)
		put_u64(out, "generation", e->generation);
}

static void put_parts(struct buf *out, const struct reply *r);

static void put_reply(struct buf *out, const struct reply *r, const struct reply_envelope *e)
{
	buf_char(out, '{');
	put_always(out, "type", view_of(reply_type_name(r->type)));
	put_envelope(out, e);
	if (r->type == REPLY_ERROR) {
		put_always(out, "code", view_of(r->error_code ? r->error_code : "error"));
		put_always(out, "message", r->text);
	}
	put_intent(out, r->intent, r->confidence);
	put_regions(out, r);
	put_answer(out, r->answer);
	put(out, "question", r->question);
	put_options(out, r);
	put_rows(out, r);
	put_parts(out, r);
	put_context(out, r);
	put(out, "corrected", r->corrected);
	put_related(out, r);
	if (r->why.n > 0)
		put(out, "rule", view_of(r->rule));
	put_views(out, "why", r->why.items, r->why.n);
	put_always(out, "text", r->text);
	buf_char(out, '}');
}

/* A part has no parts of its own, so this goes one level deep. */
static void put_parts(struct buf *out, const struct reply *r)
{
	if (r->type != REPLY_ANSWERS)
		return;
	key(out, "parts");
	buf_char(out, '[');
	for (size_t i = 0; i < r->parts.n; i++) {
		comma(out);
		put_reply(out, &r->parts.items[i], NULL);
	}
	buf_char(out, ']');
}

void reply_write(struct buf *out, const struct reply *reply, const struct reply_envelope *envelope)
{
	put_reply(out, reply, envelope);
}

void error_write(struct buf *out, const char *code, const char *message,
		 const struct reply_envelope *envelope)
{
	struct reply r = {.type = REPLY_ERROR, .error_code = code, .text = view_of(message)};

	reply_write(out, &r, envelope);
}
