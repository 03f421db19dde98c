/* SPDX-License-Identifier: Apache-2.0 */
/* evaluate.c - training and asking for figures (which: evaluate-count.c); see evaluate.h. */
#include "nlu/evaluate.h"

#include <errno.h>
#include <stdlib.h>

#include "base/blank.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/vec.h"
#include "nlu/model.h"

#define FILE_MAX ((size_t)256 << 20)

int labelled_read(struct arena *a, const char *path, struct labelled_set *set, struct fault *why)
{
	VEC(struct labelled) rows = VEC_INIT;
	struct view content, line;
	unsigned number = 0;
	int r = file_read(a, path, FILE_MAX, &content);

	if (r < 0) {
		fault_set(why, "%s", error_text(r));
		fault_place(why, path, 0, 0);
		return r;
	}
	for (size_t i = 0; i < set->n; i++)
		*vec_push(&rows) = set->items[i];
	while (view_split(&content, '\n', &line)) {
		struct labelled row = {.style = view_make("", 0)};

		number++;
		if (line.len && line.ptr[line.len - 1] == '\r')
			line.len--;
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		view_split(&line, '\t', &row.label);
		if (!line.ptr || !view_split(&line, '\t', &row.text) || row.text.len == 0) {
			fault_set(why, "a line must be label, tab, text");
			fault_place(why, path, number, 0);
			vec_done(&rows);
			return -EBADMSG;
		}
		if (line.ptr)
			view_split(&line, '\t', &row.style);
		*vec_push(&rows) = row;
	}
	set->items = ARENA_ARRAY(a, rows.n + 1, struct labelled);
	if (rows.n)
		memcpy(set->items, rows.items, rows.n * sizeof(*rows.items));
	set->n = rows.n;
	vec_done(&rows);
	return 0;
}

void labelled_from_catalog(struct arena *a, const struct catalog *catalog, struct labelled_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < catalog->n_intents; i++)
		n += catalog->intents[i].n_examples;
	set->items = ARENA_ARRAY(a, n + 1, struct labelled);
	set->n = 0;
	for (size_t i = 0; i < catalog->n_intents; i++)
		for (size_t j = 0; j < catalog->intents[i].n_examples; j++)
			set->items[set->n++] = (struct labelled){
			    catalog->intents[i].name, catalog->intents[i].examples[j].text,
			    catalog->intents[i].examples[j].style};
}

/* One evaluation under way. */
struct run {
	const struct evaluate_options *o;
	struct arena *a;
	struct lens lens;
	struct evaluation *out;
	enum tier_kind tier;
	struct words words;
	double word_seconds; /* of making them */
	uint32_t outside;
	size_t n_train;
	uint32_t *gold; /* of the training rows */
	struct reading *readings;
};

static int compare_views(const void *a, const void *b)
{
	return view_cmp(*(const struct view *)a, *(const struct view *)b);
}

static void add_labels(const struct labelled_set *set, struct view *labels, size_t *n)
{
	for (size_t i = 0; i < set->n; i++) {
		size_t j;

		for (j = 0; j < *n && !view_eq(labels[j], set->items[i].label); j++)
			continue;
		if (j == *n && *n <= TIER_LABELS)
			labels[(*n)++] = set->items[i].label;
	}
}

static int make_labels(struct run *x, struct fault *why)
{
	struct view *labels = ARENA_ARRAY(x->a, TIER_LABELS + 2, struct view);
	size_t n = 0;

	add_labels(x->o->train, labels, &n);
	if (x->o->test)
		add_labels(x->o->test, labels, &n);
	if (n < 2 || n > TIER_LABELS) {
		fault_set(why, "there must be 2 to %d labels", TIER_LABELS);
		return -EINVAL;
	}
	qsort(labels, n, sizeof(*labels), compare_views);
	x->out->labels = ARENA_ARRAY(x->a, n, struct label_score);
	x->out->n_labels = n;
	x->outside = TIER_LABELS;
	for (size_t i = 0; i < n; i++) {
		x->out->labels[i].label = labels[i];
		x->out->labels[i].is_outside = true;
	}
	return 0;
}

static uint32_t label_of(const struct run *x, struct view label)
{
	size_t low = 0, high = x->out->n_labels;

	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (view_cmp(x->out->labels[middle].label, label) <= 0)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}

static int read_training(struct run *x, struct fault *why)
{
	const struct labelled_set *set = x->o->train;
	size_t n = 0;

	x->gold = ARENA_ARRAY(x->a, set->n + 1, uint32_t);
	x->readings = ARENA_ARRAY(x->a, set->n + 1, struct reading);
	for (size_t i = 0; i < set->n; i++) {
		x->gold[n] = label_of(x, set->items[i].label);
		if (x->o->unseen_half && x->gold[n] % 2)
			continue;
		if (view_is(set->items[i].label, "out_of_scope"))
			x->outside = x->gold[n];
		else
			x->out->labels[x->gold[n]].is_outside = false;
		if (reading_make(&x->lens, x->a, set->items[i].text, &x->readings[n++]) < 0) {
			fault_set(why, "the training text %zu is not UTF-8", i + 1);
			return -EILSEQ;
		}
	}
	x->n_train = n;
	return 0;
}

static int train_on(struct run *x, const struct train_set *set, struct model *ret, char **ret_image)
{
	struct buf image = BUF_INIT;
	int64_t start = clock_ns();
	struct model_options options = {.outside = x->outside,
					.tier = x->tier,
					.words = &x->words,
					.has_lens = x->lens.terms || x->lens.gazetteer,
					.progress = x->o->test ? x->o->progress : NULL,
					.data = x->o->data};
	int r = model_train(set, &options, &image);

	if (r < 0)
		return r;
	x->out->train_seconds = x->word_seconds + (double)(clock_ns() - start) / 1e9;
	*ret_image = (char *)blank_copy(buf_view(&image)).ptr;
	r = model_open(view_make(*ret_image, image.len), ret);
	x->out->model_bytes = image.len;
	buf_done(&image);
	if (r < 0) {
		free(*ret_image);
		return r;
	}
	x->out->n_features = model_n_features(ret);
	x->out->tier = tier_name(x->tier);
	return 0;
}

static int ask_one(struct run *x, const struct model *m, struct arena *scratch,
		   const struct labelled *row, struct prediction *ret)
{
	struct prediction p = {.text = row->text, .style = row->style};
	int64_t start = clock_ns();
	struct reading reading;
	struct verdict v;
	int r;

	arena_reset(scratch);
	r = reading_make(&x->lens, scratch, row->text, &reading);
	if (r < 0)
		return r;
	model_ask(m, scratch, &reading, &v);
	p.micros = (float)((double)(clock_ns() - start) / 1e3);
	p.gold = label_of(x, row->label);
	p.predicted = v.labels[0];
	p.second = v.labels[v.n > 1];
	p.confidence = v.probabilities[0];
	p.inside = v.inside;
	p.likeness = v.likeness;
	p.decision = v.decision;
	*ret = p;
	return 0;
}

static int run_test(struct run *x)
{
	const struct labelled_set *test = x->o->test;
	struct train_set set = {.readings = x->readings,
				.labels = x->gold,
				.n = x->n_train,
				.n_labels = x->out->n_labels};
	struct arena scratch;
	struct model m;
	char *image;
	int r = train_on(x, &set, &m, &image);

	if (r < 0)
		return r;
	arena_init(&scratch, 1 << 16);
	/* Once round for warm caches: a server is warm. */
	for (size_t round = 0; round < 2 && r == 0; round++)
		for (size_t i = 0; i < test->n && r == 0; i++)
			r = ask_one(x, &m, &scratch, &test->items[i], &x->out->predictions[i]);
	arena_done(&scratch);
	free(image);
	return r;
}

static unsigned fold_of(const struct run *x, size_t i)
{
	/* By the text, so that the same line twice is never on both sides. */
	return (unsigned)((hash_view(x->readings[i].text.folded) >> 20) % x->o->folds);
}

static int run_fold(struct run *x, unsigned fold, struct reading *readings, uint32_t *gold)
{
	struct train_set set = {.readings = readings, .labels = gold, .n_labels = x->out->n_labels};
	struct arena scratch;
	struct model m;
	char *image;
	int r;

	for (size_t i = 0; i < x->o->train->n; i++)
		if (fold_of(x, i) != fold) {
			readings[set.n] = x->readings[i];
			gold[set.n++] = x->gold[i];
		}
	r = train_on(x, &set, &m, &image);
	if (r < 0)
		return r;
	arena_init(&scratch, 1 << 16);
	for (size_t i = 0; i < x->o->train->n && r == 0; i++)
		if (fold_of(x, i) == fold)
			r = ask_one(x, &m, &scratch, &x->o->train->items[i],
				    &x->out->predictions[i]);
	arena_done(&scratch);
	free(image);
	return r;
}

static int run_folds(struct run *x)
{
	struct reading *readings = ARENA_ARRAY(x->a, x->o->train->n + 1, struct reading);
	uint32_t *gold = ARENA_ARRAY(x->a, x->o->train->n + 1, uint32_t);
	int r = 0;

	for (unsigned fold = 0; fold < x->o->folds && r == 0; fold++) {
		r = run_fold(x, fold, readings, gold);
		if (x->o->progress)
			x->o->progress(x->o->data, (fold + 1.0) / x->o->folds);
	}
	return r;
}

static int choose_tier(struct run *x, struct fault *why)
{
	const struct evaluate_options *o = x->o;
	int tier = o->tier ? tier_find(o->tier) : TIER_LINEAR, r = 0;
	int64_t start = clock_ns();

	if (tier < 0) {
		fault_set(why, "there is no tier '%s', but linear, fast and accurate", o->tier);
		return tier;
	}
	x->tier = (enum tier_kind)tier;
	if (tier != TIER_LINEAR)
		r = words_load(x->a, o->language_model, o->cache_dir, &x->words, why);
	x->word_seconds = (double)(clock_ns() - start) / 1e9;
	return r;
}

int evaluate(struct arena *a, const struct evaluate_options *options, struct evaluation *ret,
	     struct fault *why)
{
	struct evaluation out = {.n = options->test ? options->test->n : options->train->n};
	struct gazetteer *g = NULL;
	struct term_table *terms = NULL;
	struct run x = {.o = options, .a = a, .out = &out};
	int r;

	if (!options->test && options->unseen_half) {
		fault_set(why, "labels that were not learnt need a test file");
		return -EINVAL;
	}
	if (!options->test && options->folds < 2) {
		fault_set(why, "cross-validation needs two parts or more");
		return -EINVAL;
	}
	r = make_labels(&x, why);
	if (r == 0)
		r = choose_tier(&x, why);
	if (r < 0)
		return r;
	if (options->regions)
		g = gazetteer_new(options->regions, options->catalog, options->extras,
				  options->n_extras);
	if (options->catalog)
		terms = term_table_new(options->catalog);
	x.lens = (struct lens){g, terms, options->catalog};
	out.predictions = ARENA_ARRAY(a, out.n + 1, struct prediction);
	r = read_training(&x, why);
	if (r == 0) {
		r = options->test ? run_test(&x) : run_folds(&x);
		if (r < 0)
			fault_set(why, "%s", error_text(r));
	}
	if (r == 0) {
		out.has_outside = x.outside < TIER_LABELS;
		evaluation_count(a, &out);
		*ret = out;
	}
	gazetteer_free(g);
	term_table_free(terms);
	return r;
}
