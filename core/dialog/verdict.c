/* SPDX-License-Identifier: Apache-2.0 */
/* verdict.c - each word of the question must be one that asks whether it can be done so. */
#include "dialog/verdict.h"

#include "dialog/filler.h"

/* What a word does in such a question. */
enum part {
	PART_CAN = 1, /* 能, 可以: it is asked whether */
	PART_WAY = 2, /* 网上, 手机; 代办, 我妈 */
};

struct word {
	const char *text;
	unsigned int parts;
	const char *shown; /* what must stand in the facts for it; NULL: nothing in particular */
};

static const struct word both[] = {
    {"能不能", PART_CAN, NULL},
    {"可不可以", PART_CAN, NULL},
    {"能否", PART_CAN, NULL},
    {"可否", PART_CAN, NULL},
    {"可以不可以", PART_CAN, NULL},
    {"可以", PART_CAN, NULL},
    {"可以不", PART_CAN, NULL},
    {"能", PART_CAN, NULL},
    {"可", PART_CAN, NULL},
    {"行不行", PART_CAN, NULL},
    {"行不", PART_CAN, NULL},
    {"行吗", PART_CAN, NULL},
    {"行么", PART_CAN, NULL},
    {"行嘛", PART_CAN, NULL},
    {"行", PART_CAN, NULL},
    {"成不成", PART_CAN, NULL},
    {"成不", PART_CAN, NULL},
    {"得唔得", PART_CAN, NULL},
    {"支持", PART_CAN, NULL},
    {"可以吗", PART_CAN, NULL},
    {"吗", 0, NULL},
    {"么", 0, NULL},
    {"嘛", 0, NULL},
    {"不", 0, NULL},
    {"啊", 0, NULL},
    {"呢", 0, NULL},
    {"呀", 0, NULL},
    {"的", 0, NULL},
    {"了", 0, NULL},
    {"是不是", 0, NULL},
    {"是否", 0, NULL},
    {"直接", 0, NULL},
    {"现在", 0, NULL},
    {"去", 0, NULL},
    {"来", 0, NULL},
    {"办理", 0, NULL},
    {"办", 0, NULL},
    {"申请", 0, NULL},
    {"申领", 0, NULL},
    {"申办", 0, NULL},
    {"申报", 0, NULL},
    {"弄", 0, NULL},
    {"搞", 0, NULL},
    {"搞定", 0, NULL},
    {"整", 0, NULL},
    {"做", 0, NULL},
    {"操作", 0, NULL},
    {"提交", 0, NULL},
    {"重置", 0, NULL},
    {"重设", 0, NULL},
    {"修改", 0, NULL},
    {"改", 0, NULL},
    {"密码", 0, NULL},
    {"注册", 0, NULL},
    {"登记", 0, NULL},
    {"开", 0, NULL},
    {"我", 0, NULL},
    {"想", 0, NULL},
    {"那", 0, NULL},
    {"请问", 0, NULL},
    {"个", 0, NULL},
    {"一下", 0, NULL},
    {"下", 0, NULL},
};

static const struct word online[] = {
    {"网上", PART_WAY, NULL},
    {"线上", PART_WAY, NULL},
    {"在线", PART_WAY, NULL},
    {"上网", PART_WAY, NULL},
    {"网络", PART_WAY, NULL},
    {"互联网", PART_WAY, NULL},
    {"手机", PART_WAY, NULL},
    {"手机上", PART_WAY, NULL},
    {"手机端", PART_WAY, NULL},
    {"网办", PART_WAY, NULL},
    {"全程网办", PART_WAY, NULL},
    {"掌上", PART_WAY, NULL},
    {"online", PART_WAY, NULL},
    {"电子版", 0, "电子"},
    {"app", PART_WAY, "APP"},
    {"软件", PART_WAY, "APP"},
    {"小程序", PART_WAY, "小程序"},
    {"公众号", PART_WAY, "公众号"},
    {"微信", PART_WAY, "微信"},
    {"支付宝", PART_WAY, "支付宝"},
    {"电脑", PART_WAY, "电脑"},
    {"网站", PART_WAY, "网"},
    {"平台", PART_WAY, NULL},
    {"在", 0, NULL},
    {"上", 0, NULL},
    {"用", 0, NULL},
    {"通过", 0, NULL},
    {"里", 0, NULL},
    {"自己", 0, NULL},
    {"在家", 0, NULL},
};

static const struct word proxy[] = {
    {"本人不去", PART_WAY, NULL},
    {"本人不来", PART_WAY, NULL},
    {"本人不到场", PART_WAY, NULL},
    {"不用本人", PART_WAY, NULL},
    {"代办", PART_WAY, NULL},
    {"代", PART_WAY, NULL},
    {"帮", PART_WAY, NULL},
    {"替", PART_WAY, NULL},
    {"委托", PART_WAY, NULL},
    {"找人", PART_WAY, NULL},
    {"请人", PART_WAY, NULL},
    {"让人", PART_WAY, NULL},
    {"别人", 0, NULL},
    {"他人", 0, NULL},
    {"让", PART_WAY, NULL},
    {"由", PART_WAY, NULL},
    {"家人", 0, NULL},
    {"家里人", 0, NULL},
    {"家属", 0, NULL},
    {"亲属", 0, NULL},
    {"亲人", 0, NULL},
    {"朋友", 0, NULL},
    {"父母", 0, NULL},
    {"爸妈", 0, NULL},
    {"爸爸", 0, NULL},
    {"妈妈", 0, NULL},
    {"爸", 0, NULL},
    {"妈", 0, NULL},
    {"老人", 0, NULL},
    {"老公", 0, NULL},
    {"老婆", 0, NULL},
    {"爱人", 0, NULL},
    {"孩子", 0, NULL},
    {"小孩", 0, NULL},
    {"儿子", 0, NULL},
    {"女儿", 0, NULL},
    {"子女", 0, NULL},
    {"他", 0, NULL},
    {"她", 0, NULL},
    {"给", 0, NULL},
    {"忘了", 0, NULL},
};

/* What a verdict may be. */
static const char *const verdicts[] = {"可以。", "能。", "行。"};

struct view verdict_without(struct view text)
{
	for (size_t i = 0; i < N_OF(verdicts); i++)
		if (view_starts(text, view_of(verdicts[i])) && text.len > strlen(verdicts[i]))
			return view_sub(text, strlen(verdicts[i]), text.len);
	return text;
}

static const struct word *word_at(struct view v, const struct word *words, size_t n)
{
	const struct word *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (view_starts(v, view_of(words[i].text)) &&
		    (!best || strlen(words[i].text) > strlen(best->text)))
			best = &words[i];
	return best;
}

static const struct word *longest(const struct word *a, const struct word *b)
{
	return !a ? b : !b ? a : strlen(a->text) >= strlen(b->text) ? a : b;
}

/* 资质 is a matter's word too, and a verdict on registering a company says nothing of it. */
static bool is_spoken_of(struct view term, const struct matter *m, const struct facts *f)
{
	const size_t two = 2 * strlen("证");
	struct view last = view_sub(term, term.len > two ? term.len - two : 0, term.len);

	return view_find(m->title, last) >= 0 || view_find(f->summary.text, last) >= 0;
}

/* What it is about, by a name of the matter: 居住证, 建筑公司. */
static size_t thing_at(struct view v, const struct matter *m, const struct facts *f)
{
	size_t best = m && view_starts(v, m->title) ? m->title.len : 0;

	for (size_t i = 0; m && i < m->n_terms; i++)
		if (m->terms[i].len > best && view_starts(v, m->terms[i]) &&
		    is_spoken_of(m->terms[i], m, f))
			best = m->terms[i].len;
	return best;
}

/* A channel of the facts by its whole name: 浙里办. 京通 is none where it is called 北京通. */
static size_t channel_at(struct view v, const struct facts *f)
{
	size_t best = 0;

	for (size_t i = 0; i < f->channels.n; i++)
		if (f->channels.items[i].name.len > best &&
		    view_starts(v, f->channels.items[i].name))
			best = f->channels.items[i].name.len;
	return best;
}

static bool is_shown(const struct facts *f, const char *what)
{
	static const struct {
		const char *what;
		enum channel_kind kind;
	} kinds[] = {{"APP", CHANNEL_APP},
		     {"小程序", CHANNEL_MINI_PROGRAM},
		     {"公众号", CHANNEL_ACCOUNT},
		     {"网", CHANNEL_WEBSITE}};

	if (view_find(f->summary.text, view_of(what)) >= 0)
		return true;
	for (size_t i = 0; i < f->channels.n; i++) {
		const struct channel *c = &f->channels.items[i];

		for (size_t k = 0; k < N_OF(kinds); k++)
			if (strcmp(kinds[k].what, what) == 0 && kinds[k].kind == c->kind)
				return true;
		if (view_find(c->name, view_of(what)) >= 0 ||
		    view_find(c->path, view_of(what)) >= 0)
			return true;
	}
	return false;
}

static size_t mark_at(struct view v)
{
	return (unsigned char)v.ptr[0] < 0x80 &&
		       !((v.ptr[0] | 0x20) >= 'a' && (v.ptr[0] | 0x20) <= 'z') &&
		       !(v.ptr[0] >= '0' && v.ptr[0] <= '9')
		   ? 1
	       : view_starts(v, VIEW("。")) ? strlen("。")
					    : 0;
}

/* 要, 只能, 必须: asked is whether one has to, and 可以 is no answer to that. */
static bool asks_whether_one_must(struct view words)
{
	static const char *const must[] = {"要", "只能", "必须", "一定", "非得", "需"};

	return view_has_any(words, must, N_OF(must));
}

bool verdict_answers(const struct intent *intent, struct view words, struct view asked,
		     const struct facts *f)
{
	const bool is_proxy = view_is(intent_facet(intent), "proxy");
	const struct word *ways = is_proxy ? proxy : online;
	const size_t n_ways = is_proxy ? N_OF(proxy) : N_OF(online);
	unsigned int parts = 0;

	for (size_t i = 0; i < f->channels.n && !is_proxy; i++)
		if (view_find(asked, f->channels.items[i].name) >= 0)
			parts |= PART_WAY;
	if (asks_whether_one_must(words))
		return false;
	while (words.len > 0) {
		const struct word *w =
		    longest(word_at(words, both, N_OF(both)), word_at(words, ways, n_ways));
		size_t len = w ? strlen(w->text) : 0, other;

		if (w && w->shown && !is_shown(f, w->shown))
			return false;
		other = thing_at(words, intent->matter, f);
		if (other > len) {
			len = other;
			w = NULL;
		}
		other = is_proxy ? 0 : channel_at(words, f);
		if (other > len) {
			len = other;
			w = NULL;
			parts |= PART_WAY;
		}
		if (w)
			parts |= w->parts;
		if (len == 0)
			len = filler_at(words);
		if (len == 0)
			len = mark_at(words);
		if (len == 0)
			return false;
		words = view_sub(words, len, words.len);
	}
	return parts == (PART_CAN | PART_WAY);
}

const struct facts *verdict_facts(struct arena *a, const struct intent *intent, struct view words,
				  struct view asked, const struct facts *f)
{
	struct facts *own;

	if (!f || verdict_without(f->summary.text).len == f->summary.text.len ||
	    verdict_answers(intent, words, asked, f))
		return f;
	own = ARENA_NEW(a, struct facts);
	*own = *f;
	own->summary.text = verdict_without(f->summary.text);
	return own;
}
