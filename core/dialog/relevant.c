/* SPDX-License-Identifier: Apache-2.0 */
/* relevant.c - pairs of Han characters and runs of digits that two texts share. */
#include "dialog/relevant.h"

#include <string.h>

#define HAN_BYTES  3
#define PAIR_BYTES (2 * HAN_BYTES)
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

/* A pair is six bytes: a number. */
static inline uint64_t pair_at(const char *p)
{
	uint64_t pair = 0;

	memcpy(&pair, p, PAIR_BYTES);
	return pair;
}

static bool is_pair(struct view v, size_t at)
{
	return is_han(v, at) && is_han(v, at + HAN_BYTES);
}

static bool is_in(struct view text, uint64_t pair)
{
	for (size_t i = 0; i + PAIR_BYTES <= text.len; i++)
		if (pair_at(text.ptr + i) == pair)
			return true;
	return false;
}

/* What every question and every line is about says nothing: the matter's own name, too. */
static const char common[][PAIR_BYTES + 1] = {"编号", "可以", "怎么", "什么", "是不",
					      "不是", "规定", "资料", "办理", "没有"};
#define N_COMMON (sizeof(common) / sizeof(common[0]))

static bool is_common(const struct matter *matter, uint64_t pair)
{
	if (matter && is_in(matter->title, pair))
		return true;
	for (size_t i = 0; i < N_COMMON; i++)
		if (pair == pair_at(common[i]))
			return true;
	return false;
}

static inline unsigned bit_of(uint64_t pair)
{
	return (unsigned)((pair * 0x9e3779b97f4a7c15u) >> 54);
}

static void add_bit(uint64_t *bits, unsigned bit)
{
	bits[bit / 64] |= 1ull << bit % 64;
}

static bool has_bit(const uint64_t *bits, unsigned bit)
{
	return bits[bit / 64] >> bit % 64 & 1;
}

void relevant_said_init(struct relevant_said *said, const struct matter *matter, struct view text)
{
	memset(said, 0, sizeof(*said));
	said->text = text;
	said->matter = matter;
	for (size_t i = 0; i + PAIR_BYTES <= text.len; i++)
		if (is_pair(text, i))
			add_bit(said->bits, bit_of(pair_at(text.ptr + i)));
	for (size_t i = 0; i < N_COMMON; i++)
		add_bit(said->common, bit_of(pair_at(common[i])) & 255);
	for (size_t i = 0; matter && i + PAIR_BYTES <= matter->title.len; i++)
		add_bit(said->common, bit_of(pair_at(matter->title.ptr + i)) & 255);
}

/* How many pairs of the line mean something, and how many of these the other text has; or may have,
 * if it is not looked up in the text itself. */
static void count_pairs(struct view line, const struct relevant_said *other, bool look,
			unsigned *ret_all, unsigned *ret_shared)
{
	*ret_all = *ret_shared = 0;
	for (size_t i = 0; i + PAIR_BYTES <= line.len; i++) {
		uint64_t pair;
		unsigned bit;

		if (!is_pair(line, i))
			continue;
		pair = pair_at(line.ptr + i);
		bit = bit_of(pair);
		if (has_bit(other->common, bit & 255) && is_common(other->matter, pair))
			continue;
		++*ret_all;
		*ret_shared +=
		    has_bit(other->bits, bit) &&
		    (!look || view_find(other->text, view_make(line.ptr + i, PAIR_BYTES)) >= 0);
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

static bool is_most(unsigned shared, unsigned all)
{
	return all > 0 && shared * 100 >= all * SAID_PERCENT;
}

bool relevant_is_said(struct view line, const struct relevant_said *said)
{
	unsigned all, shared;
	struct view f;

	count_pairs(line, said, false, &all, &shared);
	if (!is_most(shared, all))
		return false;
	for (size_t at = 0; next_figure(line, &at, &f);) {
		if (!has_figure(said->text, f))
			return false;
	}
	count_pairs(line, said, true, &all, &shared);
	return is_most(shared, all);
}

/* How many pairs of the question stand in the line, found from the line's side: few do. */
static unsigned count_asked(const struct matter *matter, struct view line, struct view question)
{
	struct relevant_said asked;
	unsigned n = 0;

	relevant_said_init(&asked, matter, question);
	for (size_t i = 0; i + PAIR_BYTES <= line.len; i++) {
		uint64_t pair;

		if (!is_pair(line, i) || !has_bit(asked.bits, bit_of(pair_at(line.ptr + i))))
			continue;
		pair = pair_at(line.ptr + i);
		/* One that the line has twice counts once; one that was asked twice counts twice.
		 */
		if (is_common(matter, pair) || is_in(view_sub(line, 0, i + PAIR_BYTES - 1), pair))
			continue;
		for (size_t k = 0; k + PAIR_BYTES <= question.len; k++)
			n += pair_at(question.ptr + k) == pair;
	}
	return n;
}

bool relevant_is_asked(const struct matter *matter, struct view line, struct view question,
		       unsigned least)
{
	struct view f;

	for (size_t at = 0; next_figure(line, &at, &f);) {
		if (f.len > 1 && has_figure(question, f))
			return true;
	}
	return count_asked(matter, line, question) >= least;
}
