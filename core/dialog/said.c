/* SPDX-License-Identifier: Apache-2.0 */
/* said.c - "720天" becomes "2年" in what a plugin's code has said. */
#include "dialog/said.h"

#include <stdio.h>

#include "base/buf.h"
#include "nlu/duration.h"
#include "nlu/slot.h"

#define WORDS      48
#define MONTHS_MAX 120
#define DAYS_LEAST 27 /* a month as days has more: it is no month as a month */

/* 2年 · 1年半 · 半年 · 2个半月; false: it cannot be said so. */
static bool with_half(int64_t value, int64_t whole, const char *unit, const char *half,
		      const char *half_alone, char *ret)
{
	int64_t n = value / whole, rest = value % whole;

	if (rest == 0 && n > 0)
		snprintf(ret, WORDS, "%lld%s", (long long)n, unit);
	else if (rest * 2 == whole && n > 0)
		snprintf(ret, WORDS, "%lld%s", (long long)n, half);
	else if (rest * 2 == whole)
		snprintf(ret, WORDS, "%s", half_alone);
	else
		return false;
	return true;
}

/* 59 to 62 days are two months. */
static bool as_months(int64_t least, int64_t most, enum slot_said said, char *ret)
{
	for (int64_t halves = 1; halves <= MONTHS_MAX * 2; halves++) {
		struct span s = {halves / 2, halves % 2 * 15};

		if (span_days_least(s) == least && span_days_most(s) == most)
			return said == SAID_YEARS_AS_DAYS
				   ? halves % 2 == 0 &&
					 with_half(s.months, 12, "年", "年半", "半年", ret)
				   : with_half(halves, 2, "个月", "个半月", "半个月", ret);
	}
	return false;
}

static bool is_least_of(const struct slot s[2])
{
	return s[0].said == s[1].said && view_ends(s[0].name, view_of(SLOT_LEAST)) &&
	       view_ends(s[1].name, view_of(SLOT_MOST));
}

static bool is_end(const struct slot *s)
{
	return view_ends(s->name, view_of(SLOT_LEAST)) || view_ends(s->name, view_of(SLOT_MOST));
}

/* What a plugin makes of it, and what was said. Of a range no end is said alone. */
static bool both_ways(const struct slot *s, char from[WORDS], char to[WORDS * 3])
{
	snprintf(from, WORDS, "%lld%s", (long long)s->value,
		 s->said == SAID_YEARS_AS_MONTHS ? "个月" : "天");
	if (is_end(s))
		return false;
	switch (s->said) {
	case SAID_WEEKS_AS_DAYS:
		snprintf(to, WORDS, "%lld周", (long long)s->value / 7);
		return s->value % 7 == 0 && s->value > 0;
	case SAID_MONTHS_AS_DAYS:
	case SAID_YEARS_AS_DAYS:
		return as_months(s->value, s->value, s->said, to);
	case SAID_YEARS_AS_MONTHS:
		return with_half(s->value, 12, "年", "年半", "半年", to);
	case SAID_SO:
	case SAID_NOTHING:
	case SAID_KINDS:
		break;
	}
	return false;
}

/* 两个月 is more than one number of days: both are said, 2个月（59至62天）. */
static bool both_ends(const struct slot *s, char from[WORDS], char to[WORDS * 3])
{
	char words[WORDS];

	if ((s->said != SAID_MONTHS_AS_DAYS && s->said != SAID_YEARS_AS_DAYS) ||
	    !as_months(s[0].value, s[1].value, s->said, words))
		return false;
	snprintf(from, WORDS, "%lld至%lld天", (long long)s[0].value, (long long)s[1].value);
	snprintf(to, WORDS * 3, "%s（%s）", words, from);
	return true;
}

/* Both ends are whole ones of the unit: 两三个星期, 三四个月, 两三年. */
static bool are_whole(const struct slot *s, int64_t months)
{
	return s->least.days == 0 && s->most.days == 0 && s->least.months > 0 &&
	       s->least.months < s->most.months && s->least.months % months == 0 &&
	       s->most.months % months == 0;
}

/* 两三个星期: not 14至21天. Months as days are said both ways, as two months alone are. */
static bool a_range(const struct slot *s, char from[WORDS], char to[WORDS * 3])
{
	const bool is_years = s->said == SAID_YEARS_AS_DAYS || s->said == SAID_YEARS_AS_MONTHS;
	const int64_t months = is_years ? 12 : 1;

	snprintf(from, WORDS, "%lld至%lld%s", (long long)s[0].value, (long long)s[1].value,
		 s->said == SAID_YEARS_AS_MONTHS ? "个月" : "天");
	switch (s->said) {
	case SAID_WEEKS_AS_DAYS:
		snprintf(to, WORDS * 3, "%lld至%lld周", (long long)s[0].value / 7,
			 (long long)s[1].value / 7);
		return s[0].value % 7 == 0 && s[1].value % 7 == 0;
	case SAID_MONTHS_AS_DAYS:
	case SAID_YEARS_AS_DAYS:
		snprintf(to, WORDS * 3, "%lld至%lld%s（%s）", (long long)(s->least.months / months),
			 (long long)(s->most.months / months), is_years ? "年" : "个月", from);
		return are_whole(s, months);
	case SAID_YEARS_AS_MONTHS:
		snprintf(to, WORDS * 3, "%lld至%lld年", (long long)(s->least.months / months),
			 (long long)(s->most.months / months));
		return are_whole(s, months);
	case SAID_SO:
	case SAID_NOTHING:
	case SAID_KINDS:
		break;
	}
	return false;
}

/* 半年, 1年半, 2个月 */
static void word_months(int64_t months, char ret[WORDS])
{
	if (!with_half(months, 12, "年", "年半", "半年", ret))
		snprintf(ret, WORDS, "%lld个月", (long long)months);
}

/* 超过半年, 不到两个月: not 182天以上, nor 不超过61天, which nobody has said. */
static bool a_limit(const struct slot *s, char from[WORDS], char to[WORDS * 3])
{
	const bool is_over = s[1].value >= DURATION_DAYS_MAX;
	const struct span end = is_over ? s->least : s->most;
	const int64_t value = is_over ? s[0].value : s[1].value;
	char words[WORDS];

	if (s->said != SAID_SO || end.months == 0 || value < end.months * DAYS_LEAST ||
	    (!is_over && s[0].value > 0) || (end.days != 0 && end.days != (is_over ? 1 : -1)))
		return false;
	word_months(end.months, words);
	if (is_over) {
		snprintf(from, WORDS, "%lld天以上", (long long)value);
		snprintf(to, WORDS * 3, end.days ? "超过%s" : "%s以上", words);
	} else {
		snprintf(from, WORDS, "不超过%lld天", (long long)value);
		snprintf(to, WORDS * 3, end.days ? "不到%s" : "不超过%s", words);
	}
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct view replace(struct arena *a, struct view text, struct view from, struct view to)
{
	struct buf b = BUF_INIT;
	struct view rest = text, v;
	ptrdiff_t at;

	if (view_find(text, from) < 0)
		return text;
	while ((at = view_find(rest, from)) >= 0) {
		/* 1720天 has no 720天 in it, nor has 14至21天 a 21天. */
		bool is_tail = at > 0 && (is_digit(rest.ptr[at - 1]) ||
					  view_ends(view_sub(rest, 0, (size_t)at), VIEW("至")));

		buf_view_add(&b, view_sub(rest, 0, (size_t)at));
		buf_view_add(&b, is_tail ? from : to);
		rest = view_sub(rest, (size_t)at + from.len, rest.len);
	}
	buf_view_add(&b, rest);
	v = arena_copy(a, buf_view(&b));
	buf_done(&b);
	return v;
}

static void replace_all(struct arena *a, struct facts *f, struct view from, struct view to)
{
	struct line *notes = ARENA_ARRAY(a, f->notes.n + 1, struct line);

	f->summary.text = replace(a, f->summary.text, from, to);
	for (size_t i = 0; i < f->notes.n; i++) {
		notes[i] = f->notes.items[i];
		notes[i].text = replace(a, notes[i].text, from, to);
	}
	f->notes.items = notes;
}

/* ---- dates ---- */

/* What a plugin makes of a figure, as figure_days() and Shenzhen's months word it. */
static struct view as_worded(struct arena *a, const struct slot *s, size_t n, const char *unit)
{
	if (n == 1)
		return arena_printf(a, "%lld%s", (long long)s->value, unit);
	return s[0].value == 0 ? arena_printf(a, "不超过%lld%s", (long long)s[1].value, unit)
			       : arena_printf(a, "%lld至%lld%s", (long long)s[0].value,
					      (long long)s[1].value, unit);
}

/* Where it is a figure of one's own: not 满8个月, nor 720天 within 1720天. */
static ptrdiff_t find_own(struct view text, struct view words, size_t from)
{
	static const char *const others[] = {"满", "前", "超过", "在", "差", "不到"};
	ptrdiff_t at;

	while ((at = view_find(view_sub(text, from, text.len), words)) >= 0) {
		struct view front = view_sub(text, 0, from + (size_t)at);

		if (view_ends_any(front, others, N_OF(others)) == 0 &&
		    !(front.len > 0 && is_digit(front.ptr[front.len - 1])))
			return (ptrdiff_t)front.len;
		from = front.len + words.len;
	}
	return -1;
}

/* 60天（从2026年10月1日算起）, 95天（到2027年3月5日）: so everybody sees what was counted from. */
static struct view tell_date(struct arena *a, struct view text, const struct slot *s, size_t n,
			     int32_t today, size_t *from)
{
	const bool is_ahead = s->last >= today;
	static const char *const units[] = {"天", "个月", "个多月"};
	struct view date, with;
	ptrdiff_t first = -1;
	size_t end = 0;

	/* 居住6个多月：…还差不到6个月: the first one is what was counted. */
	for (size_t i = 0; i < N_OF(units); i++) {
		struct view words = as_worded(a, s, n, units[i]);
		ptrdiff_t at = find_own(text, words, *from);

		if (at >= 0 && (first < 0 || at < first)) {
			first = at;
			end = (size_t)at + words.len;
		}
	}
	if (first < 0)
		return text;
	date = date_word(a, s->first, s->last);
	with = is_ahead ? arena_printf(a, "（到%.*s）", VIEW_ARG(date))
			: arena_printf(a, "（从%.*s算起）", VIEW_ARG(date));
	*from = end + with.len;
	return arena_printf(a, "%.*s%.*s%.*s", (int)end, text.ptr, VIEW_ARG(with),
			    (int)(text.len - end), text.ptr + end);
}

static const struct facts *tell_dates(struct arena *a, const struct facts *f,
				      const struct slot *slots, size_t n, int32_t today)
{
	struct facts *own = NULL;
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		bool is_range = i + 1 < n && view_ends(slots[i].name, view_of(SLOT_LEAST));

		/* No figure of its own: it only makes the one in front 个多月. */
		if (slots[i].first == DATE_NONE || view_ends(slots[i].name, view_of(SLOT_MORE)))
			continue;
		if (!own) {
			own = ARENA_NEW(a, struct facts);
			*own = *f;
		}
		own->summary.text =
		    tell_date(a, own->summary.text, &slots[i], 1 + is_range, today, &from);
		i += is_range;
	}
	return own ? own : f;
}

static bool is_said_otherwise(const struct slot *slots, size_t n, char from[WORDS],
			      char to[WORDS * 3])
{
	return n > 1 && is_least_of(slots)
		   ? both_ends(slots, from, to) || a_range(slots, from, to) ||
			 a_limit(slots, from, to)
		   : both_ways(slots, from, to);
}

const struct facts *said_facts(struct arena *a, const struct facts *f, const struct slot *slots,
			       size_t n, int32_t today)
{
	struct facts *own = NULL;
	char from[WORDS], to[WORDS * 3];

	for (size_t i = 0; i < n; i++) {
		if (!is_said_otherwise(&slots[i], n - i, from, to))
			continue;
		if (!own) {
			own = ARENA_NEW(a, struct facts);
			*own = *f;
		}
		replace_all(a, own, view_of(from), view_of(to));
	}
	return tell_dates(a, own ? own : f, slots, n, today);
}

struct view said_text(struct arena *a, struct view text, const struct slot *slots, size_t n)
{
	char from[WORDS], to[WORDS * 3];

	for (size_t i = 0; i < n; i++)
		if (is_said_otherwise(&slots[i], n - i, from, to))
			text = replace(a, text, view_of(from), view_of(to));
	return text;
}
