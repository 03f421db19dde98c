/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ground.h - what all plugins of a generation stand on: intents, places, wording.
 *
 * Most changes are of a plugin, and leave it as it is: then the next generation stands on the same,
 * which costs nothing. Read-only once it is there; counted, by several threads.
 */
#ifndef ENGINE_GROUND_H
#define ENGINE_GROUND_H

#include <stdatomic.h>

#include "dialog/facet.h"
#include "dialog/scope.h"
#include "know/catalog.h"
#include "know/region.h"
#include "know/wording.h"

struct ground {
	atomic_uint n_refs;
	struct arena arena;
	uint64_t id; /* archive_files_hash() of what it was read from; 0: not known */
	struct catalog catalog;
	struct region_table regions;
	struct wording *wording;
	struct facets facets; /* what a comparison can be about */
	struct scope scope;   /* what can be asked about, in words */
};

/* Where it is read from. */
struct ground_paths {
	const char *intents_dir, *regions_dir, *wording_file;
};

/* 0, or -errno with the first thing that is wrong in *why. `from` NULL is the disk. */
int ground_read(const struct files *from, const struct ground_paths *paths, struct ground **ret,
		struct fault *why);
struct ground *ground_ref(struct ground *g);
/* NULL is fine. */
void ground_unref(struct ground *g);

#endif
