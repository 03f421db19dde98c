/* SPDX-License-Identifier: Apache-2.0 */
/* alike.c - an inverted list of n-grams, and the texts nearest to one of them. */
#include "cli/alike.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"

#define LONGEST 3
#define PLACE   0x110000u /* no character: stands for any place */
/* In large sets, what is in more texts than an eighth tells little and costs the most. */
#define LARGE      20000
#define TOO_COMMON 8

struct alike_post {
	uint64_t gram;
	uint32_t text;
	float weight;
};

void alike_init(struct alike *k, struct arena *a, size_t max)
{
	*k = (struct alike){.max = max};
	k->texts = ARENA_ARRAY(a, max + 1, struct alike_text);
	k->sums = ARENA_ARRAY(a, max + 1, double);
}

static bool is_word(uint32_t c)
{
	return han_is(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c > 0xffff;
}

/* The characters that count, places as one. */
static size_t plain_chars(struct arena *a, const struct text *t, const struct gazetteer *places,
			  uint32_t *out)
{
	struct mentions m = {.n = 0};
	size_t n = 0;

	if (places)
		gazetteer_scan(places, a, t, &m);
	for (size_t i = 0, next = 0; i < t->n_chars; i++) {
		if (next < m.n && i == m.items[next].start) {
			out[n++] = PLACE;
			i = m.items[next++].end - 1;
		} else if (is_word(t->chars[i])) {
			out[n++] = t->chars[i];
		}
	}
	return n;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void alike_add(struct alike *k, struct arena *a, struct view text, const struct gazetteer *places)
{
	struct alike_text *new = &k->texts[k->n++];
	uint32_t *chars;
	uint64_t *grams;
	struct text t;
	size_t n, n_grams = 0, kept = 0;

	if (text_fold(a, text, &t) < 0)
		return;
	chars = ARENA_ARRAY(a, t.n_chars + 1, uint32_t);
	n = plain_chars(a, &t, places, chars);
	new->key = hash_seeded(chars, n * sizeof(*chars), 0);
	grams = ARENA_ARRAY(a, n * LONGEST + 1, uint64_t);
	for (size_t i = 0; i < n; i++)
		for (size_t len = 1; len <= LONGEST && i + len <= n; len++)
			grams[n_grams++] = hash_seeded(chars + i, len * sizeof(*chars), len);
	qsort(grams, n_grams, sizeof(*grams), by_number);
	for (size_t i = 0; i < n_grams; i++)
		if (i == 0 || grams[i] != grams[i - 1])
			grams[kept++] = grams[i];
	new->grams = grams;
	new->n_grams = kept;
}

static int by_gram(const void *a, const void *b)
{
	const struct alike_post *x = a, *y = b;

	if (x->gram != y->gram)
		return x->gram < y->gram ? -1 : 1;
	return x->text < y->text ? -1 : x->text > y->text;
}

static size_t run_end(const struct alike *k, size_t from)
{
	size_t end = from;

	while (end < k->n_posts && k->posts[end].gram == k->posts[from].gram)
		end++;
	return end;
}

void alike_finish(struct alike *k, struct arena *a)
{
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++)
		n += k->texts[i].n_grams;
	k->posts = ARENA_ARRAY(a, n + 1, struct alike_post);
	for (size_t i = 0; i < k->n; i++)
		for (size_t g = 0; g < k->texts[i].n_grams; g++)
			k->posts[k->n_posts++] =
			    (struct alike_post){.gram = k->texts[i].grams[g], .text = (uint32_t)i};
	qsort(k->posts, k->n_posts, sizeof(*k->posts), by_gram);
	for (size_t i = 0, end; i < k->n_posts; i = end) {
		double weight;

		end = run_end(k, i);
		weight = log(1 + (double)k->n / (double)(end - i));
		for (size_t p = i; p < end; p++) {
			k->posts[p].weight = (float)weight;
			k->texts[k->posts[p].text].length += weight * weight;
		}
	}
	for (size_t i = 0; i < k->n; i++)
		k->texts[i].length = sqrt(k->texts[i].length);
}

static size_t find_gram(const struct alike *k, uint64_t gram)
{
	size_t low = 0, high = k->n_posts;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (k->posts[middle].gram < gram)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void keep_best(struct near *out, size_t *n, size_t max, struct near new)
{
	size_t at = *n;

	if (*n == max && out[max - 1].likeness >= new.likeness)
		return;
	if (*n < max)
		(*n)++;
	else
		at--;
	for (; at > 0 && out[at - 1].likeness < new.likeness; at--)
		out[at] = out[at - 1];
	out[at] = new;
}

size_t alike_nearest(struct alike *k, size_t of, struct near *out, size_t max)
{
	const struct alike_text *t = &k->texts[of];
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++)
		k->sums[i] = 0;
	for (size_t g = 0; g < t->n_grams; g++) {
		size_t from = find_gram(k, t->grams[g]), end = run_end(k, from);

		if (k->n > LARGE && end - from > k->n / TOO_COMMON)
			continue;
		for (size_t p = from; p < end; p++)
			k->sums[k->posts[p].text] +=
			    (double)k->posts[p].weight * (double)k->posts[p].weight;
	}
	for (size_t i = 0; i < k->n; i++)
		if (i != of && k->sums[i] > 0)
			keep_best(out, &n, max,
				  (struct near){i, k->sums[i] / (t->length * k->texts[i].length)});
	return n;
}
