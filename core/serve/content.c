/* SPDX-License-Identifier: Apache-2.0 */
/* content.c - see content.h. */
#include "serve/content.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "engine/watch.h"
#include "serve/admin.h"
#include "serve/notify.h"
#include "serve/server.h"

/* This very program, also when its file was replaced by a newer one meanwhile. */
#define PROGRAM "/proc/self/exe"

/* The faults that were logged last time: the same again is no news. */
struct content {
	struct builder *builder;
	struct watch *watch;
	struct generation_paths paths;
	VEC(uint64_t) told;
	bool is_asked; /* SIGHUP or the administrator: certificates too */
};

static uint64_t hash_problem(const struct problem *p)
{
	return hash_view(view_of(p->fault.text)) ^ hash_mix(hash_view(view_of(p->fault.file))) ^
	       hash_mix(p->fault.line * 2 + p->is_error);
}

static void log_one(const struct problem *p)
{
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	log_write(p->is_error ? LOG_LEVEL_WARN : LOG_LEVEL_INFO, "%s",
		  fault_format(&p->fault, text, sizeof(text)));
}

void content_log(const struct problems *problems)
{
	for (size_t i = 0; i < problems->list.n; i++)
		log_one(&problems->list.items[i]);
}

static void log_news(struct content *c, const struct problems *problems)
{
	VEC(uint64_t) now = VEC_INIT;

	for (size_t i = 0; i < problems->list.n; i++) {
		uint64_t hash = hash_problem(&problems->list.items[i]);
		bool is_told = false;

		for (size_t j = 0; j < c->told.n && !is_told; j++)
			is_told = c->told.items[j] == hash;
		if (!is_told)
			log_one(&problems->list.items[i]);
		*vec_push(&now) = hash;
	}
	vec_done(&c->told);
	c->told.items = now.items;
	c->told.n = now.n;
	c->told.cap = now.cap;
}

static void switch_to(struct server *s, const struct builder_report *report)
{
	struct generation *g = report->generation;
	int64_t began = clock_ns();

	engine_switch(s->engine, g);
	log_info("content: generation %llu, %zu plugins, %zu left out; built in %lld ms, loaded in "
		 "%lld ms, %zu canary questions, switched in %.2f ms%s",
		 (unsigned long long)g->number, registry_count(g->registry),
		 registry_count_left_out(g->registry), (long long)report->build_ms,
		 (long long)report->load_ms, report->n_canaries, (double)(clock_ns() - began) / 1e6,
		 report->is_trained ? "" : "; new questions are still being learnt");
	s->counts.reloads++;
}

static void on_built(void *data, const struct builder_report *report)
{
	struct server *s = data;
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 64], place[FAULT_TEXT_MAX + FAULT_FILE_MAX];

	log_news(s->content, report->problems);
	if (report->is_used) {
		switch_to(s, report);
		snprintf(text, sizeof(text), "ok, generation %llu, %zu plugins, %zu left out\n",
			 (unsigned long long)report->generation->number,
			 registry_count(report->generation->registry),
			 registry_count_left_out(report->generation->registry));
	} else {
		s->counts.reloads_failed++;
		log_error("new content is refused, the old stays: %s",
			  fault_format(&report->why, place, sizeof(place)));
		snprintf(text, sizeof(text), "failed, the old content stays: %s\n", place);
	}
	/* Who asked waits for the whole of it. */
	if (builder_is_busy(s->content->builder))
		return;
	if (s->content->is_asked) {
		s->content->is_asked = false;
		edge_reload(s);
		server_read_pages(s);
		notify("READY=1");
	}
	if (s->admin)
		admin_tell(s->admin, text);
}

static void on_change(void *data)
{
	struct server *s = data;

	log_debug("content: something changed, building");
	if (!s->is_draining)
		builder_request(s->content->builder);
}

void server_reload(struct server *s)
{
	notify("RELOADING=1");
	s->content->is_asked = true;
	builder_request(s->content->builder);
}

int content_first(const struct settings *s, struct builder **ret_builder, struct generation **ret,
		  struct problems *problems)
{
	struct generation_paths paths;
	struct builder *b;
	struct fault why;
	int r;

	settings_paths(s, &paths);
	b = builder_new(&paths, PROGRAM);
	r = builder_first(b, ret, problems, &why);
	if (r < 0) {
		problem_add(problems, true, why.file[0] ? why.file : NULL, why.line, why.column,
			    "%s", why.text);
		builder_free(b);
		return r;
	}
	*ret_builder = b;
	return 0;
}

void content_start(struct server *s, struct builder *builder)
{
	struct content *c = calloc(1, sizeof(*c));

	if (!c)
		die_oom(sizeof(*c));
	c->builder = builder;
	settings_paths(s->settings, &c->paths);
	s->content = c;
	builder_start(builder, s->loop, on_built, s);
	if (strcmp(s->settings->watch, "yes") != 0)
		return;
	c->watch = watch_new(s->loop, &c->paths, on_change, s);
	if (!c->watch)
		log_warn("the content cannot be watched: %s; reload it by hand", error_text(errno));
}

void content_stop(struct server *s)
{
	if (!s->content)
		return;
	watch_free(s->content->watch);
	builder_free(s->content->builder);
	vec_done(&s->content->told);
	free(s->content);
	s->content = NULL;
}
