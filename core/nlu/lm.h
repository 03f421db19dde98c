/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lm.h - reading a language model of KenLM's (format 5, quantised array trie of order 3), as
 * Debian's libime-data-language-model has it: words, how common each is, and which stand together.
 *
 * The file is bytes from outside: everything in it is checked before it is used.
 */
#ifndef NLU_LM_H
#define NLU_LM_H

#include "base/arena.h"
#include "base/error.h"

/* Rows of (column, value), row i from at[i] to at[i + 1]. */
struct sparse {
	uint32_t n;
	const uint32_t *at, *columns;
	const float *values;
};

struct lm {
	uint32_t n;               /* words; the first is "<unk>" */
	const struct view *words; /* into the file */
	const float *logs;        /* natural logarithm of each one's probability */
	/* row: a word, column: the one before it, value: how much likelier that makes it (> 0) */
	struct sparse pairs;
};

/* In the arena; `file` must outlive it. 0, or -EBADMSG with *why. */
int lm_read(struct arena *a, struct view file, struct lm *ret, struct fault *why);

#endif
