/* SPDX-License-Identifier: Apache-2.0 */
/*
 * misread-part.c - right behind a city or province what lies in it, with one wrong character:
 * 宁波勤州, 保定蠢县, 湖南来阳市.
 *
 * Few names can be meant there, so that little is enough: half of a character, if the name is
 * written in full or something follows that places have. What is written may be the name of a place
 * elsewhere, and is not meant if one that it reminds of lies here (湖南彬州 is 郴州).
 */
#include "nlu/cue.h"
#include "nlu/doubt.h"
#include "nlu/gazetteer.h"

enum likeness {
	LIKE_NOTHING,
	LIKE_REMINDS, /* by looks, a little */
	LIKE_LOOKS,   /* by looks, or nearly by sound */
	LIKE_SOUNDS,
};

struct parts {
	const struct search *s;
	const struct mention *whole;   /* what it lies in */
	const struct mention *written; /* the next one; NULL: none */
	uint32_t start;
	const struct place *best;
	enum likeness likeness;
	bool is_open; /* another one is as likely */
};

static enum likeness compare(uint32_t written, uint32_t meant)
{
	switch (doubt_slip(written, meant)) {
	case DOUBT_SOUND:
		return LIKE_SOUNDS;
	case DOUBT_FUZZY:
	case DOUBT_SHAPE:
		return LIKE_LOOKS;
	case DOUBT_REMINDS:
		return LIKE_REMINDS;
	default:
		return LIKE_NOTHING;
	}
}

/* The name ends there, and the text goes on as it does behind places. */
static bool is_followed(const struct search *s, uint32_t start, uint32_t end)
{
	return end == s->text->n_chars || search_is_gap(s->text, end) || search_has_thing(s, end) ||
	       cue_slot(&s->g->cues, s->text, start, end).ahead ||
	       cue_is_lived_in(&s->g->cues, s->text, end);
}

static bool is_any(uint32_t c)
{
	static const uint16_t words[] = {0x5168 /* 全 */, 0x5404 /* 各 */, 0x672c /* 本 */,
					 0x5916 /* 外 */, 0x90bb /* 邻 */, 0x8be5 /* 该 */,
					 0x54ea /* 哪 */, 0x90a3 /* 那 */, 0x8fd9 /* 这 */,
					 0x8001 /* 老 */, 0x65b0 /* 新 */, 0x519c /* 农 */};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i] == c)
			return true;
	return false;
}

/* How much has to speak for a name that is written so. */
static enum likeness least_likeness(const struct parts *v, const struct place *p, uint32_t end)
{
	const uint32_t *chars = v->s->text->chars;
	bool is_wide = p->candidates[0]->parent != v->whole->candidates[0];

	if (place_is_in_full(p))
		return LIKE_REMINDS;
	/* 全县, 各区 */
	if (p->name->kind == REGION_NAME_FULL && is_any(chars[v->start]))
		return LIKE_SOUNDS;
	if (is_wide)
		return LIKE_LOOKS;
	for (uint32_t i = v->start; i < end; i++)
		if (chars[i] != p->chars[i - v->start] &&
		    cue_is_common_char(&v->s->g->cues, chars[i]))
			return LIKE_SOUNDS;
	return p->n_chars > 2 || search_has_thing(v->s, end) || search_is_gap(v->s->text, end)
		   ? LIKE_REMINDS
		   : LIKE_LOOKS;
}

/* What is written there as well gives way. */
static bool may_replace(const struct parts *v, const struct place *p, enum likeness likeness,
			uint32_t end)
{
	const struct mention *w = v->written;

	if (!w || w->start >= end)
		return true;
	/* 甬 is 宁波, but not in 宿州甬桥. */
	if (w->end - w->start == 1)
		return true;
	if (w->start > v->start || w->end > end)
		return false;
	/* 江苏 台州 may be two places that many know, 江苏台州 is not. */
	if (w->weights[0] >= HEARD_WEIGHT)
		return likeness == LIKE_SOUNDS && !search_is_gap(v->s->text, v->start);
	return likeness >= LIKE_LOOKS || p->weights[0] > w->weights[0];
}

/* 道理, 身份; but not 福州, which is the name of a place, nor what sounds so and is hardly a word.
 */
static bool is_word(const struct parts *v, enum likeness likeness, uint32_t end)
{
	const struct search *s = v->s;
	const struct mention *w = v->written;

	if (w && w->start == v->start && w->end == end)
		return false;
	return doubt_word_class(s->text->chars + v->start, end - v->start) ||
	       (likeness < LIKE_SOUNDS && cue_is_other_word(&s->g->cues, s->text, v->start));
}

static void weigh(void *data, const struct place *p, uint32_t hole)
{
	struct parts *v = data;
	const struct search *s = v->s;
	uint32_t start = v->start, end = start + p->n_chars;
	enum likeness likeness;

	if (!place_lies_in_found(p, v->whole) || !han_is(s->text->chars[start + hole]) ||
	    s->text->chars[start + hole] == p->chars[hole])
		return;
	likeness = compare(s->text->chars[start + hole], p->chars[hole]);
	if (likeness == LIKE_NOTHING || likeness < least_likeness(v, p, end) ||
	    (v->best && (p->n_chars < v->best->n_chars ||
			 (p->n_chars == v->best->n_chars && likeness < v->likeness))))
		return;
	if (!place_is_in_full(p) && (!is_followed(s, start, end) || is_word(v, likeness, end)))
		return;
	if (!may_replace(v, p, likeness, end) || search_is_term(s, start, end) ||
	    cue_is_inside_word(&s->g->cues, s->text, start, end, CUE_NAME_MISSPELT))
		return;
	v->is_open = v->best && v->best->n_chars == p->n_chars && v->likeness == likeness &&
		     v->best->candidates[0] != p->candidates[0];
	v->best = p;
	v->likeness = likeness;
}

/* Where a name may begin behind `whole`: there, or behind one blank. */
static uint32_t begin_of(const struct search *s, const struct mention *whole)
{
	uint32_t at = whole->end;

	return at < s->text->n_chars && s->text->chars[at] == ' ' ? at + 1 : at;
}

uint32_t search_misread_part(struct search *s, const struct mention *written)
{
	struct parts v = {.s = s, .whole = &s->found[s->n - 1], .written = written};
	const uint32_t *chars = s->text->chars;
	uint32_t n;

	v.start = begin_of(s, v.whole);
	if (v.whole->candidates[0]->level > REGION_CITY || v.start + 2 > s->text->n_chars ||
	    !han_is(chars[v.start]) || !han_is(chars[v.start + 1]) ||
	    (written && written->start == v.start &&
	     place_lies_in_found(written->place, v.whole)) ||
	    search_is_term(s, v.start, v.start + 2))
		return 0;
	n = (uint32_t)s->text->n_chars - v.start;
	gazetteer_each_hole(s->g, &s->g->holes, chars + v.start, n, weigh, &v);
	gazetteer_each_hole(s->g, &s->g->part_holes, chars + v.start, n, weigh, &v);
	if (!v.best || v.is_open)
		return 0;
	search_add(s, v.best, v.start, v.start + v.best->n_chars, true);
	return v.start + v.best->n_chars;
}
