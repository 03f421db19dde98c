/* SPDX-License-Identifier: Apache-2.0 */
/* relevant.c - pairs of Han characters and runs of digits that two texts share. */
#include "dialog/relevant.h"

#define HAN_BYTES 3
/* Of a line's pairs this many percent make it a repetition. */
#define SAID_PERCENT 70

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A Han character as UTF-8 has three bytes, the first of which is e4 to e9. */
static bool is_han(struct view v, size_t at)
{
	unsigned char c = at + HAN_BYTES <= v.len ? (unsigned char)v.ptr[at] : 0;

	return c >= 0xe4 && c <= 0xe9;
}

/* What every question and every line is about says nothing: the matter's own name, too. */
static bool is_common(const struct matter *matter, struct view pair)
{
	static const char *const common[] = {"编号", "可以", "怎么", "什么", "是不",
					     "不是", "规定", "资料", "办理", "没有"};

	if (matter && view_find(matter->title, pair) >= 0)
		return true;
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++) {
		if (view_is(pair, common[i]))
			return true;
	}
	return false;
}

static void count_pairs(const struct matter *matter, struct view line, struct view other,
			unsigned *ret_all, unsigned *ret_shared)
{
	*ret_all = *ret_shared = 0;
	for (size_t i = 0; i + 2 * HAN_BYTES <= line.len; i++) {
		struct view pair = view_sub(line, i, 2 * HAN_BYTES);

		if (!is_han(line, i) || !is_han(line, i + HAN_BYTES) || is_common(matter, pair))
			continue;
		++*ret_all;
		*ret_shared += view_find(other, pair) >= 0;
	}
}

/* The next run of digits from `*at` on. */
static bool next_figure(struct view v, size_t *at, struct view *ret)
{
	size_t from = *at, to;

	while (from < v.len && !is_digit(v.ptr[from]))
		from++;
	for (to = from; to < v.len && is_digit(v.ptr[to]);)
		to++;
	*at = to;
	*ret = view_sub(v, from, to - from);
	return to > from;
}

static bool has_figure(struct view v, struct view figure)
{
	struct view f;

	for (size_t at = 0; next_figure(v, &at, &f);) {
		if (view_eq(f, figure))
			return true;
	}
	return false;
}

bool relevant_figures_said(struct view line, struct view said)
{
	struct view f;
	bool any = false;

	for (size_t at = 0; next_figure(line, &at, &f);) {
		if (!has_figure(said, f))
			return false;
		any = true;
	}
	return any;
}

bool relevant_is_said(const struct matter *matter, struct view line, struct view said)
{
	unsigned all, shared;
	struct view f;

	count_pairs(matter, line, said, &all, &shared);
	for (size_t at = 0; next_figure(line, &at, &f);) {
		if (!has_figure(said, f))
			return false;
	}
	return all > 0 && shared * 100 >= all * SAID_PERCENT;
}

bool relevant_is_asked(const struct matter *matter, struct view line, struct view question,
		       unsigned least)
{
	unsigned all, shared;
	struct view f;

	for (size_t at = 0; next_figure(line, &at, &f);) {
		if (f.len > 1 && has_figure(question, f))
			return true;
	}
	count_pairs(matter, question, line, &all, &shared);
	return shared >= least;
}
