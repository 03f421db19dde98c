/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trie.h - an automaton over symbols (characters, syllables): which known words start here?
 *
 * States are numbers, 0 is the root; edges stand in one hash table, so a step costs one look-up
 * whatever the number of words. Built once, then read-only and shared.
 */
#ifndef NLU_TRIE_H
#define NLU_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trie_edge {
	uint32_t state, symbol;
	uint32_t next; /* 0: the place is free */
};

struct trie {
	struct trie_edge *edges;
	size_t n_edges, n_places; /* n_places is a power of two */
	uint32_t *values;         /* one a state; 0: no word ends here */
	size_t n_states, cap_states;
	uint64_t
	    first[64]; /* a bit for symbol & 4095 of every first symbol: most texts stop here */
};

void trie_init(struct trie *t);
void trie_done(struct trie *t);
size_t trie_bytes(const struct trie *t);
/* The value of a word, made 0 if the word is new. It moves with the next call. n > 0. */
uint32_t *trie_put(struct trie *t, const uint32_t *symbols, size_t n);

/* The state behind `symbol`, 0 if no word goes on so. */
static inline uint32_t trie_step(const struct trie *t, uint32_t state, uint32_t symbol)
{
	size_t at;

	if (state == 0 && !(t->first[symbol >> 6 & 63] >> (symbol & 63) & 1))
		return 0;
	at = (state * 0x9e3779b1u ^ symbol * 0x85ebca6bu);
	at ^= at >> 15;
	for (;; at++) {
		const struct trie_edge *e = &t->edges[at & (t->n_places - 1)];

		if (e->next == 0 || (e->state == state && e->symbol == symbol))
			return e->next;
	}
}

#endif
