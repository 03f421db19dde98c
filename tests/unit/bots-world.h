/* SPDX-License-Identifier: Apache-2.0 */
/* bots-world.h - a real engine that knows Nanjing, for tests of bots. */
#ifndef TESTS_BOTS_WORLD_H
#define TESTS_BOTS_WORLD_H

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "bots/bots.h"
#include "tests/unit/tap.h"

static inline const char *path_from(struct arena *a, const char *variable, const char *path)
{
	return file_join(a, getenv(variable) ? getenv(variable) : ".", path);
}

static inline struct generation *world_build(struct arena *a)
{
	static const char *plugins;
	struct generation_paths paths = {
	    .intents_dir = path_from(a, "srcdir", "intents"),
	    .regions_dir = path_from(a, "srcdir", "core/know/regions"),
	    .wording_file = path_from(a, "srcdir", "wording/zh.yaml"),
	    .plugin_dirs = &plugins,
	    .n_plugin_dirs = 1,
	    .host_program = path_from(a, "builddir", "wenlu-host"),
	};
	struct problems problems = {.list = VEC_INIT};
	struct fault why = {.text = ""};
	struct generation *g = NULL;

	plugins = path_from(a, "srcdir", "plugins/nanjing");
	if (!ok(generation_build(&paths, &g, &problems, &why) == 0, "the world is built"))
		printf("# %s:%u %s\n", why.file, why.line, why.text);
	problems_done(&problems);
	return g;
}

/* The caller lets go of the generation when the engine is freed. */
static inline struct engine *world_engine(struct arena *a, struct loop *loop,
					  struct generation **ret)
{
	struct engine_options options = {
	    .loop = loop,
	    .host_program = path_from(a, "builddir", "wenlu-host"),
	    .plugin_budget_ms = 300,
	    .max_sessions = 1000,
	    .context_ms = 30 * 60000,
	    .max_question_bytes = 4096,
	};

	*ret = world_build(a);
	return engine_new(&options, *ret);
}

static inline int bots_begin(struct loop *loop, struct engine *engine, const struct settings *s,
			     struct bots **ret, struct fault *why)
{
	struct bot_list list;
	int r = bots_load(s, &list, why);

	return r < 0 ? r : bots_start(loop, engine, s->state_dir, &list, ret, why);
}

#endif
