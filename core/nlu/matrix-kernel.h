/* SPDX-License-Identifier: Apache-2.0 */
/*
 * matrix-kernel.h - matrix.c's loops for one width of vectors; included once for each.
 *
 * Wants NAME(x), TARGET (an attribute), LANES and ROOT(v).
 */
typedef float NAME(lanes) __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

typedef int32_t NAME(places) __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

static inline TARGET const NAME(lanes) * NAME(at)(const float *p)
{
	return (const NAME(lanes) *)(const void *)p;
}

/* Four rows by two vectors: as many sums as the processor can work on at once. */
static TARGET void NAME(block)(const struct product *p, size_t row, size_t column)
{
	const float *a0 = p->a + row * p->a_step, *a1 = a0 + p->a_step, *a2 = a1 + p->a_step;
	const float *a3 = a2 + p->a_step, *b = p->b + column;
	float *c = p->c + row * p->c_step + column;
	NAME(lanes) s00 = {0}, s01 = {0}, s10 = {0}, s11 = {0};
	NAME(lanes) s20 = {0}, s21 = {0}, s30 = {0}, s31 = {0};
	NAME(lanes) * out;

	for (size_t i = 0; i < p->k; i++, b += p->b_step) {
		NAME(lanes) x = *NAME(at)(b), y = *NAME(at)(b + LANES);

		s00 += x * a0[i];
		s01 += y * a0[i];
		s10 += x * a1[i];
		s11 += y * a1[i];
		s20 += x * a2[i];
		s21 += y * a2[i];
		s30 += x * a3[i];
		s31 += y * a3[i];
	}
#define PUT(k, s, t)                                      \
	out = (NAME(lanes) *)(void *)(c + (k)*p->c_step); \
	if (p->adds) {                                    \
		s += out[0];                              \
		t += out[1];                              \
	}                                                 \
	out[0] = s;                                       \
	out[1] = t
	PUT(0, s00, s01);
	PUT(1, s10, s11);
	PUT(2, s20, s21);
	PUT(3, s30, s31);
#undef PUT
}

static TARGET void NAME(strip)(const struct product *p, size_t row, size_t column)
{
	const float *a = p->a + row * p->a_step, *b = p->b + column;
	NAME(lanes) *out = (NAME(lanes) *)(void *)(p->c + row * p->c_step + column);
	NAME(lanes) s = {0};

	for (size_t i = 0; i < p->k; i++, b += p->b_step)
		s += *NAME(at)(b) * a[i];
	if (p->adds)
		s += *out;
	*out = s;
}

static TARGET void NAME(multiply)(const struct product *p)
{
	size_t column = 0;

	for (; column + 2 * LANES <= p->n; column += 2 * LANES) {
		size_t row = 0;

		for (; row + 4 <= p->m; row += 4)
			NAME(block)(p, row, column);
		for (; row < p->m; row++) {
			NAME(strip)(p, row, column);
			NAME(strip)(p, row, column + LANES);
		}
	}
	for (; column < p->n; column += LANES)
		for (size_t row = 0; row < p->m; row++)
			NAME(strip)(p, row, column);
}

static TARGET void NAME(add)(float *to, const float *from, float factor, size_t n)
{
	for (size_t i = 0; i < n; i += LANES)
		*(NAME(lanes) *)(void *)(to + i) += *NAME(at)(from + i) * factor;
}

static TARGET void NAME(adam)(const struct adam *s)
{
	for (size_t i = 0; i < s->n; i += LANES) {
		NAME(lanes) g = *NAME(at)(s->gradient + i);
		NAME(lanes) m = *NAME(at)(s->mean + i) * 0.9f + g * 0.1f;
		NAME(lanes) q = *NAME(at)(s->square + i) * 0.999f + g * g * 0.001f;
		NAME(lanes) root = q * s->square_factor;

		*(NAME(lanes) *)(void *)(s->mean + i) = m;
		*(NAME(lanes) *)(void *)(s->square + i) = q;
		root = ROOT(root);
		*(NAME(lanes) *)(void *)(s->weights + i) -= m * s->rate / (root + 1e-8f);
	}
}

/* Vectors of places stand beside those of numbers: the first of the largest is found in each lane.
 */
static TARGET size_t NAME(largest)(const float *x, size_t n)
{
	NAME(lanes) best = *NAME(at)(x), v;
	NAME(places) at = {0}, now = {0}, is_more;
	size_t ret = 0;

	for (int i = 0; i < LANES; i++)
		at[i] = i;
	now = at;
	for (size_t i = LANES; i < n; i += LANES) {
		now += LANES;
		v = *NAME(at)(x + i);
		is_more = v > best;
		best = (NAME(lanes))(((NAME(places))v & is_more) | ((NAME(places))best & ~is_more));
		at = (now & is_more) | (at & ~is_more);
	}
	for (int i = 0; i < LANES; i++) {
		bool is_first = best[i] == x[ret] && (size_t)at[i] < ret;

		if (best[i] > x[ret] || is_first)
			ret = (size_t)at[i];
	}
	return ret;
}

#undef NAME
#undef TARGET
#undef LANES
#undef ROOT
