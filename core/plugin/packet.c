/* SPDX-License-Identifier: Apache-2.0 */
/* packet.c - reading the packets between the server and a plugin's process, and sending them. */
#include "plugin/packet.h"

#include <errno.h>
#include <sys/socket.h>
#include <wenlu/plugin.h>

#include "base/utf8.h"

/* ---- reading: the first fault sticks, everything after it reads as empty ---- */

struct reader {
	struct view rest;
	struct arena *arena;
	struct fault *why;
	bool is_bad;
};

static void bad(struct reader *r, const char *field, const char *what)
{
	if (!r->is_bad)
		fault_set(r->why, "%s: %s", field, what);
	r->is_bad = true;
	r->rest.len = 0;
}

static void get_bytes(struct reader *r, const char *field, void *out, size_t len)
{
	memset(out, 0, len);
	if (r->rest.len < len) {
		bad(r, field, "the message ends too early");
		return;
	}
	memcpy(out, r->rest.ptr, len);
	r->rest = view_sub(r->rest, len, r->rest.len);
}

static uint32_t get_u32(struct reader *r, const char *field)
{
	uint32_t v;

	get_bytes(r, field, &v, sizeof(v));
	return v;
}

static uint64_t get_u64(struct reader *r, const char *field)
{
	uint64_t v;

	get_bytes(r, field, &v, sizeof(v));
	return v;
}

static struct view get_raw(struct reader *r, const char *field, size_t max)
{
	size_t len = get_u32(r, field);
	struct view v;

	if (len > r->rest.len)
		bad(r, field, "the message ends too early");
	else if (len > max)
		bad(r, field, "too long");
	if (r->is_bad)
		return VIEW("");
	v = view_sub(r->rest, 0, len);
	r->rest = view_sub(r->rest, len, r->rest.len);
	return v;
}

static struct view get_text(struct reader *r, const char *field, size_t max)
{
	struct view v = get_raw(r, field, max);

	if (!packet_text_ok(v, max)) {
		bad(r, field, "not UTF-8, or a control character in it");
		return VIEW("");
	}
	return v;
}

static struct view get_some(struct reader *r, const char *field, size_t max)
{
	struct view v = get_text(r, field, max);

	if (!v.len)
		bad(r, field, "is empty");
	return v;
}

/* A count of members that take at least `least` bytes each: no room is made for what cannot be. */
static size_t get_count(struct reader *r, const char *field, size_t max, size_t least)
{
	size_t n = get_u32(r, field);

	if (n > max)
		bad(r, field, "too many");
	else if (n > r->rest.len / least)
		bad(r, field, "the message ends too early");
	return r->is_bad ? 0 : n;
}

static int32_t get_range(struct reader *r, const char *field, int32_t least, int32_t most)
{
	int32_t v = (int32_t)get_u32(r, field);

	if (v < least || v > most) {
		bad(r, field, "out of range");
		return least;
	}
	return v;
}

#define FIGURE_MAX 1000000

static void get_channels(struct reader *r, struct facts *f)
{
	size_t n = get_count(r, "channels", LIMIT_GUIDE_LIST, 20);
	struct channel *items = ARENA_ARRAY(r->arena, n, struct channel);

	for (size_t i = 0; i < n; i++) {
		items[i].kind = get_range(r, "channel.kind", 0, CHANNEL_KINDS - 1);
		items[i].name = get_some(r, "channel.name", LIMIT_GUIDE_TEXT);
		items[i].path = get_text(r, "channel.path", LIMIT_GUIDE_TEXT);
		items[i].url = get_text(r, "channel.url", LIMIT_GUIDE_TEXT);
		items[i].source = get_some(r, "channel.source", PACKET_ID);
		if (!packet_url_ok(items[i].url))
			bad(r, "channel.url", "does not begin with https:// or http://");
	}
	f->channels.items = items;
	f->channels.n = n;
}

static void get_documents(struct reader *r, struct facts *f)
{
	size_t n = get_count(r, "documents", LIMIT_GUIDE_LIST, 16);
	struct document *items = ARENA_ARRAY(r->arena, n, struct document);

	for (size_t i = 0; i < n; i++) {
		items[i].name = get_some(r, "document.name", LIMIT_GUIDE_TEXT);
		items[i].form = get_text(r, "document.form", LIMIT_GUIDE_TEXT);
		items[i].purpose = get_text(r, "document.for", LIMIT_GUIDE_TEXT);
		items[i].source = get_some(r, "document.source", PACKET_ID);
	}
	f->documents.items = items;
	f->documents.n = n;
}

static void get_timing(struct reader *r, struct facts *f)
{
	size_t n = get_count(r, "timing", LIMIT_GUIDE_LIST, 28);
	struct timing *items = ARENA_ARRAY(r->arena, n, struct timing);

	for (size_t i = 0; i < n; i++) {
		items[i].unit = get_range(r, "timing.unit", 0, UNIT_KINDS - 1);
		items[i].min = get_range(r, "timing.min", -1, FIGURE_MAX);
		items[i].max = get_range(r, "timing.max", -1, FIGURE_MAX);
		items[i].legal_max = get_range(r, "timing.legal_max", -1, FIGURE_MAX);
		items[i].stage = get_text(r, "timing.stage", LIMIT_GUIDE_TEXT);
		items[i].text = get_text(r, "timing.text", LIMIT_GUIDE_TEXT);
		items[i].source = get_some(r, "timing.source", PACKET_ID);
	}
	f->timing.items = items;
	f->timing.n = n;
}

static void get_facts(struct reader *r, struct facts *f)
{
	f->summary.text = get_text(r, "summary", LIMIT_GUIDE_TEXT);
	f->summary.source = get_text(r, "summary.source", PACKET_ID);
	if (f->summary.text.len && !f->summary.source.len)
		bad(r, "summary.source", "is empty");
	get_channels(r, f);
	get_documents(r, f);
	get_timing(r, f);
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		const char *name = facts_lines_name(which);
		size_t n = get_count(r, name, LIMIT_GUIDE_LIST, 8);
		struct line *items = ARENA_ARRAY(r->arena, n, struct line);

		for (size_t i = 0; i < n; i++) {
			items[i].text = get_some(r, name, LIMIT_GUIDE_TEXT);
			items[i].source = get_some(r, name, PACKET_ID);
		}
		facts_set_lines(f, which, (struct line_list){items, n});
	}
}

static struct view get_word(struct reader *r, const char *field)
{
	struct view v = get_raw(r, field, PACKET_ID);

	if (!packet_word_ok(v, PACKET_ID)) {
		bad(r, field, "is no word of plain characters");
		return VIEW("");
	}
	return v;
}

/* All empty, or a figure and who says that it counts; the sentence may be left to the matter. */
static void get_inquiry(struct reader *r, struct inquiry *q)
{
	q->figure = get_text(r, "ask.figure", PACKET_ID);
	q->line.text = get_text(r, "ask.text", LIMIT_GUIDE_TEXT);
	q->line.source = get_text(r, "ask.source", PACKET_ID);
	if (q->figure.len && !packet_word_ok(q->figure, PACKET_ID))
		bad(r, "ask.figure", "is no word of plain characters");
	if (!q->figure.len && (q->line.text.len || q->line.source.len))
		bad(r, "ask.figure", "is empty");
	if (q->figure.len && !q->line.source.len)
		bad(r, "ask.source", "is empty");
}

static void get_about(struct reader *r, struct packet_about *m)
{
	struct view *claims;

	m->name = get_word(r, "name");
	m->version = get_text(r, "version", PACKET_ID);
	if (m->version.len && !packet_word_ok(m->version, PACKET_ID))
		bad(r, "version", "is no word of plain characters");
	m->guide_len = (uint32_t)get_range(r, "guide_len", 1, LIMIT_YAML_BYTES);
	m->abi_minor = get_u32(r, "abi_minor");
	m->confined = get_u32(r, "confined");
	m->has_code = get_range(r, "has_code", 0, 1);
	m->n_claims = get_count(r, "claims", PACKET_CLAIMS, 4);
	claims = ARENA_ARRAY(r->arena, m->n_claims, struct view);
	for (size_t i = 0; i < m->n_claims; i++)
		claims[i] = get_word(r, "claims");
	m->claims = claims;
}

static void get_ask(struct reader *r, struct packet_ask *m)
{
	struct packet_slot *slots;

	m->id = get_u64(r, "id");
	m->deadline = (int64_t)get_u64(r, "deadline");
	m->region = get_some(r, "region", PACKET_ID);
	m->intent = get_some(r, "intent", PACKET_ID);
	m->text = get_text(r, "text", LIMIT_HOST_MESSAGE);
	m->n_slots = get_count(r, "slots", PACKET_SLOTS, 12);
	slots = ARENA_ARRAY(r->arena, m->n_slots, struct packet_slot);
	for (size_t i = 0; i < m->n_slots; i++) {
		slots[i].name = get_some(r, "slot", PACKET_ID);
		slots[i].value = (int64_t)get_u64(r, "slot");
	}
	m->slots = slots;
}

static void get_answer(struct reader *r, struct packet_answer *m)
{
	m->id = get_u64(r, "id");
	m->result = get_range(r, "result", WENLU_ENOSPC, WENLU_DEFER);
	m->max_age_ms = get_range(r, "max_age_ms", WENLU_AGE_ALWAYS, INT32_MAX);
	m->reason = get_text(r, "reason", FAULT_TEXT_MAX);
	get_facts(r, &m->facts);
	get_inquiry(r, &m->inquiry);
}

static void get_fetch(struct reader *r, struct packet_fetch *m)
{
	struct view *headers;

	m->ask = get_u64(r, "ask");
	m->number = get_u32(r, "number");
	m->timeout_ms = get_u32(r, "timeout_ms");
	m->method = get_word(r, "method");
	m->url = get_some(r, "url", PACKET_URL);
	m->body = get_raw(r, "body", WENLU_HTTP_SENT_MAX);
	m->n_headers = get_count(r, "headers", WENLU_HTTP_HEADERS_MAX, 4);
	headers = ARENA_ARRAY(r->arena, m->n_headers, struct view);
	for (size_t i = 0; i < m->n_headers; i++)
		headers[i] = get_some(r, "header", PACKET_URL);
	m->headers = headers;
}

static void get_fetched(struct reader *r, struct packet_fetched *m)
{
	m->number = get_u32(r, "number");
	m->result = get_range(r, "result", WENLU_ENOSPC, WENLU_OK);
	m->status = get_u32(r, "status");
	m->why = get_text(r, "why", FAULT_TEXT_MAX);
	m->content_type = get_text(r, "content_type", PACKET_URL);
	m->body = get_raw(r, "body", WENLU_HTTP_BODY_MAX);
}

int packet_parse(struct arena *a, struct view bytes, struct packet *ret, struct fault *why)
{
	struct reader r = {.rest = bytes, .arena = a, .why = why};
	struct packet m = {.type = 0};

	m.type = (enum packet_type)get_range(&r, "type", PACKET_REFUSED, PACKET_FETCHED);
	switch (m.type) {
	case PACKET_REFUSED:
		m.text = get_some(&r, "reason", FAULT_TEXT_MAX);
		break;
	case PACKET_GUIDE:
		/* A piece may end inside a character; the whole is looked at by its reader. */
		m.text = get_raw(&r, "guide", PACKET_PIECE);
		break;
	case PACKET_ABOUT:
		get_about(&r, &m.about);
		break;
	case PACKET_CONF:
		m.conf.key = get_some(&r, "key", PACKET_ID);
		m.conf.value = get_text(&r, "value", LIMIT_GUIDE_TEXT);
		break;
	case PACKET_READY:
		break;
	case PACKET_ASK:
		get_ask(&r, &m.ask);
		break;
	case PACKET_ANSWER:
		get_answer(&r, &m.answer);
		break;
	case PACKET_LOG:
		m.log.level = get_range(&r, "level", WENLU_LOG_ERROR, WENLU_LOG_DEBUG);
		m.log.text = get_text(&r, "text", LIMIT_GUIDE_TEXT);
		break;
	case PACKET_FETCH:
		get_fetch(&r, &m.fetch);
		break;
	case PACKET_FETCHED:
		get_fetched(&r, &m.fetched);
		break;
	}
	if (!r.is_bad && r.rest.len)
		bad(&r, "message", "goes on behind its end");
	if (r.is_bad)
		return -EBADMSG;
	*ret = m;
	return 0;
}

bool packet_text_ok(struct view text, size_t max)
{
	if (text.len > max || !utf8_is_valid(text, NULL))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

bool packet_word_ok(struct view word, size_t max)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] <= ' ' || word.ptr[i] > '~')
			return false;
	return word.len > 0 && word.len <= max;
}

bool packet_url_ok(struct view url)
{
	return !url.len || view_starts(url, VIEW("https://")) || view_starts(url, VIEW("http://"));
}

/* ---- the socket ---- */

int packet_send(int fd, struct view packet, bool wait)
{
	ssize_t n;

	do
		n = send(fd, packet.ptr, packet.len, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	return (size_t)n == packet.len ? 0 : -EMSGSIZE;
}

ssize_t packet_receive(int fd, char *buf, size_t cap, bool wait)
{
	ssize_t n;

	/* With MSG_TRUNC the true length comes back, also of what did not fit. */
	do
		n = recv(fd, buf, cap, MSG_TRUNC | (wait ? 0 : MSG_DONTWAIT));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	return (size_t)n > cap ? -EMSGSIZE : n;
}
