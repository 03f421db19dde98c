/* SPDX-License-Identifier: Apache-2.0 */
/* answer-copy.c - an answer of a plugin's code outlives the call that brought it. */
#include "engine/ask.h"

static struct line copy_line(struct arena *a, struct line l)
{
	return (struct line){arena_copy(a, l.text), arena_copy(a, l.source)};
}

static void copy_tables(struct arena *a, const struct facts *f, struct facts *ret)
{
	struct channel *channels = ARENA_ARRAY(a, f->channels.n + 1, struct channel);
	struct document *documents = ARENA_ARRAY(a, f->documents.n + 1, struct document);
	struct timing *timing = ARENA_ARRAY(a, f->timing.n + 1, struct timing);

	for (size_t i = 0; i < f->channels.n; i++) {
		const struct channel *c = &f->channels.items[i];

		channels[i] =
		    (struct channel){arena_copy(a, c->name), c->kind, arena_copy(a, c->path),
				     arena_copy(a, c->url), arena_copy(a, c->source)};
	}
	for (size_t i = 0; i < f->documents.n; i++) {
		const struct document *d = &f->documents.items[i];

		documents[i] =
		    (struct document){arena_copy(a, d->name), arena_copy(a, d->form),
				      arena_copy(a, d->purpose), arena_copy(a, d->source)};
	}
	for (size_t i = 0; i < f->timing.n; i++) {
		timing[i] = f->timing.items[i];
		timing[i].stage = arena_copy(a, timing[i].stage);
		timing[i].text = arena_copy(a, timing[i].text);
		timing[i].source = arena_copy(a, timing[i].source);
	}
	ret->channels.items = channels;
	ret->documents.items = documents;
	ret->timing.items = timing;
}

static struct facts copy_facts(struct arena *a, const struct facts *f)
{
	struct facts copy = *f;

	copy.summary = copy_line(a, f->summary);
	copy_tables(a, f, &copy);
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list from = facts_lines(f, (enum facts_lines)which);
		struct line *lines = ARENA_ARRAY(a, from.n + 1, struct line);

		for (size_t i = 0; i < from.n; i++)
			lines[i] = copy_line(a, from.items[i]);
		facts_set_lines(&copy, (enum facts_lines)which, (struct line_list){lines, from.n});
	}
	return copy;
}

const struct host_answer *answer_copy(struct arena *a, const struct host_answer *answer)
{
	struct host_answer *copy = ARENA_NEW(a, struct host_answer);

	copy->facts = copy_facts(a, &answer->facts);
	copy->inquiry.figure = arena_copy(a, answer->inquiry.figure);
	copy->inquiry.line = copy_line(a, answer->inquiry.line);
	copy->max_age_ms = answer->max_age_ms;
	return copy;
}
