/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.h - any JSON text as a tree in an arena, for formats that are not our own.
 *
 * Messaging platforms send objects of which we want a few fields; the rest is skipped by not asking
 * for it. Nothing is a string that was not one: who asks for the text of a list gets "".
 */
#ifndef WIRE_TREE_H
#define WIRE_TREE_H

#include "base/arena.h"

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_LIST, JSON_MAP };

struct json_value {
	enum json_kind kind;
	bool is_true;     /* BOOL */
	struct view text; /* STRING: the characters; NUMBER: its digits */
	size_t n;         /* LIST, MAP */
	const struct json_value *items;
	const struct view *keys; /* MAP */
};

/* 0, or -EBADMSG: no single JSON value, no UTF-8, or deeper than `max_depth`. */
int json_read(struct arena *a, struct view text, int max_depth, struct json_value *ret);

/* By the names of keys, "event.message.content"; NULL if it is not there. v may be NULL. */
const struct json_value *json_find(const struct json_value *v, const char *path);
/* The text of a string or a number there, else "". */
struct view json_text(const struct json_value *v, const char *path);
/* The number there, a whole one; `other` if there is none. A string of digits counts. */
int64_t json_number(const struct json_value *v, const char *path, int64_t other);

#endif
