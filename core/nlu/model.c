/* SPDX-License-Identifier: Apache-2.0 */
/* model.c - learning with a rotation for calibration, checking an image, and asking it. */
#include "nlu/model.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"

/* Parts of the rotation: each is judged by a model that did not see it. */
#define PARTS 3

static const struct tier *const tiers[] = {&tier_linear};
#define N_TIERS (sizeof(tiers) / sizeof(tiers[0]))

/* By what it says, not by where it stands: neighbours in a file are alike. */
static unsigned part_of(const struct train_set *set, size_t i)
{
	return (unsigned)(hash_view(set->readings[i].text.folded) % PARTS);
}

/* Tier images must be aligned; those in a growing buffer are not. */
static struct view aligned_copy(const struct buf *b)
{
	char *p = aligned_alloc(64, (b->len + 63) / 64 * 64);

	if (!p)
		die_oom(b->len);
	memcpy(p, b->ptr, b->len);
	return view_make(p, b->len);
}

static int judge_part(const struct tier *tier, const struct train_set *set, uint32_t outside,
		      unsigned part, uint32_t *chosen, struct signals *signals)
{
	struct buf image = BUF_INIT;
	struct arena scratch;
	struct view aligned;
	size_t n_chosen = 0;
	int r;

	for (size_t i = 0; i < set->n; i++)
		if (part_of(set, i) != part)
			chosen[n_chosen++] = (uint32_t)i;
	r = tier->train(set, chosen, n_chosen, &image);
	if (r < 0)
		return r;
	aligned = aligned_copy(&image);
	buf_done(&image);
	arena_init(&scratch, 1 << 16);
	for (size_t i = 0; i < set->n; i++) {
		float margins[TIER_LABELS];
		struct evidence evidence;

		if (part_of(set, i) != part)
			continue;
		arena_reset(&scratch);
		tier->score(aligned, &scratch, &set->readings[i], margins, &evidence);
		signals_make(margins, set->n_labels, outside, &evidence, &set->readings[i].terms,
			     &signals[i]);
	}
	arena_done(&scratch);
	free((char *)aligned.ptr);
	return 0;
}

static int learn_calibration(const struct tier *tier, const struct train_set *set, uint32_t outside,
			     struct calibration *ret)
{
	struct signals *signals;
	uint32_t *chosen;
	struct arena a;
	int r = 0;

	arena_init(&a, 1 << 16);
	signals = ARENA_ARRAY(&a, set->n, struct signals);
	chosen = ARENA_ARRAY(&a, set->n, uint32_t);
	for (unsigned part = 0; part < PARTS && r == 0; part++)
		r = judge_part(tier, set, outside, part, chosen, signals);
	if (r == 0)
		calibrate(&a, signals, set->labels, set->n, outside, ret);
	arena_done(&a);
	return r;
}

static uint64_t checksum(const char *image, size_t len)
{
	size_t from = offsetof(struct model_head, key);

	return hash_seeded(image + from, len - from, MODEL_VERSION);
}

int model_train(const struct train_set *set, uint32_t outside, uint64_t key, struct buf *ret_image)
{
	struct model_head head = {.magic = MODEL_MAGIC,
				  .version = MODEL_VERSION,
				  .key = key,
				  .n_labels = (uint32_t)set->n_labels,
				  .n_examples = (uint32_t)set->n};
	size_t head_size = (sizeof(head) + 63) / 64 * 64;
	struct buf out = BUF_INIT;
	uint32_t *all;
	int r;

	if (set->n < PARTS)
		return -EINVAL;
	all = calloc(set->n, sizeof(*all));
	if (!all)
		die_oom(set->n * sizeof(*all));
	for (size_t i = 0; i < set->n; i++)
		all[i] = (uint32_t)i;
	memset(buf_reserve(&out, head_size), 0, head_size);
	out.len = head_size;
	r = learn_calibration(tiers[head.tier], set, outside, &head.calibration);
	if (r == 0)
		r = tiers[head.tier]->train(set, all, set->n, &out);
	free(all);
	if (r < 0) {
		buf_done(&out);
		return r;
	}
	head.size = (uint32_t)out.len;
	head.tier_size = (uint32_t)(out.len - head_size);
	memcpy(out.ptr, &head, sizeof(head));
	head.checksum = checksum(out.ptr, out.len);
	memcpy(out.ptr, &head, sizeof(head));
	*ret_image = out;
	return 0;
}

int model_open(struct view image, struct model *ret)
{
	const struct model_head *h = (const struct model_head *)(const void *)image.ptr;
	size_t head_size = (sizeof(*h) + 63) / 64 * 64;
	struct model m = {.head = h};

	if (image.len < head_size || (uintptr_t)image.ptr % 16 || h->magic != MODEL_MAGIC ||
	    h->version != MODEL_VERSION || h->size != image.len || h->tier >= N_TIERS ||
	    h->tier_size != image.len - head_size || h->checksum != checksum(image.ptr, image.len))
		return -EBADMSG;
	m.tier = tiers[h->tier];
	m.tier_image = view_sub(image, head_size, h->tier_size);
	if (h->n_labels == 0 || h->n_labels > TIER_LABELS || !m.tier->is_sound(m.tier_image))
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

void model_margins(const struct model *m, struct arena *a, const struct reading *r, float *ret)
{
	struct evidence evidence;

	m->tier->score(m->tier_image, a, r, ret, &evidence);
}

void model_ask(const struct model *m, struct arena *a, const struct reading *r, struct verdict *ret)
{
	float margins[TIER_LABELS];
	struct verdict v = {.n = 0};
	struct signals s;

	m->tier->score(m->tier_image, a, r, margins, &v.evidence);
	signals_make(margins, m->head->n_labels, m->head->calibration.outside, &v.evidence,
		     &r->terms, &s);
	rank(&m->head->calibration, margins, m->head->n_labels, &s, &v);
	v.inside = (float)calibrated_inside(&m->head->calibration, &s);
	v.decision = decide(&m->head->calibration, &s);
	*ret = v;
}
