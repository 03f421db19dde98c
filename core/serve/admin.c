/* SPDX-License-Identifier: Apache-2.0 */
/*
 * admin.c - the administrator's socket.
 *
 * A few clients, each with a line buffer and what is still to be written; a client that sends a
 * long line or does not read is dropped. `GET /metrics` is understood too, for scrapers that can
 * speak HTTP over a unix socket.
 */
#include "serve/admin.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "serve/listen.h"

#define CLIENTS_MAX 16
#define LINE_BYTES  512
#define OUT_MAX     1048576
#define IDLE_MS     60000

struct admin_client {
	struct admin *admin;
	struct admin_client *next, **link;
	struct loop_io reads, writes;
	struct loop_timer idle;
	int fd;
	char line[LINE_BYTES];
	size_t len;
	struct buf out;
	size_t written;
	uint64_t ticket; /* 0: no answer is awaited */
	bool ends;       /* close once all is written */
	bool is_http;    /* in the head of a request */
};

struct admin {
	struct loop *loop;
	struct admin_calls calls;
	struct loop_io io;
	struct loop_timer pause; /* out of descriptors: try again after this */
	int fd;
	char *path;
	struct admin_client *clients;
	unsigned n_clients;
	uint64_t last_ticket;
};

static void client_free(struct admin_client *c)
{
	struct loop *loop = c->admin->loop;

	loop_io_stop(loop, &c->reads);
	loop_io_stop(loop, &c->writes);
	loop_timer_stop(loop, &c->idle);
	close(c->fd);
	*c->link = c->next;
	if (c->next)
		c->next->link = c->link;
	c->admin->n_clients--;
	buf_done(&c->out);
	free(c);
}

static void on_writable(void *data, int fd, int events)
{
	struct admin_client *c = data;
	ssize_t n = send(fd, c->out.ptr + c->written, c->out.len - c->written, MSG_NOSIGNAL);

	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n < 0) {
		client_free(c);
		return;
	}
	c->written += (size_t)n;
	if (c->written < c->out.len)
		return;
	loop_io_stop(c->admin->loop, &c->writes);
	buf_done(&c->out);
	c->written = 0;
	if (c->ends && !c->ticket)
		client_free(c);
}

static void finish(struct admin_client *c, struct view answer)
{
	c->ticket = 0;
	if (c->is_http) {
		buf_printf(&c->out,
			   "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n"
			   "Content-Length: %zu\r\nConnection: close\r\n\r\n",
			   answer.len);
		c->ends = true;
	}
	buf_view_add(&c->out, answer);
	if (!c->is_http)
		buf_char(&c->out, '\n');
}

static void run(struct admin_client *c, struct view name, struct view argument)
{
	struct admin *a = c->admin;
	struct buf answer = BUF_INIT;

	log_debug("admin: %.*s", VIEW_ARG(name));
	c->ticket = ++a->last_ticket;
	if (a->calls.run(a->calls.data, c->ticket, name, argument, &answer))
		finish(c, buf_view(&answer));
	buf_done(&answer);
}

static void run_line(struct admin_client *c, struct view line)
{
	struct view rest = view_trim(line), word;

	if (rest.len == 0) {
		if (c->is_http)
			run(c, VIEW("metrics"), VIEW(""));
		return;
	}
	if (c->is_http)
		return;
	if (view_starts(rest, VIEW("GET /metrics "))) {
		c->is_http = true;
		return;
	}
	view_split(&rest, ' ', &word);
	run(c, word, view_trim(rest));
}

static void on_idle(void *data)
{
	client_free(data);
}

static void run_lines(struct admin_client *c)
{
	char *end;

	while (!c->ends && !c->ticket && (end = memchr(c->line, '\n', c->len))) {
		size_t used = (size_t)(end - c->line) + 1;

		run_line(c, view_make(c->line, used - 1));
		memmove(c->line, c->line + used, c->len - used);
		c->len -= used;
	}
}

/* What follows a request does not matter, nor does a long line in its head: only that it is no
 * empty one. */
static void skip_head(struct admin_client *c)
{
	if (!c->is_http)
		return;
	if (c->ends) {
		c->len = 0;
	} else if (c->len == sizeof(c->line)) {
		c->line[0] = 'x';
		c->len = 1;
	}
}

static void on_readable(void *data, int fd, int events)
{
	struct admin_client *c = data;
	struct loop *loop = c->admin->loop;
	ssize_t n = recv(fd, c->line + c->len, sizeof(c->line) - c->len, 0);

	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n == 0 && c->is_http && !c->ends && !c->ticket)
		run(c, VIEW("metrics"), VIEW(""));
	if (n <= 0 && c->out.len == 0 && !c->ticket) {
		client_free(c);
		return;
	}
	if (n <= 0) {
		/* It said all it wants; the answers still go out. */
		loop_io_stop(loop, &c->reads);
		c->ends = true;
		if (c->out.len > 0)
			loop_io_start(loop, &c->writes, fd, LOOP_WRITE, on_writable, c);
		return;
	}
	c->len += (size_t)n;
	loop_timer_start(loop, &c->idle, IDLE_MS, 0, on_idle, c);
	run_lines(c);
	skip_head(c);
	/* A line without an end, or many commands and no reading. */
	if (c->len == sizeof(c->line) || c->out.len > OUT_MAX) {
		client_free(c);
		return;
	}
	if (c->out.len > 0)
		loop_io_start(loop, &c->writes, fd, LOOP_WRITE, on_writable, c);
}

void admin_answer(struct admin *a, uint64_t ticket, struct view text)
{
	struct admin_client *c = a->clients;

	while (c && c->ticket != ticket)
		c = c->next;
	if (!c)
		return;
	finish(c, text);
	if (!c->ends)
		run_lines(c);
	if (c->out.len > 0)
		loop_io_start(a->loop, &c->writes, c->fd, LOOP_WRITE, on_writable, c);
}

static void on_connect(void *data, int fd, int events);

static void on_pause_over(void *data)
{
	struct admin *a = data;

	loop_io_start(a->loop, &a->io, a->fd, LOOP_READ, on_connect, a);
}

/* The socket would be ready for ever. */
static void take_pause(struct admin *a)
{
	loop_io_stop(a->loop, &a->io);
	loop_timer_start(a->loop, &a->pause, LISTEN_PAUSE_MS, 0, on_pause_over, a);
}

static void on_connect(void *data, int fd, int events)
{
	struct admin *a = data;
	struct admin_client *c;
	int client = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	(void)events;
	if (client < 0) {
		if (listen_is_short(errno))
			take_pause(a);
		return;
	}
	if (a->n_clients >= CLIENTS_MAX) {
		close(client);
		return;
	}
	c = calloc(1, sizeof(*c));
	if (!c)
		die_oom(sizeof(*c));
	c->admin = a;
	c->fd = client;
	c->next = a->clients;
	c->link = &a->clients;
	if (c->next)
		c->next->link = &c->next;
	a->clients = c;
	a->n_clients++;
	loop_io_start(a->loop, &c->reads, client, LOOP_READ, on_readable, c);
	loop_timer_start(a->loop, &c->idle, IDLE_MS, 0, on_idle, c);
}

int admin_open(struct loop *loop, const char *path, const struct admin_calls *calls,
	       struct admin **ret, struct fault *why)
{
	struct admin *a;
	int fd = listen_unix(path, 0600);

	if (fd < 0) {
		fault_set(why, "admin_socket %s: %s%s", path, error_text(fd),
			  fd == -EADDRINUSE
			      ? "; another wenlud listens there: stop it, or give this one "
				"an admin_socket of its own"
			  : fd == -EACCES || fd == -EROFS
			      ? "; set admin_socket to a path in a folder this user may write to"
			      : "");
		return fd;
	}
	a = calloc(1, sizeof(*a));
	if (!a)
		die_oom(sizeof(*a));
	a->loop = loop;
	a->calls = *calls;
	a->fd = fd;
	a->path = strdup(path);
	loop_io_start(loop, &a->io, fd, LOOP_READ, on_connect, a);
	*ret = a;
	return 0;
}

void admin_close(struct admin *a)
{
	if (!a)
		return;
	while (a->clients)
		client_free(a->clients);
	loop_io_stop(a->loop, &a->io);
	loop_timer_stop(a->loop, &a->pause);
	close(a->fd);
	if (a->path)
		unlink(a->path);
	free(a->path);
	free(a);
}
