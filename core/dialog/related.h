/* SPDX-License-Identifier: Apache-2.0 */
/* related.h - what to ask next, and an intent as a question about a place. */
#ifndef DIALOG_RELATED_H
#define DIALOG_RELATED_H

#include "dialog/reply.h"
#include "dialog/voice.h"

/* "郑州居住证多久能办好？"; without a region the question as it stands. */
struct view related_question(const struct voice *v, const struct intent *intent,
			     const struct region *region);
/* Up to LIMIT_RELATED questions that somebody can answer for this place, best first. */
size_t related_find(const struct voice *v, const struct intent *intent, const struct region *region,
		    struct reply_option *out);

/* "还可以问：…", and the reply's list of them; nothing if there are none. They bear numbers where
 * these mean nothing else: beside an answer that asks nothing back. */
void related_put(const struct voice *v, struct reply_option *items, size_t n, struct reply *ret);

#endif
