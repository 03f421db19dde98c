/* SPDX-License-Identifier: Apache-2.0 */
/* train-read.c - a share of the examples for each thread; see train-read.h. */
#include "nlu/train-read.h"

#include <pthread.h>

#include "nlu/linear.h"

#define BLOCK (1 << 20) /* of a thread's arena */
/* What is learnt from less is read by one. */
#define SHARE_LEAST 1000

struct share {
	const struct train_texts *texts;
	const struct lens *lens;
	struct arena *arena;
	size_t from, to;
	bool *is_bad;
};

void train_texts_add(struct train_texts *t, struct view text, uint32_t label)
{
	*vec_push(&t->texts) = text;
	*vec_push(&t->labels) = label;
}

static void *read_share(void *data)
{
	const struct share *s = data;

	for (size_t i = s->from; i < s->to; i++)
		s->is_bad[i] = reading_make(s->lens, s->arena, s->texts->texts.items[i],
					    &s->texts->readings[i]) < 0;
	return NULL;
}

/* Those that could be read stand first. */
static size_t close_up(struct train_texts *t, const bool *is_bad)
{
	size_t n = 0;

	for (size_t i = 0; i < t->texts.n; i++) {
		if (is_bad[i])
			continue;
		t->readings[n] = t->readings[i];
		t->labels.items[n++] = t->labels.items[i];
	}
	return n;
}

void train_texts_read(struct train_texts *t, const struct lens *lens, struct train_set *ret)
{
	unsigned n_shares = linear_threads(), n_threads = 0;
	struct share shares[TRAIN_READERS_MAX];
	pthread_t threads[TRAIN_READERS_MAX];
	size_t n = t->texts.n;
	bool *is_bad;

	if (n_shares > TRAIN_READERS_MAX)
		n_shares = TRAIN_READERS_MAX;
	if (n < SHARE_LEAST)
		n_shares = 1;
	for (unsigned k = 0; k < n_shares; k++)
		arena_init(&t->arenas[k], BLOCK);
	t->readings = ARENA_ARRAY(&t->arenas[0], n + 1, struct reading);
	is_bad = ARENA_ARRAY(&t->arenas[0], n + 1, bool);
	for (unsigned k = 0; k < n_shares; k++)
		shares[k] = (struct share){
		    t, lens, &t->arenas[k], n * k / n_shares, n * (k + 1) / n_shares, is_bad};
	while (n_threads + 1 < n_shares &&
	       pthread_create(&threads[n_threads], NULL, read_share, &shares[n_threads + 1]) == 0)
		n_threads++;
	read_share(&shares[0]);
	/* Those for which there was no thread. */
	for (unsigned k = n_threads + 1; k < n_shares; k++)
		read_share(&shares[k]);
	while (n_threads > 0)
		pthread_join(threads[--n_threads], NULL);
	ret->n = close_up(t, is_bad);
	ret->readings = t->readings;
	ret->labels = t->labels.items;
}

void train_texts_done(struct train_texts *t)
{
	for (unsigned k = 0; k < TRAIN_READERS_MAX; k++)
		arena_done(&t->arenas[k]);
	vec_done(&t->texts);
	vec_done(&t->labels);
}
