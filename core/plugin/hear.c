/* SPDX-License-Identifier: Apache-2.0 */
/* hear.c - what comes from a plugin's child: answers, lines for the log, its end. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <wenlu/plugin.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "plugin/pool.h"

/* Characters that would break a log line become blanks. */
static void pass_log_on(struct runner *h, int level, struct view text)
{
	struct host_pool *p = h->pool;
	int64_t now = clock_ms();
	char *line;

	if (!p->log)
		return;
	if (now - h->log_span_start > LOG_SPAN_MS) {
		h->log_span_start = now;
		h->n_log_lines = 0;
	}
	if (h->n_log_lines++ > LOG_LINES_MOST) {
		if (h->n_log_lines > LOG_LINES_FLOOD)
			runner_fail(h, "it logs without end");
		return;
	}
	if (h->n_log_lines == LOG_LINES_MOST + 1) {
		p->log(p->log_data, h->name, WENLU_LOG_WARN,
		       VIEW("it logs too much, some lines are dropped"));
		return;
	}
	line = arena_alloc(&p->arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		line[i] = (unsigned char)text.ptr[i] < 0x20 ? ' ' : text.ptr[i];
	p->log(p->log_data, h->name, level, view_make(line, text.len));
}

static bool is_known(const struct guide *g, struct view id)
{
	return guide_source_find(g, id) != NULL;
}

/* The source of a fact that the guide does not list, if there is one. */
static bool find_unknown_source(const struct guide *g, const struct packet_answer *m,
				struct view *ret)
{
	const struct facts *f = &m->facts;

#define CHECK(v)                         \
	do {                             \
		if (!is_known(g, (v))) { \
			*ret = (v);      \
			return true;     \
		}                        \
	} while (0)
	if (f->summary.text.len)
		CHECK(f->summary.source);
	if (m->inquiry.figure.len)
		CHECK(m->inquiry.line.source);
	for (size_t i = 0; i < f->channels.n; i++)
		CHECK(f->channels.items[i].source);
	for (size_t i = 0; i < f->documents.n; i++)
		CHECK(f->documents.items[i].source);
	for (size_t i = 0; i < f->timing.n; i++)
		CHECK(f->timing.items[i].source);
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list lines = facts_lines(f, (enum facts_lines)which);

		for (size_t i = 0; i < lines.n; i++)
			CHECK(lines.items[i].source);
	}
#undef CHECK
	return false;
}

/* What the plugin said, checked, to the one who asked. */
static void take_answer(struct runner *h, const struct packet_answer *m)
{
	struct errand *a = h->sent.first;
	char reason[REASON_MAX];
	struct view id;

	if (!a || a->id != m->id) {
		runner_fail(h, "it answered what was not asked");
		return;
	}
	if (m->result == WENLU_OK && a->done &&
	    (packet_says_nothing(&m->facts, &m->inquiry) ||
	     find_unknown_source(&a->plugin->guide, m, &id))) {
		runner_fail(h, "its answer is empty or has a source that is not in its guide");
		return;
	}
	if (m->result == WENLU_EFAULT || m->result == WENLU_ENOSPC) {
		snprintf(reason, sizeof(reason), "%.*s", VIEW_ARG(utf8_clip(m->reason, 150)));
		runner_fail(h, reason[0] ? reason : "it failed and did not say why");
		return;
	}
	/* A thread of its own may still be asking. */
	runner_fetch_stop(h, false);
	queue_take(&h->sent);
	runner_begin_first(h);
	runner_go_on(h);
	if (m->result == WENLU_OK) {
		errand_finish(a, HOST_ANSWERED,
			      &(struct host_answer){m->facts, m->inquiry, m->max_age_ms}, "");
	} else if (m->result == WENLU_DEFER) {
		errand_finish(a, HOST_DEFERRED, NULL, "");
	} else if (m->result == WENLU_EBUSY && clock_ms() >= a->deadline) {
		/* The child saw that its time was over before our own timer could ring. */
		h->n_short += a->done != NULL;
		errand_finish(a, HOST_TOO_LATE, NULL, HOST_SHORT);
	} else {
		snprintf(reason, sizeof(reason), "%.*s", VIEW_ARG(utf8_clip(m->reason, 150)));
		errand_finish(a, HOST_FAILED, NULL, reason);
	}
}

static void handle(struct runner *h, const struct packet *m)
{
	char reason[REASON_MAX];

	switch (m->type) {
	case PACKET_READY:
		h->is_ready = true;
		loop_timer_stop(h->pool->loop, &h->start_timer);
		runner_begin_first(h);
		break;
	case PACKET_LOG:
		pass_log_on(h, m->log.level, m->log.text);
		break;
	case PACKET_FETCH:
		runner_fetch(h, &m->fetch);
		break;
	case PACKET_ANSWER:
		take_answer(h, &m->answer);
		break;
	case PACKET_REFUSED:
		snprintf(reason, sizeof(reason), "%.*s", VIEW_ARG(utf8_clip(m->text, 150)));
		runner_fail(h, reason);
		break;
	default:
		runner_fail(h, "its process wrote rubbish (a message out of turn)");
		break;
	}
}

/* Handle what is there, a bounded number at a time so that nobody else waits. */
void runner_on_socket(void *data, int fd, int events)
{
	struct runner *h = data;
	struct host_pool *p = h->pool;
	struct packet m;
	struct fault why;
	char reason[REASON_MAX];

	(void)events;
	for (int i = 0; i < 16 && h->is_running && h->child.socket == fd; i++) {
		ssize_t n = packet_receive(fd, p->packet, sizeof(p->packet), false);

		if (n == -EAGAIN)
			return;
		if (n == 0 || n == -ECONNRESET) {
			/* How it ended is known in a moment, from the pidfd. */
			h->is_eof = true;
			loop_io_stop(p->loop, &h->socket_io);
			child_kill(&h->child);
			if (h->child.pidfd < 0)
				runner_fail(h, "its process ended");
			return;
		}
		if (n < 0) {
			runner_fail(h, n == -EMSGSIZE ? "it wrote a message that is too large"
						      : "its process cannot be heard");
			return;
		}
		arena_reset(&p->arena);
		if (packet_parse(&p->arena, view_make(p->packet, (size_t)n), &m, &why) < 0) {
			snprintf(reason, sizeof(reason), "its process wrote rubbish (%.100s)",
				 why.text);
			runner_fail(h, reason);
			return;
		}
		handle(h, &m);
	}
}

void runner_on_pidfd(void *data, int fd, int events)
{
	struct runner *h = data;
	char text[128];
	int status;

	(void)fd;
	/* Its last words first. */
	if (!h->is_eof)
		runner_on_socket(h, h->child.socket, events);
	if (!h->is_running || h->child.pidfd != fd)
		return;
	if (!child_reap(&h->child, false, &status))
		return;
	/* The kill that followed its closing is ours, not its own end. */
	if (h->is_eof && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		runner_fail(h, "it closed its connection or was killed");
	else
		runner_fail(h, child_status_text(status, text, sizeof(text)));
}
