/* SPDX-License-Identifier: Apache-2.0 */
/* doubt-list.c - which names may stand where no place was found; see doubt.h. */
#include "nlu/cue.h"
#include "nlu/doubt.h"
#include "nlu/letters.h"
#include "text/pinyin.h"
#include "text/shape.h"

#define CHARS_MIN     2
#define SYLLABLES_MAX 32
#define SPELT_WORDS   3

struct list {
	const struct search *s; /* as it is seen from `start` */
	uint32_t start;
	struct doubt *items;
	size_t n;
};

static void add_at(struct list *l, const struct place *p, uint32_t end, uint32_t hole,
		   enum doubt_kind kind, enum slur_level slur)
{
	if (l->n < DOUBTS_MOST)
		l->items[l->n++] = (struct doubt){p, l->start, end, hole, kind, slur};
}

static void add(struct list *l, const struct place *p, uint32_t end, uint32_t hole,
		enum doubt_kind kind)
{
	add_at(l, p, end, hole, kind, SLUR_NOTHING);
}

enum doubt_kind doubt_slip(uint32_t written, uint32_t meant)
{
	uint16_t a = pinyin_of(written), b = pinyin_of(meant);

	if (a && a == b)
		return DOUBT_SOUND;
	if (a && pinyin_fuzzy(a) == pinyin_fuzzy(b))
		return DOUBT_FUZZY;
	switch (shape_compare(written, meant)) {
	case SHAPE_ALIKE:
		return DOUBT_SHAPE;
	case SHAPE_REMINDS:
		return DOUBT_REMINDS;
	default:
		return DOUBT_REST;
	}
}

/* Of 攸县 nothing is left to tell it by but its kind. */
static bool is_brief_alone(const struct list *l, const struct place *p)
{
	return p->name->kind == REGION_NAME_FULL && p->n_chars == CHARS_MIN &&
	       !search_is_behind(l->s, l->start);
}

/* Names of which one character is wrong. */
static void add_hole(void *data, const struct place *p, uint32_t hole)
{
	struct list *l = data;
	uint32_t written = l->s->text->chars[l->start + hole], meant = p->chars[hole];
	bool is_long = p->n_chars > CHARS_MIN;
	enum doubt_kind kind;

	if (written == meant || !han_is(written) || is_brief_alone(l, p))
		return;
	kind = doubt_slip(written, meant);
	if (kind == DOUBT_REMINDS && !is_long && p->weights[0] < HEARD_WEIGHT)
		return;
	if (kind == DOUBT_REST &&
	    !(is_long && hole + 1 < p->n_chars && p->name->kind == REGION_NAME_SHORT))
		return;
	add(l, p, l->start + p->n_chars, hole, kind);
}

static void add_holes(struct list *l, uint32_t limit)
{
	const struct search *s = l->s;
	const uint32_t *chars = s->text->chars + l->start;

	gazetteer_each_hole(s->g, &s->g->holes, chars, limit - l->start, add_hole, l);
	if (search_is_behind(s, l->start))
		gazetteer_each_hole(s->g, &s->g->part_holes, chars, limit - l->start, add_hole, l);
}

/* … of which more than one is. */
static void add_heard(struct list *l, const struct place *p, const struct sound *from)
{
	uint16_t syllables[SYLLABLES_MAX];
	uint32_t hole = 0, wrong = 0;
	bool is_exact = true;

	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars; i++) {
		is_exact &= from[i].syllable == syllables[i];
		if (l->s->text->chars[from[i].start] == p->chars[i])
			continue;
		hole = wrong++ ? hole : i;
	}
	if (wrong > 1)
		add(l, p, l->start + p->n_chars, hole, is_exact ? DOUBT_HEARD : DOUBT_HEARD_FUZZY);
}

static void add_all_heard(struct list *l, size_t from, uint32_t limit)
{
	const struct gazetteer *g = l->s->g;
	const struct sounds *sounds = l->s->sounds;
	uint32_t state = 0;

	for (size_t i = from; i < sounds->n && sounds->items[i].syllable &&
			      sounds->items[i].end <= limit && !sounds->items[i].is_typed;
	     i++) {
		state = trie_step(&g->sound, state, sounds->items[i].fuzzy);
		if (!state)
			return;
		for (uint32_t at = g->sound.values[state]; at; at = g->places[at - 1].next_heard)
			add_heard(l, &g->places[at - 1], sounds->items + from);
	}
}

/* Names that are words. */
static void add_words(struct list *l, uint32_t limit)
{
	const struct search *s = l->s;
	uint32_t state = 0;

	for (uint32_t end = l->start + 1; end <= limit; end++) {
		const struct place *p;

		state = trie_step(&s->g->exact, state, s->text->chars[end - 1]);
		if (!state)
			return;
		if (!s->g->exact.values[state])
			continue;
		p = &s->g->places[s->g->exact.values[state] - 1];
		if (p->is_weak && p->n_chars >= CHARS_MIN && !p->is_mistyped && !p->is_lapse &&
		    (p->name->kind == REGION_NAME_SHORT || p->name->kind == REGION_NAME_FULL) &&
		    !search_is_term(s, l->start, end) &&
		    !cue_is_inside_word(&s->g->cues, s->text, l->start, end, CUE_NAME_SHORT))
			add(l, p, end, 0, DOUBT_WORD);
	}
}

/* cha yu'e is not chayu. */
static bool goes_on(const struct text *text, uint32_t end)
{
	return end + 1 < text->n_chars && text->chars[end] == '\'' &&
	       char_is_letter(text->chars[end + 1]);
}

/* Each blank parts two syllables. */
static bool is_parted_well(const struct place *p, uint32_t n_words)
{
	return n_words == 1 || n_words == p->n_chars;
}

static bool may_be_slurred(const struct list *l, const struct place *p, uint32_t n_words)
{
	return is_parted_well(p, n_words) &&
	       (p->weights[0] >= CUED_WEIGHT || search_is_led(l->s, p, l->start));
}

/* All from `first` on that sound like [start, end); changzou is 常州, not 沧州, which is further.
 */
static void add_chain(struct list *l, uint32_t first, uint32_t end, uint32_t n_words)
{
	const struct search *s = l->s;
	uint32_t nearest = SLUR_LETTERS, distance;

	for (uint32_t at = first; at; at = s->g->places[at - 1].next_slurred) {
		const struct place *p = &s->g->places[at - 1];

		distance = may_be_slurred(l, p, n_words) ? slur_distance(s->text, l->start, end, p)
							 : SLUR_LETTERS;
		/* What is spelt right is none. */
		if (distance > 0 && distance < nearest)
			nearest = distance;
	}
	for (uint32_t at = first; at; at = s->g->places[at - 1].next_slurred) {
		const struct place *p = &s->g->places[at - 1];

		if (!may_be_slurred(l, p, n_words))
			continue;
		distance = slur_distance(s->text, l->start, end, p);
		if (distance > 0 && (distance == nearest || search_is_led(s, p, l->start)))
			add_at(l, p, end, 0, DOUBT_SLURRED,
			       slur_between(s->text, l->start, end, p));
	}
}

/* What words from the start on spell by ear. */
static void add_slurred(struct list *l, uint32_t limit)
{
	const struct search *s = l->s;
	const uint32_t *chars = s->text->chars;
	struct slur slur = SLUR_START;

	for (uint32_t i = l->start, n = 1;
	     n <= SPELT_WORDS && i < limit && char_is_letter(chars[i]); n++) {
		uint32_t end = letters_end(s->text, i), state;

		while (i < end)
			slur_add(&slur, chars[i++], SLUR_LIQUID);
		state = end <= limit ? trie_step(&s->g->slurred, 0, slur.sum) : 0;
		if (state && !search_is_term(s, l->start, end) && !goes_on(s->text, end))
			add_chain(l, s->g->slurred.values[state], end, n);
		if (i < s->text->n_chars && chars[i] == ' ')
			i++;
	}
}

static void add_letters(struct list *l, uint32_t limit)
{
	const struct search *s = l->s;
	struct spelt all[SPELT_MOST];
	size_t n;

	n = search_spelt(s, l->start, limit, all);
	for (size_t i = 0; i < n && all[i].n_words <= SPELT_WORDS; i++)
		if (han_is(all[i].place->chars[0]) && all[i].place->n_chars >= CHARS_MIN &&
		    !search_is_term(s, l->start, all[i].end) && !goes_on(s->text, all[i].end) &&
		    search_is_cut_well(s, all[i].place, l->start, all[i].end, all[i].n_words))
			add(l, all[i].place, all[i].end, 0, DOUBT_LETTERS);
}

static void add_typed(struct list *l, uint32_t limit)
{
	const struct search *s = l->s;

	if ((l->start > 0 && char_is_letter(s->text->chars[l->start - 1])) ||
	    cue_is_other_word(&s->g->cues, s->text, l->start) || letters_are_phrase(s, l->start))
		return;
	add_letters(l, limit);
	add_slurred(l, limit);
}

size_t doubts_list(const struct search *s, struct doubt out[DOUBTS_MOST])
{
	struct search v = doubt_view(s, 0);
	struct list l = {.s = &v, .items = out};

	for (size_t i = 0; i < s->sounds->n && l.n < DOUBTS_MOST; i++) {
		const struct sound *x = &s->sounds->items[i];
		uint32_t limit;

		l.start = x->start;
		while (v.n < s->n && s->found[v.n].start < l.start)
			v.n++;
		v.next = v.n < s->n ? &s->found[v.n] : NULL;
		limit = v.next ? v.next->start : (uint32_t)s->text->n_chars;
		if ((v.n && v.found[v.n - 1].end > l.start) || l.start + CHARS_MIN > limit)
			continue;
		if (char_is_letter(s->text->chars[l.start])) {
			add_typed(&l, limit);
			continue;
		}
		if (!x->syllable || search_is_term(&v, l.start, l.start + CHARS_MIN))
			continue;
		add_words(&l, limit);
		if (cue_is_other_word(&s->g->cues, s->text, l.start))
			continue;
		add_holes(&l, limit);
		add_all_heard(&l, i, limit);
	}
	return l.n;
}
