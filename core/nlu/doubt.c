/* SPDX-License-Identifier: Apache-2.0 */
/* doubt.c - what speaks for and against a name in doubt, and adding it up; see doubt.h. */
#include "nlu/doubt.h"

#include "nlu/cue.h"
#include "nlu/doubt-weights.inc"
#include "nlu/doubt-words.inc"
#include "nlu/letters.h"
#include "nlu/piece.h"
#include "text/shape.h"

/* From this margin on a name is added; more is wanted where nothing in it is wrong. */
#define SURE                  0.35f
#define MORE_SURE_WORD        0.4f
#define MORE_SURE_LETTERS     0.2f
#define MORE_SURE_ORDINARY    0.5f
#define MORE_SURE_PARTED      0.9f
#define LESS_SURE_LED         (-1.0f) /* by ear, behind what it lies in */
#define LESS_SURE_CITY        (-0.8f) /* a city everybody knows, beside a word of a matter */
#define LESS_SURE_CITY_LIQUID (-0.6f)
#define LESS_SURE_FULL        (-0.3f) /* one character of 泌阳县 is another */

/* Tokens that are no characters; a word in letters is one, too. */
enum { EDGE = 1, PLACE, DIGIT };
#define LETTERS 0x80000000u /* | its hash */
/* So many are looked at on either side. */
#define NEAR       5
#define NEAR_LEFT  3 /* … one after another */
#define NEAR_RIGHT 4

/* A word has so many characters, and reaches so far beyond a name. */
#define WORD_CHARS 4
#define WORD_REACH 2

/* What a column says; never change the order without learning anew. */
enum fact {
	FACT_ANY,
	FACT_KIND,
	FACT_LENGTH,
	FACT_KIND_WEIGHT,
	FACT_WEIGHT,
	FACT_SLOT,
	FACT_SLOT_KIND,
	FACT_SLOT_BIT,
	FACT_FOUND,
	FACT_FOUND_BEFORE,
	FACT_NEAR,
	FACT_NEAR_KIND,
	FACT_RIVALS,
	FACT_PIECE_OF_WORD,
	FACT_COVERED,
	FACT_CROSSED,
	FACT_WORD,
	FACT_WORD_KIND,
	FACT_WORD_SLOT,
	FACT_CHANGE,
	FACT_WRITTEN,
	FACT_SPAN,
	FACT_TYPED_KIND,
	GRAM_LEFT,
	GRAM_RIGHT,
	GRAM_BOTH,
	GRAM_NEAR_LEFT,
	GRAM_NEAR_RIGHT,
	GRAM_BEGIN,
	GRAM_END,
};

/* ---- words ---- */

/* Its characters; letters are the same however they are parted. */
static uint64_t spell(const uint32_t *chars, uint32_t n)
{
	uint64_t piece = 0;

	for (uint32_t i = 0; i < n; i++)
		if (chars[i] != ' ' && chars[i] != '\'')
			piece = piece_add(piece, chars[i]);
	return piece;
}

uint32_t doubt_word(const uint32_t *chars, uint32_t n)
{
	return (uint32_t)(spell(chars, n) >> 32) & ~DOUBT_WORD_CLASS;
}

uint32_t doubt_word_class(const uint32_t *chars, uint32_t n)
{
	uint32_t word = doubt_word(chars, n), bucket = doubt_word_bucket(word);

	for (size_t i = doubt_word_starts[bucket]; i < doubt_word_starts[bucket + 1]; i++)
		if ((doubt_words[i] & ~DOUBT_WORD_CLASS) == word)
			return doubt_words[i] & DOUBT_WORD_CLASS;
	return 0;
}

/* ---- pieces ---- */

static void add_fact(struct doubt_pieces *p, enum fact fact, uint64_t value)
{
	if (p->n_firm < DOUBT_FIRM_MAX)
		p->firm[p->n_firm++] =
		    piece_column(piece_add(piece_begin(fact, 0), value), DOUBT_BITS);
}

static void add_gram(struct doubt_pieces *p, uint64_t piece)
{
	if (p->n_grams < DOUBT_GRAM_MAX)
		p->grams[p->n_grams++] = piece_column(piece, DOUBT_BITS);
}

static uint32_t word_token(const struct text *text, uint32_t from, uint32_t to)
{
	uint32_t sum = SPELLING_START;

	while (from < to)
		sum = spelling_add(sum, text->chars[from++]);
	return sum | LETTERS;
}

/* What stands in front of `at`, the nearest first. */
static uint32_t look_left(const struct search *v, uint32_t at, uint32_t out[NEAR])
{
	const struct mention *last = v->n ? &v->found[v->n - 1] : NULL;
	const uint32_t *chars = v->text->chars;
	uint32_t n = 0;

	while (n < NEAR && at > 0) {
		uint32_t end = at;

		if (last && last->end == at) {
			out[n++] = PLACE;
			at = last->start;
			last = last > v->found ? last - 1 : NULL;
			continue;
		}
		at--;
		if (!char_is_letter(chars[at])) {
			if (chars[at] != ' ' && chars[at] != '\'')
				out[n++] = char_is_digit(chars[at]) ? DIGIT : chars[at];
			continue;
		}
		while (at > 0 && char_is_letter(chars[at - 1]))
			at--;
		out[n++] = word_token(v->text, at, end);
	}
	if (n < NEAR)
		out[n++] = EDGE;
	return n;
}

/* … and behind it. */
static uint32_t look_right(const struct search *v, uint32_t at, uint32_t out[NEAR])
{
	const uint32_t *chars = v->text->chars;
	uint32_t n = 0;

	while (n < NEAR && at < v->text->n_chars) {
		uint32_t end = letters_end(v->text, at);

		if (v->next && v->next->start == at) {
			out[n++] = PLACE;
			at = v->next->end;
		} else if (end > at) {
			out[n++] = word_token(v->text, at, end);
			at = end;
		} else {
			if (chars[at] != ' ' && chars[at] != '\'')
				out[n++] = char_is_digit(chars[at]) ? DIGIT : chars[at];
			at++;
		}
	}
	if (n < NEAR)
		out[n++] = EDGE;
	return n;
}

static void add_pairs(struct doubt_pieces *p, enum fact fact, const uint32_t *tokens, uint32_t n)
{
	for (uint32_t i = 1; i + 1 < n; i++)
		add_gram(p, piece_add(piece_add(piece_begin(fact, 0), tokens[i]), tokens[i + 1]));
}

static void add_row(struct doubt_pieces *p, enum fact fact, const uint32_t *tokens, uint32_t n)
{
	uint64_t piece = piece_begin(fact, 0);

	for (uint32_t i = 0; i < n; i++)
		add_gram(p, piece = piece_add(piece, tokens[i]));
}

static void add_around(const struct search *v, const struct doubt *d, struct doubt_pieces *p)
{
	const uint32_t *chars = v->text->chars;
	uint32_t left[NEAR], right[NEAR];
	uint32_t n_left = look_left(v, d->start, left), n_right = look_right(v, d->end, right);
	uint64_t both = piece_add(piece_add(piece_begin(GRAM_BOTH, 0), left[0]), right[0]);

	add_row(p, GRAM_LEFT, left, n_left < NEAR_LEFT ? n_left : NEAR_LEFT);
	add_row(p, GRAM_RIGHT, right, n_right < NEAR_RIGHT ? n_right : NEAR_RIGHT);
	add_gram(p, both);
	if (n_right > 1)
		add_gram(p, piece_add(piece_add(both, 1), right[1]));
	if (n_left > 1)
		add_gram(p, piece_add(piece_add(both, 2), left[1]));
	add_pairs(p, GRAM_NEAR_LEFT, left, n_left);
	add_pairs(p, GRAM_NEAR_RIGHT, right, n_right);
	/* Words that begin or end inside the name. */
	add_gram(p, piece_add(piece_add(piece_begin(GRAM_BEGIN, 0), left[0]), chars[d->start]));
	add_gram(p, piece_add(piece_add(piece_begin(GRAM_END, 0), chars[d->end - 1]), right[0]));
}

static uint32_t weight_class(uint8_t weight)
{
	static const uint8_t least[] = {CUED_WEIGHT, COUNTY_WEIGHT, TYPED_WEIGHT,
					70,          HEARD_WEIGHT,  160};
	uint32_t n = 0;

	while (n < sizeof(least) && weight >= least[n])
		n++;
	return n;
}

/* How well many people know the place by the name. */
static uint32_t weight_of(const struct place *p)
{
	return weight_class(p->weights[0]) << 4 | (uint32_t)p->is_weak << 3 |
	       (uint32_t)(p->candidates[0]->level == REGION_COUNTY) << 2 |
	       (uint32_t)(p->n > 1) << 1 | (p->name->kind == REGION_NAME_FULL);
}

/* What the rules look at. */
#define SLOT_BITS 9
static uint32_t slot_of(const struct search *v, const struct doubt *d)
{
	const struct cues *cues = &v->g->cues;
	struct cue_slot slot = cue_slot(cues, v->text, d->start, d->end);

	return (uint32_t)slot.behind | (uint32_t)slot.ahead << 1 | (uint32_t)slot.is_strong << 2 |
	       (uint32_t)search_has_thing(v, d->end) << 3 |
	       (uint32_t)search_is_led(v, d->place, d->start) << 4 |
	       (uint32_t)search_is_followed(v, d->place, d->end) << 5 |
	       (uint32_t)search_is_joined(v, d->start, d->end) << 6 |
	       (uint32_t)cue_is_lived_in(cues, v->text, d->end) << 7 |
	       (uint32_t)search_is_district_next(v->text, d->end) << 8;
}

/* What it lies in, what lies in it, or it itself is named somewhere. */
static uint32_t near_of(const struct search *s, const struct place *p)
{
	uint32_t near = 0;

	for (size_t i = 0; i < s->n; i++)
		near |= (uint32_t)places_are_near(p, s->found[i].place) |
			(uint32_t)places_are_near(s->found[i].place, p) << 1 |
			(uint32_t)(s->found[i].place == p) << 2;
	return near;
}

static uint32_t up_to_two(size_t n)
{
	return n < 2 ? (uint32_t)n : 2;
}

/* Other places that the same characters may be, and those of them that are likelier. */
static uint32_t rivals_of(const struct doubt *all, size_t n, size_t at)
{
	const struct doubt *d = &all[at];
	size_t n_others = 0, n_likelier = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == at || all[i].start >= d->end || all[i].end <= d->start ||
		    all[i].place->candidates[0] == d->place->candidates[0])
			continue;
		n_others++;
		n_likelier +=
		    all[i].kind < d->kind ||
		    (all[i].kind == d->kind && all[i].place->weights[0] > d->place->weights[0]);
	}
	return up_to_two(n_others) << 2 | up_to_two(n_likelier);
}

static uint32_t piece_of_word(const struct search *v, const struct doubt *d)
{
	const struct cues *cues = &v->g->cues;

	return (uint32_t)cue_is_other_word(cues, v->text, d->start) << 2 |
	       (uint32_t)search_is_tail(v, d->place, d->start) << 1 |
	       cue_is_inside_word(cues, v->text, d->start, d->end, CUE_NAME_MISSPELT);
}

static uint32_t larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* The commonest word that begins in [from, to], ends in [least, most], and is not the name. */
static uint32_t word_around(const struct search *v, const struct doubt *d, uint32_t from,
			    uint32_t to, uint32_t least, uint32_t most)
{
	uint32_t class = 0, n_chars = (uint32_t)v->text->n_chars;

	for (uint32_t start = from; start <= to; start++)
		for (uint32_t end = least; end <= most && end <= n_chars; end++)
			if (end > start + 1 && end - start <= WORD_CHARS &&
			    (start != d->start || end != d->end))
				class = larger(
				    class, doubt_word_class(v->text->chars + start, end - start));
	return class;
}

/* 游|乐场, 因|为海: a common word holds the name, or begins or ends inside it. */
static void add_words_around(const struct search *v, const struct doubt *d, struct doubt_pieces *p)
{
	uint32_t start = d->start, end = d->end, kind = (uint32_t)d->kind, cover, left = 0, right;
	uint32_t before = start < WORD_REACH ? 0 : start - WORD_REACH;

	cover = word_around(v, d, before, start, end, end + WORD_REACH);
	if (start > 0)
		left = word_around(v, d, before, start - 1, start + 1, end - 1);
	right = word_around(v, d, start + 1, end - 1, end + 1, end + WORD_REACH);
	add_fact(p, FACT_COVERED, cover << 4 | kind);
	add_fact(p, FACT_CROSSED, left << 2 | right);
	add_fact(p, FACT_CROSSED, 0x100 | left << 6 | right << 4 | kind);
}

/* What is written and what may be meant. */
static void add_own(const struct search *v, const struct doubt *d, uint32_t slot,
		    struct doubt_pieces *p)
{
	const uint32_t *chars = v->text->chars + d->start;
	bool is_wrong = d->kind < DOUBT_WORD, is_typed = d->kind >= DOUBT_LETTERS;
	uint32_t written = chars[d->hole], meant = d->place->chars[d->hole];
	uint32_t common = is_wrong && cue_is_common_char(&v->g->cues, written);
	uint32_t alike = is_typed ? d->place->alike : shape_is_alike(written, meant);
	uint32_t kind = (uint32_t)d->kind, length = d->place->n_chars, weight = weight_of(d->place);
	uint32_t word = doubt_word_class(chars, d->end - d->start);
	add_fact(p, FACT_ANY, 0);
	add_fact(p, FACT_KIND, kind << 3 | common << 2 | alike);
	add_fact(p, FACT_LENGTH, kind << 8 | (length < 5 ? length : 5) << 4 | d->hole);
	add_fact(p, FACT_KIND_WEIGHT, kind << 16 | weight << 3 | common << 2 | alike);
	add_fact(p, FACT_WEIGHT, weight);
	add_fact(p, FACT_WORD, word);
	add_fact(p, FACT_WORD_KIND, word << 8 | kind);
	add_fact(p, FACT_WORD_SLOT, word << 16 | slot);
	add_fact(p, FACT_CHANGE,
		 is_wrong ? (uint64_t)written << 32 | meant : kind | (uint32_t)d->slur << 4);
	add_fact(p, FACT_WRITTEN, is_wrong ? written : kind);
	add_fact(p, FACT_SPAN, spell(chars, d->end - d->start));
}

/* zengzou si, jinsui qu, cangsa xian: of the kind that stands behind it, or of another. */
enum typed_kind { KIND_UNTOLD, KIND_RIGHT, KIND_WRONG };
static enum typed_kind typed_kind_of(const struct search *v, const struct doubt *d)
{
	static const struct {
		const char *typed, *kind;
	} kinds[] = {
	    {" qu", "区"}, {" shi", "市"}, {" si", "市"}, {" xian", "县"}, {" zhou", "州"}};
	struct view rest = text_part(v->text, d->end, v->text->n_chars);

	for (size_t i = 0; i < N_OF(kinds); i++) {
		uint32_t end = d->end + (uint32_t)strlen(kinds[i].typed);

		if (view_starts(rest, view_of(kinds[i].typed)) && letters_end(v->text, end) == end)
			return view_ends(d->place->candidates[0]->name, view_of(kinds[i].kind))
				   ? KIND_RIGHT
				   : KIND_WRONG;
	}
	return KIND_UNTOLD;
}

void doubt_describe(const struct search *s, const struct doubt *all, size_t n, size_t i,
		    struct doubt_pieces *ret)
{
	const struct doubt *d = &all[i];
	struct search v = doubt_view(s, d->start);
	uint32_t slot = slot_of(&v, d), kind = (uint32_t)d->kind, near = near_of(s, d->place);

	ret->n_firm = ret->n_grams = 0;
	add_fact(ret, FACT_SLOT, slot);
	add_fact(ret, FACT_SLOT_KIND, slot << 4 | kind);
	for (uint32_t bit = 0; bit < SLOT_BITS; bit++)
		if (slot >> bit & 1)
			add_fact(ret, FACT_SLOT_BIT, bit << 4 | kind);
	add_fact(ret, FACT_FOUND, up_to_two(s->n));
	add_fact(ret, FACT_FOUND_BEFORE, up_to_two(v.n));
	add_fact(ret, FACT_NEAR, near);
	add_fact(ret, FACT_NEAR_KIND, near << 8 | up_to_two(s->n) << 4 | kind);
	add_fact(ret, FACT_RIVALS, rivals_of(all, n, i));
	add_fact(ret, FACT_PIECE_OF_WORD, piece_of_word(&v, d));
	if (d->kind < DOUBT_LETTERS)
		add_words_around(&v, d, ret);
	else
		add_fact(ret, FACT_TYPED_KIND, kind << 4 | typed_kind_of(&v, d));
	add_own(&v, d, slot, ret);
	add_around(&v, d, ret);
}

/* ---- adding up ---- */

float doubt_margin(const struct doubt_pieces *p)
{
	int32_t firm = piece_sum(doubt_weights, p->firm, p->n_firm);
	int32_t grams = piece_sum(doubt_weights, p->grams, p->n_grams);

	return DOUBT_SCALE * ((float)firm + DOUBT_GRAM * (float)grams);
}

static void insert(struct search *s, const struct doubt *d)
{
	struct search v = doubt_view(s, d->start);
	struct mention made;
	size_t at = v.n;

	v.found = &made;
	v.n = 0;
	if (d->kind == DOUBT_LETTERS)
		search_add_typed(&v, d->place, d->start, d->end);
	else
		search_add(&v, d->place, d->start, d->end, d->kind != DOUBT_WORD);
	made.is_slurred = d->kind == DOUBT_SLURRED;
	memmove(s->found + at + 1, s->found + at, (s->n - at) * sizeof(*s->found));
	s->found[at] = made;
	s->n++;
}

/* What slips so in letters is endless, and the learner makes but a part of it; but few names can be
 * meant behind what they lie in, and everybody knows a city. */
static float more_sure_slurred(const struct search *s, const struct doubt *d)
{
	struct search v = doubt_view(s, d->start);
	bool is_known = d->place->weights[0] >= HEARD_WEIGHT && d->place->alike == ALIKE_NOTHING;

	if (search_is_led(&v, d->place, d->start))
		return LESS_SURE_LED;
	/* le san ge yue: blanks part words as well. */
	for (uint32_t i = d->start; i < d->end; i++)
		is_known &= s->text->chars[i] != ' ';
	if (is_known && term_hits_have(s->terms, true))
		return d->slur < SLUR_LIQUID ? LESS_SURE_CITY : LESS_SURE_CITY_LIQUID;
	return MORE_SURE_LETTERS;
}

/* What is a word as well as a name that few mean is more often the word, unless "zai" leads to it,
 * or it or what it lies in is named elsewhere. */
static float more_sure_typed(const struct search *s, const struct doubt *d)
{
	struct search v = doubt_view(s, d->start);

	if (letters_are_parted(s, d->place, d->start, d->end))
		return MORE_SURE_PARTED;
	if (d->place->alike != ALIKE_NOTHING && d->place->weights[0] < COUNTY_WEIGHT &&
	    !search_is_led(&v, d->place, d->start) && !near_of(s, d->place) &&
	    cue_before_letters(&s->g->cues, s->text, d->start) == CUE_LETTERS_NONE)
		return MORE_SURE_ORDINARY;
	return MORE_SURE_LETTERS;
}

/* 枣阳市: whoever writes what it is means a place. */
static bool is_called_in_full(const struct place *p)
{
	return p->n_chars > 2 && p->name->kind == REGION_NAME_FULL;
}

static bool add_likeliest(struct search *s)
{
	struct doubt all[DOUBTS_MOST];
	size_t n = doubts_list(s, all), best = n;
	struct doubt_pieces pieces;
	float most = SURE;

	for (size_t i = 0; i < n; i++) {
		float margin;

		doubt_describe(s, all, n, i, &pieces);
		margin = doubt_margin(&pieces);
		if (all[i].kind == DOUBT_WORD)
			margin -= MORE_SURE_WORD;
		else if (all[i].kind == DOUBT_LETTERS)
			margin -= more_sure_typed(s, &all[i]);
		else if (all[i].kind == DOUBT_SLURRED)
			margin -= more_sure_slurred(s, &all[i]);
		else if (all[i].kind <= DOUBT_SHAPE && is_called_in_full(all[i].place))
			margin -= LESS_SURE_FULL;
		if (margin > most) {
			most = margin;
			best = i;
		}
	}
	if (best < n)
		insert(s, &all[best]);
	return best < n;
}

void doubts_settle(struct search *s)
{
	while (s->n < s->max && add_likeliest(s))
		;
}
