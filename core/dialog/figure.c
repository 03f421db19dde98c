/* SPDX-License-Identifier: Apache-2.0 */
/* figure.c - what a bare figure is of, and which figure goes along to another place. */
#include "dialog/figure.h"

#include "dialog/memory.h"
#include "dialog/situation.h"
#include "dialog/words.h"
#include "nlu/duration.h"
#include "nlu/slot.h"

/* A bare 70 is so many of what was counted. */
static const char *unit_word(struct view unit)
{
	return view_is(unit, "day") ? "天" : view_is(unit, "month") ? "个月" : "年";
}

static const struct matter *matter_of(const struct plan *p)
{
	return p->memory.intent ? p->memory.intent->matter : NULL;
}

/* The figure alone, with what makes it more or less: 那要是快两个月呢. */
static struct view bare_figure(struct arena *a, const struct understanding *what,
			       const struct slot_rule *rule)
{
	const struct text *t = &what->text;
	struct duration d;

	if (durations_find(t, &d, 1) == 1)
		return text_part(t, d.from, d.to);
	return words_are_a_number(what)
		   ? arena_printf(a, "%.*s%s", VIEW_ARG(t->folded), unit_word(rule->unit))
		   : VIEW("");
}

/* A date alone, where the rule takes dates: 10月1号到期了, 从10月1号开始住. */
static struct view beside_date(struct arena *a, const struct understanding *what,
			       const struct slot_rule *rule)
{
	struct date d;
	struct view date;

	if (rule->n_dates == 0 || dates_find(&what->text, what->today, &d, 1) == 0)
		return VIEW("");
	date = text_part(&what->text, d.start, d.end);
	if (rule->counts == COUNTS_AMOUNT)
		return arena_printf(a, "从%.*s开始%.*s", VIEW_ARG(date), VIEW_ARG(rule->dates[0]));
	return arena_printf(a, "%.*s%s%.*s%s", VIEW_ARG(date),
			    rule->counts == COUNTS_UNTIL ? "要" : "", VIEW_ARG(rule->dates[0]),
			    rule->counts == COUNTS_UNTIL ? "" : "了");
}

/* As if it had been said behind the rule's word. */
static int read_behind(struct arena *a, const struct plan_input *in, const struct slot_rule *rule,
		       struct plan *p)
{
	struct view said = beside_date(a, &p->what, rule), figure;
	struct understanding with;
	int r;

	if (said.len == 0) {
		figure = bare_figure(a, &p->what, rule);
		if (figure.len == 0 || rule->n_words == 0)
			return 0;
		said = arena_printf(a, "%.*s%s%.*s", VIEW_ARG(rule->words[0]),
				    rule->counts == COUNTS_UNTIL ? "还有" : "", VIEW_ARG(figure));
	}
	r = understand(in->understander, a, said, in->today, &with);
	if (r < 0)
		return r;
	p->what.slots = with.slots;
	p->what.n_slots = with.n_slots;
	return 0;
}

/* 那要是过了两个月才续呢, where it is talked about when something ends. */
static const struct slot_rule *passed(const struct plan *p, const struct slot_rule *kept)
{
	const struct matter *m = matter_of(p);
	struct duration d;

	if (!kept || kept->counts == COUNTS_AMOUNT || p->items[0].intent != p->memory.intent ||
	    durations_find(&p->what.text, &d, 1) == 0 ||
	    !text_precedes(&p->what.text, d.from, "过了") ||
	    text_precedes(&p->what.text, d.from, "再过了"))
		return NULL;
	for (size_t i = 0; i < m->n_slots; i++)
		if (m->slots[i].counts == COUNTS_SINCE)
			return &m->slots[i];
	return NULL;
}

/* 深圳呢 after 上海过期70天: the same 70 days. */
static void take_along(struct arena *a, const struct slot_rule *rule, struct plan *p)
{
	p->what.n_slots = slots_again(a, rule, &p->memory.figure, p->what.today, &p->what.slots);
}

/* The same question goes on: of another place, or of the one that was asked back for. */
static bool is_asked_on(const struct plan *p)
{
	const struct decision *d = &p->items[0];

	return (d->carried & CARRIED_INTENT) ||
	       ((d->signs & CHOSE) && (d->signs & OFFERED) &&
		(!p->memory.intent || d->intent == p->memory.intent));
}

static bool is_said(struct view text, struct view word)
{
	static const char *const not [] = {"没", "没有", "不", "无", "未", "没交", "没缴"};
	ptrdiff_t at = view_find(text, word);

	return at >= 0 && view_ends_any(view_sub(text, 0, (size_t)at), not,
					sizeof(not ) / sizeof(not [0])) == 0;
}

/* 没过期的呢: not what was said of the figure. */
static bool is_denied(const struct plan *p, const struct slot_rule *rule)
{
	for (size_t i = 0; i < rule->n_words; i++)
		if (view_find(p->what.text.folded, rule->words[i]) >= 0 &&
		    !is_said(p->what.text.folded, rule->words[i]))
			return true;
	return false;
}

/* 那以前住的年头还算吗 after 过期三个月了: the same is asked on, of the same place. */
static bool is_asked_again(const struct plan *p, const struct slot_rule *rule)
{
	const struct decision *d = &p->items[0];

	return d->action == DO_ANSWER && d->intent == p->memory.intent &&
	       (d->carried & CARRIED_REGION) && !is_denied(p, rule);
}

int figure_follow(struct arena *a, const struct plan_input *in, struct plan *p)
{
	const struct slot *kept = &p->memory.figure;
	const struct intent *intent = p->items[0].intent;
	const struct slot_rule *rule =
	    kept->name.len && intent ? slot_rule_of(intent->matter, kept->name) : NULL;

	if (p->what.n_slots > 0 || !rule)
		return 0;
	if (p->items[0].signs & FIGURE_ONLY)
		return read_behind(a, in, rule, p);
	if ((is_asked_on(p) || is_asked_again(p, rule)) && kept->said != SAID_NOTHING) {
		take_along(a, rule, p);
		return 0;
	}
	rule = passed(p, rule);
	return rule ? read_behind(a, in, rule, p) : 0;
}

/* 过期了, to a question about that: a figure that follows is how long ago. */
static bool is_word_of(const struct matter *m, const struct intent *intent, struct view word)
{
	for (size_t i = 0; i < m->n_facets; i++)
		for (size_t k = 0; k < m->facets[i].n_words; k++)
			if (view_eq(m->facets[i].intent, intent->name) &&
			    view_eq(m->facets[i].words[k], word))
				return true;
	return false;
}

static const struct slot_rule *rule_talked_about(const struct plan *p)
{
	const struct decision *d = p->n == 1 ? &p->items[0] : NULL;
	const struct intent *intent = d && d->aspect ? d->aspect : d ? d->intent : NULL;
	const struct matter *m = intent ? intent->matter : NULL;

	for (size_t i = 0; m && i < m->n_slots; i++)
		for (size_t k = 0; k < m->slots[i].n_words; k++)
			if (is_word_of(m, intent, m->slots[i].words[k]) &&
			    is_said(p->what.text.folded, m->slots[i].words[k]))
				return &m->slots[i];
	return NULL;
}

/* Of a question back no answer is known yet: any matter that is offered. */
static const struct slot_rule *rule_of_offered(const struct decision *d, struct view name)
{
	const struct slot_rule *rule = NULL;

	for (size_t i = 0; d->action == DO_ASK_INTENT && i < d->n_nearest && !rule; i++)
		rule = slot_rule_of(d->nearest[i]->matter, name);
	return rule;
}

/* Months with a break among them are not told by their number. */
static bool is_broken(const struct plan *p, const struct matter *m, const struct slot_rule *rule)
{
	for (size_t i = 0; i < p->what.n_slots; i++)
		if (view_ends(p->what.slots[i].name, VIEW(SLOT_BROKEN)) &&
		    slot_rule_of(m, p->what.slots[i].name) == rule)
			return true;
	return false;
}

void figure_keep(struct session *s, const struct plan *p, struct view asked,
		 const struct intent *by)
{
	const struct decision *last = p->n > 0 ? &p->items[p->n - 1] : NULL;
	const struct intent *intent = last ? last->intent : NULL;
	const struct matter *matter = intent ? intent->matter : NULL;
	const struct slot_rule *rule = NULL;
	struct slot kept = {.name = VIEW(""), .said = SAID_NOTHING};

	if (p->what.n_slots > 0) {
		rule = slot_rule_of(matter, p->what.slots[0].name);
		if (!rule && last)
			rule = rule_of_offered(last, p->what.slots[0].name);
		if (rule && !is_broken(p, matter, rule))
			kept = p->what.slots[0];
	} else {
		rule = rule_talked_about(p);
		if (!rule && by)
			rule = slot_rule_of(by->matter, asked);
	}
	/* 深圳呢 after 上海过期了: still talked about. */
	if (!rule && p->n == 1 && (p->items[0].carried & CARRIED_INTENT))
		return;
	if (rule)
		kept.name = rule->name;
	memory_keep_figure(s, kept.name.len ? &kept : NULL, by != intent ? by : NULL);
}
