/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mention.c - which reading of each place is meant, and which places are asked about.
 */
#include "nlu/cue.h"
#include "nlu/doubt.h"
#include "nlu/gazetteer.h"
#include "nlu/role.h"
#include "nlu/target.h"

/* How far ahead the first reading must be of the second to be taken without asking … */
#define ASSUME_FACTOR 2
/* … and to be taken although another place of the text, not its neighbour, speaks for the second.
 */
#define STUBBORN_FACTOR 4
/* Between two places that are named together: 和, 跟. */
#define BESIDE_CHARS 2

/* What another place says of a reading: the same place twice speaks for itself only where the other
 * is certain. */
static bool is_spoken_for(const struct region *r, const struct region *other, bool is_certain,
			  bool is_inside)
{
	if (r == other)
		return is_certain;
	return is_inside ? region_lies_in(r, other) : region_lies_in(other, r);
}

/* 甘肃白银 is the city, not the district in it: another candidate that holds `r` and lies in
 * `other`. */
static const struct region *widen(const struct mention *m, const struct region *r,
				  const struct region *other)
{
	for (size_t i = 0; i < m->n_candidates; i++)
		if (m->candidates[i] != r && region_lies_in(r, m->candidates[i]) &&
		    m->candidates[i] != other && region_lies_in(m->candidates[i], other))
			return m->candidates[i];
	return r;
}

/* The first candidate that is `other` or lies in it, or that it lies in. */
static const struct region *by_other(const struct search *s, const struct mention *m,
				     const struct mention *o, bool is_inside)
{
	for (size_t i = 0; i < m->n_candidates; i++) {
		if (m->weights[0] >= STUBBORN_FACTOR * m->weights[i] &&
		    !places_are_adjacent(s, o, m))
			continue;
		for (size_t j = 0; j < o->n_candidates; j++)
			if (is_spoken_for(m->candidates[i], o->candidates[j], o->n_candidates == 1,
					  is_inside))
				return widen(m, m->candidates[i], o->candidates[j]);
	}
	return NULL;
}

/* zai suzhou shangban, hukou shi anhui: where somebody is from says nothing of where they are,
 * unless it stands beside it. */
static bool is_only_from(const struct search *s, const struct mention *o, const struct mention *m)
{
	for (size_t i = 0; i < m->n_candidates; i++)
		if (m->candidates[i] == o->candidates[0])
			return false;
	return o->role == MENTION_ORIGIN && !places_are_adjacent(s, o, m) &&
	       !places_are_adjacent(s, m, o) && m->role != MENTION_ORIGIN;
}

/* Which reading of `m` the other place `o` speaks for; NULL: none. */
typedef const struct region *reads(const struct search *s, const struct mention *m,
				   const struct mention *o);

static const struct region *inside(const struct search *s, const struct mention *m,
				   const struct mention *o)
{
	return by_other(s, m, o, true);
}

static const struct region *around(const struct search *s, const struct mention *m,
				   const struct mention *o)
{
	return by_other(s, m, o, false);
}

/* The candidate that is another part of the same city as `o`. */
static const struct region *beside(const struct search *s, const struct mention *m,
				   const struct mention *o)
{
	for (size_t i = 0; i < m->n_candidates && o->place != m->place; i++) {
		const struct region *r = m->candidates[i];

		if (r->level <= REGION_CITY || (m->weights[0] >= STUBBORN_FACTOR * m->weights[i] &&
						!places_are_adjacent(s, o, m)))
			continue;
		for (size_t j = 0; j < o->n_candidates; j++)
			if (o->candidates[j] != r && o->candidates[j]->level > REGION_CITY &&
			    o->candidates[j]->parent == r->parent)
				return r;
	}
	return NULL;
}

/* What another place of the text says; neighbours are asked first. */
static const struct region *by_neighbour(const struct search *s, size_t at, reads *read)
{
	const struct mention *m = &s->found[at];

	for (size_t distance = 1; distance < s->n; distance++)
		for (int side = 0; side < 2; side++) {
			size_t other = side ? at + distance : at - distance;
			const struct mention *o = other < s->n ? &s->found[other] : NULL;
			const struct region *r = NULL;

			if (o && o->role != MENTION_PART && !is_only_from(s, o, m))
				r = read(s, m, o);
			if (r)
				return r;
		}
	return NULL;
}

/*
 * The reading that holds all the others, where that makes asking idle: 长沙 is the city, not the
 * county in it; 江浙沪 the wider of two groups. (吉林 is asked: both readings are places people
 * live in and mean.)
 */
static const struct region *by_nesting(const struct mention *m)
{
	for (size_t i = 0; i < m->n_candidates; i++) {
		const struct region *r = m->candidates[i];
		bool holds_all = r->level == REGION_CITY || r->level == REGION_CLUSTER;

		for (size_t j = 0; j < m->n_candidates; j++)
			holds_all &= region_lies_in(m->candidates[j], r);
		if (holds_all)
			return r;
	}
	return NULL;
}

/* 东莞石龙镇 … 石龙: what was named in full before is named in short. */
static const struct region *by_full_name(const struct search *s, size_t at)
{
	const struct mention *m = &s->found[at];

	for (size_t i = 0; i < at; i++) {
		const struct mention *o = &s->found[i];

		if (o->meant && o->name->kind == REGION_NAME_FULL &&
		    m->name->kind == REGION_NAME_SHORT &&
		    o->place->n_chars == m->place->n_chars + 1 &&
		    view_starts(o->name->name, m->name->name))
			return o->meant;
	}
	return NULL;
}

/* 辽宁和吉林: named together with a province, it is the province of that name. */
static const struct region *by_province(const struct search *s, size_t at)
{
	const struct mention *m = &s->found[at];
	bool is_with_province = false;

	for (size_t i = at ? at - 1 : 1; i <= at + 1 && i < s->n; i++) {
		const struct mention *o = &s->found[i];

		is_with_province |=
		    i != at && o->n_candidates == 1 && o->candidates[0]->level == REGION_PROVINCE &&
		    o->end + BESIDE_CHARS >= m->start && m->end + BESIDE_CHARS >= o->start;
	}
	for (size_t i = 0; is_with_province && i < m->n_candidates; i++)
		if (m->candidates[i]->level == REGION_PROVINCE)
			return m->candidates[i];
	return NULL;
}

/* 舟山|普陀区: the one that lies in what stands in front of it; NULL: nothing does. */
static const struct region *by_front(const struct search *s, size_t at)
{
	const struct mention *m = &s->found[at], *front = m - 1;

	if (at == 0 || !roles_are_one_place(s, front, m))
		return NULL;
	for (size_t i = 0; i < m->n_candidates; i++)
		for (size_t k = 0; k < front->n_candidates; k++)
			if (region_lies_in(m->candidates[i], front->candidates[k]))
				return widen(m, m->candidates[i], front->candidates[k]);
	return NULL;
}

/* 舟山普陀区 … 普陀区居住证: what is said once of which one is meant is said of all. */
static const struct region *by_namesake(const struct search *s, size_t at)
{
	const struct mention *m = &s->found[at];

	if (by_front(s, at))
		return NULL;
	for (size_t i = 0; i < s->n; i++) {
		const struct region *r =
		    i != at && s->found[i].place == m->place ? by_front(s, i) : NULL;

		if (r)
			return r;
	}
	return NULL;
}

static void choose_reading(const struct search *s, size_t at)
{
	struct mention *m = &s->found[at];
	bool is_widest = true;

	m->meant = by_full_name(s, at);
	if (!m->meant && m->n_candidates > 1)
		m->meant = by_namesake(s, at);
	if (m->meant)
		return;
	m->meant = m->candidates[0];
	if (m->n_candidates == 1)
		return;
	/* 北京天津河北, compared: no part of 天津. */
	m->meant = focus_compares(s->text) ? by_province(s, at) : NULL;
	/* What lies in one is likelier than what holds one: 温州瓯海 … 鹿城. */
	if (!m->meant)
		m->meant = by_neighbour(s, at, inside);
	if (!m->meant)
		m->meant = by_neighbour(s, at, around);
	/* 渝北江北, 七里河和城关: parts of a city that are named together. */
	if (!m->meant)
		m->meant = by_neighbour(s, at, beside);
	if (!m->meant)
		m->meant = by_nesting(m);
	if (!m->meant)
		m->meant = by_province(s, at);
	if (m->meant || m->weights[0] < ASSUME_FACTOR * m->weights[1])
		return;
	m->meant = m->candidates[0];
	for (size_t i = 1; i < m->n_candidates; i++)
		is_widest &= m->candidates[i]->level > m->meant->level;
	m->is_assumed = !is_widest;
}

/*
 * 昆山 苏州, but not 绵阳 Sichuan nor 昆山苏州: a province behind its city only says where that is,
 * and what is behind 鼓楼, which of them.
 */
static bool is_side_by_side(const struct search *s, const struct mention *narrower,
			    const struct mention *wider)
{
	uint32_t at = wider->start;

	return narrower->n_candidates == 1 && wider->candidates[0]->level > REGION_PROVINCE &&
	       !char_is_letter(s->text->chars[at]) && search_is_gap(s->text, at);
}

/* 四川/成都/武侯: each lies in the one before it. */
static bool is_path(const struct search *s, const struct mention *first,
		    const struct mention *second)
{
	return second->start == first->end + 1 && s->text->chars[first->end] == '/' &&
	       places_are_near(second->place, first->place);
}

/* Two places of which one lies in the other are one, unless the text sets them side by side. */
static bool is_covered(const struct search *s, size_t at)
{
	const struct mention *m = &s->found[at];

	for (size_t i = 0; i < s->n; i++) {
		const struct mention *o = &s->found[i];
		const struct mention *first = i < at ? o : m, *second = i < at ? m : o;

		if (i == at || o->role != MENTION_TARGET || !o->meant)
			continue;
		/* An app that gives way covers nothing. */
		if (o->name->kind == REGION_NAME_APP && m->name->kind != REGION_NAME_APP)
			continue;
		if (o->meant != m->meant && region_lies_in(o->meant, m->meant) &&
		    (!cue_joins(&s->g->cues, s->text, first->end, second->start) ||
		     is_path(s, first, second)) &&
		    /* 苏州昆山 is one place; 昆山 苏州 sets two side by side. */
		    !(first == o && first->end == second->start && is_side_by_side(s, o, m)))
			return true;
		if (o->meant == m->meant && i < at)
			return true;
	}
	return false;
}

/* 大连 开发区: whichever of that name is meant, it is the one there, which the table has not. */
static bool is_zone_of_other(const struct search *s, size_t at)
{
	const struct mention *m = &s->found[at], *last = at ? &s->found[at - 1] : NULL;

	return last && last->role == MENTION_TARGET && last->meant && m->start - last->end <= 1 &&
	       m->name->kind == REGION_NAME_SHORT && !places_are_near(m->place, last->place);
}

static void choose_targets(const struct search *s, struct arena *a, struct mentions *ret)
{
	bool has_place = roles_have(s, MENTION_TARGET, false);

	ret->targets = ARENA_ARRAY(a, s->n + 1, const struct region *);
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		/* An app tells the place only where nothing else does. */
		if (m->role != MENTION_TARGET || (has_place && m->name->kind == REGION_NAME_APP))
			continue;
		if (!m->meant) {
			if (!ret->ambiguous && !is_zone_of_other(s, i))
				ret->ambiguous = m;
			continue;
		}
		if (is_covered(s, i))
			continue;
		ret->targets[ret->n_targets++] = m->meant;
		if (m->is_assumed && !ret->assumed)
			ret->assumed = m;
	}
}

void mentions_find(struct search *s)
{
	struct mention room[LIMIT_MENTIONS];

	s->found = room;
	s->max = LIMIT_MENTIONS;
	gazetteer_search(s);
	if (s->sounds)
		doubts_settle(s);
	s->found = NULL;
	if (!s->n)
		return;
	s->found = ARENA_ARRAY(s->arena, s->n, struct mention);
	memcpy(s->found, room, s->n * sizeof(*room));
	roles_give(s);
	s->meant = focus_places(s);
	for (size_t i = 0; i < s->n; i++)
		choose_reading(s, i);
}

void gazetteer_read(const struct gazetteer *g, struct arena *a, const struct text *text,
		    const struct sounds *sounds, const struct term_hits *terms,
		    struct mentions *ret)
{
	struct search s = {.arena = a, .g = g, .text = text, .sounds = sounds, .terms = terms};
	struct mentions out = {.n = 0};

	mentions_find(&s);
	if (s.n) {
		targets_weigh(&s);
		choose_targets(&s, a, &out);
	}
	out.items = s.found;
	out.n = s.n;
	*ret = out;
}

void gazetteer_scan(const struct gazetteer *g, struct arena *a, const struct text *text,
		    struct mentions *ret)
{
	struct term_hits none = {NULL, 0};
	struct sounds sounds;

	sounds_make(a, text, &sounds);
	gazetteer_read(g, a, text, &sounds, &none, ret);
}
