/* SPDX-License-Identifier: Apache-2.0 */
/*
 * backend.h - a place where conversations outlive the process: what it has to be able to do.
 *
 * Four functions, all called from the store's own thread, so they may block: SQLite is one such
 * place (sqlite.c), Redis through its ordinary client would be another. A backend never sees a
 * token, only its SHA-256: whoever steals what it keeps cannot go on with anybody's conversation.
 */
#ifndef STORE_BACKEND_H
#define STORE_BACKEND_H

#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "dialog/session.h"

#define STORE_ID_BYTES 32

struct store_id {
	unsigned char bytes[STORE_ID_BYTES];
};

struct batch_session {
	struct store_id id;
	struct session session; /* its token is blank */
	uint32_t slot;          /* the giver's own mark; not the backend's */
};

struct batch_reply {
	struct store_id id;
	uint64_t seq;
	size_t at, len; /* in the batch's text; the token in it is blank */
};

struct batch_forget {
	struct store_id id;
	bool is_token; /* the thread makes the id of it; not the backend's */
};

/*
 * What is put in as a whole or not at all: first what is to be forgotten, for it may be begun anew.
 * The same conversation may come twice: the last counts.
 */
struct batch {
	VEC(struct batch_forget) forgets;
	VEC(struct batch_session) sessions;
	VEC(struct batch_reply) replies;
	struct buf text;
};

static inline bool batch_has_any(const struct batch *b)
{
	return b->forgets.n > 0 || b->sessions.n > 0 || b->replies.n > 0;
}

struct record_reply {
	uint64_t seq;
	size_t at, len; /* in the record's text */
};

/* What is kept of one conversation; replies by seq, the last ones only. */
struct record {
	struct session session;
	VEC(struct record_reply) replies;
	struct buf text;
};

struct backend_limits {
	size_t max_sessions;    /* beyond, the longest idle ones are forgotten */
	size_t max_replies;     /* of one conversation                  */
	size_t max_reply_bytes; /* of all; beyond, the oldest are forgotten */
};

struct backend {
	const struct backend_type *type;
};

struct backend_type {
	/* 0, or -errno with *why; then nothing of the batch was put in. */
	int (*write)(struct backend *b, const struct batch *batch, struct fault *why);
	/* Appends to the empty record. 0, -ENOENT, or -errno with *why. */
	int (*find)(struct backend *b, const struct store_id *id, struct record *ret,
		    struct fault *why);
	/* Forget some of those not heard of since `before_ms`, or beyond the limits. 1: there are
	 * more, call again; 0: all done; or -errno with *why. */
	int (*sweep)(struct backend *b, int64_t before_ms, struct fault *why);
	void (*close)(struct backend *b);
};

#endif
