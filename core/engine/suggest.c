/* SPDX-License-Identifier: Apache-2.0 */
/*
 * suggest.c - typing is held against each intent's question: as characters, as pinyin, as initials.
 *
 * There are some dozens of questions, so each is looked at; nothing is indexed.
 */
#include "engine/suggest.h"

#include "text/fold.h"
#include "text/pinyin.h"

#define TYPED_MAX  32
#define TOKENS_MAX 8
#define OPEN_MAX   4 /* letters of a syllable that is being typed: zhua */

void suggestions_build(struct generation *g)
{
	struct suggestion *all =
	    ARENA_ARRAY(&g->arena, g->catalog.n_intents + 1, struct suggestion);

	/* Matter by matter: of what fits as well the first matter's comes first. */
	for (size_t i = 0; i < (g->catalog.n_matters + 1) * g->catalog.n_intents; i++) {
		const struct intent *intent = &g->catalog.intents[i % g->catalog.n_intents];
		size_t of = i / g->catalog.n_intents;
		struct suggestion *s = &all[g->n_suggestions];
		struct text text;
		uint16_t *syllables;

		if (intent->kind != INTENT_QUESTION ||
		    intent->matter !=
			(of < g->catalog.n_matters ? &g->catalog.matters[of] : NULL) ||
		    text_fold(&g->arena, intent->question, &text) < 0)
			continue;
		syllables = ARENA_ARRAY(&g->arena, text.n_chars + 1, uint16_t);
		for (size_t j = 0; j < text.n_chars; j++)
			syllables[j] = pinyin_of(text.chars[j]);
		*s = (struct suggestion){intent, text.chars, syllables, text.n_chars,
					 facets_of(&g->facets, intent)->is_default};
		g->n_suggestions++;
	}
	g->suggestions = all;
}

/* A run of letters: jzz, dai, shenme, or duoji, the beginning of 多久. */
struct token {
	uint16_t syllables[TYPED_MAX];
	size_t n_syllables;
	char letters[TYPED_MAX];
	size_t n;
	size_t n_open; /* of these, at the end, that may be the beginning of a syllable */
};

struct typed {
	uint32_t chars[TYPED_MAX]; /* without the place and the letters */
	size_t n;
	struct token tokens[TOKENS_MAX];
	size_t n_tokens;
	const struct region *region;
};

static bool is_letter(uint32_t c)
{
	return c >= 'a' && c <= 'z';
}

/* The last syllable may not be whole yet. */
static void read_syllables(struct token *t)
{
	for (t->n_open = 0; t->n_open < t->n && t->n_open <= OPEN_MAX; t->n_open++) {
		t->n_syllables =
		    pinyin_cut(view_make(t->letters, t->n - t->n_open), t->syllables, TYPED_MAX);
		if (t->n_syllables > 0)
			return;
	}
	t->n_open = 0;
}

static void put_char(struct typed *t, uint32_t c, bool goes_on)
{
	struct token *last;

	if (!is_letter(c)) {
		if (t->n < TYPED_MAX)
			t->chars[t->n++] = c;
		return;
	}
	if (!goes_on && t->n_tokens == TOKENS_MAX)
		return;
	if (!goes_on)
		t->tokens[t->n_tokens++].n = 0;
	last = &t->tokens[t->n_tokens - 1];
	if (last->n < TYPED_MAX)
		last->letters[last->n++] = (char)c;
}

static void read_typed(const struct generation *g, struct arena *a, struct view raw,
		       struct typed *ret)
{
	struct understanding u;
	bool in_letters = false;
	size_t next = 0;

	ret->n = ret->n_tokens = 0;
	ret->region = NULL;
	if (understand(g->understander, a, raw, DATE_NONE, &u) < 0)
		return;
	if (u.mentions.n_targets == 1)
		ret->region = u.mentions.targets[0];
	for (size_t i = 0; i < u.text.n_chars; i++) {
		uint32_t c = u.text.chars[i];

		while (next < u.mentions.n && u.mentions.items[next].end <= i)
			next++;
		if (c <= ' ' ||
		    (ret->region && next < u.mentions.n && u.mentions.items[next].start <= i)) {
			in_letters = false;
			continue;
		}
		put_char(ret, c, in_letters && ret->n_tokens > 0);
		in_letters = is_letter(c);
	}
	for (size_t i = 0; i < ret->n_tokens; i++)
		read_syllables(&ret->tokens[i]);
}

/* How much of what was typed stands in the question, in order; 100 a character, more in one run. */
static int match_chars(const struct typed *t, const struct suggestion *s)
{
	size_t from = 0, hits = 0, runs = 0, last = SIZE_MAX - 1;

	for (size_t i = 0; i < t->n; i++) {
		for (size_t j = from; j < s->n; j++) {
			if (s->chars[j] != t->chars[i])
				continue;
			hits++;
			runs += j != last + 1;
			last = j;
			from = j + 1;
			break;
		}
	}
	/* Half of it must be found: the rest may be a slip or a filler. */
	return hits * 2 > t->n ? (int)(hits * 100 - runs * 20 - (t->n - hits) * 40) : 0;
}

/* At the characters from `at` on: all syllables, and the beginning of one more. */
static bool has_syllables(const struct token *t, const struct suggestion *s, size_t at)
{
	const char *open = t->letters + t->n - t->n_open;
	size_t i = 0;

	while (i < t->n_syllables && s->syllables[at + i] == t->syllables[i])
		i++;
	return i == t->n_syllables &&
	       (t->n_open == 0 || (at + i < s->n && strncmp(pinyin_spell(s->syllables[at + i]),
							    open, t->n_open) == 0));
}

static int match_pinyin(const struct token *t, const struct suggestion *s)
{
	for (size_t j = 0; t->n_syllables && j + t->n_syllables <= s->n; j++)
		if (has_syllables(t, s, j))
			return (int)(t->n_syllables * 100 + t->n_open * 20 - j);
	return 0;
}

static int match_initials(const struct token *t, const struct suggestion *s)
{
	for (size_t j = 0; j + t->n <= s->n; j++) {
		size_t i = 0;

		while (i < t->n && pinyin_spell(s->syllables[j + i])[0] == t->letters[i])
			i++;
		if (i == t->n)
			return (int)(i * 60 - j);
	}
	return 0;
}

/* Words in letters, each where it fits best; half of them must. */
static int match_tokens(const struct typed *t, const struct suggestion *s)
{
	size_t hits = 0;
	int sum = 0;

	for (size_t i = 0; i < t->n_tokens; i++) {
		int pinyin = match_pinyin(&t->tokens[i], s);
		int initials = match_initials(&t->tokens[i], s);
		int best = pinyin > initials ? pinyin : initials;

		hits += best > 0;
		sum += best > 0 ? best : -40;
	}
	/* One letter alone says nothing yet. */
	if (t->n == 0 && t->n_tokens == 1 && t->tokens[0].n < 2)
		return 0;
	return hits * 2 > t->n_tokens && sum > 0 ? sum : 0;
}

/* A place alone is a beginning too: first what is usual, and what is known there. */
static int match_place(const struct generation *g, const struct typed *t,
		       const struct suggestion *s)
{
	struct registry_walk walk = registry_walk(g->registry, t->region, s->intent->name);
	struct registry_hop hop;
	bool is_known = registry_next(&walk, &hop) && hop.level->level != REGION_NATION;

	return 1 + 2 * is_known + s->is_default;
}

static int match(const struct generation *g, const struct typed *t, const struct suggestion *s)
{
	/* Of what fits as well the usual comes first, and what is known there. */
	int place = t->region ? match_place(g, t, s) : 0, chars, tokens;

	if (t->n == 0 && t->n_tokens == 0)
		return place;
	chars = t->n ? match_chars(t, s) : 0;
	tokens = match_tokens(t, s);
	/* 上海jzz: both must fit; 上海a: one letter is no word yet. */
	if (t->n == 0)
		return tokens > 0 ? tokens + place : 0;
	return chars > 0 ? chars + tokens + place : 0;
}

static struct view question(struct arena *a, const struct intent *intent,
			    const struct region *region)
{
	if (!region || view_starts(intent->question, VIEW("我的")))
		return intent->question;
	return arena_printf(a, "%.*s%.*s", VIEW_ARG(region->short_name),
			    VIEW_ARG(intent->question));
}

size_t suggestions_find(const struct generation *g, struct arena *a, struct view typed,
			struct view *out, size_t max)
{
	int *scores = ARENA_ARRAY(a, g->n_suggestions + 1, int);
	struct typed t;
	size_t n = 0;

	read_typed(g, a, typed, &t);
	for (size_t i = 0; i < g->n_suggestions; i++)
		scores[i] = match(g, &t, &g->suggestions[i]);
	while (n < max) {
		size_t best = 0;

		for (size_t i = 1; i < g->n_suggestions; i++) {
			if (scores[i] > scores[best])
				best = i;
		}
		if (g->n_suggestions == 0 || scores[best] <= 0)
			break;
		scores[best] = 0;
		out[n++] = question(a, g->suggestions[best].intent, t.region);
	}
	return n;
}
