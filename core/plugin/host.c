/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host.c - asks to plugins' code: who waits, who is under way, who is late, who rests.
 *
 * A struct runner stands for one version of one plugin (name and image). It owns at most one child,
 * which works on one ask at a time; the others wait in its queue, so that it is always clear which
 * ask a crash or a hang belongs to. All failures of a child lead to fail_runner().
 */
#include "plugin/host.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wenlu/plugin.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "plugin/child.h"
#include "plugin/message.h"

/* Pauses after failures: 1 s, 2 s, 4 s … 5 min; forgiven after twice the longest. */
#define REST_FIRST_MS 1000
#define REST_MOST_MS  300000
#define FORGIVE_MS    (2 * REST_MOST_MS)
/* A child must be ready by then; an ask's own budget may be over long before. */
#define START_MS 5000
/* Without an ask for so long the child is ended. */
#define IDLE_MS 300000
/* Asks that may wait for one plugin; more are refused at once. */
#define QUEUE_MOST 256
/* Lines a plugin may log in ten seconds. */
#define LOG_LINES_MOST 50
#define LOG_SPAN_MS    10000
/* Bytes of a question that are passed on. */
#define TEXT_MOST 16384
/* A sentence on why a plugin has no answer. */
#define REASON_MAX 160

struct ask {
	struct ask *next;
	struct host_pool *pool;
	struct runner *runner; /* NULL once it is only waiting to be told */
	uint64_t id;
	const struct plugin *plugin;
	host_done *done; /* NULL: cancelled, but the child still works on it */
	void *data;
	int64_t budget_ms, deadline;
	struct loop_timer timer;
	struct buf packet;
	enum host_outcome outcome; /* told by the timer when runner is NULL */
	char text[192];
};

/* A child that was killed and is not collected yet. */
struct corpse {
	struct corpse *next;
	struct host_pool *pool;
	struct child child;
	struct loop_io io;
};

struct runner {
	struct runner *next;
	struct host_pool *pool;
	struct view name; /* owned */
	uint64_t image_id;
	int image_fd;
	struct child child;
	bool is_running, is_ready, is_eof;
	struct ask *current;       /* sent to the child */
	struct ask *first, **last; /* waiting */
	size_t n_waiting;
	struct loop_io socket_io, pidfd_io;
	struct loop_timer start_timer, idle_timer;
	unsigned n_failures;
	int64_t failed_at, rest_until;
	char reason[REASON_MAX];
	int64_t log_span_start;
	unsigned n_log_lines;
};

struct setting {
	char *plugin, *key, *value;
};

struct host_pool {
	struct loop *loop;
	char *program;
	struct runner *runners;
	struct ask *telling; /* asks whose outcome is known and will be told by the loop */
	struct ask *spare;
	struct corpse *corpses;
	uint64_t last_id;
	struct arena arena; /* of the packet being handled */
	int64_t max_age_ms;
	host_log *log;
	void *log_data;
	VEC(struct setting) settings;
	char packet[LIMIT_HOST_MESSAGE];
};

static void send_next(struct runner *h);
static void fail_runner(struct runner *h, const char *reason);
static void on_ask_timer(void *data);

static char *copy_cstr(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		die_oom(strlen(text));
	return copy;
}

static void *new_zeroed(size_t size)
{
	void *p = calloc(1, size);

	if (!p)
		die_oom(size);
	return p;
}

/* ---- asks ---- */

static struct ask *ask_new(struct host_pool *p)
{
	struct ask *a = p->spare;

	if (a)
		p->spare = a->next;
	else
		a = new_zeroed(sizeof(*a));
	a->next = NULL;
	a->pool = p;
	a->id = ++p->last_id;
	buf_clear(&a->packet);
	return a;
}

/* Kept for the next one, without the question. */
static void ask_free(struct ask *a)
{
	struct host_pool *p = a->pool;

	loop_timer_stop(p->loop, &a->timer);
	if (a->packet.ptr)
		explicit_bzero(a->packet.ptr, a->packet.cap);
	a->done = NULL;
	a->runner = NULL;
	a->next = p->spare;
	p->spare = a;
}

/* Tell now. The ask is gone afterwards. */
static void finish(struct ask *a, enum host_outcome outcome, const struct facts *facts,
		   const char *text)
{
	host_done *done = a->done;
	void *data = a->data;
	char copy[sizeof(a->text)];

	snprintf(copy, sizeof(copy), "%s", text);
	ask_free(a);
	if (done)
		done(data, outcome, facts, copy);
}

static void unlink_ask(struct ask **from, struct ask *a)
{
	while (*from != a)
		from = &(*from)->next;
	*from = a->next;
}

static void on_tell(void *data)
{
	struct ask *a = data;

	unlink_ask(&a->pool->telling, a);
	finish(a, a->outcome, NULL, a->text);
}

/* Tell from the loop's next turn: never inside host_ask(). */
static void tell_later(struct ask *a, enum host_outcome outcome, const char *text)
{
	a->runner = NULL;
	a->outcome = outcome;
	snprintf(a->text, sizeof(a->text), "%s", text);
	a->next = a->pool->telling;
	a->pool->telling = a;
	loop_timer_start(a->pool->loop, &a->timer, 0, 0, on_tell, a);
}

static void enqueue(struct runner *h, struct ask *a)
{
	a->next = NULL;
	*h->last = a;
	h->last = &a->next;
	h->n_waiting++;
}

static struct ask *dequeue(struct runner *h)
{
	struct ask *a = h->first;

	if (!a)
		return NULL;
	h->first = a->next;
	if (!h->first)
		h->last = &h->first;
	h->n_waiting--;
	a->next = NULL;
	return a;
}

static void take_out(struct runner *h, struct ask *a)
{
	struct ask **at = &h->first;

	while (*at != a)
		at = &(*at)->next;
	*at = a->next;
	if (h->last == &a->next)
		h->last = at;
	h->n_waiting--;
	a->next = NULL;
}

/* ---- the child ---- */

static void on_corpse(void *data, int fd, int events)
{
	struct corpse *c = data, **at = &c->pool->corpses;
	int status;

	(void)fd;
	(void)events;
	if (!child_reap(&c->child, false, &status))
		return;
	loop_io_stop(c->pool->loop, &c->io);
	child_close(&c->child);
	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	free(c);
}

/* Kill the child and let the loop collect it; the runner is free for another. */
static void bury(struct runner *h)
{
	struct host_pool *p = h->pool;
	struct corpse *c;
	int status;

	if (!h->is_running)
		return;
	loop_io_stop(p->loop, &h->socket_io);
	loop_io_stop(p->loop, &h->pidfd_io);
	loop_timer_stop(p->loop, &h->start_timer);
	h->is_running = h->is_ready = h->is_eof = false;
	child_kill(&h->child);
	/* Without a pidfd nothing would tell us of its end; after SIGKILL that is soon. */
	if (child_reap(&h->child, h->child.pidfd < 0, &status) || h->child.pid <= 0) {
		child_close(&h->child);
		return;
	}
	close(h->child.socket);
	h->child.socket = -1;
	c = new_zeroed(sizeof(*c));
	c->pool = p;
	c->child = h->child;
	c->next = p->corpses;
	p->corpses = c;
	loop_io_start(p->loop, &c->io, c->child.pidfd, LOOP_READ, on_corpse, c);
}

static void on_start_timer(void *data)
{
	fail_runner(data, "it was not ready within 5 s: does its init() wait?");
}

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
	if (h->n_log_lines > LOG_LINES_MOST)
		return;
	if (h->n_log_lines++ == LOG_LINES_MOST) {
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
static bool find_unknown_source(const struct guide *g, const struct facts *f, struct view *ret)
{
#define CHECK(v)                         \
	do {                             \
		if (!is_known(g, (v))) { \
			*ret = (v);      \
			return true;     \
		}                        \
	} while (0)
	if (f->summary.text.len)
		CHECK(f->summary.source);
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
static void take_answer(struct runner *h, const struct message_answer *m)
{
	struct ask *a = h->current;
	char reason[REASON_MAX];
	struct view id;

	if (!a || a->id != m->id) {
		fail_runner(h, "it answered what was not asked");
		return;
	}
	if (m->result == WENLU_OK && a->done &&
	    (facts_is_empty(&m->facts) || find_unknown_source(&a->plugin->guide, &m->facts, &id))) {
		fail_runner(h, "its answer is empty or has a source that is not in its guide");
		return;
	}
	if (m->result == WENLU_EFAULT || m->result == WENLU_ENOSPC) {
		snprintf(reason, sizeof(reason), "%.*s", VIEW_ARG(utf8_clip(m->reason, 150)));
		fail_runner(h, reason[0] ? reason : "it failed and did not say why");
		return;
	}
	h->current = NULL;
	send_next(h);
	if (m->result == WENLU_OK) {
		h->pool->max_age_ms = m->max_age_ms;
		finish(a, HOST_ANSWERED, &m->facts, "");
	} else if (m->result == WENLU_DEFER) {
		finish(a, HOST_DEFERRED, NULL, "");
	} else {
		snprintf(reason, sizeof(reason), "%.*s", VIEW_ARG(utf8_clip(m->reason, 150)));
		finish(a, HOST_FAILED, NULL, reason);
	}
}

static void handle(struct runner *h, const struct message *m)
{
	char reason[REASON_MAX];

	switch (m->type) {
	case MESSAGE_READY:
		h->is_ready = true;
		loop_timer_stop(h->pool->loop, &h->start_timer);
		/* The asker has been told already, but the child must not work on it for ever. */
		if (h->current && !h->current->timer.active)
			loop_timer_start(h->pool->loop, &h->current->timer, h->current->budget_ms,
					 0, on_ask_timer, h->current);
		break;
	case MESSAGE_LOG:
		pass_log_on(h, m->log.level, m->log.text);
		break;
	case MESSAGE_ANSWER:
		take_answer(h, &m->answer);
		break;
	case MESSAGE_REFUSED:
		snprintf(reason, sizeof(reason), "%.*s", VIEW_ARG(utf8_clip(m->text, 150)));
		fail_runner(h, reason);
		break;
	default:
		fail_runner(h, "its process wrote rubbish (a message out of turn)");
		break;
	}
}

/* Handle what is there, a bounded number at a time so that nobody else waits. */
static void on_socket(void *data, int fd, int events)
{
	struct runner *h = data;
	struct host_pool *p = h->pool;
	struct message m;
	struct fault why;
	char reason[REASON_MAX];

	(void)events;
	for (int i = 0; i < 16 && h->is_running && h->child.socket == fd; i++) {
		ssize_t n = message_receive(fd, p->packet, sizeof(p->packet), false);

		if (n == -EAGAIN)
			return;
		if (n == 0 || n == -ECONNRESET) {
			/* How it ended is known in a moment, from the pidfd. */
			h->is_eof = true;
			loop_io_stop(p->loop, &h->socket_io);
			child_kill(&h->child);
			if (h->child.pidfd < 0)
				fail_runner(h, "its process ended");
			return;
		}
		if (n < 0) {
			fail_runner(h, n == -EMSGSIZE ? "it wrote a message that is too large"
						      : "its process cannot be heard");
			return;
		}
		arena_reset(&p->arena);
		if (message_parse(&p->arena, view_make(p->packet, (size_t)n), &m, &why) < 0) {
			snprintf(reason, sizeof(reason), "its process wrote rubbish (%.100s)",
				 why.text);
			fail_runner(h, reason);
			return;
		}
		handle(h, &m);
	}
}

static void on_pidfd(void *data, int fd, int events)
{
	struct runner *h = data;
	char text[128];
	int status;

	(void)fd;
	/* Its last words first. */
	if (!h->is_eof)
		on_socket(h, h->child.socket, events);
	if (!h->is_running || h->child.pidfd != fd)
		return;
	if (!child_reap(&h->child, false, &status))
		return;
	/* The kill that followed its closing is ours, not its own end. */
	if (h->is_eof && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		fail_runner(h, "it closed its connection or was killed");
	else
		fail_runner(h, child_status_text(status, text, sizeof(text)));
}

static int send_settings(struct runner *h)
{
	struct host_pool *p = h->pool;
	struct buf out = BUF_INIT;
	int r = 0;

	for (size_t i = 0; i < p->settings.n && r == 0; i++) {
		const struct setting *s = &p->settings.items[i];
		struct message m = {.type = MESSAGE_CONF};

		if (!view_is(h->name, s->plugin))
			continue;
		m.conf.key = view_of(s->key);
		m.conf.value = view_of(s->value);
		buf_clear(&out);
		message_put(&out, &m);
		r = message_send(h->child.socket, buf_view(&out), false);
	}
	buf_done(&out);
	return r;
}

static int start(struct runner *h)
{
	struct host_pool *p = h->pool;
	int r = child_start(p->program, "serve", h->image_fd, &h->child);

	if (r < 0)
		return r;
	h->is_running = true;
	h->is_ready = h->is_eof = false;
	loop_io_start(p->loop, &h->socket_io, h->child.socket, LOOP_READ, on_socket, h);
	if (h->child.pidfd >= 0)
		loop_io_start(p->loop, &h->pidfd_io, h->child.pidfd, LOOP_READ, on_pidfd, h);
	loop_timer_start(p->loop, &h->start_timer, START_MS, 0, on_start_timer, h);
	return send_settings(h);
}

/* ---- the runner ---- */

/* The child is replaced at the next need, the plugin rests, all its asks get their answer. */
static void fail_runner(struct runner *h, const char *reason)
{
	int64_t now = clock_ms(), rest = REST_FIRST_MS;
	struct ask *a, *all = NULL, **end = &all;
	bool is_late = h->current && h->current->outcome == HOST_TOO_LATE;
	struct ask *late = is_late ? h->current : NULL;

	snprintf(h->reason, sizeof(h->reason), "%s", reason);
	bury(h);
	if (now - h->failed_at > FORGIVE_MS)
		h->n_failures = 0;
	for (unsigned i = 0; i < h->n_failures && rest < REST_MOST_MS; i++)
		rest *= 2;
	h->n_failures++;
	h->failed_at = now;
	h->rest_until = now + (rest < REST_MOST_MS ? rest : REST_MOST_MS);
	/* All of them are taken off first: a callback may ask again. */
	if (h->current) {
		*end = h->current;
		end = &h->current->next;
		h->current = NULL;
	}
	while ((a = dequeue(h))) {
		*end = a;
		end = &a->next;
	}
	*end = NULL;
	while ((a = all)) {
		all = a->next;
		tell_later(a, a == late ? HOST_TOO_LATE : HOST_FAILED, reason);
	}
}

static void on_ask_timer(void *data)
{
	struct ask *a = data;
	struct runner *h = a->runner;

	if (a != h->current) {
		take_out(h, a);
		finish(a, HOST_TOO_LATE, NULL, "the plugin was busy with other questions");
		return;
	}
	if (!h->is_ready) {
		/* The child is still starting and has its own deadline: nobody's fault yet. */
		host_done *done = a->done;
		void *d = a->data;

		a->done = NULL;
		if (done)
			done(d, HOST_TOO_LATE, NULL, "the plugin is still starting");
		return;
	}
	a->outcome = HOST_TOO_LATE;
	fail_runner(h, "it did not answer in time");
}

static void send_next(struct runner *h)
{
	struct ask *a;
	int64_t left;

	if (h->current || !h->first)
		return;
	if (!h->is_running && start(h) < 0) {
		fail_runner(h, "its process cannot be started");
		return;
	}
	a = dequeue(h);
	left = a->deadline - clock_ms();
	h->current = a;
	message_set_budget(&a->packet, left > 0 ? (uint32_t)left : 0);
	if (message_send(h->child.socket, buf_view(&a->packet), false) < 0)
		fail_runner(h, "its process does not listen");
}

static void runner_free(struct runner *h)
{
	struct runner **at = &h->pool->runners;

	bury(h);
	loop_timer_stop(h->pool->loop, &h->idle_timer);
	while (*at != h)
		at = &(*at)->next;
	*at = h->next;
	close(h->image_fd);
	free((char *)h->name.ptr);
	free(h);
}

static void on_idle(void *data)
{
	struct runner *h = data;

	/* A plugin that rests is not forgotten, or the rest would be. */
	if (h->current || h->first || h->rest_until > clock_ms()) {
		loop_timer_start(h->pool->loop, &h->idle_timer, IDLE_MS, 0, on_idle, h);
		return;
	}
	runner_free(h);
}

static struct runner *find_runner(const struct host_pool *p, const struct plugin *plugin)
{
	struct runner *h = p->runners;

	while (h && !(h->image_id == plugin->image_id && view_eq(h->name, plugin->name)))
		h = h->next;
	return h;
}

static struct runner *runner_new(struct host_pool *p, const struct plugin *plugin)
{
	struct runner *h = new_zeroed(sizeof(*h));
	char *name = new_zeroed(plugin->name.len + 1);

	memcpy(name, plugin->name.ptr, plugin->name.len);
	h->pool = p;
	h->name = view_make(name, plugin->name.len);
	h->image_id = plugin->image_id;
	h->image_fd = fcntl(plugin->image_fd, F_DUPFD_CLOEXEC, 3);
	h->child = (struct child){.socket = -1, .pidfd = -1};
	h->last = &h->first;
	/* Long ago: the first failure is not a second one. */
	h->failed_at = clock_ms() - FORGIVE_MS - 1;
	h->next = p->runners;
	p->runners = h;
	return h;
}

/* ---- what others call ---- */

struct host_pool *host_pool_new(struct loop *loop, const char *host_program)
{
	struct host_pool *p = new_zeroed(sizeof(*p));

	p->loop = loop;
	p->program = copy_cstr(host_program);
	p->max_age_ms = WENLU_AGE_ALWAYS;
	arena_init(&p->arena, 0);
	return p;
}

/* All asks that wait anywhere: their callbacks now, without the loop. */
static void tell_all(struct host_pool *p)
{
	struct ask *a;

	for (struct runner *h = p->runners; h; h = h->next) {
		if (h->current || h->first)
			fail_runner(h, "the server is ending");
	}
	while ((a = p->telling)) {
		p->telling = a->next;
		finish(a, HOST_FAILED, NULL, a->text);
	}
}

void host_pool_free(struct host_pool *p)
{
	struct corpse *c;
	struct ask *a;
	int status;

	if (!p)
		return;
	tell_all(p);
	while (p->runners)
		runner_free(p->runners);
	while ((c = p->corpses)) {
		p->corpses = c->next;
		loop_io_stop(p->loop, &c->io);
		child_reap(&c->child, true, &status);
		child_close(&c->child);
		free(c);
	}
	while ((a = p->spare)) {
		p->spare = a->next;
		buf_done(&a->packet);
		free(a);
	}
	for (size_t i = 0; i < p->settings.n; i++) {
		free(p->settings.items[i].plugin);
		free(p->settings.items[i].key);
		free(p->settings.items[i].value);
	}
	vec_done(&p->settings);
	arena_done(&p->arena);
	free(p->program);
	free(p);
}

void host_pool_set_log(struct host_pool *p, host_log *log, void *data)
{
	p->log = log;
	p->log_data = data;
}

void host_pool_set_conf(struct host_pool *p, const char *plugin, const char *key, const char *value)
{
	struct setting *s = vec_push(&p->settings);

	s->plugin = copy_cstr(plugin);
	s->key = copy_cstr(key);
	s->value = copy_cstr(value);
}

static void write_ask(struct ask *a, const struct host_request *req)
{
	struct message_slot slots[MESSAGE_SLOTS];
	struct message m = {.type = MESSAGE_ASK};
	size_t n = req->n_slots < MESSAGE_SLOTS ? req->n_slots : MESSAGE_SLOTS;

	for (size_t i = 0; i < n; i++) {
		slots[i].name = req->slots[i].name;
		slots[i].value = req->slots[i].value;
	}
	m.ask = (struct message_ask){
	    .id = a->id,
	    .region = req->region,
	    .intent = req->intent,
	    .text = utf8_clip(req->text, TEXT_MOST),
	    .slots = slots,
	    .n_slots = n,
	};
	message_put(&a->packet, &m);
}

uint64_t host_ask(struct host_pool *p, const struct plugin *plugin, const struct host_request *req,
		  host_done *done, void *data)
{
	struct runner *h = find_runner(p, plugin);
	struct ask *a = ask_new(p);
	char text[192];

	assert(plugin->has_code && plugin->image_fd >= 0);
	if (!h)
		h = runner_new(p, plugin);
	a->plugin = plugin;
	a->done = done;
	a->data = data;
	a->outcome = HOST_FAILED;
	a->budget_ms = req->budget_ms > 0 ? req->budget_ms : 0;
	a->deadline = clock_ms() + a->budget_ms;
	loop_timer_start(p->loop, &h->idle_timer, IDLE_MS, 0, on_idle, h);
	if (h->rest_until > clock_ms()) {
		snprintf(text, sizeof(text), "resting: %s", h->reason);
		tell_later(a, HOST_FAILED, text);
		return a->id;
	}
	if (h->n_waiting >= QUEUE_MOST) {
		tell_later(a, HOST_FAILED, "too many questions wait for this plugin");
		return a->id;
	}
	a->runner = h;
	write_ask(a, req);
	loop_timer_start(p->loop, &a->timer, a->budget_ms, 0, on_ask_timer, a);
	enqueue(h, a);
	send_next(h);
	return a->id;
}

void host_cancel(struct host_pool *p, uint64_t id)
{
	for (struct ask *a = p->telling; a; a = a->next)
		if (a->id == id) {
			unlink_ask(&p->telling, a);
			ask_free(a);
			return;
		}
	for (struct runner *h = p->runners; h; h = h->next) {
		/* The child goes on with it; its time still runs, the answer is dropped. */
		if (h->current && h->current->id == id) {
			h->current->done = NULL;
			return;
		}
		for (struct ask *a = h->first; a; a = a->next)
			if (a->id == id) {
				take_out(h, a);
				ask_free(a);
				return;
			}
	}
}

int64_t host_max_age_ms(const struct host_pool *p)
{
	return p->max_age_ms;
}

struct host_health host_health(const struct host_pool *p, const struct plugin *plugin)
{
	const struct runner *h = find_runner(p, plugin);
	struct host_health health = {.is_running = false};
	int64_t rest;

	if (!h)
		return health;
	rest = h->rest_until - clock_ms();
	health.is_running = h->is_running;
	health.n_failures = h->n_failures;
	health.rests_ms = rest > 0 ? rest : 0;
	snprintf(health.reason, sizeof(health.reason), "%s", h->reason);
	return health;
}
