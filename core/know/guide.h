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

struct yaml_node;

struct guide_region {
	struct view code;
	const struct view *aliases;
	size_t n_aliases;
	const struct view *apps;
	size_t n_apps;
};

/* An end of the numbers that a case is about: 满8 has 8 in it, 超过30 has not 30. */
struct guide_bound {
	int32_t value; /* -1: there is no such end */
	bool is_open;  /* the value itself lies outside */
};

/* What holds for who gives a figure within these bounds. */
struct guide_case {
	struct view figure; /* a slot of the intent's matter: "overdue_days" */
	struct view unit;   /* "day", "month" or "year"; "": the figure's own */
	struct guide_bound least, most;
	struct line line;
};

struct guide_topic {
	struct view intent;
	struct facts facts;
	LIST(guide_case)
	cases; /* in the order of the file: the first figure that is known decides */
};

struct guide_gap { /* not_inherited */
	struct view intent;
	struct view from; /* region id the topic must not be taken from; "" = from nobody */
	struct view reason;
};

struct guide_example {
	struct view intent;
	struct view text;
};

struct guide_canary {
	struct view ask;
	struct view intent; /* "" = any */
	const struct view *must;
	size_t n_must;
	const struct view *must_not;
	size_t n_must_not;
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
	const struct yaml_node *tree; /* what it was read from, see guide_place() */
};

/* What a guide is held against. */
struct guide_world {
	const struct catalog *catalog;
	const struct region_table *regions;
	struct view today; /* YYYY-MM-DD */
};

/*
 * Read a guide from YAML text; `file` is only for messages. Everything lives in the arena (the text
 * is copied). 0, or -EBADMSG with at least one error in `problems`; it goes on after the first
 * error where it can, so that an author sees them all.
 */
int guide_read(struct arena *a, struct view yaml, const char *file, struct guide *ret,
	       struct problems *problems);
/*
 * Read it and hold it against all else, with the results of guide_read(): what the checks find is
 * in `problems` alone. Of a guide that could not be read as a whole the rest is checked all the
 * same, so that an author sees all errors in one go.
 */
int guide_read_and_check(struct arena *a, struct view yaml, const char *file,
			 const struct guide_world *world, struct guide *ret,
			 struct problems *problems);
/* Hold it against the catalogue and the regions: unknown intents and codes (nearest names are
 * given), alias collisions, stale sources (today as YYYY-MM-DD), empty topics, wording rules. */
void guide_check(const struct guide *g, const struct guide_world *world, const char *file,
		 struct problems *problems);
/*
 * Where a text of the guide, or a piece of it, was written: line and column of its value (of the
 * key, if it is one), columns counted in characters. 0, 0 if `text` is no text of the guide.
 */
void guide_place(const struct guide *g, struct view text, unsigned *ret_line, unsigned *ret_column);

const struct guide_topic *guide_topic_find(const struct guide *g, struct view intent);
const struct source *guide_source_find(const struct guide *g, struct view id);

#endif
