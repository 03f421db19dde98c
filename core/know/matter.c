/* SPDX-License-Identifier: Apache-2.0 */
/* matter.c - reading matter.yaml. */
#include "know/matter.h"

/* The sentences that are said of a figure. */
static void read_slot_words(const struct reader *r, const struct yaml_node *node,
			    struct slot_rule *ret)
{
	const struct yaml_node *said = yaml_get(node, "said");

	ret->said = reader_text(r, said, "said");
	ret->today = reader_text(r, yaml_get(node, "today"), "today");
	ret->ask = reader_text(r, yaml_get(node, "ask"), "ask");
	if (ret->said.len && view_find(ret->said, VIEW(SLOT_FIGURE)) < 0)
		reader_error(r, said, "said needs %s: that is where the figure goes", SLOT_FIGURE);
}

static void read_slots(const struct reader *r, const struct yaml_node *map, struct matter *m)
{
	static const char *const keys[] = {"unit",  "words", "counts", "breaks", "others",
					   "dates", "said",  "today",  "ask",    "stays"};
	static const char *const units[] = {"day", "month", "year"};
	static const char *const counts[COUNTS_KINDS] = {"amount", "since", "until"};
	struct slot_rule *items;

	if (!map || !reader_any_map(r, map, "slots"))
		return;
	items = ARENA_ARRAY(r->arena, map->n + 1, struct slot_rule);
	yaml_each (child, map) {
		struct slot_rule *new = &items[m->n_slots];
		const struct yaml_node *unit = yaml_get(child, "unit");
		const struct yaml_node *how = yaml_get(child, "counts");
		int u, c = COUNTS_AMOUNT;

		if (!reader_map(r, child, "a slot", keys, N_OF(keys)))
			continue;
		u = reader_choice(r, unit ? unit : child, "the unit of a slot", units, N_OF(units));
		new->name = child->key;
		new->unit = view_of(units[u < 0 ? 0 : u]);
		if (how)
			c = reader_choice(r, how, "what a slot counts", counts, N_OF(counts));
		new->counts = c < 0 ? COUNTS_AMOUNT : (enum slot_counts)c;
		reader_texts(r, yaml_get(child, "words"), "words", &new->words, &new->n_words);
		reader_texts(r, yaml_get(child, "breaks"), "breaks", &new->breaks, &new->n_breaks);
		reader_texts(r, yaml_get(child, "others"), "others", &new->others, &new->n_others);
		reader_texts(r, yaml_get(child, "stays"), "stays", &new->stays, &new->n_stays);
		reader_texts(r, yaml_get(child, "dates"), "dates", &new->dates, &new->n_dates);
		read_slot_words(r, child, new);
		if (new->n_words == 0)
			reader_error(r, child, "'words' is missing: what stands near the figure");
		m->n_slots++;
	}
	m->slots = items;
}

static void read_glosses(const struct reader *r, const struct yaml_node *map, struct matter *m)
{
	struct matter_gloss *items;

	if (!map || !reader_any_map(r, map, "glosses"))
		return;
	items = ARENA_ARRAY(r->arena, map->n + 1, struct matter_gloss);
	yaml_each (child, map)
		items[m->n_glosses++] =
		    (struct matter_gloss){child->key, reader_text(r, child, "a gloss")};
	m->glosses = items;
}

static void read_facets(const struct reader *r, const struct yaml_node *map, struct matter *m)
{
	static const char *const keys[] = {"title", "words", "default"};
	struct matter_facet *items;

	if (!map || !reader_any_map(r, map, "facets"))
		return;
	items = ARENA_ARRAY(r->arena, map->n + 1, struct matter_facet);
	yaml_each (child, map) {
		struct matter_facet *new = &items[m->n_facets];

		if (!reader_map(r, child, "a facet", keys, N_OF(keys)))
			continue;
		*new = (struct matter_facet){.intent = child->key};
		new->title = reader_need(r, child, "title");
		reader_texts(r, yaml_get(child, "words"), "words", &new->words, &new->n_words);
		new->is_default = reader_yes(r, yaml_get(child, "default"), "'default' of a facet");
		m->n_facets++;
	}
	m->facets = items;
}

static void read_points(const struct reader *r, const struct yaml_node *map, struct matter *m)
{
	static const char *const keys[] = {"intent", "words",   "beside", "told",
					   "topics", "decides", "alone"};
	struct matter_point *items;

	if (!map || !reader_any_map(r, map, "points"))
		return;
	items = ARENA_ARRAY(r->arena, map->n + 1, struct matter_point);
	yaml_each (child, map) {
		struct matter_point *new = &items[m->n_points];
		const struct yaml_node *decides = yaml_get(child, "decides");
		const struct yaml_node *alone = yaml_get(child, "alone");

		if (!reader_map(r, child, "a point", keys, N_OF(keys)))
			continue;
		*new = (struct matter_point){.name = child->key};
		new->intent = reader_text(r, yaml_get(child, "intent"), "intent");
		reader_texts(r, yaml_get(child, "words"), "words", &new->words, &new->n_words);
		if (new->n_words == 0)
			reader_error(r, child, "'words' is missing: what people call it");
		reader_texts(r, yaml_get(child, "beside"), "beside", &new->beside, &new->n_beside);
		reader_texts(r, yaml_get(child, "told"), "told", &new->told, &new->n_told);
		reader_texts(r, yaml_get(child, "topics"), "topics", &new->topics, &new->n_topics);
		new->is_decisive = reader_yes(r, decides, "'decides' of a point");
		new->is_alone = reader_yes(r, alone, "'alone' of a point");
		if (new->is_decisive &&new->intent.len == 0)
			reader_error(r, decides, "'decides' needs an 'intent'");
		m->n_points++;
	}
	m->points = items;
}

#define ORDER_MAX 1000

void matter_read(const struct reader *r, const struct yaml_node *root, struct view folder,
		 struct matter *m)
{
	static const char *const keys[] = {"matter",  "title",   "about",       "asks",   "terms",
					   "slots",   "glosses", "look_alikes", "facets", "never",
					   "wording", "kinds",   "others",      "order",  "points"};
	const struct yaml_node *wording = yaml_get(root, "wording");

	if (!reader_map(r, root, "a matter", keys, N_OF(keys)))
		return;
	m->name = reader_need(r, root, "matter");
	if (m->name.len && !view_eq(m->name, folder))
		reader_error(r, yaml_get(root, "matter"),
			     "the folder is called '%.*s' but holds the matter '%.*s'",
			     VIEW_ARG(folder), VIEW_ARG(m->name));
	m->title = reader_need(r, root, "title");
	m->about = reader_text(r, yaml_get(root, "about"), "about");
	m->order = reader_number(r, yaml_get(root, "order"), "order", ORDER_MAX, ORDER_MAX);
	reader_texts(r, yaml_get(root, "terms"), "terms", &m->terms, &m->n_terms);
	if (m->n_terms == 0)
		reader_error(r, root, "'terms' is missing: the words that mean this matter");
	reader_texts(r, yaml_get(root, "kinds"), "kinds", &m->kinds, &m->n_kinds);
	reader_texts(r, yaml_get(root, "others"), "others", &m->others, &m->n_others);
	reader_texts(r, yaml_get(root, "asks"), "asks", &m->asks, &m->n_asks);
	reader_texts(r, yaml_get(root, "look_alikes"), "look_alikes", &m->look_alikes,
		     &m->n_look_alikes);
	reader_texts(r, yaml_get(root, "never"), "never", &m->never, &m->n_never);
	read_slots(r, yaml_get(root, "slots"), m);
	read_glosses(r, yaml_get(root, "glosses"), m);
	read_facets(r, yaml_get(root, "facets"), m);
	read_points(r, yaml_get(root, "points"), m);
	if (wording && reader_any_map(r, wording, "wording"))
		m->wording = wording;
}

bool matter_words(const struct matter *m, const char *entry)
{
	return m && m->wording && yaml_get(m->wording, entry);
}
