/* SPDX-License-Identifier: Apache-2.0 */
/*
 * server.c - start, deadlines, reload, drain, stop.
 *
 * Connections stand in one list a phase, in the order in which they entered it. Every phase has one
 * time limit, so whoever is over it stands at the front: the sweep looks at no one else.
 */
#include "serve/server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "bots/bots.h"
#include "serve/admin.h"
#include "serve/content.h"
#include "serve/feedback.h"
#include "serve/notify.h"
#include "serve/static.h"

#define SWEEP_MS        1000
#define DRAIN_SWEEP_MS  50
#define DRAIN_GRACE_MS  1000  /* for requests that are about to come */
#define BUSY_MS         60000 /* beyond a plugin's time: writing a response to a slow client */
#define CLOSING_MS      10000
#define SESSION_KEEP_MS ((int64_t)LIMIT_SESSION_HOURS * 3600 * 1000)
#define SPARE_FDS       512 /* beside connections: files, plugins' processes, the admin socket */

#define CLOSE_GOING_AWAY 1001
#define CLOSE_RESTART    1012

static int64_t limit_of(const struct server *s, enum conn_phase phase)
{
	const struct settings *set = s->settings;
	int64_t ping = set->ping_interval, idle = set->idle_timeout;

	switch (phase) {
	case CONN_HANDSHAKE:
	case CONN_BODY:
		return set->header_timeout * 1000;
	case CONN_BUSY:
		return set->plugin_budget_ms + BUSY_MS;
	case CONN_KEEPALIVE:
		return set->keepalive_timeout * 1000;
	case CONN_WS:
		return (ping > 0 && ping < idle ? ping : idle) * 1000;
	case CONN_PINGED:
		return set->pong_timeout * 1000;
	case CONN_LEAVING:
	case CONN_CLOSING:
	case CONN_PHASES:
		break;
	}
	return CLOSING_MS;
}

/* Its time in this phase is over. It leaves the front of its list in any case. */
static void expire(struct conn *c, int64_t now)
{
	struct server *s = c->server;

	switch (c->phase) {
	case CONN_WS:
		if (now - c->last_message_ms >= s->settings->idle_timeout * 1000) {
			s->counts.timeouts++;
			conn_close(c, CLOSE_GOING_AWAY);
			return;
		}
		c->ping_due = s->settings->ping_interval > 0;
		conn_enter(c, c->ping_due ? CONN_PINGED : CONN_WS);
		conn_writable(c);
		return;
	case CONN_CLOSING:
		/* libwebsockets is at it; once more, in case it has lost interest. */
		conn_enter(c, CONN_CLOSING);
		if (!c->is_cut)
			conn_cut(c);
		return;
	case CONN_KEEPALIVE:
		conn_cut(c);
		return;
	default:
		s->counts.timeouts++;
		conn_cut(c);
		return;
	}
}

static void sweep_conns(struct server *s)
{
	int64_t now = clock_ms();

	for (int phase = 0; phase < CONN_PHASES; phase++) {
		int64_t limit = limit_of(s, (enum conn_phase)phase);
		struct conn_list *l = &s->conns[phase];

		for (size_t n = l->n; n > 0 && l->oldest && now - l->oldest->since_ms >= limit; n--)
			expire(l->oldest, now);
	}
	peers_sweep(s->peers, now);
	sessions_expire(engine_sessions(s->engine), clock_wall_ms() - SESSION_KEEP_MS);
}

static void leave(struct server *s)
{
	s->is_done = true;
	loop_stop(s->loop);
}

static void drain_phase(struct server *s, enum conn_phase phase, int64_t now)
{
	struct conn *next;

	for (struct conn *c = s->conns[phase].oldest; c; c = next) {
		next = c->newer;
		if (c->is_ws && c->n_pending == 0)
			conn_close(c, CLOSE_RESTART);
		else if (!c->is_ws && now - c->since_ms >= DRAIN_GRACE_MS)
			conn_cut(c);
	}
}

/* Everybody who has nothing under way is sent home; when the last has gone, so do we. */
static void drain_step(struct server *s)
{
	int64_t now = clock_ms();

	drain_phase(s, CONN_HANDSHAKE, now);
	drain_phase(s, CONN_KEEPALIVE, now);
	drain_phase(s, CONN_WS, now);
	drain_phase(s, CONN_PINGED, now);
	if (s->n_conns == 0 && s->n_asks == 0 && bots_busy(s->bots) == 0) {
		leave(s);
	} else if (now >= s->drain_deadline_ms) {
		log_warn("drain_seconds are over, %zu connections are cut off", s->n_conns);
		leave(s);
	}
}

static void on_sweep(void *data)
{
	struct server *s = data;

	if (s->is_draining)
		drain_step(s);
	sweep_conns(s);
	edge_wake(s);
}

void server_drain(struct server *s)
{
	if (s->is_draining) {
		log_info("stopping at once");
		leave(s);
		return;
	}
	s->is_draining = true;
	s->drain_deadline_ms = clock_ms() + s->settings->drain_seconds * 1000;
	notify("STOPPING=1");
	log_info("stopping: %zu connections, %zu questions under way, %lld s at most", s->n_conns,
		 s->n_asks, (long long)s->settings->drain_seconds);
	listen_close(&s->listeners);
	loop_timer_start(s->loop, &s->sweep, 0, DRAIN_SWEEP_MS, on_sweep, s);
}

static void on_stop_signal(void *data, int signum)
{
	(void)signum;
	server_drain(data);
}

static void on_reload_signal(void *data, int signum)
{
	(void)signum;
	server_reload(data);
}

static int parse_proxies(struct server *s, struct fault *why)
{
	const struct text_list *list = &s->settings->trusted_proxies;

	s->trusted = calloc(list->n + 1, sizeof(*s->trusted));
	if (!s->trusted)
		die_oom(sizeof(*s->trusted));
	for (size_t i = 0; i < list->n; i++) {
		struct fault what;
		int r = network_parse(view_of(list->items[i]), &s->trusted[i], &what);

		if (r < 0) {
			fault_set(why, "trusted_proxies: %s", what.text);
			return r;
		}
		s->n_trusted++;
	}
	return 0;
}

/* As many descriptors as the settings promise connections, if we may; else fewer connections. */
static void raise_limits(struct settings *set)
{
	struct rlimit limit;
	rlim_t want = (rlim_t)set->max_connections + SPARE_FDS, had, room;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	had = limit.rlim_cur;
	if (had >= want)
		return;
	limit.rlim_cur = want < limit.rlim_max ? want : limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		limit.rlim_cur = had;
	if (limit.rlim_cur >= want)
		return;
	/* Without a spare descriptor nothing works: no plugin, no builder, no administrator. */
	room = limit.rlim_cur > 2 * SPARE_FDS ? limit.rlim_cur - SPARE_FDS : limit.rlim_cur / 2;
	log_warn("max_connections is lowered from %lld to %lld, for this process may open only "
		 "%llu files; raise that limit (LimitNOFILE=) or lower the setting",
		 (long long)set->max_connections, (long long)room,
		 (unsigned long long)limit.rlim_cur);
	set->max_connections = (int64_t)room;
}

static void on_store(void *data, bool is_error, const char *line)
{
	(void)data;
	if (is_error)
		log_error("%s", line);
	else
		log_info("%s", line);
}

static struct inbox *open_inbox(const struct settings *set)
{
	struct inbox_limits limits = {.max_rows = (size_t)set->inbox_entries,
				      .keep_ms = set->inbox_days * 24 * 3600 * 1000};
	struct inbox *inbox = NULL;
	struct fault why;
	int r;

	if (set->inbox_entries == 0)
		return NULL;
	r = inbox_open(set->state_dir, &limits, &inbox, &why);
	if (r < 0)
		log_warn("state_dir: %s; unanswered questions will not be kept", why.text);
	else if (r > 0)
		log_warn("state_dir: %s", why.text);
	return inbox;
}

/* A server that forgets is better than none. */
static void open_store(struct server *s)
{
	const struct settings *set = s->settings;
	struct store_options options = {
	    .loop = s->loop,
	    .limits = {.max_sessions = (size_t)set->max_sessions,
		       .max_replies = (size_t)set->replay_messages,
		       .max_reply_bytes = (size_t)set->replay_bytes},
	    .keep_ms = SESSION_KEEP_MS,
	    .say = on_store,
	};
	struct fault why;
	int r;

	if (!set->state_dir[0])
		return;
	options.inbox = open_inbox(set);
	r = store_open(set->state_dir, &options, &s->store, &why);
	if (r < 0)
		inbox_close(options.inbox);
	if (r < 0)
		log_warn("state_dir: %s; conversations will not survive a restart", why.text);
	else if (r > 0)
		log_warn("state_dir: %s", why.text);
	if (s->store)
		sessions_keep_in(engine_sessions(s->engine), s->store);
}

void server_read_pages(struct server *s)
{
	struct static_files *files = NULL;
	struct fault why;
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	if (!s->settings->www[0])
		return;
	if (static_load(s->settings->www, &files, &why) < 0) {
		log_warn("www: %s; %s", fault_format(&why, text, sizeof(text)),
			 s->files ? "the pages stay as they were" : "there are no pages");
		return;
	}
	static_free(s->files);
	s->files = files;
}

static void make_parts(struct server *s, struct generation *generation)
{
	const struct settings *set = s->settings;
	struct engine_options options = {
	    .loop = s->loop,
	    .host_program = set->host_program,
	    .plugin_budget_ms = set->plugin_budget_ms,
	    .max_sessions = (size_t)set->max_sessions,
	    .context_ms = set->context_minutes * 60000,
	    .max_question_bytes = (size_t)set->max_question_bytes,
	    .handoff = view_of(set->handoff),
	};

	s->engine = engine_new(&options, generation);
	s->peers =
	    peers_new(set->max_connections_per_address, set->message_rate, set->message_burst);
	s->replay = replay_new((size_t)set->replay_messages, (size_t)set->replay_bytes);
	open_store(s);
	server_read_pages(s);
}

static int open_admin(struct server *s, struct fault *why)
{
	const struct settings *set = s->settings;
	int r;

	if (!set->admin_socket[0])
		return 0;
	r = admin_open(s, set->admin_socket, &s->admin, why);
	/* Nobody asked for it by name: a server without it is better than none. */
	if (r < 0 && !settings_is_given(set, "admin_socket")) {
		log_warn("%s; there is no administrator's socket", why->text);
		return 0;
	}
	return r;
}

static int write_port_file(struct server *s, struct fault *why)
{
	char text[16];
	int r;

	if (!s->settings->port_file[0])
		return 0;
	snprintf(text, sizeof(text), "%d\n", s->listeners.port);
	r = file_write(s->settings->port_file, view_of(text), 0644);
	if (r < 0)
		fault_set(why, "port_file %s: %s", s->settings->port_file, error_text(r));
	s->has_port_file = r == 0;
	return r;
}

int server_start(struct server *s, struct settings *settings, struct generation *generation,
		 struct fault *why)
{
	int r;

	memset(s, 0, sizeof(*s));
	s->settings = settings;
	s->started_ms = clock_ms();
	arena_init(&s->scratch, 4096);
	raise_limits(settings);
	signal(SIGPIPE, SIG_IGN);
	s->loop = loop_new(true);
	make_parts(s, generation);
	r = parse_proxies(s, why);
	if (r == 0)
		r = bots_start(s->loop, s->engine, settings, &s->bots, why);
	if (r == 0)
		r = listen_open(&s->listeners, settings, why);
	if (r == 0)
		r = edge_start(s, why);
	if (r == 0)
		r = open_admin(s, why);
	if (r == 0)
		r = write_port_file(s, why);
	if (r < 0) {
		server_stop(s);
		return r;
	}
	loop_signal_start(s->loop, &s->on_term, SIGTERM, on_stop_signal, s);
	loop_signal_start(s->loop, &s->on_int, SIGINT, on_stop_signal, s);
	loop_signal_start(s->loop, &s->on_hup, SIGHUP, on_reload_signal, s);
	loop_timer_start(s->loop, &s->sweep, SWEEP_MS, SWEEP_MS, on_sweep, s);
	listen_start(&s->listeners, s->loop, edge_accept, s);
	return 0;
}

void server_stop(struct server *s)
{
	content_stop(s);
	admin_close(s->admin);
	listen_close(&s->listeners);
	if (s->has_port_file)
		remove(s->settings->port_file);
	edge_stop(s);
	asks_done(s);
	bots_stop(s->bots);
	engine_free(s->engine);
	store_close(s->store);
	loop_signal_stop(s->loop, &s->on_term);
	loop_signal_stop(s->loop, &s->on_int);
	loop_signal_stop(s->loop, &s->on_hup);
	loop_timer_stop(s->loop, &s->sweep);
	loop_timer_stop(s->loop, &s->closer);
	replay_free(s->replay);
	feedback_done(s);
	static_free(s->files);
	frame_pool_done(&s->frames);
	peers_free(s->peers);
	free(s->trusted);
	buf_done(&s->text);
	arena_done(&s->scratch);
	loop_free(s->loop);
}
