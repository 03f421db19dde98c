/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buf.h - a byte string that grows, owned by whoever holds the struct.
 *
 * For text that is put together piece by piece (JSON, wording, messages). buf_clear() keeps the
 * memory, so a buffer that lives with a connection or a worker stops allocating after a while.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "base/view.h"

struct buf {
	char *ptr; /* NUL-terminated once anything was put in */
	size_t len;
	size_t cap;
};

#define BUF_INIT           \
	{                  \
		NULL, 0, 0 \
	}

void buf_done(struct buf *b);
static inline void buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->ptr)
		b->ptr[0] = '\0';
}
static inline struct view buf_view(const struct buf *b)
{
	return view_make(b->ptr ? b->ptr : "", b->len);
}
/* The rest of buf_reserve(): more memory. */
char *buf_grow(struct buf *b, size_t more);
/* Room for `more` bytes and a NUL behind the present end; gives the end. */
static inline char *buf_reserve(struct buf *b, size_t more)
{
	return b->cap - b->len > more ? b->ptr + b->len : buf_grow(b, more);
}
static inline void buf_add(struct buf *b, const void *bytes, size_t len)
{
	char *end = buf_reserve(b, len);

	if (len)
		memcpy(end, bytes, len);
	end[len] = '\0';
	b->len += len;
}
static inline void buf_view_add(struct buf *b, struct view v)
{
	buf_add(b, v.ptr, v.len);
}
static inline void buf_str(struct buf *b, const char *cstr)
{
	buf_add(b, cstr, strlen(cstr));
}
static inline void buf_char(struct buf *b, char c)
{
	char *end = buf_reserve(b, 1);

	end[0] = c;
	end[1] = '\0';
	b->len++;
}
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

#endif
