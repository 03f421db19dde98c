/* SPDX-License-Identifier: Apache-2.0 */
/* guide-case.c - reading the cases of a topic: a figure, its bounds, what holds then. */
#include "know/guide-case.h"

#include "base/limits.h"

/* A hundred years in days, as the longest that somebody's figure can be; of months and years the
 * check knows. */
#define BOUND_MAX 36500

/* One end: the key that has the value in it, or the one that has not. */
static struct guide_bound read_bound(const struct reader *r, const struct yaml_node *map,
				     const char *closed, const char *open)
{
	const struct yaml_node *in = yaml_get(map, closed), *out = yaml_get(map, open);
	struct guide_bound b = {.value = -1, .is_open = out != NULL};

	if (in && out) {
		reader_error(r, out, "a case has either %s or %s, not both: leave one out", closed,
			     open);
		return (struct guide_bound){-1, false};
	}
	b.value = reader_number(r, in ? in : out, in ? closed : open, BOUND_MAX, -1);
	return b;
}

static bool is_empty(const struct guide_case *c)
{
	const int32_t least = c->least.value < 0 ? 0 : c->least.value;

	return c->most.value >= 0 &&
	       (least > c->most.value ||
		(least == c->most.value && (c->least.is_open || c->most.is_open)));
}

static void read_bounds(const struct reader *r, const struct yaml_node *node,
			struct guide_case *ret)
{
	ret->least = read_bound(r, node, "min", "over");
	ret->most = read_bound(r, node, "max", "under");
	if (!yaml_get(node, "min") && !yaml_get(node, "over") && !yaml_get(node, "max") &&
	    !yaml_get(node, "under"))
		reader_error(r, node,
			     "a case needs a limit: min (at least), over (more than), max (at "
			     "most) or under (less than)");
	else if (is_empty(ret))
		reader_error(r, node,
			     "no number lies within these limits: the lower one (%d) must be "
			     "below the upper one (%d)",
			     ret->least.value < 0 ? 0 : (int)ret->least.value,
			     (int)ret->most.value);
}

static struct view read_unit(const struct reader *r, const struct yaml_node *node)
{
	static const char *const units[] = {"day", "month", "year"};

	if (!node || reader_choice(r, node, "the unit of a case", units, N_OF(units)) < 0)
		return VIEW("");
	return node->text;
}

static void read_case(const struct topic_reader *t, const struct yaml_node *node,
		      struct guide_case *ret)
{
	const struct yaml_node *text = yaml_get(node, "text");

	ret->figure = reader_need(t->r, node, "figure");
	ret->unit = read_unit(t->r, yaml_get(node, "unit"));
	read_bounds(t->r, node, ret);
	ret->line.text = text ? topic_spoken(t, text, "text") : reader_need(t->r, node, "text");
	ret->line.source = topic_source(t, node);
}

void guide_read_cases(const struct topic_reader *t, const struct yaml_node *list,
		      struct guide_topic *ret)
{
	static const char *const keys[] = {"figure", "min",  "over", "max",
					   "under",  "unit", "text", "source"};
	struct guide_case *items;

	if (!reader_list(t->r, list, "cases", LIMIT_GUIDE_LIST))
		return;
	items = ARENA_ARRAY(t->r->arena, list->n + 1, struct guide_case);
	yaml_each (child, list)
		if (reader_element(t->r, child, "a case", "{figure: …, max: …, text: ", "}", keys,
				   N_OF(keys)))
			read_case(t, child, &items[ret->cases.n++]);
	ret->cases.items = items;
}
