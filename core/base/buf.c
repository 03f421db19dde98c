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

char *buf_reserve(struct buf *b, size_t more)
{
	if (more >= SIZE_MAX / 4 || b->len >= SIZE_MAX / 4)
		die_oom(more);
	if (b->cap < b->len + more + 1) {
		size_t cap = b->cap ? b->cap : 256;
		char *ptr;

		while (cap < b->len + more + 1)
			cap *= 2;
		ptr = realloc(b->ptr, cap);
		if (!ptr)
			die_oom(cap);
		b->ptr = ptr;
		b->cap = cap;
	}
	return b->ptr + b->len;
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
	char *end = buf_reserve(b, len);

	if (len)
		memcpy(end, bytes, len);
	end[len] = '\0';
	b->len += len;
}

void buf_str(struct buf *b, const char *cstr)
{
	buf_add(b, cstr, strlen(cstr));
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
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
