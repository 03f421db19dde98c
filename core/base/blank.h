/* SPDX-License-Identifier: Apache-2.0 */
/* blank.h - zeroed memory for loops that work on several numbers at a time. */
#ifndef BASE_BLANK_H
#define BASE_BLANK_H

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/view.h"

/*
 * n things of `size` bytes, all zero, on a boundary of 64 bytes and with that much or more behind
 * them, or the program ends. To be freed with free().
 */
static inline void *blank(size_t n, size_t size)
{
	size_t len = (n * size + 127) / 64 * 64;
	void *p = aligned_alloc(64, len);

	if (!p)
		die_oom(len);
	return memset(p, 0, len);
}

/* The same with a copy of `v`: what lies in a growing buffer is on no boundary. */
static inline struct view blank_copy(struct view v)
{
	char *p = blank(v.len, 1);

	memcpy(p, v.ptr, v.len);
	return view_make(p, v.len);
}

#endif
