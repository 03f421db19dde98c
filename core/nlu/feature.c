/* SPDX-License-Identifier: Apache-2.0 */
/*
 * feature.c - from a reading to symbols, from symbols to hashed n-grams.
 *
 * A symbol is a character, a fuzzy syllable, or one of the marks below that stand for whatever must
 * not be learnt by heart: places, figures, foreign words' edges.
 */
#include "nlu/feature.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "nlu/gloss.h"
#include "text/pinyin.h"

enum symbol {
	SYMBOL_EDGE = 0x110000,           /* begin and end of the text           */
	SYMBOL_MARK,                      /* punctuation                         */
	SYMBOL_APP,                       /* an app that implies a place: 随申办 */
	SYMBOL_OWN,                       /* 居住证, in frames                   */
	SYMBOL_OTHER,                     /* 社保卡, in frames                   */
	SYMBOL_OWN_LAW,                   /* 香港, 台湾: who is from there is told apart */
	SYMBOL_PLACE,                     /* + enum mention_role                 */
	SYMBOL_FIGURE = SYMBOL_PLACE + 8, /* + its number of digits, at most 4 */
	SYMBOL_SOUND = 0x120000,          /* + fuzzy syllable          */
	SYMBOL_WORD = 0x40000000,         /* + hash of a word in letters */
};

struct symbols {
	uint32_t *items;
	size_t n;
};

/* Where features go; every hash once. */
struct sink {
	uint64_t *out;
	size_t n;
	uint64_t *seen; /* open addressing; 0 is free */
	size_t mask;
	/* For feature_describe(): stop at this one. */
	uint64_t wanted;
	const uint32_t *found;
	size_t n_found;
};

static void emit(struct sink *s, uint64_t hash, const uint32_t *symbols, size_t n)
{
	size_t at = hash & s->mask;

	while (s->seen[at] && s->seen[at] != hash)
		at = (at + 1) & s->mask;
	if (s->seen[at])
		return;
	s->seen[at] = hash;
	s->out[s->n++] = hash;
	if (hash == s->wanted) {
		s->found = symbols;
		s->n_found = n;
	}
}

static bool is_plain(uint32_t symbol)
{
	return symbol != SYMBOL_EDGE && symbol != SYMBOL_MARK;
}

/* n-grams of 1 .. longest symbols; edges and marks only within longer ones. */
static void emit_ngrams(struct sink *s, struct symbols in, unsigned longest, uint64_t seed)
{
	for (size_t i = 0; i < in.n; i++) {
		uint64_t h = seed;

		for (size_t j = i; j < in.n && j < i + longest; j++) {
			h = (h ^ in.items[j]) * 0x9e3779b97f4a7c15u;
			h ^= h >> 29;
			if (j > i || is_plain(in.items[j]))
				emit(s, hash_mix(h) | 1, in.items + i, j - i + 1);
		}
	}
}

static uint32_t word_symbol(const struct text *text, uint32_t start, uint32_t end)
{
	uint64_t h = hash_seeded(text->folded.ptr + text->bytes[start],
				 text->bytes[end] - text->bytes[start], 1);

	return SYMBOL_WORD | (uint32_t)(h & 0x3fffffff);
}

/* A run of digits by its length; the length of what is no run is 0. */
static uint32_t figure_end(const struct text *text, uint32_t from)
{
	while (from < text->n_chars && char_is_digit(text->chars[from]))
		from++;
	return from;
}

static uint32_t figure_symbol(uint32_t length)
{
	return SYMBOL_FIGURE + (length > 4 ? 4 : length);
}

static uint32_t mention_symbol(const struct mention *m)
{
	if (m->name && m->name->kind == REGION_NAME_APP && m->role == MENTION_TARGET)
		return SYMBOL_APP;
	if (m->n_candidates && region_has_own_law(m->candidates[0]))
		return SYMBOL_OWN_LAW;
	return SYMBOL_PLACE + m->role;
}

static void put_symbol(struct symbols *s, uint32_t symbol)
{
	/* "！！！" and "，，" are one mark, a place written in full (河南省郑州市) is one place. */
	if ((symbol == SYMBOL_MARK || symbol == SYMBOL_PLACE) && s->n &&
	    s->items[s->n - 1] == symbol)
		return;
	s->items[s->n++] = symbol;
}

/* The mention that starts at or covers `at`, going on from *next; NULL if there is none. */
static const struct mention *mention_at(const struct mentions *m, size_t *next, uint32_t at)
{
	while (*next < m->n && (m->items[*next].end <= at || m->items[*next].role == MENTION_PART))
		++*next;
	return *next < m->n && m->items[*next].start <= at ? &m->items[*next] : NULL;
}

static const struct term_hit *term_at(const struct term_hits *t, size_t *next, uint32_t at,
				      bool only_corrected)
{
	while (*next < t->n &&
	       (t->items[*next].end <= at || (only_corrected && !t->items[*next].is_corrected)))
		++*next;
	return *next < t->n && t->items[*next].start <= at ? &t->items[*next] : NULL;
}

/* A word in letters: what it would be in Chinese if we know it, else a symbol of its own. */
static uint32_t put_word(struct symbols *out, const struct reading *r, uint32_t at, bool as_sounds)
{
	const struct text *text = &r->text;
	uint32_t end = letters_end(text, at), chinese[GLOSS_CHARS];
	size_t n = gloss_find(r->catalog, text_part(text, at, end), chinese);

	for (size_t i = 0; i < n; i++)
		put_symbol(out, as_sounds
				    ? SYMBOL_SOUND + (uint32_t)pinyin_fuzzy(pinyin_of(chinese[i]))
				    : chinese[i]);
	if (n == 0)
		put_symbol(out, word_symbol(text, at, end));
	return end;
}

/* What starts at `at` and is no place; gives where it ends. */
static uint32_t put_char(struct symbols *out, const struct reading *r, uint32_t at, bool as_sounds)
{
	const struct text *text = &r->text;
	uint32_t c = text->chars[at], end = at + 1;

	if (char_is_letter(c)) {
		end = put_word(out, r, at, as_sounds);
	} else if (char_is_digit(c)) {
		end = figure_end(text, at);
		put_symbol(out, figure_symbol(end - at));
	} else if (han_is(c) || c >= 0x1f000) {
		put_symbol(out, c);
	} else if (c != ' ') {
		put_symbol(out, SYMBOL_MARK);
	}
	return end;
}

static void put_edge(struct symbols *out)
{
	if (out->n && out->items[out->n - 1] == SYMBOL_MARK)
		out->n--;
	out->items[out->n++] = SYMBOL_EDGE;
}

static void put_term(struct symbols *out, const struct term *term, bool as_frame)
{
	if (as_frame) {
		put_symbol(out, term->matter ? SYMBOL_OWN : SYMBOL_OTHER);
		return;
	}
	for (size_t i = 0; i < term->n_chars; i++)
		put_symbol(out, term->chars[i]);
}

static struct symbols char_symbols(struct arena *a, const struct reading *r, bool as_frame)
{
	/* Corrected terms (jzz) and translated words (id) may be longer than what was typed. */
	struct symbols out = {ARENA_ARRAY(a, 2 * r->text.n_chars + 2 + 32 * r->terms.n, uint32_t),
			      0};
	size_t next_mention = 0, next_term = 0;

	out.items[out.n++] = SYMBOL_EDGE;
	for (uint32_t i = 0; i < r->text.n_chars;) {
		const struct mention *m = mention_at(&r->mentions, &next_mention, i);
		const struct term_hit *t = term_at(&r->terms, &next_term, i, !as_frame);

		if (m) {
			put_symbol(&out, mention_symbol(m));
			i = m->end;
		} else if (t) {
			put_term(&out, t->term, as_frame);
			i = t->end;
		} else {
			i = put_char(&out, r, i, false);
		}
	}
	put_edge(&out);
	return out;
}

static struct symbols sound_symbols(struct arena *a, const struct reading *r)
{
	struct symbols out = {ARENA_ARRAY(a, 2 * r->text.n_chars + 2 + 32 * r->terms.n, uint32_t),
			      0};
	size_t next_mention = 0, next_term = 0;
	struct sounds sounds = r->sounds;
	uint32_t done = 0;

	if (!sounds.items)
		sounds_make(a, &r->text, &sounds);
	out.items[out.n++] = SYMBOL_EDGE;
	for (size_t i = 0; i < sounds.n; i++) {
		const struct sound *s = &sounds.items[i];
		const struct mention *m;
		const struct term_hit *t;

		if (s->start < done)
			continue;
		m = mention_at(&r->mentions, &next_mention, s->start);
		t = term_at(&r->terms, &next_term, s->start, true);
		if (m) {
			put_symbol(&out, mention_symbol(m));
			done = m->end;
		} else if (t) {
			for (size_t j = 0; j < t->term->n_chars; j++)
				put_symbol(&out, SYMBOL_SOUND +
						     pinyin_fuzzy(pinyin_of(t->term->chars[j])));
			done = t->end;
		} else if (s->fuzzy) {
			put_symbol(&out, SYMBOL_SOUND + s->fuzzy);
		} else {
			done = put_char(&out, r, s->start, true);
		}
	}
	put_edge(&out);
	return out;
}

static void emit_cue(struct sink *s, uint32_t what, uint32_t value)
{
	emit(s, hash_mix(((uint64_t)what << 32 | value) + 0x5157u) | 1, NULL, 0);
}

static uint32_t length_bucket(size_t n)
{
	uint32_t b = 0;

	for (; n > 3; n = n * 2 / 3)
		b++;
	return b;
}

static void emit_cues(struct sink *s, const struct reading *r)
{
	size_t n_apps = 0;
	bool has_question = false;

	for (size_t i = 0; i < r->mentions.n; i++)
		n_apps +=
		    r->mentions.items[i].name && r->mentions.items[i].name->kind == REGION_NAME_APP;
	for (size_t i = 0; i < r->text.n_chars; i++)
		has_question |= r->text.chars[i] == '?' || r->text.chars[i] == 0xff1f;
	emit_cue(s, 1, r->mentions.n_targets > 2 ? 2 : (uint32_t)r->mentions.n_targets);
	emit_cue(s, 2, n_apps > 0);
	emit_cue(s, 3, length_bucket(r->text.n_chars));
	emit_cue(s, 4, has_question);
	emit_cue(s, 5,
		 (uint32_t)term_hits_have(&r->terms, true) * 2 + term_hits_have(&r->terms, false));
}

/* Pieces of foreign words, so that "residnce" is near "residence". */
static void emit_letters(struct sink *s, const struct text *text)
{
	for (uint32_t i = 0; i < text->n_chars;) {
		uint32_t end = letters_end(text, i);

		for (uint32_t j = i; j + 3 <= end; j++)
			emit(s,
			     hash_mix(0x7eu + ((uint64_t)text->chars[j] << 40 |
					       (uint64_t)text->chars[j + 1] << 20 |
					       text->chars[j + 2])) |
				 1,
			     text->chars + j, 3);
		i = end > i ? end : i + 1;
	}
}

static void make(const struct feature_rules *rules, struct arena *a, const struct reading *r,
		 struct features *ret, struct sink *s)
{
	struct symbols chars = char_symbols(a, r, false), sounds = sound_symbols(a, r);
	struct symbols frame = {NULL, 0};
	size_t cap = r->text.n_chars + 16, n_seen = 64, from[FEATURE_VIEWS + 1] = {0};

	/* A frame says something new only where another matter is named. */
	if (rules->longest[FEATURE_FRAME] && term_hits_have(&r->terms, false))
		frame = char_symbols(a, r, true);
	cap += chars.n * rules->longest[FEATURE_CHARS] + sounds.n * rules->longest[FEATURE_SOUNDS] +
	       frame.n * rules->longest[FEATURE_FRAME];
	while (n_seen < cap + cap / 2)
		n_seen *= 2;
	s->out = ARENA_ARRAY(a, cap, uint64_t);
	s->seen = ARENA_ARRAY(a, n_seen, uint64_t);
	s->mask = n_seen - 1;
	if (rules->longest[FEATURE_CHARS]) {
		emit_ngrams(s, chars, rules->longest[FEATURE_CHARS], 0x11);
		emit_letters(s, &r->text);
	}
	from[FEATURE_SOUNDS] = s->n;
	emit_ngrams(s, sounds, rules->longest[FEATURE_SOUNDS], 0x22);
	from[FEATURE_FRAME] = s->n;
	emit_ngrams(s, frame, rules->longest[FEATURE_FRAME], 0x33);
	from[FEATURE_CUES] = s->n;
	if (rules->longest[FEATURE_CUES])
		emit_cues(s, r);
	from[FEATURE_VIEWS] = s->n;
	for (int v = 0; v < FEATURE_VIEWS; v++) {
		ret->hashes[v] = s->out + from[v];
		ret->n[v] = from[v + 1] - from[v];
	}
}

void features_make(const struct feature_rules *rules, struct arena *a, const struct reading *r,
		   struct features *ret)
{
	struct sink s = {.wanted = 0};

	make(rules, a, r, ret, &s);
}

static void describe_symbol(struct buf *b, uint32_t symbol)
{
	char utf8[UTF8_MAX];

	if (symbol >= SYMBOL_WORD)
		buf_str(b, "⟦word⟧");
	else if (symbol >= SYMBOL_SOUND)
		buf_printf(b, "%s ", pinyin_spell((uint16_t)(symbol - SYMBOL_SOUND)));
	else if (symbol > SYMBOL_FIGURE)
		buf_str(b, "⟦数⟧");
	else if (symbol >= SYMBOL_PLACE)
		buf_str(b, "⟦地⟧");
	else if (symbol == SYMBOL_OWN)
		buf_str(b, "⟦本⟧");
	else if (symbol == SYMBOL_OTHER)
		buf_str(b, "⟦他⟧");
	else if (symbol == SYMBOL_APP)
		buf_str(b, "⟦app⟧");
	else if (symbol == SYMBOL_MARK)
		buf_str(b, "，");
	else if (symbol == SYMBOL_EDGE)
		buf_str(b, "⟦｜⟧");
	else
		buf_add(b, utf8, utf8_encode(symbol, utf8));
}

struct view feature_describe(const struct feature_rules *rules, struct arena *a,
			     const struct reading *r, uint64_t hash)
{
	struct sink s = {.wanted = hash};
	struct features f;
	struct buf b = BUF_INIT;
	struct view v;

	make(rules, a, r, &f, &s);
	for (size_t i = 0; i < s.n_found; i++)
		describe_symbol(&b, s.found[i]);
	v = arena_copy(a, buf_view(&b));
	buf_done(&b);
	return v;
}
