/* SPDX-License-Identifier: Apache-2.0 */
/* who.c - a clause that says who somebody is, taken apart: opener, self, copula, links, word. */
#include "dialog/who.h"

#include "dialog/person.h"

#define LIST_OF(list) (list), sizeof(list) / sizeof((list)[0])

static const char *const marks[] = {"，", "。", "！", "？", "；", "、", "：", "…",      "\n", ",",
				    ".",  "!",  "?",  ";",  ":",  "~",  "（", "怎么办", "吗"};
static const char *const openers[] = {
    "你好", "您好", "那",   "那么", "哦",   "噢",       "嗯",       "啊",     "唉",     "其实",
    "因为", "由于", "但",   "但是", "可是", "不过",     "可",       "所以",   "请问",   "对",
    "对了", "是的", "不",   "不是", "不对", "老师",     "就",       "只是",   "另外",   "还有",
    "而且", "问下", "想问", "问",   "1下",  "一下",     "下",       "我想问", "咨询",   "我想咨询",
    "错了", "说错", "hi",   "hi ",  "yes",  "hello",    "hello ",   "and ",   "so ",    "but ",
    " ",    "喂",   "哎",   "诶",   "欸",   "唔好意思", "不好意思", "补充",   "忘了说", "忘说了"};
static const char *const selves[] = {"我",   "俺",   "咱", "本人", "我们", "俺们", "咱们",
				     "我哋", "阿拉", "i ", "i'",   "im ",  "we "};
static const char *const adverbs[] = {
    "自己",   "本人",   "本身", "其实", "也",   "就",   "都",   "确实", "真的", "真",
    "的确",   "现在",   "目前", "1家",  "一家", "全家", "户口", "国籍", "身份", "的户口",
    "的国籍", "的身份", "这个", "1个",  "可",   "又",   "呢",   "啊",   "嘛",   " "};
static const char *const copulas[] = {"是", "系", "係", "属于", "算",  "算是",
				      "为", "am", "m ", "are",  "re ", "come"};
/* What people have: 持香港身份证. */
static const char *const holding[] = {"持", "持有", "拿",   "拿的", "拿着",
				      "有", "用",   "是用", "是持"};
static const char *const papers[] = {"护照", "身份", "籍", "户口", "永久", "passport"};
static const char *const links[] = {"1个",  "一个", "个",   "1位",  "一位", "位",   "1名", "一名",
				    "名",   "从",   "来自", "在",   "常住", "长期", "住",  "工作",
				    "打工", "读书", "上学", "上班", "生活", "定居", "的",  "地道",
				    "普通", "什么", "啥",   "男",   "女",   "a ",   "an ", " ",
				    "as ",  "那种", "这种", "内地", "大陆", "国内", "咗"};
static const char *const negations[] = {"不是", "唔系", "唔係", "非", "并非",
					"不系", "不算", "not",  "n't"};
/* It is whether somebody is one. */
static const char *const whether[] = {"是不是", "系唔系", "係唔係", "算不算"};
/* 我是想问外国人怎么办 */
static const char *const meaning[] = {"问", "说", "想", "要", "指", "咨询", "帮", "替", "代"};
static const char *const relatives[] = {
    "老婆", "老公", "妻子", "丈夫", "太太", "爱人", "配偶",   "家属", "媳妇",  "女婿",    "儿媳",
    "孩子", "儿子", "女儿", "子女", "父母", "爸",   "妈",     "朋友", "家",    "开",      "办的",
    "公司", "企业", "学校", "单位", "工厂", "老板", "老师的", "'s",   " wife", " husband"};
static const char *const asking[] = {"吗", "么", "嘛", "？", "?", "还是", "的话", "or "};
static const char *const tails[] = {"的",   "啊", "呀",   "哦", "了", "啦", "哈", "嘛", "呗", "嘅",
				    "身份", "证", "居民", "。", "！", ".",  "!",  "~",  "，", " "};

static struct view skip(struct view v, const char *const *list, size_t n)
{
	size_t len;

	while ((len = view_starts_any(v, list, n)) > 0)
		v = view_sub(v, len, v.len);
	return v;
}

static size_t clause_start(struct view text, size_t at)
{
	while (at > 0) {
		struct view before = view_sub(text, 0, at);

		if (ENDS(before, marks))
			break;
		/* A blank parts clauses where there are no words to part. */
		if (at > 1 && text.ptr[at - 1] == ' ' && (unsigned char)text.ptr[at - 2] >= 0x80)
			break;
		at--;
	}
	return at;
}

static struct view clause_rest(struct view text, size_t at)
{
	struct view v = view_sub(text, at, text.len);
	size_t len = 0;

	while (len < v.len && !STARTS(view_sub(v, len, v.len), marks))
		len++;
	return view_sub(v, 0, len);
}

/* A place that begins here, in bytes. */
static size_t place_at(const struct understanding *u, struct view v)
{
	size_t at = (size_t)(v.ptr - u->text.folded.ptr);

	for (size_t i = 0; i < u->mentions.n; i++) {
		const struct mention *m = &u->mentions.items[i];
		size_t len = u->text.bytes[m->end] - u->text.bytes[m->start];

		if (u->text.bytes[m->start] == at && len <= v.len)
			return len;
	}
	return 0;
}

/* 一名在深圳工作的 */
static struct view skip_links(const struct understanding *u, struct view v)
{
	size_t len;

	while (v.len > 0 && ((len = place_at(u, v)) > 0 || (len = STARTS(v, links)) > 0))
		v = view_sub(v, len, v.len);
	return v;
}

/* 不是, 不是什么, not a: in front of the word, and not 是不是. */
static bool is_denied(struct view *before)
{
	static const char *const articles[] = {"1个", "一个", "个",  "什么",
					       "啥",  " ",    " a ", " an "};
	struct view v = *before;
	size_t len;

	while ((len = ENDS(v, articles)) > 0)
		v.len -= len;
	len = ENDS(v, negations);
	if (!len || ENDS(v, whether))
		return false;
	v.len -= len;
	*before = v;
	return true;
}

/* 的妻子 · 家属 · 开的公司: what belongs to such people is somebody or something else. */
static bool is_owned(struct view behind)
{
	if (!view_starts(behind, VIEW("的")))
		return STARTS(behind, relatives) > 0;
	behind = view_sub(behind, strlen("的"), behind.len);
	return skip(behind, LIST_OF(tails)).len > 0;
}

/* 帮我内地朋友问 */
static bool is_errand(const struct understanding *u)
{
	static const char *const doing[] = {"帮", "替", "代", "给"};
	static const char *const whose[] = {"我",   "我的", "俺",   "个", "1个",
					    "一个", "内地", "大陆", "的"};
	struct view text = u->text.folded;

	for (size_t i = 0; i < text.len; i++) {
		struct view v = view_sub(text, i, text.len);
		size_t len = STARTS(v, doing);

		if (!len)
			continue;
		v = skip(view_sub(v, len, v.len), LIST_OF(whose));
		v = view_sub(v, place_at(u, v), v.len);
		if (person_is_other(v))
			return true;
	}
	return false;
}

/* 香港人: an answer to who somebody is. */
static bool is_alone(struct view text, size_t at, size_t len)
{
	struct view before = view_sub(text, 0, at);
	size_t n;

	while ((n = STARTS(before, openers)) > 0 || (n = STARTS(before, marks)) > 0)
		before = view_sub(before, n, before.len);
	return (before.len == 0 || view_is(before, "是") ||
		STARTS(before, holding) == before.len) &&
	       skip(view_sub(text, at + len, text.len), LIST_OF(tails)).len == 0;
}

/* 和老婆都: others are so as well. */
static struct view skip_company(struct view v)
{
	static const char *const with[] = {"和", "跟", "与", "同"};
	ptrdiff_t all = view_find(v, VIEW("都"));

	return all > 0 && STARTS(v, with) ? view_sub(v, (size_t)all, v.len) : v;
}

/* Behind the word for oneself, up to the word for people. */
static enum who said_of_self(const struct understanding *u, struct view between, struct view word,
			     struct view behind)
{
	size_t len = STARTS(between, copulas), has = STARTS(between, holding);
	struct view rest;

	if (has > len && !ENDS(word, papers) && !view_starts(behind, VIEW("证")) &&
	    !STARTS(behind, papers))
		return WHO_OTHER;
	rest = skip_links(u, view_sub(between, len > has ? len : has, between.len));
	if (rest.len == 0 && STARTS(behind, asking))
		return WHO_OTHER;
	if (rest.len == 0 && !is_owned(behind))
		return is_errand(u) ? WHO_OTHER : WHO_SELF;
	/* 我是外国人的妻子 · 我是给外国人打工的; but 我是想问外国人怎么办. */
	if (!len || HOLDS(rest, meaning))
		return WHO_OTHER;
	for (size_t i = 0; i < rest.len; i++)
		if (person_is_other(view_sub(rest, i, rest.len)))
			return WHO_OTHER;
	return WHO_NOR_I;
}

enum who who_is(const struct understanding *u, size_t at, size_t len)
{
	struct view text = u->text.folded, word = view_sub(text, at, len);
	size_t start = clause_start(text, at);
	struct view before = view_sub(text, start, at - start);
	struct view behind = clause_rest(text, at + len);
	bool denied = is_denied(&before);
	size_t self;

	/* i am american: one phrase. */
	if (STARTS(word, selves))
		return skip(before, LIST_OF(openers)).len == 0 ? WHO_SELF : WHO_OTHER;
	if (behind.ptr + behind.len < text.ptr + text.len &&
	    STARTS(view_sub(text, at + len, text.len), asking))
		return WHO_OTHER;
	before = skip(before, LIST_OF(openers));
	self = STARTS(before, selves);
	if (!self && denied)
		return before.len == 0 ? WHO_NOR_I : WHO_NOT;
	if (!self)
		return is_alone(text, at, len) ? WHO_SELF : WHO_OTHER;
	before = skip(skip_company(view_sub(before, self, before.len)), LIST_OF(adverbs));
	if (denied)
		return before.len == 0 || STARTS(before, copulas) ? WHO_NOR_I : WHO_NOT;
	return said_of_self(u, before, word, behind);
}

unsigned who_is_from_own_law(const struct understanding *u)
{
	static const char *const coming[] = {"的", "过来", "来",   "那边",
					     "嘅", "身份", "户口", "籍"};
	static const char *const going[] = {"在", "去", "到", "往", "回"};
	const struct text *t = &u->text;
	unsigned found = 0;

	for (size_t i = 0; i < u->mentions.n; i++) {
		const struct mention *m = &u->mentions.items[i];
		struct view behind = clause_rest(t->folded, t->bytes[m->end]);

		if (m->n_candidates == 0 || !region_has_own_law(m->candidates[0]) ||
		    ENDS(text_part(t, 0, m->start), going) ||
		    (behind.len > 0 && !STARTS(behind, coming)))
			continue;
		found |= who_is(u, t->bytes[m->start],
				t->bytes[m->end] - t->bytes[m->start] + behind.len -
				    skip(behind, LIST_OF(coming)).len);
	}
	return found;
}
