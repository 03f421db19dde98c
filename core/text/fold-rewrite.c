/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold-rewrite.c - words of other regions become ours, numerals before counters digits.
 *
 * Runs only over texts in which a character stands that can begin one; copies only from the first
 * change on.
 */
#include "base/utf8.h"
#include "text/fold-state.h"

/* What comes out, until the first change the same as what goes in. */
struct rewrite {
	struct fold in; /* as it was */
	struct fold *out;
	bool changed;
};

static void keep(struct rewrite *rw, size_t from, size_t n)
{
	struct fold *out = rw->out;

	if (rw->changed) {
		memcpy(out->chars + out->n, rw->in.chars + from, n * sizeof(*out->chars));
		memcpy(out->origin + out->n, rw->in.origin + from, n * sizeof(*out->origin));
	}
	out->n += n;
}

/* `taken` characters from `at` on become the n_put in `put`; origins are shared out in order. */
static void change(struct rewrite *rw, size_t at, size_t taken, const uint32_t *put, size_t n_put)
{
	struct fold *out = rw->out;
	size_t rest = rw->in.n - at - taken;

	if (!rw->changed) {
		uint32_t *chars = ARENA_ARRAY(out->arena, out->n + n_put + rest + 9, uint32_t);
		uint32_t *origin = ARENA_ARRAY(out->arena, out->n + n_put + rest + 9, uint32_t);

		memcpy(chars, rw->in.chars, out->n * sizeof(*chars));
		memcpy(origin, rw->in.origin, out->n * sizeof(*origin));
		out->chars = chars;
		out->origin = origin;
		out->cap = out->n + n_put + rest + 9;
		rw->changed = true;
	}
	if (out->n + n_put + rest + 1 > out->cap)
		fold_reserve(out, 2 * (n_put + rest) + 1, out->raw.len);
	for (size_t i = 0; i < n_put; i++) {
		out->chars[out->n] = put[i];
		out->origin[out->n++] = rw->in.origin[at + (i < taken ? i : taken - 1)];
	}
}

/*
 * True if at least one character that tells a Traditional word from a Simplified one was typed so.
 * Until the first change, and behind it too, raw is read where the character came from.
 */
static bool was_typed(const struct fold *in, size_t at, const uint16_t *source, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		uint32_t cp = 0;

		if (source[i] == in->chars[at + i])
			continue;
		if (utf8_decode(view_sub(in->raw, in->origin[at + i], UTF8_MAX), &cp) > 0 &&
		    cp == source[i])
			return true;
	}
	return false;
}

static const struct han_word *word_at(const struct fold *in, size_t at)
{
	const struct han_word *w = NULL;

	while ((w = han_word_find(&han_words, in->chars + at, in->n - at, w)))
		if (!w->has_source || was_typed(in, at, han_word_source(&han_words, w), w->key_len))
			return w;
	return NULL;
}

static void put_word(struct rewrite *rw, size_t at, const struct han_word *w)
{
	const uint16_t *value = han_word_value(&han_words, w);
	uint32_t put[16];

	for (size_t i = 0; i < w->value_len; i++)
		put[i] = value[i] >= 'A' && value[i] <= 'Z' ? value[i] | 0x20u : value[i];
	change(rw, at, w->key_len, put, w->value_len);
}

static unsigned role_of(uint32_t cp, unsigned roles)
{
	unsigned info = cp == 0x3007 ? HAN_NUMERAL : han_info_of(cp);

	return info & roles;
}

/* What begins at `at`, where something may begin: the characters it takes. */
static size_t step(struct rewrite *rw, size_t at, unsigned role)
{
	struct fold_number number;

	if (role & (HAN_WORD_START | HAN_TYPED_START)) {
		const struct han_word *w = word_at(&rw->in, at);

		if (w) {
			put_word(rw, at, w);
			return w->key_len;
		}
	}
	number.taken = 1;
	number.n_put = 0;
	if (role & HAN_NUMERAL)
		fold_number_at(rw->in.chars, rw->in.n, at, &number);
	if (number.n_put)
		change(rw, at, number.taken, number.put, number.n_put);
	else
		keep(rw, at, number.taken);
	return number.taken;
}

/* Words that count only if Traditional was typed need not be looked for where none was. */
static unsigned roles_of(const struct fold *f)
{
	return HAN_WORD_START | HAN_NUMERAL | (f->is_traditional ? HAN_TYPED_START : 0);
}

void fold_rewrite(struct fold *f)
{
	struct rewrite rw = {.in = *f, .out = f};
	const uint32_t *chars = rw.in.chars;
	unsigned roles = roles_of(f);
	size_t n = rw.in.n, at = 0;

	if (!(f->seen & roles))
		return;
	f->n = 0;
	while (at < n) {
		size_t from = at;
		unsigned role = 0;

		while (at < n && !(role = role_of(chars[at], roles)))
			at++;
		keep(&rw, from, at - from);
		if (at < n)
			at += step(&rw, at, role);
	}
	if (rw.changed)
		f->as_typed = 0;
}
