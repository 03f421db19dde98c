/* SPDX-License-Identifier: Apache-2.0 */
/* model.c - checking an image, and asking it. Learning is in model-train.c. */
#include "nlu/model.h"

#include <errno.h>
#include <math.h>

#include "base/hash.h"
#include "nlu/lanes.h"
#include "nlu/linear.h"

static const char *const names[TIER_KINDS] = {"linear", "fast", "accurate"};

const char *tier_name(enum tier_kind kind)
{
	return names[kind];
}

int tier_find(const char *name)
{
	for (int i = 0; i < TIER_KINDS; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -EINVAL;
}

uint64_t model_checksum(const char *image, size_t len)
{
	size_t from = offsetof(struct model_head, key);

	return hash_bulk(image + from, len - from, MODEL_VERSION);
}

static bool has_part(const struct model_head *h, uint32_t at, uint32_t len)
{
	return at % 64 == 0 && at >= MODEL_HEAD_SIZE && at <= h->size && len <= h->size - at;
}

static const struct convolution_head *better_head(const struct model *m)
{
	return (const struct convolution_head *)(const void *)m->better.ptr;
}

static inline four *at(float *p)
{
	return (four *)(void *)p;
}

/* e^x for x <= 0, from -80 down as for that; to six digits; the same on every machine. */
static inline __attribute__((always_inline)) void exp_lanes(eight *x)
{
	const eight least = (eight){0} - 80;
	eight_whole is_low = *x < least, n;
	eight f, r, p;

	*x = (eight)(((eight_whole)least & is_low) | ((eight_whole)*x & ~is_low));
	n = __builtin_convertvector(*x * 1.44269504f - 0.5f, eight_whole);
	f = __builtin_convertvector(n, eight);
	r = (*x - f * 0.693359375f) + f * 2.12194440e-4f;
	p = r * 1.9875691500e-4f + 1.3981999507e-3f;
	p = p * r + 8.3334519073e-3f;
	p = p * r + 4.1665795894e-2f;
	p = p * r + 1.6666665459e-1f;
	p = p * r + 5.0000001201e-1f;
	p = p * r * r + r + 1;
	*x = p * (eight)((n + 127) << 23);
}

/* out = e^(factor * (x - max)), in whole vectors; their sum. */
static inline __attribute__((always_inline)) float add_shares(const float *x, size_t n, float max,
							      float factor, float *out)
{
	four sum = {0};

	for (size_t k = 0; k < n; k += LANES_WIDE) {
		eight v = (*(const eight *)(const void *)(x + k) - max) * factor;

		exp_lanes(&v);
		*(eight *)(void *)(out + k) = v;
		sum += *at(out + k);
		sum += *at(out + k + LANES);
	}
	return sum[0] + sum[1] + (sum[2] + sum[3]);
}

#if defined(__x86_64__)
static __attribute__((target("avx2"))) float add_shares_avx2(const float *x, size_t n, float max,
							     float factor, float *out)
{
	return add_shares(x, n, max, factor, out);
}
#endif

/* Everything a question is asked for: a margin for each label, and its share against the largest.
 */
struct asked {
	float margins[TIER_LABELS], shares[TIER_LABELS], sum;
	struct top top; /* of the margins */
	float likeness;
	struct evidence evidence;
};

/* Which margins are the largest, and e^(factor * (x - the largest x)) of all. Gives the largest. */
static float find_shares(struct asked *q, size_t n, float factor)
{
	float *x = q->margins, max;

	top_find(x, n, &q->top);
	max = x[q->top.places[0]];
	/* Those behind the end are as good as nothing. */
	for (size_t k = n; k % LANES_WIDE; k++)
		x[k] = -1e30f;
#if defined(__x86_64__)
	if (!convolution_is_plain && __builtin_cpu_supports("avx2")) {
		q->sum = add_shares_avx2(x, n, max, factor, q->shares);
		return max;
	}
#endif
	q->sum = add_shares(x, n, max, factor, q->shares);
	return max;
}

/*
 * The sum of both, as logarithms of shares; in the linear tier's unit, where 1 is sure and -1 is
 * far off, so that calibration starts from the same place.
 */
static void combine(const float *logits, float share, size_t n, struct asked *q)
{
	float *margins = q->margins, level;

	for (size_t k = 0; k < n; k += LANES)
		*at(margins + k) = lanes_at(logits + k) + share * lanes_at(margins + k);
	level = find_shares(q, n, 1);
	level += logf(q->sum);
	for (size_t k = 0; k < n; k += LANES)
		*at(margins + k) = 1 + (lanes_at(margins + k) - level) / MODEL_LOGIT;
	/* What strange words add to no label keeps the sum of all low, where the largest share of
	 * it may be large all the same. */
	q->likeness = level;
}

void model_combine(const float *logits, float share, size_t n, float *margins)
{
	float padded[TIER_LABELS];
	struct asked q;

	memcpy(padded, logits, n * sizeof(*logits));
	memcpy(q.margins, margins, n * sizeof(*margins));
	combine(padded, share, n, &q);
	memcpy(margins, q.margins, n * sizeof(*margins));
}

int model_open(struct view image, struct model *ret)
{
	const struct model_head *h = (const struct model_head *)(const void *)image.ptr;
	struct model m = {.head = h};

	if (image.len < MODEL_HEAD_SIZE || (uintptr_t)image.ptr % 16 || h->magic != MODEL_MAGIC ||
	    h->version != MODEL_VERSION || h->size != image.len || h->tier >= TIER_KINDS ||
	    !has_part(h, h->linear_at, h->linear_size) || !has_part(h, h->bag_at, h->bag_size) ||
	    !has_part(h, h->better_at, h->better_size) ||
	    h->checksum != model_checksum(image.ptr, image.len))
		return -EBADMSG;
	/* From their beginnings, though they are empty. */
	m.linear = view_make(image.ptr + h->linear_at, h->linear_size);
	m.bag = view_make(image.ptr + h->bag_at, h->bag_size);
	m.better = view_make(image.ptr + h->better_at, h->better_size);
	if (h->n_labels == 0 || h->n_labels > TIER_LABELS ||
	    (h->calibration.outside >= h->n_labels && h->calibration.outside != TIER_LABELS))
		return -EBADMSG;
	if ((h->tier == TIER_LINEAR || m.linear.len) &&
	    (!tier_linear.is_sound(m.linear) || linear_head(m.linear)->n_labels != h->n_labels))
		return -EBADMSG;
	if (h->tier != TIER_LINEAR &&
	    (!convolution_is_sound(m.better) || better_head(&m)->n_labels != h->n_labels ||
	     !bag_is_sound(m.bag, better_head(&m))))
		return -EBADMSG;
	*ret = m;
	return 0;
}

bool model_beats(const struct model *m, const struct model *other)
{
	const struct model_head *a = m->head, *b = other->head;

	if (a->n_trials == b->n_trials && a->n_trials_right != b->n_trials_right)
		return a->n_trials_right > b->n_trials_right;
	return a->tier > b->tier;
}

static void put(struct verdict *v, uint32_t label, float p)
{
	if (v->n == NLU_RANKING)
		return;
	v->labels[v->n] = label;
	v->probabilities[v->n++] = p;
}

/*
 * What is left of being in scope is shared among the labels behind the best; what is out of scope
 * has its own probability and its place by that.
 */
static void rank(const struct asked *q, uint32_t outside, const struct signals *s, float right,
		 struct verdict *v)
{
	float rest = v->inside > right ? v->inside - right : 0, sum = q->sum - q->shares[s->best];
	float out = -1;

	if (outside < TIER_LABELS) {
		sum -= q->shares[outside];
		out = 1 - (v->inside > right ? v->inside : right);
	}
	rest = sum > 1e-20f ? rest / sum : 0;
	if (out > right)
		put(v, outside, out);
	put(v, s->best, right);
	for (uint32_t i = 0; i < q->top.n; i++) {
		uint32_t label = q->top.places[i];
		float p = rest * q->shares[label];

		if (label == s->best || label == outside)
			continue;
		p = p < right ? p : right;
		if (out >= p && out <= right) {
			put(v, outside, out);
			out = -1;
		}
		put(v, label, p);
	}
	if (out >= 0 && out <= right)
		put(v, outside, out);
}

/* In scope at all? Then: one, or one of two? */
static enum nlu_decision decide(const struct calibration *c, double inside, double right)
{
	if (inside < (double)c->ask_from)
		return NLU_UNSURE;
	return inside >= (double)c->answer_from && right >= (double)c->right_from ? NLU_SURE
										  : NLU_BETWEEN;
}

static void score(const struct model *m, struct arena *a, const struct reading *r,
		  struct asked *ret)
{
	size_t n = m->head->n_labels;
	float logits[TIER_LABELS], also[TIER_LABELS];
	struct bag_rows found;
	struct signs signs;

	if (m->head->tier == TIER_LINEAR) {
		tier_linear.score(m->linear, a, r, ret->margins, &ret->evidence);
		find_shares(ret, n, MODEL_LOGIT);
		ret->likeness = 1 / ret->sum;
		return;
	}
	convolution_sight(m->better, a, r, &signs);
	bag_sight(m->bag, &signs, &found);
	convolution_cut(m->better, &signs);
	/* A sign that was put right stands in other pairs. */
	if (better_head(m)->heard)
		bag_sight(m->bag, &signs, &found);
	/* What the bag wants is on its way while the convolution is at work. */
	bag_find(m->bag, better_head(m), &signs, &found);
	convolution_score(m->better, &signs, logits);
	bag_add(m->bag, &signs, &found, ret->margins, &ret->evidence);
	if (m->linear.len) {
		tier_linear.score(m->linear, a, r, also, &ret->evidence);
		for (size_t k = 0; k < n; k += LANES)
			*at(ret->margins + k) =
			    *at(ret->margins + k) * MODEL_BAG_SHARE + *at(also + k);
	}
	combine(logits, better_head(m)->share, n, ret);
}

size_t model_n_features(const struct model *m)
{
	const struct bag_head *bag = bag_head(m->bag);
	size_t n = m->linear.len ? tier_linear.n_features(m->linear) : 0;

	if (m->head->tier != TIER_LINEAR)
		n += (size_t)bag->n_sign_rows + bag->n_word_rows + bag->n_rows;
	return n;
}

size_t model_explain(const struct model *m, struct arena *a, const struct reading *r,
		     uint32_t label, struct view *out, size_t max)
{
	struct signs signs;

	if (m->linear.len)
		return tier_linear.explain(m->linear, a, r, label, out, max);
	convolution_read(m->better, a, r, &signs);
	return bag_explain(m->bag, better_head(m), a, &signs, label, out, max);
}

static void make_signals(const struct model *m, const struct asked *q, const struct reading *r,
			 struct signals *ret)
{
	signals_make(q->margins, &q->top, m->head->calibration.outside, &q->evidence, &r->terms,
		     ret);
}

void model_signals(const struct model *m, struct arena *a, const struct reading *r,
		   struct signals *ret)
{
	struct asked q;

	score(m, a, r, &q);
	make_signals(m, &q, r, ret);
}

void model_ask(const struct model *m, struct arena *a, const struct reading *r, struct verdict *ret)
{
	const struct calibration *c = &m->head->calibration;
	struct verdict v = {.n = 0};
	struct asked q;
	struct signals s;
	double right;

	score(m, a, r, &q);
	make_signals(m, &q, r, &s);
	right = calibrated_right(c, &s);
	v.evidence = q.evidence;
	v.inside = (float)calibrated_inside(c, &s);
	rank(&q, c->outside, &s, (float)right, &v);
	v.likeness = q.likeness;
	v.decision = decide(c, (double)v.inside, right);
	*ret = v;
}
