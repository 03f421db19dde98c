/* SPDX-License-Identifier: Apache-2.0 */
/*
 * resume.c - what happens between a hello and the store's answer.
 *
 * After a restart all clients come back at once, so nobody waits for a disk here: the connection
 * goes on being read, and what it sends meanwhile is taken up in its order once the store answered.
 */
#include "serve/resume.h"

#include <stdlib.h>

/* So many numbers may have been given out in what a sudden end of the process took with it. */
#define SEQ_LOST_MAX 1000
/* Frames that wait while the store is asked. */
#define HELD_MAX 16

struct resume {
	struct conn *conn;
	uint64_t fetch_id;
	uint64_t seq; /* the last one that the client has seen */
	size_t n_held;
	struct buf held; /* frames, each behind its length */
	unsigned id_len;
	char id[LIMIT_ID_BYTES_MAX];
};

static void count_one(void *data, struct frame *f)
{
	(void)f;
	++*(size_t *)data;
}

/* The replies of before the restart, unless newer ones are there. */
static void restore_replies(struct server *s, struct view token, const struct record *record)
{
	size_t n = 0;

	replay_each(s->replay, token, 0, count_one, &n);
	for (size_t i = 0; n == 0 && i < record->replies.n; i++) {
		const struct record_reply *reply = &record->replies.items[i];
		struct frame *f = frame_new(&s->frames);

		buf_add(&f->buf, record->text.ptr + reply->at, reply->len);
		replay_add(s->replay, token, reply->seq, 0, f);
		frame_unref(f);
	}
}

/* The one who comes back may have seen more than was saved: no number is given out twice. */
static void skip_seen(struct session *session, uint64_t seen)
{
	if (seen > session->seq && seen - session->seq <= SEQ_LOST_MAX)
		session->seq = seen;
}

static void take_up(struct conn *c, const struct buf *held)
{
	size_t at = 0, len;

	while (at < held->len) {
		memcpy(&len, held->ptr + at, sizeof(len));
		ws_message(c, view_make(held->ptr + at + sizeof(len), len));
		at += sizeof(len) + len;
	}
}

static void on_fetched(void *data, struct session *session, const struct record *record)
{
	struct resume *r = data;
	struct conn *c = r->conn;

	c->resume = NULL;
	if (session) {
		restore_replies(c->server, view_of(session->token), record);
		skip_seen(session, r->seq);
	}
	ws_resumed(c, session, view_make(r->id, r->id_len), r->seq);
	take_up(c, &r->held);
	if (r->held.ptr)
		explicit_bzero(r->held.ptr, r->held.cap);
	buf_done(&r->held);
	free(r);
}

bool resume_begin(struct conn *c, const struct message *hello)
{
	struct resume *r;

	if (!c->server->store || hello->session.len != SESSION_TOKEN_LEN)
		return false;
	r = calloc(1, sizeof(*r));
	if (!r)
		die_oom(sizeof(*r));
	r->conn = c;
	r->seq = hello->seq;
	r->id_len = (unsigned)(hello->id.len < sizeof(r->id) ? hello->id.len : sizeof(r->id));
	if (r->id_len)
		memcpy(r->id, hello->id.ptr, r->id_len);
	c->resume = r;
	r->fetch_id =
	    sessions_fetch(engine_sessions(c->server->engine), hello->session, on_fetched, r);
	return true;
}

bool resume_holds(struct conn *c, struct view frame)
{
	struct resume *r = c->resume;

	if (!r)
		return false;
	if (r->n_held == HELD_MAX) {
		ws_error(c, VIEW(""), "too_many_pending", "前面的消息还在处理，请稍后再发。");
		return true;
	}
	r->n_held++;
	buf_add(&r->held, &frame.len, sizeof(frame.len));
	buf_view_add(&r->held, frame);
	return true;
}

void resume_done(struct conn *c)
{
	struct resume *r = c->resume;

	if (!r)
		return;
	sessions_fetch_cancel(engine_sessions(c->server->engine), r->fetch_id);
	if (r->held.ptr)
		explicit_bzero(r->held.ptr, r->held.cap);
	buf_done(&r->held);
	free(r);
	c->resume = NULL;
}
