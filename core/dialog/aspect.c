/* SPDX-License-Identifier: Apache-2.0 */
/* aspect.c - facets of the usual intents, and the parts of facts that answer them. */
#include "dialog/aspect.h"

#include "dialog/situation.h"
#include "nlu/slot.h"

#define LIKELY 0.50f

enum {
	DOCUMENTS = 1,
	TIMING = 2,
	CHANNELS = 4,
	STEPS = 8,
	FEE = 16,
	NUMBER = 32,
	CONDITIONS = 64,
};

struct part {
	const char *facet;
	unsigned parts;
	const char *word; /* of the conditions only the first with it */
};

static const struct part facets[] = {
    {"documents", DOCUMENTS, NULL},
    {"timing", TIMING, NULL},
    {"fee", FEE, NULL},
    {"offline", CHANNELS, NULL},
    {"online", CHANNELS, NULL},
    {"apply", CONDITIONS | STEPS, NULL},
    {"format", NUMBER, NULL},
    {"query", NUMBER, NULL},
    {"proxy", CONDITIONS, "代为"},
    {"replace", CONDITIONS, "补领"},
    {"endorse", CONDITIONS, "有效期"},
    {"change", CONDITIONS, "变更"},
};

/* None for a facet that is not one of these. */
static struct part part_of(const struct intent *aspect)
{
	for (size_t i = 0; i < sizeof(facets) / sizeof(facets[0]); i++) {
		if (view_is(intent_facet(aspect), facets[i].facet))
			return facets[i];
	}
	return (struct part){NULL, 0, NULL};
}

/* By the longest word that asks for one of the matter's facets. */
static const struct intent *named(const struct policy_input *in, const struct intent *of)
{
	const struct intent *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < in->facets->n; i++) {
		const struct facet *f = &in->facets->items[i];

		if (f->intent == of || f->intent->matter != of->matter)
			continue;
		for (size_t j = 0; j < f->n_words; j++) {
			if (f->words[j].len > longest &&
			    view_find(in->what->text.folded, f->words[j]) >= 0) {
				longest = f->words[j].len;
				best = f->intent;
			}
		}
	}
	return best;
}

/* 40天 after 过期了: the facet that a word of its figure asks for; NULL: none. */
static const struct intent *of_figure(const struct policy_input *in, const struct matter *m)
{
	const struct slot_rule *rule = slot_rule_of(m, in->memory->figure.name);
	const struct facet *f = NULL;

	for (size_t i = 0; rule && i < rule->n_words && !f; i++)
		f = facets_named(in->facets, m, rule->words[i]);
	return f ? f->intent : NULL;
}

const struct intent *aspect_asked(const struct policy_input *in, const struct decision *d)
{
	const struct understanding *u = in->what;
	const struct intent *asked = understanding_first(u);

	if (!d->intent || d->intent->n_whenever == 0)
		return NULL;
	if ((d->signs & FIGURE_ONLY) && of_figure(in, d->intent->matter))
		return of_figure(in, d->intent->matter);
	if (!asked || asked == d->intent || asked->kind != INTENT_QUESTION ||
	    asked->matter != d->intent->matter || u->ranking[0].probability < LIKELY)
		asked = named(in, d->intent);
	/* How to get one at all is the whole of it. */
	if (asked && d->intent != in->memory->intent && (part_of(asked).parts & STEPS))
		return NULL;
	return asked;
}

/* The first that has the word; all if there is none to have. */
static struct line_list lines_with(struct line_list lines, const char *word)
{
	for (size_t i = 0; i < lines.n && word; i++) {
		if (view_find(lines.items[i].text, view_of(word)) >= 0)
			return (struct line_list){&lines.items[i], 1};
	}
	return word ? (struct line_list){NULL, 0} : lines;
}

void aspect_take(const struct facts *f, const struct intent *aspect, struct facts *ret)
{
	struct part part = part_of(aspect);

	memset(ret, 0, sizeof(*ret));
	if (part.parts & DOCUMENTS)
		ret->documents = f->documents;
	if (part.parts & TIMING)
		ret->timing = f->timing;
	if (part.parts & CHANNELS)
		ret->channels = f->channels;
	if (part.parts & STEPS)
		ret->steps = f->steps;
	if (part.parts & FEE)
		ret->fee = f->fee;
	if (part.parts & NUMBER)
		ret->number = f->number;
	if (part.parts & CONDITIONS)
		facts_set_lines(ret, FACTS_CONDITIONS,
				lines_with(facts_lines(f, FACTS_CONDITIONS), part.word));
}
