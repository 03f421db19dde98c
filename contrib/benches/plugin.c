/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plugin.c - what it costs to have a plugin's code in a process of its own; run by plugin.sh.
 *
 *	plugin SOURCES HOST-PROGRAM FOLDER-WITH-good.so
 *
 * One question after the other, as an ask that waits for it does: to its own process, to the
 * server's (isolate = no, through the same checks), and as a plain call of its answer() with a host
 * that does nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <wenlu/plugin.h>

#include "base/clock.h"
#include "base/file.h"
#include "plugin/host.h"
#include "plugin/load.h"

#define WARM_UP 1000
#define TIMES   20000

struct bench {
	struct loop *loop;
	struct host_pool *pool;
	const struct plugin *plugin;
	bool is_done;
	size_t n_failed;
};

static double times[TIMES];

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void say(const char *what, size_t n_failed)
{
	qsort(times, TIMES, sizeof(times[0]), by_size);
	printf("%-40s p50 %7.2f us  p99 %7.2f us  worst %8.1f us  failed %zu of %d\n", what,
	       times[TIMES / 2], times[TIMES / 100 * 99], times[TIMES - 1], n_failed, TIMES);
}

static void on_done(void *data, enum host_outcome outcome, const struct host_answer *answer,
		    const char *text)
{
	struct bench *b = data;

	(void)answer;
	(void)text;
	b->is_done = true;
	b->n_failed += outcome != HOST_ANSWERED;
}

static void ask(struct bench *b)
{
	static const struct host_slot slot = {VIEW_INIT("overdue_days"), 20};
	struct host_request req = {.region = VIEW_INIT("330106"),
				   .intent = VIEW_INIT("permit.timing"),
				   .text = VIEW_INIT("杭州居住证多久能办下来"),
				   .slots = &slot,
				   .n_slots = 1,
				   .budget_ms = 10000};

	b->is_done = false;
	host_ask(b->pool, b->plugin, &req, on_done, b);
	while (!b->is_done)
		loop_turn(b->loop, true);
}

static void measure_asks(struct bench *b, const char *host_program, bool is_isolated)
{
	b->pool = host_pool_new(b->loop, host_program);
	host_pool_set_conf(b->pool, "good", "isolate", is_isolated ? "yes" : "no");
	for (int i = 0; i < WARM_UP; i++)
		ask(b);
	b->n_failed = 0;
	for (int i = 0; i < TIMES; i++) {
		int64_t from = clock_ns();

		ask(b);
		times[i] = (double)(clock_ns() - from) / 1e3;
	}
	say(is_isolated ? "in a process of its own" : "in the server's (isolate = no)",
	    b->n_failed);
	host_pool_free(b->pool);
}

/* ---- a host that does nothing ---- */

static void log_nothing(const struct wenlu_host *host, int32_t level, const char *text)
{
	(void)host;
	(void)level;
	(void)text;
}

static int32_t conf_nothing(const struct wenlu_host *host, const char *key, char *buf, uint32_t cap)
{
	(void)host;
	(void)key;
	(void)buf;
	(void)cap;
	return -1;
}

static uint32_t ms_left(const struct wenlu_host *host)
{
	(void)host;
	return 300;
}

static const void *no_extension(const struct wenlu_host *host, const char *id)
{
	(void)host;
	(void)id;
	return NULL;
}

static int32_t fill(struct wenlu_answer *out, const char *intent)
{
	(void)out;
	(void)intent;
	return WENLU_OK;
}

static int32_t clear(struct wenlu_answer *out, int32_t field)
{
	(void)out;
	(void)field;
	return WENLU_OK;
}

static int32_t set_age(struct wenlu_answer *out, int32_t ms)
{
	return clear(out, ms);
}

static int32_t add_text(struct wenlu_answer *out, const char *text, const char *source)
{
	(void)out;
	(void)text;
	(void)source;
	return WENLU_OK;
}

static int32_t add_line(struct wenlu_answer *out, int32_t field, const char *text,
			const char *source)
{
	(void)field;
	return add_text(out, text, source);
}

static int32_t add_channel(struct wenlu_answer *out, const struct wenlu_channel *channel)
{
	return add_text(out, channel->name, channel->source);
}

static int32_t add_document(struct wenlu_answer *out, const struct wenlu_document *document)
{
	return add_text(out, document->name, document->source);
}

static int32_t add_timing(struct wenlu_answer *out, const struct wenlu_timing *timing)
{
	return add_text(out, timing->stage, timing->source);
}

static void measure_calls(const char *path)
{
	static const struct wenlu_host host = {.struct_size = sizeof(host),
					       .abi_major = WENLU_ABI_MAJOR,
					       .log = log_nothing,
					       .conf = conf_nothing,
					       .ms_left = ms_left,
					       .get_extension = no_extension,
					       .fill_from_guide = fill,
					       .clear_field = clear,
					       .set_summary = add_text,
					       .add_line = add_line,
					       .add_step = add_text,
					       .add_channel = add_channel,
					       .add_document = add_document,
					       .add_timing = add_timing,
					       .set_max_age = set_age};
	struct wenlu_slot slot = {"overdue_days", 20};
	struct wenlu_request req = {.struct_size = sizeof(req),
				    .budget_ms = 300,
				    .region = "330106",
				    .intent = "permit.timing",
				    .text = "杭州居住证多久能办下来",
				    .slots = &slot,
				    .n_slots = 1};
	size_t n_failed = 0;
	struct loaded l;
	struct fault why;
	void *state = NULL;

	if (load_open(path, &l, &why) < 0 || l.entry.init(&host, &state) != WENLU_OK) {
		fprintf(stderr, "%s cannot be called\n", path);
		exit(EXIT_FAILURE);
	}
	for (int i = 0; i < TIMES; i++) {
		int64_t from = clock_ns();

		n_failed += l.entry.answer(state, &host, &req, NULL) != WENLU_OK;
		times[i] = (double)(clock_ns() - from) / 1e3;
	}
	say("a plain call, unchecked", n_failed);
	load_close(&l);
}

int main(int argc, char **argv)
{
	struct bench b = {.loop = loop_new(true)};
	struct problems problems = {.list = VEC_INIT};
	struct registry_options options = {.n_dirs = 1, .today = VIEW_INIT("2026-01-01")};
	struct catalog catalog;
	struct region_table regions;
	struct registry *registry;
	struct arena a;
	struct fault why;

	arena_init(&a, 0);
	if (argc != 4 || catalog_load(&a, file_join(&a, argv[1], "intents"), &catalog, &why) < 0 ||
	    region_table_load(&a, file_join(&a, argv[1], "core/know/regions"), &regions, &why) < 0)
		return 2;
	options.dirs = (const char *const *)&argv[3];
	options.host_program = argv[2];
	options.catalog = &catalog;
	options.regions = &regions;
	if (registry_new(&options, &registry, &problems) < 0 || registry_count(registry) != 1) {
		fprintf(stderr, "%s: there is to be one plugin\n", argv[3]);
		return EXIT_FAILURE;
	}
	b.plugin = registry_at(registry, 0);
	measure_asks(&b, argv[2], true);
	measure_asks(&b, argv[2], false);
	measure_calls(b.plugin->path);
	registry_free(registry);
	problems_done(&problems);
	loop_free(b.loop);
	arena_done(&a);
	return 0;
}
