/* SPDX-License-Identifier: Apache-2.0 */
/* text.c - where a long answer is cut. */
#include "bots/text.h"

static size_t char_bytes(unsigned char lead)
{
	return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Bytes of the longest beginning that fits. */
static size_t fitting(struct view text, const struct text_limit *limit)
{
	size_t at = 0, units = 0;

	while (at < text.len) {
		size_t n = char_bytes((unsigned char)text.ptr[at]);

		if (n > text.len - at)
			n = text.len - at;
		units += n == 4 ? 2 : 1;
		if ((limit->bytes && at + n > limit->bytes) ||
		    (limit->units && units > limit->units))
			break;
		at += n;
	}
	return at;
}

bool text_fits(struct view text, const struct text_limit *limit)
{
	return fitting(text, limit) == text.len;
}

/* Is there one of these right before `at`? */
static bool ends_with_any(struct view text, size_t at, const char *const *ends)
{
	for (; *ends; ends++)
		if (view_ends(view_sub(text, 0, at), view_of(*ends)))
			return true;
	return false;
}

/* The last place, not before `from`, that stands behind one of these. 0 if there is none. */
static size_t last_end(struct view text, size_t from, size_t to, const char *const *ends)
{
	for (size_t at = to; at > from; at--)
		if (ends_with_any(text, at, ends))
			return at;
	return 0;
}

static bool is_address_char(char c)
{
	return c > ' ' && c < 127 && c != '"' && c != '<' && c != '>';
}

/* Where an address begins that the cut would go through; `at` if it goes through none. */
static size_t before_address(struct view text, size_t at)
{
	size_t begin = at;

	if (at >= text.len || !is_address_char(text.ptr[at]))
		return at;
	while (begin > 0 && is_address_char(text.ptr[begin - 1]))
		begin--;
	return view_find(view_sub(text, begin, text.len - begin), VIEW("http")) == 0 && begin > 0
		   ? begin
		   : at;
}

static size_t cut_at(struct view text, size_t most)
{
	static const char *const lines[] = {"\n", NULL};
	static const char *const sentences[] = {"\n", "。", "！", "？", "；", "!", "?", NULL};
	static const char *const pauses[] = {"，", "、", "：", "）", " ", ",", NULL};
	size_t at = last_end(text, most / 2, most, lines);

	if (!at)
		at = last_end(text, most / 3, most, sentences);
	if (!at)
		at = last_end(text, most / 2, most, pauses);
	return before_address(text, at ? at : most);
}

bool text_piece(struct view *rest, const struct text_limit *limit, struct view *ret)
{
	struct view text = view_trim(*rest);
	size_t most = fitting(text, limit), at;

	if (text.len == 0)
		return false;
	/* A limit under one character would never come to an end. */
	if (most == 0)
		most = char_bytes((unsigned char)text.ptr[0]);
	at = most < text.len ? cut_at(text, most) : text.len;
	*ret = view_trim(view_sub(text, 0, at));
	*rest = view_sub(text, at, text.len);
	return true;
}

struct view text_beginning(struct arena *a, struct view text, const struct text_limit *limit,
			   struct view more)
{
	struct text_limit less = *limit;
	struct view rest = text, piece = VIEW("");
	size_t len = more.len + 1;

	less.bytes = less.bytes > len ? less.bytes - len : less.bytes;
	less.units = less.units > len ? less.units - len : less.units;
	text_piece(&rest, &less, &piece);
	return arena_printf(a, "%.*s\n%.*s", VIEW_ARG(piece), VIEW_ARG(more));
}
