/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.c - tests of what could not be answered: counted, bounded, settled, never believed. */
#include "store/inbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/view.h"
#include "store/database.h"

#include "tap.h"

#define DAY_MS 86400000ll
#define EVERY  (~0u)

static char dir[] = "/tmp/wenlu-inbox-XXXXXX";
static const struct inbox_limits limits = {.max_rows = 5, .keep_ms = 10 * DAY_MS};
static struct inbox *inbox;
static struct fault why;

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void begin(void)
{
	static const char *const names[] = {"inbox.db", "inbox.db-wal", "inbox.db-shm",
					    "inbox.db.aside"};

	inbox_close(inbox);
	inbox = NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(path_of(names[i]));
	is_int(inbox_open(dir, &limits, &inbox, &why), 0, "an inbox is opened where there is none");
}

static struct inbox_note note(const char *text, int64_t day)
{
	struct inbox_note n = {.kind = INBOX_UNANSWERED,
			       .n_nearest = 1,
			       .nearest = {{"permit.timing", 0.25f}},
			       .generation = 3,
			       .when_ms = day * DAY_MS};

	snprintf(n.text, sizeof(n.text), "%s", text);
	snprintf(n.rule, sizeof(n.rule), "unsure");
	return n;
}

static void put(const char *text, int64_t day)
{
	struct inbox_note n = note(text, day);

	if (inbox_put(inbox, &n, 1, &why) < 0)
		printf("# %s\n", why.text);
}

struct rows {
	struct inbox_row at[16];
	size_t n;
};

static bool keep(void *data, const struct inbox_row *row)
{
	struct rows *r = data;

	r->at[r->n++] = *row;
	return r->n < 16;
}

static struct rows list(unsigned states)
{
	struct rows r = {.n = 0};

	if (inbox_list(inbox, states, keep, &r, &why) < 0)
		printf("# %s\n", why.text);
	return r;
}

static int64_t number_of(const char *text)
{
	struct rows r = list(EVERY);

	for (size_t i = 0; i < r.n; i++)
		if (strcmp(r.at[i].note.text, text) == 0)
			return r.at[i].n;
	return -1;
}

static void test_counting(void)
{
	struct rows r;
	struct inbox_note other;

	begin();
	put("怎么落户", 1);
	put("怎么变更地址", 1);
	put("怎么落户", 2);
	r = list(1u << INBOX_NEW);
	is_int((long long)r.n, 2, "equal questions are one row");
	is_str(r.at[0].note.text, "怎么落户", "what was asked most comes first");
	is_int(r.at[0].count, 2, "with its count");
	is_int(r.at[0].first_ms, DAY_MS, "when it first came");
	is_int(r.at[0].note.when_ms, 2 * DAY_MS, "and when last");
	is_str(r.at[0].note.nearest[0].intent, "permit.timing", "it knows the nearest intent");
	ok(r.at[0].note.nearest[0].score == 0.25f, "with its score");
	is_str(r.at[0].note.rule, "unsure", "and the rule");
	other = note("怎么落户", 2);
	snprintf(other.region, sizeof(other.region), "310000");
	ok(inbox_put(inbox, &other, 1, &why) == 0 && list(EVERY).n == 3,
	   "the same about another place is another row");
	other = note("", 2);
	other.kind = INBOX_DOWN;
	inbox_put(inbox, &other, 1, &why);
	snprintf(other.reason, sizeof(other.reason), "地址不对");
	ok(inbox_put(inbox, &other, 1, &why) == 0 && list(EVERY).n == 5,
	   "feedback with another reason is another row");
}

static void test_states(void)
{
	int64_t n;
	struct inbox_row row;

	begin();
	put("一", 1);
	put("二", 1);
	n = number_of("一");
	is_int(inbox_mark(inbox, n, INBOX_DONE, &why), 0, "a row can be done");
	is_int((long long)list(1u << INBOX_NEW).n, 1, "then it is not listed");
	put("一", 2);
	is_int((long long)list(1u << INBOX_NEW).n, 2, "but comes back when it is asked again");
	inbox_mark(inbox, n, INBOX_IGNORED, &why);
	put("一", 3);
	is_int((long long)list(1u << INBOX_NEW).n, 1, "what is ignored does not");
	ok(inbox_get(inbox, n, &row, &why) == 0 && row.count == 3 && row.state == INBOX_IGNORED,
	   "and is counted on");
	is_int(inbox_mark(inbox, 9999, INBOX_DONE, &why), -ENOENT, "there is no such number");
	ok(strstr(why.text, "9999") != NULL, "and the words name it");
	is_int(inbox_get(inbox, 9999, &row, &why), -ENOENT, "nor can it be shown");
}

static void test_limits(void)
{
	begin();
	for (int i = 0; i < 8; i++) {
		char text[8] = {(char)('a' + i), 0};

		put(text, i);
	}
	put("b", 8);
	inbox_mark(inbox, number_of("h"), INBOX_DONE, &why);
	is_int(inbox_sweep(inbox, 9 * DAY_MS, &why), 0, "too many are swept in one go");
	is_int((long long)list(EVERY).n, 5, "down to the limit");
	is_int(number_of("h"), -1, "what is done goes first");
	is_int(number_of("a"), -1, "then the rare and old");
	ok(number_of("b") > 0 && number_of("g") > 0, "the frequent and the new stay");
	inbox_sweep(inbox, 17 * DAY_MS, &why);
	is_int((long long)list(EVERY).n, 1, "what was not asked for long is forgotten");
	ok(number_of("b") > 0, "what was, stays");
}

static void exec_sql(const char *sql)
{
	sqlite3 *db;

	inbox_close(inbox);
	inbox = NULL;
	sqlite3_open(path_of("inbox.db"), &db);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		printf("# %s: %s\n", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
	if (inbox_open(dir, &limits, &inbox, &why) < 0)
		printf("# %s\n", why.text);
}

static void test_tampered(void)
{
	static const char *const harms[] = {
	    "UPDATE notes SET kind = 99 WHERE text = 'a'",
	    "UPDATE notes SET state = -1 WHERE text = 'a'",
	    "UPDATE notes SET count = 'many' WHERE text = 'a'",
	    "UPDATE notes SET score1 = 7 WHERE text = 'a'",
	    "UPDATE notes SET rule = CAST(x'ff' AS TEXT) WHERE text = 'a'",
	    "UPDATE notes SET reason = replace(hex(zeroblob(600)), '0', 'x') WHERE text = 'a'",
	    "UPDATE notes SET near1 = replace(hex(zeroblob(60)), '0', 'x') WHERE text = 'a'",
	};

	for (size_t i = 0; i < sizeof(harms) / sizeof(harms[0]); i++) {
		begin();
		put("a", 1);
		put("b", 1);
		exec_sql(harms[i]);
		ok(list(EVERY).n == 1 && number_of("b") > 0, "passed over: %s", harms[i]);
	}
	begin();
	put("a", 1);
	exec_sql("PRAGMA user_version = 99");
	is_int((long long)list(EVERY).n, 0, "a file of a later version is put aside");
	is_int(access(path_of("inbox.db.aside"), F_OK), 0, "and kept");
}

static void test_long(void)
{
	struct inbox_note n = note("", 1);

	begin();
	memset(n.text, 'x', sizeof(n.text));
	is_int(inbox_put(inbox, &n, 1, &why), 0, "a text without an end is taken");
	is_int((long long)strlen(list(EVERY).at[0].note.text), INBOX_TEXT_MAX - 1,
	       "as far as it goes");
}

int main(void)
{
	if (!mkdtemp(dir))
		return EXIT_FAILURE;
	test_counting();
	test_states();
	test_limits();
	test_tampered();
	test_long();
	begin();
	inbox_close(inbox);
	unlink(path_of("inbox.db"));
	unlink(path_of("inbox.db-wal"));
	unlink(path_of("inbox.db-shm"));
	unlink(path_of("inbox.db.aside"));
	rmdir(dir);
	return done();
}
