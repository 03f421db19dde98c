/* SPDX-License-Identifier: Apache-2.0 */
/* citation.c - from the ids that facts carry to titles, dates and a grade. */
#include "dialog/citation.h"

#include <stdio.h>

#define TITLES_MAX 3

static void add(struct citations *set, const struct guide *guide, struct view id, bool is_remark)
{
	const struct source *s;

	if (id.len == 0)
		return;
	for (size_t i = 0; i < set->n; i++) {
		if (view_eq(set->items[i].id, id)) {
			set->is_remark[i] &= is_remark;
			return;
		}
	}
	s = guide_source_find(guide, id);
	if (!s || set->n == CITATIONS_MAX)
		return;
	set->is_remark[set->n] = is_remark;
	set->items[set->n++] = *s;
}

void citations_add(struct citations *set, const struct guide *guide, struct view id)
{
	add(set, guide, id, false);
}

void citations_add_remark(struct citations *set, const struct guide *guide, struct view id)
{
	add(set, guide, id, true);
}

void citations_add_facts(struct citations *set, const struct guide *guide, const struct facts *f)
{
	citations_add(set, guide, f->summary.source);
	for (size_t i = 0; i < f->channels.n; i++)
		citations_add(set, guide, f->channels.items[i].source);
	for (size_t i = 0; i < f->documents.n; i++)
		citations_add(set, guide, f->documents.items[i].source);
	for (size_t i = 0; i < f->timing.n; i++)
		citations_add(set, guide, f->timing.items[i].source);
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list lines = facts_lines(f, (enum facts_lines)which);

		for (size_t i = 0; i < lines.n; i++)
			add(set, guide, lines.items[i].source, which == FACTS_NOTES);
	}
}

static void worsen(char *grade, const struct guide *guide, struct view id)
{
	const struct source *s = id.len ? guide_source_find(guide, id) : NULL;
	char g = s ? source_grade(s->kind) : 0;

	if (g > *grade)
		*grade = g;
}

char citations_grade(const struct guide *guide, const struct facts *f)
{
	struct line_list steps = facts_lines(f, FACTS_STEPS);
	char grade = 0;

	worsen(&grade, guide, f->summary.source);
	for (size_t i = 0; i < f->channels.n; i++)
		worsen(&grade, guide, f->channels.items[i].source);
	for (size_t i = 0; i < steps.n; i++)
		worsen(&grade, guide, steps.items[i].source);
	for (size_t i = 0; i < f->documents.n; i++)
		worsen(&grade, guide, f->documents.items[i].source);
	for (size_t i = 0; i < f->timing.n; i++)
		worsen(&grade, guide, f->timing.items[i].source);
	return grade;
}

/* What the answer rests on: a remark's date says little about the rest. */
static bool is_rested_on(const struct citations *set, size_t i)
{
	bool any = false;

	for (size_t k = 0; k < set->n; k++)
		any |= !set->is_remark[k];
	return !any || !set->is_remark[i];
}

/* The first or the last date of laws, or of all else. */
static struct view date_of(const struct citations *set, bool of_laws, bool last)
{
	struct view ret = {"", 0};

	for (size_t i = 0; i < set->n; i++) {
		struct view d = set->items[i].as_of;

		if (!d.len || !is_rested_on(set, i) ||
		    of_laws != (set->items[i].kind == SOURCE_LAW))
			continue;
		if (!ret.len || (last ? view_cmp(d, ret) > 0 : view_cmp(d, ret) < 0))
			ret = d;
	}
	return ret;
}

/* When those that bear no date were looked at, the first of them. */
static struct view seen_of(const struct citations *set)
{
	struct view ret = {"", 0};

	for (size_t i = 0; i < set->n; i++) {
		const struct source *s = &set->items[i];

		if (s->as_of.len || !s->seen.len || !is_rested_on(set, i))
			continue;
		if (!ret.len || view_cmp(s->seen, ret) < 0)
			ret = s->seen;
	}
	return ret;
}

struct view citations_as_of(const struct citations *set)
{
	struct view oldest = date_of(set, false, false);

	/* A law in force does not age: what is known beside it does. */
	if (oldest.len || seen_of(set).len)
		return oldest;
	return date_of(set, true, false);
}

bool citations_are_stale(const struct citations *set, struct view today)
{
	for (size_t i = 0; i < set->n; i++) {
		/* "2026-12" is good until the end of that month: compare what both have. */
		struct view until = set->items[i].review_by;

		if (until.len && view_cmp(view_sub(today, 0, until.len), until) > 0)
			return true;
	}
	return false;
}

/* Titles that are shown: the same one stands under several ids where a guide cites pieces of it. */
static bool is_repeated(const struct citations *set, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (view_eq(set->items[j].title, set->items[i].title))
			return true;
	}
	return false;
}

static const char *title_entry(const struct source *s)
{
	/* A year in the title says it already. */
	bool dated = s->as_of.len && view_find(s->title, view_sub(s->as_of, 0, 4)) < 0;
	bool marked = view_find(s->title, VIEW("《")) >= 0;

	if (s->seen.len && !s->as_of.len)
		return marked ? "sources.marked.undated" : "sources.one.undated";
	if (marked)
		return dated ? "sources.marked" : "sources.plain";
	return dated ? "sources.one" : "sources.undated";
}

void citations_word(const struct voice *v, const struct citations *set)
{
	size_t mark = voice_mark(v), titles = 0;
	struct view list;
	char count[24];

	for (size_t i = 0; i < set->n; i++) {
		const struct source *s = &set->items[i];

		if (is_repeated(set, i) || titles++ >= TITLES_MAX)
			continue;
		if (titles > 1)
			buf_str(v->out, "、");
		voice_say(v, title_entry(s), "title", s->title, "date", s->as_of);
	}
	if (titles > TITLES_MAX) {
		snprintf(count, sizeof(count), "%zu", titles);
		voice_say(v, "sources.rest", "n", view_of(count), VOICE_NOTHING);
	}
	list = voice_take(v, mark);
	if (list.len)
		voice_say(v, "sources", "list", list, VOICE_NOTHING);
}

/* Of an article's pieces one is enough here. */
static bool is_listed(const struct citations *set, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (view_eq(set->items[j].title, set->items[i].title) &&
		    view_eq(set->items[j].url, set->items[i].url))
			return true;
	}
	return false;
}

static const char *kind_entry(enum source_kind kind)
{
	switch (kind) {
	case SOURCE_LAW:
		return "source.kind.law";
	case SOURCE_GOVERNMENT:
		return "source.kind.government";
	case SOURCE_PRESS:
		return "source.kind.press";
	case SOURCE_ARTICLE:
		break;
	}
	return "source.kind.article";
}

void citations_list(const struct voice *v, const struct citations *set)
{
	char number[24];
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++) {
		const struct source *s = &set->items[i];
		struct view kind =
		    voice_words(v, kind_entry(s->kind), VOICE_NOTHING, VOICE_NOTHING);

		if (is_listed(set, i))
			continue;
		snprintf(number, sizeof(number), "%zu. ", ++n);
		buf_str(v->out, number);
		buf_view_add(v->out, s->title);
		voice_say(v, s->as_of.len ? "source.about" : "source.about.undated", "kind", kind,
			  "date", s->as_of);
		if (s->url.len) {
			buf_char(v->out, ' ');
			buf_view_add(v->out, s->url);
		}
		buf_char(v->out, '\n');
	}
}

/* Laws in force do not age: from when they hold. False if there is none. */
static bool close_laws(const struct voice *v, const struct citations *set)
{
	struct view first = date_of(set, true, false), last = date_of(set, true, true);

	if (!first.len)
		return false;
	if (view_eq(first, last))
		voice_say(v, "as_of.law", "date", first, VOICE_NOTHING);
	else
		voice_say(v, "as_of.laws", "from", first, "date", last);
	return true;
}

void citations_close(const struct voice *v, const struct citations *set, struct view disclaimer)
{
	struct view date = date_of(set, false, false), seen = seen_of(set);
	bool dated = date.len > 0;

	if (dated)
		voice_say(v, "as_of", "date", date, VOICE_NOTHING);
	else
		dated = close_laws(v, set);
	if (seen.len)
		voice_say(v, dated ? "as_of.more" : "as_of.undated", "date", seen, VOICE_NOTHING);
	buf_view_add(v->out, disclaimer);
}
