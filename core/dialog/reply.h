/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reply.h - what goes back to the person, as plain structs: wire/ turns it into JSON, bots/ into
 * text.
 *
 * A reply and all it points to live in the request's arena or in the generation.
 */
#ifndef DIALOG_REPLY_H
#define DIALOG_REPLY_H

#include "know/catalog.h"
#include "know/facts.h"
#include "know/region.h"

enum reply_type {
	REPLY_WELCOME,
	REPLY_ANSWER,
	REPLY_CLARIFY,
	REPLY_COMPARE,
	REPLY_DECLINE,
	REPLY_ANSWERS, /* several questions in one message: parts */
	REPLY_ERROR,
};
const char *reply_type_name(enum reply_type type);

/* How a region came to be meant: "name", "alias", "app", "context", "request", "default". */
struct reply_region {
	const struct region *region;
	struct view name; /* full, unambiguous */
	const char *found_by;
	const struct region *answered_by; /* the level whose guide spoke; NULL if none */
};

struct reply_option {
	struct view id; /* "1", "2" … */
	struct view text;
	const struct intent *intent; /* NULL if it is not about an intent */
	const struct region *region; /* NULL if it is not about a region  */
};

/* One cell of a comparison: what one region says on one facet. */
struct reply_cell {
	struct view text; /* 暂无该项信息 if unknown */
	struct view source;
	bool is_known;
};
struct reply_row {
	struct view facet;              /* 时间, 渠道, 编号 … */
	const struct reply_cell *cells; /* one a region, same order as regions */
	bool differs;
};

struct reply_answer {
	struct facts facts;
	LIST(source) sources; /* exactly those that occur in facts and inquiry */
	char grade;           /* 'A', 'B', 'C'; 0 if there is no fact */
	struct view as_of;    /* the oldest date among the sources used */
	bool is_stale;        /* some source is past its review date */
	struct view disclaimer;
	struct view notice; /* degraded, assumed, fallen back: a sentence, or empty */
	struct view point;  /* of a thing that was asked about by its name, see point.h; or empty */
	struct inquiry inquiry; /* what would make it more exact */
};

/* Bits of what was carried over from the conversation. */
enum reply_carried { CARRIED_REGION = 1, CARRIED_INTENT = 2 };

struct reply {
	enum reply_type type;
	const struct intent *intent; /* NULL if none was understood */
	float confidence;
	LIST(reply_region) regions;
	const struct reply_answer *answer; /* ANSWER */
	struct view question;              /* CLARIFY */
	LIST(reply_option) options; /* CLARIFY, and the regions offered beside a national answer */
	LIST(reply_row) rows;       /* COMPARE */
	LIST(source) sources;       /* COMPARE: all sources of the cells, and of `ask` */
	struct view ask;            /* COMPARE: for figures that would change what a place says */
	LIST(reply) parts;          /* ANSWERS */
	const char *error_code;     /* ERROR: "too_long" … */
	struct view text;           /* always: the whole reply worded for a person */
	struct {
		const struct view *items;
		size_t n;
	} related;               /* next questions */
	LIST(reply_option) next; /* the same where a number chooses one; never sent */
	unsigned carried;
	struct view corrected; /* "按“居住证”理解", or empty */
	struct view asked;     /* the question, folded, without personal numbers; never sent */
	bool forgets;          /* nothing said before is to be kept; never sent */
	const struct matter_point *point; /* asked about by its name, of one answer; never sent */
	const char *rule;                 /* the policy rule that decided; static */
	struct {
		const struct view *items;
		size_t n;
	} why; /* lines for --why; none unless asked for */
};

#endif
