/* SPDX-License-Identifier: Apache-2.0 */
/* buf.c - doubling byte strings. */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

void buf_done(struct buf *b)
{
	free(b->ptr);
	*b = (struct buf)BUF_INIT;
}

char *buf_grow(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 256;
	char *ptr;

	if (more >= SIZE_MAX / 4 || b->len >= SIZE_MAX / 4)
		die_oom(more);
	while (cap < b->len + more + 1)
		cap *= 2;
	ptr = realloc(b->ptr, cap);
	if (!ptr)
		die_oom(cap);
	b->ptr = ptr;
	b->cap = cap;
	return ptr + b->len;
}

void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return;
	vsnprintf(buf_reserve(b, (size_t)n), (size_t)n + 1, fmt, ap);
	b->len += (size_t)n;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}
