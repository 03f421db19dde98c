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
 * The same for megabytes that are gone through in no order: on large pages where the system has
 * them, which are quicker to get and to find.
 */
static inline void *blank_large(size_t n, size_t size)
{
	const size_t page = (size_t)2 << 20;
	size_t len = (n * size + 64 + page - 1) / page * page;
	void *p;

	if (n * size < page)
		return blank(n, size);
	p = aligned_alloc(page, len);
	if (!p)
		die_oom(len);
#ifdef MADV_HUGEPAGE
	(void)madvise(p, len, MADV_HUGEPAGE);
#endif
	return memset(p, 0, len);
}

/* What blank() gives, with a copy of `v`: what lies in a growing buffer is on no boundary. */
static inline struct view blank_copy(struct view v)
{
	char *p = blank(v.len, 1);

	memcpy(p, v.ptr, v.len);
	return view_make(p, v.len);
}

#endif
