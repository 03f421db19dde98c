/* SPDX-License-Identifier: Apache-2.0 */
/* choose.c - 2 · 第二个 · 选2 · 最后一个 · 南京的 */
#include "dialog/choose.h"

#include "base/utf8.h"

#define CHOICE_MAX_BYTES 48
#define NUMBER_MAX       1000

/* Cut one of the words off the front or the back, as often as it goes. */
static struct view strip(struct view v, const char *const *words, bool at_end)
{
	bool cut = true;

	while (cut && v.len > 0) {
		cut = false;
		for (const char *const *w = words; *w; w++) {
			struct view word = view_of(*w);

			if (word.len >= v.len ||
			    !(at_end ? view_ends(v, word) : view_starts(v, word)))
				continue;
			v = at_end ? view_sub(v, 0, v.len - word.len)
				   : view_sub(v, word.len, v.len);
			cut = true;
		}
	}
	return v;
}

static struct view bare(struct view v)
{
	static const char *const before[] = {"我选", "选择",   "选",       "就",       "那",
					     "要",   "我要",   "我说的是", "我指的是", "我问的是",
					     "是",   "应该是", "说的是",   " ",        "在",
					     "我",   "对",     ",",        "，",       NULL};
	static const char *const after[] = {" ",  ".",  ",",    "!",    "。", "，", "！",
					    "吧", "的", "那个", "啊",   "呀", "哦", "这个",
					    "、", "?",  "？",   "谢谢", "呢", NULL};

	return strip(strip(v, before, false), after, true);
}

/* 1 .. 9 from a digit or a Chinese numeral at the start; the bytes it takes. */
static size_t one_digit(struct view v, unsigned *ret)
{
	static const char *const han[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};

	if (v.len > 0 && v.ptr[0] >= '1' && v.ptr[0] <= '9') {
		*ret = (unsigned)(v.ptr[0] - '0');
		return 1;
	}
	for (unsigned i = 0; i < 9; i++) {
		if (view_starts(v, view_of(han[i]))) {
			*ret = i + 1;
			return strlen(han[i]);
		}
	}
	if (view_starts(v, VIEW("两"))) {
		*ret = 2;
		return strlen("两");
	}
	return 0;
}

/* 2 · 第2 · 第2个 · 2号; 0 if the text is no number at all. */
static unsigned number_of(struct view v)
{
	static const char *const counters[] = {
	    "", "个", "项", "号", "条", "种", "一个", "个选项", ".", ")", "）", "个城市", "个地方"};
	bool is_nth = view_starts(v, VIEW("第"));
	unsigned n = 0;
	size_t len;

	if (is_nth)
		v = view_sub(v, strlen("第"), v.len);
	len = one_digit(v, &n);
	if (!len)
		return 0;
	v = view_sub(v, len, v.len);
	/* 第99个 is a number, though of nothing. */
	while (is_nth && v.len > 0 && v.ptr[0] >= '0' && v.ptr[0] <= '9' && n < NUMBER_MAX) {
		n = n * 10 + (unsigned)(v.ptr[0] - '0');
		v = view_sub(v, 1, v.len);
	}
	for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
		if (view_is(v, counters[i]))
			return n;
	}
	return 0;
}

static unsigned ordinal_word(struct view v, size_t n_options)
{
	static const char *const last[] = {"最后一个", "最后1个", "最后那个", "最后", "后者"};

	if (view_is(v, "前者") || view_is(v, "头一个") || view_is(v, "前面那个"))
		return 1;
	for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++) {
		if (view_is(v, last[i]))
			return (unsigned)n_options;
	}
	return 0;
}

/* The one option whose text or place's name holds these words. */
static const struct memory_option *by_name(const struct memory *memory, struct view v)
{
	const struct memory_option *hit = NULL;

	if (utf8_count(v) < 2)
		return NULL;
	for (size_t i = 0; i < memory->n_options; i++) {
		const struct memory_option *o = &memory->options[i];
		bool fits = o->text.len > 0 && view_find(o->text, v) >= 0;

		if (view_eq(o->text, v))
			return o;
		if (o->region && (view_eq(o->region->short_name, v) || view_eq(o->region->name, v)))
			fits = true;
		if (fits && hit)
			return NULL; /* it fits two: not a choice */
		if (fits)
			hit = o;
	}
	return hit;
}

size_t choose_ordinal(struct view folded, size_t n)
{
	struct view v = bare(view_trim(folded));
	size_t at;

	if (v.len == 0 || v.len > CHOICE_MAX_BYTES)
		return 0;
	at = number_of(v);
	if (!at && n > 0)
		at = ordinal_word(v, n);
	return at > n ? n + 1 : at;
}

enum choice choose_next(const struct memory *memory, struct view text,
			const struct memory_option **ret)
{
	/* Behind the answers to several questions the numbers go on. */
	size_t before = memory->n_parts > 1 ? memory->n_parts : 0;
	size_t n = choose_ordinal(text, before + memory->n_next);

	if (n <= before)
		return CHOICE_NONE;
	n -= before;
	/* 第三个城市: of no questions. */
	if (n > memory->n_next || view_find(text, VIEW("城市")) >= 0 ||
	    view_find(text, VIEW("地方")) >= 0)
		return CHOICE_GONE;
	*ret = &memory->next[n - 1];
	return CHOICE_MADE;
}

enum choice choose_find(const struct memory *memory, struct view id, struct view folded,
			const struct memory_option **ret)
{
	struct view v = bare(view_trim(id.len ? id : folded));
	unsigned n;

	if (memory->n_options == 0 || v.len == 0 || v.len > CHOICE_MAX_BYTES)
		return id.len ? CHOICE_GONE : CHOICE_NONE;
	n = number_of(v);
	if (!n)
		n = ordinal_word(v, memory->n_options);
	if (n > memory->n_options)
		return CHOICE_GONE;
	*ret = n ? &memory->options[n - 1] : by_name(memory, v);
	if (*ret)
		return CHOICE_MADE;
	return id.len ? CHOICE_GONE : CHOICE_NONE;
}
