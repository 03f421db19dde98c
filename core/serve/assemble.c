/* SPDX-License-Identifier: Apache-2.0 */
/* assemble.c - one message out of its pieces. */
#include "serve/assemble.h"

void assembly_clear(struct assembly *a)
{
	if (!a->buf.ptr)
		return;
	/* A question may hold personal numbers. */
	explicit_bzero(a->buf.ptr, a->buf.cap);
	buf_done(&a->buf);
}

enum assembly_state assembly_add(struct assembly *a, struct view piece, uint64_t coming,
				 bool is_last, size_t max, struct view *ret)
{
	size_t held = a->buf.len;

	if (piece.len > max - held || coming > max - held - piece.len) {
		assembly_clear(a);
		return ASSEMBLY_TOO_LONG;
	}
	if (is_last && held == 0) {
		*ret = piece;
		return ASSEMBLY_WHOLE;
	}
	/* One growth for what the frame announced, instead of many. */
	if (!a->buf.ptr)
		buf_reserve(&a->buf, piece.len + (size_t)coming);
	buf_view_add(&a->buf, piece);
	if (!is_last)
		return ASSEMBLY_MORE;
	*ret = buf_view(&a->buf);
	return ASSEMBLY_WHOLE;
}
