/* SPDX-License-Identifier: Apache-2.0 */
/* trie.c - building the automaton of trie.h. */
#include "nlu/trie.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static void *alloc_zero(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (!p)
		die_oom(n * size);
	return p;
}

void trie_init(struct trie *t)
{
	memset(t, 0, sizeof(*t));
	t->n_places = 64;
	t->edges = alloc_zero(t->n_places, sizeof(*t->edges));
	t->cap_states = 32;
	t->values = alloc_zero(t->cap_states, sizeof(*t->values));
	t->n_states = 1;
}

void trie_done(struct trie *t)
{
	free(t->edges);
	free(t->values);
	memset(t, 0, sizeof(*t));
}

size_t trie_bytes(const struct trie *t)
{
	return t->n_places * sizeof(*t->edges) + t->cap_states * sizeof(*t->values);
}

static void put_edge(struct trie *t, struct trie_edge e)
{
	size_t at = (e.state * 0x9e3779b1u ^ e.symbol * 0x85ebca6bu);

	at ^= at >> 15;
	while (t->edges[at & (t->n_places - 1)].next)
		at++;
	t->edges[at & (t->n_places - 1)] = e;
}

static void grow_edges(struct trie *t)
{
	struct trie_edge *old = t->edges;
	size_t n_old = t->n_places;

	t->n_places *= 2;
	t->edges = alloc_zero(t->n_places, sizeof(*t->edges));
	for (size_t i = 0; i < n_old; i++)
		if (old[i].next)
			put_edge(t, old[i]);
	free(old);
}

static uint32_t add_state(struct trie *t)
{
	if (t->n_states == t->cap_states) {
		uint32_t *more = alloc_zero(t->cap_states * 2, sizeof(*more));

		memcpy(more, t->values, t->n_states * sizeof(*more));
		free(t->values);
		t->values = more;
		t->cap_states *= 2;
	}
	return (uint32_t)t->n_states++;
}

uint32_t *trie_put(struct trie *t, const uint32_t *symbols, size_t n)
{
	uint32_t state = 0;

	t->first[symbols[0] >> 6 & 63] |= (uint64_t)1 << (symbols[0] & 63);
	for (size_t i = 0; i < n; i++) {
		uint32_t next = trie_step(t, state, symbols[i]);

		if (!next) {
			if (2 * (t->n_edges + 1) > t->n_places)
				grow_edges(t);
			next = add_state(t);
			put_edge(t, (struct trie_edge){state, symbols[i], next});
			t->n_edges++;
		}
		state = next;
	}
	return &t->values[state];
}
