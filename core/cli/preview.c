/* SPDX-License-Identifier: Apache-2.0 */
/* preview.c - see preview.h. */
#include "cli/preview.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "engine/canary.h"

static int make_copy(struct preview *p)
{
	const char *tmp = getenv("TMPDIR");
	const char *name = strrchr(p->file, '/') ? strrchr(p->file, '/') + 1 : p->file;
	struct view content;
	char *folder;
	int r = file_read(&p->arena, p->file, LIMIT_PLUGIN_BYTES, &content);

	if (r < 0)
		return r;
	folder =
	    (char *)arena_printf(&p->arena, "%s/wenlu-preview-XXXXXX", tmp && *tmp ? tmp : "/tmp")
		.ptr;
	if (!mkdtemp(folder))
		return -errno;
	p->folder = folder;
	p->copy = file_join(&p->arena, folder, name);
	return file_write(p->copy, content, 0600);
}

static void drop_copy(struct preview *p)
{
	if (p->copy)
		unlink(p->copy);
	if (p->folder)
		rmdir(p->folder);
}

/* What is wrong with the copy, under the name the author knows. True if there is an error. */
static bool take_problems(const struct preview *p, const struct problems *all, struct problems *ret)
{
	bool has_error = false;

	for (size_t i = 0; i < all->list.n; i++) {
		struct problem problem = all->list.items[i];

		if (strcmp(problem.fault.file, p->copy) != 0)
			continue;
		fault_place(&problem.fault, p->file, problem.fault.line, problem.fault.column);
		problem_copy(ret, &problem);
		has_error |= problem.is_error;
	}
	return has_error;
}

static int build(struct preview *p, struct problems *problems, struct fault *why)
{
	struct generation_paths paths;
	const char **dirs;

	settings_paths(p->settings, &paths);
	dirs = ARENA_ARRAY(&p->arena, paths.n_plugin_dirs + 1, const char *);
	for (size_t i = 0; i < paths.n_plugin_dirs; i++)
		dirs[i] = paths.plugin_dirs[i];
	dirs[paths.n_plugin_dirs++] = p->folder;
	paths.plugin_dirs = dirs;
	return generation_build(&paths, &p->world.generation, problems, why);
}

static const struct plugin *find_plugin(const struct preview *p)
{
	const struct registry *r = p->world.generation->registry;

	for (size_t i = 0; i < registry_count(r); i++)
		if (strcmp(registry_at(r, i)->path, p->copy) == 0)
			return registry_at(r, i);
	return NULL;
}

int preview_open(struct preview *p, const struct settings *settings, const char *file,
		 struct problems *problems, struct fault *why)
{
	struct problems all = {.n_errors = 0};
	int r;

	*p = (struct preview){.settings = settings, .file = file, .world = {.settings = *settings}};
	arena_init(&p->arena, 0);
	r = make_copy(p);
	if (r < 0) {
		fault_set(why, "%s", error_text(r));
		fault_place(why, file, 0, 0);
		return r;
	}
	r = build(p, &all, why);
	if (take_problems(p, &all, problems) && r == 0)
		r = -EBADMSG;
	problems_done(&all);
	if (r < 0)
		return r;
	p->plugin = find_plugin(p);
	if (!p->plugin) {
		fault_set(why, "is no guide (.yaml) or plugin (.so)");
		fault_place(why, file, 0, 0);
		return -ENOENT;
	}
	asker_open(&p->asker, &p->world);
	return 0;
}

void preview_close(struct preview *p)
{
	if (p->asker.engine)
		asker_close(&p->asker);
	generation_unref(p->world.generation);
	drop_copy(p);
	arena_done(&p->arena);
}

struct canary {
	const struct preview *preview;
	const struct guide_canary *what;
	struct problems *problems;
};

static void on_canary(void *data, const struct reply *reply)
{
	const struct canary *c = data;
	struct fault why;

	if (!canary_is_right(&c->preview->plugin->guide, c->what, reply, &why))
		problem_add(c->problems, true, c->preview->file, why.line, why.column, "%s",
			    why.text);
}

size_t preview_canaries(struct preview *p, struct problems *problems)
{
	const struct guide *g = &p->plugin->guide;

	for (size_t i = 0; i < g->canaries.n; i++) {
		struct canary c = {p, &g->canaries.items[i], problems};
		struct engine_request request = {.text = c.what->ask};

		asker_ask(&p->asker, &request, on_canary, &c);
	}
	return g->canaries.n;
}
