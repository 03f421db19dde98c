/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader.h - from a YAML tree to structs, saying precisely what is wrong on the way.
 *
 * Each function takes a node (NULL: the key was not there) and what it is called in messages (a
 * key, or words that say() knows). What is wrong goes into the problems; the caller goes on with an
 * empty value, so that an author sees everything at once.
 */
#ifndef KNOW_READER_H
#define KNOW_READER_H

#include "base/arena.h"
#include "know/problem.h"
#include "know/yaml.h"

struct reader {
	struct arena *arena;
	const char *file;
	struct problems *problems;
};

void reader_error(const struct reader *r, const struct yaml_node *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void reader_warn(const struct reader *r, const struct yaml_node *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* True if it is a map; keys that are not among `keys` are named with the nearest right one. */
bool reader_map(const struct reader *r, const struct yaml_node *node, const char *what,
		const char *const *keys, size_t n_keys);
/* True if it is a map, whatever its keys. */
bool reader_any_map(const struct reader *r, const struct yaml_node *node, const char *what);
/*
 * The same for an element of a list that is often written as a bare text. It is told how to write
 * it: that text between `before` and `after`, as in "{name: " and "}".
 */
bool reader_element(const struct reader *r, const struct yaml_node *node, const char *what,
		    const char *before, const char *after, const char *const *keys, size_t n_keys);
/* True if it is a list of at most `max` elements. */
bool reader_list(const struct reader *r, const struct yaml_node *node, const char *what,
		 size_t max);
/* The text, trimmed; empty if there is none. Not empty and at most LIMIT_GUIDE_TEXT if there is. */
struct view reader_text(const struct reader *r, const struct yaml_node *node, const char *what);
/* The same for a key of `map` that must be there. */
struct view reader_need(const struct reader *r, const struct yaml_node *map, const char *key);
/* A whole number from `least` to `most`, or `none` if there is no node or it is wrong. */
int32_t reader_number(const struct reader *r, const struct yaml_node *node, const char *what,
		      int32_t most, int32_t none);
/* A list of at most LIMIT_GUIDE_LIST texts; *ret_items NULL if there is none. */
void reader_texts(const struct reader *r, const struct yaml_node *node, const char *what,
		  const struct view **ret_items, size_t *ret_n);
/*
 * One of n names, as its index; -1 after telling which names there are. No node is also told.
 */
int reader_choice(const struct reader *r, const struct yaml_node *node, const char *what,
		  const char *const *names, size_t n_names);
/* yes or no; left out it is no. */
bool reader_yes(const struct reader *r, const struct yaml_node *node, const char *what);

#endif
