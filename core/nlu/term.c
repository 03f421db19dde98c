/* SPDX-License-Identifier: Apache-2.0 */
/*
 * term.c - four small automata, one a view: characters, fuzzy syllables, shapes, initials.
 *
 * A correction must keep most of the word: three syllables that sound alike (or two, one of them
 * as written), three characters that look alike, three initials.
 */
#include "nlu/term.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "nlu/trie.h"
#include "text/pinyin.h"

#define TERM_CHARS 32

struct term_table {
	struct arena arena;
	VEC(struct term) terms;
	struct trie exact, sound, shape, initials;
	struct trie alike; /* words of one character: the first of its group */
};

static size_t decode(struct view v, uint32_t *out, size_t max)
{
	return utf8_take(&v, out, max);
}

static uint32_t shape_of(const struct term_table *t, uint32_t c)
{
	uint32_t state = trie_step(&t->alike, 0, c);

	return state ? t->alike.values[state] : c;
}

static void put_once(struct trie *t, const uint32_t *symbols, size_t n, uint32_t value)
{
	uint32_t *at = trie_put(t, symbols, n);

	if (!*at)
		*at = value;
}

/* The views of a term in characters; `value` is its index + 1. */
static void add_views(struct term_table *t, const struct term *term, uint32_t value)
{
	uint32_t sound[TERM_CHARS], shape[TERM_CHARS], initials[TERM_CHARS];

	for (size_t i = 0; i < term->n_chars; i++) {
		uint16_t s = pinyin_of(term->chars[i]);

		if (!s || !han_is(term->chars[i]))
			return;
		sound[i] = pinyin_fuzzy(s);
		initials[i] = (unsigned char)pinyin_spell(s)[0];
		shape[i] = shape_of(t, term->chars[i]);
	}
	if (term->n_chars >= 2)
		put_once(&t->sound, sound, term->n_chars, value);
	if (term->n_chars >= 3) {
		put_once(&t->shape, shape, term->n_chars, value);
		put_once(&t->initials, initials, term->n_chars, value);
	}
}

static void add_term(struct term_table *t, const struct matter *m, struct view written)
{
	struct term *term = vec_push(&t->terms);
	uint32_t *chars = ARENA_ARRAY(&t->arena, TERM_CHARS, uint32_t);
	uint32_t value = (uint32_t)t->terms.n;
	size_t n = decode(written, chars, TERM_CHARS);

	*term = (struct term){written, chars, n, m};
	if (n == 0 || n == TERM_CHARS) {
		t->terms.n--;
		return;
	}
	put_once(&t->exact, chars, n, value);
	if (!m)
		return;
	if (!char_is_letter(chars[0])) {
		add_views(t, term, value);
		return;
	}
	/* Letters are read as the matter's first term: "jzz" as 居住证. */
	term->chars = ARENA_ARRAY(&t->arena, TERM_CHARS, uint32_t);
	term->n_chars = decode(m->terms[0], (uint32_t *)term->chars, TERM_CHARS);
}

/* What is a matter's word is no name of something else. */
static void add_terms(struct term_table *t, const struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->n_matters; i++)
		for (size_t j = 0; j < catalog->matters[i].n_terms; j++)
			add_term(t, &catalog->matters[i], catalog->matters[i].terms[j]);
	for (size_t i = 0; i < catalog->n_matters; i++)
		for (size_t j = 0; j < catalog->matters[i].n_others; j++)
			add_term(t, NULL, catalog->matters[i].others[j]);
	for (size_t i = 0; i < catalog->n_intents; i++)
		for (size_t j = 0; j < catalog->intents[i].n_names; j++)
			add_term(t, NULL, catalog->intents[i].names[j]);
}

/* Characters that are taken for each other by eye: the first group that has one counts. */
static void add_look_alikes(struct term_table *t, const struct matter *m)
{
	for (size_t i = 0; i < m->n_look_alikes; i++) {
		uint32_t group[TERM_CHARS];
		size_t n = decode(m->look_alikes[i], group, TERM_CHARS);

		for (size_t j = 0; j < n; j++)
			put_once(&t->alike, &group[j], 1, group[0]);
	}
}

struct term_table *term_table_new(const struct catalog *catalog)
{
	struct term_table *t = calloc(1, sizeof(*t));

	if (!t)
		die_oom(sizeof(*t));
	arena_init(&t->arena, 0);
	trie_init(&t->exact);
	trie_init(&t->sound);
	trie_init(&t->shape);
	trie_init(&t->initials);
	trie_init(&t->alike);
	for (size_t i = 0; catalog && i < catalog->n_matters; i++)
		add_look_alikes(t, &catalog->matters[i]);
	if (catalog)
		add_terms(t, catalog);
	return t;
}

void term_table_free(struct term_table *t)
{
	if (!t)
		return;
	trie_done(&t->exact);
	trie_done(&t->sound);
	trie_done(&t->shape);
	trie_done(&t->initials);
	trie_done(&t->alike);
	vec_done(&t->terms);
	arena_done(&t->arena);
	free(t);
}

/* What a scan builds: the best hit at each start, and what is taken. */
struct scan {
	const struct term_table *t;
	const struct text *text;
	const struct sounds *sounds;
	struct term_hit *hits; /* by start; term NULL: none */
	bool *taken;
	size_t n;
};

static bool is_free(const struct scan *s, uint32_t start, uint32_t end)
{
	for (uint32_t i = start; i < end; i++)
		if (s->taken[i])
			return false;
	return true;
}

static void take(struct scan *s, uint32_t start, uint32_t end, uint32_t value, bool is_corrected)
{
	if (!value || !is_free(s, start, end))
		return;
	memset(s->taken + start, 1, end - start);
	s->hits[start] = (struct term_hit){start, end, &s->t->terms.items[value - 1], is_corrected};
	s->n++;
}

/* A term in letters must be a whole word: "id" is not in "idea", but "sbk" in "zhengzhousbk". */
static bool is_cut_run(const struct scan *s, uint32_t start, uint32_t end)
{
	const struct text *text = s->text;

	return char_is_letter(text->chars[start]) &&
	       ((start > 0 && char_is_letter(text->chars[start - 1])) ||
		(end < text->n_chars && char_is_letter(text->chars[end]))) &&
	       !sounds_are_broken(s->sounds, start, end);
}

static void scan_exact(struct scan *s)
{
	for (uint32_t i = 0; i < s->text->n_chars; i++) {
		uint32_t state = 0, best = 0, best_end = 0;

		for (uint32_t j = i; j < s->text->n_chars; j++) {
			state = trie_step(&s->t->exact, state, s->text->chars[j]);
			if (!state)
				break;
			if (s->t->exact.values[state]) {
				best = s->t->exact.values[state];
				best_end = j + 1;
			}
		}
		if (best && !is_cut_run(s, i, best_end)) {
			take(s, i, best_end, best, false);
			i = best_end - 1;
		}
	}
}

static bool sound_is_enough(const struct scan *s, size_t from, size_t n, uint32_t value)
{
	const struct term *term = &s->t->terms.items[value - 1];

	if (n >= 3)
		return true;
	if (s->sounds->items[from].is_typed)
		return s->sounds->items[from + 1].is_typed;
	for (size_t i = 0; i < n; i++)
		if (s->text->chars[s->sounds->items[from + i].start] == term->chars[i])
			return true;
	return false;
}

static void scan_sound(struct scan *s)
{
	for (size_t i = 0; i < s->sounds->n; i++) {
		uint32_t state = 0, best = 0;
		size_t best_end = 0;

		for (size_t j = i; j < s->sounds->n && s->sounds->items[j].fuzzy; j++) {
			state = trie_step(&s->t->sound, state, s->sounds->items[j].fuzzy);
			if (!state)
				break;
			if (s->t->sound.values[state]) {
				best = s->t->sound.values[state];
				best_end = j;
			}
		}
		if (best && sound_is_enough(s, i, best_end - i + 1, best))
			take(s, s->sounds->items[i].start, s->sounds->items[best_end].end, best,
			     true);
	}
}

static void scan_shape(struct scan *s)
{
	for (uint32_t i = 0; i < s->text->n_chars; i++) {
		uint32_t state = 0;

		for (uint32_t j = i; j < s->text->n_chars; j++) {
			state = trie_step(&s->t->shape, state, shape_of(s->t, s->text->chars[j]));
			if (!state)
				break;
			take(s, i, j + 1, s->t->shape.values[state], true);
		}
	}
}

/* Letters that are no syllables and begin with a term's initials: "jzz", "jzzbh". */
static void scan_initials(struct scan *s)
{
	for (size_t i = 0; i < s->sounds->n; i++) {
		const struct sound *run = &s->sounds->items[i];
		uint32_t state = 0;

		if (!run->is_typed || run->syllable)
			continue;
		for (uint32_t j = run->start; j < run->end; j++) {
			state = trie_step(&s->t->initials, state, s->text->chars[j]);
			if (!state)
				break;
			take(s, run->start, j + 1, s->t->initials.values[state], true);
		}
	}
}

void term_scan(const struct term_table *t, struct arena *a, const struct text *text,
	       const struct sounds *sounds, struct term_hits *ret)
{
	struct scan s = {.t = t, .text = text, .sounds = sounds};
	size_t n = 0;

	*ret = (struct term_hits){NULL, 0};
	if (t->terms.n == 0)
		return;
	s.hits = ARENA_ARRAY(a, text->n_chars + 1, struct term_hit);
	s.taken = ARENA_ARRAY(a, text->n_chars + 1, bool);
	scan_exact(&s);
	scan_sound(&s);
	scan_shape(&s);
	scan_initials(&s);
	for (size_t i = 0; i < text->n_chars; i++)
		if (s.hits[i].term)
			s.hits[n++] = s.hits[i];
	*ret = (struct term_hits){s.hits, n};
}
