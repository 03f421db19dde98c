/* SPDX-License-Identifier: Apache-2.0 */
/* hear.c - what may be heard, and hearing it. */
#include "nlu/hear.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "nlu/way.h"
#include "text/pinyin.h"

/* Found by cross-validation; see HACKING.md. In nats, on top of what the word costs. */
#define PRICE_OWN    6.5f
#define PRICE_COMMON 6.0f
#define COMMON       30000 /* words of the language */
#define HEARD_SIGNS  4     /* longer words are not heard */
/* A word is as likely from the texts as from the language. */
#define HALF 0.5f

/* ---- keys: what is summed is a sign at its place, or its sound there ---- */

#define SOUND 0x20000u

static inline uint64_t term_of(uint32_t what, uint32_t place)
{
	uint64_t h = (what + place * 0x40000u + 1) * 0x9e3779b97f4a7c15u;

	return h ^ h >> 32;
}

static inline uint64_t key_of(uint64_t sum)
{
	sum *= 0xd6e8feb86659fd93u;
	return sum ^ sum >> 32;
}

static inline uint32_t print_of(uint64_t key)
{
	return (uint32_t)(key >> 32) | 1;
}

/* ---- making ---- */

struct candidate {
	uint64_t key;
	uint16_t cost, sign;
};

static int compare_candidates(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->cost != b->cost ? a->cost - b->cost : a->sign - b->sign;
}

static int compare_words(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return a < b ? -1 : a > b;
}

/* As one number: HEARD_SIGNS signs of 16 bits, 0 behind the last. */
static uint64_t number_of(const uint16_t *signs, size_t n)
{
	uint64_t word = 0;

	for (size_t i = 0; i < HEARD_SIGNS; i++)
		word = word << 16 | (i < n ? signs[i] : 0);
	return word;
}

static void add_candidate(uint64_t others, uint32_t place, uint16_t sign, uint16_t sound,
			  float cost, struct buf *out)
{
	struct candidate c = {.key = key_of(others + term_of(SOUND | pinyin_fuzzy(sound), place)),
			      .cost = (uint16_t)lrintf(fminf(cost * WORD_NAT, 65000)),
			      .sign = sign};

	if (sound)
		buf_add(out, (const char *)&c, sizeof(c));
}

/* Each of its signs as it sounds in this word, and as it mostly does. */
static void add_word(uint64_t word, float cost, struct buf *out)
{
	uint32_t signs[HEARD_SIGNS] = {0}, n = 0;
	uint16_t sounds[HEARD_SIGNS];
	uint64_t sum = 0;

	for (; n < HEARD_SIGNS && word >> 48; n++, word <<= 16) {
		signs[n] = (uint32_t)(word >> 48);
		sum += term_of(signs[n], n);
	}
	pinyin_text(signs, n, sounds);
	for (uint32_t i = 0; i < n; i++) {
		uint64_t others = sum - term_of(signs[i], i);
		uint16_t alone = sign_syllable(signs[i]);

		add_candidate(others, i, (uint16_t)signs[i], sounds[i], cost, out);
		if (alone != sounds[i])
			add_candidate(others, i, (uint16_t)signs[i], alone, cost, out);
	}
}

/* By how often each is there. */
static void add_own(struct buf *words, size_t n_all, struct buf *out)
{
	uint64_t *w = (uint64_t *)(void *)words->ptr;
	size_t n = words->len / sizeof(*w);

	if (n)
		qsort(w, n, sizeof(*w), compare_words);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && w[end] == w[i];)
			end++;
		add_word(w[i], PRICE_OWN - logf(HALF * (float)(end - i) / (float)n_all), out);
	}
}

static bool begins_word(const struct signs *s, uint32_t i)
{
	return s->parts[i] == WORD_FIRST || s->parts[i] == WORD_SINGLE;
}

/* The words of a text. Gives how many there are of any kind. */
static size_t collect(const struct signs *s, struct buf *words)
{
	size_t n = 0;

	for (uint32_t from = 0, end; from < s->n; from = end, n++) {
		for (end = from + 1; end < s->n && !begins_word(s, end);)
			end++;
		if (end - from > 1 && end - from <= HEARD_SIGNS && s->items[from] >= 128) {
			uint64_t number = number_of(s->items + from, end - from);

			buf_add(words, (const char *)&number, sizeof(number));
		}
	}
	return n;
}

static void add_common(const struct words *words, struct buf *out)
{
	for (uint32_t id = 1; words->spelt && id <= words->n && id <= COMMON; id++) {
		const uint16_t *signs = words->spelt[id];

		if (signs[0] && signs[1] && !signs[HEARD_SIGNS])
			add_word(number_of(signs, HEARD_SIGNS),
				 PRICE_COMMON - logf(HALF) + (float)words->costs[id] / WORD_NAT,
				 out);
	}
}

/* The cheapest of each key. */
static void put_candidates(struct arena *a, struct buf *all, struct word_index *ret)
{
	struct candidate *c = (struct candidate *)(void *)all->ptr;
	size_t n = all->len / sizeof(*c), n_kept = 0;
	struct bucket *buckets;
	uint32_t n_buckets;

	if (n)
		qsort(c, n, sizeof(*c), compare_candidates);
	for (size_t i = 0; i < n; i++)
		if (n_kept == 0 || c[i].key != c[n_kept - 1].key)
			c[n_kept++] = c[i];
	n_buckets = buckets_for(n_kept);
	buckets = buckets_make(a, n_buckets);
	for (size_t i = 0; i < n_kept; i++) {
		uint32_t print = print_of(c[i].key), place;
		struct bucket *b =
		    bucket_place(buckets, (uint32_t)c[i].key, n_buckets - 1, print, 0, &place);

		if (b->prints[place])
			continue;
		b->prints[place] = print;
		b->values[place] = (uint32_t)c[i].sign << 16 | c[i].cost;
	}
	ret->heard = buckets;
	ret->heard_mask = n_buckets - 1;
}

void hear_make(struct arena *a, const struct signs *texts, size_t n, const struct words *words,
	       struct word_index *index)
{
	struct buf own = BUF_INIT, all = BUF_INIT;
	size_t n_words = 0;

	for (size_t i = 0; i < n; i++)
		n_words += collect(&texts[i], &own);
	add_own(&own, n_words, &all);
	add_common(words, &all);
	put_candidates(a, &all, index);
	buf_done(&own);
	buf_done(&all);
}

/* ---- hearing ---- */

/* A word of which one sign may be heard. */
struct asked {
	uint32_t at, print;
	uint8_t len, place;
};
#define ASKED_MAX (HEARD_SIGNS * (HEARD_SIGNS + 1) / 2 - 1)

/* The words at sign i are asked for; their memory is on its way from here on. */
static uint32_t ask(const struct word_index *x, const struct signs *s, uint32_t i,
		    struct asked *out)
{
	uint32_t n = 0, most = s->n - i < HEARD_SIGNS ? s->n - i : HEARD_SIGNS;
	uint64_t sum = 0, heard[HEARD_SIGNS];

	for (uint32_t k = 0; k < most; k++) {
		uint32_t sign = s->items[i + k], sound = x->signs[sign].sound;
		uint64_t written = term_of(sign, k);

		sum += written;
		heard[k] = sound ? term_of(SOUND | sound, k) - written : 0;
		for (uint32_t j = 0; k > 0 && j <= k; j++) {
			uint64_t key = key_of(sum + heard[j]);

			out[n] = (struct asked){(uint32_t)key & x->heard_mask, print_of(key),
						(uint8_t)(k + 1), (uint8_t)j};
			__builtin_prefetch(&x->heard[out[n].at]);
			n += heard[j] != 0;
		}
	}
	return n;
}

static void offer_heard(const struct word_index *x, const struct signs *s, uint32_t i,
			const struct asked *asked, uint32_t n, way *ways)
{
	for (uint32_t k = 0; k < n; k++) {
		const struct asked *q = &asked[k];
		struct bucket_found f = bucket_find(x->heard, q->at, x->heard_mask, q->print, 0);
		uint32_t sign = f.value >> 16;
		bool is_new = f.print && sign != s->items[i + q->place];

		way_offer(&ways[i + q->len], &ways[i], i | (q->place + 1u) << 8,
			  is_new ? f.value & 0xffff : COST_NEVER, sign);
	}
}

void hear(const struct word_index *x, struct signs *s)
{
	struct asked asked[2][ASKED_MAX];
	way ways[SIGNS_MAX + 1];
	uint32_t n[2];

	if (s->n < 2)
		return;
	ways_begin(ways, s->n);
	n[0] = ask(x, s, 0, asked[0]);
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t next = (i + 1) % 2;

		if (i + 1 < s->n)
			n[next] = ask(x, s, i + 1, asked[next]);
		way_offer_all(x, s, i, ways);
		offer_heard(x, s, i, asked[i % 2], n[i % 2], ways);
	}
	for (uint32_t end = s->n; end > 0; end = way_from(ways[end]))
		if (way_note(ways[end]))
			s->items[way_from(ways[end]) + way_note(ways[end]) - 1] = way_id(ways[end]);
}
