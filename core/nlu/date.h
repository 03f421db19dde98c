/* SPDX-License-Identifier: Apache-2.0 */
/*
 * date.h - calendar dates as people write them: 2026年10月1日, 10月1号, 上个月15号, 去年9月底,
 * 2027.3.5, 2026-10-01, 去年国庆.
 *
 * A date may be any day of a month, of ten days or of a year; it is read, never guessed: 10/1 and
 * 10.1 may be a figure, 2月30日 is none, a run of digits is a number. Who leaves out the year, or
 * the month, means the nearest one on the side of today that the words around tell.
 */
#ifndef NLU_DATE_H
#define NLU_DATE_H

#include "text/fold.h"

/* Days as calendar.h counts them; 1970-01-01 is none here: 0 says that none is known. */
#define DATE_NONE 0

/* "2026-10-01"; DATE_NONE if it is no date of that form. */
int32_t date_parse(struct view iso);
/* 2026年10月1日, 2026年10月, 2026年10月21日至31日: all days from the first to the last. */
struct view date_word(struct arena *a, int32_t first, int32_t last);

struct date {
	uint32_t start, end; /* characters */
	int32_t year;        /* 0: not said */
	int32_t month;       /* 0: not said; a year alone is from 1 to 12 */
	int32_t month_last;
	int32_t day, day_last; /* 0: the whole month */
	bool is_none; /* 2月30日, 农历10月1日: no day that is known, but nothing else either */
};

enum date_side {
	DATE_PAST,  /* before today */
	DATE_AHEAD, /* today or later */
};

/* The dates of a text, and what only looks like one, in their order; gives how many. None without
 * today. */
size_t dates_find(const struct text *text, int32_t today, struct date *ret, size_t max);
/*
 * All days that it may be on that side of today. Where no year or month was said: of this one, else
 * of the one next to it, so a 2月29日 may be on neither side. False: it is not on that side.
 */
bool date_days(const struct date *d, int32_t today, enum date_side side, int32_t *ret_first,
	       int32_t *ret_last);

#endif
