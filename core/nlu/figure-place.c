/* SPDX-License-Identifier: Apache-2.0 */
/* figure-place.c - the places of a clause beside those that are asked about. */
#include "nlu/figure-place.h"

#include "nlu/dated-spot.h"

static const struct region *city_of(const struct region *r)
{
	while ((r->level == REGION_COUNTY || r->level == REGION_AREA) && r->parent)
		r = r->parent;
	return r;
}

static bool is_same(const struct region *a, const struct region *b)
{
	return region_lies_in(a, b) || region_lies_in(b, a) || city_of(a) == city_of(b);
}

/* Whatever the name may stand for. */
static bool is_asked(const struct mentions *places, const struct mention *m)
{
	for (size_t i = 0; i < places->n_targets; i++) {
		if (m->meant && is_same(m->meant, places->targets[i]))
			return true;
		for (size_t k = 0; !m->meant && k < m->n_candidates; k++)
			if (is_same(m->candidates[k], places->targets[i]))
				return true;
	}
	return false;
}

bool figure_is_elsewhere(const struct mentions *places, const struct text *t, uint32_t from,
			 uint32_t to)
{
	const uint32_t within_from = from, within_to = to;
	uint32_t nearest_asked = UINT32_MAX, nearest_other = UINT32_MAX;

	if (!places || places->n_targets == 0)
		return false;
	while (from > 0 && !spot_ends_clause(t->chars[from - 1]))
		from--;
	while (to < t->n_chars && !spot_ends_clause(t->chars[to]))
		to++;
	for (size_t i = 0; i < places->n; i++) {
		const struct mention *m = &places->items[i];
		uint32_t away = m->start >= within_to   ? m->start - within_to
				: m->end <= within_from ? within_from - m->end
							: 0;
		uint32_t *nearest = is_asked(places, m) ? &nearest_asked : &nearest_other;

		if (m->start >= from && m->end <= to && m->role != MENTION_ORIGIN &&
		    m->role != MENTION_PART && away < *nearest)
			*nearest = away;
	}
	return nearest_other < nearest_asked;
}

bool figure_place_begins(const struct mentions *places, const struct text *t, size_t byte)
{
	for (size_t i = 0; places && i < places->n; i++)
		if (t->bytes[places->items[i].start] == byte)
			return true;
	return false;
}
