/* SPDX-License-Identifier: Apache-2.0 */
/* ground.c - see ground.h. */
#include "engine/ground.h"

#include <stdlib.h>

static int read_all(const struct files *from, const struct ground_paths *paths, struct ground *g,
		    struct fault *why)
{
	struct wording_matters matters;
	int r = catalog_load_from(from, &g->arena, paths->intents_dir, &g->catalog, why);

	if (r == 0)
		r = region_table_load_from(from, &g->arena, paths->regions_dir, &g->regions, why);
	if (r < 0)
		return r;
	matters = (struct wording_matters){g->catalog.matters, g->catalog.n_matters};
	r = wording_load_from(from, &g->arena, paths->wording_file, &matters, &g->wording, why);
	if (r < 0)
		return r;
	facets_load(&g->arena, &g->catalog, &g->facets);
	scope_load(&g->arena, &g->catalog, &g->scope);
	return 0;
}

int ground_read(const struct files *from, const struct ground_paths *paths, struct ground **ret,
		struct fault *why)
{
	struct ground *g = calloc(1, sizeof(*g));
	int r;

	if (!g)
		die_oom(sizeof(*g));
	arena_init(&g->arena, 256 * 1024);
	atomic_init(&g->n_refs, 1);
	r = read_all(from, paths, g, why);
	if (r < 0) {
		ground_unref(g);
		return r;
	}
	*ret = g;
	return 0;
}

struct ground *ground_ref(struct ground *g)
{
	atomic_fetch_add_explicit(&g->n_refs, 1, memory_order_relaxed);
	return g;
}

void ground_unref(struct ground *g)
{
	if (!g || atomic_fetch_sub_explicit(&g->n_refs, 1, memory_order_acq_rel) > 1)
		return;
	arena_done(&g->arena);
	free(g);
}
