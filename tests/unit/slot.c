/* SPDX-License-Identifier: Apache-2.0 */
/* slot.c - figures with a unit near the words of a rule. */
#include "nlu/slot.h"

#include "nlu-world.h"

static struct world world;
static struct arena arena;

/* The value of a slot in a question; -1 if it was not found. */
static int64_t slot_in(const char *question, const char *name)
{
	const struct slot *slots;
	struct text text;
	size_t n;

	arena_reset(&arena);
	if (text_fold(&arena, view_of(question), &text) < 0)
		return -2;
	n = slots_find(&world.catalog, &arena, &text, &slots);
	for (size_t i = 0; i < n; i++)
		if (view_is(slots[i].name, name))
			return slots[i].value;
	return -1;
}

static void durations(void)
{
	is_int(slot_in("居住证过期20天了", "overdue_days"), 20, "digits and days");
	is_int(slot_in("签注逾期两周了怎么办", "overdue_days"), 14, "weeks become days");
	is_int(slot_in("过期半个月还能补吗", "overdue_days"), 15, "half a month is fifteen days");
	is_int(slot_in("证过期三个多月了", "overdue_days"), 90, "months become days");
	is_int(slot_in("晚了二十五天", "overdue_days"), 25, "Chinese numerals");
	is_int(slot_in("在上海住了半年能办吗", "lived_months"), 6, "half a year is six months");
	is_int(slot_in("我住了一年半", "lived_months"), 18, "a year and a half");
	is_int(slot_in("住了两个半月", "lived_months"), 2, "half months are rounded down");
	is_int(slot_in("来了三四个月", "lived_months"), 3, "of 三四 the first is meant");
	is_int(slot_in("交了八个月社保", "insured_months"), 8, "the word may follow the figure");
	is_int(slot_in("社保缴了2年", "insured_months"), 24, "years become months");
	is_int(slot_in("孩子六岁能办吗", "age_years"), 6, "an age");
}

static void not_figures(void)
{
	is_int(slot_in("居住证过期了怎么办", "overdue_days"), -1, "no figure, no slot");
	is_int(slot_in("2023年来了上海", "lived_months"), -1, "a date is no duration");
	is_int(slot_in("等了20天。证过期", "overdue_days"), -1, "another sentence is too far");
	is_int(slot_in("7个工作日能拿到吗", "overdue_days"), -1, "a figure without the words");
	is_int(slot_in("", "overdue_days"), -1, "an empty text");
	is_int(slot_in("过期999999999999999天", "overdue_days"), -1, "an absurd number is none");
}

static void several(void)
{
	const char *q = "我在郑州住了一年，社保交了七个月，居住证过期10天";

	is_int(slot_in(q, "lived_months"), 12, "the first of three figures");
	is_int(slot_in(q, "insured_months"), 7, "the second of three figures");
	is_int(slot_in(q, "overdue_days"), 10, "the third of three figures");
	q = "我在深圳住了8个月社保交了10个月能办居住证不";
	is_int(slot_in(q, "lived_months"), 8, "a figure goes to the word in front of it");
	is_int(slot_in(q, "insured_months"), 10, "and not to the one behind it as well");
	q = "社保缴了也住满了12个月";
	is_int(slot_in(q, "lived_months"), 12, "two words in front share a figure");
	is_int(slot_in(q, "insured_months"), 12, "and both have it");
}

int main(void)
{
	world_init(&world);
	arena_init(&arena, 0);
	durations();
	not_figures();
	several();
	arena_done(&arena);
	world_done(&world);
	return done();
}
