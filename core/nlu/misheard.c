/* SPDX-License-Identifier: Apache-2.0 */
/*
 * misheard.c - names written as they sound: 正州居住证, 在义务上班.
 *
 * What sounds like a place, and is none as it is written, is one if enough speaks for it:
 * characters that are right, a sound that is exact, and what stands around it.
 */
#include "nlu/cue.h"
#include "nlu/gazetteer.h"
#include "text/pinyin.h"
#include "text/shape.h"

#define NAMES_MAX 16 /* that begin with the same sounds */

/* What speaks for a misspelt place; from ENOUGH on it is one. */
#define ENOUGH 6
/* Between a place and the word of a matter: 注册, 的. */
#define TERM_REACH 2

struct likeness {
	int n_right, sum;
	bool is_exact;    /* in its sound */
	bool is_doubtful; /* a common word of its own, or only nearly the sound */
};

static struct likeness compare_sounds(const struct search *s, const struct place *p, size_t from)
{
	const struct sound *items = s->sounds->items + from;
	struct likeness l = {.is_exact = true};
	uint16_t syllables[32];

	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars; i++) {
		uint32_t c = s->text->chars[items[i].start];
		bool is_common = cue_is_common_char(&s->g->cues, c);

		if (c == p->chars[i]) {
			l.n_right++;
			l.sum += 3;
			continue;
		}
		l.is_exact &= items[i].syllable == syllables[i];
		l.is_doubtful |= is_common || items[i].syllable != syllables[i];
		l.sum += (items[i].syllable == syllables[i]) - 2 * is_common;
	}
	return l;
}

bool search_is_term(const struct search *s, uint32_t start, uint32_t end)
{
	for (size_t i = 0; i < s->terms->n; i++)
		if (s->terms->items[i].start < end && s->terms->items[i].end > start)
			return true;
	return false;
}

/* What follows is heard too and fits: 嘉性桐香, 正州西按. */
static bool is_heard_next(const struct search *s, const struct place *p, size_t from,
			  bool *ret_near)
{
	const struct sound *items = s->sounds->items;
	uint32_t state = 0;
	bool is_place = false;

	for (size_t i = from; i < s->sounds->n && items[i].syllable && !items[i].is_typed; i++) {
		const struct place *q;

		state = trie_step(&s->g->sound, state, items[i].fuzzy);
		if (!state)
			break;
		for (uint32_t at = s->g->sound.values[state]; at; at = q->next_heard) {
			struct likeness l;

			q = &s->g->places[at - 1];
			l = compare_sounds(s, q, from);
			*ret_near |= (places_are_near(p, q) || places_are_near(q, p)) &&
				     (l.n_right || !l.is_doubtful);
			is_place |= !q->is_weak && q->weights[0] >= HEARD_WEIGHT && l.n_right &&
				    !l.is_doubtful;
		}
	}
	return is_place;
}

bool search_is_part_heard(const struct search *s, const struct place *p, uint32_t end)
{
	const struct sounds *sounds = s->sounds;
	bool is_near = false;
	size_t low = 0, high = sounds->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (sounds->items[middle].start < end)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < sounds->n && sounds->items[low].start == end; low++)
		is_heard_next(s, p, low, &is_near);
	return is_near;
}

/*
 * Misspelt as `p`, the characters from `start` on may hold the next written place: 鄂尔哆斯 is more
 * than 鄂, 大兴鞍岭 more than 大兴. But 海南周 is no 海南州.
 */
static bool may_cover(const struct search *s, const struct place *p, const struct likeness *l,
		      uint32_t start, uint32_t end)
{
	static const uint32_t kinds[] = {0x5e02 /* 市 */, 0x5dde /* 州 */, 0x533a /* 区 */,
					 0x53bf /* 县 */, 0x7701 /* 省 */, 0x65d7 /* 旗 */};
	const struct mention *w = s->next;

	/* One character may end a misspelt name: 俞杭. */
	if (!w || w->start >= end || (w->end - w->start == 1 && w->end == end))
		return true;
	if (w->end > end || w->end - w->start >= p->n_chars || l->is_doubtful)
		return false;
	if (w->end - w->start == 1)
		return w->start == start && p->chars[0] == s->text->chars[start];
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (p->chars[p->n_chars - 1] == kinds[i] && s->text->chars[end - 1] != kinds[i])
			return false;
	return p->n_chars >= 3 && l->n_right + 1 == (int)p->n_chars;
}

/*
 * 义务居住证, 在义务上班: a word that sounds like a place many mean, and begins like it, stands
 * where only one can. But 苹果 is no 平果.
 */
static bool is_word_meant(const struct search *s, const struct place *p, uint32_t start,
			  uint32_t end)
{
	bool is_led = search_is_led(s, p, start);

	/* Behind its province even 白色 is 百色. */
	if ((s->text->chars[start] != p->chars[0] && !is_led) ||
	    p->name->kind != REGION_NAME_SHORT || p->weights[0] <= COUNTY_WEIGHT)
		return false;
	/* 浙江义务办居住证, 在成度住, 成度和重庆 */
	if (search_is_joined(s, start, end))
		return true;
	if (is_led)
		return cue_slot(&s->g->cues, s->text, start, end).ahead;
	if (start > 0 && !cue_leads(&s->g->cues, s->text, start))
		return false;
	if (end < s->text->n_chars && s->text->chars[end] == 0x5e02 /* 市 */)
		return cue_slot(&s->g->cues, s->text, start, end + 1).ahead;
	return (start > 0 && cue_slot(&s->g->cues, s->text, start, end).ahead) ||
	       search_is_thing(s, end) || cue_is_lived_in(&s->g->cues, s->text, end);
}

/* How sure it is that `p` is meant by sounds[from] on; below ENOUGH it is not. */
static int rate_heard(const struct search *s, const struct place *p, size_t from)
{
	const struct sound *items = s->sounds->items + from;
	uint32_t start = items[0].start, end = items[p->n_chars - 1].end;
	struct likeness l = compare_sounds(s, p, from);
	struct cue_slot slot = cue_slot(&s->g->cues, s->text, start, end);
	bool is_led = search_is_led(s, p, start);
	bool is_near = is_led || search_is_followed(s, p, end);
	bool is_between;

	if (search_is_tail(s, p, start))
		return 0;
	if (p->is_weak && !is_led)
		return 0;
	if (cue_is_other_word(&s->g->cues, s->text, start) &&
	    !(l.is_exact && is_word_meant(s, p, start, end)))
		return 0;
	/* What is written right and was not taken is none (办成都要); nor is a piece of a term. */
	if (l.n_right == (int)p->n_chars || search_is_term(s, start, end) ||
	    !may_cover(s, p, &l, start, end))
		return 0;
	slot.is_strong |= search_is_joined(s, start, end);
	slot.ahead |= is_heard_next(s, p, from + p->n_chars, &is_near) ||
		      cue_is_lived_in(&s->g->cues, s->text, end);
	slot.ahead |=
	    p->candidates[0]->level == REGION_CITY && search_is_district_next(s->text, end);
	is_between = slot.behind && slot.ahead;
	if (p->name->kind == REGION_NAME_APP)
		return !l.is_doubtful && l.n_right + 1 >= (int)p->n_chars ? ENOUGH : 0;
	if (is_near && l.n_right + !l.is_doubtful > 0)
		return l.sum + ENOUGH;
	/* Else what few mean is only heard where surely a place stands: 保安 is not 宝安. */
	if (p->weights[0] < HEARD_WEIGHT && p->n_chars < 4 &&
	    (l.n_right == 0 || l.is_doubtful || !is_between || p->weights[0] < COUNTY_WEIGHT ||
	     !(slot.is_strong || term_hits_from(s->terms, end, end + TERM_REACH, false))))
		return 0;
	if (p->candidates[0]->level == REGION_COUNTY && p->name->kind == REGION_NAME_SHORT &&
	    (l.n_right == 0 || !is_between))
		return 0;
	if ((l.n_right == 0 || l.is_doubtful) && !is_between)
		return 0;
	if (l.n_right == 0 && !l.is_exact)
		return 0;
	/* 哈尔宾 is no word, wherever it stands; but 密码鞍山 is no 马鞍山. */
	if (!slot.is_strong && !slot.ahead && l.n_right < 3 &&
	    !(l.is_exact && l.n_right == 2 && p->n_chars == 3 &&
	      s->text->chars[start] == p->chars[0]))
		return 0;
	return l.sum + 2 * slot.behind + slot.ahead + (p->weights[0] >= 160) +
	       (l.n_right ? 1 : 2) * is_between;
}

/* How many of its characters are as written, or look so. */
static uint32_t count_alike(const struct search *s, const struct place *p, size_t from)
{
	const struct sound *items = s->sounds->items + from;
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->n_chars; i++) {
		uint32_t c = s->text->chars[items[i].start];

		n += c == p->chars[i] || shape_is_alike(c, p->chars[i]);
	}
	return n;
}

/* Of places that sound the same, the likeliest: 逾林 is 榆林 rather than 玉林. */
static bool add_heard(struct search *s, const struct place *first, size_t from, size_t end)
{
	const struct place *best = NULL;
	int best_rate = ENOUGH - 1;

	for (const struct place *p = first;; p = &s->g->places[p->next_heard - 1]) {
		int rate = rate_heard(s, p, from);

		if (rate > best_rate || (best && rate == best_rate &&
					 count_alike(s, p, from) > count_alike(s, best, from))) {
			best = p;
			best_rate = rate;
		}
		if (!p->next_heard)
			break;
	}
	if (best && cue_is_inside_word(&s->g->cues, s->text, s->sounds->items[from].start,
				       s->sounds->items[end - 1].end, CUE_NAME_MISSPELT))
		return false;
	if (best)
		search_add(s, best, s->sounds->items[from].start, s->sounds->items[end - 1].end,
			   true);
	return best;
}

/* The longest of those behind `state`. */
static size_t find_heard(struct search *s, size_t from, uint32_t limit, uint32_t state)
{
	const struct sound *items = s->sounds->items;
	const struct place *places[NAMES_MAX];
	size_t ends[NAMES_MAX], n = 0;

	for (size_t i = from; i < s->sounds->n && items[i].syllable && items[i].end <= limit &&
			      !items[i].is_typed && n < NAMES_MAX;
	     i++) {
		state = trie_step(&s->g->sound, state, items[i].fuzzy);
		if (!state)
			break;
		if (s->g->sound.values[state]) {
			places[n] = &s->g->places[s->g->sound.values[state] - 1];
			ends[n++] = i + 1;
		}
	}
	while (n-- > 0)
		if (add_heard(s, places[n], from, ends[n]))
			return ends[n];
	return from;
}

/* Two sounds from `from` on begin a name behind `state`; none is shorter. */
static bool is_begun(const struct search *s, size_t from, uint32_t state)
{
	const struct sound *items = s->sounds->items + from;

	if (from + 1 >= s->sounds->n || !items[0].syllable)
		return false;
	state = trie_step(&s->g->sound, state, items[0].fuzzy);
	return state && trie_step(&s->g->sound, state, items[1].fuzzy);
}

size_t search_misheard(struct search *s, size_t from, uint32_t limit)
{
	size_t end = from;

	if (search_is_behind(s, s->sounds->items[from].start)) {
		uint32_t parts = trie_step(&s->g->sound, 0, PART_MARK);

		if (parts && is_begun(s, from, parts))
			end = find_heard(s, from, limit, parts);
	}
	return end > from || !is_begun(s, from, 0) ? end : find_heard(s, from, limit, 0);
}
