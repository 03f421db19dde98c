/* SPDX-License-Identifier: Apache-2.0 */
/*
 * region-preview.c - `wenlu region preview`: answers from a guide that is not installed.
 *
 * The guide is put into a folder of its own behind the configured ones, where it wins over an
 * installed guide of its name, and the world is built with that. Nothing installed is touched.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/asker.h"
#include "cli/region.h"
#include "engine/canary.h"
#include "wire/json.h"

static const char help[] =
    "Usage: wenlu region preview [OPTIONS] FILE [QUESTION…]\n"
    "\n"
    "Answer from a guide (.yaml) or plugin (.so) together with all that is installed, before it\n"
    "is installed itself. Without a question: ask its canary questions.\n"
    "\n"
    "  -j, --json         print the reply as the wire format has it\n"
    "  -w, --why          also say why\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n"
    "\n"
    "Exit status: 0 answered, or all canary questions answered as they should be; 1 not so, or\n"
    "the guide has errors; 2 called wrongly.\n";

struct preview {
	struct world world;
	struct asker asker;
	struct arena arena;
	struct buf out;
	const char *file;   /* as it was named */
	const char *folder; /* of the copy */
	const char *copy;
	const struct plugin *plugin;
	bool as_json, want_why;
	int status;
};

/* ---- the copy ---- */

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
static bool tell_problems(const struct preview *p, const struct problems *problems)
{
	bool has_error = false;

	for (size_t i = 0; i < problems->list.n; i++) {
		struct problem problem = problems->list.items[i];
		char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

		if (strcmp(problem.fault.file, p->copy) != 0)
			continue;
		fault_place(&problem.fault, p->file, problem.fault.line, problem.fault.column);
		fprintf(stderr, "%s%s\n", problem.is_error ? "" : "warning: ",
			fault_format(&problem.fault, line, sizeof(line)));
		has_error |= problem.is_error;
	}
	return has_error;
}

static int open_world(struct preview *p)
{
	struct problems problems = {.n_errors = 0};
	struct generation_paths paths;
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	const char **dirs;
	struct fault why;
	int r;

	settings_paths(&p->world.settings, &paths);
	dirs = ARENA_ARRAY(&p->arena, paths.n_plugin_dirs + 1, const char *);
	for (size_t i = 0; i < paths.n_plugin_dirs; i++)
		dirs[i] = paths.plugin_dirs[i];
	dirs[paths.n_plugin_dirs++] = p->folder;
	paths.plugin_dirs = dirs;
	r = generation_build(&paths, &p->world.generation, &problems, &why);
	if (tell_problems(p, &problems) && r == 0) {
		generation_unref(p->world.generation);
		r = -EBADMSG;
	} else if (r < 0) {
		fprintf(stderr, "wenlu region preview: %s\n",
			fault_format(&why, line, sizeof(line)));
	}
	problems_done(&problems);
	return r;
}

static const struct plugin *find_plugin(const struct preview *p)
{
	const struct registry *r = p->world.generation->registry;

	for (size_t i = 0; i < registry_count(r); i++)
		if (strcmp(registry_at(r, i)->path, p->copy) == 0)
			return registry_at(r, i);
	return NULL;
}

/* ---- asking ---- */

static void print_reply(void *data, const struct reply *reply)
{
	struct reply_envelope envelope = {.seq = 0};
	struct preview *p = data;

	buf_clear(&p->out);
	if (p->as_json)
		reply_write(&p->out, reply, &envelope);
	else
		buf_view_add(&p->out, reply->text);
	printf("%.*s\n", VIEW_ARG(buf_view(&p->out)));
	for (size_t i = 0; i < reply->why.n && !p->as_json; i++)
		printf("  · %.*s\n", VIEW_ARG(reply->why.items[i]));
	p->status = reply->type == REPLY_DECLINE || reply->type == REPLY_ERROR;
}

static int ask_one(struct preview *p, int argc, char **argv)
{
	struct buf question = BUF_INIT;
	struct engine_request request = {.want_why = p->want_why};

	for (int i = 0; i < argc; i++)
		buf_printf(&question, "%s%s", i ? " " : "", argv[i]);
	request.text = buf_view(&question);
	asker_ask(&p->asker, &request, print_reply, p);
	buf_done(&question);
	return p->status;
}

struct canary {
	struct preview *preview;
	const struct guide_canary *what;
	bool is_right;
};

static void complain(struct canary *c, const char *what, struct view which, struct view instead)
{
	unsigned line, column;

	guide_place(&c->preview->plugin->guide, which, &line, &column);
	if (c->is_right)
		printf("%s:%u:%u: %.*s\n", c->preview->file, line, column, VIEW_ARG(c->what->ask));
	c->is_right = false;
	printf("  %s '%.*s'%s%.*s\n", what, VIEW_ARG(which), instead.len ? ", but is " : "",
	       VIEW_ARG(instead));
}

static void on_canary(void *data, const struct reply *reply)
{
	struct canary *c = data;
	const struct reply *part = canary_part(c->what, reply);
	struct view got = part->intent ? part->intent->name : VIEW("nothing known");

	c->is_right = true;
	if (c->what->intent.len && !view_eq(c->what->intent, got))
		complain(c, "is to be understood as", c->what->intent, got);
	for (size_t i = 0; i < c->what->n_must; i++)
		if (view_find(reply->text, c->what->must[i]) < 0)
			complain(c, "the answer lacks", c->what->must[i], VIEW(""));
	for (size_t i = 0; i < c->what->n_must_not; i++)
		if (view_find(reply->text, c->what->must_not[i]) >= 0)
			complain(c, "the answer must not have", c->what->must_not[i], VIEW(""));
	if (!c->is_right)
		printf("  the answer: %.*s\n", VIEW_ARG(reply->text));
}

static int ask_canaries(struct preview *p)
{
	const struct guide *g = &p->plugin->guide;
	size_t n_right = 0;

	for (size_t i = 0; i < g->canaries.n; i++) {
		struct canary c = {.preview = p, .what = &g->canaries.items[i]};
		struct engine_request request = {.text = c.what->ask};

		asker_ask(&p->asker, &request, on_canary, &c);
		n_right += c.is_right;
	}
	printf("%zu of %zu canary questions are answered as they should be\n", n_right,
	       g->canaries.n);
	return n_right == g->canaries.n ? 0 : 1;
}

static int run_built(struct preview *p, int argc, char **argv)
{
	int status;

	p->plugin = find_plugin(p);
	if (!p->plugin) {
		fprintf(stderr, "wenlu region preview: %s is no guide (.yaml) or plugin (.so)\n",
			p->file);
		return 1;
	}
	asker_open(&p->asker, &p->world);
	status = argc > 0 ? ask_one(p, argc, argv) : ask_canaries(p);
	asker_close(&p->asker);
	return status;
}

static int run_opened(struct preview *p, const char *config, int argc, char **argv)
{
	int status = 2, r;

	arena_init(&p->arena, 0);
	if (world_settings(&p->world.settings, config) == 0) {
		r = make_copy(p);
		if (r < 0) {
			fprintf(stderr, "wenlu region preview: %s: %s\n", p->file, error_text(r));
		} else {
			r = open_world(p);
			status = r == -EBADMSG ? 1 : 2;
		}
		if (r == 0) {
			status = run_built(p, argc, argv);
			generation_unref(p->world.generation);
		}
	}
	drop_copy(p);
	buf_done(&p->out);
	arena_done(&p->arena);
	settings_done(&p->world.settings);
	return status;
}

int region_preview(int argc, char **argv)
{
	static const struct option longs[] = {{"json", no_argument, NULL, 'j'},
					      {"why", no_argument, NULL, 'w'},
					      {"config", required_argument, NULL, 'c'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	struct preview p = {.out = BUF_INIT};
	const char *config = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "jwc:h", longs, NULL)) != -1) {
		switch (c) {
		case 'j':
			p.as_json = true;
			break;
		case 'w':
			p.want_why = true;
			break;
		case 'c':
			config = optarg;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs("wenlu region preview --help says how it is called\n", stderr);
			return 2;
		}
	}
	if (optind == argc) {
		fputs(help, stderr);
		return 2;
	}
	p.file = argv[optind];
	return run_opened(&p, config, argc - optind - 1, argv + optind + 1);
}
