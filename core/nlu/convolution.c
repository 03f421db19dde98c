/* SPDX-License-Identifier: Apache-2.0 */
/*
 * convolution.c - asking the convolutional tier: tables are added up, nothing is multiplied before
 * the last layer.
 *
 * Both versions, with vectors and in plain C, work on whole numbers up to the logits, so they give
 * the same.
 */
#include "nlu/convolution.h"

#include <math.h>

#include "nlu/lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define HAS_AVX2 1
#else
#define HAS_AVX2 0
#endif

#define POOLED_MAX ((size_t)CONVOLUTION_WIDTHS * CONVOLUTION_GROUPS * CONVOLUTION_LANES)
#define ROW_EDGE   2

bool convolution_is_plain;

static const struct convolution_head *head_of(struct view image)
{
	return (const struct convolution_head *)(const void *)image.ptr;
}

static const void *part_of(const struct convolution_head *h, uint32_t at)
{
	return (const char *)h + at;
}

static bool fits(const struct convolution_head *h, uint32_t from, uint64_t len)
{
	return from % 64 == 0 && from >= sizeof(*h) && from + len <= h->size;
}

static bool are_finite(const struct convolution_head *h, uint32_t at, size_t n)
{
	const float *x = part_of(h, at);

	for (size_t i = 0; i < n; i++)
		if (!(fabsf(x[i]) < 1e9f))
			return false;
	return true;
}

static bool is_index_sound(const struct convolution_head *h)
{
	const struct word_sign *signs = part_of(h, h->signs);
	const struct bucket *slots = part_of(h, h->slots);
	size_t n = (size_t)1 << h->slot_bits;

	if (h->heard && !buckets_end(part_of(h, h->heard), (size_t)1 << h->heard_bits))
		return false;
	for (size_t i = 0; i < SIGN_COUNT; i++)
		if (signs[i].id >= h->n_word_rows || signs[i].row >= h->n_sign_rows)
			return false;
	for (size_t i = 0; i < n * BUCKET_PLACES; i++)
		if (slots[i / BUCKET_PLACES].values[i % BUCKET_PLACES] >> 16 >= h->n_word_rows)
			return false;
	return buckets_end(slots, n);
}

bool convolution_is_sound(struct view image)
{
	const struct convolution_head *h = head_of(image);
	uint64_t pooled;

	if (image.len < sizeof(*h) || (uintptr_t)image.ptr % 16 || h->magic != CONVOLUTION_MAGIC ||
	    h->size != image.len || h->n_labels == 0 || h->n_labels > TIER_LABELS ||
	    h->stride < h->n_labels || h->stride > TIER_LABELS || h->stride % CONVOLUTION_LABELS ||
	    h->groups == 0 || h->groups > CONVOLUTION_GROUPS ||
	    h->row_size != h->groups * CONVOLUTION_TAPS * CONVOLUTION_LANES ||
	    h->n_sign_rows <= ROW_EDGE || h->n_sign_rows > SIGN_COUNT || h->n_word_rows == 0 ||
	    h->n_word_rows > SIGN_COUNT || h->slot_bits > 20 || h->heard_bits > 20 ||
	    !(fabsf(h->share) < 1e6f))
		return false;
	pooled = (uint64_t)CONVOLUTION_WIDTHS * CONVOLUTION_LANES * h->groups;
	if (!fits(h, h->signs, SIGN_COUNT * sizeof(struct word_sign)) ||
	    !fits(h, h->slots, (uint64_t)sizeof(struct bucket) << h->slot_bits) ||
	    (h->heard && !fits(h, h->heard, (uint64_t)sizeof(struct bucket) << h->heard_bits)) ||
	    !fits(h, h->sign_rows, (uint64_t)h->n_sign_rows * h->row_size) ||
	    !fits(h, h->word_rows, (uint64_t)h->n_word_rows * h->row_size) ||
	    !fits(h, h->part_rows, (uint64_t)WORD_PARTS * h->row_size * sizeof(int16_t)) ||
	    !fits(h, h->pool_scale, pooled * 4) || !fits(h, h->pool_bias, pooled * 4) ||
	    !fits(h, h->last, pooled * h->stride) || !fits(h, h->last_scale, h->stride * 4) ||
	    !fits(h, h->last_bias, h->stride * 4))
		return false;
	return are_finite(h, h->pool_scale, pooled) && are_finite(h, h->pool_bias, pooled) &&
	       are_finite(h, h->last_scale, h->stride) && are_finite(h, h->last_bias, h->stride) &&
	       is_index_sound(h);
}

/* The three rows that one place of a text adds up; edges have only the first. */
struct rows {
	const int8_t *sign, *word;
	const int16_t *part;
};

static inline struct rows rows_at(const struct convolution_head *h, const struct signs *s, size_t i)
{
	const struct word_sign *signs = part_of(h, h->signs);
	const int8_t *all = part_of(h, h->sign_rows), *words = part_of(h, h->word_rows);
	const int16_t *parts = part_of(h, h->part_rows);
	/* The text has an edge before and behind it. */
	bool is_edge = i == 0 || i > s->n;

	return (struct rows){
	    .sign = all + (size_t)(is_edge ? ROW_EDGE : signs[s->items[i - 1]].row) * h->row_size,
	    .word = words + (size_t)(is_edge ? 0 : s->words[i - 1]) * h->row_size,
	    .part = parts + (size_t)(is_edge ? 0 : s->parts[i - 1]) * h->row_size,
	};
}

/*
 * Per filter: width 1 is cell 0. Width 2 at a place is tap 0 of the place before and tap 1 of this
 * one; width 3 is tap 0 of the place before, tap 1 of this and tap 2 of the next. Places outside
 * add nothing.
 */
static void pool_plain(const struct convolution_head *h, const struct signs *s, int16_t *out)
{
	size_t n = (size_t)h->groups * CONVOLUTION_LANES;
	int16_t before2[CONVOLUTION_GROUPS * CONVOLUTION_LANES] = {0};
	int16_t before3[CONVOLUTION_GROUPS * CONVOLUTION_LANES] = {0};
	int16_t both3[CONVOLUTION_GROUPS * CONVOLUTION_LANES] = {0};

	for (size_t f = 0; f < CONVOLUTION_WIDTHS * n; f++)
		out[f] = INT16_MIN;
	for (size_t i = 0; i < s->n + 2; i++) {
		struct rows r = rows_at(h, s, i);

		for (size_t f = 0; f < n; f++) {
			int16_t x[CONVOLUTION_TAPS], two, three;

			for (unsigned tap = 0; tap < CONVOLUTION_TAPS; tap++) {
				size_t step = tap * (size_t)CONVOLUTION_LANES;
				size_t at = convolution_cell(f, 0, 0) + step;

				x[tap] = (int16_t)(r.sign[at] + r.word[at] +
						   r.part[convolution_wide_cell(f, 0, 0) + step]);
			}
			two = (int16_t)(before2[f] + x[2]);
			three = (int16_t)(both3[f] + x[5]);
			out[f] = x[0] > out[f] ? x[0] : out[f];
			out[n + f] = two > out[n + f] ? two : out[n + f];
			if (i > 0 && three > out[2 * n + f])
				out[2 * n + f] = three;
			before2[f] = x[1];
			both3[f] = (int16_t)(before3[f] + x[4]);
			before3[f] = x[3];
		}
	}
	for (size_t f = 0; f < n; f++)
		out[2 * n + f] = both3[f] > out[2 * n + f] ? both3[f] : out[2 * n + f];
}

static void last_plain(const struct convolution_head *h, const uint8_t *pooled, int32_t *sums)
{
	size_t n = (size_t)CONVOLUTION_WIDTHS * h->groups * CONVOLUTION_LANES;
	const int8_t *w = part_of(h, h->last);

	memset(sums, 0, h->stride * sizeof(*sums));
	for (size_t f = 0; f < n; f++)
		for (size_t k = 0; pooled[f] && k < h->stride; k++)
			sums[k] += pooled[f] * w[(f / 4 * h->stride + k) * 4 + f % 4];
}

#if HAS_AVX2
#define AVX2 __attribute__((target("avx2")))

/* Of 32 filters, in order. */
struct pair {
	__m256i low, high;
};

/* One tap of a place. Pairs of bytes are added up by the unit that multiplies, for which they need
 * not be made wider one by one. */
static inline __attribute__((always_inline)) AVX2 struct pair sum3(struct rows r, size_t at)
{
	const __m256i *part = (const __m256i *)(const void *)(r.part + at);
	__m256i sign = _mm256_loadu_si256((const __m256i *)(const void *)(r.sign + at));
	__m256i word = _mm256_loadu_si256((const __m256i *)(const void *)(r.word + at));
	const __m256i ones = _mm256_set1_epi8(1);
	__m256i low = _mm256_maddubs_epi16(ones, _mm256_unpacklo_epi8(sign, word));
	__m256i high = _mm256_maddubs_epi16(ones, _mm256_unpackhi_epi8(sign, word));

	return (struct pair){_mm256_add_epi16(low, _mm256_loadu_si256(part)),
			     _mm256_add_epi16(high, _mm256_loadu_si256(part + 1))};
}

static inline __attribute__((always_inline)) AVX2 struct pair add(struct pair a, struct pair b)
{
	return (struct pair){_mm256_add_epi16(a.low, b.low), _mm256_add_epi16(a.high, b.high)};
}

static inline __attribute__((always_inline)) AVX2 void raise(struct pair *to, struct pair x)
{
	to->low = _mm256_max_epi16(to->low, x.low);
	to->high = _mm256_max_epi16(to->high, x.high);
}

static inline AVX2 void put_pair(int16_t *out, struct pair x)
{
	_mm256_storeu_si256((__m256i *)(void *)out, x.low);
	_mm256_storeu_si256((__m256i *)(void *)(out + 16), x.high);
}

/* Of a row, what one group of filters takes. */
#define BLOCK ((size_t)CONVOLUTION_TAPS * CONVOLUTION_LANES)

/*
 * One group of filters: what is carried from place to place stays in registers. `out` is of the
 * first width, and `step` further of the next. Meanwhile the rows of the next group are fetched.
 */
static inline __attribute__((always_inline)) AVX2 void pool_block(const struct rows *rows,
								  size_t n_rows, size_t at,
								  bool has_next, int16_t *out,
								  size_t step)
{
	const __m256i zero = _mm256_setzero_si256(), least = _mm256_set1_epi16(INT16_MIN);
	struct pair best1 = {least, least}, best2 = best1, best3 = best1;
	struct pair before2 = {zero, zero}, before3 = before2, both3 = before2;

	for (size_t i = 0; i < n_rows; i++) {
		struct rows r = {rows[i].sign + at, rows[i].word + at, rows[i].part + at};

#pragma GCC unroll 3
		for (size_t k = 0; has_next && k < BLOCK; k += 64) {
			__builtin_prefetch(r.sign + BLOCK + k);
			__builtin_prefetch(r.word + BLOCK + k);
		}
		raise(&best1, sum3(r, 0));
		raise(&best2, add(before2, sum3(r, 64)));
		before2 = sum3(r, 32);
		if (i > 0)
			raise(&best3, add(both3, sum3(r, 160)));
		both3 = add(before3, sum3(r, 128));
		before3 = sum3(r, 96);
	}
	raise(&best3, both3);
	put_pair(out, best1);
	put_pair(out + step, best2);
	put_pair(out + 2 * step, best3);
}

static AVX2 void pool_avx2(const struct convolution_head *h, const struct signs *s, int16_t *out)
{
	size_t step = (size_t)h->groups * CONVOLUTION_LANES, at = 0;
	struct rows rows[SIGNS_MAX + 2];

	for (size_t i = 0; i < s->n + 2; i++)
		rows[i] = rows_at(h, s, i);
	for (; at + BLOCK < h->row_size; at += BLOCK, out += CONVOLUTION_LANES)
		pool_block(rows, s->n + 2, at, true, out, step);
	pool_block(rows, s->n + 2, at, false, out, step);
}

/* Labels [from, from + 8 * N): N is known when this is inlined, so that sums stay in registers. */
static inline __attribute__((always_inline)) AVX2 void last_block(const struct convolution_head *h,
								  const uint8_t *pooled,
								  size_t from, int n, int32_t *sums)
{
	size_t n_quads = (size_t)CONVOLUTION_WIDTHS * h->groups * CONVOLUTION_LANES / 4;
	const int8_t *w = (const int8_t *)part_of(h, h->last) + from * 4;
	const __m256i ones = _mm256_set1_epi16(1);
	__m256i s[8];

#pragma GCC unroll 8
	for (int k = 0; k < n; k++)
		s[k] = _mm256_setzero_si256();
	for (size_t i = 0; i < n_quads; i++, w += (size_t)h->stride * 4) {
		int32_t quad;
		__m256i x;

		memcpy(&quad, pooled + 4 * i, 4);
		if (!quad)
			continue;
		x = _mm256_set1_epi32(quad);
#pragma GCC unroll 8
		for (int k = 0; k < n; k++) {
			__m256i y = _mm256_loadu_si256((const __m256i *)(const void *)(w + 32 * k));

			y = _mm256_madd_epi16(_mm256_maddubs_epi16(x, y), ones);
			s[k] = _mm256_add_epi32(s[k], y);
		}
	}
#pragma GCC unroll 8
	for (int k = 0; k < n; k++)
		_mm256_storeu_si256((__m256i *)(void *)(sums + from + 8 * k), s[k]);
}

static AVX2 void last_avx2(const struct convolution_head *h, const uint8_t *pooled, int32_t *sums)
{
	size_t k = 0;

	for (; k + 64 <= h->stride; k += 64)
		last_block(h, pooled, k, 8, sums);
	for (; k < h->stride; k += 16)
		last_block(h, pooled, k, 2, sums);
}

/* From sums to 0 .. 127. */
static AVX2 void squeeze_avx2(const int16_t *sums, const float *scale, const float *bias, size_t n,
			      uint8_t *out)
{
	const __m256 zero = _mm256_setzero_ps(), most = _mm256_set1_ps(127);
	const __m256 half = _mm256_set1_ps(0.5f);

	for (size_t f = 0; f < n; f += 8) {
		__m256 x = _mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(
		    _mm_loadu_si128((const __m128i *)(const void *)(sums + f))));
		__m256i y;

		/* In the order of the plain version, and not fused: the same comes out. */
		x = _mm256_add_ps(_mm256_add_ps(_mm256_mul_ps(x, _mm256_loadu_ps(scale + f)),
						_mm256_loadu_ps(bias + f)),
				  half);
		y = _mm256_cvttps_epi32(_mm256_min_ps(_mm256_max_ps(x, zero), most));
		y = _mm256_packus_epi32(y, y);
		y = _mm256_packus_epi16(y, y);
		*(uint32_t *)(void *)(out + f) = (uint32_t)_mm256_extract_epi32(y, 0);
		*(uint32_t *)(void *)(out + f + 4) = (uint32_t)_mm256_extract_epi32(y, 4);
	}
}

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

/* Labels [from, from + 16 * N), four products in one go; N is known as above. */
static inline __attribute__((always_inline)) VNNI void last_lines(const struct convolution_head *h,
								  const uint8_t *pooled,
								  size_t from, int n, int32_t *sums)
{
	size_t n_quads = (size_t)CONVOLUTION_WIDTHS * h->groups * CONVOLUTION_LANES / 4;
	const int8_t *w = (const int8_t *)part_of(h, h->last) + from * 4;
	__m512i s[8];

	/* Two sums of each, so that neither has to wait for the other. */
#pragma GCC unroll 8
	for (int j = 0; j < 2 * n; j++)
		s[j] = _mm512_setzero_si512();
	for (size_t i = 0; i < n_quads; i += 2, w += (size_t)h->stride * 8) {
		int32_t quads[2];
		__m512i x, y;

		memcpy(quads, pooled + 4 * i, sizeof(quads));
		x = _mm512_set1_epi32(quads[0]);
		y = _mm512_set1_epi32(quads[1]);
#pragma GCC unroll 4
		for (int j = 0; j < n; j++) {
			const int8_t *next = w + (size_t)h->stride * 4;

			s[j] = _mm512_dpbusd_epi32(s[j], x, _mm512_loadu_si512(w + 64 * j));
			s[n + j] =
			    _mm512_dpbusd_epi32(s[n + j], y, _mm512_loadu_si512(next + 64 * j));
		}
	}
#pragma GCC unroll 4
	for (int j = 0; j < n; j++)
		_mm512_storeu_si512(sums + from + 16 * (size_t)j, _mm512_add_epi32(s[j], s[n + j]));
}

static VNNI void last_vnni(const struct convolution_head *h, const uint8_t *pooled, int32_t *sums)
{
	size_t k = 0;

	for (; k + 64 <= h->stride; k += 64)
		last_lines(h, pooled, k, 4, sums);
	for (; k + 32 <= h->stride; k += 32)
		last_lines(h, pooled, k, 2, sums);
	for (; k < h->stride; k += 16)
		last_lines(h, pooled, k, 1, sums);
}

static bool has_vnni(void)
{
	return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl") &&
	       __builtin_cpu_supports("avx512bw");
}

static bool has_avx2(void)
{
	return !convolution_is_plain && __builtin_cpu_supports("avx2");
}
#endif

void convolution_pool(const struct convolution_head *h, const struct signs *s, int16_t *out)
{
#if HAS_AVX2
	if (has_avx2()) {
		pool_avx2(h, s, out);
		return;
	}
#endif
	pool_plain(h, s, out);
}

static void add_last(const struct convolution_head *h, const uint8_t *pooled, int32_t *sums)
{
#if HAS_AVX2
	if (has_avx2()) {
		if (has_vnni())
			last_vnni(h, pooled, sums);
		else
			last_avx2(h, pooled, sums);
		return;
	}
#endif
	last_plain(h, pooled, sums);
}

static void squeeze(const int16_t *sums, const float *scale, const float *bias, size_t n,
		    uint8_t *out)
{
#if HAS_AVX2
	if (has_avx2()) {
		squeeze_avx2(sums, scale, bias, n, out);
		return;
	}
#endif
	for (size_t f = 0; f < n; f++) {
		float x = (float)sums[f] * scale[f] + bias[f] + 0.5f;

		x = x < 0 ? 0 : x;
		out[f] = (uint8_t)(int)(x > 127 ? 127 : x);
	}
}

void convolution_score(struct view image, const struct signs *s, float *out)
{
	const struct convolution_head *h = head_of(image);
	size_t n = (size_t)CONVOLUTION_WIDTHS * h->groups * CONVOLUTION_LANES;
	const float *scale = part_of(h, h->pool_scale), *bias = part_of(h, h->pool_bias);
	int16_t sums[POOLED_MAX];
	uint8_t pooled[POOLED_MAX];
	int32_t logits[TIER_LABELS];

	convolution_pool(h, s, sums);
	squeeze(sums, scale, bias, n, pooled);
	add_last(h, pooled, logits);
	scale = part_of(h, h->last_scale);
	bias = part_of(h, h->last_bias);
	lanes_scale(logits, scale, bias, 1, h->n_labels, out);
}

struct word_index convolution_index(const struct convolution_head *h)
{
	return (struct word_index){.slots = part_of(h, h->slots),
				   .mask = (1u << h->slot_bits) - 1,
				   .signs = part_of(h, h->signs),
				   .heard = h->heard ? part_of(h, h->heard) : NULL,
				   .heard_mask = (1u << h->heard_bits) - 1};
}

void convolution_sight(struct view image, struct arena *a, const struct reading *r,
		       struct signs *ret)
{
	struct word_index index = convolution_index(head_of(image));

	signs_make(a, r, ret);
	words_fetch(&index, ret);
}

/* The first group of filters, which is all there is in a fast tier. */
static inline void fetch_row(const int8_t *row)
{
	__builtin_prefetch(row);
	__builtin_prefetch(row + 64);
	__builtin_prefetch(row + 128);
}

void convolution_cut(struct view image, struct signs *s)
{
	const struct convolution_head *h = head_of(image);
	const int8_t *sign_rows = part_of(h, h->sign_rows), *word_rows = part_of(h, h->word_rows);
	struct word_index index = convolution_index(h);
	size_t size = h->row_size;

	/* Cutting takes about as long as these take to come. */
	for (uint32_t i = 0, n = s->n; i < n; i++)
		fetch_row(sign_rows + index.signs[s->items[i]].row * size);
	words_cut(&index, s);
	/* To ask for a word once more is less than to guess where it ends. */
	for (uint32_t i = 0, n = s->n; i < n; i++)
		fetch_row(word_rows + s->words[i] * size);
}

void convolution_read(struct view image, struct arena *a, const struct reading *r,
		      struct signs *ret)
{
	convolution_sight(image, a, r, ret);
	convolution_cut(image, ret);
}
