/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parent_admin.c - one answer for the administrator from those of all workers.
 *
 * A command becomes a gathering: the workers are asked, what comes back is kept until all have
 * spoken (or died, or let wait too long), then it is put together.
 */
#include "serve/parent_inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "serve/admin.h"
#include "serve/admin_plugins.h"
#include "serve/commands.h"
#include "serve/link.h"
#include "serve/worker.h"

#define PATIENCE_MS 5000

enum gathering_kind { GATHER_STATUS, GATHER_METRICS, GATHER_HEALTHS, GATHER_ONE, GATHER_SYNC };

struct gathering {
	struct gathering *next;
	enum gathering_kind kind;
	uint64_t id, ticket;
	int64_t until_ms;
	bool json;
	unsigned n_missing;
	bool is_missing[SESSIONS_OWNERS_MAX];
	struct buf parts[SESSIONS_OWNERS_MAX];
	struct buf text; /* GATHER_SYNC: the answer when all have come so far; the argument */
};

static void gathering_free(struct gathering *g)
{
	for (size_t i = 0; i < SESSIONS_OWNERS_MAX; i++)
		buf_done(&g->parts[i]);
	buf_done(&g->text);
	free(g);
}

static void answer(struct parent *p, uint64_t ticket, const struct buf *text)
{
	if (p->admin)
		admin_answer(p->admin, ticket, buf_view(text));
}

/* Stopped by a signal: it will not answer, whoever waits for it waits in vain. */
static bool is_stopped(pid_t pid)
{
	char path[64], text[256] = "";
	const char *name_end;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	/* "1234 (a name) T 1 …" */
	name_end = n > 0 ? strrchr(text, ')') : NULL;
	return name_end && name_end[1] == ' ' && (name_end[2] == 'T' || name_end[2] == 't');
}

/* ---- putting together ---- */

/* The workers that new content waits for, as in "2, 3": nothing while there is none. */
static void put_waited_for(const struct parent *p, const char *head, const char *tail,
			   struct buf *out)
{
	bool is_first = true;

	for (unsigned i = 0; i < p->n && p->phase != PARENT_QUIET; i++) {
		const struct child_worker *c = &p->workers[i];

		if (p->phase == PARENT_PREPARING ? c->has_loaded : c->has_switched)
			continue;
		buf_printf(out, "%s%u", is_first ? head : ", ", i + 1);
		is_first = false;
	}
	if (!is_first)
		buf_str(out, tail);
}

static void put_workers_json(struct parent *p, const struct gathering *g, struct buf *out)
{
	bool is_first = true;
	struct figures f;

	buf_str(out, ",\"workers\":[");
	for (unsigned i = 0; i < p->n; i++) {
		if (g->parts[i].len != sizeof(f))
			continue;
		memcpy(&f, g->parts[i].ptr, sizeof(f));
		buf_printf(out,
			   "%s{\"worker\":%u,\"pid\":%llu,\"uptime_seconds\":%llu,"
			   "\"connections\":%llu,\"sessions\":%llu,\"asks\":%llu,\"restarts\":%llu,"
			   "\"generation\":%llu}",
			   is_first ? "" : ",", i + 1, (unsigned long long)f.pid,
			   (unsigned long long)f.uptime_s, (unsigned long long)f.connections,
			   (unsigned long long)f.sessions, (unsigned long long)f.asks,
			   (unsigned long long)p->workers[i].n_restarts,
			   (unsigned long long)f.generation);
		is_first = false;
	}
	buf_str(out, "],\"silent\":[");
	is_first = true;
	for (unsigned i = 0; i < p->n; i++) {
		if (g->parts[i].len == sizeof(f))
			continue;
		buf_printf(out, "%s%u", is_first ? "" : ",", i + 1);
		is_first = false;
	}
	buf_str(out, "]");
	put_waited_for(p, ",\"content_waits_for\":[", "]", out);
	buf_str(out, "}\n");
}

static void put_workers(struct parent *p, const struct gathering *g, struct buf *out)
{
	struct figures f;

	put_waited_for(p, "new content waits for worker ", "\n", out);

	for (unsigned i = 0; i < p->n; i++) {
		if (g->parts[i].len != sizeof(f)) {
			const struct child_worker *c = &p->workers[i];

			buf_printf(
			    out, "worker %-5u pid %ld, %s, restarts %llu\n", i + 1, (long)c->pid,
			    !c->pid              ? "is not there yet"
			    : is_stopped(c->pid) ? "does not answer: it is stopped (kill -CONT)"
						 : "does not answer",
			    (unsigned long long)c->n_restarts);
			continue;
		}
		memcpy(&f, g->parts[i].ptr, sizeof(f));
		buf_printf(out,
			   "worker %-5u pid %llu, up %llu s, %llu connections, %llu sessions, "
			   "%llu asks, restarts %llu, generation %llu\n",
			   i + 1, (unsigned long long)f.pid, (unsigned long long)f.uptime_s,
			   (unsigned long long)f.connections, (unsigned long long)f.sessions,
			   (unsigned long long)f.asks, (unsigned long long)p->workers[i].n_restarts,
			   (unsigned long long)f.generation);
	}
}

static void put_status(struct parent *p, const struct gathering *g, struct buf *out)
{
	struct figures sum = {.is_draining = p->is_draining}, f;

	for (unsigned i = 0; i < p->n; i++) {
		if (g->parts[i].len != sizeof(f))
			continue;
		memcpy(&f, g->parts[i].ptr, sizeof(f));
		figures_add(&sum, &f);
	}
	sum.pid = (uint64_t)getpid();
	sum.uptime_s = (uint64_t)(clock_ms() - p->began_ms) / 1000;
	sum.port = (uint64_t)p->listeners.port;
	sum.generation = p->number;
	figures_put(&sum, &p->listeners, content_refused(p->content), g->json, out);
	(g->json ? put_workers_json : put_workers)(p, g, out);
}

static void put_metrics(struct parent *p, const struct gathering *g, struct buf *out)
{
	struct view texts[SESSIONS_OWNERS_MAX];
	unsigned long long restarts = 0;

	for (unsigned i = 0; i < p->n; i++) {
		texts[i] = buf_view(&g->parts[i]);
		restarts += p->workers[i].n_restarts;
	}
	metrics_merge(texts, p->n, out);
	buf_printf(out,
		   "# HELP wenlu_workers Worker processes.\n# TYPE wenlu_workers gauge\n"
		   "wenlu_workers %u\n"
		   "# HELP wenlu_worker_restarts_total Workers that ended and were started again.\n"
		   "# TYPE wenlu_worker_restarts_total counter\nwenlu_worker_restarts_total %llu\n",
		   p->n, restarts);
}

/* ---- gathering ---- */

static void finish_if_whole(struct parent *p, struct gathering *g);

static void ask(struct parent *p, struct gathering *g, unsigned worker, struct view line)
{
	if (!p->workers[worker].is_ready ||
	    (g->kind != GATHER_SYNC && g->kind != GATHER_METRICS &&
	     is_stopped(p->workers[worker].pid)) ||
	    !link_send(p->workers[worker].link, WORKER_COMMAND, g->id, line, LINK_WAITING_MAX))
		return;
	g->is_missing[worker] = true;
	g->n_missing++;
}

static struct gathering *gather(struct parent *p, enum gathering_kind kind, uint64_t ticket)
{
	static uint64_t last_id;
	struct gathering *g = calloc(1, sizeof(*g));

	if (!g)
		die_oom(sizeof(*g));
	g->kind = kind;
	g->id = ++last_id;
	g->ticket = ticket;
	g->until_ms = clock_ms() + PATIENCE_MS;
	g->next = p->gatherings;
	p->gatherings = g;
	return g;
}

static void ask_all(struct parent *p, struct gathering *g, struct view line)
{
	for (unsigned i = 0; i < p->n; i++)
		ask(p, g, i, line);
	finish_if_whole(p, g);
}

static void ask_one(struct parent *p, struct gathering *g, struct view line)
{
	for (unsigned i = 0; i < p->n && g->n_missing == 0; i++)
		ask(p, g, i, line);
	finish_if_whole(p, g);
}

/* One of them writes the list, with what all know of the plugins' code. */
static void ask_plugins(struct parent *p, const struct gathering *healths)
{
	struct gathering *g = gather(p, GATHER_ONE, healths->ticket);
	struct healths all = {.list = VEC_INIT};
	struct plugin_health one;
	struct buf line = BUF_INIT;

	for (unsigned i = 0; i < p->n; i++) {
		const struct buf *part = &healths->parts[i];

		for (size_t at = 0; at + sizeof(one) <= part->len; at += sizeof(one)) {
			memcpy(&one, part->ptr + at, sizeof(one));
			healths_add(&all, &one);
		}
	}
	buf_printf(&line, "plugins %.*s\n", VIEW_ARG(buf_view(&healths->text)));
	buf_add(&line, all.list.items, all.list.n * sizeof(one));
	ask_one(p, g, buf_view(&line));
	buf_done(&line);
	vec_done(&all.list);
}

static void finish(struct parent *p, struct gathering *g)
{
	struct buf out = BUF_INIT;

	switch (g->kind) {
	case GATHER_STATUS:
		put_status(p, g, &out);
		break;
	case GATHER_METRICS:
		put_metrics(p, g, &out);
		break;
	case GATHER_HEALTHS:
		ask_plugins(p, g);
		return;
	case GATHER_ONE:
		for (unsigned i = 0; i < p->n; i++)
			buf_view_add(&out, buf_view(&g->parts[i]));
		if (out.len == 0)
			buf_str(&out, "error: no worker answers\n");
		break;
	case GATHER_SYNC:
		buf_view_add(&out, buf_view(&g->text));
		break;
	}
	answer(p, g->ticket, &out);
	buf_done(&out);
}

static void finish_if_whole(struct parent *p, struct gathering *g)
{
	struct gathering **at = &p->gatherings;

	if (g->n_missing > 0)
		return;
	while (*at != g)
		at = &(*at)->next;
	*at = g->next;
	finish(p, g);
	gathering_free(g);
}

static void missing_no_more(struct parent *p, struct gathering *g, unsigned worker)
{
	if (!g->is_missing[worker])
		return;
	g->is_missing[worker] = false;
	g->n_missing--;
	finish_if_whole(p, g);
}

void parent_answer(struct parent *p, unsigned worker, uint64_t id, struct view text)
{
	struct gathering *g = p->gatherings;

	while (g && g->id != id)
		g = g->next;
	if (!g || !g->is_missing[worker])
		return;
	buf_view_add(&g->parts[worker], text);
	missing_no_more(p, g, worker);
}

void parent_forget(struct parent *p, unsigned worker)
{
	struct gathering *next;

	for (struct gathering *g = p->gatherings; g; g = next) {
		next = g->next;
		missing_no_more(p, g, worker);
	}
}

void parent_admin_sweep(struct parent *p, int64_t now_ms)
{
	struct gathering *next;

	for (struct gathering *g = p->gatherings; g; g = next) {
		next = g->next;
		if (now_ms < g->until_ms)
			continue;
		g->n_missing = 0;
		finish_if_whole(p, g);
	}
}

void parent_admin_done(struct parent *p)
{
	while (p->gatherings) {
		struct gathering *g = p->gatherings;

		p->gatherings = g->next;
		gathering_free(g);
	}
}

void parent_answer_later(struct parent *p, uint64_t ticket, struct view text)
{
	struct gathering *g = gather(p, GATHER_SYNC, ticket);

	buf_view_add(&g->text, text);
	ask_all(p, g, VIEW("figures"));
}

/* ---- commands ---- */

static void change_log(struct parent *p, struct view argument, struct buf *out)
{
	struct buf line = BUF_INIT;

	command_log(p->settings->log_form, argument, out);
	buf_printf(&line, "log %.*s", VIEW_ARG(argument));
	for (unsigned i = 0; i < p->n; i++)
		link_send(p->workers[i].link, WORKER_COMMAND, 0, buf_view(&line), LINK_WAITING_MAX);
	buf_done(&line);
}

static void begin(struct parent *p, enum gathering_kind kind, uint64_t ticket, struct view argument,
		  const char *line)
{
	struct gathering *g = gather(p, kind, ticket);

	g->json = view_is(argument, "json");
	buf_view_add(&g->text, argument);
	ask_all(p, g, view_of(line));
}

/* What is in the store any of them can say. */
static void begin_inbox(struct parent *p, uint64_t ticket, struct view argument)
{
	struct gathering *g = gather(p, GATHER_ONE, ticket);
	struct buf line = BUF_INIT;

	buf_printf(&line, "inbox %.*s", VIEW_ARG(argument));
	ask_one(p, g, buf_view(&line));
	buf_done(&line);
}

bool parent_command(void *data, uint64_t ticket, struct view name, struct view argument,
		    struct buf *out)
{
	struct parent *p = data;

	if (view_is(name, "status"))
		begin(p, GATHER_STATUS, ticket, argument, "figures");
	else if (view_is(name, "metrics"))
		begin(p, GATHER_METRICS, ticket, argument, "metrics");
	else if (view_is(name, "plugins"))
		begin(p, GATHER_HEALTHS, ticket, argument, "healths");
	else if (view_is(name, "inbox"))
		begin_inbox(p, ticket, argument);
	else if (view_is(name, "reload"))
		content_reload(p->content, ticket);
	else if (view_is(name, "log"))
		change_log(p, argument, out);
	else if (view_is(name, "help"))
		commands_help(out);
	else if (view_is(name, "stop"))
		buf_str(out, "ok, stopping\n");
	else
		commands_unknown(name, out);
	if (view_is(name, "stop"))
		parent_drain(p);
	return out->len > 0;
}
