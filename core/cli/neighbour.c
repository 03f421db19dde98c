/* SPDX-License-Identifier: Apache-2.0 */
/* neighbour.c - see neighbour.h. */
#include "cli/neighbour.h"

#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "plugin/describe.h"
#include "plugin/image.h"

int guide_text(struct arena *a, const char *host_program, const char *path, struct view *ret,
	       struct fault *why)
{
	struct description about;
	struct image image;
	int r;

	if (!view_ends(view_of(path), VIEW(".so"))) {
		r = file_read(a, path, LIMIT_YAML_BYTES, ret);
		if (r < 0)
			fault_set(why, "%s", error_text(r));
		return r;
	}
	r = image_open(path, LIMIT_PLUGIN_BYTES, &image, why);
	if (r < 0)
		return r;
	r = describe_image(a, host_program, image.fd, &about, why);
	close(image.fd);
	if (r == 0)
		*ret = about.guide;
	return r;
}

static void read_one(struct neighbours *n, struct arena *a, const struct settings *settings,
		     const char *path)
{
	struct neighbour new = {.path = path};
	struct problems ignored = {.n_errors = 0}; /* told when it is checked itself */
	struct fault why;
	struct view yaml;

	if (guide_text(a, settings->host_program, path, &yaml, &why) == 0 &&
	    guide_read(a, yaml, path, &new.guide, &ignored) == 0)
		*vec_push(&n->list) = new;
	problems_done(&ignored);
}

void neighbours_read(struct neighbours *n, struct arena *a, const struct settings *settings)
{
	const char *const *names;
	size_t n_names;

	for (size_t d = 0; d < settings->plugins.n; d++) {
		const char *dir = settings->plugins.items[d];

		if (file_list(a, dir, NULL, &names, &n_names) < 0)
			continue;
		for (size_t i = 0; i < n_names; i++)
			if (view_ends(view_of(names[i]), VIEW(".so")) ||
			    view_ends(view_of(names[i]), VIEW(".yaml")))
				read_one(n, a, settings, file_join(a, dir, names[i]));
	}
}

struct checking {
	const struct guide *g;
	const struct neighbour *other;
	const struct region_table *regions;
	const char *file;
	struct problems *problems;
};

static void check_code(const struct checking *c, struct view code)
{
	unsigned line, column;

	for (size_t i = 0; i < c->other->guide.regions.n; i++) {
		if (!view_eq(c->other->guide.regions.items[i].code, code))
			continue;
		guide_place(c->g, code, &line, &column);
		problem_add(
		    c->problems, true, c->file, line, column,
		    "regions: '%.*s' speaks for %.*s already (%s): two cannot, give both the "
		    "same name to replace it",
		    VIEW_ARG(c->other->guide.name), VIEW_ARG(code), c->other->path);
	}
}

static bool are_apart(const struct checking *c, struct view code, struct view other)
{
	const struct region *a = region_find(c->regions, code), *b = region_find(c->regions, other);

	return a && b && !region_lies_in(a, b) && !region_lies_in(b, a);
}

/* A name of a place here that stands for another place there. */
static void check_alias(const struct checking *c, struct view code, struct view alias)
{
	unsigned line, column;

	for (size_t i = 0; i < c->other->guide.regions.n; i++) {
		const struct guide_region *r = &c->other->guide.regions.items[i];

		for (size_t j = 0; j < r->n_aliases; j++) {
			if (!view_eq(r->aliases[j], alias) || !are_apart(c, code, r->code))
				continue;
			guide_place(c->g, alias, &line, &column);
			problem_add(c->problems, false, c->file, line, column,
				    "alias '%.*s' already stands for %.*s in '%.*s' (%s)",
				    VIEW_ARG(utf8_clip(alias, 60)), VIEW_ARG(r->code),
				    VIEW_ARG(c->other->guide.name), c->other->path);
		}
	}
}

void neighbours_check(const struct neighbours *n, const struct guide *g, const char *file,
		      const struct region_table *regions, struct problems *problems)
{
	for (size_t i = 0; i < n->list.n; i++) {
		struct checking c = {g, &n->list.items[i], regions, file, problems};

		if (view_eq(c.other->guide.name, g->name))
			continue;
		for (size_t j = 0; j < g->regions.n; j++) {
			const struct guide_region *r = &g->regions.items[j];

			check_code(&c, r->code);
			for (size_t k = 0; k < r->n_aliases; k++)
				check_alias(&c, r->code, r->aliases[k]);
		}
	}
}

void neighbours_done(struct neighbours *n)
{
	vec_done(&n->list);
}
