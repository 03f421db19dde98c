/* SPDX-License-Identifier: Apache-2.0 */
/* top.c - the largest of some numbers are found as sorting finds them. */
#include "nlu/top.h"

#include <math.h>

#include "nlu/random.h"
#include "tap.h"

enum { N = 140 };

/* Is it what looking for the largest of those that are left, again and again, gives? */
static bool is_right(const float *x, int n, const struct top *top)
{
	bool is_taken[N] = {false};

	if (top->n != (uint32_t)(n < TOP_MOST ? n : TOP_MOST))
		return false;
	for (uint32_t i = 0; i < top->n; i++) {
		int best = -1;

		for (int k = 0; k < n; k++)
			if (!is_taken[k] && (best < 0 || x[k] > x[best]))
				best = k;
		if (top->places[i] != (uint32_t)best)
			return false;
		is_taken[best] = true;
	}
	return true;
}

static void fill(struct random *r, float *x, int n, int kind)
{
	for (int k = 0; k < n; k++)
		x[k] = kind == 0   ? random_share(r) * 20 - 10
		       : kind == 1 ? (float)random_below(r, 4) - 2
		       : kind == 2 ? random_share(r) * 1e-30f
				   : (float)(k % 9 ? 0 : k);
}

int main(void)
{
	size_t n_right = 0, n_all = 0, n_from = 0, n_enough = 0;
	struct random random = {5};
	float none[N];
	struct top top;

	for (int n = 1; n <= N; n++)
		for (int kind = 0; kind < 4; kind++) {
			size_t n_part = (size_t)n < 64 ? (size_t)n : 64, n_not_smaller = 0;
			uint64_t from = 0;
			float x[N], sixth;

			fill(&random, x, n, kind);
			top_find(x, (size_t)n, &top);
			n_all++;
			n_right += is_right(x, n, &top);
			for (size_t k = 0; k < n_part; k++)
				from |= (uint64_t)(x[k] >= x[0]) << k;
			n_from += lanes_from(x, n_part, x[0]) == from;
			sixth = lanes_sixth(x, (size_t)n);
			for (int k = 0; k < n; k++)
				n_not_smaller += x[k] >= sixth;
			n_enough += n_not_smaller >= (size_t)(n < TOP_MOST ? n : TOP_MOST);
		}
	ok(n_right == n_all, "the largest are found in order, and of equal ones the first");
	ok(n_from == n_all, "all that are not below a floor are found, and no others");
	ok(n_enough == n_all, "the floor leaves as many as are looked for");
	for (int k = 0; k < N; k++)
		none[k] = NAN;
	top_find(none, N, &top);
	ok(top.n == 0 && top.places[0] == 0, "of what is no number none is found");
	return done();
}
