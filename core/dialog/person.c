/* SPDX-License-Identifier: Apache-2.0 */
/* person.c - a verb of looking up, a person behind it, then what is theirs. */
#include "dialog/person.h"

#include "dialog/phrase.h"

#define NAME_MIN        2
#define NAME_MAX        4
#define SELF_CHARS      20
#define STATEMENT_CHARS 10
#define FIRST_CHARS     10 /* 我是房东, before anything else */
#define HOME_CHARS      16 /* a follow-up, no story */

static const char *const verbs[] = {
    "查",   "查查", "查询",   "查找",  "查一下", "查下", "查1下",  "找",   "找一下", "找下",
    "看看", "看下", "看一下", "看1下", "告诉我", "搜",   "搜一下", "调出", "给我"};
/* 他 alone is not enough: 其他城市. */
static const char *const others[] = {"他", "她", "他们", "她们", "人家", "这人", "那人", "某人"};
static const char *const kin[] = {
    "老婆", "老公", "妻子", "丈夫", "对象", "爱人", "女朋友", "男朋友", "女友", "男友",
    "媳妇", "爸",   "妈",   "爸爸", "妈妈", "父亲", "母亲",   "儿子",   "女儿", "孩子",
    "哥",   "姐",   "弟",   "妹",   "哥哥", "姐姐", "弟弟",   "妹妹",   "朋友", "同学",
    "同事", "室友", "老板", "员工", "房东", "租客", "邻居",   "亲戚"};
/* Of them somebody asks who does it for them: 帮我爸查一下他的医保卡初始密码. */
static const char *const family[] = {"爸",   "妈",   "爸爸", "妈妈", "父亲", "母亲", "老爸",
				     "老妈", "爷爷", "奶奶", "外公", "外婆", "姥姥", "姥爷",
				     "公公", "婆婆", "老人", "老婆", "老公", "妻子", "丈夫",
				     "爱人", "媳妇", "儿子", "女儿", "孩子", "娃",   "家人"};
static const char *const for_whom[] = {"帮",   "替",   "给",   "帮我",   "替我",
				       "给我", "帮俺", "替俺", "帮我家", "替我家"};
/* … or a word of a matter. */
static const char *const theirs[] = {"登记地址", "登记的地址", "登记信息", "登记的信息", "编号",
				     "住址",     "地址",       "号码",     "信息",       "电话",
				     "身份证",   "证号",       "证件",     "资料"};
/* One character each; those that begin names of places too are kept out by the places found. */
static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵"
    "万覃武钱戴严莫孔向常汤";

static bool is_place(const struct understanding *u, size_t from, size_t to)
{
	for (size_t i = 0; i < u->mentions.n; i++) {
		if (u->mentions.items[i].start < to && u->mentions.items[i].end > from)
			return true;
	}
	return false;
}

/* Words that begin as a name does: 方便的地址. */
static const char *const ordinary[] = {"方便", "方便办", "常用", "任何", "金额", "马上", "白天",
				       "高校", "石油",   "陆续", "黄色", "白色", "程序", "方面",
				       "关联", "龙头",   "万一", "常住", "常见", "付款", "单位"};

/* 张三 · 李小明 · 老王 · 小李 · 张某某, from a character on; how many characters, 0 if none. */
static size_t name_at(const struct understanding *u, size_t at)
{
	const struct text *t = &u->text;
	size_t of = 0;

	for (size_t n = NAME_MIN; n <= NAME_MAX && at + n < t->n_chars; n++) {
		if (!han_is(t->chars[at + n - 1]))
			break;
		if (t->chars[at + n] == 0x7684) /* 的 */
			of = n;
	}
	if (!of || is_place(u, at, at + of) || STARTS(text_part(t, at, at + of), ordinary))
		return 0;
	if (t->chars[at] == 0x8001 || t->chars[at] == 0x5c0f) /* 老王, 小李 */
		return view_find(view_of(surnames), text_part(t, at + 1, at + 2)) >= 0 ? of : 0;
	return view_find(view_of(surnames), text_part(t, at, at + 1)) >= 0 ? of : 0;
}

/* A word of a matter that starts at byte `at`. */
static bool is_term(const struct understanding *u, size_t at)
{
	for (size_t i = 0; i < u->terms.n; i++) {
		if (u->terms.items[i].term->matter && u->text.bytes[u->terms.items[i].start] == at)
			return true;
	}
	return false;
}

/* Behind a verb: [我] whose, [的], and something that is theirs. */
static bool is_theirs(const struct understanding *u, size_t at, bool asks)
{
	const struct text *t = &u->text;
	struct view v = text_part(t, at, t->n_chars);
	size_t name, len;

	name = name_at(u, at);
	if (name) {
		v = text_part(t, at + name, t->n_chars);
	} else {
		len = STARTS(v, others);
		if (!len) {
			if (view_starts(v, VIEW("我")))
				v = view_sub(v, strlen("我"), v.len);
			len = asks ? 0 : STARTS(v, kin);
		}
		if (!len)
			return false;
		v = view_sub(v, len, v.len);
	}
	if (view_starts(v, VIEW("的")))
		v = view_sub(v, strlen("的"), v.len);
	return STARTS(v, theirs) > 0 || is_term(u, (size_t)(v.ptr - t->folded.ptr));
}

/* 把张三的编号发我 · 张三的编号发我 · 李小明的地址是多少: whose it is comes before what is to be
 * done with it, at the beginning or behind 把. */
static bool is_handed_over(const struct understanding *u)
{
	static const char *const taking[] = {"把", "将"};
	static const char *const openers[] = {"请问", "请",     "麻烦", "帮我", "帮忙",
					      "能",   "能不能", "可以", "那",   " "};
	static const char *const handing[] = {"发我",   "发给",  "告诉", "给我", "查出", "调出",
					      "说一下", "说1下", "报给", "导出", "传给", "截图"};
	static const char *const asking[] = {"是多少", "多少号", "是啥", "是什么", "是几", "在哪"};
	const struct text *t = &u->text;
	struct view v = t->folded;
	size_t len;

	for (size_t i = 0; i < t->n_chars; i++) {
		struct view rest = text_part(t, i, t->n_chars);

		len = STARTS(rest, taking);
		if (len && HOLDS(rest, handing) &&
		    is_theirs(u, text_char_at(t, t->bytes[i] + len), false))
			return true;
	}
	while ((len = STARTS(v, openers)) > 0)
		v = view_sub(v, len, v.len);
	len = text_char_at(t, (size_t)(v.ptr - t->folded.ptr));
	if (len == t->n_chars || !is_theirs(u, len, true))
		return false;
	/* 他的编号是多少 may be meant of a child; who wants it handed over means somebody else. */
	return HOLDS(v, handing) || (HOLDS(v, asking) && name_at(u, len) > 0);
}

/* The text ends with one of the family for whom something is done: 帮我爸. */
static bool ends_with_family(struct view v)
{
	for (size_t i = 0; i < sizeof(family) / sizeof(family[0]); i++) {
		struct view whom = view_of(family[i]);

		if (!view_ends(v, whom))
			continue;
		for (size_t k = 0; k < sizeof(for_whom) / sizeof(for_whom[0]); k++)
			if (view_ends(view_sub(v, 0, v.len - whom.len), view_of(for_whom[k])))
				return true;
	}
	return false;
}

bool person_is_looked_up(const struct understanding *u)
{
	const struct text *t = &u->text;
	bool asks = phrase_is_question(t->folded);

	if (is_handed_over(u))
		return true;

	for (size_t i = 0; i < t->n_chars; i++) {
		size_t len = STARTS(text_part(t, i, t->n_chars), verbs);
		size_t from;

		if (!len || ends_with_family(text_part(t, 0, i)))
			continue;
		from = text_char_at(t, t->bytes[i] + len);
		if (is_theirs(u, from, asks))
			return true;
	}
	return false;
}

bool person_is_oneself(const struct understanding *u)
{
	static const char *const own[] = {"我自己", "我本人", "自己的", "本人的", "自己登记"};
	static const char *const things[] = {"登记地址", "登记的地址", "登记信息", "登记的信息",
					     "登记在哪", "登记的是",   "住址",     "居住登记"};
	static const char *const elsewhere[] = {"结婚",   "婚姻", "车",   "驾",  "房产",
						"不动产", "户籍", "户口", "社保"};
	struct view v = u->text.folded;

	return HOLDS(v, own) && HOLDS(v, things) && !HOLDS(v, elsewhere);
}

static size_t han_chars(const struct text *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n_chars; i++)
		n += han_is(t->chars[i]);
	return n;
}

/* Nothing is asked, wanted or amiss in it. */
static bool is_statement(const struct understanding *u)
{
	static const char *const wants[] = {"想", "要",   "办",   "查", "补", "改", "换", "领",
					    "丢", "忘",   "期",   "坏", "锁", "求", "帮", "给",
					    "号", "投诉", "人工", "谢", "你", "您"};
	struct view v = u->text.folded;

	return !phrase_is_question(v) && !u->has_term && !u->mentions.ambiguous &&
	       u->text.n_chars <= SELF_CHARS && !HOLDS(v, wants);
}

bool person_states(const struct understanding *u)
{
	return is_statement(u) && 2 * han_chars(&u->text) > u->text.n_chars;
}

bool person_says(const struct understanding *u)
{
	static const char *const self[] = {"我",   "俺", "咱", "本人", "人家",
					   "阿拉", "侬", "唉", "哎"};

	return is_statement(u) && u->mentions.n_targets == 0 &&
	       STARTS(view_trim(u->text.folded), self) > 0;
}

static bool has_origin(const struct understanding *u)
{
	for (size_t i = 0; i < u->mentions.n; i++)
		if (u->mentions.items[i].role == MENTION_ORIGIN)
			return true;
	return false;
}

bool person_tells_place(const struct understanding *u)
{
	static const char *const self[] = {"我", "俺", "咱", "本人", "我们", "阿拉"};

	/* 户口在河南人在上海 */
	return is_statement(u) && u->mentions.n_targets == 1 &&
	       (STARTS(view_trim(u->text.folded), self) > 0 || has_origin(u));
}

bool person_is_other(struct view v)
{
	return STARTS(v, others) > 0 || STARTS(v, kin) > 0;
}

bool person_opens(const struct understanding *u)
{
	static const char *const self[] = {"我是", "俺是",   "本人是", "我系", "我係",
					   "咱是", "我们是", "i am",   "i'm"};

	return u->text.n_chars <= FIRST_CHARS && STARTS(view_trim(u->text.folded), self) > 0 &&
	       is_statement(u);
}

bool person_presents(const struct understanding *u)
{
	static const char *const own[] = {"我", "我的", "我家", "俺", "俺家", "咱"};
	static const char *const are[] = {"是",   "系",   "係",     "也是",
					  "就是", "都是", "其实是", "不是"};
	struct view v = view_trim(u->text.folded);
	size_t len;

	v = view_sub(v, STARTS(v, own), v.len);
	len = STARTS(v, kin);
	return len > 0 && STARTS(view_sub(v, len, v.len), are) > 0 && is_statement(u);
}

const struct region *person_goes_home(const struct understanding *u)
{
	static const char *const home[] = {"老家", "家乡", "户籍地", "户口所在地"};
	static const char *const there[] = {"回", "在", "去", "到", "返", "我"};
	static const char *const doing[] = {"办", "弄", "搞", "申请", "交"};
	const struct mention *last = u->mentions.n ? &u->mentions.items[u->mentions.n - 1] : NULL;
	struct view v, behind;
	size_t len;

	if (!last || last->role != MENTION_ORIGIN || u->mentions.n_targets > 0 ||
	    last->n_candidates == 0 || u->text.n_chars > HOME_CHARS)
		return NULL;
	v = text_part(&u->text, 0, u->mentions.items[0].start);
	behind = text_part(&u->text, last->end, u->text.n_chars);
	len = view_ends_any(v, home, sizeof(home) / sizeof(home[0]));
	v.len -= len;
	/* 回河南老家办 */
	if (!len && !STARTS(behind, home))
		return NULL;
	if (!view_ends_any(v, there, sizeof(there) / sizeof(there[0])) || !HOLDS(behind, doing))
		return NULL;
	return last->candidates[0];
}

bool person_tells(const struct understanding *u)
{
	static const char *const self[] = {"我是",   "俺是",   "本人是", "咱是", "我今年", "我户口",
					   "俺户口", "我老家", "俺老家", "i am", "i'm"};
	struct view v = view_trim(u->text.folded);
	bool is_self = STARTS(v, self) > 0;

	/* I'm from Hunan: no place that is asked about. */
	if (is_self && view_find(v, VIEW(" from ")) >= 0 && !u->has_term && !phrase_is_question(v))
		return true;

	if (phrase_is_question(v) || u->has_term || u->mentions.n_targets > 0 ||
	    u->mentions.ambiguous || u->text.n_chars > SELF_CHARS)
		return false;
	is_self |= has_origin(u);
	/* 他今年十九了 */
	is_self |= is_statement(u) && STARTS(v, others) > 0;
	/* 房子是我儿子买的，本上写他名字 */
	return is_self || (is_statement(u) && han_chars(&u->text) >= STATEMENT_CHARS);
}
