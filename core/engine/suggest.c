/* SPDX-License-Identifier: Apache-2.0 */
/*
 * suggest.c - typing is held against each intent's question: as characters, as pinyin, as initials.
 *
 * There are some dozens of questions, so each is looked at; nothing is indexed.
 */
#include "engine/suggest.h"

#include "text/fold.h"
#include "text/pinyin.h"

#define TYPED_MAX 32

void suggestions_build(struct generation *g)
{
	struct suggestion *all =
	    ARENA_ARRAY(&g->arena, g->catalog.n_intents + 1, struct suggestion);

	for (size_t i = 0; i < g->catalog.n_intents; i++) {
		const struct intent *intent = &g->catalog.intents[i];
		struct suggestion *s = &all[g->n_suggestions];
		struct text text;
		uint16_t *syllables;

		if (intent->kind != INTENT_QUESTION ||
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

struct typed {
	uint32_t chars[TYPED_MAX]; /* without the place */
	size_t n;
	uint16_t syllables[TYPED_MAX]; /* when it is letters alone and pinyin */
	size_t n_syllables;
	const struct region *region;
};

static bool is_letter(uint32_t c)
{
	return c >= 'a' && c <= 'z';
}

static void read_typed(const struct generation *g, struct arena *a, struct view raw,
		       struct typed *ret)
{
	struct understanding u;
	char letters[TYPED_MAX];
	bool all_letters = true;
	size_t next = 0;

	memset(ret, 0, sizeof(*ret));
	if (understand(g->understander, a, raw, &u) < 0)
		return;
	if (u.mentions.n_targets == 1)
		ret->region = u.mentions.targets[0];
	for (size_t i = 0; i < u.text.n_chars && ret->n < TYPED_MAX; i++) {
		while (next < u.mentions.n && u.mentions.items[next].end <= i)
			next++;
		if (ret->region && next < u.mentions.n && u.mentions.items[next].start <= i)
			continue;
		if (u.text.chars[i] <= ' ')
			continue;
		all_letters &= is_letter(u.text.chars[i]);
		letters[ret->n] = (char)u.text.chars[i];
		ret->chars[ret->n++] = u.text.chars[i];
	}
	if (ret->n > 0 && all_letters)
		ret->n_syllables =
		    pinyin_cut(view_make(letters, ret->n), ret->syllables, TYPED_MAX);
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

static int match_pinyin(const struct typed *t, const struct suggestion *s)
{
	for (size_t j = 0; t->n_syllables && j + t->n_syllables <= s->n; j++) {
		size_t i = 0;

		while (i < t->n_syllables && s->syllables[j + i] == t->syllables[i])
			i++;
		if (i == t->n_syllables)
			return (int)(i * 100 - j);
	}
	return 0;
}

static int match_initials(const struct typed *t, const struct suggestion *s)
{
	for (size_t j = 0; t->n >= 2 && j + t->n <= s->n; j++) {
		size_t i = 0;

		while (i < t->n && is_letter(t->chars[i]) &&
		       pinyin_spell(s->syllables[j + i])[0] == (char)t->chars[i])
			i++;
		if (i == t->n)
			return (int)(i * 60 - j);
	}
	return 0;
}

static int match(const struct typed *t, const struct suggestion *s)
{
	int score = match_chars(t, s), other = match_pinyin(t, s);

	if (other > score)
		score = other;
	other = match_initials(t, s);
	if (other > score)
		score = other;
	/* A place alone is a beginning too: everything fits a little. */
	return t->n == 0 && t->region ? 1 + s->is_default : score;
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
		scores[i] = match(&t, &g->suggestions[i]);
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
