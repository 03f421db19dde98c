/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - see words.h. */
#include "dialog/words.h"

#define LEARNT        0.95f
#define NUMBER_DIGITS 4

/* bhzmc, and nothing that could be read: whatever it reminds of is chance. */
bool words_are_unread(const struct understanding *u)
{
	size_t letters = 0, vowels = 0;

	for (size_t i = 0; i < u->text.n_chars; i++) {
		uint32_t c = u->text.chars[i];

		if (c > 0x7f || (c >= '0' && c <= '9'))
			return false;
		letters += c >= 'a' && c <= 'z';
		vowels += c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
	}
	/* thx: learnt as it is. */
	if (u->n_ranking > 0 && u->ranking[0].intent->kind == INTENT_CHAT &&
	    u->ranking[0].probability >= LEARNT)
		return false;
	return letters > 1 && vowels == 0 && u->mentions.n == 0 && u->terms.n == 0;
}

/* 证: one character is a beginning. */
bool words_are_one_char(const struct understanding *u)
{
	return u->text.n_chars == 1 && !u->has_term && u->mentions.n == 0;
}

/* What stands where the number was ("[*]") is no word of theirs. */
bool words_are_there(const struct understanding *u)
{
	size_t n = 0;

	for (size_t i = 0; i < u->text.n_chars; i++) {
		const uint32_t *c = &u->text.chars[i];

		if (*c == '[')
			while (i < u->text.n_chars && u->text.chars[i] != ']')
				i++;
		else
			n += han_is(*c);
	}
	return n > 0;
}

/* A sign, a letter or a keyboard's row is no question. */
bool words_say_something(const struct understanding *u)
{
	for (size_t i = 0; i < u->text.n_chars; i++) {
		uint32_t c = u->text.chars[i];

		if (han_is(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			return true;
	}
	return false;
}

bool words_are_a_number(const struct understanding *u)
{
	struct view v = view_trim(u->text.folded);
	bool same = true;
	size_t i = 0;

	while (i < v.len && v.ptr[i] >= '0' && v.ptr[i] <= '9')
		i++;
	for (size_t j = 1; j < i; j++)
		same &= v.ptr[j] == v.ptr[0];
	/* 88, 666: said for their sound. */
	return i > 0 && i == v.len && i <= NUMBER_DIGITS && (i == 1 || !same);
}

bool words_ask_if_right(const struct understanding *u)
{
	struct view v = u->text.folded;

	return view_find(v, VIEW("对不对")) >= 0 || view_find(v, VIEW("对吗")) >= 0 ||
	       view_find(v, VIEW("是真的")) >= 0;
}

bool words_are_numbers(const struct understanding *u)
{
	static const char *const joints[] = {"和", "跟", "与",   "、",  ",",
					     "，", " ",  "都要", "都问"};
	struct view v = view_trim(u->text.folded);
	size_t n = 0;

	while (v.len > 0) {
		size_t len = v.ptr[0] >= '1' && v.ptr[0] <= '9' ? 1 : 0;

		n += len;
		for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]) && !len; i++)
			len = view_starts(v, view_of(joints[i])) ? strlen(joints[i]) : 0;
		if (!len || (len == 1 && v.len > 1 && v.ptr[1] >= '0' && v.ptr[1] <= '9'))
			return false;
		v = view_sub(v, len, v.len);
	}
	return n > 1;
}

bool words_are_mumbled(const struct understanding *u)
{
	static const char *const words[] = {"那个", "这个", "那", "这", "就", "嗯", "呃",
					    "额",   "啊",   "嘛", "呢", "吧", "哦", "是",
					    "的",   "哎呀", "哎", "咱", "它"};
	struct view v = u->text.folded;

	while (v.len > 0) {
		size_t best = 0;

		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (view_starts(v, view_of(words[i])) && strlen(words[i]) > best)
				best = strlen(words[i]);
		if (best == 0)
			return false;
		v = view_sub(v, best, v.len);
	}
	return u->text.n_chars > 0;
}
