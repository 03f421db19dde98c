/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wsclient.c - a WebSocket and HTTP client for tests, that can also do everything wrong.
 *
 *	wsclient [-t SECONDS] HOST:PORT|unix:PATH STEP…
 *
 * Steps are done in order; what comes back is printed, one line each:
 *	open                     a correct opening handshake; prints "status 101"
 *	get:PATH                 a correct GET; prints "status N", then the body
 *	method:M path:P http:V version:V key:K host:H protocol:P header:LINE
 *	                         change the handshakes and requests that follow ("-" leaves it out)
 *	text:T binary:T ping:T pong:T close:CODE   one masked frame
 *	parts:A|B|C              one text message in as many frames
 *	part:T  more:T  last:T   the frames of a message one by one
 *	big:N                    a text frame of N bytes 'x'; slow reading begins with "deaf"
 *	announce:N               the head of a text frame of N bytes, and nothing else
 *	hex:0123…  raw:T         bytes as they are (raw knows \r \n \\)
 *	read                     one frame: "text …", "binary …", "ping …", "pong …", "close CODE …"
 *	until:WORD               frames until one holds the word
 *	response                 one HTTP response: "status N", its head's lines as "> …", the body
 *	answer                   lines until an empty one (the administrator's socket)
 *	eof                      nothing more may come: prints "eof", or what came
 *	deaf                     from now on nothing is read into user space (a small receive
 *buffer) sleep:MS  hold           wait; hold waits until standard input ends each:PATH a correct
 *GET for each line of standard input pongs:N                  so many pings, each answered; prints
 *"gap MS", the longest time from the beginning or one pong to the next: so late an answer may have
 *been idle:N                   N more connections, opened and kept
 *
 * The end of the connection where a frame was wanted prints "eof"; no answer in time (five minutes,
 * for machines that have much else to do) "timeout" and the exit status 1.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define KEY "dGhlIHNhbXBsZSBub25jZQ=="

struct client {
	int fd;
	const char *target;
	int timeout_ms;
	bool is_deaf;
	char *in;
	size_t n_in, cap;
	const char *method, *path, *http, *version, *key, *host, *protocol;
	char headers[4096];
};

static void fail(const char *what)
{
	printf("error %s: %s\n", what, strerror(errno));
	exit(1);
}

static int dial(const char *target, bool is_deaf)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	struct sockaddr_in in = {.sin_family = AF_INET};
	char host[64];
	const char *colon = strrchr(target, ':');
	int fd, one = 1, small = 4096, r;

	if (strncmp(target, "unix:", 5) == 0) {
		fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		snprintf(un.sun_path, sizeof(un.sun_path), "%s", target + 5);
		r = connect(fd, (struct sockaddr *)&un, sizeof(un));
	} else {
		snprintf(host, sizeof(host), "%.*s", (int)(colon - target), target);
		in.sin_port = htons((uint16_t)atoi(colon + 1));
		inet_pton(AF_INET, host, &in.sin_addr);
		fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (is_deaf)
			setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
		r = connect(fd, (struct sockaddr *)&in, sizeof(in));
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	}
	if (r < 0)
		fail("connect");
	return fd;
}

static bool send_bytes(struct client *c, const void *bytes, size_t len)
{
	const char *p = bytes;

	while (len > 0) {
		ssize_t n = send(c->fd, p, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

/* More into the buffer: 1, 0 at the end of the connection, -1 when nothing came in time. */
static int fill(struct client *c)
{
	struct pollfd p = {.fd = c->fd, .events = POLLIN};
	ssize_t n;

	if (poll(&p, 1, c->timeout_ms) <= 0)
		return -1;
	if (c->n_in + 65536 > c->cap) {
		c->cap = c->cap * 2 + 131072;
		c->in = realloc(c->in, c->cap);
		if (!c->in)
			abort();
	}
	n = recv(c->fd, c->in + c->n_in, c->cap - c->n_in - 1, 0);
	if (n <= 0)
		return 0;
	c->n_in += (size_t)n;
	c->in[c->n_in] = '\0';
	return 1;
}

/* True when `n` bytes are there; else says why not. */
static bool need(struct client *c, size_t n)
{
	while (c->n_in < n) {
		int r = fill(c);

		if (r == 0) {
			puts("eof");
			return false;
		}
		if (r < 0) {
			puts("timeout");
			exit(1);
		}
	}
	return true;
}

static void consume(struct client *c, size_t n)
{
	memmove(c->in, c->in + n, c->n_in - n);
	c->n_in -= n;
	if (c->in)
		c->in[c->n_in] = '\0';
}

static size_t put_head(unsigned char *out, unsigned first, uint64_t len)
{
	static const unsigned char mask[4] = {0x12, 0x34, 0x56, 0x78};
	size_t n = 0;

	out[n++] = (unsigned char)first;
	if (len < 126) {
		out[n++] = (unsigned char)(0x80 | len);
	} else if (len < 65536) {
		out[n++] = 0x80 | 126;
		out[n++] = (unsigned char)(len >> 8);
		out[n++] = (unsigned char)len;
	} else {
		out[n++] = 0x80 | 127;
		for (int i = 7; i >= 0; i--)
			out[n++] = (unsigned char)(len >> (8 * i));
	}
	memcpy(out + n, mask, 4);
	return n + 4;
}

static void send_frame(struct client *c, unsigned first, const char *text, size_t len)
{
	unsigned char *frame = malloc(len + 16);
	size_t n;

	if (!frame)
		abort();
	n = put_head(frame, first, len);
	for (size_t i = 0; i < len; i++)
		frame[n + i] = (unsigned char)text[i] ^ frame[n - 4 + i % 4];
	if (!send_bytes(c, frame, n + len))
		puts("broken");
	free(frame);
}

/* One frame into the output. The opcode, or -1 at the end. */
static int read_frame(struct client *c, const char **ret_text, size_t *ret_len, size_t *ret_used)
{
	size_t head = 2, len;
	const unsigned char *p;

	if (!need(c, 2))
		return -1;
	len = (unsigned char)c->in[1] & 0x7f;
	if (len == 126)
		head = 4;
	else if (len == 127)
		head = 10;
	if (!need(c, head))
		return -1;
	p = (const unsigned char *)c->in;
	if (len == 126)
		len = (size_t)p[2] << 8 | p[3];
	if (head == 10) {
		len = 0;
		for (int i = 2; i < 10; i++)
			len = len << 8 | p[i];
	}
	if (!need(c, head + len))
		return -1;
	*ret_text = c->in + head;
	*ret_len = len;
	*ret_used = head + len;
	return (unsigned char)c->in[0] & 0x0f;
}

/* False at the end. *ret_hit: the frame holds `word`. */
static bool print_frame(struct client *c, const char *word, bool *ret_hit)
{
	const char *text, *name;
	size_t len, used;
	int code, opcode = read_frame(c, &text, &len, &used);

	if (opcode < 0)
		return false;
	if (c->in[1] & 0x80)
		puts("masked!");
	name = opcode == 1    ? "text"
	       : opcode == 2  ? "binary"
	       : opcode == 8  ? "close"
	       : opcode == 9  ? "ping"
	       : opcode == 10 ? "pong"
			      : "other";
	if (opcode == 8 && len >= 2) {
		code = (unsigned char)text[0] << 8 | (unsigned char)text[1];
		printf("close %d %.*s\n", code, (int)len - 2, text + 2);
	} else {
		printf("%s %.*s\n", name, (int)len, text);
	}
	*ret_hit = word && memmem(text, len, word, strlen(word)) != NULL;
	consume(c, used);
	return opcode != 8;
}

static void add_line(char *out, size_t cap, const char *name, const char *value)
{
	size_t n = strlen(out);

	if (value && strcmp(value, "-") != 0)
		snprintf(out + n, cap - n, "%s: %s\r\n", name, value);
}

static void send_request(struct client *c, bool upgrades)
{
	char out[8192] = "";
	size_t n;

	snprintf(out, sizeof(out), "%s %s HTTP/%s\r\n", c->method, c->path, c->http);
	add_line(out, sizeof(out), "Host", c->host);
	if (upgrades) {
		add_line(out, sizeof(out), "Upgrade", "websocket");
		add_line(out, sizeof(out), "Connection", "Upgrade");
		add_line(out, sizeof(out), "Sec-WebSocket-Key", c->key);
		add_line(out, sizeof(out), "Sec-WebSocket-Version", c->version);
		add_line(out, sizeof(out), "Sec-WebSocket-Protocol", c->protocol);
	}
	n = strlen(out);
	snprintf(out + n, sizeof(out) - n, "%s\r\n", c->headers);
	if (!send_bytes(c, out, strlen(out)))
		puts("broken");
}

static size_t content_length(const char *head)
{
	const char *line = strcasestr(head, "\r\nContent-Length:");

	return line ? (size_t)atoll(line + 17) : 0;
}

/* The head's lines are printed only on request: a 101 has no body. */
static void read_response(struct client *c, bool with_head)
{
	char *end = NULL;
	size_t head, body;

	while (c->n_in == 0 || !(end = strstr(c->in, "\r\n\r\n")))
		if (!need(c, c->n_in + 1))
			return;
	head = (size_t)(end - c->in) + 4;
	*end = '\0';
	printf("status %.3s\n", c->n_in > 12 ? c->in + 9 : "???");
	body = strncmp(c->in + 9, "101", 3) == 0 || strcmp(c->method, "HEAD") == 0
		   ? 0
		   : content_length(c->in);
	for (char *line = c->in, *next; with_head && line; line = next) {
		next = strstr(line, "\r\n");
		printf("> %.*s\n", next ? (int)(next - line) : (int)strlen(line), line);
		next = next ? next + 2 : NULL;
	}
	if (!need(c, head + body))
		return;
	if (body > 0)
		printf("%.*s\n", (int)body, c->in + head);
	consume(c, head + body);
}

static void send_hex(struct client *c, const char *hex)
{
	unsigned char bytes[4096];
	size_t n = 0;
	unsigned byte;

	for (; n < sizeof(bytes) && sscanf(hex, "%2x", &byte) == 1; hex += 2)
		bytes[n++] = (unsigned char)byte;
	if (!send_bytes(c, bytes, n))
		puts("broken");
}

static void send_raw(struct client *c, const char *text)
{
	char *out = malloc(strlen(text) + 1);
	size_t n = 0;

	if (!out)
		abort();
	for (; *text; text++) {
		char byte = *text;

		if (byte == '\\' && text[1]) {
			text++;
			byte = *text == 'r' ? '\r' : *text == 'n' ? '\n' : *text;
		}
		out[n++] = byte;
	}
	if (!send_bytes(c, out, n))
		puts("broken");
	free(out);
}

static void send_parts(struct client *c, const char *text)
{
	unsigned first = 0x01;

	for (;;) {
		const char *bar = strchr(text, '|');
		size_t len = bar ? (size_t)(bar - text) : strlen(text);

		send_frame(c, first | (bar ? 0 : 0x80), text, len);
		if (!bar)
			return;
		first = 0;
		text = bar + 1;
	}
}

static void send_big(struct client *c, size_t n)
{
	char *text = malloc(n + 1);

	if (!text)
		abort();
	memset(text, 'x', n);
	send_frame(c, 0x81, text, n);
	free(text);
}

static void send_close(struct client *c, int code)
{
	char body[2] = {(char)(code >> 8), (char)code};

	send_frame(c, 0x88, body, code ? 2 : 0);
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A ping comes after the pong before it, so no pong is later than the gap between the two. */
static void answer_pings(struct client *c, int n)
{
	long long before = now_ms(), gap = 0;
	const char *text;
	size_t len, used;

	for (int i = 0; i < n; i++) {
		int opcode = read_frame(c, &text, &len, &used);

		if (opcode == 9)
			send_frame(c, 0x8a, text, len);
		if (now_ms() - before > gap)
			gap = now_ms() - before;
		before = now_ms();
		if (opcode < 0)
			break;
		consume(c, used);
	}
	printf("gap %lld\n", gap);
}

/* A GET for each line that somebody writes to us. */
static void get_each(struct client *c, const char *path)
{
	char line[16];

	c->path = path;
	while (fgets(line, sizeof(line), stdin)) {
		send_request(c, false);
		read_response(c, false);
		if (recv(c->fd, line, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
			return;
	}
}

static void open_idle(struct client *c, int n)
{
	struct rlimit all = {.rlim_cur = 0};

	getrlimit(RLIMIT_NOFILE, &all);
	all.rlim_cur = all.rlim_max;
	setrlimit(RLIMIT_NOFILE, &all);
	for (int i = 0; i < n; i++) {
		struct client more = *c;

		more.in = NULL;
		more.n_in = more.cap = 0;
		more.fd = dial(c->target, false);
		send_request(&more, true);
		read_response(&more, false);
		free(more.in);
	}
}

static void read_answer(struct client *c)
{
	char *end;

	while (c->n_in == 0 || !(end = strstr(c->in, "\n\n")))
		if (!need(c, c->n_in + 1))
			return;
	printf("%.*s\n", (int)(end - c->in), c->in);
	consume(c, (size_t)(end - c->in) + 2);
}

static void wait_eof(struct client *c)
{
	int r = 1;

	while (r == 1 && c->n_in == 0)
		r = fill(c);
	if (c->n_in > 0)
		printf("got %.*s\n", (int)c->n_in, c->in);
	else
		puts(r == 0 ? "eof" : "timeout");
	if (r < 0)
		exit(1);
}

static bool is(const char *step, const char *name, const char **ret_rest)
{
	size_t n = strlen(name);

	if (strncmp(step, name, n) != 0 || (step[n] != '\0' && step[n] != ':'))
		return false;
	*ret_rest = step[n] ? step + n + 1 : step + n;
	return true;
}

static bool change(struct client *c, const char *step)
{
	const struct {
		const char *name;
		const char **to;
	} fields[] = {
	    {"method", &c->method},     {"path", &c->path}, {"http", &c->http},
	    {"version", &c->version},   {"key", &c->key},   {"host", &c->host},
	    {"protocol", &c->protocol},
	};
	const char *rest;
	size_t n = strlen(c->headers);

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (is(step, fields[i].name, &rest)) {
			*fields[i].to = rest;
			return true;
		}
	}
	if (!is(step, "header", &rest))
		return false;
	snprintf(c->headers + n, sizeof(c->headers) - n, "%s\r\n", rest);
	return true;
}

static bool send_step(struct client *c, const char *step)
{
	static const struct {
		const char *name;
		unsigned first;
	} frames[] = {{"text", 0x81}, {"binary", 0x82}, {"ping", 0x89}, {"pong", 0x8a},
		      {"part", 0x01}, {"more", 0x00},   {"last", 0x80}};
	unsigned char head[16];
	const char *rest;

	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		if (is(step, frames[i].name, &rest)) {
			send_frame(c, frames[i].first, rest, strlen(rest));
			return true;
		}
	}
	if (is(step, "parts", &rest))
		send_parts(c, rest);
	else if (is(step, "big", &rest))
		send_big(c, (size_t)atoll(rest));
	else if (is(step, "announce", &rest))
		send_bytes(c, head, put_head(head, 0x81, (uint64_t)atoll(rest)));
	else if (is(step, "hex", &rest))
		send_hex(c, rest);
	else if (is(step, "raw", &rest))
		send_raw(c, rest);
	else if (is(step, "close", &rest))
		send_close(c, atoi(rest));
	else
		return false;
	return true;
}

static bool read_step(struct client *c, const char *step)
{
	const char *rest;
	bool hit = false;

	if (is(step, "read", &rest)) {
		print_frame(c, NULL, &hit);
	} else if (is(step, "until", &rest)) {
		while (!hit && print_frame(c, rest, &hit))
			;
	} else if (is(step, "response", &rest)) {
		read_response(c, true);
	} else if (is(step, "answer", &rest)) {
		read_answer(c);
	} else if (is(step, "eof", &rest)) {
		wait_eof(c);
	} else {
		return false;
	}
	return true;
}

static void other_step(struct client *c, const char *step)
{
	const char *rest;
	char byte;

	if (is(step, "open", &rest)) {
		send_request(c, true);
		read_response(c, false);
	} else if (is(step, "get", &rest)) {
		c->path = rest;
		send_request(c, false);
		read_response(c, false);
	} else if (is(step, "each", &rest)) {
		get_each(c, rest);
	} else if (is(step, "pongs", &rest)) {
		answer_pings(c, atoi(rest));
	} else if (is(step, "sleep", &rest)) {
		usleep((useconds_t)atoi(rest) * 1000);
	} else if (is(step, "hold", &rest)) {
		while (read(STDIN_FILENO, &byte, 1) > 0)
			;
	} else if (is(step, "idle", &rest)) {
		open_idle(c, atoi(rest));
	} else if (!is(step, "deaf", &rest)) {
		printf("error what is '%s'?\n", step);
		exit(2);
	}
}

int main(int argc, char **argv)
{
	struct client c = {.timeout_ms = 300000,
			   .method = "GET",
			   .path = "/",
			   .http = "1.1",
			   .version = "13",
			   .key = KEY,
			   .protocol = "-"};
	int i = 1;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 2 && strcmp(argv[1], "-t") == 0) {
		c.timeout_ms = (int)(atof(argv[2]) * 1000);
		i = 3;
	}
	if (argc <= i) {
		fputs("usage: wsclient [-t SECONDS] HOST:PORT STEP...\n", stderr);
		return 2;
	}
	c.target = c.host = argv[i++];
	for (int j = i; j < argc; j++)
		c.is_deaf |= strcmp(argv[j], "deaf") == 0;
	c.fd = dial(c.target, c.is_deaf);
	for (; i < argc; i++)
		if (!change(&c, argv[i]) && !send_step(&c, argv[i]) && !read_step(&c, argv[i]))
			other_step(&c, argv[i]);
	free(c.in);
	close(c.fd);
	return 0;
}
