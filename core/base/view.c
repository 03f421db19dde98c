/* SPDX-License-Identifier: Apache-2.0 */
/* view.c - the operations on views that are too long to stand in the header. */
#include "base/view.h"

#include <endian.h>
#include <errno.h>

int view_cmp(struct view a, struct view b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int r = n ? memcmp(a.ptr, b.ptr, n) : 0;

	if (r != 0)
		return r;
	return a.len < b.len ? -1 : a.len > b.len;
}

/* A few bytes in a short text, as most are here: memmem(3) would make a table of 256 first. */
#define SHORT_NEEDLE 8
#define SHORT_HAY    512

static ptrdiff_t find_short(struct view hay, struct view needle)
{
	uint64_t mask = needle.len == 8 ? ~0ull : (1ull << needle.len * 8) - 1, wanted = 0, here;
	size_t i = 0;

	for (size_t k = 0; k < needle.len; k++)
		wanted |= (uint64_t)(unsigned char)needle.ptr[k] << k * 8;
	for (; i + sizeof(here) <= hay.len; i++) {
		memcpy(&here, hay.ptr + i, sizeof(here));
		if ((le64toh(here) & mask) == wanted)
			return (ptrdiff_t)i;
	}
	for (; i + needle.len <= hay.len; i++)
		if (memcmp(hay.ptr + i, needle.ptr, needle.len) == 0)
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t view_find(struct view hay, struct view needle)
{
	const char *hit;

	if (needle.len == 0)
		return 0;
	if (hay.len < needle.len)
		return -1;
	if (needle.len <= SHORT_NEEDLE && hay.len <= SHORT_HAY)
		return find_short(hay, needle);
	hit = memmem(hay.ptr, hay.len, needle.ptr, needle.len);
	return hit ? hit - hay.ptr : -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct view view_trim(struct view a)
{
	while (a.len > 0 && is_blank(a.ptr[0])) {
		a.ptr++;
		a.len--;
	}
	while (a.len > 0 && is_blank(a.ptr[a.len - 1]))
		a.len--;
	return a;
}

bool view_split(struct view *rest, char sep, struct view *ret_piece)
{
	const char *hit;

	if (!rest->ptr)
		return false;
	hit = rest->len ? memchr(rest->ptr, sep, rest->len) : NULL;
	if (!hit) {
		*ret_piece = *rest;
		*rest = (struct view){NULL, 0};
		return true;
	}
	*ret_piece = view_make(rest->ptr, (size_t)(hit - rest->ptr));
	*rest = view_make(hit + 1, rest->len - ret_piece->len - 1);
	return true;
}

int view_to_u64(struct view a, uint64_t *ret)
{
	uint64_t n = 0;

	if (a.len == 0)
		return -EINVAL;
	for (size_t i = 0; i < a.len; i++) {
		unsigned digit = (unsigned char)a.ptr[i] - '0';

		if (digit > 9)
			return -EINVAL;
		if (n > (UINT64_MAX - digit) / 10)
			return -ERANGE;
		n = n * 10 + digit;
	}
	*ret = n;
	return 0;
}
