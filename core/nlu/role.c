/* SPDX-License-Identifier: Apache-2.0 */
/*
 * role.c - the part each place of a text plays, by the words around it and by the other places.
 */
#include "base/utf8.h"
#include "nlu/cue.h"
#include "nlu/gazetteer.h"
#include "nlu/story.h"

/* 香港 澳门 台湾 have their codes from here on. */
#define OUTSIDE_CODES 700000
/* What is asked in front of where somebody is from is longer. */
#define CLAUSE_CHARS 4
/* 和, 以及 */
#define PAIR_CHARS 2
/* 交通大学本科毕业 */
#define SCHOOL_REACH 10

/* Nothing between the two but the blank that words in letters need. */
bool places_are_adjacent(const struct search *s, const struct mention *m,
			 const struct mention *next)
{
	return m->end == next->start ||
	       (m->end + 1 == next->start && s->text->chars[m->end] == ' ' &&
		char_is_letter(s->text->chars[m->end - 1]) &&
		char_is_letter(s->text->chars[next->start]));
}

/* 福建莆田, fujian putian: one place in two names. */
static bool is_one_place(const struct search *s, const struct mention *m,
			 const struct mention *next)
{
	return places_are_adjacent(s, m, next) && places_are_near(next->place, m->place);
}

/* What is spoken of, or wanted, is in the place in [from, to). */
static bool is_of_home(const struct search *s, uint32_t from, uint32_t to)
{
	return thing_is_at_home(s, from, to) || household_is_wanted(s, from, to);
}

/* 老家茂名医保卡, 上海户口好落吗: what is home is asked about all the same. */
static void ask_about_home(const struct search *s)
{
	for (size_t i = 0, end; i < s->n; i = end) {
		bool is_origin = s->found[i].role == MENTION_ORIGIN;

		for (end = i + 1; end < s->n; end++) {
			if (!is_one_place(s, &s->found[end - 1], &s->found[end]))
				break;
			is_origin &= s->found[end].role == MENTION_ORIGIN;
		}
		if (!is_origin || !is_of_home(s, s->found[i].start, s->found[end - 1].end))
			continue;
		for (size_t j = i; j < end; j++)
			s->found[j].role = MENTION_TARGET;
	}
}

/* 听说嘉兴跟湖州: nothing but the joining word between them. */
static bool is_pair(const struct search *s, const struct mention *m, const struct mention *next)
{
	return next->start - m->end <= PAIR_CHARS &&
	       cue_joins(&s->g->cues, s->text, m->end, next->start);
}

/* 老家湖南邵阳隆回, 之前在广州番禺, 不是杭州和宁波: what is behind a place plays its part too. */
static void pass_roles_on(const struct search *s)
{
	for (size_t i = 1; i < s->n; i++) {
		const struct mention *m = &s->found[i - 1];
		struct mention *next = &s->found[i];
		bool is_one = is_one_place(s, m, next);

		if (next->role != MENTION_TARGET)
			continue;
		if ((is_one && (m->role == MENTION_ORIGIN || m->role == MENTION_BESIDE)) ||
		    ((is_one || m->end == next->start || is_pair(s, m, next)) &&
		     m->role == MENTION_LEFT) ||
		    ((is_one || is_pair(s, m, next)) && m->role == MENTION_NEGATED))
			next->role = m->role;
	}
}

/*
 * 大陆, 内地: somebody from across the border speaks, unless people from here are meant or both
 * sides are compared.
 */
static bool is_from_across(const struct text *text)
{
	static const char *const here[] = {"内地", "大陆"};
	static const char *const people[] = {"人",   "居民", "户", "身份", "护照",
					     "公民", "和",   "与", "跟"};
	static const char *const with[] = {"和", "与", "跟"};
	struct view all = text_part(text, 0, text->n_chars);
	bool is_across = false;

	for (size_t i = 0; i < sizeof(here) / sizeof(*here); i++) {
		ptrdiff_t at = view_find(all, view_of(here[i]));
		struct view behind;

		if (at < 0)
			continue;
		is_across = true;
		behind = view_sub(all, (size_t)at + strlen(here[i]), all.len);
		if (view_starts_any(behind, people, sizeof(people) / sizeof(*people)) ||
		    view_ends_any(view_sub(all, 0, (size_t)at), with, sizeof(with) / sizeof(*with)))
			return false;
	}
	return is_across;
}

/* 人在香港，深圳的居住证怎么续: somebody is across the border, and what is asked about is here. */
static bool is_away(const struct search *s, size_t at)
{
	static const char *const there[] = {"人在", "人喺", "我在", "我喺",   "身在",   "仍在",
					    "还在", "住在", "我住", "现在在", "暂时在", "人暂时在"};

	if (!term_hits_have(s->terms, true) || focus_compares(s->text) ||
	    !view_ends_any(text_part(s->text, 0, s->found[at].start), there,
			   sizeof(there) / sizeof(*there)))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].role == MENTION_TARGET &&
		    s->found[i].candidates[0]->level > REGION_PROVINCE &&
		    s->found[i].candidates[0]->code < OUTSIDE_CODES &&
		    s->found[i].name->kind != REGION_NAME_APP)
			return true;
	return false;
}

/* 我屋企喺香港，想知內地張證…; 本人香港居民，去年調回香港: they do not ask about what is there. */
static void put_people_aside(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];
		bool is_people;

		if (m->candidates[0]->code < OUTSIDE_CODES || m->role != MENTION_TARGET)
			continue;
		is_people = is_from_across(s->text) || is_away(s, i);
		for (size_t j = 0; j < i && !is_people; j++)
			is_people = s->found[j].role == MENTION_ORIGIN &&
				    s->found[j].candidates[0] == m->candidates[0];
		if (is_people)
			m->role = MENTION_ORIGIN;
	}
}

/* 公司全称是“上海宏图建设”，名字里带“南通”两个字: what is called so may be anywhere. */
static bool is_in_title(const struct search *s, const struct mention *m)
{
	static const char *const called[] = {
	    "叫",   "叫做", "名称",   "名称是",   "全称",   "全称是", "名为",   "带有", "含有",
	    "字号", "名字", "名字带", "名字里带", "名字有", "改名",   "名字是", "改成", "改为"};
	uint32_t end = m->end;

	if (m->start == 0 || s->text->chars[m->start - 1] != '"' ||
	    !view_ends_any(text_part(s->text, 0, m->start - 1), called,
			   sizeof(called) / sizeof(*called)))
		return false;
	while (end < s->text->n_chars && s->text->chars[end] != '"')
		end++;
	return end < s->text->n_chars && !term_hits_from(s->terms, m->end, end + OF_REACH, false);
}

/* 我叫王大连，…印成了王大莲: a person is called so, or was before. */
static bool is_of_person(const struct search *s, size_t at)
{
	const struct cues *cues = &s->g->cues;
	uint32_t start = s->found[at].start;

	if (cue_is_person(cues, s->text, start, s->found[at].end))
		return true;
	/* 老板娘叫安吉，安吉说她不管 */
	for (size_t i = 0; i < at && !cue_leads(cues, s->text, start); i++)
		if (s->found[i].place == s->found[at].place && s->found[i].role == MENTION_PART &&
		    cue_is_person(cues, s->text, s->found[i].start, s->found[i].end))
			return true;
	for (size_t i = 0; i < at && !search_is_gap(s->text, start); i++) {
		const struct mention *m = &s->found[i];

		if (m->start > 0 && s->text->chars[m->start - 1] == s->text->chars[start - 1] &&
		    !search_is_gap(s->text, m->start) &&
		    cue_is_person(cues, s->text, m->start, m->end))
			return true;
	}
	return false;
}

/* 我姓苏，苏州的苏: how a character is written. */
static bool is_spelling(const struct search *s, const struct mention *m)
{
	const uint32_t *chars = s->text->chars;
	uint32_t at = m->end + 1;

	if (at >= s->text->n_chars || chars[m->end] != 0x7684 /* 的 */ || !han_is(chars[at]) ||
	    !(search_is_gap(s->text, at + 1) || chars[at + 1] == 0x5b57 /* 字 */))
		return false;
	for (uint32_t i = m->start; i < m->end; i++)
		if (chars[i] == chars[at])
			return true;
	return false;
}

/* 江苏镇江香醋; but 在江苏宜兴紫砂厂: goods bear the whole name, or their maker is in that place.
 */
static void share_goods(const struct search *s, size_t at)
{
	size_t first = at;

	while (first > 0 && is_one_place(s, &s->found[first - 1], &s->found[first]))
		first--;
	if (cue_leads(&s->g->cues, s->text, s->found[first].start))
		s->found[at].role = MENTION_TARGET;
	for (size_t i = first; i < at && s->found[at].role == MENTION_PART; i++)
		s->found[i].role = MENTION_PART;
}

static void give_own_roles(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];
		struct cue_part part = cue_part(&s->g->cues, s->text, m->start, m->end);

		if (is_in_title(s, m) || is_of_person(s, i) || is_spelling(s, m))
			part.role = MENTION_PART;
		m->role = m->name->kind == REGION_NAME_APP ? MENTION_TARGET : part.role;
		if (part.is_borne && i > 0 && m->role == MENTION_PART)
			share_goods(s, i);
		/* 滨江区公寓 is a building there, whatever 杭州公寓 is. */
		if (m->role == MENTION_PART && !part.is_borne && m->name->kind == REGION_NAME_FULL)
			m->role = MENTION_TARGET;
		/* 唐山|路北区 */
		if (m->role == MENTION_PART && !part.is_borne && i + 1 < s->n &&
		    is_one_place(s, m, &s->found[i + 1]))
			m->role = MENTION_TARGET;
		/* 澳门居民在珠海; but a 上海居民 lives there. */
		if (m->candidates[0]->code >= OUTSIDE_CODES &&
		    cue_is_people(&s->g->cues, s->text, m->start, m->end))
			m->role = MENTION_ORIGIN;
		/* 全国, 各地 are words like others: no place is asked about. */
		if (m->candidates[0]->level == REGION_NATION)
			m->role = MENTION_PART;
	}
}

/* 我是贵州遵义仁怀的: the words around all of them together. Gives what is behind them. */
static size_t read_chain(const struct search *s, size_t first)
{
	bool is_open = s->found[first].role == MENTION_TARGET;
	size_t end = first + 1;
	struct cue_part part;

	for (; end < s->n && is_one_place(s, &s->found[end - 1], &s->found[end]); end++)
		is_open &= s->found[end].role == MENTION_TARGET;
	if (!is_open || end - first < 2)
		return end;
	part = cue_part(&s->g->cues, s->text, s->found[first].start, s->found[end - 1].end);
	for (size_t i = first; i < end && part.role != MENTION_PART; i++)
		s->found[i].role = part.role;
	return end;
}

static void give_roles(const struct search *s)
{
	give_own_roles(s);
	for (size_t i = 0; i < s->n; i = read_chain(s, i))
		;
	/* 河南郑州人, 从江苏南京搬来: the wider name has no cue of its own but the same part. */
	for (size_t i = s->n; i-- > 1;) {
		struct mention *m = &s->found[i - 1], *next = &s->found[i];

		bool is_one = is_one_place(s, m, next);

		/* 中山市 广西户籍: of two that are apart only one is where somebody comes from. */
		if ((is_one || (m->end == next->start && next->role != MENTION_ORIGIN)) &&
		    m->role == MENTION_TARGET && next->role != MENTION_PART &&
		    next->name->kind != REGION_NAME_APP)
			m->role = next->role;
		/* 河南、安徽人; 四川和贵州招来的 */
		if (next->role == MENTION_ORIGIN && m->role == MENTION_TARGET &&
		    is_pair(s, m, next))
			m->role = MENTION_ORIGIN;
		/* 河南户口在上海: the household is the first one's; 上海 户口河南: the second
		 * one's. */
		if (m->role == MENTION_ORIGIN && next->role == MENTION_ORIGIN &&
		    cue_is_household_in(&s->g->cues, s->text, m->end, next->start))
			(search_is_gap(s->text, m->end) ? m : next)->role = MENTION_TARGET;
	}
	pass_roles_on(s);
	put_people_aside(s);
}

/* Neither lies in the other, by the first reading of each. */
static bool is_elsewhere(const struct mention *a, const struct mention *b)
{
	return a->candidates[0] != b->candidates[0] &&
	       !region_lies_in(a->candidates[0], b->candidates[0]) &&
	       !region_lies_in(b->candidates[0], a->candidates[0]);
}

static bool is_left_for(const struct search *s, const struct mention *old,
			const struct mention *now)
{
	return old->role == MENTION_TARGET && is_elsewhere(old, now) &&
	       old->name->kind != REGION_NAME_APP &&
	       cue_is_past(&s->g->cues, s->text, old->start, old->end) && !thing_is_lost(s, old) &&
	       !thing_is_asked_about(s, old) &&
	       !(thing_is_insured_at(s, old) && thing_is_where_insured(s));
}

/* … with what stands behind it and lies in it: 福建石狮. */
static void leave(const struct search *s, size_t at)
{
	s->found[at].role = MENTION_LEFT;
	for (size_t i = at + 1; i < s->n && is_one_place(s, &s->found[i - 1], &s->found[i]); i++)
		s->found[i].role = MENTION_LEFT;
}

/* 人在广州荔湾，…去荔湾交还是回禅城: what is spoken of again was not only passed through. */
static bool is_named_again(const struct search *s, size_t at)
{
	size_t end = at + 1;

	while (end < s->n && is_one_place(s, &s->found[end - 1], &s->found[end]))
		end++;
	for (size_t i = end; i < s->n; i++)
		for (size_t j = at; j < end; j++)
			if (s->found[i].candidates[0] == s->found[j].candidates[0])
				return true;
	return false;
}

/* 昆山的证丢了，人在太仓，还得回昆山吗: 昆山 is asked about. */
static bool is_returned_from(const struct search *s, size_t now)
{
	if (is_named_again(s, now))
		return false;
	for (size_t i = now + 1; i < s->n; i++)
		for (size_t j = 0; j < now; j++)
			if (s->found[j].candidates[0] == s->found[i].candidates[0] &&
			    s->found[j].role == MENTION_TARGET &&
			    is_elsewhere(&s->found[j], &s->found[now]) &&
			    cue_is_back(&s->g->cues, s->text, s->found[i].start)) {
				leave(s, now);
				return true;
			}
	return false;
}

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
	return m->role == MENTION_TARGET &&
	       view_has_any(text_part(s->text, m->end, to), ends, sizeof(ends) / sizeof(*ends));
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
			if (s->found[j].role == MENTION_TARGET && is_elsewhere(m, &s->found[j]) &&
			    !is_school(s, &s->found[j]) &&
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
		size_t len = view_starts_any(behind, cards, sizeof(cards) / sizeof(*cards));

		if (m->role != MENTION_TARGET || len == 0 ||
		    !view_ends_any(text_part(s->text, 0, m->start), with,
				   sizeof(with) / sizeof(*with)) ||
		    view_starts_any(view_sub(behind, len, behind.len), matters,
				    sizeof(matters) / sizeof(*matters)))
			continue;
		for (size_t j = 0; j < s->n; j++)
			if (s->found[j].role == MENTION_TARGET && is_elsewhere(m, &s->found[j]) &&
			    s->found[j].start > m->end) {
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

		if (m->candidates[0] == region ||
		    (i + 1 < s->n && m[1].role == MENTION_NEGATED && is_one_place(s, m, m + 1)))
			m->role = MENTION_NEGATED;
	}
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

		if (m->role != MENTION_TARGET || thing_is_told(s, m) ||
		    !view_starts_any(text_part(s->text, m->end, s->text->n_chars), visits,
				     sizeof(visits) / sizeof(*visits)))
			continue;
		for (size_t j = 0; j < s->n && m->role == MENTION_TARGET; j++)
			if (s->found[j].role == MENTION_TARGET && is_elsewhere(m, &s->found[j]) &&
			    thing_is_told(s, &s->found[j]))
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

		if (m->role != MENTION_TARGET ||
		    !view_ends_any(text_part(s->text, 0, m->start), called,
				   sizeof(called) / sizeof(*called)))
			continue;
		for (size_t j = i + 1; j < s->n && m->role == MENTION_TARGET; j++)
			if (s->found[j].role == MENTION_TARGET && is_elsewhere(m, &s->found[j]) &&
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
			if (!is_one_place(s, &s->found[end - 1], &s->found[end]))
				break;
		if (s->found[i].role != MENTION_TARGET ||
		    !view_ends_any(text_part(s->text, 0, s->found[i].start), sent,
				   sizeof(sent) / sizeof(*sent)))
			continue;
		for (size_t j = 0; j < i; j++)
			has_other |= (s->found[j].role == MENTION_TARGET ||
				      s->found[j].role == MENTION_LEFT) &&
				     is_elsewhere(&s->found[j], &s->found[end - 1]) &&
				     is_elsewhere(&s->found[j], &s->found[i]);
		if (has_other)
			rule_out(s, end - 1);
	}
}

/* 户口早就迁到合肥了，想迁回桐城老家: where the household is, if it is to go back. */
static void leave_household(const struct search *s)
{
	static const char *const moved[] = {"迁到", "迁来", "迁去", "转到",
					    "落到", "落在", "迁至", "迁进"};
	static const char *const back[] = {"迁回",     "转回",     "落回",     "迁回到",
					   "移回",     "迁回老家", "转回老家", "落回老家",
					   "迁回家乡", "迁回原籍"};
	static const char *const held[] = {"户口", "户籍"};

	for (size_t i = 0; i + 1 < s->n; i++) {
		struct mention *m = &s->found[i];
		uint32_t from = m->start;
		bool has_back = false;

		while (from > 0 && s->text->chars[from - 1] != ',')
			from--;
		if ((m->role != MENTION_TARGET && m->role != MENTION_LEFT) ||
		    !view_ends_any(text_part(s->text, 0, m->start), moved,
				   sizeof(moved) / sizeof(*moved)) ||
		    !view_has_any(text_part(s->text, from, m->start), held,
				  sizeof(held) / sizeof(*held)))
			continue;
		for (size_t j = i + 1; j < s->n; j++) {
			struct mention *next = &s->found[j];

			if ((next->role != MENTION_TARGET && next->role != MENTION_ORIGIN) ||
			    !is_elsewhere(m, next) ||
			    !view_ends_any(text_part(s->text, 0, next->start), back,
					   sizeof(back) / sizeof(*back)))
				continue;
			next->role = MENTION_TARGET;
			has_back = true;
		}
		for (size_t j = 0; j < s->n && has_back; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    s->found[j].candidates[0] == m->candidates[0])
				leave(s, j);
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
			if (s->found[j].role == MENTION_TARGET && is_elsewhere(m, &s->found[j]))
				m->role = MENTION_PART;
	}
}

/* 能不能落在唐山，我是唐山路北区的户口: the part of the place where somebody's household is. */
static void ask_about_part(const struct search *s)
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

/* 中山的居住证不要了，想在珠海办 */
static void leave_dropped(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		if (m->role != MENTION_TARGET || !thing_is_dropped(s, m))
			continue;
		for (size_t j = 0; j <= i; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    s->found[j].candidates[0] == m->candidates[0])
				s->found[j].role = MENTION_LEFT;
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
	    !view_starts_any(m->name->name, sides, sizeof(sides) / sizeof(*sides)))
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

/* 深圳→东莞: in front of the character at `at`, as it was typed. */
static bool has_arrow(const struct text *text, uint32_t at)
{
	static const char *const arrows[] = {"→", "->", "➡", "⇒", "=>", ">"};
	struct view typed = view_sub(text->raw, text->origin[at - 1], text->origin[at]);

	return view_has_any(typed, arrows, sizeof(arrows) / sizeof(*arrows));
}

/* 在长沙办的证，调到株洲了; 北京！不对是天津. */
static void give_way(const struct search *s)
{
	for (size_t i = 1; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		struct mention *last = &s->found[i - 1];

		if (m->role != MENTION_TARGET)
			continue;
		if (last->role == MENTION_TARGET && is_elsewhere(last, m) &&
		    cue_is_correction(&s->g->cues, s->text, m->start))
			last->role = MENTION_NEGATED;
		/* 从福州→柳州: of the arrow nothing is left. And 北京转天津. */
		if (last->role == MENTION_TARGET && is_elsewhere(last, m) &&
		    ((last->end == m->start && (has_arrow(s->text, m->start) ||
						cue_is_from(&s->g->cues, s->text, last->start))) ||
		     cue_is_move(&s->g->cues, s->text, last->end, m->start)))
			last->role = MENTION_LEFT;
		if (!cue_is_now(&s->g->cues, s->text, m->start) || is_returned_from(s, i))
			continue;
		for (size_t j = 0; j < i; j++) {
			struct mention *old = &s->found[j];

			if (!is_left_for(s, old, m))
				continue;
			old->role = MENTION_LEFT;
			for (size_t k = j + 1;
			     k < i && is_one_place(s, &s->found[k - 1], &s->found[k]); k++)
				s->found[k].role = MENTION_LEFT;
			if (j > 0 && s->found[j - 1].role == MENTION_TARGET &&
			    old->start - s->found[j - 1].end <= 1)
				s->found[j - 1].role = MENTION_LEFT;
		}
	}
}

/* What of this name is elsewhere says nothing behind another place. */
static bool is_common_name(const struct mention *m)
{
	if (m->name->kind == REGION_NAME_LANDMARK)
		return true;
	/* 海宁长安镇 is not the one in Dongguan. */
	if (m->name->kind == REGION_NAME_FULL)
		return view_ends(m->name->name, VIEW("镇"));
	return m->name->kind == REGION_NAME_SHORT && m->weights[0] < HEARD_WEIGHT &&
	       (view_ends(m->candidates[0]->name, VIEW("区")) ||
		m->candidates[0]->code >= OUTSIDE_CODES);
}

/* 武汉东湖, 福田下沙: a district that bears the name lies elsewhere, and is not meant. */
static void drop_namesakes(const struct search *s)
{
	for (size_t i = 1; i < s->n; i++) {
		struct mention *m = &s->found[i];
		const struct mention *last = &s->found[i - 1];
		enum region_level narrowest =
		    m->name->kind == REGION_NAME_SHORT ? REGION_CITY : REGION_COUNTY;

		if (m->role == MENTION_TARGET && last->role == MENTION_TARGET &&
		    last->end == m->start && last->candidates[0]->level <= narrowest &&
		    is_common_name(m) && !places_are_near(m->place, last->place) &&
		    m->candidates[0] != last->candidates[0])
			m->role = MENTION_PART;
	}
}

/* 来苏州，一开始在昆山，现在在园区: the part of a place where somebody was at first. */
static void leave_parts(const struct search *s)
{
	static const char *const now[] = {"现在", "目前", "如今", "后来", "眼下"};

	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];
		struct view behind = text_part(s->text, m->end, s->text->n_chars);
		bool is_past = cue_is_past(&s->g->cues, s->text, m->start, m->end), moved = false;

		for (size_t j = 0; j < sizeof(now) / sizeof(now[0]) && is_past; j++)
			moved |= view_find(behind, view_of(now[j])) >= 0;
		for (size_t j = 0; j < s->n && moved; j++)
			if (j != i && s->found[j].role == MENTION_TARGET &&
			    m->role == MENTION_TARGET && s->found[j].end != m->start &&
			    s->found[j].candidates[0] != m->candidates[0] &&
			    region_lies_in(m->candidates[0], s->found[j].candidates[0]))
				m->role = MENTION_PART;
	}
}

static bool is_still_there(const struct search *s, const struct mention *left)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].candidates[0] == left->candidates[0] &&
		    cue_is_still(&s->g->cues, s->text, s->found[i].start))
			return true;
	return false;
}

/* 老公在宁夏银川 */
static bool is_of_others(const struct search *s, size_t at)
{
	while (at > 0 && s->found[at - 1].end == s->found[at].start)
		at--;
	return cue_is_of_others(&s->g->cues, s->text, s->found[at].start);
}

/* 成都和深圳有什么不同: named together with a place that is asked about. */
static bool is_joined(const struct search *s, size_t at)
{
	return at > 0 && s->found[at - 1].role == MENTION_TARGET &&
	       cue_joins(&s->g->cues, s->text, s->found[at - 1].end, s->found[at].start);
}

/* 不是北京 … 之前查到的全是北京的: what was put aside stays aside, if there is something else. */
static void spread_roles(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		bool has_other = false;

		if (m->role != MENTION_NEGATED &&
		    (m->role != MENTION_LEFT || is_still_there(s, m) || is_of_others(s, i)))
			continue;
		for (size_t j = 0; j < s->n; j++)
			has_other |= s->found[j].role == MENTION_TARGET &&
				     is_elsewhere(m, &s->found[j]) &&
				     s->found[j].name->kind != REGION_NAME_APP;
		for (size_t j = i + 1; j < s->n && has_other; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    s->found[j].candidates[0] == m->candidates[0] &&
			    !cue_is_now(&s->g->cues, s->text, s->found[j].start) &&
			    !is_joined(s, j) &&
			    /* 从北京回了石家庄，北京的居住证要注销吗 */
			    !(m->role == MENTION_LEFT && thing_is_named(s, &s->found[j]) &&
			      !thing_is_dropped(s, &s->found[j])))
				s->found[j].role = m->role;
	}
}

bool roles_have(const struct search *s, enum mention_role role, bool is_app)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].role == role &&
		    (s->found[i].name->kind == REGION_NAME_APP) == is_app)
			return true;
	return false;
}

/* 编号在哪里查，我是合肥蜀山的; yibao mima wang le, wo shi maoming de: all that the last clause
 * says.
 */
static bool is_said_last(const struct search *s, uint32_t start, uint32_t end)
{
	static const char *const selves[] = {"我",   "我们", "俺",       "俺们",    "咱",
					     "咱们", "我是", "俺是",     "我们是",  "咱们是",
					     "本人", "都是", "一样都是", "wo shi ", "women shi "};
	struct view behind = text_part(s->text, 0, start);
	size_t self = view_ends_any(behind, selves, sizeof(selves) / sizeof(*selves));

	start -= (uint32_t)utf8_count(view_sub(behind, behind.len - self, behind.len));
	return search_is_over(s->text, end) && start > CLAUSE_CHARS &&
	       search_is_gap(s->text, start);
}

/*
 * 安许证往哪儿交，我们漯河的; 回赤壁老家开公司; but 我是河南人: all places are one, and it is said
 * what is theirs.
 */
static bool is_where_they_belong(const struct search *s)
{
	static const char *const of[] = {"的",   "嘞",   "滴",     "哩",  "这边",
					 "这块", "这片", "农村的", " de", "de"};
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;
	struct view ahead;
	size_t len;

	if (!last)
		return false;
	for (size_t i = 1; i < s->n; i++)
		if (!is_one_place(s, &s->found[i - 1], &s->found[i]))
			return false;
	ahead = text_part(s->text, last->end, s->text->n_chars);
	if (view_starts(ahead, VIEW("老家")))
		return thing_is_local(s) && cue_is_back(&s->g->cues, s->text, s->found[0].start);
	len = view_starts_any(ahead, of, sizeof(of) / sizeof(*of));
	/* 我是河南的 is where one comes from, 我是丽水缙云的 where one is. */
	return len > 0 &&
	       (thing_is_local(s) ||
		(last->candidates[0]->level > REGION_PROVINCE &&
		 is_said_last(s, s->found[0].start,
			      last->end + (uint32_t)utf8_count(view_sub(ahead, 0, len)))));
}

/*
 * Where somebody was is asked about if no other place is: 离开上海了要注销吗. And where they are
 * from, if that is where they are insured, or where their firm is: 我是佛山的，医保卡密码怎么改.
 */
static void promote_left(const struct search *s)
{
	enum mention_role role = MENTION_LEFT;

	if (roles_have(s, MENTION_TARGET, false))
		return;
	if (!roles_have(s, MENTION_LEFT, false) &&
	    (thing_is_where_insured(s) || is_where_they_belong(s)))
		role = MENTION_ORIGIN;
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].role == role &&
		    (role == MENTION_LEFT || s->found[i].candidates[0]->code < OUTSIDE_CODES))
			s->found[i].role = MENTION_TARGET;
}

void roles_give(const struct search *s)
{
	give_roles(s);
	ask_about_home(s);
	place_schools(s);
	put_cards_aside(s);
	put_firms_aside(s);
	put_visits_aside(s);
	put_mailed_aside(s);
	drop_misspelt_household(s);
	drop_sides(s);
	give_way(s);
	leave_household(s);
	leave_parts(s);
	leave_dropped(s);
	drop_namesakes(s);
	ask_about_part(s);
	spread_roles(s);
	promote_left(s);
}
