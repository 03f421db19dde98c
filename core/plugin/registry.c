/* SPDX-License-Identifier: Apache-2.0 */
/* registry.c - plugins from their sources, and finding who speaks for a place. */
#include "plugin/registry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/say.h"

struct left_out {
	const char *path;
	struct view why;
};

struct registry {
	struct arena arena;
	struct sources own; /* where nobody else holds them */
	const struct region_table *regions;
	struct plugin *plugins;
	size_t n_plugins;
	struct left_out *left_out;
	size_t n_left_out;
	const struct plugin **by_region; /* by region.index */
};

/* A plugin that was read, before it is known whether it may stay. */
struct candidate {
	struct plugin plugin;
	struct plugin_source *source;
};

struct reading {
	const struct registry_options *options;
	struct registry *registry;
	struct sources *sources;
	struct problems *problems; /* what the author is told */
	struct problems here;      /* of the plugin that is being read */
	VEC(struct candidate) candidates;
	bool again; /* somebody fell back: what was decided before is void */
};

static void fall_back(struct reading *r, struct plugin_source *source, const struct fault *why)
{
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	source_fall_back(r->sources, source, view_of(fault_format(why, text, sizeof(text))));
	r->again = true;
}

/* Left out for what the guide says at `at`. */
static void refuse(struct reading *r, const struct candidate *c, struct view at, const char *fmt,
		   ...) __attribute__((format(printf, 4, 5)));
static void refuse(struct reading *r, const struct candidate *c, struct view at, const char *fmt,
		   ...)
{
	struct fault why;
	char text[FAULT_TEXT_MAX];
	unsigned line, column;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), say(fmt), ap);
	va_end(ap);
	fault_set(&why, "%s", text);
	guide_place(&c->plugin.guide, at, &line, &column);
	fault_place(&why, c->source->path, line, column);
	problem_add(r->problems, true, c->source->path, line, column, "%s", text);
	fall_back(r, c->source, &why);
}

/* ---- one plugin ---- */

static void check_claims(struct reading *r, const struct plugin *p)
{
	for (size_t i = 0; i < p->n_claims; i++) {
		const struct intent *near;

		if (catalog_find(r->options->catalog, p->claims[i]))
			continue;
		near = catalog_nearest(r->options->catalog, p->claims[i]);
		if (near)
			problem_add(&r->here, true, p->path, 0, 0,
				    "its code claims '%.*s', which is no intent; nearest: '%.*s'",
				    VIEW_ARG(p->claims[i]), VIEW_ARG(near->name));
		else
			problem_add(&r->here, true, p->path, 0, 0,
				    "its code claims '%.*s', which is no intent",
				    VIEW_ARG(p->claims[i]));
	}
}

static void check(struct reading *r, const struct plugin *p, const struct plugin_source *source)
{
	if (source->is_object && !view_eq(p->name, p->guide.name))
		problem_add(&r->here, true, p->path, 0, 0,
			    "the plugin is called '%.*s', its guide '%.*s': make them the same",
			    VIEW_ARG(p->name), VIEW_ARG(p->guide.name));
	check_claims(r, p);
}

/* The same fault is told once, however often a plugin is read. */
static void tell(struct reading *r, struct plugin_source *source)
{
	for (size_t i = 0; !source->is_told && i < r->here.list.n; i++) {
		const struct problem *p = &r->here.list.items[i];

		problem_add(r->problems, p->is_error, p->fault.file, p->fault.line, p->fault.column,
			    "%s", p->fault.text);
	}
	source->is_told = true;
}

static int read_guide(struct reading *r, const struct plugin_source *source, struct plugin *p)
{
	const struct registry_options *o = r->options;
	struct guide_world world = {o->catalog, o->regions, o->today};
	struct arena *a = &r->registry->arena;

	if (o->is_checked)
		return guide_read(a, source->guide, p->path, &p->guide, &r->here);
	return guide_read_and_check(a, source->guide, p->path, &world, &p->guide, &r->here);
}

static void read_plugin(struct reading *r, struct plugin_source *source)
{
	struct candidate c = {.source = source};
	struct plugin *p = &c.plugin;
	struct fault why;

	*p = (struct plugin){
	    .path = source->path,
	    .has_code = source->has_code,
	    .claims = source->claims,
	    .n_claims = source->n_claims,
	    .image_fd = -1,
	    .image_id = source->is_object ? source->id : 0,
	    .confined = source->confined,
	    .trouble = source->is_kept ? source->trouble : VIEW(""),
	};
	if (read_guide(r, source, p) == 0) {
		p->name = source->is_object ? source->name : p->guide.name;
		p->version = source->version.len ? source->version : p->guide.version;
		if (!r->options->is_checked)
			check(r, p, source);
	}
	tell(r, source);
	if (problems_first_error(&r->here, &why)) {
		if (source->old && source->is_changed)
			problem_add(r->problems, false, p->path, 0, 0,
				    "its last good version stays in use");
		fall_back(r, source, &why);
	} else {
		*vec_push(&r->candidates) = c;
	}
	problems_done(&r->here);
	r->here = (struct problems){.n_errors = 0};
}

/* ---- all of them ---- */

/* Of one name the best first: of a later folder, then who was there before. */
static int by_name(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = view_cmp(x->plugin.name, y->plugin.name);

	if (order)
		return order;
	if (x->source->dir != y->source->dir)
		return x->source->dir > y->source->dir ? -1 : 1;
	if (x->source->is_changed != y->source->is_changed)
		return x->source->is_changed ? 1 : -1;
	return strcmp(x->source->path, y->source->path);
}

/* Who was there before comes first, so that nobody new can take a place from it. */
static int by_right(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->source->is_changed != y->source->is_changed)
		return x->source->is_changed ? 1 : -1;
	return view_cmp(x->plugin.name, y->plugin.name);
}

/* True if all its regions are still free; else the other is named. */
static bool claim_regions(struct reading *r, const struct candidate *c, const struct plugin *p)
{
	struct registry *g = r->registry;

	for (size_t i = 0; i < p->guide.regions.n; i++) {
		const struct guide_region *gr = &p->guide.regions.items[i];
		const struct region *region = region_find(g->regions, gr->code);
		const struct plugin *other = region ? g->by_region[region->index] : NULL;

		if (!other)
			continue;
		refuse(r, c, gr->code, "region %.*s is spoken for by '%.*s' (%s) already",
		       VIEW_ARG(gr->code), VIEW_ARG(other->name), other->path);
		return false;
	}
	for (size_t i = 0; i < p->guide.regions.n; i++) {
		const struct region *region =
		    region_find(g->regions, p->guide.regions.items[i].code);

		if (region)
			g->by_region[region->index] = p;
	}
	return true;
}

/* A name is there once: a later folder's wins, in one folder the first. */
static void drop_namesakes(struct reading *r)
{
	struct candidate *list = r->candidates.items;
	size_t n = 0;

	qsort(list, r->candidates.n, sizeof(*list), by_name);
	for (size_t i = 0; i < r->candidates.n; i++) {
		if (n == 0 || !view_eq(list[n - 1].plugin.name, list[i].plugin.name))
			list[n++] = list[i];
		else if (list[n - 1].source->dir == list[i].source->dir)
			refuse(r, &list[i], list[i].plugin.guide.name,
			       "the name '%.*s' is taken by %s", VIEW_ARG(list[i].plugin.name),
			       list[n - 1].plugin.path);
	}
	r->candidates.n = n;
}

static void settle(struct reading *r)
{
	struct registry *g = r->registry;
	size_t n = 0;

	if (r->candidates.n) {
		drop_namesakes(r);
		qsort(r->candidates.items, r->candidates.n, sizeof(*r->candidates.items), by_right);
	}
	g->plugins = ARENA_ARRAY(&g->arena, r->candidates.n + 1, struct plugin);
	g->by_region = ARENA_ARRAY(&g->arena, g->regions->n_items + 1, const struct plugin *);
	for (size_t i = 0; i < r->candidates.n; i++) {
		const struct candidate *c = &r->candidates.items[i];

		g->plugins[n] = c->plugin;
		g->plugins[n].index = (uint32_t)n;
		if (claim_regions(r, c, &g->plugins[n]))
			r->candidates.items[n++] = *c;
	}
	g->n_plugins = r->candidates.n = n;
}

static int take_images(struct reading *r)
{
	struct registry *g = r->registry;

	for (size_t i = 0; i < g->n_plugins; i++) {
		int fd = r->candidates.items[i].source->image_fd;

		if (fd < 0)
			continue;
		g->plugins[i].image_fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
		if (g->plugins[i].image_fd < 0)
			return -errno;
	}
	return 0;
}

static void list_left_out(struct reading *r)
{
	struct registry *g = r->registry;

	g->left_out = ARENA_ARRAY(&g->arena, r->sources->list.n + 1, struct left_out);
	for (size_t i = 0; i < r->sources->list.n; i++) {
		const struct plugin_source *s = &r->sources->list.items[i];

		if (s->is_out)
			g->left_out[g->n_left_out++] = (struct left_out){s->path, s->trouble};
	}
}

/* Each pass reads all; whoever has to fall back makes another necessary, at most twice each. */
static int read_sources(struct reading *r)
{
	do {
		r->again = false;
		r->candidates.n = 0;
		for (size_t i = 0; i < r->sources->list.n; i++)
			if (!r->sources->list.items[i].is_out)
				read_plugin(r, &r->sources->list.items[i]);
		settle(r);
	} while (r->again);
	list_left_out(r);
	return take_images(r);
}

int registry_from(const struct registry_options *options, struct sources *sources,
		  struct registry **ret, struct problems *problems)
{
	struct registry *g = calloc(1, sizeof(*g));
	struct reading reading = {
	    .options = options, .registry = g, .sources = sources, .problems = problems};
	int r;

	if (!g)
		return -ENOMEM;
	arena_init(&g->arena, 65536);
	sources_init(&g->own);
	g->regions = options->regions;
	r = read_sources(&reading);
	vec_done(&reading.candidates);
	if (r < 0)
		registry_free(g);
	else
		*ret = g;
	return r;
}

int registry_new(const struct registry_options *options, struct registry **ret,
		 struct problems *problems)
{
	struct sources_options scan = {
	    .dirs = options->dirs,
	    .n_dirs = options->n_dirs,
	    .host_program = options->host_program,
	    .trust = options->trust,
	};
	struct sources sources;
	struct registry *g;
	int r;

	sources_init(&sources);
	r = sources_scan(&sources, &scan, problems);
	if (r == 0)
		r = registry_from(options, &sources, &g, problems);
	if (r < 0) {
		sources_done(&sources);
		return r;
	}
	g->own = sources;
	*ret = g;
	return 0;
}

void registry_free(struct registry *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n_plugins; i++)
		if (r->plugins[i].image_fd >= 0)
			close(r->plugins[i].image_fd);
	sources_done(&r->own);
	arena_done(&r->arena);
	free(r);
}

size_t registry_count_left_out(const struct registry *r)
{
	return r->n_left_out;
}

size_t registry_count_kept(const struct registry *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_plugins; i++)
		n += r->plugins[i].trouble.len > 0;
	return n;
}

bool registry_left_out(const struct registry *r, size_t i, const char **ret_path,
		       struct view *ret_why)
{
	if (i >= r->n_left_out)
		return false;
	*ret_path = r->left_out[i].path;
	*ret_why = r->left_out[i].why;
	return true;
}

size_t registry_count(const struct registry *r)
{
	return r->n_plugins;
}

const struct plugin *registry_at(const struct registry *r, size_t i)
{
	return i < r->n_plugins ? &r->plugins[i] : NULL;
}

const struct plugin *registry_plugin_of(const struct registry *r, const struct region *region)
{
	return region ? r->by_region[region->index] : NULL;
}

/* ---- the walk ---- */

struct registry_walk registry_walk(const struct registry *r, const struct region *asked,
				   struct view intent)
{
	return (struct registry_walk){.registry = r, .asked = asked, .intent = intent};
}

/* The level number `step`: asked, its parents, then its clusters, then the nation; NULL behind. */
static const struct region *level_at(const struct region *asked, size_t step)
{
	const struct region *r = asked;

	for (; r && r->level != REGION_NATION; r = r->parent)
		if (step-- == 0)
			return r;
	if (step < asked->n_clusters)
		return asked->clusters[step];
	return step == asked->n_clusters ? r : NULL;
}

/* True if a level narrower than number `step` refuses to take the intent from `level`. */
static bool is_refused(const struct registry_walk *w, size_t step, const struct region *level)
{
	for (size_t i = 0; i < step; i++) {
		const struct plugin *p = registry_plugin_of(w->registry, level_at(w->asked, i));

		for (size_t k = 0; p && k < p->guide.gaps.n; k++) {
			const struct guide_gap *gap = &p->guide.gaps.items[k];

			if (view_eq(gap->intent, w->intent) &&
			    (!gap->from.len || view_eq(gap->from, level->id)))
				return true;
		}
	}
	return false;
}

static bool claims(const struct plugin *p, struct view intent)
{
	for (size_t i = 0; i < p->n_claims; i++)
		if (view_eq(p->claims[i], intent))
			return true;
	return false;
}

bool registry_next(struct registry_walk *w, struct registry_hop *ret)
{
	const struct region *level;

	while (w->asked && (level = level_at(w->asked, w->step))) {
		const struct plugin *p = registry_plugin_of(w->registry, level);
		const struct guide_topic *topic = p ? guide_topic_find(&p->guide, w->intent) : NULL;
		bool ask_code =
		    p && p->has_code && (p->n_claims ? claims(p, w->intent) : topic != NULL);
		size_t step = w->step++;

		if ((!topic && !ask_code) || is_refused(w, step, level))
			continue;
		*ret = (struct registry_hop){
		    .level = level, .plugin = p, .topic = topic, .ask_code = ask_code};
		return true;
	}
	return false;
}
