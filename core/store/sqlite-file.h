/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite-file.h - the file behind sqlite.c: opening, its tables and queries; private to the two. */
#ifndef STORE_SQLITE_FILE_H
#define STORE_SQLITE_FILE_H

#include <sqlite3.h>

#include "store/backend.h"

#define FILE_NAME  "sessions.db"
#define FILE_ASIDE ".aside"

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
	BEGIN,
	COMMIT,
	ROLLBACK,
	QUERIES,
};

struct file {
	struct backend backend; /* first: a backend of this type is a file */
	struct backend_limits limits;
	char *dir, *path;
	sqlite3 *db; /* NULL: broken, and no new one could be made yet */
	sqlite3_stmt *queries[QUERIES];
	size_t reply_bytes; /* never less than what there is */
};

/* 0, or -errno with *why and no database; -EBADMSG: there is a file, and it cannot be used. */
int file_open(struct file *f, struct fault *why);
/* Rename what cannot be used and open a fresh file. 1 with *why completed, or -errno. */
int file_begin_again(struct file *f, struct fault *why);
void file_shut(struct file *f);
/* SQLite's code as -errno, with its words. */
int file_fail(const struct file *f, int code, struct fault *why);
/* A query that gives no rows, with what the caller has bound. SQLITE_OK or what was wrong. */
int file_run(struct file *f, enum query query);
/* The one number that a query gives, likewise. */
int file_number(struct file *f, enum query query, int64_t *ret);

#endif
