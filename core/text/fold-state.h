/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold-state.h - a text while it is being folded; used by fold*.c only.
 *
 * Characters come in one at a time through fold_ascii(), fold_han() and fold_other(), already in
 * their NFKC form. What they do to each other (blanks, repetition, stops) is decided here by what
 * stands last; then fold_rewrite() looks at words and numerals.
 */
#ifndef TEXT_FOLD_STATE_H
#define TEXT_FOLD_STATE_H

#include "base/arena.h"
#include "base/view.h"
#include "text/han.h"

enum fold_kind { FOLD_NOTHING, FOLD_BLANK, FOLD_PUNCT, FOLD_WORD, FOLD_HAN };

struct fold {
	struct arena *arena;
	struct view raw;
	uint32_t *chars;
	uint32_t *origin;
	size_t n, cap;
	uint32_t run;        /* how many of the last character came in a row */
	uint32_t blank_from; /* origin of the blank that waits                */
	uint8_t blank;       /* FOLD_NOTHING, FOLD_BLANK, or FOLD_PUNCT for a line break */
	uint8_t last;        /* kind of the last character put                */
	unsigned seen;       /* han_info of all characters put, or-ed         */
	bool is_traditional; /* a character was simplified */
	size_t as_typed;     /* bytes of raw, of characters that are put as they were typed */
};

/* Room for `more` characters beside one for every byte of raw from `at` on. */
void fold_reserve(struct fold *f, size_t more, size_t at);
/* One character below U+0080. */
void fold_ascii(struct fold *f, uint32_t cp, uint32_t at);
/* A Simplified Han character, with its han_info. */
void fold_han(struct fold *f, uint32_t cp, uint32_t at, unsigned info);
/* Punctuation, a blank or a letter of any other kind. */
void fold_punct(struct fold *f, uint32_t cp, uint32_t at);
void fold_word(struct fold *f, uint32_t cp, uint32_t at);
void fold_blank(struct fold *f, uint32_t at, bool line);
/* The text is over: a stop at its end is settled. */
void fold_end(struct fold *f);

/*
 * Anything outside ASCII and the Han table, at byte `at` of raw, with the marks that belong to it:
 * the bytes taken, or -EILSEQ.
 */
int fold_other(struct fold *f, uint32_t at);

/* Words and numerals, when the text is whole. */
void fold_rewrite(struct fold *f);

/* A numeral run that begins at `at` and what it becomes. */
struct fold_number {
	size_t taken; /* characters of the run */
	size_t n_put; /* 0: it stays as it is  */
	uint32_t put[10];
};
void fold_number_at(const uint32_t *chars, size_t n, size_t at, struct fold_number *ret);

#endif
