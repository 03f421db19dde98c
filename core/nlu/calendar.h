/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h - the Gregorian calendar: days since 1970-01-01, and what lies between two of them. */
#ifndef NLU_CALENDAR_H
#define NLU_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

struct civil {
	int32_t year, month, day;
};

/* 29 February of a year that has none is 1 March. */
int32_t calendar_day(int32_t year, int32_t month, int32_t day);
struct civil calendar_civil(int32_t day);
/* How many days a month has; month: 1 to 12. */
int32_t calendar_month_days(int32_t year, int32_t month);

/* Days from one day to a later one, 365 for each whole year, so that two years are two years. */
int32_t calendar_days_by_years(int32_t from, int32_t to);
/* The same day so many months later, or (below 0) earlier; a month that has no such day: its last.
 */
int32_t calendar_add_months(int32_t day, int32_t months);
/* Whole months from one day to a later one, at least and at most: a month's end may be one. */
int32_t calendar_months(int32_t from, int32_t to, bool at_most);
/* The same as calendars count them, begun ones too: of 31 March and 1 April two. */
int32_t calendar_months_begun(int32_t from, int32_t to);

#endif
