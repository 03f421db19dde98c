/* SPDX-License-Identifier: Apache-2.0 */
/* slot.c - finding the figures of slot.h: for each rule the nearest, or a date in its place. */
#include "nlu/slot.h"

#include "nlu/calendar.h"
#include "nlu/dated.h"
#include "nlu/figure-place.h"
#include "nlu/figure-stay.h"
#include "nlu/figure-word.h"

#define DATES_MAX  8
#define DATED_MAX  8
#define SLOTS_EACH 3

/* ---- which figure is whose ---- */

struct match {
	const struct matter *matter;
	const struct slot_rule *rule;
	size_t figure;
	size_t distance;
	uint32_t word_end;
};

/* 登记满一年社保…: the year stands right behind a word, so it is not what the next one begins with.
 */
static bool is_anothers(const struct match *m, const struct match *matches, size_t n_matches,
			const struct figure *figures, size_t n_figures)
{
	for (size_t i = 0; i < n_matches && (m->distance & 1); i++) {
		const struct match *other = &matches[i];
		bool is_next = other->rule != m->rule && other->figure == m->figure &&
			       other->matter == m->matter && !(other->distance & 1);

		for (size_t k = 0; k < n_figures && is_next; k++)
			is_next = !(figures[k].d.start >= other->word_end &&
				    figures[k].d.end <= figures[m->figure].d.start);
		if (is_next)
			return true;
	}
	return false;
}

static size_t drop_anothers(struct match *matches, size_t n_matches, const struct figure *figures,
			    size_t n_figures)
{
	size_t n = 0;

	for (size_t i = 0; i < n_matches; i++)
		if (is_anothers(&matches[i], matches, n_matches, figures, n_figures))
			matches[i].distance = SIZE_MAX;
	for (size_t i = 0; i < n_matches; i++)
		if (matches[i].distance != SIZE_MAX)
			matches[n++] = matches[i];
	return n;
}

static bool has_unit(const struct slot_rule *rule, const struct figure *f)
{
	return f->d.is_age == view_is(rule->unit, "year") || !f->d.is_age;
}

/* 在广州住了20个月, where another place is asked about. */
static bool is_of_another_place(const struct text *text, const struct mentions *places,
				const struct match *m, const struct figure *f)
{
	const uint32_t word = m->word_end;

	return !view_is(m->rule->unit, "year") &&
	       figure_is_elsewhere(places, text, word < f->d.from ? word : f->d.from,
				   word > f->d.to ? word : f->d.to);
}

/* How far a figure is from a word of the rule, or from the place where somebody is so long. */
static bool is_near(const struct text *text, const struct mentions *places, const struct figure *f,
		    struct match *m)
{
	m->distance = figure_nearest(text, m->matter, m->rule, f, &m->word_end);
	if (m->distance == SIZE_MAX && figure_is_amount(f) &&
	    figure_is_of_stay(text, m->rule, places, f, &m->word_end))
		m->distance = 0;
	return m->distance != SIZE_MAX && has_unit(m->rule, f) &&
	       !is_of_another_place(text, places, m, f);
}

static size_t find_matches(const struct catalog *catalog, const struct text *text,
			   const struct mentions *places, const struct figure *figures,
			   size_t n_figures, struct match *matches)
{
	size_t n = 0;

	for (size_t i = 0; i < catalog->n_matters; i++)
		for (size_t j = 0; j < catalog->matters[i].n_slots; j++) {
			const struct slot_rule *rule = &catalog->matters[i].slots[j];
			bool is_open = figure_is_left_open(text, rule, figures, n_figures);

			for (size_t k = 0; k < n_figures && !is_open; k++) {
				struct match m = {&catalog->matters[i], rule, k, 0, 0};

				if (is_near(text, places, &figures[k], &m))
					matches[n++] = m;
			}
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

/* The closest pairs first; gives how many are taken, they are in front then. */
static size_t take_closest(struct match *matches, size_t n_matches)
{
	size_t n = 0;

	for (;; n++) {
		size_t best = n_matches;
		struct match m;

		for (size_t i = n; i < n_matches; i++)
			if (may_take(&matches[i], matches, n) &&
			    (best == n_matches || matches[i].distance < matches[best].distance))
				best = i;
		if (best == n_matches)
			return n;
		m = matches[best];
		matches[best] = matches[n];
		matches[n] = m;
	}
}

/* 断过，之前交了8个月，后来交了5个月: neither is all of it. */
static bool is_one_of_several(const struct match *m, const struct match *matches, size_t n_matches,
			      size_t n_taken)
{
	for (size_t i = 0; i < n_matches; i++) {
		bool is_taken = false;

		if (matches[i].rule != m->rule || matches[i].figure == m->figure)
			continue;
		for (size_t k = 0; k < n_taken; k++)
			is_taken |= matches[k].figure == matches[i].figure;
		if (!is_taken)
			return true;
	}
	return false;
}

#define BESIDE 4

/* 租了一年的房，刚住两个月; 我老婆住了8个月，我住了2个月: which one counts? */
static bool is_one_of_two(const struct text *t, const struct match *m, const struct match *matches,
			  size_t n_matches, const struct figure *figures)
{
	for (size_t i = 0; i < n_matches && m->rule->counts == COUNTS_AMOUNT; i++)
		if (matches[i].rule == m->rule && matches[i].figure != m->figure &&
		    (text_precedes(t, figures[matches[i].figure].d.from, "住") ||
		     (!(matches[i].distance & 1) && matches[i].distance <= BESIDE)))
			return true;
	return false;
}

/* ---- what is said of it ---- */

struct slots {
	struct arena *arena;
	struct slot *items;
	size_t n;
};

static void add(struct slots *s, const struct slot_rule *rule, const char *ending, int64_t value,
		enum slot_said said)
{
	struct view name = rule->name;

	if (*ending)
		name = arena_printf(s->arena, "%.*s%s", VIEW_ARG(name), ending);
	s->items[s->n++] = (struct slot){.name = name, .value = value, .said = said};
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

static void convert(const struct slot_rule *rule, struct span least, struct span most,
		    int64_t *ret_least, int64_t *ret_most)
{
	if (view_is(rule->unit, "day")) {
		*ret_least = span_days_least(least);
		*ret_most = span_days_most(most);
		*ret_most = *ret_most > DURATION_DAYS_MAX ? DURATION_DAYS_MAX : *ret_most;
		return;
	}
	*ret_least = span_months_least(least);
	*ret_most = span_months_most(most);
	*ret_most = *ret_most > SLOT_MONTHS_MAX ? SLOT_MONTHS_MAX : *ret_most;
	if (view_is(rule->unit, "year")) {
		*ret_least /= 12;
		*ret_most /= 12;
	}
}

static void add_spans(struct slots *s, const struct slot_rule *rule, struct span from,
		      struct span to, enum slot_said said)
{
	const size_t first = s->n;
	int64_t least, most;

	convert(rule, from, to, &least, &most);
	if (least > most)
		return;
	if (least == most) {
		add(s, rule, "", least, said);
		if (view_is(rule->unit, "month") && (from.days || to.days))
			add(s, rule, SLOT_MORE, 1, SAID_SO);
	} else {
		add(s, rule, SLOT_LEAST, least, said);
		add(s, rule, SLOT_MOST, most, said);
	}
	for (size_t i = first; i < s->n; i++) {
		s->items[i].least = from;
		s->items[i].most = to;
	}
}

static void add_figure(struct slots *s, const struct slot_rule *rule, const struct figure *f)
{
	/* 逾期60天内: not more, and nothing else is known. */
	struct span from = f->is_within ? (struct span){0, 0} : f->d.least;
	bool is_plain = f->d.from == f->d.start && f->d.to == f->d.end && !f->is_within;

	add_spans(s, rule, from, f->d.most, said_as(rule, is_plain ? f->d.unit : 'd'));
}

static void add_taken(struct slots *s, const struct text *text, const struct figure *figures,
		      const struct match *matches, size_t n_matches, size_t n_taken)
{
	for (size_t i = 0; i < n_taken; i++) {
		const struct match *m = &matches[i];
		const struct figure *f = &figures[m->figure];

		if (m->rule->n_breaks > 0 && !f->is_sum && !f->is_run &&
		    figure_tells_a_break(text, m->matter, m->rule) &&
		    is_one_of_several(m, matches, n_matches, n_taken))
			continue;
		if (m->rule->n_breaks == 0 && is_one_of_two(text, m, matches, n_matches, figures))
			continue;
		add_figure(s, m->rule, f);
	}
}

/* Behind the figures themselves. */
static void add_breaks(struct slots *s, const struct catalog *catalog, const struct text *text,
		       const struct figure *figures, size_t n_figures, const struct match *taken,
		       size_t n_taken)
{
	for (size_t i = 0; i < catalog->n_matters; i++)
		for (size_t j = 0; j < catalog->matters[i].n_slots; j++) {
			const struct slot_rule *rule = &catalog->matters[i].slots[j];
			bool is_broken = figure_tells_a_break(text, &catalog->matters[i], rule);

			for (size_t k = 0; k < n_figures; k++)
				is_broken |= figure_is_named(text, rule) &&
					     figure_is_break(text, rule, &figures[k]);
			for (size_t k = 0; k < n_taken; k++)
				if (taken[k].rule == rule && rule->n_breaks > 0)
					is_broken =
					    (is_broken || figures[taken[k].figure].is_sum) &&
					    !figures[taken[k].figure].is_run;
			if (is_broken)
				add(s, rule, SLOT_BROKEN, 1, SAID_SO);
		}
}

/*
 * As the calendar has them. But if by years of 365 days it is a whole number of years and by the
 * calendar more, those years: a limit of two years is not passed by a leap day, perhaps.
 */
static int64_t days_least(int32_t from, int32_t today)
{
	int64_t by_years = calendar_days_by_years(from, today), days = today - from;

	return days / 365 * 365 >= by_years ? by_years : days;
}

/* So much of the rule's unit lies between the days of a date and today. */
static void convert_date(const struct dated *d, int32_t today, int64_t *ret_least,
			 int64_t *ret_most)
{
	const bool is_paid = d->rule->n_breaks > 0;

	if (view_is(d->rule->unit, "day")) {
		bool is_ahead = d->rule->counts == COUNTS_UNTIL;

		*ret_least = is_ahead ? d->first - today : days_least(d->last, today);
		*ret_most = is_ahead ? d->last - today : today - d->first;
		return;
	}
	/* This month need not be paid yet. */
	*ret_least = is_paid ? calendar_months_begun(d->last, today) - 1
			     : calendar_months(d->last, today, false);
	*ret_most = is_paid ? calendar_months_begun(d->first, today)
			    : calendar_months(d->first, today, true);
	if (view_is(d->rule->unit, "year")) {
		*ret_least /= 12;
		*ret_most /= 12;
	}
}

static void add_date(struct slots *s, const struct dated *d, int32_t today)
{
	int64_t least, most;
	size_t n = s->n;

	convert_date(d, today, &least, &most);
	if (least < 0 || least > most || most > DURATION_DAYS_MAX)
		return;
	if (least == most) {
		add(s, d->rule, "", least, SAID_SO);
		if (view_is(d->rule->unit, "month") && d->rule->n_breaks == 0 &&
		    calendar_months(d->last, today - 1, false) == least)
			add(s, d->rule, SLOT_MORE, 1, SAID_SO);
	} else {
		add(s, d->rule, SLOT_LEAST, least, SAID_SO);
		add(s, d->rule, SLOT_MOST, most, SAID_SO);
	}
	for (; n < s->n; n++) {
		s->items[n].first = d->first;
		s->items[n].last = d->last;
	}
}

/* A figure that was given goes before what a date comes to; so does it of the same end. */
static bool has_figure(const struct dated *d, const struct match *taken, size_t n_taken)
{
	for (size_t i = 0; i < n_taken; i++)
		if (taken[i].rule == d->rule ||
		    (taken[i].matter == d->matter && d->rule->counts != COUNTS_AMOUNT &&
		     taken[i].rule->counts != COUNTS_AMOUNT))
			return true;
	return false;
}

/* What a figure in that unit may be off by, in days, where somebody gives the day as well. */
static int64_t roughly(char unit)
{
	return unit == 'y' ? 92 : unit == 'm' ? 15 : unit == 'w' ? 4 : 1;
}

/* 5月29日到期，逾期半年了: the day tells it more closely than half a year does. */
static bool is_told_closer(const struct match *m, const struct figure *f, const struct dated *d,
			   int32_t today)
{
	int64_t day, day_most, least, most;

	if (d->rule != m->rule || d->first != d->last || !view_is(m->rule->unit, "day"))
		return false;
	convert(m->rule, f->d.least, f->d.most, &least, &most);
	convert_date(d, today, &day, &day_most);
	return least < most && day >= least - roughly(f->d.unit) &&
	       day_most <= most + roughly(f->d.unit);
}

/* Gives how many are left, in front. */
static size_t drop_told_closer(struct match *taken, size_t n_taken, const struct figure *figures,
			       const struct dated *dated, size_t n_dated, int32_t today)
{
	size_t n = 0;

	for (size_t i = 0; i < n_taken; i++) {
		bool is_closer = false;

		for (size_t k = 0; k < n_dated; k++)
			is_closer |=
			    is_told_closer(&taken[i], &figures[taken[i].figure], &dated[k], today);
		if (!is_closer)
			taken[n++] = taken[i];
	}
	return n;
}

static void add_dates(struct slots *s, const struct dated *dated, size_t n_dated, int32_t today,
		      const struct match *taken, size_t n_taken)
{
	for (size_t i = 0; i < n_dated; i++)
		if (!has_figure(&dated[i], taken, n_taken))
			add_date(s, &dated[i], today);
}

size_t slots_find(const struct catalog *catalog, struct arena *a, const struct text *text,
		  const struct mentions *places, int32_t today, const struct slot **ret)
{
	struct figure figures[FIGURES_MAX];
	struct date dates[DATES_MAX];
	struct dated dated[DATED_MAX];
	size_t n_dates = dates_find(text, today, dates, DATES_MAX);
	size_t n_figures = figures_find(text, dates, n_dates, figures), n_rules = 0, n_matches,
	       n_taken;
	const struct dated_text in = {text, places, dates, n_dates, today};
	size_t n_dated = dated_find(catalog, &in, dated, DATED_MAX);
	struct slots s = {.arena = a};
	struct match *matches;

	*ret = NULL;
	if (n_figures == 0 && n_dates == 0)
		return 0;
	for (size_t i = 0; i < catalog->n_matters; i++)
		n_rules += catalog->matters[i].n_slots;
	s.items = ARENA_ARRAY(a, n_rules * SLOTS_EACH + 1, struct slot);
	matches = ARENA_ARRAY(a, n_rules * n_figures + 1, struct match);
	n_matches = find_matches(catalog, text, places, figures, n_figures, matches);
	n_matches = drop_anothers(matches, n_matches, figures, n_figures);
	n_taken = take_closest(matches, n_matches);
	n_taken = drop_told_closer(matches, n_taken, figures, dated, n_dated, today);
	add_taken(&s, text, figures, matches, n_matches, n_taken);
	add_dates(&s, dated, n_dated, today, matches, n_taken);
	add_breaks(&s, catalog, text, figures, n_figures, matches, n_taken);
	*ret = s.items;
	return s.n;
}

size_t slots_again(struct arena *a, const struct slot_rule *rule, const struct slot *said,
		   int32_t today, const struct slot **ret)
{
	const struct dated date = {NULL, rule, said->first, said->last};
	struct slots s = {.arena = a, .items = ARENA_ARRAY(a, SLOTS_EACH, struct slot)};

	if (said->first != DATE_NONE)
		add_date(&s, &date, today);
	else if (said->most.months || said->most.days)
		add_spans(&s, rule, said->least, said->most, said->said);
	*ret = s.items;
	return s.n;
}

const struct slot_rule *slot_rule_of(const struct matter *m, struct view name)
{
	static const char *const endings[] = {SLOT_LEAST, SLOT_MOST, SLOT_MORE, SLOT_BROKEN};
	size_t len = ENDS(name, endings);

	for (size_t i = 0; m && i < m->n_slots; i++)
		if (view_eq(m->slots[i].name, name) ||
		    (len > 0 && view_eq(m->slots[i].name, view_sub(name, 0, name.len - len))))
			return &m->slots[i];
	return NULL;
}
