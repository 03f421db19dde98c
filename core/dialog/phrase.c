/* SPDX-License-Identifier: Apache-2.0 */
/* phrase.c - the look through the table of phrases. */
#include "dialog/phrase-table.h"

#include <assert.h>
#include <string.h>
#include <threads.h>

/* Which characters occur at all, by their low byte: most phrases need no search. */
struct present {
	uint64_t bits[4];
};

static void present_set(struct present *p, const struct text *text)
{
	memset(p, 0, sizeof(*p));
	for (size_t i = 0; i < text->n_chars; i++)
		p->bits[text->chars[i] >> 6 & 3] |= 1ull << (text->chars[i] & 63);
}

/* What is known of the phrases once and for all: their first characters' low bytes, their lengths.
 */
#define PHRASES_MAX 3072
#define LISTS_MAX   128

struct known {
	uint8_t low, len;
	bool is_pattern;
};

static struct known known[PHRASES_MAX];
static struct present known_lists[LISTS_MAX];
static size_t known_first[LISTS_MAX]; /* of each list, in `known` */
static once_flag known_once = ONCE_FLAG_INIT;

/* Phrases begin with ASCII or with a character of three bytes, so the low byte is quickly had. */
static uint8_t low_of(const char *phrase)
{
	unsigned char c = (unsigned char)phrase[0];

	return c < 0x80 ? c
			: (uint8_t)(((unsigned)phrase[1] & 3) << 6 | ((unsigned)phrase[2] & 63));
}

static void get_to_know(void)
{
	size_t n = 0;

	assert(phrase_table_n <= LISTS_MAX);
	for (size_t i = 0; i < phrase_table_n; i++) {
		known_first[i] = n;
		for (const char *const *s = phrase_table[i].list; *s; s++) {
			struct known *k = &known[n++];

			assert(n <= PHRASES_MAX && strlen(*s) < 256);
			k->low = low_of(*s);
			k->len = (uint8_t)strlen(*s);
			k->is_pattern = strchr(*s, '~') != NULL;
			known_lists[i].bits[k->low >> 6] |= 1ull << (k->low & 63);
		}
	}
}

static bool may_occur(const struct present *p, const struct known *k)
{
	return p->bits[k->low >> 6] >> (k->low & 63) & 1;
}

static bool have_common(const struct present *p, const struct present *q)
{
	return (p->bits[0] & q->bits[0]) | (p->bits[1] & q->bits[1]) | (p->bits[2] & q->bits[2]) |
	       (p->bits[3] & q->bits[3]);
}

/* Without blanks and closing punctuation at either end. */
static struct view bare(struct view v)
{
	static const char *const marks[] = {" ", ".", ",",  "!", "?", "。", "，", "！", "？",
					    "~", "…", "、", ":", ";", "的", "吧", "啊", "了"};
	bool cut = true;

	while (cut) {
		cut = false;
		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
			struct view m = view_of(marks[i]);

			if (v.len > m.len && view_ends(v, m)) {
				v.len -= m.len;
				cut = true;
			}
		}
	}
	return view_trim(v);
}

/* The folded text with a ~ for each word of a matter; empty if there is none. */
static struct view masked(struct arena *a, const struct text *t, const struct term_hits *terms)
{
	char *out;
	size_t len = 0, from = 0;

	if (!terms || !term_hits_have(terms, true))
		return VIEW("");
	out = arena_alloc(a, t->folded.len + terms->n + 1);
	for (size_t i = 0; i <= terms->n; i++) {
		const struct term_hit *hit = i < terms->n ? &terms->items[i] : NULL;
		size_t to = hit ? t->bytes[hit->start] : t->folded.len;

		if (hit && !hit->term->matter)
			continue;
		for (; from < to; from++)
			out[len++] = t->folded.ptr[from] == '~' ? ' ' : t->folded.ptr[from];
		if (hit) {
			out[len++] = '~';
			from = t->bytes[hit->end];
		}
	}
	return view_make(out, len);
}

static bool holds(struct view text, struct view whole, const struct phrases *p, struct view needle)
{
	switch (p->where) {
	case AT_START:
		return view_starts(text, needle);
	case WHOLE:
		return view_eq(whole, needle) || view_eq(text, needle);
	case ANYWHERE:
	case CHAIN:
		break;
	}
	return view_find(text, needle) >= 0;
}

static size_t longest_start(struct view v, const char *const *list)
{
	size_t best = 0;

	for (; *list; list++)
		if (strlen(*list) > best && view_starts(v, view_of(*list)))
			best = strlen(*list);
	return best;
}

/* 那算了不办了 · 好的，知道了: several of them one behind the other. */
static bool is_chain(struct view v, const char *const *list)
{
	static const char *const joints[] = {"那", "就", "我", "俺", "咁", "还是", "先", "吧",
					     "了", "啊", "呀", "哦", "哎", "唉",   "嗨", "嘛",
					     "啦", "的", "，", "。", "！", "、",   "…",  ",",
					     ".",  "!",  "~",  " ",  NULL};
	bool any = false;

	while (v.len > 0) {
		size_t len = longest_start(v, list);

		any |= len > 0;
		len = len ? len : longest_start(v, joints);
		if (!len)
			return false;
		v = view_sub(v, len, v.len);
	}
	return any;
}

uint64_t phrase_find(struct arena *a, const struct text *text, const struct term_hits *terms)
{
	struct view all = view_trim(text->folded), whole = bare(all);
	struct view mask = masked(a, text, terms);
	struct present present;
	uint64_t found = 0;

	call_once(&known_once, get_to_know);
	present_set(&present, text);
	if (mask.len > 0) /* patterns may begin with a word of a matter */
		present.bits['~' >> 6] |= 1ull << ('~' & 63);
	for (size_t i = 0; i < phrase_table_n; i++) {
		const struct phrases *p = &phrase_table[i];
		const struct known *k = &known[known_first[i]];

		if ((found & p->bar) || (p->need && !(found & p->need)) ||
		    !have_common(&present, &known_lists[i]))
			continue;
		if (p->where == CHAIN && is_chain(all, p->list))
			found |= p->cue;
		for (const char *const *s = p->list; *s && p->where != CHAIN; s++, k++) {
			if (may_occur(&present, k) &&
			    holds(k->is_pattern ? mask : all, whole, p, view_make(*s, k->len))) {
				found |= p->cue;
				break;
			}
		}
	}
	return found;
}

size_t phrase_starts(struct view folded, uint64_t cue)
{
	size_t best = 0;

	for (size_t i = 0; i < phrase_table_n; i++) {
		const struct phrases *p = &phrase_table[i];
		size_t len =
		    p->cue == cue && p->where == ANYWHERE ? longest_start(folded, p->list) : 0;

		best = len > best ? len : best;
	}
	return best;
}

bool phrase_is_question(struct view folded)
{
	static const char *const words[] = {
	    "吗",     "呢",   "嘛",   "咋",    "怎",     "啥",     "谁",     "几",
	    "哪",     "多久", "多少", "多长",  "什么",   "如何",   "能不",   "可不",
	    "是否",   "是不", "要不", "用不",  "有没有", "行不",   "中不",   "点样",
	    "边度",   "几时", "得唔", "为何",  "会不会", "算不算", "对不对", "难不难",
	    "得不得", "how",  "what", "where", "when"};
	struct view v = folded;

	if (view_has_any(folded, words, sizeof(words) / sizeof(words[0])))
		return true;
	/* 办好了没 · 能办没有 */
	if (v.len > 2 * strlen("没") && (view_ends(v, VIEW("没")) || view_ends(v, VIEW("没有"))))
		return true;
	/* A mark alone, or behind a single letter, asks nothing; 么 asks at the end only. */
	if (view_ends(v, VIEW("？")) || view_ends(v, VIEW("?")))
		return v.len > 6;
	return view_ends(v, VIEW("么")) && v.len > 6;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 那 | 怎么办 | 呢: phrase_is_how() */
static const char *const how_leads[] = {
    "那么",     "那",     "该",   "应该", "要",  "我",   "我该",    "我要", "这",    "这个", "这种",
    "这种情况", "这情况", "请问", "咁",   "na ", "gai ", "wo gai ", "so ",  "then ", NULL};
static const char *const hows[] = {"怎么办",
				   "怎么弄",
				   "怎么搞",
				   "怎么整",
				   "怎么处理",
				   "怎么解决",
				   "怎么解",
				   "怎么解开",
				   "怎么做",
				   "怎样办",
				   "怎办",
				   "如何办",
				   "如何处理",
				   "如何解决",
				   "咋办",
				   "咋弄",
				   "咋整",
				   "咋搞",
				   "咋处理",
				   "咋解",
				   "咋解决",
				   "点办",
				   "点算",
				   "点搞",
				   "点整",
				   "啷个办",
				   "咋个办",
				   "哪能办",
				   "怎么操作",
				   "咋操作",
				   "zenme ban",
				   "zenmeban",
				   "zen me ban",
				   "zenme nong",
				   "zenmenong",
				   "zenme gao",
				   "zenme jie",
				   "zenme zheng",
				   "zenme jiejue",
				   "za ban",
				   "zaban",
				   "zazheng",
				   "how",
				   "how to",
				   "what to do",
				   "what do i do",
				   "what should i do",
				   NULL};
static const char *const how_tails[] = {"呢", "呀", "啊", "哦", "嘛", "好", "才行", "才好", "了",
					"？", "?",  "。", "！", "!",  " ",  " ne",  " a",   NULL};

bool phrase_is_how(struct view folded)
{
	struct view v = view_trim(folded);
	size_t len;

	while ((len = longest_start(v, how_leads)) > 0)
		v = view_sub(v, len, v.len);
	len = longest_start(v, hows);
	if (!len)
		return false;
	for (v = view_sub(v, len, v.len); v.len > 0; v = view_sub(v, len, v.len)) {
		len = longest_start(v, how_tails);
		if (!len)
			return false;
	}
	return true;
}

bool phrase_has_claim(struct view folded)
{
	static const char *const behind[] = {"%", "％", "倍", "成以", "万小时", "亿"};

	for (size_t i = 0; i < folded.len; i++) {
		if (!is_digit(folded.ptr[i]) || (i + 1 < folded.len && is_digit(folded.ptr[i + 1])))
			continue;
		for (size_t j = 0; j < sizeof(behind) / sizeof(behind[0]); j++) {
			if (view_starts(view_sub(folded, i + 1, folded.len), view_of(behind[j])))
				return true;
		}
	}
	return view_find(folded, VIEW("百分之")) >= 0;
}
