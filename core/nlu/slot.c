/* SPDX-License-Identifier: Apache-2.0 */
/* slot.c - finding the figures of slot.h: first all of them, then the nearest for each rule. */
#include "nlu/slot.h"

#include "nlu/sound.h"

#define FIGURES_MAX 16
/* Characters between a word and its figure. */
#define REACH 8

/* Days and months are counted apart, so that half a year stays six months. */
struct figure {
	uint32_t start, end;
	int64_t days, months;
	bool is_age;
	char unit; /* as said: d, w, m, y */
};

static bool follows(const struct text *t, uint32_t at, const char *word)
{
	size_t from = at <= t->n_chars ? t->bytes[at] : t->folded.len;

	return view_starts(view_sub(t->folded, from, t->folded.len), view_of(word));
}

static int numeral(uint32_t c)
{
	static const uint32_t numerals[] = {0x96f6 /* 零 */, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
					    0x4e94,          0x516d, 0x4e03, 0x516b, 0x4e5d};

	if (c == 0x4e24) /* 两 */
		return 2;
	for (int i = 0; i < 10; i++)
		if (numerals[i] == c)
			return i;
	return -1;
}

/* A number in digits or Chinese numerals under 10000; gives where it ends, `at` if there is none.
 */
static uint32_t read_number(const struct text *t, uint32_t at, int64_t *ret)
{
	int64_t total = 0, digit = -1;
	uint32_t i = at;

	for (; i < t->n_chars && i < at + 6 && char_is_digit(t->chars[i]); i++)
		total = total * 10 + (t->chars[i] - '0');
	if (i > at) {
		*ret = total;
		return i;
	}
	for (; i < t->n_chars; i++) {
		uint32_t c = t->chars[i];
		int64_t unit = c == 0x5341 ? 10 : c == 0x767e ? 100 : c == 0x5343 ? 1000 : 0;

		if (unit) {
			total += (digit < 0 ? 1 : digit) * unit;
			digit = -1;
		} else if (numeral(c) >= 0 && digit <= 0) {
			digit = numeral(c);
		} else if (numeral(c) >= 0) {
			i++; /* 三四个月: the first is meant */
			break;
		} else {
			break;
		}
	}
	if (i > at)
		*ret = total + (digit > 0 ? digit : 0);
	return i;
}

/* Days and months of one unit; gives its length in characters, 0 if there is none. */
static uint32_t read_unit(const struct text *t, uint32_t at, int64_t *ret_days, int64_t *ret_months,
			  struct figure *ret)
{
	static const struct {
		const char *word;
		uint32_t len;
		int days, months;
		bool is_age;
	} units[] = {
	    {"个工作日", 4, 1, 0, false}, {"工作日", 3, 1, 0, false}, {"个月", 2, 0, 1, false},
	    {"月", 1, 0, 1, false},       {"天", 1, 1, 0, false},     {"日", 1, 1, 0, false},
	    {"个星期", 3, 7, 0, false},   {"星期", 2, 7, 0, false},   {"个礼拜", 3, 7, 0, false},
	    {"礼拜", 2, 7, 0, false},     {"周岁", 2, 0, 12, true},   {"周", 1, 7, 0, false},
	    {"年", 1, 0, 12, false},      {"岁", 1, 0, 12, true},     {"来岁", 2, 0, 12, true},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (follows(t, at, units[i].word)) {
			*ret_days = units[i].days;
			*ret_months = units[i].months;
			ret->is_age = units[i].is_age;
			ret->unit = units[i].months == 12 ? 'y'
				    : units[i].months > 0 ? 'm'
				    : units[i].days == 7  ? 'w'
							  : 'd';
			return units[i].len;
		}
	return 0;
}

/* 半年, 半个月. */
static uint32_t read_half(const struct text *t, uint32_t at, struct figure *f)
{
	if (follows(t, at, "半年")) {
		f->months = 6;
		f->unit = 'y';
		return at + 2;
	}
	if (follows(t, at, "半个月") || follows(t, at, "半个多月")) {
		f->days = 15;
		f->unit = 'm';
		return at + 3;
	}
	return at;
}

static bool is_date(const struct text *t, uint32_t start, int64_t value, int64_t months)
{
	/* 2023年, 3月 are dates; 第3天 counts something else. */
	return (months == 12 && value > 150) || (start > 0 && t->chars[start - 1] == 0x7b2c) ||
	       (start > 0 && t->chars[start - 1] == '.');
}

static bool can_start(uint32_t c)
{
	return char_is_digit(c) || numeral(c) >= 0 || c == 0x534a /* 半 */ || c == 0x5341 ||
	       c == 0x767e;
}

/* A figure that starts at `at`; gives its end, `at` if there is none. */
static uint32_t read_figure(const struct text *t, uint32_t at, struct figure *f)
{
	int64_t value = 0, days, months;
	uint32_t i = at, len;
	bool has_half = false;

	*f = (struct figure){.start = at};
	i = read_half(t, at, f);
	if (i > at) {
		f->end = i;
		return i;
	}
	i = read_number(t, at, &value);
	if (i == at)
		return at;
	if (follows(t, i, "个半")) {
		has_half = true;
		i += 2;
	}
	while (follows(t, i, "多") || follows(t, i, "来") || follows(t, i, "几") ||
	       follows(t, i, "好几"))
		i++;
	if (follows(t, i, "个多"))
		i += 2;
	len = read_unit(t, i, &days, &months, f);
	if (!len || is_date(t, at, value, months))
		return at;
	/* "3月" is a month of the year unless 个 or a Chinese numeral counts it. */
	if (t->chars[i] == 0x6708 && !has_half && char_is_digit(t->chars[at]) &&
	    !follows(t, i - 1, "多") && !follows(t, i - 2, "个多"))
		return at;
	i += len;
	if (follows(t, i, "半")) {
		has_half = true;
		i++;
	}
	f->months = value * months + (has_half ? months / 2 : 0);
	f->days = value * days + (has_half && months == 1 ? 15 : has_half && days == 7 ? 3 : 0);
	f->end = i;
	return i;
}

static size_t find_figures(const struct text *t, struct figure *figures)
{
	size_t n = 0;

	for (uint32_t i = 0; i < t->n_chars && n < FIGURES_MAX;) {
		uint32_t end = can_start(t->chars[i]) ? read_figure(t, i, &figures[n]) : i;

		n += end > i;
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

static bool ends_sentence(uint32_t c)
{
	return c == 0x3002 || c == '?' || c == '!' || c == ';';
}

/* Distance in characters between a word at [start, end) and a figure; SIZE_MAX: too far. */
static size_t distance(const struct text *t, uint32_t start, uint32_t end, const struct figure *f)
{
	uint32_t from = f->start >= end ? end : f->end, to = f->start >= end ? f->start : start;
	size_t n_commas = 0;

	/* A word stands in front of its figure, or close behind it. */
	if (to < from || to - from > REACH)
		return SIZE_MAX;
	for (uint32_t i = from; i < to; i++) {
		if (ends_sentence(t->chars[i]))
			return SIZE_MAX;
		n_commas += t->chars[i] == ',';
	}
	return (to - from) * 2 + (f->start < start) + n_commas * 2 * REACH;
}

static size_t nearest(const struct text *t, const struct slot_rule *rule, const struct figure *f)
{
	size_t best = SIZE_MAX;

	for (size_t w = 0; w < rule->n_words; w++) {
		struct view rest = t->folded;
		ptrdiff_t at;
		size_t from = 0;

		while ((at = view_find(rest, rule->words[w])) >= 0) {
			size_t start = text_char_at(t, from + (size_t)at);
			size_t end = text_char_at(t, from + (size_t)at + rule->words[w].len);
			size_t d = distance(t, (uint32_t)start, (uint32_t)end, f);

			/* 6岁: the word is the unit itself. */
			if (start < f->end && end > f->start)
				d = 0;
			best = d < best ? d : best;
			from += (size_t)at + rule->words[w].len;
			rest = view_sub(t->folded, from, t->folded.len);
		}
	}
	return best;
}

static bool convert(const struct slot_rule *rule, const struct figure *f, int64_t *ret)
{
	if (f->is_age != view_is(rule->unit, "year") && f->is_age)
		return false;
	if (view_is(rule->unit, "day"))
		*ret = f->months * 30 + f->days;
	else if (view_is(rule->unit, "month"))
		*ret = f->months + f->days / 30;
	else if (view_is(rule->unit, "year"))
		*ret = (f->months + f->days / 30) / 12;
	else
		return false;
	return true;
}

static enum slot_said said_as(const struct slot_rule *rule, char unit)
{
	if (view_is(rule->unit, "month"))
		return unit == 'y' ? SAID_YEARS_AS_MONTHS : SAID_SO;
	if (!view_is(rule->unit, "day"))
		return SAID_SO;
	return unit == 'y'   ? SAID_YEARS_AS_DAYS
	       : unit == 'm' ? SAID_MONTHS_AS_DAYS
	       : unit == 'w' ? SAID_WEEKS_AS_DAYS
			     : SAID_SO;
}

/* A rule and a figure that may belong together. */
struct match {
	const struct matter *matter;
	const struct slot_rule *rule;
	size_t figure;
	size_t distance; /* odd: the word stands behind the figure */
	int64_t value;
};

static size_t find_matches(const struct catalog *catalog, const struct text *text,
			   const struct figure *figures, size_t n_figures, struct match *matches)
{
	size_t n = 0;

	for (size_t i = 0; i < catalog->n_matters; i++)
		for (size_t j = 0; j < catalog->matters[i].n_slots; j++)
			for (size_t k = 0; k < n_figures; k++) {
				const struct slot_rule *rule = &catalog->matters[i].slots[j];
				struct match m = {&catalog->matters[i], rule, k, 0, 0};

				m.distance = nearest(text, rule, &figures[k]);
				if (m.distance != SIZE_MAX && convert(rule, &figures[k], &m.value))
					matches[n++] = m;
			}
	return n;
}

static bool may_take(const struct match *m, const struct match *matches, size_t n_taken)
{
	for (size_t i = 0; i < n_taken; i++) {
		/* Two matters may know the same figure. */
		if (view_eq(matches[i].rule->name, m->rule->name))
			return false;
		/* 住了8个月社保交了10个月: the 8 is not the 社保's. */
		if (matches[i].matter == m->matter && matches[i].figure == m->figure &&
		    (m->distance & 1))
			return false;
	}
	return true;
}

size_t slots_find(const struct catalog *catalog, struct arena *a, const struct text *text,
		  const struct slot **ret)
{
	struct figure figures[FIGURES_MAX];
	size_t n_figures = find_figures(text, figures), n_rules = 0, n = 0, n_matches;
	struct match *matches;
	struct slot *slots;

	*ret = NULL;
	if (n_figures == 0)
		return 0;
	for (size_t i = 0; i < catalog->n_matters; i++)
		n_rules += catalog->matters[i].n_slots;
	slots = ARENA_ARRAY(a, n_rules + 1, struct slot);
	matches = ARENA_ARRAY(a, n_rules * n_figures + 1, struct match);
	n_matches = find_matches(catalog, text, figures, n_figures, matches);
	/* The closest pairs first; matches[0 .. n) are those taken. */
	for (;;) {
		size_t best = n_matches;
		struct match m;

		for (size_t i = n; i < n_matches; i++)
			if (may_take(&matches[i], matches, n) &&
			    (best == n_matches || matches[i].distance < matches[best].distance))
				best = i;
		if (best == n_matches)
			break;
		m = matches[best];
		matches[best] = matches[n];
		matches[n] = m;
		slots[n++] =
		    (struct slot){m.rule->name, m.value, said_as(m.rule, figures[m.figure].unit)};
	}
	*ret = slots;
	return n;
}
