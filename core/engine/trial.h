/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial.h - which of the new plugin versions may go live.
 *
 * A generation is made of all of them and all canaries are asked. Who fails its own questions, or
 * spoils another's, falls back to its last good version (or stays out), alone; then it is tried
 * again. In the builder's process only: this takes as long as it takes.
 */
#ifndef ENGINE_TRIAL_H
#define ENGINE_TRIAL_H

#include "base/loop.h"
#include "engine/generation.h"

struct trial {
	struct loop *loop;
	const struct generation_paths *paths;
	struct ground *ground;
	struct sources *sources;
	struct problems *problems;
	struct view model;      /* of the live generation, if it fits the intents; may be empty */
	bool has_live;          /* there is a generation in use: better keep that than a bad one */
	bool is_shared_changed; /* intents, places or wording are not those of the live one */
	size_t n_canaries;      /* out: how many were asked, all rounds together */
};

/*
 * All of them at once, and without training: with a model that is there, else with t->model, which
 * knows nothing of new examples. 0 if all canaries are right, else -EAGAIN: trial_run() must tell.
 */
int trial_quick(struct trial *t, struct generation **ret, bool *ret_is_trained);

/* 0 and a generation, or -errno with *why: what all share is at fault, nothing can go live. */
int trial_run(struct trial *t, struct generation **ret, struct fault *why);

#endif
