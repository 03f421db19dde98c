/* SPDX-License-Identifier: Apache-2.0 */
/*
 * peers.h - how much each client address has of us: its connections, and its messages by a bucket.
 *
 * Entries live as long as an address has connections or its bucket is not full again; their number
 * is capped, and when it is reached the ones without connections go first. Loop's thread only.
 */
#ifndef SERVE_PEERS_H
#define SERVE_PEERS_H

#include "serve/address.h"

struct peers;

/* Messages: `burst` at once, `rate` a minute in the long run; rate 0 is no limit. */
struct peers *peers_new(int64_t max_connections, int64_t rate, int64_t burst);
void peers_free(struct peers *p);

/* One more connection from this address; false if it has all it may have. */
bool peers_connect(struct peers *p, const struct address *a);
void peers_disconnect(struct peers *p, const struct address *a);

/* Take one message out of the bucket: 0, or the seconds until there is one. */
unsigned peers_take(struct peers *p, const struct address *a, int64_t now_ms);

/* Forget addresses that owe nothing; call now and then. */
void peers_sweep(struct peers *p, int64_t now_ms);
size_t peers_count(const struct peers *p);

#endif
