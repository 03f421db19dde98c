/* SPDX-License-Identifier: Apache-2.0 */
/* target.c - what speaks for and against each place, and adding it up; see target.h. */
#include "nlu/target.h"

#include "nlu/piece.h"
#include "nlu/story.h"
#include "nlu/target-weights.inc"

/* How sure the model must be to overrule the rules: that a place is asked about … */
#define ALIKE_CHARS 10 /* 的居住证签注, in front of what joins the other */
#define SURE_TARGET 0.3f
#define SURE_ALONE  0.5f   /* the only one named */
#define SURE_NEVER  100.0f /* no margin is as large */
/* … and that it is not. */
#define SURE_ASIDE    0.1f
#define SURE_COMPARED 0.6f /* where something is compared */

/* What a question is about. */
enum about {
	ABOUT_INSURANCE = 1 << 0,
	ABOUT_PERMIT = 1 << 1,
	ABOUT_SETTLING = 1 << 2,
	ABOUT_FIRM = 1 << 3
};

/* Tokens that are no characters. */
enum { EDGE_LEFT = 1, EDGE_RIGHT, SAME, OTHER };
#define GROUP 0x110000u /* + its number */

/* So many tokens of a clause are looked at on either side, and so many beyond it. */
#define NEAR 40
#define FAR  60
/* … and between two places. */
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

/* ---- groups and tokens ---- */

static const struct region *read_as(const struct mention *m)
{
	return m->meant ? m->meant : m->candidates[0];
}

static bool is_one(const struct search *s, const struct mention *last, const struct mention *next,
		   const struct region *region)
{
	return places_are_adjacent(s, last, next) &&
	       (read_as(next) == region || region_lies_in(read_as(next), region));
}

static void make_groups(struct target_text *t)
{
	const struct search *s = t->s;

	for (size_t i = 0; i < s->n; i++) {
		struct target_group *g = t->n ? &t->groups[t->n - 1] : NULL;

		if (g && is_one(s, &s->found[i - 1], &s->found[i], g->region)) {
			g->to = i + 1;
			g->region = read_as(&s->found[i]);
			continue;
		}
		t->groups[t->n++] = (struct target_group){i, i + 1, read_as(&s->found[i]), 0};
	}
}

static void link_groups(struct target_text *t)
{
	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->n; j++) {
			const struct region *a = t->groups[i].region, *b = t->groups[j].region;

			if (a == b || region_lies_in(a, b) || region_lies_in(b, a))
				t->groups[i].same |= UINT32_C(1) << j;
		}
}

static void make_tokens(struct target_text *t)
{
	const struct search *s = t->s;
	uint32_t i = 0;
	size_t g = 0;

	t->tokens = ARENA_ARRAY(s->arena, s->text->n_chars + 1, uint32_t);
	while (i < s->text->n_chars) {
		if (g < t->n && i == s->found[t->groups[g].from].start) {
			t->at[g] = t->n_tokens;
			t->tokens[t->n_tokens++] = GROUP + (uint32_t)g;
			i = s->found[t->groups[g].to - 1].end;
			g++;
			continue;
		}
		t->tokens[t->n_tokens++] = s->text->chars[i++];
	}
}

static void begin_text(const struct search *s, struct target_text *t)
{
	t->s = s;
	t->n = t->n_tokens = 0;
	make_groups(t);
}

/* Words between this place and its neighbours, in its clause. */
static void find_ties(struct target_text *t)
{
	const struct search *s = t->s;

	for (size_t i = 0; i < t->n; i++) {
		uint32_t start = s->found[t->groups[i].from].start;
		uint32_t end = s->found[t->groups[i].to - 1].end, from = start, to = end;
		uint32_t least = i ? s->found[t->groups[i - 1].to - 1].end : 0;
		uint32_t most = i + 1 < t->n ? s->found[t->groups[i + 1].from].start
					     : (uint32_t)s->text->n_chars;

		while (from > least && start - from < NEAR &&
		       !story_is_end(s->text->chars[from - 1]))
			from--;
		while (to < most && to - end < NEAR && !story_is_end(s->text->chars[to]))
			to++;
		ties_find(&s->g->ties, s->text, s->terms, start > FAR ? start - FAR : 0, from,
			  start, end, to, &t->ties[i]);
	}
}

/* Insurance is asked of the place that gave it, a residence permit of where one lives. */
static uint32_t read_about(const struct text *text)
{
	static const char *const permits[] = {"居住", "暂住", "juzhu", "permit"};
	static const char *const insurances[] = {"医保",     "社保",  "农合",  "养老",
						 "医疗保险", "yibao", "shebao"};
	static const char *const settling[] = {"落户", "积分", "入户", "迁户", "luohu", "jifen"};
	static const char *const firms[] = {"资质", "承包", "zizhi"};
	struct view all = text_part(text, 0, text->n_chars);

	return (HOLDS(all, insurances) ? ABOUT_INSURANCE : 0) |
	       (HOLDS(all, permits) ? ABOUT_PERMIT : 0) |
	       (HOLDS(all, settling) ? ABOUT_SETTLING : 0) | (HOLDS(all, firms) ? ABOUT_FIRM : 0);
}

/* Not as a piece of a longer word: his, not this. */
static bool has_whole(struct view hay, struct view word)
{
	const char *end = hay.ptr + hay.len;
	struct view rest = hay;
	ptrdiff_t at;

	while ((at = view_find(rest, word)) >= 0) {
		const char *from = rest.ptr + at, *to = from + word.len;

		if ((from == hay.ptr || !char_is_letter((unsigned char)from[-1])) &&
		    (to == end || !char_is_letter((unsigned char)*to)))
			return true;
		rest = view_make(to, (size_t)(end - to));
	}
	return false;
}

static bool is_for_others(const struct text *text)
{
	static const char *const words[] = {"她", "他的", "他在", "他那", "佢", "帮", "替", "代他"};
	struct view all = text_part(text, 0, text->n_chars);

	return HOLDS(all, words) || has_whole(all, VIEW("ta de")) || has_whole(all, VIEW("his")) ||
	       has_whole(all, VIEW("her"));
}

static void finish_text(struct target_text *t)
{
	t->about = read_about(t->s->text);
	t->is_for_others = is_for_others(t->s->text);
	find_ties(t);
	t->is_compared = focus_compares(t->s->text);
	link_groups(t);
	make_tokens(t);
}

void target_text_make(const struct search *s, struct target_text *ret)
{
	begin_text(s, ret);
	finish_text(ret);
}

/* ---- pieces ---- */

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

	if (token < GROUP)
		return token;
	return v->same >> (token - GROUP) & 1 ? SAME : OTHER;
}

/* The clause of a group, and not too much of it. */
static void look_at(struct sight *v, size_t group)
{
	size_t at = v->t->at[group];

	v->at = v->from = at;
	v->to = at + 1;
	while (v->from > 0 && at - v->from < NEAR && !story_is_end(v->t->tokens[v->from - 1]))
		v->from--;
	while (v->to < v->t->n_tokens && v->to - at <= NEAR && !story_is_end(v->t->tokens[v->to]))
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
	size_t far = v->from > FAR ? v->from - FAR : 0;
	uint64_t sum = piece_add(piece_begin(GRAM_BOTH, 1), left_of(v, 1));

	add_sides(v, 4, GRAM_LEFT, GRAM_RIGHT, 0);
	add_gram(v, piece_add(sum, right_of(v, 1)));
	sum = piece_add(piece_add(piece_begin(GRAM_BOTH, 2), left_of(v, 1)), left_of(v, 2));
	add_gram(v, piece_add(piece_add(sum, right_of(v, 1)), right_of(v, 2)));
	add_grams(v, v->from, v->at, GRAM_IN_LEFT, 0, true);
	add_grams(v, v->at + 1, v->to, GRAM_IN_RIGHT, 0, true);
	add_grams(v, next, least(next_end(v, next), next + NEAR), GRAM_NEXT, 0, true);
	add_grams(v, v->to, least(n, v->to + FAR), GRAM_BEHIND, 0, false);
	add_grams(v, far, v->from, GRAM_BEFORE, 0, false);
	add_grams(v, far, least(n, v->to + FAR), GRAM_TEXT, count_groups(v, 0, v->t->n, false) == 0,
		  false);
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

static enum mention_role role_of(const struct target_text *t, size_t group)
{
	return t->s->found[t->groups[group].to - 1].role;
}

/* The group and the one before it are joined (和, 跟) and are two places. */
static bool is_listed(const struct target_text *t, size_t group)
{
	const struct search *s = t->s;
	uint32_t from, to;

	if (group == 0 || group >= t->n || t->groups[group].same >> (group - 1) & 1)
		return false;
	from = s->found[t->groups[group - 1].to - 1].end;
	to = s->found[t->groups[group].from].start;
	return cue_joins(&s->g->cues, s->text, from, to);
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
	add_fact(v, FACT_LISTED, (uint32_t)is_listed(t, group) << 1 | is_listed(t, group + 1));
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
	uint32_t own = role_of(v->t, group), first = v->t->s->found[v->t->groups[group].from].role;
	uint32_t n = 0;

	for (size_t i = 0; i < v->t->n && n < 2; i++)
		n += !(v->same >> i & 1) && role_of(v->t, i) == MENTION_TARGET;
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

/* ---- adding up ---- */

float target_margin(const struct target_pieces *p)
{
	int32_t firm = piece_sum(target_weights, p->firm, p->n_firm);
	int32_t grams = piece_sum(target_weights, p->grams, p->n_grams);

	return TARGET_SCALE * ((float)firm + TARGET_GRAM * (float)grams);
}

static void give(const struct search *s, const struct target_group *g, enum mention_role role)
{
	for (size_t i = g->from; i < g->to; i++)
		s->found[i].role = role;
}

/* What is said of a place is said of it wherever it is named. */
static void share_margins(const struct target_text *t, float *margins)
{
	float own[LIMIT_MENTIONS];

	memcpy(own, margins, t->n * sizeof(*own));
	for (size_t i = 0; i < t->n; i++) {
		size_t n = 0;

		margins[i] = 0;
		for (size_t j = 0; j < t->n; j++)
			if (t->groups[j].region == t->groups[i].region) {
				margins[i] += own[j];
				n++;
			}
		margins[i] /= (float)n;
	}
}

/* 杭州 宁波: the group and the one before it, with nothing but a blank between them. */
static bool is_beside(const struct target_text *t, size_t group)
{
	const struct search *s = t->s;
	uint32_t start;

	if (group == 0 || group >= t->n || t->groups[group].same >> (group - 1) & 1 ||
	    t->groups[group].region->level != t->groups[group - 1].region->level)
		return false;
	start = s->found[t->groups[group].from].start;
	return s->found[t->groups[group - 1].to - 1].end == start && search_is_gap(s->text, start);
}

/* 杭州 宁波 温州 */
static bool is_in_row(const struct target_text *t, size_t group)
{
	return is_beside(t, group) && (is_beside(t, group - 1) || is_beside(t, group + 1));
}

static struct view without_of(struct view v)
{
	return view_starts(v, VIEW("的")) ? view_sub(v, strlen("的"), v.len) : v;
}

/* 上海居住证和深圳居住证, 上海的居住证和北京的: what the one has is named of the other, too. */
static bool is_named_alike(const struct target_text *t, size_t group)
{
	const struct search *s = t->s;
	const struct term_hit *hit;
	struct view behind;
	uint32_t from, to;

	if (group == 0 || group >= t->n || t->groups[group].same >> (group - 1) & 1)
		return false;
	from = s->found[t->groups[group - 1].to - 1].end;
	to = s->found[t->groups[group].from].start;
	if (to > from && story_is_list_mark(s, to - 1))
		return true;
	behind = text_part(s->text, s->found[t->groups[group].to - 1].end, s->text->n_chars);
	hit = term_hits_from(s->terms, from, from + 1, true);
	for (uint32_t at = hit ? hit->end : to; at < to && at - from <= ALIKE_CHARS; at++) {
		struct view thing = without_of(text_part(s->text, from, at));

		if (cue_join_end(&s->g->cues, s->text, at) == to)
			return view_starts(behind, VIEW("的")) || view_starts(behind, thing);
	}
	return false;
}

/* 北京和上海, and the rules say both. */
static bool is_asked_with(const struct target_text *t, size_t group)
{
	return (is_listed(t, group) || is_in_row(t, group) || is_named_alike(t, group)) &&
	       role_of(t, group) == MENTION_TARGET && role_of(t, group - 1) == MENTION_TARGET;
}

/* 听说成都这样，绵阳也这样吗 */
static bool is_also(const struct target_text *t, size_t group)
{
	static const char *const same[] = {"也这", "也是", "也一样", "也要",
					   "也得", "也能", "也可以", "也那"};
	static const char *const asks[] = {"吗", "么", "嘛", "不", "吧"};
	const struct search *s = t->s;
	uint32_t from = s->found[t->groups[group].to - 1].end, to = from;

	while (to < s->text->n_chars && !story_is_end(s->text->chars[to]))
		to++;
	return STARTS(text_part(s->text, from, to), same) > 0 &&
	       ENDS(text_part(s->text, from, to), asks) > 0;
}

/* 郑州要多久？上海呢？ */
static bool is_followed_up(const struct target_text *t, size_t group)
{
	const uint32_t *tokens = t->tokens;
	size_t at = t->at[group];

	if (group > 0 && is_also(t, group))
		return true;
	return group > 0 && story_is_end(tokens[at - 1]) && at + 1 < t->n_tokens &&
	       tokens[at + 1] == 0x5462 /* 呢 */ &&
	       (at + 2 == t->n_tokens || story_is_end(tokens[at + 2]));
}

/* 同事说成都这样，…绵阳也这样吗: of what was heard of one place another is asked about. */
static bool is_only_heard_of(const struct target_text *t, size_t group)
{
	const struct search *s = t->s;

	if (!cue_is_of_others(&s->g->cues, s->text, s->found[t->groups[group].from].start))
		return false;
	for (size_t i = group + 1; i < t->n; i++)
		if (t->groups[i].region != t->groups[group].region && is_also(t, i))
			return true;
	return false;
}

static bool has_follow_up(const struct target_text *t)
{
	for (size_t i = 1; i < t->n; i++)
		if (is_followed_up(t, i))
			return true;
	return false;
}

/*
 * 爱人是绵竹的，我们都在德阳: what the place lies in is asked about. 不是 and 除了 leave no doubt,
 * as does a street, dish or firm that bears the name; and people from across the border ask about
 * what is here.
 */
static bool is_ruled_out(const struct target_text *t, size_t group)
{
	const struct region *own = t->groups[group].region;

	if (role_of(t, group) == MENTION_PART || role_of(t, group) == MENTION_NEGATED ||
	    is_only_heard_of(t, group) ||
	    (role_of(t, group) == MENTION_ORIGIN &&
	     (region_has_own_law(own) || (t->n == 1 && !(t->about & ABOUT_INSURANCE)))))
		return true;
	for (size_t i = 0; i < t->n; i++)
		if (role_of(t, i) == MENTION_TARGET && t->groups[i].region != own &&
		    region_lies_in(own, t->groups[i].region))
			return true;
	return false;
}

/* How sure the model must be to overrule the rules in that a group is asked about, or is not. */
static float least_margin(const struct target_text *t, size_t group)
{
	if (role_of(t, group) != MENTION_TARGET)
		return is_ruled_out(t, group) ? SURE_NEVER : t->n == 1 ? SURE_ALONE : SURE_TARGET;
	if (is_asked_with(t, group) || is_asked_with(t, group + 1) || is_followed_up(t, group))
		return -SURE_NEVER;
	return t->is_compared || t->s->meant == FOCUS_ALL || has_follow_up(t) ? -SURE_COMPARED
									      : -SURE_ASIDE;
}

/* The rules have found it where it is asked about; what comes first is answered first. */
static bool is_asked_elsewhere(const struct target_text *t, const bool *is_target, size_t group)
{
	for (size_t i = 0; i < t->n; i++)
		if (i != group && t->groups[i].region == t->groups[group].region && is_target[i] &&
		    role_of(t, i) == MENTION_TARGET)
			return true;
	return false;
}

void targets_weigh(const struct search *s)
{
	bool is_target[LIMIT_MENTIONS], has_target = false;
	float margins[LIMIT_MENTIONS];
	struct target_pieces pieces;
	struct target_text t;

	begin_text(s, &t);
	/* The only place that is named is asked about if the rules say so. */
	if (t.n == 0 || (t.n == 1 && role_of(&t, 0) == MENTION_TARGET) || s->meant == FOCUS_KNOWN)
		return;
	finish_text(&t);
	for (size_t i = 0; i < t.n; i++) {
		target_describe(&t, i, false, &pieces);
		margins[i] = target_margin(&pieces);
	}
	share_margins(&t, margins);
	for (size_t i = 0; i < t.n; i++) {
		is_target[i] = margins[i] > least_margin(&t, i);
		has_target |= is_target[i];
	}
	for (size_t i = 0; i < t.n; i++) {
		if (is_target[i] && !is_asked_elsewhere(&t, is_target, i))
			give(s, &t.groups[i], MENTION_TARGET);
		else if (!is_target[i] && role_of(&t, i) == MENTION_TARGET && has_target)
			give(s, &t.groups[i], MENTION_BESIDE);
	}
}
