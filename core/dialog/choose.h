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

#endif
