/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold-other.c - what is neither ASCII nor a common Chinese character: full width, punctuation,
 * accents, emoji, other scripts.
 *
 * NFKC is made for one base character with the marks behind it at a time, so that origins stay
 * exact. More than MARKS_MAX marks on one base are dropped: text does not need them, and sorting
 * them is not linear.
 */
#include <errno.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "text/fold-state.h"
#include "text/fold.h"

#define MARKS_MAX  8
#define EXPAND_MAX 18 /* characters that one becomes at most: U+FDFA */

/* The one form of a punctuation mark, 0 if this is none, BLANK, LINE or GONE. */
enum { BLANK = 1, LINE = 2, GONE = 3 };

static uint32_t punct_low(uint32_t cp)
{
	switch (cp) {
	case 0x2010 ... 0x2015:
		return '-';
	case 0x2018 ... 0x201b:
	case 0x2032:
	case 0x2035:
		return '\'';
	case 0x201c ... 0x201f:
	case 0x2033:
		return '"';
	case 0x2022:
	case 0x2027:
		return 0xb7;
	case 0x2024 ... 0x2026:
		return 0x2026;
	case 0x2028:
	case 0x2029:
		return LINE;
	case 0x2000 ... 0x200a:
	case 0x202f:
	case 0x205f:
		return BLANK;
	case 0x200b ... 0x200f:
	case 0x202a ... 0x202e:
	case 0x2060 ... 0x206f:
		return GONE;
	case 0x2039:
		return '<';
	case 0x203a:
		return '>';
	default:
		return 0;
	}
}

static uint32_t punct_cjk(uint32_t cp)
{
	switch (cp) {
	case 0x3000:
		return BLANK;
	case 0x3001:
	case 0x3002:
		return cp;
	case 0x3008:
	case 0x300a:
		return '<';
	case 0x3009:
	case 0x300b:
		return '>';
	case 0x300c ... 0x300f:
	case 0x301d ... 0x301f:
		return '"';
	case 0x3010:
	case 0x3014:
	case 0x3016:
	case 0x3018:
	case 0x301a:
		return '[';
	case 0x3011:
	case 0x3015:
	case 0x3017:
	case 0x3019:
	case 0x301b:
		return ']';
	case 0x301c:
		return '~';
	case 0x30fb:
		return 0xb7;
	default:
		return 0;
	}
}

static uint32_t punct_form(uint32_t cp)
{
	if (cp >= 0x2000 && cp <= 0x206f)
		return punct_low(cp);
	if (cp >= 0x3000 && cp <= 0x30ff)
		return punct_cjk(cp);
	switch (cp) {
	case 0x85:
		return LINE;
	case 0xa0:
	case 0x1680:
		return BLANK;
	case 0xad:
	case 0xfeff:
	case 0xfe00 ... 0xfe0f:
	case 0xe0000 ... 0xe0fff:
		return GONE;
	case 0xab:
		return '<';
	case 0xbb:
		return '>';
	case 0xb4:
	case 0x2b9 ... 0x2bf:
		return '\'';
	case 0xb7:
	case 0x2219:
	case 0x22c5:
		return 0xb7;
	case 0x2212:
	case 0x2500:
	case 0x2501:
		return '-';
	case 0x223c:
		return '~';
	case 0x22ef:
		return 0x2026;
	default:
		return 0;
	}
}

static void put_form(struct fold *f, uint32_t form, uint32_t at)
{
	if (form == BLANK || form == LINE)
		fold_blank(f, at, form == LINE);
	else if (form != GONE)
		fold_punct(f, form, at);
}

/* A character of some script, by its Unicode category. */
static void put_by_category(struct fold *f, uint32_t cp, uint32_t at)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ME:
		return;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
		/* A vowel sign is part of a word of its script; behind Chinese it is decoration. */
		if (f->last == FOLD_WORD && f->chars[f->n - 1] >= 0x80)
			fold_word(f, cp, at);
		return;
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_SO:
	case UTF8PROC_CATEGORY_SK:
	case UTF8PROC_CATEGORY_ZS:
		fold_blank(f, at, false);
		return;
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		fold_blank(f, at, true);
		return;
	case UTF8PROC_CATEGORY_SM:
		/* Arrows stand between things like a blank. */
		if (cp >= 0x2190 && cp <= 0x2bff)
			fold_blank(f, at, false);
		else
			fold_punct(f, cp, at);
		return;
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
	case UTF8PROC_CATEGORY_SC:
		fold_punct(f, cp, at);
		return;
	default:
		fold_word(f, cp, at);
	}
}

static void put_one(struct fold *f, uint32_t cp, uint32_t at)
{
	uint32_t form;

	if (cp < 0x80) {
		fold_ascii(f, cp, at);
		return;
	}
	if (han_is(cp)) {
		cp = han_simplify(cp);
		fold_han(f, cp, at, cp == 0x3007 ? HAN_NUMERAL : han_info_of(cp));
		return;
	}
	form = punct_form(cp);
	if (form)
		put_form(f, form, at);
	else
		put_by_category(f, cp, at);
}

/* An accent on the last letter, already put without it: only the dots of lü and nü say much. */
static void put_accent(struct fold *f, uint32_t cp)
{
	if (cp == 0x308 && f->n > 1 && f->chars[f->n - 1] == 'u' && !f->blank &&
	    (f->chars[f->n - 2] == 'l' || f->chars[f->n - 2] == 'n'))
		f->chars[f->n - 1] = 'v';
}

static bool is_mark(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x300)
		return false;
	if ((cp >= 0x1160 && cp <= 0x11ff) || cp == 0xff9e || cp == 0xff9f)
		return true;
	if (han_in_table(cp))
		return false;
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_ME;
}

/* The base at `at` and its marks, decomposed; *ret_n characters. Gives the bytes they take. */
static int take_cluster(struct view raw, uint32_t at, utf8proc_int32_t *out, size_t room,
			size_t *ret_n)
{
	size_t n = 0, end = at, marks = 0;
	uint32_t cp;
	int r, bound = 0;

	for (;;) {
		r = utf8_decode(view_sub(raw, end, UTF8_MAX), &cp);
		if (r <= 0 || (end > at && !is_mark(cp)))
			break;
		end += (size_t)r;
		if (marks++ <= MARKS_MAX && room - n >= EXPAND_MAX) {
			utf8proc_ssize_t k = utf8proc_decompose_char(
			    (utf8proc_int32_t)cp, out + n, (utf8proc_ssize_t)(room - n),
			    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &bound);

			if (k > 0 && (size_t)k <= room - n)
				n += (size_t)k;
		}
	}
	*ret_n = n;
	return (int)(end - at);
}

/* Marks into canonical order, then composed: the number of characters left. */
static size_t compose(utf8proc_int32_t *c, size_t n)
{
	utf8proc_ssize_t r;

	for (size_t i = 1; i < n; i++) {
		utf8proc_int32_t cp = c[i];
		int class = utf8proc_get_property(cp)->combining_class;
		size_t k = i;

		while (class && k > 0 && utf8proc_get_property(c[k - 1])->combining_class > class) {
			c[k] = c[k - 1];
			k--;
		}
		c[k] = cp;
	}
	r = utf8proc_normalize_utf32(c, (utf8proc_ssize_t)n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	return r < 0 ? n : (size_t)r;
}

static int put_cluster(struct fold *f, uint32_t at)
{
	utf8proc_int32_t c[EXPAND_MAX * (MARKS_MAX + 2)];
	size_t n;
	int taken = take_cluster(f->raw, at, c, sizeof(c) / sizeof(c[0]), &n);
	bool latin = n > 0 && c[0] < 0x80;

	fold_reserve(f, 2 * n + 2, at + (uint32_t)taken);
	if (!latin)
		n = compose(c, n);
	for (size_t i = 0; i < n; i++) {
		if (latin && is_mark((uint32_t)c[i]))
			put_accent(f, (uint32_t)c[i]);
		else
			put_one(f, (uint32_t)utf8proc_tolower(c[i]), at);
	}
	return taken;
}

/* What is common enough to be known without looking at marks and tables. */
static bool put_known(struct fold *f, uint32_t cp, uint32_t at)
{
	uint32_t form = punct_form(cp);

	if (form)
		put_form(f, form, at);
	else if (cp >= 0xff01 && cp <= 0xff5e)
		fold_ascii(f, cp - 0xfee0, at);
	else if (cp >= 0x1f300 && cp <= 0x1faff)
		fold_blank(f, at, false);
	else if (cp == 0x3007 || (cp >= 0x20000 && cp < 0x2f800))
		put_one(f, cp, at);
	else if ((cp == 0x25cb || cp == 0x25ef) && f->last == FOLD_HAN && !f->blank &&
		 (f->chars[f->n - 1] == 0x3007 || han_info_of(f->chars[f->n - 1]) & HAN_NUMERAL))
		put_one(f, 0x3007, at); /* a circle typed for the zero of 二〇 */
	else if (cp == 0x251 || cp == 0x261)
		fold_ascii(f, cp == 0x251 ? 'a' : 'g', at); /* pinyin's own letter shapes */
	else if (f->n && is_mark(cp))
		put_accent(f, cp);
	else
		return false;
	return true;
}

int fold_other(struct fold *f, uint32_t at)
{
	uint32_t cp;
	int r = utf8_decode(view_sub(f->raw, at, UTF8_MAX), &cp);

	if (r <= 0)
		return -EILSEQ;
	if (put_known(f, cp, at))
		return r;
	return put_cluster(f, at);
}
