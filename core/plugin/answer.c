/* SPDX-License-Identifier: Apache-2.0 */
/* answer.c - the host table's functions that fill an answer. */
#include "plugin/answer.h"

#include <stdio.h>

#include "base/limits.h"
#include "plugin/packet.h"

/* Text of one answer; what stands around it in the packet fits in the rest. */
#define BYTES_MAX  (LIMIT_HOST_MESSAGE * 3 / 4)
#define FIGURE_MAX 1000000

void answer_init(struct wenlu_answer *out, struct arena *a, const struct guide *guide,
		 struct view intent)
{
	*out = (struct wenlu_answer){
	    .arena = a, .guide = guide, .intent = intent, .max_age_ms = WENLU_AGE_ALWAYS};
}

__attribute__((format(printf, 2, 3))) static int32_t refuse(struct wenlu_answer *out,
							    const char *fmt, ...)
{
	char text[FAULT_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (out->complain)
		out->complain(out->data, text);
	return WENLU_EINVAL;
}

static int32_t full(struct wenlu_answer *out, const char *what)
{
	if (!out->is_full && out->complain) {
		char text[128];

		snprintf(text, sizeof(text), "%s: too much for one answer", what);
		out->complain(out->data, text);
	}
	out->is_full = true;
	return WENLU_ENOSPC;
}

/* Copy one text in. `call` and `member` are for the complaint. */
static int32_t take(struct wenlu_answer *out, const char *call, const char *member,
		    const char *text, struct view *ret)
{
	size_t len = text ? strnlen(text, LIMIT_GUIDE_TEXT + 1) : 0;

	if (len > LIMIT_GUIDE_TEXT)
		return full(out, call);
	if (!packet_text_ok(view_make(text, len), LIMIT_GUIDE_TEXT))
		return refuse(out, "%s: %s is not UTF-8 or has a control character", call, member);
	out->n_bytes += len + 32;
	if (out->n_bytes > BYTES_MAX)
		return full(out, call);
	*ret = len ? arena_copy(out->arena, view_make(text, len)) : VIEW("");
	return WENLU_OK;
}

/* The same, and it must not be empty. */
static int32_t take_some(struct wenlu_answer *out, const char *call, const char *member,
			 const char *text, struct view *ret)
{
	if (!text || !*text)
		return refuse(out, "%s: no %s", call, member);
	return take(out, call, member, text, ret);
}

static int32_t take_source(struct wenlu_answer *out, const char *call, const char *id,
			   struct view *ret)
{
	const struct source *source;

	if (!id || !*id)
		return refuse(out, "%s: no source: every fact needs one", call);
	source = guide_source_find(out->guide, view_make(id, strnlen(id, LIMIT_GUIDE_TEXT)));
	if (!source)
		return refuse(out, "%s: the guide has no source '%.64s'", call, id);
	*ret = source->id;
	out->n_bytes += source->id.len;
	return WENLU_OK;
}

/* Room for one more in a list: lists get their full room with the first member. */
static void *room(struct wenlu_answer *out, const void **items, size_t n, size_t size)
{
	if (n >= LIMIT_GUIDE_LIST)
		return NULL;
	if (n == 0)
		*items = arena_array(out->arena, LIMIT_GUIDE_LIST, size);
	return (char *)*items + n * size;
}
#define ROOM(out, list) \
	room((out), (const void **)&(list)->items, (list)->n, sizeof(*(list)->items))

static int lines_of(int32_t field)
{
	switch (field) {
	case WENLU_FIELD_STEPS:
		return FACTS_STEPS;
	case WENLU_FIELD_FEE:
		return FACTS_FEE;
	case WENLU_FIELD_NUMBER:
		return FACTS_NUMBER;
	case WENLU_FIELD_VERIFICATION:
		return FACTS_VERIFICATION;
	case WENLU_FIELD_CONDITIONS:
		return FACTS_CONDITIONS;
	case WENLU_FIELD_RESTRICTIONS:
		return FACTS_RESTRICTIONS;
	case WENLU_FIELD_NOTES:
		return FACTS_NOTES;
	default:
		return -1;
	}
}

static int32_t set_summary(struct wenlu_answer *out, const char *text, const char *source)
{
	struct line line;
	int32_t r = take_some(out, "set_summary", "text", text, &line.text);

	if (r == WENLU_OK)
		r = take_source(out, "set_summary", source, &line.source);
	if (r == WENLU_OK)
		out->facts.summary = line;
	return r;
}

static int32_t add_line(struct wenlu_answer *out, int32_t field, const char *text,
			const char *source)
{
	int which = lines_of(field);
	struct line_list list;
	struct line line, *place;
	int32_t r;

	if (which < 0)
		return refuse(out, "add_line: field %d is no list of lines", (int)field);
	r = take_some(out, "add_line", "text", text, &line.text);
	if (r == WENLU_OK)
		r = take_source(out, "add_line", source, &line.source);
	if (r != WENLU_OK)
		return r;
	list = facts_lines(&out->facts, (enum facts_lines)which);
	place = ROOM(out, &list);
	if (!place)
		return full(out, "add_line");
	*place = line;
	list.n++;
	facts_set_lines(&out->facts, (enum facts_lines)which, list);
	return WENLU_OK;
}

static int32_t add_step(struct wenlu_answer *out, const char *text, const char *source)
{
	return add_line(out, WENLU_FIELD_STEPS, text, source);
}

static int channel_of(int32_t kind)
{
	switch (kind) {
	case WENLU_CHANNEL_APP:
		return CHANNEL_APP;
	case WENLU_CHANNEL_MINI_PROGRAM:
		return CHANNEL_MINI_PROGRAM;
	case WENLU_CHANNEL_ACCOUNT:
		return CHANNEL_ACCOUNT;
	case WENLU_CHANNEL_WEBSITE:
		return CHANNEL_WEBSITE;
	case WENLU_CHANNEL_WINDOW:
		return CHANNEL_WINDOW;
	case WENLU_CHANNEL_HOTLINE:
		return CHANNEL_HOTLINE;
	case WENLU_CHANNEL_MACHINE:
		return CHANNEL_MACHINE;
	default:
		return -1;
	}
}

/* True if the plugin's struct has all that 1.0 has; `last` is its last member then. */
#define WHOLE(obj, type, last) \
	((obj) && (obj)->struct_size >= offsetof(type, last) + sizeof((obj)->last))

static int32_t add_channel(struct wenlu_answer *out, const struct wenlu_channel *c)
{
	static const char call[] = "add_channel";
	struct channel channel = {.kind = CHANNEL_APP}, *place;
	int kind;
	int32_t r;

	if (!WHOLE(c, struct wenlu_channel, source))
		return refuse(out, "%s: struct_size is not set or too small", call);
	kind = channel_of(c->kind);
	if (kind < 0)
		return refuse(out, "%s: there is no kind %d", call, (int)c->kind);
	channel.kind = (enum channel_kind)kind;
	if ((r = take_some(out, call, "name", c->name, &channel.name)) != WENLU_OK ||
	    (r = take(out, call, "path", c->path, &channel.path)) != WENLU_OK ||
	    (r = take(out, call, "url", c->url, &channel.url)) != WENLU_OK ||
	    (r = take_source(out, call, c->source, &channel.source)) != WENLU_OK)
		return r;
	if (!packet_url_ok(channel.url))
		return refuse(out, "%s: the url must begin with https:// or http://", call);
	place = ROOM(out, &out->facts.channels);
	if (!place)
		return full(out, call);
	*place = channel;
	out->facts.channels.n++;
	return WENLU_OK;
}

static int32_t add_document(struct wenlu_answer *out, const struct wenlu_document *d)
{
	static const char call[] = "add_document";
	struct document document, *place;
	int32_t r;

	if (!WHOLE(d, struct wenlu_document, source))
		return refuse(out, "%s: struct_size is not set or too small", call);
	if ((r = take_some(out, call, "name", d->name, &document.name)) != WENLU_OK ||
	    (r = take(out, call, "form", d->form, &document.form)) != WENLU_OK ||
	    (r = take(out, call, "purpose", d->purpose, &document.purpose)) != WENLU_OK ||
	    (r = take_source(out, call, d->source, &document.source)) != WENLU_OK)
		return r;
	place = ROOM(out, &out->facts.documents);
	if (!place)
		return full(out, call);
	*place = document;
	out->facts.documents.n++;
	return WENLU_OK;
}

static int unit_of(int32_t unit)
{
	switch (unit) {
	case WENLU_UNIT_MINUTE:
		return UNIT_MINUTE;
	case WENLU_UNIT_HOUR:
		return UNIT_HOUR;
	case WENLU_UNIT_DAY:
		return UNIT_DAY;
	case WENLU_UNIT_WORKING_DAY:
		return UNIT_WORKING_DAY;
	case WENLU_UNIT_MONTH:
		return UNIT_MONTH;
	case WENLU_UNIT_YEAR:
		return UNIT_YEAR;
	default:
		return -1;
	}
}

/* "Not said" is 0 for plugins and -1 inside. */
static int32_t figure(int32_t value)
{
	return value > 0 ? value : -1;
}

static int32_t add_timing(struct wenlu_answer *out, const struct wenlu_timing *t)
{
	static const char call[] = "add_timing";
	struct timing timing = {.unit = UNIT_DAY}, *place;
	bool has_figure;
	int32_t r;

	if (!WHOLE(t, struct wenlu_timing, source))
		return refuse(out, "%s: struct_size is not set or too small", call);
	if (t->min > FIGURE_MAX || t->max > FIGURE_MAX || t->legal_max > FIGURE_MAX || t->min < 0 ||
	    t->max < 0 || t->legal_max < 0)
		return refuse(out, "%s: a figure is not between 0 and %d", call, FIGURE_MAX);
	timing.min = figure(t->min);
	timing.max = figure(t->max);
	timing.legal_max = figure(t->legal_max);
	has_figure = t->min || t->max || t->legal_max;
	if (has_figure && unit_of(t->unit) < 0)
		return refuse(out, "%s: there is no unit %d", call, (int)t->unit);
	if (has_figure)
		timing.unit = (enum time_unit)unit_of(t->unit);
	else if (!t->text || !*t->text)
		return refuse(out, "%s: neither a figure nor text", call);
	if ((r = take(out, call, "stage", t->stage, &timing.stage)) != WENLU_OK ||
	    (r = take(out, call, "text", t->text, &timing.text)) != WENLU_OK ||
	    (r = take_source(out, call, t->source, &timing.source)) != WENLU_OK)
		return r;
	place = ROOM(out, &out->facts.timing);
	if (!place)
		return full(out, call);
	*place = timing;
	out->facts.timing.n++;
	return WENLU_OK;
}

static int32_t clear_field(struct wenlu_answer *out, int32_t field)
{
	int which = lines_of(field);

	if (which >= 0) {
		facts_set_lines(&out->facts, (enum facts_lines)which, (struct line_list){NULL, 0});
		return WENLU_OK;
	}
	switch (field) {
	case WENLU_FIELD_SUMMARY:
		out->facts.summary = (struct line){VIEW_INIT(""), VIEW_INIT("")};
		return WENLU_OK;
	case WENLU_FIELD_CHANNELS:
		out->facts.channels.n = 0;
		return WENLU_OK;
	case WENLU_FIELD_DOCUMENTS:
		out->facts.documents.n = 0;
		return WENLU_OK;
	case WENLU_FIELD_TIMING:
		out->facts.timing.n = 0;
		return WENLU_OK;
	default:
		return refuse(out, "clear_field: there is no field %d", (int)field);
	}
}

/* The guide's lists are its own and exactly as long as they are: make room to add to them. */
#define WIDEN(out, list)                                                                           \
	do {                                                                                       \
		void *wide_ = arena_array((out)->arena, LIMIT_GUIDE_LIST, sizeof(*(list)->items)); \
		if ((list)->n)                                                                     \
			memcpy(wide_, (list)->items, (list)->n * sizeof(*(list)->items));          \
		(list)->items = wide_;                                                             \
	} while (0)

static int32_t fill_from_guide(struct wenlu_answer *out, const char *intent)
{
	struct view wanted = intent ? view_make(intent, strnlen(intent, 256)) : out->intent;
	const struct guide_topic *topic = guide_topic_find(out->guide, wanted);

	if (!topic)
		return refuse(out, "fill_from_guide: the guide has no topic '%.*s'",
			      VIEW_ARG(wanted));
	out->facts = topic->facts;
	WIDEN(out, &out->facts.channels);
	WIDEN(out, &out->facts.documents);
	WIDEN(out, &out->facts.timing);
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list list = facts_lines(&out->facts, (enum facts_lines)which);

		WIDEN(out, &list);
		facts_set_lines(&out->facts, (enum facts_lines)which, list);
	}
	return WENLU_OK;
}

static int32_t set_max_age(struct wenlu_answer *out, int32_t ms)
{
	if (ms < WENLU_AGE_ALWAYS)
		return refuse(out, "set_max_age: %d is neither milliseconds nor WENLU_AGE_ALWAYS",
			      (int)ms);
	out->max_age_ms = ms;
	return WENLU_OK;
}

int32_t answer_ask_for(struct wenlu_answer *out, const char *name, const char *text,
		       const char *source)
{
	static const char call[] = "ask_for";
	struct view figure = view_make(name, name ? strnlen(name, PACKET_ID + 1) : 0);
	struct inquiry q;
	int32_t r;

	if (!packet_word_ok(figure, PACKET_ID))
		return refuse(out, "%s: the figure's name is no word of plain characters", call);
	r = take(out, call, "text", text, &q.line.text);
	if (r == WENLU_OK)
		r = take_source(out, call, source, &q.line.source);
	if (r != WENLU_OK || out->inquiry.figure.len)
		return r;
	q.figure = arena_copy(out->arena, figure);
	out->inquiry = q;
	return WENLU_OK;
}

void answer_fill_table(struct wenlu_host *table)
{
	table->fill_from_guide = fill_from_guide;
	table->clear_field = clear_field;
	table->set_summary = set_summary;
	table->add_line = add_line;
	table->add_step = add_step;
	table->add_channel = add_channel;
	table->add_document = add_document;
	table->add_timing = add_timing;
	table->set_max_age = set_max_age;
}
