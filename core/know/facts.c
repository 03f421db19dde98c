/* SPDX-License-Identifier: Apache-2.0 */
/* facts.c - names and small helpers for the fields of an answer. */
#include "know/facts.h"

#include <assert.h>

static const char *const lines_names[FACTS_LINE_LISTS] = {
    [FACTS_STEPS] = "steps",           [FACTS_FEE] = "fee",
    [FACTS_NUMBER] = "number",         [FACTS_VERIFICATION] = "verification",
    [FACTS_CONDITIONS] = "conditions", [FACTS_RESTRICTIONS] = "restrictions",
    [FACTS_NOTES] = "notes",
};
static const char *const source_names[SOURCE_KINDS] = {
    [SOURCE_LAW] = "law",
    [SOURCE_GOVERNMENT] = "government",
    [SOURCE_PRESS] = "press",
    [SOURCE_ARTICLE] = "article",
};
static const char *const channel_names[CHANNEL_KINDS] = {
    [CHANNEL_APP] = "app",         [CHANNEL_MINI_PROGRAM] = "mini_program",
    [CHANNEL_ACCOUNT] = "account", [CHANNEL_WEBSITE] = "website",
    [CHANNEL_WINDOW] = "window",   [CHANNEL_HOTLINE] = "hotline",
    [CHANNEL_MACHINE] = "machine",
};
static const char *const unit_names[UNIT_KINDS] = {
    [UNIT_MINUTE] = "minute",           [UNIT_HOUR] = "hour",   [UNIT_DAY] = "day",
    [UNIT_WORKING_DAY] = "working_day", [UNIT_MONTH] = "month", [UNIT_YEAR] = "year",
};

static int find(struct view name, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (view_is(name, names[i]))
			return i;
	return -1;
}

struct line_list facts_lines(const struct facts *f, enum facts_lines which)
{
	switch (which) {
	case FACTS_STEPS:
		return (struct line_list){f->steps.items, f->steps.n};
	case FACTS_FEE:
		return (struct line_list){f->fee.items, f->fee.n};
	case FACTS_NUMBER:
		return (struct line_list){f->number.items, f->number.n};
	case FACTS_VERIFICATION:
		return (struct line_list){f->verification.items, f->verification.n};
	case FACTS_CONDITIONS:
		return (struct line_list){f->conditions.items, f->conditions.n};
	case FACTS_RESTRICTIONS:
		return (struct line_list){f->restrictions.items, f->restrictions.n};
	case FACTS_NOTES:
		return (struct line_list){f->notes.items, f->notes.n};
	case FACTS_LINE_LISTS:
		break;
	}
	assert(!"a list of lines");
	return (struct line_list){NULL, 0};
}

#define SET(list, lines) ((list).items = (lines).items, (list).n = (lines).n)
void facts_set_lines(struct facts *f, enum facts_lines which, struct line_list lines)
{
	switch (which) {
	case FACTS_STEPS:
		SET(f->steps, lines);
		return;
	case FACTS_FEE:
		SET(f->fee, lines);
		return;
	case FACTS_NUMBER:
		SET(f->number, lines);
		return;
	case FACTS_VERIFICATION:
		SET(f->verification, lines);
		return;
	case FACTS_CONDITIONS:
		SET(f->conditions, lines);
		return;
	case FACTS_RESTRICTIONS:
		SET(f->restrictions, lines);
		return;
	case FACTS_NOTES:
		SET(f->notes, lines);
		return;
	case FACTS_LINE_LISTS:
		break;
	}
	assert(!"a list of lines");
}

const char *facts_lines_name(enum facts_lines which)
{
	assert(which < FACTS_LINE_LISTS);
	return lines_names[which];
}

bool facts_is_empty(const struct facts *f)
{
	if (f->summary.text.len || f->channels.n || f->documents.n || f->timing.n)
		return false;
	for (unsigned i = 0; i < FACTS_LINE_LISTS; i++)
		if (facts_lines(f, (enum facts_lines)i).n)
			return false;
	return true;
}

const char *source_kind_name(enum source_kind kind)
{
	assert(kind < SOURCE_KINDS);
	return source_names[kind];
}

int source_kind_find(struct view name)
{
	return find(name, source_names, SOURCE_KINDS);
}

const char *channel_kind_name(enum channel_kind kind)
{
	assert(kind < CHANNEL_KINDS);
	return channel_names[kind];
}

int channel_kind_find(struct view name)
{
	return find(name, channel_names, CHANNEL_KINDS);
}

const char *time_unit_name(enum time_unit unit)
{
	assert(unit < UNIT_KINDS);
	return unit_names[unit];
}

int time_unit_find(struct view name)
{
	return find(name, unit_names, UNIT_KINDS);
}

char source_grade(enum source_kind kind)
{
	if (kind == SOURCE_LAW || kind == SOURCE_GOVERNMENT)
		return 'A';
	return kind == SOURCE_PRESS ? 'B' : 'C';
}
