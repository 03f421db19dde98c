/* SPDX-License-Identifier: Apache-2.0 */
/*
 * thing.c - of which place the thing is that is spoken of, where that says what is asked about.
 *
 * 老家茂名医保卡, 达州老家交的医保, 医保是在老家信阳交的: what is spoken of is in the place called
 * home, so that this place is asked about. But 老家河南的, 在深圳办证: somebody is from there.
 */
#include "base/utf8.h"
#include "nlu/gazetteer.h"

struct words {
	const char *const *list;
	size_t n;
};

#define WORDS(array)                                  \
	(struct words)                                \
	{                                             \
		array, sizeof(array) / sizeof(*array) \
	}

static const char *const homes[] = {"老家", "娘家", "婆家", "家乡"};
static const char *const being[] = {"在", "是"};
static const char *const yet[] = {"还", "都", "也", "一直", "就", "还都"};
static const char *const there[] = {"那边", "这边", "那儿", "那里"};
/* What somebody means to do at home. */
static const char *const begun[] = {
    "开个",     "开一家", "开公司", "开家",   "注册",  "成立", "设立",   "办个",   "搞个",
    "开分公司", "办一个", "开店",   "开厂",   "办厂",  "落户", "创业",   "参保",   "交医保",
    "交社保",   "缴医保", "缴社保", "交居民", "养老",  "买房", "就业",   "找工作", "发展",
    "上户口",   "开公司", "建房",   "种地",   "上学",  "读书", "办居住", "办社保", "办医保",
    "办营业",   "办证",   "办低保", "领养老", "办退休"};
static const char *const going[] = {"在", "是", "回", "回到", "返", "返回", "回去", "去", "到"};
/* What nobody has elsewhere. */
static const char *const local[] = {"宅基地", "土地",   "承包地",   "低保", "新农合", "农合",
				    "农保",   "残疾证", "营业执照", "执照", "个体",   "参保证",
				    "户口本", "户口簿", "公司",     "企业", "店铺"};
/* What has been done about a thing, so that it is in that place. */
static const char *const done[] = {"交的", "缴的", "办的", "买的", "参保的", "参的",
				   "开的", "领的", "上的", "发的", "发放的", "签发的"};
static const char *const of[] = {"的", "嘞", "滴", "哩"};
static const char *const has[] = {"有", "有张", "有个"};
/* What a thing is called in short, and what only begins so. */
static const char *const shorts[] = {"旧证", "旧卡", "证", "卡"};
static const char *const longer[] = {"明", "件", "书", "号", "片", "券"};

/* What is insured at home is asked about by less than a matter's whole word. */
static const char *const insured[] = {"医保", "社保", "yibao", "yi bao", "shebao", "ybk"};
/* What a building company has, needs or is. */
static const char *const construction[] = {
    "建筑",   "资质",     "施工", "安许",   "安全生产", "安全许可",    "劳务",     "装修",
    "装饰",   "幕墙",     "总包", "总承包", "专业承包", "工程公司",    "市政公司", "园林公司",
    "钢结构", "防水公司", "建工", "建安",   "jianzhu",  "construction"};
/* What people are given where they belong. */
static const char *const aid[] = {"医保",   "社保",   "养老", "低保", "残疾证", "失业",  "新农合",
				  "居民医", "生育津", "补贴", "退休", "工伤",   "公积金"};
/* What happens to a thing, or is asked about it, wherever its owner is. */
static const char *const lost[] = {
    "忘",     "丢",     "锁",     "找不",   "密码", "mima",   "mi ma", "卡掉", "证掉",
    "掉河",   "掉水",   "掉湖",   "掉海",   "掉厕", "掉坑",   "掉沟",  "掉进", "掉到",
    "掉马桶", "掉地铁", "掉车",   "掉路",   "弄掉", "搞掉",   "遗失",  "被偷", "消磁",
    "损坏",   "不见了", "给掉了", "也掉了", "搞落", "唔见咗", "整唔见"};
static const char *const expired[] = {"过期", "到期"};
static const char *const in_order[] = {"没到期", "没过期", "未到期", "没有到期", "没有过期"};

/* Nobody asks about it any more. */
static const char *const dropped[] = {"不想要了", "不要了",   "不用了",   "已经退了", "已经注销",
				      "已注销",   "注销了",   "退掉了",   "扔了",     "作废了",
				      "早作废",   "早就作废", "早已作废", "已经作废", "已作废",
				      "早过期",   "早就过期", "早已过期"};
/* … and who says so. */
static const char *const who[] = {"我", "俺", "咱", "就", "都"};
/* Of what was in one's hand before. */
static const char *const that[] = {"那边的", "那张", "那个",   "那份",
				   "那本",   "这张", "的那张", "的那个"};

/* Where the text goes on behind one of the words that stands at `at`; `at` if none does. */
static uint32_t skip(const struct text *text, uint32_t at, struct words words)
{
	struct view rest = text_part(text, at, text->n_chars);

	for (size_t i = 0; i < words.n; i++)
		if (view_starts(rest, view_of(words.list[i])))
			return at + (uint32_t)utf8_count(view_of(words.list[i]));
	return at;
}

/* Where the word begins that ends at `at`. */
static uint32_t skip_back(const struct text *text, uint32_t at, struct words words)
{
	struct view rest = text_part(text, 0, at);

	for (size_t i = 0; i < words.n; i++)
		if (view_ends(rest, view_of(words.list[i])))
			return at - (uint32_t)utf8_count(view_of(words.list[i]));
	return at;
}

static bool holds(const struct search *s, uint32_t from, uint32_t to, struct words words)
{
	return view_has_any(text_part(s->text, from, to), words.list, words.n);
}

/* No other thing is spoken of: 没交社保能办居住证吗 is not about insurance. */
static bool is_all_about(const struct search *s, struct words words)
{
	for (size_t i = 0; i < s->terms->n; i++) {
		const struct term_hit *hit = &s->terms->items[i];

		if (hit->term->matter && !holds(s, hit->start, hit->end, words))
			return false;
	}
	return true;
}

bool thing_is_insurance_alone(const struct search *s)
{
	return is_all_about(s, WORDS(insured));
}

bool thing_is_local(const struct search *s)
{
	uint32_t n = (uint32_t)s->text->n_chars;

	return (holds(s, 0, n, WORDS(construction)) && is_all_about(s, WORDS(construction))) ||
	       (holds(s, 0, n, WORDS(aid)) && is_all_about(s, WORDS(aid)));
}

static bool is_thing(const struct search *s, uint32_t at)
{
	return term_hits_from(s->terms, at, at, true) ||
	       (skip(s->text, at, WORDS(insured)) > at && thing_is_insurance_alone(s));
}

/* A thing is named before the place, in the same clause. */
static bool is_told_before(const struct search *s, uint32_t at)
{
	while (at-- > 0 && s->text->chars[at] != ',')
		if (is_thing(s, at))
			return true;
	return false;
}

/* 医保卡是赣州发的, 参保地在绵阳; but 医保卡在长沙能改密码吗 says where it is to be used. */
static bool is_said_of_card(const struct search *s, uint32_t from, uint32_t to)
{
	static const char *const cards[] = {"卡", "的", "医保", "社保", "参保"};
	/* The longer first. */
	static const char *const are[] = {
	    "一直交在", "都交在", "地是在", "还是在", "一直在", "也都在", "交在", "缴在",
	    "参在",     "买在",   "办在",   "是在",   "地在",   "地是",   "还在", "还是",
	    "也在",     "也是",   "都在",   "都是",   "是",     "在",     "地"};
	static const char *const paid[] = {"交", "缴", "参保", "买", "上"};
	static const char *const ours[] = {"我们县", "我们市", "我们老家", "我们", "咱们",
					   "俺们",   "咱",     "俺",       "他们", "我"};
	uint32_t at, end, card;

	from = skip_back(s->text, skip_back(s->text, from, WORDS(homes)), WORDS(ours));
	at = skip_back(s->text, from, WORDS(are));

	/* 人武汉 卡黄冈 医保密码 */
	card = skip_back(s->text, from, WORDS(cards));
	if (card < from && search_is_gap(s->text, card) && search_is_gap(s->text, to))
		return true;
	if (at == from || skip_back(s->text, at, WORDS(cards)) == at)
		return false;
	end = skip(s->text, to, WORDS(there));
	at = skip(s->text, end, WORDS(paid));
	return search_is_gap(s->text, end) || skip(s->text, end, WORDS(done)) > end ||
	       skip(s->text, end, WORDS(of)) > end || (at > end && search_is_gap(s->text, at));
}

bool thing_is_at_home(const struct search *s, uint32_t from, uint32_t to)
{
	const struct text *text = s->text;
	uint32_t before = skip_back(text, from, WORDS(being)), at, end;

	/* 医保卡是老家荆州的 */
	if (is_said_of_card(s, from, to))
		return true;
	at = skip(text, to, WORDS(homes));
	if (at == to && skip_back(text, before, WORDS(homes)) == before)
		return false;
	/* 想在老家商丘开个公司, 回老家宜昌交医保 */
	end = skip_back(text, from, WORDS(homes));
	if (skip_back(text, end, WORDS(going)) < end && skip(text, at, WORDS(begun)) > at)
		return true;
	at = skip(text, at, WORDS(there));
	end = skip(text, at, WORDS(done));
	if (end > at)
		return is_thing(s, end) || is_told_before(s, from);
	at = skip(text, at, WORDS(of));
	return !search_is_gap(text, at) && (is_thing(s, at) || skip(text, at, WORDS(local)) > at);
}

/* 居住证是晋江办的, 居住证是福建晋江的 */
static bool is_said_of_thing(const struct search *s, const struct mention *m)
{
	uint32_t start = m->start, at, end = skip(s->text, m->end, WORDS(there));

	for (const struct mention *wider = m;
	     wider > s->found && places_are_adjacent(s, wider - 1, wider); wider--)
		start = wider[-1].start;
	at = skip_back(s->text, start, WORDS(being));
	at = skip_back(s->text, at, WORDS(yet));
	if (at == start ||
	    (skip(s->text, end, WORDS(done)) == end && skip(s->text, end, WORDS(of)) == end))
		return false;
	for (size_t i = 0; i < s->terms->n; i++)
		if (s->terms->items[i].end == at && s->terms->items[i].term->matter)
			return true;
	return skip_back(s->text, at, WORDS(shorts)) < at;
}

/* 苏州的居住证丢了，现在在南通，怎么补: told in the clause of the thing, and it is not asked for
 * anew. */
static bool is_lost_there(const struct search *s, uint32_t at)
{
	static const char *const anew[] = {"重新", "新办", "另办", "再办", "重办"};
	uint32_t end = at, n = (uint32_t)s->text->n_chars;

	while (end < n && s->text->chars[end] != ',')
		end++;
	/* 证|掉了 */
	return holds(s, at - 1, end, WORDS(lost)) && !holds(s, end, n, WORDS(anew));
}

bool thing_is_lost(const struct search *s, const struct mention *m)
{
	uint32_t last = s->found[s->n - 1].end, at = skip(s->text, m->end, WORDS(of)),
		 n = (uint32_t)s->text->n_chars;
	const struct term_hit *hit = term_hits_from(s->terms, at, m->end + THING_REACH, true);

	for (uint32_t i = m->end; hit && i < hit->start; i++)
		if (s->text->chars[i] == ',')
			return false;
	if (!hit && !is_thing(s, at) && !is_said_of_thing(s, m))
		return false;
	return is_lost_there(s, hit ? hit->end : at) || holds(s, last, n, WORDS(lost)) ||
	       (holds(s, last, n, WORDS(expired)) && !holds(s, last, n, WORDS(in_order)));
}

/* Behind the place's thing, or behind what stands for it; 0 if there is none. */
static uint32_t end_of_thing(const struct search *s, const struct mention *m)
{
	static const char *const with[] = {"用", "拿", "凭", "持"};
	static const char *const asking[] = {"吗", "不", "么"};
	uint32_t at = skip(s->text, m->end, WORDS(that)), end;
	const struct term_hit *hit;

	if (at > m->end) {
		hit = term_hits_from(s->terms, at, at + OF_REACH, true);
		return hit ? hit->end : at;
	}
	at = skip(s->text, at, WORDS(of));
	/* 能直接用昆山的吗 */
	if (at > m->end && skip_back(s->text, m->start, WORDS(with)) < m->start &&
	    (search_is_gap(s->text, at) || skip(s->text, at, WORDS(asking)) > at))
		return at;
	if (at == m->end)
		at = skip(s->text, at, WORDS(has));
	if (search_is_gap(s->text, at))
		return 0;
	hit = term_hits_from(s->terms, at, at, true);
	if (hit)
		return hit->end;
	end = skip(s->text, at, WORDS(shorts));
	return at > m->end && end > at && skip(s->text, end, WORDS(longer)) == end ? end : 0;
}

bool thing_is_told(const struct search *s, const struct mention *m)
{
	return thing_is_named(s, m) || is_said_of_thing(s, m);
}

bool thing_is_named(const struct search *s, const struct mention *m)
{
	return end_of_thing(s, m) > 0;
}

bool thing_is_dropped(const struct search *s, const struct mention *m)
{
	uint32_t end = end_of_thing(s, m);

	if (!end)
		return false;
	end = skip(s->text, end, WORDS(who));
	return skip(s->text, end, WORDS(dropped)) > end;
}

/* 卡是徐州办的，密码忘了: the one that has a password. */
static bool is_told_of_card(const struct search *s)
{
	struct view all = text_part(s->text, 0, s->text->n_chars);

	return view_find(all, VIEW("卡")) >= 0 && view_find(all, VIEW("密码")) >= 0;
}

bool thing_is_where_insured(const struct search *s)
{
	uint32_t n = (uint32_t)s->text->n_chars;

	return (holds(s, 0, n, WORDS(insured)) || is_told_of_card(s)) &&
	       thing_is_insurance_alone(s) && holds(s, 0, n, WORDS(lost));
}

bool thing_is_insured_at(const struct search *s, const struct mention *m)
{
	static const char *const given[] = {"参保", "的参保", "发的", "的卡", "那张卡"};
	static const char *const offices[] = {"局", "中心", "大厅", "窗口", "办"};
	const struct mention *first = m, *last = m, *end = s->found + s->n;
	uint32_t at, behind;

	while (first > s->found && places_are_adjacent(s, first - 1, first))
		first--;
	while (last + 1 < end && places_are_adjacent(s, last, last + 1))
		last++;
	if (is_said_of_card(s, first->start, last->end) ||
	    skip(s->text, last->end, WORDS(given)) > last->end)
		return true;
	at = skip(s->text, last->end, WORDS(there));
	behind = skip(s->text, at, WORDS(done));
	if (behind > at)
		return is_thing(s, behind) || is_told_before(s, first->start);
	at = skip(s->text, at, WORDS(of));
	behind = skip(s->text, at, WORDS(insured));
	return behind > at && !search_is_gap(s->text, at) &&
	       skip(s->text, behind, WORDS(offices)) == behind;
}

bool thing_is_asked_about(const struct search *s, const struct mention *m)
{
	static const char *const asks[] = {"吗", "怎", "咋", "要不要", "能不能", "多久", "哪"};
	uint32_t end = m->end;

	while (end < s->text->n_chars && s->text->chars[end] != ',')
		end++;
	return thing_is_named(s, m) && holds(s, m->end, end, WORDS(asks));
}
