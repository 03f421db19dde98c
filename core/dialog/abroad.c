/* SPDX-License-Identifier: Apache-2.0 */
/* abroad.c - countries and the cities best known, and the words between them and the matter. */
#include "dialog/abroad.h"

#define GAP_CHARS   6 /* 的, 那边怎么办 */
#define ALONE_CHARS 7

static const char *const places[] = {
    "美国",     "英国",     "法国",     "德国",    "日本",   "韩国",     "朝鲜",       "泰国",
    "越南",     "缅甸",     "老挝",     "柬埔寨",  "新加坡", "马来西亚", "印度尼西亚", "印尼",
    "菲律宾",   "印度",     "巴基斯坦", "尼泊尔",  "俄罗斯", "蒙古国",   "哈萨克斯坦", "乌克兰",
    "波兰",     "意大利",   "西班牙",   "葡萄牙",  "荷兰",   "比利时",   "瑞士",       "瑞典",
    "挪威",     "芬兰",     "丹麦",     "奥地利",  "希腊",   "匈牙利",   "土耳其",     "迪拜",
    "阿联酋",   "沙特",     "埃及",     "南非",    "加拿大", "墨西哥",   "巴西",       "阿根廷",
    "澳大利亚", "澳洲",     "新西兰",   "纽约",    "洛杉矶", "旧金山",   "华盛顿",     "波士顿",
    "芝加哥",   "西雅图",   "伦敦",     "巴黎",    "柏林",   "慕尼黑",   "罗马",       "米兰",
    "马德里",   "莫斯科",   "东京",     "大阪",    "京都",   "首尔",     "釜山",       "曼谷",
    "河内",     "胡志明市", "吉隆坡",   "雅加达",  "马尼拉", "悉尼",     "墨尔本",     "多伦多",
    "温哥华",   "new york", "tokyo",    "london",  "paris",  "seoul",    "bangkok",    "singapore",
    "japan",    "korea",    "thailand", "germany", "france", "canada",   "australia",  "america",
    "niuyue",   "dongjing", "lundun"};
/* Behind the name it is something else: people, papers, goods, a shop called so. */
static const char *const others[] = {
    "人",   "籍",   "护照", "签证", "公民", "留学", "国籍", "大使", "领事",  "驾照", "学历",
    "朋友", "老公", "老婆", "公司", "料理", "菜",   "餐",   "烤",   "春天",  "城",   "路",
    "街",   "花园", "小区", "广场", "媳妇", "客户", "回来", "回国", "那边回"};
static const char *const from[] = {"从", "自", "离开", "去过"};
/* Between the name and the matter's word. */
static const char *const links[] = {
    "的",   "那边", "那里", "那儿", "当地",   "市",   "政府", "怎么", "咋",   "如何",
    "怎样", "办理", "办",   "申请", "能",     "可以", "想",   "要",   "拿",   "领",
    "个",   "张",   "长期", "哪里", "注册",   "开",   "弄",   "我",   "这边", "一家",
    "1家",  "是",   "'s",   " ",    "补",     "续",   "去",   "哪",   "换",   "在",
    "有",   "没有", "医保", "公司", "怎么样", "里",   "上"};
static const char *const english[] = {" in ", " of ", " for ", " from "};
/* Where somebody is or goes to: only what is to be got there is of that place. */
static const char *const staying[] = {"在", "去", "到", "往", "飞", "赴", "来", "回", "in ", "to "};
static const char *const getting[] = {"办", "申请", "注册", "开"};
static const char *const again[] = {"补", "续", "换"};
/* residence permit of New York please; but not for paris baguette staff. */
static const char *const asides[] = {" city",     " how",   " what",       " where", " when",
				     " please",   " pls",   " fee",        " cost",  " require",
				     " document", " paper", " for ",       " and ",  " or ",
				     " online",   " apply", " application"};
static const char *const marks[] = {"?", "？", "!", "！", ".", "。", ",", "，"};
/* I lost my residence permit in Thailand. */
static const char *const mishaps[] = {"lost",   "lose",   "left",  "leave",
				      "forgot", "stolen", "broke", "expire"};

/* 的 · 怎么办: what leads from a place where somebody stays to what is of that place. */
static bool is_got(struct view link)
{
	return view_starts(link, VIEW("的")) || (HOLDS(link, getting) && !HOLDS(link, again));
}

/* Nothing but links from here to the next word of a matter. */
static bool leads_to_term(const struct understanding *u, uint32_t at, bool stays)
{
	const struct text *t = &u->text;

	for (size_t i = 0; i < u->terms.n; i++) {
		const struct term_hit *hit = &u->terms.items[i];
		struct view link, v;

		if (!hit->term->matter || hit->start < at || hit->start - at > GAP_CHARS)
			continue;
		link = v = text_part(t, at, hit->start);
		while (v.len > 0) {
			size_t len = STARTS(v, links);

			if (!len)
				return false;
			v = view_sub(v, len, v.len);
		}
		return !stays || is_got(link);
	}
	return false;
}

/* residence permit in Japan: the word, the place right behind it, and nothing that makes the place
 * a part of something else. */
static bool follows_term(const struct understanding *u, struct view before, struct view behind)
{
	size_t len = ENDS(before, english);

	if (!len || (behind.len > 0 && !STARTS(behind, asides) && !STARTS(behind, marks)) ||
	    HOLDS(before, mishaps))
		return false;
	for (size_t i = 0; i < u->terms.n; i++)
		if (u->terms.items[i].term->matter &&
		    u->text.bytes[u->terms.items[i].end] == before.len - len)
			return true;
	return false;
}

/* 那东京呢: the name and what only points. */
static bool is_alone(const struct understanding *u, struct view before, struct view behind)
{
	static const char *const leads[] = {"那", "那在", "换成", "在", "要是在", "如果在", "那么"};
	static const char *const tails[] = {"呢", "呢？", "呢?", "？", "?", "的呢", "那边呢"};

	return u->text.n_chars <= ALONE_CHARS && behind.len > 0 &&
	       STARTS(behind, tails) == behind.len &&
	       (before.len == 0 || STARTS(before, leads) == before.len);
}

bool abroad_is_asked(const struct understanding *u, bool goes_on)
{
	const struct text *t = &u->text;

	if (u->mentions.n_targets > 0 || u->mentions.ambiguous)
		return false;
	for (uint32_t i = 0; i < t->n_chars; i++) {
		size_t len = STARTS(text_part(t, i, t->n_chars), places);
		struct view before, behind;
		uint32_t end;

		if (!len)
			continue;
		end = (uint32_t)text_char_at(t, t->bytes[i] + len);
		before = text_part(t, 0, i);
		behind = text_part(t, end, t->n_chars);
		if (STARTS(behind, others) || ENDS(before, from))
			continue;
		if (leads_to_term(u, end, ENDS(before, staying) > 0) ||
		    follows_term(u, before, behind) || (goes_on && is_alone(u, before, behind)))
			return true;
	}
	return false;
}
