/* SPDX-License-Identifier: Apache-2.0 */
/* top.c - the largest of some numbers are found as sorting finds them. */
#include "nlu/top.h"

#include "nlu/lanes.h"
#include "nlu/random.h"
#include "tap.h"

enum { N = 61, BEST = 5 };

/* Is it what looking for the largest of those that are left, again and again, gives? */
static bool is_right(const float *x, int n, const int64_t *top)
{
	bool is_taken[N] = {false};

	for (int i = 0; i < BEST; i++) {
		int best = -1;

		for (int k = 0; k < n; k++)
			if (!is_taken[k] && (best < 0 || x[k] > x[best]))
				best = k;
		if (best < 0)
			return top[i] == TOP_NONE;
		if (top_place(top[i]) != (uint32_t)best)
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
				   : random_share(r) * 1e-30f;
}

int main(void)
{
	size_t n_right = 0, n_all = 0, n_max = 0, n_above = 0, n_two = 0, n_found = 0;
	struct random random = {5};

	for (int n = 1; n <= N; n++)
		for (int kind = 0; kind < 3; kind++) {
			int64_t top[BEST] = {TOP_NONE, TOP_NONE, TOP_NONE, TOP_NONE, TOP_NONE};
			uint64_t above = 0, bits[1];
			float x[N + LANES], two[2] = {-1e30f, -1e30f};
			size_t at;

			fill(&random, x, n, kind);
			for (int k = 0; k < n; k++)
				top_add(top, BEST, x[k], (uint32_t)k);
			n_all++;
			n_right += is_right(x, n, top);
			n_max += lanes_max(x, (size_t)n, -1e30f) == x[top_place(top[0])];
			for (int k = 0; k < n; k++)
				above |= (uint64_t)(x[k] > x[0]) << k;
			for (int k = n; k < N + LANES; k++)
				x[k] = 1e9f;
			n_above += lanes_above(x, (size_t)n, x[0], bits) ==
				       (uint32_t)__builtin_popcountll(above) &&
				   bits[0] == above;
			/* In two parts, as where one label is left out. */
			lanes_top(x, (size_t)n / 3, two);
			lanes_top(x + n / 3, (size_t)(n - n / 3), two);
			n_two += two[0] == x[top_place(top[0])] &&
				 two[1] == (n > 1 ? x[top_place(top[1])] : -1e30f);
			at = lanes_find(x, (size_t)n, two[0], 0);
			n_found += at == top_place(top[0]) &&
				   (n == 1 || two[0] != two[1] ||
				    lanes_find(x, (size_t)n, two[1], at + 1) == top_place(top[1]));
		}
	ok(n_right == n_all, "the largest are found in order, and of equal ones the first");
	ok(n_max == n_all, "the largest alone is found too");
	ok(n_two == n_all, "so are the two largest, in parts");
	ok(n_found == n_all, "and where they stand");
	ok(n_above == n_all, "all that are above a floor are found, and no others");
	return done();
}
