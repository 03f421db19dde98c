/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.h - everything that was learnt, as one image: a tier and its calibration.
 *
 * The image is flat (offsets, no pointers), carries a checksum, and is the same byte for byte for
 * the same examples; it can be kept in a file, in a sealed memfd, or in an arena.
 */
#ifndef NLU_MODEL_H
#define NLU_MODEL_H

#include "base/buf.h"
#include "nlu/calibrate.h"
#include "nlu/tier.h"

#define MODEL_MAGIC   0x6c6e77u
#define MODEL_VERSION 1 /* raise it when what the bytes mean changes */

struct model_head {
	uint32_t magic, version;
	uint64_t checksum; /* of all that follows it */
	uint64_t key;      /* what it was learnt from */
	uint32_t size, n_labels, n_examples, tier, tier_size, reserved;
	struct calibration calibration;
};

struct model {
	const struct model_head *head;
	const struct tier *tier;
	struct view tier_image;
};

/*
 * Learn: the tier from all examples, the calibration from a rotation over parts of them.
 * `outside` is the label of what is out of scope, TIER_LABELS if there is none. 0 or -errno.
 */
int model_train(const struct train_set *set, uint32_t outside, uint64_t key, struct buf *ret_image);
/* Look at an image (16-byte aligned, outlives *ret): 0, or -EBADMSG if it is not whole and right.
 */
int model_open(struct view image, struct model *ret);

/* What the model says of one question. */
struct verdict {
	uint32_t labels[NLU_RANKING]; /* best first */
	float probabilities[NLU_RANKING];
	size_t n;
	enum nlu_decision decision;
	float inside; /* probability of being in scope */
	struct evidence evidence;
};
void model_ask(const struct model *m, struct arena *a, const struct reading *r,
	       struct verdict *ret);
/* The margins alone, n_labels of them. */
void model_margins(const struct model *m, struct arena *a, const struct reading *r, float *ret);

#endif
