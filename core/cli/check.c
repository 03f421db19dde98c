/* SPDX-License-Identifier: Apache-2.0 */
/* check.c - `wenlu check`: guides and shared objects held against everything that is known. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/say.h"
#include "cli/cli.h"
#include "cli/neighbour.h"
#include "cli/preview.h"
#include "plugin/source.h"
#include "wire/json.h"

static const char help[] =
    "Usage: wenlu check [OPTIONS] [FILE…]\n"
    "\n"
    "Check guides (.yaml) and plugins (.so): unknown keys, intents and codes with the nearest\n"
    "right one, missing sources, facts past their review date, names that collide. Of a file\n"
    "without errors the canary questions are asked, as they would be before it is used. Without a\n"
    "file: all plugins of the configured folders, which were asked theirs when they came there.\n"
    "\n"
    "  -f, --format text|json   text (the default) has file:line:column for editors\n"
    "  -s, --stale              only what is past its review date\n"
    "  -c, --config FILE        the configuration (default: as the daemon's)\n"
    "  -h, --help\n"
    "\n"
    "Exit status: 0 no errors, 1 errors, 2 called wrongly.\n";

struct checking {
	struct arena arena;
	struct settings settings;
	struct catalog catalog;
	struct region_table regions;
	struct neighbours neighbours;
	struct problems problems; /* of one file: the list is capped, and no file hides another */
	size_t n_errors, n_warnings, n_stale, n_guides;
	struct view next_due; /* of what is not past its review date; "" if nothing is */
	const char *due_file;
	bool as_json, only_stale;
};

static void print_json(const struct problem *p)
{
	struct buf out = BUF_INIT;

	buf_str(&out, "{\"file\":");
	json_string(&out, view_of(p->fault.file));
	buf_printf(&out,
		   ",\"line\":%u,\"column\":%u,\"severity\":\"%s\",\"message\":", p->fault.line,
		   p->fault.column, p->is_error ? "error" : "warning");
	json_string(&out, view_of(p->fault.text));
	buf_char(&out, '}');
	puts(out.ptr);
	buf_done(&out);
}

static void print_problem(const struct problem *p)
{
	struct fault f;
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	/* In English as compilers say it: file:line:column: warning: text. */
	fault_set(&f, "%s%s", p->is_error ? "" : say("warning: "), p->fault.text);
	fault_place(&f, p->fault.file, p->fault.line, p->fault.column);
	puts(fault_format(&f, line, sizeof(line)));
}

/* What was found in one file. */
static void report(struct checking *k)
{
	size_t n_more = k->problems.n_errors + k->problems.n_warnings - k->problems.list.n;

	for (size_t i = 0; i < k->problems.list.n; i++) {
		const struct problem *p = &k->problems.list.items[i];

		k->n_stale += p->is_stale;
		if (k->only_stale && !p->is_stale)
			continue;
		if (k->as_json)
			print_json(p);
		else
			print_problem(p);
	}
	if (n_more && !k->as_json)
		printf(say("%s: and %zu more\n"), k->problems.list.items[0].fault.file, n_more);
	k->n_errors += k->problems.n_errors;
	k->n_warnings += k->problems.n_warnings;
	problems_done(&k->problems);
}

/* When somebody has to look again next, and where. */
static void note_due(struct checking *k, const struct guide *guide, const char *path)
{
	struct view today = cli_today();

	k->n_guides++;
	for (size_t i = 0; i < guide->sources.n; i++) {
		struct view due = guide->sources.items[i].review_by;

		if (!due.len || view_cmp(due, view_sub(today, 0, due.len)) < 0)
			continue;
		if (k->next_due.len && view_cmp(due, k->next_due) >= 0)
			continue;
		k->next_due = due;
		k->due_file = path;
	}
}

/* Who fails these is left out when it is installed. */
static void ask_canaries(struct checking *k, const char *path)
{
	struct problems found = {.n_errors = 0};
	struct preview preview;
	struct fault why;
	int r = preview_open(&preview, &k->settings, path, &found, &why);

	/* What is to be warned of was told before. */
	for (size_t i = 0; i < found.list.n; i++)
		if (found.list.items[i].is_error)
			problem_copy(&k->problems, &found.list.items[i]);
	problems_done(&found);
	if (r == 0)
		preview_canaries(&preview, &k->problems);
	else if (r != -EBADMSG)
		problem_add(&k->problems, true, path, 0, 0,
			    "its canary questions cannot be asked: %s", why.text);
	preview_close(&preview);
}

/* A file in a plugin folder whose name keeps it from being read. */
static void check_name(struct checking *k, const char *path)
{
	const char *advice = source_name_advice(path);

	if (advice)
		problem_add(&k->problems, false, path, 0, 0, "%s", advice);
}

static void check_file(struct checking *k, const char *path, bool is_named)
{
	struct guide_world world = {&k->catalog, &k->regions, cli_today()};
	struct guide guide;
	struct fault why;
	struct view yaml;

	if (guide_text(&k->arena, k->settings.host_program, path, &yaml, &why) < 0) {
		problem_add(&k->problems, true, path, 0, 0, "%s", why.text);
	} else if (guide_read_and_check(&k->arena, yaml, path, &world, &guide, &k->problems) == 0) {
		note_due(k, &guide, path);
		neighbours_check(&k->neighbours, &guide, path, &k->regions, &k->problems);
		if (is_named && guide.canaries.n && !k->only_stale &&
		    problems_errors(&k->problems) == 0 && !source_name_advice(path))
			ask_canaries(k, path);
	}
	if (is_named)
		check_name(k, path);
	report(k);
}

static void check_folders(struct checking *k)
{
	const char *const *names;
	size_t n;

	for (size_t d = 0; d < k->settings.plugins.n; d++) {
		const char *dir = k->settings.plugins.items[d];

		if (file_list(&k->arena, dir, NULL, &names, &n) < 0) {
			problem_add(&k->problems, true, dir, 0, 0, "the folder cannot be read");
			report(k);
			continue;
		}
		for (size_t i = 0; i < n; i++) {
			const char *path = file_join(&k->arena, dir, names[i]);

			if (view_ends(view_of(names[i]), VIEW(".so")) ||
			    view_ends(view_of(names[i]), VIEW(".yaml"))) {
				check_file(k, path, false);
			} else {
				check_name(k, path);
				report(k);
			}
		}
	}
}

/* What it comes to, for a person. */
static void sum_up(const struct checking *k)
{
	if (!k->only_stale) {
		printf(say_of(k->n_errors, "%zu error, ", "%zu errors, "), k->n_errors);
		printf(say_of(k->n_warnings, "%zu warning\n", "%zu warnings\n"), k->n_warnings);
		return;
	}
	printf(say_of(k->n_guides, "%zu guide, ", "%zu guides, "), k->n_guides);
	printf(say_of(k->n_stale, "%zu source past the review date",
		      "%zu sources past the review date"),
	       k->n_stale);
	if (k->next_due.len)
		printf(say("; the next is due by %.*s (%s)"), VIEW_ARG(k->next_due), k->due_file);
	putchar('\n');
}

static int run_loaded(struct checking *k, int argc, char **argv)
{
	struct fault why;
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	if (catalog_load(&k->arena, k->settings.intents, &k->catalog, &why) < 0 ||
	    region_table_load(&k->arena, k->settings.regions, &k->regions, &why) < 0) {
		fprintf(stderr, say("wenlu check: %s\n"), fault_format(&why, line, sizeof(line)));
		return 2;
	}
	neighbours_read(&k->neighbours, &k->arena, &k->settings);
	for (int i = 0; i < argc; i++)
		check_file(k, argv[i], true);
	if (argc == 0)
		check_folders(k);
	if (!k->as_json)
		sum_up(k);
	return k->n_errors ? 1 : 0;
}

static int run(int argc, char **argv)
{
	static const struct option longs[] = {{"config", required_argument, NULL, 'c'},
					      {"format", required_argument, NULL, 'f'},
					      {"stale", no_argument, NULL, 's'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	struct checking k = {.as_json = false};
	const char *config = NULL;
	int c, status = 2;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "c:f:sh", longs, NULL)) != -1) {
		switch (c) {
		case 'c':
			config = optarg;
			break;
		case 'f':
			k.as_json = strcmp(optarg, "json") == 0;
			if (!k.as_json && strcmp(optarg, "text") != 0) {
				fputs(say("wenlu check: the format is text or json\n"), stderr);
				return 2;
			}
			break;
		case 's':
			k.only_stale = true;
			break;
		case 'h':
			fputs(say(help), stdout);
			return 0;
		default:
			return cli_refuse_option("wenlu check", argv);
		}
	}
	arena_init(&k.arena, 0);
	if (world_settings(&k.settings, config) == 0)
		status = run_loaded(&k, argc - optind, argv + optind);
	neighbours_done(&k.neighbours);
	problems_done(&k.problems);
	settings_done(&k.settings);
	arena_done(&k.arena);
	return status;
}

const struct command command_check = {
    .name = "check",
    .arguments = "[FILE…]",
    .summary = "check guides and plugins, with line and column",
    .run = run,
};
