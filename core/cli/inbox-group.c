/* SPDX-License-Identifier: Apache-2.0 */
/* inbox-group.c - questions that ask the same, together, and their way into an intent. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/alike.h"
#include "cli/inbox.h"

/* So much of the weight is common: 咋还没批下来 and 怎么还没批下来呀. What the classifier takes for
 * nearest counts too: where it differs, more must be. */
#define ALIKE       0.3
#define ALIKE_APART 0.5
#define NEAR        32

static bool is_same_intent(const struct inbox_note *a, const struct inbox_note *b)
{
	return strcmp(a->nearest[0].intent, b->nearest[0].intent) == 0;
}

/* Without words it is only the answer that was liked or not: by intent. */
static bool is_same_subject(const struct inbox_note *a, const struct inbox_note *b)
{
	return a->kind == b->kind && !a->text[0] && !b->text[0] && is_same_intent(a, b);
}

static void lead_silent(struct inbox_view *v, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_same_subject(&v->items.items[k].row.note, &v->items.items[i].row.note)) {
			v->items.items[i].group = v->items.items[k].group;
			return;
		}
}

/* The items come by count: the most asked wording leads, the others follow it. */
static void lead(struct inbox_view *v, struct alike *k, size_t i)
{
	struct inbox_item *item = &v->items.items[i];
	struct near near[NEAR];
	size_t n = alike_nearest(k, i, near, NEAR);

	for (size_t j = 0; j < n && near[j].likeness >= ALIKE; j++) {
		const struct inbox_item *other = &v->items.items[near[j].index];

		if (near[j].index < i && other->row.note.kind == item->row.note.kind &&
		    (near[j].likeness >= ALIKE_APART ||
		     is_same_intent(&item->row.note, &other->row.note))) {
			item->group = other->group;
			return;
		}
	}
}

static int64_t *totals;

static int by_group(const void *a, const void *b)
{
	const struct inbox_item *x = a, *y = b;

	if (x->group != y->group) {
		int64_t nx = totals[x->group], ny = totals[y->group];

		if (nx != ny)
			return nx > ny ? -1 : 1;
		return x->group < y->group ? -1 : 1;
	}
	if (x->row.count != y->row.count)
		return x->row.count > y->row.count ? -1 : 1;
	return x->row.n < y->row.n ? -1 : x->row.n > y->row.n;
}

void inbox_group(struct inbox_view *v)
{
	struct gazetteer *places = gazetteer_new(&v->regions, &v->catalog, NULL, 0);
	size_t n = v->items.n;
	struct alike alike;

	alike_init(&alike, &v->arena, n);
	for (size_t i = 0; i < n; i++)
		alike_add(&alike, &v->arena, view_of(v->items.items[i].row.note.text), places);
	alike_finish(&alike, &v->arena);
	totals = ARENA_ARRAY(&v->arena, n + 1, int64_t);
	for (size_t i = 0; i < n; i++) {
		v->items.items[i].group = i;
		if (v->items.items[i].row.note.text[0])
			lead(v, &alike, i);
		else
			lead_silent(v, i);
		totals[v->items.items[i].group] += v->items.items[i].row.count;
	}
	if (n)
		qsort(v->items.items, n, sizeof(*v->items.items), by_group);
	gazetteer_free(places);
}

const char *inbox_label(const struct inbox_view *v, const struct inbox_note *note)
{
	if (v->label)
		return v->label;
	for (size_t i = 0; i < note->n_nearest; i++)
		if (catalog_find(&v->catalog, view_of(note->nearest[i].intent)))
			return note->nearest[i].intent;
	return NULL;
}

/* What was lifted out stands as a mark, and would be learnt. */
static bool is_example(const struct inbox_note *note)
{
	return note->text[0] && !strchr(note->text, '[') && !strpbrk(note->text, "\t\n");
}

void inbox_export_lines(const struct inbox_view *v)
{
	for (size_t i = 0; i < v->items.n; i++) {
		const struct inbox_note *note = &v->items.items[i].row.note;
		const char *label = inbox_label(v, note);

		if (label && is_example(note))
			printf("%s\t%s\n", label, note->text);
	}
}

static bool is_of(const struct inbox_view *v, size_t i, const char *label)
{
	const struct inbox_note *note = &v->items.items[i].row.note;
	const char *own = is_example(note) ? inbox_label(v, note) : NULL;

	return own && strcmp(own, label) == 0;
}

static void export_label(const struct inbox_view *v, const char *label)
{
	printf("# %s\nexamples:\n  asked: |\n", label);
	for (size_t i = 0; i < v->items.n; i++)
		if (is_of(v, i, label))
			printf("    %s\n", v->items.items[i].row.note.text);
}

void inbox_export_yaml(const struct inbox_view *v)
{
	for (size_t i = 0; i < v->items.n; i++) {
		const struct inbox_note *note = &v->items.items[i].row.note;
		const char *label = is_example(note) ? inbox_label(v, note) : NULL;
		bool is_first = label != NULL;

		for (size_t k = 0; k < i && is_first; k++)
			is_first = !is_of(v, k, label);
		if (is_first)
			export_label(v, label);
	}
}
