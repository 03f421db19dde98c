/* SPDX-License-Identifier: Apache-2.0 */
/* story.c - where the clauses of a text begin, and which of them asks, wants or says what is now.
 */
#include "nlu/story.h"

#include "base/utf8.h"

#define STORY_CHARS  20 /* of a text that is no list of words */
#define CLAUSE_CHARS 5  /* of a clause that is parted from the next by a blank */

/* Where a question begins, also without a mark before it. */
static const char *const leads[] = {"请问", "想问", "问一下", "问下",
				    "请教", "咨询", "想知道", "想了解"};
/* … and where a story turns, if it is told without any marks. */
static const char *const turns[] = {"现在", "目前", "如今", "眼下", "后来",
				    "打算", "但是", "可是", "我想", "想办"};
static const char *const asks[] = {
    "吗",   "么",     "嘛",     "怎",      "咋",     "啥",     "多少",   "要几",   "得几",   "是几",
    "等几", "有几",   "满几",   "花几",    "交几",   "第几",   "跑几",   "哪",     "如何",   "为何",
    "是否", "能不能", "可不可", "是不是",  "要不要", "会不会", "有没有", "用不用", "行不行", "多久",
    "多长", "zenme",  "ruhe",   "duoshao", "shenme", "同吧",   "样吧",
};
static const char *const wants[] = {"想",   "打算", "准备", "决定", "计划",
				    "最后", "最终", "选定", "倾向", "要"};
static const char *const does[] = {
    "注册",   "落户",   "成立", "设立",   "开公司", "开个", "开一家", "办",   "交医保",
    "交社保", "交居民", "参保", "迁到",   "迁去",   "迁往", "搬到",   "搬去", "转到",
    "入学",   "报名",   "迁户", "户口迁", "想落",   "要落", "落在",   "落到"};
static const char *const is_now[] = {"现在", "目前",   "如今", "而今", "眼下", "这会儿",
				     "今年", "跳槽到", "人在", "住到", "调到", "调回",
				     "派到", "搬到",   "搬来", "来了", "住在", "租在",
				     "现居", "嫁到",   "考到", "转到", "回到"};

bool story_is_end(uint32_t c)
{
	return c == ',' || c == 0x3002 /* 。 */ || c == '?' || c == '!' || c == ';' || c == '.' ||
	       c == '\n';
}

uint32_t story_end_from(const struct text *text, uint32_t at)
{
	while (at < text->n_chars && !story_is_end(text->chars[at]))
		at++;
	return at;
}

static bool is_marked(const struct text *text)
{
	for (uint32_t i = 0; i < text->n_chars; i++)
		if (story_is_end(text->chars[i]) || text->chars[i] == ' ')
			return true;
	return false;
}

struct view story_words(const struct story *t, const struct clause_at *c)
{
	return text_part(t->s->text, c->from, c->to);
}

/* 能网上改不, 办得下来不, 一样伐, 那边呢; but 我在沈阳呢 only tells. */
static bool is_asking_end(const struct story *t, const struct clause_at *c)
{
	struct view words = story_words(t, c);
	static const char *const here[] = {"在", "搁"};

	if (view_find(words, VIEW("呢")) >= 0 && !HOLDS(words, here))
		return true;
	return view_ends(words, VIEW("不")) || view_ends(words, VIEW("伐"));
}

bool story_offers_places(const struct story *t, const struct clause_at *c)
{
	struct view words = story_words(t, c);
	ptrdiff_t at = view_find(words, VIEW("还是"));
	uint32_t middle;
	bool is_before = false, is_behind = false;

	if (at < 0)
		return false;
	middle = c->from + (uint32_t)utf8_count(view_sub(words, 0, (size_t)at));
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *m = &t->s->found[i];

		is_before |= m->start >= c->from && m->end <= middle;
		is_behind |= m->start >= middle && m->end <= c->to;
	}
	return is_before && is_behind;
}

/* 认不认, 收不收 */
static bool is_either_or(const struct text *text, const struct clause_at *c)
{
	for (uint32_t i = c->from + 1; i + 1 < c->to; i++)
		if (text->chars[i] == 0x4e0d /* 不 */ && text->chars[i - 1] == text->chars[i + 1])
			return true;
	return false;
}

/* 是去派出所还是去社区, 还是能去分局; but 但是我还是想在深圳 only tells. */
static bool offers_ways(struct view words)
{
	static const char *const others[] = {"但是", "可是", "只是", "就是", "于是", "总是"};
	ptrdiff_t at = view_find(words, VIEW("还是"));
	struct view before = at > 0 ? view_sub(words, 0, (size_t)at) : view_make("", 0);

	return at == 0 || (view_find(before, VIEW("是")) >= 0 && !HOLDS(before, others));
}

/* 是自动延期，还是必须重新申报: what the next clause sets beside it is asked. */
static bool is_offered(const struct text *text, const struct clause_at *c)
{
	return c->to + 1 < text->n_chars &&
	       view_starts(text_part(text, c->to + 1, text->n_chars), VIEW("还是"));
}

static int nearness_of(const struct story *t, const struct clause_at *c)
{
	const struct term_hits *terms = t->s->terms;
	const struct text *text = t->s->text;
	struct view words = story_words(t, c);
	int sum = TELLS;

	for (size_t i = 0; i < terms->n; i++)
		if (terms->items[i].term->matter && terms->items[i].start >= c->from &&
		    terms->items[i].end <= c->to)
			sum |= NAMES;
	if (HOLDS(words, leads) || HOLDS(words, asks) || offers_ways(words) ||
	    is_offered(text, c) || is_asking_end(t, c) || is_either_or(text, c) ||
	    story_offers_places(t, c) || (c->to < text->n_chars && text->chars[c->to] == '?'))
		sum |= ASKS;
	if (HOLDS(words, is_now))
		sum |= IS_NOW;
	if (HOLDS(words, wants) && (sum & NAMES || HOLDS(words, does)))
		sum |= WANTS | IS_NOW;
	return sum;
}

static void add_clause(struct story *t, uint32_t from, uint32_t to)
{
	struct clause_at c = {from, to, TELLS};

	if (to == from)
		return;
	c.nearness = nearness_of(t, &c);
	/* The end holds the question: it is never left out, but read only once. */
	if (t->n == CLAUSES_MAX) {
		const struct clause_at *last = &t->clauses[--t->n];

		c.from = last->from;
		c.nearness |= last->nearness;
	}
	t->clauses[t->n++] = c;
}

/* A new clause begins at `i` though no mark stands there; `from` is where the last one does. */
static bool is_turn(const struct text *text, uint32_t from, uint32_t i, bool has_marks)
{
	if (STARTS(text_part(text, i, text->n_chars), leads))
		return true;
	if (has_marks)
		return false;
	/* Blanks are marks in a story, but not in a few words. */
	return STARTS(text_part(text, i, text->n_chars), turns) ||
	       (text->n_chars >= STORY_CHARS && i - from >= CLAUSE_CHARS &&
		han_is(text->chars[i]) && search_is_gap(text, i));
}

/* 昆，明: the mark has slipped into a name. */
static bool is_in_name(const struct search *s, uint32_t at)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].start < at && at < s->found[i].end)
			return true;
	return false;
}

static struct view without_of(struct view v)
{
	return view_starts(v, VIEW("的")) ? view_sub(v, strlen("的"), v.len) : v;
}

bool story_is_list_mark(const struct search *s, uint32_t at)
{
	static const char *const marks[] = {"，", ",", " ", "、"};
	const struct mention *left = NULL, *right = NULL;
	struct view thing;

	for (size_t i = 0; i < s->n; i++) {
		if (s->found[i].end < at && (!left || s->found[i].start > left->start))
			left = &s->found[i];
		if (s->found[i].start == at + 1)
			right = &s->found[i];
	}
	if (!left || !right || !STARTS(text_part(s->text, at, at + 1), marks) ||
	    !term_hits_from(s->terms, left->end, left->end + 1, true) ||
	    (left->start > 0 && !story_is_list_mark(s, left->start - 1)))
		return false;
	thing = without_of(text_part(s->text, left->end, at));
	return view_starts(without_of(text_part(s->text, right->end, s->text->n_chars)), thing);
}

void story_cut(struct story *t)
{
	const struct text *text = t->s->text;
	uint32_t from = 0, n = (uint32_t)text->n_chars;
	bool has_marks = is_marked(text);

	for (uint32_t i = 0; i < n; i++) {
		if (story_is_end(text->chars[i]) && !is_in_name(t->s, i) &&
		    !story_is_list_mark(t->s, i)) {
			add_clause(t, from, i);
			from = i + 1;
		} else if (i > from && is_turn(text, from, i, has_marks)) {
			add_clause(t, from, i);
			from = i;
		}
	}
	add_clause(t, from, n);
}

const struct clause_at *story_clause_of(const struct story *t, const struct mention *m)
{
	for (size_t i = 0; i < t->n; i++)
		if (m->start >= t->clauses[i].from && m->start < t->clauses[i].to)
			return &t->clauses[i];
	return NULL;
}

bool story_asks_about(const struct mention *m)
{
	return m->role == MENTION_TARGET && m->name->kind != REGION_NAME_APP;
}

bool story_has_place(const struct story *t, const struct clause_at *c)
{
	for (size_t i = 0; i < t->s->n; i++)
		if (story_asks_about(&t->s->found[i]) && story_clause_of(t, &t->s->found[i]) == c)
			return true;
	return false;
}

bool story_is_last_in(const struct story *t, const struct mention *m, const struct clause_at *c)
{
	for (const struct mention *o = m + 1; o < t->s->found + t->s->n; o++)
		if (story_clause_of(t, o) == c)
			return false;
	return true;
}

uint32_t story_thing_of(const struct story *t, const struct mention *m, uint32_t reach)
{
	const struct clause_at *c = story_clause_of(t, m);
	const struct term_hit *hit = term_hits_from(t->s->terms, m->end, m->end + reach, true);

	return c && hit && hit->start < c->to ? hit->start : 0;
}
