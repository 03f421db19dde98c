/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.c - days and their years, months and days of a month, and what lies between two. */
#include "nlu/calendar.h"

/* Both by Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”. */
int32_t calendar_day(int32_t y, int32_t m, int32_t d)
{
	int32_t era, year_of_era, day_of_year;

	y -= m <= 2;
	era = y / 400;
	year_of_era = y - era * 400;
	day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	       day_of_year - 719468;
}

struct civil calendar_civil(int32_t day)
{
	int32_t z = day + 719468, era = z / 146097, doe = z - era * 146097;
	int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	struct civil c = {yoe + era * 400, mp < 10 ? mp + 3 : mp - 9, doy - (153 * mp + 2) / 5 + 1};

	c.year += c.month <= 2;
	return c;
}

int32_t calendar_month_days(int32_t year, int32_t month)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && is_leap);
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
