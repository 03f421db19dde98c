/* SPDX-License-Identifier: Apache-2.0 */
/* inbox-row.h - a row of the inbox's table, read; private to inbox.c, and for its fuzz target. */
#ifndef STORE_INBOX_ROW_H
#define STORE_INBOX_ROW_H

#include <sqlite3.h>

#include "store/inbox.h"

#define INBOX_COLUMNS (12 + 2 * INBOX_NEAREST_MAX)

/* From the columns in the order of inbox.c. False if this is no row of ours. */
bool inbox_row_read(sqlite3_stmt *q, struct inbox_row *ret);

#endif
