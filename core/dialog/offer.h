/* SPDX-License-Identifier: Apache-2.0 */
/* offer.h - the options under a reply: built one by one, numbered, put into words. */
#ifndef DIALOG_OFFER_H
#define DIALOG_OFFER_H

#include "base/limits.h"
#include "dialog/policy.h"
#include "dialog/voice.h"

struct offer {
	struct reply_option *items;
	size_t n;
};

struct offer offer_new(const struct voice *v);
/* Past LIMIT_OPTIONS nothing is added. */
void offer_add(struct offer *o, struct view text, const struct intent *intent,
	       const struct region *region);
/* A numbered line each at the end of the buffer, and into the reply. */
/* The same in one line, for many short ones. */
void offer_word_line(const struct voice *v, const struct offer *o, struct reply *ret);
void offer_word(const struct voice *v, const struct offer *o, struct reply *ret);

/* Places with a word of their own on this intent, or on the point alone (NULL: none), offered
 * beside the national rule. */
struct offer offer_regions(const struct voice *v, const struct intent *intent,
			   const struct matter_point *point);
/* The nearest questions, with "none of these" at the end if `none`. */
struct offer offer_nearest(const struct voice *v, const struct decision *d, bool none);
/* The place that the decision is about first, NULL if none. */
const struct region *decision_region(const struct decision *d);

#endif
