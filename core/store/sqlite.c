/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlite.c - the backend that keeps conversations in a SQLite file with a write-ahead log.
 *
 * A batch is one transaction. synchronous=NORMAL: what was committed survives the end of the
 * process, however it comes; a power cut may take what came since the last checkpoint. A file that
 * turns out to be broken, at the start or later, is renamed and a fresh one is begun.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/database.h"
#include "store/row.h"

#define SWEEP_ROWS 200 /* so many in one transaction: nobody waits long for their turn */

enum query {
	PUT_SESSION,
	PUT_REPLY,
	TRIM_REPLIES,
	FIND_SESSION,
	FIND_REPLIES,
	OLDEST_SESSIONS,
	COUNT_SESSIONS,
	DROP_SESSION,
	DROP_REPLIES,
	SUM_REPLIES,
	OLDEST_REPLIES,
	DROP_OLD_REPLIES,
	QUERIES,
};

static const char *const texts[QUERIES] = {
    /* PUT_SESSION: put together in query_text() */
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
};

static void query_text(int i, struct buf *out)
{
	if (i != PUT_SESSION) {
		buf_str(out, texts[i]);
		return;
	}
	buf_str(out, "INSERT OR REPLACE INTO sessions VALUES(");
	row_places(out);
	buf_char(out, ')');
}

static void declare(struct buf *out)
{
	buf_str(out, "CREATE TABLE IF NOT EXISTS sessions(");
	row_declare(out);
	/* Replies have a number of their own that grows, so the oldest are found by it. */
	buf_str(out, ") WITHOUT ROWID;"
		     "CREATE INDEX IF NOT EXISTS sessions_by_age ON sessions(last_ms);"
		     "CREATE TABLE IF NOT EXISTS replies(n INTEGER PRIMARY KEY, id BLOB NOT NULL,"
		     " seq INTEGER NOT NULL, text BLOB NOT NULL, UNIQUE(id, seq))");
}

static const struct database_kind sessions_database = {
    .file = "sessions.db",
    .application_id = 0x57654c75, /* "WeLu" */
    .version = 7,
    .declare = declare,
    .upgrade = row_upgrade,
    .query = query_text,
    .n_queries = QUERIES,
};

struct file {
	struct backend backend; /* first: a backend of this type is a file */
	struct backend_limits limits;
	struct database db;
	bool is_known;      /* reply_bytes is */
	size_t reply_bytes; /* as far as we know: other processes put replies in too */
};

static int bind_id(sqlite3_stmt *q, const struct store_id *id)
{
	return sqlite3_bind_blob(q, 1, id->bytes, sizeof(id->bytes), SQLITE_STATIC);
}

/* Is there a file to work with? If not, because the last attempt failed, perhaps now. */
static int usable(struct file *f, struct fault *why)
{
	int64_t bytes = 0;
	int r = 0, code;

	/* The second time with a new file, if this one cannot be read. */
	for (int tries = 0;; tries++) {
		bool was_open = f->db.db != NULL;
		int got = database_get(&f->db, why);

		if (got < 0)
			return got;
		if (was_open && f->is_known)
			break;
		code = database_number(&f->db, SUM_REPLIES, &bytes);
		f->reply_bytes = (size_t)bytes;
		f->is_known = code == SQLITE_OK;
		r = got | r;
		if (f->is_known)
			break;
		got = database_give_up(&f->db, code, why);
		if (got != -EBADMSG || !f->db.db || tries > 0)
			return got;
		r = 1;
	}
	return r;
}

static int give_up(struct file *f, int code, struct fault *why)
{
	f->is_known = false;
	return database_give_up(&f->db, code, why);
}

static int put_reply(struct file *f, const struct batch *batch, const struct batch_reply *reply)
{
	sqlite3_stmt *put = f->db.queries[PUT_REPLY], *trim = f->db.queries[TRIM_REPLIES];
	int code;

	bind_id(put, &reply->id);
	sqlite3_bind_int64(put, 2, (sqlite3_int64)reply->seq);
	sqlite3_bind_blob64(put, 3, batch->text.ptr + reply->at, reply->len, SQLITE_STATIC);
	code = database_run(&f->db, PUT_REPLY);
	if (code != SQLITE_OK)
		return code;
	f->reply_bytes += reply->len;
	/* Numbers begin at 1: so far there cannot be too many. */
	if (reply->seq <= f->limits.max_replies)
		return SQLITE_OK;
	bind_id(trim, &reply->id);
	sqlite3_bind_int64(trim, 2, (sqlite3_int64)f->limits.max_replies);
	return database_run(&f->db, TRIM_REPLIES);
}

/* Down to three quarters, so that it is not done again at once. */
static int forget_old_replies(struct file *f)
{
	sqlite3_stmt *q = f->db.queries[OLDEST_REPLIES];
	size_t aim = f->limits.max_reply_bytes / 4 * 3, bytes;
	int64_t sum = 0, last = 0;
	int code = database_number(&f->db, SUM_REPLIES, &sum);

	bytes = (size_t)sum;
	while (code == SQLITE_OK && bytes > aim && (code = sqlite3_step(q)) == SQLITE_ROW) {
		last = sqlite3_column_int64(q, 0);
		bytes -= (size_t)sqlite3_column_int64(q, 1);
		code = SQLITE_OK;
	}
	sqlite3_reset(q);
	if (code != SQLITE_OK && code != SQLITE_DONE)
		return code;
	sqlite3_bind_int64(f->db.queries[DROP_OLD_REPLIES], 1, last);
	code = database_run(&f->db, DROP_OLD_REPLIES);
	if (code == SQLITE_OK)
		f->reply_bytes = bytes;
	return code;
}

static int drop(struct file *f, const struct store_id *id)
{
	int code;

	bind_id(f->db.queries[DROP_REPLIES], id);
	code = database_run(&f->db, DROP_REPLIES);
	if (code != SQLITE_OK)
		return code;
	bind_id(f->db.queries[DROP_SESSION], id);
	return database_run(&f->db, DROP_SESSION);
}

static int put_all(struct file *f, const struct batch *batch)
{
	int code = database_begin(&f->db);

	for (size_t i = 0; i < batch->forgets.n && code == SQLITE_OK; i++)
		code = drop(f, &batch->forgets.items[i].id);
	for (size_t i = 0; i < batch->sessions.n && code == SQLITE_OK; i++) {
		const struct batch_session *s = &batch->sessions.items[i];

		code = row_bind(f->db.queries[PUT_SESSION], &s->id, &s->session);
		if (code == SQLITE_OK)
			code = database_run(&f->db, PUT_SESSION);
	}
	for (size_t i = 0; i < batch->replies.n && code == SQLITE_OK; i++)
		code = put_reply(f, batch, &batch->replies.items[i]);
	if (code == SQLITE_OK && f->reply_bytes > f->limits.max_reply_bytes)
		code = forget_old_replies(f);
	return code == SQLITE_OK ? database_commit(&f->db) : code;
}

static int file_write_batch(struct backend *b, const struct batch *batch, struct fault *why)
{
	struct file *f = (struct file *)b;
	int r = usable(f, why), code;

	if (r < 0)
		return r;
	code = put_all(f, batch);
	return code == SQLITE_OK ? 0 : give_up(f, code, why);
}

static int read_replies(struct file *f, const struct store_id *id, struct record *ret)
{
	sqlite3_stmt *q = f->db.queries[FIND_REPLIES];
	int code;

	bind_id(q, id);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		struct record_reply *reply = vec_push(&ret->replies);

		reply->seq = (uint64_t)sqlite3_column_int64(q, 0);
		reply->at = ret->text.len;
		reply->len = (size_t)sqlite3_column_bytes(q, 1);
		buf_add(&ret->text, sqlite3_column_blob(q, 1), reply->len);
	}
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int file_find(struct backend *b, const struct store_id *id, struct record *ret,
		     struct fault *why)
{
	struct file *f = (struct file *)b;
	int r = usable(f, why), code;
	sqlite3_stmt *q;

	if (r < 0)
		return r;
	q = f->db.queries[FIND_SESSION];
	bind_id(q, id);
	code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		r = row_read(q, &ret->session);
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	/* A row that is not ours is no reason to throw the others away. */
	if (code == SQLITE_DONE || r < 0)
		return -ENOENT;
	code = code == SQLITE_ROW ? read_replies(f, id, ret) : code;
	return code == SQLITE_OK ? 0 : give_up(f, code, why);
}

/* The longest idle ones: who is too old, and who is too many. */
static int choose_old(struct file *f, int64_t before_ms, struct store_id *ids, size_t *ret_n)
{
	sqlite3_stmt *q = f->db.queries[OLDEST_SESSIONS];
	int64_t count = 0;
	int code = database_number(&f->db, COUNT_SESSIONS, &count);
	size_t n = 0, extra;

	if (code != SQLITE_OK)
		return code;
	extra = (size_t)count > f->limits.max_sessions ? (size_t)count - f->limits.max_sessions : 0;
	sqlite3_bind_int64(q, 1, SWEEP_ROWS);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		if (n >= extra && sqlite3_column_int64(q, 1) >= before_ms)
			break;
		if (sqlite3_column_bytes(q, 0) == STORE_ID_BYTES)
			memcpy(ids[n++].bytes, sqlite3_column_blob(q, 0), STORE_ID_BYTES);
	}
	sqlite3_reset(q);
	*ret_n = n;
	return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static int file_sweep(struct backend *b, int64_t before_ms, struct fault *why)
{
	struct file *f = (struct file *)b;
	struct store_id ids[SWEEP_ROWS];
	size_t n = 0;
	int64_t sum = 0;
	int r = usable(f, why), code;

	if (r < 0)
		return r;
	code = database_number(&f->db, SUM_REPLIES, &sum);
	f->reply_bytes = (size_t)sum;
	if (code == SQLITE_OK && f->reply_bytes > f->limits.max_reply_bytes)
		code = forget_old_replies(f);
	if (code == SQLITE_OK)
		code = choose_old(f, before_ms, ids, &n);
	if (code == SQLITE_OK && n > 0)
		code = database_begin(&f->db);
	for (size_t i = 0; i < n && code == SQLITE_OK; i++)
		code = drop(f, &ids[i]);
	if (code == SQLITE_OK && n > 0)
		code = database_commit(&f->db);
	if (code != SQLITE_OK)
		return give_up(f, code, why);
	return n == SWEEP_ROWS;
}

static void file_close(struct backend *b)
{
	struct file *f = (struct file *)b;

	database_done(&f->db);
	free(f);
}

static const struct backend_type file_type = {
    .write = file_write_batch,
    .find = file_find,
    .sweep = file_sweep,
    .close = file_close,
};

int sqlite_open(const char *dir, const struct backend_limits *limits, struct backend **ret,
		struct fault *why)
{
	struct file *f = calloc(1, sizeof(*f));
	int r;

	if (!f)
		die_oom(sizeof(*f));
	f->backend.type = &file_type;
	f->limits = *limits;
	database_init(&f->db, &sessions_database, dir);
	r = usable(f, why);
	if (r < 0) {
		file_close(&f->backend);
		return r;
	}
	*ret = &f->backend;
	return r;
}
