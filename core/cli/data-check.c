/* SPDX-License-Identifier: Apache-2.0 */
/*
 * data-check.c - `wenlu data check`: examples held against each other.
 *
 * Each question is compared with all others, names of places taken as one word. What it would be
 * taken for by its five nearest neighbours shows which examples stand in the wrong intent.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/alike.h"
#include "cli/cli.h"
#include "cli/data.h"
#include "cli/progress.h"
#include "cli/sample.h"

#define NEIGHBOURS 5
#define NEARLY     0.92 /* likeness from which two questions are nearly the same */
#define STRAY      0.12 /* likeness to the nearest of its own below which it is a stray */
#define PULL       1.5  /* so much nearer to another intent than to its own */
#define LEAST      10   /* examples of a label in a file; CATALOG_EXAMPLES_LEAST in the intents */

static const char help[] =
    "Usage: wenlu data check [OPTIONS] [FILE…]\n"
    "\n"
    "Hold example questions against each other. A file has lines label<TAB>question; without\n"
    "one, the configured intents are looked at.\n"
    "\n"
    "  -m, --most NUMBER  findings shown of each sort (default: 20; 0: all)\n"
    "  -l, --least N      examples an intent must have (default: 10 in files, 200 in intents/)\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n"
    "\n"
    "Exit status: 0 no errors, 1 errors (the same question in two intents, too few\n"
    "examples), 2 called wrongly.\n";

enum sort {
	TWICE_APART,  /* the same question in two intents */
	TWICE_WITHIN, /* … in one */
	NEARLY_APART,
	NEARLY_WITHIN,
	NEARER_OTHER,
	STRAYS,
	THIN,
	SORTS,
};

static const struct {
	const char *title;
	bool is_error;
} sorts[SORTS] = {
    [TWICE_APART] = {"the same question in two intents", true},
    [TWICE_WITHIN] = {"the same question twice in one intent", false},
    [NEARLY_APART] = {"nearly the same question in two intents", false},
    [NEARLY_WITHIN] = {"nearly the same question twice in one intent", false},
    [NEARER_OTHER] = {"nearer to another intent than to its own", false},
    [STRAYS] = {"like nothing else in its intent", false},
    [THIN] = {"intents with too few examples", true},
};

struct finding {
	enum sort sort;
	const struct sample *at, *other; /* other: NULL for THIN */
	double figure;
};

struct checking {
	struct arena arena;
	struct settings settings;
	struct catalog catalog;
	struct region_table regions;
	struct samples samples;
	struct alike masked, whole; /* places as one word; as they are */
	VEC(struct finding) findings;
	uint64_t most, least;
	bool is_catalog;
};

static void find(struct checking *k, enum sort sort, size_t at, size_t other, double figure)
{
	*vec_push(&k->findings) = (struct finding){sort, &k->samples.list.items[at],
						   &k->samples.list.items[other], figure};
}

static bool is_same_label(const struct checking *k, size_t a, size_t b)
{
	return view_eq(k->samples.list.items[a].label, k->samples.list.items[b].label);
}

/* The nearest in words, places included. Each pair is told once, at the later one. */
static void check_pairs(struct checking *k, size_t at)
{
	struct near near[NEIGHBOURS];
	size_t n = alike_nearest(&k->whole, at, near, NEIGHBOURS);
	bool told_apart = false, told_within = false;

	for (size_t i = 0; i < n && near[i].likeness >= NEARLY; i++) {
		size_t other = near[i].index;
		bool same = is_same_label(k, at, other);
		bool twice = k->whole.texts[at].key == k->whole.texts[other].key;

		if (other > at || (same ? told_within : told_apart))
			continue;
		if (same)
			told_within = true;
		else
			told_apart = true;
		find(k,
		     twice ? (same ? TWICE_WITHIN : TWICE_APART)
			   : (same ? NEARLY_WITHIN : NEARLY_APART),
		     at, other, near[i].likeness);
	}
}

/* What its neighbours would take it for. */
static void check_neighbours(struct checking *k, size_t at)
{
	struct near near[NEIGHBOURS];
	size_t n = alike_nearest(&k->masked, at, near, NEIGHBOURS), best = 0;
	double own = 0, other = 0;

	for (size_t i = 0; i < n; i++) {
		double votes = 0;

		for (size_t j = 0; j < n; j++)
			if (is_same_label(k, near[i].index, near[j].index))
				votes += near[j].likeness;
		if (is_same_label(k, at, near[i].index)) {
			own = votes;
		} else if (votes > other) {
			other = votes;
			best = near[i].index;
		}
	}
	if (other > PULL * own && !is_same_label(k, at, near[0].index) && other > NEIGHBOURS * 0.3)
		find(k, NEARER_OTHER, at, best, other - own);
	else if (n > 0 && near[0].likeness < STRAY &&
		 !view_is(k->samples.list.items[at].label, "out_of_scope"))
		find(k, STRAYS, at, near[0].index, near[0].likeness);
}

static int by_label(const void *a, const void *b)
{
	const struct sample *x = *(const struct sample *const *)a;
	const struct sample *y = *(const struct sample *const *)b;
	int r = view_cmp(x->label, y->label);

	return r ? r : x < y ? -1 : x > y;
}

/* Chat and the like are few by nature. */
static bool may_be_few(const struct checking *k, struct view label)
{
	const struct intent *in = k->is_catalog ? catalog_find(&k->catalog, label) : NULL;

	return in && !intent_is_asked(in);
}

static size_t check_counts(struct checking *k)
{
	size_t n = k->samples.list.n, n_labels = 0;
	const struct sample **order = ARENA_ARRAY(&k->arena, n + 1, const struct sample *);

	for (size_t i = 0; i < n; i++)
		order[i] = &k->samples.list.items[i];
	qsort(order, n, sizeof(*order), by_label);
	for (size_t i = 0, end; i < n; i = end, n_labels++) {
		for (end = i; end < n && view_eq(order[end]->label, order[i]->label); end++)
			continue;
		if (end - i < k->least && !may_be_few(k, order[i]->label))
			*vec_push(&k->findings) =
			    (struct finding){THIN, order[i], NULL, (double)(end - i)};
	}
	return n_labels;
}

static int by_sort(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	/* What has to be mended last, where it is seen. */
	if (sorts[x->sort].is_error != sorts[y->sort].is_error)
		return sorts[x->sort].is_error ? 1 : -1;
	if (x->sort != y->sort)
		return x->sort < y->sort ? -1 : 1;
	if (x->figure != y->figure)
		return (x->figure > y->figure) == (x->sort == STRAYS || x->sort == THIN) ? 1 : -1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void print_finding(struct checking *k, const struct finding *f)
{
	printf("%s:%u:%u: %s", f->at->file, f->at->line,
	       samples_column(&k->samples, &k->arena, f->at),
	       sorts[f->sort].is_error ? "error: " : "warning: ");
	switch (f->sort) {
	case THIN:
		printf("only %.0f examples of %.*s, at least %llu are wanted\n", f->figure,
		       VIEW_ARG(f->at->label), (unsigned long long)k->least);
		return;
	case NEARER_OTHER:
		printf("'%.*s' is in %.*s, but nearer to %.*s", VIEW_ARG(f->at->text),
		       VIEW_ARG(f->at->label), VIEW_ARG(f->other->label));
		break;
	case STRAYS:
		printf("'%.*s' is like nothing else in %.*s; nearest", VIEW_ARG(f->at->text),
		       VIEW_ARG(f->at->label));
		break;
	default:
		printf("'%.*s' in %.*s: %s as in %.*s", VIEW_ARG(f->at->text),
		       VIEW_ARG(f->at->label),
		       f->sort == TWICE_APART || f->sort == TWICE_WITHIN ? "the same"
									 : "nearly the same",
		       VIEW_ARG(f->other->label));
	}
	printf(": '%.*s' (%s:%u)\n", VIEW_ARG(f->other->text), f->other->file, f->other->line);
}

static int report(struct checking *k, size_t n_labels)
{
	size_t counts[SORTS] = {0}, n = k->findings.n;
	bool has_errors = false;

	if (n)
		qsort(k->findings.items, n, sizeof(*k->findings.items), by_sort);
	for (size_t i = 0; i < n; i++) {
		const struct finding *f = &k->findings.items[i];

		if (k->most == 0 || counts[f->sort] < k->most)
			print_finding(k, f);
		counts[f->sort]++;
		has_errors |= sorts[f->sort].is_error;
	}
	printf("%zu questions in %zu intents\n", k->samples.list.n, n_labels);
	for (int s = 0; s < SORTS; s++)
		if (counts[s])
			printf("%6zu  %s%s%s\n", counts[s], sorts[s].is_error ? "error: " : "",
			       sorts[s].title,
			       k->most && counts[s] > k->most ? " (--most 0 shows all)" : "");
	return has_errors ? 1 : 0;
}

static int check_all(struct checking *k)
{
	struct gazetteer *places = gazetteer_new(&k->regions, NULL, NULL, 0);
	struct progress bar;
	size_t n = k->samples.list.n;

	alike_init(&k->masked, &k->arena, n);
	alike_init(&k->whole, &k->arena, n);
	for (size_t i = 0; i < n; i++) {
		alike_add(&k->masked, &k->arena, k->samples.list.items[i].text, places);
		alike_add(&k->whole, &k->arena, k->samples.list.items[i].text, NULL);
	}
	alike_finish(&k->masked, &k->arena);
	alike_finish(&k->whole, &k->arena);
	progress_start(&bar, "comparing");
	for (size_t i = 0; i < n; i++) {
		check_pairs(k, i);
		check_neighbours(k, i);
		progress_show(&bar, (double)i / (double)n);
	}
	progress_end(&bar);
	gazetteer_free(places);
	return report(k, check_counts(k));
}

static int load(struct checking *k, int argc, char **argv)
{
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	struct fault why;
	int r = region_table_load(&k->arena, k->settings.regions, &k->regions, &why);

	for (int i = 0; i < argc && r == 0; i++)
		r = samples_read(&k->samples, &k->arena, argv[i], &why);
	if (argc == 0 && r == 0) {
		k->is_catalog = true;
		r = catalog_load(&k->arena, k->settings.intents, &k->catalog, &why);
		if (r == 0)
			samples_of_catalog(&k->samples, &k->catalog);
	}
	if (r < 0)
		fprintf(stderr, "wenlu data check: %s\n", fault_format(&why, line, sizeof(line)));
	if (k->least == 0)
		k->least = k->is_catalog ? CATALOG_EXAMPLES_LEAST : LEAST;
	return r;
}

static int run_opened(struct checking *k, const char *config, int argc, char **argv)
{
	int status = 2;

	arena_init(&k->arena, 1 << 20);
	if (world_settings(&k->settings, config) == 0 && load(k, argc, argv) == 0)
		status = check_all(k);
	vec_done(&k->findings);
	samples_done(&k->samples);
	settings_done(&k->settings);
	arena_done(&k->arena);
	return status;
}

int data_check(int argc, char **argv)
{
	static const struct option longs[] = {{"most", required_argument, NULL, 'm'},
					      {"least", required_argument, NULL, 'l'},
					      {"config", required_argument, NULL, 'c'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	struct checking k = {.most = 20};
	const char *config = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "m:l:c:h", longs, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (c == 'c') {
			config = optarg;
		} else if (c == '?' ||
			   view_to_u64(view_of(optarg), c == 'm' ? &k.most : &k.least) < 0) {
			fputs("wenlu data check --help says how it is called\n", stderr);
			return 2;
		}
	}
	return run_opened(&k, config, argc - optind, argv + optind);
}
