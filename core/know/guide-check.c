/* SPDX-License-Identifier: Apache-2.0 */
/* guide-check.c - a guide held against the catalogue, the places, the calendar and the wording. */
#include "know/guide.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

struct check {
	const struct guide *g;
	const struct catalog *catalog;
	const struct region_table *regions;
	const char *file;
	struct problems *problems;
};

#define ERROR(c, line, ...)   problem_add((c)->problems, true, (c)->file, (line), 0, __VA_ARGS__)
#define WARNING(c, line, ...) problem_add((c)->problems, false, (c)->file, (line), 0, __VA_ARGS__)

static const struct intent *check_intent(const struct check *c, struct view name, unsigned line,
					 const char *where)
{
	const struct intent *found = catalog_find(c->catalog, name);
	const struct intent *near = found ? NULL : catalog_nearest(c->catalog, name);

	if (near)
		ERROR(c, line, "%s: there is no intent '%.*s': did you mean '%.*s'?", where,
		      VIEW_ARG(utf8_clip(name, 60)), VIEW_ARG(near->name));
	else if (!found)
		ERROR(c, line, "%s: there is no intent '%.*s'", where,
		      VIEW_ARG(utf8_clip(name, 60)));
	return found;
}

static const struct region *check_code(const struct check *c, struct view code, unsigned line,
				       const char *where)
{
	const struct region *found = region_find(c->regions, code);
	const struct region *near = found ? NULL : region_nearest(c->regions, code);

	if (near)
		ERROR(c, line, "%s: there is no place '%.*s': did you mean %.*s (%.*s)?", where,
		      VIEW_ARG(utf8_clip(code, 40)), VIEW_ARG(near->id), VIEW_ARG(near->name));
	else if (!found)
		ERROR(c, line, "%s: there is no place '%.*s'", where,
		      VIEW_ARG(utf8_clip(code, 40)));
	return found;
}

/* A name of this guide that already stands for a place elsewhere. */
static void check_alias(const struct check *c, struct view alias, const struct region *mine,
			unsigned line)
{
	size_t n;
	const struct region_name *names = region_names_of(c->regions, alias, &n);

	if (utf8_count(alias) < 2)
		WARNING(c, line, "alias '%.*s' is a single character: it would be found everywhere",
			VIEW_ARG(alias));
	for (size_t i = 0; i < n; i++)
		if (region_lies_in(names[i].region, mine))
			return;
	if (n > 0)
		WARNING(c, line, "alias '%.*s' already stands for %.*s (%.*s)",
			VIEW_ARG(utf8_clip(alias, 60)), VIEW_ARG(names[0].region->name),
			VIEW_ARG(names[0].region->id));
}

/* A group of provinces speaks of what its members agreed on, nothing else. */
static void check_cluster_topics(const struct check *c, const struct region *cluster)
{
	for (size_t i = 0; i < c->g->topics.n; i++) {
		const struct guide_topic *t = &c->g->topics.items[i];
		const struct intent *intent = catalog_find(c->catalog, t->intent);

		if (intent && !intent->clusters)
			ERROR(c, t->line,
			      "%.*s: a guide for %.*s may only hold intents that groups of "
			      "provinces speak of (clusters: yes in the intent's file)",
			      VIEW_ARG(utf8_clip(t->intent, 60)), VIEW_ARG(cluster->name));
	}
}

static void check_regions(const struct check *c)
{
	for (size_t i = 0; i < c->g->regions.n; i++) {
		const struct guide_region *r = &c->g->regions.items[i];
		const struct region *found = check_code(c, r->code, r->line, "regions");

		for (size_t j = 0; j < i; j++)
			if (view_eq(c->g->regions.items[j].code, r->code))
				ERROR(c, r->line, "regions: '%.*s' stands here twice",
				      VIEW_ARG(utf8_clip(r->code, 40)));
		if (!found)
			continue;
		for (size_t j = 0; j < r->n_aliases; j++)
			check_alias(c, r->aliases[j], found, r->line);
		if (found->level == REGION_CLUSTER)
			check_cluster_topics(c, found);
	}
}

/* Compare a date of 4, 7 or 10 characters with a day, as far as the date goes. */
static int date_cmp(struct view date, struct view day)
{
	return view_cmp(date, view_sub(day, 0, date.len));
}

static void check_sources(const struct check *c, struct view today)
{
	for (size_t i = 0; i < c->g->sources.n; i++) {
		const struct source *s = &c->g->sources.items[i];

		if (s->review_by.len && date_cmp(s->review_by, today) < 0)
			problem_add_stale(
			    c->problems, c->file, s->line,
			    "source %.*s was to be looked at again by %.*s (%.*s); if "
			    "it still holds, give it a later review_by",
			    VIEW_ARG(s->id), VIEW_ARG(s->review_by),
			    VIEW_ARG(utf8_clip(s->title, 60)));
		if (s->review_by.len == 0)
			WARNING(c, s->line, "source %.*s has no review_by: nobody will look again",
				VIEW_ARG(s->id));
		if (s->as_of.len && date_cmp(s->as_of, today) > 0)
			WARNING(c, s->line, "source %.*s is dated %.*s, which is still to come",
				VIEW_ARG(s->id), VIEW_ARG(s->as_of));
		if (s->seen.len && date_cmp(s->seen, today) > 0)
			WARNING(c, s->line, "source %.*s was seen on %.*s, which is still to come",
				VIEW_ARG(s->id), VIEW_ARG(s->seen));
	}
}

static bool holds(struct view text, const char *needle)
{
	return view_find(text, view_of(needle)) >= 0;
}

/* A run of 15 digits or more outside an address is somebody's number. */
static bool has_long_number(struct view text)
{
	size_t run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] >= '0' && text.ptr[i] <= '9' ? run + 1 : 0;
		if (run >= 15)
			return true;
	}
	return false;
}

/* What is told of a matter everywhere and nobody can show. */
static void check_never(const struct check *c, const struct guide_topic *t, const struct matter *m,
			const struct line *l, const char *field)
{
	for (size_t i = 0; i < m->n_never; i++)
		if (view_find(l->text, m->never[i]) >= 0)
			ERROR(c, t->line, "%.*s, %s: '%.*s' has no source and must not be repeated",
			      VIEW_ARG(utf8_clip(t->intent, 60)), field, VIEW_ARG(m->never[i]));
}

/* How doubtful things are said, and what is never said. */
static void check_wording(const struct check *c, const struct guide_topic *t, const struct line *l,
			  const char *field)
{
	const struct source *s = guide_source_find(c->g, l->source);

	if (l->text.len == 0)
		return;
	if (s && s->kind == SOURCE_ARTICLE && !holds(l->text, "据资料"))
		WARNING(c, t->line,
			"%.*s, %s: a fact known only from an article (%.*s) is to be worded "
			"据资料（未核实）: %.*s…",
			VIEW_ARG(utf8_clip(t->intent, 60)), field, VIEW_ARG(s->id),
			VIEW_ARG(utf8_clip(l->text, 60)));
	for (size_t i = 0; i < c->catalog->n_matters; i++)
		check_never(c, t, &c->catalog->matters[i], l, field);
	if (has_long_number(l->text))
		WARNING(c, t->line, "%.*s, %s: this looks like somebody's personal number",
			VIEW_ARG(utf8_clip(t->intent, 60)), field);
}

static void check_topics(const struct check *c)
{
	for (size_t i = 0; i < c->g->topics.n; i++) {
		const struct guide_topic *t = &c->g->topics.items[i];
		const struct intent *intent = check_intent(c, t->intent, t->line, "topics");

		if (intent && intent->kind != INTENT_QUESTION && intent->kind != INTENT_COMPARE)
			WARNING(c, t->line, "topics: %.*s is not answered from guides",
				VIEW_ARG(t->intent));
		if (facts_is_empty(&t->facts))
			WARNING(c, t->line, "topics: %.*s is empty: leave it out",
				VIEW_ARG(utf8_clip(t->intent, 60)));
		else if (t->facts.summary.text.len == 0)
			WARNING(c, t->line, "topics: %.*s has no summary",
				VIEW_ARG(utf8_clip(t->intent, 60)));
		check_wording(c, t, &t->facts.summary, "summary");
		for (unsigned k = 0; k < FACTS_LINE_LISTS; k++) {
			struct line_list lines = facts_lines(&t->facts, (enum facts_lines)k);

			for (size_t j = 0; j < lines.n; j++)
				check_wording(c, t, &lines.items[j],
					      facts_lines_name((enum facts_lines)k));
		}
	}
	if (c->g->topics.n == 0)
		WARNING(c, 0, "the guide has no topics");
}

static void check_rest(const struct check *c)
{
	for (size_t i = 0; i < c->g->gaps.n; i++) {
		const struct guide_gap *gap = &c->g->gaps.items[i];

		check_intent(c, gap->intent, gap->line, "not_inherited");
		if (gap->from.len)
			check_code(c, gap->from, gap->line, "not_inherited");
	}
	for (size_t i = 0; i < c->g->examples.n; i++) {
		const struct guide_example *e = &c->g->examples.items[i];

		/* Once for each intent: its examples stand together. */
		if (i == 0 || !view_eq(e[-1].intent, e->intent))
			check_intent(c, e->intent, e->line, "examples");
		if (e->text.len > LIMIT_QUESTION_BYTES_MIN * 8)
			WARNING(c, e->line,
				"examples: a question of %zu bytes is too long to learn",
				e->text.len);
	}
	for (size_t i = 0; i < c->g->canaries.n; i++) {
		const struct guide_canary *canary = &c->g->canaries.items[i];

		if (canary->intent.len)
			check_intent(c, canary->intent, canary->line, "canary");
		if (canary->intent.len == 0 && canary->n_must == 0 && canary->n_must_not == 0)
			WARNING(c, canary->line, "canary: this one checks nothing");
	}
	if (c->g->canaries.n == 0)
		WARNING(c, 0, "the guide has no canary questions");
}

void guide_check(const struct guide *g, const struct catalog *catalog,
		 const struct region_table *regions, struct view today, const char *file,
		 struct problems *problems)
{
	struct check c = {g, catalog, regions, file, problems};

	check_regions(&c);
	check_sources(&c, today);
	check_topics(&c);
	check_rest(&c);
}
