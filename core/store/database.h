/* SPDX-License-Identifier: Apache-2.0 */
/*
 * database.h - a SQLite file of ours: made, recognised, brought up to date, put aside when broken.
 *
 * What is in it, and which questions are put to it, its kind says. Private to the store.
 */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include <sqlite3.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/error.h"

#define DATABASE_ASIDE       ".aside"
#define DATABASE_QUERIES_MAX 24

struct database_kind {
	const char *file; /* "sessions.db" */
	int application_id;
	int version; /* of the tables */
	/* The statements that make the tables. */
	void (*declare)(struct buf *out);
	/* Those that bring the tables of `version` one further; NULL: there is no way. */
	const char *(*upgrade)(int64_t version);
	/* The text of a query; they are prepared once. */
	void (*query)(int i, struct buf *out);
	int n_queries;
};

struct database {
	const struct database_kind *kind;
	char *dir, *path; /* dir NULL: in memory */
	sqlite3 *db;      /* NULL: broken, and no new one could be made yet */
	sqlite3_stmt *queries[DATABASE_QUERIES_MAX];
	dev_t device; /* of the file that is open */
	ino_t inode;
};

/* `dir` NULL: in memory. */
void database_init(struct database *d, const struct database_kind *kind, const char *dir);
void database_done(struct database *d);
/* 0, or -errno with *why and no database; -EBADMSG: there is a file, and it cannot be used. */
int database_open(struct database *d, struct fault *why);
/* Rename what cannot be used and open a fresh file. 1 with *why completed, or -errno. */
int database_begin_again(struct database *d, struct fault *why);
/* Open, and begin again where that must be: 0, 1 with *why, or -errno. If another process has put
 * the file aside that is open, its successor is opened. */
int database_get(struct database *d, struct fault *why);
/* SQLite's code as -errno, with its words. */
int database_fail(const struct database *d, int code, struct fault *why);
/* After an error in the middle of things: roll back, and if the file is the trouble, a new one. */
int database_give_up(struct database *d, int code, struct fault *why);
/* A query that gives no rows, with what the caller has bound. SQLITE_OK or what was wrong. */
int database_run(struct database *d, int query);
/* The one number that a query gives, likewise. */
int database_number(struct database *d, int query, int64_t *ret);
int database_begin(struct database *d);
int database_commit(struct database *d);

#endif
