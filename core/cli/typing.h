/* SPDX-License-Identifier: Apache-2.0 */
/*
 * typing.h - the ways people mistype: a text in, a perturbed copy out.
 *
 * The same text, kind, rate and seed give the same copy on every machine, wherever the text stands
 * in a file. Tables: Unihan (how often a character is written), OpenCC (Traditional), shapes.txt.
 */
#ifndef CLI_TYPING_H
#define CLI_TYPING_H

#include <stdint.h>

#include "base/buf.h"

enum typing_kind {
	TYPING_SOUND, /* 居住证 -> 居住正: one that sounds the same, common ones first */
	TYPING_SHAPE, /* 居住证 -> 居往证 */
	TYPING_TRADITIONAL, /* 居住證 */
	TYPING_PINYIN,      /* juzhuzheng */
	TYPING_INITIALS,    /* jzz */
	TYPING_WIDTH,       /* ＡＢＣ１２３, and Chinese marks in half width */
	TYPING_DROP,        /* a character left out */
	TYPING_REPEAT,      /* a character twice */
	TYPING_SWAP,        /* two characters in the wrong order */
	TYPING_PUNCTUATION, /* marks added, doubled, or all gone */
	TYPING_EMOJI,
	TYPING_KINDS,
};

#define TYPING_ONE   (-1.0) /* a rate: one place in every text */
#define TYPING_USUAL (-2.0) /* a rate: what is usual for the kind */

struct typing;

struct typing *typing_new(void);
void typing_free(struct typing *t);

const char *typing_name(enum typing_kind kind);
/* -1 if it is no kind. */
int typing_find(struct view name);

struct typing_how {
	enum typing_kind kind;
	double rate; /* 0 .. 1: the chance of each place that can be changed; or TYPING_… */
	uint64_t seed;
};

/*
 * Add the copy to `out`. A text in which nothing can be changed so is copied as it is; bytes that
 * are no UTF-8 as well.
 */
void typing_make(const struct typing *t, const struct typing_how *how, struct view text,
		 struct buf *out);

#endif
