/* SPDX-License-Identifier: Apache-2.0 */
/* bag-pack.c - from a bag in floats to its image of rows. */
#include <math.h>
#include <stdlib.h>

#include "base/blank.h"
#include "nlu/bag.h"

/* All rows in floats, those of signs first, then words, then pairs. */
struct packing {
	const struct bag *bag;
	const struct convolution_task *task;
	const struct packed_rows *packed;
	struct bag_head head;
	float *rows;
	uint64_t *keys; /* of the rows of pairs */
};

static bool is_slot(uint64_t key)
{
	return key >> 40 <= BAG_LETTERS;
}

/* The pair of sounds that belongs to a pair of signs; for others the key itself. */
static uint64_t sounds_of(uint64_t key)
{
	return bag_key(BAG_SOUNDS, bag_sound(bag_first_of(key)), bag_sound(bag_second_of(key)));
}

static void count_rows(struct packing *p)
{
	uint64_t key;

	for (size_t at = 0; bag_next(p->bag, &at, &key);)
		p->head.n_rows += is_slot(key);
	p->keys = blank(p->head.n_rows + 1, sizeof(*p->keys));
	for (size_t at = 0, n = 0; bag_next(p->bag, &at, &key);)
		if (is_slot(key))
			p->keys[n++] = key;
	while (1u << p->head.slot_bits < buckets_for(p->head.n_rows))
		p->head.slot_bits++;
}

/* What stands for a sign or a syllable that has a row in the convolution's tables. */
static void fill_sign(const struct packing *p, size_t row, uint32_t sign, bool is_known)
{
	float *out = p->rows + row * p->head.stride;

	for (size_t k = 0; k < p->head.n_labels; k++)
		out[k] = bag_weight(p->bag, bag_key(BAG_SOUND, bag_sound(sign), 0), k) +
			 (is_known ? bag_weight(p->bag, bag_key(BAG_SIGN, sign, 0), k) : 0);
}

static void fill_rows(struct packing *p)
{
	const struct convolution_task *t = p->task;
	size_t stride = p->head.stride;
	float *words = p->rows + p->head.n_sign_rows * stride;
	float *pairs = words + p->head.n_word_rows * stride;

	for (uint32_t sign = 0; sign < SIGN_COUNT; sign++)
		if (t->rows[sign])
			fill_sign(p, t->rows[sign], sign, true);
	for (uint32_t s = 1; s < t->n_syllables; s++)
		fill_sign(p, t->n_rows + s, SIGN_SYLLABLE + s, false);
	for (size_t i = 1; i < p->head.n_word_rows; i++) {
		uint16_t id = p->packed->words[i - 1];

		for (size_t k = 0; k < p->head.n_labels; k++)
			words[i * stride + k] = bag_vector_weight(p->bag, id, k) +
						bag_weight(p->bag, bag_key(BAG_WORD, id, 0), k);
	}
	for (size_t i = 0; i < p->head.n_rows; i++)
		for (size_t k = 0; k < p->head.n_labels; k++) {
			float w = bag_weight(p->bag, p->keys[i], k);

			if (p->keys[i] >> 40 == BAG_PAIR)
				w += bag_weight(p->bag, sounds_of(p->keys[i]), k);
			pairs[i * stride + k] = w;
		}
}

static uint32_t section(struct bag_head *h, size_t len)
{
	uint32_t at = h->size;

	h->size = (uint32_t)((at + len + 63) / 64 * 64);
	return at;
}

static void lay_out(struct bag_head *h)
{
	h->size = (sizeof(*h) + 63) / 64 * 64;
	h->scale = section(h, h->stride * sizeof(float));
	h->bias = section(h, h->stride * sizeof(float));
	h->signs = section(h, (size_t)h->n_sign_rows * h->stride);
	h->words = section(h, (size_t)h->n_word_rows * h->stride);
	h->slots = section(h, sizeof(struct bucket) << h->slot_bits);
	h->rows = section(h, (size_t)h->n_rows * h->stride);
}

static void put_slot(struct bucket *slots, const struct bag_head *h, uint64_t key, uint32_t row)
{
	uint64_t hash = bag_hash(key);
	uint32_t place, mask = (1u << h->slot_bits) - 1;
	struct bucket *b = bucket_place(slots, (uint32_t)hash, mask, 0, 0, &place);

	b->prints[place] = bag_print(hash);
	b->values[place] = row;
}

static void put_rows(const struct packing *p, char *image)
{
	const struct bag_head *h = &p->head;
	size_t n_signs = h->n_sign_rows, n_words = h->n_word_rows;
	float *scale = (float *)(void *)(image + h->scale);
	float *bias = (float *)(void *)(image + h->bias);
	const struct {
		uint32_t at;
		size_t from, n;
	} parts[] = {{h->signs, 0, n_signs},
		     {h->words, n_signs, n_words},
		     {h->rows, n_signs + n_words, h->n_rows}};

	for (size_t i = 0; i < (n_signs + n_words + h->n_rows) * h->stride; i++)
		scale[i % h->stride] = fmaxf(scale[i % h->stride], fabsf(p->rows[i]) / 127);
	for (size_t k = 0; k < h->stride; k++) {
		scale[k] += 1e-9f;
		bias[k] = k < h->n_labels ? bag_bias(p->bag, k) : 0;
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const float *from = p->rows + parts[i].from * h->stride;

		for (size_t k = 0; k < parts[i].n * h->stride; k++)
			image[parts[i].at + k] = (char)lrintf(from[k] / scale[k % h->stride]);
	}
}

void bag_pack(const struct bag *b, const struct convolution_task *task,
	      const struct packed_rows *rows, struct buf *out)
{
	struct packing p = {.bag = b, .task = task, .packed = rows};
	struct bag_head *h = &p.head;
	char *image;

	*h = (struct bag_head){
	    .magic = BAG_MAGIC,
	    .n_labels = (uint32_t)task->n_labels,
	    .stride = (uint32_t)((task->n_labels + BAG_LANES - 1) / BAG_LANES * BAG_LANES),
	    .n_sign_rows = task->n_rows + task->n_syllables,
	    .n_word_rows = rows->n + 1,
	    .n_known = task->n_rows,
	};
	count_rows(&p);
	p.rows = blank((h->n_sign_rows + h->n_word_rows + h->n_rows + 1) * (size_t)h->stride,
		       sizeof(float));
	fill_rows(&p);
	lay_out(h);
	image = blank(h->size, 1);
	memcpy(image, h, sizeof(*h));
	put_rows(&p, image);
	for (uint32_t i = 0; i < h->n_rows; i++)
		put_slot((struct bucket *)(void *)(image + h->slots), h, p.keys[i], i);
	buf_add(out, image, h->size);
	free(image);
	free(p.rows);
	free(p.keys);
}
