/* SPDX-License-Identifier: Apache-2.0 */
/*
 * facts.h - what is known of one matter in one place: the fields of an answer, each with its
 * source.
 *
 * The same struct serves a guide's topic, what a plugin's code fills in, and the answer that goes
 * out: only the arena differs. Every element carries the id of its source; "" means the topic's
 * default has been applied already by the reader and can only be seen while a guide is being built.
 */
#ifndef KNOW_FACTS_H
#define KNOW_FACTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

enum source_kind { SOURCE_LAW, SOURCE_GOVERNMENT, SOURCE_PRESS, SOURCE_ARTICLE };
#define SOURCE_KINDS (SOURCE_ARTICLE + 1)

struct source {
	struct view id; /* "S12": unique within its guide */
	struct view title;
	enum source_kind kind;
	struct view url;       /* "" if none */
	struct view as_of;     /* YYYY[-MM[-DD]]; "" if it bears no date */
	struct view seen;      /* when it was looked at, if it bears none */
	struct view review_by; /* "" if none     */
};

struct line {
	struct view text;
	struct view source;
};

enum channel_kind {
	CHANNEL_APP,
	CHANNEL_MINI_PROGRAM,
	CHANNEL_ACCOUNT, /* 公众号 */
	CHANNEL_WEBSITE,
	CHANNEL_WINDOW,
	CHANNEL_HOTLINE,
	CHANNEL_MACHINE,
	CHANNEL_KINDS,
};

struct channel {
	struct view name;
	enum channel_kind kind;
	struct view path; /* what to tap or ask for: "首页 → 居住证" */
	struct view url;
	struct view source;
};

struct document {
	struct view name;
	struct view form;    /* 原件, 复印件 … */
	struct view purpose; /* "for" on the wire: 窗口办理 */
	struct view source;
};

enum time_unit {
	UNIT_MINUTE,
	UNIT_HOUR,
	UNIT_DAY,
	UNIT_WORKING_DAY,
	UNIT_MONTH,
	UNIT_YEAR,
	UNIT_KINDS,
};

struct timing {
	struct view stage;           /* 整体, 审核, 制证, 法定 … */
	int32_t min, max, legal_max; /* -1: not said */
	enum time_unit unit;
	struct view text; /* words beside the figures, or instead of them */
	struct view source;
};

#define LIST(type)                        \
	struct {                          \
		const struct type *items; \
		size_t n;                 \
	}

struct facts {
	struct line summary; /* text.len == 0: none */
	LIST(channel) channels;
	LIST(line) steps;
	LIST(document) documents;
	LIST(timing) timing;
	LIST(line) fee;
	LIST(line) number; /* what the number looks like */
	LIST(line) verification;
	LIST(line) conditions;
	LIST(line) restrictions;
	LIST(line) notes;
};

/* Asks for a figure by which an answer could be more exact; its text is empty: asks for none. */
struct inquiry {
	struct view figure; /* as matters name theirs; perhaps this one has none of that name */
	struct line line;   /* the sentence; one of the matter's own has no source */
};

/* The fields that are plain lists of lines, for code that treats them alike. */
enum facts_lines {
	FACTS_STEPS,
	FACTS_FEE,
	FACTS_NUMBER,
	FACTS_VERIFICATION,
	FACTS_CONDITIONS,
	FACTS_RESTRICTIONS,
	FACTS_NOTES,
	FACTS_LINE_LISTS,
};

struct line_list {
	const struct line *items;
	size_t n;
};

/* One of the line lists by number; the names are those of guides and of the wire ("steps" …). */
struct line_list facts_lines(const struct facts *f, enum facts_lines which);
void facts_set_lines(struct facts *f, enum facts_lines which, struct line_list lines);
const char *facts_lines_name(enum facts_lines which);
bool facts_is_empty(const struct facts *f);

/* Names as guides and the wire spell them; -1 if `name` is none of them. */
const char *source_kind_name(enum source_kind kind);
int source_kind_find(struct view name);
const char *channel_kind_name(enum channel_kind kind);
int channel_kind_find(struct view name);
const char *time_unit_name(enum time_unit unit);
int time_unit_find(struct view name);

/* How sure: 'A' law or government, 'B' press, 'C' article; the worst of several is the largest. */
char source_grade(enum source_kind kind);

#endif
