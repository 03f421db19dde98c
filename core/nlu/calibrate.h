/* SPDX-License-Identifier: Apache-2.0 */
/*
 * calibrate.h - from margins to probabilities and to a decision.
 *
 * Two small logistic models over a handful of signals, fitted on examples the margins were not
 * learnt from: how likely the best label is right, and how likely the question is in scope at all.
 * They look at gaps between margins, not at a sum over labels, so that adding intents does not
 * push probabilities down. The thresholds are the lowest that keep the stated budgets.
 */
#ifndef NLU_CALIBRATE_H
#define NLU_CALIBRATE_H

#include "base/arena.h"
#include "nlu/tier.h"
#include "nlu/top.h"
#include "nlu/understand.h"

#define CALIBRATE_SIGNALS 8

/* Out of 1000 questions out of scope: how many may be answered, and asked back about. */
#define CALIBRATE_ANSWERED_BUDGET 3
#define CALIBRATE_ASKED_BUDGET    60

struct calibration {
	double right[CALIBRATE_SIGNALS];
	double inside[CALIBRATE_SIGNALS];
	float answer_from; /* probability of being in scope from which a question is answered  */
	float ask_from;    /* … and from which it is at least asked back about                 */
	float right_from;  /* probability of being right below which two labels are asked about */
	uint32_t outside;  /* the label of what is out of scope; TIER_LABELS: there is none     */
	/* Labels that answer nothing of substance: mistaking something for them misleads nobody,
	 * so that the budgets do not count it. */
	uint8_t is_small_talk[TIER_LABELS];
};
/* Before anything is fitted; `outside` and `is_small_talk` are then set by hand. */
#define CALIBRATION_NONE                                    \
	{                                                   \
		.outside = TIER_LABELS, .right_from = 0.45f \
	}

/* What calibration sees of one question. */
struct signals {
	double x[CALIBRATE_SIGNALS];
	uint32_t best,
	    second; /* labels, the one for out of scope left out; equal if there is one */
};

/* From the margins and which of them are the largest. */
void signals_make(const float *margins, const struct top *top, uint32_t outside,
		  const struct evidence *evidence, const struct term_hits *terms,
		  struct signals *ret);

/* Of the budgets and all else that the result depends on beside the examples: part of the key under
 * which a model is kept, so that none is used whose thresholds were chosen by other budgets. */
uint64_t calibrate_fingerprint(void);
/* Fit on n examples with their true labels, thresholds included; what is set by hand stays. */
void calibrate(struct arena *a, const struct signals *signals, const uint32_t *labels, size_t n,
	       struct calibration *ret);

/* Choose the thresholds anew, on questions that are like real ones. */
void calibrate_thresholds(struct arena *a, const struct signals *signals, const uint32_t *labels,
			  size_t n, struct calibration *c);

double calibrated_right(const struct calibration *c, const struct signals *s);
double calibrated_inside(const struct calibration *c, const struct signals *s);

#endif
