/* SPDX-License-Identifier: Apache-2.0 */
/* date.c - calendar dates: what is one, and which days it may be. */
#include "nlu/date.h"

#include "nlu/calendar.h"
#include "tap.h"

static struct arena arena;
static struct view today = VIEW_INIT("2026-11-30");

/* The first date of a text, on a side; "-": none. */
static const char *on(enum date_side side, const char *typed)
{
	int32_t now = date_parse(today), first, last;
	struct date d;
	struct text t;

	arena_reset(&arena);
	if (text_fold(&arena, view_of(typed), &t) < 0)
		return "?";
	if (dates_find(&t, now, &d, 1) == 0 || d.is_none)
		return "-";
	if (!date_days(&d, now, side, &first, &last))
		return "elsewhere";
	return date_word(&arena, first, last).ptr;
}

static void whole(void)
{
	is_str(on(DATE_PAST, "2026年10月1日"), "2026年10月1日", "a whole date");
	is_str(on(DATE_PAST, "二〇二六年十月一日"), "2026年10月1日", "in numerals");
	is_str(on(DATE_PAST, "2026-10-01"), "2026年10月1日", "with dashes");
	is_str(on(DATE_PAST, "2026.10.1号"), "2026年10月1日", "with stops");
	is_str(on(DATE_PAST, "2026/10/1"), "2026年10月1日", "with strokes");
	is_str(on(DATE_PAST, "２０２６年１０月１日"), "2026年10月1日", "full width");
	is_str(on(DATE_PAST, "26年10月1号"), "2026年10月1日", "a short year");
	is_str(on(DATE_PAST, "98年3月"), "1998年3月", "of the last century");
	is_str(on(DATE_AHEAD, "46年3月"), "2046年3月", "or twenty years ahead");
	is_str(on(DATE_AHEAD, "2100年3月"), "2100年3月", "the last year is one");
	is_str(on(DATE_PAST, "2026.10"), "2026年10月", "a month");
	is_str(on(DATE_PAST, "2025年"), "2025年", "a year");
	is_str(on(DATE_PAST, "2024年2月29日"), "2024年2月29日", "a leap day");
	is_str(on(DATE_PAST, "2024年2月底"), "2024年2月21日至29日", "the end of its month");
	is_str(on(DATE_PAST, "2025年2月底"), "2025年2月21日至28日", "of another year");
	is_str(on(DATE_AHEAD, "2027年3月5日"), "2027年3月5日", "one to come");
	is_str(on(DATE_AHEAD, "2026年10月1日"), "elsewhere", "one that is over is not to come");
	is_str(on(DATE_PAST, "2026年11月30日"), "elsewhere", "today is not over");
	is_str(on(DATE_AHEAD, "2026年11月30日"), "2026年11月30日", "but still there");
}

static void relative(void)
{
	is_str(on(DATE_PAST, "上个月15号"), "2026年10月15日", "last month");
	is_str(on(DATE_PAST, "上月底"), "2026年10月21日至31日", "its end");
	is_str(on(DATE_PAST, "上个月"), "2026年10月", "all of it");
	is_str(on(DATE_AHEAD, "下个月初"), "2026年12月1日至10日", "the next one");
	is_str(on(DATE_PAST, "去年10月"), "2025年10月", "last year");
	is_str(on(DATE_PAST, "前年五月三号"), "2024年5月3日", "the one before");
	is_str(on(DATE_AHEAD, "明年3月中旬"), "2027年3月11日至20日", "next year");
	is_str(on(DATE_PAST, "去年国庆"), "2025年10月1日至7日", "a feast");
	is_str(on(DATE_PAST, "劳动节"), "2026年5月1日至5日", "another, of the last year");
	is_str(on(DATE_AHEAD, "五一"), "2027年5月1日至5日", "or of the next");
	is_str(on(DATE_AHEAD, "今天"), "2026年11月30日", "today");
	is_str(on(DATE_PAST, "去年年底"), "2025年11月至2025年12月", "the end of a year");
	is_str(on(DATE_PAST, "10月1号"), "2026年10月1日", "the nearest, past");
	is_str(on(DATE_AHEAD, "10月1号"), "2027年10月1日", "the nearest to come");
	is_str(on(DATE_PAST, "12月1号"), "2025年12月1日", "over the turn of the year");
	is_str(on(DATE_PAST, "11月"), "2026年11月1日至29日", "what of this month is over");
	is_str(on(DATE_PAST, "15号"), "2026年11月15日", "a day of this month");
	is_str(on(DATE_AHEAD, "15号"), "2026年12月15日", "or of the next");
	is_str(on(DATE_AHEAD, "月底"), "2026年11月30日", "the end of this month");
	today = VIEW("2027-01-05");
	is_str(on(DATE_PAST, "上个月15号"), "2026年12月15日", "last month is last year's");
	is_str(on(DATE_PAST, "15号"), "2026年12月15日", "a day of it, too");
	is_str(on(DATE_PAST, "2月29号"), "elsewhere", "a leap day of no leap year near");
	today = VIEW("2028-03-01");
	is_str(on(DATE_PAST, "2月29号"), "2028年2月29日", "and of one");
	today = VIEW("2026-11-30");
}

static void none(void)
{
	static const char *const texts[] = {
	    "",
	    "10/1",
	    "10.1",
	    "2026年2月30日",
	    "2025年2月29日",
	    "2月30号",
	    "2026年13月1日",
	    "13月5号",
	    "2026-13-01",
	    "2026-00-10",
	    "2026-10-32",
	    "4月31日",
	    "10月1",
	    "1999999年1月1日",
	    "12026-10-01",
	    "2026-10-011",
	    "2026.10.1.5",
	    "a2026-10-01",
	    "2026-10-",
	    "3000年1月1日",
	    "1200年1月1日",
	    "999999999999",
	    "第3月",
	    "25年",
	    "两年",
	    "20日",
	    "月",
	    "年",
	    "去",
	    "上海",
	    "1999年度",
	    "0月1号",
	    "农历10月1号",
	    "阴历的2026年10月1日",
	    "旧历去年十月",
	    "10月1号(农历)",
	    "2026-",
	};

	for (size_t i = 0; i < N_OF(texts); i++)
		is_str(on(DATE_PAST, texts[i]), "-", "%s is none", texts[i]);
	today = VIEW("");
	is_str(on(DATE_PAST, "2026年10月1日"), "-", "without today there are none");
	today = VIEW("2026-11-30");
}

/* Whoever reads durations must know that 上个月 of 上个月31号 is none. */
static void spans(void)
{
	int32_t now = date_parse(VIEW("2026-12-01"));
	struct date d;
	struct text t;

	arena_reset(&arena);
	if (text_fold(&arena, VIEW("证上个月31号到期"), &t) < 0)
		return;
	is_int(dates_find(&t, now, &d, 1), 1, "a day that does not exist is found");
	ok(d.is_none && d.start == 1 && d.end == 7, "with its place in the text");
}

static void calendar(void)
{
	int32_t now = date_parse(VIEW("2026-11-30"));

	is_int(date_parse(VIEW("1970-01-02")), 1, "days are counted from 1970");
	is_int(date_parse(VIEW("2000-03-01")), 11017, "over leap years");
	is_int(date_parse(VIEW("2026-02-29")), DATE_NONE, "what is no day is none");
	is_int(date_parse(VIEW("2026-2-9")), DATE_NONE, "nor is what is short");
	is_int(date_parse(VIEW("2026-11-30x")), DATE_NONE, "or long");
	is_int(now - date_parse(VIEW("2026-10-01")), 60, "sixty days");
	is_int(calendar_months(date_parse(VIEW("2025-03-31")), now, false), 19, "months over");
	is_int(calendar_months(date_parse(VIEW("2025-03-31")), now, true), 20,
	       "the last day may do");
	is_int(calendar_months(date_parse(VIEW("2025-11-30")), now, false), 12, "a year");
	is_int(calendar_months_begun(date_parse(VIEW("2025-12-31")), now), 12, "months begun");
	is_int(calendar_days_by_years(date_parse(VIEW("2023-11-30")), now), 1095,
	       "years of 365 days");
}

int main(void)
{
	arena_init(&arena, 0);
	whole();
	relative();
	none();
	spans();
	calendar();
	arena_done(&arena);
	return done();
}
