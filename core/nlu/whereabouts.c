/* SPDX-License-Identifier: Apache-2.0 */
/* whereabouts.c - from a place back to who is there: 我妈 | 现在 | 住在 | 重庆. */
#include "nlu/whereabouts.h"

#include "nlu/story.h"

/* What ties somebody to the place behind it. */
static const char *const in[] = {
    "在",       "住在",    "人在",     "搬到",    "搬去",       "搬来",     "搬回",
    "搬至",     "住",      "去了",     "到了",    "回了",       "来了",     "来到",
    "回到",     "嫁到",    "嫁去",     "调到",    "调去",       "派到",     "派驻",
    "喺",       "定居",    "定居在",   "定居到",  "待在",       "呆在",     "常住",
    "常驻",     "生活在",  "工作在",   "落户在",  "落户",       "租在",     "住到",
    "跑到",     "转到",    "接到",     "接来",    "接去",       "接回",     "送到",
    "带到",     "退休在",  "就在",     "在老家",  "住老家",     "住喺",     "喺度",
    "人喺",     "zai",     "zhu zai",  "ban dao", "banjia dao", "is in",    "are in",
    "am in",    "'m in",   "lives in", "live in", "living in",  "'s in",    "moved to",
    "stays in", "stay in", "works in", "work in", "working in", "based in", "staying in"};
/* … if it is over and done: 我妈去武汉了. */
static const char *const going[] = {"去", "到", "回", "来", "搬", "去到"};
/* Between the person and that. */
static const char *const now[] = {
    "现在",   "目前",      "还",     "一直",   "也",      "都",   "人",   "一个人", "1个人",
    "1个",    "今年",      "已经",   "刚",     "刚刚",    "就",   "常年", "长期",   "平时",
    "现",     "自己",      "是",     "则",     "呢",      "最近", "后来", "去年",   "前年",
    "上个月", "上月",      "前阵子", "仍",     "仍然",    "依然", "都还", "如今",   "这边",
    "这儿",   "而",        "已",     "又",     "正",      "们",   "搬家", "搬走",   "退休后",
    "跟着",   "全家",      "上周",   "这几年", "'s",      "is",   "now",  "still",  "has",
    "just",   "currently", "she",    "he",     "xianzai", ",",    " "};
static const char *const not_there[] = {"不",     "没",     "没有", "不再",
					"已经不", "早就不", "早不", "唔"};
static const char *const leaving[] = {"从", "由", "离开", "离开了", "搬离", "搬离了", "left"};
/* Nothing but supposed. */
static const char *const supposing[] = {"如果", "要是",   "假如", "假设", "万一", "若",   "倘若",
					"除非", "哪怕",   "就算", "等",   "以后", "将来", "打算",
					"准备", "是不是", "if ",  "when", "谁",   "想让", "不知道"};
/* Behind the place: asked, over, or for a visit. */
static const char *const asked[] = {"吗",   "么",   "不?",    "没?",  "没有?", "还是", "?",
				    "的话", "嘛?",  "是不是", "对吧", "么?",   "时",   "那会",
				    "之前", "以前", "户口",   "户籍", "人",    "籍"};
static const char *const over[] = {
    "住过", "待过", "呆过", "干过", "工作过", "上过", "读过",   "打过",   "生活过", "做过",
    "办过", "去过", "出生", "生的", "长大",   "过年", "出差",   "旅游",   "旅行",   "玩",
    "开会", "看病", "住院", "探亲", "转机",   "培训", "坐月子", "做手术", "度假"};
static const char *const done[] = {"了", "啦", "喇", "咗"};

#define FIRST_CHARS 2 /* 哦，她在重庆 */
#define VISIT_CHARS 4 /* 在重庆旅游, 在重庆那边出差 */

struct scene {
	const struct text *text;
	const struct mentions *places;
	struct kin_spoken people[KIN_SPOKEN_MAX];
	size_t n_people;
};

static size_t before(const struct text *t, size_t at, size_t bytes)
{
	return text_char_at(t, t->bytes[at] - bytes);
}

static size_t strip_one(const struct text *t, size_t at, const char *const *list, size_t n)
{
	return before(t, at, view_ends_any(text_part(t, 0, at), list, n));
}
#define STRIP_ONE(t, at, list) strip_one(t, at, list, sizeof(list) / sizeof((list)[0]))

/* How far back what ties somebody to the place reaches; its start if nothing does. */
static size_t tied(const struct text *t, const struct mention *m, uint32_t end)
{
	size_t at = m->start;
	struct view words;
	size_t len;

	while (at > 0 && t->chars[at - 1] == ' ')
		at--;
	words = text_part(t, 0, at);
	len = ENDS(words, in);
	if (!len && STARTS(text_part(t, end, t->n_chars), done))
		len = ENDS(words, going);
	return len ? before(t, at, len) : m->start;
}

/* Back over what says nothing, and over what was left: 我妈|现在, 我妈|从重庆. */
static size_t skip_back(const struct text *t, const struct mentions *places, size_t at)
{
	size_t last;

	do {
		last = at;
		for (size_t i = 0; i < places->n; i++) {
			const struct mention *m = &places->items[i];

			/* 成|都 is no 都. */
			if (m->end == last)
				at = STRIP_ONE(t, m->start, leaving);
			if (m->end == last && at == m->start)
				return last;
		}
		at = at == last ? STRIP_ONE(t, at, now) : at;
	} while (at < last);
	return at;
}

static const struct kin_spoken *ends_at(const struct scene *s, size_t at)
{
	for (size_t i = 0; i < s->n_people; i++)
		if (s->people[i].end == at)
			return &s->people[i];
	return NULL;
}

/* The word for a person, and all of its clause before it. */
static bool is_supposed(const struct text *t, const struct kin_spoken *p)
{
	return HOLDS(text_part(t, kin_clause_start(t, p->start), p->start), supposing);
}

/* Asked, over or a visit. */
static bool is_over(const struct text *t, uint32_t end)
{
	struct view behind = text_part(t, end, t->n_chars);
	uint32_t to = end;

	if (STARTS(behind, asked))
		return true;
	for (; to < t->n_chars && to < end + VISIT_CHARS && !story_is_end(t->chars[to]); to++)
		if (STARTS(text_part(t, to, t->n_chars), over))
			return true;
	return false;
}

/* 我爸成都，我妈重庆: clauses of nothing else. */
static bool is_bare(const struct scene *s, const struct kin_spoken *p, uint32_t end)
{
	static const char *const marks[] = {",", "。", "!", ";", "、", " "};
	const struct text *t = s->text;
	bool begins = p->start == 0 || ENDS(text_part(t, 0, p->start), marks) > 0;
	bool ends = end == t->n_chars || STARTS(text_part(t, end, t->n_chars), marks) > 0;

	for (size_t i = 0; i < s->places->n; i++)
		begins |= s->places->items[i].end == p->start;
	for (size_t i = 0; i < s->n_people; i++)
		ends |= s->people[i].start == end;
	return begins && ends;
}

/* The place that a chain of names leads to: 四川|成都. */
static const struct region *place_meant(const struct mentions *places, size_t *at, uint32_t *end)
{
	const struct region *meant = places->items[*at].meant;

	*end = places->items[*at].end;
	while (*at + 1 < places->n && places->items[*at + 1].start <= *end + 1) {
		const struct mention *next = &places->items[*at + 1];

		if (!next->meant || !meant || !region_lies_in(next->meant, meant))
			break;
		meant = next->meant;
		*end = next->end;
		++*at;
	}
	return meant;
}

/* He is the last one who was spoken of before, if he may be. */
static struct kin stands_for(const struct scene *s, const struct kin_spoken *p)
{
	struct kin before = kin_antecedent(s->people, p);

	if (!kin_is_pronoun(p->kin))
		return p->kin;
	if (before.who)
		return before.who == KIN_THEY ? (struct kin){KIN_NONE, 0} : before;
	/* 法人住院了，他在上海: somebody else may have been spoken of, in other words. */
	return p->start <= FIRST_CHARS ? p->kin : (struct kin){KIN_NONE, 0};
}

/* Whether somebody is there or left it, and how far back the words for that reach. */
static size_t lead(const struct text *t, const struct mention *m, uint32_t end, bool *ret_left)
{
	size_t at = STRIP_ONE(t, m->start, leaving), not_at;

	*ret_left = at < m->start;
	if (*ret_left)
		return at;
	at = tied(t, m, end);
	not_at = STRIP_ONE(t, at, not_there);
	*ret_left = at < m->start && not_at < at;
	return not_at;
}

static const struct kin_spoken *find_one(const struct scene *s, size_t *i, struct whereabouts *ret)
{
	const struct mention *m = &s->places->items[*i];
	bool is_named = m->role != MENTION_PART && m->name->kind != REGION_NAME_APP;
	uint32_t end;
	const struct region *region = place_meant(s->places, i, &end);
	size_t at = lead(s->text, m, end, &ret->is_left);
	const struct kin_spoken *p = ends_at(s, skip_back(s->text, s->places, at));

	/* 我爸在成都: nothing was in between, though a word of it would be. */
	if (!p)
		p = ends_at(s, at);
	if (!is_named || !region || region->level == REGION_CLUSTER || !p || p->is_others ||
	    p->kin.who == KIN_THEY || is_supposed(s->text, p))
		return NULL;
	if (!ret->is_left && (is_over(s->text, end) || (at == m->start && !is_bare(s, p, end))))
		return NULL;
	ret->kin = stands_for(s, p);
	ret->region = region;
	return ret->kin.who != KIN_NONE ? p : NULL;
}

/* 我跟老伴在潍坊, 我带孩子在苏州: so is who stands before the one that was found. */
static size_t add_company(const struct scene *s, const struct kin_spoken *p,
			  const struct whereabouts *found, struct whereabouts *ret, size_t most)
{
	static const char *const with[] = {"和", "跟",   "与", "同",  "、",
					   "带", "带着", "陪", "还有"};
	size_t n = 0;

	for (; p > s->people && n < most && !found->is_left; p--) {
		struct view between = text_part(s->text, p[-1].end, p->start);

		if (!between.len || STARTS(between, with) != between.len || p[-1].is_others ||
		    kin_is_pronoun(p[-1].kin))
			break;
		ret[n] = *found;
		ret[n++].kin = p[-1].kin;
	}
	return n;
}

/* Whoever is here and there is nowhere. */
static size_t drop_doubtful(struct whereabouts *w, size_t n)
{
	bool doubtful[WHEREABOUTS_MAX] = {false};
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			doubtful[i] |= !w[i].is_left && !w[j].is_left &&
				       kin_eq(w[i].kin, w[j].kin) && w[i].region != w[j].region;
	for (size_t i = 0; i < n; i++)
		if (!doubtful[i])
			w[kept++] = w[i];
	return kept;
}

size_t whereabouts_find(const struct text *text, const struct mentions *places,
			struct whereabouts ret[WHEREABOUTS_MAX])
{
	struct scene s = {.text = text, .places = places};
	size_t n = 0;

	if (places->n > 0)
		s.n_people = kin_spoken(text, places, s.people);
	for (size_t i = 0; i < places->n && s.n_people > 0 && n < WHEREABOUTS_MAX; i++) {
		const struct kin_spoken *p = find_one(&s, &i, &ret[n]);

		if (!p)
			continue;
		n++;
		n += add_company(&s, p, &ret[n - 1], &ret[n], WHEREABOUTS_MAX - n);
	}
	return drop_doubtful(ret, n);
}
