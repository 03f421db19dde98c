/* SPDX-License-Identifier: Apache-2.0 */
/* trail.c - the words that point back, what they point at, and what is asked of it. */
#include "dialog/trail.h"

#include "base/utf8.h"
#include "dialog/carry.h"
#include "dialog/topic.h"

#define POINTER_CHARS 14 /* 刚才武汉补办居住证那个: longer words are a question of their own */
#define NAME_CHARS    2     /* the least part of a matter's name that stands for it */
#define INTENT_LIKELY 0.40f /* 签注那个: what was asked, by a word of it */

/* What points: a place, a matter, what was asked; each may be missing. */
struct pointer {
	const struct region *region;
	const struct matter *matter;
	const struct intent *intent;
	bool has_words; /* beside place and matter */
};

static struct view skip(struct view v, size_t len)
{
	return view_sub(v, len, v.len);
}

static struct view without_openers(struct view v)
{
	static const char *const openers[] = {
	    "那个", "那么",     "那",   "嗯",     "呃",   "额",   "哎",     "对了",
	    "好的", "好",       "再",   "请",     "麻烦", "我想", "还是",   "咱",
	    "就",   "不好意思", "等下", "等一下", "等等", "问下", "问一下", "问",
	    " ",    ",",        "，",   "、",     "。",   "咁",   "噉",     "ok"};
	size_t len;

	while ((len = STARTS(v, openers)) > 0)
		v = skip(v, len);
	return v;
}

/* 第一个先说 · 第二个再详细讲讲: nothing is asked of it but to say it. */
static struct view without_telling(struct view v)
{
	static const char *const words[] = {
	    "先",   "再",      "详细",   "仔细",  "具体",  "展开", "细",  "单独", "说说",
	    "讲讲", "说一下",  "讲一下", "说1下", "讲1下", "说",   "讲",  "答",   "回答",
	    "解释", "解释1下", "聊",     "来",    "给我",  "跟我", "1下", "一下", "吧",
	    "呢",   "点",      "一点",   "1点",   "清楚",  "嘛",   "啊",  "先讲", "讲先"};
	size_t len;

	while ((len = STARTS(v, words)) > 0)
		v = skip(v, len);
	return v.len > 0 ? v : VIEW("");
}

/* 刚才你说的 · 前面问的 · 之前说到的: it must be said or asked, 之前 alone is a time. */
static size_t said_before(struct view v)
{
	static const char *const when[] = {
	    "刚才", "刚刚",   "刚",   "方才", "之前", "前面", "上面", "先前", "早先",   "最开始",
	    "最早", "一开始", "开头", "最初", "头先", "啱啱", "前头", "才刚", "earlier"};
	static const char *const who[] = {"我们", "咱们", "你们", "你", "您",
					  "我",   "咱",   "俺",   "侬"};
	static const char *const said[] = {"说到的", "说过的", "说的",   "说",   "问到的", "问过的",
					   "问的",   "问",     "讲过的", "讲的", "讲",     "提到的",
					   "提的",   "聊到的", "聊的",   "聊",   "答的",   "回答的",
					   "介绍的", "比较的", "话嘅",   "讲嘅", "问嘅"};
	size_t len = STARTS(v, when), saying;

	if (!len)
		return 0;
	len += STARTS(skip(v, len), who);
	saying = STARTS(skip(v, len), said);
	return saying ? len + saying : 0;
}

/* 回到 · 说回 · 返去: what follows is where to; 回到郑州要重办吗 is a question of its own. */
static size_t back_to(struct view v)
{
	static const char *const back[] = {
	    "回到刚才",   "回到前面",     "回到之前", "回到上面", "说回刚才", "再回到",
	    "再说回",     "话说回来",     "说回",     "回头说",   "回过头说", "回过头来说",
	    "接着说刚才", "接着刚才",     "继续刚才", "还说刚才", "返去讲",   "返去",
	    "讲返",       "翻返去",       "倒转来讲", "转回去说", "绕回来说", "回到",
	    "back to",    "going back to"};

	return STARTS(v, back);
}

/* 刚才上海那个: within a few characters it is said that something is meant. */
static size_t just_now(struct view v)
{
	static const char *const when[] = {"刚才", "刚刚", "方才",   "头先", "啱啱",
					   "前面", "上面", "最开始", "最早", "一开始",
					   "开头", "最初", "先前"};
	static const char *const that[] = {"那个", "那条", "那件", "那事", "那个事", "嗰个"};
	size_t len = STARTS(v, when);
	struct view rest = skip(v, len);

	if (!len)
		return 0;
	rest = view_sub(rest, 0, utf8_clip(rest, POINTER_CHARS * 3).len);
	return view_has_any(rest, that, N_OF(that)) ? len : 0;
}

/* 第二个问题 · 第一个你说的; of how many characters, 0 if there is none. */
static size_t nth(struct view v, size_t n_parts, size_t *ret_n)
{
	static const char *const digits[] = {"一", "二", "三", "四", "五", "六"};
	static const char *const counters[] = {"个问题", "个事", "件事", "问", "个"};
	static const char *const first[] = {"最开始的问题", "最早的问题", "开头的问题",
					    "一开始的问题", "最开始问的", "一开始问的"};
	size_t len = STARTS(v, first), n = 0, counter;

	*ret_n = 1;
	if (len > 0)
		return len;
	/* 2, where 【1】 and 【2】 were answered */
	if (n_parts > 1 && v.len == 1 && v.ptr[0] >= '1' && v.ptr[0] <= (char)('0' + n_parts)) {
		*ret_n = (size_t)(v.ptr[0] - '0');
		return 1;
	}
	if (!view_starts(v, VIEW("第")))
		return 0;
	v = skip(v, strlen("第"));
	for (size_t i = 0; i < N_OF(digits); i++) {
		if (view_starts(v, view_of(digits[i]))) {
			n = i + 1;
			len = strlen(digits[i]);
		} else if (v.len > 0 && v.ptr[0] == (char)('1' + i)) {
			n = i + 1;
			len = 1;
		}
	}
	counter = n ? STARTS(skip(v, len), counters) : 0;
	/* 第二个 alone is a place or an option, unless several things were asked at once. */
	if (!counter || (counter == strlen("个") && n > n_parts))
		return 0;
	*ret_n = n;
	return strlen("第") + len + counter;
}

/* Of several answered at once, in their order; else of all, as far as they are remembered. */
static const struct memory_topic *nth_topic(const struct memory *m, size_t n)
{
	size_t of = m->n_parts > 1 ? m->n_parts : m->n_topics;

	return n <= of ? &m->topics[of - n] : NULL;
}

/* What stands in front of 那个 and the like, and what behind it. False: no such word near. */
static bool cut_at_that(struct view v, bool leads, struct view *ret_pointer, struct view *ret_rest)
{
	static const char *const that[] = {
	    "那个事情", "那个事", "那件事", "那个问题", "那个", "那条", "那事", "嗰个",
	    /* Only where the words before point back by themselves: */
	    "这个", "那块", "的事情", "的事", "的问题", ",", "，"};
	const size_t n = leads ? N_OF(that) : N_OF(that) - 7;
	size_t best = SIZE_MAX, len = 0;

	for (size_t i = 0; i < n; i++) {
		struct view w = view_of(that[i]);
		ptrdiff_t at = view_find(v, w);

		if (at >= 0 && ((size_t)at < best || ((size_t)at == best && w.len > len))) {
			best = (size_t)at;
			len = w.len;
		}
	}
	if (best == SIZE_MAX || utf8_count(view_sub(v, 0, best)) > POINTER_CHARS)
		return false;
	*ret_pointer = view_trim(view_sub(v, 0, best));
	*ret_rest = without_openers(view_trim(skip(v, best + len)));
	return true;
}

/* 断签的再说一遍 -> 断签的 */
static struct view without_again(struct view v)
{
	static const char *const again[] = {"再说",   "再讲", "再来", "重复",
					    "讲多次", "再发", "再话"};

	for (size_t i = 0; i < N_OF(again); i++) {
		ptrdiff_t at = view_find(v, view_of(again[i]));

		if (at >= 0)
			v.len = (size_t)at;
	}
	return v;
}

static bool is_part_of(const struct matter *m, struct view name)
{
	bool is = view_find(m->title, name) >= 0;

	for (size_t i = 0; i < m->n_terms && !is; i++)
		is = view_find(m->terms[i], name) >= 0;
	return is;
}

static struct view without_small_words(struct view v)
{
	static const char *const before[] = {"那个", "嗰个", "这个", "关于", "就是", "那",
					     "的",   "说",   "问",   "在",   " "};
	static const char *const behind[] = {"的", "这边", "那边", "那", "呢", " "};
	size_t len;

	while ((len = STARTS(v, before)) > 0)
		v = skip(v, len);
	for (size_t i = 0; i < N_OF(behind); i++)
		if (view_ends(v, view_of(behind[i])))
			v.len -= strlen(behind[i]);
	return v;
}

/* 医保 · 公司: a part of the name of one matter talked about. */
static const struct matter *matter_called(const struct memory *m, struct view name)
{
	const struct matter *found = NULL;

	if (utf8_count(name) < NAME_CHARS)
		return NULL;
	for (size_t i = 0; i < m->n_topics; i++) {
		const struct matter *matter = m->topics[i].intent->matter;

		if (!matter || matter == found || !is_part_of(matter, name))
			continue;
		if (found)
			return NULL;
		found = matter;
	}
	return found;
}

/* 补办 · 签注的: read behind the name of the matter, what is asked most likely. */
static int intent_called(struct arena *a, const struct trail_input *in, struct view words,
			 struct pointer *p)
{
	const struct matter *m = p->matter ? p->matter : in->memory->topics[0].intent->matter;
	struct understanding u;
	int r = understand(
	    in->understander, a,
	    arena_printf(a, "%.*s%.*s", VIEW_ARG(m ? m->title : VIEW("")), VIEW_ARG(words)),
	    in->today, &u);

	if (r == 0 && u.n_ranking > 0 && u.ranking[0].probability >= INTENT_LIKELY)
		p->intent = u.ranking[0].intent;
	return r;
}

static int read_pointer(struct arena *a, const struct trail_input *in, struct view v,
			struct pointer *ret)
{
	struct understanding u;
	enum carry_rest rest;
	struct view words;
	int r = understand(in->understander, a, v, in->today, &u);

	*ret = (struct pointer){.region = NULL};
	if (r < 0)
		return r;
	if (u.mentions.n_targets > 0)
		ret->region = u.mentions.targets[0];
	ret->matter = topic_named(&u);
	rest = carry_rest(a, &u, in->catalog);
	if (rest == CARRY_NOTHING || rest == CARRY_TERM)
		return 0;
	words = without_small_words(carry_beside_places(a, &u));
	if (!ret->matter)
		ret->matter = matter_called(in->memory, words);
	if (ret->matter && is_part_of(ret->matter, words))
		return 0;
	ret->has_words = true;
	return intent_called(a, in, words, ret);
}

static bool is_there(const struct memory_topic *t, const struct region *region)
{
	return t->region &&
	       (region_lies_in(t->region, region) || region_lies_in(region, t->region));
}

/* The newest that fits all that was said; one of which the very thing was asked is better still. */
static const struct memory_topic *fitting(const struct memory *m, const struct pointer *p)
{
	const struct memory_topic *best = NULL;

	if (!p->region && !p->matter && !p->intent)
		return NULL;
	for (size_t i = 0; i < m->n_topics; i++) {
		const struct memory_topic *t = &m->topics[i];

		if ((p->region && !is_there(t, p->region)) ||
		    (p->matter && t->intent->matter != p->matter))
			continue;
		if (p->intent == t->intent)
			return t;
		if (!best && (p->region || p->matter))
			best = t;
	}
	return best;
}

static bool is_talked_about(const struct memory *m, const struct memory_topic *t)
{
	return m->intent == t->intent && m->n_regions == (t->region != NULL) &&
	       (!t->region || m->regions[0] == t->region);
}

/* What is asked of the topic: nothing new, or a question behind the name of its matter. */
static int asked_of(struct arena *a, const struct trail_input *in, const struct pointer *p,
		    struct view rest, struct trail *ret)
{
	struct understanding u;
	int r;

	ret->asked = VIEW("");
	if (in->wants_again || rest.len == 0)
		return 0;
	r = understand(in->understander, a, rest, in->today, &u);
	if (r < 0)
		return r;
	if (u.mentions.n == 0 && carry_rest(a, &u, in->catalog) == CARRY_NOTHING)
		return 0;
	ret->asked = p->matter && !u.has_term && u.mentions.n == 0
			 ? arena_printf(a, "%.*s%.*s", VIEW_ARG(p->matter->title), VIEW_ARG(rest))
			 : rest;
	return 0;
}

int trail_find(struct arena *a, const struct trail_input *in, struct trail *ret)
{
	struct view v = without_openers(view_trim(in->what->text.folded)), pointer, rest;
	struct pointer p = {.region = NULL};
	size_t n, len;
	bool leads;
	int r;

	*ret = (struct trail){.topic = NULL};
	if (in->memory->n_topics == 0)
		return 0;
	/* 先说第一个 */
	if (in->memory->n_parts > 1 && without_telling(v).len < v.len &&
	    view_starts(without_telling(v), VIEW("第")))
		v = without_telling(v);
	len = in->memory->n_options
		  ? 0
		  : nth(v, in->wants_again ? in->memory->n_topics : in->memory->n_parts, &n);
	if (len > 0) {
		ret->topic = nth_topic(in->memory, n);
		rest = without_openers(without_small_words(skip(v, len)));
		rest = without_telling(rest).len > 0 ? rest : VIEW("");
		return ret->topic ? asked_of(a, in, &p, rest, ret) : 0;
	}
	len = said_before(v);
	len = len ? len : back_to(v);
	len = len ? len : just_now(v);
	leads = len > 0;
	v = without_small_words(skip(v, len));
	if (!cut_at_that(v, leads, &pointer, &rest)) {
		if (!leads)
			return 0;
		pointer = without_small_words(in->wants_again ? without_again(v) : v);
		rest = in->wants_again || utf8_count(v) <= NAME_CHARS * 2 ? VIEW("") : v;
	}
	if (pointer.len == 0 || utf8_count(pointer) > POINTER_CHARS)
		return 0;
	r = read_pointer(a, in, pointer, &p);
	if (r < 0 || (!leads && p.has_words))
		return r;
	ret->topic = fitting(in->memory, &p);
	if (!ret->topic)
		return 0;
	r = asked_of(a, in, &p, rest, ret);
	/* 居住证那个编号: talked about as it is. 居住证那个呢: the same question of another. */
	if (!leads &&
	    (is_talked_about(in->memory, ret->topic) || (ret->asked.len == 0 && !in->wants_again)))
		ret->topic = NULL;
	return r;
}

void trail_turn(struct memory *m, const struct memory_topic *topic)
{
	m->intent = topic->intent;
	m->n_regions = topic->region != NULL;
	m->regions[0] = topic->region;
	m->n_options = 0;
	m->figure = (struct slot){.name = VIEW("")};
	m->kind = VIEW("");
}
