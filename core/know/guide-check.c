/* SPDX-License-Identifier: Apache-2.0 */
/* guide-check.c - a guide held against the catalogue, the places, the calendar and the wording. */
#include "know/guide.h"

#include <string.h>

#include "base/limits.h"
#include "base/say.h"
#include "base/utf8.h"
#include "know/guide-case.h"
#include "know/guide-text.h"
#include "know/nearest.h"

struct check {
	const struct guide *g;
	const struct catalog *catalog;
	const struct region_table *regions;
	const char *file;
	struct problems *problems;
};

struct place {
	unsigned line, column;
};

/* Where a text of the guide stands. */
static struct place find_place(const struct check *c, struct view text, bool is_error)
{
	struct place at = {0, 0};

	if (problems_have_room(c->problems, is_error))
		guide_place(c->g, text, &at.line, &at.column);
	return at;
}

/* `at` is the text of the guide that is wrong, or a piece of it. */
#define TELL(c, is_error, at, ...)                                                            \
	do {                                                                                  \
		struct place found_ = find_place((c), (at), (is_error));                      \
		problem_add((c)->problems, (is_error), (c)->file, found_.line, found_.column, \
			    __VA_ARGS__);                                                     \
	} while (0)
#define ERROR(c, at, ...)   TELL(c, true, at, __VA_ARGS__)
#define WARNING(c, at, ...) TELL(c, false, at, __VA_ARGS__)

/* True if a topic of the guide is about this matter. */
static bool is_of_guide(const struct check *c, const struct matter *matter)
{
	for (size_t i = 0; i < c->g->topics.n; i++) {
		const struct intent *in = catalog_find(c->catalog, c->g->topics.items[i].intent);

		if (in && in->matter == matter)
			return true;
	}
	return false;
}

/* The intent whose title is nearest to a name in Chinese, of the guide's own matters if it can be.
 */
static const struct intent *titled(const struct check *c, struct view name)
{
	struct nearest near[2] = {NEAREST_INIT(name), NEAREST_INIT(name)};
	const struct intent *best[2] = {NULL, NULL};

	for (size_t i = 0; i < c->catalog->n_intents; i++) {
		const struct intent *in = &c->catalog->intents[i];
		bool is_strange = !is_of_guide(c, in->matter);

		if (in->matter && nearest_offer(&near[is_strange], in->title))
			best[is_strange] = in;
	}
	return best[0] ? best[0] : best[1];
}

static const struct intent *check_intent(const struct check *c, struct view name, const char *where)
{
	const struct intent *found = catalog_find(c->catalog, name);
	const struct intent *near = found ? NULL : catalog_nearest(c->catalog, name);
	const struct intent *said = found || near ? NULL : titled(c, name);

	if (said)
		ERROR(c, name, "%s: '%.*s' is no intent's name: did you mean '%.*s' (%.*s)?", where,
		      VIEW_ARG(utf8_clip(name, 60)), VIEW_ARG(said->name), VIEW_ARG(said->title));
	else if (near)
		ERROR(c, name, "%s: there is no intent '%.*s': did you mean '%.*s'?", where,
		      VIEW_ARG(utf8_clip(name, 60)), VIEW_ARG(near->name));
	else if (!found)
		ERROR(c, name,
		      "%s: there is no intent '%.*s'; the draft of wenlu region new lists them all",
		      where, VIEW_ARG(utf8_clip(name, 60)));
	return found;
}

/* A Chinese punctuation mark in what should be a name or a code; empty if there is none. */
static struct view full_width_sign(struct view text)
{
	static const char *const signs[] = {"“", "”", "‘", "’", "，", "、", "：", "；", "。"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (view_find(text, view_of(signs[i])) >= 0)
			return view_of(signs[i]);
	return VIEW("");
}

/* The city or province that a code without a place begins with; NULL if there is none either. */
static const struct region *begun_with(const struct check *c, struct view code)
{
	const struct region *found = NULL;
	char wider[] = "000000";
	uint64_t number;

	if (code.len != 6 || view_to_u64(code, &number) < 0)
		return NULL;
	for (size_t n = 4; n >= 2 && !found; n -= 2) {
		memset(wider, '0', 6);
		memcpy(wider, code.ptr, n);
		found = region_find(c->regions, view_make(wider, 6));
	}
	return found;
}

static const struct region *check_code(const struct check *c, struct view code, const char *where)
{
	const struct region *found = region_find(c->regions, code);
	const struct region *near = found ? NULL : region_nearest(c->regions, code);
	const struct region *wider = found || near ? NULL : begun_with(c, code);

	if (near)
		ERROR(c, code, "%s: there is no place '%.*s': did you mean %.*s (%.*s)?", where,
		      VIEW_ARG(utf8_clip(code, 40)), VIEW_ARG(near->id), VIEW_ARG(near->name));
	else if (wider)
		ERROR(
		    c, code,
		    "%s: there is no place '%.*s' in %.*s (%.*s): a place is a code of six digits "
		    "(GB/T 2260)",
		    where, VIEW_ARG(code), VIEW_ARG(wider->name), VIEW_ARG(wider->id));
	else if (!found && full_width_sign(code).len)
		ERROR(c, code,
		      "%s: there is no place '%.*s': '%.*s' is a Chinese punctuation mark, write "
		      "the code between \" and \"",
		      where, VIEW_ARG(utf8_clip(code, 40)), VIEW_ARG(full_width_sign(code)));
	else if (!found)
		ERROR(c, code,
		      "%s: there is no place '%.*s': a place is a code of six digits "
		      "(GB/T 2260), cluster:… or area:…",
		      where, VIEW_ARG(utf8_clip(code, 40)));
	return found;
}

/* A name of this guide that already stands for a place elsewhere. */
static void check_alias(const struct check *c, struct view alias, const struct region *mine)
{
	size_t n;
	const struct region_name *names = region_names_of(c->regions, alias, &n);

	if (full_width_sign(alias).len)
		WARNING(c, alias,
			"'%.*s' holds a '%.*s': nobody types that; names in [ ] are parted by ', '",
			VIEW_ARG(utf8_clip(alias, 60)), VIEW_ARG(full_width_sign(alias)));
	if (utf8_count(alias) < 2)
		WARNING(c, alias,
			"alias '%.*s' is a single character: it would be found everywhere",
			VIEW_ARG(alias));
	for (size_t i = 0; i < n; i++)
		if (region_lies_in(names[i].region, mine))
			return;
	if (n > 0)
		WARNING(c, alias, "alias '%.*s' already stands for %.*s (%.*s)",
			VIEW_ARG(utf8_clip(alias, 60)), VIEW_ARG(names[0].region->name),
			VIEW_ARG(names[0].region->id));
}

static void check_app(const struct check *c, struct view app)
{
	if (full_width_sign(app).len)
		WARNING(c, app, "'%.*s' holds a '%.*s': apps in [ ] are parted by ', '",
			VIEW_ARG(utf8_clip(app, 60)), VIEW_ARG(full_width_sign(app)));
}

/* True if one of the guide's places is this one, lies in it or has it in itself. */
static bool speaks_of(const struct check *c, const struct region *region)
{
	bool knows_one = false;

	for (size_t i = 0; i < c->g->regions.n; i++) {
		const struct region *mine = region_find(c->regions, c->g->regions.items[i].code);

		knows_one = knows_one || mine;
		if (mine && (region_lies_in(mine, region) || region_lies_in(region, mine)))
			return true;
	}
	return !knows_one;
}

/* A title that begins with the name of another place: the code was copied, or the title. */
static void check_title(const struct check *c)
{
	struct view title = c->g->title;

	for (size_t len = title.len; len > 3; len--) {
		struct view name = view_sub(title, 0, len);
		const struct region_name *names;
		size_t n;

		if (len < title.len && ((unsigned char)title.ptr[len] & 0xc0) == 0x80)
			continue; /* within a character */
		names = region_names_of(c->regions, name, &n);
		for (size_t i = 0; i < n; i++)
			if (speaks_of(c, names[i].region))
				return;
		if (n == 0)
			continue;
		WARNING(c, c->g->regions.items[0].code,
			"the title speaks of %.*s (%.*s), but regions say %.*s: is one of them "
			"another place's?",
			VIEW_ARG(name), VIEW_ARG(names[0].region->id),
			VIEW_ARG(utf8_clip(c->g->regions.items[0].code, 40)));
		return;
	}
}

/* A group of provinces speaks of what its members agreed on, nothing else. */
static void check_cluster_topics(const struct check *c, const struct region *cluster)
{
	for (size_t i = 0; i < c->g->topics.n; i++) {
		const struct guide_topic *t = &c->g->topics.items[i];
		const struct intent *intent = catalog_find(c->catalog, t->intent);

		if (intent && !intent->clusters)
			ERROR(c, t->intent,
			      "%.*s: a guide for %.*s may only hold intents that groups of "
			      "provinces speak of (clusters: yes in the intent's file)",
			      VIEW_ARG(utf8_clip(t->intent, 60)), VIEW_ARG(cluster->name));
	}
}

static void check_regions(const struct check *c)
{
	for (size_t i = 0; i < c->g->regions.n; i++) {
		const struct guide_region *r = &c->g->regions.items[i];
		const struct region *found = check_code(c, r->code, "regions");

		for (size_t j = 0; j < i; j++)
			if (view_eq(c->g->regions.items[j].code, r->code))
				ERROR(c, r->code, "regions: '%.*s' stands here twice",
				      VIEW_ARG(utf8_clip(r->code, 40)));
		if (!found)
			continue;
		for (size_t j = 0; j < r->n_apps; j++)
			check_app(c, r->apps[j]);
		for (size_t j = 0; j < r->n_aliases; j++)
			check_alias(c, r->aliases[j], found);
		if (found->level == REGION_CLUSTER)
			check_cluster_topics(c, found);
	}
}

/* Compare a date of 4, 7 or 10 characters with a day, as far as the date goes. */
static int date_cmp(struct view date, struct view day)
{
	return view_cmp(date, view_sub(day, 0, date.len));
}

static void tell_stale(const struct check *c, const struct source *s)
{
	struct place at = find_place(c, s->review_by, false);

	problem_add_stale(c->problems, c->file, at.line, at.column,
			  "source %.*s was to be looked at again by %.*s (%.*s); if "
			  "it still holds, give it a later review_by",
			  VIEW_ARG(s->id), VIEW_ARG(s->review_by),
			  VIEW_ARG(utf8_clip(s->title, 60)));
}

static void check_sources(const struct check *c, struct view today)
{
	for (size_t i = 0; i < c->g->sources.n; i++) {
		const struct source *s = &c->g->sources.items[i];

		if (s->review_by.len && date_cmp(s->review_by, today) < 0)
			tell_stale(c, s);
		if (s->review_by.len == 0)
			WARNING(c, s->id, "source %.*s has no review_by: nobody will look again",
				VIEW_ARG(s->id));
		if (s->as_of.len && date_cmp(s->as_of, today) > 0)
			WARNING(c, s->as_of, "source %.*s is dated %.*s, which is still to come",
				VIEW_ARG(s->id), VIEW_ARG(s->as_of));
		if (s->seen.len && date_cmp(s->seen, today) > 0)
			WARNING(c, s->seen, "source %.*s was seen on %.*s, which is still to come",
				VIEW_ARG(s->id), VIEW_ARG(s->seen));
	}
}

/* What no citizen is to read, wherever it comes from. */
static void check_taste(const struct check *c, const struct guide_topic *t, struct view text,
			const char *field)
{
	const struct {
		struct view piece;
		const char *what;
	} found[] = {
	    {text_long_number(text), "this looks like somebody's personal number"},
	    {text_mobile(text), "this looks like somebody's mobile number: give an office's"},
	    {text_markup(text), "this is shown as it was typed: write plain text, an address "
				"belongs into url"},
	    {text_promise(text), "never promise a result"},
	};

	for (size_t i = 0; i < sizeof(found) / sizeof(found[0]); i++)
		if (found[i].piece.len)
			WARNING(c, found[i].piece, "%.*s, %s, '%.*s': %s",
				VIEW_ARG(utf8_clip(t->intent, 60)), field,
				VIEW_ARG(utf8_clip(found[i].piece, 40)), say(found[i].what));
}

/* And what is told of a matter everywhere and nobody can show. */
static void check_text(const struct check *c, const struct guide_topic *t, struct view text,
		       const char *field)
{
	for (size_t i = 0; i < c->catalog->n_matters; i++) {
		const struct matter *m = &c->catalog->matters[i];

		for (size_t j = 0; j < m->n_never; j++) {
			ptrdiff_t at = view_find(text, m->never[j]);

			if (at >= 0)
				ERROR(c, view_sub(text, (size_t)at, m->never[j].len),
				      "%.*s, %s: '%.*s' has no source and must not be repeated",
				      VIEW_ARG(utf8_clip(t->intent, 60)), field,
				      VIEW_ARG(m->never[j]));
		}
	}
	check_taste(c, t, text, field);
}

/* How doubtful things are said. */
static void check_line(const struct check *c, const struct guide_topic *t, const struct line *l,
		       const char *field)
{
	const struct source *s = guide_source_find(c->g, l->source);

	check_text(c, t, l->text, field);
	if (l->text.len && s && s->kind == SOURCE_ARTICLE && view_find(l->text, VIEW("据资料")) < 0)
		WARNING(c, l->text,
			"%.*s, %s: a fact known only from an article (%.*s) is to be worded "
			"据资料（未核实）: %.*s…",
			VIEW_ARG(utf8_clip(t->intent, 60)), field, VIEW_ARG(s->id),
			VIEW_ARG(utf8_clip(l->text, 60)));
}

static void check_facts(const struct check *c, const struct guide_topic *t)
{
	const struct facts *f = &t->facts;

	check_line(c, t, &f->summary, "summary");
	for (unsigned k = 0; k < FACTS_LINE_LISTS; k++) {
		struct line_list lines = facts_lines(f, (enum facts_lines)k);

		for (size_t i = 0; i < lines.n; i++)
			check_line(c, t, &lines.items[i], facts_lines_name((enum facts_lines)k));
	}
	for (size_t i = 0; i < f->channels.n; i++)
		check_text(c, t, f->channels.items[i].path, "channels");
	for (size_t i = 0; i < f->documents.n; i++)
		check_text(c, t, f->documents.items[i].name, "documents");
	for (size_t i = 0; i < f->timing.n; i++)
		check_text(c, t, f->timing.items[i].text, "timing");
	for (size_t i = 0; i < t->cases.n; i++)
		check_line(c, t, &t->cases.items[i].line, "cases");
}

static void check_topics(const struct check *c)
{
	for (size_t i = 0; i < c->g->topics.n; i++) {
		const struct guide_topic *t = &c->g->topics.items[i];
		const struct intent *intent = check_intent(c, t->intent, "topics");

		if (intent && !intent_is_asked(intent))
			WARNING(c, t->intent, "topics: %.*s is not answered from guides",
				VIEW_ARG(t->intent));
		if (intent && intent->matter)
			guide_check_cases(c->g, t, intent->matter, c->file, c->problems);
		if (facts_is_empty(&t->facts) && t->cases.n == 0)
			WARNING(c, t->intent, "topics: %.*s is empty: leave it out",
				VIEW_ARG(utf8_clip(t->intent, 60)));
		else if (t->facts.summary.text.len == 0 && t->cases.n == 0)
			WARNING(c, t->intent, "topics: %.*s has no summary",
				VIEW_ARG(utf8_clip(t->intent, 60)));
		check_facts(c, t);
	}
	if (c->g->topics.n == 0)
		WARNING(c, c->g->name, "the guide has no topics");
}

static void check_rest(const struct check *c)
{
	for (size_t i = 0; i < c->g->gaps.n; i++) {
		const struct guide_gap *gap = &c->g->gaps.items[i];

		check_intent(c, gap->intent, "not_inherited");
		if (gap->from.len)
			check_code(c, gap->from, "not_inherited");
	}
	for (size_t i = 0; i < c->g->examples.n; i++) {
		const struct guide_example *e = &c->g->examples.items[i];

		/* Once for each intent: its examples stand together. */
		if (i == 0 || !view_eq(e[-1].intent, e->intent))
			check_intent(c, e->intent, "examples");
		if (e->text.len > LIMIT_QUESTION_BYTES_MIN * 8)
			WARNING(c, e->text,
				"examples: a question of %zu bytes is too long to learn",
				e->text.len);
	}
	for (size_t i = 0; i < c->g->canaries.n; i++) {
		const struct guide_canary *canary = &c->g->canaries.items[i];

		if (canary->intent.len)
			check_intent(c, canary->intent, "canary");
		if (canary->intent.len == 0 && canary->n_must == 0 && canary->n_must_not == 0)
			WARNING(c, canary->ask, "canary: this one checks nothing");
	}
	if (c->g->canaries.n == 0)
		WARNING(c, c->g->name, "the guide has no canary questions");
}

/* By its name a guide is replaced, set up and spoken of: who looks for it looks for a file so
 * named. */
static void check_file_name(const struct check *c)
{
	const char *slash = c->file ? strrchr(c->file, '/') : NULL;
	struct view file = view_of(slash ? slash + 1 : c->file ? c->file : "");

	if (!view_ends(file, VIEW(".yaml")))
		return;
	file.len -= strlen(".yaml");
	if (!view_eq(file, c->g->name))
		WARNING(c, c->g->name,
			"the guide is named '%.*s' and its file %.*s.yaml: give both the same name",
			VIEW_ARG(c->g->name), VIEW_ARG(utf8_clip(file, 80)));
}

void guide_check(const struct guide *g, const struct guide_world *world, const char *file,
		 struct problems *problems)
{
	struct check c = {g, world->catalog, world->regions, file, problems};

	check_file_name(&c);
	check_regions(&c);
	check_title(&c);
	check_sources(&c, world->today);
	check_topics(&c);
	check_rest(&c);
}
