/* SPDX-License-Identifier: Apache-2.0 */
/* compare.c - rows from facts, and the difference said first. */
#include "dialog/compare.h"

#include "base/limits.h"
#include "dialog/word.h"

#define ROWS_MAX  12
#define LINES_MAX 3
#define SUMS_MAX  16

/* The fields that become rows of their own when one facet is compared. */
enum field {
	FIELD_GIST,
	FIELD_TIMING,
	FIELD_CHANNELS,
	FIELD_DOCUMENTS,
	FIELD_FEE,
	FIELD_NUMBER,
	FIELD_VERIFICATION,
	FIELD_CONDITIONS,
	FIELD_RESTRICTIONS,
	FIELDS,
};

static const struct {
	const char *title;
	int lines; /* enum facts_lines, -1: not a list of lines */
} fields[FIELDS] = {
    [FIELD_GIST] = {"compare.gist", -1},
    [FIELD_TIMING] = {"compare.timing", -1},
    [FIELD_CHANNELS] = {"compare.channels", -1},
    [FIELD_DOCUMENTS] = {"compare.documents", -1},
    [FIELD_FEE] = {"compare.fee", FACTS_FEE},
    [FIELD_NUMBER] = {"compare.number", FACTS_NUMBER},
    [FIELD_VERIFICATION] = {"compare.verification", FACTS_VERIFICATION},
    [FIELD_CONDITIONS] = {"compare.conditions", FACTS_CONDITIONS},
    [FIELD_RESTRICTIONS] = {"compare.restrictions", FACTS_RESTRICTIONS},
};

static const struct outcome *at(const struct comparison *c, size_t facet, size_t place)
{
	return &c->outcomes[facet * c->n_places + place];
}

/* The field's words into the buffer; its source, the empty view if the field is empty. */
static struct view put_field(const struct voice *v, const struct facts *f, enum field field)
{
	struct line_list lines;

	switch (field) {
	case FIELD_GIST:
		buf_view_add(v->out, f->summary.text);
		return f->summary.source;
	case FIELD_TIMING:
		word_timings(v, f);
		return f->timing.n ? f->timing.items[0].source : VIEW("");
	case FIELD_CHANNELS:
		word_channels(v, f);
		return f->channels.n ? f->channels.items[0].source : VIEW("");
	case FIELD_DOCUMENTS:
		word_documents(v, f);
		return f->documents.n ? f->documents.items[0].source : VIEW("");
	default:
		break;
	}
	lines = facts_lines(f, (enum facts_lines)fields[field].lines);
	for (size_t i = 0; i < lines.n && i < LINES_MAX; i++)
		buf_view_add(v->out, lines.items[i].text);
	return lines.n ? lines.items[0].source : VIEW("");
}

static struct reply_cell make_cell(const struct voice *v, const struct outcome *o, enum field field)
{
	struct reply_cell cell = {.is_known = false};
	size_t mark = voice_mark(v);

	if (o->facts)
		cell.source = put_field(v, o->facts, field);
	cell.text = voice_take(v, mark);
	cell.is_known = cell.text.len > 0;
	if (!cell.is_known)
		cell.text = voice_words(v, "missing.cell", VOICE_NOTHING, VOICE_NOTHING);
	return cell;
}

static bool make_row(const struct voice *v, const struct comparison *c, size_t facet,
		     enum field field, struct reply_row *ret)
{
	struct reply_cell *cells = ARENA_ARRAY(v->arena, c->n_places, struct reply_cell);
	const struct reply_cell *first = NULL;
	bool differs = false;

	for (size_t i = 0; i < c->n_places; i++) {
		cells[i] = make_cell(v, at(c, facet, i), field);
		if (!cells[i].is_known)
			continue;
		if (first && !view_eq(first->text, cells[i].text))
			differs = true;
		if (!first)
			first = &cells[i];
	}
	ret->cells = cells;
	ret->differs = differs;
	return first != NULL;
}

static size_t make_rows(const struct voice *v, const struct comparison *c, struct reply_row *rows)
{
	size_t n = 0;

	if (c->n_facets > 1) {
		for (size_t i = 0; i < c->n_facets && n < ROWS_MAX; i++) {
			rows[n].facet = c->facets[i]->title;
			make_row(v, c, i, FIELD_GIST, &rows[n]);
			n++;
		}
		return n;
	}
	for (int field = 0; field < FIELDS && n < ROWS_MAX; field++) {
		bool known = make_row(v, c, 0, (enum field)field, &rows[n]);

		/* The gist always has a row, so that "unknown" can be seen. */
		if (!known && field != FIELD_GIST)
			continue;
		rows[n].facet = field == FIELD_GIST ? c->facets[0]->title
						    : voice_words(v, fields[field].title,
								  VOICE_NOTHING, VOICE_NOTHING);
		n++;
	}
	return n;
}

static struct view names(const struct voice *v, const struct comparison *c)
{
	size_t mark = voice_mark(v);

	for (size_t i = 0; i < c->n_places; i++) {
		if (i > 0)
			buf_str(v->out, i + 1 == c->n_places ? "和" : "、");
		buf_view_add(v->out, c->places[i]->name);
	}
	return voice_take(v, mark);
}

/* 快 asks for it. Elsewhere the times are periods in which something is to be done. */
static bool is_duration(const struct facet *f)
{
	for (size_t i = 0; i < f->n_words; i++)
		if (view_is(f->words[i], "快"))
			return true;
	return false;
}

/* Who is quicker, where both state figures. Gives false if that cannot be said. */
static bool word_fastest(const struct voice *v, const struct comparison *c)
{
	const struct timing *best_time = NULL, *time = NULL;
	const struct region *best = NULL;
	size_t n_known = 0, n_best = 0, mark;
	int64_t least = INT64_MAX;
	struct view words;

	for (size_t i = 0; i < c->n_places; i++) {
		const struct outcome *o = at(c, 0, i);
		int64_t longest =
		    o->facts && o->level == c->places[i] ? word_longest(o->facts, &time) : -1;

		if (longest < 0)
			continue;
		n_known++;
		n_best = longest < least ? 1 : n_best + (longest == least);
		if (longest < least) {
			least = longest;
			best = c->places[i];
			best_time = time;
		}
	}
	if (n_known < 2)
		return false;
	mark = voice_mark(v);
	word_timing(v, best_time);
	words = voice_take(v, mark);
	if (n_best == n_known)
		voice_say(v, "compare.equal", "regions", names(v, c), "time", words);
	else
		voice_say(v, "compare.fastest", "region", best->name, "time", words);
	return true;
}

/* All sums of money in a text, 免 as nothing: which, as bits of those known so far. */
static unsigned sums_in(struct view text, struct view sums[SUMS_MAX], size_t *n)
{
	static const char *const free_of_charge[] = {"免费", "免收", "免工本",
						     "免缴", "免交", "不收"};
	unsigned bits =
	    view_has_any(text, free_of_charge, sizeof(free_of_charge) / sizeof(free_of_charge[0]));
	ptrdiff_t at;

	while ((at = view_find(text, VIEW("元"))) >= 0) {
		size_t from = (size_t)at, which = 0;
		struct view sum;

		while (from > 0 && text.ptr[from - 1] >= '0' && text.ptr[from - 1] <= '9')
			from--;
		sum = view_sub(text, from, (size_t)at - from);
		while (which < *n && !view_eq(sums[which], sum))
			which++;
		if (sum.len > 0 && which == *n && *n < SUMS_MAX)
			sums[(*n)++] = sum;
		if (sum.len > 0 && which < *n)
			bits |= 2u << which;
		text = view_sub(text, (size_t)at + strlen("元"), SIZE_MAX);
	}
	return bits;
}

/* Of a place that states one sum, or none but 免. */
static int64_t sum_of(const struct reply_row *row, size_t place)
{
	struct view sums[SUMS_MAX];
	size_t n = 0;
	int64_t value = 0;

	sums_in(row->cells[place].text, sums, &n);
	for (size_t i = 0; n > 0 && i < sums[0].len && value < 1000000; i++)
		value = value * 10 + (sums[0].ptr[i] - '0');
	return value;
}

/* 哪个便宜: what is to be paid depends on what is done, so a winner is named only where each place
 * states one sum. */
static bool word_cheapest(const struct voice *v, const struct comparison *c,
			  const struct reply_row *row)
{
	struct view sums[SUMS_MAX];
	size_t n = 0, best = 0, mark;
	unsigned first = 0;
	bool same = true, single = true;

	for (size_t i = 0; i < c->n_places; i++) {
		unsigned bits = row->cells[i].is_known ? sums_in(row->cells[i].text, sums, &n) : 0;

		/* Only the gist: who states nothing may well take something. */
		if (bits == 0 || at(c, 0, i)->level != c->places[i]) {
			voice_put(v, "compare.cheapest.unknown");
			return true;
		}
		first = i == 0 ? bits : first;
		same = same && bits == first;
		single = single && (bits & (bits - 1)) == 0;
	}
	if (!same && !single) {
		voice_put(v, "compare.cheapest.depends");
		return true;
	}
	if (same) {
		mark = voice_mark(v);
		for (size_t i = 0; i < n; i++)
			buf_printf(v->out, "%s%.*s元", i ? "、" : "", VIEW_ARG(sums[i]));
		voice_say(v, n ? "compare.cheapest.same" : "compare.cheapest.free", "regions",
			  names(v, c), "sums", voice_take(v, mark));
		return true;
	}
	for (size_t i = 1; i < c->n_places; i++)
		if (sum_of(row, i) < sum_of(row, best))
			best = i;
	for (size_t i = 0; i < c->n_places; i++)
		if (i != best && sum_of(row, i) == sum_of(row, best)) {
			voice_put(v, "compare.cheapest.depends");
			return true;
		}
	voice_say(v, "compare.cheapest", "region", c->places[best]->name, VOICE_NOTHING);
	return true;
}

/* The facet's own row always stands; beside it the rows that differ are named. */
static void word_difference(const struct voice *v, const struct comparison *c,
			    const struct reply_row *rows, size_t n_rows)
{
	size_t mark = voice_mark(v), n = 0;
	bool known = false;
	struct view list;

	for (size_t i = 0; i < n_rows; i++) {
		for (size_t j = 0; j < c->n_places; j++)
			known |= rows[i].cells[j].is_known;
		if (!rows[i].differs || (c->n_facets == 1 && i > 0))
			continue;
		if (n++)
			buf_str(v->out, "、");
		buf_view_add(v->out, rows[i].facet);
	}
	list = voice_take(v, mark);
	if (!known)
		voice_say(v, "compare.unknown", "regions", names(v, c), VOICE_NOTHING);
	else if (list.len == 0)
		voice_say(v, "compare.same", "regions", names(v, c), "rows", rows[0].facet);
	else
		voice_say(v, c->n_facets == 1 ? "compare.differs.one" : "compare.differs",
			  "regions", names(v, c), "rows", list);
}

#define SHORT_BYTES 24 /* 可以。 tells nothing */

/* Of many facets the first sentence each; who wants more asks about one of them. */
static struct view first_sentence(struct view text)
{
	struct view stop = VIEW("。");

	for (size_t i = SHORT_BYTES; i + stop.len < text.len; i++) {
		if (view_starts(view_sub(text, i, text.len), stop))
			return view_sub(text, 0, i + stop.len);
	}
	return text;
}

static void word_cell(const struct voice *v, const struct outcome *o, const struct region *place,
		      struct view text, bool is_known)
{
	if (is_known && o->level && o->level != place)
		voice_say(v, "compare.level", "level", o->level->name, VOICE_NOTHING);
	buf_view_add(v->out, text);
}

static bool is_same_everywhere(const struct reply_row *row, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (!view_eq(row->cells[0].text, row->cells[i].text))
			return false;
	}
	return true;
}

/* In words only the gist of each facet: the other rows are there for who shows a table. */
static void word_row(const struct voice *v, const struct comparison *c, const struct reply_row *row,
		     size_t facet)
{
	buf_char(v->out, '\n');
	buf_view_add(v->out, row->facet);
	if (is_same_everywhere(row, c->n_places)) {
		buf_str(v->out, "：");
		word_cell(v, at(c, facet, 0), c->places[0], row->cells[0].text,
			  row->cells[0].is_known);
		return;
	}
	if (row->differs)
		voice_put(v, "compare.differ.mark");
	buf_str(v->out, "：");
	for (size_t i = 0; i < c->n_places; i++) {
		buf_str(v->out, "\n· ");
		buf_view_add(v->out, c->places[i]->name);
		buf_str(v->out, "：");
		word_cell(v, at(c, facet, i), c->places[i],
			  c->n_facets > 1 || c->is_short ? first_sentence(row->cells[i].text)
							 : row->cells[i].text,
			  row->cells[i].is_known);
	}
}

/* Who asks for the same, by name unless it is all of them; false if it was somebody before. */
static bool name_askers(const struct voice *v, const struct comparison *c, size_t first)
{
	struct view asks = at(c, 0, first)->inquiry.line.text;
	size_t mark = voice_mark(v), n = 0;
	struct view list;

	for (size_t i = 0; i < c->n_places; i++) {
		if (!view_eq(at(c, 0, i)->inquiry.line.text, asks))
			continue;
		if (i < first)
			return false;
		buf_printf(v->out, "%s%.*s", n++ ? "、" : "", VIEW_ARG(c->places[i]->name));
	}
	list = voice_take(v, mark);
	if (n < c->n_places)
		buf_printf(v->out, "%.*s：", VIEW_ARG(list));
	return true;
}

/* What would make some places' answers more exact is asked for once. */
static void put_inquiries(const struct voice *v, const struct comparison *c, struct citations *set,
			  struct reply *ret)
{
	size_t mark = voice_mark(v);

	for (size_t i = 0; i < c->n_places && c->n_facets == 1 && !c->is_short; i++) {
		const struct outcome *o = at(c, 0, i);
		struct view asks = o->inquiry.line.text;

		if (asks.len == 0 || !name_askers(v, c, i))
			continue;
		buf_view_add(v->out, asks);
		citations_add_remark(set, o->guide, o->inquiry.line.source);
	}
	ret->ask = voice_take(v, mark);
	if (ret->ask.len > 0)
		buf_printf(v->out, "\n%.*s", VIEW_ARG(ret->ask));
}

void compare_word(const struct voice *v, const struct comparison *c, struct reply *ret)
{
	struct citations *set = ARENA_NEW(v->arena, struct citations);
	struct reply_row *rows = ARENA_ARRAY(v->arena, ROWS_MAX, struct reply_row);
	size_t n = make_rows(v, c, rows), n_outcomes = c->n_facets * c->n_places;
	bool timed = false;

	for (size_t i = 0; i < n_outcomes; i++) {
		if (c->outcomes[i].facts)
			citations_add_facts(set, c->outcomes[i].guide, c->outcomes[i].facts);
	}
	ret->rows.items = rows;
	ret->rows.n = n;

	if (c->n_facets == 1 && is_duration(c->facets[0]))
		timed = word_fastest(v, c);
	if (c->asks_cheapest && c->n_facets == 1)
		timed = word_cheapest(v, c, &rows[0]);
	if (c->asks_fastest && !timed)
		voice_put(v, "compare.fastest.none");
	if (!c->asks_fastest && !timed)
		word_difference(v, c, rows, n);
	for (size_t i = 0; i < (c->n_facets > 1 ? n : 1); i++)
		word_row(v, c, &rows[i], i);
	put_inquiries(v, c, set, ret);
	ret->sources.items = set->items;
	ret->sources.n = set->n;
	buf_char(v->out, '\n');
	citations_word(v, set);
	if (citations_are_stale(set, v->today))
		voice_put(v, "say.stale");
	citations_close(v, set, voice_words(v, "disclaimer", VOICE_NOTHING, VOICE_NOTHING));
}
