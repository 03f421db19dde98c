/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load.c - a load generator for WebSocket servers on this machine.
 *
 *	load --port N --pid PID [--seconds S] [--active N] [--idle N] [--skip N] QUESTIONS
 *
 * Opens idle connections and active ones; on each active one a question is sent, its reply awaited,
 * the next sent. --skip frames come unasked after the handshake (a welcome). Prints one line:
 *
 *	asks/s  p50-us  p99-us  server-CPU-us-per-ask  KiB-per-idle-connection|-  bytes-per-reply
 */
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define QUESTIONS_MAX 1000
#define SAMPLES_MAX   4000000
#define WARM_UP_NS    500000000LL

struct question {
	unsigned char frame[600];
	size_t len;
};

/* Where in a frame from the server we are. */
struct talk {
	int fd;
	unsigned char head[10];
	size_t n_head;
	uint64_t left; /* of the payload */
	bool in_payload;
	int64_t sent_ns;
	unsigned next;
};

static struct question questions[QUESTIONS_MAX];
static size_t n_questions;
static uint32_t *samples;
static size_t n_samples;
static uint64_t n_bytes;
static int port, pid, n_active = 10, n_idle, n_skip, seconds = 3;

static void fail(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void read_questions(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[512];

	if (!f)
		fail(path);
	while (n_questions < QUESTIONS_MAX && fgets(line, sizeof(line), f)) {
		struct question *q = &questions[n_questions];
		size_t len = strcspn(line, "\n");

		if (len == 0)
			continue;
		q->frame[q->len++] = 0x81;
		if (len < 126) {
			q->frame[q->len++] = (unsigned char)(0x80 | len);
		} else {
			q->frame[q->len++] = 0x80 | 126;
			q->frame[q->len++] = (unsigned char)(len >> 8);
			q->frame[q->len++] = (unsigned char)len;
		}
		memcpy(q->frame + q->len, "\x11\x22\x33\x44", 4);
		q->len += 4;
		for (size_t i = 0; i < len; i++)
			q->frame[q->len + i] =
			    (unsigned char)line[i] ^ q->frame[q->len - 4 + i % 4];
		q->len += len;
		n_questions++;
	}
	fclose(f);
}

/* Resident memory in KiB, or processor time in ticks, of the server. */
static long resident_kib(void)
{
	char path[64];
	long pages = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/statm", pid);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%*d %ld", &pages) != 1)
		fail(path);
	fclose(f);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static double cpu_seconds(void)
{
	char path[64], text[1024];
	unsigned long user = 0, system = 0;
	const char *p;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "r");
	if (!f || !fgets(text, sizeof(text), f))
		fail(path);
	fclose(f);
	p = strrchr(text, ')');
	if (!p || sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
			 &system) != 2)
		fail(path);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static void send_all(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;

	while (len > 0) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			fail("send");
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		}
	}
}

/* Read up to the end of the handshake's answer, byte by byte: frames may follow at once. */
static void shake_hands(int fd)
{
	static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\n"
				      "Upgrade: websocket\r\nConnection: Upgrade\r\n"
				      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				      "Sec-WebSocket-Version: 13\r\n\r\n";
	char head[1024];
	size_t n = 0;

	send_all(fd, request, sizeof(request) - 1);
	while (n < sizeof(head) - 1) {
		if (recv(fd, head + n, 1, 0) != 1)
			fail("handshake");
		head[++n] = '\0';
		if (n >= 4 && memcmp(head + n - 4, "\r\n\r\n", 4) == 0)
			break;
	}
	if (strncmp(head, "HTTP/1.1 101", 12) != 0) {
		fprintf(stderr, "load: no WebSocket: %.40s\n", head);
		exit(1);
	}
}

static int dial(void)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct timeval limit = {.tv_sec = 20};

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || connect(fd, (struct sockaddr *)&in, sizeof(in)) < 0)
		fail("connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	shake_hands(fd);
	return fd;
}

static size_t head_size(const struct talk *t)
{
	if (t->n_head < 2 || (t->head[1] & 0x7f) < 126)
		return 2;
	return (t->head[1] & 0x7f) == 126 ? 4 : 10;
}

static uint64_t payload_size(const struct talk *t)
{
	uint64_t n = t->head[1] & 0x7f;

	if (n < 126)
		return n;
	n = 0;
	for (size_t i = 2; i < t->n_head; i++)
		n = n << 8 | t->head[i];
	return n;
}

/* Take in what came. The number of frames that ended in it. */
static unsigned take_in(struct talk *t, const unsigned char *bytes, size_t len)
{
	unsigned n_frames = 0;

	while (len > 0) {
		if (!t->in_payload) {
			t->head[t->n_head++] = *bytes++;
			len--;
			if (t->n_head < 2 || t->n_head < head_size(t))
				continue;
			t->left = payload_size(t);
			t->in_payload = true;
		} else {
			size_t n = t->left < len ? (size_t)t->left : len;

			bytes += n;
			len -= n;
			t->left -= n;
			n_bytes += n;
		}
		if (t->in_payload && t->left == 0) {
			t->in_payload = false;
			t->n_head = 0;
			n_frames++;
		}
	}
	return n_frames;
}

static void ask(struct talk *t)
{
	struct question *q = &questions[t->next++ % n_questions];

	t->sent_ns = now_ns();
	send_all(t->fd, q->frame, q->len);
}

/* Blocking: skip the frames that come unasked. */
static void skip_frames(struct talk *t)
{
	unsigned char bytes[65536];
	int seen = 0;

	while (seen < n_skip) {
		ssize_t n = recv(t->fd, bytes, sizeof(bytes), 0);

		if (n <= 0)
			fail("welcome");
		seen += (int)take_in(t, bytes, (size_t)n);
	}
}

static void run(struct talk *talks, int ep, int64_t until_ns, bool counts)
{
	struct epoll_event events[64];
	unsigned char bytes[65536];

	while (now_ns() < until_ns) {
		int n = epoll_wait(ep, events, 64, 1000);

		for (int i = 0; i < n; i++) {
			struct talk *t = &talks[events[i].data.u32];
			ssize_t got = recv(t->fd, bytes, sizeof(bytes), 0);

			if (got <= 0)
				fail("the server closed a connection");
			if (take_in(t, bytes, (size_t)got) == 0)
				continue;
			if (counts && n_samples < SAMPLES_MAX)
				samples[n_samples++] = (uint32_t)((now_ns() - t->sent_ns) / 100);
			ask(t);
		}
	}
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void measure(void)
{
	struct talk *talks = calloc((size_t)n_active, sizeof(*talks));
	int ep = epoll_create1(EPOLL_CLOEXEC);
	int64_t start;
	double cpu, took;

	samples = malloc(SAMPLES_MAX * sizeof(*samples));
	if (!talks || !samples || ep < 0)
		fail("memory");
	for (int i = 0; i < n_active; i++) {
		struct epoll_event e = {.events = EPOLLIN, .data.u32 = (uint32_t)i};

		talks[i].fd = dial();
		talks[i].next = (unsigned)i;
		skip_frames(&talks[i]);
		if (epoll_ctl(ep, EPOLL_CTL_ADD, talks[i].fd, &e) < 0)
			fail("epoll");
	}
	for (int i = 0; i < n_active; i++)
		ask(&talks[i]);
	run(talks, ep, now_ns() + WARM_UP_NS, false);
	n_bytes = 0;
	cpu = cpu_seconds();
	start = now_ns();
	run(talks, ep, start + (int64_t)seconds * 1000000000, true);
	took = (double)(now_ns() - start) / 1e9;
	cpu = cpu_seconds() - cpu;
	if (n_samples == 0)
		fail("no reply came");
	qsort(samples, n_samples, sizeof(*samples), by_size);
	printf("%.0f %.1f %.1f %.2f ", (double)n_samples / took, samples[n_samples / 2] / 10.0,
	       samples[n_samples * 99 / 100] / 10.0, cpu * 1e6 / (double)n_samples);
	for (int i = 0; i < n_active; i++)
		close(talks[i].fd);
	free(talks);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {{"port", required_argument, NULL, 'p'},
					      {"pid", required_argument, NULL, 'i'},
					      {"seconds", required_argument, NULL, 's'},
					      {"active", required_argument, NULL, 'a'},
					      {"idle", required_argument, NULL, 'n'},
					      {"skip", required_argument, NULL, 'k'},
					      {NULL, 0, NULL, 0}};
	long before, after;
	int c;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		int *to = c == 'p'   ? &port
			  : c == 'i' ? &pid
			  : c == 's' ? &seconds
			  : c == 'a' ? &n_active
			  : c == 'n' ? &n_idle
			  : c == 'k' ? &n_skip
				     : NULL;

		if (!to)
			return 2;
		*to = atoi(optarg);
	}
	if (optind + 1 != argc || port == 0 || pid == 0) {
		fputs("usage: load --port N --pid PID [OPTIONS] QUESTIONS\n", stderr);
		return 2;
	}
	read_questions(argv[optind]);
	close(dial());
	before = resident_kib();
	for (int i = 0; i < n_idle; i++)
		(void)dial();
	after = resident_kib();
	measure();
	if (n_idle > 0)
		printf("%.2f", (double)(after - before) / n_idle);
	else
		printf("-");
	printf(" %.0f\n", (double)n_bytes / (double)n_samples);
	free(samples);
	return 0;
}
