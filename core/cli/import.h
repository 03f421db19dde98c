/* SPDX-License-Identifier: Apache-2.0 */
/* import.h - examples in other programs' formats; for data-import.c. */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/vec.h"

struct imported {
	struct view label, text; /* trimmed, without tabs and line breaks */
	unsigned line;
};

struct importing {
	struct arena *arena;
	const char *file;
	VEC(struct imported) rows;
	struct fault why;
};

struct import_format {
	const char *name;
	/* Add the rows of a whole file. 0, or -errno with `why` filled. */
	int (*read)(struct importing *in, struct view text);
};

/* NULL if there is none of that name. */
const struct import_format *import_format_find(const char *name);

int import_rasa(struct importing *in, struct view text);
int import_csv(struct importing *in, struct view text);
int import_jsonl(struct importing *in, struct view text);

/* One row, cleaned; rows without label or text are left out. */
void import_add(struct importing *in, struct view label, struct view text, unsigned line);
/* A YAML text in double quotes. */
void import_quote(struct buf *out, struct view v);

#endif
