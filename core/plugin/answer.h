/* SPDX-License-Identifier: Apache-2.0 */
/*
 * answer.h - struct wenlu_answer: what a plugin's answer() fills through the host table.
 *
 * Only in wenlu-host. Everything is copied into the answer's arena and checked on the way in, so
 * that the plugin's author learns of a mistake from the call that made it (and from the log).
 */
#ifndef PLUGIN_ANSWER_H
#define PLUGIN_ANSWER_H

#include <wenlu/plugin.h>

#include "base/arena.h"
#include "know/guide.h"

struct wenlu_answer {
	struct arena *arena;
	const struct guide *guide; /* the plugin's own */
	struct view intent;        /* the one asked about */
	struct facts facts;
	struct inquiry inquiry; /* the first one; see answer_ask_for() */
	size_t n_bytes;         /* of text so far */
	int32_t max_age_ms;
	bool is_full; /* a call returned ENOSPC: the answer is not whole */
	/* Told of every call that is refused: `what` is a sentence. */
	void (*complain)(void *data, const char *what);
	void *data;
};

/* Begin: empty, for `intent`. Storage is the caller's; text lives in the arena. */
void answer_init(struct wenlu_answer *out, struct arena *a, const struct guide *guide,
		 struct view intent);
/* Set those members of the table that fill answers. */
void answer_fill_table(struct wenlu_host *table);
/*
 * ask_for() of struct wenlu_condition_host: of several the first is asked, the others are only
 * checked. Without text it is asked as the matter asks for that figure.
 */
int32_t answer_ask_for(struct wenlu_answer *out, const char *name, const char *text,
		       const char *source);

#endif
