/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word-vector.c - what words mean, from which stand beside which.
 *
 * A word's row holds how much likelier its neighbours make it, those before and those behind it
 * beside each other. The rows are factored by subspace iteration (Halko and others 2011) with a
 * last rotation to the main axes; a vector is the row of U * sqrt(sigma), scaled to length 1.
 */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "nlu/lm.h"
#include "nlu/matrix.h"
#include "nlu/random.h"
#include "nlu/word.h"

#define SPARE   16 /* more columns than are kept, so that the kept ones settle */
#define COLUMNS (WORD_DIM + SPARE)
#define ROUNDS  4
#define CHUNK   1024
#define THREADS 2

struct factoring {
	struct arena *arena;
	const struct sparse *pairs;
	struct sparse turned;
	size_t n;
	float *q, *y, *z; /* [n][COLUMNS] */
	float *chunk;     /* [COLUMNS][CHUNK], or [CHUNK][COLUMNS] */
};

static struct sparse turn(struct arena *a, const struct sparse *from)
{
	uint32_t n = from->n, *at = ARENA_ARRAY(a, (size_t)n + 2, uint32_t);
	uint32_t *columns = ARENA_ARRAY(a, (size_t)from->at[n] + 1, uint32_t);
	float *values = ARENA_ARRAY(a, (size_t)from->at[n] + 1, float);

	/* One place further on, so that filling moves each start to its end. */
	for (uint32_t k = 0; k < from->at[n]; k++)
		at[from->columns[k] + 2]++;
	for (uint32_t i = 1; i <= n; i++)
		at[i + 1] += at[i];
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = from->at[i]; k < from->at[i + 1]; k++) {
			uint32_t to = at[from->columns[k] + 1]++;

			columns[to] = i;
			values[to] = from->values[k];
		}
	return (struct sparse){n, at, columns, values};
}

struct part {
	const struct sparse *a;
	const float *x;
	float *y;
	uint32_t from, to;
	bool adds;
};

static void *multiply_part(void *data)
{
	const struct part *p = data;

	for (uint32_t i = p->from; i < p->to; i++) {
		float *y = p->y + (size_t)i * COLUMNS;

		if (!p->adds)
			memset(y, 0, COLUMNS * sizeof(*y));
		for (uint32_t k = p->a->at[i]; k < p->a->at[i + 1]; k++)
			matrix_add(y, p->x + (size_t)p->a->columns[k] * COLUMNS, p->a->values[k],
				   COLUMNS);
	}
	return NULL;
}

/* y = a x, or added; rows are apart, so the threads do not change what comes out. */
static void multiply(const struct sparse *a, const float *x, float *y, bool adds)
{
	pthread_t threads[THREADS];
	struct part parts[THREADS];
	bool is_running[THREADS] = {false};
	uint32_t row = 0;

	for (uint32_t t = 0; t < THREADS; t++) {
		uint64_t share = (uint64_t)a->at[a->n] * (t + 1) / THREADS;
		uint32_t from = row;

		while (row < a->n && (t + 1 == THREADS || a->at[row] < share))
			row++;
		parts[t] = (struct part){a, x, y, from, row, adds};
		is_running[t] = t + 1 < THREADS &&
				pthread_create(&threads[t], NULL, multiply_part, &parts[t]) == 0;
		if (!is_running[t])
			multiply_part(&parts[t]);
	}
	for (int t = 0; t < THREADS; t++)
		if (is_running[t])
			pthread_join(threads[t], NULL);
}

/* out[COLUMNS][COLUMNS] = left' right */
static void inner(struct factoring *f, const float *left, const float *right, float *out)
{
	memset(out, 0, COLUMNS * COLUMNS * sizeof(*out));
	for (size_t row = 0; row < f->n; row += CHUNK) {
		size_t m = f->n - row < CHUNK ? f->n - row : CHUNK;
		struct product p = {.a = f->chunk,
				    .b = right + row * COLUMNS,
				    .c = out,
				    .m = COLUMNS,
				    .n = COLUMNS,
				    .k = m,
				    .a_step = m,
				    .b_step = COLUMNS,
				    .c_step = COLUMNS,
				    .adds = true};

		matrix_turn(left + row * COLUMNS, m, COLUMNS, f->chunk);
		matrix_multiply(&p);
	}
}

/* x[n][COLUMNS] times r[COLUMNS][width]; rows of the result are `width` apart. */
static void rotate(struct factoring *f, const float *x, const float *r, size_t width, float *out)
{
	for (size_t row = 0; row < f->n; row += CHUNK) {
		size_t m = f->n - row < CHUNK ? f->n - row : CHUNK;
		struct product p = {.a = f->chunk,
				    .b = r,
				    .c = out + row * width,
				    .m = m,
				    .n = width,
				    .k = COLUMNS,
				    .a_step = COLUMNS,
				    .b_step = width,
				    .c_step = width};

		memcpy(f->chunk, x + row * COLUMNS, m * COLUMNS * sizeof(*x));
		matrix_multiply(&p);
	}
}

/* Cholesky's L of g in place, then the inverse of L' into r. */
static void invert_root(const float *g, double *l, float *r)
{
	enum { K = COLUMNS };

	for (int i = 0; i < K; i++)
		for (int j = 0; j <= i; j++) {
			double s = (double)g[i * K + j];

			for (int k = 0; k < j; k++)
				s -= l[i * K + k] * l[j * K + k];
			l[i * K + j] = i == j ? sqrt(fmax(s, 1e-12)) : s / l[j * K + j];
		}
	/* Column j of the inverse of L is row j of that of L'. */
	for (int j = 0; j < K; j++)
		for (int i = 0; i < K; i++) {
			double s = i == j;

			for (int k = j; k < i; k++)
				s -= l[i * K + k] * (double)r[j * K + k];
			r[j * K + i] = i < j ? 0 : (float)(s / l[i * K + i]);
		}
}

/* Columns of q to length 1 and at right angles; twice, as once leaves rounding behind. */
static void straighten(struct factoring *f)
{
	float *g = ARENA_ARRAY(f->arena, COLUMNS * COLUMNS, float);
	float *r = ARENA_ARRAY(f->arena, COLUMNS * COLUMNS, float);
	double *l = ARENA_ARRAY(f->arena, COLUMNS * COLUMNS, double);

	for (int round = 0; round < 2; round++) {
		inner(f, f->q, f->q, g);
		invert_root(g, l, r);
		rotate(f, f->q, r, COLUMNS, f->q);
	}
}

static void turn_pair(double *p, double *q, size_t step, double c, double s)
{
	for (int i = 0; i < COLUMNS; i++, p += step, q += step) {
		double x = *p, y = *q;

		*p = c * x - s * y;
		*q = s * x + c * y;
	}
}

/* Jacobi's method: eigenvalues onto the diagonal of a, eigenvectors into the columns of v. */
static void find_axes(double *a, double *v)
{
	enum { K = COLUMNS };

	for (int i = 0; i < K * K; i++)
		v[i] = i / K == i % K;
	for (int sweep = 0; sweep < 12; sweep++)
		for (int p = 0; p < K; p++)
			for (int q = p + 1; q < K; q++) {
				double g = a[p * K + q], angle, t, c;

				if (fabs(g) < 1e-12)
					continue;
				angle = (a[q * K + q] - a[p * K + p]) / (2 * g);
				t = (angle >= 0 ? 1 : -1) / (fabs(angle) + sqrt(angle * angle + 1));
				c = 1 / sqrt(t * t + 1);
				turn_pair(a + p, a + q, K, c, t * c);
				turn_pair(a + p * K, a + q * K, 1, c, t * c);
				turn_pair(v + p, v + q, K, c, t * c);
			}
}

/* Rotate q to its main axes, each as long as the square root of what it weighs. */
static float *finish(struct factoring *f)
{
	enum { K = COLUMNS };
	float *s = ARENA_ARRAY(f->arena, K * K, float);
	float *r = ARENA_ARRAY(f->arena, K * WORD_DIM, float);
	double *a = ARENA_ARRAY(f->arena, K * K, double), *v = ARENA_ARRAY(f->arena, K * K, double);
	float *vectors = ARENA_ARRAY(f->arena, f->n * WORD_DIM, float);

	inner(f, f->q, f->y, s);
	for (int i = 0; i < K; i++)
		for (int j = 0; j < K; j++)
			a[i * K + j] = 0.5 * ((double)s[i * K + j] + (double)s[j * K + i]);
	find_axes(a, v);
	for (int c = 0; c < WORD_DIM; c++) {
		int best = 0;
		double weight;

		for (int i = 1; i < K; i++)
			if (a[i * K + i] > a[best * K + best])
				best = i;
		weight = pow(fmax(a[best * K + best], 0), 0.25);
		for (int i = 0; i < K; i++)
			r[i * WORD_DIM + c] = (float)(v[i * K + best] * weight);
		a[best * K + best] = -1;
	}
	rotate(f, f->q, r, WORD_DIM, vectors);
	return vectors;
}

struct ranked {
	float log;
	uint32_t i;
};

static int compare_ranked(const void *pa, const void *pb)
{
	const struct ranked *a = pa, *b = pb;

	if (a->log != b->log)
		return a->log < b->log ? 1 : -1;
	return (a->i > b->i) - (a->i < b->i);
}

/* The commonest words; the others say little about them, and would take most of the time. */
static struct ranked *choose(struct arena *a, const struct lm *lm, uint32_t *ret_n)
{
	struct ranked *ranked = ARENA_ARRAY(a, lm->n, struct ranked);
	uint32_t n = 0;

	for (uint32_t i = 1; i < lm->n; i++)
		if (lm->words[i].len && lm->words[i].ptr[0] != '<')
			ranked[n++] = (struct ranked){lm->logs[i], i};
	qsort(ranked, n, sizeof(*ranked), compare_ranked);
	*ret_n = n < WORDS_MAX ? n : WORDS_MAX;
	return ranked;
}

/* The rows and columns of the chosen words, in their order. */
static struct sparse pairs_of(struct arena *a, const struct lm *lm, const struct ranked *chosen,
			      uint32_t n)
{
	uint32_t *at = ARENA_ARRAY(a, (size_t)n + 1, uint32_t), n_pairs = 0;
	uint32_t *place = ARENA_ARRAY(a, lm->n, uint32_t), *columns;
	float *values;

	for (uint32_t i = 0; i < n; i++)
		place[chosen[i].i] = i + 1;
	for (uint32_t k = 0; k < lm->pairs.at[lm->n]; k++)
		n_pairs += place[lm->pairs.columns[k]] != 0;
	columns = ARENA_ARRAY(a, (size_t)n_pairs + 1, uint32_t);
	values = ARENA_ARRAY(a, (size_t)n_pairs + 1, float);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t row = chosen[i].i;

		at[i + 1] = at[i];
		for (uint32_t k = lm->pairs.at[row]; k < lm->pairs.at[row + 1]; k++)
			if (place[lm->pairs.columns[k]]) {
				columns[at[i + 1]] = place[lm->pairs.columns[k]] - 1;
				values[at[i + 1]++] = lm->pairs.values[k];
			}
	}
	return (struct sparse){n, at, columns, values};
}

/* Words without neighbours have no vector, and are left out. */
static void put_list(struct arena *a, const struct lm *lm, const struct ranked *chosen, uint32_t n,
		     const float *vectors, struct word_list *ret)
{
	*ret = (struct word_list){0, ARENA_ARRAY(a, (size_t)n + 1, struct view),
				  ARENA_ARRAY(a, (size_t)n + 1, float),
				  ARENA_ARRAY(a, ((size_t)n + 1) * WORD_DIM, float)};
	for (uint32_t i = 0; i < n; i++) {
		const float *v = vectors + (size_t)i * WORD_DIM;
		float *out = ret->vectors + (size_t)ret->n * WORD_DIM, square = 0;

		for (int k = 0; k < WORD_DIM; k++)
			square += v[k] * v[k];
		if (!(square > 1e-10f && isfinite(square)))
			continue;
		for (int k = 0; k < WORD_DIM; k++)
			out[k] = v[k] / sqrtf(square);
		ret->words[ret->n] = lm->words[chosen[i].i];
		ret->logs[ret->n++] = chosen[i].log;
	}
}

void word_vectors(struct arena *a, const struct lm *lm, struct word_list *ret)
{
	uint32_t n;
	struct ranked *chosen = choose(a, lm, &n);
	struct sparse pairs = pairs_of(a, lm, chosen, n);
	size_t size = (size_t)n * COLUMNS;
	struct factoring f = {.arena = a,
			      .pairs = &pairs,
			      .turned = turn(a, &pairs),
			      .n = n,
			      .q = ARENA_ARRAY(a, size, float),
			      .y = ARENA_ARRAY(a, size, float),
			      .z = ARENA_ARRAY(a, size, float),
			      .chunk = ARENA_ARRAY(a, CHUNK * COLUMNS, float)};
	struct random random = {11};

	for (size_t i = 0; i < size; i++)
		f.q[i] = random_normal(&random);
	straighten(&f);
	for (int round = 0; round < ROUNDS; round++) {
		float *q = f.q;

		/* y = (A A' + A' A) q: both sides' neighbours. */
		multiply(&f.turned, f.q, f.z, false);
		multiply(&pairs, f.z, f.y, false);
		multiply(&pairs, f.q, f.z, false);
		multiply(&f.turned, f.z, f.y, true);
		if (round + 1 == ROUNDS)
			break;
		f.q = f.y;
		f.y = q;
		straighten(&f);
	}
	put_list(a, lm, chosen, n, finish(&f), ret);
}
