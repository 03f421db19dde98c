/* SPDX-License-Identifier: Apache-2.0 */
/* notes-file.c - one table: key, value, until when. */
#include "store/notes-file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define NAME           "/notes.db"
#define ASIDE          ".aside"
#define APPLICATION_ID 0x57654e6f /* "WeNo" */
#define SCHEMA_VERSION 1
#define BUSY_MS        2000 /* another worker is writing */
#define BUSY_TRIES     40
#define BUSY_PAUSE_MS  50

enum query { PUT, DROP, FIND, FORGET, COUNT, TRIM, BEGIN, COMMIT, QUERIES };

static const char *const texts[QUERIES] = {
    [PUT] = "INSERT OR REPLACE INTO notes(key, until_ms, value) VALUES(?1, ?2, ?3)",
    [DROP] = "DELETE FROM notes WHERE key = ?1",
    [FIND] = "SELECT value FROM notes WHERE key = ?1 AND until_ms > ?2",
    [FORGET] = "DELETE FROM notes WHERE until_ms <= ?1",
    [COUNT] = "SELECT count(*) FROM notes",
    [TRIM] = "DELETE FROM notes WHERE key IN (SELECT key FROM notes ORDER BY until_ms LIMIT ?1)",
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
};

struct notes_file {
	char *path; /* NULL: memory */
	sqlite3 *db;
	sqlite3_stmt *queries[QUERIES];
};

static int fail(struct notes_file *f, int code, struct fault *why)
{
	fault_set(why, "%s: %s", f->path ? f->path : "memory",
		  f->db ? sqlite3_errmsg(f->db) : sqlite3_errstr(code));
	code &= 0xff;
	if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
		return -EBADMSG;
	return code == SQLITE_FULL ? -ENOSPC : code == SQLITE_BUSY ? -EBUSY : -EIO;
}

static void shut(struct notes_file *f)
{
	for (int i = 0; i < QUERIES; i++) {
		sqlite3_finalize(f->queries[i]);
		f->queries[i] = NULL;
	}
	sqlite3_close(f->db);
	f->db = NULL;
}

/* Nobody else may read it, not even for a moment. */
static int make_file(const struct notes_file *f, struct fault *why)
{
	int r = 0, fd = open(f->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
	struct stat st;

	if (fd < 0)
		r = -errno;
	else if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		r = -EINVAL;
	else if ((st.st_mode & 077) && fchmod(fd, 0600) < 0)
		r = -errno;
	if (fd >= 0)
		close(fd);
	if (r < 0)
		fault_set(why, "%s: cannot be opened: %s", f->path, error_text(r));
	return r;
}

static int check_owner(struct notes_file *f, struct fault *why)
{
	sqlite3_stmt *q = NULL;
	int64_t id = 0, tables = 0;
	int code = sqlite3_prepare_v2(f->db,
				      "SELECT application_id, (SELECT count(*) FROM sqlite_schema) "
				      "FROM pragma_application_id",
				      -1, &q, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
		id = sqlite3_column_int64(q, 0);
		tables = sqlite3_column_int64(q, 1);
		code = SQLITE_OK;
	}
	sqlite3_finalize(q);
	if (code != SQLITE_OK)
		return fail(f, code, why);
	if (tables > 0 && id != APPLICATION_ID) {
		fault_set(why, "%s: made by another program", f->path);
		return -EBADMSG;
	}
	return 0;
}

static int set_up(struct notes_file *f, struct fault *why)
{
	char sql[640];
	int r, code = sqlite3_open_v2(f->path ? f->path : ":memory:", &f->db,
				      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_busy_timeout(f->db, BUSY_MS);
	if (code == SQLITE_OK)
		code =
		    sqlite3_exec(f->db,
				 "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
				 "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
				 "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
				 "PRAGMA journal_size_limit = 4194304; PRAGMA cache_size = -4096",
				 NULL, NULL, NULL);
	if (code != SQLITE_OK)
		return fail(f, code, why);
	r = check_owner(f, why);
	if (r < 0)
		return r;
	snprintf(sql, sizeof(sql),
		 "BEGIN IMMEDIATE;"
		 "CREATE TABLE IF NOT EXISTS notes(key BLOB PRIMARY KEY NOT NULL,"
		 " until_ms INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;"
		 "CREATE INDEX IF NOT EXISTS notes_by_age ON notes(until_ms);"
		 "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
		 APPLICATION_ID, SCHEMA_VERSION);
	code = sqlite3_exec(f->db, sql, NULL, NULL, NULL);
	for (int i = 0; i < QUERIES && code == SQLITE_OK; i++)
		code = sqlite3_prepare_v3(f->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT,
					  &f->queries[i], NULL);
	return code == SQLITE_OK ? 0 : fail(f, code, why);
}

static void move_aside(const struct notes_file *f)
{
	static const char *const parts[] = {"", "-wal", "-shm"};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		char *from = NULL, *to = NULL;

		if (asprintf(&from, "%s%s", f->path, parts[i]) < 0 ||
		    asprintf(&to, "%s" ASIDE "%s", f->path, parts[i]) < 0)
			die_oom(strlen(f->path));
		if (rename(from, to) < 0)
			unlink(to);
		free(from);
		free(to);
	}
}

/* Workers that start together make the file together; SQLite lets one of them do some of it. */
static int set_up_patiently(struct notes_file *f, struct fault *why)
{
	int r;

	for (int i = 0; (r = set_up(f, why)) == -EBUSY && i < BUSY_TRIES; i++) {
		shut(f);
		poll(NULL, 0, BUSY_PAUSE_MS);
	}
	return r;
}

static int open_on_disk(struct notes_file *f, const char *dir, struct fault *why)
{
	int r;

	if (asprintf(&f->path, "%s" NAME, dir) < 0)
		die_oom(strlen(dir));
	r = file_make_folder(dir, 0700);
	if (r < 0) {
		fault_set(why, "%s: the folder cannot be made: %s", dir, error_text(r));
		return r;
	}
	r = make_file(f, why);
	return r < 0 ? r : set_up_patiently(f, why);
}

int notes_file_open(const char *dir, struct notes_file **ret, struct fault *why)
{
	struct notes_file *f = calloc(1, sizeof(*f));
	bool on_disk = dir && dir[0];
	struct fault broken;
	int r;

	if (!f)
		die_oom(sizeof(*f));
	*ret = f;
	if (on_disk) {
		r = open_on_disk(f, dir, why);
		if (r == 0)
			return 0;
		broken = *why;
		shut(f);
		if (r == -EBADMSG) {
			move_aside(f);
			if (make_file(f, why) == 0 && set_up(f, why) == 0) {
				fault_set(why, "%s; it was renamed to *" ASIDE, broken.text);
				return 1;
			}
			shut(f);
		}
		free(f->path);
		f->path = NULL;
	}
	r = set_up(f, why);
	if (r < 0)
		die("%s", why->text);
	if (!on_disk)
		return 0;
	fault_set(why, "%s; kept in memory instead", broken.text);
	return 1;
}

void notes_file_close(struct notes_file *f)
{
	if (!f)
		return;
	shut(f);
	free(f->path);
	free(f);
}

static int run(struct notes_file *f, enum query query, struct fault *why)
{
	sqlite3_stmt *q = f->queries[query];
	int code = sqlite3_step(q), r = code == SQLITE_DONE ? 0 : fail(f, code, why);

	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	return r;
}

bool notes_file_begin(struct notes_file *f)
{
	struct fault why;

	return run(f, BEGIN, &why) == 0;
}

int notes_file_commit(struct notes_file *f, struct fault *why)
{
	int r;

	/* Some errors end a transaction by themselves, and undo what was in it. */
	if (sqlite3_get_autocommit(f->db)) {
		fault_set(why, "%s: what was put in together was undone",
			  f->path ? f->path : "memory");
		return -EIO;
	}
	r = run(f, COMMIT, why);
	if (r < 0)
		sqlite3_exec(f->db, "ROLLBACK", NULL, NULL, NULL);
	return r;
}

int notes_file_put(struct notes_file *f, const struct note_key *key, struct view value,
		   int64_t until_ms, struct fault *why)
{
	sqlite3_stmt *q = f->queries[PUT];

	sqlite3_bind_blob(q, 1, key->bytes, sizeof(key->bytes), SQLITE_STATIC);
	sqlite3_bind_int64(q, 2, until_ms);
	sqlite3_bind_blob(q, 3, value.len ? value.ptr : "", (int)value.len, SQLITE_STATIC);
	return run(f, PUT, why);
}

int notes_file_drop(struct notes_file *f, const struct note_key *key, struct fault *why)
{
	sqlite3_bind_blob(f->queries[DROP], 1, key->bytes, sizeof(key->bytes), SQLITE_STATIC);
	return run(f, DROP, why);
}

int notes_file_find(struct notes_file *f, const struct note_key *key, int64_t now_ms,
		    struct buf *ret, struct fault *why)
{
	sqlite3_stmt *q = f->queries[FIND];
	int code, r = -ENOENT;

	sqlite3_bind_blob(q, 1, key->bytes, sizeof(key->bytes), SQLITE_STATIC);
	sqlite3_bind_int64(q, 2, now_ms);
	code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		buf_add(ret, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0));
		r = 0;
	} else if (code != SQLITE_DONE) {
		r = fail(f, code, why);
	}
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	return r;
}

int notes_file_sweep(struct notes_file *f, int64_t now_ms, int64_t max, struct fault *why)
{
	sqlite3_stmt *q = f->queries[COUNT];
	int64_t n;
	int r;

	sqlite3_bind_int64(f->queries[FORGET], 1, now_ms);
	r = run(f, FORGET, why);
	if (r < 0)
		return r;
	n = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
	sqlite3_reset(q);
	if (n <= max)
		return 0;
	sqlite3_bind_int64(f->queries[TRIM], 1, n - max);
	return run(f, TRIM, why);
}
