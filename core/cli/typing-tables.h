/* SPDX-License-Identifier: Apache-2.0 */
/* typing-tables.h - which characters stand for which when people mistype; for typing.c only. */
#ifndef CLI_TYPING_TABLES_H
#define CLI_TYPING_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct typing;

struct common {
	uint32_t cp;
	uint32_t count; /* how often it was met in the corpus behind Unihan's kHanyuPinlu */
};

/* Common characters of a syllable, the most frequent first. */
const struct common *typing_sounds_like(const struct typing *t, uint16_t syllable, size_t *ret_n);
bool typing_is_common(const struct typing *t, uint32_t cp);

#define TYPING_ALIKE_MAX 16
/* Characters that look like `cp`; how many. */
size_t typing_looks_like(uint32_t cp, uint32_t out[TYPING_ALIKE_MAX]);

#define TYPING_WORD_MAX 8
/*
 * The longest word or character that `chars` begins with and that is written otherwise in
 * Traditional: its characters, 0 if there is none. *ret_word (may be NULL) is static.
 */
size_t typing_traditional(const uint32_t *chars, size_t n, const char **ret_word);

#endif
