/* SPDX-License-Identifier: Apache-2.0 */
/*
 * focus.c - which of several places a story is about.
 *
 * People tell where they were born, worked and moved before they ask. Each clause that names a
 * place says how near to the question it stands: it asks, it wants something done, it says where
 * somebody is now, or it only tells. Places of the nearest clauses are asked about, the others
 * stand beside. Where two places are compared, or what one has given is carried to another, both
 * are asked about wherever they stand.
 */
#include "base/utf8.h"
#include "nlu/gazetteer.h"

#define CLAUSES_MAX  64
#define STORY_CHARS  20 /* of a text that is no list of words */
#define CLAUSE_CHARS 5  /* of a clause that is parted from the next by a blank */
#define JOIN_CHARS   2
#define OF_REACH     3 /* between a place and its thing: 的, 办的 */

/* How near to the question a clause stands; they add up. */
enum nearness { TELLS = 0, NAMES = 1, WANTS = 2, IS_NOW = 4, ASKS = 8 };

struct clause_at {
	uint32_t from, to;
	int nearness;
};

struct story {
	const struct search *s;
	struct clause_at clauses[CLAUSES_MAX];
	size_t n;
	int nearness[LIMIT_MENTIONS]; /* of each place, once all clauses are known */
};

#define HOLDS(v, list) view_has_any(v, list, sizeof(list) / sizeof((list)[0]))

/* Where a question begins, also without a mark before it. */
static const char *const leads[] = {"请问", "想问", "问一下", "问下",
				    "请教", "咨询", "想知道", "想了解"};
/* … and where a story turns, if it is told without any marks. */
static const char *const turns[] = {"现在", "目前", "如今", "眼下", "后来",
				    "打算", "但是", "可是", "我想", "想办"};
static const char *const asks[] = {
    "吗",     "么",   "嘛",     "怎",     "咋",     "啥",      "多少",   "要几",   "得几",
    "是几",   "等几", "有几",   "花几",   "交几",   "第几",    "跑几",   "哪",     "如何",
    "为何",   "是否", "能不能", "可不可", "是不是", "要不要",  "会不会", "有没有", "用不用",
    "行不行", "多久", "多长",   "zenme",  "ruhe",   "duoshao", "shenme", "同吧",   "样吧",
};
static const char *const wants[] = {"想",   "打算", "准备", "决定", "计划",
				    "最后", "最终", "选定", "倾向", "要"};
static const char *const does[] = {"注册",   "落户", "成立",   "设立",
				   "开公司", "开个", "开一家", "办"};
static const char *const is_now[] = {"现在", "目前", "如今", "眼下", "这会儿", "今年", "跳槽到",
				     "调到", "调回", "派到", "搬到", "搬来",   "来了", "住在",
				     "租在", "现居", "嫁到", "考到", "转到",   "回到"};
static const char *const compares[] = {"区别", "差别", "差异", "不同", "对比",   "相比",
				       "比较", "两边", "两地", "哪边", "哪个城", "哪座城",
				       "互认", "通用", "分别", "都能", "还是"};
static const char *const leans[] = {"更", "比"};
static const char *const alters[] = {"更换", "更改", "更新", "变更", "更正"};
static const char *const carries[] = {
    "给不给", "作不作数", "证用",   "继续用", "直接用", "直接转", "能用",   "管用",
    "好使",   "有效",     "有冇效", "作废",   "失效",   "废掉",   "认吗",   "认不",
    "认可",   "承认",     "互认",   "重新办", "重新申", "重新领", "重新登", "重新注",
    "重新交", "重新提",   "重新开", "重新审", "重新算", "重新来", "重新走", "重新转",
    "重新做", "重办",     "再办",   "另办",   "还要办", "转过",   "转移",   "转到",
    "换成",   "带过",     "算不算", "接着算", "接着用", "连着算", "一起算", "累计"};
/* Two places are asked about; as it is folded, 两个 is 2个. */
static const char *const twos[] = {"2个地方", "2个城市", "2座城", "2个市", "两边",
				   "两地",    "两市",    "两头",  "这两",  "哪边"};
static const char *const than[] = {"比", "跟", "和", "与"};
/* What is the matter with a thing is the question. */
static const char *const troubles[] = {"忘",   "丢", "找不", "掉了", "过期",
				       "到期", "锁", "坏",   "错"};
static const char *const in_order[] = {"没到期", "没过期", "未到期", "没丢", "没忘"};

static bool is_end_of_clause(uint32_t c)
{
	return c == ',' || c == 0x3002 /* 。 */ || c == '?' || c == '!' || c == ';' || c == '.' ||
	       c == '\n';
}

static bool is_one_of(const struct text *text, uint32_t at, const char *const *words, size_t n)
{
	struct view rest = text_part(text, at, text->n_chars);

	for (size_t i = 0; i < n; i++)
		if (view_starts(rest, view_of(words[i])))
			return true;
	return false;
}

static bool is_marked(const struct text *text)
{
	for (uint32_t i = 0; i < text->n_chars; i++)
		if (is_end_of_clause(text->chars[i]) || text->chars[i] == ' ')
			return true;
	return false;
}

static struct view words_of(const struct story *t, const struct clause_at *c)
{
	return text_part(t->s->text, c->from, c->to);
}

/* 能网上改不, 那边呢; but 我在沈阳呢 only tells. */
static bool is_asking_end(const struct story *t, const struct clause_at *c)
{
	struct view words = words_of(t, c);
	static const char *const here[] = {"在", "搁"};

	if (view_find(words, VIEW("呢")) >= 0 && !HOLDS(words, here))
		return true;
	return view_ends(words, VIEW("不")) && view_find(words, VIEW("能")) >= 0;
}

/* 回深圳换还是佛山就能换: a place on either side. */
static bool offers_places(const struct story *t, const struct clause_at *c)
{
	struct view words = words_of(t, c);
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

static int nearness_of(const struct story *t, const struct clause_at *c)
{
	const struct term_hits *terms = t->s->terms;
	const struct text *text = t->s->text;
	struct view words = words_of(t, c);
	int sum = TELLS;

	for (size_t i = 0; i < terms->n; i++)
		if (terms->items[i].term->matter && terms->items[i].start >= c->from &&
		    terms->items[i].end <= c->to)
			sum |= NAMES;
	if (HOLDS(words, leads) || HOLDS(words, asks) || view_starts(words, VIEW("还是")) ||
	    is_asking_end(t, c) || is_either_or(text, c) || offers_places(t, c) ||
	    (c->to < text->n_chars && text->chars[c->to] == '?'))
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
	/* The end holds the question: it is never left out. */
	if (t->n == CLAUSES_MAX)
		c.from = t->clauses[--t->n].from;
	c.nearness = nearness_of(t, &c);
	t->clauses[t->n++] = c;
}

/* A new clause begins at `i` though no mark stands there; `from` is where the last one does. */
static bool is_turn(const struct text *text, uint32_t from, uint32_t i, bool has_marks)
{
	if (is_one_of(text, i, leads, sizeof(leads) / sizeof(leads[0])))
		return true;
	if (has_marks)
		return false;
	/* Blanks are marks in a story, but not in a few words. */
	return is_one_of(text, i, turns, sizeof(turns) / sizeof(turns[0])) ||
	       (text->n_chars >= STORY_CHARS && i - from >= CLAUSE_CHARS &&
		han_is(text->chars[i]) && search_is_gap(text, i));
}

static void cut(struct story *t)
{
	const struct text *text = t->s->text;
	uint32_t from = 0, n = (uint32_t)text->n_chars;
	bool has_marks = is_marked(text);

	for (uint32_t i = 0; i < n; i++) {
		if (is_end_of_clause(text->chars[i])) {
			add_clause(t, from, i);
			from = i + 1;
		} else if (i > from && is_turn(text, from, i, has_marks)) {
			add_clause(t, from, i);
			from = i;
		}
	}
	add_clause(t, from, n);
}

/* Whatever reading of either is meant. */
static bool are_apart(const struct mention *a, const struct mention *b)
{
	return a->candidates[0] != b->candidates[0] && !places_are_near(a->place, b->place) &&
	       !places_are_near(b->place, a->place);
}

static bool is_asked(const struct mention *m)
{
	return m->role == MENTION_TARGET && m->name->kind != REGION_NAME_APP;
}

static const struct clause_at *clause_of(const struct story *t, const struct mention *m)
{
	for (size_t i = 0; i < t->n; i++)
		if (m->start >= t->clauses[i].from && m->start < t->clauses[i].to)
			return &t->clauses[i];
	return NULL;
}

/* The word of a matter that stands behind the place, as its own: 上海的居住证. Its start, or 0. */
static uint32_t thing_of(const struct story *t, const struct mention *m, uint32_t reach)
{
	const struct clause_at *c = clause_of(t, m);
	const struct term_hit *hit = term_hits_from(t->s->terms, m->end, m->end + reach, true);

	return c && hit && hit->start < c->to ? hit->start : 0;
}

static bool is_trouble(struct view words)
{
	return HOLDS(words, troubles) && !HOLDS(words, in_order);
}

/* 南京医保卡密码忘了，现在人在上海: what is the matter with the thing of a place asks. */
static int rate_nearness(const struct story *t, const struct mention *m)
{
	const struct clause_at *c = clause_of(t, m);

	if (!c)
		return TELLS;
	if (c->nearness & ASKS || thing_is_lost(t->s, m) ||
	    ((thing_of(t, m, 1) || thing_is_named(t->s, m)) &&
	     is_trouble(text_part(t->s->text, m->end, c->to))))
		return ASKS;
	return c->nearness;
}

static int nearness_at(const struct story *t, const struct mention *m)
{
	return t->nearness[m - t->s->found];
}

static bool has_place(const struct story *t, const struct clause_at *c)
{
	for (size_t i = 0; i < t->s->n; i++)
		if (is_asked(&t->s->found[i]) && clause_of(t, &t->s->found[i]) == c)
			return true;
	return false;
}

/*
 * 老家在宣威交的医保，宣威的医保卡锁了怎么办; 有济南的卡，青岛医保卡密码怎么改: the place whose
 * thing is asked about is named with it, or is the very place of `m`.
 */
static bool is_asked_by_name(const struct story *t, const struct mention *m)
{
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *o = &t->s->found[i];

		if (o != m && is_asked(o) && nearness_at(t, o) & ASKS &&
		    (o->candidates[0] == m->candidates[0] || thing_of(t, o, 1)))
			return true;
	}
	return false;
}

/* 人在燕郊，居住证在三河办还是在北京办: what is offered is meant, and nothing else. */
static bool offers_choice(const struct story *t, const struct clause_at *c)
{
	const struct mention *first = NULL;

	if (!(c->nearness & ASKS) || view_find(words_of(t, c), VIEW("还是")) < 0)
		return false;
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *m = &t->s->found[i];

		if (!is_asked(m) || clause_of(t, m) != c)
			continue;
		if (first && are_apart(first, m))
			return true;
		first = m;
	}
	return false;
}

/* 上海要三天，和深圳比哪个快; 我有杭州的居住证，去宁波还要办吗. */
static bool are_all_meant(const struct story *t)
{
	const struct search *s = t->s;

	for (size_t i = 0; i < t->n; i++)
		if (offers_choice(t, &t->clauses[i]))
			return false;
	for (size_t i = 0; i < t->n; i++) {
		const struct clause_at *c = &t->clauses[i];
		struct view words = words_of(t, c);

		if (c->nearness & ASKS &&
		    (HOLDS(words, carries) || HOLDS(words, compares) ||
		     (HOLDS(words, leans) && !HOLDS(words, alters) && has_place(t, c))))
			return true;
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		const struct clause_at *c = clause_of(t, m);

		if (!c || !is_asked(m))
			continue;
		if (m->start - c->from <= JOIN_CHARS &&
		    cue_joins(&s->g->cues, s->text, c->from, m->start))
			return true;
		/* Who only has it asks whether it holds elsewhere. */
		if (!(nearness_at(t, m) & (ASKS | WANTS)) && thing_of(t, m, OF_REACH) &&
		    !is_asked_by_name(t, m))
			return true;
	}
	return false;
}

/* 四川宜宾: the wider name only says where the narrower one is. */
static bool only_leads(const struct search *s, size_t at)
{
	const struct mention *o = &s->found[at], *next = o + 1;

	return at + 1 < s->n && next->start == o->end && is_asked(next) &&
	       places_are_near(next->place, o->place);
}

/*
 * 松山湖上班，办东莞居住证: a place that lies in one that is asked about says it better, unless
 * that one's thing is asked for by name and nobody lives here: 重庆医保卡.
 */
static bool says_it_better(const struct story *t, const struct mention *m, int nearest)
{
	const struct clause_at *c = clause_of(t, m);
	const struct search *s = t->s;
	bool is_better = false;

	if (!c)
		return false;

	for (size_t k = 0; k < s->n; k++) {
		const struct mention *o = &s->found[k];
		const struct clause_at *other = clause_of(t, o);

		if (!is_asked(o) || o == m || (only_leads(s, k) && are_apart(o + 1, m)))
			continue;
		/* 住在番禺，公司在天河 */
		if (nearness_at(t, o) > nearness_at(t, m) && nearness_at(t, o) < nearest &&
		    are_apart(o, m))
			return false;
		is_better |= nearness_at(t, o) >= nearest && places_are_near(m->place, o->place) &&
			     (other == c + 1 || c == other + 1 || nearest < ASKS ||
			      !thing_of(t, o, 1) || nearness_at(t, m) & IS_NOW);
	}
	return is_better;
}

/* Is there a place asked about that is another one than `m`, and in the clause if one is given? */
static bool has_other(const struct story *t, const struct mention *m, const struct clause_at *c)
{
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *o = &t->s->found[i];

		if (is_asked(o) && are_apart(o, m) && (!c || clause_of(t, o) == c))
			return true;
	}
	return false;
}

/* 听说深圳开公司快，比广州快多少: what was told of is compared with. */
static bool is_compared(const struct story *t, const struct mention *m)
{
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *o = &t->s->found[i];
		const struct clause_at *c = clause_of(t, o);
		struct view behind;

		if (!c || o->start < m->end || !(c->nearness & ASKS) || !is_asked(o) ||
		    c == clause_of(t, m) || !are_apart(o, m))
			continue;
		behind = text_part(t->s->text, c->from, o->start);
		for (size_t j = 0; j < sizeof(than) / sizeof(than[0]); j++)
			if (view_ends(behind, view_of(than[j])))
				return true;
	}
	return false;
}

/*
 * 从嘉兴搬到湖州，两边有什么不同; 老家信阳或者东莞，哪边划算; 回深圳换还是佛山就能换: the other one
 * is asked about too.
 */
static void ask_about_both(const struct story *t)
{
	bool is_of_two = false;

	for (size_t i = 0; i < t->n; i++)
		is_of_two |=
		    t->clauses[i].nearness & ASKS && HOLDS(words_of(t, &t->clauses[i]), twos);
	for (size_t i = 0; i < t->s->n; i++) {
		struct mention *m = &t->s->found[i];
		const struct clause_at *c = clause_of(t, m);
		bool is_meant = is_of_two;

		if (!c || !has_other(t, m, NULL))
			continue;
		if (m->role == MENTION_LEFT)
			is_meant |=
			    is_compared(t, m) || (offers_places(t, c) && has_other(t, m, c));
		else if (m->role != MENTION_ORIGIN ||
			 !cue_is_home(&t->s->g->cues, t->s->text, m->start))
			continue;
		if (is_meant)
			m->role = MENTION_TARGET;
	}
}

void focus_places(const struct search *s)
{
	struct story t = {.s = s};
	bool is_beside[LIMIT_MENTIONS];
	size_t n_asked = 0;
	int nearest = TELLS;
	bool are_several = false, has_told = false;

	for (size_t i = 0; i < s->n; i++) {
		enum mention_role role = s->found[i].role;

		n_asked += is_asked(&s->found[i]);
		has_told |= role == MENTION_LEFT || role == MENTION_ORIGIN;
		are_several |= is_asked(&s->found[i]) && has_other(&t, &s->found[i], NULL);
	}
	if (n_asked == 0 || (n_asked < 2 && !has_told))
		return;
	cut(&t);
	if (!are_several && has_told)
		ask_about_both(&t);
	if (n_asked < 2 || t.n < 2)
		return;
	for (size_t i = 0; i < s->n; i++)
		t.nearness[i] = rate_nearness(&t, &s->found[i]);
	if (are_all_meant(&t))
		return;
	for (size_t i = 0; i < s->n; i++)
		if (is_asked(&s->found[i]) && nearness_at(&t, &s->found[i]) > nearest)
			nearest = nearness_at(&t, &s->found[i]);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		is_beside[i] =
		    is_asked(m) && nearness_at(&t, m) < nearest && !says_it_better(&t, m, nearest);
	}
	for (size_t i = 0; i < s->n; i++)
		if (is_beside[i])
			s->found[i].role = MENTION_BESIDE;
}
