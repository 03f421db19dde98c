/* SPDX-License-Identifier: Apache-2.0 */
/*
 * typing.c - kinds of mistyping: where each can strike, and what it leaves.
 *
 * A kind says how many characters it would change from a place on (its reach) and puts them down
 * changed; which places are struck is decided here, in the same way for all.
 */
#include "cli/typing.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "cli/typing-tables.h"
#include "text/fold.h"
#include "text/pinyin.h"

struct draft {
	const struct typing *typing;
	struct arena *arena;
	struct buf *out;
	uint64_t random; /* the state of chance */
	uint32_t *chars;
	uint16_t *syllables;
	uint8_t *reach; /* from each place on; 0: nothing can be changed there */
	bool *is_struck;
	size_t n;
	bool was_letters; /* letters of ours stand last in `out` */
};

struct kind {
	const char *name;
	double usual;
	bool overlaps; /* reaches may overlap; the first that is struck counts */
	size_t (*reach)(struct draft *d, size_t at);
	void (*put)(struct draft *d, size_t at, size_t n);
};

static uint64_t chance(struct draft *d)
{
	d->random += 0x9e3779b97f4a7c15u;
	return hash_mix(d->random);
}

static size_t choose(struct draft *d, size_t n)
{
	return (size_t)(chance(d) % n);
}

static bool is_likely(struct draft *d, double rate)
{
	return (double)(chance(d) >> 11) / 9007199254740992.0 < rate;
}

static void put_char(struct draft *d, uint32_t cp)
{
	char bytes[UTF8_MAX];

	buf_add(d->out, bytes, utf8_encode(cp, bytes));
}

static size_t han_run(const struct draft *d, size_t at, size_t most)
{
	size_t n = 0;

	while (n < most && at + n < d->n && d->syllables[at + n])
		n++;
	return n;
}

/* ---- sound and shape ---- */

static size_t reach_sound(struct draft *d, size_t at)
{
	size_t n;

	typing_sounds_like(d->typing, d->syllables[at], &n);
	return n > 1 || (n == 1 && !typing_is_common(d->typing, d->chars[at]));
}

static void put_sound(struct draft *d, size_t at, size_t n)
{
	const struct common *list = typing_sounds_like(d->typing, d->syllables[at], &n);
	uint64_t sum = 0, left;

	for (size_t i = 0; i < n; i++)
		if (list[i].cp != d->chars[at])
			sum += list[i].count;
	left = chance(d) % sum;
	for (size_t i = 0; i < n; i++) {
		if (list[i].cp == d->chars[at])
			continue;
		if (left < list[i].count) {
			put_char(d, list[i].cp);
			return;
		}
		left -= list[i].count;
	}
}

static size_t reach_shape(struct draft *d, size_t at)
{
	uint32_t others[TYPING_ALIKE_MAX];

	return typing_looks_like(d->chars[at], others) > 0;
}

static void put_shape(struct draft *d, size_t at, size_t n)
{
	uint32_t others[TYPING_ALIKE_MAX];

	n = typing_looks_like(d->chars[at], others);
	put_char(d, others[choose(d, n)]);
}

/* ---- another script ---- */

static size_t reach_traditional(struct draft *d, size_t at)
{
	size_t n = d->n - at < TYPING_WORD_MAX ? d->n - at : TYPING_WORD_MAX;

	return typing_traditional(d->chars + at, n, NULL);
}

static void put_traditional(struct draft *d, size_t at, size_t n)
{
	const char *word = NULL;

	typing_traditional(d->chars + at, n, &word);
	buf_str(d->out, word);
}

/* People part what they spell at words; two or three characters are most words. */
static size_t reach_letters(struct draft *d, size_t at)
{
	size_t run = han_run(d, at, 4);

	return run <= 3 ? run : 2 + choose(d, 2);
}

static void part_letters(struct draft *d)
{
	if (d->was_letters)
		buf_char(d->out, ' ');
	d->was_letters = true;
}

static void put_pinyin(struct draft *d, size_t at, size_t n)
{
	part_letters(d);
	for (size_t i = 0; i < n; i++)
		buf_str(d->out, pinyin_spell(d->syllables[at + i]));
}

static void put_initials(struct draft *d, size_t at, size_t n)
{
	part_letters(d);
	for (size_t i = 0; i < n; i++)
		buf_char(d->out, pinyin_initial(d->syllables[at + i]));
}

/* Full width and half width of the marks that people mix up. */
static uint32_t other_width(uint32_t cp)
{
	static const uint32_t marks[][2] = {{0x3002, '.'}, {0x3000, ' '},  {0x201c, '"'},
					    {0x201d, '"'}, {0x2018, '\''}, {0x2019, '\''}};

	if (cp > 0x20 && cp < 0x7f)
		return cp + 0xfee0;
	if (cp > 0xff00 && cp < 0xff5f)
		return cp - 0xfee0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i][0] == cp)
			return marks[i][1];
	return 0;
}

static size_t reach_width(struct draft *d, size_t at)
{
	return other_width(d->chars[at]) != 0;
}

static void put_width(struct draft *d, size_t at, size_t n)
{
	(void)n;
	put_char(d, other_width(d->chars[at]));
}

/* ---- fingers ---- */

static size_t reach_one(struct draft *d, size_t at)
{
	return d->n > 2 && d->syllables[at];
}

static void put_nothing(struct draft *d, size_t at, size_t n)
{
	(void)d, (void)at, (void)n;
}

static void put_twice(struct draft *d, size_t at, size_t n)
{
	(void)n;
	put_char(d, d->chars[at]);
	put_char(d, d->chars[at]);
}

static size_t reach_two(struct draft *d, size_t at)
{
	return d->n > 2 && han_run(d, at, 2) == 2 && d->chars[at] != d->chars[at + 1] ? 2 : 0;
}

static void put_swapped(struct draft *d, size_t at, size_t n)
{
	while (n--)
		put_char(d, d->chars[at + n]);
}

/* ---- marks ---- */

static bool is_mark(uint32_t cp)
{
	static const uint32_t marks[] = {',',    '.',    '?',    '!',    0xff0c, 0x3002,
					 0xff1f, 0xff01, 0x3001, 0x2026, '~'};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i] == cp)
			return true;
	return false;
}

static size_t reach_any(struct draft *d, size_t at)
{
	/* Inside a word of letters or digits nobody puts a mark. */
	return d->syllables[at] || is_mark(d->chars[at]) || at + 1 == d->n;
}

static void put_mark(struct draft *d, size_t at, size_t n)
{
	static const char *const inner[] = {"，", " ", "、", "…", ",", "  "};
	static const char *const last[] = {"？", "？？？", "！", "。。。", "~", "!!", "??", "。"};

	(void)n;
	if (is_mark(d->chars[at])) {
		/* Gone, or three times. */
		for (size_t k = choose(d, 2) ? 3 : 0; k > 0; k--)
			put_char(d, d->chars[at]);
		return;
	}
	put_char(d, d->chars[at]);
	if (at + 1 == d->n)
		buf_str(d->out, last[choose(d, sizeof(last) / sizeof(last[0]))]);
	else
		buf_str(d->out, inner[choose(d, sizeof(inner) / sizeof(inner[0]))]);
}

static void put_emoji(struct draft *d, size_t at, size_t n)
{
	static const char *const emoji[] = {"😭",    "🙏", "😂",        "❓",      "😅",
					    "🤔", "😊", "👍🏻", "❤️", "🏠"};

	(void)n;
	put_char(d, d->chars[at]);
	buf_str(d->out, emoji[choose(d, sizeof(emoji) / sizeof(emoji[0]))]);
}

static const struct kind kinds[TYPING_KINDS] = {
    [TYPING_SOUND] = {"sound", TYPING_ONE, false, reach_sound, put_sound},
    [TYPING_SHAPE] = {"shape", TYPING_ONE, false, reach_shape, put_shape},
    [TYPING_TRADITIONAL] = {"traditional", 1, false, reach_traditional, put_traditional},
    [TYPING_PINYIN] = {"pinyin", 1, false, reach_letters, put_pinyin},
    [TYPING_INITIALS] = {"initials", TYPING_ONE, false, reach_letters, put_initials},
    [TYPING_WIDTH] = {"width", 1, false, reach_width, put_width},
    [TYPING_DROP] = {"drop", TYPING_ONE, false, reach_one, put_nothing},
    [TYPING_REPEAT] = {"repeat", TYPING_ONE, false, reach_one, put_twice},
    [TYPING_SWAP] = {"swap", TYPING_ONE, true, reach_two, put_swapped},
    [TYPING_PUNCTUATION] = {"punctuation", 0.15, false, reach_any, put_mark},
    [TYPING_EMOJI] = {"emoji", TYPING_ONE, false, reach_any, put_emoji},
};

const char *typing_name(enum typing_kind kind)
{
	return kinds[kind].name;
}

int typing_find(struct view name)
{
	for (int i = 0; i < TYPING_KINDS; i++)
		if (view_is(name, kinds[i].name))
			return i;
	return -1;
}

/* ---- which places ---- */

static bool read_text(struct draft *d, struct view text)
{
	uint32_t *plain = ARENA_ARRAY(d->arena, text.len + 1, uint32_t);

	d->chars = ARENA_ARRAY(d->arena, text.len + 1, uint32_t);
	d->syllables = ARENA_ARRAY(d->arena, text.len + 1, uint16_t);
	d->reach = ARENA_ARRAY(d->arena, text.len + 1, uint8_t);
	d->is_struck = ARENA_ARRAY(d->arena, text.len + 1, bool);
	while (text.len > 0) {
		int len = utf8_decode(text, &d->chars[d->n]);

		if (len <= 0)
			return false;
		plain[d->n] = han_simplify(d->chars[d->n]);
		d->n++;
		text = view_sub(text, (size_t)len, text.len);
	}
	pinyin_text(plain, d->n, d->syllables);
	return true;
}

static void strike(struct draft *d, const struct kind *kind, double rate)
{
	size_t n_places = 0, left;

	for (size_t i = 0; i < d->n;) {
		d->reach[i] = (uint8_t)kind->reach(d, i);
		n_places += d->reach[i] > 0;
		i += kind->overlaps || d->reach[i] == 0 ? 1 : d->reach[i];
	}
	if (n_places == 0)
		return;
	left = rate < 0 ? choose(d, n_places) : 0;
	for (size_t i = 0; i < d->n; i++) {
		if (d->reach[i] == 0)
			continue;
		d->is_struck[i] = rate < 0 ? left-- == 0 : is_likely(d, rate);
	}
}

static void put_all(struct draft *d, const struct kind *kind)
{
	for (size_t i = 0; i < d->n;) {
		if (d->is_struck[i]) {
			kind->put(d, i, d->reach[i]);
			i += d->reach[i];
			continue;
		}
		/* Letters that were typed and letters of ours are not to run together. */
		if (d->was_letters && d->chars[i] < 0x80 && d->chars[i] > ' ')
			buf_char(d->out, ' ');
		d->was_letters = false;
		put_char(d, d->chars[i++]);
	}
}

void typing_make(const struct typing *t, const struct typing_how *how, struct view text,
		 struct buf *out)
{
	const struct kind *kind = &kinds[how->kind];
	struct arena arena;
	struct draft d = {.typing = t, .arena = &arena, .out = out};

	arena_init(&arena, 0);
	d.random = hash_seeded(text.ptr, text.len, how->seed * TYPING_KINDS + how->kind);
	if (read_text(&d, text)) {
		strike(&d, kind, how->rate == TYPING_USUAL ? kind->usual : how->rate);
		put_all(&d, kind);
	} else {
		buf_view_add(out, text);
	}
	arena_done(&arena);
}
