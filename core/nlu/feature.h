/* SPDX-License-Identifier: Apache-2.0 */
/*
 * feature.h - what the linear model sees of a question: hashed n-grams of several views, and cues.
 *
 * The views: characters (places masked, terms corrected), syllables in their fuzzy classes, the
 * characters once more with the names of other matters masked (X丢了怎么补), and a few cues (how
 * many places are asked about, length, kind of sentence). Each feature is 64 bits of
 * hash and occurs once a view.
 */
#ifndef NLU_FEATURE_H
#define NLU_FEATURE_H

#include "nlu/mention.h"
#include "nlu/sound.h"
#include "nlu/term.h"

/* How questions are read: all parts may be NULL (other data sets have neither places nor matters).
 */
struct lens {
	const struct gazetteer *gazetteer;
	const struct term_table *terms;
	const struct catalog *catalog; /* for its glosses */
};

/* A question, read. */
struct reading {
	struct text text;
	struct sounds sounds;
	struct term_hits terms;
	struct mentions mentions;
	const struct catalog *catalog;
};

/* 0 or -EILSEQ. */
int reading_make(const struct lens *lens, struct arena *a, struct view raw, struct reading *ret);

enum feature_view { FEATURE_CHARS, FEATURE_SOUNDS, FEATURE_FRAME, FEATURE_CUES, FEATURE_VIEWS };

struct features {
	const uint64_t *hashes[FEATURE_VIEWS];
	size_t n[FEATURE_VIEWS];
};

/* Which n-grams are made; kept in the model so that training and asking agree. */
struct feature_rules {
	/* The longest n-gram of a view; 0 switches the view off. Cues: 0 or 1. */
	uint8_t longest[FEATURE_VIEWS];
};

void features_make(const struct feature_rules *rules, struct arena *a, const struct reading *r,
		   struct features *ret);

/* What a hash stands for, found by making the features again; empty if it does not occur. */
struct view feature_describe(const struct feature_rules *rules, struct arena *a,
			     const struct reading *r, uint64_t hash);

#endif
