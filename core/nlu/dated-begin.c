/* SPDX-License-Identifier: Apache-2.0 */
/* dated-begin.c - beginnings: 从去年5月开始居住, 社保从3月交到现在, and whether they go on. */
#include "nlu/calendar.h"
#include "nlu/dated-spot.h"
#include "nlu/duration.h"
#include "nlu/figure-place.h"

/* Characters between 从去年5月 and 社保, in one clause. */
#define REACH 10

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

		if (!spot_lies_in_clause(s->text, dates[i].end, dates[k].start))
			break;
		if (ENDS(front, until) == 0)
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
		while ((len = STARTS(rest, fillers)) > 0)
			rest = view_sub(rest, len, rest.len);
		if (STARTS(rest, no_moves) > 0)
			continue;
		if (view_starts(rest, VIEW("来")) || view_starts(rest, VIEW("搬")))
			return true;
		len = STARTS(rest, moves);
		if (len > 0 && figure_place_begins(s->in->places, s->text,
						   s->text->folded.len - rest.len + len))
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

	return HOLDS(clause, words) ||
	       (HOLDS(t->folded, turns) && view_find(t->folded, VIEW("没断")) < 0);
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
			if (ENDS(view_sub(t->folded, 0, from), denials) == 0)
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

	if (to > from + REACH || !spot_lies_in_clause(t, from, to))
		return false;
	if (text_precedes(t, d->start, "从") || text_precedes(t, d->start, "自") ||
	    text_precedes(t, d->start, "打") || STARTS(rest, begins) > 0)
		return true;
	/* 去年5月交的社保: when it began, or only that month's. */
	if (s->rule->n_breaks > 0)
		return false;
	/* 登记是去年3月办的 */
	if (s->end <= d->start)
		return spot_is_filled(text_part(t, s->end, d->start), s->matter, links,
				      N_OF(links)) &&
		       STARTS(rest, done) > 0;
	/* 去年3月来的, 去年3月办的登记 */
	between = text_part(t, d->end, s->start);
	return spot_is_filled(between, s->matter, fillers, N_OF(fillers)) &&
	       (view_find(between, VIEW("办的")) >= 0 ||
		STARTS(view_sub(t->folded, t->bytes[s->end], t->folded.len), now) > 0 ||
		ENDS(text_part(t, s->start, s->end), now) > 0);
}

bool spot_is_beginning(const struct spot *s, size_t i, struct dated *ret)
{
	const struct date *d = &s->in->dates[i];
	const int32_t today = s->in->today;
	const struct view clause = spot_clause(s->text, s->start < d->start ? s->start : d->start,
					       s->end > d->end ? s->end : d->end);
	int32_t other_first, other_last;

	/* 今年 began and is not over: it may still be to come. */
	return is_since(s, d) && !spot_is_denied(s) && !is_broken(s->text, s->rule) &&
	       !is_no_story(s->text, clause) &&
	       !spot_is_of_another(s->text, s->rule, d->start, d->end) &&
	       !spot_is_today(d, today) &&
	       date_days(d, today, DATE_PAST, &ret->first, &ret->last) &&
	       goes_on_until_now(s, i, ret->first) && !has_moved_later(s, i, ret->last) &&
	       (!d->year || !date_days(d, today, DATE_AHEAD, &other_first, &other_last) ||
		other_first == today);
}
