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
#include "serve/admin_inbox.h"
#include "serve/admin_plugins.h"
#include "serve/server.h"

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
	uint64_t serial; /* who waits for the store may be gone when it answers */
	char line[LINE_BYTES];
	size_t len;
	struct buf out;
	size_t written;
	bool ends;        /* close once all is written */
	bool waits;       /* for a reload, or the store */
	bool is_in_inbox; /* it is the store */
	bool is_http;     /* in the head of a request */
};

struct admin {
	struct server *server;
	struct loop_io io;
	struct loop_timer pause; /* out of descriptors: try again after this */
	int fd;
	char *path;
	struct admin_client *clients;
	unsigned n_clients;
	uint64_t last_serial;
};

struct command {
	const char *name;
	const char *help;
	/* NULL: the store's thread is asked, begin_inbox() */
	void (*run)(struct server *s, struct view argument, struct buf *out);
};

static void run_status(struct server *s, struct view argument, struct buf *out)
{
	const struct generation *g = engine_generation(s->engine);
	struct engine_counts n = engine_counts(s->engine);
	size_t ws = s->conns[CONN_WS].n + s->conns[CONN_PINGED].n;
	int64_t up = (clock_ms() - s->started_ms) / 1000;
	const char *state = s->is_draining ? "draining" : "serving";

	if (view_is(argument, "json")) {
		buf_printf(out,
			   "{\"state\":\"%s\",\"pid\":%ld,\"uptime_seconds\":%lld,\"port\":%d,"
			   "\"generation\":%llu,\"plugins\":%zu,\"intents\":%zu,"
			   "\"connections\":%zu,\"websockets\":%zu,\"sessions\":%zu,"
			   "\"asks\":%llu}\n",
			   state, (long)getpid(), (long long)up, s->listeners.port,
			   (unsigned long long)g->number, registry_count(g->registry),
			   g->catalog.n_intents, s->n_conns, ws,
			   sessions_count(engine_sessions(s->engine)), (unsigned long long)n.asks);
		return;
	}
	buf_printf(out, "state        %s\npid          %ld\nuptime       %lld s\n", state,
		   (long)getpid(), (long long)up);
	for (size_t i = 0; i < s->listeners.list.n; i++)
		buf_printf(out, "listening    %s\n", s->listeners.list.items[i]->name);
	buf_printf(out,
		   "generation   %llu: %zu plugins, %zu intents, %zu regions\n"
		   "connections  %zu, of these %zu WebSocket\nsessions     %zu\n"
		   "asks         %llu: %llu answers, %llu clarify, %llu compare, %llu decline, "
		   "%llu errors\n",
		   (unsigned long long)g->number, registry_count(g->registry), g->catalog.n_intents,
		   g->regions.n_items, s->n_conns, ws, sessions_count(engine_sessions(s->engine)),
		   (unsigned long long)n.asks, (unsigned long long)n.answers,
		   (unsigned long long)n.clarifies, (unsigned long long)n.compares,
		   (unsigned long long)n.declines, (unsigned long long)n.errors);
}

static void run_metrics(struct server *s, struct view argument, struct buf *out)
{
	(void)argument;
	server_metrics(s, out);
}

static void run_reload(struct server *s, struct view argument, struct buf *out)
{
	/* The answer comes by admin_tell(). */
	(void)argument;
	(void)out;
	server_reload(s);
}

static void run_stop(struct server *s, struct view argument, struct buf *out)
{
	(void)argument;
	buf_str(out, "ok, stopping\n");
	server_drain(s);
}

static void run_log(struct server *s, struct view argument, struct buf *out)
{
	enum log_level level;
	enum log_form form = LOG_FORM_TEXT;
	char name[16] = "";

	if (argument.len < sizeof(name))
		memcpy(name, argument.ptr ? argument.ptr : "", argument.len);
	if (log_level_parse(name, &level) < 0) {
		buf_str(out, "error: write log error, log warn, log info or log debug\n");
		return;
	}
	(void)log_form_parse(s->settings->log_form, &form);
	log_setup("wenlud", form, level);
	buf_printf(out, "ok, logging %s\n", name);
}

static void run_help(struct server *s, struct view argument, struct buf *out);

static const struct command commands[] = {
    {"status", "how the server is (status json)", run_status},
    {"plugins", "the plugins in use (plugins json, plugins json lines)", admin_plugins},
    {"metrics", "all figures, as Prometheus reads them", run_metrics},
    {"reload", "read intents, plugins and certificates again", run_reload},
    {"stop", "finish what is under way and stop", run_stop},
    {"log", "log LEVEL: error, warn, info or debug, until the next start", run_log},
    {"inbox", "what could not be answered (inbox json); inbox done N, ignore N, new N", NULL},
    {"help", "this", run_help},
};

static void run_help(struct server *s, struct view argument, struct buf *out)
{
	(void)s;
	(void)argument;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		buf_printf(out, "%-8s %s\n", commands[i].name, commands[i].help);
}

static void client_free(struct admin_client *c)
{
	struct loop *loop = c->admin->server->loop;

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
	loop_io_stop(c->admin->server->loop, &c->writes);
	buf_done(&c->out);
	c->written = 0;
	if (c->ends && !c->waits)
		client_free(c);
}

static void http_metrics(struct admin_client *c)
{
	struct buf body = BUF_INIT;

	server_metrics(c->admin->server, &body);
	buf_printf(&c->out,
		   "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n"
		   "Content-Length: %zu\r\nConnection: close\r\n\r\n",
		   body.len);
	buf_view_add(&c->out, buf_view(&body));
	buf_done(&body);
	c->ends = true;
}

static void run_lines(struct admin_client *c);
static void on_writable(void *data, int fd, int events);

static void go_on(struct admin_client *c)
{
	c->waits = c->is_in_inbox = false;
	buf_char(&c->out, '\n');
	if (!c->ends)
		run_lines(c);
	loop_io_start(c->admin->server->loop, &c->writes, c->fd, LOOP_WRITE, on_writable, c);
}

/* Whoever asked: its number, for it may have gone, and the socket with it. */
struct inbox_asker {
	struct server *server;
	uint64_t serial;
};

static void on_inbox(void *data, const struct buf *out)
{
	struct inbox_asker *asker = data;
	struct admin *a = out ? asker->server->admin : NULL;

	for (struct admin_client *c = a ? a->clients : NULL; c; c = c->next) {
		if (c->serial != asker->serial || !c->is_in_inbox)
			continue;
		buf_view_add(&c->out, buf_view(out));
		go_on(c);
		break;
	}
	free(asker);
}

static void begin_inbox(struct admin_client *c, struct view argument)
{
	struct inbox_asker *asker = malloc(sizeof(*asker));
	int r;

	if (!asker)
		die_oom(sizeof(*asker));
	*asker = (struct inbox_asker){c->admin->server, c->serial};
	r = admin_inbox_run(c->admin->server->store, argument, on_inbox, asker);
	c->waits = c->is_in_inbox = r == 0;
	if (r < 0) {
		free(asker);
		buf_str(&c->out, r == -ENOENT
				     ? "error: there is no inbox: see state_dir and inbox_entries\n"
				     : "error: write inbox, inbox json, inbox done N, inbox ignore "
				       "N or inbox new N\n");
	}
}

static void run_line(struct admin_client *c, struct view line)
{
	struct view rest = view_trim(line), word;

	if (rest.len == 0) {
		if (c->is_http)
			http_metrics(c);
		return;
	}
	if (c->is_http)
		return;
	if (view_starts(rest, VIEW("GET /metrics "))) {
		c->is_http = true;
		return;
	}
	view_split(&rest, ' ', &word);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (view_is(word, commands[i].name)) {
			log_debug("admin: %s", commands[i].name);
			c->waits = commands[i].run == run_reload;
			if (!commands[i].run)
				begin_inbox(c, view_trim(rest));
			else
				commands[i].run(c->admin->server, view_trim(rest), &c->out);
			if (!c->waits)
				buf_char(&c->out, '\n');
			return;
		}
	}
	buf_printf(&c->out, "error: there is no command '%.*s'; try help\n\n", VIEW_ARG(word));
}

static void on_idle(void *data)
{
	client_free(data);
}

static void run_lines(struct admin_client *c)
{
	char *end;

	while (!c->ends && !c->waits && (end = memchr(c->line, '\n', c->len))) {
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
	struct loop *loop = c->admin->server->loop;
	ssize_t n = recv(fd, c->line + c->len, sizeof(c->line) - c->len, 0);

	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n == 0 && c->is_http && !c->ends)
		http_metrics(c);
	if (n <= 0 && c->out.len == 0 && !c->waits) {
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

void admin_tell(struct admin *a, const char *text)
{
	for (struct admin_client *c = a->clients; c; c = c->next) {
		if (!c->waits || c->is_in_inbox)
			continue;
		c->waits = false;
		buf_printf(&c->out, "%s\n", text);
		if (!c->ends)
			run_lines(c);
		loop_io_start(a->server->loop, &c->writes, c->fd, LOOP_WRITE, on_writable, c);
	}
}

static void on_connect(void *data, int fd, int events);

static void on_pause_over(void *data)
{
	struct admin *a = data;

	loop_io_start(a->server->loop, &a->io, a->fd, LOOP_READ, on_connect, a);
}

/* The socket would be ready for ever. */
static void take_pause(struct admin *a)
{
	loop_io_stop(a->server->loop, &a->io);
	loop_timer_start(a->server->loop, &a->pause, LISTEN_PAUSE_MS, 0, on_pause_over, a);
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
	c->serial = ++a->last_serial;
	c->next = a->clients;
	c->link = &a->clients;
	if (c->next)
		c->next->link = &c->next;
	a->clients = c;
	a->n_clients++;
	loop_io_start(a->server->loop, &c->reads, client, LOOP_READ, on_readable, c);
	loop_timer_start(a->server->loop, &c->idle, IDLE_MS, 0, on_idle, c);
}

int admin_open(struct server *s, const char *path, struct admin **ret, struct fault *why)
{
	struct admin *a;
	int fd = listen_unix(path, 0600);

	if (fd < 0) {
		fault_set(why, "admin_socket %s: %s", path, error_text(fd));
		return fd;
	}
	a = calloc(1, sizeof(*a));
	if (!a)
		die_oom(sizeof(*a));
	a->server = s;
	a->fd = fd;
	a->path = strdup(path);
	loop_io_start(s->loop, &a->io, fd, LOOP_READ, on_connect, a);
	*ret = a;
	return 0;
}

void admin_close(struct admin *a)
{
	if (!a)
		return;
	while (a->clients)
		client_free(a->clients);
	loop_io_stop(a->server->loop, &a->io);
	loop_timer_stop(a->server->loop, &a->pause);
	close(a->fd);
	if (a->path)
		unlink(a->path);
	free(a->path);
	free(a);
}
