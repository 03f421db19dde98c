/* SPDX-License-Identifier: Apache-2.0 */
/* fold.c - the pass over the bytes, and the folded text as others see it. */
#include "text/fold.h"

#include <errno.h>

#include "base/utf8.h"
#include "text/fold-state.h"

#define RAW_MAX ((size_t)1 << 30)

static void grow(struct fold *f, size_t cap)
{
	uint32_t *chars = ARENA_ARRAY(f->arena, cap, uint32_t);
	uint32_t *origin = ARENA_ARRAY(f->arena, cap, uint32_t);

	if (f->n) {
		memcpy(chars, f->chars, f->n * sizeof(*chars));
		memcpy(origin, f->origin, f->n * sizeof(*origin));
	}
	f->chars = chars;
	f->origin = origin;
	f->cap = cap;
}

void fold_reserve(struct fold *f, size_t more, size_t at)
{
	size_t need = f->n + more + (f->raw.len - at) + 1;

	if (need > f->cap)
		grow(f, need + need / 2);
}

/* A character of the Han table at byte `i`, three bytes of which the first says nearly all; or 0.
 */
static inline uint32_t han_at(const unsigned char *p, size_t len, size_t i)
{
	uint32_t cp;

	if (len - i < 3 || p[i] < 0xe3 || p[i] > 0xe9 || (p[i + 1] & 0xc0) != 0x80 ||
	    (p[i + 2] & 0xc0) != 0x80)
		return 0;
	cp = (p[i] & 0x0fu) << 12 | (p[i + 1] & 0x3fu) << 6 | (p[i + 2] & 0x3fu);
	return han_in_table(cp) ? cp : 0;
}

/*
 * The common case of fold_han(): a run of characters before which nothing waits and of which none
 * is the same as the last. Gives where it ends.
 */
static size_t read_han(struct fold *f, size_t i)
{
	const unsigned char *p = (const unsigned char *)f->raw.ptr;
	uint32_t *chars = f->chars, *origin = f->origin;
	uint32_t last = f->n ? chars[f->n - 1] : 0, cp, simplified = 0;
	size_t len = f->raw.len, n = f->n, n_same = 0;
	unsigned seen = 0;

	if (f->blank || last == '.')
		return i;
	while ((cp = han_at(p, len, i))) {
		uint32_t to = han_simple[cp - HAN_TABLE_FIRST];

		cp = to ? to : cp;
		if (cp == last)
			break;
		seen |= han_info_of(cp);
		simplified |= to;
		n_same += !to;
		chars[n] = last = cp;
		origin[n++] = (uint32_t)i;
		i += 3;
	}
	if (n > f->n) {
		f->last = FOLD_HAN;
		f->run = 1;
	}
	f->n = n;
	f->seen |= seen;
	f->is_traditional |= simplified != 0;
	f->as_typed += 3 * n_same;
	return i;
}

static int read_one(struct fold *f, uint32_t i)
{
	const unsigned char *p = (const unsigned char *)f->raw.ptr;
	uint32_t cp = han_at(p, f->raw.len, i), to;

	if (p[i] < 0x80) {
		fold_ascii(f, p[i], i);
		/* Marks may yet be changed by what comes behind them. */
		f->as_typed += f->n && f->last == FOLD_WORD && f->chars[f->n - 1] == p[i] &&
			       f->origin[f->n - 1] == i;
		return 1;
	}
	if (!cp)
		return fold_other(f, i);
	to = han_simple[cp - HAN_TABLE_FIRST];
	f->is_traditional |= to != 0;
	cp = to ? to : cp;
	fold_han(f, cp, i, han_info_of(cp));
	return 3;
}

static int read_all(struct fold *f)
{
	for (size_t i = 0; i < f->raw.len;) {
		int r;

		i = read_han(f, i);
		if (i == f->raw.len)
			break;
		r = read_one(f, (uint32_t)i);
		if (r < 0)
			return r;
		i += (size_t)r;
	}
	fold_end(f);
	return 0;
}

/* The UTF-8 of the characters, and where each begins in it. */
static void write_out(struct arena *a, const uint32_t *chars, size_t n, struct text *ret)
{
	uint32_t *bytes = ARENA_ARRAY(a, n + 1, uint32_t);
	size_t len = 0;
	char *out;

	for (size_t i = 0; i < n; i++) {
		bytes[i] = (uint32_t)len;
		len += 1 + (chars[i] >= 0x80) + (chars[i] >= 0x800) + (chars[i] >= 0x10000);
	}
	bytes[n] = (uint32_t)len;
	out = arena_alloc(a, len + 1);
	for (size_t i = 0; i < n; i++) {
		if (chars[i] < 0x80)
			out[bytes[i]] = (char)chars[i];
		else
			utf8_encode(chars[i], out + bytes[i]);
	}
	ret->folded = view_make(out, len);
	ret->chars = chars;
	ret->bytes = bytes;
	ret->n_chars = n;
}

int text_fold(struct arena *a, struct view raw, struct text *ret)
{
	struct fold f = {.arena = a, .raw = raw};
	int r;

	if (raw.len >= RAW_MAX)
		return -E2BIG;
	/* One character a byte at most, but for what fold_other() makes room for itself. */
	grow(&f, raw.len + 2);
	r = read_all(&f);
	if (r < 0)
		return r;
	fold_rewrite(&f);
	fold_reserve(&f, 1, raw.len);
	f.origin[f.n] = (uint32_t)raw.len;
	ret->raw = raw;
	ret->origin = f.origin;
	if (f.as_typed == raw.len) {
		/* Most are as they were typed. */
		ret->folded = arena_copy(a, raw);
		ret->chars = f.chars;
		ret->bytes = f.origin;
		ret->n_chars = f.n;
	} else {
		write_out(a, f.chars, f.n, ret);
	}
	return 0;
}

static void clip(const struct text *t, size_t *from, size_t *to)
{
	if (*to > t->n_chars)
		*to = t->n_chars;
	if (*from > *to)
		*from = *to;
}

struct view text_part(const struct text *t, size_t from, size_t to)
{
	clip(t, &from, &to);
	return view_sub(t->folded, t->bytes[from], t->bytes[to] - t->bytes[from]);
}

struct view text_typed(const struct text *t, size_t from, size_t to)
{
	clip(t, &from, &to);
	if (from == to)
		return view_sub(t->raw, t->origin[from], 0);
	/* A character that came with its neighbours from one place ends where the next place
	 * begins. */
	while (to < t->n_chars && t->origin[to] == t->origin[to - 1])
		to++;
	return view_sub(t->raw, t->origin[from], t->origin[to] - t->origin[from]);
}

size_t text_char_at(const struct text *t, size_t at)
{
	size_t low = 0, high = t->n_chars;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->bytes[mid + 1] <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void text_sub(struct arena *a, const struct text *t, size_t from, size_t to, struct text *ret)
{
	uint32_t *bytes;
	struct view part = text_part(t, from, to);

	clip(t, &from, &to);
	bytes = ARENA_ARRAY(a, to - from + 1, uint32_t);
	for (size_t i = from; i <= to; i++)
		bytes[i - from] = t->bytes[i] - t->bytes[from];
	ret->raw = t->raw;
	ret->folded = arena_copy(a, part);
	ret->chars = t->chars + from;
	ret->bytes = bytes;
	ret->origin = t->origin + from;
	ret->n_chars = to - from;
}
