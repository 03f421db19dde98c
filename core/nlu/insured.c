/* SPDX-License-Identifier: Apache-2.0 */
/*
 * insured.c - who is insured in one place and treated in another asks where they are insured:
 * 绵阳医保 成都住院, 医保是齐齐哈尔的，在三亚怎么备案. See known.h.
 */
#include "base/utf8.h"
#include "nlu/known.h"

/* Between the places of a fragment. */
#define BARE_CHARS 6
/* " de " */
#define OF_LETTERS 4

static const char *const insurances[] = {
    "医保",     "社保",   "新农合",  "农合",   "农保",    "yibao",  "yi bao",  "insurance", "参保",
    "合作医疗", "canbao", "can bao", "shebao", "she bao", "nonghe", "nong he", "yb ",       "ybk"};

/* What is done elsewhere with it. */
static const char *const used[] = {
    "住院",      "看病",       "看个病",      "做ct",     "检查",      "直接刷",     "就医",
    "就诊",      "治病",       "治疗",        "开刀",     "手术",      "透析",       "化疗",
    "生孩",      "生娃",       "生仔",        "产检",     "分娩",      "待产",       "转诊",
    "门诊",      "药店",       "买药",        "备案",     "报销",      "报不",       "报得",
    "刷",        "能用",       "使用",        "用得",     "可以用",    "用不",       "睇病",
    "瞧病",      "异地",       "结算",        "直接用",   "医院",      "生育",       "报给",
    "报几",      "结不",       "给结",        "接结",     "定点",      "急诊",       "zhuyuan",
    "zhu yuan",  "kanbing",    "kan bing",    "beian",    "bei an",    "baoxiao",    "hospital",
    "doctor",    "clinic",     "claim ",      "jiuyi",    "jiu yi",    "maiyao",     "mai yao",
    "menzhen",   "men zhen",   "shoushu",     "nengyong", "neng yong", "ke yi yong", "keyi yong",
    "shengwa",   "sheng wa",   "sheng haizi", "jiesuan",  "jie suan",  "neng bao ",  "bao duoshao",
    "neng shua", "ke yi shua", "keyi shua",   "chanjian"};
/* Not about its use: to be taken along, paid, or compared. */
static const char *const other[] = {
    "转移", "断",   "转回",   "转入",    "转出",   "转走",     "转不",   "转来",
    "迁",   "接续", "合并",   "或者",    "哪边",   "哪个",     "区别",   "一样",
    "两边", "两地", "两个",   "都要交",  "都要缴", "都要买",   "都要办", "比较",
    "互通", "互认", "互相",   "保比",    "险比",   "停保",     "断缴",   "重复",
    "换成", "新办", "重新办", "zhuanyi", "haishi", "zhuan dao"};
/* It is carried elsewhere, unless it is a patient who is. */
static const char *const carried[] = {"转到", "转去", "转过"};
static const char *const patients[] = {"医生", "大夫", "转院", "手术", "住院", "病人"};
/* One of two, unless it is still what it was: 医保还是绵阳的. */
static const char *const either[] = {"还是"};
static const char *const still[] = {"医保还是", "社保还是", "保卡还是", "参保还是",
				    "保地还是", "关系还是", "农合还是", "农保还是"};
/* 大庆退休了去三亚，异地就医: a pensioner is insured where they worked; what else they ask is not
 * about that. */
static const char *const retired[] = {"退休", " tuixiu", "tuixiu"};
static const char *const registered[] = {"异地就医", "就医备案", "异地看病", "异地备案", "异地直接",
					 "异地结算", "异地门诊", "异地住院", "跨省结算", "跨省直接",
					 "跨省就医", "报销备案", "看病报销", "jiuyi",    "jiu yi"};
/* In the clause of the other place: there it is to be had. */
static const char *const had[] = {"参保", "缴费", "交社", "交医", "缴社",    "缴医",
				  "办居", "居住", "买社", "买医", "入户",    "落户",
				  "公积", "补贴", "积分", "当地", "本地医保"};

static bool is_blank_behind(const struct search *s, uint32_t at)
{
	return at < s->text->n_chars && s->text->chars[at] == ' ';
}

/* 家在榆林，医保也在这里: told in the clause behind the place's. */
static bool is_insured_here(const struct search *s, const struct mention *m)
{
	static const char *const here[] = {"在这",   "在那",   "在本地", "在当地", "在老家",
					   "在县里", "在市里", "在区里", "在镇里", "在镇上",
					   "在村里", "在单位", "是这边", "是那边", "是本地",
					   "是当地", "交这"};
	uint32_t n = (uint32_t)s->text->n_chars, from = story_end_from(s->text, m->end),
		 to = story_end_from(s->text, from + 1);

	if (from >= n || (m + 1 < s->found + s->n && m[1].start < to))
		return false;
	return STARTS(text_part(s->text, from + 1, to), insurances) &&
	       HOLDS(text_part(s->text, from + 1, to), here);
}

/* yibao zai mianyang; but zunyi de yibao zai guiyang is where it is used. */
static bool is_insured_in(const struct search *s, const struct mention *m)
{
	static const char *const at_it[] = {
	    "insurance 在", "insurance在", "insurance is in ", "医保买在",    "yibao zai ",
	    "yibao shi ",   "yb zai ",     "yb shi ",          "shebao zai ", "shebao shi "};
	struct view behind = text_part(s->text, 0, m->start);
	size_t len = ENDS(behind, at_it);

	behind = view_sub(behind, 0, behind.len - len);
	return len && !(m > s->found && view_ends(behind, VIEW(" ")) &&
			m[-1].end + OF_LETTERS >= (uint32_t)utf8_count(behind));
}

/* 绵阳医保, 绵阳的医保, mianyang yibao; 医保是绵阳的, 绵阳参保. */
static bool is_insurer(const struct search *s, const struct mention *m)
{
	static const char *const of[] = {"的",   "那边的", "嘅",   "额",   "个",   "那边", "买的",
					 "交的", "参加的", "交嘞", "缴的", "办的", "上的", "de "};
	static const char *const of_whom[] = {"城乡", "职工", "居民"};
	static const char *const offices[] = {"局", "中心", "大厅", "窗口"};
	uint32_t at = m->end + is_blank_behind(s, m->end);
	struct view ahead = text_part(s->text, at, s->text->n_chars);
	size_t len = STARTS(ahead, of);

	const struct mention *first = m;

	while (first > s->found && places_are_adjacent(s, first - 1, first) &&
	       !focus_are_apart(first - 1, first))
		first--;
	if (STARTS(ahead, retired) || thing_is_insured_at(s, m) || is_insured_here(s, m) ||
	    is_insured_in(s, first))
		return true;
	ahead = view_sub(ahead, len, ahead.len);
	if (STARTS(ahead, retired))
		return true;
	len = STARTS(ahead, of_whom);
	ahead = view_sub(ahead, len, ahead.len);
	len = STARTS(ahead, insurances);
	return len && !STARTS(view_sub(ahead, len, ahead.len), offices);
}

/* The words of the clause behind the place, up to the next place. */
static struct view words_behind(const struct story *t, const struct mention *m)
{
	const struct clause_at *c = story_clause_of(t, m);
	uint32_t to = c ? c->to : (uint32_t)t->s->text->n_chars;

	for (const struct mention *next = m + 1; next < t->s->found + t->s->n; next++)
		if (next->start >= m->end && next->start < to)
			to = next->start;
	return text_part(t->s->text, m->end, to);
}

/* Somebody lives, is or is treated there. */
static bool is_elsewhere(const struct story *t, const struct mention *m)
{
	static const char *const there[] = {"在", "到",   "去",  "来",   "回",   "住",  "人",
					    "再", "响",   "喺",  "搁",   "至",   "居",  "嚟",
					    "勒", "zai ", "qu ", "dao ", "lai ", " in "};
	const struct search *s = t->s;
	struct view behind = text_part(s->text, 0, m->start), words = words_behind(t, m);

	if (HOLDS(words, had))
		return false;
	while (m > s->found && places_are_adjacent(s, m - 1, m))
		behind = text_part(s->text, 0, (--m)->start);
	return ENDS(behind, there) || STARTS(words, used) || HOLDS(words, used) ||
	       search_is_gap(s->text, m->start);
}

/* 伊春医保 哈尔滨: nothing is said but where one is insured and is. */
static bool is_bare(const struct search *s)
{
	return s->n == 2 && search_is_gap(s->text, s->found[1].start) &&
	       s->found[1].start - s->found[0].end <= BARE_CHARS &&
	       s->text->n_chars - s->found[1].end <= 1;
}

/* Its use is not all that is spoken of. */
static bool has_other_matter(struct view all)
{
	return HOLDS(all, other) || (HOLDS(all, carried) && !HOLDS(all, patients)) ||
	       (HOLDS(all, either) && !HOLDS(all, still)) || focus_holds_compare(all);
}

/* Its use is spoken of, and neither a comparison nor anything else about it. */
static bool is_about_use(const struct search *s)
{
	struct view all = text_part(s->text, 0, s->text->n_chars);

	if (HOLDS(all, retired) && !HOLDS(all, registered))
		return false;
	return (HOLDS(all, insurances) || HOLDS(all, registered)) &&
	       (HOLDS(all, used) || is_bare(s)) && !has_other_matter(all) &&
	       thing_is_insurance_alone(s);
}

/* Those where somebody is insured; false if there is none, or several. */
static bool find_own(const struct search *s, bool *is_own)
{
	const struct mention *own = NULL;

	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		is_own[i] = m->role != MENTION_PART && m->role != MENTION_NEGATED &&
			    m->name->kind != REGION_NAME_APP && is_insurer(s, m);
		if (is_own[i] && own && focus_are_apart(own, m))
			return false;
		if (is_own[i])
			own = m;
	}
	return own;
}

bool known_is_insured(const struct story *t)
{
	const struct search *s = t->s;
	bool is_own[LIMIT_MENTIONS] = {false}, has_else = false;

	if (!is_about_use(s) || !find_own(s, is_own))
		return false;
	known_widen(s, is_own);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		if (is_own[i] || !story_asks_about(m) ||
		    (i + 1 < s->n && places_are_adjacent(s, m, m + 1) &&
		     !focus_are_apart(m, m + 1)))
			continue;
		if (!is_elsewhere(t, m))
			return false;
		has_else = true;
	}
	if (has_else)
		known_ask_about(s, is_own);
	return has_else;
}

/* 宁波居住证, 宁波的居住证: its permit, or whatever else is not insured, stands behind it. */
static bool has_other_thing(const struct search *s, const struct mention *m)
{
	const struct term_hit *hit = term_hits_from(s->terms, m->end, m->end + OF_REACH, true);

	for (uint32_t i = m->end; hit && i < hit->start; i++)
		if (story_is_end(s->text->chars[i]))
			return false;
	return hit && !HOLDS(hit->term->written, insurances);
}

bool known_is_beside_insurance(const struct story *t)
{
	const struct search *s = t->s;
	struct view all = text_part(s->text, 0, s->text->n_chars);
	bool is_own[LIMIT_MENTIONS] = {false}, is_meant[LIMIT_MENTIONS] = {false},
	     has_meant = false;

	if (!HOLDS(all, insurances) || has_other_matter(all) || focus_holds_carry(all) ||
	    !find_own(s, is_own))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		const struct clause_at *c = story_clause_of(t, m);

		if (is_own[i] && (has_other_thing(s, m) || (c && t->n > 1 && c->nearness & ASKS)))
			return false;
		is_meant[i] = !is_own[i] && story_asks_about(m) && has_other_thing(s, m);
		has_meant |= is_meant[i];
	}
	if (!has_meant)
		return false;
	known_widen(s, is_meant);
	known_ask_about(s, is_meant);
	return true;
}
