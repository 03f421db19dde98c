/* SPDX-License-Identifier: Apache-2.0 */
/* dated.c - each date beside each word of a rule's dates, and what lies between them. */
#include "nlu/dated.h"

#include "nlu/calendar.h"
#include "nlu/duration.h"
#include "nlu/elsewhere.h"

/* Characters between 从去年5月 and 社保, in one clause. */
#define REACH 10
/* 我在深圳的 */
#define OWNER_BYTES   (6 * (sizeof("的") - 1))
#define DURATIONS_MAX 8
/* Half a year: what is nearer is meant where nothing tells the side surely. */
#define NEAR_DAYS 183

/* ---- the words around ---- */

static bool ends_clause(uint32_t c)
{
	return c == ',' || c == 0x3002 || c == '?' || c == '!' || c == ';';
}

static struct view clause_around(const struct text *t, uint32_t from, uint32_t to)
{
	while (from > 0 && !ends_clause(t->chars[from - 1]))
		from--;
	while (to < t->n_chars && !ends_clause(t->chars[to]))
		to++;
	return text_part(t, from, to);
}

static bool is_of_another(const struct text *t, const struct slot_rule *rule, uint32_t from,
			  uint32_t to)
{
	const struct view clause = clause_around(t, from, to);

	for (size_t i = 0; i < rule->n_others; i++)
		if (view_find(clause, rule->others[i]) >= 0)
			return true;
	return false;
}

/* How long the name of the matter is that it begins with; 0: with none. */
static size_t term_at(struct view v, const struct matter *m)
{
	size_t len = 0;

	for (size_t i = 0; i < m->n_terms; i++)
		if (m->terms[i].len > len && view_starts(v, m->terms[i]))
			len = m->terms[i].len;
	return len;
}

/* 上海的居住证, 我在深圳的居住证: whatever is in front, if nothing is done there. */
static size_t owned_at(struct view v, const struct matter *m)
{
	static const char *const done[] = {"办", "发", "领", "签", "去", "来", "交",
					   "拿", "取", "换", "补", "买", "租", "到",
					   "开", "给", "住", "过", ","};

	for (size_t len = 0; len < v.len && len <= OWNER_BYTES; len++) {
		size_t term = term_at(view_sub(v, len, v.len), m);

		if (term > 0)
			return view_has_any(view_sub(v, 0, len), done, N_OF(done)) ? 0 : len + term;
	}
	return 0;
}

/* Nothing but such words; the matter's own names are among them. */
static bool is_filled(struct view v, const struct matter *m, const char *const *words, size_t n)
{
	while (v.len > 0) {
		size_t len = view_starts_any(v, words, n), term = term_at(v, m);

		len = term > len ? term : len;
		if (len == 0)
			len = owned_at(v, m);
		if (len == 0)
			return false;
		v = view_sub(v, len, v.len);
	}
	return true;
}

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

	if (view_ends_any(front, soon, N_OF(soon)) > 0)
		return TOLD_AHEAD;
	if (view_ends_any(front, ahead, N_OF(ahead)) > 0)
		return TOLD_AHEAD | TOLD_SURELY;
	if (view_starts_any(rest, asked, N_OF(asked)) > 0)
		return TOLD_NOTHING;
	if (view_ends_any(front, past, N_OF(past)) > 0)
		return TOLD_PAST | TOLD_SURELY;
	/* 12月1号就到期了 is said of both. */
	if (view_starts_any(rest, over, N_OF(over)) == 0 || view_ends(front, VIEW("就")))
		return TOLD_NOTHING;
	return is_over ? TOLD_PAST | TOLD_SURELY : TOLD_PAST;
}

/* By what is said of the end anywhere, but in clauses about another thing. */
static unsigned told_in(const struct text *t, const struct slot_rule *rule)
{
	static const char *const ends[] = {"到期", "过期", "逾期", "期满"};
	unsigned told = TOLD_NOTHING;

	for (uint32_t at = 0; at < t->n_chars; at++) {
		const struct view rest = view_sub(t->folded, t->bytes[at], t->folded.len);
		size_t len = view_starts_any(rest, ends, N_OF(ends));

		if (len > 0 && !is_of_another(t, rule, at, at))
			told |= told_beside(view_sub(t->folded, 0, t->bytes[at]),
					    view_starts(rest, VIEW("过期")) ||
						view_starts(rest, VIEW("逾期")),
					    view_sub(rest, len, rest.len));
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
	bool is_past = view_has_any(t->folded, past, N_OF(past));
	bool is_ahead = view_has_any(t->folded, ahead, N_OF(ahead));

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

/* 30号过期了, said on that day: not the 30th of the month before. */
static bool is_today(const struct date *d, int32_t today)
{
	int32_t first, last;

	return !d->year && d->day && d->day == d->day_last &&
	       date_days(d, today, DATE_AHEAD, &first, &last) && first == today && last == today;
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
	if (is_today(d, today))
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

struct spot {
	const struct dated_text *in;
	const struct text *text;
	const struct matter *matter;
	const struct slot_rule *rule;
	uint32_t start, end; /* the word */
};

static bool is_denied(const struct spot *s)
{
	static const char *const words[] = {"没", "没有", "不", "不会", "未"};

	return view_ends_any(view_sub(s->text->folded, 0, s->text->bytes[s->start]), words,
			     N_OF(words)) > 0;
}

/* 有效期一年, 有效期为1年: how long it is, so the date beside it is where it begins. */
static bool tells_length(const struct text *t, uint32_t at)
{
	static const char *const links[] = {"为", "是", "有", "只有", "共", "限", "期限", ":", "("};
	struct duration found[DURATIONS_MAX];
	size_t n = durations_find(t, found, DURATIONS_MAX), len;
	struct view rest = view_sub(t->folded, t->bytes[at], t->folded.len);

	while ((len = view_starts_any(rest, links, N_OF(links))) > 0)
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

		while (at < s->in->dates[i].start && !ends_clause(s->text->chars[at]))
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
	return is_filled(between, s->matter, fillers, N_OF(fillers)) &&
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
		between =
		    view_sub(between, 0, between.len - view_ends_any(between, since, N_OF(since)));
	is_end = d->end >= s->text->n_chars || ends_clause(s->text->chars[d->end]) ||
		 view_starts_any(rest, goes_on, N_OF(goes_on)) > 0;
	/* 到期10月1号去办 */
	return (has_link || is_end) && is_filled(between, s->matter, links, N_OF(links)) &&
	       !text_follows(s->text, d->end, "去") && !text_follows(s->text, d->end, "办") &&
	       view_starts_any(rest, starts, N_OF(starts)) == 0 && !tells_length(s->text, d->end);
}

/*
 * 9月25日到期，11月20号补签的 · 12月15号去签还来得及吗: how late is reckoned to another day than
 * today. A whole year is none (今年还能签吗), nor is today.
 */
static bool has_later(const struct dated_text *in, size_t i, int32_t end)
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
	return between.len > 0 && view_starts_any(between, until, N_OF(until)) == between.len;
}

static bool is_end(const struct spot *s, size_t i, struct dated *ret)
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
	if ((!is_behind && !stands_before(s, d, from)) || is_denied(s) ||
	    is_of_another(s->text, s->rule, s->start < from ? s->start : from,
			  s->end > d->end ? s->end : d->end))
		return false;
	return end_days(s->text, s->rule, d, s->in->today,
			is_behind && text_precedes(s->text, s->start, "就"), ret);
}

/* ---- a beginning: 从去年5月 ---- */

static bool lies_in_clause(const struct text *t, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (ends_clause(t->chars[i]))
			return false;
	return true;
}

/*
 * 到现在, or to a date of this month or the one before: it goes on. Of 从3月交到5月 the second one
 * is the first May from then on, whichever is nearest to today.
 */
static bool goes_on_until_now(const struct spot *s, size_t i, int32_t begin)
{
	static const char *const until[] = {"到", "到了", "至", "-", "~"};
	const struct date *dates = s->in->dates;
	int32_t first, last, months;

	for (size_t k = i + 1; k < s->in->n_dates; k++) {
		struct view front = view_sub(s->text->folded, 0, s->text->bytes[dates[k].start]);

		if (!lies_in_clause(s->text, dates[i].end, dates[k].start))
			break;
		if (view_ends_any(front, until, N_OF(until)) == 0)
			continue;
		if (!date_days(&dates[k], begin, DATE_AHEAD, &first, &last))
			return false;
		months = calendar_months_begun(last, s->in->today);
		return months >= 0 && months <= 2;
	}
	return true;
}

/* 今年10月来深圳, 今年10月才搬: what began before it began somewhere else, perhaps. */
static bool has_moved_later(const struct spot *s, size_t i, int32_t begin)
{
	static const char *const fillers[] = {"我", "才", "刚", "又", "就", "份", "底", "初", "再"};
	static const char *const moves[] = {"到", "去", "回", "到了", "去了", "回到", "回了"};
	static const char *const no_moves[] = {"来办", "来签", "来得及", "来不及", "来问"};
	int32_t first, last;

	for (size_t k = 0; k < s->in->n_dates; k++) {
		const struct date *d = &s->in->dates[k];
		struct view rest =
		    view_sub(s->text->folded, s->text->bytes[d->end], s->text->folded.len);
		size_t len;

		if (k == i || !date_days(d, s->in->today, DATE_PAST, &first, &last) ||
		    last <= begin)
			continue;
		while ((len = view_starts_any(rest, fillers, N_OF(fillers))) > 0)
			rest = view_sub(rest, len, rest.len);
		if (view_starts_any(rest, no_moves, N_OF(no_moves)) > 0)
			continue;
		if (view_starts(rest, VIEW("来")) || view_starts(rest, VIEW("搬")))
			return true;
		len = view_starts_any(rest, moves, N_OF(moves));
		if (len > 0 &&
		    elsewhere_begins(s->in->places, s->text, s->text->folded.len - rest.len + len))
			return true;
	}
	return false;
}

/* 离开, 政策: it did not go on, or is nobody's own. */
static bool is_no_story(const struct text *t, struct view clause)
{
	static const char *const words[] = {
	    "离开", "离职", "搬走", "回老家", "回来", "政策", "规定", "新规", "实施", "执行",
	    "没交", "没缴", "没有", "退",     "之前", "以前", "如果", "打算", "准备", "补交",
	    "补缴", "要交", "要住", "基数",   "涨",   "调整", "起计", "起算"};
	static const char *const turns[] = {"后来", "中间", "调回", "又回", "断断续续", "再派"};

	return view_has_any(clause, words, N_OF(words)) ||
	       (view_has_any(t->folded, turns, N_OF(turns)) &&
		view_find(t->folded, VIEW("没断")) < 0);
}

/* 中间断过两个月, in whichever clause; but not 没断过. */
static bool is_broken(const struct text *t, const struct slot_rule *rule)
{
	static const char *const denials[] = {"没", "没有", "未", "不", "从没", "从未"};

	for (size_t i = 0; i < rule->n_breaks; i++)
		for (size_t from = 0;;) {
			ptrdiff_t at =
			    view_find(view_sub(t->folded, from, t->folded.len), rule->breaks[i]);

			if (at < 0)
				break;
			from += (size_t)at;
			if (view_ends_any(view_sub(t->folded, 0, from), denials, N_OF(denials)) ==
			    0)
				return true;
			from += rule->breaks[i].len;
		}
	return false;
}

static bool is_since(const struct spot *s, const struct date *d)
{
	static const char *const fillers[] = {"我",   "就",   "在",   "才",   "的", "刚",
					      "居住", "这边", "这里", "一直", "办", "办理",
					      "做",   "把",   "份",   "左右"};
	static const char *const links[] = {"是", "在", "日期", "时间", "为", ":", "我", "就"};
	static const char *const done[] = {"办的", "办理的", "做的", "登记的", "弄的", "办好的"};
	static const char *const now[] = {"到现在", "至今", "到今", "到目前", "到如今", "了", "的"};
	const struct text *t = s->text;
	const struct view rest = view_sub(t->folded, t->bytes[d->end], t->folded.len);
	static const char *const begins[] = {"开始",   "起",     "以来",   "到现在", "至今",
					     "到今天", "到目前", "就开始", "就一直", "份开始"};
	uint32_t from = s->start < d->start ? s->end : d->end;
	struct view between;
	uint32_t to = s->start < d->start ? d->start : s->start;

	if (to > from + REACH || !lies_in_clause(t, from, to))
		return false;
	if (text_precedes(t, d->start, "从") || text_precedes(t, d->start, "自") ||
	    text_precedes(t, d->start, "打") || view_starts_any(rest, begins, N_OF(begins)) > 0)
		return true;
	/* 去年5月交的社保: when it began, or only that month's. */
	if (s->rule->n_breaks > 0)
		return false;
	/* 登记是去年3月办的 */
	if (s->end <= d->start)
		return is_filled(text_part(t, s->end, d->start), s->matter, links, N_OF(links)) &&
		       view_starts_any(rest, done, N_OF(done)) > 0;
	/* 去年3月来的, 去年3月办的登记 */
	between = text_part(t, d->end, s->start);
	return is_filled(between, s->matter, fillers, N_OF(fillers)) &&
	       (view_find(between, VIEW("办的")) >= 0 ||
		view_starts_any(view_sub(t->folded, t->bytes[s->end], t->folded.len), now,
				N_OF(now)) > 0 ||
		view_ends_any(text_part(t, s->start, s->end), now, N_OF(now)) > 0);
}

static bool is_beginning(const struct spot *s, size_t i, struct dated *ret)
{
	const struct date *d = &s->in->dates[i];
	const int32_t today = s->in->today;
	const struct view clause = clause_around(s->text, s->start < d->start ? s->start : d->start,
						 s->end > d->end ? s->end : d->end);
	int32_t other_first, other_last;

	/* 今年 began and is not over: it may still be to come. */
	return is_since(s, d) && !is_denied(s) && !is_broken(s->text, s->rule) &&
	       !is_no_story(s->text, clause) &&
	       !is_of_another(s->text, s->rule, d->start, d->end) && !is_today(d, today) &&
	       date_days(d, today, DATE_PAST, &ret->first, &ret->last) &&
	       goes_on_until_now(s, i, ret->first) && !has_moved_later(s, i, ret->last) &&
	       (!d->year || !date_days(d, today, DATE_AHEAD, &other_first, &other_last) ||
		other_first == today);
}

/* ---- all of them ---- */

/* 居住 is no word of its own in 居住证; 登记 of 居住登记 is. */
static bool is_in_term(const struct spot *s)
{
	const struct text *t = s->text;
	const struct view word = text_part(t, s->start, s->end);

	for (size_t i = 0; i < s->matter->n_terms; i++) {
		const struct view term = s->matter->terms[i];
		ptrdiff_t at = term.len > word.len ? view_find(term, word) : -1;

		if (at >= 0 && !view_ends(term, word) && (size_t)at <= t->bytes[s->start] &&
		    view_starts(view_sub(t->folded, t->bytes[s->start] - (size_t)at, t->folded.len),
				term))
			return true;
	}
	return false;
}

/* False: two dates say two things, and neither is taken. */
static bool take(struct dated *best, const struct dated *found, bool *has)
{
	if (*has && (best->first != found->first || best->last != found->last))
		return false;
	*best = *found;
	*has = true;
	return true;
}

/* Whether a date is one of the rule's that stands beside that word. */
static bool is_its(const struct spot *s, size_t i, struct dated *ret)
{
	const struct date *d = &s->in->dates[i];
	const bool is_of_it =
	    s->rule->counts == COUNTS_AMOUNT ? is_beginning(s, i, ret) : is_end(s, i, ret);

	return is_of_it &&
	       !is_elsewhere(s->in->places, s->text, s->start < d->start ? s->start : d->start,
			     s->end > d->end ? s->end : d->end);
}

static bool dated_of(const struct dated_text *in, const struct matter *m,
		     const struct slot_rule *rule, struct dated *ret)
{
	const struct text *t = in->text;
	struct dated found = {m, rule, 0, 0};
	bool has = false;
	size_t which = 0;

	for (size_t k = 0; k < rule->n_dates; k++)
		for (size_t from = 0;;) {
			const struct view word = rule->dates[k];
			ptrdiff_t at = view_find(view_sub(t->folded, from, t->folded.len), word);
			struct spot s = {in, t, m, rule, 0, 0};

			if (at < 0)
				break;
			s.start = (uint32_t)text_char_at(t, from + (size_t)at);
			s.end = (uint32_t)text_char_at(t, from + (size_t)at + word.len);
			from += (size_t)at + word.len;
			for (size_t i = 0; i < in->n_dates && !is_in_term(&s); i++) {
				if (!is_its(&s, i, &found))
					continue;
				if (!take(ret, &found, &has))
					return false;
				which = i;
			}
		}
	return has && (rule->counts != COUNTS_SINCE || !has_later(in, which, ret->last));
}

size_t dated_find(const struct catalog *catalog, const struct dated_text *in, struct dated *ret,
		  size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < catalog->n_matters && in->n_dates > 0; i++) {
		const struct matter *m = &catalog->matters[i];
		bool has_end = false;

		for (size_t j = 0; j < m->n_slots && n < max; j++) {
			const bool is_of_end = m->slots[j].counts != COUNTS_AMOUNT;

			if ((is_of_end && has_end) || !dated_of(in, m, &m->slots[j], &ret[n]))
				continue;
			has_end |= is_of_end;
			n++;
		}
	}
	return n;
}
