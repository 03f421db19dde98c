/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model-train.c - learning the tiers and the calibration, and putting the image together.
 *
 * Calibration rests on questions that the tiers judged without having learnt them: a part of the
 * examples is judged by tiers that learnt the others. Examples are chosen to teach, so they are
 * harder than what people ask, and thresholds that rest on them ask back more often than they
 * should: those are chosen on trials where there are enough.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/blank.h"
#include "base/error.h"
#include "base/hands.h"
#include "base/hash.h"
#include "nlu/model.h"

/* Parts of the rotation. */
#define PARTS    3
#define JOBS_MAX 32

struct training {
	const struct train_set *set;
	const struct model_options *options;
	const struct convolution_recipe *recipe; /* NULL: the linear tier alone */
	struct arena arena;
	unsigned n_parts;            /* of the rotation that are judged */
	uint8_t *part;               /* of each example */
	uint32_t *chosen[PARTS + 1]; /* all but those of a part; all */
	size_t n_chosen[PARTS + 1];
	float *margins; /* [n][n_labels] */
	struct evidence *evidence;
	struct buf linear; /* packed; empty if there is none */
	struct bag *bag;
	struct convolution_task task;
	struct convolution_job jobs[JOBS_MAX];
	size_t n_jobs;
	int error;
};

#define PIECE 256 /* examples at a time */

/* By what it says, not by where it stands: neighbours in a file are alike. */
static void part_piece(void *data, unsigned hand, size_t piece)
{
	struct training *t = data;

	(void)hand;
	for (size_t i = piece * PIECE; i < t->set->n && i < (piece + 1) * PIECE; i++)
		t->part[i] = (uint8_t)(hash_view(t->set->readings[i].text.folded) % PARTS);
}

static void choose(struct training *t)
{
	t->part = ARENA_ARRAY(&t->arena, t->set->n, uint8_t);
	hands_share(hands_count(), (t->set->n + PIECE - 1) / PIECE, part_piece, t);
	/* The linear tier needs no more. */
	if (!t->recipe)
		return;
	for (size_t k = 0; k <= PARTS; k++)
		t->chosen[k] = ARENA_ARRAY(&t->arena, t->set->n, uint32_t);
	for (size_t i = 0; i < t->set->n; i++)
		for (size_t k = 0; k <= PARTS; k++)
			if (k != t->part[i])
				t->chosen[k][t->n_chosen[k]++] = (uint32_t)i;
}

static void learn_linear(struct training *t)
{
	struct train_parts parts = {t->part, t->n_parts, t->margins, t->evidence};

	t->error = tier_linear.train(t->set, &parts, &t->linear);
}

/* On top of what the linear tier says, if it has judged. */
static void judge_by_bag(struct training *t, unsigned part)
{
	struct bag *bag = bag_learn(&t->task, t->chosen[part], t->n_chosen[part], 1);
	size_t n_labels = t->set->n_labels;
	float own[TIER_LABELS];
	struct evidence evidence;

	for (size_t i = 0; i < t->set->n; i++) {
		float *margins = t->margins + i * n_labels;

		if (t->part[i] != part)
			continue;
		bag_judge(bag, &t->task.texts[i], own, &evidence);
		if (!t->options->has_lens)
			t->evidence[i] = evidence;
		for (size_t k = 0; k < n_labels; k++)
			margins[k] =
			    t->options->has_lens ? own[k] * MODEL_BAG_SHARE + margins[k] : own[k];
	}
	bag_free(bag);
}

static void learn_bags(void *data)
{
	struct training *t = data;

	if (t->options->has_lens)
		learn_linear(t);
	for (unsigned part = 0; part < t->n_parts && t->error == 0; part++)
		judge_by_bag(t, part);
	t->bag = bag_learn(&t->task, t->chosen[PARTS], t->n_chosen[PARTS], 1);
}

static void on_progress(void *data, double done)
{
	const struct training *t = data;

	if (t->options->progress)
		t->options->progress(t->options->data, done);
}

static void add_job(struct training *t, unsigned chosen, unsigned seed)
{
	if (t->n_chosen[chosen] == 0 || t->n_jobs == JOBS_MAX)
		return;
	t->jobs[t->n_jobs++] = (struct convolution_job){
	    .chosen = t->chosen[chosen], .n_chosen = t->n_chosen[chosen], .seed = seed};
}

/* Members of the tier itself first, then those that judge a part each. */
static void learn_better(struct training *t)
{
	convolution_task_make(&t->arena, t->set, t->recipe, t->options->words, &t->task);
	t->task.beside = learn_bags;
	t->task.progress = on_progress;
	t->task.data = t;
	for (unsigned k = 0; k < t->recipe->members; k++)
		add_job(t, PARTS, k + 1);
	for (unsigned part = 0; part < t->n_parts; part++)
		for (unsigned k = 0; k < t->recipe->part_members; k++)
			add_job(t, part, k + 1);
	convolution_learn(&t->task, t->jobs, t->n_jobs);
}

static void combine_part(struct training *t, unsigned part)
{
	size_t n = 0, n_labels = t->set->n_labels;
	struct signs *texts;
	struct arena scratch;
	float *logits;

	arena_init(&scratch, 1 << 16);
	texts = ARENA_ARRAY(&scratch, t->set->n, struct signs);
	logits = ARENA_ARRAY(&scratch, t->set->n * n_labels, float);
	for (size_t i = 0; i < t->set->n; i++)
		if (t->part[i] == part)
			texts[n++] = t->task.texts[i];
	for (size_t j = t->recipe->members; j < t->n_jobs; j++)
		if (t->jobs[j].chosen == t->chosen[part])
			net_score(t->jobs[j].net, texts, n, logits);
	for (size_t k = 0; k < n * n_labels; k++)
		logits[k] /= (float)t->recipe->part_members;
	n = 0;
	for (size_t i = 0; i < t->set->n; i++)
		if (t->part[i] == part)
			model_combine(logits + n++ * n_labels, t->recipe->share, n_labels,
				      t->margins + i * n_labels);
	arena_done(&scratch);
}

static void learn_calibration(struct training *t, struct calibration *ret)
{
	struct signals *signals = ARENA_ARRAY(&t->arena, t->set->n, struct signals);
	uint32_t *labels = ARENA_ARRAY(&t->arena, t->set->n, uint32_t);
	size_t n = 0;

	for (unsigned part = 0; t->recipe && part < t->n_parts; part++)
		combine_part(t, part);
	for (size_t i = 0; i < t->set->n; i++) {
		const float *margins = t->margins + i * t->set->n_labels;
		struct top top;

		if (t->part[i] >= t->n_parts)
			continue;
		labels[n] = t->set->labels[i];
		top_find(margins, t->set->n_labels, &top);
		signals_make(margins, &top, t->options->outside, &t->evidence[i],
			     &t->set->readings[i].terms, &signals[n++]);
	}
	*ret = (struct calibration)CALIBRATION_NONE;
	ret->outside = t->options->outside;
	if (t->options->is_small_talk)
		memcpy(ret->is_small_talk, t->options->is_small_talk, t->set->n_labels);
	calibrate(&t->arena, signals, labels, n, ret);
}

static bool has_enough(const struct train_set *trials, uint32_t outside)
{
	size_t n = 0;

	for (size_t i = 0; trials && i < trials->n; i++)
		n += trials->labels[i] == outside;
	return trials && trials->n >= MODEL_TRIALS_LEAST && n >= MODEL_TRIALS_OUTSIDE_LEAST;
}

#define PIECE_ASKED 32 /* trials at a time */

/* The finished image is asked about the trials. */
struct asking {
	const struct train_set *trials;
	struct model model;
	struct arena scratch[HANDS_MAX];
	struct signals *signals;
	bool *is_right;
};

static void ask_piece(void *data, unsigned hand, size_t piece)
{
	struct asking *x = data;
	struct verdict v;

	for (size_t i = piece * PIECE_ASKED; i < x->trials->n && i < (piece + 1) * PIECE_ASKED;
	     i++) {
		const struct reading *r = &x->trials->readings[i];

		arena_reset(&x->scratch[hand]);
		model_signals(&x->model, &x->scratch[hand], r, &x->signals[i]);
		model_ask(&x->model, &x->scratch[hand], r, &v);
		x->is_right[i] = v.labels[0] == x->trials->labels[i];
	}
}

static void ask_trials(struct asking *x)
{
	for (unsigned k = 0; k < HANDS_MAX; k++)
		arena_init(&x->scratch[k], 1 << 16);
	hands_share(hands_count(), (x->trials->n + PIECE_ASKED - 1) / PIECE_ASKED, ask_piece, x);
	for (unsigned k = 0; k < HANDS_MAX; k++)
		arena_done(&x->scratch[k]);
}

/* Put into the image how many of the trials it knows, and the thresholds that follow. */
static int choose_thresholds(struct training *t, struct buf *image)
{
	const struct train_set *trials = t->options->trials;
	struct view aligned = blank_copy(buf_view(image));
	struct asking x = {.trials = trials,
			   .signals = ARENA_ARRAY(&t->arena, trials->n, struct signals),
			   .is_right = ARENA_ARRAY(&t->arena, trials->n, bool)};
	struct model_head head;
	int r = model_open(aligned, &x.model);

	if (r == 0)
		ask_trials(&x);
	free((char *)aligned.ptr);
	if (r < 0)
		return r;
	memcpy(&head, image->ptr, sizeof(head));
	head.n_trials = (uint32_t)trials->n;
	for (size_t i = 0; i < trials->n; i++)
		head.n_trials_right += x.is_right[i];
	calibrate_thresholds(&t->arena, x.signals, trials->labels, trials->n, &head.calibration);
	memcpy(image->ptr, &head, sizeof(head));
	head.checksum = model_checksum(image->ptr, image->len);
	memcpy(image->ptr, &head, sizeof(head));
	return 0;
}

static void put_part(struct buf *out, const struct buf *part, uint32_t *ret_at, uint32_t *ret_size)
{
	size_t n = (64 - out->len % 64) % 64;

	memset(buf_reserve(out, n), 0, n);
	out->len += n;
	*ret_at = (uint32_t)out->len;
	*ret_size = (uint32_t)part->len;
	buf_view_add(out, buf_view(part));
}

static void put_together(struct training *t, struct buf *out)
{
	struct model_head head = {.magic = MODEL_MAGIC,
				  .version = MODEL_VERSION,
				  .key = t->options->key,
				  .words = t->recipe ? t->options->words->fingerprint : 0,
				  .n_labels = (uint32_t)t->set->n_labels,
				  .n_examples = (uint32_t)t->set->n,
				  .tier = t->options->tier};
	const struct net *nets[JOBS_MAX];
	struct buf bag = BUF_INIT, better = BUF_INIT;
	struct packed_rows rows;

	learn_calibration(t, &head.calibration);
	memset(buf_reserve(out, MODEL_HEAD_SIZE), 0, MODEL_HEAD_SIZE);
	out->len = MODEL_HEAD_SIZE;
	if (t->recipe) {
		for (size_t k = 0; k < t->recipe->members; k++)
			nets[k] = t->jobs[k].net;
		t->task.n_bytes_beside = t->linear.len;
		convolution_pack(&t->arena, &t->task, nets, t->recipe->members, &better, &rows);
		bag_pack(t->bag, &t->task, &rows, &bag);
	}
	put_part(out, &t->linear, &head.linear_at, &head.linear_size);
	put_part(out, &bag, &head.bag_at, &head.bag_size);
	put_part(out, &better, &head.better_at, &head.better_size);
	buf_done(&bag);
	buf_done(&better);
	head.size = (uint32_t)out->len;
	memcpy(out->ptr, &head, sizeof(head));
	head.checksum = model_checksum(out->ptr, out->len);
	memcpy(out->ptr, &head, sizeof(head));
}

int model_train(const struct train_set *set, const struct model_options *options,
		struct buf *ret_image)
{
	static const struct convolution_recipe *const recipes[TIER_KINDS] = {
	    [TIER_FAST] = &convolution_fast, [TIER_ACCURATE] = &convolution_accurate};
	struct training t = {.set = set, .options = options, .recipe = recipes[options->tier]};
	struct buf out = BUF_INIT;
	bool has_trials;

	if (set->n < PARTS || set->n_labels == 0 || set->n_labels > TIER_LABELS)
		return -EINVAL;
	arena_init(&t.arena, 1 << 20);
	has_trials = has_enough(options->trials, options->outside);
	t.n_parts = t.recipe ? t.recipe->parts : has_trials ? 1 : PARTS;
	t.margins = ARENA_ARRAY(&t.arena, set->n * set->n_labels, float);
	t.evidence = ARENA_ARRAY(&t.arena, set->n, struct evidence);
	choose(&t);
	if (t.recipe)
		learn_better(&t);
	else
		learn_linear(&t);
	if (t.error == 0) {
		put_together(&t, &out);
		if (has_trials)
			t.error = choose_thresholds(&t, &out);
	}
	if (t.error == 0)
		*ret_image = out;
	else
		buf_done(&out);
	for (size_t k = 0; k < t.n_jobs; k++)
		net_free(t.jobs[k].net);
	buf_done(&t.linear);
	bag_free(t.bag);
	arena_done(&t.arena);
	return t.error;
}
