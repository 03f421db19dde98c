/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c - the administrator's commands, as one process answers them. */
#include "serve/commands.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "know/nearest.h"
#include "serve/admin_inbox.h"
#include "serve/admin_plugins.h"
#include "serve/content.h"
#include "serve/server.h"
#include "wire/json.h"

static const struct command_row rows[] = {
    {"status", "how the server is (status json)"},
    {"plugins", "the plugins in use (plugins json, plugins json lines)"},
    {"metrics", "all figures, as Prometheus reads them"},
    {"reload", "read content, certificates, pages and bots again"},
    {"stop", "finish what is under way and stop"},
    {"log", "log LEVEL: error, warn, info or debug, until the next start"},
    {"inbox", "what could not be answered (inbox json); inbox done N, ignore N, new N"},
    {"help", "this"},
};

const struct command_row *command_rows(size_t *ret_n)
{
	*ret_n = sizeof(rows) / sizeof(rows[0]);
	return rows;
}

void commands_help(struct buf *out)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		buf_printf(out, "%-8s %s\n", rows[i].name, rows[i].help);
}

void commands_unknown(struct view name, struct buf *out)
{
	struct nearest near = NEAREST_INIT(name);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		nearest_offer(&near, view_of(rows[i].name));
	if (near.best.ptr)
		buf_printf(out, "error: there is no command '%.*s'; did you mean '%.*s'?\n",
			   VIEW_ARG(name), VIEW_ARG(near.best));
	else
		buf_printf(out, "error: there is no command '%.*s'; try help\n", VIEW_ARG(name));
}

void figures_take(struct server *s, struct figures *ret)
{
	const struct generation *g = engine_generation(s->engine);
	struct engine_counts n = engine_counts(s->engine);

	*ret = (struct figures){
	    .pid = (uint64_t)getpid(),
	    .uptime_s = (uint64_t)(clock_ms() - s->started_ms) / 1000,
	    .is_draining = s->is_draining,
	    .port = (uint64_t)s->listeners.port,
	    .generation = g->number,
	    .plugins = registry_count(g->registry),
	    .left_out = registry_count_left_out(g->registry),
	    .kept = registry_count_kept(g->registry),
	    .unsaved = s->settings->state_dir[0] && (!s->store || store_is_failing(s->store)),
	    .intents = g->catalog.n_intents,
	    .regions = g->regions.n_items,
	    .connections = s->n_conns,
	    .websockets = s->conns[CONN_WS].n + s->conns[CONN_PINGED].n,
	    .sessions = sessions_count(engine_sessions(s->engine)),
	    .asks = n.asks,
	    .answers = n.answers,
	    .clarifies = n.clarifies,
	    .compares = n.compares,
	    .declines = n.declines,
	    .errors = n.errors,
	};
}

void figures_add(struct figures *to, const struct figures *more)
{
	to->generation = more->generation;
	to->plugins = more->plugins;
	to->left_out = more->left_out;
	to->kept = more->kept;
	to->unsaved |= more->unsaved;
	to->intents = more->intents;
	to->regions = more->regions;
	to->connections += more->connections;
	to->websockets += more->websockets;
	to->sessions += more->sessions;
	to->asks += more->asks;
	to->answers += more->answers;
	to->clarifies += more->clarifies;
	to->compares += more->compares;
	to->declines += more->declines;
	to->errors += more->errors;
}

#define U(x) ((unsigned long long)(x))

/* What an administrator has to know, each with where to read on. */
static void put_trouble(const struct figures *f, const char *refused, struct buf *out)
{
	if (f->left_out)
		buf_printf(out, "trouble      %llu plugin%s left out: see wenlu admin plugins\n",
			   U(f->left_out), f->left_out == 1 ? "" : "s");
	if (f->kept)
		buf_printf(out,
			   "trouble      %llu plugin%s at the last good version: see wenlu admin "
			   "plugins\n",
			   U(f->kept), f->kept == 1 ? "" : "s");
	if (refused)
		buf_printf(out, "trouble      new content is refused, the old stays: %s\n",
			   refused);
	if (f->unsaved)
		buf_str(out,
			"trouble      what has to survive a restart is not being saved: the log "
			"says why\n");
}

static void put_json(const struct figures *f, const char *refused, struct buf *out)
{
	buf_printf(out,
		   "{\"state\":\"%s\",\"pid\":%llu,\"uptime_seconds\":%llu,\"port\":%llu,"
		   "\"generation\":%llu,\"plugins\":%llu,\"intents\":%llu,"
		   "\"connections\":%llu,\"websockets\":%llu,\"sessions\":%llu,"
		   "\"asks\":%llu",
		   f->is_draining ? "draining" : "serving", U(f->pid), U(f->uptime_s), U(f->port),
		   U(f->generation), U(f->plugins), U(f->intents), U(f->connections),
		   U(f->websockets), U(f->sessions), U(f->asks));
	buf_printf(out,
		   ",\"left_out\":%llu,\"kept\":%llu,\"unsaved\":%s,\"refused\":", U(f->left_out),
		   U(f->kept), f->unsaved ? "true" : "false");
	if (refused)
		json_string(out, view_of(refused));
	else
		buf_str(out, "null");
}

void figures_put(const struct figures *f, const struct listeners *l, const char *refused, bool json,
		 struct buf *out)
{
	if (json) {
		put_json(f, refused, out);
		return;
	}
	buf_printf(out, "state        %s\npid          %llu\nuptime       %llu s\n",
		   f->is_draining ? "draining" : "serving", U(f->pid), U(f->uptime_s));
	for (size_t i = 0; i < l->list.n; i++)
		buf_printf(out, "listening    %s\n", l->list.items[i]->name);
	buf_printf(out,
		   "generation   %llu: %llu plugins, %llu intents, %llu regions\n"
		   "connections  %llu, of these %llu WebSocket\nsessions     %llu\n"
		   "asks         %llu: %llu answers, %llu clarify, %llu compare, %llu decline, "
		   "%llu errors\n",
		   U(f->generation), U(f->plugins), U(f->intents), U(f->regions), U(f->connections),
		   U(f->websockets), U(f->sessions), U(f->asks), U(f->answers), U(f->clarifies),
		   U(f->compares), U(f->declines), U(f->errors));
	put_trouble(f, refused, out);
}

void command_log(const char *form_name, struct view argument, struct buf *out)
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
	(void)log_form_parse(form_name, &form);
	log_setup("wenlud", form, level);
	buf_printf(out, "ok, logging %s\n", name);
}

/* Whoever asked: the answer goes to its ticket. */
struct inbox_asker {
	struct server *server;
	uint64_t ticket;
};

static void on_inbox(void *data, const struct buf *out)
{
	struct inbox_asker *asker = data;

	if (out)
		server_answer(asker->server, asker->ticket, buf_view(out));
	free(asker);
}

/* True: the store's thread is at it. */
static bool begin_inbox(struct server *s, uint64_t ticket, struct view argument, struct buf *out)
{
	struct inbox_asker *asker = malloc(sizeof(*asker));
	int r;

	if (!asker)
		die_oom(sizeof(*asker));
	*asker = (struct inbox_asker){s, ticket};
	r = admin_inbox_run(s->store, argument, on_inbox, asker);
	if (r == 0)
		return true;
	free(asker);
	buf_str(out, r == -ENOENT ? "error: there is no inbox: see state_dir and inbox_entries\n"
				  : "error: write inbox, inbox json, inbox done N, inbox ignore "
				    "N or inbox new N\n");
	return false;
}

bool command_run(struct server *s, uint64_t ticket, struct view name, struct view argument,
		 struct buf *out)
{
	bool json = view_is(argument, "json");
	struct figures f;

	if (view_is(name, "status")) {
		figures_take(s, &f);
		figures_put(&f, &s->listeners, content_refused(s->content), json, out);
		buf_str(out, json ? "}\n" : "");
	} else if (view_is(name, "plugins")) {
		admin_plugins(s, NULL, argument, out);
	} else if (view_is(name, "metrics")) {
		server_metrics(s, out);
	} else if (view_is(name, "reload")) {
		content_reload(s->content, ticket);
		return false;
	} else if (view_is(name, "stop")) {
		buf_str(out, "ok, stopping\n");
		server_drain(s);
	} else if (view_is(name, "log")) {
		command_log(s->settings->log_form, argument, out);
	} else if (view_is(name, "inbox")) {
		return !begin_inbox(s, ticket, argument, out);
	} else if (view_is(name, "help")) {
		commands_help(out);
	} else {
		commands_unknown(name, out);
	}
	return true;
}
