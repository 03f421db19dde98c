/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.h - everything that was learnt, as one image: tiers and their calibration.
 *
 * The image is flat (offsets, no pointers), carries a checksum, and is the same byte for byte for
 * the same examples; it can be kept in a file, in a sealed memfd, or in an arena.
 */
#ifndef NLU_MODEL_H
#define NLU_MODEL_H

#include "base/buf.h"
#include "nlu/calibrate.h"
#include "nlu/bag.h"
#include "nlu/convolution.h"

#define MODEL_MAGIC   0x6c6e77u
#define MODEL_VERSION 10 /* raise it when what the bytes mean changes */

struct model_head {
	uint32_t magic, version;
	uint64_t checksum;                         /* of all that follows it */
	uint64_t key;                              /* what it was learnt from */
	uint64_t words;                            /* their fingerprint, see word.h */
	uint32_t size, n_labels, n_examples, tier; /* enum tier_kind */
	uint32_t n_trials, n_trials_right;         /* 0 if there were too few */
	/* The linear tier; a better one: a bag with a convolution beside it, and the linear tier
	 * too where it sees more in a question (places, terms) than the signs. */
	uint32_t linear_at, linear_size, bag_at, bag_size, better_at, better_size;
	struct calibration calibration;
};

struct model {
	const struct model_head *head;
	struct view linear, bag, better; /* linear.h, bag.h, convolution.h; or empty */
};

struct model_options {
	uint32_t outside; /* the label of what is out of scope, TIER_LABELS if there is none */
	const uint8_t *is_small_talk; /* by label, see struct calibration; NULL: none is */
	uint64_t key;
	enum tier_kind tier;
	bool has_lens; /* the readings have places or terms */
	/* Questions that are like real ones and are not learnt from, to choose thresholds on.
	 * NULL: there are none. */
	const struct train_set *trials;
	const struct words *words;                 /* for tiers better than the linear one */
	void (*progress)(void *data, double done); /* now and then, done: 0 .. 1; may be NULL */
	void *data;
};

/* So many trials, and so many of them out of scope, are enough to choose thresholds on. */
#define MODEL_TRIALS_LEAST         300
#define MODEL_TRIALS_OUTSIDE_LEAST 100

/* Learn each tier from all examples, then calibrate. 0 or -errno. */
int model_train(const struct train_set *set, const struct model_options *options,
		struct buf *ret_image);
/* Where the tiers' images begin, at the earliest. */
#define MODEL_HEAD_SIZE ((sizeof(struct model_head) + 63) / 64 * 64)
/* Of a bag's margins where the linear tier is there too. */
#define MODEL_BAG_SHARE 0.5f
/* Logits in one unit of margin. */
#define MODEL_LOGIT 4.0f
/* For learning: margins[n] of what stands beside the convolution become those of all. */
void model_combine(const float *logits, float share, size_t n, float *margins);
uint64_t model_checksum(const char *image, size_t len);
/* Look at an image (16-byte aligned, outlives *ret): 0, or -EBADMSG if it is not whole and right.
 */
int model_open(struct view image, struct model *ret);

/*
 * Is the first to be asked rather than the second? Both learnt the same content: who was right more
 * often on its trials; the better tier if that is the same, or if there were too few.
 */
bool model_beats(const struct model *m, const struct model *other);

/* What the model says of one question. */
struct verdict {
	uint32_t labels[NLU_RANKING]; /* best first */
	float probabilities[NLU_RANKING];
	size_t n;
	enum nlu_decision decision;
	float inside; /* probability of being in scope */
	/* How much it is like anything that was learnt, against other questions of this model. */
	float likeness;
	struct evidence evidence;
};
void model_ask(const struct model *m, struct arena *a, const struct reading *r,
	       struct verdict *ret);
/* What calibration sees of it. */
void model_signals(const struct model *m, struct arena *a, const struct reading *r,
		   struct signals *ret);
/* Features, for figures. */
size_t model_n_features(const struct model *m);
/*
 * Up to `max` pieces of the question that spoke most for `label`, as words with a figure, best
 * first, in the arena; gives how many.
 */
size_t model_explain(const struct model *m, struct arena *a, const struct reading *r,
		     uint32_t label, struct view *out, size_t max);

#endif
