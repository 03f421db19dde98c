/* SPDX-License-Identifier: Apache-2.0 */
/* dated.c - each date beside each word of a rule's dates, and what lies between them. */
#include "nlu/dated.h"

#include "nlu/dated-spot.h"
#include "nlu/duration.h"
#include "nlu/figure-place.h"

/* 我在深圳的 */
#define OWNER_BYTES (6 * (sizeof("的") - 1))

/* ---- the words around ---- */

bool spot_ends_clause(uint32_t c)
{
	return c == ',' || c == 0x3002 || c == '?' || c == '!' || c == ';';
}

struct view spot_clause(const struct text *t, uint32_t from, uint32_t to)
{
	while (from > 0 && !spot_ends_clause(t->chars[from - 1]))
		from--;
	while (to < t->n_chars && !spot_ends_clause(t->chars[to]))
		to++;
	return text_part(t, from, to);
}

bool spot_is_of_another(const struct text *t, const struct slot_rule *rule, uint32_t from,
			uint32_t to)
{
	const struct view clause = spot_clause(t, from, to);

	for (size_t i = 0; i < rule->n_others; i++)
		if (view_find(clause, rule->others[i]) >= 0)
			return true;
	return false;
}

/* How long the name of the matter is that it begins with; 0: with none. */
static size_t term_at(struct view v, const struct matter *m)
{
	size_t len = 0;

	for (size_t i = 0; i < m->n_terms; i++)
		if (m->terms[i].len > len && view_starts(v, m->terms[i]))
			len = m->terms[i].len;
	return len;
}

/* 上海的居住证, 我在深圳的居住证: whatever is in front, if nothing is done there. */
static size_t owned_at(struct view v, const struct matter *m)
{
	static const char *const done[] = {"办", "发", "领", "签", "去", "来", "交",
					   "拿", "取", "换", "补", "买", "租", "到",
					   "开", "给", "住", "过", ","};

	for (size_t len = 0; len < v.len && len <= OWNER_BYTES; len++) {
		size_t term = term_at(view_sub(v, len, v.len), m);

		if (term > 0)
			return HOLDS(view_sub(v, 0, len), done) ? 0 : len + term;
	}
	return 0;
}

bool spot_is_filled(struct view v, const struct matter *m, const char *const *words, size_t n)
{
	while (v.len > 0) {
		size_t len = view_starts_any(v, words, n), term = term_at(v, m);

		len = term > len ? term : len;
		if (len == 0)
			len = owned_at(v, m);
		if (len == 0)
			return false;
		v = view_sub(v, len, v.len);
	}
	return true;
}

bool spot_lies_in_clause(const struct text *t, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (spot_ends_clause(t->chars[i]))
			return false;
	return true;
}

bool spot_is_denied(const struct spot *s)
{
	static const char *const words[] = {"没", "没有", "不", "不会", "未"};

	return ENDS(view_sub(s->text->folded, 0, s->text->bytes[s->start]), words) > 0;
}

bool spot_is_today(const struct date *d, int32_t today)
{
	int32_t first, last;

	return !d->year && d->day && d->day == d->day_last &&
	       date_days(d, today, DATE_AHEAD, &first, &last) && first == today && last == today;
}

/* ---- all of them ---- */

/* 居住 is no word of its own in 居住证; 登记 of 居住登记 is. */
static bool is_in_term(const struct spot *s)
{
	const struct text *t = s->text;
	const struct view word = text_part(t, s->start, s->end);

	for (size_t i = 0; i < s->matter->n_terms; i++) {
		const struct view term = s->matter->terms[i];
		ptrdiff_t at = term.len > word.len ? view_find(term, word) : -1;

		if (at >= 0 && !view_ends(term, word) && (size_t)at <= t->bytes[s->start] &&
		    view_starts(view_sub(t->folded, t->bytes[s->start] - (size_t)at, t->folded.len),
				term))
			return true;
	}
	return false;
}

/* False: two dates say two things, and neither is taken. */
static bool take(struct dated *best, const struct dated *found, bool *has)
{
	if (*has && (best->first != found->first || best->last != found->last))
		return false;
	*best = *found;
	*has = true;
	return true;
}

/* Whether a date is one of the rule's that stands beside that word. */
static bool is_its(const struct spot *s, size_t i, struct dated *ret)
{
	const struct date *d = &s->in->dates[i];
	const bool is_of_it = s->rule->counts == COUNTS_AMOUNT ? spot_is_beginning(s, i, ret)
							       : spot_is_end(s, i, ret);

	return is_of_it && !figure_is_elsewhere(s->in->places, s->text,
						s->start < d->start ? s->start : d->start,
						s->end > d->end ? s->end : d->end);
}

static bool dated_of(const struct dated_text *in, const struct matter *m,
		     const struct slot_rule *rule, struct dated *ret)
{
	const struct text *t = in->text;
	struct dated found = {m, rule, 0, 0};
	bool has = false;
	size_t which = 0;

	for (size_t k = 0; k < rule->n_dates; k++)
		for (size_t from = 0;;) {
			const struct view word = rule->dates[k];
			ptrdiff_t at = view_find(view_sub(t->folded, from, t->folded.len), word);
			struct spot s = {in, t, m, rule, 0, 0};

			if (at < 0)
				break;
			s.start = (uint32_t)text_char_at(t, from + (size_t)at);
			s.end = (uint32_t)text_char_at(t, from + (size_t)at + word.len);
			from += (size_t)at + word.len;
			for (size_t i = 0; i < in->n_dates && !is_in_term(&s); i++) {
				if (!is_its(&s, i, &found))
					continue;
				if (!take(ret, &found, &has))
					return false;
				which = i;
			}
		}
	return has && (rule->counts != COUNTS_SINCE || !spot_has_later(in, which, ret->last));
}

size_t dated_find(const struct catalog *catalog, const struct dated_text *in, struct dated *ret,
		  size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < catalog->n_matters && in->n_dates > 0; i++) {
		const struct matter *m = &catalog->matters[i];
		bool has_end = false;

		for (size_t j = 0; j < m->n_slots && n < max; j++) {
			const bool is_of_end = m->slots[j].counts != COUNTS_AMOUNT;

			if ((is_of_end && has_end) || !dated_of(in, m, &m->slots[j], &ret[n]))
				continue;
			has_end |= is_of_end;
			n++;
		}
	}
	return n;
}
