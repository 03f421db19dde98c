/* SPDX-License-Identifier: Apache-2.0 */
/* generation.c - the world is built from its folders: what is read first is needed by the next. */
#include "engine/generation.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/seal.h"
#include "engine/suggest.h"

/* Aliases and app names of guides become names of their places. */
static void names_from_guides(struct generation *g, struct understander_options *options)
{
	struct gazetteer_extra *extras;
	size_t n = 0;

	for (size_t i = 0; i < registry_count(g->registry); i++) {
		const struct guide *guide = &registry_at(g->registry, i)->guide;

		for (size_t j = 0; j < guide->regions.n; j++)
			n += guide->regions.items[j].n_aliases + guide->regions.items[j].n_apps;
	}
	extras = ARENA_ARRAY(&g->arena, n + 1, struct gazetteer_extra);
	options->extras = extras;
	for (size_t i = 0; i < registry_count(g->registry); i++) {
		const struct guide *guide = &registry_at(g->registry, i)->guide;

		for (size_t j = 0; j < guide->regions.n; j++) {
			const struct guide_region *r = &guide->regions.items[j];
			const struct region *region = region_find(&g->regions, r->code);

			for (size_t k = 0; region && k < r->n_aliases; k++)
				extras[options->n_extras++] = (struct gazetteer_extra){
				    r->aliases[k], region, REGION_NAME_NICKNAME};
			for (size_t k = 0; region && k < r->n_apps; k++)
				extras[options->n_extras++] =
				    (struct gazetteer_extra){r->apps[k], region, REGION_NAME_APP};
		}
	}
}

static void examples_from_guides(struct generation *g, struct understander_options *options)
{
	struct example_line *lines;
	size_t n = 0;

	for (size_t i = 0; i < registry_count(g->registry); i++)
		n += registry_at(g->registry, i)->guide.examples.n;
	lines = ARENA_ARRAY(&g->arena, n + 1, struct example_line);
	options->extra_examples = lines;
	for (size_t i = 0; i < registry_count(g->registry); i++) {
		const struct guide *guide = &registry_at(g->registry, i)->guide;

		for (size_t j = 0; j < guide->examples.n; j++) {
			const struct guide_example *e = &guide->examples.items[j];
			const struct intent *intent = catalog_find(&g->catalog, e->intent);

			if (intent)
				lines[options->n_extra_examples++] =
				    (struct example_line){intent, e->text};
		}
	}
}

static int build_registry(struct generation *g, const struct generation_paths *paths,
			  const struct generation_input *input, struct problems *problems,
			  struct fault *why)
{
	struct registry_options options = {
	    .dirs = paths->plugin_dirs,
	    .n_dirs = paths->n_plugin_dirs,
	    .host_program = paths->host_program,
	    .catalog = &g->ground->catalog,
	    .regions = &g->ground->regions,
	    .trust = paths->trust,
	    .is_checked = input->is_checked,
	};
	char today[DATE_ROOM];
	int r;

	date_format(clock_wall_ms(), today);
	options.today = arena_copy(&g->arena, view_of(today));
	r = input->sources ? registry_from(&options, input->sources, &g->registry, problems)
			   : registry_new(&options, &g->registry, problems);
	if (r < 0)
		fault_set(why, "the plugins cannot be read: %s", error_text(r));
	return r;
}

static int build_understander(struct generation *g, const struct generation_paths *paths,
			      const struct generation_input *input, struct fault *why)
{
	struct understander_options options = {
	    .catalog = &g->ground->catalog,
	    .regions = &g->ground->regions,
	    .cache_dir = paths->cache_dir,
	    .image = input->model,
	    .offered = input->offered,
	    .no_training = input->no_training,
	};

	names_from_guides(g, &options);
	examples_from_guides(g, &options);
	return understander_new(&options, &g->understander, why);
}

static int stand_on(struct generation *g, const struct generation_paths *paths,
		    const struct generation_input *input, struct fault *why)
{
	struct ground_paths where = {paths->intents_dir, paths->regions_dir, paths->wording_file};
	int r = 0;

	if (input->ground)
		g->ground = ground_ref(input->ground);
	else
		r = ground_read(input->files, &where, &g->ground, why);
	if (r < 0)
		return r;
	g->catalog = g->ground->catalog;
	g->regions = g->ground->regions;
	g->wording = g->ground->wording;
	g->facets = g->ground->facets;
	g->scope = g->ground->scope;
	return 0;
}

int generation_make(const struct generation_paths *paths, const struct generation_input *input,
		    struct generation **ret, struct problems *problems, struct fault *why)
{
	struct generation *g = calloc(1, sizeof(*g));
	int r;

	if (!g)
		die_oom(sizeof(*g));
	arena_init(&g->arena, 64 * 1024);
	g->n_refs = 1;
	r = stand_on(g, paths, input, why);
	if (r == 0)
		r = build_registry(g, paths, input, problems, why);
	if (r == 0)
		r = build_understander(g, paths, input, why);
	if (r < 0) {
		generation_unref(g);
		return r;
	}
	suggestions_build(g);
	openers_build(g);
	*ret = g;
	return 0;
}

int generation_build(const struct generation_paths *paths, struct generation **ret,
		     struct problems *problems, struct fault *why)
{
	const struct generation_input nothing = {.files = NULL};
	int r = generation_make(paths, &nothing, ret, problems, why);

	if (r == 0)
		generation_count(*ret);
	return r;
}

void generation_count(struct generation *g)
{
	static uint64_t last_number;

	g->number = ++last_number;
}

struct generation *generation_ref(struct generation *g)
{
	g->n_refs++;
	return g;
}

void generation_unref(struct generation *g)
{
	if (!g || --g->n_refs > 0)
		return;
	understander_free(g->understander);
	registry_free(g->registry);
	ground_unref(g->ground);
	arena_done(&g->arena);
	if (g->sources)
		sources_done(g->sources);
	free(g->sources);
	for (size_t i = 0; i < sizeof(g->maps) / sizeof(g->maps[0]); i++)
		seal_unmap(g->maps[i]);
	free(g);
}

void date_format(int64_t wall_ms, char out[DATE_ROOM])
{
	/* China has one time zone, UTC+8, and its dates are meant. */
	time_t t = (time_t)(wall_ms / 1000 + 8 * 3600);
	struct tm tm;

	if (!gmtime_r(&t, &tm) || strftime(out, DATE_ROOM, "%Y-%m-%d", &tm) == 0)
		out[0] = '\0';
}
