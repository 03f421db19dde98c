/* SPDX-License-Identifier: Apache-2.0 */
/*
 * span.h - months and days: 两个月零五天, 半年. A limit of a guide and what somebody says are the
 * same kind of thing, so both count by this.
 *
 * Years are twelve months. How many days they are depends on when they begin: two months have 59
 * to 62. A year has 365, leap years or not.
 */
#ifndef KNOW_SPAN_H
#define KNOW_SPAN_H

#include <stdint.h>

/* Days may be below 0 (a day less than two months). */
struct span {
	int64_t months, days;
};

/* The fewest and the most days of a span. Of 365 days a year; a month has 28 to 31. */
int64_t span_days_least(struct span s);
int64_t span_days_most(struct span s);
/* Whole months that are over, at least and at most. */
int64_t span_months_least(struct span s);
int64_t span_months_most(struct span s);

#endif
