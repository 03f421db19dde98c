/* SPDX-License-Identifier: Apache-2.0 */
/* word.c - the index of words, cutting a text with it, and keeping the vectors in the cache. */
#include "nlu/word.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "nlu/hear.h"
#include "nlu/lm.h"
#include "nlu/way.h"
#include "text/pinyin.h"

#define FILE_MAX   ((size_t)1 << 30)
#define KEPT_MAGIC UINT64_C(0x34766477756c6e77) /* "wnluwdv4" */

static uint16_t cost_of(float log)
{
	return (uint16_t)lrintf(fminf(fmaxf(-log, 0) * WORD_NAT, 65000));
}

/* The signs of a word; how many, 0 if it is none. */
static size_t signs_of(struct view word, uint32_t *out)
{
	size_t n = 0;
	uint32_t cp;
	int len;

	for (; (len = utf8_decode(word, &cp)) > 0; word = view_sub(word, (size_t)len, word.len)) {
		if (n == WORD_LONGEST || cp < 128 || cp > 0xffff || (cp >= 0xe000 && cp < 0xf900))
			return 0;
		out[n++] = cp;
	}
	return len < 0 ? 0 : n;
}

static void add_word(struct word_index *x, struct word_sign *signs, struct view word, uint16_t id,
		     uint16_t cost)
{
	uint32_t parts[WORD_LONGEST];
	size_t n = signs_of(word, parts);
	struct bucket *slots = (struct bucket *)x->slots, *slot = NULL;
	uint32_t place = 0;
	uint64_t h;

	if (n == 0)
		return;
	if (n == 1) {
		if (!signs[parts[0]].id) {
			signs[parts[0]].id = id;
			signs[parts[0]].cost = cost;
		}
		return;
	}
	h = way_step(0, parts[0]);
	for (size_t i = 1; i < n; i++) {
		h = way_step(h, parts[i]);
		slot = bucket_place(slots, (uint32_t)h, x->mask, way_print(h), WAY_BEGINS, &place);
		slot->prints[place] |= way_print(h) | (i + 1 < n ? WAY_BEGINS : 0);
	}
	if (slot->values[place] >> 16 == 0)
		slot->values[place] = word_value(id, cost);
}

/* Words of two signs and more, each with all its beginnings: at least as many as get a place. */
static size_t count_beginnings(const struct word_list *list)
{
	uint32_t parts[WORD_LONGEST];
	size_t n = 0;

	for (uint32_t i = 0; i < list->n; i++) {
		size_t len = signs_of(list->words[i], parts);

		n += len > 1 ? len - 1 : 0;
	}
	return n;
}

void word_index_make(struct arena *a, const struct word_list *list, struct word_index *ret)
{
	struct word_sign *signs = ARENA_ARRAY(a, SIGN_COUNT, struct word_sign);
	uint32_t n_buckets = buckets_for(count_beginnings(list));

	*ret = (struct word_index){
	    .slots = buckets_make(a, n_buckets), .mask = n_buckets - 1, .signs = signs};
	for (uint32_t i = 0; i < SIGN_COUNT; i++) {
		signs[i].cost = COST_STRANGE;
		signs[i].sound = pinyin_fuzzy(sign_syllable(i));
	}
	for (uint32_t i = 0; i < list->n; i++)
		add_word(ret, signs, list->words[i], (uint16_t)(i + 1), cost_of(list->logs[i]));
}

void words_fetch(const struct word_index *x, const struct signs *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		__builtin_prefetch(&x->signs[s->items[i]]);
	for (uint32_t i = 0; i + 1 < s->n; i++)
		__builtin_prefetch(&x->slots[(uint32_t)way_pair(s, i) & x->mask]);
}

/* A word's parts by its length, up to SIGNS_SPARE, written at once; what follows is overwritten. */
static const uint8_t parts_of[SIGNS_SPARE + 1][SIGNS_SPARE] = {
    {WORD_SINGLE},
    {WORD_SINGLE},
    {WORD_FIRST, WORD_LAST},
    {WORD_FIRST, WORD_MIDDLE, WORD_LAST},
    {WORD_FIRST, WORD_MIDDLE, WORD_MIDDLE, WORD_LAST},
    {WORD_FIRST, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_LAST},
    {WORD_FIRST, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_LAST},
    {WORD_FIRST, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_LAST},
    {WORD_FIRST, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE, WORD_MIDDLE,
     WORD_LAST},
};

static inline void put_word(struct signs *s, uint32_t from, uint32_t len, uint16_t id)
{
	if (len <= SIGNS_SPARE) {
		uint64_t four = id * UINT64_C(0x0001000100010001);

		memcpy(s->words + from, &four, sizeof(four));
		memcpy(s->words + from + SIGNS_SPARE / 2, &four, sizeof(four));
		memcpy(s->parts + from, parts_of[len], SIGNS_SPARE);
		return;
	}
	for (uint32_t k = 0; k < len; k++) {
		s->words[from + k] = id;
		s->parts[from + k] = WORD_MIDDLE;
	}
	s->parts[from] = WORD_FIRST;
	s->parts[from + len - 1] = WORD_LAST;
}

void words_cut(const struct word_index *x, struct signs *s)
{
	way ways[SIGNS_MAX + 1];
	uint8_t ends[SIGNS_MAX];
	uint32_t n = 0, from = 0;

	if (x->heard)
		hear(x, s);
	ways_begin(ways, s->n);
	for (uint32_t i = 0; i < s->n; i++)
		way_offer_all(x, s, i, ways);
	for (uint32_t end = s->n; end > 0; end = way_from(ways[end]))
		ends[n++] = (uint8_t)end;
	while (n-- > 0) {
		put_word(s, from, ends[n] - from, way_id(ways[ends[n]]));
		from = ends[n];
	}
}

/* ---- in the cache: head | logs | scales | vectors in 16 bits | spellings ---- */

struct kept_head {
	uint64_t magic, source, checksum;
	uint32_t n, size;
};

static struct view pack(struct arena *a, const struct word_list *list, uint64_t source)
{
	struct kept_head h = {.magic = KEPT_MAGIC, .source = source, .n = list->n};
	size_t n = list->n, at = sizeof(h), size = sizeof(h) + n * (8 + 2 * WORD_DIM);
	char *out;

	for (size_t i = 0; i < n; i++)
		size += list->words[i].len + 1;
	h.size = (uint32_t)size;
	out = arena_alloc(a, size);
	for (size_t i = 0; i < n; i++) {
		const float *v = list->vectors + i * WORD_DIM;
		int16_t small[WORD_DIM];
		float max = 1e-9f;

		for (size_t k = 0; k < WORD_DIM; k++)
			max = fmaxf(max, fabsf(v[k]));
		for (size_t k = 0; k < WORD_DIM; k++)
			small[k] = (int16_t)lrintf(v[k] / max * 32767);
		memcpy(out + at + 4 * i, &list->logs[i], 4);
		max /= 32767;
		memcpy(out + at + 4 * (n + i), &max, 4);
		memcpy(out + at + 8 * n + i * sizeof(small), small, sizeof(small));
	}
	at += n * (8 + 2 * WORD_DIM);
	for (size_t i = 0; i < n; i++) {
		memcpy(out + at, list->words[i].ptr, list->words[i].len);
		at += list->words[i].len + 1;
	}
	h.checksum = hash_seeded(out + sizeof(h), size - sizeof(h), source);
	memcpy(out, &h, sizeof(h));
	return view_make(out, size);
}

static int unpack(struct arena *a, struct view kept, uint64_t source, struct word_list *ret)
{
	struct word_list list;
	struct kept_head h;
	struct view rest;
	const char *at;
	size_t n;

	if (kept.len < sizeof(h))
		return -EBADMSG;
	memcpy(&h, kept.ptr, sizeof(h));
	n = h.n;
	if (h.magic != KEPT_MAGIC || h.source != source || n > WORDS_MAX || h.size != kept.len ||
	    kept.len < sizeof(h) + n * (8 + 2 * WORD_DIM) ||
	    h.checksum != hash_seeded(kept.ptr + sizeof(h), kept.len - sizeof(h), source))
		return -EBADMSG;
	list = (struct word_list){h.n, ARENA_ARRAY(a, n + 1, struct view),
				  ARENA_ARRAY(a, n + 1, float),
				  ARENA_ARRAY(a, (n + 1) * WORD_DIM, float)};
	at = kept.ptr + sizeof(h);
	memcpy(list.logs, at, 4 * n);
	rest = view_sub(kept, sizeof(h) + n * (8 + 2 * WORD_DIM), kept.len);
	for (size_t i = 0; i < n; i++) {
		int16_t small[WORD_DIM];
		float scale;

		memcpy(&scale, at + 4 * (n + i), 4);
		memcpy(small, at + 8 * n + i * sizeof(small), sizeof(small));
		for (size_t k = 0; k < WORD_DIM; k++)
			list.vectors[i * WORD_DIM + k] = scale * (float)small[k];
		if (!view_split(&rest, '\0', &list.words[i]))
			return -EBADMSG;
	}
	*ret = list;
	return 0;
}

/* How words are written, as far as they are in the index. */
static void spell(struct arena *a, const struct word_list *list, struct words *ret)
{
	uint16_t(*spelt)[WORD_LONGEST] = (uint16_t(*)[WORD_LONGEST])ARENA_ARRAY(
	    a, ((size_t)list->n + 1) * WORD_LONGEST, uint16_t);
	uint16_t *costs = ARENA_ARRAY(a, (size_t)list->n + 1, uint16_t);

	for (uint32_t i = 0; i < list->n; i++) {
		uint32_t parts[WORD_LONGEST];
		size_t n = signs_of(list->words[i], parts);

		for (size_t k = 0; k < n; k++)
			spelt[i + 1][k] = (uint16_t)parts[k];
		costs[i + 1] = cost_of(list->logs[i]);
	}
	ret->spelt = (const uint16_t(*)[WORD_LONGEST])spelt;
	ret->costs = costs;
}

static void put_together(struct arena *a, const struct word_list *list, uint64_t fingerprint,
			 struct words *ret)
{
	float *vectors = ARENA_ARRAY(a, ((size_t)list->n + 1) * WORD_DIM, float);

	if (list->n)
		memcpy(vectors + WORD_DIM, list->vectors,
		       (size_t)list->n * WORD_DIM * sizeof(float));
	ret->n = list->n;
	ret->vectors = vectors;
	ret->fingerprint = fingerprint ? hash_mix(fingerprint ^ KEPT_MAGIC) : 0;
	spell(a, list, ret);
	word_index_make(a, list, &ret->index);
}

static int make_list(struct arena *a, const char *path, const char *cache_dir,
		     struct word_list *ret, uint64_t *ret_source, struct fault *why)
{
	struct view file, kept;
	const char *kept_path = NULL;
	struct lm lm;
	int r = file_read(a, path, FILE_MAX, &file);

	if (r < 0) {
		fault_set(why, "%s", error_text(r));
		fault_place(why, path, 0, 0);
		return r;
	}
	*ret_source = hash_view(file);
	if (cache_dir)
		kept_path =
		    arena_printf(a, "%s/words-%016" PRIx64 ".wnw", cache_dir, *ret_source).ptr;
	if (kept_path && file_read(a, kept_path, FILE_MAX, &kept) == 0 &&
	    unpack(a, kept, *ret_source, ret) == 0)
		return 0;
	r = lm_read(a, file, &lm, why);
	if (r < 0) {
		fault_place(why, path, 0, 0);
		return r;
	}
	word_vectors(a, &lm, ret);
	/* By way of the packed form in any case: what is learnt must not depend on the cache. */
	kept = pack(a, ret, *ret_source);
	if (kept_path)
		(void)file_write(kept_path, kept, 0644);
	return unpack(a, kept, *ret_source, ret);
}

int words_load(struct arena *a, const char *path, const char *cache_dir, struct words *ret,
	       struct fault *why)
{
	struct word_list list = {.n = 0};
	uint64_t source = 0;
	struct arena scratch;
	int r = 0;

	arena_init(&scratch, 1 << 20);
	if (path && path[0])
		r = make_list(&scratch, path, cache_dir, &list, &source, why);
	if (r == 0)
		put_together(a, &list, source, ret);
	arena_done(&scratch);
	return r;
}
