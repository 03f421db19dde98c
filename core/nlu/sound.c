/* SPDX-License-Identifier: Apache-2.0 */
/* sound.c - making the syllables of sound.h. */
#include "nlu/sound.h"

#include "text/pinyin.h"

#define RUN_SYLLABLES 24
#define CITY_LEAST    2 /* letters of a city in front of what is written short: szjzz */
#define CITY_MOST     4

/* 营业执照, 居住登记, 居住证, 医保卡, 社保卡, 公积金, 身份证, 医保; the longer ones first. */
static const char *const short_forms[] = {"yyzz", "jzdj", "jzz", "ybk", "sbk", "gjj", "sfz", "yb"};
/* Shorter ones stand in words: maybe. */
#define SURE_LETTERS 3

bool sound_is_short_form(struct view word)
{
	for (size_t i = 0; i < sizeof(short_forms) / sizeof(*short_forms); i++)
		if (view_is(word, short_forms[i]))
			return true;
	return false;
}

/* Where what is written short stands in a run that is pinyin but for it. */
struct glued {
	size_t at, len;
};

static bool is_pinyin(struct view run, size_t least)
{
	uint16_t cut[RUN_SYLLABLES];

	return run.len == 0 || pinyin_cut(run, cut, RUN_SYLLABLES) >= least;
}

/* sz, sjz: no syllable is in it. */
static bool is_city(struct view run)
{
	if (run.len < CITY_LEAST || run.len > CITY_MOST)
		return false;
	for (size_t i = 0; i < run.len; i++)
		if (strchr("aeiouv", run.ptr[i]))
			return false;
	return true;
}

/* With [at, at + len) left out. */
static bool is_pinyin_around(struct view run, size_t at, size_t len)
{
	struct view before = view_sub(run, 0, at);

	return is_pinyin(view_sub(run, at + len, run.len), 1) &&
	       (is_pinyin(before, len < SURE_LETTERS ? 2 : 1) || is_city(before));
}

static bool find_glued(struct view run, struct glued *ret)
{
	for (size_t at = 0; at < run.len; at++)
		for (size_t i = 0; i < sizeof(short_forms) / sizeof(*short_forms); i++) {
			struct view form = view_of(short_forms[i]);

			if (form.len == run.len || !view_starts(view_sub(run, at, run.len), form) ||
			    !is_pinyin_around(run, at, form.len))
				continue;
			*ret = (struct glued){at, form.len};
			return true;
		}
	return false;
}

static size_t put_run(const struct text *text, uint32_t start, uint32_t end, struct sound *out)
{
	uint16_t cut[RUN_SYLLABLES];
	struct view run =
	    view_sub(text->folded, text->bytes[start], text->bytes[end] - text->bytes[start]);
	size_t n = run.len < 2 ? 0 : pinyin_cut(run, cut, RUN_SYLLABLES);
	uint32_t at = start;

	for (size_t i = 0; i < n; i++) {
		uint32_t len = (uint32_t)strlen(pinyin_spell(cut[i]));

		out[i] = (struct sound){at, at + len, cut[i], pinyin_fuzzy(cut[i]), true};
		at += len;
	}
	if (n == 0)
		out[n++] = (struct sound){start, end, 0, 0, true};
	out[n - 1].end = end;
	return n;
}

/* "ok", "he", "me" are cut too; the features of both views tell them from Chinese. */
static size_t put_letters(const struct text *text, uint32_t start, uint32_t end, struct sound *out)
{
	size_t n = put_run(text, start, end, out);
	uint32_t at;
	struct glued glued;

	if (out[0].syllable || !find_glued(text_part(text, start, end), &glued))
		return n;
	n = glued.at ? put_run(text, start, start + (uint32_t)glued.at, out) : 0;
	at = start + (uint32_t)(glued.at + glued.len);
	out[n++] = (struct sound){at - (uint32_t)glued.len, at, 0, 0, true};
	return n + (at < end ? put_run(text, at, end, out + n) : 0);
}

/* The first that ends behind `at`. */
static size_t first_behind(const struct sounds *sounds, uint32_t at)
{
	size_t low = 0, high = sounds->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sounds->items[middle].end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t sounds_word_end(const struct sounds *sounds, const struct text *text, uint32_t from)
{
	uint32_t end = letters_end(text, from);

	for (size_t i = first_behind(sounds, from); i < sounds->n; i++) {
		const struct sound *x = &sounds->items[i];

		if (x->start >= end)
			break;
		if (!x->syllable)
			return x->start > from ? x->start : x->end;
	}
	return end;
}

bool sounds_are_broken(const struct sounds *sounds, uint32_t start, uint32_t end)
{
	size_t i = first_behind(sounds, start);
	const struct sound *x = &sounds->items[i];

	return i < sounds->n && x->start == start && x->end == end && x->is_typed && !x->syllable;
}

void sounds_make(struct arena *a, const struct text *text, struct sounds *ret)
{
	struct sound *out = ARENA_ARRAY(a, text->n_chars + 1, struct sound);
	uint32_t n_chars = (uint32_t)text->n_chars;
	uint16_t *syllables = ARENA_ARRAY(a, text->n_chars + 1, uint16_t);
	size_t n = 0;

	pinyin_text(text->chars, text->n_chars, syllables);
	for (uint32_t i = 0; i < n_chars;) {
		uint32_t c = text->chars[i];

		if (char_is_letter(c)) {
			uint32_t end = letters_end(text, i);

			n += put_letters(text, i, end, out + n);
			i = end;
			continue;
		}
		if (c != ' ') {
			uint16_t s = syllables[i];

			out[n++] = (struct sound){i, i + 1, s, s ? pinyin_fuzzy(s) : 0, false};
		}
		i++;
	}
	*ret = (struct sounds){out, n};
}
