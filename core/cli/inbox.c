/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.c - `wenlu inbox`: what could not be answered, and what people thought of the answers. */
#include "cli/inbox.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "wire/inbox.h"

static const char help[] =
    "Usage: wenlu inbox [OPTIONS] [list]\n"
    "       wenlu inbox [OPTIONS] show NUMBER…\n"
    "       wenlu inbox [OPTIONS] done|ignore|new NUMBER…\n"
    "       wenlu inbox [OPTIONS] export [NUMBER…]\n"
    "\n"
    "What the server could not answer, and what people thought of its answers. Equal\n"
    "questions are counted, similar ones stand together under the one that was asked most.\n"
    "What is done comes back when it is asked again; what is ignored does not.\n"
    "\n"
    "  -a, --all             done and ignored ones too\n"
    "  -k, --kind KIND       only unanswered, unclear, missing, up or down; may be repeated\n"
    "  -n, --most N          so many groups (default 50; 0: all)\n"
    "  -j, --json            one object a line\n"
    "  -y, --yaml            export: as examples in YAML, instead of LABEL<TAB>TEXT\n"
    "  -l, --label INTENT    export: under this intent instead of the nearest one\n"
    "  -s, --state-dir DIR   where inbox.db is (default: state_dir of the configuration)\n"
    "  -c, --config FILE     the configuration (default: as the daemon's)\n"
    "  -h, --help\n";

/* The file may be in use by the server: SQLite sees to that. */
struct options {
	const char *config, *dir, *label;
	unsigned kinds;
	uint64_t most;
	bool all, json, yaml;
	char **numbers;
	size_t n_numbers;
};

static int complain(const struct fault *why)
{
	fprintf(stderr, "wenlu inbox: %s\n", why->text);
	return 1;
}

static bool keep_row(void *data, const struct inbox_row *row)
{
	struct inbox_view *v = data;

	if (v->kinds >> row->note.kind & 1)
		vec_push(&v->items)->row = *row;
	return true;
}

static bool is_group(const struct inbox_view *v, size_t i)
{
	return i == 0 || v->items.items[i].group != v->items.items[i - 1].group;
}

static void print_json(const struct inbox_view *v, size_t i)
{
	const struct inbox_item *item = &v->items.items[i];
	struct buf out = BUF_INIT;
	size_t first = i;

	while (!is_group(v, first))
		first--;
	inbox_row_begin(&out, &item->row);
	buf_printf(&out, ",\"group\":%lld}", (long long)v->items.items[first].row.n);
	puts(out.ptr);
	buf_done(&out);
}

static const char *region_of(const struct inbox_view *v, const char *id, char *room, size_t size)
{
	const struct region *r = id[0] ? region_find(&v->regions, view_of(id)) : NULL;

	if (r)
		snprintf(room, size, " %.*s", VIEW_ARG(r->name));
	else
		room[0] = '\0';
	return room;
}

static void print_row(const struct inbox_view *v, size_t i)
{
	const struct inbox_row *row = &v->items.items[i].row;
	const struct inbox_note *note = &row->note;
	char place[128];

	printf("%s%5lld× #%-5lld %s%s", is_group(v, i) ? "" : "      ", (long long)row->count,
	       (long long)row->n, note->text[0] ? note->text : "—",
	       region_of(v, note->region, place, sizeof(place)));
	if (note->reason[0])
		printf("  “%s”", note->reason);
	printf("  [%s", inbox_kind_name(note->kind));
	if (note->kind == INBOX_UNANSWERED || note->kind == INBOX_UNCLEAR)
		printf(", %s", note->rule);
	if (row->state != INBOX_NEW)
		printf(", %s", inbox_state_name(row->state));
	if (note->n_nearest)
		printf("] %s %.2f\n", note->nearest[0].intent, (double)note->nearest[0].score);
	else
		puts("]");
}

static int list(struct inbox_view *v, const struct options *o)
{
	size_t groups = 0;

	for (size_t i = 0; i < v->items.n; i++) {
		groups += is_group(v, i);
		if (o->most && groups > o->most)
			continue;
		if (o->json)
			print_json(v, i);
		else
			print_row(v, i);
	}
	if (o->most && groups > o->most)
		fprintf(stderr, "and %zu groups more; --most 0 shows all\n",
			groups - (size_t)o->most);
	else if (groups == 0)
		fputs("nothing waits in the inbox\n", stderr);
	return 0;
}

static int number_of(const char *text, int64_t *ret)
{
	uint64_t n;

	if (text[0] == '#')
		text++;
	if (view_to_u64(view_of(text), &n) < 0 || n == 0 || n > INT64_MAX) {
		fprintf(stderr, "wenlu inbox: '%s' is no number of the list\n", text);
		return -EINVAL;
	}
	*ret = (int64_t)n;
	return 0;
}

static void show_one(const struct inbox_view *v, const struct inbox_row *row)
{
	const struct inbox_note *note = &row->note;
	char place[128], first[DATE_ROOM], last[DATE_ROOM];

	date_format(row->first_ms, first);
	date_format(note->when_ms, last);
	printf("#%lld  %s\n  kind        %s, %s\n", (long long)row->n,
	       note->text[0] ? note->text : "—", inbox_kind_name(note->kind),
	       inbox_state_name(row->state));
	printf("  asked       %lld times, first %s, last %s\n", (long long)row->count, first, last);
	printf("  decided by  %s, generation %llu\n", note->rule,
	       (unsigned long long)note->generation);
	if (note->region[0])
		printf("  place       %s%s\n", note->region,
		       region_of(v, note->region, place, sizeof(place)));
	if (note->reason[0])
		printf("  reason      %s\n", note->reason);
	for (size_t i = 0; i < note->n_nearest; i++)
		printf("  %-10s  %s %.3f\n", i ? "" : "nearest", note->nearest[i].intent,
		       (double)note->nearest[i].score);
}

static int show(const struct inbox_view *v, struct inbox *inbox, const struct options *o)
{
	for (size_t i = 0; i < o->n_numbers; i++) {
		struct inbox_row row;
		struct fault why;
		int64_t n;

		if (number_of(o->numbers[i], &n) < 0)
			return 2;
		if (inbox_get(inbox, n, &row, &why) < 0)
			return complain(&why);
		if (o->json) {
			struct buf out = BUF_INIT;

			inbox_row_begin(&out, &row);
			printf("%s}\n", out.ptr);
			buf_done(&out);
		} else {
			show_one(v, &row);
		}
	}
	return 0;
}

static int mark(struct inbox *inbox, enum inbox_state state, const struct options *o)
{
	for (size_t i = 0; i < o->n_numbers; i++) {
		struct fault why;
		int64_t n;

		if (number_of(o->numbers[i], &n) < 0)
			return 2;
		if (inbox_mark(inbox, n, state, &why) < 0)
			return complain(&why);
	}
	return 0;
}

/* Only these, if some were named. */
static int pick(struct inbox_view *v, const struct options *o)
{
	size_t kept = 0;

	for (size_t i = 0; i < v->items.n; i++) {
		bool wanted = o->n_numbers == 0;

		for (size_t k = 0; k < o->n_numbers; k++) {
			int64_t n;

			if (number_of(o->numbers[k], &n) < 0)
				return -EINVAL;
			wanted |= n == v->items.items[i].row.n;
		}
		if (wanted)
			v->items.items[kept++] = v->items.items[i];
	}
	v->items.n = kept;
	return 0;
}

static int with_inbox(struct inbox_view *v, struct inbox *inbox, const char *what,
		      const struct options *o)
{
	static const struct {
		const char *word;
		enum inbox_state state;
	} marks[] = {{"done", INBOX_DONE}, {"ignore", INBOX_IGNORED}, {"new", INBOX_NEW}};
	bool exports = strcmp(what, "export") == 0;
	struct fault why;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strcmp(what, marks[i].word) == 0)
			return mark(inbox, marks[i].state, o);
	if (strcmp(what, "show") == 0)
		return show(v, inbox, o);
	v->label = o->label;
	v->kinds = o->kinds  ? o->kinds
		   : exports ? 1u << INBOX_UNANSWERED | 1u << INBOX_UNCLEAR
			     : (1u << INBOX_KINDS) - 1;
	if (inbox_list(inbox, o->all || o->n_numbers ? ~0u : 1u << INBOX_NEW, keep_row, v, &why) <
	    0)
		return complain(&why);
	inbox_group(v);
	if (!exports)
		return list(v, o);
	if (pick(v, o) < 0)
		return 2;
	(o->yaml ? inbox_export_yaml : inbox_export_lines)(v);
	return 0;
}

/* What is not there is not made: this only looks. */
static int open_existing(const char *dir, struct inbox **ret)
{
	struct inbox_limits limits = {.max_rows = SIZE_MAX / 2, .keep_ms = INT64_MAX / 2};
	char path[4096];
	struct stat st;
	struct fault why;
	int r;

	if (!dir[0]) {
		fputs("wenlu inbox: the configuration has no state_dir\n", stderr);
		return -ENOENT;
	}
	snprintf(path, sizeof(path), "%s/" INBOX_FILE, dir);
	if (stat(path, &st) < 0) {
		fprintf(stderr, "wenlu inbox: %s: %s\n", path, error_text(errno));
		return -errno;
	}
	r = inbox_open(dir, &limits, ret, &why);
	if (r != 0)
		complain(&why);
	return r;
}

static int run_on(const char *what, const struct options *o)
{
	struct inbox_view v = {.label = NULL};
	struct settings settings;
	struct inbox *inbox = NULL;
	struct fault why;
	int status = 1, r = world_settings(&settings, o->config);

	arena_init(&v.arena, 1 << 20);
	if (r == 0)
		r = open_existing(o->dir ? o->dir : settings.state_dir, &inbox);
	if (r == 0) {
		r = region_table_load(&v.arena, settings.regions, &v.regions, &why);
		if (r == 0)
			r = catalog_load(&v.arena, settings.intents, &v.catalog, &why);
		if (r < 0)
			complain(&why);
	}
	if (r == 0 && o->label && !catalog_find(&v.catalog, view_of(o->label))) {
		fprintf(stderr, "wenlu inbox: there is no intent '%s'\n", o->label);
		r = -EINVAL;
	}
	if (r == 0)
		status = with_inbox(&v, inbox, what, o);
	inbox_close(inbox);
	vec_done(&v.items);
	settings_done(&settings);
	arena_done(&v.arena);
	return status;
}

/* 0; 1: help was wanted and given; or -EINVAL. */
static int read_options(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = {{"all", no_argument, NULL, 'a'},
					      {"kind", required_argument, NULL, 'k'},
					      {"most", required_argument, NULL, 'n'},
					      {"json", no_argument, NULL, 'j'},
					      {"yaml", no_argument, NULL, 'y'},
					      {"label", required_argument, NULL, 'l'},
					      {"state-dir", required_argument, NULL, 's'},
					      {"config", required_argument, NULL, 'c'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	enum inbox_kind kind;
	int c;

	while ((c = getopt_long(argc, argv, "ak:n:jyl:s:c:h", longs, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 1;
		}
		if (c == 'k' && inbox_kind_parse(optarg, &kind) == 0)
			o->kinds |= 1u << kind;
		else if (c == 'n' && view_to_u64(view_of(optarg), &o->most) == 0)
			continue;
		else if (c == 'k' || c == 'n' || c == '?')
			return -EINVAL;
		o->all |= c == 'a';
		o->json |= c == 'j';
		o->yaml |= c == 'y';
		if (c == 'l')
			o->label = optarg;
		else if (c == 's')
			o->dir = optarg;
		else if (c == 'c')
			o->config = optarg;
	}
	return 0;
}

static int run(int argc, char **argv)
{
	static const char *const words[] = {"list", "show", "done", "ignore", "new", "export"};
	struct options o = {.most = 50};
	const char *what = NULL;
	int r = read_options(argc, argv, &o);

	if (r == 1)
		return 0;
	if (r == 0 && optind == argc)
		return run_on("list", &o);
	for (size_t i = 0; r == 0 && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(argv[optind], words[i]) == 0)
			what = words[i];
	o.numbers = argv + optind + 1;
	o.n_numbers = what ? (size_t)(argc - optind - 1) : 0;
	/* A list takes no numbers, export may, the others must. */
	if (!what || (strcmp(what, "list") == 0 && o.n_numbers > 0) ||
	    (strcmp(what, "list") != 0 && strcmp(what, "export") != 0 && o.n_numbers == 0)) {
		fputs("wenlu inbox --help says how it is called\n", stderr);
		return 2;
	}
	return run_on(what, &o);
}

const struct command command_inbox = {
    .name = "inbox",
    .arguments = "[list|show|done|export…]",
    .summary = "what could not be answered, and feedback",
    .run = run,
};
