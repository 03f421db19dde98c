/* SPDX-License-Identifier: Apache-2.0 */
/*
 * memory.h - a conversation as the policy sees it: the session's ids resolved in today's world.
 *
 * What a newer generation no longer knows is forgotten; so is everything after a long silence.
 */
#ifndef DIALOG_MEMORY_H
#define DIALOG_MEMORY_H

#include "base/limits.h"
#include "dialog/session.h"
#include "know/catalog.h"
#include "know/region.h"
#include "nlu/kin.h"
#include "nlu/understand.h"

struct memory_option {
	struct view id;              /* "1", "2" … */
	struct view text;            /* as shown      */
	const struct intent *intent; /* NULL: not about one */
	const struct region *region; /* NULL: not about one */
};

/* 刚才上海那个: what was answered before, of which place; NULL: of the whole country. */
struct memory_topic {
	const struct intent *intent;
	const struct region *region;
};

/* 我妈在重庆. */
struct memory_person {
	struct kin kin;
	const struct region *region; /* NULL: what is asked is about them, of no place yet */
};

struct memory {
	const struct intent *intent; /* of the last answer; NULL: none */
	const struct region *regions[SESSION_REGIONS_MAX];
	size_t n_regions;
	struct memory_option options[SESSION_OPTIONS_MAX];
	size_t n_options;
	struct memory_option
	    next[SESSION_OPTIONS_MAX]; /* 还可以问, if there was no question back */
	size_t n_next;
	struct memory_topic topics[SESSION_TOPICS_MAX]; /* the newest first */
	size_t n_topics, n_parts;                       /* see session.h */
	struct memory_person people[LIMIT_PEOPLE];      /* who was spoken of last comes first */
	size_t n_people;
	struct slot
	    figure; /* given last, for 那70天呢 and 深圳呢, without its value; no name: none */
	const struct intent
	    *figure_intent;               /* that asked for it, where that is not `intent`; NULL */
	const struct matter_point *point; /* asked about by its name last; NULL: none */
	struct view kind;                 /* another certificate was talked about; see session.h */
	bool is_foreign;             /* 我是韩国人: whatever is asked, it is asked by one */
	const struct intent *person; /* 我是香港人: the intent that is for them; NULL: no such */
	unsigned failed_rounds;
	unsigned turns;
	bool is_faded; /* there was something, too long ago */
};

/* session NULL: nothing is remembered. The result points into session and generation. */
void memory_recall(const struct session *session, const struct catalog *catalog,
		   const struct region_table *regions, int64_t now_ms, int64_t context_ms,
		   struct memory *ret);

/* 哪个更快: if one place after another was asked about, these are talked about, the last `most`. */
void memory_recall_both(struct memory *m, size_t most);

/* What is talked about: the matter of the last answer, or the one that all options offered last are
 * of. NULL: none, or several. */
const struct matter *memory_matter(const struct memory *m);

/* What was answered last by the question that asked for the figure, where that is not the last one.
 * NULL: none. */
const struct memory_topic *memory_asker(const struct memory *m);

/* Writing back. Too long an id is left out rather than cut. */
void memory_keep_intent(struct session *s, const struct intent *intent);
void memory_keep_regions(struct session *s, const struct region *const *regions, size_t n);
void memory_keep_option(struct session *s, struct view text, const struct intent *intent,
			const struct region *region);
/* What was answered now, of a place or (NULL) the whole country; the same is moved to the front. */
void memory_keep_topic(struct session *s, const struct intent *intent, const struct region *region);
/* Where somebody is, instead of what was known of them; NULL: see session.h. */
void memory_keep_person(struct session *s, struct kin kin, const struct region *region);
/* Nothing is known of them any more. */
void memory_drop_person(struct session *s, struct kin kin);
/* NULL: none. asked_by: the question that asked for it, if the last answer was not to that. */
void memory_keep_figure(struct session *s, const struct slot *figure,
			const struct intent *asked_by);
#define MEMORY_FOREIGN "person.foreign"
/* Empty: none. */
void memory_keep_kind(struct session *s, struct view kind);
/* NULL: none. */
void memory_keep_point(struct session *s, const struct matter_point *point);
void memory_forget(struct session *s);

#endif
