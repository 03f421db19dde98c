/* SPDX-License-Identifier: Apache-2.0 */
/* duration.c - reading durations: a number with its unit, smaller ones behind it, words around. */
#include "nlu/duration.h"

#include "base/utf8.h"
#include "nlu/sound.h"

#define DIGITS_MAX 6
#define ZERO       0x96f6 /* 零 */
#define TEN        0x5341 /* 十 */
#define HALF       0x534a /* 半 */
#define SOME       0x51e0 /* 几 */
#define BIG        0x5927 /* 大 */
#define SMALL      0x5c0f /* 小 */
#define MONTH      0x6708 /* 月 */
#define ORDINAL    0x7b2c /* 第 */

bool text_follows(const struct text *t, size_t at, const char *word)
{
	size_t from = at <= t->n_chars ? t->bytes[at] : t->folded.len;

	return view_starts(view_sub(t->folded, from, t->folded.len), view_of(word));
}

bool text_precedes(const struct text *t, size_t at, const char *word)
{
	size_t to = at <= t->n_chars ? t->bytes[at] : t->folded.len;

	return view_ends(view_sub(t->folded, 0, to), view_of(word));
}

/* Which of the words the text goes on with, or ends with there; -1: none. */
static int follows_any(const struct text *t, size_t at, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_follows(t, at, words[i]))
			return (int)i;
	return -1;
}

static struct span span_add(struct span a, struct span b)
{
	return (struct span){a.months + b.months, a.days + b.days};
}

/* ---- numbers ---- */

/* 三四: the low one and the high one; they are one for 三. */
struct number {
	int64_t low, high;
};

static int numeral(uint32_t c)
{
	static const uint32_t numerals[] = {ZERO,   0x4e00, 0x4e8c, 0x4e09, 0x56db,
					    0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d};

	if (c == 0x4e24) /* 两 */
		return 2;
	for (int i = 0; i < 10; i++)
		if (numerals[i] == c)
			return i;
	return -1;
}

static int64_t power(uint32_t c)
{
	return c == TEN ? 10 : c == 0x767e /* 百 */ ? 100 : c == 0x5343 /* 千 */ ? 1000 : 0;
}

static uint32_t read_digits(const struct text *t, uint32_t at, int64_t *ret)
{
	uint32_t i = at;

	for (*ret = 0; i < t->n_chars && i < at + DIGITS_MAX && char_is_digit(t->chars[i]); i++)
		*ret = *ret * 10 + (t->chars[i] - '0');
	return i;
}

/* Behind digits: 3到4个月, 3-4个月, 20几天. */
static uint32_t read_second(const struct text *t, uint32_t at, struct number *n)
{
	static const char *const between[] = {"-", "~", "到", "至", "、"};
	int64_t second;

	if (text_follows(t, at, "几") && n->low >= 10 && n->low % 10 == 0) {
		n->high = n->low + 9;
		n->low++;
		return at + 1;
	}
	for (size_t i = 0; i < N_OF(between); i++) {
		uint32_t end =
		    text_follows(t, at, between[i]) ? read_digits(t, at + 1, &second) : 0;

		if (end > at + 1 && second > n->low) {
			n->high = second;
			return end;
		}
	}
	return at;
}

/* 一百零五, 十几, 四五十, 几 */
static uint32_t read_numerals(const struct text *t, uint32_t at, struct number *ret)
{
	int64_t low = -1, high = -1;
	uint32_t i = at;

	*ret = (struct number){0, 0};
	for (; i < t->n_chars; i++) {
		uint32_t c = t->chars[i];
		int value = numeral(c);

		if (power(c)) {
			ret->low += (low < 0 ? 1 : low) * power(c);
			ret->high += (high < 0 ? 1 : high) * power(c);
			low = high = -1;
		} else if (c == SOME && low <= 0) {
			/* 几天 asks, 好几天 tells. */
			if (i == at && !text_precedes(t, at, "好"))
				break;
			low = i > at ? 1 : 2;
			high = 9;
		} else if (value >= 0 && low <= 0) {
			low = high = value;
		} else if (value > low && low == high) {
			high = value;
		} else {
			break;
		}
	}
	if (low > 0) {
		ret->low += low;
		ret->high += high;
	}
	return i;
}

/* Gives where it ends, `at` if there is none. */
static uint32_t read_number(const struct text *t, uint32_t at, struct number *ret)
{
	uint32_t end = read_digits(t, at, &ret->low);

	ret->high = ret->low;
	return end > at ? read_second(t, end, ret) : read_numerals(t, at, ret);
}

/* ---- a number and its unit ---- */

struct unit {
	const char *word;
	int64_t months, days;
	bool is_age;
	char letter;
};

static const struct unit *unit_at(const struct text *t, uint32_t at)
{
	static const struct unit units[] = {
	    {"个工作日", 0, 1, false, 'd'}, {"工作日", 0, 1, false, 'd'},
	    {"个月", 1, 0, false, 'm'},     {"月", 1, 0, false, 'm'},
	    {"天", 0, 1, false, 'd'},       {"日", 0, 1, false, 'd'},
	    {"个星期", 0, 7, false, 'w'},   {"星期", 0, 7, false, 'w'},
	    {"个礼拜", 0, 7, false, 'w'},   {"礼拜", 0, 7, false, 'w'},
	    {"周岁", 12, 0, true, 'y'},     {"周", 0, 7, false, 'w'},
	    {"年", 12, 0, false, 'y'},      {"岁", 12, 0, true, 'y'},
	};

	for (size_t i = 0; i < N_OF(units); i++)
		if (text_follows(t, at, units[i].word))
			return &units[i];
	return NULL;
}

/* One number with its unit, or 半年. */
struct part {
	struct span least, most;
	const struct unit *unit;
};

static uint32_t skip_any(const struct text *t, uint32_t at, const char *const *words, size_t n)
{
	int i = follows_any(t, at, words, n);

	return i < 0 ? at : at + (uint32_t)utf8_count(view_of(words[i]));
}

static const char *const more[] = {"多", "余", "来", "好几"};

static struct span half_of(const struct unit *u)
{
	return (struct span){u->months / 2, u->months == 1 ? 15 : u->days == 7 ? 3 : 0};
}

/* 大半年 is more than a half, 小半年 less, and more than a quarter. */
static uint32_t read_about_half(const struct text *t, uint32_t at, struct part *ret)
{
	uint32_t i = at + 2;

	if (text_follows(t, i, "个"))
		i++;
	ret->unit = unit_at(t, i);
	if (!ret->unit || (ret->unit->letter != 'y' && ret->unit->letter != 'm') ||
	    ret->unit->is_age)
		return at;
	ret->least = ret->most = half_of(ret->unit);
	if (text_follows(t, at, "大")) {
		ret->least.days++;
		ret->most = (struct span){ret->unit->months, ret->unit->days - 1};
	} else {
		ret->least = (struct span){ret->least.months / 2, ret->least.days / 2};
		ret->most.days--;
	}
	return i + (uint32_t)utf8_count(view_of(ret->unit->word));
}

/* 半年, 半个月, 半个多月 */
static uint32_t read_half(const struct text *t, uint32_t at, struct part *ret)
{
	uint32_t i = at + 1, end;
	bool is_more;

	if (text_follows(t, at, "大半") || text_follows(t, at, "小半"))
		return read_about_half(t, at, ret);
	if (!text_follows(t, at, "半") || text_precedes(t, at, "大") || text_precedes(t, at, "小"))
		return at;
	end = skip_any(t, text_follows(t, i, "个") ? i + 1 : i, more, N_OF(more));
	is_more = end > i + 1;
	if (is_more)
		i = end;
	ret->unit = unit_at(t, i);
	if (!ret->unit || ret->unit->is_age || ret->unit->letter == 'd')
		return at;
	ret->least = ret->most = half_of(ret->unit);
	if (is_more) {
		ret->least.days++;
		ret->most = (struct span){ret->unit->months, ret->unit->days - 1};
	}
	i += (uint32_t)utf8_count(view_of(ret->unit->word));
	/* 半年多 */
	if (!is_more && (text_follows(t, i, "多") || text_follows(t, i, "有余"))) {
		ret->least.days++;
		ret->most = (struct span){ret->unit->months, ret->unit->days - 1};
		i += text_follows(t, i, "多") ? 1 : 2;
	}
	return i;
}

static bool is_date(const struct text *t, uint32_t start, int64_t value, const struct unit *u)
{
	/* 2023年, 3月 are dates; 第3天 counts something else. */
	return (u->months == 12 && value > 150) ||
	       (start > 0 && (t->chars[start - 1] == ORDINAL || t->chars[start - 1] == '.'));
}

/* 20多天 are 21 to 29 days, 3个多月 fewer than four months. */
static void add_more(struct part *p, struct number n, bool counts_tens)
{
	const struct unit *u = p->unit;

	if (counts_tens) {
		int64_t step = n.low % 100 == 0 ? 99 : 9;

		p->least = (struct span){(n.low + 1) * u->months, (n.low + 1) * u->days};
		p->most = (struct span){(n.high + step) * u->months, (n.high + step) * u->days};
	} else if (u->letter != 'd') {
		p->least.days++;
		p->most = span_add(p->most, (struct span){u->months, u->days - 1});
	}
}

static uint32_t read_part(const struct text *t, uint32_t at, struct part *ret)
{
	struct number n;
	uint32_t i = read_half(t, at, ret), end;
	bool has_half = false, is_more = false, counts_tens = false, is_counted;

	if (i > at)
		return i;
	i = read_number(t, at, &n);
	if (i == at || n.high == 0)
		return at;
	if (text_follows(t, i, "个半")) {
		has_half = true;
		i += 2;
	}
	end = skip_any(t, i, more, N_OF(more));
	if (end > i) {
		is_more = true;
		counts_tens = n.low >= 10 && n.low % 10 == 0;
		i = end;
	} else if (text_follows(t, i, "个多") || text_follows(t, i, "个来")) {
		is_more = true;
		i += 2;
	}
	ret->unit = unit_at(t, i);
	if (!ret->unit || is_date(t, at, n.high, ret->unit))
		return at;
	/* "3月" is a month of the year unless 个 or a Chinese numeral counts it. */
	is_counted = has_half || is_more || !char_is_digit(t->chars[at]);
	if (t->chars[i] == MONTH && !is_counted)
		return at;
	i += (uint32_t)utf8_count(view_of(ret->unit->word));
	if (text_follows(t, i, "半")) {
		has_half = true;
		i++;
	}
	/* 两年多; but not 两年来 */
	if (text_follows(t, i, "多") || text_follows(t, i, "有余")) {
		is_more = true;
		counts_tens = false;
		i += text_follows(t, i, "多") ? 1 : 2;
	}
	ret->least = (struct span){n.low * ret->unit->months, n.low * ret->unit->days};
	ret->most = (struct span){n.high * ret->unit->months, n.high * ret->unit->days};
	if (has_half) {
		ret->least = span_add(ret->least, half_of(ret->unit));
		ret->most = span_add(ret->most, half_of(ret->unit));
	}
	if (is_more)
		add_more(ret, n, counts_tens);
	return i;
}

/* ---- the words around ---- */

enum rounding {
	ROUND_NONE,
	ROUND_UNDER,    /* 不到: fewer */
	ROUND_NOT_OVER, /* 不超过: as many or fewer */
	ROUND_NEAR,     /* 快: a little fewer */
	ROUND_ABOUT,    /* 大概 */
	ROUND_OVER,     /* 超过: more */
	ROUND_LEAST,    /* 至少: as many or more */
};

struct rounding_word {
	const char *word;
	enum rounding rounding;
};

static const struct rounding_word before[] = {
    {"不到", ROUND_UNDER},      {"不足", ROUND_UNDER},        {"不满", ROUND_UNDER},
    {"未满", ROUND_UNDER},      {"没满", ROUND_UNDER},        {"没到", ROUND_UNDER},
    {"未到", ROUND_UNDER},      {"不够", ROUND_UNDER},        {"没够", ROUND_UNDER},
    {"少于", ROUND_UNDER},      {"小于", ROUND_UNDER},        {"没有满", ROUND_UNDER},
    {"没有到", ROUND_UNDER},    {"没有住满", ROUND_UNDER},    {"没有住够", ROUND_UNDER},
    {"没有交满", ROUND_UNDER},  {"没住满", ROUND_UNDER},      {"没交满", ROUND_UNDER},
    {"没住够", ROUND_UNDER},    {"没交够", ROUND_UNDER},      {"不超过", ROUND_NOT_OVER},
    {"没超过", ROUND_NOT_OVER}, {"没有超过", ROUND_NOT_OVER}, {"未超过", ROUND_NOT_OVER},
    {"没超", ROUND_NOT_OVER},   {"不超", ROUND_NOT_OVER},     {"没过", ROUND_NOT_OVER},
    {"快", ROUND_NEAR},         {"快要", ROUND_NEAR},         {"快到", ROUND_NEAR},
    {"快满", ROUND_NEAR},       {"快有", ROUND_NEAR},         {"快要满", ROUND_NEAR},
    {"将近", ROUND_NEAR},       {"接近", ROUND_NEAR},         {"马上", ROUND_NEAR},
    {"马上满", ROUND_NEAR},     {"就要满", ROUND_NEAR},       {"差不多", ROUND_ABOUT},
    {"几乎", ROUND_NEAR},       {"大概", ROUND_ABOUT},        {"大约", ROUND_ABOUT},
    {"大致", ROUND_ABOUT},      {"约", ROUND_ABOUT},          {"约莫", ROUND_ABOUT},
    {"估计", ROUND_ABOUT},      {"可能", ROUND_ABOUT},        {"好像", ROUND_ABOUT},
    {"大概有", ROUND_ABOUT},    {"差不多有", ROUND_ABOUT},    {"应该有", ROUND_ABOUT},
    {"不多于", ROUND_NOT_OVER}, {"不大于", ROUND_NOT_OVER},   {"没多过", ROUND_NOT_OVER},
    {"不低于", ROUND_LEAST},    {"不小于", ROUND_LEAST},      {"低于", ROUND_UNDER},
    {"高于", ROUND_OVER},       {"期超", ROUND_OVER},         {"住超", ROUND_OVER},
    {"超", ROUND_LEAST},        {"超过", ROUND_OVER},         {"超过了", ROUND_OVER},
    {"超出", ROUND_OVER},       {"多于", ROUND_OVER},         {"大于", ROUND_OVER},
    {"不止", ROUND_OVER},       {"至少", ROUND_LEAST},        {"不少于", ROUND_LEAST},
    {"起码", ROUND_LEAST},      {"最少", ROUND_LEAST},        {"至少有", ROUND_LEAST},
};

static const struct rounding_word behind[] = {
    {"不到", ROUND_UNDER},   {"以上", ROUND_LEAST},      {"往上", ROUND_LEAST},
    {"开外", ROUND_OVER},    {"出头", ROUND_OVER},       {"以下", ROUND_NOT_OVER},
    {"左右", ROUND_ABOUT},   {"上下", ROUND_ABOUT},      {"前后", ROUND_ABOUT},
    {"的样子", ROUND_ABOUT}, {"差不多", ROUND_ABOUT},    {"及以上", ROUND_LEAST},
    {"或以上", ROUND_LEAST}, {"及以下", ROUND_NOT_OVER}, {"或以下", ROUND_NOT_OVER},
};

/* The longest word that stands there; NULL: none. */
static const struct rounding_word *
rounding_at(const struct text *t, uint32_t at, const struct rounding_word *words, size_t n,
	    bool (*stands)(const struct text *, size_t, const char *))
{
	const struct rounding_word *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (stands(t, at, words[i].word) &&
		    (!best || utf8_count(view_of(words[i].word)) > utf8_count(view_of(best->word))))
			best = &words[i];
	return best;
}

/* What a round figure may be off by. */
static int64_t margin(const struct duration *d)
{
	int64_t fifth = d->least.days / 5;

	return d->unit == 'y'   ? 92
	       : d->unit == 'm' ? 15
	       : d->unit == 'w' ? 4
	       : fifth > 1      ? fifth
				: 1;
}

static void round_it(struct duration *d, enum rounding rounding)
{
	const struct span without_end = {0, DURATION_DAYS_MAX};
	const int64_t off = margin(d);

	switch (rounding) {
	case ROUND_UNDER:
		d->least = (struct span){0, 0};
		d->most.days--;
		break;
	case ROUND_NOT_OVER:
		d->least = (struct span){0, 0};
		break;
	case ROUND_NEAR:
		d->least.days -= off;
		d->most.days--;
		break;
	case ROUND_ABOUT:
		d->least.days -= off;
		d->most.days += off;
		break;
	case ROUND_OVER:
		d->least.days++;
		d->most = without_end;
		break;
	case ROUND_LEAST:
		d->most = without_end;
		break;
	case ROUND_NONE:
		break;
	}
}

static void read_around(const struct text *t, struct duration *d)
{
	const struct rounding_word *w =
	    rounding_at(t, d->start, before, N_OF(before), text_precedes);

	d->from = d->start;
	d->to = d->end;
	if (w)
		d->from -= (uint32_t)utf8_count(view_of(w->word));
	if (!w) {
		w = rounding_at(t, d->end, behind, N_OF(behind), text_follows);
		if (w)
			d->to += (uint32_t)utf8_count(view_of(w->word));
	}
	if (w)
		round_it(d, w->rounding);
}

/* ---- whole durations ---- */

static bool can_start(uint32_t c)
{
	return char_is_digit(c) || numeral(c) >= 0 || c == HALF || c == SOME || c == BIG ||
	       c == SMALL || power(c) > 0;
}

/* 零, 又: something smaller must follow. */
static uint32_t skip_joint(const struct text *t, uint32_t at)
{
	static const char *const joints[] = {"零", "又", "外加", "加"};

	return skip_any(t, at, joints, N_OF(joints));
}

static bool is_smaller(const struct unit *a, const struct unit *b)
{
	return a->months * 30 + a->days < b->months * 30 + b->days && !a->is_age;
}

/* Gives its end, `at` if there is none; what cannot be read to its end has no unit. */
static uint32_t read_duration(const struct text *t, uint32_t at, struct duration *ret)
{
	struct part p;
	uint32_t i = read_part(t, at, &p);

	*ret = (struct duration){.start = at};
	if (i == at)
		return at;
	for (const struct unit *last = NULL;;) {
		uint32_t joint = skip_joint(t, i), end;

		ret->least = span_add(ret->least, p.least);
		ret->most = span_add(ret->most, p.most);
		ret->is_age |= p.unit->is_age;
		ret->unit = p.unit->letter;
		last = p.unit;
		end = joint < t->n_chars ? read_part(t, joint, &p) : joint;
		if (end == joint || !is_smaller(p.unit, last)) {
			if (joint > i && t->chars[i] == ZERO)
				ret->unit = 0;
			break;
		}
		i = end;
	}
	ret->end = i;
	read_around(t, ret);
	return i;
}

/* Most characters begin none of them. */
static bool may_begin_moment(uint32_t c)
{
	static const uint16_t first[] = {0x5927 /* 大 */, 0x524d /* 前 */, 0x6628 /* 昨 */,
					 0x4e0a /* 上 */, 0x540e /* 后 */, 0x660e /* 明 */,
					 0x4e0b /* 下 */};

	for (size_t i = 0; i < N_OF(first); i++)
		if (first[i] == c)
			return true;
	return false;
}

/* 昨天, 上周, 下个月: from so many to so many days. */
static uint32_t read_moment(const struct text *t, uint32_t at, struct duration *ret)
{
	static const struct {
		const char *word;
		int64_t least, most;
		bool is_ahead;
	} moments[] = {
	    {"大前天", 3, 3, false},   {"前天", 2, 2, false},      {"昨天", 1, 1, false},
	    {"昨日", 1, 1, false},     {"昨晚", 1, 1, false},      {"上个星期", 1, 13, false},
	    {"上星期", 1, 13, false},  {"上个礼拜", 1, 13, false}, {"上礼拜", 1, 13, false},
	    {"上周", 1, 13, false},    {"上个月", 1, 61, false},   {"上月", 1, 61, false},
	    {"大后天", 3, 3, true},    {"后天", 2, 2, true},       {"明天", 1, 1, true},
	    {"明日", 1, 1, true},      {"下个星期", 1, 13, true},  {"下星期", 1, 13, true},
	    {"下个礼拜", 1, 13, true}, {"下礼拜", 1, 13, true},    {"下周", 1, 13, true},
	    {"下个月", 1, 61, true},   {"下月", 1, 61, true},
	};

	if (!may_begin_moment(t->chars[at]))
		return at;
	for (size_t i = 0; i < N_OF(moments); i++) {
		uint32_t end;

		if (!text_follows(t, at, moments[i].word))
			continue;
		end = at + (uint32_t)utf8_count(view_of(moments[i].word));
		*ret = (struct duration){.start = at,
					 .end = end,
					 .from = at,
					 .to = end,
					 .least = {0, moments[i].least},
					 .most = {0, moments[i].most},
					 .is_moment = true,
					 .is_ahead = moments[i].is_ahead,
					 .unit = 'd'};
		return end;
	}
	return at;
}

/* 几|十天, 卅|五天: the rest of a number that is not known. */
static bool is_rest(const struct text *t, uint32_t at)
{
	static const char *const begins[] = {"几", "数", "廿", "卅", "卌"};

	return at > 0 && ENDS(view_sub(t->folded, 0, t->bytes[at]), begins) > 0;
}

size_t durations_find(const struct text *t, struct duration *ret, size_t max)
{
	size_t n = 0;

	for (uint32_t i = 0; i < t->n_chars && n < max;) {
		uint32_t end = can_start(t->chars[i]) ? read_duration(t, i, &ret[n])
						      : read_moment(t, i, &ret[n]);

		n += end > i && ret[n].unit && !is_rest(t, i);
		if (end == i) {
			/* 2023年 is not 23年 either. */
			while (end < t->n_chars && char_is_digit(t->chars[end]))
				end++;
			end += end == i;
		}
		i = end;
	}
	return n;
}
