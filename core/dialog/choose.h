/* SPDX-License-Identifier: Apache-2.0 */
/* choose.h - which of the options offered last is meant: by id, number, ordinal, name or part of
 * it. */
#ifndef DIALOG_CHOOSE_H
#define DIALOG_CHOOSE_H

#include "dialog/memory.h"
#include "text/fold.h"

enum choice {
	CHOICE_NONE, /* the text is no choice: a new question            */
	CHOICE_MADE,
	CHOICE_GONE, /* it points at an option that was not offered      */
};

/* `id` not empty: a client's choose. Else the text as folded; short texts only are looked at. */
enum choice choose_find(const struct memory *memory, struct view id, struct view folded,
			const struct memory_option **ret);

/* One of those that 还可以问 listed last, by its number or an ordinal alone. */
enum choice choose_next(const struct memory *memory, struct view text,
			const struct memory_option **ret);

/* 第二个, 2, 后者 of `n` things in a row: 1 .. n; 0 if the text is no such word, n + 1 if too many.
 */
size_t choose_ordinal(struct view folded, size_t n);

#endif
