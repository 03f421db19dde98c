/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy.h - what to do with what was understood: one table of named rules.
 *
 * The situation is put into signs (bits): what the words are, what is remembered, how sure the
 * classifier is. A rule names the signs it needs and those that bar it; the first that fits
 * decides.
 * --why prints the rule and the signs. Nothing is asked of plugins here and nothing is worded.
 */
#ifndef DIALOG_POLICY_H
#define DIALOG_POLICY_H

#include "dialog/carry.h"
#include "dialog/choose.h"
#include "dialog/facet.h"
#include "dialog/memory.h"
#include "dialog/people.h"
#include "dialog/reply.h"
#include "nlu/understand.h"

enum action {
	DO_ANSWER,     /* one intent, one place or none                         */
	DO_COMPARE,    /* one facet or several, two places or more              */
	DO_FASTEST,    /* over all places that state a time                     */
	DO_SOURCES,    /* who says so: what the last answer rests on            */
	DO_ASK_PLACE,  /* a shared name: which of them?                         */
	DO_ASK_INTENT, /* two readings: which of them?                          */
	DO_ASK_WHAT,   /* a place and nothing else                              */
	DO_CHAT,       /* wording alone                                         */
	DO_REFUSE,     /* wording alone, never counted as not understood        */
	DO_DECLINE,    /* not understood or not ours: nearest questions offered */
	DO_HANDOFF,    /* a person                                              */
	DO_RESET,      /* forget the conversation                               */
};

/* What is known when the policy is asked. Everything lives as long as the request. */
struct policy_input {
	const struct catalog *catalog;
	const struct region_table *regions;
	const struct facets *facets;
	const struct understanding *what;   /* of the text as typed                       */
	const struct understanding *whole;  /* of all of it, where `what` is a clause; or NULL */
	struct view asked;                  /* all of it, folded, where `what` is a clause */
	const struct understanding *leaned; /* of the text with its matter in front; NULL */
	uint64_t cues;                      /* phrase_find() of the same text */
	const struct memory *memory;
	const struct region *referred; /* pointed at: 第二个要带什么; NULL: none   */
	const struct region *given;    /* the client's region field; NULL: none      */
	bool returns;                  /* to what was talked about before: memory is that    */
	struct view option;            /* choose: an option's id                     */
	bool has_numbers;              /* personal numbers were lifted out           */
	/* The question asks as much of other matters, and none is named or known: one intent a
	 * matter, the likeliest first. */
	const struct intent *const *rivals;
	size_t n_rivals;
	const struct matter_point *point;  /* see topic_point(); NULL */
	const struct people_asked *people; /* whose thing it is about; NULL */
};

#define NEAREST_MAX 6

struct decided_region {
	const struct region *region;
	const char *found_by;
};

struct decision {
	enum action action;
	const char *rule;
	const char *words; /* the wording entry, for actions that say only that */
	const struct intent *intent;
	float confidence;
	struct decided_region regions[LIMIT_COMPARE];
	size_t n_regions;
	const struct region *const *left_out; /* more regions than are compared */
	size_t n_left_out;
	const struct facet *facet;   /* of a comparison; NULL: the default ones */
	const struct intent *aspect; /* what is asked of an intent that holds all; see aspect.h */
	bool is_aspect_again;        /* and of that intent something was answered last time */
	struct view kind;            /* another certificate is talked about; see session.h */
	bool kind_is_carried;
	bool is_persons;  /* the places are new: where the people are who are asked about */
	bool says_who;    /* the kind is who somebody just said they are; empty: it is taken back */
	bool is_foreign;  /* as are those who wrote it, they said */
	unsigned carried; /* enum reply_carried */
	const struct mention *shared;              /* DO_ASK_PLACE */
	const struct mention *assumed;             /* a reading that must be said */
	struct view corrected, corrected_to;       /* 居住正 -> 居住证; empty: nothing was */
	bool is_place_corrected;                   /* … and it is a place */
	const struct matter *matter;               /* what it is about, if anything */
	const struct intent *nearest[NEAREST_MAX]; /* DO_ASK_INTENT, DO_DECLINE, DO_ASK_WHAT */
	size_t n_nearest;
	struct view other; /* DO_DECLINE: what it is about instead (驾照); may be empty */
	const struct intent *otherwise; /* repeats: if the last answer names nothing of it */
	bool repeats;                   /* the last answer once more … */
	bool is_again; /* the same of the same place, asked on in other words: not all of it anew */
	bool in_full;  /* … with all that is known      */
	bool asks_point; /* one thing alone of what was answered last; see point.h */
	const struct matter_point *point; /* that one; NULL: what the text names, if anything */
	struct view part; /* one of several questions, as it was typed, which names the point */
	bool in_short;    /* … its first sentence alone */
	uint64_t signs;
};

/* Declined because it is about another kind of the same certificate. */
static inline bool decision_is_other_kind(const struct decision *d)
{
	return d->action == DO_REFUSE && d->kind.len > 0 && d->words && view_is(d->kind, d->words);
}

void policy_decide(struct arena *a, const struct policy_input *in, struct decision *ret);

/* The signs by name, for --why: "SURE QUESTION HAS_PLACE". */
struct view policy_signs(struct arena *a, uint64_t signs);

#endif
