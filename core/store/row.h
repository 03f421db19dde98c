/* SPDX-License-Identifier: Apache-2.0 */
/* row.h - a conversation as a row of a SQLite table; private to sqlite.c. */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include <sqlite3.h>

#include "store/backend.h"

/* "id BLOB PRIMARY KEY NOT NULL, seq INTEGER …": the columns as CREATE TABLE wants them. */
void row_declare(struct buf *out);
/* What makes the columns of the next version of those of this one; NULL: nothing does. */
const char *row_upgrade(int64_t version);
/* "?,?,…", one a column. */
void row_places(struct buf *out);
/* The texts are not copied: both must stay until the statement was run. */
int row_bind(sqlite3_stmt *q, const struct store_id *id, const struct session *s);
/* From "SELECT *". -EBADMSG if this is no conversation of ours. */
int row_read(sqlite3_stmt *q, struct session *ret);

#endif
