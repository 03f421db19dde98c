/* SPDX-License-Identifier: Apache-2.0 */
/* shape.c - which characters look alike. */
#include "text/shape.h"

#include "tests/unit/tap.h"
#include "text/fold.h"

static struct arena arena;

enum { DIFFER, ALIKE, ONE_WAY, NO_PAIR };

static int compare(const char *pair)
{
	struct text t;
	bool is_alike;

	if (text_fold(&arena, view_of(pair), &t) < 0 || t.n_chars != 2)
		return NO_PAIR;
	is_alike = shape_is_alike(t.chars[0], t.chars[1]);
	return shape_is_alike(t.chars[1], t.chars[0]) == is_alike ? is_alike : ONE_WAY;
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
	arena_done(&arena);
	return done();
}
