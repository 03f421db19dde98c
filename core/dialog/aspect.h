/* SPDX-License-Identifier: Apache-2.0 */
/*
 * aspect.h - one side of an intent that holds all there is to know of a thing.
 *
 * 港澳台居民居住证 is one intent: what to bring and how long it takes are asked of it with other
 * intents' words, and each is answered with that alone.
 */
#ifndef DIALOG_ASPECT_H
#define DIALOG_ASPECT_H

#include "dialog/policy.h"
#include "know/facts.h"

/* Which other intent's question was asked of `d->intent`; NULL: all of it. */
const struct intent *aspect_asked(const struct policy_input *in, const struct decision *d);

/* The parts of facts that answer such a question, and nothing else; there may be none. */
void aspect_take(const struct facts *f, const struct intent *aspect, struct facts *ret);

#endif
