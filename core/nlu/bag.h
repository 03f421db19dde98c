/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bag.h - the other half of a better tier: what signs, sounds, pairs of them and words say,
 * wherever they stand.
 *
 * A linear model over the same signs that the convolution reads: each sign and how it sounds, each
 * two neighbours as signs and as sounds, each word, and the sum of the words' frozen vectors. All
 * of it is divided by the root of the text's length, so that asking is one sum of rows of 8 bits:
 * what a sign's sound adds is in the sign's row, what a pair's sounds add is in the pair's, and
 * what a word's vector adds is in the word's. Rows of signs and words are those of the convolution.
 *
 *	head | scale and bias of labels | rows of signs, words | slots | rows of pairs
 *
 * Slots are buckets by hash: a pair of signs, a pair of sounds or a word in letters, and its row.
 */
#ifndef NLU_BAG_H
#define NLU_BAG_H

#include "base/hash.h"
#include "nlu/bucket.h"
#include "nlu/convolution.h"

#define BAG_MAGIC 0x32626e77u /* "wnb2" */
#define BAG_LANES 32          /* labels are padded to a multiple of this */

struct bag_head {
	uint32_t magic, size, n_labels, stride;
	uint32_t n_sign_rows, n_word_rows, n_rows, slot_bits;
	uint32_t n_known; /* rows of signs from here on stand for signs that were never learnt */
	/* Offsets from the head; rows are int8_t[stride]. */
	uint32_t scale, bias, signs, words, slots, rows;
};

static inline const struct bag_head *bag_head(struct view image)
{
	return (const struct bag_head *)(const void *)image.ptr;
}

/* True if the bytes (16-byte aligned) are safe to score with beside this convolution. */
bool bag_is_sound(struct view image, const struct convolution_head *beside);
#define BAG_ROWS_MAX (SIGNS_MAX * 3 + 2)
/*
 * The rows of a question: of pairs of signs, then of single signs, then of words, then of pairs of
 * sounds; and what is known of it.
 */
struct bag_rows {
	const int8_t *rows[BAG_ROWS_MAX];
	uint8_t from[BAG_ROWS_MAX]; /* for telling why: the sign where each row's piece begins */
	uint32_t n, n_pairs, n_single, n_words, n_signs, n_sounds;
	uint64_t hashes[SIGNS_MAX + 1]; /* of the pairs */
};
/*
 * In three steps, between which the memory of the next is on its way. Signs need not be cut for the
 * first; if cutting puts some of them right, it is taken once more.
 */
void bag_sight(struct view image, const struct signs *s, struct bag_rows *ret);
void bag_find(struct view image, const struct convolution_head *beside, const struct signs *s,
	      struct bag_rows *ret);
void bag_add(struct view image, const struct signs *s, const struct bag_rows *found,
	     float *ret_margins, struct evidence *ret_evidence);
/* Margins of a question whose signs were cut with the convolution's index. */
void bag_score(struct view image, const struct convolution_head *beside, const struct signs *s,
	       float *ret_margins, struct evidence *ret_evidence);
/* Up to `max` pieces that spoke most for `label`, best first, in the arena; gives how many. */
size_t bag_explain(struct view image, const struct convolution_head *beside, struct arena *a,
		   const struct signs *s, uint32_t label, struct view *out, size_t max);
/* For tests: use plain C in place of what the processor offers. */
extern bool bag_is_plain;

/* ---- learning, in bag-learn.c and bag-pack.c ---- */

/* What a key stands for. */
enum bag_kind { BAG_PAIR = 1, BAG_SOUNDS, BAG_LETTERS, BAG_SIGN, BAG_SOUND, BAG_WORD };

/* Of a key; on the path of every question, so it takes one multiplication. */
static inline uint64_t bag_hash(uint64_t key)
{
	key *= 0x9e3779b97f4a7c15u;
	return key ^ key >> 32;
}

static inline uint32_t bag_print(uint64_t hash)
{
	return (uint32_t)(hash >> 32) | 1;
}

#define BAG_EDGE 0x10000u /* as a sign or a sound: before and behind the text */
static inline uint64_t bag_key(enum bag_kind kind, uint32_t a, uint32_t b)
{
	return (uint64_t)kind << 40 | (uint64_t)a << 20 | b;
}
static inline uint32_t bag_first_of(uint64_t key)
{
	return (uint32_t)(key >> 20) & 0xfffff;
}
static inline uint32_t bag_second_of(uint64_t key)
{
	return (uint32_t)key & 0xfffff;
}
/* A sign as it sounds, with what is often mixed up taken together; by itself if it has no sound. */
uint32_t bag_sound(uint32_t sign);
static inline uint32_t bag_sound_of(uint32_t sign, uint16_t sound)
{
	return sound ? 0x20000u | sound : sign;
}
/* The key of a word in letters that begins at sign i. */
uint64_t bag_letters(const struct signs *s, uint32_t i);
static inline bool bag_is_word(const struct signs *s, uint32_t i)
{
	return s->parts[i] == WORD_FIRST || s->parts[i] == WORD_SINGLE;
}
/* What everything in a text of n signs is multiplied by. */
float bag_share(uint32_t n);

struct bag;
/* From the task's texts chosen[n_chosen]. */
struct bag *bag_learn(const struct convolution_task *task, const uint32_t *chosen, size_t n_chosen,
		      unsigned n_threads);
void bag_free(struct bag *b);
/* Margins of a text cut with the task's words, in plain floats. */
void bag_judge(const struct bag *b, const struct signs *s, float *ret_margins,
	       struct evidence *ret_evidence);
/* What a key adds for a label, 0 if it was never learnt; and what a word's vector does. */
float bag_weight(const struct bag *b, uint64_t key, size_t label);
float bag_vector_weight(const struct bag *b, uint16_t word, size_t label);
float bag_bias(const struct bag *b, size_t label);
/* The next key that was learnt, from *at = 0 on; false behind the last. */
bool bag_next(const struct bag *b, size_t *at, uint64_t *ret_key);
/* Put the image together and add it to `out`. */
void bag_pack(const struct bag *b, const struct convolution_task *task,
	      const struct packed_rows *rows, struct buf *out);

#endif
