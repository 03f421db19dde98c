/* SPDX-License-Identifier: Apache-2.0 */
/* guide.c - reading a guide: its head, its places and sources, its canary; topics in guide-topic.c.
 */
#include "know/guide.h"

#include <errno.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "know/guide-topic.h"
#include "know/nearest.h"
#include "know/reader.h"
#include "know/yaml.h"

#define KEYS(...) \
	(const char *const[]){__VA_ARGS__}, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)

static bool is_name(struct view v, const char *also)
{
	if (v.len == 0 || v.len > 64)
		return false;
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !strchr(also, c))
			return false;
	}
	return true;
}

static bool is_leap(unsigned year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* YYYY, YYYY-MM or YYYY-MM-DD, and such a day exists. */
static bool is_date(struct view v)
{
	static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	uint64_t year, month = 1, day = 1;

	if (v.len != 4 && v.len != 7 && v.len != 10)
		return false;
	if (view_to_u64(view_sub(v, 0, 4), &year) < 0 || year < 1949)
		return false;
	if (v.len >= 7 && (v.ptr[4] != '-' || view_to_u64(view_sub(v, 5, 2), &month) < 0))
		return false;
	if (v.len == 10 && (v.ptr[7] != '-' || view_to_u64(view_sub(v, 8, 2), &day) < 0))
		return false;
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && is_leap((unsigned)year));
}

static struct view read_date(const struct reader *r, const struct yaml_node *node, const char *what)
{
	struct view v = reader_text(r, node, what);

	if (v.len == 0 || is_date(v))
		return v;
	reader_error(r, node, "%s '%.*s' is no date: write YYYY, YYYY-MM or YYYY-MM-DD", what,
		     VIEW_ARG(utf8_clip(v, 40)));
	return VIEW("");
}

static void read_regions(const struct reader *r, const struct yaml_node *root, struct guide *g)
{
	const struct yaml_node *list = yaml_get(root, "regions");
	struct guide_region *items;

	if (!list || (list->kind == YAML_LIST && list->n == 0)) {
		reader_error(r, list ? list : root,
			     "'regions' is missing: name at least one place");
		return;
	}
	if (!reader_list(r, list, "regions", LIMIT_GUIDE_REGIONS))
		return;
	items = ARENA_ARRAY(r->arena, list->n, struct guide_region);
	yaml_each (child, list) {
		struct guide_region *new = &items[g->regions.n];

		if (!reader_element(r, child, "a region", "{code: ", "}",
				    KEYS("code", "aliases", "apps")))
			continue;
		new->code = reader_need(r, child, "code");
		reader_texts(r, yaml_get(child, "aliases"), "aliases", &new->aliases,
			     &new->n_aliases);
		reader_texts(r, yaml_get(child, "apps"), "apps", &new->apps, &new->n_apps);
		if (new->code.len)
			g->regions.n++;
	}
	g->regions.items = items;
}

static void read_source(const struct reader *r, const struct yaml_node *node, struct guide *g,
			struct source *ret)
{
	static const char *const kinds[] = {"law", "government", "press", "article"};
	const struct yaml_node *id = yaml_get(node, "id");
	int kind;

	*ret = (struct source){.id = VIEW("")};
	ret->id = reader_need(r, node, "id");
	if (ret->id.len > 32 || view_find(ret->id, VIEW(" ")) >= 0)
		reader_error(r, id, "a source id is short and without blanks: S12, L9");
	if (ret->id.len && guide_source_find(g, ret->id))
		reader_error(r, id, "there are two sources '%.*s'",
			     VIEW_ARG(utf8_clip(ret->id, 40)));
	ret->title = reader_need(r, node, "title");
	kind = reader_choice(r, yaml_get(node, "kind") ? yaml_get(node, "kind") : node,
			     "the kind of a source", kinds, SOURCE_KINDS);
	ret->kind = kind < 0 ? SOURCE_ARTICLE : (enum source_kind)kind;
	ret->url = guide_read_url(r, yaml_get(node, "url"));
	if (!yaml_get(node, "as_of") && !yaml_get(node, "seen"))
		reader_error(r, node,
			     "'as_of' is missing: the date of the source; if it bears none, 'seen' "
			     "says when it was looked at");
	ret->as_of = read_date(r, yaml_get(node, "as_of"), "as_of");
	ret->seen = read_date(r, yaml_get(node, "seen"), "seen");
	ret->review_by = read_date(r, yaml_get(node, "review_by"), "review_by");
}

static void read_sources(const struct reader *r, const struct yaml_node *root, struct guide *g)
{
	const struct yaml_node *list = yaml_get(root, "sources");
	struct source *items;

	if (!list)
		reader_error(r, root, "'sources' is missing: every fact names its source");
	if (!reader_list(r, list, "sources", LIMIT_GUIDE_SOURCES))
		return;
	items = ARENA_ARRAY(r->arena, list->n + 1, struct source);
	g->sources.items = items;
	yaml_each (child, list) {
		if (!reader_element(
			r, child, "a source",
			"{id: S1, title: ", ", kind: government, as_of: \"YYYY-MM\"}",
			KEYS("id", "title", "kind", "url", "as_of", "seen", "review_by")))
			continue;
		read_source(r, child, g, &items[g->sources.n]);
		if (items[g->sources.n].id.len)
			g->sources.n++;
	}
}

static void read_topics(const struct reader *r, const struct yaml_node *root, struct guide *g)
{
	const struct yaml_node *map = yaml_get(root, "topics");
	struct guide_topic *items;

	if (!map)
		reader_error(r, root, "'topics' is missing: what the guide says");
	if (!reader_any_map(r, map, "topics"))
		return;
	items = ARENA_ARRAY(r->arena, map->n + 1, struct guide_topic);
	yaml_each (child, map) {
		struct guide_topic *new = &items[g->topics.n++];

		new->intent = child->key;
		guide_read_topic(r, child, g, new);
	}
	g->topics.items = items;
}

static void read_gaps(const struct reader *r, const struct yaml_node *root, struct guide *g)
{
	const struct yaml_node *list = yaml_get(root, "not_inherited");
	struct guide_gap *items;

	if (!reader_list(r, list, "not_inherited", LIMIT_GUIDE_LIST))
		return;
	items = ARENA_ARRAY(r->arena, list->n + 1, struct guide_gap);
	yaml_each (child, list) {
		struct guide_gap *new = &items[g->gaps.n];

		if (!reader_element(r, child, "an element of not_inherited",
				    "{intent: ", ", reason: …}", KEYS("intent", "from", "reason")))
			continue;
		new->intent = reader_need(r, child, "intent");
		new->from = reader_text(r, yaml_get(child, "from"), "from");
		new->reason = reader_need(r, child, "reason");
		if (new->intent.len)
			g->gaps.n++;
	}
	g->gaps.items = items;
}

static void read_examples(const struct reader *r, const struct yaml_node *root, struct guide *g)
{
	const struct yaml_node *map = yaml_get(root, "examples");
	struct guide_example *items;
	size_t room = 0;

	if (!reader_any_map(r, map, "examples"))
		return;
	yaml_each (list, map)
		room += list->n;
	items = ARENA_ARRAY(r->arena, room + 1, struct guide_example);
	yaml_each (list, map) {
		if (!reader_list(r, list, "the examples of an intent", LIMIT_GUIDE_LIST))
			continue;
		yaml_each (child, list) {
			struct view text = reader_text(r, child, "an example");

			if (text.len)
				items[g->examples.n++] = (struct guide_example){list->key, text};
		}
	}
	g->examples.items = items;
}

static void read_canaries(const struct reader *r, const struct yaml_node *root, struct guide *g)
{
	const struct yaml_node *list = yaml_get(root, "canary");
	struct guide_canary *items;

	if (!reader_list(r, list, "canary", LIMIT_GUIDE_LIST))
		return;
	items = ARENA_ARRAY(r->arena, list->n + 1, struct guide_canary);
	yaml_each (child, list) {
		struct guide_canary *new = &items[g->canaries.n];

		if (!reader_element(r, child, "a canary", "{ask: ", ", intent: …, must: […]}",
				    KEYS("ask", "intent", "must", "must_not")))
			continue;
		new->ask = reader_need(r, child, "ask");
		new->intent = reader_text(r, yaml_get(child, "intent"), "intent");
		reader_texts(r, yaml_get(child, "must"), "must", &new->must, &new->n_must);
		reader_texts(r, yaml_get(child, "must_not"), "must_not", &new->must_not,
			     &new->n_must_not);
		if (new->ask.len)
			g->canaries.n++;
	}
	g->canaries.items = items;
}

static void read_head(const struct reader *r, const struct yaml_node *root, struct guide *g)
{
	const struct yaml_node *format = yaml_get(root, "guide");

	if (!format)
		reader_error(r, root, "'guide: 1' is missing: the version of the format");
	else if (format->kind != YAML_TEXT || !view_is(format->text, "1"))
		reader_error(r, format, "guide must be 1, the only version of the format there is");
	g->name = reader_need(r, root, "name");
	if (g->name.len && !is_name(g->name, "-"))
		reader_error(r, yaml_get(root, "name"),
			     "name '%.*s' may only hold a-z, 0-9 and '-', at most 64 of them",
			     VIEW_ARG(utf8_clip(g->name, 80)));
	g->title = reader_text(r, yaml_get(root, "title"), "title");
	if (g->title.len == 0)
		g->title = g->name;
	g->version = reader_need(r, root, "version");
	g->contact = reader_need(r, root, "contact");
}

/* What could be read, even where something is wrong with the rest; the tree is NULL if nothing. */
static struct guide read_what_can_be(struct arena *a, struct view yaml, const char *file,
				     struct problems *problems)
{
	struct reader r = {a, file, problems};
	const struct yaml_node *root = NULL;
	struct guide g = {0};
	struct fault why;

	if (yaml_read(a, yaml, file, &root, &why) < 0) {
		problem_add(problems, true, file, why.line, why.column, "%s", why.text);
		return g;
	}
	if (!reader_map(&r, root, "a guide",
			KEYS("guide", "name", "title", "version", "contact", "regions", "sources",
			     "topics", "not_inherited", "examples", "canary")))
		return g;
	g.tree = root;
	read_head(&r, root, &g);
	read_regions(&r, root, &g);
	read_sources(&r, root, &g);
	read_topics(&r, root, &g);
	read_gaps(&r, root, &g);
	read_examples(&r, root, &g);
	read_canaries(&r, root, &g);
	return g;
}

int guide_read(struct arena *a, struct view yaml, const char *file, struct guide *ret,
	       struct problems *problems)
{
	size_t before = problems_errors(problems);
	struct guide g = read_what_can_be(a, yaml, file, problems);

	if (problems_errors(problems) > before)
		return -EBADMSG;
	*ret = g;
	return 0;
}

int guide_read_and_check(struct arena *a, struct view yaml, const char *file,
			 const struct guide_world *world, struct guide *ret,
			 struct problems *problems)
{
	size_t before = problems_errors(problems);
	struct guide g = read_what_can_be(a, yaml, file, problems);
	struct problems found = {.n_errors = 0};
	bool is_whole = problems_errors(problems) == before;

	if (!g.tree)
		return -EBADMSG;
	guide_check(&g, world, file, is_whole ? problems : &found);
	/* What is to be warned of may only be missing because it could not be read. */
	for (size_t i = 0; i < found.list.n; i++)
		if (found.list.items[i].is_error)
			problem_copy(problems, &found.list.items[i]);
	problems_done(&found);
	if (!is_whole)
		return -EBADMSG;
	*ret = g;
	return 0;
}

void guide_place(const struct guide *g, struct view text, unsigned *ret_line, unsigned *ret_column)
{
	*ret_line = *ret_column = 0;
	yaml_place(g->tree, text, ret_line, ret_column);
}

const struct guide_topic *guide_topic_find(const struct guide *g, struct view intent)
{
	for (size_t i = 0; i < g->topics.n; i++)
		if (view_eq(g->topics.items[i].intent, intent))
			return &g->topics.items[i];
	return NULL;
}

const struct source *guide_source_find(const struct guide *g, struct view id)
{
	for (size_t i = 0; i < g->sources.n; i++)
		if (view_eq(g->sources.items[i].id, id))
			return &g->sources.items[i];
	return NULL;
}
