/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sessions.h - the live conversations of this process, by token.
 *
 * A hash table in memory with a cap; the longest idle one makes room. Belongs to the loop's thread.
 * A pointer to a session is good until the next sessions_open() or sessions_find().
 *
 * With a store behind it, memory stays the truth for what is live: whoever is found may be changed
 * and is therefore written again, a little later. Conversations without a question yet are not
 * stored, so that connections alone write nothing.
 */
#ifndef STORE_SESSIONS_H
#define STORE_SESSIONS_H

#include "base/view.h"
#include "dialog/session.h"
#include "store/store.h"

struct sessions;

struct sessions *sessions_new(size_t max);
/* Saves what has changed first, if there is a store; the store stays the caller's. */
void sessions_free(struct sessions *s);
/* Keep conversations in a store too; before the first one is opened. */
void sessions_keep_in(struct sessions *s, struct store *store);
/*
 * Tokens name the process that owns the conversation: this one is number `self` of n (at most
 * SESSIONS_OWNERS_MAX), before the first one is opened. Alone if it is not called.
 */
#define SESSIONS_OWNERS_MAX 64
void sessions_share(struct sessions *s, unsigned self, unsigned n);
/* A new conversation with a fresh random token. */
struct session *sessions_open(struct sessions *s, int64_t now_ms);
/* One with a token that was made by hashing (SESSION_TOKEN_LEN digits of base64url), and that
 * neither memory nor the store knows. */
struct session *sessions_open_as(struct sessions *s, struct view token, int64_t now_ms);
/* By token, in memory; NULL if unknown. Constant time in the token's bytes. */
struct session *sessions_find(struct sessions *s, struct view token);
/* A named conversation of a trusted caller (wenlu ask --batch): found or opened under that name. */
struct session *sessions_named(struct sessions *s, struct view name, int64_t now_ms);
/* It goes on under its token as if it had just been opened; what a store has of it is dropped. */
void sessions_forget(struct sessions *s, struct view token);
/* Forget those in memory that nobody has asked in since. */
void sessions_expire(struct sessions *s, int64_t before_ms);
size_t sessions_count(const struct sessions *s);

/* `session` is NULL if the token is unknown; then there are no replies either. */
typedef void sessions_fetched(void *data, struct session *session, const struct record *record);
/*
 * When sessions_find() found nothing: look in the store, without waiting. Gives an id for
 * cancelling, and `fetched` is called later from the loop; or 0 if there is nothing to look in.
 * A conversation that is found is in memory from then on. One fetch a client: they are queued.
 */
uint64_t sessions_fetch(struct sessions *s, struct view token, sessions_fetched *fetched,
			void *data);
/* 0 is fine. */
void sessions_fetch_cancel(struct sessions *s, uint64_t id);
/* For the inbox, if there is a store and it has one. Nothing of it is a conversation's. */
void sessions_keep_note(struct sessions *s, const struct inbox_note *note);
/* False: a note would go nowhere. */
bool sessions_have_inbox(const struct sessions *s);
/* Keep a reply, so that a client that lost its connection gets it even after a restart. */
void sessions_keep_reply(struct sessions *s, struct view token, uint64_t seq, struct view text);

#endif
