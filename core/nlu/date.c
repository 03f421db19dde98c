/* SPDX-License-Identifier: Apache-2.0 */
/* date.c - reading dates: a year, a month and a day, each of which may be missing or relative. */
#include "nlu/date.h"

#include "base/utf8.h"
#include "nlu/calendar.h"
#include "nlu/duration.h"
#include "nlu/sound.h"

#define YEAR_LEAST 1950
#define YEAR_MOST  2100
#define LEAP_YEAR  2024
/* 25年3月, 98年3月: a year of two digits lies in this century, if it is not further ahead. */
#define SHORT_AHEAD 20

int32_t date_parse(struct view v)
{
	int32_t part[3] = {0, 0, 0};

	if (v.len != strlen("2026-10-01"))
		return DATE_NONE;
	for (size_t i = 0, n = 0; i < v.len; i++) {
		if (i == 4 || i == 7) {
			n++;
			if (v.ptr[i] != '-')
				return DATE_NONE;
		} else if (v.ptr[i] < '0' || v.ptr[i] > '9') {
			return DATE_NONE;
		} else {
			part[n] = part[n] * 10 + (v.ptr[i] - '0');
		}
	}
	if (part[0] < YEAR_LEAST || part[0] > YEAR_MOST || part[1] < 1 || part[1] > 12 ||
	    part[2] < 1 || part[2] > calendar_month_days(part[0], part[1]))
		return DATE_NONE;
	return calendar_day(part[0], part[1], part[2]);
}

struct view date_word(struct arena *a, int32_t first, int32_t last)
{
	struct civil f = calendar_civil(first), l = calendar_civil(last);

	if (first == last)
		return arena_printf(a, "%d年%d月%d日", f.year, f.month, f.day);
	if (f.day == 1 && l.day == calendar_month_days(l.year, l.month))
		return f.year == l.year && f.month == l.month
			   ? arena_printf(a, "%d年%d月", f.year, f.month)
		       : f.year == l.year && f.month == 1 && l.month == 12
			   ? arena_printf(a, "%d年", f.year)
			   : arena_printf(a, "%d年%d月至%d年%d月", f.year, f.month, l.year,
					  l.month);
	if (f.year == l.year && f.month == l.month)
		return arena_printf(a, "%d年%d月%d日至%d日", f.year, f.month, f.day, l.day);
	return arena_printf(a, "%d年%d月%d日至%d年%d月%d日", f.year, f.month, f.day, l.year,
			    l.month, l.day);
}

/* ---- which days ---- */

/* A date whose year and month are given; false: there is no such day. */
static bool days_in(const struct date *d, int32_t year, int32_t month, int32_t *ret_first,
		    int32_t *ret_last)
{
	int32_t last_month = d->month ? d->month_last : month, length;

	if (year < YEAR_LEAST || year > YEAR_MOST)
		return false;
	length = calendar_month_days(year, last_month);
	if (d->day > calendar_month_days(year, month) || (d->day == d->day_last && d->day > length))
		return false;
	*ret_first = calendar_day(year, month, d->day ? d->day : 1);
	*ret_last =
	    calendar_day(year, last_month, d->day && d->day_last < length ? d->day_last : length);
	return true;
}

/* What of it lies on a side. */
static bool clip(int32_t today, enum date_side side, int32_t *first, int32_t *last)
{
	if (side == DATE_PAST && *last >= today)
		*last = today - 1;
	if (side == DATE_AHEAD && *first < today)
		*first = today;
	return *first <= *last;
}

bool date_days(const struct date *d, int32_t today, enum date_side side, int32_t *ret_first,
	       int32_t *ret_last)
{
	const struct civil now = calendar_civil(today);
	const int32_t step = side == DATE_PAST ? -1 : 1;
	int32_t first, last;

	if (d->is_none)
		return false;
	if (d->year) {
		if (!days_in(d, d->year, d->month, &first, &last) ||
		    !clip(today, side, &first, &last))
			return false;
		*ret_first = first;
		*ret_last = last;
		return true;
	}
	for (int32_t i = 0; i <= 1; i++) {
		int32_t month = d->month ? d->month : now.month + i * step;
		int32_t year = now.year + (d->month ? i * step : 0);

		if (month < 1 || month > 12) {
			year += step;
			month = month < 1 ? 12 : 1;
		}
		if (!days_in(d, year, month, &first, &last) || !clip(today, side, &first, &last))
			continue;
		*ret_first = first;
		*ret_last = last;
		return true;
	}
	return false;
}

/* ---- reading ---- */

/* At most `most` digits; gives where they end, `at` if there are none or more. */
static uint32_t read_digits(const struct text *t, uint32_t at, uint32_t most, int32_t *ret)
{
	uint32_t i = at;

	for (*ret = 0; i < t->n_chars && i <= at + most && char_is_digit(t->chars[i]); i++)
		*ret = *ret * 10 + (int32_t)(t->chars[i] - '0');
	return i - at > most ? at : i;
}

/* A word, and what it stands for. */
struct named {
	const char *word;
	int32_t value, last;
};

static const struct named *named_at(const struct text *t, uint32_t at, const struct named *names,
				    size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_follows(t, at, names[i].word))
			return &names[i];
	return NULL;
}

static uint32_t behind(uint32_t at, const struct named *n)
{
	return at + (uint32_t)utf8_count(view_of(n->word));
}

/* 底, 初, 中旬 of a month whose name ends at `at`; 1号, 15日. */
static uint32_t read_day(const struct text *t, uint32_t at, struct date *d)
{
	static const struct named parts[] = {
	    {"上旬", 1, 10},  {"中旬", 11, 20}, {"下旬", 21, 31}, {"月底", 21, 31}, {"月初", 1, 10},
	    {"月末", 21, 31}, {"底", 21, 31},   {"初", 1, 10},    {"末", 21, 31},
	};
	const struct named *part = named_at(t, at, parts, N_OF(parts));
	uint32_t i = at;
	int32_t day;

	if (part && !text_follows(t, at, "初1")) {
		d->day = part->value;
		d->day_last = part->last;
		return behind(at, part);
	}
	i = read_digits(t, at, 2, &day);
	if (i > at && (text_follows(t, i, "日") || text_follows(t, i, "号")) && day >= 1 &&
	    day <= 31) {
		d->day = d->day_last = day;
		return i + 1;
	}
	return at;
}

/* 10月, 10月1日, 10月底, 10月份; of which year is known or not. */
static uint32_t read_month(const struct text *t, uint32_t at, struct date *d)
{
	int32_t month;
	uint32_t i = read_digits(t, at, 2, &month), end;

	if (i == at || !text_follows(t, i, "月") || month < 1 || month > 12)
		return at;
	i++;
	d->month = d->month_last = month;
	if (text_follows(t, i, "份"))
		return i + 1;
	end = read_day(t, i, d);
	/* 10月1: part of a date is none. */
	return end == i && i < t->n_chars && char_is_digit(t->chars[i]) ? at : end;
}

/* 国庆, 年底, 上半年 */
static uint32_t read_season(const struct text *t, uint32_t at, struct date *d)
{
	static const struct named seasons[] = {
	    {"年底", 11, 12}, {"年末", 11, 12}, {"底", 11, 12},    {"年初", 1, 3},
	    {"初", 1, 3},     {"上半年", 1, 6}, {"下半年", 7, 12},
	};
	static const struct named feasts[] = {
	    {"国庆节", 10, 7}, {"国庆", 10, 7}, {"元旦", 1, 3}, {"五一", 5, 5}, {"劳动节", 5, 5},
	};
	const struct named *n = named_at(t, at, feasts, N_OF(feasts));

	if (n) {
		d->month = d->month_last = n->value;
		d->day = 1;
		d->day_last = n->last;
		return behind(at, n);
	}
	n = named_at(t, at, seasons, N_OF(seasons));
	if (!n || (!d->year && view_of(n->word).len == strlen("底")))
		return at;
	d->month = n->value;
	d->month_last = n->last;
	return behind(at, n);
}

/* Of a year that was said: what stands behind it, or all of it. */
static uint32_t read_of_year(const struct text *t, uint32_t at, struct date *d)
{
	uint32_t i = text_follows(t, at, "的") ? at + 1 : at, end = read_month(t, i, d);

	if (end == i)
		end = read_season(t, i, d);
	if (end > i)
		return end;
	/* 2026年13月: part of a date is none. */
	if (i < t->n_chars && char_is_digit(t->chars[i]))
		return 0;
	d->month = 1;
	d->month_last = 12;
	return at;
}

/* 2026-10-01, 2027.3.5, 2027/3: from behind the year. */
static uint32_t read_numeric(const struct text *t, uint32_t at, struct date *d)
{
	const uint32_t mark = at < t->n_chars ? t->chars[at] : 0;
	int32_t month, day;
	uint32_t i, end;

	if (mark != '-' && mark != '.' && mark != '/')
		return 0;
	i = read_digits(t, at + 1, 2, &month);
	if (i == at + 1 || month < 1 || month > 12)
		return 0;
	d->month = d->month_last = month;
	if (i >= t->n_chars || t->chars[i] != mark)
		return i;
	end = read_digits(t, i + 1, 2, &day);
	if (end == i + 1)
		/* 2026.3-2027.3 goes on with another date. */
		return mark == '-' ? 0 : i;
	if (day < 1 || day > 31)
		return 0;
	d->day = d->day_last = day;
	return text_follows(t, end, "日") || text_follows(t, end, "号") ? end + 1 : end;
}

static int32_t whole_year(int32_t two, int32_t now)
{
	return two + (2000 + two <= now + SHORT_AHEAD ? 2000 : 1900);
}

static uint32_t read_with_year(const struct text *t, uint32_t at, const struct civil *now,
			       struct date *d)
{
	static const struct named years[] = {
	    {"大前年", -3, 0}, {"前年", -2, 0}, {"去年", -1, 0}, {"上年", -1, 0},
	    {"今年", 0, 0},    {"本年", 0, 0},  {"明年", 1, 0},  {"后年", 2, 0},
	};
	const struct named *n = named_at(t, at, years, N_OF(years));
	uint32_t i;

	if (n) {
		d->year = now->year + n->value;
		return read_of_year(t, behind(at, n), d);
	}
	i = read_digits(t, at, 4, &d->year);
	if (i == at + 4 && d->year >= YEAR_LEAST && d->year <= YEAR_MOST)
		return text_follows(t, i, "年") && !text_follows(t, i, "年度")
			   ? read_of_year(t, i + 1, d)
			   : read_numeric(t, i, d);
	/* 25年3月 is a date, 25年 alone is how long. */
	if (i == at + 2 && text_follows(t, i, "年")) {
		d->year = whole_year(d->year, now->year);
		i = read_month(t, at + 3, d);
		return i > at + 3 ? i : 0;
	}
	return 0;
}

/* 上个月15号, 本月底, 今天 */
static uint32_t read_beside_today(const struct text *t, uint32_t at, const struct civil *now,
				  struct date *d)
{
	static const struct named months[] = {
	    {"上上个月", -2, 0}, {"上上月", -2, 0}, {"上个月", -1, 0},  {"上月", -1, 0},
	    {"这个月", 0, 0},    {"这月", 0, 0},    {"本月", 0, 0},     {"当月", 0, 0},
	    {"下个月", 1, 0},    {"下月", 1, 0},    {"下下个月", 2, 0},
	};
	const struct named *n = named_at(t, at, months, N_OF(months));
	uint32_t i;

	if (n) {
		d->year = now->year;
		d->month = now->month + n->value;
		d->year += d->month < 1 ? -1 : d->month > 12;
		d->month += d->month < 1 ? 12 : d->month > 12 ? -12 : 0;
		d->month_last = d->month;
		i = behind(at, n);
		return read_day(t, text_follows(t, i, "的") ? i + 1 : i, d);
	}
	if (!text_follows(t, at, "今天") && !text_follows(t, at, "今日"))
		return 0;
	d->year = now->year;
	d->month = d->month_last = now->month;
	d->day = d->day_last = now->day;
	return at + 2;
}

/* 15号, 月底: of a month that is not said. */
static uint32_t read_without_month(const struct text *t, uint32_t at, struct date *d)
{
	uint32_t end;

	/* 13月5号 */
	if ((!text_follows(t, at, "月") && !char_is_digit(t->chars[at])) ||
	    text_precedes(t, at, "月") || text_precedes(t, at, "年"))
		return 0;
	end = read_day(t, at, d);
	return end > at && t->chars[end - 1] != 0x65e5 /* 日: so many days */ ? end : 0;
}

static bool is_joined(const struct text *t, uint32_t at)
{
	uint32_t c = at < t->n_chars ? t->chars[at] : 0;

	return char_is_digit(c) || char_is_letter(c);
}

static bool is_cut(const struct text *t, uint32_t at)
{
	uint32_t c = at < t->n_chars ? t->chars[at] : 0;

	return c == '.' || c == '/' || c == '*';
}

/* Whether digits or letters go on at either end: then it is some number. */
static bool is_part_of_number(const struct text *t, const struct date *d)
{
	uint32_t c = d->start > 0 ? t->chars[d->start - 1] : 0;
	bool starts = char_is_digit(t->chars[d->start]);
	bool ends = char_is_digit(t->chars[d->end - 1]);

	if (starts &&
	    (char_is_digit(c) || char_is_letter(c) || c == '.' || c == '/' || c == 0x7b2c))
		return true;
	return ends && (is_joined(t, d->end) || (is_cut(t, d->end) && is_joined(t, d->end + 1)));
}

/* 农历10月1日, 阴历的十月初一, 10月1号(农历) */
static bool is_lunar(const struct text *t, const struct date *d)
{
	static const char *const words[] = {"农历", "阴历", "旧历", "古历", "老历", "夏历"};
	struct view front = view_sub(t->folded, 0, t->bytes[d->start]);
	struct view rest = view_sub(t->folded, t->bytes[d->end], t->folded.len);

	front = view_sub(front, 0, front.len - (view_ends(front, VIEW("的")) ? strlen("的") : 0));
	rest = view_sub(rest, view_starts(rest, VIEW("(")), rest.len);
	return ENDS(front, words) > 0 || STARTS(rest, words) > 0;
}

/* Gives its end, `at` if none begins there. */
static uint32_t read_date(const struct text *t, uint32_t at, const struct civil *now,
			  struct date *d)
{
	int32_t first, last;
	uint32_t end;

	*d = (struct date){.start = at};
	end = read_with_year(t, at, now, d);
	if (!end) {
		*d = (struct date){.start = at};
		end = read_beside_today(t, at, now, d);
	}
	if (!end) {
		*d = (struct date){.start = at};
		/* 1200年1月 */
		end = text_precedes(t, at, "年") ? at : read_month(t, at, d);
		end = end > at ? end : read_season(t, at, d);
		end = end > at ? end : read_without_month(t, at, d);
	}
	if (end <= at)
		return at;
	d->end = end;
	/* 2月30日 is no day of any year. */
	d->is_none =
	    is_part_of_number(t, d) || is_lunar(t, d) ||
	    (d->month && !days_in(d, d->year ? d->year : LEAP_YEAR, d->month, &first, &last));
	return end;
}

/* Most texts have none, and show it by their characters. */
static bool may_have_dates(const struct text *t)
{
	for (size_t i = 0; i < t->n_chars; i++) {
		const uint32_t before = i > 0 ? t->chars[i - 1] : 0;

		switch (t->chars[i]) {
		case 0x5e74: /* 年 */
		case 0x6708: /* 月 */
		case 0x65e6: /* 旦 */
		case 0x5e86: /* 庆 */
			return true;
		case 0x53f7: /* 15号, but not 编号 */
			if (char_is_digit(before))
				return true;
			break;
		case 0x5929: /* 今天 */
		case 0x65e5: /* 今日 */
			if (before == 0x4eca)
				return true;
			break;
		case 0x4e00: /* 五一 */
			if (before == 0x4e94)
				return true;
			break;
		case 0x52a8: /* 劳动节 */
			if (before == 0x52b3)
				return true;
			break;
		case '-':
		case '.':
		case '/':
			if (i > 3 && char_is_digit(before) && char_is_digit(t->chars[i - 4]))
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

/* A glance at two characters spares comparing with all words. */
static bool may_begin(const struct text *t, uint32_t at)
{
	const uint32_t c = t->chars[at], next = at + 1 < t->n_chars ? t->chars[at + 1] : 0;

	switch (c) {
	case 0x6708: /* 月 */
	case 0x56fd: /* 国 */
	case 0x5143: /* 元 */
	case 0x4e94: /* 五 */
	case 0x52b3: /* 劳 */
	case 0x5e74: /* 年 */
		return next != 0;
	case 0x53bb: /* 去 */
	case 0x524d: /* 前 */
	case 0x660e: /* 明 */
	case 0x540e: /* 后 */
	case 0x5927: /* 大 */
	case 0x4eca: /* 今 */
	case 0x672c: /* 本 */
	case 0x8fd9: /* 这 */
	case 0x5f53: /* 当 */
	case 0x4e0a: /* 上 */
	case 0x4e0b: /* 下 */
		return next == 0x5e74 /* 年 */ || next == 0x6708 /* 月 */ ||
		       next == 0x4e2a /* 个 */ || next == 0x4e0a /* 上 */ ||
		       next == 0x4e0b /* 下 */ || next == 0x524d /* 前 */ ||
		       next == 0x534a /* 半 */ || next == 0x5929 /* 天 */ ||
		       next == 0x65e5 /* 日 */;
	default:
		return char_is_digit(c);
	}
}

size_t dates_find(const struct text *t, int32_t today, struct date *ret, size_t max)
{
	struct civil now;
	size_t n = 0;

	if (today <= DATE_NONE || !may_have_dates(t))
		return 0;
	now = calendar_civil(today);
	for (uint32_t i = 0; i < t->n_chars && n < max;) {
		uint32_t end = may_begin(t, i) ? read_date(t, i, &now, &ret[n]) : i;

		/* 2026年2月30日 is not 30日 of another month either. */
		if (end > i) {
			n++;
			i = end;
			continue;
		}
		while (i < t->n_chars && char_is_digit(t->chars[i]) && i + 1 < t->n_chars &&
		       char_is_digit(t->chars[i + 1]))
			i++;
		i++;
	}
	return n;
}
