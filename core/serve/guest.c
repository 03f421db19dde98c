/* SPDX-License-Identifier: Apache-2.0 */
/* guest.c - a conversation that is passed on: the end that owns it. */
#include <stdlib.h>

#include "serve/http.h"
#include "serve/relay_inside.h"
#include "serve/resume.h"

/* Bytes of replies that may wait on one link. */
#define FRAMES_MAX (16 << 20)
#define GUESTS_MAX (1 << 20)

static void guest_free(struct way *w, struct guest *g)
{
	w->guests.items[(uint32_t)g->id] = NULL;
	conn_free(g->conn);
	free(g);
}

void guests_end(struct way *w)
{
	for (size_t i = 0; i < w->guests.n; i++)
		if (w->guests.items[i])
			guest_free(w, w->guests.items[i]);
}

static struct guest *find_guest(struct way *w, uint64_t id)
{
	uint32_t place = (uint32_t)id;
	struct guest *g = place < w->guests.n ? w->guests.items[place] : NULL;

	return g && g->id == id ? g : NULL;
}

static struct guest *guest_new(struct way *w, uint64_t id, bool is_ws)
{
	uint32_t place = (uint32_t)id;
	struct guest *g;

	if (place >= GUESTS_MAX)
		return NULL;
	while (w->guests.n <= place)
		(void)vec_push(&w->guests);
	/* One whose end was lost on the way. */
	if (w->guests.items[place])
		guest_free(w, w->guests.items[place]);
	g = calloc(1, sizeof(*g));
	if (!g)
		die_oom(sizeof(*g));
	g->id = id;
	g->from = w->worker;
	g->conn = conn_new(w->relays->server, g);
	g->conn->is_ws = is_ws;
	w->guests.items[place] = g;
	return g;
}

static void take_message(struct way *w, const struct link_packet *p)
{
	struct guest *g = find_guest(w, p->id);
	struct view frame;
	uint32_t wait;

	if (!g)
		g = guest_new(w, p->id, true);
	if (!g || p->body.len < sizeof(wait) || g->conn->is_cut)
		return;
	memcpy(&wait, p->body.ptr, sizeof(wait));
	frame = view_sub(p->body, sizeof(wait), p->body.len);
	if (!g->conn->close_code && !resume_holds(g->conn, frame))
		ws_message_counted(g->conn, frame, wait);
}

static void take_request(struct way *w, const struct link_packet *p)
{
	struct guest *g = guest_new(w, p->id, false);

	if (g)
		http_take_in(g->conn, p->body);
}

void guests_take(struct way *w, const struct link_packet *p)
{
	struct guest *g;

	switch (p->type) {
	case TO_MESSAGE:
		take_message(w, p);
		break;
	case TO_REQUEST:
		take_request(w, p);
		break;
	case TO_END:
		g = find_guest(w, p->id);
		if (g)
			guest_free(w, g);
		break;
	}
}

static bool send_back(struct conn *c, uint32_t type, struct view body, size_t bound)
{
	struct guest *g = c->guest;

	return link_send(c->server->relays->ways[g->from].link, type, g->id, body, bound);
}

void guest_send(struct conn *c, struct frame *f)
{
	size_t len = frame_len(f);
	bool is_missed = c->resent_bytes >= len;

	if (is_missed)
		c->resent_bytes -= len;
	if (!send_back(c, is_missed ? BACK_MISSED : BACK_FRAME, view_make(frame_text(f), len),
		       FRAMES_MAX))
		guest_cut(c);
	frame_unref(f);
}

void guest_close(struct conn *c)
{
	send_back(c, BACK_CLOSE, view_make((const char *)&c->close_code, sizeof(c->close_code)),
		  LINK_WAITING_MAX);
}

void guest_cut(struct conn *c)
{
	c->is_cut = true;
	send_back(c, BACK_CUT, VIEW(""), LINK_WAITING_MAX);
}

void guest_writable(struct conn *c)
{
	struct http_request *r = c->http;
	struct buf *packet = &c->server->relays->packet;

	if (c->is_ws || !r || !r->out)
		return;
	buf_clear(packet);
	buf_char(packet, r->keeps_alive ? 'k' : 'c');
	buf_add(packet, frame_text(r->out), frame_len(r->out));
	if (!send_back(c, BACK_RESPONSE, buf_view(packet), FRAMES_MAX))
		guest_cut(c);
}
