/* SPDX-License-Identifier: Apache-2.0 */
/* world.c - what most subcommands begin with: the configuration and a generation. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/say.h"
#include "cli/cli.h"

void cli_problems(const struct problems *problems)
{
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	for (size_t i = 0; i < problems->list.n; i++) {
		const struct problem *p = &problems->list.items[i];

		fprintf(stderr, "%s%s\n", p->is_error ? "" : say("warning: "),
			fault_format(&p->fault, line, sizeof(line)));
	}
	if (problems->n_errors + problems->n_warnings > problems->list.n)
		fprintf(stderr, say("and %zu more\n"),
			problems->n_errors + problems->n_warnings - problems->list.n);
}

int cli_refuse_option(const char *command, char **argv)
{
	const char letter[] = {'-', (char)optopt, '\0'};

	fprintf(stderr,
		say("%s: there is no option '%s', or its value is missing; %s --help lists them\n"),
		command, optopt ? letter : argv[optind - 1], command);
	return 2;
}

struct view cli_today(void)
{
	static char today[16];
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	return view_make(today, strftime(today, sizeof(today), "%Y-%m-%d", &tm));
}

static int load(struct settings *s, const char *path,
		int (*how)(struct settings *s, const char *path, struct problems *problems))
{
	struct problems problems = {.n_errors = 0};
	int r = how(s, path, &problems);

	if (r < 0)
		cli_problems(&problems);
	problems_done(&problems);
	return r;
}

int world_settings(struct settings *s, const char *path)
{
	return load(s, path, settings_load);
}

int world_settings_file(struct settings *s, const char *path)
{
	return load(s, path, settings_load_file);
}

int world_open(struct world *w, const char *path, bool is_verbose)
{
	struct problems problems = {.n_errors = 0};
	struct generation_paths paths;
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	struct fault why;
	int r;

	r = world_settings(&w->settings, path);
	if (r < 0) {
		settings_done(&w->settings);
		return r;
	}
	settings_paths(&w->settings, &paths);
	r = generation_build(&paths, &w->generation, &problems, &why);
	if (is_verbose || r < 0)
		cli_problems(&problems);
	else if (problems_errors(&problems))
		fprintf(stderr,
			say("wenlu: %zu errors in plugins, which were left out; -v shows them\n"),
			problems_errors(&problems));
	if (r < 0) {
		fprintf(stderr, "wenlu: %s\n", fault_format(&why, line, sizeof(line)));
		settings_done(&w->settings);
	}
	problems_done(&problems);
	return r;
}

void world_close(struct world *w)
{
	generation_unref(w->generation);
	settings_done(&w->settings);
}
