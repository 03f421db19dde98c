/* SPDX-License-Identifier: Apache-2.0 */
/* catalog-check.c - faults in the training data that no reader sees at once. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/catalog.h"

/* One question, by a hash of what is left of it without blanks and end signs. */
struct mark {
	uint64_t hash;
	const struct intent *intent;
	const struct example *example;
};
struct marks {
	VEC(struct mark) list;
};

static bool is_noise(uint32_t cp)
{
	static const uint32_t signs[] = {' ',    '\t',   '?',    '!',    '.',    ',',    0x3000,
					 0xff1f, 0xff01, 0x3002, 0xff0c, 0x3001, 0x2026, 0xff5e};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i] == cp)
			return true;
	return false;
}

static uint64_t hash_question(struct view text)
{
	struct view whole = text;
	uint64_t h = 0;
	uint32_t cp;
	int n;

	for (; (n = utf8_decode(text, &cp)) > 0; text = view_sub(text, (size_t)n, text.len))
		if (!is_noise(cp))
			h = hash_mix(h * 31 + cp);
	return h ? h : hash_view(whole); /* nothing but signs: these as they are */
}

static int mark_cmp(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->intent != y->intent)
		return x->intent->index < y->intent->index ? -1 : 1;
	return x->example < y->example ? -1 : x->example > y->example;
}

static void check_twice(const struct catalog *c, struct problems *problems)
{
	struct marks marks = {VEC_INIT};

	for (size_t i = 0; i < c->n_intents; i++)
		for (size_t j = 0; j < c->intents[i].n_examples; j++) {
			const struct example *e = &c->intents[i].examples[j];

			*vec_push(&marks.list) =
			    (struct mark){hash_question(e->text), &c->intents[i], e};
		}
	if (marks.list.n)
		qsort(marks.list.items, marks.list.n, sizeof(struct mark), mark_cmp);
	for (size_t i = 1; i < marks.list.n; i++) {
		const struct mark *first = &marks.list.items[i - 1], *m = &marks.list.items[i];

		if (m->hash != first->hash)
			continue;
		problem_add(problems, m->intent != first->intent, m->intent->file, m->example->line,
			    0, "'%.*s' stands also in %.*s, line %u",
			    VIEW_ARG(utf8_clip(m->example->text, 120)),
			    VIEW_ARG(first->intent->name), first->example->line);
	}
	vec_done(&marks.list);
}

static void check_id(const struct catalog *c, const struct intent *in, struct view id,
		     const char *where, struct problems *problems)
{
	const struct intent *near;

	if (view_eq(id, in->name))
		problem_add(problems, true, in->file, 0, 0, "%s: names the intent itself", where);
	if (catalog_find(c, id))
		return;
	near = catalog_nearest(c, id);
	if (near)
		problem_add(problems, true, in->file, 0, 0,
			    "%s: there is no intent '%.*s': did you mean '%.*s'?", where,
			    VIEW_ARG(utf8_clip(id, 60)), VIEW_ARG(near->name));
	else
		problem_add(problems, true, in->file, 0, 0, "%s: there is no intent '%.*s'", where,
			    VIEW_ARG(utf8_clip(id, 60)));
}

/* Two answers to "the same question about the other matter" would be one too many. */
static void check_facet(const struct catalog *c, const struct intent *in, struct problems *problems)
{
	const struct intent *first = in->matter ? catalog_sibling(c, in->matter, in) : NULL;

	if (first && first != in)
		problem_add(problems, true, in->file, 0, 0,
			    "the facet '%.*s' is also that of %.*s: give one of them another "
			    "(facet:)",
			    VIEW_ARG(intent_facet(in)), VIEW_ARG(first->name));
}

static void check_point(const struct catalog *c, const struct matter *m, struct view intent,
			struct problems *problems)
{
	const struct intent *in = catalog_find(c, intent);

	if (!in || in->matter != m)
		problem_add(problems, true, "matter.yaml", 0, 0,
			    "%.*s, points: it has no intent '%.*s'", VIEW_ARG(m->name),
			    VIEW_ARG(utf8_clip(intent, 60)));
}

static void check_matter(const struct catalog *c, const struct matter *m, struct problems *problems)
{
	for (size_t i = 0; i < m->n_facets; i++) {
		const struct intent *in = catalog_find(c, m->facets[i].intent);

		if (!in || in->matter != m)
			problem_add(problems, true, "matter.yaml", 0, 0,
				    "%.*s, facets: it has no intent '%.*s'", VIEW_ARG(m->name),
				    VIEW_ARG(utf8_clip(m->facets[i].intent, 60)));
	}
	for (size_t i = 0; i < m->n_points; i++) {
		const struct matter_point *p = &m->points[i];

		if (p->intent.len > 0)
			check_point(c, m, p->intent, problems);
		for (size_t j = 0; j < p->n_topics; j++)
			check_point(c, m, p->topics[j], problems);
	}
}

void catalog_check(const struct catalog *c, struct problems *problems)
{
	for (size_t i = 0; i < c->n_matters; i++)
		check_matter(c, &c->matters[i], problems);
	for (size_t i = 0; i < c->n_intents; i++) {
		const struct intent *in = &c->intents[i];

		check_facet(c, in, problems);
		for (size_t j = 0; j < in->n_nots; j++)
			check_id(c, in, in->nots[j].intent, "not", problems);
		for (size_t j = 0; j < in->n_related; j++)
			check_id(c, in, in->related[j], "related", problems);
		if (intent_is_asked(in) && in->n_examples < CATALOG_EXAMPLES_LEAST)
			problem_add(problems, true, in->file, 0, 0,
				    "only %zu examples, %d are the least", in->n_examples,
				    CATALOG_EXAMPLES_LEAST);
	}
	check_twice(c, problems);
}
