/* SPDX-License-Identifier: Apache-2.0 */
/*
 * convolution.h - the convolutional tiers: learnt, packed into an image, and asked.
 *
 * Each sign is a row of numbers: learnt ones for the sign and for its syllable, the frozen vector
 * of the word it stands in, its place there, and perhaps the frozen vector of the sign as a word.
 * Filters look at one, two and three signs at a time; the strongest answer of each over the whole
 * text counts, and a linear layer turns these into logits. Several members, alike but for chance,
 * are averaged.
 *
 * The image holds no weights but what they come to: as a filter is linear, what each sign, word and
 * place adds to it is looked up in tables of 8 bits (of the few places in a word, 16), so that
 * asking takes no multiplication before the last layer.
 *
 *	head | signs | slots | heard | rows of signs, words, parts |
 *	scale and bias of filters | last layer
 */
#ifndef NLU_CONVOLUTION_H
#define NLU_CONVOLUTION_H

#include "nlu/tier.h"
#include "nlu/word.h"

#define CONVOLUTION_MAGIC  0x34636e77u /* "wnc4" */
#define CONVOLUTION_WIDTHS 3
#define CONVOLUTION_TAPS   6  /* 1 + 2 + 3 */
#define CONVOLUTION_LANES  32 /* filters come in multiples of this */
#define CONVOLUTION_GROUPS 32 /* of so many filters of each width, at most */
#define CONVOLUTION_LABELS 16 /* labels are padded to a multiple of this */

/* How a tier is learnt. Found by cross-validation on two public sets; see HACKING.md. */
struct convolution_recipe {
	unsigned version; /* raise it when anything that changes the outcome does */
	unsigned members, filters, dim, epochs, batch;
	unsigned word_dim;                /* so many of a word's WORD_DIM numbers */
	bool has_own;                     /* the sign as a word is looked at too */
	bool hears;                       /* signs that were typed for others are put right */
	float rate, smooth;               /* the highest step of Adam; of the labels */
	float drop, drop_sign, drop_word; /* of the pooled layer, of the inputs      */
	float strange, unknown, misheard,
	    typed;                    /* sign, word, a text with a homophone, in letters */
	float share;                  /* of the linear tier's margins            */
	float chance;                 /* of logarithms of chance.h, in the bag's margins */
	unsigned parts, part_members; /* trained once more for the calibration   */
	size_t max_bytes;
};
extern const struct convolution_recipe convolution_fast, convolution_accurate;

/* What there is to learn from, in signs; read-only while learning. */
struct convolution_task {
	const struct convolution_recipe *recipe;
	const struct words *words;
	struct word_index index; /* of the words, and what is heard besides */
	const struct signs *texts;
	const uint32_t *labels;
	size_t n, n_labels;
	uint16_t *rows; /* by sign; 0: seen too seldom */
	uint32_t n_rows;
	uint32_t n_syllables;
	uint16_t *alike; /* common signs by syllable … */
	uint32_t alike_at[514];
	unsigned n_threads; /* does not change what is learnt */
	/* What stands beside the tier in its model: so much less room for words, but half of
	 * max_bytes is left. */
	size_t n_bytes_beside;
	/* Called on the calling thread: once at the beginning, and now and then (done: 0 .. 1). */
	void (*beside)(void *data);
	void (*progress)(void *data, double done);
	void *data;
};
/* In the arena, from read examples. */
void convolution_task_make(struct arena *a, const struct train_set *set,
			   const struct convolution_recipe *recipe, const struct words *words,
			   struct convolution_task *ret);

/* One character becomes another common one that sounds the same; the text is cut anew. */
struct random;
void convolution_mishear(const struct convolution_task *task, struct signs *s, struct random *r);

struct net;
/* One member to be learnt from some of the texts. */
struct convolution_job {
	const uint32_t *chosen;
	size_t n_chosen;
	uint64_t seed;
	struct net *net; /* filled in; net_free() */
};
/* Learn all of them, several at a time. */
void convolution_learn(const struct convolution_task *task, struct convolution_job *jobs,
		       size_t n_jobs);
void net_free(struct net *net);
/* Logits of n texts, cut already, in plain floats; added to out[n][n_labels]. */
void net_score(const struct net *net, const struct signs *texts, size_t n, float *out);

/* Which words have rows of their own: row i + 1 is that of word words[i]. */
struct packed_rows {
	const uint16_t *words; /* in the arena */
	uint32_t n;
};
/* Put an image together and add it to `out`. */
void convolution_pack(struct arena *a, const struct convolution_task *task,
		      const struct net *const *nets, size_t n_nets, struct buf *out,
		      struct packed_rows *ret_rows);

struct convolution_head {
	uint32_t magic, size, n_labels, stride;
	uint32_t groups, row_size;
	uint32_t n_sign_rows, n_word_rows, slot_bits, heard_bits;
	float share; /* logits = these + share * the margins of what stands beside it */
	/* Offsets from the head. */
	uint32_t signs, slots, sign_rows, word_rows, part_rows;
	uint32_t heard;                 /* 0: nothing is */
	uint32_t pool_scale, pool_bias; /* from sums to 0 .. 127; float[3 * groups * 32] */
	uint32_t last;                  /* int8_t[3 * groups * 8][stride][4] */
	uint32_t last_scale, last_bias; /* float[stride] */
};

/* True if the bytes (64-byte aligned) are safe to score with. */
bool convolution_is_sound(struct view image);
/* The signs of a question, cut into words with the image's own index. */
void convolution_read(struct view image, struct arena *a, const struct reading *r,
		      struct signs *ret);
/* The same in two steps, between which the memory that the second wants is on its way. */
void convolution_sight(struct view image, struct arena *a, const struct reading *r,
		       struct signs *ret);
void convolution_cut(struct view image, struct signs *s);
/* What they are cut with. */
struct word_index convolution_index(const struct convolution_head *h);
/* Logits of them: n_labels. */
void convolution_score(struct view image, const struct signs *s, float *out);
/* The strongest answer of each filter in the tables' own unit. */
void convolution_pool(const struct convolution_head *h, const struct signs *s, int16_t *out);
/* For tests: use plain C in place of what the processor offers. */
extern bool convolution_is_plain;

/* Where 32 filters, `f` (of all members) among them, have tap `tap` of width `width` in a row. */
static inline size_t convolution_block(size_t f, unsigned width, unsigned tap)
{
	static const unsigned first[CONVOLUTION_WIDTHS] = {0, 1, 3};

	return (f / CONVOLUTION_LANES * CONVOLUTION_TAPS + first[width] + tap) * CONVOLUTION_LANES;
}

/* Where filter `f` has it in a row of 16 bits. */
static inline size_t convolution_wide_cell(size_t f, unsigned width, unsigned tap)
{
	return convolution_block(f, width, tap) + f % CONVOLUTION_LANES;
}

/* … and in a row of 8: two of these interleaved by halves of a vector come out in order. */
static inline size_t convolution_cell(size_t f, unsigned width, unsigned tap)
{
	return convolution_block(f, width, tap) + ((f & 7) | (f & 8) << 1 | (f & 16) >> 1);
}

#endif
