/* SPDX-License-Identifier: Apache-2.0 */
/* packet-put.c - writing the packets that packet.c reads: member by member, in the same order. */
#include "plugin/packet.h"

static void put_u32(struct buf *out, uint32_t v)
{
	buf_add(out, &v, sizeof(v));
}

static void put_u64(struct buf *out, uint64_t v)
{
	buf_add(out, &v, sizeof(v));
}

static void put_text(struct buf *out, struct view v)
{
	put_u32(out, (uint32_t)v.len);
	buf_view_add(out, v);
}

static void put_facts(struct buf *out, const struct facts *f)
{
	put_text(out, f->summary.text);
	put_text(out, f->summary.source);
	put_u32(out, (uint32_t)f->channels.n);
	for (size_t i = 0; i < f->channels.n; i++) {
		const struct channel *c = &f->channels.items[i];

		put_u32(out, (uint32_t)c->kind);
		put_text(out, c->name);
		put_text(out, c->path);
		put_text(out, c->url);
		put_text(out, c->source);
	}
	put_u32(out, (uint32_t)f->documents.n);
	for (size_t i = 0; i < f->documents.n; i++) {
		const struct document *d = &f->documents.items[i];

		put_text(out, d->name);
		put_text(out, d->form);
		put_text(out, d->purpose);
		put_text(out, d->source);
	}
	put_u32(out, (uint32_t)f->timing.n);
	for (size_t i = 0; i < f->timing.n; i++) {
		const struct timing *t = &f->timing.items[i];

		put_u32(out, (uint32_t)t->unit);
		put_u32(out, (uint32_t)t->min);
		put_u32(out, (uint32_t)t->max);
		put_u32(out, (uint32_t)t->legal_max);
		put_text(out, t->stage);
		put_text(out, t->text);
		put_text(out, t->source);
	}
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list lines = facts_lines(f, which);

		put_u32(out, (uint32_t)lines.n);
		for (size_t i = 0; i < lines.n; i++) {
			put_text(out, lines.items[i].text);
			put_text(out, lines.items[i].source);
		}
	}
}

static void put_about(struct buf *out, const struct packet_about *m)
{
	put_text(out, m->name);
	put_text(out, m->version);
	put_u32(out, m->guide_len);
	put_u32(out, m->abi_minor);
	put_u32(out, m->confined);
	put_u32(out, m->has_code);
	put_u32(out, (uint32_t)m->n_claims);
	for (size_t i = 0; i < m->n_claims; i++)
		put_text(out, m->claims[i]);
}

static void put_ask(struct buf *out, const struct packet_ask *m)
{
	put_u64(out, m->id);
	put_u64(out, (uint64_t)m->deadline);
	put_text(out, m->region);
	put_text(out, m->intent);
	put_text(out, m->text);
	put_u32(out, (uint32_t)m->n_slots);
	for (size_t i = 0; i < m->n_slots; i++) {
		put_text(out, m->slots[i].name);
		put_u64(out, (uint64_t)m->slots[i].value);
	}
}

static void put_fetch(struct buf *out, const struct packet_fetch *m)
{
	put_u64(out, m->ask);
	put_u32(out, m->number);
	put_u32(out, m->timeout_ms);
	put_text(out, m->method);
	put_text(out, m->url);
	put_text(out, m->body);
	put_u32(out, (uint32_t)m->n_headers);
	for (size_t i = 0; i < m->n_headers; i++)
		put_text(out, m->headers[i]);
}

void packet_put(struct buf *out, const struct packet *m)
{
	put_u32(out, m->type);
	switch (m->type) {
	case PACKET_REFUSED:
	case PACKET_GUIDE:
		put_text(out, m->text);
		break;
	case PACKET_ABOUT:
		put_about(out, &m->about);
		break;
	case PACKET_CONF:
		put_text(out, m->conf.key);
		put_text(out, m->conf.value);
		break;
	case PACKET_READY:
		break;
	case PACKET_ASK:
		put_ask(out, &m->ask);
		break;
	case PACKET_ANSWER:
		put_u64(out, m->answer.id);
		put_u32(out, (uint32_t)m->answer.result);
		put_u32(out, (uint32_t)m->answer.max_age_ms);
		put_text(out, m->answer.reason);
		put_facts(out, &m->answer.facts);
		put_text(out, m->answer.inquiry.figure);
		put_text(out, m->answer.inquiry.line.text);
		put_text(out, m->answer.inquiry.line.source);
		break;
	case PACKET_LOG:
		put_u32(out, (uint32_t)m->log.level);
		put_text(out, m->log.text);
		break;
	case PACKET_FETCH:
		put_fetch(out, &m->fetch);
		break;
	case PACKET_FETCHED:
		put_u32(out, m->fetched.number);
		put_u32(out, (uint32_t)m->fetched.result);
		put_u32(out, m->fetched.status);
		put_text(out, m->fetched.why);
		put_text(out, m->fetched.content_type);
		put_text(out, m->fetched.body);
		break;
	}
}
