/* SPDX-License-Identifier: Apache-2.0 */
/* runner.c - one plugin's child: starting it, giving it asks, letting it rest when it fails. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "plugin/pool.h"
#include "plugin/serve.h"
#include "plugin/setting.h"

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
static void runner_bury(struct runner *h)
{
	struct host_pool *p = h->pool;
	struct corpse *c;
	int status;

	if (!h->is_running)
		return;
	loop_io_stop(p->loop, &h->socket_io);
	loop_io_stop(p->loop, &h->pidfd_io);
	loop_timer_stop(p->loop, &h->start_timer);
	runner_fetch_stop(h, false);
	h->is_running = h->is_ready = h->is_eof = false;
	if (h->inside)
		loop_io_stop(p->loop, &h->inside_io);
	serve_close(h->inside);
	h->inside = NULL;
	child_kill(&h->child);
	/* Without a pidfd nothing would tell us of its end; after SIGKILL that is soon. */
	if (child_reap(&h->child, h->child.pidfd < 0, &status) || h->child.pid <= 0) {
		child_close(&h->child);
		return;
	}
	close(h->child.socket);
	h->child.socket = -1;
	c = pool_zeroed(sizeof(*c));
	c->pool = p;
	c->child = h->child;
	c->next = p->corpses;
	p->corpses = c;
	loop_io_start(p->loop, &c->io, c->child.pidfd, LOOP_READ, on_corpse, c);
}

/* As with an answer: what it said is read first, and no machine's slowness is its fault. */
static void on_start_timer(void *data)
{
	struct runner *h = data;
	int64_t worked;

	if (!h->is_eof && !h->inside)
		runner_on_socket(h, h->child.socket, LOOP_READ);
	/* How it ended is known in a moment, from the pidfd. */
	if (!h->is_running || h->is_ready || h->is_eof)
		return;
	worked = clock_ms() - h->started_ms;
	if (worked < STARVED_START_MOST_MS && child_is_starved(&h->child, worked, 0))
		loop_timer_start(h->pool->loop, &h->start_timer, START_MS, 0, on_start_timer, h);
	else
		runner_fail(h, "it was not ready within 5 s: does its init() wait?");
}

static int send_settings(struct runner *h)
{
	struct host_pool *p = h->pool;
	struct buf out = BUF_INIT;
	int r = 0;

	for (size_t i = 0; i < p->settings.n && r == 0; i++) {
		const struct setting *s = &p->settings.items[i];
		struct packet m = {.type = PACKET_CONF};

		if (!view_is(h->name, s->plugin) || plugin_setting_is_ours(s->key))
			continue;
		m.conf.key = view_of(s->key);
		m.conf.value = view_of(s->value);
		buf_clear(&out);
		packet_put(&out, &m);
		r = packet_send(h->child.socket, buf_view(&out), false);
	}
	buf_done(&out);
	return r;
}

static void on_inside(void *data, int fd, int events)
{
	struct runner *h = data;

	(void)fd;
	if (serve_turn(h->inside) == 0)
		return;
	/* What it said last is the reason. */
	runner_on_socket(h, h->child.socket, events);
	if (h->inside)
		runner_fail(h, "it cannot get ready, or logs more than its answer has room for");
}

/* Where the operator said isolate = no. The other end of the socket is ours, too. */
static int start_inside(struct runner *h)
{
	struct fault why;
	int pair[2], r;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	r = serve_open(h->image_fd, pair[1], &h->inside, &why);
	if (r < 0) {
		close(pair[0]);
		return r;
	}
	h->child = (struct child){.socket = pair[0], .pidfd = -1};
	loop_io_start(h->pool->loop, &h->inside_io, pair[1], LOOP_READ, on_inside, h);
	return 0;
}

static bool is_isolated(const struct runner *h)
{
	const char *isolate = pool_setting(h->pool, h->name, "isolate");

	return !isolate || strcmp(isolate, "no") != 0;
}

static int start(struct runner *h)
{
	struct host_pool *p = h->pool;
	int r = is_isolated(h) ? child_start(p->program, "serve", h->image_fd, &h->child)
			       : start_inside(h);

	if (r < 0)
		return r;
	h->is_running = true;
	h->is_ready = h->is_eof = false;
	h->started_ms = clock_ms();
	loop_io_start(p->loop, &h->socket_io, h->child.socket, LOOP_READ, runner_on_socket, h);
	if (h->child.pidfd >= 0)
		loop_io_start(p->loop, &h->pidfd_io, h->child.pidfd, LOOP_READ, runner_on_pidfd, h);
	loop_timer_start(p->loop, &h->start_timer, START_MS, 0, on_start_timer, h);
	return send_settings(h);
}

/* ---- its fate ---- */

static void on_back_timer(void *data)
{
	struct runner *h = data;

	if (!h->is_running && !h->is_old && start(h) < 0)
		runner_bury(h);
}

static void tell_all(struct queue *q, const char *reason)
{
	struct errand *a;

	while ((a = queue_take(q)))
		errand_tell_later(a, a->outcome, reason);
}

void runner_fail(struct runner *h, const char *reason)
{
	int64_t now = clock_ms(), rest = REST_FIRST_MS;
	/* One that fails without being asked is not tried again before somebody does. */
	bool is_needed = h->sent.n + h->waiting.n > 0;

	snprintf(h->reason, sizeof(h->reason), "%s", reason);
	runner_bury(h);
	if (now - h->failed_at > FORGIVE_MS)
		h->n_failures = 0;
	for (unsigned i = 0; i < h->n_failures && rest < REST_MOST_MS; i++)
		rest *= 2;
	h->n_failures++;
	h->failed_at = now;
	h->rest_until = now + (rest < REST_MOST_MS ? rest : REST_MOST_MS);
	if (is_needed)
		loop_timer_start(h->pool->loop, &h->back_timer, h->rest_until - now - AHEAD_MS, 0,
				 on_back_timer, h);
	tell_all(&h->sent, h->reason);
	tell_all(&h->waiting, h->reason);
}

/* Its time is over, but that was not its own doing: tell the asker, leave the child alone. */
static void give_up(struct errand *a, int64_t more_ms, const char *why)
{
	host_done *done = a->done;

	a->done = NULL;
	if (a == a->runner->sent.first)
		runner_fetch_stop(a->runner, true);
	loop_timer_start(a->pool->loop, &a->timer, more_ms, 0, runner_on_errand_timer, a);
	if (done)
		done(a->data, HOST_TOO_LATE, NULL, why);
}

/* The machine keeps it from working; the operator can tell that from a slow plugin. */
static void give_up_starved(struct errand *a)
{
	a->runner->n_starved++;
	give_up(a, a->full_budget_ms, HOST_STARVED);
}

void runner_begin_first(struct runner *h)
{
	h->first_since = clock_ms();
	h->first_cpu_ns = child_cpu_ns(&h->child);
}

void runner_on_errand_timer(void *data)
{
	struct errand *a = data;
	struct runner *h = a->runner;
	uint64_t id = a->id;
	int64_t worked;

	/* On a busy machine the answer may be here, and nobody had the time to read it. (Code that
	 * runs in this process is what kept us from it.) */
	if (h->is_running && !h->is_eof && !h->inside) {
		runner_on_socket(h, h->child.socket, LOOP_READ);
		if (a->id != id || a->runner != h)
			return;
	}
	worked = clock_ms() - h->first_since;
	if (!a->is_sent) {
		queue_remove(&h->waiting, a);
		h->n_short++;
		errand_finish(a, HOST_TOO_LATE, NULL, "the plugin was busy with other questions");
	} else if (a != h->sent.first || !h->is_ready) {
		/* It waits for others, or for the child to be ready, which has its own deadline. */
		if (child_is_starved(&h->child,
				     clock_ms() - (h->is_ready ? h->first_since : h->started_ms),
				     h->is_ready ? h->first_cpu_ns : 0)) {
			give_up_starved(a);
			return;
		}
		h->n_short++;
		give_up(a, a->full_budget_ms,
			h->is_ready ? "the plugin was busy with other questions"
				    : "its process was not ready in time");
	} else if (worked < a->full_budget_ms) {
		/* It had to wait first, or others left it little: who works for all of it hangs. */
		h->n_short++;
		give_up(a, a->full_budget_ms - worked, HOST_SHORT);
	} else if (worked < STARVED_MOST_MS &&
		   child_is_starved(&h->child, worked, h->first_cpu_ns)) {
		give_up_starved(a);
	} else {
		a->outcome = HOST_TOO_LATE;
		runner_fail(h, "it did not answer in time");
	}
}

void runner_go_on(struct runner *h)
{
	while (h->waiting.first && h->sent.n < SENT_MOST) {
		struct errand *a = h->waiting.first;
		int r = 0;

		if (!h->is_running)
			r = start(h);
		if (r < 0) {
			runner_fail(h, "its process cannot be started");
			return;
		}
		r = packet_send(h->child.socket, buf_view(&a->packet), false);
		/* Full: it goes when an answer has come. */
		if (r == -EAGAIN && h->sent.n > 0)
			return;
		if (r < 0) {
			runner_fail(h, "its process does not listen");
			return;
		}
		if (h->sent.n == 0)
			runner_begin_first(h);
		queue_take(&h->waiting);
		queue_add(&h->sent, a);
		a->is_sent = true;
	}
}

void runner_free(struct runner *h)
{
	struct runner **at = &h->pool->runners;

	runner_bury(h);
	loop_timer_stop(h->pool->loop, &h->idle_timer);
	loop_timer_stop(h->pool->loop, &h->back_timer);
	while (*at != h)
		at = &(*at)->next;
	*at = h->next;
	close(h->image_fd);
	free((char *)h->name.ptr);
	free(h);
}

int64_t runner_idle_ms(const struct runner *h)
{
	return h->is_old ? IDLE_OLD_MS : IDLE_MS;
}

void runner_on_idle(void *data)
{
	struct runner *h = data;

	/* A plugin that rests is not forgotten, or the rest would be. */
	if (h->sent.n || h->waiting.n || (!h->is_old && h->rest_until > clock_ms())) {
		loop_timer_start(h->pool->loop, &h->idle_timer, runner_idle_ms(h), 0,
				 runner_on_idle, h);
		return;
	}
	runner_free(h);
}

struct runner *runner_find(const struct host_pool *p, const struct plugin *plugin)
{
	struct runner *h = p->runners;

	while (h && !(h->image_id == plugin->image_id && view_eq(h->name, plugin->name)))
		h = h->next;
	return h;
}

struct runner *runner_new(struct host_pool *p, const struct plugin *plugin)
{
	struct runner *h = pool_zeroed(sizeof(*h));
	char *name = pool_zeroed(plugin->name.len + 1);

	memcpy(name, plugin->name.ptr, plugin->name.len);
	h->pool = p;
	h->name = view_make(name, plugin->name.len);
	h->image_id = plugin->image_id;
	h->image_fd = fcntl(plugin->image_fd, F_DUPFD_CLOEXEC, 3);
	h->child = (struct child){.socket = -1, .pidfd = -1};
	queue_init(&h->sent);
	queue_init(&h->waiting);
	/* Long ago: the first failure is not a second one. */
	h->failed_at = clock_ms() - FORGIVE_MS - 1;
	h->next = p->runners;
	p->runners = h;
	return h;
}
