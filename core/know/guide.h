/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guide.h - 办事指南: what one plugin's region says, intent by intent, read from YAML.
 *
 * wenlu-guide(5) describes the format. Reading checks everything that can be checked without other
 * guides: known keys, caps, UTF-8, that each fact's source exists. guide_check() then holds it
 * against the catalogue and the region table. Guides are read-only once read.
 */
#ifndef KNOW_GUIDE_H
#define KNOW_GUIDE_H

#include "base/arena.h"
#include "base/error.h"
#include "know/catalog.h"
#include "know/facts.h"
#include "know/problem.h"
#include "know/region.h"

struct guide_region {
	struct view code;
	const struct view *aliases;
	size_t n_aliases;
	const struct view *apps;
	size_t n_apps;
	unsigned line; /* in the file, for messages */
};

struct guide_topic {
	struct view intent;
	struct facts facts;
	unsigned line;
};

struct guide_gap { /* not_inherited */
	struct view intent;
	struct view from; /* region id the topic must not be taken from; "" = from nobody */
	struct view reason;
	unsigned line;
};

struct guide_example {
	struct view intent;
	struct view text;
	unsigned line;
};

struct guide_canary {
	struct view ask;
	struct view intent; /* "" = any */
	const struct view *must;
	size_t n_must;
	const struct view *must_not;
	size_t n_must_not;
	unsigned line;
};

struct guide {
	struct view name; /* [a-z0-9-]+, the plugin's name */
	struct view title;
	struct view version;
	struct view contact;
	LIST(guide_region) regions;
	LIST(source) sources;
	LIST(guide_topic) topics;
	LIST(guide_gap) gaps;
	LIST(guide_example) examples;
	LIST(guide_canary) canaries;
};

/*
 * Read a guide from YAML text; `file` is only for messages. Everything lives in the arena (the text
 * is copied). 0, or -EBADMSG with at least one error in `problems`; it goes on after the first
 * error where it can, so that an author sees them all.
 */
int guide_read(struct arena *a, struct view yaml, const char *file, struct guide *ret,
	       struct problems *problems);
/* Hold it against the catalogue and the regions: unknown intents and codes (nearest names are
 * given), alias collisions, stale sources (today as YYYY-MM-DD), empty topics, wording rules. */
void guide_check(const struct guide *g, const struct catalog *catalog,
		 const struct region_table *regions, struct view today, const char *file,
		 struct problems *problems);

const struct guide_topic *guide_topic_find(const struct guide *g, struct view intent);
const struct source *guide_source_find(const struct guide *g, struct view id);

#endif
