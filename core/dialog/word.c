/* SPDX-License-Identifier: Apache-2.0 */
/* word.c - the parts of an answer, each in one manner. */
#include "dialog/word.h"

#include <stdio.h>

#include "dialog/relevant.h"

/* Lines of all lists together, and steps of them. */
#define LINES_MAX   7
#define LINES_FULL  40
#define STEPS_BRIEF 3

/* Pairs of characters that a line must share with the question to be asked about. */
#define ASKED_NOTE      3
#define ASKED_UNSOURCED 2
#define ASKED_LINE      2

/* Beginnings that say how sure a line is; said once when all lines of a list share one. */
static const struct {
	const char *each, *once;
} hedges[] = {{"hedge.article", "hedge.article.once"},
	      {"hedge.unsourced", "hedge.unsourced.once"},
	      {"hedge.press", "hedge.press.once"}};

static bool all_start(struct line_list lines, struct view beginning)
{
	for (size_t i = 0; i < lines.n; i++) {
		if (!view_starts(lines.items[i].text, beginning))
			return false;
	}
	return beginning.len > 0;
}

/* The beginning that all lines share, and the entry that says it once. */
static struct view shared_hedge(const struct voice *v, struct line_list lines,
				const char **ret_once)
{
	for (size_t i = 0; i < sizeof(hedges) / sizeof(hedges[0]) && lines.n > 1; i++) {
		struct view h = voice_words(v, hedges[i].each, VOICE_NOTHING, VOICE_NOTHING);

		if (all_start(lines, h)) {
			*ret_once = hedges[i].once;
			return h;
		}
	}
	return view_make("", 0);
}

/* A line within a sentence goes without its own full stop. */
static struct view without_stop(struct view line)
{
	if (view_ends(line, VIEW("。")))
		line.len -= strlen("。");
	return line;
}

static void part_lines(const struct voice *v, const char *title, struct line_list lines, size_t max,
		       bool numbered)
{
	const char *once = NULL;
	struct view hedge;

	if (lines.n > max)
		lines.n = max;
	if (lines.n == 0)
		return;
	hedge = shared_hedge(v, lines, &once);
	buf_char(v->out, '\n');
	voice_put(v, title);
	if (once)
		voice_put(v, once);
	buf_str(v->out, "：");
	if (lines.n == 1) {
		buf_view_add(v->out, lines.items[0].text);
		return;
	}
	for (size_t i = 0; i < lines.n; i++) {
		struct view text = view_sub(lines.items[i].text, hedge.len, SIZE_MAX);

		if (numbered)
			buf_printf(v->out, "\n%zu. ", i + 1);
		else
			buf_str(v->out, "\n· ");
		buf_view_add(v->out, text);
	}
}

static void between(const struct voice *v, size_t i)
{
	if (i > 0)
		buf_str(v->out, "；");
}

/* 12345政务服务便民热线 says itself that it is one. */
static void put_kind(const struct voice *v, const struct channel *c, const char *entry)
{
	struct view kind = voice_words(v, entry, VOICE_NOTHING, VOICE_NOTHING);
	bool is_plain = view_find(c->name, kind) >= 0;

	if (is_plain && c->path.len == 0)
		return;
	buf_str(v->out, "（");
	if (!is_plain)
		buf_view_add(v->out, kind);
	if (!is_plain && c->path.len)
		buf_str(v->out, "，");
	buf_view_add(v->out, c->path);
	buf_str(v->out, "）");
}

void word_channels(const struct voice *v, const struct facts *f)
{
	for (size_t i = 0; i < f->channels.n && i < 4; i++) {
		const struct channel *c = &f->channels.items[i];
		char kind[48];

		between(v, i);
		buf_view_add(v->out, c->name);
		snprintf(kind, sizeof(kind), "kind.%s", channel_kind_name(c->kind));
		put_kind(v, c, kind);
	}
}

/* What all papers are for goes without saying. */
static bool have_one_purpose(const struct facts *f)
{
	for (size_t i = 1; i < f->documents.n; i++) {
		if (!view_eq(f->documents.items[i].purpose, f->documents.items[0].purpose))
			return false;
	}
	return f->documents.n > 1;
}

void word_documents(const struct voice *v, const struct facts *f)
{
	bool same = have_one_purpose(f);

	for (size_t i = 0; i < f->documents.n && i < 6; i++) {
		const struct document *d = &f->documents.items[i];
		struct view purpose;

		between(v, i);
		buf_view_add(v->out, d->name);
		purpose = same ? VIEW("") : d->purpose;
		if (!d->form.len && !purpose.len)
			continue;
		buf_str(v->out, "（");
		buf_view_add(v->out, d->form);
		if (d->form.len && purpose.len)
			buf_str(v->out, "，");
		buf_view_add(v->out, purpose);
		buf_str(v->out, "）");
	}
}

static void put_figure(const struct voice *v, const char *entry, int32_t min, int32_t max,
		       enum time_unit unit)
{
	char low[16], high[16], name[48];
	struct word_value values[3];

	snprintf(low, sizeof(low), "%d", (int)min);
	snprintf(high, sizeof(high), "%d", (int)max);
	snprintf(name, sizeof(name), "unit.%s", time_unit_name(unit));
	values[0] = (struct word_value){"min", view_of(low)};
	values[1] = (struct word_value){"max", view_of(high)};
	values[2] = (struct word_value){"unit", voice_words(v, name, VOICE_NOTHING, VOICE_NOTHING)};
	wording_put(v->wording, v->out, entry, 0, values, 3);
}

void word_timing(const struct voice *v, const struct timing *t)
{
	bool figure = t->min >= 0 || t->max >= 0;

	if (t->min >= 0 && t->max > t->min)
		put_figure(v, "time.range", t->min, t->max, t->unit);
	else if (t->min >= 0 && t->max == t->min)
		put_figure(v, "time.exact", t->min, t->max, t->unit);
	else if (t->max >= 0)
		put_figure(v, "time.max", t->min, t->max, t->unit);
	else if (t->min >= 0)
		put_figure(v, "time.min", t->min, t->max, t->unit);
	if (t->legal_max >= 0) {
		if (figure)
			buf_str(v->out, "，");
		put_figure(v, "time.legal", 0, t->legal_max, t->unit);
		figure = true;
	}
	if (t->text.len && figure)
		buf_str(v->out, "，");
	buf_view_add(v->out, without_stop(t->text));
}

/* 据公开报道，证件有效期五年: what a text without a figure rests on is said before its stage. */
static void put_hedge(const struct voice *v, struct timing *t)
{
	bool figure = t->min >= 0 || t->max >= 0 || t->legal_max >= 0;

	for (size_t i = 0; i < sizeof(hedges) / sizeof(hedges[0]) && !figure; i++) {
		struct view h = voice_words(v, hedges[i].each, VOICE_NOTHING, VOICE_NOTHING);

		if (h.len == 0 || !view_starts(t->text, h))
			continue;
		buf_view_add(v->out, h);
		t->text = view_sub(t->text, h.len, t->text.len);
		return;
	}
}

void word_timings(const struct voice *v, const struct facts *f)
{
	for (size_t i = 0; i < f->timing.n && i < 6; i++) {
		struct timing t = f->timing.items[i];

		between(v, i);
		put_hedge(v, &t);
		buf_view_add(v->out, t.stage);
		if (t.stage.len && !view_ends(t.stage, VIEW("）")))
			buf_char(v->out, ' ');
		word_timing(v, &t);
	}
}

static void part_inline(const struct voice *v, const char *title, size_t n,
			void (*put)(const struct voice *v, const struct facts *f),
			const struct facts *f)
{
	if (n == 0)
		return;
	buf_char(v->out, '\n');
	voice_put(v, title);
	buf_str(v->out, "：");
	put(v, f);
	buf_str(v->out, "。");
}

/* What need not be said once more. */
static void said_init(const struct voice *v, const struct facts *f, struct relevant_said *ret)
{
	const struct view text = v->instead.len
				     ? arena_printf(v->arena, "%.*s%.*s", VIEW_ARG(f->summary.text),
						    VIEW_ARG(v->instead))
				     : f->summary.text;

	relevant_said_init(ret, v->matter, text);
}

/* Times that the first sentence has named already are not listed once more. */
static void part_timing(const struct voice *v, const struct facts *f, bool full)
{
	struct timing *items = ARENA_ARRAY(v->arena, f->timing.n + 1, struct timing);
	struct facts left = *f;
	struct relevant_said said;
	size_t n = 0;

	said_init(v, f, &said);
	for (size_t i = 0; i < f->timing.n; i++) {
		size_t mark = voice_mark(v);
		struct view words;

		word_timing(v, &f->timing.items[i]);
		words = voice_take(v, mark);
		if (full || !(relevant_figures_said(words, f->summary.text) ||
			      relevant_is_said(words, &said)))
			items[n++] = f->timing.items[i];
	}
	left.timing.items = items;
	left.timing.n = n;
	part_inline(v, "part.timing", n, word_timings, &left);
}

/* Nobody stands behind such a line: it is said to who asks for it. */
static bool is_unsourced(struct view hedge, struct view line)
{
	return hedge.len > 0 && view_starts(line, hedge);
}

#define N_HEDGES (sizeof(hedges) / sizeof(hedges[0]))

/* 据公开报道，配偶是郑州户籍的: what is said is behind the beginning that others share. */
static struct view without_hedge(const struct view begins[N_HEDGES], struct view line)
{
	for (size_t i = 0; i < N_HEDGES; i++)
		if (begins[i].len && view_starts(line, begins[i]))
			return view_sub(line, begins[i].len, line.len);
	return line;
}

/* The lines that are worth saying, of which one after the first sentence is most often no more. */
static struct line_list worth_saying(const struct voice *v, const struct facts *f,
				     enum facts_lines which, bool alone)
{
	struct line_list lines = facts_lines(f, which), ret;
	struct line *out = ARENA_ARRAY(v->arena, lines.n + 1, struct line);
	struct relevant_said said;
	struct view hedge, begins[N_HEDGES];
	size_t n = 0;

	if (lines.n == 0)
		return lines;
	for (size_t i = 0; i < N_HEDGES; i++)
		begins[i] = voice_words(v, hedges[i].each, VOICE_NOTHING, VOICE_NOTHING);
	hedge = voice_words(v, "hedge.unsourced", VOICE_NOTHING, VOICE_NOTHING);
	said_init(v, f, &said);
	for (size_t i = 0; i < lines.n; i++) {
		struct view text = lines.items[i].text;

		if (relevant_is_said(without_hedge(begins, text), &said))
			continue;
		if (is_unsourced(hedge, text)
			? !relevant_is_asked(v->matter, text, v->asked, ASKED_UNSOURCED)
			: which == FACTS_NOTES && !alone &&
			      !relevant_is_asked(v->matter, text, v->asked, ASKED_NOTE))
			continue;
		out[n++] = lines.items[i];
	}
	ret = lines;
	ret.items = out;
	ret.n = n;
	return ret;
}

/* Those that the question speaks of. */
static struct line_list asked_lines(const struct voice *v, struct line_list lines, unsigned least)
{
	struct line *out = ARENA_ARRAY(v->arena, lines.n + 1, struct line);
	size_t n = 0;

	for (size_t i = 0; i < lines.n; i++) {
		if (relevant_is_asked(v->matter, lines.items[i].text, v->asked, least))
			out[n++] = lines.items[i];
	}
	lines.items = out;
	lines.n = n;
	return lines;
}

/*
 * 条件 is what 怎么申请、要符合什么条件 is about, or what was asked in so many words; elsewhere it
 * is another question, and offered as one.
 */
static bool is_wanted(const struct voice *v, const char *title, const struct intent *intent)
{
	struct view name = voice_words(v, title, VOICE_NOTHING, VOICE_NOTHING);

	/* Another certificate's intent holds all that is known of it. */
	return view_find(v->asked, name) >= 0 || (intent && intent->n_whenever > 0) ||
	       (intent &&
		(view_find(intent->question, name) >= 0 || view_find(intent->title, name) >= 0));
}

/* Of a list that is not shown whole those come first that were asked about; how many these are. */
static size_t asked_first(const struct voice *v, struct line_list *lines)
{
	struct line *out = ARENA_ARRAY(v->arena, lines->n + 1, struct line);
	size_t n = 0, n_asked;

	for (int asked = 1; asked >= 0; asked--) {
		for (size_t i = 0; i < lines->n; i++) {
			if (relevant_is_asked(v->matter, lines->items[i].text, v->asked,
					      ASKED_LINE) == asked)
				out[n++] = lines->items[i];
		}
		n_asked = asked ? n : n_asked;
	}
	lines->items = out;
	return n_asked;
}

/*
 * What else a clerk would add, while there is room. Notes are said when they were asked about, or
 * when the guide has nothing else to list.
 */
static void put_rest(const struct voice *v, const struct facts *f, const struct intent *intent,
		     size_t left, bool full)
{
	static const struct {
		enum facts_lines which;
		const char *title;
		size_t max;
		bool always; /* must be known beforehand, whatever was asked */
	} rest[] = {
	    {FACTS_CONDITIONS, "part.conditions", 4, false},
	    {FACTS_RESTRICTIONS, "part.restrictions", 1, true},
	    {FACTS_FEE, "part.fee", 1, false},
	    {FACTS_NUMBER, "part.number", 2, false},
	    {FACTS_VERIFICATION, "part.verification", 2, false},
	    {FACTS_NOTES, "part.notes", 2, true},
	};
	bool alone = left == LINES_MAX && f->documents.n == 0 && f->timing.n == 0;

	for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
		size_t all = facts_lines(f, rest[i].which).n;
		struct line_list lines =
		    full ? facts_lines(f, rest[i].which) : worth_saying(v, f, rest[i].which, alone);
		size_t max = !full && rest[i].max < left ? rest[i].max : left;

		if (rest[i].which != FACTS_NOTES) {
			size_t n_asked = full ? 0 : asked_first(v, &lines);

			/* What was asked about finds room; what was said already makes none for
			 * what was not. */
			n_asked = n_asked < rest[i].max ? n_asked : rest[i].max;
			max = n_asked > max ? n_asked : max;
			max = lines.n < max ? lines.n : max;
			all = all < rest[i].max || full ? all : rest[i].max;
		}
		if (!full && !alone && !rest[i].always && !is_wanted(v, rest[i].title, intent))
			lines = asked_lines(v, lines, ASKED_LINE);
		if (lines.n == 0 || max == 0) {
			left -= rest[i].which != FACTS_NOTES && all < left ? all : 0;
			continue;
		}
		if (rest[i].which == FACTS_NOTES && !full)
			max = alone ? 1 : rest[i].max;
		/* How one is identified is among the steps where there are some. */
		if (rest[i].which == FACTS_VERIFICATION && facts_lines(f, FACTS_STEPS).n > 0 &&
		    !full)
			continue;
		part_lines(v, rest[i].title, lines, max, false);
		left -= all < left ? all : left;
		alone = false;
	}
}

/* Of what was listed a moment ago only that which is asked about now. */
static void put_asked(const struct voice *v, const struct facts *f)
{
	static const struct {
		enum facts_lines which;
		const char *title;
	} parts[] = {
	    {FACTS_STEPS, "part.steps"},
	    {FACTS_CONDITIONS, "part.conditions"},
	    {FACTS_RESTRICTIONS, "part.restrictions"},
	    {FACTS_FEE, "part.fee"},
	    {FACTS_NUMBER, "part.number"},
	    {FACTS_VERIFICATION, "part.verification"},
	    {FACTS_NOTES, "part.notes"},
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct line_list lines =
		    asked_lines(v, worth_saying(v, f, parts[i].which, true), 1);

		part_lines(v, parts[i].title, lines, LINES_MAX, false);
	}
}

void word_facts(const struct voice *v, const struct facts *f, const struct intent *intent,
		enum word_length length)
{
	static const struct {
		size_t lines, steps;
	} most[] = {[WORD_BRIEF] = {STEPS_BRIEF, STEPS_BRIEF},
		    [WORD_USUAL] = {LINES_MAX, WORD_STEPS_MAX},
		    [WORD_FULL] = {LINES_FULL, LINES_FULL}};
	struct line_list steps = facts_lines(f, FACTS_STEPS);
	size_t max = most[length].steps;

	buf_view_add(v->out, f->summary.text);
	if (length == WORD_GIST)
		return;
	if (length == WORD_AGAIN) {
		put_asked(v, f);
		return;
	}
	part_lines(v, "part.steps", steps, max, true);
	if (length != WORD_BRIEF || steps.n == 0)
		part_inline(v, "part.channels", f->channels.n, word_channels, f);
	part_inline(v, "part.documents", f->documents.n, word_documents, f);
	part_timing(v, f, length == WORD_FULL);
	if (length != WORD_BRIEF)
		put_rest(v, f, intent, most[length].lines - (steps.n < max ? steps.n : max),
			 length == WORD_FULL);
}

int64_t word_longest(const struct facts *f, const struct timing **ret)
{
	static const int64_t minutes[UNIT_KINDS] = {
	    [UNIT_MINUTE] = 1,         [UNIT_HOUR] = 60,         [UNIT_DAY] = 1440,
	    [UNIT_WORKING_DAY] = 2016, [UNIT_MONTH] = 1440 * 30, [UNIT_YEAR] = 1440 * 365,
	};
	int64_t longest = -1;

	for (size_t i = 0; i < f->timing.n; i++) {
		const struct timing *t = &f->timing.items[i];
		int32_t figure = t->max >= 0 ? t->max : t->min;

		/* 特殊情况 is not what most people wait. */
		if (view_find(t->stage, VIEW("特殊")) >= 0)
			continue;
		if (figure >= 0 && figure * minutes[t->unit] > longest) {
			longest = figure * minutes[t->unit];
			*ret = t;
		}
	}
	return longest;
}
