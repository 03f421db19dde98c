/* SPDX-License-Identifier: Apache-2.0 */
/* database.c - see database.h. */
#include "store/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define BUSY_MS      2000 /* another process (a restart overlaps, wenlu inbox) is writing */
#define BUSY_STEP_MS 5

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

int database_fail(const struct database *d, int code, struct fault *why)
{
	const char *words = d->db ? sqlite3_errmsg(d->db) : sqlite3_errstr(code);
	int os = d->db && is_from_system(code) ? sqlite3_system_errno(d->db) : 0;

	if (os)
		fault_set(why, "%s: %s (%s)", d->path, words, error_text(os));
	else
		fault_set(why, "%s: %s", d->path, words);
	return errno_of(code);
}

int database_run(struct database *d, int query)
{
	sqlite3_stmt *q = d->queries[query];
	int code = sqlite3_step(q);

	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

int database_number(struct database *d, int query, int64_t *ret)
{
	sqlite3_stmt *q = d->queries[query];
	int code = sqlite3_step(q);

	if (code == SQLITE_ROW)
		*ret = sqlite3_column_int64(q, 0);
	sqlite3_reset(q);
	return code == SQLITE_ROW ? SQLITE_OK : code == SQLITE_DONE ? SQLITE_CORRUPT : code;
}

static int prepare(struct database *d)
{
	struct buf text = BUF_INIT;
	int code = SQLITE_OK;

	for (int i = 0; i < d->kind->n_queries && code == SQLITE_OK; i++) {
		buf_clear(&text);
		d->kind->query(i, &text);
		code = sqlite3_prepare_v3(d->db, text.ptr, -1, SQLITE_PREPARE_PERSISTENT,
					  &d->queries[i], NULL);
	}
	buf_done(&text);
	return code;
}

static int pragma_number(struct database *d, const char *sql, int64_t *ret)
{
	sqlite3_stmt *q = NULL;
	int code = sqlite3_prepare_v2(d->db, sql, -1, &q, NULL);

	if (code == SQLITE_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
		*ret = sqlite3_column_int64(q, 0);
		code = SQLITE_OK;
	}
	sqlite3_finalize(q);
	return code;
}

static int put_version(struct database *d, const char *tables)
{
	struct buf sql = BUF_INIT;
	int code;

	buf_printf(&sql,
		   "BEGIN IMMEDIATE; %s; PRAGMA application_id = %d; PRAGMA user_version = %d;"
		   "COMMIT",
		   tables, d->kind->application_id, d->kind->version);
	code = sqlite3_exec(d->db, sql.ptr, NULL, NULL, NULL);
	if (code != SQLITE_OK && !sqlite3_get_autocommit(d->db))
		sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
	buf_done(&sql);
	return code;
}

static int create(struct database *d)
{
	struct buf tables = BUF_INIT;
	int code;

	d->kind->declare(&tables);
	code = put_version(d, tables.ptr);
	buf_done(&tables);
	return code;
}

/* From an older version, one step after the other, as a whole or not at all. False: no way. */
static bool upgrade(struct database *d, int64_t version, int *ret_code)
{
	struct buf steps = BUF_INIT;
	bool is_way = d->kind->upgrade && version > 0;

	for (int64_t at = version; is_way && at < d->kind->version; at++) {
		const char *step = d->kind->upgrade(at);

		is_way = step != NULL;
		if (is_way)
			buf_printf(&steps, "%s%s", steps.len ? ";" : "", step);
	}
	if (is_way)
		*ret_code = put_version(d, steps.ptr);
	/* Another process was first: several begin at the same time. */
	if (is_way && *ret_code != SQLITE_OK &&
	    pragma_number(d, "PRAGMA user_version", &version) == SQLITE_OK &&
	    version == d->kind->version)
		*ret_code = SQLITE_OK;
	buf_done(&steps);
	return is_way;
}

struct schema {
	int64_t application, version, n_tables;
};

/* All of one moment: another process may be making the tables. */
static int read_schema(struct database *d, struct schema *ret)
{
	int code = sqlite3_exec(d->db, "BEGIN", NULL, NULL, NULL);

	if (code == SQLITE_OK)
		code = pragma_number(d, "SELECT count(*) FROM sqlite_schema", &ret->n_tables);
	if (code == SQLITE_OK)
		code = pragma_number(d, "PRAGMA application_id", &ret->application);
	if (code == SQLITE_OK)
		code = pragma_number(d, "PRAGMA user_version", &ret->version);
	if (!sqlite3_get_autocommit(d->db))
		sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
	return code;
}

/* An empty file becomes ours; one of somebody else or of a later version is not for us. */
static int check_schema(struct database *d, struct fault *why)
{
	struct schema s = {0};
	int code = read_schema(d, &s);

	if (code == SQLITE_OK && s.n_tables == 0) {
		code = create(d);
		/* Another process was first: several begin at the same time. */
		if (code != SQLITE_OK && read_schema(d, &s) == SQLITE_OK && s.n_tables > 0)
			code = SQLITE_OK;
	}
	if (code == SQLITE_OK && s.n_tables > 0) {
		bool is_ours =
		    s.application == d->kind->application_id && s.version <= d->kind->version;

		if (is_ours && s.version < d->kind->version)
			is_ours = upgrade(d, s.version, &code);
		if (!is_ours) {
			fault_set(why,
				  "%s: made by another program or version (schema %lld, not %d)",
				  d->path, (long long)s.version, d->kind->version);
			return -EBADMSG;
		}
	}
	/* It says that it is of a version, and has not that version's tables. */
	if (code == SQLITE_ERROR) {
		database_fail(d, code, why);
		return -EBADMSG;
	}
	return code == SQLITE_OK ? 0 : database_fail(d, code, why);
}

/* Another process has put the file aside, and begun a new one. */
static bool is_replaced(const struct database *d)
{
	struct stat st;

	return d->inode &&
	       (stat(d->path, &st) < 0 || st.st_dev != d->device || st.st_ino != d->inode);
}

static void shut(struct database *d)
{
	/* Closing would delete the log by its name, which is that of the new file by now. */
	if (d->db && is_replaced(d))
		sqlite3_db_config(d->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	for (int i = 0; i < d->kind->n_queries; i++) {
		sqlite3_finalize(d->queries[i]);
		d->queries[i] = NULL;
	}
	sqlite3_close(d->db);
	d->db = NULL;
}

/* Before SQLite comes to it, so that there never is a moment in which others may read it. */
static int make_file(struct database *d, struct fault *why)
{
	struct stat st;
	int fd, r = 0;

	r = file_make_folder(d->dir, 0700);
	if (r < 0) {
		fault_set(why, "%s: the folder cannot be made: %s", d->dir, error_text(r));
		return r;
	}
	fd = open(d->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
	if (fd < 0)
		r = -errno;
	else if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		r = -EINVAL;
	else if ((st.st_mode & 077) && fchmod(fd, 0600) < 0)
		r = -errno;
	if (r == 0) {
		d->device = st.st_dev;
		d->inode = st.st_ino;
	}
	if (fd >= 0)
		close(fd);
	if (r < 0)
		fault_set(why, "%s: cannot be opened: %s", d->path, error_text(r));
	return r;
}

/* Where another process begins a log SQLite does not wait by itself. */
static int run_patiently(sqlite3 *db, const char *sql)
{
	int code = sqlite3_exec(db, sql, NULL, NULL, NULL);

	for (int waited = 0; code == SQLITE_BUSY && waited < BUSY_MS; waited += BUSY_STEP_MS) {
		sqlite3_sleep(BUSY_STEP_MS);
		code = sqlite3_exec(db, sql, NULL, NULL, NULL);
	}
	return code;
}

static int set_up(struct database *d, struct fault *why)
{
	int r, code = sqlite3_open_v2(d->path, &d->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
				      NULL);

	/* What was forgotten is overwritten, not only marked as free. */
	if (code == SQLITE_OK)
		code = run_patiently(
		    d->db, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
			   "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
			   "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
			   "PRAGMA journal_size_limit = 8388608; PRAGMA cache_size = -8192");
	if (code != SQLITE_OK)
		return database_fail(d, code, why);
	/* From here on SQLite waits itself. */
	sqlite3_busy_timeout(d->db, BUSY_MS);
	r = check_schema(d, why);
	if (r < 0)
		return r;
	code = prepare(d);
	/* Tables or columns are missing that this version makes. */
	if (code == SQLITE_ERROR) {
		database_fail(d, code, why);
		return -EBADMSG;
	}
	return code == SQLITE_OK ? 0 : database_fail(d, code, why);
}

int database_open(struct database *d, struct fault *why)
{
	int r = d->dir ? make_file(d, why) : 0;

	if (r == 0)
		r = set_up(d, why);
	if (r < 0)
		shut(d);
	return r;
}

/* One broken file is kept for whoever wants to look at it; an older one makes room. */
static void move_aside(const struct database *d)
{
	static const char *const parts[] = {"", "-wal", "-shm"};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		char *from = NULL, *to = NULL;

		if (asprintf(&from, "%s%s", d->path, parts[i]) < 0 ||
		    asprintf(&to, "%s" DATABASE_ASIDE "%s", d->path, parts[i]) < 0)
			die_oom(strlen(d->path));
		if (rename(from, to) < 0)
			unlink(to);
		free(from);
		free(to);
	}
}

/* One process at a time; without a lock it is done all the same. */
static int lock_folder(const struct database *d)
{
	int fd = open(d->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0)
		(void)flock(fd, LOCK_EX);
	return fd;
}

int database_begin_again(struct database *d, struct fault *why)
{
	struct fault broken = *why;
	int r, lock = d->dir ? lock_folder(d) : -1;

	shut(d);
	if (d->dir && !is_replaced(d))
		move_aside(d);
	r = database_open(d, why);
	if (lock >= 0)
		close(lock);
	if (r < 0)
		return r;
	fault_set(why, "%s; it was renamed to %s" DATABASE_ASIDE " and a new one is begun",
		  broken.text, d->kind->file);
	return 1;
}

int database_get(struct database *d, struct fault *why)
{
	int r;

	if (d->db && is_replaced(d))
		shut(d);
	r = d->db ? 0 : database_open(d, why);
	return r == -EBADMSG ? database_begin_again(d, why) : r;
}

/* The fault is taken down first: rolling back would be the last thing SQLite knows of. */
int database_give_up(struct database *d, int code, struct fault *why)
{
	int r = database_fail(d, code, why);

	if (d->db && !sqlite3_get_autocommit(d->db))
		sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
	if (r == -EBADMSG)
		database_begin_again(d, why);
	return r;
}

int database_begin(struct database *d)
{
	return sqlite3_exec(d->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
}

int database_commit(struct database *d)
{
	return sqlite3_exec(d->db, "COMMIT", NULL, NULL, NULL);
}

void database_init(struct database *d, const struct database_kind *kind, const char *dir)
{
	*d = (struct database){.kind = kind, .dir = dir ? strdup(dir) : NULL};
	if (dir ? !d->dir || asprintf(&d->path, "%s/%s", dir, kind->file) < 0
		: asprintf(&d->path, ":memory:") < 0)
		die_oom(sizeof(*kind));
}

void database_done(struct database *d)
{
	/* One after the other: of those who close at the same time each sees the others, and none
	 * is the last, who puts the log into the file. */
	int lock = d->dir && d->db ? lock_folder(d) : -1;

	shut(d);
	if (lock >= 0)
		close(lock);
	free(d->dir);
	free(d->path);
}
