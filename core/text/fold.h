/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold.h - one plain form of whatever was typed, with the way back to the original.
 *
 * Folding makes different spellings of the same words equal: Unicode NFKC, half width, lower case,
 * Traditional and regional variants to Simplified (characters and common phrases), invisible and
 * control characters gone, blanks inside Chinese dropped, runs of the same punctuation or of three
 * and more equal letters shortened, Chinese numerals before a counter to digits (十二位 = 12位),
 * emoji to a blank. Linear in the input, never fails on well-formed UTF-8.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdint.h>

#include "base/arena.h"
#include "base/view.h"

struct text {
	struct view raw;        /* what was typed, borrowed from the caller                */
	struct view folded;     /* the plain form as UTF-8, in the arena, NUL-terminated   */
	const uint32_t *chars;  /* the same as code points, n_chars of them             */
	const uint32_t *bytes;  /* where each begins in folded; bytes[n_chars] = folded.len */
	const uint32_t *origin; /* where each came from in raw (byte); origin[n_chars] = raw.len */
	size_t n_chars;
};

/* 0, or -EILSEQ if raw is no UTF-8 (nothing is set then). Thread-safe; all memory is the arena's.
 */
int text_fold(struct arena *a, struct view raw, struct text *ret);

/* The Simplified form of one character (itself if it has none). */
uint32_t han_simplify(uint32_t cp);
/* True for Han characters (unified ideographs, extensions and compatibility). */
bool han_is(uint32_t cp);

#endif
