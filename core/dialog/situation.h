/* SPDX-License-Identifier: Apache-2.0 */
/*
 * situation.h - the signs that the policy's rules look at, and what follows from a rule.
 *
 * Private to policy.c: situation_read() finds the signs, situation_settle() fills in intent and
 * regions once a rule has decided.
 */
#ifndef DIALOG_SITUATION_H
#define DIALOG_SITUATION_H

#include "dialog/policy.h"

enum sign {
	/* of the classifier */
	SURE = 1 << 0,
	BETWEEN = 1 << 1,
	QUESTION = 1 << 2, /* the first of the ranking is answered from guides */
	OUT_OF_SCOPE = 1 << 3,
	CHATS = 1 << 4,
	WANTS_PERSON = 1 << 5,
	HAS_NEAREST = 1 << 6, /* some reading could be offered */
	MUTUAL = 1 << 7,      /* about one place's permit in another */
	/* of fixed phrases */
	INJECTION = 1 << 8,
	FORGERY = 1 << 9,
	PAID_AGENT = 1 << 10,
	OTHERS_DATA = 1 << 11,
	DISTRESS = 1 << 12,
	ABUSE = 1 << 13,
	RESET = 1 << 14,
	REPEATS = 1 << 15,
	COMPARES = 1 << 16,
	ASKS_FASTEST = 1 << 17,
	NUMBERS_ONLY = 1 << 18, /* personal numbers and nothing else */
	/* of places */
	PLACE_ONLY = 1 << 19, /* a place with nothing beside it */
	SEVERAL_PLACES = 1 << 20,
	SHARED_PLACE = 1 << 21, /* one name, several places, nothing tells which */
	MOVED = 1 << 22,        /* from one place to another */
	/* of the conversation */
	REMEMBERS = 1 << 23,     /* an intent was answered not long ago */
	LEANS = 1 << 24,         /* with the remembered matter in front it is clear */
	COMPARES_MORE = 1 << 25, /* the remembered place against one more */
	CHOSE = 1 << 26,
	CHOICE_MISSED = 1 << 27,
	NONE_OF_THESE = 1 << 28,
	PLACE_ASKED = 1 << 29, /* the last question back was about this very name */
	GIVE_UP = 1 << 30,     /* two rounds failed, or the same would be asked again */
};
#define NATIONWIDE (1u << 31) /* 全国统一: no place is meant, nor carried over */

struct situation {
	unsigned signs;
	const struct memory_option *chosen;
	struct decided_region
	    places[LIMIT_MENTIONS]; /* named in the text, or settled from a shared name */
	size_t n_places;
	const struct mention *shared;
	const struct mention *corrected;
};

void situation_read(struct arena *a, const struct policy_input *in, struct situation *ret);
void situation_settle(struct arena *a, const struct policy_input *in, const struct situation *s,
		      struct decision *d);

#endif
