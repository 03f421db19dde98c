/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bag.c - asking a bag: rows are found first, so that their memory is on its way, then added up.
 *
 * Sums are whole numbers in both versions, with vectors and in plain C, so they give the same.
 */
#include "nlu/bag.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "nlu/lanes.h"
#include "text/pinyin.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define HAS_AVX2 1
#else
#define HAS_AVX2 0
#endif

#define ROWS_MAX (SIGNS_MAX * 3 + 1)

bool bag_is_plain;

static const void *part_of(const struct bag_head *h, uint32_t at)
{
	return (const char *)h + at;
}

static bool fits(const struct bag_head *h, uint32_t from, uint64_t len)
{
	return from % 64 == 0 && from >= sizeof(*h) && from + len <= h->size;
}

static bool are_numbers(const struct bag_head *h, uint32_t at)
{
	const float *x = part_of(h, at);

	for (size_t i = 0; i < h->stride; i++)
		if (!(fabsf(x[i]) < 1e9f))
			return false;
	return true;
}

bool bag_is_sound(struct view image, const struct convolution_head *beside)
{
	const struct bag_head *h = bag_head(image);
	const struct bag_slot *slots;
	size_t n_free = 0;

	if (image.len < sizeof(*h) || (uintptr_t)image.ptr % 16 || h->magic != BAG_MAGIC ||
	    h->size != image.len || h->n_labels != beside->n_labels || h->stride < h->n_labels ||
	    h->stride > TIER_LABELS || h->stride % BAG_LANES ||
	    h->n_sign_rows != beside->n_sign_rows || h->n_word_rows != beside->n_word_rows ||
	    h->n_known > h->n_sign_rows || h->slot_bits > 24 || h->n_rows >= 1u << h->slot_bits)
		return false;
	if (!fits(h, h->scale, h->stride * sizeof(float)) ||
	    !fits(h, h->bias, h->stride * sizeof(float)) ||
	    !fits(h, h->signs, (uint64_t)h->n_sign_rows * h->stride) ||
	    !fits(h, h->words, (uint64_t)h->n_word_rows * h->stride) ||
	    !fits(h, h->slots, (uint64_t)sizeof(*slots) << h->slot_bits) ||
	    !fits(h, h->rows, (uint64_t)h->n_rows * h->stride))
		return false;
	slots = part_of(h, h->slots);
	for (size_t i = 0; i < (size_t)1 << h->slot_bits; i++) {
		if (slots[i].print && slots[i].row >= h->n_rows)
			return false;
		n_free += !slots[i].print;
	}
	return n_free > 0 && are_numbers(h, h->scale) && are_numbers(h, h->bias);
}

static const int8_t *find_row(const struct bag_head *h, uint64_t hash)
{
	const struct bag_slot *slots = part_of(h, h->slots);
	uint32_t mask = (1u << h->slot_bits) - 1, print = (uint32_t)(hash >> 32) | 1;

	for (uint32_t at = (uint32_t)hash & mask; slots[at].print; at = (at + 1) & mask)
		if (slots[at].print == print)
			return (const int8_t *)part_of(h, h->rows) +
			       (size_t)slots[at].row * h->stride;
	return NULL;
}

/* The rows of a text, and what is known of it. */
struct found {
	const int8_t *rows[ROWS_MAX];
	/* For telling why: where each row's piece begins and how many signs it has. */
	uint8_t from[ROWS_MAX], len[ROWS_MAX];
	uint32_t n, n_signs, n_sounds;
};

static void put(struct found *f, const int8_t *row, uint32_t from, uint32_t len)
{
	__builtin_prefetch(row);
	f->rows[f->n] = row;
	f->from[f->n] = (uint8_t)from;
	f->len[f->n++] = (uint8_t)len;
}

/* Where place i of a text and the one before it meet. */
static uint64_t hash_pair(const struct signs *s, uint32_t i)
{
	return bag_hash(bag_key(BAG_PAIR, i > 0 ? s->items[i - 1] : BAG_EDGE,
				i < s->n ? s->items[i] : BAG_EDGE));
}

static void put_pair(const struct signs *s, uint32_t i, const int8_t *row, struct found *f)
{
	f->n_sounds++;
	put(f, row, i > 0 ? i - 1 : 0, i > 0 && i < s->n ? 2 : 1);
}

/*
 * Pairs of signs, and where one was not learnt its sounds. Who learnt a pair of signs learnt its
 * sounds as often.
 */
static void put_pairs(const struct bag_head *h, const struct signs *s, struct found *f)
{
	const struct bag_slot *slots = part_of(h, h->slots);
	uint64_t sounds[SIGNS_MAX + 1];
	uint8_t strange[SIGNS_MAX + 1];
	uint32_t n = 0;

	for (uint32_t i = 0; i <= s->n; i++) {
		const int8_t *row = find_row(h, hash_pair(s, i));

		if (row) {
			f->n_signs++;
			put_pair(s, i, row, f);
			continue;
		}
		strange[n] = (uint8_t)i;
		sounds[n] =
		    bag_hash(bag_key(BAG_SOUNDS, bag_sound(i > 0 ? s->items[i - 1] : BAG_EDGE),
				     bag_sound(i < s->n ? s->items[i] : BAG_EDGE)));
		__builtin_prefetch(&slots[(uint32_t)sounds[n++] & ((1u << h->slot_bits) - 1)]);
	}
	for (uint32_t i = 0; i < n; i++) {
		const int8_t *row = find_row(h, sounds[i]);

		if (row)
			put_pair(s, strange[i], row, f);
	}
}

static void put_word(const struct bag_head *h, const struct signs *s, uint32_t i, struct found *f)
{
	const int8_t *row = NULL;
	uint32_t end = i + 1;

	if (s->words[i])
		row = (const int8_t *)part_of(h, h->words) + (size_t)s->words[i] * h->stride;
	else if (s->items[i] < 128)
		row = find_row(h, bag_hash(bag_letters(s, i)));
	if (!row)
		return;
	while (end < s->n && !bag_is_word(s, end))
		end++;
	put(f, row, i, end - i);
}

void bag_fetch(struct view image, const struct signs *s)
{
	const struct bag_head *h = bag_head(image);
	const struct bag_slot *slots = part_of(h, h->slots);
	uint32_t mask = (1u << h->slot_bits) - 1;

	for (uint32_t i = 0; i <= s->n; i++)
		__builtin_prefetch(&slots[(uint32_t)hash_pair(s, i) & mask]);
}

static void find_rows(const struct bag_head *h, const struct convolution_head *beside,
		      const struct signs *s, struct found *f)
{
	const struct word_sign *signs =
	    (const struct word_sign *)(const void *)((const char *)beside + beside->signs);
	const int8_t *rows = part_of(h, h->signs);

	f->n = f->n_signs = f->n_sounds = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		uint16_t row = signs[s->items[i]].row;

		put(f, rows + (size_t)row * h->stride, i, 1);
		f->n_signs += row < h->n_known;
		f->n_sounds += row != h->n_known;
	}
	for (uint32_t i = 0; i < s->n; i++)
		if (bag_is_word(s, i))
			put_word(h, s, i, f);
	put_pairs(h, s, f);
}

static void add_plain(const struct found *f, uint32_t stride, int32_t *sums)
{
	memset(sums, 0, stride * sizeof(*sums));
	for (uint32_t i = 0; i < f->n; i++)
		for (uint32_t k = 0; k < stride; k++)
			sums[k] += f->rows[i][k];
}

#if HAS_AVX2
/* So many rows of 8 bits cannot overflow 16. */
#define AT_ONCE 256

static __attribute__((target("avx2"))) void add_avx2(const struct found *f, uint32_t stride,
						     int32_t *sums)
{
	for (uint32_t k = 0; k < stride; k += 16) {
		__m256i low = _mm256_setzero_si256(), high = low;

		for (uint32_t from = 0; from < f->n; from += AT_ONCE) {
			uint32_t to = f->n - from < AT_ONCE ? f->n : from + AT_ONCE;
			__m256i sum = _mm256_setzero_si256();

			for (uint32_t i = from; i < to; i++)
				sum = _mm256_add_epi16(
				    sum, _mm256_cvtepi8_epi16(_mm_loadu_si128(
					     (const __m128i *)(const void *)(f->rows[i] + k))));
			low = _mm256_add_epi32(low,
					       _mm256_cvtepi16_epi32(_mm256_castsi256_si128(sum)));
			high = _mm256_add_epi32(
			    high, _mm256_cvtepi16_epi32(_mm256_extracti128_si256(sum, 1)));
		}
		_mm256_storeu_si256((__m256i *)(void *)(sums + k), low);
		_mm256_storeu_si256((__m256i *)(void *)(sums + k + 8), high);
	}
}
#endif

static void add_up(const struct found *f, uint32_t stride, int32_t *sums)
{
#if HAS_AVX2
	if (!bag_is_plain && __builtin_cpu_supports("avx2")) {
		add_avx2(f, stride, sums);
		return;
	}
#endif
	add_plain(f, stride, sums);
}

void bag_score(struct view image, const struct convolution_head *beside, const struct signs *s,
	       float *ret_margins, struct evidence *ret_evidence)
{
	const struct bag_head *h = bag_head(image);
	const float *scale = part_of(h, h->scale), *bias = part_of(h, h->bias);
	int32_t sums[TIER_LABELS];
	float share = bag_share(s->n);
	struct found f;

	find_rows(h, beside, s, &f);
	add_up(&f, h->stride, sums);
	lanes_scale(sums, scale, bias, share, h->n_labels, ret_margins);
	/* Letters say nothing as signs, and may say all as sounds. */
	*ret_evidence =
	    (struct evidence){.n_known = f.n_signs + f.n_sounds,
			      .known = (float)(f.n_signs > f.n_sounds ? f.n_signs : f.n_sounds) /
				       (float)(2 * s->n + 1)};
}

/* ---- why ---- */

struct pull {
	float strength;
	uint8_t from, len;
};

static int compare_pulls(const void *pa, const void *pb)
{
	const struct pull *a = pa, *b = pb;

	if (a->strength != b->strength)
		return a->strength < b->strength ? 1 : -1;
	return a->from != b->from ? a->from - b->from : a->len - b->len;
}

static void describe(struct buf *b, uint16_t sign)
{
	char utf8[UTF8_MAX];

	if (sign >= SIGN_SYLLABLE && sign <= SIGN_SYLLABLE + PINYIN_MAX)
		buf_printf(b, "%s ", pinyin_spell((uint16_t)(sign - SIGN_SYLLABLE)));
	else if (sign == SIGN_APP)
		buf_str(b, "⟦app⟧");
	else if (sign >= SIGN_PLACE && sign < SIGN_APP)
		buf_str(b, "⟦地⟧");
	else
		buf_add(b, utf8, utf8_encode(sign, utf8));
}

size_t bag_explain(struct view image, const struct convolution_head *beside, struct arena *a,
		   const struct signs *s, uint32_t label, struct view *out, size_t max)
{
	const struct bag_head *h = bag_head(image);
	const float *scale = part_of(h, h->scale);
	struct pull pulls[ROWS_MAX];
	struct buf b = BUF_INIT;
	size_t n = 0, n_out = 0;
	struct found f;

	find_rows(h, beside, s, &f);
	for (uint32_t i = 0; i < f.n; i++) {
		struct pull p = {(float)f.rows[i][label] * scale[label] * bag_share(s->n),
				 f.from[i], f.len[i]};

		/* The same signs as a pair and as a word are one piece. */
		for (size_t k = 0; k < n; k++)
			if (pulls[k].from == p.from && pulls[k].len == p.len) {
				pulls[k].strength += p.strength;
				p.len = 0;
				break;
			}
		if (p.len)
			pulls[n++] = p;
	}
	qsort(pulls, n, sizeof(*pulls), compare_pulls);
	for (size_t i = 0; i < n && n_out < max && pulls[i].strength > 0; i++) {
		buf_clear(&b);
		for (uint32_t k = pulls[i].from; k < pulls[i].from + pulls[i].len; k++)
			describe(&b, s->items[k]);
		out[n_out++] = arena_printf(a, "%.*s %+.2f", VIEW_ARG(view_trim(buf_view(&b))),
					    (double)pulls[i].strength);
	}
	buf_done(&b);
	return n_out;
}
