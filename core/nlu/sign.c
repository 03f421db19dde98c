/* SPDX-License-Identifier: Apache-2.0 */
/* sign.c - from a reading to signs. */
#include "nlu/sign.h"

#include "nlu/gloss.h"
#include "text/pinyin.h"

/* Letters that make fewer are rather a foreign word. */
#define TYPED_LETTERS   5
#define TYPED_SYLLABLES 2

struct row {
	uint16_t *items;
	size_t n;
	bool has_gap;
};

static bool is_ascii(uint32_t sign)
{
	return sign < 128;
}

static void put(struct row *out, uint32_t sign)
{
	if (sign > 0xffff)
		sign = 0xfffd;
	if (out->has_gap && out->n && is_ascii(sign) && is_ascii(out->items[out->n - 1]))
		out->items[out->n++] = ' ';
	out->has_gap = false;
	out->items[out->n++] = (uint16_t)sign;
}

/* One that is no letter, digit or mark, whatever stands beside it. */
static bool is_han(uint32_t c)
{
	return c >= 0x3400 && c < 0xa000;
}

static bool is_mark(uint32_t c)
{
	if (c < 128)
		return !char_is_letter(c) && !char_is_digit(c);
	return c < 0xc0 || c == 0xd7 || (c >= 0x2000 && c < 0x2e80) ||
	       (c >= 0x3000 && c < 0x3041) || c == 0x30fb || (c >= 0xe000 && c < 0xf900) ||
	       (c >= 0xfe00 && c < 0xfe70) || (c >= 0xff5f && c < 0xff66);
}

/* Chinese characters up to `end`, and at least one; gives how far. */
static uint32_t put_han(struct row *out, const uint32_t *chars, uint32_t from, size_t end)
{
	uint16_t *to = out->items + out->n;
	uint32_t i = from;

	do
		*to++ = (uint16_t)chars[i++];
	while (i < end && is_han(chars[i]));
	out->n += i - from;
	out->has_gap = false;
	return i;
}

static void put_place(struct row *out, const struct mention *m)
{
	/* Models have learnt no sign of what stands beside. */
	enum mention_role role = m->role == MENTION_BESIDE ? MENTION_ORIGIN : m->role;
	uint32_t sign = SIGN_PLACE + (uint32_t)role;

	if (m->name && m->name->kind == REGION_NAME_APP && m->role == MENTION_TARGET)
		sign = SIGN_APP;
	/* A place written in full (河南省郑州市) is one place. */
	if (out->n == 0 || out->items[out->n - 1] != sign)
		put(out, sign);
}

/*
 * A run of letters: what the word is in Chinese if that is known, its syllables if it is clearly
 * pinyin, else as it is. Gives its end.
 */
static uint32_t put_letters(struct row *out, const struct reading *r, uint32_t from)
{
	const struct text *text = &r->text;
	uint32_t end = letters_end(text, from), chinese[GLOSS_CHARS];
	uint16_t cut[32];
	size_t n = 0;

	if (r->catalog)
		n = gloss_find(r->catalog, text_part(text, from, end), chinese);
	for (size_t i = 0; i < n; i++)
		put(out, chinese[i]);
	if (n > 0)
		return end;
	if (end - from >= TYPED_LETTERS)
		n = pinyin_cut(text_part(text, from, end), cut, 32);
	if (n >= TYPED_SYLLABLES)
		for (size_t i = 0; i < n; i++)
			put(out, SIGN_SYLLABLE + cut[i]);
	else
		for (uint32_t i = from; i < end; i++)
			put(out, text->chars[i]);
	return end;
}

void signs_make(struct arena *a, const struct reading *r, struct signs *ret)
{
	const struct text *text = &r->text;
	/* A term that was heard may be longer than what was typed (jzz); a gap may stand before
	 * each. */
	struct row out = {.items =
			      ARENA_ARRAY(a, 4 * text->n_chars + 32 * r->terms.n + 2, uint16_t)};
	size_t place = 0, term = 0, from;

	for (uint32_t i = 0; i < text->n_chars;) {
		while (place < r->mentions.n && (r->mentions.items[place].end <= i ||
						 r->mentions.items[place].role == MENTION_PART))
			place++;
		while (term < r->terms.n &&
		       (r->terms.items[term].end <= i || !r->terms.items[term].is_corrected))
			term++;
		if (place < r->mentions.n && r->mentions.items[place].start <= i) {
			put_place(&out, &r->mentions.items[place]);
			i = r->mentions.items[place].end;
		} else if (term < r->terms.n && r->terms.items[term].start <= i) {
			const struct term *t = r->terms.items[term].term;

			for (size_t k = 0; k < t->n_chars && k < 30; k++)
				put(&out, t->chars[k]);
			i = r->terms.items[term].end;
		} else if (is_han(text->chars[i])) {
			size_t end = text->n_chars;

			if (place < r->mentions.n && r->mentions.items[place].start < end)
				end = r->mentions.items[place].start;
			if (term < r->terms.n && r->terms.items[term].start < end)
				end = r->terms.items[term].start;
			i = put_han(&out, text->chars, i, end);
		} else if (char_is_letter(text->chars[i])) {
			i = put_letters(&out, r, i);
		} else if (is_mark(text->chars[i])) {
			out.has_gap = true;
			i++;
		} else {
			put(&out, text->chars[i++]);
		}
	}
	from = out.n > SIGNS_MAX ? out.n - SIGNS_MAX : 0;
	ret->n = (uint32_t)(out.n - from);
	memcpy(ret->items, out.items + from, ret->n * sizeof(*ret->items));
}

uint16_t sign_syllable(uint32_t sign)
{
	if (sign >= SIGN_SYLLABLE && sign <= SIGN_SYLLABLE + PINYIN_MAX)
		return (uint16_t)(sign - SIGN_SYLLABLE);
	return sign >= 0xe000 && sign < 0xf900 ? 0 : pinyin_of(sign);
}
