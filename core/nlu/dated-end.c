/* SPDX-License-Identifier: Apache-2.0 */
/* dated-end.c - ends: 10月1号到期了, 有效期到2027年3月5日, and on which side of today they lie. */
#include "nlu/dated-spot.h"
#include "nlu/duration.h"

#define DURATIONS_MAX 8
/* Half a year: what is nearer is meant where nothing tells the side surely. */
#define NEAR_DAYS 183

/* ---- on which side of today ---- */

enum told {
	TOLD_NOTHING = 0,
	TOLD_PAST = 1,  /* 到期了 */
	TOLD_AHEAD = 2, /* 快到期 */
	TOLD_BOTH = 3,
	TOLD_SURELY = 4, /* 过期了, 已经到期: however long ago */
};

/* What the words before and behind 到期 tell; 12月1号到期了 may be said the day before. */
static unsigned told_beside(struct view front, bool is_over, struct view rest)
{
	static const char *const soon[] = {"快", "快要", "即将", "马上", "马上要", "快就"};
	static const char *const ahead[] = {"要", "就要", "将", "会",  "还没",
					    "没", "未",   "才", "将要"};
	static const char *const past[] = {"已", "已经", "早", "早就", "早已", "刚", "刚刚", "经"};
	static const char *const over[] = {"了", "好久", "很久", "未签", "没签", "没续"};
	static const char *const asked[] = {"了吗", "了没", "了么"};

	if (ENDS(front, soon) > 0)
		return TOLD_AHEAD;
	if (ENDS(front, ahead) > 0)
		return TOLD_AHEAD | TOLD_SURELY;
	if (STARTS(rest, asked) > 0)
		return TOLD_NOTHING;
	if (ENDS(front, past) > 0)
		return TOLD_PAST | TOLD_SURELY;
	/* 12月1号就到期了 is said of both. */
	if (STARTS(rest, over) == 0 || view_ends(front, VIEW("就")))
		return TOLD_NOTHING;
	return is_over ? TOLD_PAST | TOLD_SURELY : TOLD_PAST;
}

/* By what is said of the end anywhere, but in clauses about another thing. */
static unsigned told_in(const struct text *t, const struct slot_rule *rule)
{
	static const char *const ends[] = {"到期", "过期", "逾期", "期满"};
	struct duration found[DURATIONS_MAX];
	size_t n = durations_find(t, found, DURATIONS_MAX);
	unsigned told = TOLD_NOTHING;

	for (uint32_t at = 0; at < t->n_chars; at++) {
		const struct view rest = view_sub(t->folded, t->bytes[at], t->folded.len);
		size_t len = STARTS(rest, ends);
		bool is_over = view_starts(rest, VIEW("过期")) || view_starts(rest, VIEW("逾期"));

		if (len > 0 && !spot_is_of_another(t, rule, at, at))
			told |= told_beside(view_sub(t->folded, 0, t->bytes[at]), is_over,
					    view_sub(rest, len, rest.len));
		/* 10月31日到期，逾期一个月了 */
		for (size_t i = 0; i < n && is_over; i++)
			if (found[i].from == at + 2 && text_follows(t, found[i].to, "了"))
				told |= TOLD_PAST | TOLD_SURELY;
	}
	return told;
}

/* The side that is likelier, if nothing tells it surely. */
static enum told leans(const struct text *t)
{
	static const char *const past[] = {"到期的", "过期的", "还能",   "还可以", "还可",
					   "补办",   "补签",   "来得及", "来不及", "重新",
					   "恢复",   "忘",     "没顾",   "没管"};
	static const char *const ahead[] = {"提前",   "提早",     "什么时候", "啥时候",
					    "现在能", "现在可以", "几号",     "多早"};
	bool is_past = HOLDS(t->folded, past);
	bool is_ahead = HOLDS(t->folded, ahead);

	return is_past == is_ahead ? TOLD_NOTHING : is_past ? TOLD_PAST : TOLD_AHEAD;
}

/* 12月1号就到期了: the nearer one, if it is near and the other is not. */
static enum told nearer(const struct date *d, int32_t today)
{
	int32_t first, last, first_ahead, last_ahead;
	bool is_past = date_days(d, today, DATE_PAST, &first, &last);
	bool is_ahead = date_days(d, today, DATE_AHEAD, &first_ahead, &last_ahead);

	if (!is_past || !is_ahead)
		return TOLD_NOTHING;
	if (today - first < NEAR_DAYS && first_ahead - today > NEAR_DAYS)
		return TOLD_PAST;
	return last_ahead - today < NEAR_DAYS && today - last > NEAR_DAYS ? TOLD_AHEAD
									  : TOLD_NOTHING;
}

static bool end_days(const struct text *t, const struct slot_rule *rule, const struct date *d,
		     int32_t today, bool is_even, struct dated *ret)
{
	const enum date_side side = rule->counts == COUNTS_SINCE ? DATE_PAST : DATE_AHEAD;
	const enum date_side other = side == DATE_PAST ? DATE_AHEAD : DATE_PAST;
	const unsigned wanted = side == DATE_PAST ? TOLD_PAST : TOLD_AHEAD;
	unsigned told = told_in(t, rule);
	int32_t first, last;

	if (!date_days(d, today, side, &ret->first, &ret->last))
		return false;
	if (spot_is_today(d, today))
		return side == DATE_AHEAD;
	/* A year and all: the date tells it, unless today lies within. */
	if (d->year && !date_days(d, today, other, &first, &last))
		return true;
	if ((told & TOLD_BOTH) == TOLD_BOTH || (told & TOLD_BOTH & ~wanted))
		return false;
	if (d->year || (told & TOLD_SURELY))
		return (told & TOLD_BOTH) == wanted;
	return nearer(d, today) == wanted && ((told & wanted) || is_even || leans(t) == wanted);
}

/* ---- an end: 到期 ---- */

/* 有效期一年, 有效期为1年: how long it is, so the date beside it is where it begins. */
static bool tells_length(const struct text *t, uint32_t at)
{
	static const char *const links[] = {"为", "是", "有", "只有", "共", "限", "期限", ":", "("};
	struct duration found[DURATIONS_MAX];
	size_t n = durations_find(t, found, DURATIONS_MAX), len;
	struct view rest = view_sub(t->folded, t->bytes[at], t->folded.len);

	while ((len = STARTS(rest, links)) > 0)
		rest = view_sub(rest, len, rest.len);
	for (size_t i = 0; i < n; i++)
		if (t->bytes[found[i].start] == t->folded.len - rest.len ||
		    t->bytes[found[i].from] == t->folded.len - rest.len)
			return true;
	return view_starts(rest, VIEW("长期"));
}

/* 2025年10月1日有效期一年, 10月1日办的有效期到…: nothing that ends on the day in front. */
static bool is_validity_since(const struct spot *s)
{
	if (!view_starts(text_part(s->text, s->start, s->end), VIEW("有效")))
		return false;
	if (tells_length(s->text, s->end))
		return true;
	for (size_t i = 0; i < s->in->n_dates; i++) {
		uint32_t at = s->end;

		while (at < s->in->dates[i].start && !spot_ends_clause(s->text->chars[at]))
			at++;
		if (at == s->in->dates[i].start)
			return true;
	}
	return false;
}

/* 10月1号到期, 10月1号我的居住证就已经过期了 */
static bool stands_behind(const struct spot *s, const struct date *d)
{
	static const char *const fillers[] = {
	    "就", "已经", "已",   "早就", "早已", "的", "刚",   "刚刚", "才",     "会",   "要",
	    "快", "快要", "将",   "即将", "了",   "是", "那天", "当天", "我",     "我的", "份",
	    "这", "证",   "就要", "马上", "也",   "都", "本",   "它",   "有效期", "(",    ")"};

	struct view between;

	if (s->start < d->end || is_validity_since(s))
		return false;
	between = text_part(s->text, d->end, s->start);
	/* 去年10月1号签注的居住证过期了 */
	return spot_is_filled(between, s->matter, fillers, N_OF(fillers)) &&
	       view_find(between, VIEW("签")) < 0 && !text_follows(s->text, s->end, "前") &&
	       !text_follows(s->text, s->end, "提醒");
}

/* 到期日是2026年10月1日, 有效期至2027.3.5; from: where the range begins that it ends. */
static bool stands_before(const struct spot *s, const struct date *d, uint32_t from)
{
	static const char *const links[] = {
	    "是", "为",   "到",   "至", "截止", "截止到", "截至", "写的", "写着",   "上写着",
	    "限", "限到", "限至", "日", "日期", "时间",   "日子", ":",    "就",     "只",
	    "在", "于",   "的",   "(",  "我的", "上面",   "只到", "显示", "登记的", "也"};
	static const char *const goes_on[] = {"的", "了", "(", ")", "还", "能", "吗", "呢", "怎么"};
	static const char *const starts[] = {"起", "开始", "生效", "算起"};
	static const char *const since[] = {"从", "自", "由"};
	struct view between,
	    rest = view_sub(s->text->folded, s->text->bytes[d->end], s->text->folded.len);
	bool has_link, is_end;

	if (from < s->end)
		return false;
	between = text_part(s->text, s->end, from);
	has_link = between.len > 0;
	/* 有效期从2025年10月1日到2026年10月1日, but not 有效期从2025年10月1日 */
	if (from < d->start)
		between = view_sub(between, 0, between.len - ENDS(between, since));
	is_end = d->end >= s->text->n_chars || spot_ends_clause(s->text->chars[d->end]) ||
		 STARTS(rest, goes_on) > 0;
	/* 到期10月1号去办 */
	return (has_link || is_end) && spot_is_filled(between, s->matter, links, N_OF(links)) &&
	       !text_follows(s->text, d->end, "去") && !text_follows(s->text, d->end, "办") &&
	       STARTS(rest, starts) == 0 && !tells_length(s->text, d->end);
}

bool spot_has_later(const struct dated_text *in, size_t i, int32_t end)
{
	const int32_t today = in->today;

	for (size_t k = 0; k < in->n_dates; k++) {
		const struct date *d = &in->dates[k];
		int32_t first, last;

		if (k == i || (d->month == 1 && d->month_last == 12))
			continue;
		if (date_days(d, today, DATE_PAST, &first, &last) && last > end)
			return true;
		if (date_days(d, today, DATE_AHEAD, &first, &last) && last > today &&
		    (d->year || nearer(d, today) == TOLD_AHEAD))
			return true;
	}
	return false;
}

/* Whether a date and the next one are a range: 2025.3.5-2026.3.5, 从2025年10月1日起至…. */
static bool is_range(const struct dated_text *in, size_t i)
{
	static const char *const until[] = {"-", "~", "到", "至", "起到", "起至", "开始到"};
	struct view between;

	if (i + 1 >= in->n_dates)
		return false;
	between = text_part(in->text, in->dates[i].end, in->dates[i + 1].start);
	return between.len > 0 && STARTS(between, until) == between.len;
}

bool spot_is_end(const struct spot *s, size_t i, struct dated *ret)
{
	const struct date *d = &s->in->dates[i];
	uint32_t from = d->start;
	bool is_behind;

	/* The second one is the end. */
	if (is_range(s->in, i))
		return false;
	if (i > 0 && is_range(s->in, i - 1))
		from = s->in->dates[i - 1].start;
	is_behind = stands_behind(s, d);
	if ((!is_behind && !stands_before(s, d, from)) || spot_is_denied(s) ||
	    spot_is_of_another(s->text, s->rule, s->start < from ? s->start : from,
			       s->end > d->end ? s->end : d->end))
		return false;
	return end_days(s->text, s->rule, d, s->in->today,
			is_behind && text_precedes(s->text, s->start, "就"), ret);
}
