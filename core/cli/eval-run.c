/* SPDX-License-Identifier: Apache-2.0 */
/*
 * eval-run.c - measuring: a model trained for the occasion, or the configured content as it is.
 *
 * Noisy copies are asked of the same model as the test itself: they are put behind it, and the
 * predictions taken apart again.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/eval.h"
#include "cli/progress.h"
#include "text/personal.h"

/* So many lines are worth the minutes that the best tier takes. */
#define LARGE_SET 1000

static int tell(const struct fault *why)
{
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	fprintf(stderr, "wenlu eval: %s\n", fault_format(why, line, sizeof(line)));
	return -EINVAL;
}

/* ---- what is asked ---- */

static void copy_noisy(struct eval *e, struct labelled_set *set, size_t n)
{
	struct typing *typing = typing_new();
	struct buf out = BUF_INIT;

	for (int kind = 0; kind < TYPING_KINDS; kind++) {
		struct typing_how how = {(enum typing_kind)kind, TYPING_USUAL, e->o->seed};

		for (size_t i = 0; i < n; i++) {
			struct labelled row = set->items[i];

			buf_clear(&out);
			typing_make(typing, &how, row.text, &out);
			row.text = arena_copy(&e->arena, buf_view(&out));
			set->items[set->n++] = row;
		}
	}
	buf_done(&out);
	typing_free(typing);
}

/* The samples, and behind them, if wanted, a noisy copy of each kind. */
static struct labelled_set make_set(struct eval *e, const struct samples *samples, bool with_noise)
{
	size_t n = samples->list.n, copies = with_noise ? TYPING_KINDS + 1 : 1;
	struct labelled_set set = {ARENA_ARRAY(&e->arena, n * copies + 1, struct labelled), n};

	for (size_t i = 0; i < n; i++) {
		const struct sample *s = &samples->list.items[i];

		set.items[i] = (struct labelled){s->label, s->text, s->style};
	}
	if (with_noise)
		copy_noisy(e, &set, n);
	return set;
}

static struct evaluation part_of(struct eval *e, const struct evaluation *all, size_t from,
				 size_t n)
{
	struct evaluation part = *all;

	part.predictions = all->predictions + from;
	part.n = n;
	part.labels = ARENA_ARRAY(&e->arena, all->n_labels, struct label_score);
	memcpy(part.labels, all->labels, all->n_labels * sizeof(*part.labels));
	evaluation_count(&e->arena, &part);
	return part;
}

static void take_apart(struct eval *e, const struct evaluation *all, size_t n)
{
	e->clean = part_of(e, all, 0, n);
	e->has_noise = all->n > n;
	for (size_t kind = 0; kind < TYPING_KINDS && e->has_noise; kind++)
		e->noisy[kind] = part_of(e, all, (kind + 1) * n, n);
}

/* ---- a model of its own ---- */

static int by_label(const void *a, const void *b)
{
	return view_cmp(*(const struct view *)a, *(const struct view *)b);
}

/* Every second label is not learnt: how well is told that its questions are something else? */
static void hide_half(struct eval *e, struct labelled_set *set)
{
	struct view *labels = ARENA_ARRAY(&e->arena, set->n + 1, struct view);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < set->n; i++)
		labels[i] = set->items[i].label;
	qsort(labels, set->n, sizeof(*labels), by_label);
	for (size_t i = 0; i < set->n; i++)
		if (n == 0 || !view_eq(labels[n - 1], labels[i]))
			labels[n++] = labels[i];
	for (size_t i = 0; i < set->n; i++) {
		const struct view *at =
		    bsearch(&set->items[i].label, labels, n, sizeof(*labels), by_label);

		if ((at - labels) % 2 == 0)
			set->items[kept++] = set->items[i];
	}
	set->n = kept;
}

static void on_progress(void *data, double done)
{
	progress_show(data, done);
}

/* Where the vectors of words are kept from one run to the next; NULL: nowhere. */
static const char *own_cache(struct arena *a)
{
	const char *dir = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (!dir || dir[0] != '/') {
		if (!home || home[0] != '/')
			return NULL;
		dir = file_join(a, home, ".cache");
	}
	(void)mkdir(dir, 0700);
	dir = file_join(a, dir, "wenlu");
	return mkdir(dir, 0700) == 0 || errno == EEXIST ? dir : NULL;
}

static int run_trained(struct eval *e, const struct evaluate_options *reading)
{
	struct labelled_set train = make_set(e, &e->train, false), test = {NULL, 0};
	struct evaluate_options options = *reading;
	struct progress bar;
	struct evaluation all;
	struct fault why;
	int r;

	progress_start(&bar, "training");
	options.train = &train;
	options.folds = e->o->folds;
	options.tier = e->o->tier;
	if (!options.tier && e->o->test && train.n >= LARGE_SET)
		options.tier = "accurate";
	if (access(WENLU_LANGUAGE_MODEL, R_OK) == 0)
		options.language_model = WENLU_LANGUAGE_MODEL;
	options.cache_dir = own_cache(&e->arena);
	options.progress = on_progress;
	options.data = &bar;
	if (e->o->test) {
		test = make_set(e, &e->test, !e->o->no_noise);
		options.test = &test;
	}
	if (e->o->hides_half)
		hide_half(e, &train);
	r = evaluate(&e->arena, &options, &all, &why);
	progress_end(&bar);
	if (r < 0)
		return tell(&why);
	take_apart(e, &all, e->o->test ? e->test.list.n : all.n);
	return 0;
}

/* ---- the configured content as it is ---- */

struct content {
	struct eval *e;
	const struct generation *g;
	int32_t today; /* dates are read as when somebody asks: they take time too */
	struct evaluation all;
};

static uint32_t label_of(const struct content *c, struct view label)
{
	uint32_t low = 0, high = (uint32_t)c->all.n_labels;

	while (high - low > 1) {
		uint32_t middle = (low + high) / 2;

		if (view_cmp(c->all.labels[middle].label, label) <= 0)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The intents, and what else stands in the test. */
static void make_labels(struct content *c, const struct labelled_set *set)
{
	const struct catalog *catalog = &c->g->catalog;
	size_t n = catalog->n_intents, kept = 0;
	struct view *labels = ARENA_ARRAY(&c->e->arena, n + set->n + 1, struct view);

	for (size_t i = 0; i < n; i++) {
		labels[i] = catalog->intents[i].name;
		c->all.has_outside |= catalog->intents[i].kind == INTENT_OUT_OF_SCOPE;
	}
	for (size_t i = 0; i < set->n; i++)
		labels[n++] = set->items[i].label;
	qsort(labels, n, sizeof(*labels), by_label);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !view_eq(labels[kept - 1], labels[i]))
			labels[kept++] = labels[i];
	c->all.labels = ARENA_ARRAY(&c->e->arena, kept + 1, struct label_score);
	c->all.n_labels = kept;
	for (size_t i = 0; i < kept; i++) {
		const struct intent *in = catalog_find(catalog, labels[i]);

		c->all.labels[i].label = labels[i];
		c->all.labels[i].is_outside =
		    !in || in->kind == INTENT_OUT_OF_SCOPE || in->kind == INTENT_REFUSE;
	}
}

/* What is refused is declined, and a test may call it simply out of scope. */
static void note_refused(const struct content *c, const struct understanding *what,
			 struct prediction *p)
{
	const struct intent *first = what->n_ranking > 0 ? what->ranking[0].intent : NULL;
	const struct intent *outside = catalog_of_kind(&c->g->catalog, INTENT_OUT_OF_SCOPE);

	if (!first || first->kind != INTENT_REFUSE)
		return;
	p->decision = NLU_UNSURE;
	if (outside && p->gold == label_of(c, outside->name))
		p->predicted = p->gold;
}

static int ask_content(struct content *c, struct arena *scratch, const struct labelled *row,
		       struct prediction *ret, struct understanding *what)
{
	int64_t start = clock_ns();
	struct personal_text lifted;
	struct prediction p = {.text = row->text, .style = row->style, .inside = 1};
	int r;

	arena_reset(scratch);
	personal_lift(scratch, row->text, &lifted);
	r = understand(c->g->understander, scratch, lifted.text, c->today, what);
	if (r < 0)
		return r;
	p.micros = (float)((double)(clock_ns() - start) / 1e3);
	p.gold = label_of(c, row->label);
	p.decision = what->decision;
	if (what->n_ranking > 0) {
		p.predicted = label_of(c, what->ranking[0].intent->name);
		p.second = label_of(c, what->ranking[what->n_ranking > 1].intent->name);
		p.confidence = what->ranking[0].probability;
	}
	for (size_t i = 0; i < what->n_ranking; i++) {
		const struct intent *in = what->ranking[i].intent;

		if (in->kind == INTENT_OUT_OF_SCOPE || in->kind == INTENT_REFUSE)
			p.inside -= what->ranking[i].probability;
	}
	note_refused(c, what, &p);
	*ret = p;
	return 0;
}

/* The ids in the column are those of the targets, in any order. */
static bool is_places_right(const struct sample *s, const struct understanding *what)
{
	struct view rest = s->regions, id;
	size_t n = 0;

	while (view_split(&rest, ',', &id)) {
		bool is_found = false;

		id = view_trim(id);
		if (id.len == 0)
			continue;
		n++;
		for (size_t i = 0; i < what->mentions.n_targets; i++)
			is_found |= view_eq(what->mentions.targets[i]->id, id);
		if (!is_found)
			return false;
	}
	return n == what->mentions.n_targets;
}

static struct view ids_of(struct arena *a, const struct understanding *what)
{
	struct buf out = BUF_INIT;
	struct view kept;

	for (size_t i = 0; i < what->mentions.n_targets; i++)
		buf_printf(&out, "%s%.*s", i ? "," : "", VIEW_ARG(what->mentions.targets[i]->id));
	kept = arena_copy(a, buf_view(&out));
	buf_done(&out);
	return kept;
}

/* In scope, or nobody said what it is about, and it says which places it asks about. */
static bool measures_places(const struct content *c, const struct sample *s, uint32_t gold)
{
	return s->has_regions &&
	       (!c->all.labels[gold].is_outside || view_eq(s->label, SAMPLE_UNLABELLED));
}

static int ask_all(struct content *c, const struct labelled_set *set)
{
	struct eval *e = c->e;
	struct understanding what;
	struct progress bar;
	struct arena scratch;
	int r = 0;

	e->is_of_places = e->test.list.n > 0;
	e->placed = ARENA_ARRAY(&e->arena, e->test.list.n + 1, struct view);
	arena_init(&scratch, 1 << 16);
	progress_start(&bar, "asking");
	/* Once round for warm caches: a server is warm. */
	for (size_t k = 0; k < 2 * set->n && r == 0; k++) {
		size_t i = k % set->n;
		const struct sample *s = i < e->test.list.n ? &e->test.list.items[i] : NULL;

		r = ask_content(c, &scratch, &set->items[i], &c->all.predictions[i], &what);
		progress_show(&bar, (double)k / (double)(2 * set->n));
		if (r < 0 || k < set->n || !s)
			continue;
		e->is_of_places &= view_eq(s->label, SAMPLE_UNLABELLED);
		if (!measures_places(c, s, c->all.predictions[i].gold))
			continue;
		c->all.predictions[i].has_places = true;
		c->all.predictions[i].is_placed = is_places_right(s, &what);
		if (e->o->places)
			e->placed[i] = ids_of(&e->arena, &what);
		e->places.n++;
		e->places.n_right += c->all.predictions[i].is_placed;
	}
	progress_end(&bar);
	arena_done(&scratch);
	return r;
}

static int run_content(struct eval *e, const struct generation *g)
{
	struct labelled_set set = make_set(e, &e->test, !e->o->no_noise);
	struct understander_facts facts = understander_facts(g->understander);
	struct content c = {.e = e, .g = g, .today = date_parse(cli_today())};

	make_labels(&c, &set);
	c.all.predictions = ARENA_ARRAY(&e->arena, set.n + 1, struct prediction);
	c.all.n = set.n;
	c.all.model_bytes = facts.model_bytes;
	c.all.n_features = facts.n_features;
	c.all.train_seconds = facts.train_seconds;
	c.all.tier = facts.tier;
	if (ask_all(&c, &set) < 0) {
		fputs("wenlu eval: a question is no UTF-8\n", stderr);
		return -EILSEQ;
	}
	take_apart(e, &c.all, e->test.list.n);
	return 0;
}

static int run_configured(struct eval *e)
{
	struct evaluate_options reading = {.train = NULL};
	struct world w;
	int r;

	if (world_open(&w, e->o->config, false) < 0)
		return -EINVAL;
	if (e->o->test) {
		r = run_content(e, w.generation);
	} else {
		samples_of_catalog(&e->train, &w.generation->catalog);
		reading.catalog = &w.generation->catalog;
		reading.regions = &w.generation->regions;
		r = run_trained(e, &reading);
	}
	/* Texts of the catalogue go with it. */
	for (size_t i = 0; i < e->clean.n && r == 0; i++) {
		struct prediction *p = &e->clean.predictions[i];

		p->text = arena_copy(&e->arena, p->text);
	}
	for (size_t i = 0; i < e->clean.n_labels && r == 0; i++)
		e->clean.labels[i].label = arena_copy(&e->arena, e->clean.labels[i].label);
	for (size_t i = 0; i < e->clean.n_styles && r == 0; i++)
		e->clean.styles[i].style = arena_copy(&e->arena, e->clean.styles[i].style);
	world_close(&w);
	return r;
}

/* ---- what follows from the predictions ---- */

static double calibration_error(const struct evaluation *e)
{
	double sum = 0;

	for (size_t i = 0; i < EVALUATE_BINS; i++)
		sum += fabs(e->bins[i].confidence - (double)e->bins[i].n_right);
	return e->n ? sum / (double)e->n : 0;
}

static int by_inside(const void *a, const void *b)
{
	const struct eval_rated *x = a, *y = b;

	return (x->inside < y->inside) - (x->inside > y->inside);
}

static void rate(struct eval *e)
{
	const struct evaluation *c = &e->clean;

	e->rated = ARENA_ARRAY(&e->arena, c->n + 1, struct eval_rated);
	for (size_t i = 0; i < c->n; i++) {
		e->rated[i].inside = evaluation_inside(c, &c->predictions[i]);
		e->rated[i].is_outside = c->labels[c->predictions[i].gold].is_outside;
	}
	qsort(e->rated, c->n, sizeof(*e->rated), by_inside);
}

double eval_inside_at(const struct eval *e, double share)
{
	const struct evaluation *c = &e->clean;
	size_t n_out = 0, n_in = 0, best = 0;

	for (size_t i = 0; i < c->n; i++) {
		n_out += e->rated[i].is_outside;
		n_in += !e->rated[i].is_outside;
		/* Equal ones pass together. */
		if (i + 1 < c->n && e->rated[i + 1].inside == e->rated[i].inside)
			continue;
		if ((double)n_out <= share * (double)c->n_outside)
			best = n_in;
	}
	return c->n_inside ? (double)best / (double)c->n_inside : 0;
}

int eval_run(struct eval *e)
{
	struct evaluate_options reading = {.train = NULL};
	struct fault why;
	int r = 0;

	for (size_t i = 0; i < e->o->n_trains && r == 0; i++)
		r = samples_read(&e->train, &e->arena, e->o->trains[i], &why);
	if (r == 0 && e->o->test)
		r = samples_read(&e->test, &e->arena, e->o->test, &why);
	if (r < 0)
		return tell(&why);
	if (e->o->test && e->test.list.n == 0) {
		fprintf(stderr, "wenlu eval: there is no question in %s\n", e->o->test);
		return -EINVAL;
	}
	r = e->o->n_trains ? run_trained(e, &reading) : run_configured(e);
	if (r < 0)
		return r;
	e->calibration_error = calibration_error(&e->clean);
	rate(e);
	return 0;
}
