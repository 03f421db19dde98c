/* SPDX-License-Identifier: Apache-2.0 */
/* date.c - whatever is typed, on whatever day: figures and dates lie where they should. */
#include <stdlib.h>

#include "base/utf8.h"
#include "nlu/calendar.h"
#include "nlu/slot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct view words[] = {VIEW_INIT("到期"), VIEW_INIT("过期")};
static const struct view others[] = {VIEW_INIT("合同")};
static const struct view begins[] = {VIEW_INIT("社保"), VIEW_INIT("居住")};
#define WORDS(name_, list) .name_ = (list), .n_##name_ = sizeof(list) / sizeof((list)[0])
static const struct slot_rule rules[] = {
    {.name = VIEW_INIT("overdue_days"),
     .unit = VIEW_INIT("day"),
     .counts = COUNTS_SINCE,
     WORDS(words, words),
     WORDS(others, others),
     WORDS(dates, words)},
    {.name = VIEW_INIT("left_days"),
     .unit = VIEW_INIT("day"),
     .counts = COUNTS_UNTIL,
     WORDS(words, words),
     WORDS(others, others),
     WORDS(dates, words)},
    {.name = VIEW_INIT("months"),
     .unit = VIEW_INIT("month"),
     WORDS(words, begins),
     WORDS(breaks, words),
     WORDS(dates, begins)},
};
static struct matter matter = {.title = VIEW_INIT("居住证"), .slots = rules, .n_slots = 3};
static const struct catalog catalog = {.matters = &matter, .n_matters = 1};

static void check(bool good)
{
	if (!good)
		abort();
}

static void check_side(struct arena *a, const struct date *d, int32_t today, enum date_side side)
{
	int32_t first, last;

	if (!date_days(d, today, side, &first, &last))
		return;
	check(first <= last && (side == DATE_PAST ? last < today : first >= today));
	check(date_word(a, first, last).len > 0);
	check(calendar_months(first, last, false) <= calendar_months(first, last, true));
	check(calendar_days_by_years(first, last) <= last - first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct date dates[4];
	const struct slot *slots;
	struct arena a;
	struct text t;
	int32_t today;
	size_t n;

	if (size < 2 || !utf8_is_valid(view_make((const char *)data + 2, size - 2), NULL))
		return 0;
	/* From 1970 to 2100. */
	today = 1 + (data[0] * 256 + data[1]) % 47480;
	arena_init(&a, 0);
	if (text_fold(&a, view_make((const char *)data + 2, size - 2), &t) == 0) {
		n = dates_find(&t, today, dates, 4);
		for (size_t i = 0; i < n; i++) {
			check(dates[i].start < dates[i].end && dates[i].end <= t.n_chars);
			check(i == 0 || dates[i].start >= dates[i - 1].end);
			check_side(&a, &dates[i], today, DATE_PAST);
			check_side(&a, &dates[i], today, DATE_AHEAD);
		}
		n = slots_find(&catalog, &a, &t, NULL, today, &slots);
		for (size_t i = 0; i < n; i++)
			check(slots[i].value >= 0);
	}
	arena_done(&a);
	return 0;
}
