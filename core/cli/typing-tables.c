/* SPDX-License-Identifier: Apache-2.0 */
/* typing-tables.c - the generated tables behind typing.c, and finding in them. */
#include "cli/typing-tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "cli/typing-tables.inc"
#include "cli/typing.h"
#include "text/fold.h"
#include "text/pinyin.h"

#define N_COMMON N_OF(common_chars)

struct typing {
	struct common common[N_COMMON]; /* by syllable, in each the most frequent first */
	size_t n_common;
	uint32_t first[PINYIN_MAX + 2]; /* of each syllable */
};

static int by_sound(const void *a, const void *b)
{
	const struct common *x = a, *y = b;
	uint16_t sx = pinyin_of(x->cp), sy = pinyin_of(y->cp);

	if (sx != sy)
		return sx < sy ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->cp < y->cp ? -1 : x->cp > y->cp;
}

struct typing *typing_new(void)
{
	struct typing *t = malloc(sizeof(*t));

	if (!t)
		die_oom(sizeof(*t));
	t->n_common = 0;
	/* Unihan counts Traditional forms too; who types Simplified does not slip into those. */
	for (size_t i = 0; i < N_COMMON; i++)
		if (han_simplify(common_chars[i].cp) == common_chars[i].cp)
			t->common[t->n_common++] = common_chars[i];
	qsort(t->common, t->n_common, sizeof(t->common[0]), by_sound);
	for (size_t s = 0, i = 0; s < N_OF(t->first); s++) {
		while (i < t->n_common && pinyin_of(t->common[i].cp) < s)
			i++;
		t->first[s] = (uint32_t)i;
	}
	return t;
}

void typing_free(struct typing *t)
{
	free(t);
}

const struct common *typing_sounds_like(const struct typing *t, uint16_t syllable, size_t *ret_n)
{
	*ret_n = syllable ? t->first[syllable + 1] - t->first[syllable] : 0;
	return t->common + t->first[syllable];
}

bool typing_is_common(const struct typing *t, uint32_t cp)
{
	size_t n;
	const struct common *list = typing_sounds_like(t, pinyin_of(cp), &n);

	for (size_t i = 0; i < n; i++)
		if (list[i].cp == cp)
			return true;
	return false;
}

static bool has_char(struct view group, uint32_t wanted)
{
	uint32_t cp;

	for (int len; (len = utf8_decode(group, &cp)) > 0;
	     group = view_sub(group, (size_t)len, group.len))
		if (cp == wanted)
			return true;
	return false;
}

size_t typing_looks_like(uint32_t cp, uint32_t out[TYPING_ALIKE_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < N_OF(shape_groups); i++) {
		struct view group = view_of(shape_groups[i]);
		uint32_t other;

		if (!has_char(group, cp))
			continue;
		for (int len; (len = utf8_decode(group, &other)) > 0 && n < TYPING_ALIKE_MAX;
		     group = view_sub(group, (size_t)len, group.len))
			if (other != cp)
				out[n++] = other;
	}
	return n;
}

static int by_key(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static const char *find_word(const char *key, size_t n_chars)
{
	const char *const *row;

	if (n_chars > 1)
		row = bsearch(key, traditional_words, N_OF(traditional_words) / 2,
			      2 * sizeof(char *), by_key);
	else
		row = bsearch(key, traditional_chars, N_OF(traditional_chars) / 2,
			      2 * sizeof(char *), by_key);
	return row ? row[1] : NULL;
}

size_t typing_traditional(const uint32_t *chars, size_t n, const char **ret_word)
{
	char key[TYPING_WORD_MAX * UTF8_MAX + 1];
	size_t ends[TYPING_WORD_MAX + 1] = {0};

	if (n > TYPING_WORD_MAX)
		n = TYPING_WORD_MAX;
	for (size_t i = 0; i < n; i++)
		ends[i + 1] = ends[i] + utf8_encode(chars[i], key + ends[i]);
	for (; n > 0; n--) {
		const char *word;

		key[ends[n]] = '\0';
		word = find_word(key, n);
		if (!word)
			continue;
		if (ret_word)
			*ret_word = word;
		return n;
	}
	return 0;
}
