/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalog.h - the matters and intents we know, from intents/: data only.
 *
 * intents/MATTER/matter.yaml names the matter and the words people use for it (matter.h); every
 * other file there is one intent (id.yaml). Adding a matter is adding a folder; no C changes. A
 * folder without matter.yaml (common/) holds intents that belong to no matter.
 */
#ifndef KNOW_CATALOG_H
#define KNOW_CATALOG_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/files.h"
#include "base/view.h"
#include "know/matter.h"
#include "know/problem.h"

/* What the program does with an intent, `kind:` in its file. */
enum intent_kind {
	INTENT_QUESTION,     /* answered from guides and plugins (the default) */
	INTENT_COMPARE,      /* needs two regions or more                      */
	INTENT_CHAT,         /* answered from wording alone: reply.INTENT_ID   */
	INTENT_HANDOFF,      /* wants a person                                 */
	INTENT_SOURCE,       /* who says so? the sources of the last answer    */
	INTENT_OUT_OF_SCOPE, /* the class of everything else                   */
	INTENT_REFUSE,       /* never done; why is worded as INTENT_ID         */
};

struct example {
	struct view text;
	struct view style; /* "plain", "colloquial" … */
	unsigned line;     /* in the intent's file */
};

struct confusable {
	struct view intent;
	struct view how; /* how to tell them apart */
};

struct intent {
	struct view name; /* "permit.timing" */
	struct view title;
	struct view description;
	struct view question; /* the intent as a short question: 居住证多久能办好？ */
	enum intent_kind kind;
	const struct matter *matter; /* NULL for common/ */
	/*
	 * What is asked of the matter: intents of two matters with one facet are the same question
	 * about each (要带什么). The last part of the id, unless the file says `facet:`.
	 */
	struct view facet;
	bool clusters; /* groups of provinces may speak of it (clusters: yes) */
	const struct confusable *nots;
	size_t n_nots;
	const struct view *related; /* intents people ask next, best first */
	size_t n_related;
	/* Whoever says one of these means this intent, whatever else of the matter is asked:
	 * 台湾居民 get a permit of another kind. Folded; usually none. */
	const struct view *whenever;
	size_t n_whenever;
	const struct example *examples;
	size_t n_examples;
	/* Questions as they really come in, kept apart: thresholds are chosen on them, nothing is
	 * learnt from them. */
	const struct example *trials;
	size_t n_trials;
	/* What has a name and is no matter of ours (驾照): of the class of everything else. */
	const struct view *names;
	size_t n_names;
	const char *file; /* for messages */
	uint32_t index; /* its place in catalog.intents, sorted by name: stable for given content */
};

struct catalog {
	const struct matter *matters;
	size_t n_matters;
	const struct intent *intents;
	size_t n_intents;
	uint64_t fingerprint; /* of everything the model is trained from: the cache key */
};

/* Read the whole folder. 0, or -errno with the first thing that is wrong in *why. */
int catalog_load(struct arena *a, const char *dir, struct catalog *ret, struct fault *why);
/* The same from a snapshot; NULL is the disk. */
int catalog_load_from(const struct files *from, struct arena *a, const char *dir,
		      struct catalog *ret, struct fault *why);
const struct intent *catalog_find(const struct catalog *c, struct view name);
/* A question that guides and plugins answer; NULL is none. */
static inline bool intent_is_asked(const struct intent *intent)
{
	return intent && (intent->kind == INTENT_QUESTION || intent->kind == INTENT_COMPARE);
}
/* The facet, also of an intent that was not loaded. */
struct view intent_facet(const struct intent *intent);
/* The same question about another matter (or this one); NULL if it has none. */
const struct intent *catalog_sibling(const struct catalog *c, const struct matter *matter,
				     const struct intent *intent);
/* The first of that kind; NULL if there is none. */
const struct intent *catalog_of_kind(const struct catalog *c, enum intent_kind kind);
/* The intent id nearest in spelling to a wrong one; NULL if nothing is near. */
const struct intent *catalog_nearest(const struct catalog *c, struct view name);
/*
 * What a reviewer of examples looks for: the same question twice in one intent (warning) or in two
 * (error), an intent of kind question or compare with fewer than CATALOG_EXAMPLES_LEAST examples,
 * unknown ids under not, related and a matter's facets, two intents of a
 * matter with one facet. Questions that differ in blanks or end signs only are the
 * same.
 */
void catalog_check(const struct catalog *c, struct problems *problems);
#define CATALOG_EXAMPLES_LEAST 200

#endif
