/* SPDX-License-Identifier: Apache-2.0 */
/* www.c - the widget's files and the page without scripts, without a socket. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "serve/page.h"
#include "serve/static.h"
#include "tests/unit/tap.h"

static struct arena arena;
static char folder[] = "/tmp/wenlu-www-XXXXXX";

static void put(const char *name, const char *text)
{
	if (file_write(file_join(&arena, folder, name), view_of(text), 0644) < 0)
		printf("# %s cannot be written\n", name);
}

/* Load the folder with this table; what is wrong with it, or "". */
static const char *loading(const char *table, struct static_files **ret)
{
	static struct fault why;
	struct static_files *files = NULL;

	put("files.tsv", table);
	why.text[0] = '\0';
	(void)static_load(folder, &files, &why);
	if (ret)
		*ret = files;
	else
		static_free(files);
	return why.text;
}

#define TAG "0123456789abcdef"

static void test_loading(void)
{
	const struct static_file *f;
	struct static_files *files;
	struct buf many = BUF_INIT;

	put("a.js", "12345");
	put("a.js.gz", "123");
	put("p.html", "<p>");
	put("p.html.gz", "<");
	is_str(loading("a.js\t" TAG "\ttext/javascript; charset=utf-8\tforever\t5\t3\n"
		       "\np.html\t" TAG "\ttext/html\tnever\t3\t1\n",
		       &files),
	       "", "a good folder is read");
	f = static_find(files, VIEW("a.js"));
	ok(f && view_is(f->body, "12345") && view_is(f->gzip, "123"), "a file has both its forms");
	ok(f && f->caching == STATIC_FOREVER && !f->is_page && view_is(f->etag, TAG),
	   "and what the table says");
	is_str(f ? f->media.ptr : "", "text/javascript; charset=utf-8", "its type is whole");
	f = static_find(files, VIEW("p.html"));
	ok(f && f->is_page && f->caching == STATIC_NEVER, "a page is known as one");
	ok(!static_find(files, VIEW("b.js")) && !static_find(files, VIEW("")) &&
	       !static_find(files, VIEW("a.js.gz")) && !static_find(NULL, VIEW("a.js")),
	   "there is nothing else");
	static_free(files);
	ok(loading("a.js\t" TAG "\ttext/css\tforever\t6\t3\n", NULL)[0],
	   "a file that was changed by hand is refused");
	ok(loading("b.js\t" TAG "\ttext/css\tforever\t6\t3\n", NULL)[0], "so is a missing one");
	ok(loading("a.js\t" TAG "\ttext/css\tforever\t5\n", NULL)[0], "a column too few");
	ok(loading("a.js\t" TAG "\ttext/css\tforever\t5\t3\t1\n", NULL)[0], "a column too many");
	ok(loading("../a.js\t" TAG "\ttext/css\tforever\t5\t3\n", NULL)[0], "a way out");
	ok(loading(".a\t" TAG "\ttext/css\tforever\t5\t3\n", NULL)[0], "a hidden file");
	ok(loading("a.js\t\"\r\n01234567890ab\ttext/css\tforever\t5\t3\n", NULL)[0],
	   "a tag that is none");
	ok(loading("a.js\t" TAG "\ttext\rcss\tforever\t5\t3\n", NULL)[0], "a type that is none");
	ok(loading("a.js\t" TAG "\ttext/css\talways\t5\t3\n", NULL)[0], "an unknown caching");
	ok(loading("a.js\t" TAG "\ttext/css\tforever\t18446744073709551616\t3\n", NULL)[0],
	   "an absurd length");
	for (int i = 0; i <= STATIC_FILES_MAX; i++)
		buf_str(&many, "a.js\t" TAG "\ttext/css\tforever\t5\t3\n");
	ok(loading(many.ptr, NULL)[0], "and more files than there may be");
	buf_done(&many);
	is_int(chdir(folder) == 0 && unlink("a.js") == 0 && unlink("a.js.gz") == 0 &&
		   unlink("p.html") == 0 && unlink("p.html.gz") == 0 && unlink("files.tsv") == 0,
	       1, "the folder is emptied");
	rmdir(folder);
}

static void test_headers(void)
{
	struct view tag = VIEW(TAG);

	ok(static_tag_matches(VIEW("\"" TAG "\""), tag), "a tag is known");
	ok(static_tag_matches(VIEW("\"x\" , W/\"" TAG "\""), tag), "in a list, and weak");
	ok(static_tag_matches(VIEW("*"), tag), "a star is any");
	ok(!static_tag_matches(VIEW("\"" TAG "-gz\""), tag), "the compressed form has another");
	ok(!static_tag_matches(VIEW(TAG), tag), "a tag has quotes");
	ok(!static_tag_matches(VIEW(""), tag) && !static_tag_matches(VIEW("\"\",W/,\""), tag),
	   "nothing is no tag");
	ok(static_accepts(VIEW("gzip, deflate, br"), "gzip"), "gzip is named");
	ok(static_accepts(VIEW("br;q=1.0, GZIP ; q=0.001"), "gzip"), "with a weight");
	ok(!static_accepts(VIEW("gzip;q=0"), "gzip") &&
	       !static_accepts(VIEW("gzip; q=0.000"), "gzip"),
	   "weight 0 is no");
	ok(!static_accepts(VIEW("x-gzip, gzipped"), "gzip"), "names are whole");
	ok(!static_accepts(VIEW("*/*"), "text/html") && !static_accepts(VIEW(""), "gzip"),
	   "programs that take anything get what programs get");
	ok(static_accepts(VIEW("text/html,application/xml;q=0.9,*/*;q=0.8"), "text/html"),
	   "browsers say that they want a page");
}

static void test_page(void)
{
	static const struct view next[] = {VIEW_INIT("a<b"), VIEW_INIT("c\"d")};
	struct page_values v = {.question = VIEW("<i>&'\""),
				.region = VIEW("410100"),
				.region_name = VIEW("郑州市"),
				.session = VIEW("S"),
				.answer = VIEW("")};
	struct buf out = BUF_INIT;

	page_fill(&out, VIEW("a@b [@QUESTION@] @REGION@ @REGION_NAME@ @SESSION@@ANSWER@ @X@"), &v);
	is_view(buf_view(&out), "a@b [&#60;i&#62;&#38;&#39;&#34;] 410100 郑州市 S @X@",
		"values are put in, escaped, and what is no place stays");
	buf_clear(&out);
	v.question = VIEW("@ANSWER@");
	page_fill(&out, VIEW("@QUESTION@"), &v);
	is_view(buf_view(&out), "@ANSWER@", "what was put in is not looked at again");
	buf_clear(&out);
	v.region_name = VIEW("");
	page_fill(&out, VIEW("@REGION_NAME@"), &v);
	is_view(buf_view(&out), "不指定（全国）", "no place is the whole country");
	buf_clear(&out);
	v.region = VIEW("1<2");
	v.region_name = VIEW("x");
	page_fill(&out, VIEW("@IS 1@@IS 1<2@@REGION_OTHER@"), &v);
	is_view(buf_view(&out), " selected", "the chosen place is marked in the list");
	buf_clear(&out);
	page_fill(&out, VIEW("@IS 1@@REGION_OTHER@"), &v);
	is_view(buf_view(&out), "<option value=\"1&#60;2\" selected>x</option>",
		"one that is not in the list is added");
	buf_clear(&out);
	v.region = VIEW("");
	page_fill(&out, VIEW("@IS @@REGION_OTHER@"), &v);
	is_view(buf_view(&out), " selected", "none is a choice too");
	buf_clear(&out);
	v.answer = VIEW("1 < 2\n\x1b[0m");
	page_fill(&out, VIEW("@ANSWER@"), &v);
	ok(view_find(buf_view(&out), VIEW("1 &#60; 2\n[0m</p></section>")) > 0,
	   "an answer is escaped, and without control characters");
	buf_clear(&out);
	v.next = next;
	v.n_next = 2;
	page_fill(&out, VIEW("@ANSWER@"), &v);
	ok(view_find(buf_view(&out), VIEW("value=\"a&#60;b\">a&#60;b</button>")) > 0 &&
	       view_find(buf_view(&out), VIEW("value=\"c&#34;d\"")) > 0,
	   "what to ask next are buttons");
	ok(view_find(buf_view(&out), VIEW("name=\"session\" value=\"S\"")) > 0,
	   "that go on with the conversation");
	buf_done(&out);
}

static void test_form(void)
{
	struct page_form form = {.question = VIEW("")};

	is_int(page_read_form(&arena, VIEW("q=a%20b&region=410100&session=x&last=1&q=c"), &form), 0,
	       "a form is read");
	is_view(form.question, "a b", "the first of a name counts");
	is_view(form.region, "410100", "with its place");
	is_int(page_read_form(&arena, VIEW("q=a&region=%ff"), &form), -EILSEQ,
	       "a broken field is refused");
	is_view(form.question, "a b", "and nothing taken then");
	is_int(page_read_form(&arena, VIEW(""), &form), 0, "an empty form");
	is_view(form.question, "", "has nothing");
}

int main(void)
{
	arena_init(&arena, 0);
	if (!mkdtemp(folder))
		return 1;
	test_loading();
	test_headers();
	test_page();
	test_form();
	arena_done(&arena);
	return done();
}
