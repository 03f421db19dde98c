/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite-file.c - a SQLite file of ours: made, opened, recognised, put aside when it is broken. */
#include "store/sqlite-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/row.h"

#define APPLICATION_ID 0x57654c75 /* "WeLu": the file is ours */
#define SCHEMA_VERSION 1
#define BUSY_MS        2000 /* another process (a restart overlaps) is writing */

static const char *const texts[QUERIES] = {
    /* PUT_SESSION: put together in prepare() */
    [PUT_REPLY] = "INSERT OR REPLACE INTO replies(id, seq, text) VALUES(?1, ?2, ?3)",
    [TRIM_REPLIES] = "DELETE FROM replies WHERE id = ?1 AND seq <= (SELECT seq FROM replies "
		     "WHERE id = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)",
    [FIND_SESSION] = "SELECT * FROM sessions WHERE id = ?1",
    [FIND_REPLIES] = "SELECT seq, text FROM replies WHERE id = ?1 ORDER BY seq",
    [OLDEST_SESSIONS] = "SELECT id, last_ms FROM sessions ORDER BY last_ms LIMIT ?1",
    [COUNT_SESSIONS] = "SELECT count(*) FROM sessions",
    [DROP_SESSION] = "DELETE FROM sessions WHERE id = ?1",
    [DROP_REPLIES] = "DELETE FROM replies WHERE id = ?1",
    [SUM_REPLIES] = "SELECT coalesce(sum(length(text)), 0) FROM replies",
    [OLDEST_REPLIES] = "SELECT n, length(text) FROM replies ORDER BY n",
    [DROP_OLD_REPLIES] = "DELETE FROM replies WHERE n <= ?1",
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
};

static int errno_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
		return 0;
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return -EBADMSG;
	case SQLITE_READONLY:
		return -EROFS;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return -EBUSY;
	case SQLITE_NOMEM:
		return -ENOMEM;
	default:
		return -EIO;
	}
}

/* The system's reason belongs only to what the system refused; else it is an old one. */
static bool is_from_system(int code)
{
	code &= 0xff;
	return code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_FULL;
}

int file_fail(const struct file *f, int code, struct fault *why)
{
	const char *words = f->db ? sqlite3_errmsg(f->db) : sqlite3_errstr(code);
	int os = f->db && is_from_system(code) ? sqlite3_system_errno(f->db) : 0;

	if (os)
		fault_set(why, "%s: %s (%s)", f->path, words, error_text(os));
	else
		fault_set(why, "%s: %s", f->path, words);
	return errno_of(code);
}

int file_run(struct file *f, enum query query)
{
	sqlite3_stmt *q = f->queries[query];
	int code = sqlite3_step(q);

	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

int file_number(struct file *f, enum query query, int64_t *ret)
{
	sqlite3_stmt *q = f->queries[query];
	int code = sqlite3_step(q);

	if (code == SQLITE_ROW)
		*ret = sqlite3_column_int64(q, 0);
	sqlite3_reset(q);
	return code == SQLITE_ROW ? SQLITE_OK : code == SQLITE_DONE ? SQLITE_CORRUPT : code;
}

static int prepare(struct file *f)
{
	struct buf put = BUF_INIT;
	int code = SQLITE_OK;

	buf_str(&put, "INSERT OR REPLACE INTO sessions VALUES(");
	row_places(&put);
	buf_char(&put, ')');
	for (int i = 0; i < QUERIES && code == SQLITE_OK; i++)
		code = sqlite3_prepare_v3(f->db, i == PUT_SESSION ? put.ptr : texts[i], -1,
					  SQLITE_PREPARE_PERSISTENT, &f->queries[i], NULL);
	buf_done(&put);
	return code;
}

static int pragma_number(struct file *f, const char *sql, int64_t *ret)
{
	sqlite3_stmt *q = NULL;
	int code = sqlite3_prepare_v2(f->db, sql, -1, &q, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
		*ret = sqlite3_column_int64(q, 0);
		code = SQLITE_OK;
	}
	sqlite3_finalize(q);
	return code;
}

static int create(struct file *f)
{
	struct buf sql = BUF_INIT;
	int code;

	buf_str(&sql, "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS sessions(");
	row_declare(&sql);
	/* Replies have a number of their own that grows, so the oldest are found by it. */
	buf_printf(&sql,
		   ") WITHOUT ROWID;"
		   "CREATE INDEX IF NOT EXISTS sessions_by_age ON sessions(last_ms);"
		   "CREATE TABLE IF NOT EXISTS replies(n INTEGER PRIMARY KEY, id BLOB NOT NULL,"
		   " seq INTEGER NOT NULL, text BLOB NOT NULL, UNIQUE(id, seq));"
		   "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
		   APPLICATION_ID, SCHEMA_VERSION);
	code = sqlite3_exec(f->db, sql.ptr, NULL, NULL, NULL);
	buf_done(&sql);
	return code;
}

/* An empty file becomes ours; one of somebody else or of another version is not for us. */
static int check_schema(struct file *f, struct fault *why)
{
	int64_t application = 0, version = 0, tables = 0;
	int code = pragma_number(f, "PRAGMA application_id", &application);

	if (code == SQLITE_OK)
		code = pragma_number(f, "PRAGMA user_version", &version);
	if (code == SQLITE_OK)
		code = pragma_number(f, "SELECT count(*) FROM sqlite_schema", &tables);
	if (code == SQLITE_OK && tables == 0)
		code = create(f);
	else if (code == SQLITE_OK &&
		 (application != APPLICATION_ID || version != SCHEMA_VERSION)) {
		fault_set(why, "%s: made by another program or version (schema %lld, not %d)",
			  f->path, (long long)version, SCHEMA_VERSION);
		return -EBADMSG;
	}
	return code == SQLITE_OK ? 0 : file_fail(f, code, why);
}

void file_shut(struct file *f)
{
	for (int i = 0; i < QUERIES; i++) {
		sqlite3_finalize(f->queries[i]);
		f->queries[i] = NULL;
	}
	sqlite3_close(f->db);
	f->db = NULL;
}

/* Before SQLite comes to it, so that there never is a moment in which others may read it. */
static int make_file(const struct file *f, struct fault *why)
{
	struct stat st;
	int fd, r = 0;

	if (mkdir(f->dir, 0700) < 0 && errno != EEXIST) {
		r = -errno;
		fault_set(why, "%s: the folder cannot be made: %s", f->dir, error_text(r));
		return r;
	}
	fd = open(f->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
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

static int set_up(struct file *f, struct fault *why)
{
	int64_t bytes = 0;
	int r, code = sqlite3_open_v2(f->path, &f->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
				      NULL);

	if (code == SQLITE_OK)
		code = sqlite3_busy_timeout(f->db, BUSY_MS);
	/* What was forgotten is overwritten, not only marked as free. */
	if (code == SQLITE_OK)
		code =
		    sqlite3_exec(f->db,
				 "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
				 "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
				 "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
				 "PRAGMA journal_size_limit = 8388608; PRAGMA cache_size = -8192",
				 NULL, NULL, NULL);
	if (code != SQLITE_OK)
		return file_fail(f, code, why);
	r = check_schema(f, why);
	if (r < 0)
		return r;
	code = prepare(f);
	/* Tables or columns are missing that this version makes. */
	if (code == SQLITE_ERROR) {
		file_fail(f, code, why);
		return -EBADMSG;
	}
	if (code == SQLITE_OK)
		code = file_number(f, SUM_REPLIES, &bytes);
	f->reply_bytes = (size_t)bytes;
	return code == SQLITE_OK ? 0 : file_fail(f, code, why);
}

int file_open(struct file *f, struct fault *why)
{
	int r = make_file(f, why);

	if (r == 0)
		r = set_up(f, why);
	if (r < 0)
		file_shut(f);
	return r;
}

/* One broken file is kept for whoever wants to look at it; an older one makes room. */
static void move_aside(const struct file *f)
{
	static const char *const parts[] = {"", "-wal", "-shm"};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		char *from = NULL, *to = NULL;

		if (asprintf(&from, "%s%s", f->path, parts[i]) < 0 ||
		    asprintf(&to, "%s" FILE_ASIDE "%s", f->path, parts[i]) < 0)
			die_oom(strlen(f->path));
		if (rename(from, to) < 0)
			unlink(to);
		free(from);
		free(to);
	}
}

int file_begin_again(struct file *f, struct fault *why)
{
	struct fault broken = *why;
	int r;

	file_shut(f);
	move_aside(f);
	r = file_open(f, why);
	if (r < 0)
		return r;
	fault_set(why, "%s; it was renamed to " FILE_NAME FILE_ASIDE " and a new one is begun",
		  broken.text);
	return 1;
}
