/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear.h - the image of the linear tier: a dictionary of features and a row of weights for each.
 *
 *	head | bias[stride] | places[1 << place_bits] | rows[n_rows] | weights[n_rows * stride]
 *
 * Weights are 8 bits with a scale a row. A feature's value is its idf; every view has length 1
 * times the view's weight.
 */
#ifndef NLU_LINEAR_H
#define NLU_LINEAR_H

#include "nlu/feature.h"
#include "nlu/tier.h"

#define LINEAR_MAGIC 0x316c6e77u /* "wnl1" */
#define LINEAR_LANES 16          /* labels are padded to a multiple of this */

struct linear_place {
	uint32_t print; /* upper half of the feature's hash */
	uint32_t row;   /* + 1; 0: free */
};

struct linear_row {
	float scale;  /* weight = scale * idf already multiplied in */
	float square; /* idf * idf, for the length of the view      */
};

struct linear_head {
	uint32_t magic, n_labels, stride, n_rows, place_bits;
	struct feature_rules rules;
	float view_weight[FEATURE_VIEWS];
	uint32_t bias, places, rows, weights, size; /* offsets from the head; all of it */
};

/* The tier's train(), in linear-train.c. */
int linear_train(const struct train_set *set, const struct train_parts *parts, struct buf *out);

static inline const struct linear_head *linear_head(struct view image)
{
	return (const struct linear_head *)(const void *)image.ptr;
}

/* The row of a feature, or -1 if it was never learnt. */
static inline int64_t linear_find(const struct linear_head *h, uint64_t hash)
{
	const struct linear_place *p =
	    (const struct linear_place *)(const void *)((const char *)h + h->places);
	uint32_t mask = (1u << h->place_bits) - 1, print = (uint32_t)(hash >> 32);

	for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
		if (!p[at].row)
			return -1;
		if (p[at].print == print)
			return p[at].row - 1;
	}
}

static inline const struct linear_row *linear_rows(const struct linear_head *h)
{
	return (const struct linear_row *)(const void *)((const char *)h + h->rows);
}

static inline const int8_t *linear_weights(const struct linear_head *h, int64_t row)
{
	return (const int8_t *)h + h->weights + (size_t)row * h->stride;
}

#endif
