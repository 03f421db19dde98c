/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bytes.h - numbers and texts one behind the other, for what stays on this machine: a debt in the
 * notes, a list of bots on its way to a worker. A text is its length and its bytes.
 */
#ifndef BOTS_BYTES_H
#define BOTS_BYTES_H

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

static inline void bytes_put_number(struct buf *out, uint64_t n)
{
	buf_add(out, &n, sizeof(n));
}

static inline void bytes_put_text(struct buf *out, struct view v)
{
	bytes_put_number(out, v.len);
	buf_view_add(out, v);
}

/* Cut off `*rest`; false if there is not as much. */
static inline bool bytes_take_number(struct view *rest, uint64_t *ret)
{
	if (rest->len < sizeof(*ret))
		return false;
	memcpy(ret, rest->ptr, sizeof(*ret));
	*rest = view_sub(*rest, sizeof(*ret), rest->len);
	return true;
}

/* Points into the bytes. */
static inline bool bytes_take_text(struct view *rest, struct view *ret)
{
	uint64_t len;

	if (!bytes_take_number(rest, &len) || len > rest->len)
		return false;
	*ret = view_sub(*rest, 0, (size_t)len);
	*rest = view_sub(*rest, (size_t)len, rest->len);
	return true;
}

#endif
