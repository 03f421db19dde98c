/* SPDX-License-Identifier: Apache-2.0 */
/* train-read.c - pieces of the examples for each thread; see train-read.h. */
#include "nlu/train-read.h"

#define BLOCK (1 << 20) /* of a thread's arena */
#define PIECE 64        /* examples at a time */

struct work {
	struct train_texts *texts;
	const struct lens *lens;
	bool *is_bad;
};

void train_texts_add(struct train_texts *t, struct view text, uint32_t label)
{
	*vec_push(&t->texts) = text;
	*vec_push(&t->labels) = label;
}

static void read_piece(void *data, unsigned hand, size_t piece)
{
	const struct work *w = data;
	struct train_texts *t = w->texts;

	for (size_t i = piece * PIECE; i < t->texts.n && i < (piece + 1) * PIECE; i++)
		w->is_bad[i] =
		    reading_make(w->lens, &t->arenas[hand], t->texts.items[i], &t->readings[i]) < 0;
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
	struct work w = {t, lens, NULL};
	size_t n = t->texts.n;

	for (unsigned k = 0; k < HANDS_MAX; k++)
		arena_init(&t->arenas[k], BLOCK);
	t->readings = ARENA_ARRAY(&t->arenas[0], n + 1, struct reading);
	w.is_bad = ARENA_ARRAY(&t->arenas[0], n + 1, bool);
	hands_share(hands_count(), (n + PIECE - 1) / PIECE, read_piece, &w);
	ret->n = close_up(t, w.is_bad);
	ret->readings = t->readings;
	ret->labels = t->labels.items;
}

void train_texts_done(struct train_texts *t)
{
	for (unsigned k = 0; k < HANDS_MAX; k++)
		arena_done(&t->arenas[k]);
	vec_done(&t->texts);
	vec_done(&t->labels);
}
