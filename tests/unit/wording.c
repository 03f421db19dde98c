/* SPDX-License-Identifier: Apache-2.0 */
/* wording.c - tests of templates, and that our own wording loads. */
#include "know/wording.h"

#include <errno.h>

#include "base/file.h"
#include "know/matter.h"
#include "tests/unit/tap.h"

static struct arena arena;
static struct fault why;
static struct buf out = BUF_INIT;

static struct wording *parse(const char *yaml)
{
	struct wording *w = NULL;

	why = (struct fault){0};
	return wording_parse(&arena, view_of(yaml), "w.yaml", NULL, &w, &why) == 0 ? w : NULL;
}

static struct view put(const struct wording *w, const char *name, unsigned turn)
{
	const struct word_value values[] = {
	    {"region", VIEW_INIT("郑州")}, {"n", VIEW_INIT("3")}, {"empty", VIEW_INIT("")}};

	buf_clear(&out);
	wording_put(w, &out, name, turn, values, 3);
	return buf_view(&out);
}

/* What a template makes of region = 郑州, n = 3, empty = "". */
static void gives(const char *template, const char *want)
{
	const struct wording *w = parse(arena_printf(&arena, "a: '%s'\n", template).ptr);

	if (ok(w != NULL, "'%s' is a template", template))
		is_view(put(w, "a", 0), want, "… that gives '%s'", want);
	else
		printf("# said: %s\n", why.text);
}

static void refused(const char *yaml, unsigned line, const char *word, const char *name)
{
	ok(!parse(yaml), "%s", name);
	ok(strstr(why.text, word) && why.line == line, "… in line %u, with '%s'", line, word);
	if (!strstr(why.text, word) || why.line != line)
		printf("# said: %u: %s\n", why.line, why.text);
}

static void test_templates(void)
{
	gives("你好", "你好");
	gives("{region}有{n}个", "郑州有3个");
	gives("{region}{missing}！", "郑州！");
	gives("{{region}}", "{region}");
	gives("a[[b]]", "a[b]");
	gives("按{region}[，共{n}项]。", "按郑州，共3项。");
	gives("按{region}[，共{empty}项]。", "按郑州。");
	gives("[{empty}和{n}]", "和3");
	gives("[{empty}a]{n}[{n}b]", "33b");
	gives("[[{n}]]", "[3]");
	gives("[{n}[[a]]]", "3[a]");
	gives("[{empty}]{n}", "3");
	gives("", "");
}

static void test_entries(void)
{
	struct wording *w =
	    parse("a: 一\nb: [一, 二, 三]\nreply:\n  chat.greet: 您好\n  x: {y: 深}\n"
		  "block: |\n  第一行\n  第二行\n");
	struct view name;

	if (!ok(w != NULL, "texts, lists and maps are read"))
		return;
	is_view(put(w, "b", 0), "一", "turn 0 takes the first");
	is_view(put(w, "b", 1), "二", "turn 1 takes the second");
	is_view(put(w, "b", 5), "三", "turns go round");
	is_view(put(w, "a", 7), "一", "one text is taken at every turn");
	is_view(put(w, "reply.chat.greet", 0), "您好", "maps make dotted names");
	is_view(put(w, "reply.x.y", 0), "深", "maps in maps too");
	is_view(put(w, "block", 0), "第一行\n第二行", "a block loses its last line break");
	is_view(put(w, "none", 0), "[none]", "an unknown template shows its name");
	ok(wording_has(w, "a") && !wording_has(w, "reply") && !wording_has(w, "none"),
	   "it is known which entries there are");
	ok(wording_entry(w, 0, &name) && view_is(name, "a") && !wording_entry(w, 6, &name),
	   "entries can be listed");
	w = parse("a: ['{x}', '{y}[{z}]']\n");
	ok(w && wording_place(w, 0, 2, &name) && view_is(name, "z") &&
	       !wording_place(w, 0, 3, &name),
	   "places can be listed");
}

static void test_refusals(void)
{
	refused("a: ok\nb: 'x{name'\n", 2, "no '}'", "an open brace is refused");
	refused("a: ok\nb: 'x name}'\n", 2, "no '{'", "a closing brace alone is refused");
	refused("a: 'x{Na me}'\n", 1, "is no place", "a place has a plain name");
	refused("a: '{}'\n", 1, "is no place", "a place has a name");
	refused("a: '[x{n}'\n", 1, "no ']'", "an open bracket is refused");
	refused("a: 'x]'\n", 1, "no '['", "a closing bracket alone is refused");
	refused("a: '[x]'\n", 1, "never be left out", "a bracket without a place is refused");
	refused("a: '[x{n}[{n}] ]'\n", 1, "in each other", "a bracket in a bracket is refused");
	refused("a:\n  - ok\n  - '{'\n", 3, "no '}'", "the line of a list's element is told");
	refused("a: [[x]]\n", 1, "must hold texts", "a list in a list is refused");
	refused("a: []\n", 1, "no text", "an empty list is refused");
	refused("a.b: x\na: {b: y}\n", 0, "'a.b' stands twice", "a name made twice is refused");
	refused("- a\n", 1, "must be a map", "a list is no wording");
	refused("a: [b\n", 1, "not valid YAML", "broken YAML is refused");
}

static void test_matters(void)
{
	struct matter permit = {.name = VIEW_INIT("permit")}, none = {.name = VIEW_INIT("none")};
	struct matter both[2];
	const struct wording_matters matters = {both, 2};
	struct wording *w = NULL;

	if (!ok(yaml_read(&arena, VIEW("bye: 证办好了\nhello: 您好{n}\n"), "m.yaml",
			  &permit.wording, &why) == 0,
		"a matter has sentences"))
		return;
	both[0] = permit;
	both[1] = none;
	ok(wording_parse(&arena, VIEW("bye: 再见\nmatter.permit.hello: 门户的\n"), "w.yaml",
			 &matters, &w, &why) == 0,
	   "they are read beside the file");
	is_view(put(w, "bye", 0), "再见", "the general sentence stays");
	is_view(put(w, "matter.permit.bye", 0), "证办好了", "the matter's own has its name");
	is_view(put(w, "matter.permit.hello", 0), "门户的", "what the file says of it wins");
}

int main(void)
{
	const char *srcdir = getenv("srcdir") ? getenv("srcdir") : ".";
	struct wording *w = NULL;
	char text[800];

	arena_init(&arena, 0);
	test_templates();
	test_entries();
	test_refusals();
	test_matters();
	ok(wording_load(&arena, "/nonexistent", NULL, &w, &why) == -ENOENT && !w,
	   "a missing file is told");
	if (!ok(wording_load(&arena, file_join(&arena, srcdir, "wording/zh.yaml"), NULL, &w,
			     &why) == 0,
		"our own wording loads"))
		printf("# %s\n", fault_format(&why, text, sizeof(text)));
	buf_done(&out);
	arena_done(&arena);
	return done();
}
