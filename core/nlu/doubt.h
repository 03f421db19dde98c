/* SPDX-License-Identifier: Apache-2.0 */
/*
 * doubt.h - names that no rule dares to take for a place: a linear model over what was written,
 * what may have been meant, and what stands around it.
 *
 * search.c, misheard.c, misread.c and letters.c know where surely a place stands. Where they have
 * found nothing, 义鸟 may still be 义乌, 明光 (a word) 明光市 and yangshuo 阳朔. All such names are
 * listed and weighed, and the likeliest are added one after another. Weights are learnt by
 * contrib/learn from questions whose places were misspelt, replaced by such a name or put into
 * letters on purpose, and from all that looks like a place elsewhere and is none
 * (doubt-weights.inc). A list of common words (doubt-words.inc) says what is written as it is
 * meant.
 */
#ifndef NLU_DOUBT_H
#define NLU_DOUBT_H

#include "nlu/slur.h"

#define DOUBT_BITS     16
#define DOUBT_COLUMNS  (1u << DOUBT_BITS)
#define DOUBTS_MOST    32 /* that are weighed in one text */
#define DOUBT_FIRM_MAX 40
#define DOUBT_GRAM_MAX 32
/* What a piece of text counts for, against a fact. */
#define DOUBT_GRAM 0.5f

/* Why nobody dares. */
enum doubt_kind {
	DOUBT_SOUND,   /* one character is another one that sounds the same: 永慷 */
	DOUBT_FUZZY,   /* … nearly the same */
	DOUBT_SHAPE,   /* … that only looks like it: 廷安 */
	DOUBT_REMINDS, /* … a little: 泪罗 */
	DOUBT_REST,    /* … that has nothing in common with it: 呼和号特 */
	DOUBT_HEARD,   /* several characters are, and all sound the same: 仪兴 */
	DOUBT_HEARD_FUZZY,
	DOUBT_WORD,    /* it is written right, and an ordinary word: 明光 */
	DOUBT_LETTERS, /* it is typed in letters */
	DOUBT_SLURRED, /* … by ear: zengzou */
};

struct doubt {
	const struct place *place; /* in letters: the first of all that is spelt the same */
	uint32_t start, end;
	uint32_t hole; /* the first wrong character of the name */
	enum doubt_kind kind;
	enum slur_level slur; /* of DOUBT_SLURRED */
};

/* Columns of the model, some more than once. */
struct doubt_pieces {
	uint16_t firm[DOUBT_FIRM_MAX], grams[DOUBT_GRAM_MAX];
	size_t n_firm, n_grams;
};

/* What it is to write one character for another: up to DOUBT_REST. */
enum doubt_kind doubt_slip(uint32_t written, uint32_t meant);
/* All names that may stand where s->found has none; how many. s->sounds is needed. */
size_t doubts_list(const struct search *s, struct doubt out[DOUBTS_MOST]);
/* What speaks for and against all[i]. */
void doubt_describe(const struct search *s, const struct doubt *all, size_t n, size_t i,
		    struct doubt_pieces *ret);
/* Above 0: a place is meant. */
float doubt_margin(const struct doubt_pieces *pieces);
/* Add to s->found what is surely enough meant. */
void doubts_settle(struct search *s);

/*
 * doubt-words.inc: words by their hash, ascending, with how common they are (1 .. 3) in the lowest
 * bits, and where those of each bucket start.
 */
#define DOUBT_WORD_CLASS   3u
#define DOUBT_WORD_BUCKETS 4096u
static inline uint32_t doubt_word_bucket(uint32_t word)
{
	return word >> 20;
}
uint32_t doubt_word(const uint32_t *chars, uint32_t n);
/* How common it is, as it is written; 0: it is none of them. */
uint32_t doubt_word_class(const uint32_t *chars, uint32_t n);

/* The text as it is seen from `at`: with what was found in front of it, and the next place. */
static inline struct search doubt_view(const struct search *s, uint32_t at)
{
	struct search v = *s;

	v.n = 0;
	while (v.n < s->n && s->found[v.n].start < at)
		v.n++;
	v.next = v.n < s->n ? &s->found[v.n] : NULL;
	return v;
}

#endif
