/* SPDX-License-Identifier: Apache-2.0 */
/* understand.c - building an understander: examples, a model from memory, a file or training. */
#include "nlu/understand.h"

#include <errno.h>
#include <stdlib.h>

#include "base/blank.h"
#include "base/clock.h"
#include "base/hands.h"
#include "base/hash.h"
#include "nlu/cache.h"
#include "nlu/train-read.h"
#include "nlu/understander.h"

/* A guide's examples count for at most this many an intent, so that no city outweighs the rest. */
#define EXTRA_EXAMPLES_MAX 40

void understander_examples(const struct understander_options *o,
			   void (*call)(void *data, const struct intent *intent, struct view text),
			   void *data)
{
	const struct catalog *c = o->catalog;
	uint32_t *n_extra = calloc(c->n_intents + 1, sizeof(*n_extra));

	if (!n_extra)
		die_oom((c->n_intents + 1) * sizeof(*n_extra));
	for (size_t i = 0; i < c->n_intents; i++)
		for (size_t j = 0; j < c->intents[i].n_examples; j++)
			call(data, &c->intents[i], c->intents[i].examples[j].text);
	for (size_t i = 0; i < o->n_extra_examples; i++)
		if (n_extra[o->extra_examples[i].intent->index]++ < EXTRA_EXAMPLES_MAX)
			call(data, o->extra_examples[i].intent, o->extra_examples[i].text);
	free(n_extra);
}

static void add_one(void *data, const struct intent *intent, struct view text)
{
	train_texts_add(data, text, intent->index);
}

static void hash_one(void *data, const struct intent *intent, struct view text)
{
	uint64_t *h = data;

	*h = hash_mix(*h ^ hash_view(text)) + intent->index;
}

#define PROBE_EVERY 16 /* examples of an intent */
#define PROBE_PIECE 32

struct probing {
	const struct understander *u;
	struct arena arenas[HANDS_MAX];
	VEC(struct view) texts;
	uint64_t *hashes; /* one a text */
};

/* Of what is seen in a text; 0 if it cannot be read. */
static uint64_t hash_features(const struct understander *u, struct arena *a, struct view text)
{
	static const struct feature_rules rules = {{2, 2, 2, 1}};
	struct reading r;
	struct features f;
	uint64_t h = 0;

	arena_reset(a);
	if (reading_make(&u->lens, a, text, &r) < 0)
		return 0;
	features_make(&rules, a, &r, &f);
	for (int v = 0; v < FEATURE_VIEWS; v++)
		for (size_t k = 0; k < f.n[v]; k++)
			h = hash_mix(h ^ f.hashes[v][k]);
	return h;
}

static void probe_piece(void *data, unsigned hand, size_t piece)
{
	struct probing *p = data;

	for (size_t i = piece * PROBE_PIECE; i < p->texts.n && i < (piece + 1) * PROBE_PIECE; i++)
		p->hashes[i] = hash_features(p->u, &p->arenas[hand], p->texts.items[i]);
}

/* How text is read has no number of its own, so the features of some examples stand for it. */
static uint64_t probe(const struct understander *u, uint64_t h)
{
	const struct catalog *c = u->options.catalog;
	struct probing p = {.u = u};

	for (unsigned k = 0; k < HANDS_MAX; k++)
		arena_init(&p.arenas[k], 1 << 16);
	for (size_t i = 0; i < c->n_intents; i++)
		for (size_t j = 0; j < c->intents[i].n_examples; j += PROBE_EVERY)
			*vec_push(&p.texts) = c->intents[i].examples[j].text;
	p.hashes = blank(p.texts.n, sizeof(*p.hashes));
	hands_share(hands_count(), (p.texts.n + PROBE_PIECE - 1) / PROBE_PIECE, probe_piece, &p);
	for (size_t i = 0; i < p.texts.n; i++)
		h = hash_mix(h ^ p.hashes[i]);
	for (unsigned k = 0; k < HANDS_MAX; k++)
		arena_done(&p.arenas[k]);
	vec_done(&p.texts);
	free(p.hashes);
	return h;
}

/*
 * What a model depends on: the examples, the places (they are masked), the budgets by which its
 * thresholds are chosen, and how text is read. Names that guides add are masked in what is asked;
 * that they are not in old examples too is no reason to train.
 */
static uint64_t make_key(const struct understander *u)
{
	const struct understander_options *o = &u->options;
	uint64_t h = o->catalog->fingerprint ^ MODEL_VERSION ^ calibrate_fingerprint();

	understander_examples(o, hash_one, &h);
	for (size_t i = 0; i < o->regions->n_names; i++)
		h = hash_mix(h ^ hash_view(o->regions->names[i].name)) +
		    o->regions->names[i].region->index * 512 + o->regions->names[i].weight;
	return probe(u, h);
}

/* Each tier has a file of its own. */
static uint64_t tier_key(uint64_t key, enum tier_kind tier)
{
	const struct convolution_recipe *recipe =
	    tier == TIER_FAST ? &convolution_fast : &convolution_accurate;

	return tier == TIER_LINEAR ? key : hash_mix(key ^ (tier * 1000u + recipe->version));
}

static uint32_t outside_label(const struct catalog *c)
{
	for (size_t i = 0; i < c->n_intents; i++)
		if (c->intents[i].kind == INTENT_OUT_OF_SCOPE)
			return (uint32_t)i;
	return TIER_LABELS;
}

static void add_trials(const struct catalog *catalog, struct train_texts *texts)
{
	for (size_t i = 0; i < catalog->n_intents; i++)
		for (size_t j = 0; j < catalog->intents[i].n_trials; j++)
			train_texts_add(texts, catalog->intents[i].trials[j].text, (uint32_t)i);
}

static bool are_kin(const struct intent *a, const struct intent *b)
{
	return a->matter && b->matter && a->matter != b->matter &&
	       view_eq(intent_facet(a), intent_facet(b));
}

static void find_kin(struct arena *a, const struct catalog *c, struct train_set *set)
{
	uint32_t *kin = ARENA_ARRAY(a, c->n_intents, uint32_t);

	for (size_t i = 0; i < c->n_intents; i++) {
		size_t first = 0;

		kin[i] = TRAIN_NO_KIN;
		while (first < i && !are_kin(&c->intents[first], &c->intents[i]))
			first++;
		if (first == i)
			continue;
		if (kin[first] == TRAIN_NO_KIN)
			kin[first] = (uint32_t)set->n_groups++;
		kin[i] = kin[first];
	}
	set->kin = kin;
}

static const uint8_t *mark_small_talk(struct arena *a, const struct catalog *c)
{
	uint8_t *ret = ARENA_ARRAY(a, c->n_intents, uint8_t);

	for (size_t i = 0; i < c->n_intents; i++) {
		enum intent_kind kind = c->intents[i].kind;

		ret[i] = kind == INTENT_CHAT || kind == INTENT_HANDOFF || kind == INTENT_REFUSE;
	}
	return ret;
}

static int train_image(struct understander *u, const struct model_options *given,
		       struct view *ret_image, struct fault *why)
{
	const struct catalog *catalog = u->options.catalog;
	struct train_texts examples = {.readings = NULL}, tried = {.readings = NULL};
	struct train_set set = {.n_labels = catalog->n_intents},
			 trials = {.n_labels = catalog->n_intents};
	struct model_options options = *given;
	struct buf image = BUF_INIT;
	int64_t start = clock_ns();
	struct arena a;
	int r;

	arena_init(&a, 0);
	understander_examples(&u->options, add_one, &examples);
	add_trials(catalog, &tried);
	train_texts_read(&examples, &u->lens, &set);
	train_texts_read(&tried, &u->lens, &trials);
	find_kin(&a, catalog, &set);
	options.is_small_talk = mark_small_talk(&a, catalog);
	options.has_lens = true;
	options.trials = &trials;
	r = model_train(&set, &options, &image);
	if (r == 0)
		*ret_image = blank_copy(buf_view(&image));
	else
		fault_set(why, "the intents have too few examples to learn from (%zu)", set.n);
	buf_done(&image);
	train_texts_done(&examples);
	train_texts_done(&tried);
	arena_done(&a);
	u->train_seconds = (double)(clock_ns() - start) / 1e9;
	return r;
}

static const char *cache_kind(enum tier_kind tier)
{
	return tier == TIER_LINEAR ? CACHE_QUICK : tier_name(tier);
}

static bool take_cached(struct understander *u, enum tier_kind tier, uint64_t content)
{
	uint64_t key = tier_key(content, tier);
	struct view image;

	if (!u->options.cache_dir ||
	    cache_map(u->options.cache_dir, cache_kind(tier), key, &image) < 0)
		return false;
	if (model_open(image, &u->model) < 0 || u->model.head->key != key ||
	    u->model.head->n_labels != u->options.catalog->n_intents) {
		cache_unmap(image);
		return false;
	}
	u->image = image;
	u->is_mapped = true;
	return true;
}

/* At hand, which saves reading a file. */
static bool take_offered(struct understander *u, enum tier_kind tier, uint64_t content)
{
	struct view image = u->options.offered;
	const struct model_head *head = (const struct model_head *)(const void *)image.ptr;

	/* Most likely it is another: that is seen without opening it. */
	if (image.len < MODEL_HEAD_SIZE || head->tier != (uint32_t)tier ||
	    head->key != tier_key(content, tier) ||
	    head->n_labels != u->options.catalog->n_intents || model_open(image, &u->model) < 0)
		return false;
	u->options.image = u->image = image;
	return true;
}

/* Made by somebody who had the same examples, or will do until a new one is trained. */
static int take_given(struct understander *u, struct fault *why)
{
	int r = model_open(u->options.image, &u->model);

	if (r == 0 && u->model.head->n_labels != u->options.catalog->n_intents)
		r = -EBADMSG;
	if (r < 0)
		fault_set(why, "the trained model does not fit the intents");
	else
		u->image = u->options.image;
	return r;
}

static void drop_image(struct understander *u)
{
	if (u->is_mapped)
		cache_unmap(u->image);
	else if (u->options.image.len == 0)
		free((char *)u->image.ptr);
	u->image = view_make(NULL, 0);
	u->is_mapped = false;
}

/* What `from` has becomes that of `u`, in place of what it had. */
static void move_image(struct understander *u, const struct understander *from)
{
	drop_image(u);
	u->options.image = from->options.image;
	u->image = from->image;
	u->model = from->model;
	u->is_mapped = from->is_mapped;
}

static void take_best(struct understander *u, uint64_t content)
{
	for (int tier = TIER_KINDS - 1; tier >= 0; tier--) {
		struct understander other = {.options = u->options};

		other.options.image = view_make(NULL, 0);
		if (!take_offered(&other, (enum tier_kind)tier, content) &&
		    !take_cached(&other, (enum tier_kind)tier, content))
			continue;
		if (!u->image.len || model_beats(&other.model, &u->model))
			move_image(u, &other);
		else
			drop_image(&other);
	}
}

int understander_new(const struct understander_options *options, struct understander **ret,
		     struct fault *why)
{
	struct understander *u;
	uint64_t key;
	int r = 0;

	if (options->catalog->n_intents == 0 || options->catalog->n_intents > TIER_LABELS) {
		fault_set(why, "%zu intents: there must be 1 to %d", options->catalog->n_intents,
			  TIER_LABELS);
		return -EINVAL;
	}
	u = calloc(1, sizeof(*u));
	if (!u)
		die_oom(sizeof(*u));
	u->options = *options;
	u->gazetteer =
	    gazetteer_new(options->regions, options->catalog, options->extras, options->n_extras);
	u->terms = term_table_new(options->catalog);
	u->lens = (struct lens){u->gazetteer, u->terms, options->catalog};
	if (options->image.len) {
		r = take_given(u, why);
		goto out;
	}
	key = make_key(u);
	take_best(u, key);
	if (!u->image.len && options->no_training) {
		fault_set(why, "there is no trained model for these examples yet");
		r = -EAGAIN;
	} else if (!u->image.len) {
		struct model_options how = {.outside = outside_label(options->catalog), .key = key};

		r = train_image(u, &how, &u->image, why);
		if (r == 0)
			r = model_open(u->image, &u->model);
		/* A cache that cannot be written costs the next start a second, no more. */
		if (r == 0 && options->cache_dir)
			(void)cache_keep(options->cache_dir, CACHE_QUICK, key, u->image);
	}
out:
	if (r < 0) {
		understander_free(u);
		return r;
	}
	*ret = u;
	return 0;
}

static int learn_better(struct understander *u, struct model_options *how, struct understander *ret,
			struct fault *why)
{
	const char *cache_dir = u->options.cache_dir;
	int r = train_image(u, how, &ret->image, why);

	if (r < 0)
		return r;
	r = model_open(ret->image, &ret->model);
	if (r < 0) {
		fault_set(why, "the trained model is not sound");
	} else if (cache_dir) {
		r = cache_keep(cache_dir, cache_kind(how->tier), how->key, ret->image);
		if (r < 0)
			fault_set(why, "the model cannot be kept in %s: %s", cache_dir,
				  error_text(r));
	}
	return r;
}

/* A model with words is not given up because there are none now, but it is for other words. */
static bool is_good(const struct model *m, enum tier_kind tier, const struct words *words)
{
	return m->head->tier == tier &&
	       (!words->fingerprint || m->head->words == words->fingerprint);
}

static int improve(struct understander *u, struct model_options *how, struct fault *why)
{
	struct understander other = {.options = u->options};
	uint64_t content = make_key(u);
	int r = 0;

	how->key = tier_key(content, how->tier);
	if (u->model.head->key == how->key && is_good(&u->model, how->tier, how->words))
		return 0;
	other.options.image = view_make(NULL, 0);
	if (!take_cached(&other, how->tier, content)) {
		r = learn_better(u, how, &other, why);
	} else if (!is_good(&other.model, how->tier, how->words)) {
		drop_image(&other);
		r = learn_better(u, how, &other, why);
	}
	if (r == 0 && (u->model.head->tier == how->tier || model_beats(&other.model, &u->model))) {
		move_image(u, &other);
	} else {
		u->passed_over = r == 0 ? tier_name(how->tier) : NULL;
		u->n_passed_over_right = r == 0 ? other.model.head->n_trials_right : 0;
		drop_image(&other);
	}
	return r;
}

int understander_improve(struct understander *u, const struct improve_options *o, struct fault *why)
{
	struct model_options how = {
	    .outside = outside_label(u->options.catalog), .progress = o->progress, .data = o->data};
	int tier = tier_find(o->tier), r;
	struct words words;
	struct arena a;

	if (tier < 0) {
		fault_set(why, "there is no tier '%s', but linear, fast and accurate", o->tier);
		return tier;
	}
	if (tier == TIER_LINEAR)
		return 0;
	how.tier = (enum tier_kind)tier;
	how.words = &words;
	arena_init(&a, 1 << 20);
	r = words_load(&a, o->language_model, u->options.cache_dir, &words, why);
	if (r == 0)
		r = improve(u, &how, why);
	arena_done(&a);
	return r;
}

void understander_free(struct understander *u)
{
	if (!u)
		return;
	drop_image(u);
	gazetteer_free(u->gazetteer);
	term_table_free(u->terms);
	free(u);
}

struct view understander_image(const struct understander *u)
{
	return u->image;
}

struct understander_facts understander_facts(const struct understander *u)
{
	return (struct understander_facts){
	    .tier = tier_name((enum tier_kind)u->model.head->tier),
	    .n_trials = u->model.head->n_trials,
	    .n_trials_right = u->model.head->n_trials_right,
	    .passed_over = u->passed_over,
	    .n_passed_over_right = u->n_passed_over_right,
	    .model_bytes = u->image.len,
	    .gazetteer_bytes = gazetteer_bytes(u->gazetteer),
	    .n_examples = u->model.head->n_examples,
	    .n_features = model_n_features(&u->model),
	    .train_seconds = u->train_seconds,
	    .from_cache = u->is_mapped,
	};
}
