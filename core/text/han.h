/* SPDX-License-Identifier: Apache-2.0 */
/*
 * han.h - the generated tables of Chinese characters; used inside text/ only.
 *
 * gen-han.awk makes them from Unihan, OpenCC and words.tsv. Dense arrays over U+3400 .. U+9FFF: one
 * load gives the Simplified form, another the reading and the part a character has in folding.
 */
#ifndef TEXT_HAN_H
#define TEXT_HAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HAN_TABLE_FIRST 0x3400u
#define HAN_TABLE_LAST  0x9fffu
#define HAN_TABLE_SIZE  (HAN_TABLE_LAST - HAN_TABLE_FIRST + 1)
#define HAN_BUCKETS     1021u

/* In han_info: the syllable, and what the character may begin or be. */
#define HAN_SYLLABLE    0x01ffu
#define HAN_TYPED_START 0x0400u /* begins one that counts only as Traditional was typed */
#define HAN_PARTICLE    0x0800u /* 啊: drawn out, it is still one  */
#define HAN_COUNTER     0x1000u /* 位: numerals before it are digits */
#define HAN_NUMERAL     0x2000u
#define HAN_READ_START  0x4000u /* begins a word of han_readings */
#define HAN_WORD_START  0x8000u /* begins a word of han_words    */

extern const uint16_t han_simple[]; /* 0: the character itself */
extern const uint16_t han_info[];
extern const uint32_t han_builds[];    /* up to six letters of Cangjie, the last in the lowest five
					  bits; 0: not known */
extern const uint16_t han_corners[];   /* 1 + the four digits of the corners; 0: not known */
extern const char han_spellings[][8];  /* by syllable */
extern const uint16_t han_fuzzy[];     /* by syllable */
extern const uint16_t han_slots[];     /* syllables hashed by their packed spelling */
extern const uint32_t han_slot_keys[]; /* the spellings, 0 where a slot is empty    */
extern const unsigned han_n_syllables;

/* One word: key, value and, if has_source, the characters that must have been typed. */
struct han_word {
	uint16_t at; /* in the pool */
	uint8_t key_len;
	uint8_t value_len;
	uint8_t has_source;
};

struct han_words {
	const struct han_word *list; /* by bucket, in each the longest first */
	const uint16_t *pool;
	const uint16_t *first; /* of each bucket; HAN_BUCKETS + 1 of them */
};

extern const struct han_words han_words;    /* value: characters */
extern const struct han_words han_readings; /* value: a syllable a character */

/* The longest word that `chars` begins with, or the next longest behind `last`; NULL if none. */
const struct han_word *han_word_find(const struct han_words *t, const uint32_t *chars, size_t n,
				     const struct han_word *last);

static inline const uint16_t *han_word_key(const struct han_words *t, const struct han_word *w)
{
	return t->pool + w->at;
}

static inline const uint16_t *han_word_value(const struct han_words *t, const struct han_word *w)
{
	return t->pool + w->at + w->key_len;
}

static inline const uint16_t *han_word_source(const struct han_words *t, const struct han_word *w)
{
	return t->pool + w->at + w->key_len + w->value_len;
}

static inline bool han_in_table(uint32_t cp)
{
	return cp - HAN_TABLE_FIRST < HAN_TABLE_SIZE;
}

static inline unsigned han_info_of(uint32_t cp)
{
	return han_in_table(cp) ? han_info[cp - HAN_TABLE_FIRST] : 0;
}

#endif
