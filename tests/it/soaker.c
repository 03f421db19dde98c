/* SPDX-License-Identifier: Apache-2.0 */
/*
 * soaker.c - many conversations at once that ask without a pause, and a count of what became of it.
 *
 *	soaker PORT SECONDS CONNECTIONS FLOOR QUESTION[=WORDS]…
 *
 * Ends after that time, or at SIGTERM. Each connection asks the questions in turn, the next when it
 * has the reply. At the end one line: "asked N answered N degraded N disturbed N wrong N lost N
 * slowest MS".
 * Wrong is a reply to something else, without an answer, or without the WORDS; a # in them stands
 * for a number, which must not be smaller than the one the file FLOOR held when the question was
 * asked: what was live by then must be what answers. Degraded is an answer that says a plugin did
 * not; disturbed is one that has not the WORDS because a plugin did not, which is healthy but had
 * not the time on a machine that is too busy; lost is a question without a reply, or a connection
 *that ended.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ROOM        65536
#define PATIENCE_MS 300000

struct question {
	const char *text;
	const char *words; /* before the number, or all; "" if anything will do */
	const char *after; /* behind the number; NULL if there is none */
};

struct talk {
	int fd;
	bool is_open, is_waiting;
	unsigned long id;
	const struct question *question;
	long floor; /* when it was asked */
	int64_t since;
	char in[ROOM];
	size_t n;
};

static volatile sig_atomic_t is_over;
static unsigned long asked, answered, degraded, disturbed, wrong, lost;
static int64_t slowest;
static int floor_fd;

static void on_end(int signal)
{
	(void)signal;
	is_over = 1;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool send_all(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		ssize_t w = send(fd, p, n, MSG_NOSIGNAL);

		if (w < 0)
			return false;
		p += w;
		n -= (size_t)w;
	}
	return true;
}

/* A masked text frame; the mask is 0, which is one. */
static bool send_text(int fd, const char *text)
{
	size_t n = strlen(text);
	unsigned char head[8] = {0x81, 0xfe, (unsigned char)(n >> 8), (unsigned char)n};

	return send_all(fd, head, 8) && send_all(fd, text, n);
}

static void read_question(char *arg, struct question *ret)
{
	char *words = strchr(arg, '='), *number = words ? strchr(words, '#') : NULL;

	*ret = (struct question){arg, words ? words + 1 : "", number ? number + 1 : NULL};
	if (words)
		*words = '\0';
	if (number)
		*number = '\0';
}

static long read_floor(void)
{
	char text[24];
	ssize_t n = pread(floor_fd, text, sizeof(text) - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	return atol(text);
}

static void ask(struct talk *t, const struct question *questions, int n)
{
	static unsigned long last_id;
	char text[2048];

	t->id = ++last_id;
	t->question = &questions[t->id % (unsigned long)n];
	t->floor = read_floor();
	snprintf(text, sizeof(text), "{\"type\":\"ask\",\"id\":\"%lu\",\"text\":\"%s\"}", t->id,
		 t->question->text);
	t->since = now_ms();
	t->is_waiting = true;
	asked++;
	if (!send_text(t->fd, text))
		t->is_open = false;
}

static bool is_right(const struct talk *t, const char *reply)
{
	const struct question *q = t->question;
	const char *found = strstr(reply, q->words);
	char *end;

	if (!strstr(reply, "\"type\":\"answer\"") || !found)
		return false;
	if (!q->after)
		return true;
	found += strlen(q->words);
	return strtol(found, &end, 10) >= t->floor && end > found &&
	       strncmp(end, q->after, strlen(q->after)) == 0;
}

static void judge(struct talk *t, const char *reply)
{
	/* Words of the notice in wording/zh.yaml. */
	bool has_notice = strstr(reply, "查询程序暂时没有回应") != NULL;
	char wanted[64];
	int64_t took = now_ms() - t->since;

	snprintf(wanted, sizeof(wanted), "\"reply_to\":\"%lu\"", t->id);
	if (!strstr(reply, wanted))
		return; /* the welcome */
	t->is_waiting = false;
	if (took > slowest)
		slowest = took;
	if (!is_right(t, reply) && has_notice && !t->question->after) {
		answered++;
		disturbed++;
		return;
	}
	if (!is_right(t, reply)) {
		wrong++;
		fprintf(stderr, "wrong (floor %ld): %.600s\n", t->floor, reply);
		return;
	}
	answered++;
	degraded += has_notice;
}

static void take_frames(struct talk *t)
{
	while (t->n >= 2) {
		size_t head = 2, len = (unsigned char)t->in[1] & 0x7f;
		char keep;

		if (len == 126) {
			if (t->n < 4)
				return;
			len = (size_t)(unsigned char)t->in[2] << 8 | (unsigned char)t->in[3];
			head = 4;
		}
		if (t->n < head + len || head + len >= ROOM)
			return;
		keep = t->in[head + len];
		t->in[head + len] = '\0';
		if ((t->in[0] & 0x0f) == 1)
			judge(t, t->in + head);
		else if ((t->in[0] & 0x0f) == 8)
			t->is_open = false;
		t->in[head + len] = keep;
		memmove(t->in, t->in + head + len, t->n - head - len);
		t->n -= head + len;
	}
}

static void receive(struct talk *t)
{
	ssize_t n = recv(t->fd, t->in + t->n, ROOM - 1 - t->n, 0);

	if (n <= 0) {
		t->is_open = false;
		return;
	}
	t->n += (size_t)n;
	take_frames(t);
}

static bool open_talk(struct talk *t, int port)
{
	static const char hello[] =
	    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
	    "Sec-WebSocket-Protocol: wenlu.v1\r\n\r\n";
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	char *end;

	t->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(t->fd, (struct sockaddr *)&to, sizeof(to)) < 0 ||
	    !send_all(t->fd, hello, sizeof(hello) - 1))
		return false;
	t->is_open = true;
	for (;;) {
		ssize_t n = recv(t->fd, t->in + t->n, ROOM - 1 - t->n, 0);

		if (n <= 0)
			return false;
		t->n += (size_t)n;
		t->in[t->n] = '\0';
		end = strstr(t->in, "\r\n\r\n");
		if (end)
			break;
	}
	if (!strstr(t->in, " 101 "))
		return false;
	end += 4;
	t->n -= (size_t)(end - t->in);
	memmove(t->in, end, t->n);
	take_frames(t);
	return true;
}

static void finish(struct talk *t)
{
	if (t->is_waiting || !t->is_open)
		lost++;
	close(t->fd);
}

int main(int argc, char **argv)
{
	int n = argc > 5 ? atoi(argv[3]) : 0, n_questions = argc - 5;
	struct talk *talks = calloc((size_t)n + 1, sizeof(*talks));
	struct question *questions = calloc((size_t)argc, sizeof(*questions));
	struct pollfd *polls = calloc((size_t)n + 1, sizeof(*polls));
	int64_t until;

	if (n <= 0 || !talks || !polls || !questions) {
		fprintf(stderr, "soaker PORT SECONDS CONNECTIONS FLOOR QUESTION[=WORDS]...\n");
		return 2;
	}
	for (int i = 0; i < n_questions; i++)
		read_question(argv[5 + i], &questions[i]);
	floor_fd = open(argv[4], O_RDONLY | O_CLOEXEC);
	signal(SIGTERM, on_end);
	until = now_ms() + atol(argv[2]) * 1000;
	for (int i = 0; i < n; i++)
		if (!open_talk(&talks[i], atoi(argv[1]))) {
			fprintf(stderr, "connection %d: refused\n", i);
			return 1;
		}
	for (bool more = true; more;) {
		int64_t now = now_ms();

		if (is_over)
			until = 0;
		more = now < until;
		for (int i = 0; i < n; i++) {
			struct talk *t = &talks[i];

			if (t->is_open && !t->is_waiting && now < until)
				ask(t, questions, n_questions);
			/* After the end only for what is still owed. */
			more |= t->is_open && t->is_waiting && now - t->since < PATIENCE_MS;
			polls[i] = (struct pollfd){t->is_open ? t->fd : -1, POLLIN, 0};
		}
		poll(polls, (nfds_t)n, 50);
		for (int i = 0; i < n; i++)
			if (polls[i].revents)
				receive(&talks[i]);
	}
	for (int i = 0; i < n; i++)
		finish(&talks[i]);
	printf(
	    "asked %lu answered %lu degraded %lu disturbed %lu wrong %lu lost %lu slowest %lld\n",
	    asked, answered, degraded, disturbed, wrong, lost, (long long)slowest);
	free(questions);
	free(talks);
	free(polls);
	return lost || wrong ? 1 : 0;
}
