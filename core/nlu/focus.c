/* SPDX-License-Identifier: Apache-2.0 */
/*
 * focus.c - which of several places a story is about.
 *
 * People tell where they were born, worked and moved before they ask. Each clause that names a
 * place says how near to the question it stands: it asks, it wants something done, it says where
 * somebody is now, or it only tells. Places of the nearest clauses are asked about, the others
 * stand beside.
 */
#include "nlu/gazetteer.h"

#define CLAUSES_MAX 64

/* How near to the question a clause stands; they add up. */
enum nearness { TELLS = 0, NAMES = 1, WANTS = 2, IS_NOW = 4, ASKS = 8 };

struct clause_at {
	uint32_t from, to;
	int nearness;
};

struct clauses {
	struct clause_at items[CLAUSES_MAX];
	size_t n;
};

#define HOLDS(v, list) view_has_any(v, list, sizeof(list) / sizeof((list)[0]))

/* Where a question begins, also without a mark before it. */
static const char *const leads[] = {"请问", "想问", "问一下", "问下",
				    "请教", "咨询", "想知道", "想了解"};
static const char *const asks[] = {
    "请问",   "想问",   "问一下", "问下",   "请教",   "咨询",   "想知道", "想了解",
    "吗",     "么",     "呢",     "嘛",     "怎",     "咋",     "啥",     "多少",
    "要几",   "得几",   "是几",   "等几",   "有几",   "花几",   "交几",   "第几",
    "跑几",   "哪",     "如何",   "为何",   "是否",   "能不能", "可不可", "是不是",
    "要不要", "会不会", "有没有", "用不用", "行不行", "多久",   "多长",   "?"};
static const char *const wants[] = {"想",   "打算", "准备", "决定", "计划", "最后",
				    "最终", "选定", "倾向", "落户", "注册", "成立"};
static const char *const is_now[] = {"现在", "目前", "如今",   "眼下", "这会儿", "今年", "跳槽到",
				     "调到", "调回", "派到",   "搬到", "搬来",   "来了", "住在",
				     "租在", "现居", "嫁到了", "嫁到", "考到",   "转到", "回到"};
/* Both are meant, wherever they stand. */
static const char *const compares[] = {"区别", "差别", "差异", "不同", "对比",   "相比",
				       "比较", "两边", "两地", "哪边", "哪个城", "哪座城",
				       "互认", "通用", "分别", "都能", "还是"};

/* What one place has given is carried to another: 上海的居住证，到杭州还能用吗. */
static const char *const carries[] = {"能用", "管用", "有效", "作废", "认吗",
				      "认不", "认可", "承认", "重新", "重办",
				      "转过", "转移", "转到", "换成", "带过"};

static bool is_end_of_clause(uint32_t c)
{
	return c == ',' || c == 0x3002 /* 。 */ || c == '?' || c == '!' || c == ';' || c == '.' ||
	       c == '\n';
}

static bool is_lead(const struct text *text, uint32_t at)
{
	struct view rest = text_part(text, at, text->n_chars);

	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
		if (view_starts(rest, view_of(leads[i])))
			return true;
	return false;
}

static int nearness_of(const struct search *s, uint32_t from, uint32_t to)
{
	struct view words = text_part(s->text, from, to);
	int sum = TELLS;

	for (size_t i = 0; i < s->terms->n; i++)
		if (s->terms->items[i].start >= from && s->terms->items[i].end <= to)
			sum |= NAMES;
	if (HOLDS(words, asks) || (to < s->text->n_chars && s->text->chars[to] == '?'))
		sum |= ASKS;
	if (HOLDS(words, is_now))
		sum |= IS_NOW;
	if (HOLDS(words, wants))
		sum |= sum & NAMES ? IS_NOW | WANTS : WANTS;
	return sum;
}

static void add_clause(const struct search *s, uint32_t from, uint32_t to, struct clauses *ret)
{
	if (to > from && ret->n < CLAUSES_MAX)
		ret->items[ret->n++] = (struct clause_at){from, to, nearness_of(s, from, to)};
}

static void cut(const struct search *s, struct clauses *ret)
{
	uint32_t from = 0, n = (uint32_t)s->text->n_chars;

	ret->n = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (is_end_of_clause(s->text->chars[i])) {
			add_clause(s, from, i, ret);
			from = i + 1;
		} else if (i > from && is_lead(s->text, i)) {
			add_clause(s, from, i, ret);
			from = i;
		}
	}
	add_clause(s, from, n, ret);
}

static bool is_asked(const struct mention *m)
{
	return m->role == MENTION_TARGET && m->name->kind != REGION_NAME_APP;
}

static const struct clause_at *clause_of(const struct clauses *all, const struct mention *m)
{
	for (size_t i = 0; i < all->n; i++)
		if (m->start >= all->items[i].from && m->start < all->items[i].to)
			return &all->items[i];
	return NULL;
}

/* 上海要三天，和深圳比哪个快: the clause that asks leans on others. */
static bool is_leaning(const struct search *s, const struct clauses *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct clause_at *c = &all->items[i];
		bool names_place = false, is_joined = false;

		if (!(c->nearness & ASKS))
			continue;
		if (HOLDS(text_part(s->text, c->from, c->to), carries))
			return true;
		for (size_t k = 0; k < s->n; k++) {
			const struct mention *m = &s->found[k];

			if (m->start < c->from || m->start >= c->to || !is_asked(m))
				continue;
			is_joined |=
			    !names_place && cue_joins(&s->g->cues, s->text, c->from, m->start);
			names_place = true;
		}
		if (is_joined ||
		    (!names_place && HOLDS(text_part(s->text, c->from, c->to), compares)))
			return true;
	}
	return false;
}

/* 松山湖上班，办东莞居住证: what lies in a place of the next clause says it better. */
static bool goes_along(const struct search *s, const struct clauses *all, size_t i, int nearest)
{
	const struct clause_at *c = clause_of(all, &s->found[i]);

	for (size_t k = 0; k < s->n; k++) {
		const struct clause_at *other = clause_of(all, &s->found[k]);

		if (other && is_asked(&s->found[k]) && other->nearness >= nearest &&
		    (other == c + 1 || c == other + 1) &&
		    places_are_near(s->found[i].place, s->found[k].place))
			return true;
	}
	return false;
}

void focus_places(const struct search *s)
{
	struct clauses all;
	int nearest = TELLS;
	bool is_beside[LIMIT_MENTIONS];
	size_t n_asked = 0;

	for (size_t i = 0; i < s->n; i++)
		n_asked += is_asked(&s->found[i]);
	if (n_asked < 2)
		return;
	cut(s, &all);
	if (all.n < 2 || is_leaning(s, &all))
		return;
	for (size_t i = 0; i < s->n; i++) {
		const struct clause_at *c = clause_of(&all, &s->found[i]);

		if (c && is_asked(&s->found[i]) && c->nearness > nearest)
			nearest = c->nearness;
	}
	/* Of those that ask none is nearer than another. */
	if (nearest & ASKS)
		nearest = ASKS;
	for (size_t i = 0; i < s->n; i++) {
		const struct clause_at *c = clause_of(&all, &s->found[i]);

		is_beside[i] = c && is_asked(&s->found[i]) && c->nearness < nearest &&
			       !goes_along(s, &all, i, nearest);
	}
	for (size_t i = 0; i < s->n; i++)
		if (is_beside[i])
			s->found[i].role = MENTION_BESIDE;
}
