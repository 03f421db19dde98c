/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.c - strict UTF-8, a character at a time. */
#include "base/utf8.h"

#include <errno.h>

int utf8_decode(struct view v, uint32_t *ret_cp)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *p = (const unsigned char *)v.ptr;
	uint32_t cp;
	int len;

	if (v.len == 0)
		return 0;
	if (p[0] < 0x80) {
		*ret_cp = p[0];
		return 1;
	}
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return -EILSEQ;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (v.len < (size_t)len)
		return -EILSEQ;
	cp = p[0] & (0x7fu >> len);
	for (int i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return -EILSEQ;
		cp = cp << 6 | (p[i] & 0x3f);
	}
	if (cp < least[len] || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return -EILSEQ;
	*ret_cp = cp;
	return len;
}

size_t utf8_encode(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp >= 0xd800 && cp <= 0xdfff)
		return 0;
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	if (cp > 0x10ffff)
		return 0;
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t utf8_take(struct view *rest, uint32_t *ret, size_t max)
{
	size_t n = 0;
	int len;

	while (n < max && (len = utf8_decode(*rest, &ret[n])) > 0) {
		*rest = view_sub(*rest, (size_t)len, rest->len);
		n++;
	}
	return n;
}

bool utf8_is_valid(struct view v, size_t *ret_bad)
{
	size_t at = 0;
	uint32_t cp;

	while (at < v.len) {
		int n = utf8_decode(view_sub(v, at, UTF8_MAX), &cp);

		if (n <= 0) {
			if (ret_bad)
				*ret_bad = at;
			return false;
		}
		at += (size_t)n;
	}
	return true;
}

size_t utf8_count(struct view v)
{
	size_t n = 0;

	for (size_t i = 0; i < v.len; i++)
		n += ((unsigned char)v.ptr[i] & 0xc0) != 0x80;
	return n;
}

struct view utf8_clip(struct view v, size_t max)
{
	if (v.len <= max)
		return v;
	while (max > 0 && ((unsigned char)v.ptr[max] & 0xc0) == 0x80)
		max--;
	return view_make(v.ptr, max);
}
