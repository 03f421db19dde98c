/* SPDX-License-Identifier: Apache-2.0 */
/* regions-test.c - our own regions as they are built: all load, and those with code compute. */
#include <limits.h>

#include "../unit/tap.h"
#include "base/file.h"
#include "plugin/host.h"
#include "plugin/registry.h"

static struct arena arena;
static struct catalog catalog;
static struct region_table regions;
static struct registry *registry;
static struct loop *loop;
static struct host_pool *pool;

struct heard {
	int n;
	enum host_outcome outcome;
	char summary[900], notes[2000], figure[70], asks[400];
	size_t n_channels;
};

static void on_done(void *data, enum host_outcome outcome, const struct host_answer *answer,
		    const char *text)
{
	struct heard *h = data;
	const struct facts *f = answer ? &answer->facts : NULL;

	h->n++;
	h->outcome = outcome;
	if (!f) {
		snprintf(h->summary, sizeof(h->summary), "(%s)", text);
		return;
	}
	snprintf(h->summary, sizeof(h->summary), "%.*s [%.*s]", VIEW_ARG(f->summary.text),
		 VIEW_ARG(f->summary.source));
	for (size_t i = 0; i < f->notes.n; i++) {
		size_t at = strlen(h->notes);

		snprintf(h->notes + at, sizeof(h->notes) - at, "%.*s\n",
			 VIEW_ARG(f->notes.items[i].text));
	}
	h->n_channels = f->channels.n;
	snprintf(h->figure, sizeof(h->figure), "%.*s", VIEW_ARG(answer->inquiry.figure));
	snprintf(h->asks, sizeof(h->asks), "%.*s", VIEW_ARG(answer->inquiry.line.text));
}

/* Ask the first one on the walk, which must have code for it. */
static struct heard ask(const char *region, const char *intent, const struct host_slot *slots,
			size_t n_slots)
{
	struct registry_walk w =
	    registry_walk(registry, region_find(&regions, view_of(region)), view_of(intent));
	struct host_request req = {.region = view_of(region),
				   .intent = view_of(intent),
				   .text = VIEW_INIT(""),
				   .slots = slots,
				   .n_slots = n_slots,
				   .budget_ms = 120000};
	struct heard h = {.n = 0};
	struct registry_hop hop;

	if (!registry_next(&w, &hop) || !hop.ask_code)
		return h;
	host_ask(pool, hop.plugin, &req, on_done, &h);
	while (!h.n)
		loop_turn(loop, true);
	return h;
}

static void says(const char *text, const char *words, const char *sentence)
{
	if (!ok(strstr(text, words) != NULL, "%s", sentence))
		printf("# %s\n", text);
}

static struct heard overdue(const char *region, int64_t days)
{
	const struct host_slot slots[] = {{VIEW_INIT("overdue_days"), days}};

	return ask(region, "permit.endorse", slots, 1);
}

static struct heard late_by(const char *region, int64_t least, int64_t most)
{
	const struct host_slot slots[] = {{VIEW_INIT("overdue_days_least"), least},
					  {VIEW_INIT("overdue_days_most"), most}};

	return ask(region, "permit.endorse", slots, 2);
}

static struct heard left(const char *region, int64_t days)
{
	const struct host_slot slots[] = {{VIEW_INIT("left_days"), days}};

	return ask(region, "permit.endorse", slots, 1);
}

static void ranges(void)
{
	says(late_by("310000", 59, 62).summary, "有没有超过60日，要从到期日数起",
	     "two months are on either side of 60 days, and Shanghai says so");
	says(late_by("310000", 59, 62).summary, "重新计算", "with what becomes of either");
	says(late_by("310000", 48, 51).summary, "您逾期48至51天，没有超过60日",
	     "a month and twenty days are within");
	says(late_by("310000", 64, 67).summary, "已经超过60日", "two months and five are beyond");
	says(late_by("310000", 61, 36500).summary, "61天以上，已经超过60日",
	     "more than sixty as well");
	says(late_by("310000", 61, 36500).summary, "超过90日的要重新申请",
	     "which may be more than ninety");
	says(late_by("310000", 181, 184).summary, "已经超过90日", "half a year is beyond ninety");
	says(late_by("440300", 699, 702).summary, "没有超过2年", "23 months are within two years");
	says(late_by("440300", 720, 740).summary, "有没有超过2年，要从中止那天数起",
	     "about two years are on either side");
	says(left("310000", 3).summary, "离到期还有3天，没有逾期", "three days before the end");
	says(left("310000", 3).summary, "现在就可以办", "it is time in Shanghai");
	says(left("310000", 45).summary, "还没到时候", "45 days before it is not");
	says(left("440300", 45).summary, "现在就可以办", "but in Shenzhen");
}

static void shanghai(void)
{
	struct heard h = ask("310000", "permit.endorse", NULL, 0);

	says(h.summary, "每年签注一次", "without a figure Shanghai says what its guide says");
	says(h.asks, "逾期了多少天", "and asks for the figure that would tell more");
	is_str(h.figure, "overdue_days", "which is that of the matter");
	ok(!strstr(h.notes, "请告诉我"), "and is no note as well");
	ok(h.n_channels > 0, "with all fields of the guide");
	says(overdue("310000", 20).summary, "您逾期20天，没有超过60日", "20 days late is in time");
	says(overdue("310000", 20).notes, "还有40天", "and 40 days are left");
	says(overdue("310000", 60).summary, "没有超过60日", "60 days late is still in time");
	says(overdue("310000", 61).summary, "重新计算", "61 days late begins the years anew");
	says(overdue("310000", 90).summary, "[P12]", "90 days late stands in the press");
	says(overdue("310000", 91).summary, "据资料（未核实），上海逾期超过90日的要重新申请",
	     "91 days late is a new application, not confirmed");
	says(overdue("310000", 91).summary, "[P17]", "and its source is the one that says so");
	says(overdue("310000", -5).asks, "逾期了多少天", "a figure that cannot be is no figure");
	says(overdue("310115", 70).summary, "您逾期70天", "Pudong is answered by Shanghai's code");
}

static struct heard months(const char *intent, int64_t lived, int64_t insured)
{
	struct host_slot slots[2] = {{.value = 0}, {.value = 0}};
	size_t n = 0;

	if (lived >= 0)
		slots[n++] = (struct host_slot){VIEW_INIT("lived_months"), lived};
	if (insured >= 0)
		slots[n++] = (struct host_slot){VIEW_INIT("insured_months"), insured};
	return ask("440300", intent, slots, n);
}

static struct heard broken(int64_t lived, int64_t insured)
{
	const struct host_slot slots[] = {{VIEW_INIT("lived_months"), lived},
					  {VIEW_INIT("insured_months_broken"), 1},
					  {VIEW_INIT("insured_months"), insured}};

	return ask("440300", "permit.apply", slots, insured < 0 ? 2 : 3);
}

static void shenzhen(void)
{
	static const char apply[] = "permit.apply", endorse[] = "permit.endorse";

	says(months(apply, -1, -1).asks, "各满几个月", "without figures Shenzhen asks for them");
	says(months(apply, 10, 14).summary, "至少还差2个月", "two months of living are missing");
	says(months(apply, 12, 6).summary, "还差6个月", "six months of insurance are missing");
	says(months(apply, 12, 12).summary, "可能已经符合", "12 and 12 are enough");
	says(months(apply, 12, 12).summary, "中间断过的，最近2年内要累计满18个月",
	     "but with a break 18 are needed");
	says(months(apply, 24, 18).summary, "累计满18个月的，达到社保的要求", "18 in two years do");
	is_str(months(apply, 24, -1).figure, "insured_months",
	       "one figure alone asks for the other");
	is_str(months(apply, -1, 24).figure, "lived_months", "whichever it is");
	says(months(apply, 24, -1).asks, "一起告诉我", "and for both together");
	is_str(months(apply, 24, 18).asks, "", "who gave both is asked nothing");
	says(months(endorse, -1, -1).asks, "逾期了多少天", "签注 asks how late it is");
	is_str(months(endorse, 8, -1).asks, "", "but not who gave months");
	says(months(apply, 12, 12).summary, "[P20]", "the source is the city's own law");
	says(months(endorse, 8, 8).summary, "可能已经符合", "8 and 8 are enough for 签注");
	says(months(endorse, 8, 5).summary, "还差3个月", "three months are missing for 签注");
	says(broken(12, 17).summary, "还差1个月", "of 17 months in all one is missing");
	says(broken(12, 17).summary, "连续满12个月的，也达到要求", "unless 12 are in a row");
	ok(!strstr(broken(12, 17).summary, "可能已经符合"), "so nothing is promised");
	says(broken(12, 19).summary, "可能已经符合", "19 in all are enough");
	says(broken(12, 9).summary, "还不到", "9 in all never are");
	says(broken(24, -1).summary, "社保断过的", "a break alone tells the rule for it");
	is_str(broken(24, -1).figure, "insured_months", "and asks for the sum");
	says(overdue("440300", 365).summary, "中止2年内补办", "a year late can be restored");
	says(overdue("440300", 731).summary, "要重新申办", "more than two years late cannot");
	says(overdue("440305", 30).summary, "您逾期30天",
	     "a district is answered by the city's code");
}

static void all_load(const char *dir, const char *host_program)
{
	struct problems problems = {.list = VEC_INIT};
	struct registry_options options = {.dirs = &dir,
					   .n_dirs = 1,
					   .host_program = host_program,
					   .catalog = &catalog,
					   .regions = &regions,
					   .today = VIEW_INIT("2026-11-22")};
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX];

	if (registry_new(&options, &registry, &problems) < 0)
		exit(EXIT_FAILURE);
	is_int((int)problems_errors(&problems), 0, "no guide of ours has an error");
	for (size_t i = 0; i < problems.list.n; i++)
		printf("# %s\n", fault_format(&problems.list.items[i].fault, text, sizeof(text)));
	problems_done(&problems);
	ok(registry_count(registry) >= 20, "twenty regions and more are there");
}

int main(void)
{
	const char *src = getenv("srcdir") ? getenv("srcdir") : ".";
	const char *build = getenv("builddir") ? getenv("builddir") : ".";
	const char *host_program;
	struct fault why;

	arena_init(&arena, 0);
	if (catalog_load(&arena, file_join(&arena, src, "intents"), &catalog, &why) < 0 ||
	    region_table_load(&arena, file_join(&arena, src, "core/know/regions"), &regions, &why) <
		0) {
		printf("Bail out! %s\n", why.text);
		return EXIT_FAILURE;
	}
	host_program = file_join(&arena, build, "wenlu-host");
	all_load(file_join(&arena, build, "plugins"), host_program);
	loop = loop_new(true);
	pool = host_pool_new(loop, host_program);
	shanghai();
	ranges();
	shenzhen();
	host_pool_free(pool);
	loop_free(loop);
	registry_free(registry);
	arena_done(&arena);
	return done();
}
