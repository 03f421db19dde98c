/* SPDX-License-Identifier: Apache-2.0 */
/* noise.c - `wenlu noise`: copies of questions as people mistype them. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/typing.h"

static const char help[] =
    "Usage: wenlu noise [OPTIONS] [FILE|-]…\n"
    "\n"
    "Print a copy of each line as people mistype it. A line is a question, or has columns parted\n"
    "by tabs, of which the second is the question; the others are kept. The same seed gives the\n"
    "same copies. Lines that begin with # and empty ones are left out.\n"
    "\n"
    "  -k, --kind KIND    sound, shape, traditional, pinyin, initials, width, drop, repeat, swap,\n"
    "                     punctuation or emoji; several times: a copy of each kind\n"
    "                     (default: all kinds)\n"
    "  -r, --rate RATE    'one' place in every line, or the chance of each place, 0 to 1\n"
    "                     (default: what is usual for the kind)\n"
    "  -s, --seed NUMBER  other copies (default: 1)\n"
    "  -n, --name         put the kind and a tab in front of each copy\n"
    "  -h, --help\n";

struct noise {
	struct typing *typing;
	bool wants[TYPING_KINDS];
	struct typing_how how;
	bool has_names;
	struct buf out;
};

static void copy_line(struct noise *k, struct view line)
{
	struct view before = {line.ptr, 0}, text = line, behind = {NULL, 0};
	ptrdiff_t tab = view_find(line, VIEW("\t"));

	if (tab >= 0) {
		before = view_sub(line, 0, (size_t)tab + 1);
		text = view_sub(line, before.len, line.len);
		tab = view_find(text, VIEW("\t"));
		if (tab >= 0) {
			behind = view_sub(text, (size_t)tab, text.len);
			text = view_sub(text, 0, (size_t)tab);
		}
	}
	for (int kind = 0; kind < TYPING_KINDS; kind++) {
		if (!k->wants[kind])
			continue;
		k->how.kind = (enum typing_kind)kind;
		buf_clear(&k->out);
		if (k->has_names)
			buf_printf(&k->out, "%s\t", typing_name(k->how.kind));
		buf_view_add(&k->out, before);
		typing_make(k->typing, &k->how, text, &k->out);
		buf_view_add(&k->out, behind);
		buf_char(&k->out, '\n');
		fwrite(k->out.ptr, 1, k->out.len, stdout);
	}
}

static int copy_file(struct noise *k, const char *path)
{
	FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	if (!in) {
		fprintf(stderr, "wenlu noise: %s: %s\n", path, error_text(errno));
		return 2;
	}
	while ((len = getline(&line, &cap, in)) >= 0) {
		while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
			len--;
		if (len > 0 && line[0] != '#')
			copy_line(k, view_make(line, (size_t)len));
	}
	free(line);
	if (in != stdin)
		fclose(in);
	return 0;
}

static bool read_kind(struct noise *k, const char *name)
{
	int kind = typing_find(view_of(name));

	if (kind < 0) {
		fprintf(stderr, "wenlu noise: there is no kind '%s'; the kinds are", name);
		for (int i = 0; i < TYPING_KINDS; i++)
			fprintf(stderr, " %s", typing_name((enum typing_kind)i));
		fputc('\n', stderr);
		return false;
	}
	k->wants[kind] = true;
	return true;
}

static bool read_rate(struct noise *k, const char *text)
{
	char *end;

	if (strcmp(text, "one") == 0) {
		k->how.rate = TYPING_ONE;
		return true;
	}
	k->how.rate = strtod(text, &end);
	if (*text && !*end && k->how.rate >= 0 && k->how.rate <= 1)
		return true;
	fputs("wenlu noise: the rate is 'one' or a number from 0 to 1\n", stderr);
	return false;
}

static bool read_seed(struct noise *k, const char *text)
{
	if (view_to_u64(view_of(text), &k->how.seed) == 0)
		return true;
	fputs("wenlu noise: the seed is a whole number\n", stderr);
	return false;
}

static int run_files(struct noise *k, int argc, char **argv)
{
	int status = 0;

	k->typing = typing_new();
	for (int i = 0; i < argc && status == 0; i++)
		status = copy_file(k, argv[i]);
	if (argc == 0)
		status = copy_file(k, "-");
	buf_done(&k->out);
	typing_free(k->typing);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct option longs[] = {
	    {"kind", required_argument, NULL, 'k'}, {"rate", required_argument, NULL, 'r'},
	    {"seed", required_argument, NULL, 's'}, {"name", no_argument, NULL, 'n'},
	    {"help", no_argument, NULL, 'h'},       {NULL, 0, NULL, 0}};
	struct noise k = {.how = {.rate = TYPING_USUAL, .seed = 1}, .out = BUF_INIT};
	bool is_right = true, has_kind = false;
	int c;

	while (is_right && (c = getopt_long(argc, argv, "k:r:s:nh", longs, NULL)) != -1) {
		switch (c) {
		case 'k':
			is_right = has_kind = read_kind(&k, optarg);
			break;
		case 'r':
			is_right = read_rate(&k, optarg);
			break;
		case 's':
			is_right = read_seed(&k, optarg);
			break;
		case 'n':
			k.has_names = true;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs("wenlu noise --help says how it is called\n", stderr);
			is_right = false;
		}
	}
	if (!is_right)
		return 2;
	for (int i = 0; i < TYPING_KINDS && !has_kind; i++)
		k.wants[i] = true;
	return run_files(&k, argc - optind, argv + optind);
}

const struct command command_noise = {
    .name = "noise",
    .arguments = "[FILE]",
    .summary = "copies of questions as people mistype them",
    .run = run,
};
