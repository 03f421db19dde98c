/* SPDX-License-Identifier: Apache-2.0 */
/* hands.c - see hands.h. */
#include "base/hands.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

struct sharing {
	void (*work)(void *data, unsigned hand, size_t piece);
	void *data;
	size_t n_pieces;
	atomic_size_t next;
};

struct hand {
	struct sharing *sharing;
	unsigned number;
};

unsigned hands_told;

unsigned hands_count(void)
{
	long n = hands_told ? (long)hands_told : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > HANDS_MAX ? HANDS_MAX : (unsigned)n;
}

static void *run(void *data)
{
	const struct hand *h = data;
	struct sharing *s = h->sharing;
	size_t piece;

	while ((piece = atomic_fetch_add_explicit(&s->next, 1, memory_order_relaxed)) < s->n_pieces)
		s->work(s->data, h->number, piece);
	return NULL;
}

void hands_share(unsigned n_hands, size_t n_pieces,
		 void (*work)(void *data, unsigned hand, size_t piece), void *data)
{
	struct sharing s = {.work = work, .data = data, .n_pieces = n_pieces};
	struct hand hands[HANDS_MAX];
	pthread_t threads[HANDS_MAX];
	unsigned n = 0;

	for (unsigned k = 0; k < HANDS_MAX; k++)
		hands[k] = (struct hand){&s, k};
	while (n + 1 < n_hands && n + 1 < n_pieces && n + 1 < HANDS_MAX &&
	       pthread_create(&threads[n], NULL, run, &hands[n + 1]) == 0)
		n++;
	run(&hands[0]);
	while (n > 0)
		pthread_join(threads[--n], NULL);
}
