/* SPDX-License-Identifier: Apache-2.0 */
/*
 * search.c - finding the places of a text one after another.
 *
 * First what is written: the longest name, unless one that shares characters with it has more to
 * say (意思 南昌). Then, where nothing was found, what sounds like a place and stands where one can
 * (正州居住证), or is typed in letters (letters.c).
 */
#include "nlu/gazetteer.h"

#include "nlu/cue.h"
#include "text/pinyin.h"

#define ENDS_MAX   16
#define JOIN_REACH 8 /* between two places that are joined: haishi */

bool places_are_near(const struct place *p, const struct place *other)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < other->n; j++)
			if (p->candidates[i] != other->candidates[j] &&
			    region_lies_in(p->candidates[i], other->candidates[j]))
				return true;
	return false;
}

/* 遵义的汇川区和播州区: joined with another part of the place it lies in. */
static bool is_next_part(const struct search *s, const struct place *p, uint32_t start)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;

	if (!last || last->end >= start || start - last->end > JOIN_REACH ||
	    !cue_joins(&s->g->cues, s->text, last->end, start))
		return false;
	for (size_t i = 0; i + 1 < s->n; i++)
		if (places_are_near(p, s->found[i].place) &&
		    places_are_near(last->place, s->found[i].place))
			return true;
	return false;
}

/* Names that never decide alone (和平, 商城) count right behind the place they lie in. */
bool search_is_led(const struct search *s, const struct place *p, uint32_t start)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;

	if (is_next_part(s, p, start))
		return true;
	if (!last || last->end > start || start - last->end > 1 ||
	    (start > last->end && han_is(s->text->chars[last->end]) &&
	     s->text->chars[last->end] != 0x7684 /* 的 */))
		return false;
	return places_are_near(p, last->place);
}

/* The same looking ahead, at what is written: 晋红市西双版纳. */
bool search_is_followed(const struct search *s, const struct place *p, uint32_t end)
{
	const struct mention *next = s->next;

	return next && next->start >= end && next->start - end <= 1 &&
	       (places_are_near(p, next->place) || places_are_near(next->place, p));
}

bool search_is_gap(const struct text *text, uint32_t at)
{
	if (at == 0 || at >= text->n_chars || !han_is(text->chars[at]) ||
	    !han_is(text->chars[at - 1]))
		return true;
	for (uint32_t i = text->origin[at - 1]; i < text->origin[at]; i++)
		if ((unsigned char)text->raw.ptr[i] <= ' ')
			return true;
	return false;
}

/* 意思 南昌 is not 思南; but 思 南 is, as is 上 海 wherever it stands. */
static bool is_split(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	if (p->weights[0] >= HEARD_WEIGHT ||
	    (search_is_gap(s->text, start) && search_is_gap(s->text, end)))
		return false;
	for (uint32_t i = start + 1; i < end; i++)
		if (search_is_gap(s->text, i) && han_is(s->text->chars[i]))
			return true;
	return false;
}

static bool is_weak_but_expected(const struct search *s, const struct place *p, uint32_t start,
				 uint32_t end)
{
	bool is_full = p->name->kind == REGION_NAME_FULL;

	/* 我在青岛，公司在市北区; 在苏州，搬到园区了 */
	for (size_t i = 0; i < s->n && (is_full || cue_leads(&s->g->cues, s->text, start)); i++)
		if (places_are_near(p, s->found[i].place))
			return true;
	/* What was named once is named again: 搬到集美, 是在思明改还是集美改. */
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].place == p)
			return true;
	if (p->n > 1)
		return false;
	if (p->name->kind == REGION_NAME_NICKNAME)
		return cue_is_place(&s->g->cues, s->text, start, end);
	/* 合肥 … 在滨湖: what is called so there is not the one that lies elsewhere. */
	for (size_t i = 0; i < s->n && p->weights[0] < HEARD_WEIGHT; i++)
		if (!places_are_near(p, s->found[i].place))
			return false;
	return (is_full || p->name->kind == REGION_NAME_SHORT) &&
	       cue_is_slot(&s->g->cues, s->text, start, end);
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
	/* 在宜昌看三峡门票 is not 三门峡: what is written so has to stand where a place does. */
	if (p->is_lapse) {
		struct cue_slot slot = cue_slot(cues, s->text, start, end);

		if (!slot.behind || !slot.ahead)
			return false;
	}
	if (cue_is_inside_word(cues, s->text, start, end) ||
	    (p->weights[0] < HEARD_WEIGHT && cue_is_tail_of_word(cues, s->text, start)))
		return false;
	if (is_split(s, p, start, end))
		return false;
	return !p->is_weak || search_is_led(s, p, start) || is_weak_but_expected(s, p, start, end);
}

void search_add(struct search *s, const struct place *p, uint32_t start, uint32_t end,
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

struct ends {
	const struct place *places[ENDS_MAX];
	uint32_t ends[ENDS_MAX], n;
};

/* All names that start at `start`, the shortest first. */
static void find_ends(const struct search *s, uint32_t start, struct ends *ret)
{
	uint32_t state = 0;

	ret->n = 0;
	for (uint32_t i = start; i < s->text->n_chars && ret->n < ENDS_MAX; i++) {
		state = trie_step(&s->g->exact, state, s->text->chars[i]);
		if (!state)
			break;
		if (s->g->exact.values[state]) {
			ret->places[ret->n] = &s->g->places[s->g->exact.values[state] - 1];
			ret->ends[ret->n++] = i + 1;
		}
	}
}

/* How much speaks for a name where another one shares characters with it. */
static int evidence(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	int sum = p->weights[0] + 20 * (int)p->n_chars;

	if (p->is_weak || p->is_mistyped)
		sum /= 4;
	for (uint32_t i = start + 1; i < end; i++)
		if (search_is_gap(s->text, i) && han_is(s->text->chars[i]))
			sum -= 100;
	return sum;
}

/* A name that starts inside [start, end) of `p` and goes on behind it has more to say: 意思南昌. */
static bool is_outbid(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	struct ends other;
	int own = evidence(s, p, start, end);

	for (uint32_t i = start + 1; i < end; i++) {
		find_ends(s, i, &other);
		while (other.n-- > 0)
			if (other.ends[other.n] > end && !other.places[other.n]->is_weak &&
			    other.places[other.n]->n_chars > 1 &&
			    evidence(s, other.places[other.n], i, other.ends[other.n]) > own + 40 &&
			    is_acceptable(s, other.places[other.n], i, other.ends[other.n]))
				return true;
	}
	return false;
}

/* 青岛|市南区: a shorter name fits the one behind it better than the longer one does. */
static bool is_parted(const struct search *s, const struct ends *all, uint32_t shorter)
{
	struct ends behind;

	find_ends(s, all->ends[shorter], &behind);
	while (behind.n-- > 0)
		if (behind.ends[behind.n] > all->ends[all->n - 1] &&
		    places_are_near(behind.places[behind.n], all->places[shorter]))
			return true;
	return false;
}

/* 青田和|龙游: the joining word behind a place begins no name, if what it joins is a longer one. */
static bool is_joining(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	struct ends other;

	if (s->text->chars[start] != 0x548c /* 和 */ || !s->n || s->found[s->n - 1].end != start ||
	    search_is_led(s, p, start))
		return false;
	find_ends(s, start + 1, &other);
	return other.n && other.ends[other.n - 1] > end && other.places[other.n - 1]->n_chars > 1;
}

/* The longest acceptable name that starts at `start`; gives its end, or 0. */
static uint32_t find_written(struct search *s, uint32_t start)
{
	struct ends all;
	uint32_t n;

	find_ends(s, start, &all);
	if (all.n == 0)
		return 0;
	n = all.n;
	if (n > 1 && is_parted(s, &all, n - 2))
		n--;
	while (n-- > 0)
		if (is_acceptable(s, all.places[n], start, all.ends[n]) &&
		    !is_joining(s, all.places[n], start, all.ends[n]) &&
		    !is_outbid(s, all.places[n], start, all.ends[n])) {
			search_add(s, all.places[n], start, all.ends[n],
				   all.places[n]->is_mistyped);
			return all.ends[n];
		}
	return 0;
}

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
	uint32_t state = 0, n = 0;
	bool is_place = false;

	for (size_t i = from; i < s->sounds->n && items[i].syllable && !items[i].is_typed; i++) {
		const struct place *q;

		state = trie_step(&s->g->sound, state, items[i].fuzzy);
		if (!state)
			break;
		n++;
		for (uint32_t at = s->g->sound.values[state]; at; at = q->next_heard) {
			struct likeness l;

			q = &s->g->places[at - 1];
			l = compare_sounds(s, q, from);
			*ret_near |= (places_are_near(p, q) || places_are_near(q, p)) &&
				     (l.n_right || !l.is_doubtful);
			is_place |= q->weights[0] >= HEARD_WEIGHT && l.n_right && !l.is_doubtful;
		}
	}
	return is_place;
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

/* How sure it is that `p` is meant by sounds[from] on; below ENOUGH it is not. */
static int rate_heard(const struct search *s, const struct place *p, size_t from)
{
	const struct sound *items = s->sounds->items + from;
	uint32_t start = items[0].start, end = items[p->n_chars - 1].end;
	struct likeness l = compare_sounds(s, p, from);
	struct cue_slot slot = cue_slot(&s->g->cues, s->text, start, end);
	bool is_near = search_is_led(s, p, start) || search_is_followed(s, p, end);
	bool is_between;

	if (p->weights[0] < HEARD_WEIGHT && cue_is_tail_of_word(&s->g->cues, s->text, start))
		return 0;
	/* What is written right and was not taken is none (办成都要); nor is a piece of a term. */
	if (l.n_right == (int)p->n_chars || search_is_term(s, start, end) ||
	    !may_cover(s, p, &l, start, end))
		return 0;
	slot.ahead |= is_heard_next(s, p, from + p->n_chars, &is_near);
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
	if (!slot.is_strong && !slot.ahead && l.n_right < 3)
		return 0;
	return l.sum + 2 * slot.behind + slot.ahead + (p->weights[0] >= 160) +
	       (l.n_right ? 1 : 2) * is_between;
}

/* Of places that sound the same, the likeliest. */
static bool add_heard(struct search *s, const struct place *first, size_t from, size_t end)
{
	const struct place *best = NULL;
	int best_rate = ENOUGH - 1;

	for (const struct place *p = first;; p = &s->g->places[p->next_heard - 1]) {
		int rate = rate_heard(s, p, from);

		if (rate > best_rate) {
			best = p;
			best_rate = rate;
		}
		if (!p->next_heard)
			break;
	}
	if (best)
		search_add(s, best, s->sounds->items[from].start, s->sounds->items[end - 1].end,
			   true);
	return best;
}

/* The longest place heard from sounds[from] on; `limit` is where the next written place starts. */
static size_t find_heard(struct search *s, size_t from, uint32_t limit)
{
	const struct sound *items = s->sounds->items;
	const struct place *places[ENDS_MAX];
	size_t ends[ENDS_MAX], n = 0;
	uint32_t state = 0;

	for (size_t i = from; i < s->sounds->n && items[i].syllable && items[i].end <= limit &&
			      !items[i].is_typed && n < ENDS_MAX;
	     i++) {
		state = trie_step(&s->g->sound, state, items[i].fuzzy);
		if (!state)
			break;
		if (s->g->sound.values[state]) {
			places[n] = &s->g->places[s->g->sound.values[state] - 1];
			ends[n++] = i + 1;
		}
	}
	if (n == 0 || cue_is_other_word(&s->g->cues, s->text, items[from].start))
		return from;
	while (n-- > 0)
		if (add_heard(s, places[n], from, ends[n]))
			return ends[n];
	return from;
}

/* The same of a place with a wrong character. */
static size_t find_misread(struct search *s, size_t from, uint32_t limit)
{
	uint32_t end = search_misread(s, s->sounds->items[from].start, limit);

	while (end && from < s->sounds->n && s->sounds->items[from].start < end)
		from++;
	return from;
}

/* Sounds in the gap [from, to) between written places; what is misspelt there may hold the next. */
static void fill_gap(struct search *s, size_t *next_sound, uint32_t from, uint32_t to,
		     uint32_t limit)
{
	while (*next_sound < s->sounds->n && s->sounds->items[*next_sound].start <= to) {
		const struct sound *x = &s->sounds->items[*next_sound];
		size_t end = *next_sound;

		if (x->start >= from && s->n < s->max && !x->is_typed) {
			end = find_heard(s, *next_sound, limit);
			if (end == *next_sound)
				end = find_misread(s, *next_sound, to);
		} else if (x->start >= from && s->n < s->max && x->start < to)
			end = search_typed(s, *next_sound, to);
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
		uint32_t limit = i + 1 < n_written ? written[i + 1].start : n_chars;

		s->next = &written[i];
		fill_gap(s, &next_sound, from, written[i].start, limit);
		from = written[i].end;
		if (s->n && s->found[s->n - 1].end > written[i].start)
			continue;
		if (s->n < s->max)
			s->found[s->n++] = written[i];
	}
	s->next = NULL;
	fill_gap(s, &next_sound, from, n_chars, n_chars);
}
