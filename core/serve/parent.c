/* SPDX-License-Identifier: Apache-2.0 */
/* parent.c - watching over workers, from the first to the end of all. */
#include "serve/parent.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "bots/carry.h"
#include "plugin/child.h"
#include "serve/admin.h"
#include "serve/link.h"
#include "serve/notify.h"
#include "serve/parent_inside.h"
#include "serve/server.h"
#include "serve/worker.h"

/* Pauses before a worker that keeps ending is started again: none, 1 s, 2 s … 1 min. */
#define PAUSE_FIRST_MS 1000
#define PAUSE_MOST_MS  60000
/* Who lived so long may end once without a pause. */
#define HEALTHY_MS 60000
#define LOOK_MS    10
/* Its link has ended, itself not: told to go, it may still be saving conversations. */
#define GOING_MS  30000
#define ENDING_MS 1000
#define BEAT_MS   1000
/* A worker whose loop does not turn for so long hangs. */
#define HANGS_MS 30000

static void start_worker(struct child_worker *c);
static void on_packet(void *data, const struct link_packet *packet);
static void on_ended(void *data);

static void on_start_timer(void *data)
{
	struct child_worker *c = data;

	if (c->has_remains)
		c->has_remains = !peers_bury(c->parent->peers, c->index);
	if (c->has_remains)
		loop_timer_start(c->parent->loop, &c->timer, PAUSE_FIRST_MS / 10, 0, on_start_timer,
				 c);
	else
		start_worker(c);
}

static void start_worker(struct child_worker *c)
{
	struct parent *p = c->parent;
	struct link_user user = {.packet = on_packet, .ended = on_ended, .data = c};
	int r = -EAGAIN;

	if (p->is_draining)
		return;
	/* It would begin with what is about to be the old content. */
	if (p->phase == PARENT_QUIET)
		r = parent_fork(c, &user);
	if (r < 0 && r != -EAGAIN)
		log_error("worker %u cannot be started: %s", c->index + 1, error_text(r));
	if (r < 0)
		loop_timer_start(p->loop, &c->timer, PAUSE_FIRST_MS / 10, 0, on_start_timer, c);
}

/* ---- the end of a worker, and of all ---- */

static void leave(struct parent *p)
{
	p->is_stopping = true;
	loop_stop(p->loop);
}

static void leave_if_alone(struct parent *p)
{
	for (unsigned i = 0; i < p->n; i++)
		if (p->workers[i].pid)
			return;
	leave(p);
}

static void tell_all(struct parent *p, uint32_t type, uint64_t id)
{
	for (unsigned i = 0; i < p->n; i++)
		link_send(p->workers[i].link, type, id, VIEW(""), LINK_WAITING_MAX);
}

static void stop_all(struct parent *p)
{
	tell_all(p, WORKER_STOP, 0);
	p->is_draining = true;
	leave_if_alone(p);
}

static void stop_if_drained(struct parent *p)
{
	for (unsigned i = 0; i < p->n; i++)
		if (p->workers[i].pid && !p->workers[i].has_drained)
			return;
	stop_all(p);
}

static void on_deadline(void *data)
{
	struct parent *p = data;

	for (unsigned i = 0; i < p->n; i++)
		if (p->workers[i].pid)
			kill(p->workers[i].pid, SIGKILL);
}

void parent_drain(struct parent *p)
{
	if (p->is_draining) {
		log_info("stopping at once");
		stop_all(p);
		return;
	}
	p->is_draining = true;
	notify("STOPPING=1");
	log_info("stopping: %zu connections, %lld s at most", shared_connections(p->shared),
		 (long long)p->settings->drain_seconds);
	content_rest(p->content);
	listen_close(&p->listeners);
	tell_all(p, WORKER_DRAIN, 0);
	loop_timer_start(p->loop, &p->deadline, p->settings->drain_seconds * 1000 + GOING_MS, 0,
			 on_deadline, p);
	leave_if_alone(p);
}

static void plan_restart(struct child_worker *c, const char *how)
{
	struct parent *p = c->parent;
	bool was_healthy = c->is_ready && clock_ms() - c->started_ms >= HEALTHY_MS;

	if (was_healthy)
		c->pause_ms = 0;
	log_error("worker %u: %s; it is started again%s", c->index + 1, how,
		  c->pause_ms ? " after a pause" : "");
	c->n_restarts++;
	loop_timer_start(p->loop, &c->timer, c->pause_ms, 0, on_start_timer, c);
	c->pause_ms = c->pause_ms == 0                  ? PAUSE_FIRST_MS
		      : c->pause_ms * 2 < PAUSE_MOST_MS ? c->pause_ms * 2
							: PAUSE_MOST_MS;
}

static void on_reaped(struct child_worker *c, int status)
{
	struct parent *p = c->parent;
	char text[128];

	c->pid = 0;
	atomic_store(&p->shared->workers[c->index].n_conns, 0);
	atomic_store(&p->shared->workers[c->index].accepts, 0);
	c->has_remains = !peers_bury(p->peers, c->index);
	parent_forget(p, c->index);
	parent_lost(p, c);
	if (p->is_draining) {
		if (p->status == 0 && WIFSIGNALED(status))
			log_error("worker %u: %s", c->index + 1,
				  child_status_text(status, text, sizeof(text)));
		stop_if_drained(p);
		leave_if_alone(p);
	} else if (!p->is_serving) {
		/* What one cannot do at the start, the others cannot either. */
		p->status = 1;
		stop_all(p);
	} else {
		plan_restart(c, child_status_text(status, text, sizeof(text)));
	}
}

static void on_look(void *data)
{
	struct child_worker *c = data;
	int status = 0;
	pid_t pid = waitpid(c->pid, &status, WNOHANG);
	int64_t patience = c->parent->is_draining ? GOING_MS : ENDING_MS;

	if (pid == 0 || (pid < 0 && errno == EINTR)) {
		if (clock_ms() - c->gone_ms >= patience)
			kill(c->pid, SIGKILL);
		return;
	}
	loop_timer_stop(c->parent->loop, &c->timer);
	on_reaped(c, status);
}

static void on_ended(void *data)
{
	struct child_worker *c = data;

	link_close(c->link);
	c->link = NULL;
	c->gone_ms = clock_ms();
	loop_timer_start(c->parent->loop, &c->timer, 0, LOOK_MS, on_look, c);
}

/* ---- the beginning ---- */

static void log_ready(struct parent *p)
{
	for (size_t i = 0; i < p->listeners.list.n; i++)
		log_info("listening on %s%s", p->listeners.list.items[i]->name,
			 p->settings->tls_certificate[0] ? " with TLS" : "");
	log_info("ready in %lld ms, with %u workers", (long long)(clock_ms() - p->began_ms), p->n);
}

static int write_port_file(struct parent *p)
{
	char text[16];
	int r;

	if (!p->settings->port_file[0])
		return 0;
	snprintf(text, sizeof(text), "%d\n", p->listeners.port);
	r = file_write(p->settings->port_file, view_of(text), 0644);
	if (r < 0)
		log_error("port_file %s: %s", p->settings->port_file, error_text(r));
	p->has_port_file = r == 0;
	return r;
}

/* All of them before the first client. */
static void serve_if_ready(struct parent *p)
{
	for (unsigned i = 0; i < p->n; i++)
		if (!p->workers[i].is_ready)
			return;
	p->is_serving = true;
	if (write_port_file(p) < 0) {
		p->status = 1;
		stop_all(p);
		return;
	}
	tell_all(p, WORKER_ACCEPT, 0);
	log_ready(p);
	notify("READY=1");
}

static void on_ready(struct child_worker *c)
{
	struct parent *p = c->parent;

	c->is_ready = true;
	if (p->is_draining)
		return;
	if (p->is_serving)
		link_send(c->link, WORKER_ACCEPT, 0, VIEW(""), LINK_WAITING_MAX);
	else
		serve_if_ready(p);
}

static void on_packet(void *data, const struct link_packet *packet)
{
	struct child_worker *c = data;
	struct parent *p = c->parent;

	switch (packet->type) {
	case WORKER_READY:
		on_ready(c);
		break;
	case WORKER_FAILED:
		log_error("%.*s", VIEW_ARG(packet->body));
		break;
	case WORKER_LOADED:
	case WORKER_SWITCHED:
		parent_heard(p, c, packet->type, packet->id, packet->body);
		break;
	case WORKER_ANSWER:
		parent_answer(p, c->index, packet->id, packet->body);
		break;
	case WORKER_DRAINED:
		c->has_drained = true;
		if (p->is_draining)
			stop_if_drained(p);
		break;
	}
}

static void on_beat(void *data)
{
	struct parent *p = data;
	int64_t now = clock_ms();

	for (unsigned i = 0; i < p->n; i++) {
		struct child_worker *c = &p->workers[i];
		uint32_t beats = atomic_load(&p->shared->workers[i].beats);

		if (!c->pid || !c->is_ready || beats != c->beats) {
			c->beats = beats;
			c->beat_ms = now;
		} else if (now - c->beat_ms >= HANGS_MS) {
			log_error("worker %u does not respond, it is ended", i + 1);
			c->beat_ms = now;
			kill(c->pid, SIGKILL);
		}
	}
	parent_admin_sweep(p, now);
}

static void on_stop_signal(void *data, int signum)
{
	(void)signum;
	parent_drain(data);
}

static void on_reload_signal(void *data, int signum)
{
	struct parent *p = data;

	(void)signum;
	content_reload(p->content, 0);
}

static int open_admin(struct parent *p, struct fault *why)
{
	const struct settings *set = p->settings;
	struct admin_calls calls = {.run = parent_command, .data = p};
	int r;

	if (!set->admin_socket[0])
		return 0;
	r = admin_open(p->loop, set->admin_socket, &calls, &p->admin, why);
	if (r < 0 && !settings_is_given(set, "admin_socket")) {
		log_warn("%s; there is no administrator's socket", why->text);
		return 0;
	}
	return r;
}

static int read_bots(struct parent *p, struct fault *why)
{
	struct bot_list list;
	int r = bots_load(p->settings, &list, why);

	if (r < 0)
		return r;
	p->bots_fd = bot_list_seal(&list);
	bot_list_done(&list);
	if (p->bots_fd < 0)
		fault_set(why, "the bots cannot be kept: %s", error_text(p->bots_fd));
	return p->bots_fd < 0 ? p->bots_fd : 0;
}

static void start_all(struct parent *p, const volatile sig_atomic_t *early_hup)
{
	parent_follow(p);
	loop_signal_start(p->loop, &p->on_term, SIGTERM, on_stop_signal, p);
	loop_signal_start(p->loop, &p->on_int, SIGINT, on_stop_signal, p);
	loop_signal_start(p->loop, &p->on_hup, SIGHUP, on_reload_signal, p);
	loop_timer_start(p->loop, &p->beat, BEAT_MS, BEAT_MS, on_beat, p);
	for (unsigned i = 0; i < p->n; i++) {
		p->workers[i].parent = p;
		p->workers[i].index = i;
		start_worker(&p->workers[i]);
	}
	if (*early_hup)
		content_reload(p->content, 0);
}

static void clean_up(struct parent *p)
{
	for (unsigned i = 0; i < p->n; i++) {
		link_close(p->workers[i].link);
		loop_timer_stop(p->loop, &p->workers[i].timer);
	}
	admin_close(p->admin);
	parent_admin_done(p);
	content_stop(p->content);
	listen_close(&p->listeners);
	if (p->has_port_file)
		remove(p->settings->port_file);
	loop_signal_stop(p->loop, &p->on_term);
	loop_signal_stop(p->loop, &p->on_int);
	loop_signal_stop(p->loop, &p->on_hup);
	loop_timer_stop(p->loop, &p->beat);
	loop_timer_stop(p->loop, &p->deadline);
	generation_unref(p->first);
	if (p->bots_fd >= 0)
		close(p->bots_fd);
	peers_free(p->peers);
	shared_free(p->shared);
	loop_free(p->loop);
	free(p->workers);
}

int parent_run(struct settings *settings, struct builder *builder, struct generation *g,
	       int64_t began_ms, const volatile sig_atomic_t *early_hup)
{
	struct parent p = {
	    .settings = settings, .builder = builder, .began_ms = began_ms, .bots_fd = -1};
	struct fault why;
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	int r;

	server_raise_limits(settings);
	signal(SIGPIPE, SIG_IGN);
	p.n = settings_workers(settings);
	p.workers = calloc(p.n, sizeof(*p.workers));
	if (!p.workers)
		die_oom(p.n * sizeof(*p.workers));
	/* Not the default loop: that one collects children, and how they ended is lost. */
	p.loop = loop_new(false);
	p.shared = shared_new(p.n);
	p.peers = server_peers(settings, p.n);
	p.first = g;
	p.number = g->number;
	r = listen_open(&p.listeners, settings, &why);
	if (r == 0)
		r = open_admin(&p, &why);
	if (r == 0)
		r = read_bots(&p, &why);
	if (r == 0) {
		start_all(&p, early_hup);
		while (!p.is_stopping)
			loop_run(p.loop);
	} else {
		log_error("%s", fault_format(&why, text, sizeof(text)));
		builder_free(builder);
		p.status = 1;
	}
	clean_up(&p);
	if (p.status == 0)
		log_info("stopped");
	return p.status;
}
