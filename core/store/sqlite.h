/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite.h - conversations in one SQLite file, sessions.db, readable by its owner only. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include "store/backend.h"

/*
 * The file in this folder; both are made if they are missing. 0; or 1 with *why if there was a file
 * that could not be used and was renamed to sessions.db.aside; or -errno with *why.
 */
int sqlite_open(const char *dir, const struct backend_limits *limits, struct backend **ret,
		struct fault *why);

#endif
