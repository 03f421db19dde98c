/* SPDX-License-Identifier: Apache-2.0 */
/* plugin.c - `wenlu plugin list`: which plugins there are, and why some are not. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/admin-client.h"
#include "cli/cli.h"
#include "wire/json.h"

static const char help[] =
    "Usage: wenlu plugin list [OPTIONS]\n"
    "\n"
    "The plugins of the running server: version, regions, topics, and of each that rests, was\n"
    "left out or keeps its last good version: why, with file, line and column. Where no server\n"
    "runs: those of the configured folders, as it would take them in.\n"
    "\n"
    "  -j, --json         one object a line\n"
    "  -o, --offline      look at the folders, whether a server runs or not\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n";

static const char *kind_of(const struct plugin *p)
{
	return p->has_code ? "code" : p->image_fd >= 0 ? "guide in .so" : "guide";
}

static struct view regions_of(struct buf *out, const struct plugin *p)
{
	buf_clear(out);
	for (size_t i = 0; i < p->guide.regions.n; i++) {
		if (i)
			buf_char(out, ',');
		buf_view_add(out, p->guide.regions.items[i].code);
	}
	return buf_view(out);
}

static void print_json(const struct plugin *p, struct buf *regions)
{
	struct buf out = BUF_INIT;

	buf_str(&out, "{\"name\":");
	json_string(&out, p->name);
	buf_str(&out, ",\"version\":");
	json_string(&out, p->version);
	buf_printf(&out, ",\"kind\":\"%s\",\"regions\":", kind_of(p));
	json_string(&out, regions_of(regions, p));
	buf_printf(&out, ",\"topics\":%zu,\"sources\":%zu,\"path\":", p->guide.topics.n,
		   p->guide.sources.n);
	json_string(&out, view_of(p->path));
	buf_char(&out, '}');
	puts(out.ptr);
	buf_done(&out);
}

static void list_left_out(const struct registry *r, bool as_json)
{
	struct buf out = BUF_INIT;
	const char *path;
	struct view why;

	for (size_t i = 0; registry_left_out(r, i, &path, &why); i++) {
		buf_clear(&out);
		if (as_json) {
			buf_str(&out, "{\"state\":\"out\",\"path\":");
			json_string(&out, view_of(path));
			buf_str(&out, ",\"why\":");
			json_string(&out, why);
			buf_char(&out, '}');
		} else {
			buf_printf(&out, "left out: %.*s", VIEW_ARG(why));
		}
		puts(out.ptr);
	}
	buf_done(&out);
}

/* The running server's own list; false if none runs. */
static bool list_running(const char *config, bool as_json)
{
	struct buf reply = BUF_INIT;
	struct settings settings;
	bool is_there = false;

	if (world_settings(&settings, config) == 0) {
		is_there =
		    admin_ask(settings.admin_socket,
			      as_json ? VIEW("plugins json lines") : VIEW("plugins"), &reply) == 0;
		if (is_there)
			fwrite(reply.ptr ? reply.ptr : "", 1, reply.len, stdout);
		else if (!as_json)
			puts("No server runs with this configuration; its folders have:");
	}
	settings_done(&settings);
	buf_done(&reply);
	return is_there;
}

static int list(const char *config, bool as_json)
{
	struct buf regions = BUF_INIT;
	struct world w;

	if (world_open(&w, config, false) < 0)
		return 2;
	if (!as_json)
		printf("%-18s %-12s %-13s %6s  %s\n", "NAME", "VERSION", "KIND", "TOPICS",
		       "REGIONS");
	for (size_t i = 0; i < registry_count(w.generation->registry); i++) {
		const struct plugin *p = registry_at(w.generation->registry, i);

		if (as_json)
			print_json(p, &regions);
		else
			printf("%-18.*s %-12.*s %-13s %6zu  %s\n", VIEW_ARG(p->name),
			       VIEW_ARG(p->version), kind_of(p), p->guide.topics.n,
			       regions_of(&regions, p).ptr);
	}
	list_left_out(w.generation->registry, as_json);
	buf_done(&regions);
	world_close(&w);
	return 0;
}

static int run(int argc, char **argv)
{
	static const struct option longs[] = {{"config", required_argument, NULL, 'c'},
					      {"json", no_argument, NULL, 'j'},
					      {"offline", no_argument, NULL, 'o'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	const char *config = NULL;
	bool as_json = false, is_offline = false;
	int c;

	while ((c = getopt_long(argc, argv, "c:joh", longs, NULL)) != -1) {
		switch (c) {
		case 'c':
			config = optarg;
			break;
		case 'j':
			as_json = true;
			break;
		case 'o':
			is_offline = true;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs("wenlu plugin --help says how it is called\n", stderr);
			return 2;
		}
	}
	if (optind + 1 != argc || strcmp(argv[optind], "list") != 0) {
		fputs(help, stderr);
		return 2;
	}
	if (!is_offline && list_running(config, as_json))
		return 0;
	return list(config, as_json);
}

const struct command command_plugin = {
    .name = "plugin",
    .arguments = "list",
    .summary = "which plugins there are, and why some are not",
    .run = run,
};
