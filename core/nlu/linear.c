/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear.c - scoring with the linear tier.
 *
 * Three passes over the features, so that the memory of the next step is on its way while this one
 * is worked on: find the rows, sum the lengths, add the weights.
 */
#include "nlu/linear.h"

#include <math.h>
#include <stdlib.h>

typedef float lanes __attribute__((vector_size(LINEAR_LANES * sizeof(float))));
typedef int8_t bytes __attribute__((vector_size(LINEAR_LANES)));

static bool fits(const struct linear_head *h, uint32_t from, uint64_t bytes_needed)
{
	return from % 16 == 0 && from >= sizeof(*h) && (uint64_t)from + bytes_needed <= h->size;
}

static bool is_sound(struct view image)
{
	const struct linear_head *h = linear_head(image);
	const struct linear_place *places;
	size_t n_free = 0;

	if (image.len < sizeof(*h) || (uintptr_t)image.ptr % 16 || h->magic != LINEAR_MAGIC)
		return false;
	if (h->size != image.len || h->n_labels == 0 || h->n_labels > TIER_LABELS ||
	    h->stride < h->n_labels || h->stride % LINEAR_LANES || h->stride > TIER_LABELS ||
	    h->place_bits > 28 || h->n_rows >= 1u << h->place_bits)
		return false;
	if (!fits(h, h->bias, h->stride * sizeof(float)) ||
	    !fits(h, h->places, sizeof(*places) << h->place_bits) ||
	    !fits(h, h->rows, h->n_rows * (uint64_t)sizeof(struct linear_row)) ||
	    !fits(h, h->weights, (uint64_t)h->n_rows * h->stride))
		return false;
	places = (const struct linear_place *)(const void *)(image.ptr + h->places);
	for (size_t i = 0; i < (size_t)1 << h->place_bits; i++) {
		if (places[i].row > h->n_rows)
			return false;
		n_free += !places[i].row;
	}
	return n_free > 0; /* looking ends there */
}

static void add_row(const struct linear_head *h, uint32_t row, float factor, lanes *sums)
{
	const bytes *w = (const bytes *)(const void *)linear_weights(h, row);
	float scale = linear_rows(h)[row].scale * factor;

	for (uint32_t k = 0; k < h->stride / LINEAR_LANES; k++)
		sums[k] += __builtin_convertvector(w[k], lanes) * scale;
}

/* The rows of one view's features; their squares summed into *ret_square. */
static size_t find_rows(const struct linear_head *h, const uint64_t *hashes, size_t n,
			uint32_t *rows)
{
	const struct linear_place *places =
	    (const struct linear_place *)(const void *)((const char *)h + h->places);
	uint32_t mask = (1u << h->place_bits) - 1;
	size_t n_rows = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t row;

		if (i + 8 < n)
			__builtin_prefetch(&places[(uint32_t)hashes[i + 8] & mask]);
		row = linear_find(h, hashes[i]);
		if (row >= 0) {
			__builtin_prefetch(linear_weights(h, row));
			__builtin_prefetch(&linear_rows(h)[row]);
			rows[n_rows++] = (uint32_t)row;
		}
	}
	return n_rows;
}

static void add_view(const struct linear_head *h, const uint32_t *rows, size_t n, float weight,
		     lanes *sums)
{
	float square = 0;

	for (size_t i = 0; i < n; i++)
		square += linear_rows(h)[rows[i]].square;
	if (square <= 0)
		return;
	for (size_t i = 0; i < n; i++)
		add_row(h, rows[i], weight / sqrtf(square), sums);
}

static void score(struct view image, struct arena *a, const struct reading *r, float *ret_margins,
		  struct evidence *ret_evidence)
{
	const struct linear_head *h = linear_head(image);
	lanes sums[TIER_LABELS / LINEAR_LANES];
	struct evidence e = {0, 0};
	struct features f;
	uint32_t *rows;

	memcpy(sums, image.ptr + h->bias, h->stride * sizeof(float));
	features_make(&h->rules, a, r, &f);
	for (int v = 0; v < FEATURE_VIEWS; v++) {
		size_t n_rows;

		rows = ARENA_ARRAY(a, f.n[v] + 1, uint32_t);
		n_rows = find_rows(h, f.hashes[v], f.n[v], rows);
		add_view(h, rows, n_rows, h->view_weight[v], sums);
		/* Letters say nothing as characters, and may say all as sounds. */
		if ((v == FEATURE_CHARS || v == FEATURE_SOUNDS) && f.n[v]) {
			e.known = fmaxf(e.known, (float)n_rows / (float)f.n[v]);
			e.n_known += (uint32_t)n_rows;
		}
	}
	memcpy(ret_margins, sums, h->n_labels * sizeof(float));
	*ret_evidence = e;
}

static size_t n_features(struct view image)
{
	return linear_head(image)->n_rows;
}

struct pull {
	uint64_t hash;
	float strength;
};

static int compare_pulls(const void *pa, const void *pb)
{
	const struct pull *a = pa, *b = pb;

	if (a->strength != b->strength)
		return a->strength < b->strength ? 1 : -1;
	return (a->hash > b->hash) - (a->hash < b->hash);
}

/* What each feature of a view adds to the label's margin; gives how many of them are known. */
static size_t pulls_of_view(const struct linear_head *h, const uint64_t *hashes, size_t n,
			    float weight, uint32_t label, struct pull *out)
{
	float square = 0;
	size_t n_out = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t row = linear_find(h, hashes[i]);

		if (row < 0)
			continue;
		square += linear_rows(h)[row].square;
		out[n_out++] = (struct pull){hashes[i], linear_rows(h)[row].scale * weight *
							    linear_weights(h, row)[label]};
	}
	for (size_t i = 0; i < n_out; i++)
		out[i].strength /= sqrtf(square);
	return n_out;
}

static size_t explain(struct view image, struct arena *a, const struct reading *r, uint32_t label,
		      struct view *out, size_t max)
{
	const struct linear_head *h = linear_head(image);
	size_t n_all = 0, n = 0, n_out = 0;
	struct features f;
	struct pull *pulls;

	features_make(&h->rules, a, r, &f);
	for (int v = 0; v < FEATURE_VIEWS; v++)
		n_all += f.n[v];
	pulls = ARENA_ARRAY(a, n_all + 1, struct pull);
	for (int v = 0; v < FEATURE_VIEWS; v++)
		n += pulls_of_view(h, f.hashes[v], f.n[v], h->view_weight[v], label, pulls + n);
	qsort(pulls, n, sizeof(*pulls), compare_pulls);
	for (size_t i = 0; i < n && n_out < max && pulls[i].strength > 0; i++) {
		struct view words = feature_describe(&h->rules, a, r, pulls[i].hash);

		if (words.len)
			out[n_out++] = arena_printf(a, "%.*s %+.2f", VIEW_ARG(view_trim(words)),
						    (double)pulls[i].strength);
	}
	return n_out;
}

const struct tier tier_linear = {
    .name = "linear",
    .train = linear_train,
    .is_sound = is_sound,
    .n_features = n_features,
    .score = score,
    .explain = explain,
};
