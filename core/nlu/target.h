/* SPDX-License-Identifier: Apache-2.0 */
/*
 * target.h - which places of a text are asked about, where words and clauses leave it open: a
 * linear model over what stands around each of them.
 *
 * role.c and focus.c know rules; what people write has more shapes than rules. So the part that the
 * rules gave a place is one piece of evidence among others: the characters on either side of it,
 * its clause, the next one, and the same of the other places. Weights are learnt from labelled
 * questions by contrib/learn (target-weights.inc), and can overrule the rules only from a margin
 * on.
 */
#ifndef NLU_TARGET_H
#define NLU_TARGET_H

#include "nlu/gazetteer.h"
#include "nlu/tie.h"

#define TARGET_BITS     15
#define TARGET_COLUMNS  (1u << TARGET_BITS)
#define TARGET_FIRM_MAX 32
#define TARGET_GRAM_MAX 2048
/* What a piece of text counts for, against a fact about places. */
#define TARGET_GRAM 0.5f

/* A token that is a place, + its group's number. */
#define TARGET_GROUP 0x110000u
/* So many tokens of a clause are looked at on either side, and so many beyond it. */
#define TARGET_NEAR 40
#define TARGET_FAR  60

/* What a question is about. */
enum about {
	ABOUT_INSURANCE = 1 << 0,
	ABOUT_PERMIT = 1 << 1,
	ABOUT_SETTLING = 1 << 2,
	ABOUT_FIRM = 1 << 3
};

/* Mentions that are one place: 江苏苏州昆山. */
struct target_group {
	size_t from, to; /* mentions */
	const struct region *region;
	uint32_t same; /* bit i: group i is this place, lies in it, or holds it */
};
_Static_assert(LIMIT_MENTIONS <= 32, "a bit a group");
_Static_assert(TARGET_BITS <= 16, "columns are of 16 bits");

struct target_text {
	const struct search *s;
	struct target_group groups[LIMIT_MENTIONS];
	size_t n;
	uint32_t *tokens; /* characters, a place as one; in the arena */
	size_t n_tokens;
	size_t at[LIMIT_MENTIONS]; /* of each group */
	bool is_compared;          /* something is, perhaps places */
	struct ties ties[LIMIT_MENTIONS];
	uint32_t about;     /* bits of enum about */
	bool is_for_others; /* 她, 帮 … */
};

/* Columns of the model, some more than once. Of a text full of places the last ones have no room.
 */
struct target_pieces {
	uint16_t firm[TARGET_FIRM_MAX], grams[TARGET_GRAM_MAX];
	size_t n_firm, n_grams;
};

/* From mentions with roles and readings: the groups alone, and all else. */
void target_text_begin(const struct search *s, struct target_text *ret);
void target_text_finish(struct target_text *t);
/* The part that the rules gave a group. */
static inline enum mention_role target_role(const struct target_text *t, size_t group)
{
	return t->s->found[t->groups[group].to - 1].role;
}
/* The group and the one before it are joined (和, 跟) and are two places; false behind the last. */
bool target_is_listed(const struct target_text *t, size_t group);
/* Without the rules' opinion if `is_blind`: of questions that the rules were made by. */
void target_describe(const struct target_text *t, size_t group, bool is_blind,
		     struct target_pieces *ret);
/* Above 0: asked about. */
float target_margin(const struct target_pieces *pieces);
/* Let the model overrule roles. */
void targets_weigh(const struct search *s);

#endif
