/* SPDX-License-Identifier: Apache-2.0 */
/* linear-fit.c - dual coordinate descent; see linear-fit.h. */
#include "nlu/linear-fit.h"

#include <stdlib.h>
#include <string.h>

#include "base/blank.h"
#include "base/hands.h"
#include "nlu/random.h"

/* Products and sums are rounded apart: AVX-512 brings fused ones along. */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#else
#pragma GCC optimize("fp-contract=off")
#endif

#define PIECE 1024 /* rows at a time */

typedef float lanes __attribute__((vector_size(LINEAR_FIT_LANES * 4)));
typedef int32_t masks __attribute__((vector_size(LINEAR_FIT_LANES * 4)));

bool linear_fit_is_plain;

/* What all labels share. */
struct work {
	const struct fit_data *data;
	const struct fit_options *options;
	float *squares; /* of each row's length */
	float *weights;
	const struct flavour *flavour;
	struct group *groups; /* one a thread */
};

/* One group of labels after another. */
struct group {
	const struct work *work;
	size_t number;
	lanes *weights, *alphas;
	lanes *part_weights, *part_alphas; /* in their place while a part is judged */
	uint32_t *order, *awake;           /* all rows; those that do not rest this round */
	size_t n_order, n_awake;
	bool *rests; /* one a row: nothing changed when it was last looked at */
};

#define INLINE static inline __attribute__((always_inline))

INLINE void mark(const struct group *g, uint32_t label, lanes *sign)
{
	if (label / LINEAR_FIT_LANES == g->number)
		(*sign)[label % LINEAR_FIT_LANES] = 1;
}

INLINE bool any_set(const masks *m)
{
	int32_t any = 0;

	for (size_t k = 0; k < LINEAR_FIT_LANES; k++)
		any |= (*m)[k];
	return any != 0;
}

/* Four sums, as each addition waits for the one before; each has a name, so that it needs no
 * memory.
 */
INLINE void add_up(const lanes *w, const struct fit_node *n, const struct fit_node *to, lanes *ret)
{
	lanes a = {0}, b = {0}, c = {0}, d = {0};

	for (; n + 4 <= to; n += 4) {
		a += w[n[0].column] * n[0].value;
		b += w[n[1].column] * n[1].value;
		c += w[n[2].column] * n[2].value;
		d += w[n[3].column] * n[3].value;
	}
	for (; n < to; n++)
		a += w[n->column] * n->value;
	*ret = (a + b) + (c + d);
}

/* The weights of the row after this one are on their way while this one's are worked on, and the
 * row that is asked for them was on its way before. */
INLINE void ask_ahead(const struct group *g, size_t k)
{
	const struct fit_data *d = g->work->data;

	if (k + 2 < g->n_awake) {
		uint32_t row = g->awake[k + 2];

		for (uint32_t i = d->at[row]; i < d->at[row + 1]; i += 64 / sizeof(*d->nodes))
			__builtin_prefetch(&d->nodes[i]);
	}
	if (k + 1 < g->n_awake) {
		uint32_t row = g->awake[k + 1];

		__builtin_prefetch(&g->alphas[row]);
		for (uint32_t i = d->at[row]; i < d->at[row + 1]; i++)
			__builtin_prefetch(&g->weights[d->nodes[i].column]);
	}
}

/* Once over the rows that are awake; how far the farthest strayed from where it should be. */
INLINE float pass(const struct group *g)
{
	const struct fit_data *d = g->work->data;
	float most = 0;
	const lanes zero = {0};
	lanes *w = g->weights, worst = zero;

	for (size_t k = 0; k < g->n_awake; k++) {
		uint32_t row = g->awake[k], label = d->labels[row];
		const struct fit_node *from = d->nodes + d->at[row],
				      *to = d->nodes + d->at[row + 1];
		float cost = g->work->options->cost * (d->counts ? d->counts[row] : 1);
		float diagonal = 1 / (2 * cost), step = 1 / (g->work->squares[row] + diagonal);
		lanes sum, sign = zero - 1, a = g->alphas[row], slope, moved, strayed;
		masks any;

		ask_ahead(g, k);
		add_up(w, from, to, &sum);
		mark(g, label, &sign);
		if (d->kin)
			mark(g, d->kin[label], &sign);
		slope = sign * sum - 1 + a * diagonal;
		/* At the border only the way inside counts. */
		strayed = (lanes)((masks)slope & ((a > zero) | (slope < zero)) & 0x7fffffff);
		any = strayed > worst;
		worst = (lanes)(((masks)strayed & any) | ((masks)worst & ~any));
		moved = a - slope * step;
		moved = (lanes)((masks)moved & (moved > zero));
		g->alphas[row] = moved;
		moved = (moved - a) * sign;
		/* Four rows in ten change nothing. */
		any = (masks)(moved != zero);
		g->rests[row] = !any_set(&any);
		if (g->rests[row])
			continue;
		for (const struct fit_node *n = from; n < to; n++)
			w[n->column] += moved * n->value;
	}
	for (size_t k = 0; k < LINEAR_FIT_LANES; k++)
		most = worst[k] > most ? worst[k] : most;
	return most;
}

/* As if the row had never been there: its share of the weights is taken off. */
INLINE void forget_row(const struct group *g, uint32_t row)
{
	const struct fit_data *d = g->work->data;
	const lanes zero = {0};
	lanes sign = zero - 1, share;

	mark(g, d->labels[row], &sign);
	if (d->kin)
		mark(g, d->kin[d->labels[row]], &sign);
	share = g->alphas[row] * sign;
	g->alphas[row] = zero;
	for (uint32_t i = d->at[row]; i < d->at[row + 1]; i++)
		g->weights[d->nodes[i].column] -= share * d->nodes[i].value;
}

INLINE void forget(const struct group *g, unsigned part)
{
	for (uint32_t i = 0; i < g->work->data->n_rows; i++)
		if (g->work->data->judged->parts[i] == part)
			forget_row(g, i);
}

INLINE void judge(const struct group *g, unsigned part)
{
	const struct fit_judged *j = g->work->data->judged;
	size_t stride = linear_fit_stride(g->work->data->n_labels);

	for (size_t i = 0; i < j->n_rows; i++)
		if (j->parts_of_judged[i] == part) {
			lanes sum;

			add_up(g->weights, j->nodes + j->at[i], j->nodes + j->at[i + 1], &sum);
			memcpy(j->margins + i * stride + g->number * LINEAR_FIT_LANES, &sum,
			       sizeof(sum));
		}
}

/* All that goes through nodes, as the processor does it best. */
struct flavour {
	float (*pass)(const struct group *g);
	void (*forget)(const struct group *g, unsigned part);
	void (*judge)(const struct group *g, unsigned part);
};

#define FLAVOUR(name, attribute)                                               \
	static attribute float pass_##name(const struct group *g)              \
	{                                                                      \
		return pass(g);                                                \
	}                                                                      \
	static attribute void forget_##name(const struct group *g, unsigned p) \
	{                                                                      \
		forget(g, p);                                                  \
	}                                                                      \
	static attribute void judge_##name(const struct group *g, unsigned p)  \
	{                                                                      \
		judge(g, p);                                                   \
	}                                                                      \
	static const struct flavour name = {pass_##name, forget_##name, judge_##name};

FLAVOUR(plain, )
#if defined(__x86_64__)
/* Without fma: it would round otherwise. */
FLAVOUR(avx2, __attribute__((target("avx2"))))
FLAVOUR(avx512, __attribute__((target("avx512f"))))
#endif

static const struct flavour *best_flavour(void)
{
#if defined(__x86_64__)
	if (!linear_fit_is_plain && __builtin_cpu_supports("avx512f"))
		return &avx512;
	if (!linear_fit_is_plain && __builtin_cpu_supports("avx2"))
		return &avx2;
#endif
	return &plain;
}

static void shuffle(uint32_t *order, size_t n, struct random *random)
{
	for (size_t i = n; i-- > 1;) {
		size_t j = random_below(random, (uint32_t)i + 1);
		uint32_t t = order[i];

		order[i] = order[j];
		order[j] = t;
	}
}

/* What needed nothing is most likely still right: it is looked at every other round. */
static void wake(struct group *g)
{
	g->n_awake = 0;
	for (size_t i = 0; i < g->n_order; i++) {
		uint32_t row = g->order[i];

		g->awake[g->n_awake] = row;
		g->n_awake += !g->rests[row];
		g->rests[row] = false;
	}
}

static void run_rounds(struct group *g, unsigned rounds, struct random *random)
{
	memset(g->rests, 0, g->work->data->n_rows * sizeof(*g->rests));
	for (unsigned round = 0; round < rounds; round++) {
		shuffle(g->order, g->n_order, random);
		wake(g);
		if (g->work->flavour->pass(g) < g->work->options->tolerance)
			break;
	}
}

static void group_begin(struct group *g, const struct work *work)
{
	const struct fit_data *d = work->data;

	*g = (struct group){.work = work,
			    .alphas = room_large(d->n_rows, sizeof(lanes)),
			    .order = blank(d->n_rows, sizeof(uint32_t)),
			    .awake = blank(d->n_rows, sizeof(uint32_t)),
			    .rests = blank(d->n_rows, sizeof(bool))};
	if (d->judged) {
		g->part_alphas = room_large(d->n_rows, sizeof(lanes));
		g->part_weights = room_large(d->n_columns, sizeof(lanes));
	}
}

static void group_end(struct group *g)
{
	free(g->alphas);
	free(g->part_alphas);
	free(g->part_weights);
	free(g->order);
	free(g->awake);
	free(g->rests);
}

/* Part by part, from what all rows taught. */
static void judge_parts(struct group *g, struct random *random)
{
	const struct work *work = g->work;
	const struct fit_data *d = work->data;
	lanes *weights = g->weights, *alphas = g->alphas;

	g->weights = g->part_weights;
	g->alphas = g->part_alphas;
	for (unsigned part = 0; part < d->judged->n_parts; part++) {
		memcpy(g->weights, weights, d->n_columns * sizeof(lanes));
		memcpy(g->alphas, alphas, d->n_rows * sizeof(lanes));
		work->flavour->forget(g, part);
		g->n_order = 0;
		for (uint32_t i = 0; i < d->n_rows; i++)
			if (d->judged->parts[i] != part)
				g->order[g->n_order++] = i;
		run_rounds(g, d->judged->rounds, random);
		work->flavour->judge(g, part);
	}
	g->weights = weights;
	g->alphas = alphas;
}

static void fit_group(void *data, unsigned hand, size_t number)
{
	const struct work *work = data;
	const struct fit_data *d = work->data;
	struct group *g = &work->groups[hand];
	struct random random = {1};

	if (!g->work)
		group_begin(g, work);
	g->number = number;
	g->weights = (lanes *)(void *)(work->weights + number * d->n_columns * LINEAR_FIT_LANES);
	memset(g->weights, 0, d->n_columns * sizeof(lanes));
	memset(g->alphas, 0, d->n_rows * sizeof(lanes));
	for (g->n_order = 0; g->n_order < d->n_rows; g->n_order++)
		g->order[g->n_order] = (uint32_t)g->n_order;
	run_rounds(g, work->options->rounds, &random);
	if (d->judged)
		judge_parts(g, &random);
}

size_t linear_fit_size(size_t n_columns, size_t n_labels)
{
	return linear_fit_stride(n_labels) * n_columns;
}

static void square_piece(void *data, unsigned hand, size_t piece)
{
	const struct work *work = data;
	const struct fit_data *d = work->data;

	(void)hand;
	for (size_t i = piece * PIECE; i < d->n_rows && i < (piece + 1) * PIECE; i++)
		for (uint32_t k = d->at[i]; k < d->at[i + 1]; k++)
			work->squares[i] += d->nodes[k].value * d->nodes[k].value;
}

void linear_fit(const struct fit_data *data, const struct fit_options *options, float *weights)
{
	struct group groups[HANDS_MAX] = {{.work = NULL}};
	struct work work = {.data = data,
			    .options = options,
			    .weights = weights,
			    .flavour = best_flavour(),
			    .groups = groups};

	work.squares = blank(data->n_rows, sizeof(float));
	hands_share(options->n_threads, (data->n_rows + PIECE - 1) / PIECE, square_piece, &work);
	hands_share(options->n_threads, linear_fit_stride(data->n_labels) / LINEAR_FIT_LANES,
		    fit_group, &work);
	for (unsigned k = 0; k < HANDS_MAX; k++)
		group_end(&groups[k]);
	free(work.squares);
}
