/* SPDX-License-Identifier: Apache-2.0 */
/* guide.c - tests of reading guides, of what is said about wrong ones, and of the checks. */
#include "know/guide.h"

#include <errno.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "tests/unit/tap.h"

static struct arena arena;
static struct problems problems;
static struct region_table regions;
static struct catalog catalog;

#define HEAD    "guide: 1\nname: zhengzhou\nversion: 2026.11.1\ncontact: 维护者\n"
#define REGIONS "regions:\n  - code: \"410100\"\n    aliases: [郑州, 商都]\n    apps: [郑好办]\n"
#define SOURCES                                                                                     \
	"sources:\n"                                                                                \
	"  - {id: S12, title: 文章, kind: article, as_of: \"2025\", review_by: \"2026-12-31\"}\n" \
	"  - {id: L9, title: 条例第九条, kind: law, url: \"https://a.cn/b\", as_of: "          \
	"\"2016-01-01\","                                                                           \
	" review_by: \"2027-12\"}\n"
#define TOP HEAD REGIONS SOURCES

static int read(const char *yaml, struct guide *ret)
{
	problems_done(&problems);
	return guide_read(&arena, view_of(yaml), "zhengzhou.yaml", ret, &problems);
}

/* Some error says `word`; 0 if it must not have a place. */
static bool said(const char *word, unsigned line, bool is_error)
{
	for (size_t i = 0; i < problems.list.n; i++) {
		const struct problem *p = &problems.list.items[i];

		if (strstr(p->fault.text, word) && p->is_error == is_error &&
		    (line == 0 || p->fault.line == line))
			return true;
	}
	for (size_t i = 0; i < problems.list.n; i++)
		printf("# said: %u: %s\n", problems.list.items[i].fault.line,
		       problems.list.items[i].fault.text);
	return false;
}

static void wrong(const char *yaml, unsigned line, const char *word, const char *name)
{
	struct guide g = {0};

	is_int(read(yaml, &g), -EBADMSG, "%s", name);
	ok(said(word, line, true), "… in line %u, with '%s'", line, word);
	ok(g.name.len == 0, "… and the output is left alone");
}

static void test_whole(void)
{
	struct guide g = {0};
	int r = read(
	    TOP "topics:\n"
		"  permit.timing:\n"
		"    source: S12\n"
		"    summary: 据资料（未核实），约7至10个工作日。\n"
		"    channels:\n"
		"      - {name: 郑好办, kind: app, path: 首页 → 居住证, source: L9}\n"
		"    steps:\n"
		"      - 据资料（未核实），打开\n"
		"      - {text: 查看, source: L9}\n"
		"    documents:\n"
		"      - {name: 身份证, form: 原件, for: 窗口办理}\n"
		"    timing:\n"
		"      - {stage: 整体, min: 7, max: 10, unit: working_day}\n"
		"      - {stage: 法定, legal_max: 15, unit: day, source: L9}\n"
		"      - {stage: 其他, text: 另行通知}\n"
		"    notes: [一, 二, 三]\n"
		"not_inherited:\n"
		"  - {intent: permit.online, from: \"440000\", reason: 不含}\n"
		"examples:\n"
		"  permit.online: [在哪点, 在哪看]\n"
		"canary:\n"
		"  - {ask: 多久, intent: permit.timing, must: [工作日], must_not: [当场, 即时]}\n",
	    &g);
	const struct facts *f;

	is_int(r, 0, "a whole guide is read");
	if (r < 0)
		return;
	is_view(g.name, "zhengzhou", "it has its name");
	is_view(g.title, "zhengzhou", "without a title it is titled by its name");
	is_view(g.version, "2026.11.1", "a version of three numbers stays a text");
	is_view(g.regions.items[0].code, "410100", "it has its place");
	is_int((int)g.regions.items[0].n_aliases, 2, "it has its aliases");
	is_view(g.regions.items[0].apps[0], "郑好办", "it has its app");
	is_int((int)g.sources.n, 2, "it has its sources");
	is_view(guide_source_find(&g, VIEW("L9"))->url, "https://a.cn/b",
		"a source is found by id");
	ok(!guide_source_find(&g, VIEW("X")), "an unknown source is not found");
	ok(!guide_topic_find(&g, VIEW("permit.fee")), "a topic that is not there is not found");
	f = &guide_topic_find(&g, VIEW("permit.timing"))->facts;
	is_view(f->summary.source, "S12", "the topic's source goes down to the summary");
	is_view(f->steps.items[0].source, "S12", "… and to a step without its own");
	is_view(f->steps.items[1].source, "L9", "a step's own source wins");
	is_int(f->channels.items[0].kind, CHANNEL_APP, "a channel has its kind");
	is_view(f->channels.items[0].source, "L9", "a channel has its source");
	is_view(f->documents.items[0].purpose, "窗口办理", "a document has its purpose");
	is_int(f->timing.items[0].max, 10, "a time has its figures");
	is_int(f->timing.items[0].legal_max, -1, "a figure that is not said is -1");
	is_int(f->timing.items[1].legal_max, 15, "a legal limit is a legal limit");
	is_view(f->timing.items[2].text, "另行通知", "a time may be words only");
	is_int((int)facts_lines(f, FACTS_NOTES).n, 3, "notes are a list of lines");
	is_view(g.gaps.items[0].from, "440000", "a gap says from where");
	is_int((int)g.examples.n, 2, "examples are read");
	is_int((int)g.canaries.items[0].n_must_not, 2, "a canary is read");
}

static void test_wrong_heads(void)
{
	wrong("", 0, "empty", "an empty guide is refused");
	wrong("- a\n", 1, "must be a map", "a list is no guide");
	wrong("guide: 2\n", 1, "must be 1", "a guide of another format is refused");
	ok(said("'name' is missing", 0, true) && said("'contact' is missing", 0, true) &&
	       said("'topics' is missing", 0, true),
	   "everything that is missing is told at once");
	wrong("guide: 1\nname: Zhèng\n" SOURCES, 2, "may only hold", "a name has only a-z, 0-9, -");
	wrong(TOP "topic: {}\n", 0, "did you mean 'topics'",
	      "an unknown key has its neighbour named");
	wrong(TOP "zzzzzzzzz: {}\n", 0, "unknown key 'zzzzzzzzz' in a guide",
	      "a strange key is told");
	wrong(HEAD "regions: []\n" SOURCES "topics: {}\n", 5, "name at least one place",
	      "a guide without places is refused");
	wrong(HEAD "regions: \"410100\"\n" SOURCES "topics: {}\n", 5, "must be a list",
	      "a place instead of a list of places is refused");
	wrong(HEAD "regions:\n  - {code: [1]}\n" SOURCES "topics: {}\n", 6, "code must be a text",
	      "a list as code is refused");
	wrong(HEAD "regions:\n  - {alias: [a]}\n" SOURCES "topics: {}\n", 6, "'code' is missing",
	      "a place without a code is refused");
}

static void test_wrong_sources(void)
{
#define S(line) HEAD REGIONS "sources:\n" line "topics: {}\n"
	wrong(S("  - {id: A, title: t, kind: blog, as_of: \"2025\"}\n"), 10,
	      "one of law, government, press, article", "an unknown kind names the right ones");
	wrong(S("  - {id: A, title: t, kind: law, as_of: \"2025-02-29\"}\n"), 10, "is no date",
	      "a day that does not exist is refused");
	wrong(S("  - {id: A, title: t, kind: law, as_of: \"2025-13\"}\n"), 10, "is no date",
	      "a 13th month is refused");
	wrong(S("  - {id: A, title: t, kind: law, as_of: \"25\"}\n"), 10, "is no date",
	      "a short year is refused");
	wrong(S("  - {id: A, title: t, kind: law}\n"), 10, "'as_of' is missing",
	      "a source needs its date");
	wrong(S("  - {id: A, title: t, kind: law, seen: \"last year\"}\n"), 10, "is no date",
	      "when an undated one was looked at is a date");
	wrong(S("  - {id: A, title: t, as_of: \"2025\"}\n"), 10, "must be one of",
	      "a source needs its kind");
	wrong(S("  - {id: A, title: t, kind: law, as_of: \"2025\", url: \"javascript:x\"}\n"), 10,
	      "https://", "an address of another kind is refused");
	wrong(S("  - {id: A, title: t, kind: law, as_of: \"2025\", url: \"http://a b\"}\n"), 10,
	      "blank", "an address with a blank is refused");
	wrong(S("  - {id: A, title: t, kind: law, as_of: \"2025\"}\n"
		"  - {id: A, title: u, kind: law, as_of: \"2025\"}\n"),
	      11, "two sources 'A'", "two sources of one id are refused");
}

static void test_wrong_topics(void)
{
#define T(lines) TOP "topics:\n  permit.fee:\n" lines
	struct guide g;

	wrong(T("    summary: 免费\n"), 14, "no source", "a fact without a source is refused");
	wrong(T("    source: S13\n    summary: 免费\n"), 14, "did you mean 'S12'",
	      "an unknown source has its neighbour named");
	is_int((int)problems_errors(&problems), 1, "… and is told once, not for each fact");
	wrong(T("    source: L9\n    sumary: 免费\n"), 15, "did you mean 'summary'",
	      "an unknown field has its neighbour named");
	wrong(T("    source: L9\n    fee: 免费\n"), 15, "fee must be a list", "a list is a list");
	wrong(T("    source: L9\n    fee: [\"\"]\n"), 15, "fee is empty",
	      "an empty line is refused");
	wrong(T("    source: L9\n    fee: [\"a\\0b\"]\n"), 15, "control",
	      "a control character is refused");
	wrong(T("    source: L9\n    fee: [[a]]\n"), 15, "{text: …, source: …}",
	      "a list in a list is refused");
	wrong(T("    source: L9\n    fee: [{text: a, from: b}]\n"), 15, "unknown key 'from'",
	      "a line has two keys");
	wrong(T("    source: L9\n    fee: [办理: 免费]\n"), 15, "\"办理: 免费\"",
	      "a colon that made a map of a text is told");
	wrong(T("    source: L9\n    channels: [{name: a, kind: wechat}]\n"), 15,
	      "app, mini_program, account, website, window, hotline, machine",
	      "an unknown kind of channel names the right ones");
	wrong(T("    source: L9\n    timing: [{stage: a, min: 3}]\n"), 15, "working_day",
	      "a figure without a unit is refused");
	wrong(T("    source: L9\n    timing: [{stage: a, min: drei, unit: day}]\n"), 15,
	      "whole number", "a figure is a number");
	wrong(T("    source: L9\n    timing: [{stage: a, min: -1, unit: day}]\n"), 15,
	      "whole number", "a figure is not negative");
	wrong(T("    source: L9\n    timing: [{stage: a, min: 4, max: 3, unit: day}]\n"), 15,
	      "more than max", "the least is not more than the most");
	wrong(T("    source: L9\n    timing: [{stage: a, unit: day}]\n"), 15, "needs min",
	      "a time says something");
	wrong(T("    source: L9\n  permit.fee: {}\n"), 15, "twice", "a topic stands once");
	is_int(read(TOP "topics: {}\n", &g), 0, "a guide may have no topics");
	is_int(read(TOP "topics: {}\nnot_inherited: [{intent: permit.fee, reason: x}]\n", &g), 0,
	       "a gap without 'from' refuses everybody");
	wrong(TOP "topics: {}\ncanary: [{asks: x}]\n", 13, "did you mean 'ask'",
	      "a canary has its keys");
}

static void test_caps(void)
{
	struct buf b = BUF_INIT;
	struct guide g;

	buf_str(&b, TOP "topics:\n  permit.fee:\n    source: L9\n    fee:\n");
	for (int i = 0; i <= LIMIT_GUIDE_LIST; i++)
		buf_str(&b, "      - 免费\n");
	wrong(b.ptr, 16, "at most 64", "a list that is too long is refused");
	buf_clear(&b);
	buf_str(&b, TOP "topics:\n  permit.fee:\n    source: L9\n    summary: ");
	for (int i = 0; i <= LIMIT_GUIDE_TEXT / 3; i++)
		buf_str(&b, "长");
	wrong(b.ptr, 15, "at most 2000", "a text that is too long is refused");
	buf_clear(&b);
	buf_str(&b, TOP "topics:\n");
	for (int i = 0; i < 300; i++)
		buf_printf(&b, "  t%d: {bad: 1}\n", i);
	is_int(read(b.ptr, &g), -EBADMSG, "three hundred faults are refused");
	is_int((int)problems.list.n, LIMIT_PROBLEMS, "… fifty of them are listed");
	is_int((int)problems_errors(&problems), 300, "… all of them are counted");
	buf_done(&b);
}

/* Read and check; reading must go well. */
static void checked(const char *yaml, const char *today)
{
	struct guide g;

	ok(read(yaml, &g) == 0, "a guide to check is read");
	guide_check(&g, &(struct guide_world){&catalog, &regions, view_of(today)}, "zhengzhou.yaml",
		    &problems);
}

static void test_check(void)
{
#define ONE    "topics:\n  permit.fee: {source: L9, summary: 免费}\n"
#define CANARY "canary: [{ask: 多少钱, intent: permit.fee}]\n"
	checked(TOP ONE CANARY, "2026-11-22");
	is_int((int)problems.list.n, 0, "a good guide has no problems");
	checked(TOP ONE CANARY, "2027-01-01");
	ok(said("S12 was to be looked at again", 10, false), "a stale source is a warning");
	is_int((int)problems_errors(&problems), 0, "… and no error");
	checked(TOP ONE CANARY, "2027-12-31");
	ok(!strstr(problems.list.items[0].fault.text, "L9") && problems.list.n == 1,
	   "a month is over when its last day is");
	checked(TOP ONE CANARY, "2024-01-01");
	ok(said("still to come", 10, false), "a source from the future is a warning");
	checked(TOP "topics:\n  permit.tinning: {source: L9, fee: [免费]}\n" CANARY, "2026-11-22");
	ok(said("did you mean 'permit.timing'", 13, true),
	   "an unknown intent has its neighbour named");
	ok(said("no summary", 13, false), "a topic without a summary is a warning");
	checked(TOP "topics:\n  permit.fee: {}\n" CANARY, "2026-11-22");
	ok(said("is empty", 13, false), "an empty topic is a warning");
	checked(HEAD "regions: [{code: \"410190\"}]\n" SOURCES ONE CANARY, "2026-11-22");
	ok(said("there is no place '410190': did you mean", 5, true),
	   "an unknown code is an error");
	checked(HEAD "regions: [{code: 410100}, {code: 410100}]\n" SOURCES ONE CANARY,
		"2026-11-22");
	ok(said("stands here twice", 5, true), "a place twice is an error");
	checked(HEAD
		"regions: [{code: 410100, aliases: [上海, 郑, 郑东新区]}]\n" SOURCES ONE CANARY,
		"2026-11-22");
	ok(said("'上海' already stands for 上海市", 5, false), "another place's name is a warning");
	ok(said("single character", 5, false), "an alias of one character is a warning");
	is_int((int)problems.list.n, 2, "a name of a part of the place is fine");
	checked(HEAD "regions: [{code: \"cluster:chengyu\"}]\n" SOURCES ONE CANARY, "2026-11-22");
	ok(said("clusters: yes", 10, true), "a group of provinces does not speak of fees");
	checked(TOP ONE
		"not_inherited: [{intent: permit.fees, from: \"999999\", reason: x}]\n" CANARY,
		"2026-11-22");
	ok(said("not_inherited: there is no intent", 14, true) &&
	       said("not_inherited: there is no place", 14, true),
	   "gaps are checked");
	checked(TOP ONE "examples: {permit.foo: [a, b]}\n", "2026-11-22");
	ok(said("examples: there is no intent", 14, true), "examples are checked");
	ok(said("no canary", 0, false), "a guide without canaries is a warning");
	checked(TOP ONE "canary: [{ask: x}, {ask: y, intent: permit.x}]\n", "2026-11-22");
	ok(said("checks nothing", 14, false) && said("canary: there is no intent", 14, true),
	   "canaries are checked");
}

static void test_wording_rules(void)
{
	checked(TOP "topics:\n  permit.fee: {source: S12, summary: 免费}\n" CANARY, "2026-11-22");
	ok(said("据资料（未核实）", 13, false), "a doubtful fact worded as certain is a warning");
	checked(TOP "topics:\n  permit.fee: {source: S12, summary: "
		    "\"据资料（未核实），快了300%\"}\n" CANARY,
		"2026-11-22");
	ok(said("must not be repeated", 13, true), "rhetoric is an error");
	checked(TOP "topics:\n  permit.fee: {source: L9, summary: 例如11010119000101123X}\n" CANARY,
		"2026-11-22");
	ok(said("personal number", 13, false), "a personal number is a warning");
}

static void test_facts(void)
{
	struct facts f = {0};
	struct line line = {VIEW_INIT("a"), VIEW_INIT("b")};

	ok(facts_is_empty(&f), "no facts are empty");
	for (unsigned i = 0; i < FACTS_LINE_LISTS; i++) {
		facts_set_lines(&f, (enum facts_lines)i, (struct line_list){&line, 1});
		ok(!facts_is_empty(&f) && facts_lines(&f, (enum facts_lines)i).items == &line,
		   "'%s' can be set and read", facts_lines_name((enum facts_lines)i));
		facts_set_lines(&f, (enum facts_lines)i, (struct line_list){NULL, 0});
	}
	for (int i = 0; i < CHANNEL_KINDS; i++)
		is_int(channel_kind_find(view_of(channel_kind_name((enum channel_kind)i))), i,
		       "a kind of channel is found by its name");
	for (int i = 0; i < UNIT_KINDS; i++)
		is_int(time_unit_find(view_of(time_unit_name((enum time_unit)i))), i,
		       "a unit is found by its name");
	for (int i = 0; i < SOURCE_KINDS; i++)
		is_int(source_kind_find(view_of(source_kind_name((enum source_kind)i))), i,
		       "a kind of source is found by its name");
	is_int(source_kind_find(VIEW("blog")), -1, "no other kind is found");
	ok(source_grade(SOURCE_LAW) == 'A' && source_grade(SOURCE_PRESS) == 'B' &&
	       source_grade(SOURCE_ARTICLE) == 'C',
	   "the grades are A, B, C");
}

/* Every guide of the tree, so that a slip in one is found where it was made. */
static void test_tree(const char *dir)
{
	const char *const *names, *const *files;
	size_t n, n_files;
	char text[800];

	if (file_list(&arena, dir, NULL, &names, &n) < 0)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		const char *folder = file_join(&arena, dir, names[i]);

		if (file_list(&arena, folder, ".yaml", &files, &n_files) < 0)
			continue;
		for (size_t j = 0; j < n_files; j++) {
			const char *path = file_join(&arena, folder, files[j]);
			struct guide_world world = {&catalog, &regions, VIEW("2026-11-22")};
			struct guide g;
			struct view yaml;

			problems_done(&problems);
			if (file_read(&arena, path, LIMIT_YAML_BYTES, &yaml) == 0)
				guide_read_and_check(&arena, yaml, path, &world, &g, &problems);
			is_int((int)problems_errors(&problems), 0, "%s/%s has no errors", names[i],
			       files[j]);
			for (size_t k = 0; k < problems.list.n; k++)
				printf("# %s\n", fault_format(&problems.list.items[k].fault, text,
							      sizeof(text)));
		}
	}
}

int main(void)
{
	const char *srcdir = getenv("srcdir") ? getenv("srcdir") : ".";
	struct fault why = {0};

	arena_init(&arena, 0);
	ok(region_table_load(&arena, file_join(&arena, srcdir, "core/know/regions"), &regions,
			     &why) == 0 &&
	       catalog_load(&arena, file_join(&arena, srcdir, "intents"), &catalog, &why) == 0,
	   "places and intents load");
	if (why.text[0]) {
		printf("# %s:%u: %s\n", why.file, why.line, why.text);
		return done();
	}
	test_whole();
	test_wrong_heads();
	test_wrong_sources();
	test_wrong_topics();
	test_caps();
	test_check();
	test_wording_rules();
	test_facts();
	test_tree(file_join(&arena, srcdir, "plugins"));
	problems_done(&problems);
	arena_done(&arena);
	return done();
}
