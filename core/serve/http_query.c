/* SPDX-License-Identifier: Apache-2.0 */
/* http_query.c - undoing what web pages do to names and values. */
#include "serve/http_query.h"

#include <errno.h>

#include "base/utf8.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int query_decode(struct arena *a, struct view raw, struct view *ret)
{
	char *out = arena_alloc(a, raw.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = i + 1 < raw.len ? hex(raw.ptr[i + 1]) : -1;
			int low = i + 2 < raw.len ? hex(raw.ptr[i + 2]) : -1;

			if (high < 0 || low < 0)
				return -EILSEQ;
			c = (char)(high << 4 | low);
			i += 2;
		}
		if (c == '\0')
			return -EILSEQ;
		out[n++] = c;
	}
	if (!utf8_is_valid(view_make(out, n), NULL))
		return -EILSEQ;
	*ret = view_make(out, n);
	return 0;
}

bool query_piece(struct view piece, const char *name, struct view *ret)
{
	struct view rest = piece, key;

	view_split(&rest, '=', &key);
	if (!view_is(key, name))
		return false;
	*ret = rest.ptr ? rest : VIEW("");
	return true;
}

int query_find(struct arena *a, struct view form, const char *name, struct view *ret)
{
	struct view rest = form, pair;

	while (view_split(&rest, '&', &pair)) {
		struct view value = pair, key;
		int r;

		if (!view_split(&value, '=', &key))
			continue;
		r = query_decode(a, key, &key);
		if (r < 0)
			return r;
		if (view_is(key, name))
			return query_decode(a, value, ret);
	}
	*ret = VIEW("");
	return 0;
}
