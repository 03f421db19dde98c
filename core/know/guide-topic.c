/* SPDX-License-Identifier: Apache-2.0 */
/* guide-topic.c - one topic of a guide: its facts, each with exactly one source that exists. */
#include "know/guide-topic.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "know/guide-case.h"
#include "know/nearest.h"

/* The id under `key` if it is one of the guide's sources. */
static struct view known_source(const struct topic_reader *t, const struct yaml_node *node)
{
	struct view id = reader_text(t->r, node, "source");
	struct nearest near = NEAREST_INIT(id);

	if (id.len == 0 || guide_source_find(t->guide, id))
		return id;
	for (size_t i = 0; i < t->guide->sources.n; i++)
		nearest_offer(&near, t->guide->sources.items[i].id);
	if (near.best.ptr)
		reader_error(t->r, node,
			     "there is no source '%.*s' under sources: did you mean '%.*s'?",
			     VIEW_ARG(utf8_clip(id, 40)), VIEW_ARG(near.best));
	else
		reader_error(t->r, node, "there is no source '%.*s' under sources",
			     VIEW_ARG(utf8_clip(id, 40)));
	return VIEW("");
}

struct view topic_source(const struct topic_reader *t, const struct yaml_node *element)
{
	const struct yaml_node *own = yaml_get(element, "source");

	if (own)
		return known_source(t, own);
	if (t->source.len == 0)
		reader_error(t->r, element,
			     "no source: add 'source: ID' here or once to the topic");
	return t->source;
}

struct view guide_read_url(const struct reader *r, const struct yaml_node *node)
{
	struct view url = reader_text(r, node, "url");

	if (url.len == 0)
		return url;
	if (!view_starts(url, VIEW("https://")) && !view_starts(url, VIEW("http://"))) {
		reader_error(r, node, "url '%.*s' must begin with https:// or http://",
			     VIEW_ARG(utf8_clip(url, 60)));
		return VIEW("");
	}
	for (size_t i = 0; i < url.len; i++) {
		if ((unsigned char)url.ptr[i] > ' ' && !strchr("\"<>\\", url.ptr[i]))
			continue;
		if (url.ptr[i] == ' ')
			reader_error(
			    r, node,
			    "url holds a blank behind '%.*s': an address has none, copy it "
			    "anew or write %%20",
			    VIEW_ARG(utf8_clip(view_sub(url, 0, i), 120)));
		else
			reader_error(r, node, "url holds a sign that no address has (\" < > \\)");
		return VIEW("");
	}
	return url;
}

struct view topic_spoken(const struct topic_reader *t, const struct yaml_node *node,
			 const char *what)
{
	struct view text = reader_text(t->r, node, what);

	if (text.len && node->comment)
		problem_add(
		    t->r->problems, false, t->r->file, node->line, node->comment,
		    "%s: what stands behind ' #' is a comment, nobody reads it; if it belongs "
		    "to the text, put the whole text in quotes \"…\"",
		    what);
	return text;
}

static struct view spoken_name(const struct topic_reader *t, const struct yaml_node *map)
{
	const struct yaml_node *name = yaml_get(map, "name");

	return name ? topic_spoken(t, name, "name") : reader_need(t->r, map, "name");
}

/* "- 先去窗口: 交材料": a map to YAML, a line to whoever wrote it. */
static bool is_line_with_colon(const struct yaml_node *node)
{
	const struct yaml_node *only = node->children;

	if (node->n != 1 || only->kind != YAML_TEXT)
		return false;
	for (size_t i = 0; i < only->key.len; i++)
		if ((unsigned char)only->key.ptr[i] >= 0x80)
			return true;
	return false;
}

static struct line read_line(const struct topic_reader *t, const struct yaml_node *node,
			     const char *what)
{
	static const char *const keys[] = {"text", "source"};
	struct line line = {VIEW(""), VIEW("")};

	if (node->kind == YAML_TEXT) {
		line.text = topic_spoken(t, node, what);
	} else if (node->kind == YAML_MAP && is_line_with_colon(node)) {
		reader_error(t->r, node,
			     "%s: a ': ' parts a text in two: put the whole of it in quotes, "
			     "\"%.*s: %.*s\"",
			     what, VIEW_ARG(utf8_clip(node->children->key, 60)),
			     VIEW_ARG(utf8_clip(node->children->text, 60)));
		return line;
	} else if (node->kind == YAML_LIST) {
		reader_error(t->r, node, "%s must be a text or {text: …, source: …}", what);
		return line;
	} else if (reader_map(t->r, node, what, keys, N_OF(keys))) {
		line.text = yaml_get(node, "text") ? topic_spoken(t, yaml_get(node, "text"), what)
						   : reader_need(t->r, node, "text");
	}
	line.source = topic_source(t, node);
	return line;
}

static struct line_list read_lines(const struct topic_reader *t, const struct yaml_node *list,
				   const char *what)
{
	struct line *items;
	size_t n = 0;

	if (!reader_list(t->r, list, what, LIMIT_GUIDE_LIST) || list->n == 0)
		return (struct line_list){NULL, 0};
	items = ARENA_ARRAY(t->r->arena, list->n, struct line);
	yaml_each (child, list)
		items[n++] = read_line(t, child, what);
	return (struct line_list){items, n};
}

static void read_channels(const struct topic_reader *t, const struct yaml_node *list,
			  struct facts *f)
{
	static const char *const keys[] = {"name", "kind", "path", "url", "source"};
	const char *kinds[CHANNEL_KINDS];
	struct channel *items;

	if (!reader_list(t->r, list, "channels", LIMIT_GUIDE_LIST))
		return;
	for (int i = 0; i < CHANNEL_KINDS; i++)
		kinds[i] = channel_kind_name((enum channel_kind)i);
	items = ARENA_ARRAY(t->r->arena, list->n + 1, struct channel);
	yaml_each (child, list) {
		struct channel *new = &items[f->channels.n];
		const struct yaml_node *kind = yaml_get(child, "kind");
		int k;

		if (!reader_element(t->r, child, "a channel", "{name: ", ", kind: app}", keys,
				    N_OF(keys)))
			continue;
		f->channels.n++;
		new->name = spoken_name(t, child);
		k = reader_choice(t->r, kind ? kind : child, "the kind of a channel", kinds,
				  CHANNEL_KINDS);
		new->kind = k < 0 ? CHANNEL_WINDOW : (enum channel_kind)k;
		new->path = topic_spoken(t, yaml_get(child, "path"), "path");
		new->url = guide_read_url(t->r, yaml_get(child, "url"));
		new->source = topic_source(t, child);
	}
	f->channels.items = items;
}

static void read_documents(const struct topic_reader *t, const struct yaml_node *list,
			   struct facts *f)
{
	static const char *const keys[] = {"name", "form", "for", "source"};
	struct document *items;

	if (!reader_list(t->r, list, "documents", LIMIT_GUIDE_LIST))
		return;
	items = ARENA_ARRAY(t->r->arena, list->n + 1, struct document);
	yaml_each (child, list) {
		struct document *new = &items[f->documents.n];

		if (!reader_element(t->r, child, "a document", "{name: ", "}", keys, N_OF(keys)))
			continue;
		f->documents.n++;
		new->name = spoken_name(t, child);
		new->form = topic_spoken(t, yaml_get(child, "form"), "form");
		new->purpose = topic_spoken(t, yaml_get(child, "for"), "for");
		new->source = topic_source(t, child);
	}
	f->documents.items = items;
}

static void read_timing(const struct topic_reader *t, const struct yaml_node *node,
			struct timing *ret)
{
	const struct yaml_node *unit = yaml_get(node, "unit");
	const char *units[UNIT_KINDS];
	const int32_t most = 100000;
	bool has_figure;
	int u = UNIT_DAY;

	ret->stage = reader_need(t->r, node, "stage");
	ret->min = reader_number(t->r, yaml_get(node, "min"), "min", most, -1);
	ret->max = reader_number(t->r, yaml_get(node, "max"), "max", most, -1);
	ret->legal_max = reader_number(t->r, yaml_get(node, "legal_max"), "legal_max", most, -1);
	ret->text = topic_spoken(t, yaml_get(node, "text"), "text");
	ret->source = topic_source(t, node);
	has_figure = ret->min >= 0 || ret->max >= 0 || ret->legal_max >= 0;
	if (unit || has_figure) {
		for (int i = 0; i < UNIT_KINDS; i++)
			units[i] = time_unit_name((enum time_unit)i);
		u = reader_choice(t->r, unit ? unit : node, "the unit of a time", units,
				  UNIT_KINDS);
	}
	ret->unit = u < 0 ? UNIT_DAY : (enum time_unit)u;
	if (!has_figure && ret->text.len == 0 && !yaml_get(node, "min") && !yaml_get(node, "max") &&
	    !yaml_get(node, "legal_max"))
		reader_error(t->r, node, "a time needs min, max, legal_max or text");
	if (ret->min >= 0 && ret->max >= 0 && ret->min > ret->max)
		reader_error(t->r, yaml_get(node, "min"), "min (%d) is more than max (%d)",
			     (int)ret->min, (int)ret->max);
}

static void read_timings(const struct topic_reader *t, const struct yaml_node *list,
			 struct facts *f)
{
	static const char *const keys[] = {"stage", "min",  "max",   "legal_max",
					   "unit",  "text", "source"};
	struct timing *items;

	if (!reader_list(t->r, list, "timing", LIMIT_GUIDE_LIST))
		return;
	items = ARENA_ARRAY(t->r->arena, list->n + 1, struct timing);
	yaml_each (child, list)
		if (reader_element(t->r, child, "a time", "{stage: 整体, text: ", "}", keys,
				   N_OF(keys)))
			read_timing(t, child, &items[f->timing.n++]);
	f->timing.items = items;
}

void guide_read_topic(const struct reader *r, const struct yaml_node *node, const struct guide *g,
		      struct guide_topic *ret)
{
	static const char *const keys[] = {
	    "source", "summary",      "channels",   "steps",        "documents", "timing", "fee",
	    "number", "verification", "conditions", "restrictions", "notes",     "cases"};
	struct topic_reader t = {.r = r, .guide = g, .source = VIEW("")};
	const struct yaml_node *own = yaml_get(node, "source"),
			       *summary = yaml_get(node, "summary");
	struct facts f = {0};

	if (!reader_map(r, node, "a topic", keys, N_OF(keys)))
		return;
	if (own)
		t.source = known_source(&t, own);
	if (own && t.source.len == 0)
		t.source = VIEW("?"); /* told already; do not tell again at each element */
	if (summary)
		f.summary = read_line(&t, summary, "summary");
	read_channels(&t, yaml_get(node, "channels"), &f);
	read_documents(&t, yaml_get(node, "documents"), &f);
	read_timings(&t, yaml_get(node, "timing"), &f);
	for (unsigned i = 0; i < FACTS_LINE_LISTS; i++) {
		const char *name = facts_lines_name((enum facts_lines)i);

		facts_set_lines(&f, (enum facts_lines)i,
				read_lines(&t, yaml_get(node, name), name));
	}
	ret->facts = f;
	guide_read_cases(&t, yaml_get(node, "cases"), ret);
}
