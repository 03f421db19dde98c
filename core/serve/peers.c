/* SPDX-License-Identifier: Apache-2.0 */
/* peers.c - a hash table by address; a list of the addresses without connections, oldest first. */
#include "serve/peers.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/error.h"
#include "base/hash.h"

#define BUCKETS   4096
#define PEERS_MAX 65536 /* addresses remembered without a connection */
#define UNITS     60000 /* of one message: rate a minute is rate units a millisecond */

struct peer {
	struct peer *chain;         /* same bucket */
	struct peer *older, *newer; /* among those without connections */
	struct address address;
	int64_t connections;
	int64_t units; /* in the bucket */
	int64_t since_ms;
	bool is_idle;
};

struct peers {
	struct peer *buckets[BUCKETS];
	struct peer *oldest, *newest;
	size_t n, n_idle;
	uint64_t seed;
	int64_t max_connections, rate, burst;
};

struct peers *peers_new(int64_t max_connections, int64_t rate, int64_t burst)
{
	struct peers *p = calloc(1, sizeof(*p));

	if (!p)
		die_oom(sizeof(*p));
	p->max_connections = max_connections;
	p->rate = rate;
	p->burst = burst * UNITS;
	/* Only spreads the table; without randomness it still works. */
	if (getrandom(&p->seed, sizeof(p->seed), GRND_NONBLOCK) < 0)
		p->seed = (uintptr_t)p;
	return p;
}

void peers_free(struct peers *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < BUCKETS; i++) {
		struct peer *peer = p->buckets[i];

		while (peer) {
			struct peer *next = peer->chain;

			free(peer);
			peer = next;
		}
	}
	free(p);
}

static struct peer **bucket_of(struct peers *p, const struct address *a)
{
	return &p->buckets[hash_seeded(a->bytes, sizeof(a->bytes), p->seed) % BUCKETS];
}

static void idle_remove(struct peers *p, struct peer *peer)
{
	if (!peer->is_idle)
		return;
	*(peer->older ? &peer->older->newer : &p->oldest) = peer->newer;
	*(peer->newer ? &peer->newer->older : &p->newest) = peer->older;
	peer->older = peer->newer = NULL;
	peer->is_idle = false;
	p->n_idle--;
}

static void idle_add(struct peers *p, struct peer *peer)
{
	idle_remove(p, peer);
	peer->older = p->newest;
	*(p->newest ? &p->newest->newer : &p->oldest) = peer;
	p->newest = peer;
	peer->is_idle = true;
	p->n_idle++;
}

static void forget(struct peers *p, struct peer *peer)
{
	struct peer **at = bucket_of(p, &peer->address);

	while (*at != peer)
		at = &(*at)->chain;
	*at = peer->chain;
	idle_remove(p, peer);
	p->n--;
	free(peer);
}

static struct peer *find(struct peers *p, const struct address *a)
{
	struct peer *peer = *bucket_of(p, a);

	while (peer && !address_eq(&peer->address, a))
		peer = peer->chain;
	return peer;
}

static struct peer *get(struct peers *p, const struct address *a)
{
	struct peer *peer = find(p, a), **bucket;

	if (peer)
		return peer;
	if (p->n_idle >= PEERS_MAX)
		forget(p, p->oldest);
	peer = calloc(1, sizeof(*peer));
	if (!peer)
		die_oom(sizeof(*peer));
	bucket = bucket_of(p, a);
	peer->address = *a;
	peer->units = p->burst;
	peer->chain = *bucket;
	*bucket = peer;
	p->n++;
	return peer;
}

bool peers_connect(struct peers *p, const struct address *a)
{
	struct address group = address_group(a);
	struct peer *peer = get(p, &group);

	if (peer->connections >= p->max_connections)
		return false;
	peer->connections++;
	idle_remove(p, peer);
	return true;
}

void peers_disconnect(struct peers *p, const struct address *a)
{
	struct address group = address_group(a);
	struct peer *peer = find(p, &group);

	if (!peer || peer->connections == 0)
		return;
	if (--peer->connections == 0)
		idle_add(p, peer);
}

static void refill(const struct peers *p, struct peer *peer, int64_t now_ms)
{
	int64_t passed = now_ms - peer->since_ms;

	if (passed > 0 && passed < p->burst / (p->rate ? p->rate : 1) + 1)
		peer->units += passed * p->rate;
	else if (passed > 0)
		peer->units = p->burst;
	if (peer->units > p->burst)
		peer->units = p->burst;
	peer->since_ms = now_ms;
}

unsigned peers_take(struct peers *p, const struct address *a, int64_t now_ms)
{
	struct address group = address_group(a);
	struct peer *peer;

	if (p->rate == 0)
		return 0;
	peer = get(p, &group);
	if (peer->since_ms == 0)
		peer->since_ms = now_ms;
	refill(p, peer, now_ms);
	if (peer->connections == 0)
		idle_add(p, peer); /* behind a proxy, or not counted */
	if (peer->units < UNITS)
		return (unsigned)((UNITS - peer->units + p->rate * 1000 - 1) / (p->rate * 1000));
	peer->units -= UNITS;
	return 0;
}

void peers_sweep(struct peers *p, int64_t now_ms)
{
	for (int i = 0; i < 1000 && p->oldest; i++) {
		struct peer *peer = p->oldest;

		if (p->rate) {
			refill(p, peer, now_ms);
			if (peer->units < p->burst)
				return; /* the others were here later still */
		}
		forget(p, peer);
	}
}

size_t peers_count(const struct peers *p)
{
	return p->n;
}
