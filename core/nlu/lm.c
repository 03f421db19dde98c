/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lm.c - lm.h's reader, after KenLM's own description of its files.
 *
 *	magic | fixed parameters | counts | hashes of the words | tables of the quantised numbers |
 *	words: probability, backoff, first pair | pairs: offsets, then bit fields | … | spellings
 */
#include "nlu/lm.h"

#include <errno.h>
#include <math.h>

#define MAGIC                 "mmap lm http://kheafield.com/code format version 5\n"
#define AT_ORDER              0x58
#define AT_TYPE               0x60
#define AT_COUNTS             0x6c
#define AT_HASHES             0x88
#define TYPE_QUANT_ARRAY_TRIE 5
#define WORDS_MAX             (1u << 20)
#define PAIRS_MAX             (1u << 25)
#define LN10                  2.302585093f
#define BIT_FIELD             25

struct reader {
	struct arena *arena;
	struct view file;
	uint64_t n_words, n_pairs, n_triples;
	unsigned prob_bits, backoff_bits, word_bits, record_bits;
	size_t probs; /* table of the pairs' probabilities */
	size_t words; /* 16 bytes each */
	size_t tail;  /* behind the words */
	size_t pairs;
};

static uint64_t get64(const struct reader *r, size_t at)
{
	uint64_t v;

	memcpy(&v, r->file.ptr + at, sizeof(v));
	return v;
}

static float get_float(const struct reader *r, size_t at)
{
	float v;

	memcpy(&v, r->file.ptr + at, sizeof(v));
	return v;
}

static bool has(const struct reader *r, size_t at, uint64_t len)
{
	return at <= r->file.len && len <= r->file.len - at;
}

/* `n` bits from bit `at` behind `base`; 8 bytes from there are known to be in the file. */
static uint32_t bits(const struct reader *r, size_t base, uint64_t at, unsigned n)
{
	return (uint32_t)((get64(r, base + at / 8) >> (at % 8)) & ((UINT64_C(1) << n) - 1));
}

/* Pairs of word i stand from here to where those of the next begin. */
static uint64_t first_pair(const struct reader *r, uint64_t i)
{
	return get64(r, r->words + 16 * i + 8);
}

static bool read_head(struct reader *r)
{
	uint32_t order, type;

	if (!has(r, 0, AT_HASHES + 8) || memcmp(r->file.ptr, MAGIC, sizeof(MAGIC) - 1) != 0)
		return false;
	memcpy(&order, r->file.ptr + AT_ORDER, sizeof(order));
	memcpy(&type, r->file.ptr + AT_TYPE, sizeof(type));
	r->n_words = get64(r, AT_COUNTS);
	r->n_triples = get64(r, AT_COUNTS + 16);
	if (order != 3 || type != TYPE_QUANT_ARRAY_TRIE || r->n_words < 2 ||
	    r->n_words > WORDS_MAX || r->n_triples > r->file.len * 8)
		return false;
	while ((UINT64_C(1) << r->word_bits) <= r->n_words)
		r->word_bits++;
	return true;
}

/* The quantiser says its version (2) and how many bits it takes. */
static bool find_tables(struct reader *r)
{
	uint64_t n_hashes = get64(r, AT_HASHES), size;
	size_t at;

	if (n_hashes > WORDS_MAX)
		return false;
	for (at = AT_HASHES + 16 + 8 * n_hashes; has(r, at, 8); at += 8) {
		const unsigned char *p = (const unsigned char *)r->file.ptr + at;

		if (p[0] == 2 && p[1] >= 1 && p[1] <= BIT_FIELD && p[2] <= BIT_FIELD && p[3] == 0)
			break;
	}
	if (!has(r, at, 8))
		return false;
	r->prob_bits = (unsigned char)r->file.ptr[at + 1];
	r->backoff_bits = (unsigned char)r->file.ptr[at + 2];
	r->probs = at + 8;
	size = (2 * (UINT64_C(1) << r->prob_bits) + (UINT64_C(1) << r->backoff_bits)) * 4;
	r->words = r->probs + size;
	r->tail = r->words + 16 * (r->n_words + 2);
	if (!has(r, r->probs, size) || !has(r, r->words, 16 * (r->n_words + 2) + 8))
		return false;
	for (uint64_t i = 0; i < r->n_words; i++)
		if (first_pair(r, i) > first_pair(r, i + 1))
			return false;
	r->n_pairs = first_pair(r, r->n_words);
	return r->n_pairs > 0 && r->n_pairs <= PAIRS_MAX;
}

static bool rises(const struct reader *r, size_t base, unsigned record, uint64_t from, uint64_t to)
{
	uint32_t last = bits(r, base, from * record, r->word_bits);

	for (uint64_t k = from + 1; k < to; k++) {
		uint32_t word = bits(r, base, k * record, r->word_bits);

		if (word <= last || word >= r->n_words)
			return false;
		last = word;
	}
	return true;
}

/*
 * How many low bits of an offset stand with each pair is the writer's choice, and so is where the
 * pairs begin: the choice that makes the longest run of words rise is right.
 */
static bool find_pairs(struct reader *r)
{
	unsigned max_inline = (unsigned char)r->file.ptr[r->tail + 1];
	uint64_t longest = 0, from, to;

	for (uint64_t i = 0; i < r->n_words; i++)
		if (first_pair(r, i + 1) - first_pair(r, i) >
		    first_pair(r, longest + 1) - first_pair(r, longest))
			longest = i;
	from = first_pair(r, longest);
	to = first_pair(r, longest + 1);
	for (unsigned low = 1; low <= max_inline && low < 64; low++)
		for (int shift = -80; shift <= 80; shift++) {
			int64_t off = (int64_t)(8 * (1 + (r->n_triples >> low))) + shift;
			unsigned record = r->word_bits + r->prob_bits + r->backoff_bits + low;

			if (off < 0 || !has(r, r->tail, (uint64_t)off) ||
			    !has(r, r->tail + (size_t)off, r->n_pairs * record / 8 + 16))
				continue;
			if (to - from > 1 && rises(r, r->tail + (size_t)off, record, from, to)) {
				r->pairs = r->tail + (size_t)off;
				r->record_bits = record;
				return true;
			}
		}
	return false;
}

static bool read_words(struct reader *r, struct view *words, float *logs)
{
	static const char first[] = "<unk>";
	struct view rest = r->file;
	size_t at = r->file.len;

	for (uint64_t i = 0; i < r->n_words; i++) {
		logs[i] = -fabsf(get_float(r, r->words + 16 * i)) * LN10;
		if (!(logs[i] > -1000))
			return false;
	}
	/* The spellings are the last thing in the file. */
	while (at > r->pairs &&
	       (!has(r, at, sizeof(first)) || memcmp(r->file.ptr + at, first, sizeof(first)) != 0))
		at--;
	rest = view_sub(r->file, at, r->file.len);
	for (uint64_t i = 0; i < r->n_words; i++) {
		const char *end = rest.len ? memchr(rest.ptr, 0, rest.len) : NULL;

		if (!end)
			return false;
		words[i] = view_make(rest.ptr, (size_t)(end - rest.ptr));
		rest = view_sub(rest, words[i].len + 1, rest.len);
	}
	return true;
}

static struct sparse read_pairs(const struct reader *r, const float *logs)
{
	uint32_t *at = ARENA_ARRAY(r->arena, r->n_words + 1, uint32_t), n = 0;
	uint32_t *columns = ARENA_ARRAY(r->arena, r->n_pairs, uint32_t);
	float *values = ARENA_ARRAY(r->arena, r->n_pairs, float);

	for (uint64_t w = 0; w < r->n_words; w++) {
		for (uint64_t k = first_pair(r, w); k < first_pair(r, w + 1); k++) {
			uint64_t bit = k * r->record_bits;
			uint32_t before = bits(r, r->pairs, bit, r->word_bits), code;
			float gain;

			code =
			    bits(r, r->pairs, bit + r->word_bits + r->backoff_bits, r->prob_bits);
			gain = get_float(r, r->probs + 4 * (size_t)code) * LN10 - logs[w];
			if (!(gain > 0 && gain < 100) || before >= r->n_words)
				continue;
			columns[n] = before;
			values[n++] = gain;
		}
		at[w + 1] = n;
	}
	return (struct sparse){(uint32_t)r->n_words, at, columns, values};
}

int lm_read(struct arena *a, struct view file, struct lm *ret, struct fault *why)
{
	struct reader r = {.arena = a, .file = file};
	struct view *words;
	float *logs;

	if (!read_head(&r)) {
		fault_set(why, "this is no language model of the kind that is known (KenLM, "
			       "version 5, quantised array trie of order 3)");
		return -EBADMSG;
	}
	words = ARENA_ARRAY(a, r.n_words, struct view);
	logs = ARENA_ARRAY(a, r.n_words, float);
	if (!find_tables(&r) || !find_pairs(&r) || !read_words(&r, words, logs)) {
		fault_set(why, "the language model is damaged");
		return -EBADMSG;
	}
	*ret = (struct lm){(uint32_t)r.n_words, words, logs, read_pairs(&r, logs)};
	return 0;
}
