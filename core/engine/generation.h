/* SPDX-License-Identifier: Apache-2.0 */
/*
 * generation.h - one immutable world: catalogue, regions, wording, understanding, plugins.
 *
 * Built as a whole by generation_build(), then read-only and counted: an ask holds a reference for
 * as long as it runs, so a newer generation can take over between two asks.
 */
#ifndef ENGINE_GENERATION_H
#define ENGINE_GENERATION_H

#include "engine/ground.h"
#include "know/guide.h"
#include "nlu/understand.h"
#include "plugin/registry.h"
#include "plugin/setting.h"

struct generation {
	unsigned n_refs;
	uint64_t number; /* 1, 2, 3 … in this process; 0 before it is in use */
	struct arena arena;
	struct ground *ground; /* these are its, at hand */
	struct catalog catalog;
	struct region_table regions;
	struct wording *wording;
	struct facets facets;
	struct scope scope;
	struct registry *registry;
	struct understander *understander;
	const struct suggestion *suggestions; /* whole questions, for half-typed ones: suggest.c */
	size_t n_suggestions;
	const struct view *openers; /* what to begin with: opener.c */
	size_t n_openers;
	struct view maps[2];     /* sealed memory that all this points into; empty if none */
	struct sources *sources; /* of its own, freed with it; NULL if none */
};

/* Where the content is. All paths outlive the build. */
struct generation_paths {
	const char *intents_dir;
	const char *regions_dir;
	const char *wording_file;
	const char *const *plugin_dirs;
	size_t n_plugin_dirs;
	const char *host_program;
	const char *cache_dir; /* NULL: models are not kept */
	const char *state_dir; /* last good versions of plugins are kept here; NULL: they are not */
	struct trust trust;
	struct plugin_settings of_plugins; /* for the code that canary questions run */
};

/* What is there already when a generation is made; all may be empty. */
struct generation_input {
	struct ground *ground;     /* read already; it is referred to                          */
	const struct files *files; /* NULL: the disk; where the ground is read from            */
	struct sources *sources; /* the plugins; NULL: scan the folders. Outlives the generation */
	bool is_checked;         /* the guides passed all checks                             */
	struct view model;       /* trained already                                          */
	struct view offered;     /* trained already, used if it is of these very examples    */
	bool no_training;        /* rather -EAGAIN                                           */
};

/* 0, or -errno with *why. Problems of single plugins go to `problems` and do not fail it. */
int generation_build(const struct generation_paths *paths, struct generation **ret,
		     struct problems *problems, struct fault *why);
/* The same with some of it given. Its number is 0. */
int generation_make(const struct generation_paths *paths, const struct generation_input *input,
		    struct generation **ret, struct problems *problems, struct fault *why);
/* Give it the next number. On the main thread only. */
void generation_count(struct generation *g);
struct generation *generation_ref(struct generation *g);
void generation_unref(struct generation *g);

/* The date in China, YYYY-MM-DD. */
#define DATE_ROOM 16
void date_format(int64_t wall_ms, char out[DATE_ROOM]);

#endif
