/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letters.c - finding places typed in letters: zhengzhou, zai yi wu, Hong Kong, zz.
 *
 * Whole words are compared with the spelling of every name, so that jinan is 济南 whichever way it
 * is cut; inside a longer run (zhengzhoujuzhuzheng) its syllables are.
 */
#include "nlu/cue.h"
#include "nlu/letters.h"
#include "text/pinyin.h"

/* 喀什 is spelt as 卡是 is. */
#define KASHI 653100

/* Two letters that stand for a city beside a word of a matter: "zz jzz zenme ban". */
static const struct {
	const char *letters, *id;
} city_letters[] = {
    {"zz", "410100"}, {"bj", "110000"}, {"gz", "440100"}, {"sz", "440300"}, {"hz", "330100"},
    {"nj", "320100"}, {"cd", "510100"}, {"cq", "500000"}, {"tj", "120000"}, {"wh", "420100"},
    {"xa", "610100"}, {"sh", "310000"}, {"xm", "350200"}, {"dg", "441900"}, {"fs", "440600"},
};

/* More letters are the first ones of a name; of two characters too many are. */
#define INITIALS_MIN     3
#define INITIALS_SEVERAL UINT32_MAX
#define ER               0x5c14 /* 尔 */

static const struct place *next_heard(const struct search *s, const struct place *p)
{
	return p->next_heard ? &s->g->places[p->next_heard - 1] : NULL;
}

bool search_is_cut_well(const struct search *s, const struct place *p, uint32_t start, uint32_t end,
			uint32_t n_words)
{
	uint16_t syllables[NAME_CHARS];
	uint32_t at = start, n = p->n_chars;

	/* yibao ka shi 上海 de: 卡是 */
	if (n_words == 2 && p->candidates[0]->code == KASHI)
		return false;
	if (n_words == 1 || n > 3 || char_is_letter(p->chars[0]) ||
	    (n == 3 && p->name->kind == REGION_NAME_SHORT))
		return true;
	pinyin_text(p->chars, n, syllables);
	for (uint32_t i = 0; i < n; i++) {
		at += (uint32_t)strlen(pinyin_spell(syllables[i]));
		/* weihai shi: the stem may be one word. */
		if (i + 2 < n && n_words == 2)
			continue;
		if (at != end && at < s->text->n_chars && char_is_letter(s->text->chars[at]))
			return false;
		if (at < end)
			at++;
	}
	return true;
}

/* One of all that is spelt the same. */
static bool is_one_believed(const struct search *s, const struct place *p, uint32_t start,
			    uint32_t end, uint32_t n_words)
{
	for (; p; p = place_next_typed(s, p))
		if (search_is_cut_well(s, p, start, end, n_words) &&
		    letters_are_believed(s, p, start, end))
			return true;
	return false;
}

/* gu'an xian is no 冠县. */
static bool is_parted_otherwise(const struct search *s, const struct place *p, uint32_t start,
				uint32_t end)
{
	uint32_t n_words = 1;

	for (uint32_t i = start; i < end; i++)
		n_words += s->text->chars[i] == ' ' || s->text->chars[i] == '\'';
	return n_words > 1 && !search_is_cut_well(s, p, start, end, n_words);
}

/* Of all that is spelt like `first` the likeliest with blanks where they stand. */
static const struct place *first_parted_so(const struct search *s, const struct place *first,
					   uint32_t start, uint32_t end)
{
	for (const struct place *p = first; p; p = place_next_typed(s, p))
		if (!is_parted_otherwise(s, p, start, end))
			return p;
	return first;
}

void search_add_typed(struct search *s, const struct place *first, uint32_t start, uint32_t end)
{
	const struct region **candidates;
	size_t n = 0, max = 0;
	struct mention *m;
	uint8_t *weights;

	first = first_parted_so(s, first, start, end);
	for (const struct place *p = first; p; p = place_next_typed(s, p))
		max += p->n;
	candidates = ARENA_ARRAY(s->arena, max, const struct region *);
	weights = ARENA_ARRAY(s->arena, max, uint8_t);
	for (const struct place *p = first; p; p = place_next_typed(s, p)) {
		/* What is a word too, or what few mean, is one more reading only behind its city.
		 */
		if (p != first &&
		    (p->is_weak ||
		     (p->weights[0] < CUED_WEIGHT && first->weights[0] >= CUED_WEIGHT)) &&
		    !search_is_led(s, p, start))
			continue;
		if (p != first && is_parted_otherwise(s, p, start, end))
			continue;
		for (size_t i = 0; i < p->n; i++) {
			size_t at = n++;

			for (; at > 0 && weights[at - 1] < p->weights[i]; at--) {
				weights[at] = weights[at - 1];
				candidates[at] = candidates[at - 1];
			}
			weights[at] = p->weights[i];
			candidates[at] = p->candidates[i];
		}
	}
	search_add(s, first, start, end, !char_is_letter(first->chars[0]));
	m = &s->found[s->n - 1];
	m->candidates = candidates;
	m->weights = weights;
	m->n_candidates = n;
}

/* beijing lu 88 hao, nanjing lu buxingjie */
static bool is_street_behind(const struct search *s, uint32_t end)
{
	static const char *const streets[] = {" lu", " jie"};
	static const char *const behind[] = {" buxing", " fujin", " paichusuo", " shequ", " nabian",
					     " zhe",    " zhu,",  " zhu ",      "那边",   "这边",
					     " 那边",   " 这边",  ",",          "-"};
	struct view rest = text_part(s->text, end, s->text->n_chars);

	for (size_t i = 0; i < sizeof(streets) / sizeof(streets[0]); i++) {
		uint32_t at = end + (uint32_t)strlen(streets[i]);
		struct view next;

		if (!view_starts(rest, view_of(streets[i])))
			continue;
		next = text_part(s->text, at, s->text->n_chars);
		if (next.len == 0 ||
		    view_starts_any(next, behind, sizeof(behind) / sizeof(*behind)))
			return true;
		if (at + 1 < s->text->n_chars && s->text->chars[at] == ' ' &&
		    char_is_digit(s->text->chars[at + 1]))
			return true;
	}
	return false;
}

/* linyi县: of all that is spelt so the only one that is called so in full; NULL: none, or several.
 */
static const struct place *in_full(const struct search *s, const struct place *first, uint32_t kind)
{
	const struct place *only = NULL;

	for (const struct place *p = first; p; p = place_next_typed(s, p)) {
		uint32_t state = 0;

		for (uint32_t i = 0; i < p->n_chars && (i == 0 || state); i++)
			state = trie_step(&s->g->exact, state, p->chars[i]);
		state = state ? trie_step(&s->g->exact, state, kind) : 0;
		if (!state || !s->g->exact.values[state])
			continue;
		if (only && only != &s->g->places[s->g->exact.values[state] - 1])
			return NULL;
		only = &s->g->places[s->g->exact.values[state] - 1];
	}
	return only;
}

size_t search_spelt(const struct search *s, uint32_t start, uint32_t limit,
		    struct spelt out[SPELT_MOST])
{
	uint32_t sum = SPELLING_START, n_words = 0;
	const uint32_t *chars = s->text->chars;
	size_t n = 0;

	for (uint32_t i = start; n_words < SPELT_MOST && i < limit && char_is_letter(chars[i]);) {
		uint32_t end = sounds_word_end(s->sounds, s->text, i), state;

		while (i < end)
			sum = spelling_add(sum, chars[i++]);
		n_words++;
		state = trie_step(&s->g->typed, 0, sum);
		if (state && end <= limit)
			out[n++] = (struct spelt){&s->g->places[s->g->typed.values[state] - 1], end,
						  n_words};
		if (i < s->text->n_chars &&
		    (chars[i] == ' ' || chars[i] == '\'' || chars[i] == '-'))
			i++;
	}
	return n;
}

/* What is spelt so in [start, end); gives the end with its kind. */
static uint32_t add_spelt(struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	const uint32_t *chars = s->text->chars;
	const struct place *full =
	    end < s->text->n_chars && han_is(chars[end]) ? in_full(s, p, chars[end]) : NULL;

	if (full)
		search_add(s, full, start, ++end, true);
	else
		search_add_typed(s, p, start, end);
	return end;
}

/* The longest name that whole words from `start` on spell; gives its end, or 0. */
static uint32_t find_words(struct search *s, uint32_t start, uint32_t limit)
{
	struct spelt all[SPELT_MOST];
	size_t n = letters_are_phrase(s, start) ? 0 : search_spelt(s, start, limit, all);

	while (n-- > 0) {
		const struct place *p = all[n].place;

		/* xi an is no 先 any more. */
		if (!is_one_believed(s, p, start, all[n].end, all[n].n_words) &&
		    !(all[n].n_words == 2 && p->alike == ALIKE_MUCH && p->n_chars == 2 &&
		      p->weights[0] >= HEARD_WEIGHT))
			continue;
		return is_street_behind(s, all[n].end) ? 0 : add_spelt(s, p, start, all[n].end);
	}
	return 0;
}

static bool sounds_exactly(const struct search *s, const struct place *p, size_t from)
{
	uint16_t syllables[NAME_CHARS];

	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars; i++)
		if (s->sounds->items[from + i].syllable != syllables[i])
			return false;
	return true;
}

/* wozaikunshan: in the same run */
static bool is_led_in_run(const struct search *s, size_t from)
{
	static const char *const leads[] = {"zai", "dao", "cong", "lai", "qu"};
	const struct sound *before = from ? &s->sounds->items[from - 1] : NULL;

	if (!before || !before->is_typed || before->end != s->sounds->items[from].start)
		return false;
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
		if (view_is(view_of(pinyin_spell(before->syllable)), leads[i]))
			return true;
	return false;
}

/* beijinglu 88 hao: the run ends with the word for a street. */
static bool is_street(const struct search *s, size_t at)
{
	static const char *const streets[] = {"lu", "jie"};
	const struct sound *x = &s->sounds->items[at];
	uint32_t end;

	if (at >= s->sounds->n || !x->is_typed || x->start != x[-1].end)
		return false;
	end = letters_end(s->text, x->start);
	for (size_t i = 0; i < sizeof(streets) / sizeof(streets[0]); i++)
		if (view_is(text_part(s->text, x->start, end), streets[i]))
			return true;
	return false;
}

/* yiwujuzhuzheng: the run begins with it, and a word of a matter follows. */
static bool is_thing_next(const struct search *s, size_t from, size_t last)
{
	const struct sound *items = s->sounds->items;

	return (items[from].start == 0 || !char_is_letter(s->text->chars[items[from].start - 1])) &&
	       term_hits_from(s->terms, items[last].end, items[last].end, true);
}

/* dezhoulaoling: in the same run behind a place, and with what ends the run, a part of it. */
static size_t find_part_inside(struct search *s, size_t from, uint32_t limit)
{
	const struct sound *items = s->sounds->items;
	const struct place *best = NULL;
	uint32_t sum = SPELLING_START;
	size_t end = from;

	if (!s->n || s->found[s->n - 1].end != items[from].start)
		return from;
	for (size_t i = from; i < s->sounds->n && items[i].is_typed && items[i].end <= limit &&
			      (i == from || items[i].start == items[i - 1].end);
	     i++) {
		uint32_t state;

		for (uint32_t at = items[i].start; at < items[i].end; at++)
			sum = spelling_add(sum, s->text->chars[at]);
		if (items[i].end != letters_end(s->text, items[i].start) &&
		    !term_hits_from(s->terms, items[i].end, items[i].end, true))
			continue;
		state = trie_step(&s->g->typed, 0, sum);
		for (uint32_t at = state ? s->g->typed.values[state] : 0; at;
		     at = s->g->places[at - 1].next_typed)
			if (search_is_led(s, &s->g->places[at - 1], items[from].start)) {
				best = &s->g->places[at - 1];
				end = i + 1;
				break;
			}
	}
	if (best)
		search_add(s, best, items[from].start, items[end - 1].end, true);
	return end;
}

/* Syllables of one run of letters that are not all of it; only what is known well. */
static size_t find_inside(struct search *s, size_t from, uint32_t limit)
{
	const struct sound *items = s->sounds->items;
	const struct place *best = NULL;
	uint32_t state = 0;
	size_t end = from;
	int least = is_led_in_run(s, from) ? COUNTY_WEIGHT : HEARD_WEIGHT, enough;

	end = find_part_inside(s, from, limit);
	if (end > from)
		return end;
	for (size_t i = from; i < s->sounds->n && items[i].syllable && items[i].end <= limit &&
			      (i == from || items[i].start == items[i - 1].end);
	     i++) {
		state = trie_step(&s->g->sound, state, items[i].fuzzy);
		if (!state || !items[i].is_typed)
			break;
		if (!s->g->sound.values[state])
			continue;
		enough = is_thing_next(s, from, i) ? COUNTY_WEIGHT : least;
		for (const struct place *p = &s->g->places[s->g->sound.values[state] - 1];
		     p && p->weights[0] >= enough; p = next_heard(s, p))
			if (!p->is_weak && p->alike == ALIKE_NOTHING &&
			    sounds_exactly(s, p, from)) {
				best = p;
				end = i + 1;
				break;
			}
	}
	if (!best || is_street(s, end) || is_street_behind(s, items[end - 1].end) ||
	    letters_are_phrase(s, items[from].start) ||
	    cue_is_other_word(&s->g->cues, s->text, items[from].start))
		return from;
	search_add(s, best, items[from].start, items[end - 1].end, true);
	return end;
}

/* sjz, hrb: of a name of three characters or more the first letters. */
static const struct place *initials_place(const struct search *s, uint32_t start, uint32_t end)
{
	uint32_t sum = SPELLING_START, state;

	for (uint32_t i = start; i < end; i++)
		sum = spelling_add(sum, s->text->chars[i]);
	state = trie_step(&s->g->initials, 0, sum);
	if (!state || s->g->initials.values[state] == INITIALS_SEVERAL)
		return NULL;
	return &s->g->places[s->g->initials.values[state] - 1];
}

/* sys.gov, a-b: a piece of something longer. */
static bool is_joined(const struct text *text, uint32_t start, uint32_t end)
{
	static const char *const joints[] = {".", "-", "_", "@", "/"};

	return STARTS(text_part(text, end, text->n_chars), joints) ||
	       ENDS(text_part(text, 0, start), joints);
}

/* What letters stand for beside a word of a matter. */
static const struct place *letters_place(const struct search *s, const struct sound *x)
{
	uint32_t end = x->syllable ? letters_end(s->text, x->start) : x->end;
	struct view run = text_part(s->text, x->start, end);

	if (!s->has_thing && !letters_are_before_thing(s, end))
		return NULL;
	if (run.len >= INITIALS_MIN)
		return is_joined(s->text, x->start, end) || view_is(run, "sys")
			   ? NULL
			   : initials_place(s, x->start, end);
	if (x->syllable || run.len != 2)
		return NULL;
	for (size_t i = 0; i < sizeof(city_letters) / sizeof(city_letters[0]); i++)
		if (view_is(run, city_letters[i].letters))
			return s->g->letters[i];
	return NULL;
}

/* A run begins, or goes on behind what is written short: jzzheyuan. */
static bool is_word_start(const struct search *s, size_t from)
{
	const struct sound *x = &s->sounds->items[from];

	return x->start == 0 || !char_is_letter(s->text->chars[x->start - 1]) || !x->syllable ||
	       (from > 0 && !x[-1].syllable);
}

size_t search_typed(struct search *s, size_t from, uint32_t limit)
{
	const struct sound *x = &s->sounds->items[from];
	bool is_start = is_word_start(s, from);
	const struct place *p;
	uint32_t end;

	if (!s->is_thing_told)
		letters_find_thing(s);
	if (is_start) {
		end = find_words(s, x->start, limit);
		if (end) {
			while (from < s->sounds->n && s->sounds->items[from].start < end)
				from++;
			return from;
		}
		p = letters_place(s, x);
		if (p) {
			end = x->syllable ? letters_end(s->text, x->start) : x->end;
			search_add(s, p, x->start, end, true);
			while (from < s->sounds->n && s->sounds->items[from].start < end)
				from++;
			return from;
		}
	}
	return find_inside(s, from, limit);
}

/* The first letter of a syllable; of 尔 as people hear it: qqhr. */
static uint32_t initial(uint32_t cp, uint16_t syllable)
{
	return cp == ER ? 'r' : (unsigned char)*pinyin_spell(syllable);
}

/* Of cities. Letters that are typed more than twice are folded: hhht is hht. */
static void add_initials(struct gazetteer *g, uint32_t index)
{
	const struct place *p = &g->places[index], *other;
	uint32_t sum = SPELLING_START, last[2] = {0, 0}, *at;
	uint16_t syllables[NAME_CHARS];

	if (p->n_chars < INITIALS_MIN || p->n_chars > NAME_CHARS || p->is_mistyped ||
	    p->name->kind != REGION_NAME_SHORT || p->candidates[0]->level != REGION_CITY)
		return;
	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars; i++) {
		uint32_t letter = initial(p->chars[i], syllables[i]);

		if (letter == last[0] && letter == last[1])
			continue;
		last[1] = last[0];
		last[0] = letter;
		sum = spelling_add(sum, letter);
	}
	at = trie_put(&g->initials, &sum, 1);
	other = *at && *at != INITIALS_SEVERAL ? &g->places[*at - 1] : NULL;
	if (!*at || (other && other->candidates[0] == p->candidates[0]))
		*at = index + 1;
	else
		*at = INITIALS_SEVERAL;
}

void gazetteer_link_letters(struct gazetteer *g, const struct region_table *table)
{
	for (uint32_t i = 0; i < g->n_places; i++)
		add_initials(g, i);
	for (size_t i = 0; i < sizeof(city_letters) / sizeof(city_letters[0]); i++) {
		const struct region *r = region_find(table, view_of(city_letters[i].id));

		for (size_t j = 0; r && j < g->n_places && !g->letters[i]; j++)
			if (g->places[j].candidates[0] == r &&
			    g->places[j].name->kind == REGION_NAME_SHORT)
				g->letters[i] = &g->places[j];
	}
}
