/* SPDX-License-Identifier: Apache-2.0 */
/*
 * search.c - finding the places of a text one after another.
 *
 * First what is written, longest name first; then, where nothing was found, what sounds like a
 * well-known place: characters with one of them right (正州), or letters (zhengzhou).
 */
#include "nlu/gazetteer.h"

#include "nlu/cue.h"
#include "text/pinyin.h"

#define ENDS_MAX 16

/* Two letters that stand for a city beside a word of a matter: "zz jzz zenme ban". */
static const struct {
	const char *letters, *id;
} city_letters[] = {
    {"zz", "410100"}, {"bj", "110000"}, {"gz", "440100"}, {"sz", "440300"},
    {"hz", "330100"}, {"nj", "320100"}, {"cd", "510100"}, {"cq", "500000"},
    {"tj", "120000"}, {"wh", "420100"}, {"xa", "610100"},
};

static bool lies_near(const struct place *p, const struct place *other)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < other->n; j++)
			if (p->candidates[i] != other->candidates[j] &&
			    region_lies_in(p->candidates[i], other->candidates[j]))
				return true;
	return false;
}

/* Names that never decide alone (和平, 商城) count right behind the place they lie in. */
static bool is_led(const struct search *s, const struct place *p, uint32_t start)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;

	if (!last || last->end > start || start - last->end > 1 ||
	    (start > last->end && han_is(s->text->chars[last->end]) &&
	     s->text->chars[last->end] != 0x7684 /* 的 */))
		return false;
	return lies_near(p, last->place);
}

static bool is_acceptable(const struct search *s, const struct place *p, uint32_t start,
			  uint32_t end)
{
	const struct cues *cues = &s->g->cues;

	if (p->name->kind == REGION_NAME_ABBR && p->n_chars == 1)
		return cue_allows_abbreviation(cues, s->text, start);
	/* Names in letters (an app's) are whole words. */
	if (char_is_letter(p->chars[0]) && start > 0 && char_is_letter(s->text->chars[start - 1]))
		return false;
	if (char_is_letter(p->chars[p->n_chars - 1]) && end < s->text->n_chars &&
	    char_is_letter(s->text->chars[end]))
		return false;
	if (cue_is_inside_word(cues, s->text, start, end))
		return false;
	return !p->is_weak || is_led(s, p, start);
}

static void add(struct search *s, const struct place *p, uint32_t start, uint32_t end,
		bool is_corrected)
{
	struct mention *m = &s->found[s->n++];

	*m = (struct mention){.start = start,
			      .end = end,
			      .name = p->name,
			      .candidates = p->candidates,
			      .weights = p->weights,
			      .n_candidates = p->n,
			      .is_corrected = is_corrected,
			      .place = p};
}

/* The longest acceptable name that starts at `start`; gives its end, or 0. */
static uint32_t find_written(struct search *s, uint32_t start)
{
	const struct place *places[ENDS_MAX];
	uint32_t state = 0, ends[ENDS_MAX], n = 0;

	for (uint32_t i = start; i < s->text->n_chars && n < ENDS_MAX; i++) {
		state = trie_step(&s->g->exact, state, s->text->chars[i]);
		if (!state)
			break;
		if (s->g->exact.values[state]) {
			places[n] = &s->g->places[s->g->exact.values[state] - 1];
			ends[n++] = i + 1;
		}
	}
	while (n-- > 0)
		if (is_acceptable(s, places[n], start, ends[n])) {
			add(s, places[n], start, ends[n], places[n]->is_mistyped);
			return ends[n];
		}
	return 0;
}

/*
 * How many characters are right. 0 if one of the others is a common word of its own or sounds only
 * nearly so, unless a place is expected there.
 */
static size_t count_right(const struct search *s, const struct place *p, size_t from)
{
	const struct sound *items = s->sounds->items + from;
	bool is_doubtful = false;
	size_t n_right = 0;

	for (uint32_t i = 0; i < p->n_chars; i++) {
		uint32_t c = s->text->chars[items[i].start];

		if (c == p->chars[i])
			n_right++;
		else if (cue_is_common_char(&s->g->cues, c) ||
			 items[i].syllable != pinyin_of(p->chars[i]))
			is_doubtful = true;
	}
	if (is_doubtful &&
	    (p->candidates[0]->level == REGION_COUNTY ||
	     !cue_is_slot(&s->g->cues, s->text, items[0].start, items[p->n_chars - 1].end)))
		return 0;
	/* A county is only heard with its 区 or 县: 保安 is not 宝安. */
	if (p->weights[0] < HEARD_WEIGHT)
		return 0;
	return p->candidates[0]->level == REGION_COUNTY && p->name->kind != REGION_NAME_FULL
		   ? 0
		   : n_right;
}

/* Of places that sound the same, the one with the most characters right. */
static void add_heard(struct search *s, const struct place *first, size_t from, size_t end)
{
	const struct place *best = NULL;
	size_t best_right = 0;

	for (const struct place *p = first;; p = &s->g->places[p->next_heard - 1]) {
		size_t n_right = count_right(s, p, from);

		if (n_right > best_right) {
			best = p;
			best_right = n_right;
		}
		if (!p->next_heard)
			break;
	}
	if (best)
		add(s, best, s->sounds->items[from].start, s->sounds->items[end - 1].end, true);
}

static const struct place *next_heard(const struct search *s, const struct place *p)
{
	return p->next_heard ? &s->g->places[p->next_heard - 1] : NULL;
}

static bool sounds_exactly(const struct search *s, const struct place *p, size_t from)
{
	uint16_t syllables[32];

	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars; i++)
		if (s->sounds->items[from + i].syllable != syllables[i])
			return false;
	return p->weights[0] >= HEARD_WEIGHT || term_hits_have(s->terms, true);
}

/* Typed in letters every place that sounds so is a candidate: shanxi, suzhou. */
static void add_typed(struct search *s, const struct place *first, size_t from, size_t end)
{
	size_t n = 0, max = 0;
	const struct region **candidates;
	struct mention *m;
	uint8_t *weights;

	for (const struct place *p = first; p; p = next_heard(s, p))
		if (sounds_exactly(s, p, from))
			max += p->n;
	if (!max)
		return;
	while (!sounds_exactly(s, first, from))
		first = next_heard(s, first);
	add(s, first, s->sounds->items[from].start, s->sounds->items[end - 1].end, true);
	if (max == first->n)
		return;
	candidates = ARENA_ARRAY(s->arena, max, const struct region *);
	weights = ARENA_ARRAY(s->arena, max, uint8_t);
	for (const struct place *p = first; p; p = next_heard(s, p))
		for (size_t i = 0; i < p->n && sounds_exactly(s, p, from); i++) {
			candidates[n] = p->candidates[i];
			weights[n++] = p->weights[i];
		}
	/* Each chain link is sorted; the whole only matters for the first two. */
	for (size_t i = 2; i < n; i++)
		if (weights[i] > weights[1]) {
			const struct region *r = candidates[1];
			uint8_t w = weights[1];

			candidates[1] = candidates[i];
			weights[1] = weights[i];
			candidates[i] = r;
			weights[i] = w;
		}
	m = &s->found[s->n - 1];
	m->candidates = candidates;
	m->weights = weights;
	m->n_candidates = n;
}

/* The longest place heard from sounds[from] on; `limit` is where the next written place starts. */
static size_t find_heard(struct search *s, size_t from, uint32_t limit)
{
	const struct sound *items = s->sounds->items;
	const struct place *best = NULL;
	uint32_t state = 0;
	size_t best_end = from, n_before = s->n;

	for (size_t i = from; i < s->sounds->n && items[i].syllable && items[i].end <= limit &&
			      items[i].is_typed == items[from].is_typed;
	     i++) {
		state = trie_step(&s->g->sound, state, items[i].fuzzy);
		if (!state)
			break;
		if (s->g->sound.values[state]) {
			best = &s->g->places[s->g->sound.values[state] - 1];
			best_end = i + 1;
		}
	}
	if (!best || cue_is_other_word(&s->g->cues, s->text, items[from].start))
		return from;
	if (items[from].is_typed)
		add_typed(s, best, from, best_end);
	else
		add_heard(s, best, from, best_end);
	return s->n > n_before ? best_end : from;
}

static const struct place *letters_place(const struct search *s, const struct sound *x)
{
	struct view run = view_sub(s->text->folded, s->text->bytes[x->start],
				   s->text->bytes[x->end] - s->text->bytes[x->start]);

	if (x->syllable || !x->is_typed || run.len != 2 || !term_hits_have(s->terms, true))
		return NULL;
	for (size_t i = 0; i < sizeof(city_letters) / sizeof(city_letters[0]); i++)
		if (view_is(run, city_letters[i].letters))
			return s->g->letters[i];
	return NULL;
}

/* Sounds in the gap [from, to) between written places. */
static void fill_gap(struct search *s, size_t *next_sound, uint32_t from, uint32_t to)
{
	while (*next_sound < s->sounds->n && s->sounds->items[*next_sound].start < to) {
		const struct sound *x = &s->sounds->items[*next_sound];
		const struct place *p;
		size_t end = *next_sound;

		if (x->start >= from && s->n < s->max) {
			end = find_heard(s, *next_sound, to);
			p = end == *next_sound ? letters_place(s, x) : NULL;
			if (p)
				add(s, p, x->start, x->end, true);
		}
		*next_sound = end > *next_sound ? end : *next_sound + 1;
	}
}

void gazetteer_search(struct search *s)
{
	size_t next_sound = 0, n_written;
	uint32_t n_chars = (uint32_t)s->text->n_chars, from = 0;
	struct mention written[LIMIT_MENTIONS];

	for (uint32_t i = 0; i < n_chars && s->n < s->max;) {
		uint32_t end = find_written(s, i);

		i = end ? end : i + 1;
	}
	if (!s->sounds)
		return;
	n_written = s->n;
	memcpy(written, s->found, n_written * sizeof(*written));
	s->n = 0;
	for (size_t i = 0; i < n_written && s->n < s->max; i++) {
		fill_gap(s, &next_sound, from, written[i].start);
		from = written[i].end;
		if (s->n < s->max)
			s->found[s->n++] = written[i];
	}
	fill_gap(s, &next_sound, from, n_chars);
}

void gazetteer_link_letters(struct gazetteer *g, const struct region_table *table)
{
	for (size_t i = 0; i < sizeof(city_letters) / sizeof(city_letters[0]); i++) {
		const struct region *r = region_find(table, view_of(city_letters[i].id));

		for (size_t j = 0; r && j < g->n_places && !g->letters[i]; j++)
			if (g->places[j].candidates[0] == r &&
			    g->places[j].name->kind == REGION_NAME_SHORT)
				g->letters[i] = &g->places[j];
	}
}
