/* SPDX-License-Identifier: Apache-2.0 */
/*
 * voice.h - what everything that words a reply needs: sentences, memory, today's date.
 *
 * Text is put together at the end of one buffer that lives with the engine; voice_take() moves what
 * was put there since a mark into the request's arena. So wording allocates nothing once settled.
 */
#ifndef DIALOG_VOICE_H
#define DIALOG_VOICE_H

#include "base/arena.h"
#include "base/buf.h"
#include "dialog/facet.h"
#include "dialog/scope.h"
#include "know/region.h"
#include "know/wording.h"
#include "plugin/registry.h"

struct voice {
	const struct wording *wording;
	const struct catalog *catalog;
	const struct region_table *regions;
	const struct registry *registry;
	const struct facets *facets;
	const struct scope *scope;   /* for {matters}, {about}, {examples}; NULL: they stay empty */
	const struct matter *matter; /* what is talked about: its own sentences come first, and it
				      * is {matter}; NULL: nothing in particular */
	struct arena *arena;
	struct buf *out;
	unsigned turn;       /* chooses among sentences that say the same */
	struct view today;   /* YYYY-MM-DD */
	struct view handoff; /* the operator's own sentence; may be empty */
	struct view asked;   /* the question as folded; may be empty */
	struct view instead; /* what was not said, for a part of it was chosen: lines that repeat
			      * it say nothing new either; may be empty */
};

static inline size_t voice_mark(const struct voice *v)
{
	return v->out->len;
}
/* What was put since the mark, moved into the arena. */
struct view voice_take(const struct voice *v, size_t mark);
/* A sentence at the end of the buffer. Up to two places of its own; names may be NULL. */
void voice_say(const struct voice *v, const char *entry, const char *name1, struct view value1,
	       const char *name2, struct view value2);
/* The same as a view in the arena. */
struct view voice_words(const struct voice *v, const char *entry, const char *name1,
			struct view value1, const char *name2, struct view value2);
#define VOICE_NOTHING NULL, VIEW("")
static inline void voice_put(const struct voice *v, const char *entry)
{
	voice_say(v, entry, NULL, view_make("", 0), NULL, view_make("", 0));
}
/* "郑州市", "江苏省南京市鼓楼区" */
struct view voice_region(const struct voice *v, const struct region *r);

#endif
