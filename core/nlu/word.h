/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.h - the commonest words of the language: cutting a text into them, and what each means.
 *
 * Made from a language model (lm.h): which words stand beside which is factored into WORD_DIM
 * numbers a word, so that words with like neighbours have like numbers. That takes some seconds;
 * the result is kept in the cache. Without a language model there are no words, and all works
 * without.
 */
#ifndef NLU_WORD_H
#define NLU_WORD_H

#include "base/arena.h"
#include "base/error.h"
#include "nlu/bucket.h"
#include "nlu/sign.h"

#define WORD_DIM     128
#define WORDS_MAX    60000
#define WORD_NAT     1024 /* costs are -log(probability) in these parts */
#define WORD_LONGEST 6    /* signs */

/*
 * Words of two or more signs and their beginnings are in buckets, by hash. A print's second bit:
 * longer words begin so. The id in a value is 0 if it is only the beginning of words.
 */
static inline uint32_t word_value(uint16_t id, uint16_t cost)
{
	return (uint32_t)id << 16 | cost;
}

/* Each sign by itself. */
struct word_sign {
	uint16_t id;   /* as a word, 0 if it is none */
	uint16_t cost; /* of standing alone          */
	/* For whoever keeps a table by sign; and how it sounds, with what is often mixed up taken
	 * together, 0 if it has no sound. */
	uint16_t row, sound;
};

struct word_index {
	const struct bucket *slots;
	uint32_t mask;
	const struct word_sign *signs; /* SIGN_COUNT of them */
	/* What is put right before a text is cut (hear.h); NULL: all is taken as it was typed. */
	const struct bucket *heard;
	uint32_t heard_mask;
};

struct words {
	uint32_t n;           /* ids are 1 .. n; 0 stands for every other word */
	const float *vectors; /* [id * WORD_DIM], each of length 1 */
	/* By id: its signs, 0 behind the last, and its cost. */
	const uint16_t (*spelt)[WORD_LONGEST];
	const uint16_t *costs;
	struct word_index index;
	uint64_t fingerprint; /* of the language model and how it was made use of; 0: none */
};

/* The memory that cutting will want is on its way from here on. */
void words_fetch(const struct word_index *index, const struct signs *signs);
/* Fills in words and parts: the likeliest way to cut, each word by itself. If the index hears,
 * signs that were typed for others are put right. */
void words_cut(const struct word_index *index, struct signs *signs);

/*
 * From the language model in the file, or what is kept of it in `cache_dir` (NULL: nothing is);
 * no file (NULL or ""): no words. In the arena. 0, or -errno with *why.
 */
int words_load(struct arena *a, const char *path, const char *cache_dir, struct words *ret,
	       struct fault *why);
/* The n commonest words of a language model with their vectors; word-vector.c. */
struct lm;
struct word_list {
	uint32_t n;
	struct view *words;
	float *logs, *vectors;
};
void word_vectors(struct arena *a, const struct lm *lm, struct word_list *ret);
/* Put an index together; ids in the order of the list. */
void word_index_make(struct arena *a, const struct word_list *list, struct word_index *ret);

#endif
