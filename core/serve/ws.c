/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ws.c - messages of wenlu.v1 over WebSocket.
 *
 * A welcome with a new conversation's token is sent at once. A client that comes back says hello
 * with its old token and the number of the last reply it saw; it gets a second welcome and what it
 * missed. Errors are numbered like replies but not kept for later.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "serve/feedback.h"
#include "serve/relay.h"
#include "serve/resume.h"
#include "wire/json.h"

#define SUGGESTIONS_MAX 8

static struct session *session_of(struct conn *c)
{
	struct sessions *all = engine_sessions(c->server->engine);
	struct session *session = sessions_find(all, view_of(c->token));

	/* It made room for others meanwhile: a new one, whose token goes out with the reply. */
	if (!session) {
		session = sessions_open(all, clock_wall_ms());
		memcpy(c->token, session->token, sizeof(c->token));
	}
	return session;
}

static struct reply_envelope envelope_of(struct conn *c, struct view reply_to, bool counts)
{
	struct session *session = session_of(c);

	return (struct reply_envelope){
	    .seq = counts ? ++session->seq : session->seq,
	    .reply_to = reply_to,
	    .session = view_of(c->token),
	};
}

/* The part all our own messages begin with; the caller goes on with a comma and closes. */
static void begin(struct buf *out, const char *type, const struct reply_envelope *e)
{
	buf_printf(out, "{\"type\":\"%s\",\"seq\":%llu", type, (unsigned long long)e->seq);
	if (e->reply_to.len > 0) {
		buf_str(out, ",\"reply_to\":");
		json_string(out, e->reply_to);
	}
	buf_str(out, ",\"session\":");
	json_string(out, e->session);
}

/* [{"text":"…"},…] */
static void put_texts(struct buf *out, const struct view *texts, size_t n)
{
	buf_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		buf_str(out, i ? ",{\"text\":" : "{\"text\":");
		json_string(out, texts[i]);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void send_welcome(struct conn *c, struct view reply_to, bool resumed)
{
	struct server *s = c->server;
	const struct view *openers;
	size_t n_openers = engine_openers(s->engine, &openers);
	struct reply_envelope e = envelope_of(c, reply_to, false);
	struct frame *f = frame_new(&s->frames);
	struct buf words = BUF_INIT;

	begin(&f->buf, "welcome", &e);
	buf_printf(&f->buf,
		   ",\"resumed\":%s,\"protocol\":\"wenlu.v1\",\"limits\":{"
		   "\"question_bytes\":%lld,\"frame_bytes\":%lld,\"id_bytes\":%lld,"
		   "\"pending_asks\":%lld},\"text\":",
		   resumed ? "true" : "false", (long long)s->settings->max_question_bytes,
		   (long long)s->settings->max_frame_bytes, (long long)s->settings->max_id_bytes,
		   (long long)s->settings->max_pending_asks);
	if (resumed)
		buf_str(&words, "欢迎回来，请继续提问。");
	else
		engine_say(s->engine, "welcome", &words);
	json_string(&f->buf, buf_view(&words));
	buf_done(&words);
	buf_str(&f->buf, ",\"related\":");
	put_texts(&f->buf, openers, n_openers);
	buf_char(&f->buf, '}');
	conn_send(c, f);
}

void ws_error(struct conn *c, struct view reply_to, const char *code, const char *fmt, ...)
{
	struct reply_envelope e = envelope_of(c, reply_to, true);
	struct frame *f = frame_new(&c->server->frames);
	char text[240];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	error_write(&f->buf, code, text, &e);
	conn_send(c, f);
}

static void rate_error(struct conn *c, unsigned wait)
{
	struct reply_envelope e = envelope_of(c, VIEW(""), true);
	struct frame *f = frame_new(&c->server->frames);
	char text[120];

	snprintf(text, sizeof(text), "提问太频繁，请 %u 秒后再试。", wait);
	error_write(&f->buf, "rate_limited", text, &e);
	/* One field more than errors have: programs should not have to read the sentence. */
	f->buf.len--;
	buf_printf(&f->buf, ",\"retry_after\":%u}", wait);
	conn_send(c, f);
}

void ws_open(struct conn *c)
{
	struct session *session =
	    sessions_open(engine_sessions(c->server->engine), clock_wall_ms());

	memcpy(c->token, session->token, sizeof(c->token));
	send_welcome(c, VIEW(""), false);
}

static void count_bytes(void *data, struct frame *f)
{
	*(size_t *)data += frame_len(f);
}

static void resend(void *data, struct frame *f)
{
	conn_send(data, frame_ref(f));
}

void ws_resumed(struct conn *c, struct session *session, struct view reply_to, uint64_t seen)
{
	struct server *s = c->server;

	if (session) {
		memcpy(c->token, session->token, sizeof(c->token));
		c->resumed_seq = session->seq;
		s->counts.ws_resumed++;
	}
	send_welcome(c, reply_to, session != NULL);
	if (session) {
		/* What was missed goes out at once, whatever its size: it is kept anyway. */
		c->resent_bytes = 0;
		replay_each(s->replay, view_of(c->token), seen, count_bytes, &c->resent_bytes);
		replay_each(s->replay, view_of(c->token), seen, resend, c);
		asks_take_over(c);
	}
}

static void on_hello(struct conn *c, const struct message *m)
{
	struct session *session =
	    m->session.len == SESSION_TOKEN_LEN
		? sessions_find(engine_sessions(c->server->engine), m->session)
		: NULL;

	if (session || !resume_begin(c, m))
		ws_resumed(c, session, m->id, m->seq);
}

static void on_ask(struct conn *c, const struct message *m)
{
	struct server *s = c->server;
	struct session *session = session_of(c);

	if (ask_repeat(c, m, session))
		return;
	if (c->n_pending >= (unsigned)s->settings->max_pending_asks) {
		ws_error(c, m->id, "too_many_pending",
			 "前面还有 %u 个问题没有答复，请等答复后再问。", c->n_pending);
		return;
	}
	if (s->is_draining) {
		ws_error(c, m->id, "draining", "服务正在重启，请稍后重新连接。");
		return;
	}
	ask_start(c, m, session_of(c));
}

static void on_suggest(struct conn *c, const struct message *m)
{
	struct server *s = c->server;
	struct view found[SUGGESTIONS_MAX];
	size_t n = engine_suggest(s->engine, &s->scratch, m->text, found, SUGGESTIONS_MAX);
	struct reply_envelope e = envelope_of(c, m->id, true);
	struct frame *f = frame_new(&s->frames);

	begin(&f->buf, "suggestions", &e);
	buf_str(&f->buf, ",\"suggestions\":");
	put_texts(&f->buf, found, n);
	buf_char(&f->buf, '}');
	conn_send(c, f);
}

static void on_feedback(struct conn *c, const struct message *m)
{
	struct reply_envelope e;
	struct frame *f;

	if (feedback_take(c->server, m, session_of(c)) < 0) {
		ws_error(c, m->id, "too_long", "反馈太长，最多 %d 字节，请缩短后再发。",
			 FEEDBACK_TEXT_MAX);
		return;
	}
	e = envelope_of(c, m->id, true);
	f = frame_new(&c->server->frames);
	begin(&f->buf, "noted", &e);
	buf_str(&f->buf, ",\"text\":\"谢谢您的反馈。\"}");
	conn_send(c, f);
}

static void dispatch(struct conn *c, const struct message *m)
{
	switch (m->type) {
	case MESSAGE_HELLO:
		on_hello(c, m);
		break;
	case MESSAGE_ASK:
	case MESSAGE_CHOOSE:
		on_ask(c, m);
		break;
	case MESSAGE_FEEDBACK:
		on_feedback(c, m);
		break;
	case MESSAGE_SUGGEST:
		on_suggest(c, m);
		break;
	}
}

void ws_message(struct conn *c, struct view frame)
{
	if (!resume_holds(c, frame) && !relay_takes(c, frame))
		ws_message_counted(c, frame, conn_take_message(c));
}

void ws_message_counted(struct conn *c, struct view frame, unsigned wait)
{
	struct server *s = c->server;
	struct message m = {.id = VIEW("")};
	struct message_fault why;

	if (wait > 0) {
		rate_error(c, wait);
		return;
	}
	if (message_read(&s->scratch, frame, (size_t)s->settings->max_id_bytes, &m, &why) < 0) {
		s->counts.bad_messages++;
		ws_error(c, m.id, why.code, "%s", why.text);
	} else {
		dispatch(c, &m);
	}
	arena_wipe(&s->scratch);
}
