/* SPDX-License-Identifier: Apache-2.0 */
/*
 * peers.h - how much each client address has of us: its connections, and its messages by a bucket.
 *
 * Entries live as long as an address has connections or its bucket is not full again; there is room
 * for a fixed number, and when it is short the longest idle ones without connections go first.
 *
 * The table lies in memory that processes forked after peers_new() share, so that a limit holds for
 * all workers together. Each says who it is; what a worker that died had is given back by whoever
 * watches over it. All calls are those of the loop's thread of each process.
 */
#ifndef SERVE_PEERS_H
#define SERVE_PEERS_H

#include "serve/address.h"

struct peers;

struct peers_limits {
	int64_t connections; /* of one address */
	int64_t rate, burst; /* messages: `burst` at once, `rate` a minute in the long run; rate 0
				is no limit */
	int64_t total;       /* connections of all addresses, at most */
	unsigned n_workers;
};

struct peers *peers_new(const struct peers_limits *limits);
/* Which of the workers this process is; the first if it does not say. */
void peers_be(struct peers *p, unsigned worker);
/* Unmaps it here; others go on. */
void peers_free(struct peers *p);

/* One more connection from this address; false if it has all it may have. */
bool peers_connect(struct peers *p, const struct address *a);
void peers_disconnect(struct peers *p, const struct address *a);
/*
 * That worker has died: it has no connections, and holds nothing any more. False: something is held
 * by another one that may have died too; it is to be called again when that one has been buried,
 * and before the worker is started anew.
 */
bool peers_bury(struct peers *p, unsigned worker);

/* Take one message out of the bucket: 0, or the seconds until there is one. */
unsigned peers_take(struct peers *p, const struct address *a, int64_t now_ms);

/* Forget addresses that owe nothing; call now and then, in one of the processes. */
void peers_sweep(struct peers *p, int64_t now_ms);
size_t peers_count(const struct peers *p);

#endif
