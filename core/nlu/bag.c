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
	const struct bucket *slots;
	size_t n_slots;

	if (image.len < sizeof(*h) || (uintptr_t)image.ptr % 16 || h->magic != BAG_MAGIC ||
	    h->size != image.len || h->n_labels != beside->n_labels || h->stride < h->n_labels ||
	    h->stride > TIER_LABELS || h->stride % BAG_LANES ||
	    h->n_sign_rows != beside->n_sign_rows || h->n_word_rows != beside->n_word_rows ||
	    h->n_known > h->n_sign_rows || h->slot_bits > 20)
		return false;
	if (!fits(h, h->scale, h->stride * sizeof(float)) ||
	    !fits(h, h->bias, h->stride * sizeof(float)) ||
	    !fits(h, h->signs, (uint64_t)h->n_sign_rows * h->stride) ||
	    !fits(h, h->words, (uint64_t)h->n_word_rows * h->stride) ||
	    !fits(h, h->slots, (uint64_t)sizeof(*slots) << h->slot_bits) ||
	    !fits(h, h->rows, (uint64_t)h->n_rows * h->stride))
		return false;
	slots = part_of(h, h->slots);
	n_slots = (size_t)1 << h->slot_bits;
	for (size_t i = 0; i < n_slots * BUCKET_PLACES; i++)
		if (slots[i / BUCKET_PLACES].prints[i % BUCKET_PLACES] &&
		    slots[i / BUCKET_PLACES].values[i % BUCKET_PLACES] >= h->n_rows)
			return false;
	return buckets_end(slots, n_slots) && are_numbers(h, h->scale) && are_numbers(h, h->bias);
}

/* Where keys are looked up, and where the rows go. */
struct finder {
	const struct bucket *slots;
	const int8_t *pairs;
	uint32_t mask, n;
	size_t stride;
	struct bag_rows *out;
};

static inline struct finder finder_of(const struct bag_head *h, struct bag_rows *out)
{
	return (struct finder){.slots = part_of(h, h->slots),
			       .pairs = part_of(h, h->rows),
			       .mask = (1u << h->slot_bits) - 1,
			       .stride = h->stride,
			       .out = out};
}

/* Found or not, without a guess: what is put in vain is overwritten by the next. */
static inline void put(struct finder *f, const int8_t *row, uint32_t from, bool is_found)
{
	__builtin_prefetch(row);
	f->out->rows[f->n] = row;
	f->out->from[f->n] = (uint8_t)from;
	f->n += is_found;
}

/* The row of a key, if there is one. */
static inline bool put_key(struct finder *f, uint64_t hash, uint32_t from)
{
	struct bucket_found x = bucket_find(f->slots, (uint32_t)hash, f->mask, bag_print(hash), 0);

	put(f, f->pairs + x.value * f->stride, from, x.print != 0);
	return x.print != 0;
}

static const struct word_sign *signs_of(const struct convolution_head *beside)
{
	return (const struct word_sign *)(const void *)((const char *)beside + beside->signs);
}

/* Pairs that were not learnt as signs: who learnt a pair of signs learnt its sounds as often. */
struct strange {
	uint64_t sounds[SIGNS_MAX + 1];
	uint8_t at[SIGNS_MAX + 1];
	uint32_t n;
};

static uint32_t sound_at(const struct word_sign *signs, const struct signs *s, uint32_t i)
{
	return bag_sound_of(s->items[i], signs[s->items[i]].sound);
}

/* Place i of a text and the one before it, as they sound. */
static uint64_t hash_sounds(const struct word_sign *signs, const struct signs *s, uint32_t i)
{
	return bag_hash(bag_key(BAG_SOUNDS, i > 0 ? sound_at(signs, s, i - 1) : BAG_EDGE,
				i < s->n ? sound_at(signs, s, i) : BAG_EDGE));
}

static void put_pairs(struct finder *to, const struct convolution_head *beside,
		      const struct signs *s, struct strange *ret)
{
	struct finder f = *to;
	uint32_t n = 0;

	for (uint32_t i = 0; i <= s->n; i++) {
		ret->at[n] = (uint8_t)i;
		n += !put_key(&f, f.out->hashes[i], i);
	}
	for (uint32_t k = 0; k < n; k++) {
		ret->sounds[k] = hash_sounds(signs_of(beside), s, ret->at[k]);
		__builtin_prefetch(&f.slots[(uint32_t)ret->sounds[k] & f.mask]);
	}
	ret->n = n;
	*to = f;
}

static void put_words(const struct bag_head *h, struct finder *to, const struct signs *s)
{
	const int8_t *words = part_of(h, h->words);
	struct finder f = *to;

	for (uint32_t i = 0; i < s->n; i++) {
		bool is_word = bag_is_word(s, i);

		if (is_word && s->items[i] < 128 && !s->words[i])
			put_key(&f, bag_hash(bag_letters(s, i)), i);
		else
			put(&f, words + s->words[i] * f.stride, i, is_word && s->words[i]);
	}
	*to = f;
}

void bag_sight(struct view image, const struct signs *s, struct bag_rows *ret)
{
	const struct bag_head *h = bag_head(image);
	const struct bucket *slots = part_of(h, h->slots);
	uint32_t mask = (1u << h->slot_bits) - 1, before = BAG_EDGE;

	for (uint32_t i = 0; i <= s->n; i++) {
		uint32_t sign = i < s->n ? s->items[i] : BAG_EDGE;
		uint64_t hash = bag_hash(bag_key(BAG_PAIR, before, sign));

		__builtin_prefetch(&slots[(uint32_t)hash & mask]);
		ret->hashes[i] = hash;
		before = sign;
	}
}

void bag_find(struct view image, const struct convolution_head *beside, const struct signs *s,
	      struct bag_rows *ret)
{
	const struct bag_head *h = bag_head(image);
	const struct word_sign *signs = signs_of(beside);
	const int8_t *rows = part_of(h, h->signs);
	struct finder f = finder_of(h, ret);
	uint32_t n_signs, n_sounds = 0;
	struct strange strange;

	put_pairs(&f, beside, s, &strange);
	ret->n_pairs = n_signs = f.n;
	for (uint32_t i = 0; i < s->n; i++) {
		uint16_t row = signs[s->items[i]].row;

		put(&f, rows + row * f.stride, i, true);
		n_signs += row < h->n_known;
		n_sounds += row != h->n_known;
	}
	ret->n_single = s->n;
	put_words(h, &f, s);
	ret->n_words = f.n - ret->n_pairs - ret->n_single;
	for (uint32_t k = 0; k < strange.n; k++)
		n_sounds += put_key(&f, strange.sounds[k], strange.at[k]);
	ret->n = f.n;
	ret->n_signs = n_signs;
	ret->n_sounds = n_sounds + ret->n_pairs;
}

/* Which signs the row at place k of what was found speaks of; none if the text is empty. */
static void piece_of(const struct bag_rows *f, const struct signs *s, uint32_t k,
		     uint32_t *ret_from, uint32_t *ret_len)
{
	uint32_t from = f->from[k], len = s->n > 0;
	uint32_t first = f->n_pairs, words = first + f->n_single;

	if (k < first || k >= words + f->n_words) { /* a pair, by its second sign */
		len += from > 0 && from < s->n;
		from -= from > 0;
	} else if (k >= words) {
		while (from + len < s->n && !bag_is_word(s, from + len))
			len++;
	}
	*ret_from = from;
	*ret_len = len;
}

static void add_plain(const struct bag_rows *f, uint32_t stride, int32_t *sums)
{
	memset(sums, 0, stride * sizeof(*sums));
	for (uint32_t i = 0; i < f->n; i++)
		for (uint32_t k = 0; k < stride; k++)
			sums[k] += f->rows[i][k];
}

#if HAS_AVX2
#define AVX2 __attribute__((target("avx2")))
/* So many rows of 8 bits cannot overflow 16. */
#define AT_ONCE 256

static inline AVX2 void add_wide(int32_t *sums, __m256i x)
{
	__m256i *to = (__m256i *)(void *)sums;
	__m256i low = _mm256_cvtepi16_epi32(_mm256_castsi256_si128(x));
	__m256i high = _mm256_cvtepi16_epi32(_mm256_extracti128_si256(x, 1));

	_mm256_storeu_si256(to, _mm256_add_epi32(_mm256_loadu_si256(to), low));
	_mm256_storeu_si256(to + 1, _mm256_add_epi32(_mm256_loadu_si256(to + 1), high));
}

/* As in a convolution: bytes of two rows are interleaved, and the unit that multiplies adds them.
 */
static AVX2 void add_avx2(const struct bag_rows *f, uint32_t stride, int32_t *sums)
{
	static const int8_t none[BAG_LANES];
	const __m256i ones = _mm256_set1_epi8(1);

	memset(sums, 0, stride * sizeof(*sums));
	for (uint32_t from = 0; from < f->n; from += AT_ONCE)
		for (uint32_t k = 0; k < stride; k += BAG_LANES) {
			uint32_t to = f->n - from < AT_ONCE ? f->n : from + AT_ONCE;
			__m256i low = _mm256_setzero_si256(), high = low;

			for (uint32_t i = from; i < to; i += 2) {
				const int8_t *other = i + 1 < to ? f->rows[i + 1] + k : none;
				__m256i x = _mm256_loadu_si256((const void *)(f->rows[i] + k));
				__m256i y = _mm256_loadu_si256((const void *)other);
				__m256i a = _mm256_unpacklo_epi8(x, y);
				__m256i b = _mm256_unpackhi_epi8(x, y);

				low = _mm256_add_epi16(low, _mm256_maddubs_epi16(ones, a));
				high = _mm256_add_epi16(high, _mm256_maddubs_epi16(ones, b));
			}
			add_wide(sums + k, _mm256_permute2x128_si256(low, high, 0x20));
			add_wide(sums + k + 16, _mm256_permute2x128_si256(low, high, 0x31));
		}
}
#endif

static void add_up(const struct bag_rows *f, uint32_t stride, int32_t *sums)
{
#if HAS_AVX2
	if (!bag_is_plain && __builtin_cpu_supports("avx2")) {
		add_avx2(f, stride, sums);
		return;
	}
#endif
	add_plain(f, stride, sums);
}

void bag_add(struct view image, const struct signs *s, const struct bag_rows *f, float *ret_margins,
	     struct evidence *ret_evidence)
{
	const struct bag_head *h = bag_head(image);
	const float *scale = part_of(h, h->scale), *bias = part_of(h, h->bias);
	int32_t sums[TIER_LABELS];

	add_up(f, h->stride, sums);
	lanes_scale(sums, scale, bias, bag_share(s->n), h->n_labels, ret_margins);
	/* Letters say nothing as signs, and may say all as sounds. */
	*ret_evidence = (struct evidence){
	    .n_known = f->n_signs + f->n_sounds,
	    .known = (float)(f->n_signs > f->n_sounds ? f->n_signs : f->n_sounds) /
		     (float)(2 * s->n + 1)};
}

void bag_score(struct view image, const struct convolution_head *beside, const struct signs *s,
	       float *ret_margins, struct evidence *ret_evidence)
{
	struct bag_rows found;

	bag_sight(image, s, &found);
	bag_find(image, beside, s, &found);
	bag_add(image, s, &found, ret_margins, ret_evidence);
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
	struct pull pulls[BAG_ROWS_MAX];
	struct buf b = BUF_INIT;
	size_t n = 0, n_out = 0;
	struct bag_rows f;

	bag_sight(image, s, &f);
	bag_find(image, beside, s, &f);
	for (uint32_t i = 0; i < f.n; i++) {
		struct pull p = {(float)f.rows[i][label] * scale[label] * bag_share(s->n), 0, 0};
		uint32_t from, len;

		piece_of(&f, s, i, &from, &len);
		p.from = (uint8_t)from;
		p.len = (uint8_t)len;

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
