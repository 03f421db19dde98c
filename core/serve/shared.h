/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shared.h - the few figures that workers see of each other: memory shared by processes forked
 * after shared_new(). Each writes only what is its own.
 */
#ifndef SERVE_SHARED_H
#define SERVE_SHARED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shared_worker {
	_Alignas(64) _Atomic uint32_t n_conns; /* open connections */
	_Atomic uint32_t beats;                /* grows each second while its loop turns */
	_Atomic uint32_t accepts;              /* it takes new ones */
};

struct shared {
	unsigned n;
	struct shared_worker workers[];
};

struct shared *shared_new(unsigned n);
void shared_free(struct shared *s);

/* Connections of all together. */
static inline size_t shared_connections(const struct shared *s)
{
	size_t sum = 0;

	for (unsigned i = 0; i < s->n; i++)
		sum += atomic_load_explicit(&s->workers[i].n_conns, memory_order_relaxed);
	return sum;
}

/* Has this one no more connections than the others, or hardly more? Then it takes the next. */
static inline bool shared_is_turn(const struct shared *s, unsigned self)
{
	uint32_t own = atomic_load_explicit(&s->workers[self].n_conns, memory_order_relaxed);
	uint32_t least = own, n;

	for (unsigned i = 0; i < s->n; i++) {
		n = atomic_load_explicit(&s->workers[i].n_conns, memory_order_relaxed);
		if (n < least && atomic_load_explicit(&s->workers[i].accepts, memory_order_relaxed))
			least = n;
	}
	return own <= least + 4 + least / 64;
}

#endif
