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
#include "nlu/known.h"

static const char *const compares[] = {
    "区别",           "差别",       "差异",        "不同",
    "对比",           "相比",       "比较",        "两边",
    "两地",           "哪边",       "哪头",        "哪个城",
    "哪座城",         "互认",       "通用",        "分别",
    "mutual",         "difference", "compare",     "边度快",
    "边度平",         "边度易",     "边度近",      "边度好",
    "系咪一样",       "系咪1样",    "是不是一样",  "一唔一样",
    "nage hao",       "na ge hao",  "nage kuai",   "na ge kuai",
    "nabian kuai",    "nabian hao", "nage bijiao", "liang ge difang",
    "liangge difang", "liangbian",  "liang bian",  "you shenme qubie",
    "qubie",          "yiyang ma",  "yi yang ma"};
static const char *const leans[] = {"更", "比"};
static const char *const alters[] = {"更换", "更改", "更新", "变更", "更正"};
static const char *const carries[] = {
    "继续使用", "还能使用", "可以使用", "能使用", "给不给", "作不作数", "继续用",
    "直接用",   "直接转",   "能用",     "管用",   "好使",   "有效",     "有冇效",
    "作废",     "失效",     "废掉",     "认吗",   "认不",   "认可",     "承认",
    "互认",     "转过",     "转移",     "转到",   "换成",   "带过",     "算不算",
    "接着算",   "接着用",   "连着算",   "一起算", "累计"};
/* The same, unless what was given before is told to be over. */
static const char *const renews[] = {"重新办", "重新申", "重新领", "重新登", "重新注", "重新交",
				     "重新提", "重新开", "重新审", "重新算", "重新来", "重新走",
				     "重新转", "重新做", "重办",   "再办",   "另办",   "还要办"};
/* Two places are asked about; as it is folded, 两个 is 2个. */
static const char *const twos[] = {"2个地方", "2个城市", "2座城", "2个市", "两边", "两省", "2个省",
				   "两地",    "两市",    "两头",  "这两",  "哪边", "哪头"};
static const char *const than[] = {"比", "跟", "和", "与"};
/* What is the matter with a thing is the question. */
static const char *const troubles[] = {"忘",   "丢", "找不", "掉了", "过期",
				       "到期", "锁", "坏",   "错"};
static const char *const in_order[] = {"没到期", "没过期", "未到期", "没丢", "没忘"};

/* Of what was, if a later clause says what is; and of what is over whatever follows. */
static const char *const past[] = {"去年", "前年", "以前", "原先", "原来",
				   "之前", "曾",   "那时", "当时", "前几年"};
static const char *const over[] = {"作废了", "早作废",   "早就作废", "已作废",
				   "早过期", "早就过期", "早就不用"};
/* Others told so. */
static const char *const hearsay[] = {"他们说", "她们说", "人说", "听说", "都说",
				      "家说",   "友说",   "戚说", "事说", "上说"};
/* What is done is asked of the place where it is done, not of what was done before elsewhere. */
static const char *const itself[] = {"多久",   "多长",   "几天",     "几个月",
				     "多少钱", "啥材料", "什么材料", "哪些材料"};

/* 苏州、无锡都能办吗; but 2个人都能落在英德吗 asks of people. */
bool focus_holds_compare(struct view words)
{
	static const char *const people[] = {"个人", "俩",   "我们", "夫妻", "全家",
					     "家人", "一家", "大家", "他们", "父母",
					     "爸妈", "孩子", "双方", "小孩"};
	ptrdiff_t at = view_find(words, VIEW("都能"));

	return HOLDS(words, compares) || (at >= 0 && !ENDS(view_sub(words, 0, (size_t)at), people));
}

/* 上海的居住证用在苏州行吗; but 居住证用不用退 is no use of it. */
bool focus_holds_carry(struct view words)
{
	return HOLDS(words, carries) ||
	       (view_find(words, VIEW("证用")) >= 0 && view_find(words, VIEW("证用不用")) < 0);
}

bool focus_holds_renewal(struct view words)
{
	return HOLDS(words, renews);
}

/* 哪个更快; but 税务和执照哪个先办 asks for the order of two steps. */
static bool asks_which_place(struct view all)
{
	static const char *const which = "哪个";
	static const char *const first[] = {"先办", "先弄", "先做", "先搞", "先交", "先改"};
	ptrdiff_t at = view_find(all, view_of(which));

	return at >= 0 &&
	       !view_starts(view_sub(all, (size_t)at + strlen(which), all.len), VIEW("先")) &&
	       !ENDS(view_sub(all, 0, (size_t)at), first);
}

bool focus_compares(const struct text *text)
{
	struct view all = text_part(text, 0, text->n_chars);

	return focus_holds_compare(all) || focus_holds_carry(all) || HOLDS(all, twos) ||
	       view_find(all, VIEW("还是")) >= 0 || asks_which_place(all) ||
	       (HOLDS(all, leans) && !HOLDS(all, alters));
}

/* Whatever reading of either is meant. */
bool focus_are_apart(const struct mention *a, const struct mention *b)
{
	return a->candidates[0] != b->candidates[0] && !places_are_near(a->place, b->place) &&
	       !places_are_near(b->place, a->place);
}

bool focus_is_trouble(struct view words)
{
	return HOLDS(words, troubles) && !HOLDS(words, in_order);
}

/* 要是搬去东阳住，那边上学要居住证吗: the clause that asks means the place named right before it.
 */
static bool is_meant_behind(const struct story *t, const struct mention *m,
			    const struct clause_at *c)
{
	static const char *const there[] = {"那边", "那儿", "那里", "那头"};
	const struct clause_at *next = c + 1;

	return next < t->clauses + t->n && next->nearness & ASKS && !story_has_place(t, next) &&
	       STARTS(story_words(t, next), there) && story_is_last_in(t, m, c);
}

/* 想在商丘开公司，我人在北京能网上办吗: it is said how far away somebody is. */
static bool is_only_there(const struct story *t, const struct mention *m, const struct clause_at *c)
{
	if (!view_ends(text_part(t->s->text, 0, m->start), VIEW("人在")))
		return false;
	for (size_t i = 0; i < t->s->n; i++) {
		const struct clause_at *other = story_clause_of(t, &t->s->found[i]);

		if (other && other != c && other->nearness & WANTS &&
		    story_asks_about(&t->s->found[i]))
			return true;
	}
	return false;
}

/* 南京医保卡密码忘了，现在人在上海: what is the matter with the thing of a place asks. */
static int rate_nearness(const struct story *t, const struct mention *m)
{
	const struct clause_at *c = story_clause_of(t, m);

	if (!c)
		return TELLS;
	if (t->is_insured && thing_is_insured_at(t->s, m))
		return ASKS | OWNS;
	if (is_only_there(t, m, c))
		return IS_NOW;
	if (c->nearness & ASKS || is_meant_behind(t, m, c) || thing_is_lost(t->s, m) ||
	    ((story_thing_of(t, m, OF_REACH) || thing_is_named(t->s, m)) &&
	     focus_is_trouble(text_part(t->s->text, m->end, c->to))))
		return ASKS;
	return c->nearness;
}

/* 武汉的医保卡在长沙能改密码吗; 密码要回蚌埠改还是昆山也能改 */
static bool is_used_at(const struct story *t, const struct mention *m)
{
	static const char *const can[] = {"能", "可以", "可不", "行", "那边能", "这边能"};

	return STARTS(text_part(t->s->text, m->end, t->s->text->n_chars), can);
}

/* Once a place is known to have given the card, only where it is to be used is as near as that. */
static void rate_all(struct story *t)
{
	const struct search *s = t->s;

	for (size_t i = 0; i < s->n; i++) {
		t->nearness[i] = rate_nearness(t, &s->found[i]);
		t->has_owner |= story_asks_about(&s->found[i]) && t->nearness[i] & OWNS;
	}
	for (size_t i = 0; i < s->n && t->has_owner; i++)
		if (t->nearness[i] & ASKS &&
		    (is_used_at(t, &s->found[i]) ||
		     story_offers_places(t, story_clause_of(t, &s->found[i]))))
			t->nearness[i] |= OWNS;
}

static int nearness_at(const struct story *t, const struct mention *m)
{
	return t->nearness[m - t->s->found];
}

/*
 * 老家在宣威交的医保，宣威的医保卡锁了怎么办; 有济南的卡，青岛医保卡密码怎么改: the place whose
 * thing is asked about is named with it, or is the very place of `m`.
 */
static bool is_asked_by_name(const struct story *t, const struct mention *m)
{
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *o = &t->s->found[i];

		if (o != m && story_asks_about(o) && nearness_at(t, o) & ASKS &&
		    (o->candidates[0] == m->candidates[0] || nearness_at(t, o) & OWNS ||
		     story_thing_of(t, o, OF_REACH)))
			return true;
	}
	return false;
}

/* Two places that are apart are asked about in the clause itself. */
static bool has_two(const struct story *t, const struct clause_at *c)
{
	const struct mention *first = NULL;

	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *m = &t->s->found[i];

		if (!story_asks_about(m) || story_clause_of(t, m) != c)
			continue;
		if (first && focus_are_apart(first, m))
			return true;
		first = m;
	}
	return false;
}

/*
 * 人在燕郊，居住证在三河办还是在北京办; 在西安干了八年，想问汉中和安康哪边简单: what is offered or
 * compared is meant, and nothing else.
 */
static bool is_choice(const struct story *t, const struct clause_at *c)
{
	struct view words = story_words(t, c);

	return c->nearness & ASKS && has_two(t, c) &&
	       (view_find(words, VIEW("还是")) >= 0 || focus_holds_compare(words));
}

/* Is there a place asked about that is another one than `m`, and in the clause if one is given? */
static bool has_other(const struct story *t, const struct mention *m, const struct clause_at *c)
{
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *o = &t->s->found[i];

		if (story_asks_about(o) && focus_are_apart(o, m) &&
		    (!c || story_clause_of(t, o) == c))
			return true;
	}
	return false;
}

/* 在苏州办过，早作废了 */
static bool is_void(const struct story *t, const struct mention *m)
{
	const struct clause_at *c = story_clause_of(t, m), *end = t->clauses + t->n;

	return HOLDS(story_words(t, c), over) ||
	       (c + 1 < end && !story_has_place(t, c + 1) && HOLDS(story_words(t, c + 1), over));
}

/* The same, or 去年还在杭州上班，今年调到东阳. */
static bool is_over(const struct story *t, const struct mention *m)
{
	const struct clause_at *c = story_clause_of(t, m), *end = t->clauses + t->n;

	if (is_void(t, m))
		return true;
	if (!HOLDS(story_words(t, c), past))
		return false;
	for (const struct clause_at *later = c + 1; later < end; later++)
		if (later->nearness & IS_NOW && story_has_place(t, later))
			return true;
	return false;
}

/* 今年调到东阳，东阳这边重新申领要多久: all else that could be carried there is over. */
static bool begins_anew(const struct story *t, const struct clause_at *c)
{
	if (!story_has_place(t, c))
		return false;
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *m = &t->s->found[i];
		const struct clause_at *other = story_clause_of(t, m);

		if (other && story_asks_about(m) && has_other(t, m, c) && !is_over(t, m))
			return false;
	}
	return true;
}

/* 拿着郑州的居住证去了青岛，…那我在市北区办一张要多久: the clause that asks names its own place. */
static bool is_asked_elsewhere(const struct story *t, const struct mention *m)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct clause_at *c = &t->clauses[i];

		if (c != story_clause_of(t, m) && c->nearness & ASKS &&
		    HOLDS(story_words(t, c), itself) && has_other(t, m, c))
			return true;
	}
	return false;
}

/* 我有杭州的居住证，去宁波…: who only has it asks whether it holds elsewhere. */
static bool is_carried(const struct story *t, const struct mention *m, const struct clause_at *c)
{
	return !(nearness_at(t, m) & (ASKS | WANTS)) && story_thing_of(t, m, THING_REACH) &&
	       !HOLDS(story_words(t, c), hearsay) && !is_over(t, m) && !is_asked_elsewhere(t, m) &&
	       !is_asked_by_name(t, m);
}

/* Nothing else is said, or asked, than that a thing of another place is to be used there. */
static bool is_place_of_use(const struct story *t, const struct mention *m)
{
	static const char *const uses[] = {"可以使用", "可以用", "使用", "可用", "用"};
	static const char *const asking[] = {"吗", "不", "么", "嘛", "得", "行"};
	const struct search *s = t->s;
	struct view ahead = text_part(s->text, m->end, s->text->n_chars);
	size_t len = STARTS(ahead, uses);

	if (!len || thing_is_where_insured(s) || thing_is_local(s))
		return false;
	ahead = view_sub(ahead, len, ahead.len);
	len = STARTS(ahead, asking);
	if (utf8_count(view_sub(ahead, len, ahead.len)) > 1)
		return false;
	for (const struct mention *o = s->found; o < m; o++)
		if (story_asks_about(o) && focus_are_apart(o, m) && story_thing_of(t, o, OF_REACH))
			return true;
	return false;
}

/* 苏州居住证上海用: both have a say. */
static bool is_used_elsewhere(const struct story *t)
{
	for (size_t i = 0; i < t->s->n; i++)
		if (story_asks_about(&t->s->found[i]) && is_place_of_use(t, &t->s->found[i]))
			return true;
	return false;
}

/* 自动延期，还是必须重新申报: duties are parted, unless a place is pointed at: 还是必须回去办. */
static bool offers_duties(struct view words)
{
	static const char *const duties[] = {"必须", "一定", "需要", "要",   "得",   "只能",
					     "自动", "直接", "先",   "重新", "也要", "非得",
					     "可以", "能",   "系统", "人工", "自己", "单位"};
	static const char *const pointed[] = {"回",   "这",   "那",     "哪", "老家", "当地",
					      "本地", "户籍", "居住地", "原", "过去", "就近",
					      "边",   "头",   "到",     "去"};
	ptrdiff_t at = view_find(words, VIEW("还是"));

	return at >= 0 && STARTS(view_sub(words, (size_t)at + strlen("还是"), words.len), duties) &&
	       !HOLDS(words, pointed);
}

/*
 * 去分局还是去派出所: where the clause names its own place it is not places that 还是 parts.
 * 潍坊的卡能网上改吗，还是必须回去: of a card only what names two places compares.
 */
static bool are_compared(const struct story *t, const struct clause_at *c)
{
	struct view words = story_words(t, c);

	if (!t->has_owner && view_find(words, VIEW("还是")) >= 0 &&
	    (story_has_place(t, c) || !offers_duties(words)) &&
	    (view_starts(words, VIEW("还是")) || !story_has_place(t, c) ||
	     story_offers_places(t, c)))
		return true;
	return focus_holds_compare(words) &&
	       (!t->has_owner || story_has_place(t, c) || HOLDS(words, twos));
}

/* 上海要三天，和深圳比哪个快; 我有杭州的居住证，去宁波还要办吗. */
static bool are_all_meant(const struct story *t)
{
	const struct search *s = t->s;

	for (size_t i = 0; i < t->n; i++)
		if (is_choice(t, &t->clauses[i]))
			return false;
	for (size_t i = 0; i < t->n; i++) {
		const struct clause_at *c = &t->clauses[i];
		struct view words = story_words(t, c);

		if (c->nearness & ASKS &&
		    (focus_holds_carry(words) || are_compared(t, c) ||
		     (HOLDS(words, renews) && !begins_anew(t, c)) ||
		     (HOLDS(words, leans) && !HOLDS(words, alters) && story_has_place(t, c))))
			return true;
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		const struct clause_at *c = story_clause_of(t, m);

		if (!c || !story_asks_about(m))
			continue;
		if (m->start - c->from <= JOIN_CHARS &&
		    cue_joins(&s->g->cues, s->text, c->from, m->start))
			return true;
		if (is_carried(t, m, c))
			return true;
	}
	return false;
}

/* 四川宜宾: the wider name only says where the narrower one is. */
static bool only_leads(const struct search *s, size_t at)
{
	const struct mention *o = &s->found[at], *next = o + 1;

	return at + 1 < s->n && next->start == o->end && story_asks_about(next) &&
	       places_are_near(next->place, o->place);
}

/* 重庆医保卡; 注册在玉林，广西的施工资质: of a province also by a longer word. */
static bool has_own_thing(const struct story *t, const struct mention *m)
{
	bool is_wide = m->candidates[0]->level <= REGION_PROVINCE;

	return story_thing_of(t, m, is_wide ? THING_REACH : OF_REACH);
}

/*
 * 松山湖上班，办东莞居住证: a place that lies in one that is asked about says it better, unless
 * that one's thing is asked for by name and nobody lives here: 重庆医保卡.
 */
static bool says_it_better(const struct story *t, const struct mention *m, int nearest)
{
	const struct clause_at *c = story_clause_of(t, m);
	const struct search *s = t->s;
	bool is_better = false;

	/* 北京医保卡，在海淀妇幼排队: a card is not of where its owner is just now. */
	if (!c || (nearest & OWNS && !(nearness_at(t, m) & IS_NOW)))
		return false;

	for (size_t k = 0; k < s->n; k++) {
		const struct mention *o = &s->found[k];
		const struct clause_at *other = story_clause_of(t, o);

		if (!story_asks_about(o) || o == m ||
		    (only_leads(s, k) && focus_are_apart(o + 1, m)))
			continue;
		/* 住在番禺，公司在天河 */
		if (nearness_at(t, o) > nearness_at(t, m) && nearness_at(t, o) < nearest &&
		    focus_are_apart(o, m))
			return false;
		is_better |= nearness_at(t, o) >= nearest && places_are_near(m->place, o->place) &&
			     (other == c + 1 || c == other + 1 || nearest < ASKS ||
			      !has_own_thing(t, o) || nearness_at(t, m) & IS_NOW);
	}
	return is_better;
}

/* 听说深圳开公司快，比广州快多少: what was told of is compared with. */
static bool is_compared(const struct story *t, const struct mention *m)
{
	for (size_t i = 0; i < t->s->n; i++) {
		const struct mention *o = &t->s->found[i];
		const struct clause_at *c = story_clause_of(t, o);

		if (!c || o->start < m->end || !(c->nearness & ASKS) || !story_asks_about(o) ||
		    c == story_clause_of(t, m) || !focus_are_apart(o, m))
			continue;
		if (ENDS(text_part(t->s->text, c->from, o->start), than))
			return true;
	}
	return false;
}

/* What the clauses that ask are about. */
struct asked {
	bool two, use, all;
	bool end; /* 要注销吗, and no place is named with it */
};

static struct asked read_asked(const struct story *t)
{
	static const char *const ends[] = {"注销", "销掉", "退掉"};
	struct asked a = {false, false, false, false};

	for (size_t i = 0; i < t->n; i++) {
		const struct clause_at *c = &t->clauses[i];
		struct view words = story_words(t, c);

		if (!(c->nearness & ASKS))
			continue;
		a.two |= HOLDS(words, twos);
		a.use |= focus_holds_carry(words);
		a.all |= focus_holds_compare(words);
		a.end |= HOLDS(words, ends) && !story_has_place(t, c);
	}
	return a;
}

/* 在重庆办的居住证, 去年在福州办过: what is to be used elsewhere. */
static bool has_given(const struct story *t, const struct mention *m)
{
	static const char *const given[] = {"办过", "领过", "办了", "领了"};

	return !is_void(t, m) &&
	       (story_thing_of(t, m, THING_REACH) ||
		STARTS(text_part(t->s->text, m->end, t->s->text->n_chars), given));
}

/* 从北京搬到天津，居住证要注销吗: the one that was left is. */
static void ask_about_end(const struct story *t)
{
	bool has_left = false;

	for (size_t i = 0; i < t->s->n; i++)
		has_left |= t->s->found[i].role == MENTION_LEFT &&
			    !cue_is_of_others(&t->s->g->cues, t->s->text, t->s->found[i].start);
	for (size_t i = 0; i < t->s->n && has_left; i++) {
		struct mention *m = &t->s->found[i];

		if (m->role == MENTION_LEFT)
			m->role = MENTION_TARGET;
		else if (story_asks_about(m))
			m->role = MENTION_BESIDE;
	}
}

/*
 * 从嘉兴搬到湖州，两边有什么不同; 老家信阳或者东莞，哪边划算; 回深圳换还是佛山就能换;
 * 之前在重庆办的居住证， 来成都了能直接用吗; 我妹在河北，规定不同吗: the other one is asked about
 * too.
 */
static void ask_about_both(const struct story *t, const struct asked *a)
{
	for (size_t i = 0; i < t->s->n; i++) {
		struct mention *m = &t->s->found[i];
		const struct clause_at *c = story_clause_of(t, m);
		bool is_meant = a->two;

		if (!c || !has_other(t, m, NULL))
			continue;
		if (m->role == MENTION_LEFT)
			is_meant |=
			    is_compared(t, m) ||
			    (story_offers_places(t, c) && has_other(t, m, c)) ||
			    (a->all && cue_is_of_others(&t->s->g->cues, t->s->text, m->start)) ||
			    (a->use && has_given(t, m));
		else if (m->role != MENTION_ORIGIN ||
			 !cue_is_home(&t->s->g->cues, t->s->text, m->start))
			continue;
		if (is_meant)
			m->role = MENTION_TARGET;
	}
}

static void ask_about_left(const struct story *t)
{
	struct asked a = read_asked(t);

	if (a.end)
		ask_about_end(t);
	else
		ask_about_both(t, &a);
}

/* 荣成参保 人在济南 医保密码, 人武汉 卡黄冈 密码: though it is but one clause. */
static bool says_where_one_is(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (cue_is_now(&s->g->cues, s->text, s->found[i].start) ||
		    (search_is_gap(s->text, s->found[i].end) &&
		     thing_is_insured_at(s, &s->found[i])))
			return true;
	return false;
}

enum focus focus_places(const struct search *s)
{
	struct story t = {.s = s};
	bool is_beside[LIMIT_MENTIONS];
	size_t n_asked = 0;
	int nearest = TELLS;
	bool are_several = false, has_told = false;

	if (known_is_whose(s))
		return FOCUS_KNOWN;
	for (size_t i = 0; i < s->n; i++) {
		enum mention_role role = s->found[i].role;

		n_asked += story_asks_about(&s->found[i]);
		has_told |= role == MENTION_LEFT || role == MENTION_ORIGIN;
		are_several |= story_asks_about(&s->found[i]) && has_other(&t, &s->found[i], NULL);
	}
	if (n_asked == 0 || (n_asked < 2 && !has_told))
		return FOCUS_SOME;
	story_cut(&t);
	if (known_is_given_back(&t) || known_is_pension(&t) || known_is_lost(&t) ||
	    known_is_at_home(&t) || known_is_insured(&t) || known_is_beside_insurance(&t) ||
	    known_is_worked_at(&t) || (are_several && known_is_about_to_go(&t)))
		return FOCUS_KNOWN;
	if (are_several && is_used_elsewhere(&t))
		return FOCUS_KNOWN;
	if (!are_several && has_told)
		ask_about_left(&t);
	if (n_asked < 2)
		return FOCUS_SOME;
	t.is_insured = thing_is_where_insured(s);
	if (t.n < 2 && !(t.is_insured && says_where_one_is(s)))
		return FOCUS_SOME;
	rate_all(&t);
	if ((are_several || has_told) && are_all_meant(&t))
		return FOCUS_ALL;
	for (size_t i = 0; i < s->n; i++)
		if (story_asks_about(&s->found[i]) && nearness_at(&t, &s->found[i]) > nearest)
			nearest = nearness_at(&t, &s->found[i]);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		is_beside[i] = story_asks_about(m) && nearness_at(&t, m) < nearest &&
			       !says_it_better(&t, m, nearest);
	}
	for (size_t i = 0; i < s->n; i++)
		if (is_beside[i])
			s->found[i].role = MENTION_BESIDE;
	return FOCUS_SOME;
}
