/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes-file.c - two tables: notes, and what is owed. Both have key, value, until when; a debt also
 * has the process that sees to it, and when others may.
 */
#include "store/notes-file.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/database.h"

#define BUSY_TRIES    40
#define BUSY_PAUSE_MS 50
#define OWNERS_MAX    64 /* looked at in one go */

#define NOTES_TABLE                                                       \
	"CREATE TABLE IF NOT EXISTS notes(key BLOB PRIMARY KEY NOT NULL," \
	" until_ms INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;" \
	"CREATE INDEX IF NOT EXISTS notes_by_age ON notes(until_ms)"
#define DEBTS_TABLE                                                                                \
	"CREATE TABLE IF NOT EXISTS debts(key BLOB PRIMARY KEY NOT NULL, owner INTEGER NOT NULL,"  \
	" due_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;" \
	"CREATE INDEX IF NOT EXISTS debts_by_due ON debts(due_ms)"

enum query {
	PUT,
	DROP,
	FIND,
	FORGET,
	COUNT,
	TRIM,
	OWE,
	SETTLE,
	CLAIM,
	OWNERS,
	RELEASE,
	FORGET_DEBTS,
	QUERIES
};

static const char *const texts[QUERIES] = {
    [PUT] = "INSERT OR REPLACE INTO notes(key, until_ms, value) VALUES(?1, ?2, ?3)",
    [DROP] = "DELETE FROM notes WHERE key = ?1",
    [FIND] = "SELECT value FROM notes WHERE key = ?1 AND until_ms > ?2",
    [FORGET] = "DELETE FROM notes WHERE until_ms <= ?1",
    [COUNT] = "SELECT count(*) FROM notes",
    [TRIM] = "DELETE FROM notes WHERE key IN (SELECT key FROM notes ORDER BY until_ms LIMIT ?1)",
    [OWE] = "INSERT OR REPLACE INTO debts(key, until_ms, value, owner, due_ms) "
	    "VALUES(?1, ?2, ?3, ?4, ?5)",
    [SETTLE] = "DELETE FROM debts WHERE key = ?1",
    [CLAIM] = "UPDATE debts SET owner = ?1, due_ms = ?2 WHERE key = (SELECT key FROM debts "
	      "WHERE due_ms <= ?3 AND until_ms > ?3 ORDER BY due_ms LIMIT 1) RETURNING key, value",
    [OWNERS] = "SELECT DISTINCT owner FROM debts WHERE owner NOT IN (0, ?1)",
    [RELEASE] = "UPDATE debts SET owner = 0, due_ms = 0 WHERE owner = ?1",
    [FORGET_DEBTS] = "DELETE FROM debts WHERE until_ms <= ?1",
};

static void query_text(int i, struct buf *out)
{
	buf_str(out, texts[i]);
}

static void declare(struct buf *out)
{
	buf_str(out, NOTES_TABLE ";" DEBTS_TABLE);
}

static const char *upgrade(int64_t version)
{
	return version == 1 ? DEBTS_TABLE : NULL;
}

static const struct database_kind notes_database = {
    .file = "notes.db",
    .application_id = 0x57654e6f, /* "WeNo" */
    .version = 2,
    .declare = declare,
    .upgrade = upgrade,
    .query = query_text,
    .n_queries = QUERIES,
};

struct notes_file {
	struct database db;
};

/* Workers that start together make the file together; SQLite lets one of them do some of it. */
static int get_patiently(struct notes_file *f, struct fault *why)
{
	int r;

	for (int i = 0; (r = database_get(&f->db, why)) == -EBUSY && i < BUSY_TRIES; i++)
		poll(NULL, 0, BUSY_PAUSE_MS);
	return r;
}

static int release(struct notes_file *f, int64_t owner)
{
	sqlite3_bind_int64(f->db.queries[RELEASE], 1, owner);
	return database_run(&f->db, RELEASE);
}

int notes_file_open(const char *dir, struct notes_file **ret, struct fault *why)
{
	struct notes_file *f = calloc(1, sizeof(*f));
	bool on_disk = dir && dir[0];
	struct fault broken;
	int r;

	if (!f)
		die_oom(sizeof(*f));
	database_init(&f->db, &notes_database, on_disk ? dir : NULL);
	r = get_patiently(f, why);
	if (r < 0 && on_disk) {
		broken = *why;
		database_done(&f->db);
		database_init(&f->db, &notes_database, NULL);
		r = database_get(&f->db, why);
		if (r == 0) {
			fault_set(why, "%s; kept in memory instead", broken.text);
			r = 1;
		}
	}
	if (r < 0)
		die("%s", why->text);
	(void)release(f, getpid());
	*ret = f;
	return r;
}

void notes_file_close(struct notes_file *f)
{
	if (!f)
		return;
	database_done(&f->db);
	free(f);
}

/* Not between begin and commit: another file would not have what was put before. */
static int usable(struct notes_file *f, struct fault *why)
{
	int r;

	if (f->db.db && !sqlite3_get_autocommit(f->db.db))
		return 0;
	r = database_get(&f->db, why);
	return r < 0 ? r : 0;
}

static int settled(struct notes_file *f, int code, struct fault *why)
{
	return code == SQLITE_OK ? 0 : database_give_up(&f->db, code, why);
}

bool notes_file_begin(struct notes_file *f)
{
	struct fault why;

	return usable(f, &why) == 0 && database_begin(&f->db) == SQLITE_OK;
}

int notes_file_commit(struct notes_file *f, struct fault *why)
{
	/* Some errors end a transaction by themselves, and undo what was in it. */
	if (!f->db.db || sqlite3_get_autocommit(f->db.db)) {
		fault_set(why, "%s: what was put in together was undone", f->db.path);
		return -EIO;
	}
	return settled(f, database_commit(&f->db), why);
}

static void bind(sqlite3_stmt *q, const struct note_key *key, int64_t until_ms, struct view value)
{
	sqlite3_bind_blob(q, 1, key->bytes, sizeof(key->bytes), SQLITE_STATIC);
	sqlite3_bind_int64(q, 2, until_ms);
	sqlite3_bind_blob(q, 3, value.len ? value.ptr : "", (int)value.len, SQLITE_STATIC);
}

int notes_file_put(struct notes_file *f, const struct note_key *key, struct view value,
		   int64_t until_ms, struct fault *why)
{
	int r = usable(f, why);

	if (r < 0)
		return r;
	bind(f->db.queries[PUT], key, until_ms, value);
	return settled(f, database_run(&f->db, PUT), why);
}

static int run_by_key(struct notes_file *f, enum query query, const struct note_key *key,
		      struct fault *why)
{
	int r = usable(f, why);

	if (r < 0)
		return r;
	sqlite3_bind_blob(f->db.queries[query], 1, key->bytes, sizeof(key->bytes), SQLITE_STATIC);
	return settled(f, database_run(&f->db, query), why);
}

int notes_file_drop(struct notes_file *f, const struct note_key *key, struct fault *why)
{
	return run_by_key(f, DROP, key, why);
}

int notes_file_settle(struct notes_file *f, const struct note_key *key, struct fault *why)
{
	return run_by_key(f, SETTLE, key, why);
}

static void take_blob(sqlite3_stmt *q, int column, struct buf *ret)
{
	buf_add(ret, sqlite3_column_blob(q, column), (size_t)sqlite3_column_bytes(q, column));
}

int notes_file_find(struct notes_file *f, const struct note_key *key, int64_t now_ms,
		    struct buf *ret, struct fault *why)
{
	sqlite3_stmt *q;
	int code, r = usable(f, why);

	if (r < 0)
		return r;
	q = f->db.queries[FIND];
	sqlite3_bind_blob(q, 1, key->bytes, sizeof(key->bytes), SQLITE_STATIC);
	sqlite3_bind_int64(q, 2, now_ms);
	code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		take_blob(q, 0, ret);
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	if (code == SQLITE_ROW)
		return 0;
	return code == SQLITE_DONE ? -ENOENT : settled(f, code, why);
}

int notes_file_owe(struct notes_file *f, const struct note_key *key, struct view value,
		   int64_t due_ms, int64_t until_ms, struct fault *why)
{
	sqlite3_stmt *q;
	int r = usable(f, why);

	if (r < 0)
		return r;
	q = f->db.queries[OWE];
	bind(q, key, until_ms, value);
	sqlite3_bind_int64(q, 4, getpid());
	sqlite3_bind_int64(q, 5, due_ms);
	return settled(f, database_run(&f->db, OWE), why);
}

/* Whoever died without settling what it owed: others may at once. */
static int release_of_the_dead(struct notes_file *f)
{
	sqlite3_stmt *q = f->db.queries[OWNERS];
	int64_t dead[OWNERS_MAX];
	size_t n = 0;
	int code;

	sqlite3_bind_int64(q, 1, getpid());
	while ((code = sqlite3_step(q)) == SQLITE_ROW && n < OWNERS_MAX) {
		int64_t owner = sqlite3_column_int64(q, 0);

		if (kill((pid_t)owner, 0) < 0 && errno == ESRCH)
			dead[n++] = owner;
	}
	sqlite3_reset(q);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return code;
	code = SQLITE_OK;
	for (size_t i = 0; i < n && code == SQLITE_OK; i++)
		code = release(f, dead[i]);
	return code;
}

int notes_file_claim(struct notes_file *f, int64_t now_ms, int64_t due_ms, struct note_key *ret_key,
		     struct buf *ret, struct fault *why)
{
	sqlite3_stmt *q;
	int code, r = usable(f, why);
	bool is_there = false;

	if (r < 0)
		return r;
	code = release_of_the_dead(f);
	if (code != SQLITE_OK)
		return settled(f, code, why);
	q = f->db.queries[CLAIM];
	sqlite3_bind_int64(q, 1, getpid());
	sqlite3_bind_int64(q, 2, due_ms);
	sqlite3_bind_int64(q, 3, now_ms);
	/* It is done when it has given its row and is asked once more. */
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		if (sqlite3_column_bytes(q, 0) != NOTE_KEY_BYTES)
			continue;
		memcpy(ret_key->bytes, sqlite3_column_blob(q, 0), NOTE_KEY_BYTES);
		take_blob(q, 1, ret);
		is_there = true;
	}
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	if (code != SQLITE_DONE)
		return settled(f, code, why);
	return is_there ? 0 : -ENOENT;
}

int notes_file_sweep(struct notes_file *f, int64_t now_ms, int64_t max, struct fault *why)
{
	int64_t n = 0;
	int code, r = usable(f, why);

	if (r < 0)
		return r;
	sqlite3_bind_int64(f->db.queries[FORGET], 1, now_ms);
	code = database_run(&f->db, FORGET);
	if (code == SQLITE_OK) {
		sqlite3_bind_int64(f->db.queries[FORGET_DEBTS], 1, now_ms);
		code = database_run(&f->db, FORGET_DEBTS);
	}
	if (code == SQLITE_OK)
		code = database_number(&f->db, COUNT, &n);
	if (code == SQLITE_OK && n > max) {
		sqlite3_bind_int64(f->db.queries[TRIM], 1, n - max);
		code = database_run(&f->db, TRIM);
	}
	return settled(f, code, why);
}
