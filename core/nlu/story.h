/* SPDX-License-Identifier: Apache-2.0 */
/*
 * story.h - a text cut into clauses, each with how near to the question it stands; private to what
 * finds places.
 */
#ifndef NLU_STORY_H
#define NLU_STORY_H

#include "nlu/gazetteer.h"

#define CLAUSES_MAX 64

/* How near to the question a clause stands; they add up. A place also may have given what is asked
 * about. */
enum nearness { TELLS = 0, NAMES = 1, WANTS = 2, IS_NOW = 4, ASKS = 8, OWNS = 16 };

struct clause_at {
	uint32_t from, to;
	int nearness;
};

struct story {
	const struct search *s;
	struct clause_at clauses[CLAUSES_MAX];
	size_t n;
	int nearness[LIMIT_MENTIONS]; /* of each place, once all clauses are known */
	bool is_insured;              /* an insurance is asked about */
	bool has_owner;               /* … and said which place gave it */
};

/* A mark that ends a clause. */
bool story_is_end(uint32_t c);
/* 上海居住证，深圳居住证怎么签注: a mark between two of a kind, with nothing in front of them. */
bool story_is_list_mark(const struct search *s, uint32_t at);
/* Where the clause ends that holds the character at `at`. */
uint32_t story_end_from(const struct text *text, uint32_t at);
/* `s` is set; the clauses are found. */
void story_cut(struct story *t);
struct view story_words(const struct story *t, const struct clause_at *c);
/* NULL: it stands in a mark between two. */
const struct clause_at *story_clause_of(const struct story *t, const struct mention *m);
/* 回深圳换还是佛山就能换: a place on either side. */
bool story_offers_places(const struct story *t, const struct clause_at *c);

/* Not an app, and not put aside. */
bool story_asks_about(const struct mention *m);
/* … and such a one stands in the clause. */
bool story_has_place(const struct story *t, const struct clause_at *c);
/* No place stands behind `m` in the clause. */
bool story_is_last_in(const struct story *t, const struct mention *m, const struct clause_at *c);
/* The word of a matter that stands behind the place, as its own: 上海的居住证. Its start, or 0. */
uint32_t story_thing_of(const struct story *t, const struct mention *m, uint32_t reach);

#endif
