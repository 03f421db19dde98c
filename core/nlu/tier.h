/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tier.h - the seam between understanding and whatever scores a question.
 *
 * A tier learns from read examples and leaves an image: flat bytes, offsets instead of pointers,
 * the same for the same examples on every run. It then gives a margin for each label. The linear
 * tier is always there; others can stand beside it, and calibration comes after all of them.
 */
#ifndef NLU_TIER_H
#define NLU_TIER_H

#include "base/buf.h"
#include "nlu/feature.h"

/* Examples, read. */
struct train_set {
	const struct reading *readings;
	const uint32_t *labels; /* one an example, < n_labels */
	size_t n;
	size_t n_labels;
	/*
	 * Labels that ask the same of different matters (what does it cost?) are kin: their group,
	 * < n_groups, or TRAIN_NO_KIN. NULL: none is.
	 */
	const uint32_t *kin; /* one a label */
	size_t n_groups;
};
#define TRAIN_NO_KIN UINT32_MAX

/* What a tier saw of a question besides its margins. */
struct evidence {
	float known; /* share of the features that occurred in training, 0 .. 1 */
	uint32_t n_known;
};

/*
 * Examples that are judged by what the others teach: those of the parts 0 .. n_parts - 1, each part
 * by all examples that are not of it.
 */
struct train_parts {
	const uint8_t *part; /* of each example */
	unsigned n_parts;
	float *margins;            /* [n][n_labels], filled in where an example is judged … */
	struct evidence *evidence; /* [n], and so is this */
};

struct tier {
	const char *name;
	/* Learn from all examples and add the image to `out`; judge some of them if `parts` is not
	 * NULL. 0 or -errno. */
	int (*train)(const struct train_set *set, const struct train_parts *parts, struct buf *out);
	/* True if the bytes are an image of this tier that is safe to score with. */
	bool (*is_sound)(struct view image);
	/* Features, for figures. */
	size_t (*n_features)(struct view image);
	/* A margin for each label (room for as many as the image has). No allocation but the
	 * arena's. */
	void (*score)(struct view image, struct arena *a, const struct reading *r,
		      float *ret_margins, struct evidence *ret_evidence);
	/*
	 * Up to `max` pieces of the question that spoke most for `label`, as words with a figure,
	 * best first, in the arena; gives how many.
	 */
	size_t (*explain)(struct view image, struct arena *a, const struct reading *r,
			  uint32_t label, struct view *out, size_t max);
};

/* The most labels a model can have. */
#define TIER_LABELS 512

/*
 * What a model can hold: the linear tier always, and a convolutional one beside it, whose logits
 * are added up with the margins (convolution.h).
 */
enum tier_kind { TIER_LINEAR, TIER_FAST, TIER_ACCURATE, TIER_KINDS };

/* "linear", "fast", "accurate". Static. */
const char *tier_name(enum tier_kind kind);
/* The kind called so, or -EINVAL. */
int tier_find(const char *name);

extern const struct tier tier_linear;

#endif
