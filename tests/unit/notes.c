/* SPDX-License-Identifier: Apache-2.0 */
/* notes.c - what is remembered for a while, in a file and in memory. */
#include "store/notes.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "store/notes-file.h"
#include "tests/unit/tap.h"

struct found {
	int n;
	bool has[NOTE_KEYS_MAX];
	char text[NOTE_KEYS_MAX][32];
};

static struct loop *loop;
static int n_said;

static void on_say(void *data, bool is_error, const char *line)
{
	(void)data;
	(void)is_error;
	(void)line;
	n_said++;
}

static void on_found(void *data, const struct view values[NOTE_KEYS_MAX])
{
	struct found *f = data;

	f->n++;
	for (int i = 0; i < NOTE_KEYS_MAX; i++) {
		f->has[i] = values[i].ptr != NULL;
		snprintf(f->text[i], sizeof(f->text[i]), "%.*s", VIEW_ARG(values[i]));
	}
}

static struct notes *open_in(const char *dir, int *ret_r)
{
	struct notes_options options = {.loop = loop, .say = on_say};
	struct notes *n = NULL;
	struct fault why;

	*ret_r = notes_open(dir, &options, &n, &why);
	return n;
}

static struct note_key key_of(int i)
{
	struct note_key k = {{(unsigned char)i}};

	return k;
}

static struct found look(struct notes *n, int a, int b)
{
	struct note_key keys[2] = {key_of(a), key_of(b)};
	struct found f = {.n = 0};

	notes_find(n, keys, 2, on_found, &f);
	ok(f.n == 0, "nothing is found before the loop turns");
	while (f.n == 0)
		loop_turn(loop, true);
	return f;
}

static void put(struct notes *n, int i, const char *value, int64_t keep_ms)
{
	struct note_key k = key_of(i);

	notes_put(n, &k, view_of(value), keep_ms);
}

static void test_remembering(const char *dir)
{
	struct note_key one = key_of(1), two = key_of(2);
	struct found f, cancelled = {.n = 0};
	struct notes *n;
	uint64_t id;
	int r;

	n = open_in(dir, &r);
	is_int(r, 0, "notes are opened");
	put(n, 1, "one", 60000);
	put(n, 2, "", 60000);
	put(n, 3, "over", 0);
	f = look(n, 1, 2);
	ok(f.has[0] && f.has[1], "what was put is found at once, in the order of the calls");
	ok(!strcmp(f.text[0], "one") && !f.text[1][0], "with its value, an empty one too");
	f = look(n, 3, 4);
	ok(!f.has[0] && !f.has[1], "what is over or was never there is not");
	for (int i = 0; i < 200; i++)
		put(n, 10 + i, "many", 60000);
	f = look(n, 10, 209);
	ok(f.has[0] && f.has[1], "many at once are put in together");
	put(n, 1, "uno", 60000);
	notes_drop(n, &two);
	f = look(n, 2, 1);
	ok(!f.has[0] && !strcmp(f.text[1], "uno"), "a note is replaced and dropped");
	id = notes_find(n, &one, 1, on_found, &cancelled);
	notes_cancel(n, id);
	look(n, 1, 1);
	is_int(cancelled.n, 0, "who cancelled is not called");
	notes_find(n, &one, 1, on_found, &cancelled);
	notes_close(n);
	is_int(cancelled.n, 0, "nor is anybody after closing");
	is_int(n_said, 0, "and there was nothing to say");
}

static void test_file(const char *dir)
{
	char path[256];
	struct notes *n, *second;
	struct stat st;
	struct found f;
	int r;

	snprintf(path, sizeof(path), "%s/notes.db", dir);
	ok(stat(path, &st) == 0 && (st.st_mode & 077) == 0, "the file is its owner's alone");
	n = open_in(dir, &r);
	second = open_in(dir, &r);
	f = look(n, 1, 2);
	ok(f.has[0] && !f.has[1] && !strcmp(f.text[0], "uno"), "it outlives the process");
	put(second, 5, "shared", 60000);
	look(second, 5, 5);
	f = look(n, 5, 5);
	ok(f.has[0], "and another process sees what one has put");
	notes_close(n);
	notes_close(second);
	file_write(path, VIEW("this is no database, and long enough to be seen as none"), 0600);
	n = open_in(dir, &r);
	is_int(r, 1, "a broken file is put aside");
	f = look(n, 1, 1);
	ok(!f.has[0], "for an empty one");
	notes_close(n);
	n = open_in("/dev/null/nowhere", &r);
	is_int(r, 1, "where no file can be, memory has to do");
	put(n, 1, "one", 60000);
	ok(look(n, 1, 1).has[0], "and does");
	notes_close(n);
}

static void test_sweep(void)
{
	struct notes_file *f;
	struct note_key keys[10];
	struct buf found = BUF_INIT;
	struct fault why;
	size_t n = 0;

	notes_file_open(NULL, &f, &why);
	for (int i = 0; i < 10; i++) {
		keys[i] = key_of(i);
		notes_file_put(f, &keys[i], VIEW("x"), 1000 + i, &why);
	}
	is_int(notes_file_sweep(f, 1001, 5, &why), 0, "notes are swept");
	for (int i = 0; i < 10; i++)
		n += notes_file_find(f, &keys[i], 0, &found, &why) == 0;
	is_int((int)n, 5, "not more are kept than may be");
	ok(notes_file_find(f, &keys[9], 0, &found, &why) == 0, "those that are good the longest");
	is_int(notes_file_sweep(f, 2000, 5, &why), 0, "swept again");
	ok(notes_file_find(f, &keys[9], 0, &found, &why) < 0, "what is over is gone");
	buf_done(&found);
	notes_file_close(f);
}

static struct found claim(struct notes *n)
{
	struct found f = {.n = 0};

	notes_claim(n, 60000, on_found, &f);
	while (f.n == 0)
		loop_turn(loop, true);
	return f;
}

static void owe(struct notes *n, int i, const char *value, int64_t mine_ms, int64_t keep_ms)
{
	struct found f = {.n = 0};
	struct note_key k = key_of(i);

	notes_owe(n, &k, view_of(value), mine_ms, keep_ms, on_found, &f);
	while (f.n == 0)
		loop_turn(loop, true);
	ok(!f.has[0], "who owes is told when it is kept");
}

static void test_owing(const char *dir)
{
	struct note_key one = key_of(1), two = key_of(2);
	struct notes *n;
	struct found f;
	int r;

	n = open_in(dir, &r);
	ok(!claim(n).has[0], "nothing is owed");
	owe(n, 1, "mine", 60000, 60000);
	ok(!claim(n).has[0], "what this process sees to is not given to it once more");
	owe(n, 2, "due", 0, 60000);
	f = claim(n);
	ok(f.has[0] && f.has[1] && !strcmp(f.text[0], "due") && f.text[1][0] == 2,
	   "what is due is claimed, with its key");
	ok(!claim(n).has[0], "by one");
	notes_settle(n, &two);
	owe(n, 3, "over", 0, 0);
	ok(!claim(n).has[0], "what is over is not owed any more");
	notes_close(n);
	n = open_in(dir, &r);
	f = claim(n);
	ok(dir ? f.has[0] && !strcmp(f.text[0], "mine") : !f.has[0],
	   "who begins anew claims what a process of its number left, if there is a file");
	ok(!claim(n).has[0], "and not what was settled");
	notes_settle(n, &one);
	notes_close(n);
}

/* Somebody else's, who is gone: a child that ends without settling. */
static void test_owed_by_the_dead(const char *dir)
{
	struct notes_file *f;
	struct note_key key = key_of(7), got;
	struct buf value = BUF_INIT;
	struct fault why;
	int64_t now = clock_wall_ms();
	pid_t child = fork();
	int r;

	if (child == 0) {
		notes_file_open(dir, &f, &why);
		notes_file_owe(f, &key, VIEW("left"), INT64_MAX / 2, INT64_MAX / 2, &why);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	notes_file_open(dir, &f, &why);
	r = notes_file_claim(f, now, now + 60000, &got, &value, &why);
	ok(r == 0 && view_is(buf_view(&value), "left"), "what a dead process owed is claimed");
	ok(notes_file_claim(f, now, now + 60000, &got, &value, &why) == -ENOENT, "once");
	buf_done(&value);
	notes_file_close(f);
}

int main(void)
{
	char dir[] = "/tmp/notes-test.XXXXXX", command[64];
	char *made = mkdtemp(dir);
	static const char *const names[] = {"notes.db", "notes.db.aside", "notes.db-wal",
					    "notes.db-shm"};

	loop = loop_new(false);
	test_remembering(NULL);
	test_remembering(made);
	test_file(made);
	test_sweep();
	test_owing(NULL);
	test_owing(made);
	test_owed_by_the_dead(made);
	loop_free(loop);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(command, sizeof(command), "%s/%s", dir, names[i]);
		unlink(command);
	}
	rmdir(dir);
	return done();
}
