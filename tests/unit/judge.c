/* SPDX-License-Identifier: Apache-2.0 */
/* judge.c - in which case of a guide a figure lies, and how that is said. */
#include "dialog/judge.h"

#include "base/buf.h"
#include "nlu-world.h"
#include "nlu/slot.h"

static struct arena arena;
static struct buf words = BUF_INIT;
static struct voice voice;

#define MIN(n)   .least = {(n), false}
#define OVER(n)  .least = {(n), true}
#define MAX(n)   .most = {(n), false}
#define UNDER(n) .most = {(n), true}
#define NO_MIN   .least = {-1, false}
#define NO_MAX   .most = {-1, false}
#define SAYS(s)  .line = {VIEW_INIT(s), VIEW_INIT("S1")}

static const struct guide_case days[] = {
    {.figure = VIEW_INIT("overdue_days"), NO_MIN, MAX(60), SAYS("连续计算。")},
    {.figure = VIEW_INIT("overdue_days"), OVER(60), NO_MAX, SAYS("重新计算。")},
};
static const struct guide_case months[] = {
    {.figure = VIEW_INIT("overdue_days"),
     .unit = VIEW_INIT("month"),
     NO_MIN,
     MAX(6),
     SAYS("直接签注。")},
    {.figure = VIEW_INIT("overdue_days"),
     .unit = VIEW_INIT("month"),
     OVER(6),
     NO_MAX,
     SAYS("重新登记。")},
};
static const struct guide_case years[] = {
    {.figure = VIEW_INIT("overdue_days"),
     .unit = VIEW_INIT("year"),
     NO_MIN,
     UNDER(1),
     SAYS("不满一年。")},
    {.figure = VIEW_INIT("overdue_days"),
     .unit = VIEW_INIT("year"),
     MIN(1),
     NO_MAX,
     SAYS("满一年。")},
};
static const struct guide_case lived[] = {
    {.figure = VIEW_INIT("lived_months"), NO_MIN, MAX(11), SAYS("十一。")},
    {.figure = VIEW_INIT("lived_months"), OVER(11), UNDER(12), SAYS("之间。")},
    {.figure = VIEW_INIT("lived_months"),
     .unit = VIEW_INIT("year"),
     MIN(1),
     NO_MAX,
     SAYS("一年。")},
};
static const struct guide_case insured[] = {
    {.figure = VIEW_INIT("insured_months"), NO_MIN, UNDER(6), SAYS("不够。")},
    {.figure = VIEW_INIT("insured_months"), MIN(6), NO_MAX, SAYS("够了。")},
    {.figure = VIEW_INIT("age_years"), NO_MIN, UNDER(16), SAYS("未满。")},
    {.figure = VIEW_INIT("age_years"), MIN(16), NO_MAX, SAYS("已满。")},
};
static const struct guide_case gap[] = {
    {.figure = VIEW_INIT("overdue_days"), NO_MIN, MAX(30), SAYS("三十日内。")},
    {.figure = VIEW_INIT("overdue_days"), OVER(60), NO_MAX, SAYS("六十日外。")},
};

static const struct guide_case month_and_days[] = {
    {.figure = VIEW_INIT("overdue_days"), NO_MIN, MAX(30), SAYS("三十日内。")},
    {.figure = VIEW_INIT("overdue_days"),
     .unit = VIEW_INIT("month"),
     OVER(1),
     NO_MAX,
     SAYS("一个月外。")},
};

static struct slot slot(const char *name, int64_t value, enum slot_said said)
{
	return (struct slot){.name = view_of(name), .value = value, .said = said};
}

static struct judgement judged(const struct guide_case *cases, size_t n, const struct slot *slots,
			       size_t n_slots)
{
	struct guide_topic *topic = ARENA_NEW(&arena, struct guide_topic);
	struct understanding what = {
	    .slots = slots, .n_slots = n_slots, .today = date_parse(VIEW("2026-11-30"))};

	topic->intent = VIEW("permit.fee");
	topic->facts.summary = (struct line){VIEW("可以。总的。"), VIEW("S0")};
	topic->cases.items = cases;
	topic->cases.n = n;
	return judge(&voice, topic, &world_matter, &what);
}

static const char *says(const struct guide_case *cases, size_t n, const struct slot *slots,
			size_t n_slots)
{
	struct judgement j = judged(cases, n, slots, n_slots);

	return arena_printf(&arena, "%.*s", VIEW_ARG(j.facts->summary.text)).ptr;
}
#define SAID(cases, slots) says((cases), N_OF(cases), (slots), N_OF(slots))

/* A figure that is one number. */
static const char *one(const struct guide_case *cases, size_t n, const char *name, int64_t value)
{
	const struct slot s = slot(name, value, SAID_SO);

	return says(cases, n, &s, 1);
}
#define ONE(cases, name, value) one((cases), N_OF(cases), (name), (value))

/* One that may be several. */
static const char *range(const struct guide_case *cases, size_t n, const char *name, int64_t least,
			 int64_t most)
{
	const struct slot s[] = {
	    slot(arena_printf(&arena, "%s" SLOT_LEAST, name).ptr, least, SAID_SO),
	    slot(arena_printf(&arena, "%s" SLOT_MOST, name).ptr, most, SAID_SO),
	};

	return says(cases, n, s, 2);
}
#define RANGE(cases, name, least, most) range((cases), N_OF(cases), (name), (least), (most))

static void borders(void)
{
	is_str(ONE(days, "overdue_days", 60), "您逾期60天。连续计算。", "max has its value in it");
	is_str(ONE(days, "overdue_days", 61), "您逾期61天。重新计算。", "over begins behind it");
	is_str(ONE(years, "overdue_days", 364), "您逾期364天。不满一年。", "under ends before it");
	is_str(ONE(years, "overdue_days", 365), "您逾期365天。满一年。",
	       "min begins with it, and a year has 365 days");
	is_str(ONE(insured, "age_years", 15), "您说的是15岁。未满。", "years are those of an age");
	is_str(ONE(insured, "age_years", 16), "您说的是16岁。已满。",
	       "and of an age they are whole");
	is_str(ONE(days, "overdue_days", 0), "今天到期。连续计算。", "0 days are today");
	is_str(ONE(gap, "overdue_days", 45), "可以。总的。",
	       "what no case is about changes nothing");
	ok(!judged(gap, 2, (const struct slot[]){slot("overdue_days", 45, SAID_SO)}, 1).asks,
	   "and it is not asked for once more");
}

static void ranges(void)
{
	is_str(RANGE(days, "overdue_days", 48, 51), "您逾期48至51天。连续计算。",
	       "all of it lies within one case");
	is_str(RANGE(days, "overdue_days", 59, 62),
	       "您逾期59至62天，属于哪种情况，要按具体日期算。总的。",
	       "the limit lies within: all cases are told, the verdict is not");
	is_str(RANGE(days, "overdue_days", 60, 62),
	       "您逾期60至62天，属于哪种情况，要按具体日期算。总的。",
	       "also where only its end does");
	is_str(RANGE(days, "overdue_days", 61, 62), "您逾期61至62天。重新计算。",
	       "but not behind it");
	is_str(RANGE(days, "overdue_days", 0, 40), "您逾期不超过40天。连续计算。", "not more than");
	is_str(RANGE(days, "overdue_days", 0, 70),
	       "您逾期不超过70天，属于哪种情况，要按具体日期算。总的。", "that may be either");
	is_str(RANGE(days, "overdue_days", 61, DURATION_DAYS_MAX), "您逾期61天以上。重新计算。",
	       "no limit");
	is_str(RANGE(days, "overdue_days", 60, DURATION_DAYS_MAX),
	       "您逾期60天以上，属于哪种情况，要按具体日期算。总的。",
	       "no limit, from the border on");
	is_str(RANGE(gap, "overdue_days", 25, 35),
	       "您逾期25至35天，属于哪种情况，要按具体日期算。总的。",
	       "in a case or in none: nobody can tell");
	is_str(RANGE(gap, "overdue_days", 31, 60), "可以。总的。", "surely in none");
}

static void months_into_days(void)
{
	is_str(ONE(months, "overdue_days", 181), "您逾期181天。直接签注。",
	       "six months have 181 days at least");
	is_str(ONE(months, "overdue_days", 182),
	       "您逾期182天，属于哪种情况，要按具体日期算。总的。", "and may have no more");
	is_str(ONE(months, "overdue_days", 184),
	       "您逾期184天，属于哪种情况，要按具体日期算。总的。", "or 184");
	is_str(ONE(months, "overdue_days", 185), "您逾期185天。重新登记。", "never 185");
	is_str(RANGE(months, "overdue_days", 181, 184),
	       "您逾期181至184天，属于哪种情况，要按具体日期算。总的。",
	       "half a year, said so, may be some days more");
	is_str(ONE(lived, "lived_months", 12), "您住了12个月。一年。", "a year is twelve months");
}

/* A range as it was said: in months and days. */
static const char *spans(const struct guide_case *cases, size_t n, int64_t least, int64_t most,
			 struct span from, struct span to)
{
	struct slot s[] = {
	    slot("overdue_days" SLOT_LEAST, least, SAID_SO),
	    slot("overdue_days" SLOT_MOST, most, SAID_SO),
	};

	s[0].least = s[1].least = from;
	s[0].most = s[1].most = to;
	return says(cases, n, s, 2);
}

/* 超过半年: the limit of the guide in its own words. */
static void limits_themselves(void)
{
	const struct span none = {0, 0}, half = {6, 0}, for_ever = {0, DURATION_DAYS_MAX};

	is_str(spans(months, 2, 182, DURATION_DAYS_MAX, (struct span){6, 1}, for_ever),
	       "您逾期超过半年。重新登记。", "more than half a year is more than the limit");
	is_str(spans(months, 2, 0, 183, none, (struct span){6, -1}), "您逾期不到半年。直接签注。",
	       "less is less");
	is_str(spans(months, 2, 0, 184, none, half), "您逾期不超过半年。直接签注。",
	       "and not more is not more");
	is_str(spans(months, 2, 181, DURATION_DAYS_MAX, half, for_ever),
	       "您逾期半年以上，属于哪种情况，要按具体日期算。总的。",
	       "half a year and more may be just that");
	is_str(spans(months, 2, 166, 183, (struct span){6, -15}, (struct span){6, -1}),
	       "您逾期166至183天。直接签注。", "nearly half a year is less, too");
	is_str(spans(months, 2, 184, 187, (struct span){6, 3}, (struct span){6, 3}),
	       "您逾期184至187天。重新登记。", "and three days more are more");
	is_str(spans(months, 2, 151, DURATION_DAYS_MAX, (struct span){5, 1}, for_ever),
	       "您逾期超过5个月，属于哪种情况，要按具体日期算。总的。",
	       "another number of months is no limit");
	is_str(spans(days, 2, 48, 72, (struct span){0, 48}, (struct span){0, 72}),
	       "您逾期48至72天，属于哪种情况，要按具体天数算。总的。",
	       "of days the number is to be known");
	is_str(spans(months, 2, 170, 190, (struct span){0, 170}, (struct span){0, 190}),
	       "您逾期170至190天，属于哪种情况，要按具体日期算。总的。",
	       "but days are months by their date");
}

/* A date tells how many days half a year has. */
static void by_the_calendar(void)
{
	struct slot late = slot("overdue_days", 183, SAID_SO);
	struct slot month[] = {
	    slot("overdue_days" SLOT_LEAST, 183, SAID_SO),
	    slot("overdue_days" SLOT_MOST, 213, SAID_SO),
	};

	late.first = late.last = date_parse(VIEW("2026-05-31"));
	is_str(says(months, 2, &late, 1), "您逾期183天（从2026年5月31日算起）。直接签注。",
	       "on the same day, or a month's last, it is over");
	late.value = 184;
	late.first = late.last = date_parse(VIEW("2026-05-30"));
	is_str(says(months, 2, &late, 1), "您逾期184天（从2026年5月30日算起）。直接签注。",
	       "however many days that are");
	late.value = 185;
	late.first = late.last = date_parse(VIEW("2026-05-29"));
	is_str(says(months, 2, &late, 1), "您逾期185天（从2026年5月29日算起）。重新登记。",
	       "a day later it is more");
	month[0].first = month[1].first = date_parse(VIEW("2026-05-01"));
	month[0].last = month[1].last = date_parse(VIEW("2026-05-31"));
	is_str(says(months, 2, month, 2),
	       "您逾期183至213天（从2026年5月算起），属于哪种情况，要看具体是哪一天。总的。",
	       "of a month the day is to be known");
}

static void more_than_one(void)
{
	is_str(ONE(month_and_days, "overdue_days", 29),
	       "您逾期29天，属于哪种情况，要按具体日期算。总的。",
	       "in one case surely, and perhaps in another: all are told");
	is_str(ONE(month_and_days, "overdue_days", 27), "您逾期27天。三十日内。",
	       "in that alone where no other may be");
}

static void more_and_broken(void)
{
	const struct slot more[] = {slot("lived_months", 11, SAID_SO),
				    slot("lived_months" SLOT_MORE, 1, SAID_SO)};
	const struct slot broken[] = {slot("insured_months", 8, SAID_SO),
				      slot("insured_months" SLOT_BROKEN, 1, SAID_SO)};
	const struct slot broken_and_age[] = {slot("insured_months", 8, SAID_SO),
					      slot("age_years", 15, SAID_SO),
					      slot("insured_months" SLOT_BROKEN, 1, SAID_SO)};
	const struct slot both[] = {slot("age_years", 15, SAID_SO),
				    slot("insured_months", 6, SAID_SO)};

	is_str(ONE(lived, "lived_months", 11), "您住了11个月。十一。", "eleven months are eleven");
	is_str(SAID(lived, more), "您住了11个多月。之间。",
	       "some days more are over eleven and under twelve");
	is_str(ONE(lived, "lived_months", 0), "您住了不到1个月。十一。", "no whole month");
	is_str(SAID(insured, broken), "可以。总的。", "of broken months nothing is told");
	is_str(SAID(insured, broken_and_age), "您说的是15岁。未满。", "of other figures it is");
	is_str(SAID(insured, both), "够了。",
	       "the guide's first figure decides, and who has no words for it has none said");
}

static void in_words(void)
{
	const struct slot two_months[] = {
	    slot("overdue_days" SLOT_LEAST, 59, SAID_MONTHS_AS_DAYS),
	    slot("overdue_days" SLOT_MOST, 62, SAID_MONTHS_AS_DAYS),
	};
	const struct slot weeks = slot("overdue_days", 21, SAID_WEEKS_AS_DAYS);
	const struct slot year_and_age[] = {slot("lived_months", 12, SAID_YEARS_AS_MONTHS),
					    slot("age_years", 30, SAID_SO)};
	struct slot dated = slot("overdue_days", 60, SAID_SO);
	struct judgement j;

	is_str(SAID(days, two_months),
	       "您逾期2个月（59至62天），属于哪种情况，要按具体日期算。总的。",
	       "a figure is said as it was said");
	is_str(says(days, 2, &weeks, 1), "您逾期3周。连续计算。", "weeks, too");
	is_str(SAID(lived, year_and_age), "您住了1年。一年。", "and years");
	dated.first = dated.last = date_parse(VIEW("2026-10-01"));
	j = judged(days, 2, &dated, 1);
	ok(view_find(j.facts->summary.text, VIEW("您逾期60天（")) >= 0,
	   "behind one that was counted from a date stands the date");
	is_view(j.facts->summary.source, "S1", "the source is the case's");
	ok(j.within == &days[0], "and it is told which case it is");
}

static void asking(void)
{
	const struct slot left = slot("left_days", 20, SAID_SO);
	struct judgement j = judged(days, 2, NULL, 0);

	ok(j.asks && view_is(j.asks->name, "overdue_days"), "who gave no figure is asked for it");
	is_view(j.facts->summary.text, "可以。总的。", "and told the summary");
	ok(!judged(days, 1, NULL, 0).asks, "not where there is one case alone");
	ok(!judged(days, 2, &left, 1).asks, "nor who gave another figure");
	ok(!judged(days, 0, NULL, 0).asks, "nor without cases");
}

int main(void)
{
	struct fault why = {.text = ""};
	struct wording *wording = NULL;

	arena_init(&arena, 0);
	if (wording_parse(&arena,
			  VIEW("case.said: '{said}。'\n"
			       "case.several: '{said}，属于哪种情况，要按具体日期算。'\n"
			       "case.several.date: '{said}，属于哪种情况，要看具体是哪一天。'\n"
			       "case.several.days: '{said}，属于哪种情况，要按具体天数算。'\n"),
			  "judge", NULL, &wording, &why) < 0)
		printf("Bail out! %s\n", why.text), exit(1);
	voice = (struct voice){.wording = wording, .arena = &arena, .out = &words};
	borders();
	ranges();
	months_into_days();
	limits_themselves();
	by_the_calendar();
	more_than_one();
	more_and_broken();
	in_words();
	asking();
	buf_done(&words);
	arena_done(&arena);
	return done();
}
