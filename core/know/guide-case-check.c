/* SPDX-License-Identifier: Apache-2.0 */
/* guide-case-check.c - the cases of a topic held against the matter's figures and each other. */
#include "know/guide-case.h"

#include <stdio.h>

#include "base/utf8.h"
#include "know/nearest.h"
#include "know/span.h"

#define YEARS_MAX 100

struct check {
	const struct guide *g;
	const struct guide_topic *topic;
	const char *file;
	struct problems *problems;
};

struct place {
	unsigned line, column;
};

static struct place place_of(const struct check *c, struct view text)
{
	struct place at;

	guide_place(c->g, text, &at.line, &at.column);
	return at;
}

#define TELL(c, is_error, at, ...)                                                      \
	do {                                                                            \
		struct place at_ = place_of((c), (at));                                 \
		problem_add((c)->problems, (is_error), (c)->file, at_.line, at_.column, \
			    __VA_ARGS__);                                               \
	} while (0)

/* ---- the figure and its unit ---- */

static void tell_unknown(const struct check *c, struct view figure, const struct matter *m)
{
	struct nearest near = NEAREST_INIT(figure);
	char all[200];
	size_t len = 0;

	for (size_t i = 0; i < m->n_slots && len < sizeof(all); i++) {
		nearest_offer(&near, m->slots[i].name);
		len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%.*s", i ? ", " : "",
					VIEW_ARG(m->slots[i].name));
	}
	if (m->n_slots == 0)
		TELL(c, true, figure, "cases: people give no figures of %.*s: leave cases out",
		     VIEW_ARG(m->title));
	else if (near.best.ptr)
		TELL(c, true, figure,
		     "cases: '%.*s' is no figure of %.*s: did you mean '%.*s'? (one of %s)",
		     VIEW_ARG(utf8_clip(figure, 40)), VIEW_ARG(m->title), VIEW_ARG(near.best), all);
	else
		TELL(c, true, figure, "cases: '%.*s' is no figure of %.*s: it must be one of %s",
		     VIEW_ARG(utf8_clip(figure, 40)), VIEW_ARG(m->title), all);
}

static const struct slot_rule *find_rule(const struct matter *m, struct view figure)
{
	for (size_t i = 0; i < m->n_slots; i++)
		if (view_eq(m->slots[i].name, figure))
			return &m->slots[i];
	return NULL;
}

static int rank(struct view unit)
{
	return view_is(unit, "day") ? 0 : view_is(unit, "month") ? 1 : 2;
}

static struct view unit_of(const struct guide_case *c, const struct slot_rule *rule)
{
	return c->unit.len ? c->unit : rule->unit;
}

static const char *unit_meant(int32_t value, struct view unit, const struct slot_rule *rule)
{
	const int32_t most_months = YEARS_MAX * 12;

	if (view_is(unit, "year") && rank(rule->unit) <= 1 && value <= most_months)
		return "month";
	return rank(unit) > 0 && rank(rule->unit) == 0 ? "day" : NULL;
}

/* Nobody's figure is longer than a hundred years: the unit is another one, or the number. */
static bool check_length(const struct check *c, const struct guide_case *one,
			 const struct slot_rule *rule)
{
	const struct view unit = unit_of(one, rule);
	const int32_t value =
	    one->most.value > one->least.value ? one->most.value : one->least.value;
	const struct view at = one->unit.len ? one->unit : one->figure;
	const char *meant = unit_meant(value, unit, rule);

	if (value <= (view_is(unit, "day")     ? YEARS_MAX * 365
		      : view_is(unit, "month") ? YEARS_MAX * 12
					       : YEARS_MAX))
		return true;
	if (meant)
		TELL(c, true, at,
		     "cases: %d (%.*s) is more than a hundred years: did you mean unit: %s?",
		     (int)value, VIEW_ARG(unit), meant);
	else
		TELL(c, true, at,
		     "cases: %d (%.*s) is more than a hundred years: write a smaller number",
		     (int)value, VIEW_ARG(unit));
	return false;
}

static bool check_figure(const struct check *c, const struct guide_case *one,
			 const struct matter *m)
{
	const struct slot_rule *rule = find_rule(m, one->figure);

	if (one->figure.len == 0)
		return false;
	if (!rule) {
		tell_unknown(c, one->figure, m);
		return false;
	}
	if (rank(unit_of(one, rule)) >= rank(rule->unit))
		return check_length(c, one, rule);
	TELL(c, true, one->unit,
	     "cases: %.*s counts by %.*s, and %.*s does not become that: only months and years "
	     "become days, and years months",
	     VIEW_ARG(rule->name), VIEW_ARG(rule->unit), VIEW_ARG(one->unit));
	return false;
}

/* ---- which numbers it is about ---- */

#define FOR_EVER (INT64_MAX / 4)

/*
 * Where a case begins and ends, in halves, so that 11个多月 (23) is more than 11 and less than 12.
 * Months as days are the fewest and the most.
 */
struct reach {
	int64_t from_least, from_most, to_least, to_most;
	int64_t step; /* to the next number: of days and years there is none between two */
};

/* `unit`: in which it is counted; the case's own, or the figure's. */
static void convert(int32_t value, struct view from, struct view unit, int64_t *least,
		    int64_t *most)
{
	const struct span s = {view_is(from, "year") ? 12 * (int64_t)value : value, 0};

	*least = *most = value;
	if (view_eq(from, unit))
		return;
	*least = view_is(unit, "day") ? span_days_least(s) : s.months;
	*most = view_is(unit, "day") ? span_days_most(s) : s.months;
}

static struct reach reach_of(const struct guide_case *c, const struct slot_rule *rule,
			     struct view unit)
{
	const bool is_whole = view_eq(unit, rule->unit) && !view_is(unit, "month");
	struct reach r = {0, 0, FOR_EVER, FOR_EVER, is_whole ? 2 : 1};

	if (c->least.value >= 0) {
		convert(c->least.value, unit_of(c, rule), unit, &r.from_least, &r.from_most);
		r.from_least = r.from_least * 2 + (c->least.is_open ? r.step : 0);
		r.from_most = r.from_most * 2 + (c->least.is_open ? r.step : 0);
	}
	if (c->most.value >= 0) {
		convert(c->most.value, unit_of(c, rule), unit, &r.to_least, &r.to_most);
		r.to_least = r.to_least * 2 - (c->most.is_open ? r.step : 0);
		r.to_most = r.to_most * 2 - (c->most.is_open ? r.step : 0);
	}
	return r;
}

/* The two counted alike: by their own unit if it is one, else by the figure's. */
static void reach_both(const struct guide_case *a, const struct guide_case *b,
		       const struct slot_rule *rule, struct reach *ret_a, struct reach *ret_b)
{
	const struct view unit =
	    view_eq(unit_of(a, rule), unit_of(b, rule)) ? unit_of(a, rule) : rule->unit;

	*ret_a = reach_of(a, rule, unit);
	*ret_b = reach_of(b, rule, unit);
}

static void check_overlaps(const struct check *c, size_t i, const struct slot_rule *rule)
{
	const struct guide_case *one = &c->topic->cases.items[i];

	for (size_t k = 0; k < i; k++) {
		const struct guide_case *other = &c->topic->cases.items[k];
		struct reach a, b;

		if (!view_eq(other->figure, one->figure))
			continue;
		reach_both(one, other, rule, &a, &b);
		if (a.to_least < b.from_most || b.to_least < a.from_most)
			continue;
		TELL(c, true, one->figure,
		     "cases: the case in line %u is about some of the same numbers: over begins "
		     "behind max, min behind under",
		     place_of(c, other->figure).line);
		return;
	}
}

/*
 * The case that goes on where this one ends, or behind it; NULL if none does. Which is nearest is
 * counted by the figure's unit: 60 days are nearer than three months.
 */
static const struct guide_case *next_case(const struct check *c, const struct guide_case *one,
					  const struct slot_rule *rule, bool *ret_is_gap)
{
	const struct guide_case *next = NULL;
	int64_t nearest = FOR_EVER;

	for (size_t k = 0; k < c->topic->cases.n; k++) {
		const struct guide_case *other = &c->topic->cases.items[k];
		const struct reach own = reach_of(one, rule, rule->unit);
		const struct reach its = reach_of(other, rule, rule->unit);
		struct reach a, b;

		if (other == one || !view_eq(other->figure, one->figure))
			continue;
		/* Months may lie on either side: who can tell. */
		if (its.from_least < own.from_least || its.from_least - own.to_most >= nearest)
			continue;
		nearest = its.from_least - own.to_most;
		reach_both(one, other, rule, &a, &b);
		*ret_is_gap = b.from_least - a.to_most > a.step;
		next = other;
	}
	return next;
}

static void check_gap(const struct check *c, const struct guide_case *one,
		      const struct slot_rule *rule)
{
	bool is_gap = false;
	const struct guide_case *next =
	    one->most.value < 0 ? NULL : next_case(c, one, rule, &is_gap);

	if (!next || !is_gap)
		return;
	TELL(c, false, one->figure,
	     "cases: no case is about %.*s %s %d (%.*s) and %s %d (%.*s), line %u begins behind "
	     "that: is that meant?",
	     VIEW_ARG(one->figure), one->most.is_open ? "min" : "over", (int)one->most.value,
	     VIEW_ARG(unit_of(one, rule)), next->least.is_open ? "max" : "under",
	     (int)next->least.value, VIEW_ARG(unit_of(next, rule)), place_of(c, next->figure).line);
}

void guide_check_cases(const struct guide *g, const struct guide_topic *t, const struct matter *m,
		       const char *file, struct problems *problems)
{
	const struct check c = {g, t, file, problems};

	if (t->cases.n > 0 && t->facts.summary.text.len == 0)
		TELL(&c, true, t->intent,
		     "topics: %.*s has cases and no summary: that is said to who gives no figure",
		     VIEW_ARG(utf8_clip(t->intent, 60)));
	for (size_t i = 0; i < t->cases.n; i++) {
		const struct guide_case *one = &t->cases.items[i];

		if (!check_figure(&c, one, m))
			continue;
		check_overlaps(&c, i, find_rule(m, one->figure));
		check_gap(&c, one, find_rule(m, one->figure));
	}
}
