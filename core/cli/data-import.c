/* SPDX-License-Identifier: Apache-2.0 */
/* data-import.c - `wenlu data import`: examples of other programs as lines or as intent files. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/import.h"

static const char help[] =
    "Usage: wenlu data import --from rasa|csv|jsonl [OPTIONS] FILE\n"
    "\n"
    "Print the examples of another program's file as lines intent<TAB>question.\n"
    "\n"
    "  -F, --from FORMAT  rasa: an nlu.yml; marks as in [Suzhou](city) are taken off\n"
    "                     csv: columns 'text' and 'intent' (or 'question' and 'label'), by the\n"
    "                     heading, or the question first if there is none\n"
    "                     jsonl: an object a line with these names\n"
    "  -i, --into FOLDER  write an intent file for each intent instead, to be completed by\n"
    "                     hand; files that are there are left alone\n"
    "  -h, --help\n";

/* An intent's name as ours are: small letters, digits, dots. */
static struct view intent_id(struct arena *a, struct view label)
{
	char *id = arena_alloc(a, label.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < label.len && n < 64; i++) {
		char c = label.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("._-", c))
			id[n++] = c;
		else if (c == '/')
			id[n++] = '.';
		else if (n > 0 && id[n - 1] != '_')
			id[n++] = '_';
	}
	if (n == 0)
		return arena_printf(a, "intent-%08x", (unsigned)hash_view(label));
	return view_make(id, n);
}

static void write_intent(struct arena *a, struct buf *out, const struct imported *rows, size_t n)
{
	struct view id = intent_id(a, rows[0].label);

	buf_clear(out);
	buf_printf(out,
		   "# Imported; complete title, description and question.\n"
		   "intent: %.*s\ntitle: ",
		   VIEW_ARG(id));
	import_quote(out, rows[0].label);
	buf_str(out, "\ndescription: ");
	import_quote(out, rows[0].label);
	buf_str(out, "\nquestion: ");
	import_quote(out, rows[0].text);
	buf_str(out, "\nexamples:\n  plain: |2\n");
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "    %.*s\n", VIEW_ARG(rows[i].text));
}

static int write_file(struct arena *a, const char *folder, struct view id, struct view content)
{
	const char *path = file_join(a, folder, arena_printf(a, "%.*s.yaml", VIEW_ARG(id)).ptr);
	int r;

	if (access(path, F_OK) == 0) {
		fprintf(stderr, "wenlu data import: %s is there already: left alone\n", path);
		return 1;
	}
	r = file_write(path, content, 0644);
	if (r < 0) {
		fprintf(stderr, "wenlu data import: %s: %s\n", path, error_text(r));
		return 2;
	}
	puts(path);
	return 0;
}

static int by_label(const void *a, const void *b)
{
	const struct imported *x = a, *y = b;
	int r = view_cmp(x->label, y->label);

	return r ? r : x->line < y->line ? -1 : x->line > y->line;
}

static int write_files(struct arena *a, struct importing *in, const char *folder)
{
	struct buf out = BUF_INIT;
	size_t n = in->rows.n;
	int status = 0;

	if (mkdir(folder, 0777) < 0 && errno != EEXIST) {
		fprintf(stderr, "wenlu data import: %s: %s\n", folder, error_text(errno));
		return 2;
	}
	qsort(in->rows.items, n, sizeof(*in->rows.items), by_label);
	for (size_t i = 0, end; i < n && status < 2; i = end) {
		int r;

		for (end = i;
		     end < n && view_eq(in->rows.items[end].label, in->rows.items[i].label); end++)
			continue;
		write_intent(a, &out, &in->rows.items[i], end - i);
		r = write_file(a, folder, intent_id(a, in->rows.items[i].label), buf_view(&out));
		if (r > status)
			status = r;
	}
	buf_done(&out);
	return status;
}

static int import_file(const struct import_format *format, const char *path, const char *folder)
{
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	struct importing in = {.file = path};
	struct arena arena;
	struct view text;
	int r, status = 0;

	arena_init(&arena, 1 << 16);
	in.arena = &arena;
	r = file_read(&arena, path, (size_t)64 << 20, &text);
	if (r < 0) {
		fault_set(&in.why, "%s", error_text(r));
		fault_place(&in.why, path, 0, 0);
	} else {
		r = format->read(&in, text);
	}
	if (r < 0) {
		fprintf(stderr, "wenlu data import: %s\n",
			fault_format(&in.why, line, sizeof(line)));
		status = 2;
	} else if (in.rows.n == 0) {
		fprintf(stderr, "wenlu data import: %s: there is no example in it\n", path);
		status = 1;
	} else if (folder) {
		status = write_files(&arena, &in, folder);
	} else {
		for (size_t i = 0; i < in.rows.n; i++)
			printf("%.*s\t%.*s\n", VIEW_ARG(in.rows.items[i].label),
			       VIEW_ARG(in.rows.items[i].text));
	}
	vec_done(&in.rows);
	arena_done(&arena);
	return status;
}

int data_import(int argc, char **argv)
{
	static const struct option longs[] = {{"from", required_argument, NULL, 'F'},
					      {"into", required_argument, NULL, 'i'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	const struct import_format *format = NULL;
	const char *folder = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "F:i:h", longs, NULL)) != -1) {
		switch (c) {
		case 'F':
			format = import_format_find(optarg);
			if (!format) {
				fputs("wenlu data import: --from is rasa, csv or jsonl\n", stderr);
				return 2;
			}
			break;
		case 'i':
			folder = optarg;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs("wenlu data import --help says how it is called\n", stderr);
			return 2;
		}
	}
	if (!format || optind + 1 != argc) {
		fputs(help, stderr);
		return 2;
	}
	return import_file(format, argv[optind], folder);
}
