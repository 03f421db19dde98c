/* SPDX-License-Identifier: Apache-2.0 */
/* han.c - what is known of single Chinese characters and of words made of them. */
#include "text/han.h"

#include "text/fold.h"
#include "text/han-tables.inc"

_Static_assert(sizeof(han_simple) / sizeof(han_simple[0]) == HAN_TABLE_SIZE, "han_simple");
_Static_assert(sizeof(han_info) / sizeof(han_info[0]) == HAN_TABLE_SIZE, "han_info");
_Static_assert(sizeof(fold_first) / sizeof(fold_first[0]) == HAN_BUCKETS + 1, "fold_first");
_Static_assert(sizeof(han_slots) / sizeof(han_slots[0]) == HAN_BUCKETS, "han_slots");
_Static_assert(N_SYLLABLES <= HAN_SYLLABLE, "syllables fit their bits");

const unsigned han_n_syllables = N_SYLLABLES;
const struct han_words han_words = {fold_list, fold_pool, fold_first};
const struct han_words han_readings = {read_list, read_pool, read_first};

uint32_t han_simplify(uint32_t cp)
{
	uint32_t to = han_in_table(cp) ? han_simple[cp - HAN_TABLE_FIRST] : 0;

	return to ? to : cp;
}

bool han_is(uint32_t cp)
{
	return (cp >= 0x4e00 && cp <= 0x9fff) || (cp >= 0x3400 && cp <= 0x4dbf) || cp == 0x3007 ||
	       (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x20000 && cp <= 0x3ffff);
}

static bool begins(const uint32_t *chars, const uint16_t *key, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (chars[i] != key[i])
			return false;
	return true;
}

const struct han_word *han_word_find(const struct han_words *t, const uint32_t *chars, size_t n,
				     const struct han_word *last)
{
	const struct han_word *w, *end;
	size_t bucket;

	if (n < 2)
		return NULL;
	bucket = (chars[0] * 31 + chars[1]) % HAN_BUCKETS;
	w = last ? last + 1 : t->list + t->first[bucket];
	end = t->list + t->first[bucket + 1];
	for (; w < end; w++)
		if (w->key_len <= n && begins(chars, han_word_key(t, w), w->key_len))
			return w;
	return NULL;
}
