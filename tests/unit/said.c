/* SPDX-License-Identifier: Apache-2.0 */
/* said.c - the date that a figure was counted from stands behind that figure. */
#include "dialog/said.h"

#include "nlu/date.h"
#include "nlu/slot.h"
#include "tap.h"

static struct arena arena;

/* A summary with the date of its figures; today is 2026-11-30. */
static const char *summary(const char *text, const struct slot *slots, size_t n)
{
	struct facts f = {.summary = {.text = view_of(text)}};
	const struct facts *own = said_facts(&arena, &f, slots, n, date_parse(VIEW("2026-11-30")));

	return arena_printf(&arena, "%.*s", VIEW_ARG(own->summary.text)).ptr;
}

static struct slot dated(const char *name, int64_t value, const char *date)
{
	int32_t day = date_parse(view_of(date));

	return (struct slot){
	    .name = view_of(name), .value = value, .said = SAID_SO, .first = day, .last = day};
}

static void behind_its_figure(void)
{
	const struct slot late = dated("overdue_days", 60, "2026-10-01");
	const struct slot left = dated("left_days", 15, "2026-12-15");

	is_str(summary("您逾期60天，没有超过60日。", &late, 1),
	       "您逾期60天（从2026年10月1日算起），没有超过60日。", "what it was counted from");
	is_str(summary("离到期还有15天，没有逾期。", &left, 1),
	       "离到期还有15天（到2026年12月15日），没有逾期。", "or to");
	is_str(summary("您逾期160天。", &late, 1), "您逾期160天。", "not within another number");
	is_str(summary("没有超过60天。", &late, 1), "没有超过60天。", "nor behind a limit");
}

/* Six months and some days are over, and nearly six are missing. */
static void months_and_more(void)
{
	const struct slot lived[] = {
	    dated("lived_months", 6, "2026-05-01"),
	    dated("lived_months" SLOT_MORE, 1, "2026-05-01"),
	};

	is_str(summary("居住6个多月：要连续满12个月，还不够，还差不到6个月。", lived, 2),
	       "居住6个多月（从2026年5月1日算起）：要连续满12个月，还不够，还差不到6个月。",
	       "what is missing is not what was counted");
	is_str(summary("还差不到6个月。居住6个多月。", lived, 2),
	       "还差不到6个月。居住6个多月（从2026年5月1日算起）。", "nor where it stands first");
	is_str(summary("居住6个多月，再过1个月。", lived, 2),
	       "居住6个多月（从2026年5月1日算起），再过1个月。",
	       "that there is more of them is no figure");
}

/* What a plugin asks is said as the figures were. */
static void texts(void)
{
	const struct slot lived = {
	    .name = VIEW("lived_months"), .value = 24, .said = SAID_YEARS_AS_MONTHS};
	const struct slot late[] = {
	    {.name = VIEW("overdue_days" SLOT_LEAST), .value = 59, .said = SAID_MONTHS_AS_DAYS},
	    {.name = VIEW("overdue_days" SLOT_MOST), .value = 62, .said = SAID_MONTHS_AS_DAYS}};

	is_view(said_text(&arena, VIEW("您住了24个月，社保呢？"), &lived, 1), "您住了2年，社保呢？",
		"two years are no 24 months in what is asked");
	is_view(said_text(&arena, VIEW("逾期59至62天，哪天到期的？"), late, 2),
		"逾期2个月（59至62天），哪天到期的？", "nor two months days alone");
	is_view(said_text(&arena, VIEW("哪天到期的？"), late, 2), "哪天到期的？",
		"what names no figure stays");
}

static void ranges(void)
{
	const struct slot insured[] = {
	    dated("insured_months" SLOT_LEAST, 8, "2026-03-01"),
	    dated("insured_months" SLOT_MOST, 9, "2026-03-01"),
	};

	is_str(summary("社保8至9个月：要连续满12个月。", insured, 2),
	       "社保8至9个月（从2026年3月1日算起）：要连续满12个月。", "a range is one figure");
}

int main(void)
{
	arena_init(&arena, 0);
	behind_its_figure();
	months_and_more();
	ranges();
	texts();
	arena_done(&arena);
	return done();
}
