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

	return hash_seeded(image + from, len - from, MODEL_VERSION);
}

static bool has_part(const struct model_head *h, uint32_t at, uint32_t len)
{
	return at % 64 == 0 && at >= MODEL_HEAD_SIZE && at <= h->size && len <= h->size - at;
}

static const struct convolution_head *better_head(const struct model *m)
{
	return (const struct convolution_head *)(const void *)m->better_image.ptr;
}

/*
 * The sum of both, as logarithms of shares; in the linear tier's unit, where 1 is sure and -1 is
 * far off, so that calibration starts from the same place.
 */
void model_combine(const float *logits, float share, size_t n, float *margins)
{
	float max = -1e30f, sum = 0;

	for (size_t k = 0; k < n; k++) {
		margins[k] = logits[k] + share * margins[k];
		max = fmaxf(max, margins[k]);
	}
	for (size_t k = 0; k < n; k++)
		sum += expf(margins[k] - max);
	for (size_t k = 0; k < n; k++)
		margins[k] = 1 + (margins[k] - max - logf(sum)) / MODEL_LOGIT;
}

int model_open(struct view image, struct model *ret)
{
	const struct model_head *h = (const struct model_head *)(const void *)image.ptr;
	struct model m = {.head = h, .tier = &tier_linear};

	if (image.len < MODEL_HEAD_SIZE || (uintptr_t)image.ptr % 16 || h->magic != MODEL_MAGIC ||
	    h->version != MODEL_VERSION || h->size != image.len || h->tier >= TIER_KINDS ||
	    !has_part(h, h->linear_at, h->linear_size) ||
	    !has_part(h, h->better_at, h->better_size) ||
	    h->checksum != model_checksum(image.ptr, image.len))
		return -EBADMSG;
	m.tier_image = view_sub(image, h->linear_at, h->linear_size);
	m.better_image = view_sub(image, h->better_at, h->better_size);
	if (h->n_labels == 0 || h->n_labels > TIER_LABELS || !m.tier->is_sound(m.tier_image) ||
	    linear_head(m.tier_image)->n_labels != h->n_labels)
		return -EBADMSG;
	if (h->tier != TIER_LINEAR &&
	    (!convolution_is_sound(m.better_image) || better_head(&m)->n_labels != h->n_labels))
		return -EBADMSG;
	*ret = m;
	return 0;
}

static void put(struct verdict *v, uint32_t label, double p)
{
	size_t at = v->n < NLU_RANKING ? v->n : NLU_RANKING;

	while (at > 0 && v->probabilities[at - 1] < p)
		at--;
	if (at == NLU_RANKING)
		return;
	if (v->n < NLU_RANKING)
		v->n++;
	for (size_t i = v->n - 1; i > at; i--) {
		v->labels[i] = v->labels[i - 1];
		v->probabilities[i] = v->probabilities[i - 1];
	}
	v->labels[at] = label;
	v->probabilities[at] = (float)p;
}

/* What is left of being in scope is shared among the labels behind the best. */
static void rank(const struct calibration *c, const float *margins, size_t n_labels,
		 const struct signals *s, struct verdict *v)
{
	double right = calibrated_right(c, s), inside = calibrated_inside(c, s), sum = 0;

	inside = fmax(inside, right);
	put(v, s->best, right);
	if (c->outside < n_labels)
		put(v, c->outside, 1 - inside);
	for (uint32_t k = 0; k < n_labels; k++)
		if (k != s->best && k != c->outside)
			sum += exp(c->softness * (margins[k] - margins[s->second]));
	for (uint32_t k = 0; k < n_labels; k++)
		if (k != s->best && k != c->outside)
			put(v, k,
			    fmin(right, (inside - right) / sum *
					    exp(c->softness * (margins[k] - margins[s->second]))));
}

/* In scope at all? Then: one, or one of two? */
static enum nlu_decision decide(const struct calibration *c, const struct signals *s)
{
	double right = calibrated_right(c, s), inside = calibrated_inside(c, s);

	if (inside < c->ask_from)
		return NLU_UNSURE;
	return inside >= c->answer_from && right >= c->right_from ? NLU_SURE : NLU_BETWEEN;
}

static void score(const struct model *m, struct arena *a, const struct reading *r, float *ret,
		  struct evidence *ret_evidence)
{
	float logits[TIER_LABELS];

	m->tier->score(m->tier_image, a, r, ret, ret_evidence);
	if (m->head->tier == TIER_LINEAR)
		return;
	convolution_score(m->better_image, a, r, logits);
	model_combine(logits, better_head(m)->share, m->head->n_labels, ret);
}

void model_margins(const struct model *m, struct arena *a, const struct reading *r, float *ret)
{
	struct evidence evidence;

	score(m, a, r, ret, &evidence);
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

static float peak_of(const struct model *m, const float *margins)
{
	float max = -1e30f, sum = 0;

	for (size_t k = 0; k < m->head->n_labels; k++)
		max = fmaxf(max, margins[k]);
	for (size_t k = 0; k < m->head->n_labels; k++)
		sum += expf(MODEL_LOGIT * (margins[k] - max));
	return 1 / sum;
}

void model_ask(const struct model *m, struct arena *a, const struct reading *r, struct verdict *ret)
{
	float margins[TIER_LABELS];
	struct verdict v = {.n = 0};
	struct signals s;

	score(m, a, r, margins, &v.evidence);
	signals_make(margins, m->head->n_labels, m->head->calibration.outside, &v.evidence,
		     &r->terms, &s);
	rank(&m->head->calibration, margins, m->head->n_labels, &s, &v);
	v.inside = (float)calibrated_inside(&m->head->calibration, &s);
	v.peak = peak_of(m, margins);
	v.decision = decide(&m->head->calibration, &s);
	*ret = v;
}
