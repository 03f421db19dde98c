/* SPDX-License-Identifier: Apache-2.0 */
/*
 * region-new.c - `wenlu region new`: the files of a new region.
 *
 * The files stand in new/, with @NAME@ and the like where something is put in. A line that begins
 * with @en@ or @zh@ is written in that language only.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/say.h"
#include "cli/cli.h"
#include "cli/region.h"

static const char help[] =
    "Usage: wenlu region new NAME CODE [TITLE [FOLDER]] [OPTIONS]\n"
    "\n"
    "Begin a region: wenlu region new suzhou 320500 苏州市 makes the folder suzhou with a\n"
    "commented guide, a Makefile, a test and a README. `make check` in it passes at once.\n"
    "Without TITLE it is called as the code is in the list of places.\n"
    "\n"
    "  -C, --with-code    also C, for answers that depend on what the person says\n"
    "  -c, --config FILE  the configuration (default: as the daemon's), for the list of places\n"
    "  -h, --help\n";

static const struct new_file {
	const char *name, *text;
} new_files[] = {
#include "cli/new-files.inc"
};
#define N_FILES (sizeof(new_files) / sizeof(new_files[0]))

struct value {
	const char *mark; /* "@NAME@" */
	struct view value;
};

#define N_VALUES 10

struct making {
	struct arena arena;
	struct settings settings;
	struct catalog catalog;
	struct region_table regions;
	const char *name, *folder;
	bool with_code;
	struct value values[N_VALUES];
	size_t n_values;
};

static int refuse(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static int refuse(const char *fmt, ...)
{
	va_list ap;

	fputs(say("wenlu region new: "), stderr);
	va_start(ap, fmt);
	vfprintf(stderr, say(fmt), ap);
	va_end(ap);
	fputc('\n', stderr);
	return -EINVAL;
}

static void set(struct making *k, const char *mark, struct view value)
{
	k->values[k->n_values++] = (struct value){mark, value};
}

static void put_filled(const struct making *k, struct buf *out, struct view text)
{
	ptrdiff_t at;

	while ((at = view_find(text, VIEW("@"))) >= 0) {
		struct view rest = view_sub(text, (size_t)at, text.len);
		size_t taken = 1, i;

		buf_view_add(out, view_sub(text, 0, (size_t)at));
		for (i = 0; i < k->n_values; i++) {
			if (!view_starts(rest, view_of(k->values[i].mark)))
				continue;
			buf_view_add(out, k->values[i].value);
			taken = strlen(k->values[i].mark);
			break;
		}
		if (i == k->n_values)
			buf_char(out, '@');
		text = view_sub(rest, taken, rest.len);
	}
	buf_view_add(out, text);
}

/* The lines of a file that are in the user's language, filled. */
static void put_lines(const struct making *k, struct buf *out, struct view text)
{
	struct view ours = say_is_english() ? VIEW("@en@") : VIEW("@zh@"), line;
	struct view others = say_is_english() ? VIEW("@zh@") : VIEW("@en@");

	while (text.len && view_split(&text, '\n', &line)) {
		if (view_starts(line, others))
			continue;
		put_filled(k, out,
			   view_starts(line, ours) ? view_sub(line, ours.len, line.len) : line);
		buf_char(out, '\n');
	}
}

/* Under which name a file is written; NULL: not at all. */
static const char *target_of(struct making *k, const char *name)
{
	if (strcmp(name, "guide.yaml") == 0)
		return arena_printf(&k->arena, "%s.yaml", k->name).ptr;
	if (strcmp(name, "plugin.c") == 0)
		return k->with_code ? arena_printf(&k->arena, "%s.c", k->name).ptr : NULL;
	if (strcmp(name, k->with_code ? "Makefile.code" : "Makefile.guide") == 0)
		return "Makefile";
	if (strncmp(name, "Makefile", 8) == 0)
		return NULL;
	return name;
}

/* Nobody's file is written over. */
static bool is_free(struct making *k)
{
	for (size_t i = 0; i < N_FILES; i++) {
		const char *target = target_of(k, new_files[i].name);
		const char *path = target ? file_join(&k->arena, k->folder, target) : NULL;

		if (!path || access(path, F_OK) < 0)
			continue;
		refuse("%s is there already: choose another folder", path);
		return false;
	}
	return true;
}

/* In our own tree make has to be told its name. */
static void tell_in_tree(struct making *k)
{
	const char *list = file_join(&k->arena, k->folder, "../local.mk");
	struct view text;

	if (file_read(&k->arena, list, 1 << 16, &text) == 0 &&
	    view_find(text, VIEW("\nregions =")) >= 0)
		fprintf(stderr,
			say("To build it with the others, add the word %s to `regions` in %s\n"),
			k->name, list);
}

static int write_files(struct making *k)
{
	struct buf out = BUF_INIT;
	int r = 0;

	if (mkdir(k->folder, 0777) < 0 && errno != EEXIST)
		return refuse("%s: %s", k->folder, error_text(errno));
	if (!is_free(k))
		return -EEXIST;
	for (size_t i = 0; i < N_FILES && r == 0; i++) {
		const char *target = target_of(k, new_files[i].name);
		const char *path = target ? file_join(&k->arena, k->folder, target) : NULL;

		if (!target)
			continue;
		buf_clear(&out);
		put_lines(k, &out, view_of(new_files[i].text));
		r = file_write(path, buf_view(&out),
			       view_ends(view_of(target), VIEW(".sh")) ? 0755 : 0644);
		if (r < 0)
			refuse("%s: %s", path, error_text(r));
		else
			puts(path);
	}
	buf_done(&out);
	if (r == 0)
		tell_in_tree(k);
	return r;
}

static bool is_name(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(s) &&
	       strlen(s) <= 64;
}

static int check_place(struct making *k, const char *code, const char **title)
{
	const struct region *r = region_find(&k->regions, view_of(code));
	const struct region *near = r ? NULL : region_nearest(&k->regions, view_of(code));

	if (!is_name(k->name))
		return refuse("'%s': a name is made of a-z, 0-9 and '-'", k->name);
	if (near)
		return refuse("there is no place '%s': did you mean %.*s (%.*s)?", code,
			      VIEW_ARG(near->id), VIEW_ARG(near->name));
	if (!r)
		return refuse("there is no place '%s': codes are those of GB/T 2260, e.g. 320500",
			      code);
	if (r->level == REGION_CLUSTER)
		return refuse("%.*s is a group of places: see plugins/chengyu for one of those",
			      VIEW_ARG(r->name));
	if (!*title)
		*title = arena_copy(&k->arena, r->name).ptr;
	if (!view_is(r->name, *title) && !view_is(region_full_name(&k->arena, r), *title))
		fprintf(stderr, say("wenlu region new: note that %s is %.*s\n"), code,
			VIEW_ARG(region_full_name(&k->arena, r)));
	set(k, "@SHORT@", r->short_name.len ? r->short_name : r->name);
	return 0;
}

static bool is_topic(const struct intent *in, const struct matter *of)
{
	return in->matter == of && intent_is_asked(in);
}

/* The intents that a guide can speak of, matter by matter, as a comment. */
static struct view list_intents(struct making *k)
{
	struct buf out = BUF_INIT;
	struct view copy;

	for (size_t m = 0; m < k->catalog.n_matters; m++) {
		const struct matter *matter = &k->catalog.matters[m];

		buf_printf(&out, "%s#   %.*s", m ? "\n" : "", VIEW_ARG(matter->title));
		for (size_t i = 0; i < k->catalog.n_intents; i++) {
			const struct intent *in = &k->catalog.intents[i];

			if (is_topic(in, matter))
				buf_printf(&out, "\n#     %-24.*s %.*s", VIEW_ARG(in->name),
					   VIEW_ARG(in->question));
		}
	}
	copy = arena_copy(&k->arena, buf_view(&out));
	buf_done(&out);
	return copy;
}

/* Matters that the guide as it is written here does not speak of: how one would begin, as a
 * comment. */
static struct view offer_others(struct making *k)
{
	struct view guide = VIEW(""), copy;
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < N_FILES; i++)
		if (strcmp(new_files[i].name, "guide.yaml") == 0)
			guide = view_of(new_files[i].text);
	for (size_t m = 0; m < k->catalog.n_matters; m++) {
		const struct matter *matter = &k->catalog.matters[m];
		const struct intent *in = k->catalog.intents;
		size_t i = 0;

		if (view_find(guide,
			      arena_printf(&k->arena, "\n  %.*s.", VIEW_ARG(matter->name))) >= 0)
			continue;
		while (i < k->catalog.n_intents && !is_topic(&in[i], matter))
			i++;
		if (i < k->catalog.n_intents)
			buf_printf(&out,
				   "%s  # %.*s: %.*s\n  # %.*s:\n  #   source: G1\n"
				   "  #   summary: 先说结论。",
				   out.len ? "\n" : "", VIEW_ARG(matter->title),
				   VIEW_ARG(in[i].question), VIEW_ARG(in[i].name));
	}
	copy = arena_copy(&k->arena, buf_view(&out));
	buf_done(&out);
	return copy;
}

static int make(struct making *k, const char *code, const char *title)
{
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	struct view today = cli_today();
	struct fault why;
	int r = catalog_load(&k->arena, k->settings.intents, &k->catalog, &why);

	if (r == 0)
		r = region_table_load(&k->arena, k->settings.regions, &k->regions, &why);
	if (r < 0)
		return refuse("%s", fault_format(&why, line, sizeof(line)));
	r = check_place(k, code, &title);
	if (r < 0)
		return r;
	set(k, "@NAME@", view_of(k->name));
	set(k, "@CODE@", view_of(code));
	set(k, "@TITLE@", view_of(title));
	set(k, "@TODAY@", today);
	/* A year on, to the month. */
	set(k, "@REVIEW@",
	    arena_printf(&k->arena, "%04d%.*s", atoi(today.ptr) + 1,
			 VIEW_ARG(view_sub(today, 4, 3))));
	set(k, "@TOPICS@", list_intents(k));
	set(k, "@OTHERS@", offer_others(k));
	set(k, "@FILE@", arena_printf(&k->arena, "%s.%s", k->name, k->with_code ? "so" : "yaml"));
	set(k, "@CODEHINT@",
	    k->with_code ? view_of(say(", `man 3 wenlu-plugin` the code")) : VIEW(""));
	return write_files(k);
}

static int run_opened(struct making *k, const char *config, char **argv)
{
	int status = 2;

	arena_init(&k->arena, 0);
	if (world_settings(&k->settings, config) == 0 && make(k, argv[1], argv[2]) == 0)
		status = 0;
	settings_done(&k->settings);
	arena_done(&k->arena);
	return status;
}

int region_new(int argc, char **argv)
{
	static const struct option longs[] = {{"with-code", no_argument, NULL, 'C'},
					      {"config", required_argument, NULL, 'c'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	struct making k = {.with_code = false};
	const char *config = NULL;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "Cc:h", longs, NULL)) != -1) {
		switch (c) {
		case 'C':
			k.with_code = true;
			break;
		case 'c':
			config = optarg;
			break;
		case 'h':
			fputs(say(help), stdout);
			return 0;
		default:
			return cli_refuse_option("wenlu region new", argv);
		}
	}
	if (argc - optind < 2 || argc - optind > 4) {
		fprintf(stderr,
			say("wenlu region new: %s. For example: wenlu region new suzhou 320500 "
			    "苏州市\n"),
			argc - optind < 2 ? say("a name and a code (GB/T 2260) are wanted")
					  : say("more words than NAME CODE TITLE FOLDER"));
		return 2;
	}
	k.name = argv[optind];
	k.folder = argc - optind == 4 ? argv[optind + 3] : k.name;
	return run_opened(&k, config, argv + optind);
}
