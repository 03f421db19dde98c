/* SPDX-License-Identifier: Apache-2.0 */
/* server.c - start, reload, stop. */
#include "serve/http.h"
#include "serve/server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "bots/bots.h"
#include "bots/carry.h"
#include "serve/admin.h"
#include "serve/commands.h"
#include "serve/content.h"
#include "serve/feedback.h"
#include "serve/notify.h"
#include "serve/relay.h"
#include "serve/static.h"
#include "serve/worker.h"

#define SPARE_FDS 512 /* beside connections: files, plugins' processes, the admin socket */

static void on_stop_signal(void *data, int signum)
{
	(void)signum;
	server_drain(data);
}

static void on_reload_signal(void *data, int signum)
{
	(void)signum;
	content_reload(((struct server *)data)->content, 0);
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

void server_raise_limits(struct settings *set)
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
	/* A warning only for who wanted more. */
	log_write(settings_is_given(set, "max_connections") ? LOG_LEVEL_WARN : LOG_LEVEL_INFO,
		  "max_connections is lowered from %lld to %lld, for this process may open only "
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
	    .leaves_sweeping = s->self != 0,
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

struct peers *server_peers(const struct settings *set, unsigned n_workers)
{
	struct peers_limits limits = {
	    .connections = set->max_connections_per_address,
	    .rate = set->message_rate,
	    .burst = set->message_burst,
	    .total = set->max_connections,
	    .n_workers = n_workers,
	};

	return peers_new(&limits);
}

/* What belongs to all workers, each has a part of. */
static size_t share(const struct server *s, int64_t whole)
{
	return ((size_t)whole + s->shared->n - 1) / s->shared->n;
}

static void make_parts(struct server *s, struct generation *generation)
{
	const struct settings *set = s->settings;
	struct engine_options options = {
	    .loop = s->loop,
	    .host_program = set->host_program,
	    .plugin_budget_ms = set->plugin_budget_ms,
	    .of_plugins = {set->of_plugins.items, set->of_plugins.n},
	    .max_sessions = share(s, set->max_sessions),
	    .context_ms = set->context_minutes * 60000,
	    .max_question_bytes = (size_t)set->max_question_bytes,
	    .handoff = view_of(set->handoff),
	};

	s->engine = engine_new(&options, generation);
	sessions_share(engine_sessions(s->engine), s->self, s->shared->n);
	s->replay = replay_new((size_t)set->replay_messages, share(s, set->replay_bytes));
	open_store(s);
	server_read_pages(s);
}

static bool on_command(void *data, uint64_t ticket, struct view name, struct view argument,
		       struct buf *out)
{
	return command_run(data, ticket, name, argument, out);
}

static int open_admin(struct server *s, struct fault *why)
{
	const struct settings *set = s->settings;
	struct admin_calls calls = {.run = on_command, .data = s};
	int r;

	if (!set->admin_socket[0])
		return 0;
	r = admin_open(s->loop, set->admin_socket, &calls, &s->admin, why);
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

static void inherit(struct server *s, const struct inheritance *from)
{
	s->shared = from ? from->shared : shared_new(1);
	s->self = from ? from->self : 0;
	s->peers = from ? from->peers : server_peers(s->settings, 1);
	peers_be(s->peers, s->self);
}

/* What the only process has, and of several their parent. */
static int open_own(struct server *s, struct fault *why)
{
	int r = open_admin(s, why);

	if (r == 0)
		r = write_port_file(s, why);
	if (r < 0)
		return r;
	loop_signal_start(s->loop, &s->on_term, SIGTERM, on_stop_signal, s);
	loop_signal_start(s->loop, &s->on_int, SIGINT, on_stop_signal, s);
	loop_signal_start(s->loop, &s->on_hup, SIGHUP, on_reload_signal, s);
	return 0;
}

/* A worker's come from its parent. */
static int start_bots(struct server *s, const struct inheritance *from, struct fault *why)
{
	struct bot_list list;
	int r;

	if (!from) {
		r = bots_load(s->settings, &list, why);
	} else {
		r = bot_list_unseal(from->bots_fd, &list);
		close(from->bots_fd);
		if (r < 0)
			fault_set(why, "the bots were not handed over: %s", error_text(r));
	}
	if (r == 0)
		r = bots_start(s->loop, s->engine, s->settings->state_dir, &list, &s->bots, why);
	return r;
}

int server_start(struct server *s, struct settings *settings, struct generation *generation,
		 const struct inheritance *from, struct fault *why)
{
	int r;

	memset(s, 0, sizeof(*s));
	s->settings = settings;
	s->started_ms = clock_ms();
	arena_init(&s->scratch, 4096);
	if (!from)
		server_raise_limits(settings);
	signal(SIGPIPE, SIG_IGN);
	s->loop = loop_new(true);
	inherit(s, from);
	make_parts(s, generation);
	r = parse_proxies(s, why);
	if (r == 0)
		r = start_bots(s, from, why);
	if (from)
		listen_inherit(&s->listeners, from->listeners);
	else if (r == 0)
		r = listen_open(&s->listeners, settings, why);
	if (r == 0)
		r = edge_start(s, why);
	if (r == 0 && !from)
		r = open_own(s, why);
	if (r < 0) {
		server_stop(s);
		return r;
	}
	server_sweep(s);
	if (!from)
		server_accept(s);
	return 0;
}

static bool is_turn(void *data)
{
	const struct server *s = data;

	return shared_is_turn(s->shared, s->self);
}

void server_accept(struct server *s)
{
	if (s->is_draining)
		return;
	atomic_store(&s->shared->workers[s->self].accepts, 1);
	if (s->shared->n > 1)
		listen_take_turns(&s->listeners, is_turn);
	listen_start(&s->listeners, s->loop, edge_accept, s);
}

static void use(void *data, const struct builder_report *report, struct content_facts *ret)
{
	struct server *s = data;
	const struct generation *g = report->generation;
	int64_t began = clock_ns();

	engine_switch(s->engine, report->generation);
	s->counts.reloads++;
	*ret = (struct content_facts){
	    .number = g->number,
	    .n_plugins = registry_count(g->registry),
	    .n_left_out = registry_count_left_out(g->registry),
	    .switch_ms = (double)(clock_ns() - began) / 1e6,
	};
}

static void refused(void *data)
{
	((struct server *)data)->counts.reloads_failed++;
}

static void refresh(void *data, struct buf *out)
{
	struct server *s = data;
	struct bot_list list;

	edge_reload(s);
	server_read_pages(s);
	if (http_bots_read(s->settings, &list, out) == 0)
		http_bots_use(s, &list, out);
}

void server_answer(struct server *s, uint64_t ticket, struct view text)
{
	if (s->worker)
		worker_answer(s->worker, ticket, text);
	else if (s->admin)
		admin_answer(s->admin, ticket, text);
}

static void tell(void *data, uint64_t ticket, struct view text)
{
	server_answer(data, ticket, text);
}

void server_follow(struct server *s, struct builder *builder)
{
	struct content_owner owner = {
	    .loop = s->loop,
	    .settings = s->settings,
	    .use = use,
	    .refused = refused,
	    .refresh = refresh,
	    .tell = tell,
	    .data = s,
	};

	s->content = content_start(&owner, builder);
}

void server_stop(struct server *s)
{
	content_stop(s->content);
	admin_close(s->admin);
	listen_close(&s->listeners);
	if (s->has_port_file)
		remove(s->settings->port_file);
	relays_stop(s->relays);
	edge_stop(s);
	asks_done(s);
	bots_stop(s->bots);
	relays_free(s->relays);
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
	shared_free(s->shared);
	free(s->trusted);
	buf_done(&s->text);
	arena_done(&s->scratch);
	loop_free(s->loop);
}
