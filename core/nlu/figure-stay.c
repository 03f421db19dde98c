/* SPDX-License-Identifier: Apache-2.0 */
/* figure-stay.c - a figure, the place in front of it or behind it, and what stands between. */
#include "nlu/figure-stay.h"

#include "nlu/dated-spot.h"
#include "nlu/figure-place.h"

/* Characters between a place and its workplace's end. */
#define WORKPLACE_MAX 6

/* 来深圳都两年了 */
static const char *const fillers[] = {
    "了",   "已经", "已",     "才",   "刚",   "刚刚", "都",   "快",   "也",   "有",    "就",
    "满",   "将",   "差不多", "大概", "大约", "将近", "整整", "足足", "前后", "1直",   "一直",
    "市",   "市里", "区",     "市区", "城里", "这边", "那边", "这里", "那里", "这",    "那",
    "这儿", "那儿", "本地",   "里",   "当地", "边",   "上",   "着",   "过",   "厂里",  "工厂",
    "工地", "饭店", "餐馆",   "公司", "店",   "学校", "单位", "我",   "我们", "1个人", "又"};
/* What is done already: 来了三个月, 才三个月. */
static const char *const done[] = {"了", "已经", "已", "才", "刚", "刚刚", "都", "快"};
/* Where the asker is, without a name. */
static const char *const heres[] = {"这",       "这里",     "这边",     "这儿",   "本地",   "当地",
				    "本市",     "咱们这",   "咱们市",   "你们这", "你们市", "贵市",
				    "你们这里", "这座城市", "这个城市", "此地"};

struct stay {
	const struct text *text;
	const struct slot_rule *rule;
	const struct mentions *places;
	const struct figure *figure;
	bool is_done; /* 了, 才: not only planned */
	bool does;    /* what somebody does there stands beside */
};

static struct view before(const struct stay *s, size_t byte)
{
	return view_sub(s->text->folded, 0, byte);
}

/* The longest of the rule's stays that a text ends with, in bytes. */
static size_t ends_with_stay(const struct stay *s, struct view v)
{
	size_t len = 0;

	for (size_t i = 0; i < s->rule->n_stays; i++)
		if (s->rule->stays[i].len > len && view_ends(v, s->rule->stays[i]))
			len = s->rule->stays[i].len;
	return len;
}

/* Where a place begins that ends at a byte, with those in front of it (深圳龙华); the same: none.
 */
static size_t place_before(const struct stay *s, size_t byte)
{
	for (size_t i = s->places->n; i-- > 0;) {
		const struct mention *m = &s->places->items[i];

		if (s->text->bytes[m->end] == byte && m->role != MENTION_PART)
			byte = s->text->bytes[m->start];
	}
	return byte;
}

/* 佛山陶瓷厂上班: where the place in front of a workplace's name ends; 0: there is none. */
static size_t workplace_before(const struct stay *s, size_t byte)
{
	static const char *const kinds[] = {"厂",   "店",   "公司", "工地", "馆", "学校", "大学",
					    "中学", "小学", "学院", "职校", "园", "场",   "超市"};
	const size_t at = text_char_at(s->text, byte);

	for (size_t k = 1; s->does && ENDS(before(s, byte), kinds) && k <= WORKPLACE_MAX && k <= at;
	     k++)
		if (place_before(s, s->text->bytes[at - k]) != s->text->bytes[at - k])
			return s->text->bytes[at - k];
	return 0;
}

/* Takes small words and what is done off the end, up to a place. False: something else is there. */
static bool find_place(struct stay *s, size_t *ret_begin, size_t *ret_end)
{
	size_t at = s->text->bytes[s->figure->d.from], len, stay;

	for (;;) {
		const struct view front = before(s, at);

		*ret_begin = place_before(s, at);
		if (*ret_begin == at)
			*ret_begin = at - ENDS(front, heres);
		*ret_end = at;
		if (*ret_begin != at)
			return true;
		len = ENDS(front, fillers);
		stay = ends_with_stay(s, front);
		if (len == 0 && stay == 0) {
			at = workplace_before(s, at);
			if (at == 0)
				return false;
			continue;
		}
		s->does |= stay >= len;
		s->is_done |= stay < len && ENDS(front, done) > 0;
		at -= stay >= len ? stay : len;
	}
}

/* 户口在, 社保转到, 快递寄到: it is not the person that is there. */
static bool is_of_a_thing(struct view front)
{
	static const char *const things[] = {
	    "户口", "户籍", "社保", "医保", "档案", "房子", "学籍", "单位", "公司", "店", "证",
	    "卡",   "保险", "关系", "执照", "厂",   "车",   "寄",   "转",   "迁",   "送", "打",
	    "交",   "缴",   "报",   "汇",   "换",   "等",   "收",   "查",   "拨",   "投", "邮",
	    "签",   "买",   "老婆", "老公", "爱人", "妻子", "丈夫", "对象"};

	return ENDS(front, things) > 0;
}

/* 来, 到, 在 and the like in front of a place; what was done alone will do: 我郑州上班三年. */
static bool is_led_to(struct stay *s, size_t begin, bool *ret_is_bare)
{
	static const char *const arrivals[] = {"来", "来到", "至", "进", "回", "过来", "嫁"};
	static const char *const stands[] = {"在", "到"};
	const struct view front = before(s, begin);
	size_t len = ENDS(front, arrivals);

	*ret_is_bare = len == 0;
	if (len == 0)
		len = ENDS(front, stands);
	if (len == 0)
		return s->does;
	return !is_of_a_thing(view_sub(front, 0, front.len - len));
}

/* 打算来三个月, 派我来一年 */
static bool is_planned(const struct stay *s, size_t begin)
{
	static const char *const plans[] = {"打算", "准备", "计划", "想",   "要",   "将",
					    "会",   "派",   "预计", "可能", "借调", "去"};
	const struct text *t = s->text;
	uint32_t at = (uint32_t)text_char_at(t, begin), from = at;
	struct view clause;

	if (s->is_done || text_follows(t, s->figure->d.to, "了"))
		return false;
	while (from > 0 && !spot_ends_clause(t->chars[from - 1]))
		from--;
	clause = text_part(t, from, at);
	for (size_t i = 0; i < N_OF(plans); i++)
		if (view_find(clause, view_of(plans[i])) >= 0)
			return true;
	return false;
}

/* 在广州三个月了, 在广州三个月，…; but 在广州三个月的社保 */
static bool ends_there(const struct stay *s)
{
	static const char *const tails[] = {"了", "能", "可", "还", "想", "要", "怎么", "咋", "吧"};
	const struct text *t = s->text;
	const uint32_t at = s->figure->d.to;

	return at >= t->n_chars || spot_ends_clause(t->chars[at]) ||
	       figure_follows_any(t, at, tails, N_OF(tails));
}

static bool is_behind_place(struct stay *s, uint32_t *ret_end)
{
	size_t begin, end;
	bool is_bare;

	if (s->figure->is_after || s->figure->is_ago || !find_place(s, &begin, &end) ||
	    !is_led_to(s, begin, &is_bare) || is_planned(s, begin) ||
	    (is_bare && !s->does && !ends_there(s)))
		return false;
	*ret_end = (uint32_t)text_char_at(s->text, end);
	return true;
}

static size_t peel_front(struct view v, const char *const *words, size_t n)
{
	size_t taken = 0, len;

	while ((len = view_starts_any(view_sub(v, taken, v.len), words, n)) > 0)
		taken += len;
	return taken;
}

/* 半年前来的成都, 三个月前才搬到苏州 */
static bool is_before_place(const struct stay *s, uint32_t *ret_end)
{
	static const char *const agos[] = {"前", "之前", "以前"};
	static const char *const arrivals[] = {"来",   "来到", "搬来", "搬到", "到",  "调到",
					       "调来", "嫁到", "嫁来", "派到", "派来"};
	static const char *const links[] = {"的", "了", "就", "才", "刚", "我", "我们", "从老家"};
	const struct text *t = s->text;
	size_t at = t->bytes[s->figure->d.to], len;

	if (!s->figure->is_ago)
		return false;
	at += STARTS(view_sub(t->folded, at, t->folded.len), agos);
	at += peel_front(view_sub(t->folded, at, t->folded.len), links, N_OF(links));
	len = STARTS(view_sub(t->folded, at, t->folded.len), arrivals);
	if (len == 0)
		return false;
	at += len;
	at += peel_front(view_sub(t->folded, at, t->folded.len), links, N_OF(links));
	if (!figure_place_begins(s->places, t, at) &&
	    STARTS(view_sub(t->folded, at, t->folded.len), heres) == 0)
		return false;
	*ret_end = (uint32_t)text_char_at(t, at);
	return true;
}

bool figure_is_of_stay(const struct text *text, const struct slot_rule *rule,
		       const struct mentions *places, const struct figure *figure,
		       uint32_t *ret_end)
{
	struct stay s = {text, rule, places, figure, false, false};

	return places && rule->n_stays > 0 &&
	       (is_behind_place(&s, ret_end) || is_before_place(&s, ret_end));
}
