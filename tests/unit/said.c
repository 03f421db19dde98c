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

static struct slot end_of(const char *name, int64_t value, enum slot_said said, struct span least,
			  struct span most)
{
	return (struct slot){
	    .name = view_of(name), .value = value, .said = said, .least = least, .most = most};
}

/* 两三个星期, 三四个月: no end of it is said by itself. */
static void several(void)
{
	const struct span two = {0, 14}, three = {0, 21}, months = {3, 0}, more = {4, 0},
			  years = {24, 0}, longer = {36, 0};
	const struct slot weeks[] = {
	    end_of("overdue_days" SLOT_LEAST, 14, SAID_WEEKS_AS_DAYS, two, three),
	    end_of("overdue_days" SLOT_MOST, 21, SAID_WEEKS_AS_DAYS, two, three)};
	const struct slot late[] = {
	    end_of("overdue_days" SLOT_LEAST, 89, SAID_MONTHS_AS_DAYS, months, more),
	    end_of("overdue_days" SLOT_MOST, 123, SAID_MONTHS_AS_DAYS, months, more)};
	const struct slot lived[] = {
	    end_of("lived_months" SLOT_LEAST, 24, SAID_YEARS_AS_MONTHS, years, longer),
	    end_of("lived_months" SLOT_MOST, 36, SAID_YEARS_AS_MONTHS, years, longer)};
	const struct slot once = {
	    .name = VIEW("overdue_days"), .value = 21, .said = SAID_WEEKS_AS_DAYS};

	is_view(said_text(&arena, VIEW("逾期14至21天。"), weeks, 2), "逾期2至3周。",
		"two or three weeks");
	is_view(said_text(&arena, VIEW("逾期89至123天。"), late, 2), "逾期3至4个月（89至123天）。",
		"three or four months, and the days they are");
	is_view(said_text(&arena, VIEW("居住24至36个月，满36个月。"), lived, 2),
		"居住2至3年，满36个月。", "two or three years");
	is_view(said_text(&arena, VIEW("逾期21天，14至21天。"), &once, 1), "逾期3周，14至21天。",
		"three weeks are no end of another range");
}

int main(void)
{
	arena_init(&arena, 0);
	behind_its_figure();
	months_and_more();
	ranges();
	several();
	texts();
	arena_done(&arena);
	return done();
}
