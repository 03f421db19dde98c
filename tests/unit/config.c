/* SPDX-License-Identifier: Apache-2.0 */
/* config.c - wenlu.conf: reading, refusing, and the sample file that is shipped. */
#include "serve/config.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "tests/unit/tap.h"

/* Read text; the first problem's words, or "". */
static const char *reading(const char *text)
{
	static char words[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	struct settings s;
	struct problems problems = {.list = VEC_INIT};

	settings_init(&s);
	settings_read_text(&s, view_of(text), "test.conf", "/base", &problems);
	words[0] = '\0';
	if (problems.list.n > 0)
		fault_format(&problems.list.items[0].fault, words, sizeof(words));
	problems_done(&problems);
	settings_done(&s);
	return words;
}

static void test_defaults(void)
{
	struct settings s;

	settings_init(&s);
	is_int(s.max_frame_bytes, LIMIT_FRAME_BYTES, "the default of a limit is that of limits.h");
	is_int(s.max_id_bytes, LIMIT_ID_BYTES, "so is the next");
	is_str(s.listen.items[0], "127.0.0.1", "only the machine itself is served by default");
	is_str(s.intents, WENLU_DATADIR "/intents", "content is taken from the installation");
	is_str(s.tls_key, "", "a path that is not set is empty");
	ok(!settings_is_given(&s, "port"), "a default is not given");
	settings_done(&s);
}

static void test_reading(void)
{
	struct settings s;
	struct problems problems = {.list = VEC_INIT};
	int r;

	settings_init(&s);
	r = settings_read_text(&s,
			       VIEW("\xef\xbb\xbf# a comment\r\n"
				    "port=9000\r\n"
				    "  max_frame_bytes = 64K   # sixty-four\n"
				    "handoff = \"请拨打 12345 # 转人工\" # quoted\n"
				    "intents = content/intents\n"
				    "wording = /etc/zh.yaml\n"
				    "listen = 127.0.0.1, [::1]:80 ,, unix:/run/x\n"
				    "plugins = a, /b\n"
				    "log_level = debug\n"
				    "cache_dir =\n"),
			       "test.conf", "/base", &problems);
	is_int(r, 0, "a good file is read");
	is_int((long long)problems.list.n, 0, "nothing is wrong with it");
	is_int(s.port, 9000, "blanks around = are not needed");
	is_int(s.max_frame_bytes, 65536, "K is 1024, and a comment may follow");
	is_str(s.handoff, "请拨打 12345 # 转人工", "quotes keep a #");
	is_str(s.intents, "/base/content/intents",
	       "a relative path is taken from the file's folder");
	is_str(s.wording, "/etc/zh.yaml", "an absolute path stays");
	is_int((long long)s.listen.n, 3, "empty items of a list are skipped");
	is_str(s.listen.items[2], "unix:/run/x", "items are trimmed");
	is_str(s.plugins.items[0], "/base/a", "paths in a list are taken from the folder too");
	is_str(s.cache_dir, "", "a key may be set to nothing");
	ok(settings_is_given(&s, "port") && !settings_is_given(&s, "tls_key"),
	   "what the file set is known");
	problems_done(&problems);
	settings_done(&s);
}

static void test_refusing(void)
{
	is_str(reading("max_frame_byte = 3\n"),
	       "test.conf:1:1: there is no setting 'max_frame_byte'; did you mean "
	       "'max_frame_bytes'?",
	       "an unknown key is told with its place and the nearest name");
	is_str(reading("\n\nxyzzyxyzzyxyzzy = 3\n"),
	       "test.conf:3:1: there is no setting 'xyzzyxyzzyxyzzy'; wenlud --help lists all of "
	       "them",
	       "without a near name the help is named");
	is_str(reading("port = 70000\n"),
	       "test.conf:1:1: port: 70000 is out of bounds; it may be 0 to 65535",
	       "a number out of bounds is told with the bounds");
	is_str(reading("port = -1\n"), "test.conf:1:1: port: '-1' is no whole number",
	       "a number has no sign");
	is_str(reading("port = 1K\n"), "test.conf:1:1: port: '1K' is no whole number",
	       "only sizes have units");
	is_str(reading("max_frame_bytes = 99999999999999999999M\n"),
	       "test.conf:1:1: max_frame_bytes: '99999999999999999999M' is no size (a number, or a "
	       "number and K or M)",
	       "a number that no variable holds is refused");
	is_str(
	    reading("max_frame_bytes = 17592186044416M\n"),
	    "test.conf:1:1: max_frame_bytes: '17592186044416M' is no size (a number, or a number "
	    "and K or M)",
	    "nor may the unit make it so");
	is_str(reading("log_level = loud\n"),
	       "test.conf:1:1: log_level: 'loud' is none of error|warn|info|debug",
	       "a choice is told with the choices");
	is_str(reading("port\n"), "test.conf:1:1: 'port' is no setting; a line is 'key = value'",
	       "a line without = is refused");
	is_str(reading("port = 1\nport = 2\n"), "test.conf:2:1: port is set twice in this file",
	       "a key stands once in a file");
	is_str(reading("handoff = \"a\n"), "test.conf:1:1: the closing quote is missing",
	       "a quote is closed");
	is_str(reading("handoff = \"a\" b\n"),
	       "test.conf:1:1: something stands behind the closing quote",
	       "nothing stands behind a quoted value");
	is_str(reading("[wechat]\ntoken = x\n"),
	       "test.conf:1:1: '[wechat]' is no section; there are [bot NAME] and [plugin NAME]",
	       "a section is refused once, at its head");
	is_str(reading("port = \xff\n"), "test.conf: this file is not UTF-8 (byte 7)",
	       "a file is UTF-8");
}

static void test_all_at_once(void)
{
	struct settings s;
	struct problems problems = {.list = VEC_INIT};
	int r;

	settings_init(&s);
	r = settings_read_text(&s, VIEW("port = x\nport = 90\nprot = 1\nlog_form = y\n"), "f", "/",
			       &problems);
	is_int(r, -EBADMSG, "a file with errors is refused");
	is_int((long long)problems_errors(&problems), 4, "all errors are told, not only the first");
	r = settings_read(&s, "/nonexistent/wenlu.conf", &problems);
	is_int(r, -ENOENT, "a file that is not there is an error");
	problems_done(&problems);
	settings_done(&s);
}

static void test_by_hand(void)
{
	struct settings s;
	struct fault why;
	char here[4096];

	settings_init(&s);
	is_int(settings_set(&s, "port=0", &why), 0, "a setting may be given by hand");
	is_int(s.port, 0, "and takes effect");
	is_int(settings_set(&s, "port_file=x/port", &why), 0, "so may a path");
	ok(getcwd(here, sizeof(here)) && view_starts(view_of(s.port_file), view_of(here)) &&
	       view_ends(view_of(s.port_file), VIEW("/x/port")),
	   "which is taken from where one stands");
	is_int(settings_set(&s, "port", &why), -EINVAL, "it needs a value");
	is_str(why.text, "'port' is no setting; write key=value", "and says how");
	is_int(settings_set(&s, "prt=1", &why), -EINVAL, "an unknown one is refused");
	is_str(why.text, "there is no setting 'prt'; did you mean 'port'?",
	       "with the nearest name");
	settings_done(&s);
}

static void test_check(void)
{
	struct settings s;
	struct problems problems = {.list = VEC_INIT};
	struct fault why;

	settings_init(&s);
	settings_set(&s, "intents=/", &why);
	settings_set(&s, "regions=/", &why);
	settings_set(&s, "plugins=/", &why);
	settings_set(&s, "wording=/proc/self/exe", &why);
	is_int(settings_check(&s, &problems), 0, "folders and files that are there are fine");
	settings_set(&s, "tls_key=/key", &why);
	is_int(settings_check(&s, &problems), -EINVAL, "a key without a certificate is not");
	settings_set(&s, "tls_key=", &why);
	settings_set(&s, "intents=/proc/self/exe", &why);
	is_int(settings_check(&s, &problems), -EINVAL, "nor a file where a folder is wanted");
	settings_set(&s, "intents=/", &why);
	settings_set(&s, "max_question_bytes=32K", &why);
	is_int(settings_check(&s, &problems), 0, "numbers that do not fit together only warn");
	problems_done(&problems);
	settings_done(&s);
}

static void test_table(void)
{
	size_t n;
	const struct setting_row *rows = settings_rows(&n);
	bool docs = true, unique = true;

	for (size_t i = 0; i < n; i++) {
		if (!rows[i].key)
			continue;
		docs &= rows[i].doc && strlen(rows[i].doc) > 10;
		for (size_t j = 0; j < i; j++)
			unique &= !rows[j].key || strcmp(rows[j].key, rows[i].key) != 0;
	}
	ok(docs, "every setting is explained");
	ok(unique, "no setting is in the table twice");
	ok(n <= 64, "there are as many bits as rows");
}

/* contrib/wenlu.conf is what settings_sample() writes: no key and no default can be forgotten. */
static void test_sample(const char *srcdir)
{
	struct buf sample = BUF_INIT, used = BUF_INIT;
	struct problems problems = {.list = VEC_INIT};
	struct settings s;
	struct arena a;
	struct view shipped = VIEW(""), rest, line;

	arena_init(&a, 0);
	settings_sample(&sample, false);
	ok(file_read(&a, file_join(&a, srcdir, "contrib/wenlu.conf"), 1 << 20, &shipped) == 0,
	   "contrib/wenlu.conf is there");
	ok(view_eq(shipped, buf_view(&sample)),
	   "contrib/wenlu.conf has every setting with its default (wenlud --print-config)");
	/* Taking away the # of every setting must give a file that can be read. */
	rest = buf_view(&sample);
	while (view_split(&rest, '\n', &line)) {
		bool is_setting = line.len > 1 && line.ptr[0] == '#' && line.ptr[1] != ' ';

		buf_view_add(&used, is_setting ? view_sub(line, 1, line.len) : line);
		buf_char(&used, '\n');
	}
	settings_init(&s);
	is_int(settings_read_text(&s, buf_view(&used), "sample", "/", &problems), 0,
	       "every line of the sample can be used as it stands");
	ok(settings_is_given(&s, "listen") && settings_is_given(&s, "log_form"),
	   "from the first setting to the last");
	problems_done(&problems);
	settings_done(&s);
	buf_done(&used);
	buf_done(&sample);
	arena_done(&a);
}

int main(void)
{
	const char *srcdir = getenv("srcdir");

	test_defaults();
	test_reading();
	test_refusing();
	test_all_at_once();
	test_by_hand();
	test_check();
	test_table();
	test_sample(srcdir ? srcdir : ".");
	return done();
}
