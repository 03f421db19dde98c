/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.c - days and their years, months and days of a month, and what lies between two. */
#include "nlu/calendar.h"

#include <time.h>

#define DAY_SECONDS 86400

int32_t calendar_day(int32_t year, int32_t month, int32_t day)
{
	struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};

	return (int32_t)(timegm(&tm) / DAY_SECONDS);
}

struct civil calendar_civil(int32_t day)
{
	time_t seconds = (time_t)day * DAY_SECONDS;
	struct tm tm;

	gmtime_r(&seconds, &tm);
	return (struct civil){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
}

int32_t calendar_month_days(int32_t year, int32_t month)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && is_leap);
}

int32_t calendar_add_months(int32_t day, int32_t months)
{
	const struct civil c = calendar_civil(day);
	const int32_t at = c.year * 12 + c.month - 1 + months;
	const int32_t last = calendar_month_days(at / 12, at % 12 + 1);

	return calendar_day(at / 12, at % 12 + 1, c.day < last ? c.day : last);
}

int32_t calendar_months(int32_t from, int32_t to, bool at_most)
{
	struct civil f = calendar_civil(from), t = calendar_civil(to);
	int32_t months = (t.year - f.year) * 12 + t.month - f.month;
	bool is_end = t.day == calendar_month_days(t.year, t.month);

	return months - (t.day < f.day && !(at_most && is_end));
}

int32_t calendar_days_by_years(int32_t from, int32_t to)
{
	struct civil f = calendar_civil(from);
	int32_t years = calendar_months(from, to, false) / 12;

	return years * 365 + to - calendar_day(f.year + years, f.month, f.day);
}

int32_t calendar_months_begun(int32_t from, int32_t to)
{
	struct civil f = calendar_civil(from), t = calendar_civil(to);

	return (t.year - f.year) * 12 + t.month - f.month + 1;
}
