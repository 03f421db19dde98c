/* SPDX-License-Identifier: Apache-2.0 */
/* shape.c - which characters look alike. */
#include "text/shape.h"

#include "tests/unit/tap.h"
#include "text/fold.h"

static struct arena arena;

static bool is_alike(const char *pair)
{
	struct text t;

	return text_fold(&arena, view_of(pair), &t) == 0 && t.n_chars == 2 &&
	       shape_is_alike(t.chars[0], t.chars[1]) && shape_is_alike(t.chars[1], t.chars[0]);
}

int main(void)
{
	arena_init(&arena, 0);
	ok(is_alike("佛沸"), "the same component beside another");
	ok(is_alike("深探"), "a component more is no other character");
	ok(is_alike("湖胡"), "nor is one less");
	ok(is_alike("沧苍"), "wherever the component stands");
	ok(!is_alike("京海"), "two characters of nothing in common");
	ok(!is_alike("州省"), "two words for a place");
	ok(!is_alike("海海"), "a character is not taken for itself");
	ok(!is_alike("海a"), "letters look like no character");
	arena_done(&arena);
	return done();
}
