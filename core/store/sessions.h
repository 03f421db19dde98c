/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sessions.h - the live conversations of this process, by token.
 *
 * A hash table in memory with a cap; the longest idle one makes room. Belongs to the loop's thread.
 * A pointer to a session is good until the next sessions_open() or sessions_find().
 */
#ifndef STORE_SESSIONS_H
#define STORE_SESSIONS_H

#include "base/view.h"
#include "dialog/session.h"

struct sessions;

struct sessions *sessions_new(size_t max);
void sessions_free(struct sessions *s);
/* A new conversation with a fresh random token. */
struct session *sessions_open(struct sessions *s, int64_t now_ms);
/* By token; NULL if unknown. Constant time in the token's bytes. */
struct session *sessions_find(struct sessions *s, struct view token);
/* A named conversation of a trusted caller (wenlu ask --batch): found or opened under that name. */
struct session *sessions_named(struct sessions *s, struct view name, int64_t now_ms);
size_t sessions_count(const struct sessions *s);

#endif
