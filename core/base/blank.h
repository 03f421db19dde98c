/* SPDX-License-Identifier: Apache-2.0 */
/* blank.h - zeroed memory for loops that work on several numbers at a time. */
#ifndef BASE_BLANK_H
#define BASE_BLANK_H

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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

/*
 * Room for megabytes that are gone through in no order, with anything in it: on large pages where
 * the system has them, which are quicker to get and to find. To be freed with free(), too.
 */
#define LARGE_PAGE ((size_t)2 << 20)
static inline void *room_large(size_t n, size_t size)
{
	size_t align = n * size < LARGE_PAGE ? 64 : LARGE_PAGE;
	size_t len = (n * size + 64 + align - 1) / align * align;
	void *p = aligned_alloc(align, len);

	if (!p)
		die_oom(len);
#ifdef MADV_HUGEPAGE
	if (align == LARGE_PAGE)
		(void)madvise(p, len, MADV_HUGEPAGE);
#endif
	return p;
}

/* What blank() gives, with a copy of `v`: what lies in a growing buffer is on no boundary. */
static inline struct view blank_copy(struct view v)
{
	char *p = blank(v.len, 1);

	memcpy(p, v.ptr, v.len);
	return view_make(p, v.len);
}

#endif
