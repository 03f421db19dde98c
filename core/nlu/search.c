/* SPDX-License-Identifier: Apache-2.0 */
/*
 * search.c - finding the places of a text one after another.
 *
 * First what is written: the longest name, unless one that shares characters with it has more to
 * say (意思 南昌). Then, where nothing was found, what sounds like a place and stands where one can
 * (misheard.c), has a wrong character (misread.c) or is typed in letters (letters.c).
 */
#include "nlu/gazetteer.h"

#include "base/utf8.h"
#include "nlu/cue.h"
#include "text/pinyin.h"

#define ENDS_MAX       16
#define NAMESAKE_CHARS 4

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

/* 厦们|集美: what is a word too begins there, and lies in it. */
static bool is_part_next(const struct search *s, const struct place *p, uint32_t end)
{
	struct ends other;

	if (p->candidates[0]->level != REGION_CITY)
		return false;
	find_ends(s, end, &other);
	while (other.n-- > 0)
		if (other.places[other.n]->is_weak && other.places[other.n]->n_chars > 1 &&
		    places_are_near(other.places[other.n], p))
			return true;
	return false;
}

/* The same looking ahead, at what is written: 晋红市西双版纳. */
bool search_is_followed(const struct search *s, const struct place *p, uint32_t end)
{
	const struct mention *next = s->next;

	if (next && next->start >= end && next->start - end <= 1 &&
	    (places_are_near(p, next->place) || places_are_near(next->place, p)))
		return true;
	return is_part_next(s, p, end);
}

/* How much speaks for a name where another one shares characters with it. */
static int evidence(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	int sum = p->weights[0] + 20 * (int)p->n_chars;

	if (p->is_weak || p->is_mistyped)
		sum /= 4;
	for (uint32_t i = start + 1; i < end; i++)
		if (search_is_torn(s->text, i))
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
			    search_accepts(s, other.places[other.n], i, other.ends[other.n]))
				return true;
	}
	return false;
}

/* 青岛|市南区: a shorter name fits the one behind it better than the longer one does. */
static bool is_parted(const struct search *s, const struct ends *all, uint32_t shorter)
{
	struct ends behind;

	/* 青|海西宁: one character stands for little. */
	if (all->places[shorter]->n_chars == 1)
		return false;
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

/* 上,海 */
static bool is_plain_mark(uint32_t c)
{
	static const uint32_t marks[] = {',',   '.', '/', 0x3001 /* 、 */, 0x3002 /* 。 */,
					 0x2026 /* … */};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (c == marks[i])
			return true;
	return false;
}

/* 上~海, 深-圳: drawn between characters for its looks. */
static bool is_drawn_mark(uint32_t c)
{
	static const uint32_t marks[] = {'-', '~', '*', '_', '|', '+', '=', '^', '#', 0xb7 /* · */};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (c == marks[i])
			return true;
	return false;
}

/* A place stands there, if the mark means nothing: what many mean, or behind its city 绍兴诸、暨.
 */
static bool is_whole(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	struct cue_slot slot = cue_slot(&s->g->cues, s->text, start, end);
	uint32_t mark = s->text->chars[start + 1];

	if (search_is_led(s, p, start))
		return p->weights[0] >= CUED_WEIGHT || is_drawn_mark(mark);
	if (p->weights[0] < HEARD_WEIGHT || p->is_weak)
		return false;
	if (is_drawn_mark(mark) &&
	    (search_is_gap(s->text, end) || slot.ahead || search_has_use(s, end)))
		return search_is_gap(s->text, start) || slot.behind;
	return slot.behind && (slot.ahead || search_has_use(s, end));
}

/* The longest name whose characters from `start` on are parted by one and the same mark. */
static const struct place *spelt_with_mark(const struct search *s, uint32_t start,
					   uint32_t *ret_end)
{
	const struct text *text = s->text;
	uint32_t mark = text->chars[start + 1];
	const struct place *p = NULL;

	for (uint32_t i = start, state = 0; i < text->n_chars && han_is(text->chars[i]); i += 2) {
		state = trie_step(&s->g->exact, state, text->chars[i]);
		if (!state)
			break;
		if (i > start && s->g->exact.values[state]) {
			p = &s->g->places[s->g->exact.values[state] - 1];
			*ret_end = i + 1;
		}
		if (i + 1 == text->n_chars || text->chars[i + 1] != mark)
			break;
	}
	return p;
}

/* 上,海居住证, 深-圳-宝-安: a mark has slipped into the name. Gives its end, or 0. */
static uint32_t find_parted(struct search *s, uint32_t start)
{
	const struct text *text = s->text;
	const struct place *p;
	uint32_t end = 0;

	/* Most are characters. */
	if (start + 2 >= text->n_chars || text->chars[start + 1] > 0x3002 ||
	    !han_is(text->chars[start]) ||
	    !(is_plain_mark(text->chars[start + 1]) || is_drawn_mark(text->chars[start + 1])))
		return 0;
	p = spelt_with_mark(s, start, &end);
	if (!p || p->is_mistyped || !is_whole(s, p, start, end) ||
	    (p->name->kind != REGION_NAME_SHORT && p->name->kind != REGION_NAME_FULL))
		return 0;
	search_add(s, p, start, end, true);
	return end;
}

/* 武汉红山区: a district of that name lies elsewhere, and what sounds like it lies here. */
static const struct place *find_namesake(const struct search *s, const struct place *p,
					 uint32_t start)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;
	uint16_t syllables[NAMESAKE_CHARS];
	uint32_t state = 0;

	if (!last || last->end != start || last->candidates[0]->level > REGION_CITY ||
	    p->name->kind != REGION_NAME_FULL || p->candidates[0]->level != REGION_COUNTY ||
	    p->n_chars > NAMESAKE_CHARS || place_lies_in_found(p, last))
		return NULL;
	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars && (i == 0 || state); i++)
		state = trie_step(&s->g->sound, state, pinyin_fuzzy(syllables[i]));
	for (uint32_t at = state ? s->g->sound.values[state] : 0; at;
	     at = s->g->places[at - 1].next_heard)
		if (place_lies_in_found(&s->g->places[at - 1], last))
			return &s->g->places[at - 1];
	return NULL;
}

static void add_written(struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	const struct place *near = find_namesake(s, p, start);

	search_add(s, near ? near : p, start, end, near || p->is_mistyped);
}

/* The longest acceptable name that starts at `start`; gives its end, or 0. */
static uint32_t find_written(struct search *s, uint32_t start)
{
	struct ends all;
	uint32_t n;

	find_ends(s, start, &all);
	n = all.n;
	if (n > 1 && is_parted(s, &all, n - 2))
		n--;
	while (n-- > 0)
		if (search_accepts(s, all.places[n], start, all.ends[n]) &&
		    !is_joining(s, all.places[n], start, all.ends[n]) &&
		    !is_outbid(s, all.places[n], start, all.ends[n])) {
			add_written(s, all.places[n], start, all.ends[n]);
			return all.ends[n];
		}
	return find_parted(s, start);
}

/* The place with a wrong character from sounds[from] on; gives the sound behind it, or `from`. */
static size_t find_misread(struct search *s, size_t from, uint32_t limit)
{
	uint32_t end = search_misread(s, s->sounds->items[from].start, limit);

	while (end && from < s->sounds->n && s->sounds->items[from].start < end)
		from++;
	return from;
}

/* What is written from `from` on, up to where `to` starts. */
static void find_all_written(struct search *s, uint32_t from, uint32_t to)
{
	while (from < to && s->n < s->max) {
		bool is_begun = trie_step(&s->g->exact, 0, s->text->chars[from]);
		uint32_t end = is_begun ? find_written(s, from) : 0;

		from = end ? end : from + 1;
	}
}

/* 厦们集美: what is a word too is written behind a place that was misspelt. */
static size_t find_part(struct search *s, size_t from, uint32_t limit)
{
	size_t n = s->n;
	uint32_t end = s->found[n - 1].end;

	if (end < limit)
		find_all_written(s, end, end + 1);
	while (s->n > n && from < s->sounds->n && s->sounds->items[from].start < s->found[n].end)
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
			end = search_misheard(s, *next_sound, limit);
			if (end == *next_sound)
				end = find_misread(s, *next_sound, to);
			if (end > *next_sound)
				end = find_part(s, end, to);
		} else if (x->start >= from && s->n < s->max && x->start < to)
			end = search_typed(s, *next_sound, to);
		*next_sound = end > *next_sound ? end : *next_sound + 1;
	}
}

/* 宁夏吴中, 湖南衡阳来阳: one after another; gives where the next gap begins. */
static uint32_t find_misread_parts(struct search *s, uint32_t from, const struct mention *written)
{
	while (s->n && s->n < s->max && s->found[s->n - 1].end == from) {
		uint32_t end = search_misread_part(s, written);

		if (!end)
			break;
		from = end;
		if (written && written->start < end)
			break;
	}
	return from;
}

/* What is written, or what is longer and misspelt there; gives where it ends. */
static uint32_t add_found(struct search *s, const struct mention *written, uint32_t limit)
{
	uint32_t end = search_misread_long(s, written, limit);

	if (end)
		return end;
	if (!search_misread_wide(s, written))
		s->found[s->n++] = *written;
	return written->end;
}

void gazetteer_search(struct search *s)
{
	size_t next_sound = 0, n_written;
	uint32_t n_chars = (uint32_t)s->text->n_chars, from = 0;
	struct mention written[LIMIT_MENTIONS];

	find_all_written(s, 0, n_chars);
	if (!s->sounds)
		return;
	n_written = s->n;
	memcpy(written, s->found, n_written * sizeof(*written));
	s->n = 0;
	for (size_t i = 0; i < n_written && s->n < s->max; i++) {
		uint32_t limit;

		from = find_misread_parts(s, from, &written[i]);
		if (from > written[i].start)
			continue;
		limit = i + 1 < n_written ? written[i + 1].start : n_chars;
		s->next = &written[i];
		fill_gap(s, &next_sound, from, written[i].start, limit);
		from = written[i].end;
		if (s->n && s->found[s->n - 1].end > written[i].start)
			continue;
		if (s->n < s->max)
			from = add_found(s, &written[i], limit);
	}
	s->next = NULL;
	from = find_misread_parts(s, from, NULL);
	fill_gap(s, &next_sound, from, n_chars, n_chars);
}
