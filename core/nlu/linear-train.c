/* SPDX-License-Identifier: Apache-2.0 */
/* linear-train.c - learning the linear tier: from read examples to its image. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/hands.h"
#include "base/hash.h"
#include "base/vec.h"
#include "nlu/linear.h"
#include "nlu/linear-fit.h"

/* Found by cross-validation on our own intents and on two public sets; see HACKING.md. */
struct recipe {
	struct feature_rules rules;
	float view_weight[FEATURE_VIEWS];
	/* Every so many examples one is learnt once more as it would be typed in letters: with its
	 * sounds alone. 0: none. */
	unsigned typed_every;
	unsigned min_count;   /* a feature that fewer examples have is left out … */
	unsigned min_of_many; /* … of a large set */
	struct fit_options fit;
};

#define ABSENT        -10 /* the bias of a label without examples */
#define ROUNDS_SHARED 40000
#define MANY          15000 /* examples: what two of them have is chance */
/* What is known of a group counts for each label in it, against what is known of the label alone.
 */
#define KIN_SHARE 0.5f

static const struct recipe recipe = {
    .rules = {{2, 2, 3, 1}},
    .view_weight = {1.0f, 0.7f, 1.0f, 0.2f},
    .typed_every = 2,
    .min_count = 2,
    .min_of_many = 3,
    .fit = {.cost = 1, .tolerance = 0.2f, .rounds = 7},
};

/* Feature -> number, and in how many examples it occurs. */
struct dictionary {
	uint64_t *keys; /* 0: free */
	uint32_t *ids;
	size_t mask, n;
	uint32_t *counts; /* by id */
	uint64_t *hashes; /* by id */
};

struct fit {
	const struct train_set *set;
	const uint32_t *chosen;
	size_t n_chosen;
	struct arena arena;
	struct features *features; /* one a chosen example */
	struct dictionary words;
	uint32_t *column; /* by id, + 1; 0 if left out */
	size_t n_columns; /* the bias is one more */
	uint32_t *id_of;  /* by column */
	float *idf;       /* by column */
	struct fit_node *nodes;
	uint32_t *at, *labels; /* one a row */
	size_t n_rows, n_nodes;
	float *weights;
};

static float *arena_aligned(struct arena *a, size_t n)
{
	uintptr_t p = (uintptr_t)ARENA_ARRAY(a, n + LINEAR_LANES, float);

	return (float *)((p + 63) / 64 * 64);
}

static size_t word_place(const struct dictionary *d, uint64_t hash)
{
	size_t at = hash & d->mask;

	while (d->keys[at] && d->keys[at] != hash)
		at = (at + 1) & d->mask;
	return at;
}

static void make_dictionary(struct fit *f)
{
	struct dictionary *d = &f->words;
	size_t n_all = 0, n_places = 1024;

	f->features = ARENA_ARRAY(&f->arena, f->n_chosen, struct features);
	for (size_t i = 0; i < f->n_chosen; i++) {
		features_make(&recipe.rules, &f->arena, &f->set->readings[f->chosen[i]],
			      &f->features[i]);
		for (int v = 0; v < FEATURE_VIEWS; v++)
			n_all += f->features[i].n[v];
	}
	while (n_places < n_all * 3 / 2)
		n_places *= 2;
	d->mask = n_places - 1;
	d->keys = ARENA_ARRAY(&f->arena, n_places, uint64_t);
	d->ids = ARENA_ARRAY(&f->arena, n_places, uint32_t);
	d->counts = ARENA_ARRAY(&f->arena, n_all + 1, uint32_t);
	d->hashes = ARENA_ARRAY(&f->arena, n_all + 1, uint64_t);
	for (size_t i = 0; i < f->n_chosen; i++)
		for (int v = 0; v < FEATURE_VIEWS; v++)
			for (size_t j = 0; j < f->features[i].n[v]; j++) {
				uint64_t hash = f->features[i].hashes[v][j];
				size_t at = word_place(d, hash);

				if (!d->keys[at]) {
					d->keys[at] = hash;
					d->hashes[d->n] = hash;
					d->ids[at] = (uint32_t)d->n++;
				}
				d->counts[d->ids[at]]++;
			}
}

static void choose_columns(struct fit *f)
{
	const struct dictionary *d = &f->words;
	unsigned least = f->n_chosen < MANY ? recipe.min_count : recipe.min_of_many;

	f->column = ARENA_ARRAY(&f->arena, d->n + 1, uint32_t);
	f->idf = ARENA_ARRAY(&f->arena, d->n + 1, float);
	f->id_of = ARENA_ARRAY(&f->arena, d->n + 1, uint32_t);
	for (size_t i = 0; i < d->n; i++) {
		if (d->counts[i] < least)
			continue;
		f->idf[f->n_columns] =
		    1.0f + logf((1.0f + (float)f->n_chosen) / (1.0f + (float)d->counts[i]));
		f->id_of[f->n_columns] = (uint32_t)i;
		f->column[i] = (uint32_t)++f->n_columns;
	}
}

/* One view of one example, scaled to the view's weight. */
static void put_view(struct fit *f, const uint64_t *hashes, size_t n, float weight)
{
	struct fit_node *first = f->nodes + f->n_nodes, *out = first;
	float square = 0;

	for (size_t j = 0; j < n; j++) {
		uint32_t column = f->column[f->words.ids[word_place(&f->words, hashes[j])]];

		if (!column)
			continue;
		*out++ = (struct fit_node){column - 1, f->idf[column - 1]};
		square += out[-1].value * out[-1].value;
	}
	for (struct fit_node *p = first; p < out; p++)
		p->value *= weight / sqrtf(square);
	f->n_nodes += (size_t)(out - first);
}

static void make_row(struct fit *f, size_t i, bool is_typed)
{
	const struct features *x = &f->features[i];

	f->labels[f->n_rows] = f->set->labels[f->chosen[i]];
	for (int v = 0; v < FEATURE_VIEWS; v++)
		if (!is_typed || v == FEATURE_SOUNDS || v == FEATURE_CUES)
			put_view(f, x->hashes[v], x->n[v], recipe.view_weight[v]);
	f->nodes[f->n_nodes++] = (struct fit_node){(uint32_t)f->n_columns, 1};
	f->at[++f->n_rows] = (uint32_t)f->n_nodes;
}

static void make_rows(struct fit *f)
{
	size_t n = 2 * f->n_chosen;

	for (size_t i = 0; i < f->n_chosen; i++)
		for (int v = 0; v < FEATURE_VIEWS; v++)
			n += 2 * f->features[i].n[v];
	f->nodes = ARENA_ARRAY(&f->arena, n, struct fit_node);
	f->at = ARENA_ARRAY(&f->arena, 2 * f->n_chosen + 1, uint32_t);
	f->labels = ARENA_ARRAY(&f->arena, 2 * f->n_chosen, uint32_t);
	for (size_t i = 0; i < f->n_chosen; i++) {
		make_row(f, i, false);
		if (recipe.typed_every && i % recipe.typed_every == 0 &&
		    recipe.rules.longest[FEATURE_SOUNDS])
			make_row(f, i, true);
	}
}

/* Groups stand behind the labels. */
static const uint32_t *number_kin(struct fit *f)
{
	const struct train_set *set = f->set;
	uint32_t *ret = ARENA_ARRAY(&f->arena, set->n_labels, uint32_t);

	for (size_t k = 0; k < set->n_labels; k++)
		ret[k] = set->kin[k] == TRAIN_NO_KIN ? TRAIN_NO_KIN
						     : (uint32_t)set->n_labels + set->kin[k];
	return ret;
}

static void share_among_kin(struct fit *f, const struct fit_data *data)
{
	for (size_t k = 0; data->kin && k < f->set->n_labels; k++)
		for (size_t column = 0; data->kin[k] < data->n_labels && column < data->n_columns;
		     column++)
			f->weights[linear_fit_at(data->n_columns, column, k)] +=
			    KIN_SHARE *
			    f->weights[linear_fit_at(data->n_columns, column, data->kin[k])];
}

static void fit_weights(struct fit *f)
{
	size_t n_labels = f->set->n_labels;
	struct fit_data data = {.nodes = f->nodes,
				.at = f->at,
				.labels = f->labels,
				.n_rows = f->n_rows,
				.n_columns = f->n_columns + 1,
				.n_labels = n_labels + f->set->n_groups,
				.kin = f->set->kin ? number_kin(f) : NULL};
	size_t n = linear_fit_size(data.n_columns, data.n_labels);
	struct fit_options options = recipe.fit;
	bool *has_label = ARENA_ARRAY(&f->arena, n_labels, bool);

	/* A small set needs more rounds, and has the time. */
	options.rounds += (unsigned)(ROUNDS_SHARED / f->n_rows);
	options.n_threads = hands_count();
	f->weights = arena_aligned(&f->arena, n);
	linear_fit(&data, &options, f->weights);
	share_among_kin(f, &data);
	for (size_t i = 0; i < f->n_rows; i++)
		has_label[f->labels[i]] = true;
	for (size_t k = 0; k < n_labels; k++)
		for (size_t column = 0; !has_label[k] && column < data.n_columns; column++)
			f->weights[linear_fit_at(data.n_columns, column, k)] =
			    column < f->n_columns ? 0 : ABSENT;
}

static float weight_of(const struct fit *f, size_t column, size_t label)
{
	return f->weights[linear_fit_at(f->n_columns + 1, column, label)];
}

static uint32_t put_section(struct buf *out, size_t base, size_t len)
{
	size_t at;

	while ((out->len - base) % 16)
		buf_char(out, 0);
	at = out->len - base;
	memset(buf_reserve(out, len), 0, len);
	out->len += len;
	return (uint32_t)at;
}

static void fill_row(const struct fit *f, size_t column, struct linear_row *row, int8_t *weights)
{
	size_t n_labels = f->set->n_labels;
	float max = 0;

	for (size_t k = 0; k < n_labels; k++)
		max = fmaxf(max, fabsf(weight_of(f, column, k)));
	for (size_t k = 0; k < n_labels; k++)
		weights[k] = max > 0 ? (int8_t)lrintf(weight_of(f, column, k) / max * 127) : 0;
	row->scale = max / 127 * f->idf[column];
	row->square = f->idf[column] * f->idf[column];
}

static void fill_place(struct linear_place *places, uint32_t mask, uint64_t hash, size_t row)
{
	uint32_t at = (uint32_t)hash & mask;

	while (places[at].row)
		at = (at + 1) & mask;
	places[at] = (struct linear_place){(uint32_t)(hash >> 32), (uint32_t)row + 1};
}

static void put_image(const struct fit *f, struct buf *out)
{
	struct linear_head h = {.magic = LINEAR_MAGIC,
				.n_labels = (uint32_t)f->set->n_labels,
				.n_rows = (uint32_t)f->n_columns,
				.place_bits = 4,
				.rules = recipe.rules};
	size_t base = out->len;
	char *image;

	memcpy(h.view_weight, recipe.view_weight, sizeof(h.view_weight));
	h.stride = (h.n_labels + LINEAR_LANES - 1) / LINEAR_LANES * LINEAR_LANES;
	while (f->n_columns * 10 > ((size_t)1 << h.place_bits) * 7)
		h.place_bits++;
	put_section(out, base, sizeof(h));
	h.bias = put_section(out, base, h.stride * sizeof(float));
	h.places = put_section(out, base, sizeof(struct linear_place) << h.place_bits);
	h.rows = put_section(out, base, f->n_columns * sizeof(struct linear_row));
	h.weights = put_section(out, base, f->n_columns * h.stride);
	h.size = (uint32_t)(out->len - base);
	image = out->ptr + base;
	memcpy(image, &h, sizeof(h));
	for (size_t k = 0; k < h.n_labels; k++)
		((float *)(void *)(image + h.bias))[k] = weight_of(f, f->n_columns, k);
	for (size_t i = 0; i < f->n_columns; i++) {
		fill_row(f, i, (struct linear_row *)(void *)(image + h.rows) + i,
			 (int8_t *)image + h.weights + i * h.stride);
		fill_place((struct linear_place *)(void *)(image + h.places),
			   (1u << h.place_bits) - 1, f->words.hashes[f->id_of[i]], i);
	}
}

int linear_train(const struct train_set *set, const uint32_t *chosen, size_t n_chosen,
		 struct buf *out)
{
	struct fit f = {.set = set, .chosen = chosen, .n_chosen = n_chosen};

	if (n_chosen == 0 || set->n_labels == 0 || set->n_labels > TIER_LABELS)
		return -EINVAL;
	arena_init(&f.arena, 1 << 20);
	make_dictionary(&f);
	choose_columns(&f);
	make_rows(&f);
	fit_weights(&f);
	put_image(&f, out);
	arena_done(&f.arena);
	return 0;
}
