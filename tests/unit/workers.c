/* SPDX-License-Identifier: Apache-2.0 */
/* workers.c - tests of what processes of the server say to each other, and of adding up figures. */
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/commands.h"
#include "serve/link.h"
#include "tap.h"

struct seen {
	size_t n, bytes, n_fds;
	uint64_t last_id;
	char last[32];
	int fd;
	bool has_ended;
};

static void on_packet(void *data, const struct link_packet *p)
{
	struct seen *s = data;

	s->n++;
	s->bytes += p->body.len;
	s->n_fds += p->n_fds;
	s->last_id = p->id;
	snprintf(s->last, sizeof(s->last), "%.*s", (int)p->body.len, p->body.ptr);
	if (p->n_fds > 0 && s->fd < 0) {
		s->fd = p->fds[p->n_fds - 1];
		p->fds[p->n_fds - 1] = -1;
	}
}

static void on_ended(void *data)
{
	((struct seen *)data)->has_ended = true;
}

struct ends {
	struct loop *loop;
	struct seen seen[2];
	struct link *link[2];
};

static void open_ends(struct ends *e)
{
	int pair[2];

	memset(e, 0, sizeof(*e));
	e->loop = loop_new(false);
	ok(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0, "a pair");
	for (int i = 0; i < 2; i++) {
		struct link_user user = {on_packet, on_ended, &e->seen[i]};

		e->seen[i].fd = -1;
		e->link[i] = link_open(e->loop, pair[i], &user);
	}
}

static void close_ends(struct ends *e)
{
	link_close(e->link[0]);
	link_close(e->link[1]);
	loop_free(e->loop);
}

static void turn_until(struct ends *e, const size_t *count, size_t n)
{
	for (int i = 0; i < 100000 && *count < n; i++)
		loop_turn(e->loop, true);
}

static void test_packets(void)
{
	struct ends e;
	char *large = calloc(1, LINK_BODY_MAX + 1);
	size_t sent = 0;

	open_ends(&e);
	ok(link_send(e.link[0], 7, 42, VIEW("hello"), 100), "a packet is sent");
	turn_until(&e, &e.seen[1].n, 1);
	is_str(e.seen[1].last, "hello", "and arrives");
	is_int((long long)e.seen[1].last_id, 42, "with its id");
	ok(!link_send(e.link[0], 7, 1, view_make(large, LINK_BODY_MAX + 1), SIZE_MAX),
	   "one that is too large is refused");
	while (sent < 1000 && link_send(e.link[0], 1, sent, view_make(large, 10000), 300000))
		sent++;
	ok(sent > 20 && sent < 1000, "what waits is bounded by whoever sends");
	turn_until(&e, &e.seen[1].n, sent + 1);
	is_int((long long)e.seen[1].n, (long long)sent + 1, "all that was sent arrives");
	is_int((long long)e.seen[1].bytes, 5 + 10000 * (long long)sent, "whole");
	is_int((long long)link_waiting(e.link[0]), 0, "then nothing waits");
	link_close(e.link[0]);
	e.link[0] = NULL;
	while (!e.seen[1].has_ended)
		loop_turn(e.loop, true);
	ok(!link_send(e.link[1], 1, 1, VIEW(""), 100), "nothing is sent to who has gone");
	close_ends(&e);
	free(large);
}

static void test_descriptors(void)
{
	struct ends e;
	int fds[200], pipes[2];
	char bytes[200] = {0}, c = 0;

	ok(pipe(pipes) == 0, "a pipe");
	for (size_t i = 0; i < 200; i++)
		fds[i] = pipes[1];
	open_ends(&e);
	link_send(e.link[0], 1, 1, VIEW("before"), 100);
	ok(link_send_fds(e.link[0], 2, 2, view_make(bytes, 200), fds, 200),
	   "descriptors are sent, more than fit into one message");
	link_send(e.link[0], 1, 3, VIEW("after"), 1000);
	turn_until(&e, &e.seen[1].n, 3);
	is_int((long long)e.seen[1].n_fds, 200, "all arrive with their packet");
	is_str(e.seen[1].last, "after", "and what follows in its order");
	ok(write(e.seen[1].fd, "x", 1) == 1 && read(pipes[0], &c, 1) == 1 && c == 'x',
	   "they are what they were");
	close(e.seen[1].fd);
	close_ends(&e);
	close(pipes[0]);
	close(pipes[1]);
}

static void test_rubbish(void)
{
	struct seen seen = {.fd = -1};
	struct link_user user = {on_packet, on_ended, &seen};
	uint32_t head[6] = {3, 1, 0, 0, 0, 0};
	char bytes[27];

	memcpy(bytes, head, sizeof(head));
	memcpy(bytes + 24, "abc", 3);
	is_int(link_parse(view_make(bytes, 27), &user), 27, "a packet is read");
	is_int(link_parse(view_make(bytes, 26), &user), 0, "half a one is waited for");
	bytes[3] = 0x7f;
	ok(link_parse(view_make(bytes, 27), &user) < 0, "an endless one is rubbish");
	bytes[3] = 0;
	bytes[16] = 1;
	ok(link_parse(view_make(bytes, 27), &user) < 0, "so is one that promises descriptors");
	is_int((long long)seen.n, 1, "nothing of it was taken");
}

static void test_metrics(void)
{
	struct view texts[] = {
	    VIEW("# HELP wenlu_asks_total A.\n# TYPE wenlu_asks_total counter\n"
		 "wenlu_asks_total 3\n# HELP wenlu_generation G.\n"
		 "# TYPE wenlu_generation gauge\nwenlu_generation 5\n"),
	    VIEW(""),
	    VIEW("# HELP wenlu_asks_total A.\n# TYPE wenlu_asks_total counter\n"
		 "wenlu_asks_total 4\n# HELP wenlu_generation G.\n"
		 "# TYPE wenlu_generation gauge\nwenlu_generation 6\n"
		 "# HELP wenlu_feedback_total F.\n# TYPE wenlu_feedback_total counter\n"
		 "wenlu_feedback_total{intent=\"a b\",value=\"up\"} 2\n"),
	};
	struct buf out = BUF_INIT;

	metrics_merge(texts, 3, &out);
	is_str(out.ptr,
	       "# HELP wenlu_asks_total A.\n# TYPE wenlu_asks_total counter\nwenlu_asks_total 7\n"
	       "# HELP wenlu_generation G.\n# TYPE wenlu_generation gauge\nwenlu_generation 6\n"
	       "# HELP wenlu_feedback_total F.\n# TYPE wenlu_feedback_total counter\n"
	       "wenlu_feedback_total{intent=\"a b\",value=\"up\"} 2\n",
	       "figures are added up, but not those that all have in common");
	buf_done(&out);
}

int main(void)
{
	test_packets();
	test_descriptors();
	test_rubbish();
	test_metrics();
	return done();
}
