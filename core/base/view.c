/* SPDX-License-Identifier: Apache-2.0 */
/* view.c - the operations on views that are too long to stand in the header. */
#include "base/view.h"

#include <errno.h>

int view_cmp(struct view a, struct view b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int r = n ? memcmp(a.ptr, b.ptr, n) : 0;

	if (r != 0)
		return r;
	return a.len < b.len ? -1 : a.len > b.len;
}

/*
 * In a short text, as most are here: memmem(3) would make a table of 256 first. The last byte of
 * the needle is looked for, which in UTF-8 says more than the first: Han characters share those.
 */
#define SHORT_HAY 512

static ptrdiff_t find_short(struct view hay, struct view needle)
{
	const char *end = hay.ptr + hay.len, *hit = hay.ptr + needle.len - 1;

	while ((hit = memchr(hit, needle.ptr[needle.len - 1], (size_t)(end - hit)))) {
		const char *start = hit - (needle.len - 1);

		if (memcmp(start, needle.ptr, needle.len - 1) == 0)
			return start - hay.ptr;
		hit++;
	}
	return -1;
}

ptrdiff_t view_find(struct view hay, struct view needle)
{
	const char *hit;

	if (needle.len == 0)
		return 0;
	if (hay.len < needle.len)
		return -1;
	if (hay.len <= SHORT_HAY)
		return find_short(hay, needle);
	hit = memmem(hay.ptr, hay.len, needle.ptr, needle.len);
	return hit ? hit - hay.ptr : -1;
}

/* What stands at `at`, as one of 256: the first byte tells the least of three. */
static inline unsigned kind_of(const char *at)
{
	return ((unsigned char)at[1] * 5u ^ (unsigned char)at[2]) & 255;
}

/* Of many words few begin like anything in a short text: the others are not looked for. */
bool view_has_any(struct view hay, const char *const *words, size_t n)
{
	uint64_t begins[4] = {0};

	for (size_t i = 0; i + 2 < hay.len; i++)
		if (((unsigned char)hay.ptr[i] & 0xc0) != 0x80)
			begins[kind_of(hay.ptr + i) >> 6] |= 1ull << (kind_of(hay.ptr + i) & 63);
	for (size_t i = 0; i < n; i++) {
		const char *w = words[i];

		if (w[0] && w[1] && w[2] && !(begins[kind_of(w) >> 6] >> (kind_of(w) & 63) & 1))
			continue;
		if (view_find(hay, view_of(w)) >= 0)
			return true;
	}
	return false;
}

size_t view_starts_any(struct view a, const char *const *words, size_t n)
{
	size_t longest = 0;

	for (size_t i = 0; i < n; i++) {
		const char *w = words[i];
		struct view word;

		/* Most differ in the first bytes. */
		if (a.len > 1 && w[0] && w[1] && ((w[0] ^ a.ptr[0]) | (w[1] ^ a.ptr[1])))
			continue;
		word = view_of(w);
		if (word.len > longest && view_starts(a, word))
			longest = word.len;
	}
	return longest;
}

size_t view_ends_any(struct view a, const char *const *words, size_t n)
{
	size_t longest = 0;

	for (size_t i = 0; i < n; i++) {
		struct view word = view_of(words[i]);

		if (word.len > longest && view_ends(a, word))
			longest = word.len;
	}
	return longest;
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
