/* SPDX-License-Identifier: Apache-2.0 */
/*
 * role.c - the part each place of a text plays, by the words around it and by the other places.
 */
#include "base/utf8.h"
#include "nlu/cue.h"
#include "nlu/role.h"

/* 香港 澳门 台湾 have their codes from here on. */
#define OUTSIDE_CODES 700000
/* What is asked in front of where somebody is from is longer. */
#define CLAUSE_CHARS 4
/* 和, 以及 */
#define PAIR_CHARS 2

/* Nothing between the two but the blank that words in letters need. */
bool places_are_adjacent(const struct search *s, const struct mention *m,
			 const struct mention *next)
{
	return m->end == next->start ||
	       (m->end + 1 == next->start && s->text->chars[m->end] == ' ' &&
		char_is_letter(s->text->chars[m->end - 1]) &&
		char_is_letter(s->text->chars[next->start]));
}

/* In letters yichun is 伊春 and 宜春, so that all readings count: jiangxi yichun. */
bool roles_are_one_place(const struct search *s, const struct mention *m,
			 const struct mention *next)
{
	if (!places_are_adjacent(s, m, next))
		return false;
	for (size_t i = 0; i < next->n_candidates; i++)
		for (size_t k = 0; k < m->n_candidates; k++)
			if (next->candidates[i] != m->candidates[k] &&
			    region_lies_in(next->candidates[i], m->candidates[k]))
				return true;
	return false;
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
			if (!roles_are_one_place(s, &s->found[end - 1], &s->found[end]))
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

/* 除了北京上海，哪里好: right behind it, and the clause ends. */
static bool is_row_over(const struct search *s, const struct mention *m, const struct mention *next)
{
	return m->end == next->start && !search_is_gap(s->text, next->start) &&
	       next->end < s->text->n_chars && s->text->chars[next->end] == ',';
}

/* 老家湖南邵阳隆回, 之前在广州番禺, 不是杭州和宁波: what is behind a place plays its part too. */
static void pass_roles_on(const struct search *s)
{
	for (size_t i = 1; i < s->n; i++) {
		const struct mention *m = &s->found[i - 1];
		struct mention *next = &s->found[i];
		bool is_one = roles_are_one_place(s, m, next);

		if (next->role != MENTION_TARGET)
			continue;
		if ((is_one && (m->role == MENTION_ORIGIN || m->role == MENTION_BESIDE)) ||
		    ((is_one || m->end == next->start || is_pair(s, m, next)) &&
		     m->role == MENTION_LEFT) ||
		    ((is_one || is_pair(s, m, next) || is_row_over(s, m, next)) &&
		     m->role == MENTION_NEGATED))
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

	while (first > 0 && roles_are_one_place(s, &s->found[first - 1], &s->found[first]))
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
		    roles_are_one_place(s, m, &s->found[i + 1]))
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

	for (; end < s->n && roles_are_one_place(s, &s->found[end - 1], &s->found[end]); end++)
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

		bool is_one = roles_are_one_place(s, m, next);

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

bool roles_are_elsewhere(const struct mention *a, const struct mention *b)
{
	return a->candidates[0] != b->candidates[0] &&
	       !region_lies_in(a->candidates[0], b->candidates[0]) &&
	       !region_lies_in(b->candidates[0], a->candidates[0]);
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
				     roles_are_elsewhere(m, &s->found[j]) &&
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

/* All places are one, as 湖北赤壁. */
static bool are_one_place(const struct search *s)
{
	for (size_t i = 1; i < s->n; i++)
		if (!roles_are_one_place(s, &s->found[i - 1], &s->found[i]))
			return false;
	return s->n > 0;
}

/*
 * 安许证往哪儿交，我们漯河的; 回赤壁老家开公司; but 我是河南人: it is said what is theirs.
 */
static bool is_where_they_belong(const struct search *s)
{
	static const char *const of[] = {"的",   "嘞",   "滴",     "哩",  "这边",
					 "这块", "这片", "农村的", " de", "de"};
	const struct mention *last = &s->found[s->n - 1];
	struct view ahead;
	size_t len;

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
 * from, if that is where they are insured, where their firm is or what is kept with a household:
 * 我是佛山的，医保卡密码怎么改.
 */
static void promote_left(const struct search *s)
{
	enum mention_role role = MENTION_LEFT;

	if (roles_have(s, MENTION_TARGET, false))
		return;
	if (!roles_have(s, MENTION_LEFT, false) &&
	    (thing_is_where_insured(s) ||
	     (are_one_place(s) && (is_where_they_belong(s) || household_is_kept(s)))))
		role = MENTION_ORIGIN;
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].role == role &&
		    (role == MENTION_LEFT || s->found[i].candidates[0]->code < OUTSIDE_CODES))
			s->found[i].role = MENTION_TARGET;
}

void roles_give(const struct search *s)
{
	give_roles(s);
	roles_withdraw(s);
	ask_about_home(s);
	roles_put_aside(s);
	roles_give_way(s);
	drop_namesakes(s);
	roles_narrow(s);
	spread_roles(s);
	promote_left(s);
}
