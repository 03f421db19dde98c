/* SPDX-License-Identifier: Apache-2.0 */
/* target-piece.c - what stands around a place, as columns of the model; see target.h. */
#include "nlu/piece.h"
#include "nlu/story.h"
#include "nlu/target.h"

/* Tokens that are no characters. */
enum { EDGE_LEFT = 1, EDGE_RIGHT, SAME, OTHER };

/* Between two places so many tokens are looked at. */
#define BETWEEN 3
/* So many places are looked at on either side. */
#define OTHERS 4

/* What a column says; never change the order without learning anew. */
enum fact {
	FACT_ANY,
	FACT_ROLE,
	FACT_ROLE_OTHERS,
	FACT_ROLE_ABOUT,
	FACT_KIND,
	FACT_GROUPS,
	FACT_PLACE_IN_ROW,
	FACT_FIRST,
	FACT_LAST,
	FACT_SAME_OTHER,
	FACT_NAMED_AGAIN,
	FACT_NAMED_BEFORE,
	FACT_LEVEL,
	FACT_LENGTH,
	FACT_CLAUSES_BEFORE,
	FACT_CLAUSES_BEHIND,
	FACT_ASKS_LEFT,
	FACT_ASKS_RIGHT,
	FACT_LISTED,
	FACT_COMPARED,
	FACT_RETURNED_TO,
	FACT_TIE,
	FACT_TIES,
	FACT_WHO,
	FACT_WHO_TIE,
	GRAM_LEFT,
	GRAM_RIGHT,
	GRAM_BOTH,
	GRAM_IN_LEFT,
	GRAM_IN_RIGHT,
	GRAM_NEXT,
	GRAM_BEHIND,
	GRAM_BEFORE,
	GRAM_OTHER,
	GRAM_SAME,
	GRAM_TEXT,
	GRAM_BETWEEN,
};

/* One place as it is seen from another. */
struct sight {
	const struct target_text *t;
	uint32_t same; /* groups that are the place that is judged */
	struct target_pieces *out;
	/* Around the place that is looked at: its clause is tokens[from, to). */
	size_t at, from, to;
};

static void add_fact(const struct sight *v, enum fact fact, uint32_t value)
{
	struct target_pieces *p = v->out;

	if (p->n_firm < TARGET_FIRM_MAX)
		p->firm[p->n_firm++] = piece_column((uint64_t)fact << 32 | value, TARGET_BITS);
}

static void add_gram(const struct sight *v, uint64_t sum)
{
	struct target_pieces *p = v->out;

	if (p->n_grams < TARGET_GRAM_MAX)
		p->grams[p->n_grams++] = piece_column(sum, TARGET_BITS);
}

static uint32_t token_at(const struct sight *v, size_t i)
{
	uint32_t token = v->t->tokens[i];

	if (token < TARGET_GROUP)
		return token;
	return v->same >> (token - TARGET_GROUP) & 1 ? SAME : OTHER;
}

/* The clause of a group, and not too much of it. */
static void look_at(struct sight *v, size_t group)
{
	size_t at = v->t->at[group];

	v->at = v->from = at;
	v->to = at + 1;
	while (v->from > 0 && at - v->from < TARGET_NEAR &&
	       !story_is_end(v->t->tokens[v->from - 1]))
		v->from--;
	while (v->to < v->t->n_tokens && v->to - at <= TARGET_NEAR &&
	       !story_is_end(v->t->tokens[v->to]))
		v->to++;
}

static uint32_t left_of(const struct sight *v, size_t distance)
{
	return v->at - v->from >= distance ? token_at(v, v->at - distance) : EDGE_LEFT;
}

static uint32_t right_of(const struct sight *v, size_t distance)
{
	return v->at + distance < v->to ? token_at(v, v->at + distance) : EDGE_RIGHT;
}

/* Up to `longest` tokens on either side, from the place outwards, until the clause ends. */
static void add_sides(const struct sight *v, size_t longest, enum fact left, enum fact right,
		      uint32_t variant)
{
	uint64_t sum = piece_begin(left, variant);
	size_t last = v->at - v->from + 1;

	for (size_t k = 1; k <= longest && k <= last; k++)
		add_gram(v, piece_add(sum = piece_add(sum, left_of(v, k)), (uint32_t)k));
	sum = piece_begin(right, variant);
	last = v->to - v->at;
	for (size_t k = 1; k <= longest && k <= last; k++)
		add_gram(v, piece_add(sum = piece_add(sum, right_of(v, k)), (uint32_t)k));
}

/* Tokens of [from, to), by themselves and in pairs. */
static void add_grams(const struct sight *v, size_t from, size_t to, enum fact fact,
		      uint32_t variant, bool has_single)
{
	for (size_t i = from; i < to; i++) {
		uint64_t sum = piece_add(piece_begin(fact, variant), token_at(v, i));

		if (has_single)
			add_gram(v, sum);
		if (i + 1 < to)
			add_gram(v, piece_add(sum, token_at(v, i + 1)));
	}
}

static size_t next_end(const struct sight *v, size_t at)
{
	while (at < v->t->n_tokens && !story_is_end(v->t->tokens[at]))
		at++;
	return at;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many groups of [from, to) are the same place, up to 2; or another one. */
static uint32_t count_groups(const struct sight *v, size_t from, size_t to, bool is_same)
{
	uint32_t n = 0;

	for (size_t i = from; i < to && n < 2; i++)
		n += (v->same >> i & 1) == is_same;
	return n;
}

static void add_around(const struct sight *v)
{
	size_t n = v->t->n_tokens, next = v->to < n ? v->to + 1 : n;
	size_t far = v->from > TARGET_FAR ? v->from - TARGET_FAR : 0;
	uint64_t sum = piece_add(piece_begin(GRAM_BOTH, 1), left_of(v, 1));

	add_sides(v, 4, GRAM_LEFT, GRAM_RIGHT, 0);
	add_gram(v, piece_add(sum, right_of(v, 1)));
	sum = piece_add(piece_add(piece_begin(GRAM_BOTH, 2), left_of(v, 1)), left_of(v, 2));
	add_gram(v, piece_add(piece_add(sum, right_of(v, 1)), right_of(v, 2)));
	add_grams(v, v->from, v->at, GRAM_IN_LEFT, 0, true);
	add_grams(v, v->at + 1, v->to, GRAM_IN_RIGHT, 0, true);
	add_grams(v, next, least(next_end(v, next), next + TARGET_NEAR), GRAM_NEXT, 0, true);
	add_grams(v, v->to, least(n, v->to + TARGET_FAR), GRAM_BEHIND, 0, false);
	add_grams(v, far, v->from, GRAM_BEFORE, 0, false);
	add_grams(v, far, least(n, v->to + TARGET_FAR), GRAM_TEXT,
		  count_groups(v, 0, v->t->n, false) == 0, false);
}

static bool is_asking(uint32_t c)
{
	static const uint16_t words[] = {0x5417 /* 吗 */, 0x4e48 /* 么 */, 0x600e /* 怎 */,
					 0x548b /* 咋 */, 0x54ea /* 哪 */, 0x5565 /* 啥 */,
					 0x51e0 /* 几 */, 0x591a /* 多 */};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (c == words[i])
			return true;
	return false;
}

static bool asks(const struct sight *v, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (is_asking(v->t->tokens[i]))
			return true;
	return false;
}

static uint32_t count_ends(const struct sight *v, size_t from, size_t to)
{
	uint32_t n = 0;

	for (size_t i = from; i < to && n < 3; i++)
		n += story_is_end(v->t->tokens[i]);
	return n;
}

static bool is_again(const struct target_text *t, size_t group)
{
	for (size_t i = 0; i < group; i++)
		if (t->groups[i].region == t->groups[group].region)
			return true;
	return false;
}

/* Whether this place, or another one, is named again; and which of both the text ends with. */
static uint32_t returns_to(const struct sight *v, size_t group)
{
	const struct target_text *t = v->t;
	bool is_own = false, is_other = false, is_last_again = is_again(t, t->n - 1);

	for (size_t i = 0; i < t->n; i++) {
		if (t->groups[i].region == t->groups[group].region)
			is_own |= is_again(t, i);
		else if (!(v->same >> i & 1))
			is_other |= is_again(t, i);
	}
	return (uint32_t)is_own | (uint32_t)is_other << 1 | (uint32_t)is_last_again << 2 |
	       (uint32_t)(t->groups[t->n - 1].region == t->groups[group].region) << 3 |
	       (uint32_t)t->is_compared << 4;
}

static enum tie tie_of(const struct target_text *t, size_t group)
{
	const struct ties *own = &t->ties[group];

	return own->before ? own->before : own->behind;
}

static void add_ties(const struct sight *v, size_t group)
{
	const struct target_text *t = v->t;
	const struct ties *own = &t->ties[group];
	uint32_t others = 0, who = (uint32_t)own->who;

	for (size_t i = 0; i < t->n; i++)
		if (!(v->same >> i & 1))
			others |= 1u << tie_of(t, i) | 1u << t->ties[i].who << 8;
	add_fact(v, FACT_TIE, t->about << 8 | (uint32_t)own->before << 4 | own->behind);
	add_fact(v, FACT_TIES, t->about << 12 | (uint32_t)tie_of(t, group) << 8 | (others & 0xff));
	add_fact(v, FACT_WHO, who << 20 | (others & 0xff00) | t->is_for_others);
	add_fact(v, FACT_WHO_TIE, who << 8 | (uint32_t)tie_of(t, group) << 4 | t->is_for_others);
}

static void add_facts(const struct sight *v, size_t group)
{
	const struct target_text *t = v->t;
	const struct target_group *g = &t->groups[group];
	uint32_t n = (uint32_t)least(t->n, 4);

	add_fact(v, FACT_ANY, 0);
	add_fact(v, FACT_KIND, t->s->found[g->to - 1].name->kind);
	add_fact(v, FACT_GROUPS, n);
	add_fact(v, FACT_PLACE_IN_ROW, (uint32_t)least(group, 3) << 4 | n);
	add_fact(v, FACT_FIRST, count_groups(v, 0, group, false) == 0);
	add_fact(v, FACT_LAST, count_groups(v, group + 1, t->n, false) == 0);
	add_fact(v, FACT_SAME_OTHER,
		 count_groups(v, 0, t->n, true) << 4 | count_groups(v, 0, t->n, false));
	add_fact(v, FACT_NAMED_AGAIN, count_groups(v, group + 1, t->n, true) > 0);
	add_fact(v, FACT_NAMED_BEFORE, count_groups(v, 0, group, true) > 0);
	add_fact(v, FACT_LEVEL, g->region->level);
	add_fact(v, FACT_LENGTH, (uint32_t)least(g->to - g->from, 3));
	add_fact(v, FACT_CLAUSES_BEFORE, count_ends(v, 0, v->at));
	add_fact(v, FACT_CLAUSES_BEHIND, count_ends(v, v->at, t->n_tokens));
	add_fact(v, FACT_ASKS_LEFT, asks(v, v->from, v->at));
	add_fact(v, FACT_ASKS_RIGHT, asks(v, v->at, v->to));
	add_fact(v, FACT_LISTED,
		 (uint32_t)target_is_listed(t, group) << 1 | target_is_listed(t, group + 1));
	add_fact(v, FACT_COMPARED, t->is_compared);
	add_fact(v, FACT_RETURNED_TO, returns_to(v, group));
	add_ties(v, group);
}

/* What stands between this place and the one beside it. */
static void add_between(const struct sight *v, size_t group)
{
	for (size_t side = 0; side < 2; side++) {
		size_t next = group + side;
		uint64_t sum = piece_begin(GRAM_BETWEEN, (uint32_t)side);
		size_t from, to;

		if (next == 0 || next >= v->t->n || (v->same >> (side ? next : group - 1) & 1))
			continue;
		from = v->t->at[next - 1] + 1;
		to = v->t->at[next];
		if (to - from > BETWEEN)
			continue;
		for (size_t i = from; i < to; i++)
			sum = piece_add(sum, v->t->tokens[i]);
		add_gram(v, sum);
	}
}

static void add_opinion(const struct sight *v, size_t group)
{
	uint32_t own = target_role(v->t, group),
		 first = v->t->s->found[v->t->groups[group].from].role;
	uint32_t n = 0;

	for (size_t i = 0; i < v->t->n && n < 2; i++)
		n += !(v->same >> i & 1) && target_role(v->t, i) == MENTION_TARGET;
	add_fact(v, FACT_ROLE, own);
	add_fact(v, FACT_ROLE, 0x100 | first << 4 | own);
	add_fact(v, FACT_ROLE_OTHERS, n << 4 | own);
	add_fact(v, FACT_ROLE_ABOUT,
		 (v->t->about & (ABOUT_INSURANCE | ABOUT_PERMIT)) << 8 | n << 4 | own);
}

void target_describe(const struct target_text *t, size_t group, bool is_blind,
		     struct target_pieces *ret)
{
	struct sight v = {.t = t, .same = t->groups[group].same, .out = ret};

	ret->n_firm = ret->n_grams = 0;
	look_at(&v, group);
	add_facts(&v, group);
	if (!is_blind)
		add_opinion(&v, group);
	add_around(&v);
	add_between(&v, group);
	for (size_t i = group > OTHERS ? group - OTHERS : 0; i < least(t->n, group + OTHERS + 1);
	     i++) {
		bool is_same = v.same >> i & 1;
		enum fact fact = is_same ? GRAM_SAME : GRAM_OTHER;

		if (i == group)
			continue;
		look_at(&v, i);
		add_sides(&v, 3, fact, fact, i < group ? 2 : 4);
		add_grams(&v, v.from, v.at, fact, i < group ? 6 : 7, false);
		add_grams(&v, v.at + 1, v.to, fact, i < group ? 8 : 9, false);
	}
}
