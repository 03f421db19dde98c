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

#include "store/row.h"
#include "store/sqlite-file.h"

#define SWEEP_ROWS 200 /* so many in one transaction: nobody waits long for their turn */

static void *must(void *p)
{
	if (!p)
		die_oom(sizeof(struct file));
	return p;
}

static int bind_id(sqlite3_stmt *q, const struct store_id *id)
{
	return sqlite3_bind_blob(q, 1, id->bytes, sizeof(id->bytes), SQLITE_STATIC);
}

/* After an error in the middle of things: if the file is the trouble, go on with a new one. */
static int recover(struct file *f, int r, struct fault *why)
{
	if (r == -EBADMSG)
		file_begin_again(f, why);
	return r;
}

/* Is there a file to work with? If not, because the last attempt failed, perhaps now. */
static int usable(struct file *f, struct fault *why)
{
	int r = f->db ? 0 : file_open(f, why);

	if (r == -EBADMSG)
		r = file_begin_again(f, why);
	return r < 0 ? r : 0;
}

static int put_reply(struct file *f, const struct batch *batch, const struct batch_reply *reply)
{
	sqlite3_stmt *put = f->queries[PUT_REPLY], *trim = f->queries[TRIM_REPLIES];
	int code;

	bind_id(put, &reply->id);
	sqlite3_bind_int64(put, 2, (sqlite3_int64)reply->seq);
	sqlite3_bind_blob64(put, 3, batch->text.ptr + reply->at, reply->len, SQLITE_STATIC);
	code = file_run(f, PUT_REPLY);
	if (code != SQLITE_OK)
		return code;
	f->reply_bytes += reply->len;
	bind_id(trim, &reply->id);
	sqlite3_bind_int64(trim, 2, (sqlite3_int64)f->limits.max_replies);
	return file_run(f, TRIM_REPLIES);
}

/* Down to three quarters, so that it is not done again at once. */
static int forget_old_replies(struct file *f)
{
	sqlite3_stmt *q = f->queries[OLDEST_REPLIES];
	size_t aim = f->limits.max_reply_bytes / 4 * 3, bytes;
	int64_t sum = 0, last = 0;
	int code = file_number(f, SUM_REPLIES, &sum);

	bytes = (size_t)sum;
	while (code == SQLITE_OK && bytes > aim && (code = sqlite3_step(q)) == SQLITE_ROW) {
		last = sqlite3_column_int64(q, 0);
		bytes -= (size_t)sqlite3_column_int64(q, 1);
		code = SQLITE_OK;
	}
	sqlite3_reset(q);
	if (code != SQLITE_OK && code != SQLITE_DONE)
		return code;
	sqlite3_bind_int64(f->queries[DROP_OLD_REPLIES], 1, last);
	code = file_run(f, DROP_OLD_REPLIES);
	if (code == SQLITE_OK)
		f->reply_bytes = bytes;
	return code;
}

static int put_all(struct file *f, const struct batch *batch)
{
	int code = file_run(f, BEGIN);

	for (size_t i = 0; i < batch->sessions.n && code == SQLITE_OK; i++) {
		const struct batch_session *s = &batch->sessions.items[i];

		code = row_bind(f->queries[PUT_SESSION], &s->id, &s->session);
		if (code == SQLITE_OK)
			code = file_run(f, PUT_SESSION);
	}
	for (size_t i = 0; i < batch->replies.n && code == SQLITE_OK; i++)
		code = put_reply(f, batch, &batch->replies.items[i]);
	if (code == SQLITE_OK && f->reply_bytes > f->limits.max_reply_bytes)
		code = forget_old_replies(f);
	return code == SQLITE_OK ? file_run(f, COMMIT) : code;
}

/* The fault is taken down first: rolling back would be the last thing SQLite knows of. */
static int give_up(struct file *f, int code, struct fault *why)
{
	int r = file_fail(f, code, why);

	if (!sqlite3_get_autocommit(f->db))
		file_run(f, ROLLBACK);
	return recover(f, r, why);
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
	sqlite3_stmt *q = f->queries[FIND_REPLIES];
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
	q = f->queries[FIND_SESSION];
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

static int drop(struct file *f, const struct store_id *id)
{
	int code;

	bind_id(f->queries[DROP_REPLIES], id);
	code = file_run(f, DROP_REPLIES);
	if (code != SQLITE_OK)
		return code;
	bind_id(f->queries[DROP_SESSION], id);
	return file_run(f, DROP_SESSION);
}

/* The longest idle ones: who is too old, and who is too many. */
static int choose_old(struct file *f, int64_t before_ms, struct store_id *ids, size_t *ret_n)
{
	sqlite3_stmt *q = f->queries[OLDEST_SESSIONS];
	int64_t count = 0;
	int code = file_number(f, COUNT_SESSIONS, &count);
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
	int r = usable(f, why), code;

	if (r < 0)
		return r;
	code = choose_old(f, before_ms, ids, &n);
	if (code == SQLITE_OK && n > 0)
		code = file_run(f, BEGIN);
	for (size_t i = 0; i < n && code == SQLITE_OK; i++)
		code = drop(f, &ids[i]);
	if (code == SQLITE_OK && n > 0)
		code = file_run(f, COMMIT);
	if (code != SQLITE_OK)
		return give_up(f, code, why);
	return n == SWEEP_ROWS;
}

static void file_close(struct backend *b)
{
	struct file *f = (struct file *)b;

	file_shut(f);
	free(f->dir);
	free(f->path);
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
	struct file *f = must(calloc(1, sizeof(*f)));
	int r;

	f->backend.type = &file_type;
	f->limits = *limits;
	f->dir = must(strdup(dir));
	if (asprintf(&f->path, "%s/" FILE_NAME, dir) < 0)
		die_oom(strlen(dir));
	r = file_open(f, why);
	if (r == -EBADMSG)
		r = file_begin_again(f, why);
	if (r < 0) {
		file_close(&f->backend);
		return r;
	}
	*ret = &f->backend;
	return r;
}
