/* SPDX-License-Identifier: Apache-2.0 */
/* fold-put.c - a character is added: blanks, repetition and stops are settled against the last. */
#include "text/fold-state.h"

#define STOP     0x3002u /* 。 */
#define ELLIPSIS 0x2026u /* … */

static bool is_alnum(uint32_t cp)
{
	return (cp | 0x20) - 'a' < 26 || cp - '0' < 10;
}

static void push(struct fold *f, uint32_t cp, uint32_t at, uint8_t kind)
{
	f->chars[f->n] = cp;
	f->origin[f->n] = at;
	f->n++;
	f->last = kind;
	f->run = 1;
}

static uint32_t last_char(const struct fold *f)
{
	return f->n ? f->chars[f->n - 1] : 0;
}

/* A "." turns out to end a sentence unless letters or digits touch it on both sides. */
static void settle_dot(struct fold *f, bool touched)
{
	if (!touched || f->n < 2 || !is_alnum(f->chars[f->n - 2]))
		f->chars[f->n - 1] = STOP;
}

/* Before a word: the blank or line break that waits becomes one character or none. */
static void settle_blank(struct fold *f, uint8_t next)
{
	if (f->blank == FOLD_PUNCT && f->last >= FOLD_WORD)
		push(f, ',', f->blank_from, FOLD_PUNCT);
	else if (f->blank == FOLD_BLANK && f->last == FOLD_WORD && next == FOLD_WORD)
		push(f, ' ', f->blank_from, FOLD_BLANK);
	f->blank = FOLD_NOTHING;
}

void fold_blank(struct fold *f, uint32_t at, bool line)
{
	if (!f->blank)
		f->blank_from = at;
	if (line || !f->blank)
		f->blank = line ? FOLD_PUNCT : FOLD_BLANK;
}

void fold_han(struct fold *f, uint32_t cp, uint32_t at, unsigned info)
{
	if (last_char(f) == '.')
		settle_dot(f, false);
	if (f->blank)
		settle_blank(f, FOLD_HAN);
	if (last_char(f) == cp && !(info & HAN_NUMERAL)) {
		if (++f->run > 2 || info & HAN_PARTICLE)
			return;
		f->chars[f->n] = cp;
		f->origin[f->n++] = at;
		return;
	}
	f->seen |= info;
	push(f, cp, at, FOLD_HAN);
}

void fold_word(struct fold *f, uint32_t cp, uint32_t at)
{
	if (last_char(f) == '.')
		settle_dot(f, !f->blank && is_alnum(cp));
	if (f->blank)
		settle_blank(f, FOLD_WORD);
	/* Digits say something each, and so does www. */
	if (last_char(f) == cp && cp - '0' >= 10 && cp != 'w') {
		uint32_t run = f->run + 1;

		if (run <= 2)
			push(f, cp, at, FOLD_WORD);
		f->run = run;
		return;
	}
	push(f, cp, at, FOLD_WORD);
}

static bool is_stop(uint32_t cp)
{
	return cp == '.' || cp == STOP || cp == ELLIPSIS;
}

void fold_punct(struct fold *f, uint32_t cp, uint32_t at)
{
	uint32_t last = last_char(f), before = f->n > 1 ? f->chars[f->n - 2] : 0;
	bool blank = f->blank != FOLD_NOTHING;

	f->blank = FOLD_NOTHING;
	if (is_stop(last) && is_stop(cp)) {
		f->chars[f->n - 1] = ELLIPSIS;
		return;
	}
	if (last == '.')
		settle_dot(f, false);
	if (last == cp && !(cp == '/' && before == ':'))
		return;
	if ((cp == '?' || cp == '!') && before == cp && (last == '?' || last == '!'))
		return;
	/* " .5" is no fraction of what stands before the blank. */
	push(f, cp == '.' && blank ? STOP : cp, at, FOLD_PUNCT);
}

void fold_ascii(struct fold *f, uint32_t cp, uint32_t at)
{
	if (cp - 'A' < 26)
		fold_word(f, cp | 0x20, at);
	else if (is_alnum(cp))
		fold_word(f, cp, at);
	else if (cp == ' ' || cp == '\t')
		fold_blank(f, at, false);
	else if (cp >= '\n' && cp <= '\r')
		fold_blank(f, at, true);
	else if (cp > ' ' && cp < 0x7f)
		fold_punct(f, cp == '`' ? '\'' : cp, at);
}

void fold_end(struct fold *f)
{
	if (last_char(f) == '.')
		settle_dot(f, false);
}
