/* SPDX-License-Identifier: Apache-2.0 */
/* worker.c - the worker's end of its link to the parent. */
#include "serve/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "bots/carry.h"
#include "engine/loader.h"
#include "serve/admin_plugins.h"
#include "serve/commands.h"
#include "serve/http.h"
#include "serve/link.h"
#include "serve/relay.h"

#define FLUSH_MS 1000

struct worker {
	struct server server;
	struct generation_paths paths;
	struct link *control; /* NULL: the parent has died */
	struct loader loader;
	struct loading loading;
	uint64_t loading_number; /* 0: none is being made or waits to be used */
	bool is_dropped;         /* what the thread makes is not wanted any more */
	struct loading next;     /* came meanwhile */
	uint64_t next_number;    /* 0: nothing */
	bool has_told;           /* that it has drained */
};

static void tell(struct worker *w, uint32_t type, uint64_t id, struct view body)
{
	link_send(w->control, type, id, body, LINK_WAITING_MAX);
}

/* ---- new content ---- */

static void forget_loading(struct worker *w)
{
	loading_done(&w->loading);
	w->loading_number = 0;
	w->is_dropped = false;
}

static void begin(struct worker *w);

static void on_loaded(void *data)
{
	struct worker *w = data;
	const struct generation *g = w->loading.generation;
	struct worker_loaded loaded = {.is_good = g != NULL, .load_ms = w->loading.load_ms};

	if (w->is_dropped) {
		w->server.counts.reloads_failed++;
		forget_loading(w);
		begin(w);
		return;
	}
	if (g) {
		loaded.n_plugins = registry_count(g->registry);
		loaded.n_left_out = registry_count_left_out(g->registry);
	} else {
		loaded.why = w->loading.why;
	}
	tell(w, WORKER_LOADED, w->loading_number, view_make((const char *)&loaded, sizeof(loaded)));
}

static void take_fds(struct loading *l, const int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*vec_push(&l->in.fds) = fcntl(fds[i], F_DUPFD_CLOEXEC, 0);
}

/* What waits, when the thread is free. */
static void begin(struct worker *w)
{
	if (w->loader.is_running || w->next_number == 0)
		return;
	forget_loading(w);
	w->loading = w->next;
	w->loading_number = w->next_number;
	w->next = (struct loading){.began_ms = 0};
	w->next_number = 0;
	if (loader_start(&w->loader, &w->loading) < 0)
		on_loaded(w);
}

static void prepare(struct worker *w, const struct link_packet *p)
{
	loading_done(&w->next);
	w->next = (struct loading){.paths = &w->paths, .began_ms = clock_ms()};
	w->next_number = p->id;
	take_fds(&w->next, p->fds, p->n_fds);
	begin(w);
}

static void switch_to(struct worker *w, uint64_t number)
{
	int64_t began = clock_ns(), took;

	if (w->loading_number != number || !w->loading.generation)
		return;
	w->loading.generation->number = number;
	engine_switch(w->server.engine, w->loading.generation);
	w->server.counts.reloads++;
	took = clock_ns() - began;
	forget_loading(w);
	tell(w, WORKER_SWITCHED, number, view_make((const char *)&took, sizeof(took)));
}

static void drop(struct worker *w, uint64_t number)
{
	if (w->loading_number != number)
		return;
	if (w->loader.is_running) {
		w->is_dropped = true;
		return;
	}
	w->server.counts.reloads_failed++;
	forget_loading(w);
}

/* ---- the administrator, through the parent ---- */

void worker_answer(struct worker *w, uint64_t ticket, struct view text)
{
	tell(w, WORKER_ANSWER, ticket, text);
}

static void put_healths(struct worker *w, struct buf *out)
{
	struct healths all = {.list = VEC_INIT};

	healths_take(&w->server, &all);
	buf_add(out, all.list.items, all.list.n * sizeof(all.list.items[0]));
	vec_done(&all.list);
}

static void put_plugins(struct worker *w, struct view argument, struct view healths,
			struct buf *out)
{
	struct healths all = {.list = VEC_INIT};

	for (size_t at = 0; at + sizeof(struct plugin_health) <= healths.len;
	     at += sizeof(struct plugin_health))
		memcpy(vec_push(&all.list), healths.ptr + at, sizeof(struct plugin_health));
	admin_plugins(&w->server, &all, argument, out);
	vec_done(&all.list);
}

static void command(struct worker *w, const struct link_packet *p)
{
	struct view rest = p->body, line, name;
	struct buf out = BUF_INIT;
	bool is_done = true;
	struct figures f;

	view_split(&rest, '\n', &line);
	view_split(&line, ' ', &name);
	if (view_is(name, "figures")) {
		figures_take(&w->server, &f);
		buf_add(&out, &f, sizeof(f));
	} else if (view_is(name, "healths")) {
		put_healths(w, &out);
	} else if (view_is(name, "plugins")) {
		put_plugins(w, line, rest, &out);
	} else {
		is_done = command_run(&w->server, p->id, name, view_trim(line), &out);
	}
	if (is_done)
		tell(w, WORKER_ANSWER, p->id, buf_view(&out));
	buf_done(&out);
}

/* ---- the link ---- */

static void stop(struct worker *w)
{
	w->server.is_done = true;
	loop_stop(w->server.loop);
}

static void refresh(struct worker *w, const struct link_packet *p)
{
	struct buf nobody = BUF_INIT;
	struct bot_list list;

	edge_reload(&w->server);
	server_read_pages(&w->server);
	if (p->n_fds == 1 && bot_list_unseal(p->fds[0], &list) == 0)
		http_bots_use(&w->server, &list, &nobody);
	buf_done(&nobody);
}

static void on_packet(void *data, const struct link_packet *p)
{
	struct worker *w = data;

	switch (p->type) {
	case WORKER_ACCEPT:
		server_accept(&w->server);
		break;
	case WORKER_PEER:
		if (p->n_fds == 1 && p->id < w->server.shared->n) {
			relays_link(w->server.relays, (unsigned)p->id, p->fds[0]);
			p->fds[0] = -1;
		}
		break;
	case WORKER_PREPARE:
		prepare(w, p);
		break;
	case WORKER_SWITCH:
		switch_to(w, p->id);
		break;
	case WORKER_DROP:
		drop(w, p->id);
		break;
	case WORKER_REFRESH:
		refresh(w, p);
		break;
	case WORKER_COMMAND:
		command(w, p);
		break;
	case WORKER_DRAIN:
		if (!w->server.is_draining)
			server_drain(&w->server);
		break;
	case WORKER_STOP:
		stop(w);
		break;
	}
}

static void on_ended(void *data)
{
	struct worker *w = data;

	link_close(w->control);
	w->control = NULL;
	log_warn("the parent of this worker has died; it finishes what is under way");
	if (!w->server.is_draining)
		server_drain(&w->server);
	else if (w->has_told)
		stop(w);
}

bool worker_drained(struct worker *w)
{
	if (!w->control)
		return false;
	if (!w->has_told)
		tell(w, WORKER_DRAINED, 0, VIEW(""));
	w->has_told = true;
	return true;
}

void worker_ignore_signals(void)
{
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
}

static struct generation *first_generation(struct worker *w, const struct worker_content *content)
{
	struct generation *g;

	if (content->generation)
		return content->generation;
	w->loading = (struct loading){.paths = &w->paths, .began_ms = clock_ms()};
	take_fds(&w->loading, content->fds, content->n_fds);
	loading_run(&w->loading);
	g = w->loading.generation ? generation_ref(w->loading.generation) : NULL;
	if (g)
		g->number = content->number;
	return g;
}

static int start(struct worker *w, struct settings *settings, const struct worker_content *content,
		 const struct inheritance *from, struct fault *why)
{
	struct generation *g = first_generation(w, content);
	int r = -EBADMSG;

	if (g)
		r = server_start(&w->server, settings, g, from, why);
	else
		*why = w->loading.why;
	generation_unref(g);
	forget_loading(w);
	return r;
}

/* That it cannot start, over a link without a loop to turn. */
static int tell_failure(int control, const struct fault *why)
{
	struct loop *loop = loop_new(false);
	struct link_user nobody = {.packet = NULL};
	struct link *link = link_open(loop, control, &nobody);
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	fault_format(why, text, sizeof(text));
	link_send(link, WORKER_FAILED, 0, view_of(text), LINK_WAITING_MAX);
	link_flush(link, FLUSH_MS);
	link_close(link);
	loop_free(loop);
	return 1;
}

int worker_main(struct settings *settings, const struct worker_content *content,
		const struct inheritance *from, int control)
{
	struct worker *w = calloc(1, sizeof(*w));
	struct link_user user = {.packet = on_packet, .ended = on_ended, .data = w};
	struct fault why;

	if (!w)
		die_oom(sizeof(*w));
	settings_paths(settings, &w->paths);
	if (start(w, settings, content, from, &why) < 0) {
		free(w);
		return tell_failure(control, &why);
	}
	w->server.worker = w;
	w->server.relays = relays_new(&w->server);
	w->control = link_open(w->server.loop, control, &user);
	loader_init(&w->loader, w->server.loop, on_loaded, w);
	tell(w, WORKER_READY, 0, VIEW(""));
	while (!w->server.is_done)
		loop_run(w->server.loop);
	loader_end(&w->loader);
	forget_loading(w);
	loading_done(&w->next);
	if (w->control)
		link_flush(w->control, FLUSH_MS);
	link_close(w->control);
	server_stop(&w->server);
	free(w);
	return 0;
}
