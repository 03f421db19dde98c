/* SPDX-License-Identifier: Apache-2.0 */
/* phrase-table.h - the table of phrases (phrase.h), for phrase.c alone. */
#ifndef DIALOG_PHRASE_TABLE_H
#define DIALOG_PHRASE_TABLE_H

#include "dialog/phrase.h"

/* CHAIN: the whole text is made of phrases of the list, and of words that only join them. */
enum where { ANYWHERE, AT_START, WHOLE, CHAIN };

struct phrases {
	uint64_t cue;
	enum where where;
	uint64_t bar;  /* not if one of these was found above it */
	uint64_t need; /* only if this was found above it         */
	const char *const *list;
};

/* In this order: what is found by one may bar those below it, or be needed by them. */
extern const struct phrases phrase_table[];
extern const size_t phrase_table_n;

#endif
