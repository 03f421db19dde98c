/* SPDX-License-Identifier: Apache-2.0 */
/* figure-word.c - what lies between a figure and a rule's word, and what it makes of both. */
#include "nlu/figure-word.h"

/* Characters between a word and its figure; of a sum, which may stand behind a clause. */
#define REACH     8
#define REACH_SUM 16
/* What is missing of it stands close to the word: 社保差一个月. */
#define REACH_MISSING 5
/* An amount stands close in front of its word: 八个月的社保. */
#define REACH_FRONT 2

/* Where a word stands, and what lies between it and the figure. */
struct nearness {
	const struct text *text;
	uint32_t start, end; /* the word */
	uint32_t from, to;   /* between */
	bool is_behind;      /* the figure stands behind the word */
	size_t n_commas;
};

static bool ends_sentence(uint32_t c)
{
	return c == 0x3002 || c == '?' || c == '!' || c == ';';
}

/* False: too far, or another sentence. */
static bool look_between(struct nearness *n, const struct figure *f, size_t reach)
{
	/* 没住满半年: the word may stand in what makes the figure less. */
	n->is_behind = f->d.start >= n->end;
	n->from = n->is_behind ? n->end : f->d.to;
	n->to = !n->is_behind ? n->start : f->d.from > n->end ? f->d.from : n->end;
	n->n_commas = 0;
	/* A word stands in front of its figure, or close behind it. */
	if (n->to < n->from || n->to - n->from > reach)
		return false;
	for (uint32_t i = n->from; i < n->to; i++) {
		if (ends_sentence(n->text->chars[i]))
			return false;
		n->n_commas += n->text->chars[i] == ',';
	}
	return true;
}

static bool is_denied(const struct nearness *n)
{
	static const char *const words[] = {"没", "没有", "未", "不会", "还没"};
	const struct view front = view_sub(n->text->folded, 0, n->text->bytes[n->start]);

	return ENDS(front, words) > 0 && !view_ends(front, VIEW("有没有"));
}

/* 合同还剩一个月到期: another thing's end. */
static bool is_of_another(const struct nearness *n, const struct slot_rule *rule,
			  const struct figure *f)
{
	const uint32_t end = n->is_behind ? n->start : f->d.from;
	uint32_t begin = end;
	struct view clause;

	while (begin > 0 && n->text->chars[begin - 1] != ',' &&
	       !ends_sentence(n->text->chars[begin - 1]))
		begin--;
	clause = text_part(n->text, begin, end);
	for (size_t i = 0; i < rule->n_others; i++)
		if (view_find(clause, rule->others[i]) >= 0)
			return true;
	return false;
}

/* 没签两个月, 两个月没签: it goes on since then, whichever stands first. */
static bool goes_on(const struct nearness *n)
{
	static const char *const words[] = {"没", "忘", "脱", "断", "晚", "迟"};

	return figure_follows_any(n->text, n->start, words, N_OF(words));
}

static bool is_since(const struct nearness *n, const struct figure *f)
{
	const char *const ahead[] = {"前", "还", "之前", "以前"};

	if (f->is_missing || f->is_required || f->is_window || f->is_rule || f->d.is_ahead ||
	    is_denied(n))
		return false;
	/* 快过期30天了: it is to come, whatever the figure is. */
	if (text_precedes(n->text, n->start, "快"))
		return false;
	if (n->is_behind)
		return !f->is_ago && !figure_follows_any(n->text, n->from, ahead, N_OF(ahead));
	return n->n_commas == 0 &&
	       (f->is_ago || f->d.is_moment || (goes_on(n) && !f->is_after && !f->is_within));
}

static bool is_until(const struct nearness *n, const struct figure *f)
{
	if (n->n_commas > 0 || f->is_window || f->is_required || f->is_rule || is_denied(n))
		return false;
	if (n->is_behind)
		return f->is_missing && !f->is_within;
	return f->is_missing || f->is_after || f->d.is_ahead;
}

bool figure_is_amount(const struct figure *f)
{
	return !f->is_missing && !f->is_required && !f->is_required_behind && !f->is_window &&
	       !f->is_within && !f->is_rule && !f->d.is_moment;
}

bool figure_is_break(const struct text *t, const struct slot_rule *rule, const struct figure *f)
{
	static const char *const tails[] = {"了", "过", "了有", "过有", "开了", "的", "有"};
	const struct view front = view_sub(t->folded, 0, t->bytes[f->d.from]);
	size_t tail = ENDS(front, tails);

	for (size_t i = 0; i < rule->n_breaks; i++) {
		size_t at = t->bytes[f->d.to];

		if (view_ends(front, rule->breaks[i]) ||
		    view_ends(view_sub(front, 0, front.len - tail), rule->breaks[i]))
			return true;
		at += text_follows(t, f->d.to, "的") || text_follows(t, f->d.to, "都")
			  ? strlen("的")
			  : 0;
		if (view_starts(view_sub(t->folded, at, t->folded.len), rule->breaks[i]))
			return true;
	}
	return false;
}

/* How far a rule's figure is from its word; SIZE_MAX: it is none of its. Odd: the word is behind.
 */
static size_t distance(const struct slot_rule *rule, struct nearness *n, const struct figure *f)
{
	const bool is_sum = f->is_sum && rule->n_breaks > 0;
	size_t d;

	/* 6岁: the word is the unit itself. */
	if (rule->counts == COUNTS_AMOUNT && n->start < f->d.end && n->end > f->d.start)
		return 0;
	if (!look_between(n, f, is_sum ? REACH_SUM : REACH) || is_of_another(n, rule, f))
		return SIZE_MAX;
	if ((rule->counts == COUNTS_SINCE && !is_since(n, f)) ||
	    (rule->counts == COUNTS_UNTIL && !is_until(n, f)) ||
	    (rule->counts == COUNTS_AMOUNT &&
	     (!figure_is_amount(f) || figure_is_break(n->text, rule, f))))
		return SIZE_MAX;
	d = n->to - n->from;
	if (rule->counts == COUNTS_AMOUNT && !n->is_behind && d > REACH_FRONT)
		return SIZE_MAX;
	if (is_sum && d > REACH)
		d = REACH;
	return d * 2 + !n->is_behind + n->n_commas * 2 * REACH;
}

/* Calls for each place where one of the words stands. */
struct occurrence {
	const struct view *words;
	size_t n_words, word, from; /* bytes */
};

static bool next_word(const struct text *t, struct occurrence *o, struct nearness *ret)
{
	for (; o->word < o->n_words; o->word++, o->from = 0) {
		const struct view word = o->words[o->word];
		ptrdiff_t at = view_find(view_sub(t->folded, o->from, t->folded.len), word);

		if (at < 0)
			continue;
		*ret = (struct nearness){.text = t};
		ret->start = (uint32_t)text_char_at(t, o->from + (size_t)at);
		ret->end = (uint32_t)text_char_at(t, o->from + (size_t)at + word.len);
		o->from += (size_t)at + word.len;
		return true;
	}
	return false;
}

/* 居住 is no word of its own in 居住证. */
static bool begins_a_term(const struct nearness *n, const struct matter *m)
{
	const struct view rest =
	    view_sub(n->text->folded, n->text->bytes[n->start], n->text->folded.len);
	size_t len = n->text->bytes[n->end] - n->text->bytes[n->start];

	for (size_t i = 0; i < m->n_terms; i++)
		if (m->terms[i].len > len && view_starts(rest, m->terms[i]))
			return true;
	return m->title.len > len && view_starts(rest, m->title);
}

size_t figure_nearest(const struct text *t, const struct matter *m, const struct slot_rule *rule,
		      const struct figure *f, uint32_t *ret_end)
{
	struct occurrence o = {.words = rule->words, .n_words = rule->n_words};
	size_t best = SIZE_MAX;
	struct nearness n;

	while (next_word(t, &o, &n)) {
		size_t d = begins_a_term(&n, m) ? SIZE_MAX : distance(rule, &n, f);

		if (d < best) {
			best = d;
			*ret_end = n.end;
		}
	}
	return best;
}

bool figure_is_left_open(const struct text *t, const struct slot_rule *rule,
			 const struct figure *figures, size_t n_figures)
{
	struct occurrence o = {.words = rule->words, .n_words = rule->n_words};
	struct nearness n;

	while (rule->counts == COUNTS_AMOUNT && next_word(t, &o, &n))
		for (size_t i = 0; i < n_figures; i++)
			if ((figures[i].is_missing || figures[i].is_required) &&
			    look_between(&n, &figures[i], REACH_MISSING) && n.is_behind &&
			    n.n_commas == 0)
				return true;
	return false;
}

bool figure_is_named(const struct text *t, const struct slot_rule *rule)
{
	for (size_t i = 0; i < rule->n_words; i++)
		if (view_find(t->folded, rule->words[i]) >= 0)
			return true;
	return false;
}

bool figure_tells_a_break(const struct text *t, const struct matter *m,
			  const struct slot_rule *rule)
{
	static const char *const denials[] = {"没",   "没有", "未", "不", "不能",
					      "不要", "从未", "别", "无"};
	struct occurrence o = {.words = rule->breaks, .n_words = rule->n_breaks};
	struct nearness n;

	while (figure_is_named(t, rule) && next_word(t, &o, &n)) {
		const struct view front = view_sub(t->folded, 0, t->bytes[n.start]);
		bool is_other = ENDS(front, denials) > 0 || text_follows(t, n.start, "没") ||
				text_follows(t, n.start, "未");

		for (size_t i = 0; i < m->n_slots; i++)
			for (size_t k = 0; &m->slots[i] != rule && k < m->slots[i].n_words; k++)
				is_other |= view_starts(
				    view_sub(t->folded, t->bytes[n.start], t->folded.len),
				    m->slots[i].words[k]);
		if (!is_other)
			return true;
	}
	return false;
}
