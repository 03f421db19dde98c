/* SPDX-License-Identifier: Apache-2.0 */
/* record.h - one JSON object of a file of lines, as the texts in it; for tools. */
#ifndef WIRE_RECORD_H
#define WIRE_RECORD_H

#include "base/arena.h"

/*
 * The value of the first of the keys names[n] that is there and is a string, in the arena; an empty
 * view if there is none. 0, or -EBADMSG if the line is no JSON object.
 */
int record_text(struct arena *a, struct view line, const char *const *names, size_t n,
		struct view *ret);

#endif
