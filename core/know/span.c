/* SPDX-License-Identifier: Apache-2.0 */
/* span.c - how many days months may have, and how many months days may be. */
#include "know/span.h"

/* Of so many months in a row, whichever they begin with. */
static const int64_t months_least[] = {0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334};
static const int64_t months_most[] = {0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337};

int64_t span_days_least(struct span s)
{
	int64_t days = s.months / 12 * 365 + months_least[s.months % 12] + s.days;

	return days < 0 ? 0 : days;
}

int64_t span_days_most(struct span s)
{
	int64_t days = s.months / 12 * 365 + months_most[s.months % 12] + s.days;

	return days < 0 ? 0 : days;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t span_months_least(struct span s)
{
	int64_t months = s.months + floor_div(s.days, 31);

	return months < 0 ? 0 : months;
}

int64_t span_months_most(struct span s)
{
	int64_t months = s.months + floor_div(s.days, 28);

	return months < 0 ? 0 : months;
}
