/* SPDX-License-Identifier: Apache-2.0 */
/* registry.c - reading plugin folders, and finding who speaks for a place. */
#include "plugin/registry.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "plugin/describe.h"
#include "plugin/image.h"

/* A plugin that was read, before it is known whether it may stay. */
struct candidate {
	struct plugin plugin;
	size_t dir; /* index of its folder */
};

struct registry {
	struct arena arena;
	const struct region_table *regions;
	struct plugin *plugins;
	size_t n_plugins;
	const struct plugin **by_region; /* by region.index */
};

struct reading {
	const struct registry_options *options;
	struct registry *registry;
	struct problems *problems;
	VEC(struct candidate) candidates;
};

static void add_fault(struct problems *p, const char *path, const struct fault *f)
{
	problem_add(p, true, f->file[0] ? f->file : path, f->line, f->column, "%s", f->text);
}

/* ---- one plugin ---- */

static int check_guide(struct reading *r, struct plugin *p, struct view yaml)
{
	const struct registry_options *o = r->options;
	size_t before = problems_errors(r->problems);
	int err = guide_read(&r->registry->arena, yaml, p->path, &p->guide, r->problems);

	if (err < 0)
		return err;
	guide_check(&p->guide, o->catalog, o->regions, o->today, p->path, r->problems);
	return problems_errors(r->problems) > before ? -EBADMSG : 0;
}

static int read_table(struct reading *r, struct plugin *p)
{
	struct arena *a = &r->registry->arena;
	struct fault why;
	struct view yaml;
	int err = image_check_rights(p->path, &why);

	if (err == 0) {
		err = file_read(a, p->path, LIMIT_YAML_BYTES, &yaml);
		if (err < 0)
			fault_set(&why, "%s", error_text(err));
	}
	if (err < 0) {
		add_fault(r->problems, p->path, &why);
		return err;
	}
	err = check_guide(r, p, yaml);
	if (err < 0)
		return err;
	p->name = p->guide.name;
	p->version = p->guide.version;
	return 0;
}

static int check_claims(struct reading *r, const struct plugin *p)
{
	for (size_t i = 0; i < p->n_claims; i++) {
		const struct intent *near;

		if (catalog_find(r->options->catalog, p->claims[i]))
			continue;
		near = catalog_nearest(r->options->catalog, p->claims[i]);
		problem_add(r->problems, true, p->path, 0, 0,
			    "its code claims '%.*s', which is no intent%s%.*s%s",
			    VIEW_ARG(p->claims[i]), near ? "; nearest: '" : "",
			    VIEW_ARG(near ? near->name : VIEW("")), near ? "'" : "");
		return -EBADMSG;
	}
	return 0;
}

static int read_description(struct reading *r, struct plugin *p, const struct description *d)
{
	int err = check_guide(r, p, d->guide);

	if (err < 0)
		return err;
	p->name = d->about.name;
	p->version = d->about.version.len ? d->about.version : p->guide.version;
	p->has_code = d->about.has_code;
	p->claims = d->about.claims;
	p->n_claims = d->about.n_claims;
	p->confined = d->about.confined;
	if (!view_eq(p->name, p->guide.name)) {
		problem_add(r->problems, true, p->path, 0, 0,
			    "the plugin is called '%.*s', its guide '%.*s': make them the same",
			    VIEW_ARG(p->name), VIEW_ARG(p->guide.name));
		return -EBADMSG;
	}
	return check_claims(r, p);
}

static int read_object(struct reading *r, struct plugin *p)
{
	struct image image = {.fd = -1};
	struct description d;
	struct fault why;
	int err = image_open(p->path, LIMIT_PLUGIN_BYTES, &image, &why);

	if (err == 0)
		err = describe_image(&r->registry->arena, r->options->host_program, image.fd, &d,
				     &why);
	if (err < 0) {
		add_fault(r->problems, p->path, &why);
	} else {
		p->image_id = image.id;
		err = read_description(r, p, &d);
	}
	/* A table in a .so: its text is read, its code will never run. */
	if (err == 0 && p->has_code)
		p->image_fd = image.fd;
	else if (image.fd >= 0)
		close(image.fd);
	return err;
}

/* ---- all of them ---- */

static void drop(struct candidate *c)
{
	if (c->plugin.image_fd >= 0)
		close(c->plugin.image_fd);
	c->plugin.image_fd = -1;
	c->plugin.path = NULL;
}

/* A name is there once: a later folder's wins, in one folder the first. */
static void enter(struct reading *r, struct plugin *p, size_t dir)
{
	struct candidate *place = NULL;

	for (size_t i = 0; i < r->candidates.n && !place; i++)
		if (view_eq(r->candidates.items[i].plugin.name, p->name))
			place = &r->candidates.items[i];
	if (place && place->dir == dir) {
		struct candidate extra = {.plugin = *p};

		problem_add(r->problems, true, p->path, 0, 0,
			    "left out: the name '%.*s' is taken by %s", VIEW_ARG(p->name),
			    place->plugin.path);
		drop(&extra);
		return;
	}
	if (place)
		drop(place);
	else
		place = vec_push(&r->candidates);
	place->plugin = *p;
	place->dir = dir;
}

static void read_file(struct reading *r, size_t dir, const char *name, bool is_object)
{
	struct plugin p = {.image_fd = -1};

	p.path = file_join(&r->registry->arena, r->options->dirs[dir], name);
	if ((is_object ? read_object(r, &p) : read_table(r, &p)) == 0)
		enter(r, &p, dir);
}

static int read_dir(struct reading *r, size_t dir)
{
	const char *path = r->options->dirs[dir];
	const char *const *names;
	struct fault why;
	size_t n;
	int err = file_list(&r->registry->arena, path, NULL, &names, &n);

	if (err < 0) {
		problem_add(r->problems, true, path, 0, 0, "%s", error_text(err));
		return err;
	}
	err = image_check_rights(path, &why);
	if (err < 0) {
		add_fault(r->problems, path, &why);
		return err;
	}
	for (size_t i = 0; i < n; i++) {
		bool is_object = view_ends(view_of(names[i]), VIEW(".so"));

		if (r->candidates.n >= LIMIT_PLUGINS) {
			problem_add(r->problems, true, path, 0, 0,
				    "more than %d plugins: %s and all after it are left out",
				    LIMIT_PLUGINS, names[i]);
			break;
		}
		if (is_object || view_ends(view_of(names[i]), VIEW(".yaml")))
			read_file(r, dir, names[i], is_object);
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return view_cmp(x->plugin.name, y->plugin.name);
}

/* True if all its regions are still free; else the other is named. */
static bool claim_regions(struct reading *r, const struct plugin *p)
{
	struct registry *g = r->registry;

	for (size_t i = 0; i < p->guide.regions.n; i++) {
		const struct guide_region *gr = &p->guide.regions.items[i];
		const struct region *region = region_find(g->regions, gr->code);
		const struct plugin *other = region ? g->by_region[region->index] : NULL;

		if (!other)
			continue;
		problem_add(r->problems, true, p->path, gr->line, 0,
			    "left out: region %.*s is spoken for by '%.*s' (%s)",
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

static void settle(struct reading *r)
{
	struct registry *g = r->registry;
	size_t n = r->candidates.n;

	if (n)
		qsort(r->candidates.items, n, sizeof(*r->candidates.items), by_name);
	g->plugins = ARENA_ARRAY(&g->arena, n + 1, struct plugin);
	g->by_region = ARENA_ARRAY(&g->arena, g->regions->n_items + 1, const struct plugin *);
	for (size_t i = 0; i < n; i++) {
		struct plugin *place = &g->plugins[g->n_plugins];

		*place = r->candidates.items[i].plugin;
		place->index = (uint32_t)g->n_plugins;
		if (claim_regions(r, place))
			g->n_plugins++;
		else
			drop(&r->candidates.items[i]);
	}
}

int registry_new(const struct registry_options *options, struct registry **ret,
		 struct problems *problems)
{
	struct registry *g = calloc(1, sizeof(*g));
	struct reading reading = {.options = options, .registry = g, .problems = problems};
	int r = 0;

	if (!g)
		return -ENOMEM;
	arena_init(&g->arena, 65536);
	g->regions = options->regions;
	for (size_t i = 0; i < options->n_dirs && r == 0; i++)
		r = read_dir(&reading, i);
	if (r == 0) {
		settle(&reading);
		*ret = g;
	} else {
		for (size_t i = 0; i < reading.candidates.n; i++)
			drop(&reading.candidates.items[i]);
		registry_free(g);
	}
	vec_done(&reading.candidates);
	return r;
}

void registry_free(struct registry *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n_plugins; i++)
		if (r->plugins[i].image_fd >= 0)
			close(r->plugins[i].image_fd);
	arena_done(&r->arena);
	free(r);
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
