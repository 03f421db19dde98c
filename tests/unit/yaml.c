/* SPDX-License-Identifier: Apache-2.0 */
/* yaml.c - tests of the YAML subset and of "did you mean". */
#include "know/yaml.h"

#include <errno.h>

#include "base/buf.h"
#include "base/limits.h"
#include "know/nearest.h"
#include "tests/unit/tap.h"

static struct arena arena;
static struct fault why;

static const struct yaml_node *read(const char *text)
{
	const struct yaml_node *root = NULL;

	return yaml_read(&arena, view_of(text), "f.yaml", &root, &why) == 0 ? root : NULL;
}

/* Refused, with this in the reason, at this line and column. */
static void refused(const char *text, unsigned line, unsigned column, const char *word,
		    const char *name)
{
	const struct yaml_node *root = read(text);

	ok(!root, "%s", name);
	if (root)
		return;
	ok(strstr(why.text, word) != NULL, "… and the reason says '%s'", word);
	if (!strstr(why.text, word))
		printf("# said: %s\n", why.text);
	is_int(why.line, line, "… in line %u", line);
	is_int(why.column, column, "… in column %u", column);
}

static void test_tree(void)
{
	const struct yaml_node *root = read("a: 1\nb:\n  - x\n  - {c: 郑州, d: \"410100\"}\n"
					    "e: |\n  eins # kein Kommentar\n  zwei\nf: yes\n");
	const struct yaml_node *b = yaml_get(root, "b");

	ok(root && root->kind == YAML_MAP && root->n == 4, "a map has its four keys");
	is_view(yaml_get(root, "a")->text, "1", "a number stays the text that was typed");
	is_view(yaml_get(root, "f")->text, "yes", "a boolean stays the text that was typed");
	ok(b && b->kind == YAML_LIST && b->n == 2, "a list has its two elements");
	is_view(yaml_get(b->children->next, "c")->text, "郑州", "a flow map in a list is read");
	is_view(yaml_get(b->children->next, "d")->text, "410100", "quotes are no part of a text");
	is_int(b->children->next->line, 4, "an element knows its line");
	is_int(b->children->next->column, 5, "an element knows its column");
	is_int(yaml_get(root, "e")->key_line, 5, "a key knows its line");
	is_view(yaml_get(root, "e")->text, "eins # kein Kommentar\nzwei\n",
		"'#' in a block is no comment");
	ok(yaml_get(root, "e")->is_block, "a block is known as one");
	ok(!yaml_get(root, "a")->is_block, "a plain text is no block");
	ok(!yaml_get(root, "g"), "a key that is not there is not found");
	ok(!yaml_get(b, "c") && !yaml_get(NULL, "c"), "a list and nothing have no keys");
}

static void test_refusals(void)
{
	refused("", 1, 1, "empty", "an empty file is refused");
	refused("# only this\n", 2, 1, "empty", "a file of comments is refused");
	refused("a: &x 1\nb: 2\n", 1, 4, "anchors", "an anchor is refused");
	refused("a: 1\nb: *x\n", 2, 4, "aliases", "an alias is refused");
	refused("a: !!int 1\n", 1, 4, "tags", "a tag is refused");
	refused("a: !x [1]\n", 1, 4, "tags", "a tag on a list is refused");
	refused("%YAML 1.1\n---\na: 1\n", 1, 1, "directives", "a directive is refused");
	refused("a: 1\n---\nb: 2\n", 2, 1, "one document", "a second document is refused");
	refused("a: 1\nb: 2\na: 3\n", 3, 1, "first in line 1",
		"a key that stands twice is refused");
	refused("? [a]\n: 1\n", 1, 3, "a key must be a plain text", "a list as key is refused");
	refused("a: {b: {c: \"x}}\n", 1, 12, "never closed", "an open quote is refused");
	refused("a:\n\t- b\n", 2, 1, "not valid YAML", "a tab for indentation is refused");
	refused("a: \xe9\n", 1, 4, "not valid UTF-8", "Latin-1 is refused");
	refused("郑州: 1\nb: 郑州\xff\n", 2, 6, "0xff", "a bad byte is found by characters");
	refused("a: \x01\n", 1, 4, "not valid YAML", "a control character is refused");
	refused("{a: 1, \"\": 2}\n", 1, 8, "a key is empty", "an empty key is refused");
}

/* A piece of the value of `key` is found in this line and column. */
static void placed(const struct yaml_node *root, const char *key, const char *piece, unsigned line,
		   unsigned column)
{
	struct view text = yaml_get(root, key)->text;
	ptrdiff_t at = view_find(text, view_of(piece));
	unsigned l = 0, c = 0;

	ok(at >= 0 && yaml_place(root, view_sub(text, (size_t)at, strlen(piece)), &l, &c),
	   "'%s' is found", piece);
	is_int(l, line, "… in line %u", line);
	is_int(c, column, "… in column %u", column);
}

static void test_place(void)
{
	const struct yaml_node *root = read("键: 郑州的话\nq: \"郑州的话\"\ne: \"a\\tbc\"\n"
					    "f: eins\n  zwei\n");
	unsigned l = 7, c = 7;

	placed(root, "键", "郑州的话", 1, 4);
	placed(root, "键", "的话", 1, 6);
	placed(root, "q", "郑州的话", 2, 4);
	placed(root, "q", "的话", 2, 7);
	placed(root, "e", "bc", 3, 4); /* escapes: the value as a whole */
	placed(root, "f", "zwei", 4, 4);
	ok(yaml_place(root, root->children->key, &l, &c) && l == 1 && c == 1, "a key is found");
	l = c = 7;
	ok(!yaml_place(root, VIEW("郑州"), &l, &c) && !yaml_place(NULL, VIEW("x"), &l, &c) &&
	       l == 7 && c == 7,
	   "a text of elsewhere is not, and the output is left alone");
	root = read("\xef\xbb\xbfk: 郑州\n");
	ok(root && root->children->key_column == 1, "a byte order mark is no column");
}

static void test_caps(void)
{
	struct buf b = BUF_INIT;
	const struct yaml_node *root = NULL;

	for (int i = 0; i < LIMIT_YAML_DEPTH; i++)
		buf_char(&b, '[');
	for (int i = 0; i < LIMIT_YAML_DEPTH; i++)
		buf_char(&b, ']');
	ok(read(b.ptr) != NULL, "a tree of the greatest depth is read");
	refused("[[[[[[[[[[[[[x]]]]]]]]]]]]]", 1, LIMIT_YAML_DEPTH + 1, "too deeply",
		"a deeper tree is refused");
	buf_clear(&b);
	for (int i = 0; i < 50000; i++)
		buf_char(&b, '[');
	ok(!read(b.ptr), "fifty thousand brackets are refused");
	buf_clear(&b);
	for (int i = 0; i <= LIMIT_YAML_NODES; i++)
		buf_str(&b, "- a\n");
	ok(!read(b.ptr) && strstr(why.text, "too many values"), "too many values are refused");
	buf_clear(&b);
	for (int i = 0; i <= LIMIT_YAML_MAP; i++)
		buf_printf(&b, "k%d: a\n", i);
	ok(!read(b.ptr) && strstr(why.text, "too many keys"), "too many keys are refused");
	buf_clear(&b);
	memset(buf_reserve(&b, LIMIT_YAML_BYTES + 1), 'a', LIMIT_YAML_BYTES + 1);
	b.len = LIMIT_YAML_BYTES + 1;
	is_int(yaml_read(&arena, buf_view(&b), "f", &root, &why), -EBADMSG,
	       "a file that is too long is refused");
	ok(!root, "a refused file leaves the output alone");
	buf_done(&b);
}

static void test_nearest(void)
{
	static const char *const names[] = {"summary", "source", "steps"};

	is_int((int)edit_distance(VIEW("abc"), VIEW("abc"), 9), 0, "equal words are 0 apart");
	is_int((int)edit_distance(VIEW("abc"), VIEW("acb"), 9), 1, "a turned pair is one step");
	is_int((int)edit_distance(VIEW(""), VIEW("abc"), 9), 3, "nothing is three steps from abc");
	is_int((int)edit_distance(VIEW("kitten"), VIEW("sitting"), 9), 3, "kitten, sitting: 3");
	is_int((int)edit_distance(VIEW("kitten"), VIEW("sitting"), 2), 2, "the cap is kept");
	is_view(nearest_of(VIEW("sumary"), names, 3), "summary", "a slip is found");
	is_view(nearest_of(VIEW("soruce"), names, 3), "source", "a turned pair is found");
	ok(!nearest_of(VIEW("documents"), names, 3).ptr, "what is far is not offered");
}

int main(void)
{
	arena_init(&arena, 0);
	test_tree();
	test_refusals();
	test_place();
	test_caps();
	test_nearest();
	arena_done(&arena);
	return done();
}
