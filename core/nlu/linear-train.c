/* SPDX-License-Identifier: Apache-2.0 */
/* linear-train.c - learning the linear tier: from read examples to its image. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/blank.h"
#include "base/hands.h"
#include "nlu/linear-rows.h"
#include "nlu/linear.h"

#define ABSENT        -10 /* the bias of a label without examples */
#define ROUNDS_SHARED 40000
#define MIN_OF_MANY   3 /* of a large set: what two of them have is chance */
#define MANY          15000
/* What is known of a group counts for each label in it, against what is known of the label alone.
 */
#define KIN_SHARE 0.5f
/* Over what others teach, to judge an example. */
#define ROUNDS_JUDGED 2
#define PIECE         256 /* rows of the image at a time */

/* Found by cross-validation on our own intents and on two public sets; see HACKING.md. */
static const struct row_rules rules = {
    .features = {{2, 2, 3, 1}},
    .view_weight = {1.0f, 0.7f, 1.0f, 0.2f},
    .typed_every = 2,
    .min_count = 2,
};
static const struct fit_options fitting = {.cost = 1, .tolerance = 0.2f, .rounds = 7};

struct fit {
	const struct train_set *set;
	struct arena arena;
	struct linear_rows rows;
	float *weights;
	uint32_t *n_examples; /* of each label */
	char *image;
	struct linear_head head;
};

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

static void fit_weights(struct fit *f)
{
	struct fit_data *data = &f->rows.data;
	struct fit_judged *judged = &f->rows.judged;
	struct fit_options options = fitting;

	data->n_labels = f->set->n_labels + f->set->n_groups;
	data->kin = f->set->kin ? number_kin(f) : NULL;
	/* A small set needs more rounds, and has the time. */
	options.rounds += (unsigned)(ROUNDS_SHARED / data->n_rows);
	options.n_threads = hands_count();
	judged->rounds = ROUNDS_JUDGED + (unsigned)(ROUNDS_SHARED / data->n_rows);
	judged->margins =
	    ARENA_ARRAY(&f->arena, judged->n_rows * linear_fit_stride(data->n_labels) + 1, float);
	f->weights = room_large(linear_fit_size(data->n_columns, data->n_labels), sizeof(float));
	linear_fit(data, &options, f->weights);
}

/* ---- judging ---- */

/* Of all labels: how many of their examples are of a part. */
static uint32_t *count_part(struct fit *f, const struct train_parts *parts, unsigned part)
{
	uint32_t *ret = ARENA_ARRAY(&f->arena, f->set->n_labels, uint32_t);

	for (size_t i = 0; i < f->set->n; i++)
		ret[f->set->labels[i]] += parts->part[i] == part;
	return ret;
}

static void tell_margins(struct fit *f, const struct train_parts *parts)
{
	size_t n_labels = f->set->n_labels, stride = linear_fit_stride(f->rows.data.n_labels);
	const uint32_t *kin = f->rows.data.kin;

	for (unsigned part = 0; part < parts->n_parts; part++) {
		const uint32_t *n_away = count_part(f, parts, part);

		for (size_t i = 0; i < f->rows.judged.n_rows; i++) {
			const float *from = f->rows.judged.margins + i * stride;
			float *to = parts->margins + f->rows.examples[i] * n_labels;

			for (size_t k = 0;
			     f->rows.judged.parts_of_judged[i] == part && k < n_labels; k++) {
				to[k] = n_away[k] == f->n_examples[k] ? ABSENT : from[k];
				if (kin && kin[k] != TRAIN_NO_KIN && to[k] > ABSENT)
					to[k] += KIN_SHARE * from[kin[k]];
			}
		}
	}
}

/* ---- the image ---- */

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

/* A label has its own weights and a share of its group's. */
static void column_weights(const struct fit *f, size_t column, float *ret)
{
	const struct fit_data *d = &f->rows.data;

	for (size_t k = 0; k < f->set->n_labels; k++) {
		ret[k] = 0;
		if (f->n_examples[k] == 0)
			continue;
		ret[k] = f->weights[linear_fit_at(d->n_columns, column, k)];
		if (d->kin && d->kin[k] < d->n_labels)
			ret[k] +=
			    KIN_SHARE * f->weights[linear_fit_at(d->n_columns, column, d->kin[k])];
	}
}

static void fill_row(const struct fit *f, size_t column)
{
	struct linear_row *row = (struct linear_row *)(void *)(f->image + f->head.rows) + column;
	int8_t *weights = (int8_t *)f->image + f->head.weights + column * f->head.stride;
	float own[TIER_LABELS], max = 0, idf = f->rows.idf[column];

	column_weights(f, column, own);
	for (size_t k = 0; k < f->set->n_labels; k++)
		max = fmaxf(max, fabsf(own[k]));
	for (size_t k = 0; k < f->set->n_labels; k++)
		weights[k] = max > 0 ? (int8_t)lrintf(own[k] / max * 127) : 0;
	row->scale = max / 127 * idf;
	row->square = idf * idf;
}

static void fill_piece(void *data, unsigned hand, size_t piece)
{
	const struct fit *f = data;

	(void)hand;
	for (size_t i = piece * PIECE; i < f->rows.n_columns && i < (piece + 1) * PIECE; i++)
		fill_row(f, i);
}

static void fill_place(struct linear_place *places, uint32_t mask, uint64_t hash, size_t row)
{
	uint32_t at = (uint32_t)hash & mask;

	while (places[at].row)
		at = (at + 1) & mask;
	places[at] = (struct linear_place){(uint32_t)(hash >> 32), (uint32_t)row + 1};
}

static void fill_bias(const struct fit *f)
{
	float *bias = (float *)(void *)(f->image + f->head.bias);

	column_weights(f, f->rows.n_columns, bias);
	for (size_t k = 0; k < f->set->n_labels; k++)
		if (f->n_examples[k] == 0)
			bias[k] = ABSENT;
}

static void put_image(struct fit *f, struct buf *out)
{
	struct linear_head h = {.magic = LINEAR_MAGIC,
				.n_labels = (uint32_t)f->set->n_labels,
				.n_rows = (uint32_t)f->rows.n_columns,
				.place_bits = 4,
				.rules = rules.features};
	size_t base = out->len, n = f->rows.n_columns;

	memcpy(h.view_weight, rules.view_weight, sizeof(h.view_weight));
	h.stride = (h.n_labels + LINEAR_LANES - 1) / LINEAR_LANES * LINEAR_LANES;
	while (n * 10 > ((size_t)1 << h.place_bits) * 7)
		h.place_bits++;
	put_section(out, base, sizeof(h));
	h.bias = put_section(out, base, h.stride * sizeof(float));
	h.places = put_section(out, base, sizeof(struct linear_place) << h.place_bits);
	h.rows = put_section(out, base, n * sizeof(struct linear_row));
	h.weights = put_section(out, base, n * h.stride);
	h.size = (uint32_t)(out->len - base);
	f->image = out->ptr + base;
	f->head = h;
	memcpy(f->image, &h, sizeof(h));
	fill_bias(f);
	hands_share(hands_count(), (n + PIECE - 1) / PIECE, fill_piece, f);
	for (size_t i = 0; i < n; i++)
		fill_place((struct linear_place *)(void *)(f->image + h.places),
			   (1u << h.place_bits) - 1, f->rows.hashes[i], i);
}

int linear_train(const struct train_set *set, const struct train_parts *parts, struct buf *out)
{
	struct fit f = {.set = set};
	struct row_rules how = rules;

	if (set->n == 0 || set->n_labels == 0 || set->n_labels > TIER_LABELS)
		return -EINVAL;
	if (set->n >= MANY)
		how.min_count = MIN_OF_MANY;
	arena_init(&f.arena, 1 << 20);
	f.n_examples = ARENA_ARRAY(&f.arena, set->n_labels, uint32_t);
	for (size_t i = 0; i < set->n; i++)
		f.n_examples[set->labels[i]]++;
	linear_rows_make(&f.arena, set, &how, parts, &f.rows);
	fit_weights(&f);
	if (parts)
		tell_margins(&f, parts);
	put_image(&f, out);
	free(f.weights);
	linear_rows_done(&f.rows);
	arena_done(&f.arena);
	return 0;
}
