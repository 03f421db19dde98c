/* SPDX-License-Identifier: Apache-2.0 */
/* shape.c - which characters look alike. */
#include "text/shape.h"

#include "tests/unit/tap.h"
#include "text/fold.h"

static struct arena arena;

enum { DIFFER, ALIKE, ONE_WAY, NO_PAIR };

static int compare_by(bool (*is_like)(uint32_t, uint32_t), const char *pair)
{
	struct text t;
	bool is_alike;

	if (text_fold(&arena, view_of(pair), &t) < 0 || t.n_chars != 2)
		return NO_PAIR;
	is_alike = is_like(t.chars[0], t.chars[1]);
	return is_like(t.chars[1], t.chars[0]) == is_alike ? is_alike : ONE_WAY;
}

static bool reminds(uint32_t a, uint32_t b)
{
	bool is_alike = shape_compare(a, b) == SHAPE_ALIKE;

	return shape_compare(a, b) != SHAPE_APART && is_alike == shape_is_alike(a, b);
}

static int compare(const char *pair)
{
	return compare_by(shape_is_alike, pair);
}

static int remind(const char *pair)
{
	return compare_by(reminds, pair);
}

int main(void)
{
	arena_init(&arena, 0);
	is_int(compare("佛沸"), ALIKE, "the same component beside another");
	is_int(compare("深探"), ALIKE, "a component more is no other character");
	is_int(compare("湖胡"), ALIKE, "nor is one less");
	is_int(compare("沧苍"), ALIKE, "wherever the component stands");
	is_int(compare("京海"), DIFFER, "two characters of nothing in common");
	is_int(compare("州省"), DIFFER, "two words for a place");
	is_int(compare("海海"), DIFFER, "a character is not taken for itself");
	is_int(compare("海a"), DIFFER, "letters look like no character");
	is_int(compare("泪汨"), DIFFER, "too few letters are the same");
	is_int(remind("泪汨"), ALIKE, "but all four corners");
	is_int(remind("来耒"), ALIKE, "or three of them and a letter");
	is_int(remind("沐沭"), ALIKE, "or the component on the left and two corners");
	is_int(remind("詹儋"), ALIKE, "or the one is in the other");
	is_int(remind("勤鄞"), ALIKE, "or half of it");
	is_int(remind("佛沸"), ALIKE, "what is alike reminds");
	is_int(remind("京海"), DIFFER, "two characters of nothing in common do not");
	is_int(remind("海海"), DIFFER, "nor does one of itself");
	arena_done(&arena);
	return done();
}
