/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold-number.c - Chinese numerals before a counter: 十二位 is 12位, 二〇二五年 2025年.
 *
 * Without a counter a numeral may be anything (一起, 三亚, 统一), so it is left alone; and counters
 * have neighbours that take them away (一次性, 十一天气, 三元里). A wrong change costs little,
 * since everything the text is compared with is folded too; still the table tries to make none.
 */
#include <uchar.h>

#include "text/fold-state.h"

/* A counter does not count before these characters, or only before those. */
struct counter {
	uint32_t cp;
	const char32_t *not_before;
	const char32_t *only_before;
};

static const struct counter counters[] = {
    {U'个', U"性", NULL},
    {U'月', U"经", NULL},
    {U'年', U"纪", NULL},
    {U'日', U"常本", NULL},
    {U'天', U"气津府河桥台水门坛", NULL},
    {U'号', U"码", NULL},
    {U'次', U"性要日序", NULL},
    {U'人', U"", NULL},
    {U'位', U"置于", NULL},
    {U'岁', U"", NULL},
    {U'周', U"末边围口", NULL},
    {U'星', NULL, U"期"},
    {U'礼', NULL, U"拜"},
    {U'工', NULL, U"作"},
    {U'小', NULL, U"时"},
    {U'分', NULL, U"钟"},
    {U'点', U"击赞滴缀", NULL},
    {U'元', U"旦素朝", NULL},
    {U'户', U"口籍", NULL},
    {U'口', U"气", NULL},
    {U'名', U"字称", NULL},
    {U'代', U"表办理码", NULL},
    {U'期', U"限间待", NULL},
    {U'步', U"骤行", NULL},
    {U'张', U"家掖", NULL},
    {U'季', U"节", NULL},
    {U'类', U"型似别", NULL},
    {U'项', U"目", NULL},
    {U'条', U"件例", NULL},
    {U'页', U"面", NULL},
    {U'级', U"别", NULL},
    {U'件', U"", NULL},
    {U'种', U"植", NULL},
    {U'字', U"母符", NULL},
    {U'份', U"额", NULL},
    {U'层', U"次面", NULL},
};

static bool holds(const char32_t *set, uint32_t cp)
{
	for (; *set; set++)
		if (*set == cp)
			return true;
	return false;
}

static uint32_t char_at(const uint32_t *chars, size_t n, size_t at)
{
	return at < n ? chars[at] : 0;
}

/* Does a counter stand at `at`? */
static bool counts(const uint32_t *chars, size_t n, size_t at)
{
	uint32_t cp = char_at(chars, n, at), next = char_at(chars, n, at + 1);

	if (!(han_info_of(cp) & HAN_COUNTER))
		return false;
	/* 三元里, 八步区, 三张镇: names of places. */
	if (holds(U"区县市镇乡村街路桥里山河江湖", next) && !holds(U"个月年日号天次人", cp))
		return false;
	for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
		const struct counter *c = &counters[i];

		if (c->cp == cp)
			return c->only_before ? holds(c->only_before, next) && next
					      : !next || !holds(c->not_before, next);
	}
	return true;
}

static bool is_numeral(uint32_t cp)
{
	return cp == 0x3007 || (han_info_of(cp) & HAN_NUMERAL);
}

/* 0 .. 9, or -1. */
static int digit_of(uint32_t cp)
{
	static const char32_t digits[] = U"零一二三四五六七八九";

	if (cp == U'两')
		return 2;
	if (cp == 0x3007)
		return 0;
	for (int i = 0; i < 10; i++)
		if (digits[i] == cp)
			return i;
	return -1;
}

/* 10, 100, 1000, 10000, or 0. */
static uint32_t unit_of(uint32_t cp)
{
	return cp == U'十' ? 10 : cp == U'百' ? 100 : cp == U'千' ? 1000 : cp == U'万' ? 10000 : 0;
}

/* 一百二十三, 一万零五, 十二; also 一百二 (120). -1 if it is no such number. */
static int64_t grammar_value(const uint32_t *c, size_t n)
{
	uint32_t total = 0, section = 0, last_unit = 100000;
	int digit = -1;
	bool zero = false;

	for (size_t i = 0; i < n; i++) {
		uint32_t unit = unit_of(c[i]);
		int d = digit_of(c[i]);

		if (d > 0 && digit < 0) {
			digit = d;
			continue;
		}
		if (d == 0 && digit < 0 && i > 0 && !zero) {
			zero = true;
			continue;
		}
		/* 十 alone is one ten, at the start or behind a larger unit; 百 alone is 百年. */
		if (unit == 10 && digit < 0 && !zero)
			digit = 1;
		if (!unit || unit >= last_unit || (digit < 0 && unit < 10000))
			return -1;
		if (unit == 10000) {
			section += digit > 0 ? (uint32_t)digit : 0;
			if (!section)
				return -1;
			total = section * 10000;
			section = 0;
		} else {
			section += (uint32_t)digit * unit;
		}
		last_unit = unit;
		digit = -1;
		zero = false;
	}
	if (zero && digit < 0)
		return -1;
	if (digit > 0)
		section += (uint32_t)digit * (zero || last_unit > 10000 ? 1 : last_unit / 10);
	return (int64_t)total + section;
}

/* Digits read one by one: put into ret, their number; 0 if they are rather 三四 (three or four). */
static size_t positional(const uint32_t *c, size_t n, uint32_t counter, uint32_t *put)
{
	if (n > 7)
		return 0;
	for (size_t i = 0; i < n; i++) {
		int d = digit_of(c[i]);

		if (d < 0 || (n > 1 && c[i] == U'两'))
			return 0;
		put[i] = '0' + (uint32_t)d;
	}
	if (n == 2 && (!holds(U"年号室层位", counter) || put[1] == put[0] + 1))
		return 0;
	return n;
}

static size_t decimal(int64_t value, uint32_t *put)
{
	uint32_t reversed[10];
	size_t n = 0;

	do
		reversed[n++] = '0' + (uint32_t)(value % 10);
	while ((value /= 10));
	for (size_t i = 0; i < n; i++)
		put[i] = reversed[n - 1 - i];
	return n;
}

/* Before or behind the run stands something that makes it no number of things. */
static bool is_taken(const uint32_t *chars, size_t n, size_t at, size_t end)
{
	uint32_t before = at ? chars[at - 1] : 0, counter = char_at(chars, n, end);
	bool one = end - at == 1 && chars[at] == U'一';

	if (before - '0' < 10)
		return true;
	/* 周一, 星期一, 初二, 统一, 之一. */
	if (before && holds(U"周期拜初统唯专单逐进老之", before))
		return true;
	/* 张三, 李四, 王五 are anybody. */
	if (end - at == 1 &&
	    ((before == U'张' && chars[at] == U'三') || (before == U'李' && chars[at] == U'四') ||
	     (before == U'王' && chars[at] == U'五')))
		return true;
	if (one && counter == U'点')
		return !before || !holds(U"午晨早晚上", before);
	return one && counter == U'块' && char_at(chars, n, end + 1) != U'钱';
}

/* 俩 is 两个, 仨 is 三个, but 他俩 and 咱仨 are words. */
static void pair_at(const uint32_t *chars, size_t n, size_t at, struct fold_number *ret)
{
	uint32_t before = at ? chars[at - 1] : 0, next = char_at(chars, n, at + 1);

	if ((before && (holds(U"们他她它咱你我哥姐", before) || before - '0' < 10)) || !next ||
	    next < 0x3400)
		return;
	ret->put[0] = chars[at] == U'俩' ? '2' : '3';
	ret->put[1] = U'个';
	ret->n_put = next == U'个' ? 1 : 2;
}

static bool is_pair(uint32_t cp)
{
	return cp == U'俩' || cp == U'仨';
}

void fold_number_at(const uint32_t *chars, size_t n, size_t at, struct fold_number *ret)
{
	size_t end = at, counter;
	int64_t value;

	ret->taken = 1;
	ret->n_put = 0;
	if (is_pair(chars[at])) {
		pair_at(chars, n, at, ret);
		return;
	}
	while (end < n && is_numeral(chars[end]) && !is_pair(chars[end]))
		end++;
	ret->taken = end - at;
	/* 二十多天 */
	counter = end - at > 1 && char_at(chars, n, end) == U'多' ? end + 1 : end;
	if (ret->taken > 12 || !counts(chars, n, counter) || is_taken(chars, n, at, end))
		return;
	ret->n_put = positional(chars + at, ret->taken, chars[counter], ret->put);
	if (ret->n_put == 0) {
		bool units = false;

		for (size_t i = at; i < end; i++)
			units |= unit_of(chars[i]) != 0;
		value = units ? grammar_value(chars + at, ret->taken) : -1;
		if (value > 0 && value <= 9999999)
			ret->n_put = decimal(value, ret->put);
	}
	/* 两月 is two months, not February. */
	if (ret->n_put == 1 && chars[at] == U'两' && chars[counter] == U'月')
		ret->put[ret->n_put++] = U'个';
}
