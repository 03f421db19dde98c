/* SPDX-License-Identifier: Apache-2.0 */
/* judge.c - a figure held against the bounds of a guide's cases, and what is said of it. */
#include "dialog/judge.h"

#include "dialog/said.h"
#include "dialog/verdict.h"
#include "know/span.h"
#include "nlu/calendar.h"
#include "nlu/duration.h"
#include "nlu/slot.h"

/* What somebody gave: any number from the least to the most. */
struct given {
	const struct slot_rule *rule;
	const struct slot *slots; /* that say so, without whether it was broken */
	size_t n_slots;
	int64_t least, most;
	const struct slot *said; /* one of them that has the number; NULL */
	int32_t today;
	bool is_known;
	bool is_more;   /* months: and some days of another one */
	bool is_broken; /* months: told not to follow on each other */
};

static struct given find_given(struct arena *a, const struct matter *matter,
			       const struct slot_rule *rule, const struct understanding *what)
{
	struct slot *own = ARENA_ARRAY(a, what->n_slots + 1, struct slot);
	struct given g = {.rule = rule, .slots = own, .today = what->today};
	bool has_least = false, has_most = false;

	for (size_t i = 0; i < what->n_slots; i++) {
		const struct slot *s = &what->slots[i];

		if (slot_rule_of(matter, s->name) != rule)
			continue;
		if (view_ends(s->name, VIEW(SLOT_BROKEN))) {
			g.is_broken = true;
			continue;
		}
		own[g.n_slots++] = *s;
		if (view_ends(s->name, VIEW(SLOT_MORE))) {
			g.is_more = true;
			continue;
		}
		g.said = s;
		if (!view_ends(s->name, VIEW(SLOT_MOST))) {
			g.least = s->value;
			has_least = true;
		}
		if (!view_ends(s->name, VIEW(SLOT_LEAST))) {
			g.most = s->value;
			has_most = true;
		}
	}
	g.is_known = has_least && has_most;
	return g;
}

/* ---- within which bounds it lies ---- */

enum where { OUTSIDE, PERHAPS, WITHIN };

/* The figure in halves, so that 11个多月 lies between 11 and 12. */
static int64_t halves(int64_t value, bool is_more)
{
	return value * 2 + is_more;
}

static struct span limit_of(const struct given *g, const struct guide_case *c, int32_t value)
{
	const struct view unit = c->unit.len ? c->unit : g->rule->unit;

	return view_is(unit, "year") && !view_is(g->rule->unit, "year")
		   ? (struct span){12 * (int64_t)value, 0}
	       : view_is(unit, "month") ? (struct span){value, 0}
					: (struct span){0, value};
}

/*
 * 超过半年 where the limit is half a year: both are the same months from the same day, however many
 * days these have. Half a year alone is not: who says so seldom means the day.
 */
static bool is_limit_itself(const struct span *end, const struct slot *said, struct span limit)
{
	const bool is_open_end = (said->least.months == 0 && said->least.days == 0) ||
				 said->most.days >= DURATION_DAYS_MAX;

	return limit.months > 0 && end->months == limit.months && (end->days != 0 || is_open_end);
}

/* So many months behind the day that was counted from, or before the one that was counted to. */
static int64_t days_from(const struct given *g, int32_t day, int64_t months)
{
	return g->rule->counts == COUNTS_UNTIL ? day - calendar_add_months(day, (int32_t)-months)
					       : calendar_add_months(day, (int32_t)months) - day;
}

/*
 * A limit as the figure's least and its most are held against it, `low` and `high`: each the fewest
 * and the most that it can be. Months of a limit are a range of days, unless what was said tells
 * which.
 */
struct limit {
	struct {
		int64_t least, most;
	} low, high;
};

static struct limit bound_of(const struct given *g, const struct guide_case *c, int32_t value)
{
	const struct span s = limit_of(g, c, value);
	const struct slot *said = g->said;
	struct limit l = {{value, value}, {value, value}};

	if (!view_is(g->rule->unit, "day")) {
		if (s.months > 0)
			l = (struct limit){{s.months, s.months}, {s.months, s.months}};
		return l;
	}
	l.low.least = l.high.least = span_days_least(s);
	l.low.most = l.high.most = span_days_most(s);
	if (s.months > 0 && said->first != DATE_NONE) {
		const bool is_ahead = g->rule->counts == COUNTS_UNTIL;

		l.low.least = l.low.most =
		    days_from(g, is_ahead ? said->first : said->last, s.months);
		l.high.least = l.high.most =
		    days_from(g, is_ahead ? said->last : said->first, s.months);
		return l;
	}
	if (is_limit_itself(&said->least, said, s))
		l.low.least = l.low.most = g->least - said->least.days;
	if (is_limit_itself(&said->most, said, s))
		l.high.least = l.high.most = g->most - said->most.days;
	return l;
}

static enum where above(const struct given *g, const struct guide_case *c)
{
	const int64_t least = halves(g->least, g->is_more), most = halves(g->most, g->is_more);
	const bool is_open = c->least.is_open;
	struct limit l;

	if (c->least.value < 0)
		return WITHIN;
	l = bound_of(g, c, c->least.value);
	if (is_open ? least > l.low.most * 2 : least >= l.low.most * 2)
		return WITHIN;
	return (is_open ? most > l.high.least * 2 : most >= l.high.least * 2) ? PERHAPS : OUTSIDE;
}

static enum where below(const struct given *g, const struct guide_case *c)
{
	const int64_t least = halves(g->least, g->is_more), most = halves(g->most, g->is_more);
	const bool is_open = c->most.is_open;
	struct limit l;

	if (c->most.value < 0)
		return WITHIN;
	l = bound_of(g, c, c->most.value);
	if (is_open ? most < l.high.least * 2 : most <= l.high.least * 2)
		return WITHIN;
	return (is_open ? least < l.low.most * 2 : least <= l.low.most * 2) ? PERHAPS : OUTSIDE;
}

static enum where lies(const struct given *g, const struct guide_case *c)
{
	enum where low = above(g, c), high = below(g, c);

	return low < high ? low : high;
}

/* ---- how it is said ---- */

/* As plugins word them, so that dialog/said.c knows them again: 40天, 59至62天, 11个多月. */
static struct view word_figure(struct arena *a, const struct given *g)
{
	const bool is_day = view_is(g->rule->unit, "day"),
		   is_month = view_is(g->rule->unit, "month");
	const char *unit = is_day ? "天" : !is_month ? "岁" : g->is_more ? "个多月" : "个月";
	const int64_t no_limit = is_day     ? DURATION_DAYS_MAX
				 : is_month ? SLOT_MONTHS_MAX
					    : SLOT_MONTHS_MAX / 12;

	if (is_month && g->most == 0)
		return VIEW("不到1个月");
	if (g->least == g->most)
		return arena_printf(a, "%lld%s", (long long)g->least, unit);
	if (g->most >= no_limit)
		return arena_printf(a, "%lld%s以上", (long long)g->least, unit);
	if (g->least == 0)
		return arena_printf(a, "不超过%lld%s", (long long)g->most, unit);
	return arena_printf(a, "%lld至%lld%s", (long long)g->least, (long long)g->most, unit);
}

/* 您逾期40天; 今天到期. Empty: the matter has no words for it. */
static struct view say_back(struct arena *a, const struct given *g)
{
	const struct view said = g->rule->said;
	const struct view figure = word_figure(a, g);
	ptrdiff_t at = view_find(said, VIEW(SLOT_FIGURE));
	size_t end;

	if (g->most == 0 && g->rule->counts != COUNTS_AMOUNT)
		return g->rule->today;
	if (at < 0)
		return VIEW("");
	end = (size_t)at + strlen(SLOT_FIGURE);
	return arena_printf(a, "%.*s%.*s%.*s", (int)at, said.ptr, VIEW_ARG(figure),
			    (int)(said.len - end), said.ptr + end);
}

static const struct facts *with_summary(const struct voice *v, const struct guide_topic *topic,
					const struct given *g, const char *entry, struct line line)
{
	struct facts *own = ARENA_NEW(v->arena, struct facts);
	const struct view back = say_back(v->arena, g);

	*own = topic->facts;
	own->summary = line;
	if (back.len > 0) {
		struct view front = voice_words(v, entry, "said", back, VOICE_NOTHING);

		own->summary.text = arena_printf(v->arena, "%.*s%.*s", VIEW_ARG(front),
						 VIEW_ARG(verdict_without(line.text)));
	}
	return said_facts(v->arena, own, g->slots, g->n_slots, g->today);
}

/* What holds depends on it: of one case alone the summary tells as much. */
static bool decides(const struct guide_topic *topic, const struct slot_rule *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < topic->cases.n; i++)
		n += view_eq(topic->cases.items[i].figure, rule->name);
	return n > 1;
}

/* What would tell whether it lies in that case: the day, the date, or the number. */
static const char *what_decides(const struct given *g, const struct guide_case *c)
{
	const struct slot *s = g->said;
	const bool is_by_days =
	    view_is(g->rule->unit, "day") && (c->unit.len == 0 || view_is(c->unit, "day"));

	if (s->first != DATE_NONE)
		return "case.several.date";
	return is_by_days && s->most.days > 0 && s->least.months == 0 && s->most.months == 0
		   ? "case.several.days"
		   : "case.several";
}

static void judge_given(const struct voice *v, const struct guide_topic *topic,
			const struct given *g, struct judgement *ret)
{
	const struct guide_case *within = NULL;
	const struct guide_case *perhaps = NULL;

	ret->rule = g->rule;
	for (size_t i = 0; i < topic->cases.n; i++) {
		const struct guide_case *c = &topic->cases.items[i];
		enum where where = view_eq(c->figure, g->rule->name) ? lies(g, c) : OUTSIDE;

		if (where == PERHAPS && !perhaps)
			perhaps = c;
		if (where == WITHIN && !within)
			within = c;
	}
	/* Another may hold as well (30 days, and a month): one alone is not all that holds. */
	if (within && !perhaps) {
		ret->within = within;
		ret->facts = with_summary(v, topic, g, "case.said", within->line);
		return;
	}
	/* The summary speaks of what the cases begin with, and of what they tell apart. */
	if (perhaps &&
	    (view_eq(topic->cases.items[0].figure, g->rule->name) || decides(topic, g->rule)))
		ret->facts =
		    with_summary(v, topic, g, what_decides(g, perhaps), topic->facts.summary);
}

/* Who gave another figure of the matter (还有20天到期) is not asked for one. */
static bool gave_one(const struct matter *matter, const struct understanding *what)
{
	for (size_t i = 0; i < what->n_slots; i++)
		if (slot_rule_of(matter, what->slots[i].name))
			return true;
	return false;
}

struct judgement judge(const struct voice *v, const struct guide_topic *topic,
		       const struct matter *matter, const struct understanding *what)
{
	struct judgement ret = {.facts = &topic->facts};

	for (size_t i = 0; i < topic->cases.n; i++) {
		const struct slot_rule *rule = slot_rule_of(matter, topic->cases.items[i].figure);
		struct given g;

		if (!rule)
			continue;
		g = find_given(v->arena, matter, rule, what);
		if (!ret.asks && decides(topic, rule) && !gave_one(matter, what))
			ret.asks = rule;
		if (!g.is_known || g.is_broken)
			continue;
		ret.asks = NULL;
		judge_given(v, topic, &g, &ret);
		break;
	}
	return ret;
}
