/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear-rows.c - see linear-rows.h.
 *
 * Each hand counts the features it meets in shelves of its own, by the first bits of their hashes;
 * then each shelf is put together from those of all hands, by one of them. What an example has is
 * kept as numbers in the shelves of the hand that read it, until they become columns.
 */
#include "nlu/linear-rows.h"

#include <math.h>
#include <stdlib.h>

#include "base/blank.h"
#include "base/hands.h"
#include "base/vec.h"

#define PIECE 64 /* examples at a time */
/* Shelves; a feature's number is its shelf's with its own in there. */
#define SHELF_BITS  5
#define SHELVES     (1u << SHELF_BITS)
#define NUMBER_BITS (32 - SHELF_BITS)
#define PLACES      1024 /* of a shelf, at first */

struct place {
	uint64_t hash; /* 0: free */
	uint32_t count, number;
};

struct shelf {
	struct place *places;
	size_t mask;
	uint32_t n;
	uint32_t *columns; /* by number, + 1; 0: left out */
};

struct hand {
	struct arena scratch, kept;
	struct shelf shelves[SHELVES];
	uint32_t *of_parts; /* how many examples of each judged part have a column */
};

/* What an example has: numbers at first, then columns + 1 or 0. */
struct entry {
	uint32_t *features;
	uint32_t n[FEATURE_VIEWS];
	uint32_t hand;
	uint32_t n_kept, n_kept_typed;
	uint32_t row; /* where it goes; a typed copy is behind it */
};

struct making {
	const struct train_set *set;
	const struct row_rules *rules;
	const struct train_parts *parts;
	struct arena *arena;
	struct hand *hands;
	unsigned n_hands;
	struct entry *entries;
	VEC(uint64_t) hashes[SHELVES]; /* of columns, in order */
	size_t first[SHELVES + 1];     /* column of each shelf */
	uint64_t *hash_of;             /* by column, as the next two */
	uint32_t *count_of;
	float *idf;
	uint32_t *of_parts; /* [n_parts][n_columns] */
	uint32_t *judged;   /* where an example is judged; by example */
	struct linear_rows *ret;
	struct fit_node *nodes, *judged_nodes;
	uint32_t *labels;
};

/* ---- counting ---- */

static size_t find(const struct shelf *s, uint64_t hash)
{
	/* The lowest bit is always set. */
	size_t at = (hash >> 1) & s->mask;

	while (s->places[at].hash && s->places[at].hash != hash)
		at = (at + 1) & s->mask;
	return at;
}

static void shelf_begin(struct shelf *s, size_t n_places)
{
	s->mask = n_places - 1;
	s->places = blank(n_places, sizeof(*s->places));
}

static void grow(struct shelf *s)
{
	struct shelf larger = {.n = s->n};

	shelf_begin(&larger, 2 * (s->mask + 1));
	for (size_t i = 0; i <= s->mask; i++)
		if (s->places[i].hash)
			larger.places[find(&larger, s->places[i].hash)] = s->places[i];
	free(s->places);
	*s = larger;
}

static struct place *add(struct shelf *s, uint64_t hash, uint32_t count)
{
	struct place *p = &s->places[find(s, hash)];

	if (!p->hash) {
		if (s->n >= (s->mask + 1) / 4 * 3) {
			grow(s);
			p = &s->places[find(s, hash)];
		}
		*p = (struct place){.hash = hash, .number = s->n++};
	}
	p->count += count;
	return p;
}

static uint32_t shelf_of(uint64_t hash)
{
	return (uint32_t)(hash >> (64 - SHELF_BITS));
}

static void find_features(struct making *m, struct hand *h, size_t i)
{
	struct entry *e = &m->entries[i];
	struct features f;
	uint32_t *out;
	size_t n = 0;

	arena_reset(&h->scratch);
	features_make(&m->rules->features, &h->scratch, &m->set->readings[i], &f);
	for (int v = 0; v < FEATURE_VIEWS; v++) {
		e->n[v] = (uint32_t)f.n[v];
		n += f.n[v];
		/* All are asked for before the first is waited for. */
		for (size_t k = 0; k < f.n[v]; k++) {
			const struct shelf *s = &h->shelves[shelf_of(f.hashes[v][k])];

			__builtin_prefetch(&s->places[(f.hashes[v][k] >> 1) & s->mask]);
		}
	}
	out = e->features = ARENA_ARRAY(&h->kept, n + 1, uint32_t);
	for (int v = 0; v < FEATURE_VIEWS; v++)
		for (size_t k = 0; k < f.n[v]; k++) {
			uint32_t shelf = shelf_of(f.hashes[v][k]);

			*out++ = shelf << NUMBER_BITS |
				 add(&h->shelves[shelf], f.hashes[v][k], 1)->number;
		}
}

static void find_piece(void *data, unsigned hand, size_t piece)
{
	struct making *m = data;

	for (size_t i = piece * PIECE; i < m->set->n && i < (piece + 1) * PIECE; i++) {
		m->entries[i].hand = hand;
		find_features(m, &m->hands[hand], i);
	}
}

/* ---- columns ---- */

static int compare_hashes(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return (a > b) - (a < b);
}

/* The counts of all hands; the first one's shelf gets them. */
static void merge_shelf(void *data, unsigned hand, size_t number)
{
	struct making *m = data;
	struct shelf *all = &m->hands[0].shelves[number];

	(void)hand;
	for (unsigned k = 1; k < m->n_hands; k++) {
		const struct shelf *s = &m->hands[k].shelves[number];

		for (size_t i = 0; i <= s->mask; i++)
			if (s->places[i].hash)
				add(all, s->places[i].hash, s->places[i].count);
	}
	for (size_t i = 0; i <= all->mask; i++)
		if (all->places[i].hash && all->places[i].count >= m->rules->min_count)
			*vec_push(&m->hashes[number]) = all->places[i].hash;
	if (m->hashes[number].n)
		qsort(m->hashes[number].items, m->hashes[number].n, sizeof(uint64_t),
		      compare_hashes);
}

static void number_columns(struct shelf *all, struct shelf *s)
{
	s->columns = blank(s->n, sizeof(*s->columns));
	for (size_t i = 0; i <= s->mask; i++)
		if (s->places[i].hash)
			s->columns[s->places[i].number] =
			    all->columns[all->places[find(all, s->places[i].hash)].number];
}

static void number_shelf(void *data, unsigned hand, size_t number)
{
	struct making *m = data;
	struct shelf *all = &m->hands[0].shelves[number];
	size_t column = m->first[number];

	(void)hand;
	all->columns = blank(all->n, sizeof(*all->columns));
	for (size_t i = 0; i < m->hashes[number].n; i++, column++) {
		const struct place *p = &all->places[find(all, m->hashes[number].items[i])];

		m->hash_of[column] = p->hash;
		m->count_of[column] = p->count;
		m->idf[column] = 1.0f + logf((1.0f + (float)m->set->n) / (1.0f + (float)p->count));
		all->columns[p->number] = (uint32_t)column + 1;
	}
	for (unsigned k = 1; k < m->n_hands; k++)
		number_columns(all, &m->hands[k].shelves[number]);
	vec_done(&m->hashes[number]);
}

static void make_columns(struct making *m)
{
	size_t n;

	hands_share(m->n_hands, SHELVES, merge_shelf, m);
	for (unsigned k = 0; k < SHELVES; k++)
		m->first[k + 1] = m->first[k] + m->hashes[k].n;
	n = m->ret->n_columns = m->first[SHELVES];
	m->hash_of = ARENA_ARRAY(m->arena, n + 1, uint64_t);
	m->count_of = ARENA_ARRAY(m->arena, n + 1, uint32_t);
	m->idf = ARENA_ARRAY(m->arena, n + 1, float);
	hands_share(m->n_hands, SHELVES, number_shelf, m);
}

/* ---- rows ---- */

static bool is_judged(const struct making *m, size_t i)
{
	return m->parts && m->parts->part[i] < m->parts->n_parts;
}

static bool is_typed_too(const struct making *m, size_t i)
{
	return m->rules->typed_every && i % m->rules->typed_every == 0 &&
	       m->rules->features.longest[FEATURE_SOUNDS];
}

static bool is_typed_view(int view)
{
	return view == FEATURE_SOUNDS || view == FEATURE_CUES;
}

/* Numbers become columns. */
static void translate(struct making *m, struct hand *h, size_t i)
{
	struct entry *e = &m->entries[i];
	const struct shelf *shelves = m->hands[e->hand].shelves;
	uint32_t *x = e->features,
		 *of_part =
		     is_judged(m, i) ? h->of_parts + m->parts->part[i] * m->ret->n_columns : NULL;

	for (int v = 0; v < FEATURE_VIEWS; v++)
		for (uint32_t k = 0; k < e->n[v]; k++, x++) {
			*x = shelves[*x >> NUMBER_BITS].columns[*x & ((1u << NUMBER_BITS) - 1)];
			e->n_kept += *x > 0;
			e->n_kept_typed += *x > 0 && is_typed_view(v);
			if (*x && of_part)
				of_part[*x - 1]++;
		}
}

static void translate_piece(void *data, unsigned hand, size_t piece)
{
	struct making *m = data;
	size_t n = m->parts ? m->parts->n_parts * m->ret->n_columns : 0;

	if (!m->hands[hand].of_parts)
		m->hands[hand].of_parts = blank(n, sizeof(uint32_t));
	for (size_t i = piece * PIECE; i < m->set->n && i < (piece + 1) * PIECE; i++)
		translate(m, &m->hands[hand], i);
}

/* How much room each row takes. */
static void place_rows(struct making *m)
{
	struct fit_data *d = &m->ret->data;
	struct fit_judged *j = &m->ret->judged;
	uint32_t *at, *judged_at, *examples;
	uint8_t *parts, *parts_of_judged;
	size_t n = m->set->n;

	d->at = at = ARENA_ARRAY(m->arena, 2 * n + 1, uint32_t);
	d->labels = m->labels = ARENA_ARRAY(m->arena, 2 * n, uint32_t);
	j->parts = parts = ARENA_ARRAY(m->arena, 2 * n, uint8_t);
	j->at = judged_at = ARENA_ARRAY(m->arena, n + 1, uint32_t);
	j->parts_of_judged = parts_of_judged = ARENA_ARRAY(m->arena, n, uint8_t);
	m->ret->examples = examples = ARENA_ARRAY(m->arena, n, uint32_t);
	for (size_t i = 0; i < n; i++) {
		struct entry *e = &m->entries[i];

		e->row = (uint32_t)d->n_rows;
		for (int typed = 0; typed <= is_typed_too(m, i); typed++) {
			parts[d->n_rows] = m->parts ? m->parts->part[i] : 0;
			m->labels[d->n_rows] = m->set->labels[i];
			at[d->n_rows + 1] =
			    at[d->n_rows] + (typed ? e->n_kept_typed : e->n_kept) + 1;
			d->n_rows++;
		}
		if (!is_judged(m, i))
			continue;
		m->judged[i] = (uint32_t)j->n_rows;
		examples[j->n_rows] = (uint32_t)i;
		parts_of_judged[j->n_rows] = m->parts->part[i];
		judged_at[j->n_rows + 1] = judged_at[j->n_rows] + e->n_kept + 1;
		j->n_rows++;
	}
	d->nodes = m->nodes = room_large(at[d->n_rows], sizeof(*m->nodes));
	j->nodes = m->judged_nodes =
	    ARENA_ARRAY(m->arena, judged_at[j->n_rows] + 1, struct fit_node);
}

/* What is known without the examples of the part; NULL: with all. */
struct known {
	const uint32_t *of_part;
	const uint32_t *counts;
	unsigned least;
};

static bool is_known(const struct known *k, uint32_t column)
{
	return !k || k->counts[column] - k->of_part[column] >= k->least;
}

/* One view of one example, scaled to the view's weight. Gives how many of its features are known.
 */
static uint32_t put_view(const struct making *m, const uint32_t *columns, uint32_t n, float weight,
			 const struct known *known, struct fit_node **out)
{
	struct fit_node *first = *out, *to = first;
	float square = 0, scale;
	uint32_t n_known = 0;

	for (uint32_t k = 0; k < n; k++) {
		uint32_t column = columns[k] - 1;
		float value;

		if (!columns[k])
			continue;
		value = is_known(known, column) ? m->idf[column] : 0;
		n_known += value > 0;
		square += value * value;
		*to++ = (struct fit_node){column, value};
	}
	scale = square > 0 ? weight / sqrtf(square) : 0;
	for (struct fit_node *p = first; p < to; p++)
		p->value *= scale;
	*out = to;
	return n_known;
}

static void put_row(const struct making *m, const struct entry *e, bool is_typed,
		    struct fit_node *out)
{
	const uint32_t *x = e->features;

	for (int v = 0; v < FEATURE_VIEWS; x += e->n[v++])
		if (!is_typed || is_typed_view(v))
			put_view(m, x, e->n[v], m->rules->view_weight[v], NULL, &out);
	*out = (struct fit_node){(uint32_t)m->ret->n_columns, 1};
}

/* As a question is asked that was not learnt from. */
static void put_judged(const struct making *m, size_t i, struct fit_node *out)
{
	const struct entry *e = &m->entries[i];
	const uint32_t *x = e->features;
	struct evidence *evidence = &m->parts->evidence[i];
	struct known known = {m->of_parts + m->parts->part[i] * m->ret->n_columns, m->count_of,
			      m->rules->min_count};

	*evidence = (struct evidence){0, 0};
	for (int v = 0; v < FEATURE_VIEWS; x += e->n[v++]) {
		uint32_t n = put_view(m, x, e->n[v], m->rules->view_weight[v], &known, &out);

		if ((v == FEATURE_CHARS || v == FEATURE_SOUNDS) && e->n[v]) {
			evidence->known = fmaxf(evidence->known, (float)n / (float)e->n[v]);
			evidence->n_known += n;
		}
	}
	*out = (struct fit_node){(uint32_t)m->ret->n_columns, 1};
}

static void put_piece(void *data, unsigned hand, size_t piece)
{
	struct making *m = data;
	const struct fit_data *d = &m->ret->data;

	(void)hand;
	for (size_t i = piece * PIECE; i < m->set->n && i < (piece + 1) * PIECE; i++) {
		const struct entry *e = &m->entries[i];

		put_row(m, e, false, m->nodes + d->at[e->row]);
		if (is_typed_too(m, i))
			put_row(m, e, true, m->nodes + d->at[e->row + 1]);
		if (is_judged(m, i))
			put_judged(m, i, m->judged_nodes + m->ret->judged.at[m->judged[i]]);
	}
}

static void sum_parts(struct making *m)
{
	size_t n = m->parts ? m->parts->n_parts * m->ret->n_columns : 0;

	m->of_parts = ARENA_ARRAY(m->arena, n + 1, uint32_t);
	for (unsigned k = 0; k < m->n_hands; k++)
		for (size_t i = 0; m->hands[k].of_parts && i < n; i++)
			m->of_parts[i] += m->hands[k].of_parts[i];
}

static void make_rows(struct making *m)
{
	size_t n_pieces = (m->set->n + PIECE - 1) / PIECE;

	hands_share(m->n_hands, n_pieces, translate_piece, m);
	sum_parts(m);
	place_rows(m);
	hands_share(m->n_hands, n_pieces, put_piece, m);
}

/* ---- all ---- */

static void hand_begin(struct hand *h)
{
	arena_init(&h->scratch, 1 << 16);
	arena_init(&h->kept, 1 << 20);
	for (unsigned k = 0; k < SHELVES; k++)
		shelf_begin(&h->shelves[k], PLACES);
}

static void hand_end(struct hand *h)
{
	arena_done(&h->scratch);
	arena_done(&h->kept);
	for (unsigned k = 0; k < SHELVES; k++) {
		free(h->shelves[k].places);
		free(h->shelves[k].columns);
	}
	free(h->of_parts);
}

void linear_rows_make(struct arena *a, const struct train_set *set, const struct row_rules *rules,
		      const struct train_parts *parts, struct linear_rows *ret)
{
	struct hand hands[HANDS_MAX] = {{.of_parts = NULL}};
	struct making m = {.set = set,
			   .rules = rules,
			   .parts = parts,
			   .arena = a,
			   .hands = hands,
			   .n_hands = hands_count(),
			   .entries = ARENA_ARRAY(a, set->n, struct entry),
			   .judged = ARENA_ARRAY(a, set->n, uint32_t),
			   .ret = ret};

	*ret = (struct linear_rows){.n_columns = 0};
	for (unsigned k = 0; k < m.n_hands; k++)
		hand_begin(&hands[k]);
	hands_share(m.n_hands, (set->n + PIECE - 1) / PIECE, find_piece, &m);
	make_columns(&m);
	make_rows(&m);
	for (unsigned k = 0; k < m.n_hands; k++)
		hand_end(&hands[k]);
	ret->hashes = m.hash_of;
	ret->idf = m.idf;
	ret->data.n_columns = ret->n_columns + 1;
	if (parts) {
		ret->judged.n_parts = parts->n_parts;
		ret->data.judged = &ret->judged;
	}
}

void linear_rows_done(struct linear_rows *r)
{
	free((struct fit_node *)r->data.nodes);
}
