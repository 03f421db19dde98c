/* SPDX-License-Identifier: Apache-2.0 */
/* hear.c - characters typed for others that sound the same are put right, and only those. */
#include "nlu/hear.h"

#include "base/utf8.h"
#include "tap.h"

static struct arena arena;

static struct signs signs_of(const char *text)
{
	struct view rest = view_of(text);
	struct signs s = {.n = 0};
	uint32_t cp;
	int len;

	while ((len = utf8_decode(rest, &cp)) > 0) {
		s.items[s.n++] = (uint16_t)cp;
		rest = view_sub(rest, (size_t)len, rest.len);
	}
	return s;
}

static struct view text_of(const struct signs *s)
{
	char *out = arena_alloc(&arena, (size_t)s->n * UTF8_MAX + 1);
	size_t n = 0;

	for (uint32_t i = 0; i < s->n; i++)
		n += (size_t)utf8_encode(s->items[i], out + n);
	return view_make(out, n);
}

static struct view heard(const struct word_index *index, const char *text)
{
	struct signs s = signs_of(text);

	hear(index, &s);
	return text_of(&s);
}

#define WORDS 11
static const char *const spelt[WORDS] = {"播放", "音乐", "帮我",   "天气", "居住证", "我",
					 "帮",   "一首", "计算机", "首",   "签注"};
static const float logs[WORDS] = {-10, -9, -9, -9, -12, -5, -8, -9, -10, -8, -38};

static struct words make_words(void)
{
	struct word_list list = {WORDS, ARENA_ARRAY(&arena, WORDS, struct view),
				 ARENA_ARRAY(&arena, WORDS, float), NULL};
	uint16_t *signs = ARENA_ARRAY(&arena, (WORDS + 1) * WORD_LONGEST, uint16_t);
	uint16_t *costs = ARENA_ARRAY(&arena, WORDS + 1, uint16_t);
	struct words w = {.n = WORDS, .costs = costs};

	for (uint32_t i = 0; i < WORDS; i++) {
		struct signs s = signs_of(spelt[i]);

		list.words[i] = view_of(spelt[i]);
		list.logs[i] = logs[i];
		memcpy(signs + (i + 1) * WORD_LONGEST, s.items, s.n * sizeof(*signs));
		costs[i + 1] = (uint16_t)(-logs[i] * WORD_NAT);
	}
	w.spelt = (const uint16_t(*)[WORD_LONGEST])(void *)signs;
	word_index_make(&arena, &list, &w.index);
	return w;
}

static const char *const learnt[] = {"帮我播放音乐", "播放一首", "天气咋样", "天气咋样了",
				     "今儿咋样"};

static void learn(const struct words *words, struct word_index *ret)
{
	struct signs texts[5];

	*ret = words->index;
	for (size_t i = 0; i < 5; i++) {
		texts[i] = signs_of(learnt[i]);
		words_cut(ret, &texts[i]);
	}
	hear_make(&arena, texts, 5, words, ret);
}

static void putting_right(const struct word_index *x)
{
	is_view(heard(x, "帮我播方音乐"), "帮我播放音乐", "a word of the texts is heard");
	is_view(heard(x, "帮我波放音月"), "帮我播放音乐", "so are two, whichever sign is wrong");
	is_view(heard(x, "天汽咋样"), "天气咋样", "at the beginning");
	is_view(heard(x, "看天器"), "看天气", "and at the end");
	is_view(heard(x, "办巨住证"), "办居住证", "longer words, of the language alone");
	is_view(heard(x, "修计算鸡"), "修计算机", "and any sign of them");
	is_view(heard(x, "天气则样"), "天气则样", "what sounds otherwise is not");
	is_view(heard(x, "天气他样"), "天气他样", "nor a neighbour in the alphabet");
	is_view(heard(x, "帮我搏放音乐"), "帮我播放音乐", "whatever the wrong sign means");
	is_view(heard(x, "帮我播放因悦"), "帮我播放因悦", "two wrong signs of two are not guessed");
}

static void leaving(const struct word_index *x)
{
	static const char *const right[] = {"帮我播放音乐", "天气咋样", "我帮一首", "我",
					    "wifi 5g天气",  "龘龘",     ""};

	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		is_view(heard(x, right[i]), right[i], "'%s' stays as it is", right[i]);
	is_view(heard(x, "播方wifi"), "播放wifi", "letters beside it are no hindrance");
}

static void learning(const struct words *words)
{
	struct signs texts[2] = {signs_of("签注"), signs_of("我签注")};
	struct word_index x = words->index;

	hear_make(&arena, NULL, 0, words, &x);
	is_view(heard(&x, "前注"), "前注", "a rare word of the language is not heard");
	for (size_t i = 0; i < 2; i++)
		words_cut(&words->index, &texts[i]);
	hear_make(&arena, texts, 2, words, &x);
	is_view(heard(&x, "前注"), "签注", "unless the texts speak of it");
}

static void cutting(const struct words *words, const struct word_index *x)
{
	struct signs s = signs_of("帮我播方音乐"), plain = s;

	words_cut(x, &s);
	is_view(text_of(&s), "帮我播放音乐", "cutting listens if the index does");
	is_int(s.words[2], 1, "and what was heard is the word");
	words_cut(&words->index, &plain);
	is_view(text_of(&plain), "帮我播方音乐", "else it leaves the text alone");
	is_int(plain.words[3], 0, "and the word is none");
}

static void nothing_learnt(void)
{
	struct words none = {.n = 0};
	struct word_list list = {.n = 0};
	struct word_index x;
	struct signs s = {.n = SIGNS_MAX};

	word_index_make(&arena, &list, &none.index);
	x = none.index;
	hear_make(&arena, NULL, 0, &none, &x);
	is_view(heard(&x, "播方"), "播方", "without texts and words nothing is heard");
	for (uint32_t i = 0; i < SIGNS_MAX; i++)
		s.items[i] = (uint16_t)(0x4e00 + i);
	hear(&x, &s);
	is_int(s.items[SIGNS_MAX - 1], 0x4e00 + SIGNS_MAX - 1, "nor in a text that is full");
}

int main(void)
{
	struct word_index index;
	struct words words;

	arena_init(&arena, 0);
	words = make_words();
	learn(&words, &index);
	putting_right(&index);
	leaving(&index);
	learning(&words);
	cutting(&words, &index);
	nothing_learnt();
	arena_done(&arena);
	return done();
}
