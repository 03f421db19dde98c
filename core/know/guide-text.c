/* SPDX-License-Identifier: Apache-2.0 */
/* guide-text.c - see guide-text.h. */
#include "know/guide-text.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct view text_long_number(struct view text)
{
	size_t run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = is_digit(text.ptr[i]) ? run + 1 : 0;
		if (run >= 15)
			return view_sub(text, i + 1 - run, run);
	}
	return VIEW("");
}

/* How long the mobile number is that begins here: digits in a row, or parted 3-4-4; 0: none. */
static size_t mobile_at(struct view text, size_t from)
{
	size_t n = 0, i = from;

	for (; i < text.len && n < 11; i++) {
		char c = text.ptr[i];

		if (is_digit(c))
			n++;
		else if ((c != '-' && c != ' ') || (n != 3 && n != 7) || !is_digit(text.ptr[i - 1]))
			return 0;
	}
	if (n < 11 || (i < text.len && is_digit(text.ptr[i])))
		return 0;
	return text.ptr[from] == '1' && text.ptr[from + 1] >= '3' ? i - from : 0;
}

struct view text_mobile(struct view text)
{
	for (size_t i = 0; i + 11 <= text.len; i++) {
		size_t len = i > 0 && is_digit(text.ptr[i - 1]) ? 0 : mobile_at(text, i);

		if (len)
			return view_sub(text, i, len);
	}
	return VIEW("");
}

struct view text_markup(struct view text)
{
	for (size_t i = 0; i + 2 < text.len; i++) {
		size_t end = i + 1 + (text.ptr[i + 1] == '/');

		if (text.ptr[i] != '<' || !is_letter(text.ptr[end]))
			continue;
		while (end < text.len && is_letter(text.ptr[end]))
			end++;
		return view_sub(text, i, end - i);
	}
	return VIEW("");
}

struct view text_promise(struct view text)
{
	/* 保证 alone is no promise: applicants have to vouch (保证材料真实) and to deposit
	 * (保证金). */
	static const char *const words[] = {
	    "保证能",   "保证办",   "保证通过", "保证一定", "一定能", "一定会",
	    "一定办",   "一定可以", "一定通过", "肯定能",   "肯定会", "肯定可以",
	    "肯定通过", "绝对能",   "必定能",   "包过",     "包您",   "百分之百",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		ptrdiff_t at = view_find(text, view_of(words[i]));

		if (at >= 0)
			return view_sub(text, (size_t)at, strlen(words[i]));
	}
	return VIEW("");
}
