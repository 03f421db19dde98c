/* SPDX-License-Identifier: Apache-2.0 */
/* json-string.c - texts as JSON strings: most bytes of most replies. */
#include "wire/json.h"

#include <endian.h>
#include <string.h>

#include "base/utf8.h"

static void string_byte(struct buf *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};

	switch (c) {
	case '"':
		buf_add(out, "\\\"", 2);
		break;
	case '\\':
		buf_add(out, "\\\\", 2);
		break;
	case '\n':
		buf_add(out, "\\n", 2);
		break;
	case '\t':
		buf_add(out, "\\t", 2);
		break;
	default:
		buf_add(out, escape, sizeof(escape));
	}
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

#define EIGHT sizeof(uint64_t)

/* Eight bytes of ASCII that need no escape. */
static bool is_plain_eight(const unsigned char *p)
{
	static const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
	uint64_t eight, quote, backslash, del;

	memcpy(&eight, p, EIGHT);
	quote = eight ^ ones * '"';
	backslash = eight ^ ones * '\\';
	del = eight ^ ones * 0x7f;
	/* A byte under n leaves a high bit when n is taken from it; a byte that is c is 0, under 1.
	 */
	return ((eight | (eight - ones * 0x20) | (quote - ones) | (backslash - ones) |
		 (del - ones)) &
		highs) == 0;
}

/* Bytes of whole Han characters at `p`, taken two at a time. The first bytes e0 and ed have
 * corners: these are left to a slower look. */
static size_t han_len(const unsigned char *p, size_t left)
{
	static const uint64_t bits = 0xc0c0f0c0c0f0, han = 0x8080e08080e0, low = 0x0f00000f,
			      ones = 0x01000001, corner = 0x0d00000d, highs = 0x80000080;
	uint64_t two;
	size_t len = 0;

	for (; left - len >= sizeof(two); len += 6) {
		memcpy(&two, p + len, sizeof(two));
		two = le64toh(two);
		if ((two & bits) != han)
			break;
		two &= low;
		if (((two - ones) | ((two ^ corner) - ones)) & highs)
			break;
	}
	return len;
}

/* Bytes from `p` on that need no escape and are whole characters; 0 if the first one does or is
 * broken. There may be more of them behind. */
static size_t plain_len(const unsigned char *p, size_t left)
{
	uint32_t cp;
	size_t len = 0;
	int n;

	if (p[0] < 0x80) {
		if (left >= EIGHT && is_plain_eight(p))
			return EIGHT;
		while (len < left && p[len] < 0x80 && is_plain(p[len]))
			len++;
		return len;
	}
	len = han_len(p, left);
	if (len > 0)
		return len;
	n = utf8_decode(view_make((const char *)p, left), &cp);
	return n > 0 ? (size_t)n : 0;
}

/* One walk: what needs no escape goes out in runs. */
void json_string(struct buf *out, struct view v)
{
	const unsigned char *p = (const unsigned char *)v.ptr;
	size_t from = 0, i = 0;

	buf_char(out, '"');
	while (i < v.len) {
		size_t len = plain_len(p + i, v.len - i);

		if (len > 0) {
			i += len;
			continue;
		}
		buf_add(out, v.ptr + from, i - from);
		if (p[i] < 0x80)
			string_byte(out, p[i]);
		else
			buf_str(out, "\xef\xbf\xbd");
		from = ++i;
	}
	if (v.len > from)
		buf_add(out, v.ptr + from, v.len - from);
	buf_char(out, '"');
}
