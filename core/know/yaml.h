/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml.h - a YAML file as a read-only tree that knows where everything stood.
 *
 * The subset that people can review: texts, lists, maps. Anchors, aliases, tags, directives, more
 * than one document, keys that stand twice and keys that are no text are refused. Texts are never
 * interpreted: 410100, yes and 1.10 stay what was typed. Only know/ uses this; libyaml is seen by
 * yaml.c alone.
 */
#ifndef KNOW_YAML_H
#define KNOW_YAML_H

#include "base/arena.h"
#include "base/error.h"
#include "base/view.h"

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	unsigned line, column; /* of the value, from 1; columns count characters */
	struct view text;      /* of a text, NUL-terminated */
	bool is_block;         /* a text written as "|": line i of it stands in file line + 1 + i */
	unsigned inner;        /* column of its first character if all stand in one line, else 0 */
	unsigned comment;      /* column of the '#' of a comment right behind a text without quotes;
				  0: none. Who typed it may have meant it to be part of the text */
	struct view key;       /* in a map */
	unsigned key_line, key_column;
	const struct yaml_node *children; /* of a list or map, in the order of the file */
	const struct yaml_node *next;
	size_t n; /* children */
};

#define yaml_each(child, node) \
	for (const struct yaml_node *child = (node)->children; child; child = child->next)

/*
 * Read a whole text; the tree and copies of all texts live in the arena. 0, or -EBADMSG with the
 * place and the reason. Caps: LIMIT_YAML_BYTES, _DEPTH, _NODES, _MAP.
 */
int yaml_read(struct arena *a, struct view text, const char *file, const struct yaml_node **ret,
	      struct fault *why);
/* The value of a key, NULL if the key is not there (or `map` is NULL or no map). */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);
/*
 * Where a text was written that lies in a node of the tree: as a whole, or a piece of it (the word
 * that must not be said). It is told by its address, so it must be the very text, not a copy. False
 * if it is none of the tree's. Looks at all nodes: for messages only.
 */
bool yaml_place(const struct yaml_node *root, struct view text, unsigned *ret_line,
		unsigned *ret_column);
/* "a text", "a list", "a map": for messages. */
const char *yaml_kind_name(enum yaml_kind kind);

#endif
