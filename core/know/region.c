/* SPDX-License-Identifier: Apache-2.0 */
/* region.c - questions to the finished table; region-load.c builds it. */
#include "know/region.h"

#include "base/utf8.h"
#include "know/nearest.h"

const struct region *region_find(const struct region_table *t, struct view id)
{
	size_t low = 0, high = t->n_items;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = view_cmp(t->items[mid].id, id);

		if (order == 0)
			return &t->items[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

const struct region_name *region_names_of(const struct region_table *t, struct view name,
					  size_t *ret_n)
{
	size_t low = 0, high = t->n_names, end;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (view_cmp(t->names[mid].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (end = low; end < t->n_names && view_eq(t->names[end].name, name); end++)
		;
	*ret_n = end - low;
	return end > low ? &t->names[low] : NULL;
}

bool region_lies_in(const struct region *r, const struct region *wider)
{
	if (r == wider)
		return true;
	if (wider->level == REGION_CLUSTER) {
		for (size_t i = 0; i < r->n_clusters; i++)
			if (r->clusters[i] == wider)
				return true;
		return false;
	}
	for (; r; r = r->parent)
		if (r == wider)
			return true;
	return false;
}

bool region_has_own_law(const struct region *r)
{
	return view_starts(r->id, VIEW("81")) || view_starts(r->id, VIEW("82")) ||
	       view_starts(r->id, VIEW("71"));
}

/* 郑州高新区 says its city already; 荆州区 is part of the name only. */
static bool names_its_place(const struct region *r)
{
	return view_find(r->name, r->parent->short_name) >= 0 &&
	       utf8_count(r->name) >= utf8_count(r->parent->short_name) + 3;
}

/* 吉林市 and the like: the city's name is the province's. */
static bool is_called_like_its_parent(const struct region *r)
{
	return view_eq(r->short_name, r->parent->short_name);
}

struct view region_full_name(struct arena *a, const struct region *r)
{
	bool needs_place = false;

	if (r->level == REGION_COUNTY)
		needs_place = !names_its_place(r);
	else if (r->level == REGION_CITY)
		needs_place = is_called_like_its_parent(r);
	if (!needs_place)
		return r->name;
	return arena_printf(a, "%.*s%.*s", VIEW_ARG(r->parent->name), VIEW_ARG(r->name));
}

const struct region *region_nearest(const struct region_table *t, struct view id)
{
	struct nearest near = NEAREST_INIT(id);
	const struct region *best = NULL;
	const struct region_name *names;
	size_t n;

	names = region_names_of(t, id, &n);
	if (names)
		return names[0].region;
	/* Codes stand close together: with three digits changed nearly any is near some place. */
	if (near.distance > 3)
		near.distance = 3;
	for (size_t i = 0; i < t->n_items; i++)
		if (nearest_offer(&near, t->items[i].id))
			best = &t->items[i];
	return best;
}
