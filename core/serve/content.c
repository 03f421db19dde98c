/* SPDX-License-Identifier: Apache-2.0 */
/* content.c - see content.h. */
#include "serve/content.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "serve/notify.h"

/* This very program, also when its file was replaced by a newer one meanwhile. */
#define PROGRAM "/proc/self/exe"

struct content {
	struct content_owner owner;
	struct builder *builder;
	VEC(uint64_t) told;    /* faults that were logged last time: the same again is no news */
	VEC(uint64_t) tickets; /* of those who wait for a reload */
	bool is_asked;         /* SIGHUP or the administrator: certificates too */
	bool is_resting;
	char refused[FAULT_TEXT_MAX + FAULT_FILE_MAX]; /* why the last was; "" if it is in use */
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

/* Gives the answer for those who asked. */
static void use(struct content *c, const struct builder_report *report, char *text, size_t cap)
{
	struct content_facts f = {.number = 0};

	c->owner.use(c->owner.data, report, &f);
	log_info("content: generation %llu, %zu plugins, %zu left out; built in %lld ms, loaded in "
		 "%lld ms, %zu canary questions, switched in %.2f ms%s",
		 (unsigned long long)f.number, f.n_plugins, f.n_left_out,
		 (long long)report->build_ms, (long long)report->load_ms, report->n_canaries,
		 f.switch_ms, report->is_trained ? "" : "; new questions are still being learnt");
	snprintf(text, cap, "ok, generation %llu, %zu plugins, %zu left out\n",
		 (unsigned long long)f.number, f.n_plugins, f.n_left_out);
}

static void tell(struct content *c, struct view text)
{
	for (size_t i = 0; i < c->tickets.n; i++)
		c->owner.tell(c->owner.data, c->tickets.items[i], text);
	vec_clear(&c->tickets);
}

static void on_built(void *data, const struct builder_report *report)
{
	struct content *c = data;
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 64];
	struct buf said = BUF_INIT;

	log_news(c, report->problems);
	c->refused[0] = '\0';
	if (report->is_used) {
		use(c, report, text, sizeof(text));
	} else {
		c->owner.refused(c->owner.data);
		log_error("new content is refused, the old stays: %s",
			  fault_format(&report->why, c->refused, sizeof(c->refused)));
		snprintf(text, sizeof(text), "failed, the old content stays: %s\n", c->refused);
	}
	/* Who asked waits for the whole of it. */
	if (builder_is_busy(c->builder))
		return;
	if (c->is_asked) {
		c->is_asked = false;
		c->owner.refresh(c->owner.data, &said);
		notify("READY=1");
	}
	buf_str(&said, text);
	tell(c, buf_view(&said));
	buf_done(&said);
}

static void on_change(void *data)
{
	struct content *c = data;

	log_debug("content: something changed, building");
	if (!c->is_resting)
		builder_request(c->builder, false);
}

const char *content_refused(const struct content *c)
{
	return c && c->refused[0] ? c->refused : NULL;
}

void content_rest(struct content *c)
{
	if (c)
		c->is_resting = true;
}

void content_reload(struct content *c, uint64_t ticket)
{
	notify("RELOADING=1");
	c->is_asked = true;
	if (ticket)
		*vec_push(&c->tickets) = ticket;
	builder_request(c->builder, true);
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
	r = strcmp(s->watch, "yes") == 0 ? builder_watch(b) : 0;
	if (r < 0)
		log_warn("the content cannot be watched: %s; reload it by hand", error_text(r));
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

struct content *content_start(const struct content_owner *owner, struct builder *builder)
{
	struct content *c = calloc(1, sizeof(*c));

	if (!c)
		die_oom(sizeof(*c));
	c->owner = *owner;
	c->builder = builder;
	builder_start(builder, owner->loop, on_built, c);
	builder_follow(builder, on_change, c);
	return c;
}

void content_stop(struct content *c)
{
	if (!c)
		return;
	builder_free(c->builder);
	vec_done(&c->told);
	vec_done(&c->tickets);
	free(c);
}
