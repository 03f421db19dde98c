/* SPDX-License-Identifier: Apache-2.0 */
/*
 * suggest.c - how long a half-typed question takes to be completed; run by suggest.sh.
 *
 * Reads questions from standard input, types each a character at a time as a person does, and asks
 * for suggestions at every one. With -v prints them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "engine/engine.h"
#include "serve/config.h"

#define ROUNDS 20
#define SHOWN  3
#define TIMES  1000000

static double *times;
static size_t n_times;

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void type_on(struct engine *e, struct arena *a, struct view typed, bool is_verbose)
{
	struct view out[SHOWN];
	double from = now_us();
	size_t n = engine_suggest(e, a, typed, out, SHOWN);

	if (n_times < TIMES)
		times[n_times++] = now_us() - from;
	for (size_t i = 0; i < n && is_verbose; i++)
		printf("%.*s\t%.*s\n", VIEW_ARG(typed), VIEW_ARG(out[i]));
	arena_reset(a);
}

static void type_all(struct engine *e, struct arena *a, struct view line, bool is_verbose)
{
	for (size_t len = 1; len <= line.len; len++)
		if (utf8_is_valid(view_sub(line, 0, len), NULL))
			type_on(e, a, view_sub(line, 0, len), is_verbose);
}

static struct generation *load(const char *config)
{
	struct problems problems = {.n_errors = 0};
	struct generation_paths paths;
	struct generation *g = NULL;
	struct settings settings;
	struct fault why;

	if (settings_load(&settings, config, &problems) < 0)
		return NULL;
	settings_paths(&settings, &paths);
	if (generation_build(&paths, &g, &problems, &why) < 0)
		fprintf(stderr, "suggest: %s\n", why.text);
	problems_done(&problems);
	settings_done(&settings);
	return g;
}

int main(int argc, char **argv)
{
	bool is_verbose = argc > 2 && strcmp(argv[2], "-v") == 0;
	struct engine_options options = {.max_sessions = 1, .max_question_bytes = 4096};
	struct generation *g = argc > 1 ? load(argv[1]) : NULL;
	struct engine *e;
	struct arena a;
	char line[1024];

	if (!g)
		return EXIT_FAILURE;
	times = malloc(TIMES * sizeof(*times));
	if (!times)
		return EXIT_FAILURE;
	arena_init(&a, 65536);
	e = engine_new(&options, g);
	while (fgets(line, sizeof(line), stdin)) {
		struct view typed = view_trim(view_of(line));

		for (int i = 0; i < (is_verbose ? 1 : ROUNDS); i++)
			type_all(e, &a, typed, is_verbose);
	}
	if (n_times > 0 && !is_verbose) {
		qsort(times, n_times, sizeof(*times), by_size);
		printf("%zu suggestions: p50 %.1f us, p99 %.1f us, p99.9 %.1f us, worst %.1f us\n",
		       n_times, times[n_times / 2], times[n_times * 99 / 100],
		       times[n_times * 999 / 1000], times[n_times - 1]);
	}
	engine_free(e);
	generation_unref(g);
	arena_done(&a);
	free(times);
	return EXIT_SUCCESS;
}
