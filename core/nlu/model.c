/* SPDX-License-Identifier: Apache-2.0 */
/* model.c - checking an image, and asking it. Learning is in model-train.c. */
#include "nlu/model.h"

#include <errno.h>
#include <math.h>

#include "base/hash.h"
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

typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t whole __attribute__((vector_size(64)));

/* e^x for x <= 0, from -80 down as for that; to six digits; the same on every machine. */
static inline void exp_lanes(lanes *x)
{
	const lanes least = (lanes){0} - 80;
	whole is_low = *x < least, n;
	lanes f, r, p;

	*x = (lanes)(((whole)least & is_low) | ((whole)*x & ~is_low));
	n = __builtin_convertvector(*x * 1.44269504f - 0.5f, whole);
	f = __builtin_convertvector(n, lanes);
	r = (*x - f * 0.693359375f) + f * 2.12194440e-4f;
	p = r * 1.9875691500e-4f + 1.3981999507e-3f;
	p = p * r + 8.3334519073e-3f;
	p = p * r + 4.1665795894e-2f;
	p = p * r + 1.6666665459e-1f;
	p = p * r + 5.0000001201e-1f;
	p = p * r * r + r + 1;
	*x = p * (lanes)((n + 127) << 23);
}

/* Room for n margins in whole vectors. */
#define PADDED(n) (((n) + 15) / 16 * 16)

/* out = e^(factor * (x - the largest x)), their sum given; both have room for whole vectors. */
static float shares_of(const float *x, size_t n, float factor, float *out, float *ret_max)
{
	float max = -1e30f, sum = 0;

	for (size_t k = 0; k < n; k++)
		max = x[k] > max ? x[k] : max;
	for (size_t k = 0; k < PADDED(n); k++)
		out[k] = k < n ? factor * (x[k] - max) : -80;
	for (size_t k = 0; k < PADDED(n); k += 16)
		exp_lanes((lanes *)(void *)(out + k));
	for (size_t k = 0; k < n; k++)
		sum += out[k];
	*ret_max = max;
	return sum;
}

/*
 * The sum of both, as logarithms of shares; in the linear tier's unit, where 1 is sure and -1 is
 * far off, so that calibration starts from the same place.
 */
void model_combine(const float *logits, float share, size_t n, float *margins)
{
	float shares[TIER_LABELS], max, level;

	for (size_t k = 0; k < n; k++)
		margins[k] = logits[k] + share * margins[k];
	level = logf(shares_of(margins, n, 1, shares, &max)) + max;
	for (size_t k = 0; k < n; k++)
		margins[k] = 1 + (margins[k] - level) / MODEL_LOGIT;
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
	if (h->n_labels == 0 || h->n_labels > TIER_LABELS)
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

static void put(struct verdict *v, uint32_t label, float p)
{
	size_t at = v->n < NLU_RANKING ? v->n : NLU_RANKING;

	if (at == NLU_RANKING && v->probabilities[at - 1] >= p)
		return;
	while (at > 0 && v->probabilities[at - 1] < p)
		at--;
	if (v->n < NLU_RANKING)
		v->n++;
	for (size_t i = v->n - 1; i > at; i--) {
		v->labels[i] = v->labels[i - 1];
		v->probabilities[i] = v->probabilities[i - 1];
	}
	v->labels[at] = label;
	v->probabilities[at] = p;
}

/* What is left of being in scope is shared among the labels behind the best. */
static void rank(const struct calibration *c, const float *shares, float sum, size_t n_labels,
		 const struct signals *s, struct verdict *v)
{
	float right = (float)calibrated_right(c, s),
	      rest = v->inside > right ? v->inside - right : 0;

	put(v, s->best, right);
	sum -= shares[s->best];
	if (c->outside < n_labels) {
		put(v, c->outside, 1 - (v->inside > right ? v->inside : right));
		sum -= shares[c->outside];
	}
	rest = sum > 1e-20f ? rest / sum : 0;
	for (uint32_t k = 0; k < n_labels; k++)
		if (k != s->best && k != c->outside)
			put(v, k, rest * shares[k] < right ? rest * shares[k] : right);
}

/* In scope at all? Then: one, or one of two? */
static enum nlu_decision decide(const struct calibration *c, double inside, double right)
{
	if (inside < (double)c->ask_from)
		return NLU_UNSURE;
	return inside >= (double)c->answer_from && right >= (double)c->right_from ? NLU_SURE
										  : NLU_BETWEEN;
}

static void score(const struct model *m, struct arena *a, const struct reading *r, float *ret,
		  struct evidence *ret_evidence)
{
	float logits[TIER_LABELS], also[TIER_LABELS];
	struct signs signs;

	if (m->linear.len)
		tier_linear.score(m->linear, a, r, also, ret_evidence);
	if (m->head->tier == TIER_LINEAR) {
		memcpy(ret, also, m->head->n_labels * sizeof(*ret));
		return;
	}
	convolution_read(m->better, a, r, &signs);
	if (m->linear.len) {
		struct evidence evidence;

		bag_score(m->bag, better_head(m), &signs, ret, &evidence);
		for (size_t k = 0; k < m->head->n_labels; k++)
			ret[k] = ret[k] * MODEL_BAG_SHARE + also[k];
	} else {
		bag_score(m->bag, better_head(m), &signs, ret, ret_evidence);
	}
	convolution_score(m->better, &signs, logits);
	model_combine(logits, better_head(m)->share, m->head->n_labels, ret);
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

void model_signals(const struct model *m, struct arena *a, const struct reading *r,
		   struct signals *ret)
{
	float margins[TIER_LABELS];
	struct evidence evidence;

	score(m, a, r, margins, &evidence);
	signals_make(margins, m->head->n_labels, m->head->calibration.outside, &evidence, &r->terms,
		     ret);
}

void model_ask(const struct model *m, struct arena *a, const struct reading *r, struct verdict *ret)
{
	const struct calibration *c = &m->head->calibration;
	float margins[TIER_LABELS], shares[TIER_LABELS], max, sum;
	struct verdict v = {.n = 0};
	struct signals s;

	score(m, a, r, margins, &v.evidence);
	sum = shares_of(margins, m->head->n_labels, MODEL_LOGIT, shares, &max);
	signals_make(margins, m->head->n_labels, c->outside, &v.evidence, &r->terms, &s);
	v.inside = (float)calibrated_inside(c, &s);
	rank(c, shares, sum, m->head->n_labels, &s, &v);
	v.peak = 1 / sum;
	v.decision = decide(c, (double)v.inside, calibrated_right(c, &s));
	*ret = v;
}
