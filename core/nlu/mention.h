/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mention.h - the places in a question, and which of them is asked about.
 *
 * One pass of an automaton over the folded characters finds every name, short name, abbreviation,
 * nickname and app name in the country (longest match); cues around them say what part each plays.
 * The cost does not depend on the number of names.
 */
#ifndef NLU_MENTION_H
#define NLU_MENTION_H

#include "base/arena.h"
#include "know/catalog.h"
#include "know/region.h"
#include "nlu/sound.h"
#include "nlu/term.h"
#include "text/fold.h"

struct gazetteer; /* the automaton: built once for a generation, read-only */

/* Names beyond the region table's own: aliases and app names from guides. */
struct gazetteer_extra {
	struct view name; /* as written in the guide; folded here */
	const struct region *region;
	enum region_name_kind kind;
};

/* The catalogue is for the words of matters around places; NULL: none. */
struct gazetteer *gazetteer_new(const struct region_table *table, const struct catalog *catalog,
				const struct gazetteer_extra *extras, size_t n_extras);
void gazetteer_free(struct gazetteer *g);
size_t gazetteer_bytes(const struct gazetteer *g);

enum mention_role {
	MENTION_TARGET,  /* asked about                                   */
	MENTION_ORIGIN,  /* 老家河南, 河南户口: only where someone is from  */
	MENTION_LEFT,    /* 从郑州搬到杭州: left                           */
	MENTION_NEGATED, /* 不是北京                                       */
	MENTION_PART,    /* part of a street, shop or ordinary word        */
	MENTION_BESIDE,  /* told of in a story that asks about another one */
};

struct mention {
	uint32_t start, end;            /* characters in text.chars */
	const struct region_name *name; /* the first candidate's name entry (kind, surface) */
	const struct region *const *candidates; /* most likely first */
	const uint8_t *weights;                 /* one a candidate */
	size_t n_candidates;
	enum mention_role role;
	bool is_slurred;            /* typed in letters by ear, see slur.h */
	bool is_corrected;          /* found through sound or letters, not as written */
	const struct region *meant; /* the reading chosen in this text; NULL: open (ask back) */
	bool is_assumed;            /* chosen by weight alone, and worth saying */
	const struct place *place;  /* the gazetteer's own */
};

struct mentions {
	struct mention *items; /* in the order of the text, not overlapping */
	size_t n;
	/* What is asked about, most specific, without duplicates; several only if several are
	 * meant. */
	const struct region **targets;
	size_t n_targets;
	/* A target that could be several places and has no overwhelming reading: ask back. */
	const struct mention *ambiguous; /* NULL if none */
	/* A reading that was assumed and should be said (朝阳 -> 北京朝阳区). */
	const struct mention *assumed; /* NULL if none */
};

/* Everything lives in the arena. Never fails. */
void gazetteer_scan(const struct gazetteer *g, struct arena *a, const struct text *text,
		    struct mentions *ret);

/*
 * The same with what other stages found: syllables, so that places typed in letters or written by
 * sound are found (zhengzhou, 正州); terms, because two letters (zz) are a place only beside one.
 */
void gazetteer_read(const struct gazetteer *g, struct arena *a, const struct text *text,
		    const struct sounds *sounds, const struct term_hits *terms,
		    struct mentions *ret);

#endif
