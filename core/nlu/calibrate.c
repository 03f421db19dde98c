/* SPDX-License-Identifier: Apache-2.0 */
/* calibrate.c - logistic regression by Newton's method on few signals, and the thresholds. */
#include "nlu/calibrate.h"

#include <math.h>
#include <stdlib.h>

#include "base/hands.h"
#include "base/hash.h"

#define ROUNDS 25
#define RIDGE  1e-3
/* Thresholds are never lower, however few the questions out of scope that come near. */
#define ANSWER_LEAST 0.35
#define ASK_LEAST    0.15

uint64_t calibrate_fingerprint(void)
{
	static const double rules[] = {
	    CALIBRATE_SIGNALS,
	    CALIBRATE_ANSWERED_BUDGET,
	    CALIBRATE_ASKED_BUDGET,
	    ANSWER_LEAST,
	    ASK_LEAST,
	    ROUNDS,
	    RIDGE,
	};

	return hash_seeded(rules, sizeof(rules), 0);
}

void signals_make(const float *margins, const struct top *top, uint32_t outside,
		  const struct evidence *evidence, const struct term_hits *terms,
		  struct signals *ret)
{
	bool has_outside = outside < TIER_LABELS;
	uint32_t i = top->places[0] == outside && top->n > 1, next = i + 1;
	float best, second;
	struct signals s = {.best = top->places[i]};

	next += next < top->n && top->places[next] == outside;
	s.second = next < top->n ? top->places[next] : s.best;
	best = margins[s.best];
	second = s.second == s.best ? -1 : margins[s.second];
	s.x[0] = 1;
	s.x[1] = best;
	s.x[2] = best - second;
	s.x[3] = best - (has_outside ? margins[outside] : -1);
	s.x[4] = evidence->known;
	s.x[5] = log(evidence->n_known + 1.0) / 4;
	s.x[6] = term_hits_have(terms, true);
	s.x[7] = term_hits_have(terms, false);
	*ret = s;
}

static double apply(const double *w, const double *x)
{
	double z = 0;

	for (int i = 0; i < CALIBRATE_SIGNALS; i++)
		z += w[i] * x[i];
	return 1 / (1 + exp(-z));
}

double calibrated_right(const struct calibration *c, const struct signals *s)
{
	return apply(c->right, s->x);
}

double calibrated_inside(const struct calibration *c, const struct signals *s)
{
	return apply(c->inside, s->x);
}

/* Solve h * step = g in place (Gauss-Jordan; the ridge keeps h regular). */
static void solve(double h[CALIBRATE_SIGNALS][CALIBRATE_SIGNALS], double *g)
{
	for (int i = 0; i < CALIBRATE_SIGNALS; i++) {
		double pivot = h[i][i];

		for (int j = 0; j < CALIBRATE_SIGNALS; j++)
			h[i][j] /= pivot;
		g[i] /= pivot;
		for (int k = 0; k < CALIBRATE_SIGNALS; k++) {
			double factor = h[k][i];

			if (k == i || factor == 0)
				continue;
			for (int j = 0; j < CALIBRATE_SIGNALS; j++)
				h[k][j] -= factor * h[i][j];
			g[k] -= factor * g[i];
		}
	}
}

static void fit(const struct signals *s, const bool *is_true, size_t n, double *w)
{
	memset(w, 0, CALIBRATE_SIGNALS * sizeof(*w));
	for (int round = 0; round < ROUNDS; round++) {
		double h[CALIBRATE_SIGNALS][CALIBRATE_SIGNALS] = {{0}};
		double g[CALIBRATE_SIGNALS] = {0}, longest = 0;

		for (size_t i = 0; i < n; i++) {
			double p = apply(w, s[i].x), d = p * (1 - p);

			for (int j = 0; j < CALIBRATE_SIGNALS; j++) {
				g[j] += (is_true[i] - p) * s[i].x[j];
				for (int k = 0; k < CALIBRATE_SIGNALS; k++)
					h[j][k] += d * s[i].x[j] * s[i].x[k];
			}
		}
		for (int j = 0; j < CALIBRATE_SIGNALS; j++) {
			g[j] -= RIDGE * (double)n * w[j] * (j > 0);
			h[j][j] += RIDGE * (double)n + 1e-9;
		}
		solve(h, g);
		for (int j = 0; j < CALIBRATE_SIGNALS; j++) {
			/* A short leash: separable data must not run away. */
			double step = fmax(-2, fmin(2, g[j]));

			w[j] += step;
			longest = fmax(longest, fabs(step));
		}
		if (longest < 1e-6)
			break;
	}
}

static int compare_down(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y) - (x > y);
}

/* The threshold that budget/1000 of the values reach; between two values by their distance. */
static float threshold(double *values, size_t n, unsigned budget, double lowest)
{
	double place = (double)n * budget / 1000;
	size_t above = (size_t)place;
	double next;

	if (n == 0)
		return (float)lowest;
	qsort(values, n, sizeof(*values), compare_down);
	next = above + 1 < n ? values[above + 1] : 0;
	return (float)fmax(lowest,
			   values[above] + (place - (double)above) * (next - values[above]) + 1e-6);
}

void calibrate_thresholds(struct arena *a, const struct signals *signals, const uint32_t *labels,
			  size_t n, struct calibration *c)
{
	double *outside = ARENA_ARRAY(a, n + 1, double);
	size_t n_out = 0;

	for (size_t i = 0; i < n; i++)
		if (labels[i] == c->outside)
			outside[n_out++] = c->is_small_talk[signals[i].best]
					       ? 0
					       : calibrated_inside(c, &signals[i]);
	c->answer_from = threshold(outside, n_out, CALIBRATE_ANSWERED_BUDGET, ANSWER_LEAST);
	c->ask_from = threshold(outside, n_out, CALIBRATE_ASKED_BUDGET, ASK_LEAST);
}

/* Each of the two models by itself. */
struct fitting {
	const struct signals *signals;
	const bool *is_true[2];
	double *weights[2];
	size_t n;
};

static void fit_one(void *data, unsigned hand, size_t which)
{
	const struct fitting *f = data;

	(void)hand;
	fit(f->signals, f->is_true[which], f->n, f->weights[which]);
}

void calibrate(struct arena *a, const struct signals *signals, const uint32_t *labels, size_t n,
	       struct calibration *ret)
{
	struct calibration c = *ret;
	bool *is_right = ARENA_ARRAY(a, n + 1, bool), *is_inside = ARENA_ARRAY(a, n + 1, bool);
	struct fitting f = {signals, {is_right, is_inside}, {c.right, c.inside}, n};

	for (size_t i = 0; i < n; i++) {
		is_right[i] = signals[i].best == labels[i];
		is_inside[i] = labels[i] != c.outside;
	}
	hands_share(hands_count(), 2, fit_one, &f);
	calibrate_thresholds(a, signals, labels, n, &c);
	*ret = c;
}
