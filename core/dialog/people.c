/* SPDX-License-Identifier: Apache-2.0 */
/* people.c - who is spoken of, who of them is meant, and where they are. */
#include "dialog/people.h"

#include "dialog/filler.h"
#include "dialog/person.h"
#include "dialog/policy.h"
#include "dialog/situation.h"
#include "nlu/whereabouts.h"

#define LAST_CHARS 40 /* longer than that nobody asks by a person alone */

/* 我妈|想办的|居住证 */
static const char *const of[] = {
    "的",     "嘅",       "嘞",     "滴",   "哩",   "那张", "的那张", "那边的",
    "这边的", "那个",     "这张",   "那份", "想办", "要办", "想补办", "要补办",
    "办",     "自己的",   "名下的", "自己", "那",   "想补", "想改",   "要改",
    "本人",   "现在",     "个",     "嗰张", "那边", "'s ",  "s ",     " ",
    "de ",    "新办的",   "以前的", "想",   "要",   "忘了", "丢了",   "想注销",
    "之前",   "之前办的", "在",     "办的", "领的", "市"};
static const char *const there[] = {"那边",     "那里", "那儿", "那头",   "那块",
				    "那地方",   "嗰边", "嗰度", "所在",   "那城市",
				    "那个城市", "呢",   "的呢", "nabian", "'s place"};
static const char *const here[] = {"这边", "这里", "这儿", "呢", "的呢", "自己的呢", "所在"};
/* For them something is done. */
static const char *const helping[] = {"帮", "给", "替", "为", "代", "帮着", "for "};
/* They do it: 让我妈去 · 用我妈的. */
static const char *const asking[] = {"让",   "叫",   "托",   "找", "委托", "派",  "由",
				     "麻烦", "听",   "用",   "拿", "凭",   "借",  "以",
				     "挂",   "挂靠", "通过", "请", "需要", "告诉"};
static const char *const living[] = {"住", "租", "住在", "租了"};
static const char *const may[] = {"可以", "能不能", "能", "可不可以", "可否", "能否", "要不要",
				  "去",   "来",     "想", "现在",     "也",   "都",   "会",
				  "得",   "直接",   "再", "过来",     "过去", "拿着", "可唔可以"};
static const char *const doing[] = {
    "帮我", "替我", "代我", "给我", "帮俺", "替俺", "代办", "代领", "代理", "代为", "代",
    "帮忙", "帮办", "替办", "办吗", "办行", "办可", "弄吗", "领吗", "说",   "问",   "告诉",
    "讲",   "听说", "让我", "叫我", "催",   "要我", "带我", "陪我", "跑",   "go ",  "do it"};
/* What of theirs is only a means: 我儿子学校要居住证. */
static const char *const means[] = {"房", "户口", "名下", "公司", "学校", "单位",
				    "租", "地址", "合同", "老家", "户籍", "幼儿园"};
static const char *const elsewhere[] = {"老家", "户籍地",   "户口所在地", "原籍",    "外地",
					"异地", "其他城市", "别的城市",   "其他地",  "别的地",
					"各地", "全国",     "哪个城市",   "哪些城市"};
static const char *const how[] = {"怎么办", "咋办",   "怎么弄",   "咋弄",     "咋整",   "怎么搞",
				  "点算",   "点办",   "点搞",     "如何办",   "怎么样", "怎么说",
				  "咋说",   "要咋办", "该怎么办", "又怎么办", "怎办"};

struct look {
	const struct understanding *u;
	const struct memory *memory;
	struct kin_spoken people[KIN_SPOKEN_MAX];
	size_t n;
};

static struct view before(const struct look *l, const struct kin_spoken *p)
{
	return text_part(&l->u->text, 0, p->start);
}

static struct view behind(const struct look *l, const struct kin_spoken *p)
{
	return text_part(&l->u->text, p->end, l->u->text.n_chars);
}

static struct view skip(struct view v, const char *const *list, size_t n)
{
	size_t len;

	while ((len = view_starts_any(v, list, n)) > 0)
		v = view_sub(v, len, v.len);
	return v;
}

/* How long the name of a place is that begins here. */
static size_t place_at(const struct look *l, struct view v)
{
	const struct text *t = &l->u->text;

	for (size_t i = 0; i < l->u->mentions.n; i++) {
		const struct mention *m = &l->u->mentions.items[i];

		if (t->folded.ptr + t->bytes[m->start] == v.ptr)
			return t->bytes[m->end] - t->bytes[m->start];
	}
	return 0;
}

/* A matter's word behind what leads from a person to what is theirs: 的, 在重庆的, 想办的. */
static bool leads_to_term(const struct look *l, struct view v)
{
	const struct text *t = &l->u->text;
	size_t len;

	while ((len = STARTS(v, of)) > 0 || (len = place_at(l, v)) > 0)
		v = view_sub(v, len, v.len);
	for (size_t i = 0; i < l->u->terms.n; i++)
		if (l->u->terms.items[i].term->matter &&
		    t->folded.ptr + t->bytes[l->u->terms.items[i].start] == v.ptr)
			return true;
	return false;
}

/* 让我妈去办 · 我妈能帮我办吗 · 用我妈的身份证 · 我妈说 */
static bool is_aside(const struct look *l, const struct kin_spoken *p)
{
	struct view rest = behind(l, p);
	size_t len;

	if (ENDS(before(l, p), asking) ||
	    (!ENDS(before(l, p), helping) && STARTS(skip(rest, may, N_OF(may)), doing)))
		return true;
	len = STARTS(rest, of);
	return STARTS(rest, means) || STARTS(view_sub(rest, len, rest.len), means);
}

/* The people, small words, and nothing else. */
static bool is_alone(const struct look *l)
{
	const struct text *t = &l->u->text;
	static const char *const marks[] = {"?", "!", "。", ",", " ", "、", "~", "…"};

	if (t->n_chars > LAST_CHARS || l->u->terms.n > 0)
		return false;
	for (size_t i = 0, at = 0; i <= l->n; i++) {
		struct view v =
		    text_part(t, at, i < l->n ? l->people[i].start : (uint32_t)t->n_chars);

		while (v.len > 0) {
			size_t len = STARTS(v, how);

			len = len ? len : STARTS(v, marks);
			len = len ? len : filler_at(v);
			if (!len)
				return false;
			v = view_sub(v, len, v.len);
		}
		at = i < l->n ? l->people[i].end : at;
	}
	return true;
}

/* 我替我爸办我妈的居住证: hers. */
enum owner { NO_OWNER, HELPED, OWNER };

/* 我妈的医保卡 · 帮我妈办 · 我爸那边 · 那我呢 */
static enum owner is_owner(const struct look *l, const struct kin_spoken *p)
{
	/* 给孩子买药: something else is done for them. */
	static const char *const favours[] = {"看病",   "上学", "买", "报名", "打疫苗",
					      "打电话", "转钱", "看", "用",   "就",
					      "吗",     "行",   "发", "打钱", "治病"};
	struct view rest = behind(l, p);

	if (is_aside(l, p))
		return NO_OWNER;
	if (p->kin.who == KIN_SELF)
		return STARTS(rest, here) || leads_to_term(l, rest) ||
			       (view_starts(rest, VIEW("的")) && is_alone(l))
			   ? OWNER
			   : NO_OWNER;
	if (STARTS(rest, there))
		return OWNER;
	if (ENDS(before(l, p), living))
		return NO_OWNER;
	if (leads_to_term(l, rest))
		return OWNER;
	return ENDS(before(l, p), helping) && !STARTS(rest, favours) ? HELPED : NO_OWNER;
}

/* Nothing but what leads in a question. */
static bool is_lead(struct view v)
{
	static const char *const openers[] = {
	    "请问", "想问", "问", "咨询", "了解", "因为", "由于", "现在", "今天", "昨天", "你好",
	    "您好", "但是", "但", "这次", "最近", "另外", ",",    " ",    "hi",   "、",   "。"};
	size_t len;

	while ((len = STARTS(v, openers)) > 0 || (len = STARTS(v, helping)) > 0 ||
	       (len = filler_at(v)) > 0)
		v = view_sub(v, len, v.len);
	return v.len == 0;
}

/* Nothing but small words stand before them. */
static bool is_subject(const struct look *l, const struct kin_spoken *p)
{
	const struct text *t = &l->u->text;
	uint32_t from = kin_clause_start(t, p->start);
	struct view v = behind(l, p);

	/* 居住证能加急吗，孩子报名就剩一周了 only says why. */
	if (!is_lead(before(l, p)))
		return false;
	/* 大姐，居住证怎么办: who is spoken to. */
	return !(view_starts(v, VIEW(",")) && p->start == from && p->kin.who > KIN_PARENTS &&
		 !view_starts(text_part(t, p->start, p->end), VIEW("我")));
}

/* The only one who may be meant by 他. */
static struct kin pronoun_meant(const struct memory *m, struct kin pronoun)
{
	struct kin found = {KIN_NONE, 0};

	for (size_t i = 0; i < m->n_people; i++) {
		if (!kin_fits(pronoun, m->people[i].kin))
			continue;
		if (found.who)
			return (struct kin){KIN_NONE, 0};
		found = m->people[i].kin;
	}
	return found;
}

/* 我妈说她的卡: who was named before it, else who was spoken of before. */
static struct kin meant(const struct look *l, const struct kin_spoken *p)
{
	struct kin first = kin_antecedent(l->people, p);

	if (!kin_is_pronoun(p->kin))
		return p->kin;
	if (first.who)
		return first.who == KIN_THEY ? (struct kin){KIN_NONE, 0} : first;
	/* 合伙人不打款，他那份怎么办: somebody else was spoken of, in other words. */
	return is_lead(before(l, p)) ? pronoun_meant(l->memory, p->kin) : (struct kin){KIN_NONE, 0};
}

static const struct region *known_place(const struct memory *m, struct kin k)
{
	for (size_t i = 0; i < m->n_people; i++)
		if (kin_eq(m->people[i].kin, k))
			return m->people[i].region;
	return NULL;
}

/* By another word: 大哥 is the only 哥, 女儿 the only child that was spoken of, 妈 one of 爸妈. */
static const struct region *place_by_likeness(const struct memory *m, struct kin k)
{
	enum kin_who group = kin_group_of(k.who), members[2];
	const struct region *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i < m->n_people; i++)
		if (m->people[i].region && m->people[i].kin.who == k.who &&
		    kin_may_be(m->people[i].kin, k)) {
			found = m->people[i].region;
			n++;
		}
	if (n > 0)
		return n == 1 ? found : NULL;
	if (!group)
		return NULL;
	/* 孩子 is the other one, if that is known. */
	if (kin_members(group, members) == KIN_EITHER)
		for (size_t i = 0; i < 2; i++)
			if (known_place(m, (struct kin){(uint8_t)members[i], 0}))
				return NULL;
	return known_place(m, (struct kin){(uint8_t)group, 0});
}

static void add(struct people_asked *ret, const struct region *r)
{
	for (size_t i = 0; i < ret->n; i++)
		if (ret->regions[i] == r)
			return;
	if (ret->n < LIMIT_PEOPLE)
		ret->regions[ret->n++] = r;
}

/* False: nobody said where. */
static bool add_places(const struct memory *m, struct kin k, struct people_asked *ret)
{
	const struct region *place = known_place(m, k), *both[2];
	enum kin_who members[2];
	enum kin_group group = kin_members(k.who, members);

	if (!place)
		place = place_by_likeness(m, k);
	if (place) {
		add(ret, place);
		return true;
	}
	if (group == KIN_ALONE)
		return false;
	for (size_t i = 0; i < 2; i++)
		both[i] = known_place(m, (struct kin){(uint8_t)members[i], 0});
	if (group == KIN_BOTH ? !both[0] || !both[1] : !both[0] == !both[1])
		return false;
	for (size_t i = 0; i < 2; i++)
		if (both[i])
			add(ret, both[i]);
	return true;
}

/* Another's place was talked about last. */
static bool is_anothers(const struct memory *m)
{
	for (size_t i = 0; i < m->n_people; i++)
		for (size_t j = 0; j < m->n_regions; j++)
			if (m->people[i].kin.who != KIN_SELF &&
			    m->people[i].region == m->regions[j])
				return true;
	return false;
}

static bool has_place(const struct understanding *u)
{
	for (size_t i = 0; i < u->mentions.n; i++)
		if (u->mentions.items[i].role != MENTION_ORIGIN &&
		    u->mentions.items[i].role != MENTION_PART)
			return true;
	return u->mentions.n_targets > 0 || u->mentions.ambiguous ||
	       HOLDS(u->text.folded, elsewhere);
}

/* 我爸和我妈的: joined to one who is meant. */
static bool is_joined(const struct look *l, const struct kin_spoken *p,
		      const struct kin_spoken *next)
{
	static const char *const joins[] = {"和", "跟", "与", "同", "及", "、", "以及", "还有"};
	struct view v = text_part(&l->u->text, p->end, next->start);

	return v.len == 0 || STARTS(v, joins) == v.len;
}

/* 我妈想在成都办 */
static bool wants(const struct look *l, const bool chosen[])
{
	static const char *const wishes[] = {"想",   "要",   "能",   "可以",
					     "打算", "准备", "需要", "得"};
	size_t i = 0;

	while (!chosen[i])
		i++;
	return STARTS(behind(l, &l->people[i]), wishes) > 0;
}

/* Who is meant of those who are spoken of, each once. */
static size_t choose(const struct look *l, struct kin ret[KIN_SPOKEN_MAX], bool *ret_owner)
{
	enum owner owns[KIN_SPOKEN_MAX] = {NO_OWNER}, most = NO_OWNER;
	bool chosen[KIN_SPOKEN_MAX] = {false}, has_owner, has_self = false;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		owns[i] = is_owner(l, &l->people[i]);
		most = owns[i] > most ? owns[i] : most;
		has_self |= l->people[i].kin.who == KIN_SELF;
	}
	has_owner = most > NO_OWNER;
	for (size_t i = l->n; i-- > 0 && has_owner;)
		chosen[i] = owns[i] == most || (i + 1 < l->n && chosen[i + 1] &&
						is_joined(l, &l->people[i], &l->people[i + 1]));
	for (size_t i = 1; i < l->n; i++)
		chosen[i] |= chosen[i - 1] && is_joined(l, &l->people[i - 1], &l->people[i]);
	/* 孩子上学，我怎么办居住证 asks for oneself. */
	for (size_t i = 0; i < l->n && !has_owner && !has_self; i++)
		chosen[i] = !is_aside(l, &l->people[i]) && is_subject(l, &l->people[i]);
	for (size_t i = 0; i < l->n; i++) {
		struct kin k =
		    l->people[i].is_others ? (struct kin){KIN_NONE, 0} : meant(l, &l->people[i]);
		size_t j = 0;

		while (j < n && !kin_eq(ret[j], k))
			j++;
		if (chosen[i] && j == n)
			ret[n++] = k;
	}
	*ret_owner = has_owner || (n == 1 && wants(l, chosen));
	/* Several who each do something: it is not said whose thing it is. */
	return has_owner || n == 1 ? n : 0;
}

/* 我爸那边|要几天 */
static struct view behind_owner(const struct look *l)
{
	static const char *const links[] = {"的",     "嘅",     "嘞",   "滴",   "哩",
					    "那边",   "那里",   "那儿", "那头", "那边的",
					    "那里的", "那边呢", "呢",   ",",    "的呢"};
	struct view rest = behind(l, &l->people[0]);

	return is_subject(l, &l->people[0]) && STARTS(rest, links) ? skip(rest, links, N_OF(links))
								   : VIEW("");
}

void people_asked(const struct understanding *u, const struct memory *m, struct people_asked *ret)
{
	struct look l = {.u = u, .memory = m};
	struct kin whom[KIN_SPOKEN_MAX];
	size_t n;

	*ret = (struct people_asked){.n = 0};
	l.n = kin_spoken(&u->text, &u->mentions, l.people);
	n = l.n ? choose(&l, whom, &ret->is_owner) : 0;
	ret->is_there = n > 0;
	if (n == 1)
		ret->kin = whom[0];
	ret->is_pronoun = l.n == 1 && n == 1 && kin_is_pronoun(l.people[0].kin);
	if (n == 0 || m->n_people == 0 || has_place(u))
		return;
	if (n == 1 && whom[0].who == KIN_SELF && !is_anothers(m))
		return;
	for (size_t i = 0; i < n; i++)
		if (!whom[i].who || !add_places(m, whom[i], ret)) {
			ret->n = 0;
			return;
		}
	ret->is_alone = is_alone(&l);
	if (l.n == 1 && !ret->is_alone && !u->has_term)
		ret->rest = behind_owner(&l);
}

bool people_are_told(const struct understanding *u)
{
	struct whereabouts w[WHEREABOUTS_MAX];

	return person_states(u) && whereabouts_find(&u->text, &u->mentions, w) > 0;
}

static void keep(struct session *s, struct kin k, const struct region *region)
{
	enum kin_who members[2];

	if (kin_members(k.who, members) == KIN_BOTH)
		for (size_t i = 0; i < 2; i++)
			memory_drop_person(s, (struct kin){(uint8_t)members[i], 0});
	memory_keep_person(s, k, region);
}

/* Gives whether it was said of the one who is asked about where they are, or that they are not at
 * the place that is asked about. */
static bool keep_statements(struct session *s, const struct understanding *whole,
			    const struct memory *m, struct kin of_whom, const struct region *named)
{
	struct whereabouts w[WHEREABOUTS_MAX];
	size_t n = whereabouts_find(&whole->text, &whole->mentions, w);
	bool found = false;

	for (size_t i = 0; i < n; i++) {
		struct kin k = kin_is_pronoun(w[i].kin) ? pronoun_meant(m, w[i].kin) : w[i].kin;
		const struct region *known = known_place(m, k);

		if (!k.who)
			continue;
		found |= kin_eq(k, of_whom) && (!w[i].is_left || w[i].region == named);
		if (!w[i].is_left)
			keep(s, k, w[i].region);
		else if (known && region_lies_in(known, w[i].region))
			memory_drop_person(s, k);
	}
	return found;
}

/* One place, named in the words, and not only supposed. */
static const struct region *named_place(const struct decision *d, struct view words)
{
	static const char *const supposing[] = {"如果", "要是", "假如", "假设", "万一", "的话"};
	bool is_named = d && !HOLDS(words, supposing) && d->n_regions == 1 &&
			strcmp(d->regions[0].found_by, "context") != 0 &&
			strcmp(d->regions[0].found_by, "request") != 0;

	return is_named ? d->regions[0].region : NULL;
}

void people_keep(struct session *s, const struct understanding *whole, const struct memory *m,
		 const struct people_asked *asked, const struct decision *d)
{
	const struct memory_person *waiting =
	    m->n_people > 0 && !m->people[0].region ? &m->people[0] : NULL;
	const struct region *named = named_place(d, whole->text.folded);
	bool is_somebody = asked->kin.who && asked->kin.who != KIN_SELF;
	bool is_answer = d && (d->action == DO_ANSWER || d->action == DO_ASK_WHAT);

	/* Until somebody or a place is spoken of. */
	if (waiting && (asked->is_there || named))
		memory_drop_person(s, waiting->kin);
	if (waiting && named && (d->signs & PLACE_ONLY) && !asked->is_there)
		keep(s, waiting->kin, named);
	if (keep_statements(s, whole, m, asked->kin, named) || !is_somebody || !is_answer)
		return;
	if (named && asked->is_owner)
		keep(s, asked->kin, named);
	else if (asked->n == 1)
		keep(s, asked->kin, asked->regions[0]);
	else if (!named && d->action == DO_ANSWER && !known_place(m, asked->kin))
		memory_keep_person(s, asked->kin, NULL);
}
