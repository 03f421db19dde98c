/* SPDX-License-Identifier: Apache-2.0 */
/*
 * personal.c - finds numbers that belong to a person.
 *
 * The text is read as atoms: digits (in any shape), letters, separators, anything else; invisible
 * characters are no atoms at all. Atoms make groups of digits, and first a group alone, then
 * neighbouring groups together, are held against the known shapes. The same is done with what
 * folding makes of the text, since that makes digits of more than digits (⑬, ㍘, 一百位).
 */
#include "text/personal.h"

#include "text/fold.h"
#include "text/personal-atom.h"

#define DIGITS_MIN 8  /* as many digits in a row are a number of somebody */
#define SPOKEN_MIN 11 /* with Chinese numerals among them                 */
#define FEWEST     6  /* digits in the shortest shape                     */
#define GROUPS_MAX 19
#define JOINED_MAX 19
/* So often a text is folded and looked at again; it takes two. */
#define ROUNDS_MAX 6

/* A number found: atoms [from, to). */
struct hit {
	size_t from, to;
};

static uint8_t kind_at(const struct scan *s, size_t at)
{
	return at < s->n ? s->atoms[at].kind : (uint8_t)ATOM_OTHER;
}

static bool is_digit(const struct scan *s, size_t at)
{
	return kind_at(s, at) == ATOM_DIGIT || kind_at(s, at) == ATOM_SPOKEN;
}

static bool is_alnum(const struct scan *s, size_t at)
{
	return kind_at(s, at) == ATOM_DIGIT || kind_at(s, at) == ATOM_LETTER;
}

/* Part of a web address or a name with signs in it: a_b, x.cn/y, k=v. */
static bool touches_address(const struct scan *s, size_t from, size_t to)
{
	static const char signs[] = "./-";
	bool before =
	    from > 1 && is_alnum(s, from - 2) &&
	    (kind_at(s, from - 1) == ATOM_ADDRESS ||
	     (kind_at(s, from - 1) == ATOM_SEPARATOR && strchr(signs, s->atoms[from - 1].c)));
	bool behind = is_alnum(s, to + 1) &&
		      (kind_at(s, to) == ATOM_ADDRESS ||
		       (kind_at(s, to) == ATOM_SEPARATOR && strchr(signs, s->atoms[to].c)));

	return before || behind ||
	       (from > 0 && kind_at(s, from - 1) == ATOM_ADDRESS && s->atoms[from - 1].c != ':' &&
		s->atoms[from - 1].c != '#' && s->atoms[from - 1].c != '?');
}

/*
 * A run of letters and digits that is a number as it stands: 8 digits in a row, or a permit's
 * mixture. `at` is the first atom of the run.
 */
static bool find_alone(const struct scan *s, size_t at, struct hit *ret)
{
	size_t to = at, digits = 0, row = 0, longest = 0, lead = 0;

	while (is_alnum(s, to)) {
		bool digit = kind_at(s, to) == ATOM_DIGIT;

		row = digit ? row + 1 : 0;
		longest = row > longest ? row : longest;
		digits += digit;
		lead += digits == 0;
		to++;
	}
	*ret = (struct hit){at, to};
	if (longest >= DIGITS_MIN)
		return true;
	if (touches_address(s, at, to) || digits == to - at)
		return false;
	/* Hong Kong: A123456(7). */
	if (lead >= 1 && lead <= 2 && longest == 6 && to - at == lead + 6 && to + 2 < s->n &&
	    s->atoms[to].c == '(' && is_alnum(s, to + 1) && s->atoms[to + 2].c == ')') {
		ret->to = to + 3;
		return true;
	}
	if (lead >= 1 && lead <= 2 && longest == 7 && to - at == lead + 7)
		return true; /* passports: EA1234567 */
	return to - at >= 10 && digits >= 5 && digits * 2 >= to - at;
}

/* Digits said in Chinese, alone or among others: long enough, they are a number too. */
static bool find_spoken(const struct scan *s, size_t at, struct hit *ret)
{
	size_t to = at;

	while (is_digit(s, to))
		to++;
	*ret = (struct hit){at, to};
	return to - at >= SPOKEN_MIN;
}

/* Between digits also what stands in names and addresses. */
static bool is_separator(const struct scan *s, size_t at)
{
	return kind_at(s, at) == ATOM_SEPARATOR ||
	       (kind_at(s, at) == ATOM_ADDRESS && strchr("_:", s->atoms[at].c));
}

/* Neighbouring groups of digits with one or two separators between each. */
struct groups {
	size_t n;
	size_t len[GROUPS_MAX];
	size_t end[GROUPS_MAX]; /* atoms */
	char digits[JOINED_MAX + 1];
	size_t n_digits[GROUPS_MAX]; /* up to here */
	char separator[GROUPS_MAX];  /* behind it */
	bool spoken;
};

static void read_groups(const struct scan *s, size_t at, struct groups *ret)
{
	size_t total = 0;

	ret->n = 0;
	ret->spoken = false;
	while (ret->n < GROUPS_MAX) {
		size_t len = 0;

		while (is_digit(s, at) && total < JOINED_MAX) {
			ret->spoken |= kind_at(s, at) == ATOM_SPOKEN;
			ret->digits[total++] = s->atoms[at++].c;
			len++;
		}
		/* The check character of a citizen number. */
		if (total == 17 && len && kind_at(s, at) == ATOM_LETTER && s->atoms[at].c == 'X') {
			ret->digits[total++] = 'X';
			at++;
			len++;
		}
		if (!len || is_digit(s, at))
			break;
		ret->len[ret->n] = len;
		ret->end[ret->n] = at;
		ret->n_digits[ret->n++] = total;
		if (!is_separator(s, at))
			break;
		ret->separator[ret->n - 1] = s->atoms[at++].c;
		/* "(0371) 6666888", "138 - 0013" */
		if (is_separator(s, at))
			at++;
	}
}

static bool date_is_likely(const char *d)
{
	int year = (d[0] - '0') * 10 + d[1] - '0', month = (d[4] - '0') * 10 + d[5] - '0';
	int day = (d[6] - '0') * 10 + d[7] - '0';

	return (year == 19 || year == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool luhn_is_valid(const char *d, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int x = d[n - 1 - i] - '0';

		if (x < 0 || x > 9)
			return false;
		if (i & 1)
			x = x * 2 > 9 ? x * 2 - 9 : x * 2;
		sum += x;
	}
	return sum % 10 == 0;
}

static int group_value(const struct groups *g, size_t i)
{
	size_t from = g->n_digits[i] - g->len[i];
	int value = 0;

	for (size_t j = 0; j < g->len[i] && j < 4; j++)
		value = value * 10 + g->digits[from + j] - '0';
	return value;
}

/* 2025-06-01, 14:00-17:30, 1500.00-2000.5: days, hours and prices are nobody's numbers. */
static bool has_plain_figures(const struct groups *g, size_t n)
{
	size_t dates = 0, times = 0, no_times = 0, prices = 0, no_prices = 0, dots = 0;

	for (size_t i = 0; i + 1 < n; i++) {
		char c = g->separator[i];
		int a = group_value(g, i), b = group_value(g, i + 1);
		size_t len = g->len[i + 1];

		if (g->len[i] == 4 && a >= 1900 && a < 2100 && len <= 2 && b >= 1 && b <= 12)
			dates += strchr("-./ ", c) != NULL;
		if (c == ':') {
			bool fits = g->len[i] <= 2 && len == 2 && a <= 24 && b < 60;

			times += fits;
			no_times += !fits;
		}
		if (c == '.') {
			prices += len <= 2;
			no_prices += len > 2;
			dots++;
		}
	}
	return dates || (times && !no_times) || (prices && !no_prices && dots + 1 < n);
}

/* Cards are written in groups of one length; the last may differ. */
static bool is_even(const struct groups *g, size_t n)
{
	for (size_t i = 1; i + 1 < n; i++)
		if (g->len[i] != g->len[0])
			return false;
	return g->len[0] >= 2;
}

/* The first n groups together are a shape that people write in groups. */
static bool groups_fit(const struct groups *g, size_t n)
{
	size_t total = g->n_digits[n - 1];
	const char *d = g->digits;
	bool singles = true, large = true;

	for (size_t i = 0; i < n; i++) {
		singles &= g->len[i] == 1;
		large &= g->len[i] >= 3 || (i == 0 && d[0] == '1' && g->len[0] == 1);
	}
	if (singles)
		return total >= (g->spoken ? SPOKEN_MIN : DIGITS_MIN);
	if (n == 2 && d[0] == '0' && g->len[0] >= 3 && g->len[0] <= 4 && d[1] != '0')
		return g->len[1] == 7 || g->len[1] == 8;
	if (n == 3 && d[0] == '0' && g->len[0] >= 3 && g->len[0] <= 4 && d[1] != '0')
		return g->len[1] >= 3 && g->len[1] <= 4 && g->len[2] == 4;
	if (total == 11)
		return d[0] == '1' && d[1] >= '3' && (large || !has_plain_figures(g, n));
	if (total == 18 && date_is_likely(d + 6))
		return true;
	if (!large && !is_even(g, n))
		return false;
	if (total == 15)
		return g->len[0] == 6 && d[8] <= '1' && d[10] <= '3';
	return total >= 16 && total <= 19 && d[0] >= '3' && luhn_is_valid(d, total);
}

static bool find_joined(const struct scan *s, size_t at, struct hit *ret)
{
	struct groups g;

	read_groups(s, at, &g);
	for (size_t n = g.n; n >= 2; n--) {
		size_t total = g.n_digits[n - 1];

		/* A letter behind it takes the weaker shapes away. */
		if (kind_at(s, g.end[n - 1]) == ATOM_LETTER && total != 11 && total != 18)
			continue;
		if (!groups_fit(&g, n))
			continue;
		*ret = (struct hit){at, g.end[n - 1]};
		return true;
	}
	return false;
}

/* Is the number that begins at `at`, where a run of letters or one of digits begins, a person's? */
static bool find(const struct scan *s, size_t at, struct hit *ret)
{
	bool begins = at == 0 || !is_alnum(s, at - 1);

	if (begins && is_alnum(s, at) && find_alone(s, at, ret))
		return true;
	return is_digit(s, at) && (find_spoken(s, at, ret) || find_joined(s, at, ret));
}

static enum personal_kind kind_of(struct view d)
{
	if (d.len == 18 && strspn(d.ptr, "0123456789") >= 17 && strchr("0123456789X", d.ptr[17]))
		return date_is_likely(d.ptr + 6) || !luhn_is_valid(d.ptr, 18) ? PERSONAL_CITIZEN
									      : PERSONAL_BANK_CARD;
	if (strspn(d.ptr, "0123456789") != d.len)
		return PERSONAL_NUMBER;
	if (d.len == 15)
		return d.ptr[8] <= '1' && d.ptr[10] <= '3' ? PERSONAL_CITIZEN : PERSONAL_NUMBER;
	if (d.len == 11 && d.ptr[0] == '1' && d.ptr[1] >= '3')
		return PERSONAL_PHONE;
	if (d.len >= 10 && d.len <= 12 && d.ptr[0] == '0' && d.ptr[1] != '0')
		return PERSONAL_PHONE;
	if (d.len == 13 && view_starts(d, VIEW("861")))
		return PERSONAL_PHONE;
	return d.len >= 16 && d.len <= 19 && luhn_is_valid(d.ptr, d.len) ? PERSONAL_BANK_CARD
									 : PERSONAL_NUMBER;
}

static void note(struct arena *a, const struct scan *s, struct hit h, struct view typed,
		 struct personal_text *ret)
{
	struct personal *p = &ret->found[ret->n_found];
	char *digits = arena_alloc(a, h.to - h.from + 1);
	size_t n = 0;

	for (size_t i = h.from; i < h.to; i++)
		if (is_digit(s, i) || kind_at(s, i) == ATOM_LETTER)
			digits[n++] = s->atoms[i].c;
	p->value = arena_copy(a, typed);
	p->digits = view_make(digits, n);
	p->kind = kind_of(p->digits);
	ret->n_found++;
}

/* The end of a run of the same kind that begins at `at`: from there on is looked again. */
static size_t run_end(const struct scan *s, size_t at)
{
	size_t to = at + 1;

	if (is_alnum(s, at))
		while (is_alnum(s, to) && kind_at(s, to) == kind_at(s, at))
			to++;
	return to;
}

struct span {
	uint32_t from, to; /* bytes of the text that is lifted from */
};

/* Where the numbers of a folded text came from; of a text as it is: where they stand. */
static struct span span_of(const struct scan *s, struct hit h, const struct text *t)
{
	struct span p = {s->atoms[h.from].from, s->atoms[h.to - 1].to};
	size_t first, last;

	if (!t)
		return p;
	first = text_char_at(t, p.from);
	last = text_char_at(t, p.to - 1) + 1;
	/* What several characters were made of goes as a whole. */
	while (last < t->n_chars && t->origin[last] == t->origin[last - 1])
		last++;
	return (struct span){t->origin[first], t->origin[last]};
}

/* Lift from `raw` what is found in it, or in `t`, which was folded from it. True if it was any. */
static bool lift(struct arena *a, struct view raw, const struct text *t, struct personal_text *ret)
{
	struct scan s;
	size_t at = 0, n = 0;
	char *out;

	scan_read(a, t ? t->folded : raw, &s);
	out = arena_alloc(a, raw.len + (s.n / 2 + 1) * sizeof(PERSONAL_MARK));
	for (size_t i = 0; i < s.n;) {
		struct span p;
		struct hit h;

		if (!find(&s, i, &h)) {
			i = run_end(&s, i);
			continue;
		}
		i = h.to;
		p = span_of(&s, h, t);
		if (p.from < at)
			p.from = (uint32_t)at;
		memcpy(out + n, raw.ptr + at, p.from - at);
		n += p.from - at;
		memcpy(out + n, PERSONAL_MARK, sizeof(PERSONAL_MARK) - 1);
		n += sizeof(PERSONAL_MARK) - 1;
		at = p.to;
		if (ret->n_found < PERSONAL_MAX)
			note(a, &s, h, view_sub(raw, p.from, p.to - p.from), ret);
	}
	if (at == 0)
		return false;
	memcpy(out + n, raw.ptr + at, raw.len - at);
	ret->text = view_make(out, n + raw.len - at);
	return true;
}

void personal_lift(struct arena *a, struct view raw, struct personal_text *ret)
{
	struct text folded;

	ret->text = raw;
	ret->n_found = 0;
	if (scan_digits(raw) < FEWEST)
		return;
	lift(a, raw, NULL, ret);
	for (int round = 0; round < ROUNDS_MAX; round++) {
		if (text_fold(a, ret->text, &folded) < 0 || !lift(a, ret->text, &folded, ret))
			return;
	}
	/* Nobody types this: rather nothing of it than a number. */
	ret->text = VIEW(PERSONAL_MARK);
}

bool personal_citizen_is_valid(struct view digits)
{
	static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;
	char check;

	if (digits.len != 18)
		return false;
	for (size_t i = 0; i < 17; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
		sum += weights[i] * (digits.ptr[i] - '0');
	}
	check = digits.ptr[17] == 'x' ? 'X' : digits.ptr[17];
	return check == "10X98765432"[sum % 11];
}
