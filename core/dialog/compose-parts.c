/* SPDX-License-Identifier: Apache-2.0 */
/* compose-parts.c - several answers in one reply, and what comes next. */
#include <stdio.h>

#include "dialog/compose.h"
#include "dialog/citation.h"
#include "dialog/related.h"

/* All places of the parts, each once. */
static void union_regions(const struct voice *v, const struct reply *parts, size_t n,
			  struct reply *ret)
{
	struct reply_region *items =
	    ARENA_ARRAY(v->arena, n * LIMIT_COMPARE + 1, struct reply_region);
	size_t n_items = 0;

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < parts[i].regions.n; j++) {
			const struct reply_region *r = &parts[i].regions.items[j];
			bool known = false;

			for (size_t k = 0; k < n_items; k++)
				known |= items[k].region == r->region;
			if (!known)
				items[n_items++] = *r;
		}
	}
	ret->regions.items = items;
	ret->regions.n = n_items;
}

/* The question as it is offered; one that names a thing is better said as it was typed. */
static struct view heading(const struct voice *v, const struct reply *part,
			   const struct decision *d)
{
	const struct region *r = part->regions.n == 1 ? part->regions.items[0].region : NULL;

	if (d->part.len > 0)
		return d->part;
	return part->intent ? related_question(v, part->intent, r) : VIEW("");
}

static bool is_answered(const struct voice *v, const struct reply *parts, size_t n,
			const struct region *region, struct view question)
{
	for (size_t i = 0; i < n; i++)
		if (parts[i].intent &&
		    view_eq(related_question(v, parts[i].intent, region), question))
			return true;
	return false;
}

/* What was asked and not answered comes first, to be asked with one touch. */
static void put_next(const struct voice *v, const struct reply *parts, size_t n,
		     const struct plan_more *more, size_t n_more, struct reply *ret)
{
	const struct reply *last = &parts[n - 1];
	const struct region *region = last->regions.n == 1 ? last->regions.items[0].region : NULL;
	struct reply_option *items = ARENA_ARRAY(v->arena, LIMIT_RELATED, struct reply_option);
	struct reply_option found[LIMIT_RELATED];
	size_t n_items = 0, n_found = 0;

	for (size_t i = 0; i < n_more && n_items < LIMIT_RELATED; i++)
		items[n_items++] = (struct reply_option){
		    .text = related_question(v, more[i].intent, region),
		    .intent = more[i].intent,
		    .region = region,
		};
	if (n_more == 0 && last->intent && last->intent->kind == INTENT_QUESTION)
		n_found = related_find(v, last->intent, region, found);
	for (size_t i = 0; i < n_found; i++)
		if (!is_answered(v, parts, n, region, found[i].text))
			items[n_items++] = found[i];
	related_put(v, items, n_items, ret);
}

/* How old the oldest of the answers is, said once for all of them. */
static void close_parts(const struct voice *v, const struct reply *parts, size_t n)
{
	struct citations *all = ARENA_NEW(v->arena, struct citations);

	for (size_t i = 0; i < n; i++) {
		const struct source *from =
		    parts[i].answer ? parts[i].answer->sources.items : parts[i].sources.items;
		size_t most = parts[i].answer ? parts[i].answer->sources.n : parts[i].sources.n;

		for (size_t j = 0; j < most && all->n < CITATIONS_MAX; j++)
			all->items[all->n++] = from[j];
	}
	citations_close(v, all, voice_words(v, "disclaimer", VOICE_NOTHING, VOICE_NOTHING));
}

void compose_parts(const struct voice *v, const struct reply *parts, const struct plan *p,
		   struct reply *ret)
{
	const size_t n = p->n;
	size_t mark = voice_mark(v);
	char number[24];

	memset(ret, 0, sizeof(*ret));
	ret->type = REPLY_ANSWERS;
	ret->rule = "several-questions";
	ret->parts.items = parts;
	ret->parts.n = n;
	union_regions(v, parts, n, ret);
	snprintf(number, sizeof(number), "%zu", n);
	if (p->elsewhere.len > 0)
		voice_say(v, "say.elsewhere", "list", p->elsewhere, VOICE_NOTHING);
	voice_say(v, "answers.begin", "n", view_of(number), VOICE_NOTHING);
	for (size_t i = 0; i < n; i++) {
		buf_str(v->out, "\n\n");
		snprintf(number, sizeof(number), "%zu", i + 1);
		voice_say(v, "answers.part", "n", view_of(number), "question",
			  heading(v, &parts[i], &p->items[i]));
		buf_char(v->out, '\n');
		buf_view_add(v->out, parts[i].text);
	}
	buf_str(v->out, "\n\n");
	close_parts(v, parts, n);
	if (p->n_more > 0) {
		size_t list_mark = voice_mark(v);
		struct view list;

		for (size_t i = 0; i < p->n_more; i++) {
			buf_str(v->out, "“");
			buf_view_add(v->out, p->more[i].text);
			buf_str(v->out, "”");
		}
		list = voice_take(v, list_mark);
		buf_char(v->out, '\n');
		voice_say(v, "say.more", "list", list, VOICE_NOTHING);
	}
	put_next(v, parts, n, p->more, p->n_more, ret);
	ret->text = voice_take(v, mark);
}
