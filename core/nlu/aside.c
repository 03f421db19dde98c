/* SPDX-License-Identifier: Apache-2.0 */
/*
 * aside.c - places that are asked about by the words around them, but not beside the others:
 * schools and firms that bear a name, where a card is from or is sent, where somebody only is for a
 * while.
 */
#include "base/utf8.h"
#include "nlu/cue.h"
#include "nlu/role.h"
#include "nlu/story.h"

/* 交通大学本科毕业 */
#define SCHOOL_REACH 10

/* 厦门大学: a school bears a place's name wherever it is. */
static bool is_school(const struct search *s, const struct mention *m)
{
	static const char *const kinds[] = {
	    "大学",     "学院",     "师范",     "理工",     "交通大学", "科技大学", "医科大学",
	    "财经大学", "工业大学", "农业大学", "职业技术", "外国语",   "中学",     "研究院"};
	struct view behind = text_part(s->text, m->end, s->text->n_chars);

	if (view_starts(behind, VIEW("大学城")) || view_starts(behind, VIEW("大学生")))
		return false;
	return view_starts_any(behind, kinds, sizeof(kinds) / sizeof(kinds[0])) > 0;
}

/* Whoever has left the school may be anywhere. */
static bool is_finished(const struct search *s, const struct mention *m)
{
	static const char *const ends[] = {"学毕业",     "院毕业",   "学研究生毕业", "学本科毕业",
					   "学硕士毕业", "学院毕业", "学校毕业",     "学的毕业生",
					   "学毕业生",   "学读的",   "学念的",       "学博士毕业"};
	uint32_t to = m->end;

	while (to < s->text->n_chars && to < m->end + SCHOOL_REACH &&
	       !story_is_end(s->text->chars[to]))
		to++;
	return m->role == MENTION_TARGET && HOLDS(text_part(s->text, m->end, to), ends);
}

/* 厦门大学在漳州校区, 浙江大学海宁校区: the place behind it is where it is. */
static void place_schools(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];

		/* 毕业于南京大学, 河南大学毕业 */
		if (is_school(s, m) && (m->role == MENTION_LEFT || is_finished(s, m)))
			m->role = MENTION_PART;
		if (m->role != MENTION_TARGET || i + 1 == s->n || !is_school(s, m))
			continue;
		for (size_t j = i + 1; j < s->n && m->role == MENTION_TARGET; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    roles_are_elsewhere(m, &s->found[j]) && !is_school(s, &s->found[j]) &&
			    s->found[j].name->kind != REGION_NAME_APP &&
			    !cue_joins(&s->g->cues, s->text, m->end, s->found[j].start))
				m->role = MENTION_PART;
	}
}

/* 拿驻马店的身份证在漯河办: of two places the one whose identity card it is only tells who asks. */
static void put_cards_aside(const struct search *s)
{
	static const char *const cards[] = {"身份证", "的身份证", "身份证件", "身份证明",
					    "驾照",   "的驾照",   "驾驶证",   "的驾驶证"};
	static const char *const matters[] = {"丢", "补", "换", "过期", "到期", "号"};
	static const char *const with[] = {"拿", "用", "凭", "持", "拿着", "用着", "带着", "拿张"};

	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];
		struct view behind = text_part(s->text, m->end, s->text->n_chars);
		size_t len = STARTS(behind, cards);

		if (m->role != MENTION_TARGET || len == 0 ||
		    !ENDS(text_part(s->text, 0, m->start), with) ||
		    STARTS(view_sub(behind, len, behind.len), matters))
			continue;
		for (size_t j = 0; j < s->n; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    roles_are_elsewhere(m, &s->found[j]) && s->found[j].start > m->end) {
				m->role = MENTION_ORIGIN;
				break;
			}
	}
}

/* Of what is at `at` and of the same place elsewhere, with the wider names in front of each. */
static void rule_out(const struct search *s, size_t at)
{
	const struct region *region = s->found[at].candidates[0];

	for (size_t i = s->n; i-- > 0;) {
		struct mention *m = &s->found[i];

		if (m->candidates[0] == region || (i + 1 < s->n && m[1].role == MENTION_NEGATED &&
						   roles_are_one_place(s, m, m + 1)))
			m->role = MENTION_NEGATED;
	}
}

/* 参保地是株洲，就医地长沙: where somebody is treated. */
static bool is_treated_at(const struct search *s, const struct mention *m)
{
	static const char *const places[] = {"备案到",   "备案去", "就医地",   "就医地是",
					     "就医地在", "就诊地", "就诊地是", "住院地",
					     "住院地是", "就医在", "就医地选", "就医地填"};

	return ENDS(text_part(s->text, 0, m->start), places) > 0;
}

/* 在丽江旅游，我的居住证是昆明的: whoever is only there for a while asks about what is elsewhere.
 */
static void put_visits_aside(const struct search *s)
{
	static const char *const visits[] = {"旅游", "旅行", "游玩", "玩",   "出差",
					     "探亲", "转机", "耍",   "度假", "奔丧",
					     "开会", "出游", "自驾", "看病", "住院"};

	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];
		bool is_treated = is_treated_at(s, m);

		if (m->role != MENTION_TARGET || thing_is_told(s, m) ||
		    (!is_treated && !STARTS(text_part(s->text, m->end, s->text->n_chars), visits)))
			continue;
		for (size_t j = 0; j < s->n && m->role == MENTION_TARGET; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    roles_are_elsewhere(m, &s->found[j]) &&
			    (is_treated || thing_is_told(s, &s->found[j])))
				m->role = MENTION_BESIDE;
	}
}

/* 公司叫北京城建，我在雄安工地上: what a firm is called, where another place is named. */
static void put_firms_aside(const struct search *s)
{
	static const char *const called[] = {"公司叫",     "公司名叫", "公司名是", "公司名字叫",
					     "单位叫",     "公司全称", "企业叫",   "名称是",
					     "公司名字是", "全称是"};

	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];

		if (m->role != MENTION_TARGET || !ENDS(text_part(s->text, 0, m->start), called))
			continue;
		for (size_t j = i + 1; j < s->n && m->role == MENTION_TARGET; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    roles_are_elsewhere(m, &s->found[j]) &&
			    s->found[j].name->kind != REGION_NAME_APP && s->found[j].start > m->end)
				m->role = MENTION_PART;
	}
}

/* 现在人在兴义，补卡能寄到兴义吗: what is sent there is asked of another place. */
static void put_mailed_aside(const struct search *s)
{
	static const char *const sent[] = {"寄到",   "寄去",   "寄回",   "寄往",   "邮到",
					   "寄给",   "快递到", "快递回", "快递去", "寄过",
					   "邮寄到", "寄送到", "邮回",   "送到"};

	for (size_t i = 0, end; i < s->n; i = end) {
		bool has_other = false;

		for (end = i + 1; end < s->n; end++)
			if (!roles_are_one_place(s, &s->found[end - 1], &s->found[end]))
				break;
		if (s->found[i].role != MENTION_TARGET ||
		    !ENDS(text_part(s->text, 0, s->found[i].start), sent))
			continue;
		for (size_t j = 0; j < i; j++)
			has_other |= (s->found[j].role == MENTION_TARGET ||
				      s->found[j].role == MENTION_LEFT) &&
				     roles_are_elsewhere(&s->found[j], &s->found[end - 1]) &&
				     roles_are_elsewhere(&s->found[j], &s->found[i]);
		if (has_other)
			rule_out(s, end - 1);
	}
}

/* 落沪要什么，想落到呼和浩特: 户, as it sounds. */
static void drop_misspelt_household(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];

		if (m->role != MENTION_TARGET || m->end - m->start != 1 ||
		    s->text->chars[m->start] != 0x6caa /* 沪 */ ||
		    !view_ends(text_part(s->text, 0, m->start), VIEW("落")))
			continue;
		for (size_t j = 0; j < s->n; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    roles_are_elsewhere(m, &s->found[j]))
				m->role = MENTION_PART;
	}
}

/* 证是在长沙办的，上周搬到了河西: the side of a river, whatever district is called so elsewhere. */
static bool is_side(const struct search *s, size_t at)
{
	static const char *const sides[] = {"河西", "河东", "江北", "江东", "江南", "东城",
					    "西城", "新城", "城东", "城西", "城北"};
	const struct mention *m = &s->found[at];
	bool has_city = false;

	if (m->name->kind != REGION_NAME_SHORT || m->candidates[0]->level != REGION_COUNTY ||
	    !STARTS(m->name->name, sides))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		if (i == at || s->found[i].name->kind == REGION_NAME_APP)
			continue;
		if (places_are_near(m->place, s->found[i].place))
			return false;
		has_city |= i < at && s->found[i].candidates[0]->level == REGION_CITY;
	}
	return has_city;
}

static void drop_sides(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_side(s, i))
			s->found[i].role = MENTION_PART;
}

/* 能不能落在唐山，我是唐山路北区的户口: the part of the place where somebody's household is. */
void roles_narrow(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];
		bool is_part = false;

		if (m->role != MENTION_ORIGIN || m->candidates[0]->level != REGION_COUNTY ||
		    !cue_is_household_in(&s->g->cues, s->text, m->end, m->end + 1))
			continue;
		for (size_t j = 0; j < s->n; j++) {
			const struct mention *o = &s->found[j];

			if (o->role != MENTION_TARGET || o->candidates[0] == m->candidates[0])
				continue;
			if (o->candidates[0] != m->candidates[0]->parent) {
				is_part = false;
				break;
			}
			is_part = true;
		}
		if (is_part)
			m->role = MENTION_TARGET;
	}
}

void roles_put_aside(const struct search *s)
{
	place_schools(s);
	put_cards_aside(s);
	put_firms_aside(s);
	put_visits_aside(s);
	put_mailed_aside(s);
	drop_misspelt_household(s);
	drop_sides(s);
}
