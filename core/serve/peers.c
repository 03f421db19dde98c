/* SPDX-License-Identifier: Apache-2.0 */
/*
 * peers.c - sets of a few entries each, chosen by a hash of the address.
 *
 * A set has a lock that is held for some nanoseconds and names its holder, so that one who dies
 * with it can be told from one who works. Pages that no address has come to are not there.
 */
#include "serve/peers.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>

#include "base/hash.h"

#define IDLE_MAX 65536 /* addresses remembered without a connection, about */
#define WAYS     16
#define FILL     12    /* entries a set, if all were there */
#define UNITS    60000 /* of one message: rate a minute is rate units a millisecond */
#define SPINS    100
#define PATIENCE 100000 /* spins: whoever holds a set for longer is stopped or dead */

struct peer {
	struct address address;
	uint32_t connections; /* of all workers; 0 with since_ms 0: no entry */
	int64_t units;        /* in the bucket */
	int64_t since_ms;
};

struct set {
	_Atomic uint32_t lock; /* 0, or the holder's number and one */
	struct peer ways[WAYS];
};

struct peers {
	struct peers_limits limits;
	uint64_t seed;
	size_t n_sets, bytes;
	_Atomic size_t n;
	struct set *sets;
	uint32_t *counts;      /* connections by worker and entry */
	_Atomic uint8_t *used; /* entries of each set, for the sweep */
};

/* Each process has its own copy of this. */
static unsigned self;

struct peers *peers_new(const struct peers_limits *limits)
{
	struct peers *p;
	size_t n_sets = 64, counts, used;
	char *at;

	while (n_sets * FILL < (size_t)limits->total + IDLE_MAX)
		n_sets *= 2;
	counts = (size_t)limits->n_workers * n_sets * WAYS * sizeof(*p->counts);
	used = n_sets;
	at = mmap(NULL, sizeof(*p) + n_sets * sizeof(struct set) + counts + used,
		  PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		die_oom(counts);
	p = (struct peers *)at;
	p->limits = *limits;
	p->limits.burst = limits->burst * UNITS;
	p->n_sets = n_sets;
	p->bytes = sizeof(*p) + n_sets * sizeof(struct set) + counts + used;
	p->sets = (struct set *)(at + sizeof(*p));
	p->counts = (uint32_t *)(p->sets + n_sets);
	p->used = (_Atomic uint8_t *)((char *)p->counts + counts);
	/* Only spreads the table; without randomness it still works. */
	if (getrandom(&p->seed, sizeof(p->seed), GRND_NONBLOCK) < 0)
		p->seed = (uintptr_t)p;
	return p;
}

void peers_be(struct peers *p, unsigned worker)
{
	self = worker < p->limits.n_workers ? worker : 0;
}

void peers_free(struct peers *p)
{
	if (p)
		munmap(p, p->bytes);
}

static bool try_lock(struct set *s, int spins)
{
	for (int i = 1; i <= spins; i++) {
		uint32_t free = 0;

		if (atomic_compare_exchange_weak_explicit(
			&s->lock, &free, self + 1, memory_order_acquire, memory_order_relaxed))
			return true;
		if (i % SPINS == 0)
			sched_yield();
	}
	return false;
}

static void lock(struct set *s)
{
	while (!try_lock(s, PATIENCE))
		;
}

static void unlock(struct set *s)
{
	atomic_store_explicit(&s->lock, 0, memory_order_release);
}

static struct set *set_of(struct peers *p, const struct address *a)
{
	return &p->sets[hash_seeded(a->bytes, sizeof(a->bytes), p->seed) & (p->n_sets - 1)];
}

static uint32_t *count_of(struct peers *p, const struct set *s, const struct peer *peer,
			  unsigned worker)
{
	size_t i = (size_t)(s - p->sets) * WAYS + (size_t)(peer - s->ways);

	return &p->counts[(size_t)worker * p->n_sets * WAYS + i];
}

static bool is_empty(const struct peer *peer)
{
	return peer->connections == 0 && peer->since_ms == 0;
}

static void forget(struct peers *p, struct set *s, struct peer *peer)
{
	memset(peer, 0, sizeof(*peer));
	atomic_fetch_sub(&p->used[s - p->sets], 1);
	atomic_fetch_sub(&p->n, 1);
}

static struct peer *find(struct set *s, const struct address *a)
{
	for (size_t i = 0; i < WAYS; i++)
		if (!is_empty(&s->ways[i]) && address_eq(&s->ways[i].address, a))
			return &s->ways[i];
	return NULL;
}

/* NULL only if all of the set have connections, which so many sets make next to impossible. */
static struct peer *get(struct peers *p, struct set *s, const struct address *a, int64_t now_ms)
{
	struct peer *peer = find(s, a), *oldest = NULL;

	for (size_t i = 0; !peer && i < WAYS; i++) {
		struct peer *other = &s->ways[i];

		if (is_empty(other)) {
			oldest = other;
			break;
		}
		if (other->connections == 0 && (!oldest || other->since_ms < oldest->since_ms))
			oldest = other;
	}
	if (peer || !oldest)
		return peer;
	if (!is_empty(oldest))
		forget(p, s, oldest);
	oldest->address = *a;
	oldest->units = p->limits.burst;
	oldest->since_ms = now_ms;
	atomic_fetch_add(&p->used[s - p->sets], 1);
	atomic_fetch_add(&p->n, 1);
	return oldest;
}

bool peers_connect(struct peers *p, const struct address *a)
{
	struct address group = address_group(a);
	struct set *s = set_of(p, &group);
	struct peer *peer;
	bool may = true;

	lock(s);
	/* A full bucket needs no time yet; 1 stands for "long ago". */
	peer = get(p, s, &group, 1);
	if (peer) {
		may = peer->connections < p->limits.connections;
		if (may) {
			peer->connections++;
			++*count_of(p, s, peer, self);
		}
	}
	unlock(s);
	return may;
}

void peers_disconnect(struct peers *p, const struct address *a)
{
	struct address group = address_group(a);
	struct set *s = set_of(p, &group);
	struct peer *peer;

	lock(s);
	peer = find(s, &group);
	if (peer && *count_of(p, s, peer, self) > 0) {
		--*count_of(p, s, peer, self);
		peer->connections--;
	}
	unlock(s);
}

static uint8_t count_used(const struct set *s)
{
	uint8_t n = 0;

	for (size_t i = 0; i < WAYS; i++)
		n += !is_empty(&s->ways[i]);
	return n;
}

bool peers_bury(struct peers *p, unsigned worker)
{
	bool is_whole = true;

	for (size_t i = 0; i < p->n_sets; i++) {
		struct set *s = &p->sets[i];
		uint32_t its = worker + 1;

		/* It may have been in the middle of something: see how many there are. */
		if (!atomic_compare_exchange_strong(&s->lock, &its, 0) &&
		    atomic_load(&p->used[i]) == 0)
			continue;
		if (!try_lock(s, PATIENCE)) {
			is_whole = false;
			continue;
		}
		atomic_store(&p->used[i], count_used(s));
		for (size_t k = 0; k < WAYS; k++) {
			struct peer *peer = &s->ways[k];

			*count_of(p, s, peer, worker) = 0;
			/* Not what it had less: it may have raised one figure and not the other. */
			peer->connections = 0;
			for (unsigned w = 0; w < p->limits.n_workers; w++)
				peer->connections += *count_of(p, s, peer, w);
		}
		unlock(s);
	}
	return is_whole;
}

static void refill(const struct peers *p, struct peer *peer, int64_t now_ms)
{
	int64_t passed = now_ms - peer->since_ms, rate = p->limits.rate, burst = p->limits.burst;

	if (passed > 0 && passed < burst / (rate ? rate : 1) + 1)
		peer->units += passed * rate;
	else if (passed > 0)
		peer->units = burst;
	if (peer->units > burst)
		peer->units = burst;
	peer->since_ms = now_ms;
}

unsigned peers_take(struct peers *p, const struct address *a, int64_t now_ms)
{
	struct address group;
	struct set *s;
	struct peer *peer;
	int64_t rate = p->limits.rate;
	unsigned wait = 0;

	if (rate == 0)
		return 0;
	group = address_group(a);
	s = set_of(p, &group);
	lock(s);
	peer = get(p, s, &group, now_ms);
	if (peer) {
		refill(p, peer, now_ms);
		if (peer->units >= UNITS)
			peer->units -= UNITS;
		else
			wait = (unsigned)((UNITS - peer->units + rate * 1000 - 1) / (rate * 1000));
	}
	unlock(s);
	return wait;
}

void peers_sweep(struct peers *p, int64_t now_ms)
{
	for (size_t i = 0; i < p->n_sets; i++) {
		struct set *s = &p->sets[i];

		if (atomic_load_explicit(&p->used[i], memory_order_relaxed) == 0)
			continue;
		lock(s);
		for (size_t k = 0; k < WAYS; k++) {
			struct peer *peer = &s->ways[k];

			if (is_empty(peer) || peer->connections > 0)
				continue;
			refill(p, peer, now_ms);
			if (p->limits.rate == 0 || peer->units >= p->limits.burst)
				forget(p, s, peer);
		}
		unlock(s);
	}
}

size_t peers_count(const struct peers *p)
{
	return atomic_load(&p->n);
}
