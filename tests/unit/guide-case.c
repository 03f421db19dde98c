/* SPDX-License-Identifier: Apache-2.0 */
/* guide-case.c - reading the cases of a topic, and what is said of wrong ones. */
#include "know/guide.h"
#include "nlu-world.h"

static struct world world;
static struct catalog catalog;
static struct problems problems;

#define TOP                                                                                        \
	"guide: 1\nname: zhengzhou\nversion: 2026.11.1\ncontact: 维护者\n"                      \
	"regions:\n  - code: \"410100\"\n"                                                         \
	"sources:\n  - {id: L9, title: 条例, kind: law, as_of: \"2016\", review_by: \"2027\"}\n" \
	"  - {id: S1, title: 文章, kind: article, as_of: \"2025\", review_by: \"2027\"}\n"       \
	"topics:\n  permit.fee:\n    source: L9\n    summary: 总的。\n    cases:\n"
#define CASE(limits) "      - {figure: overdue_days, " limits ", text: 甲。}\n"
/* Where the first case stands. */
#define FIRST 15

static int read(const char *cases, struct guide *ret)
{
	const struct guide_world w = {&catalog, &world.regions, VIEW("2026-11-30")};
	struct view yaml = arena_printf(&world.arena, "%s%s", TOP, cases);

	problems_done(&problems);
	return guide_read_and_check(&world.arena, yaml, "zhengzhou.yaml", &w, ret, &problems);
}

static bool is_said(const char *word, unsigned line, bool is_error)
{
	for (size_t i = 0; i < problems.list.n; i++) {
		const struct problem *p = &problems.list.items[i];

		if (strstr(p->fault.text, word) && p->is_error == is_error && p->fault.line == line)
			return true;
	}
	for (size_t i = 0; i < problems.list.n; i++)
		printf("# said: %u: %s\n", problems.list.items[i].fault.line,
		       problems.list.items[i].fault.text);
	return false;
}

static void wrong(const char *cases, unsigned line, const char *word, const char *name)
{
	struct guide g = {0};

	read(cases, &g);
	ok(problems_errors(&problems) > 0, "%s", name);
	ok(is_said(word, line, true), "... in line %u, with '%s'", line, word);
}

/* No error, and a warning or none about cases. */
static void fine(const char *cases, const char *word, const char *name)
{
	struct guide g = {0};

	is_int(read(cases, &g), 0, "%s", name);
	is_int((int)problems_errors(&problems), 0, "... without an error");
	if (word)
		ok(is_said(word, FIRST, false), "... with '%s'", word);
	else
		ok(problems.n_warnings == 0 ||
		       (problems.n_warnings == 1 && is_said("canary", 2, false)),
		   "... and without a word");
}

static void whole(void)
{
	struct guide g = {0};
	const struct guide_topic *t;
	int r = read("      - {figure: overdue_days, max: 1, unit: month, text: 甲。}\n"
		     "      - {figure: overdue_days, over: 1, under: 6, unit: month, source: S1, "
		     "text: 据资料（未核实），乙。}\n"
		     "      - {figure: age_years, min: 16, text: 丙。}\n",
		     &g);

	is_int(r, 0, "cases are read");
	if (r < 0)
		return;
	t = guide_topic_find(&g, VIEW("permit.fee"));
	is_int((int)t->cases.n, 3, "all of them");
	is_view(t->cases.items[0].figure, "overdue_days", "with their figure");
	is_view(t->cases.items[0].unit, "month", "and unit");
	is_view(t->cases.items[2].unit, "", "or none");
	is_int(t->cases.items[0].least.value, -1, "what is not said is no end");
	ok(t->cases.items[0].most.value == 1 && !t->cases.items[0].most.is_open,
	   "max has its value in it");
	ok(t->cases.items[1].least.value == 1 && t->cases.items[1].least.is_open, "over has not");
	ok(t->cases.items[1].most.value == 6 && t->cases.items[1].most.is_open, "nor under");
	ok(t->cases.items[2].least.value == 16 && !t->cases.items[2].least.is_open, "min has");
	is_view(t->cases.items[0].line.source, "L9", "the topic's source goes down to them");
	is_view(t->cases.items[1].line.source, "S1", "their own wins");
}

static void wrong_ones(void)
{
	wrong("      - {figure: overdue_days, most: 30, text: 甲。}\n", FIRST, "unknown key 'most'",
	      "keys are known ones");
	wrong("      - {max: 30, text: 甲。}\n", FIRST, "'figure' is missing",
	      "a figure is needed");
	wrong("      - {figure: overdue_days, max: 30}\n", FIRST, "'text' is missing",
	      "so is what holds");
	wrong("      - {figure: overdue_days, text: 甲。}\n", FIRST, "a case needs a limit",
	      "and a limit");
	wrong("      - 逾期30日内的，连续计算。\n", FIRST,
	      "{figure: …, max: …, text: ", "a bare text is told how to be written");
	wrong(CASE("min: 3, over: 2"), FIRST, "either min or over",
	      "two lower limits are one too many");
	wrong(CASE("max: 3, under: 4"), FIRST, "either max or under", "two upper ones, too");
	wrong(CASE("min: 5, max: 3"), FIRST, "the lower one (5) must be below the upper one (3)",
	      "the lower one is lower");
	wrong(CASE("over: 5, max: 5"), FIRST, "no number lies within",
	      "nothing is over 5 and at most 5");
	wrong(CASE("min: 5, under: 5"), FIRST, "no number lies within", "nor 5 and under 5");
	wrong(CASE("under: 0"), FIRST, "no number lies within", "nor under nothing");
	wrong(CASE("max: -1"), FIRST, "max must be a whole number", "limits are whole numbers");
	wrong(CASE("max: 30日"), FIRST, "max must be a whole number", "without a unit");
	wrong(CASE("max: 3, unit: 天"), FIRST, "did you mean 'day'?", "a unit is one of three");
	wrong("      - {figure: overdue_days, max: 3, text: 甲。, source: L8}\n", FIRST,
	      "there is no source 'L8'", "a source is one of the guide's");
	wrong("      - {figure: overdue_day, max: 3, text: 甲。}\n", FIRST,
	      "did you mean 'overdue_days'?", "a figure is one of the matter's");
	wrong("      - {figure: 逾期天数, max: 3, text: 甲。}\n", FIRST,
	      "it must be one of overdue_days, left_days", "all are named where none is near");
	wrong("      - {figure: lived_months, max: 3, unit: day, text: 甲。}\n", FIRST,
	      "lived_months counts by month, and day does not become that",
	      "days become no months");
	wrong("      - {figure: age_years, max: 3, unit: month, text: 甲。}\n", FIRST,
	      "age_years counts by year", "nor months years");
	wrong(CASE("max: 30") CASE("min: 30"), FIRST + 1, "the case in line 15 is about",
	      "30 cannot be both");
	wrong(CASE("over: 20") CASE("max: 30"), FIRST + 1, "the case in line 15 is about",
	      "in whichever order they stand");
	wrong(CASE("max: 40") CASE("over: 1, unit: month"), FIRST + 1,
	      "the case in line 15 is about", "a month has fewer than 40 days");
}

static void too_long(void)
{
	fine(CASE("max: 100, unit: year"), NULL, "a hundred years are the longest");
	fine(CASE("max: 1200, unit: month"), NULL, "in months as well");
	wrong(CASE("max: 101, unit: year"), FIRST, "did you mean unit: month?", "but not one more");
	wrong(CASE("max: 36500, unit: year"), FIRST,
	      "36500 (year) is more than a hundred years: did you mean unit: day?",
	      "days were meant, by the number");
	wrong(CASE("over: 1825, unit: month"), FIRST, "did you mean unit: day?",
	      "whichever end it is");
	wrong("      - {figure: lived_months, max: 1201, text: 甲。}\n", FIRST,
	      "write a smaller number", "of months there is no smaller unit");
	wrong("      - {figure: age_years, min: 160, text: 甲。}\n", FIRST,
	      "write a smaller number", "nor of an age");
}

static void borders(void)
{
	fine(CASE("max: 1, unit: month") CASE("over: 60, max: 150") CASE("over: 6, unit: month"),
	     "over 1 (month) and max 60 (day), line 16",
	     "the next one is counted in one unit: 60 days come before six months");
	fine(CASE("max: 1, unit: month") CASE("over: 6, unit: month") CASE("over: 60, max: 180"),
	     "over 1 (month) and max 60 (day), line 17", "in whichever order they stand");
	fine(CASE("over: 1, max: 2, unit: month") CASE("max: 31") CASE("over: 90"),
	     "over 2 (month) and max 90 (day), line 17",
	     "what begins before is not what goes on behind");
	fine(CASE("max: 30") CASE("over: 30"), NULL, "over goes on behind max");
	fine(CASE("max: 30") CASE("min: 31"), NULL, "of days there is none between 30 and 31");
	fine(CASE("under: 30") CASE("min: 30"), NULL, "min goes on behind under");
	fine(CASE("max: 6, unit: month") CASE("over: 6, unit: month"), NULL, "of months, too");
	fine(CASE("max: 30") CASE("over: 1, unit: month"), NULL, "30 days may be a month");
	fine(CASE("max: 30") CASE("min: 32"),
	     "no case is about overdue_days over 30 (day) and under 32", "nobody decides 31");
	fine(CASE("under: 30") CASE("over: 30"),
	     "no case is about overdue_days min 30 (day) and max 30", "or 30 itself");
	fine(CASE("max: 6, unit: month") CASE("min: 7, unit: month"),
	     "over 6 (month) and under 7 (month), line 16", "between two months lie days");
	fine(CASE("max: 30") CASE("over: 2, unit: month"), "over 30 (day) and max 2 (month)",
	     "or between days and months");
	fine(CASE("max: 30") "      - {figure: left_days, min: 90, text: 乙。}\n", NULL,
	     "another figure is another line");
	fine("      - {figure: lived_months, max: 11, text: 甲。}\n"
	     "      - {figure: lived_months, min: 12, text: 乙。}\n",
	     "over 11 (month) and under 12 (month)", "11个多月 lies between");
	fine("      - {figure: lived_months, under: 1, unit: year, text: 甲。}\n"
	     "      - {figure: lived_months, min: 12, text: 乙。}\n",
	     NULL, "a year is twelve months");
}

static void texts(void)
{
	fine("      - {figure: overdue_days, max: 3, source: S1, text: 甲。}\n", "据资料（未核实）",
	     "what only an article says is worded so");
	fine("      - {figure: overdue_days, max: 3, text: 一定能办。}\n", "never promise a result",
	     "nothing is promised");
}

int main(void)
{
	world_init(&world);
	catalog = world.catalog;
	whole();
	wrong_ones();
	too_long();
	borders();
	texts();
	problems_done(&problems);
	arena_done(&world.arena);
	return done();
}
