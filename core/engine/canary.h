/* SPDX-License-Identifier: Apache-2.0 */
/*
 * canary.h - the questions that guides bring along to be tried with, asked before a switch.
 */
#ifndef ENGINE_CANARY_H
#define ENGINE_CANARY_H

#include "base/loop.h"
#include "dialog/reply.h"
#include "engine/generation.h"

/* What of a reply a canary's intent is compared with: of several answers in one that for it. */
const struct reply *canary_part(const struct guide_canary *canary, const struct reply *reply);
/* True if the reply is what a canary of the guide wants; else *why has a sentence, and line and
 * column of what does not hold. */
bool canary_is_right(const struct guide *guide, const struct guide_canary *canary,
		     const struct reply *reply, struct fault *why);

struct canary_failure {
	const struct plugin *plugin; /* of the generation */
	const struct guide_canary *canary;
	struct fault why; /* placed in the guide */
};
struct canary_failures {
	VEC(struct canary_failure) list;
	size_t n_asked;
};

/* Ask all canaries of all plugins, each without a conversation; plugins' code answers too. Turns
 * the loop until all have their reply: not for the loop that serves. */
void canaries_ask(struct loop *loop, struct generation *g, const char *host_program,
		  const struct plugin_settings *of_plugins, struct canary_failures *ret);
void canary_failures_done(struct canary_failures *f);

#endif
