/* SPDX-License-Identifier: Apache-2.0 */
/*
 * note.c - what an ask leaves in the inbox when it could not be answered.
 *
 * The words as the classifier saw them, folded and without personal numbers; what they were nearly;
 * where; which rule decided. Nothing of who asked. What was refused (other people's data, forgery,
 * abuse) is no question that waits for an answer, and leaves nothing.
 */
#include "engine/ask.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "dialog/situation.h"

#define CHARS_MIN 2

static bool is_unanswered(const struct decision *d)
{
	static const char *const words[] = {"decline.unsure", "decline.scope", "decline.claim"};

	if (d->action == DO_HANDOFF)
		return strcmp(d->rule, "give-up") == 0;
	for (size_t i = 0; d->action == DO_DECLINE && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(d->words, words[i]) == 0)
			return !(d->signs & (FILLERS | SILENT | NUMBERS_ONLY));
	return false;
}

static bool is_missing(const struct ask *a, size_t i)
{
	const struct part *part = &a->parts[i];

	return a->plan.items[i].action == DO_ANSWER && part->n_jobs == 1 &&
	       !a->jobs[part->first_job].outcome.facts;
}

static void put_text(char *to, size_t max, struct view v)
{
	v = utf8_clip(v, max - 1);
	if (v.len)
		memcpy(to, v.ptr, v.len);
	to[v.len] = '\0';
}

static void put_near(struct inbox_note *n, const struct intent *intent, float score)
{
	struct inbox_nearest *near = &n->nearest[n->n_nearest];

	if (!intent || n->n_nearest == INBOX_NEAREST_MAX || intent->name.len >= INBOX_ID_MAX)
		return;
	put_text(near->intent, sizeof(near->intent), intent->name);
	near->score = score;
	n->n_nearest++;
}

static void keep(struct ask *a, size_t i, enum inbox_kind kind)
{
	const struct decision *d = &a->plan.items[i];
	const struct understanding *u = &a->plan.what;
	struct inbox_note n = {
	    .kind = kind, .generation = a->generation->number, .when_ms = clock_wall_ms()};

	if (kind == INBOX_MISSING)
		put_near(&n, d->intent, d->confidence);
	for (size_t k = 0; k < u->n_ranking && kind != INBOX_MISSING; k++)
		put_near(&n, u->ranking[k].intent, u->ranking[k].probability);
	/* 那上海呢 is no question by itself, nor is one of several in a message. */
	if (kind != INBOX_MISSING || (a->plan.n == 1 && !(d->carried & CARRIED_INTENT)))
		put_text(n.text, sizeof(n.text), view_trim(u->text.folded));
	if (d->n_regions == 1)
		put_text(n.region, sizeof(n.region), d->regions[0].region->id);
	put_text(n.rule, sizeof(n.rule), view_of(d->rule));
	sessions_keep_note(a->engine->sessions, &n);
	explicit_bzero(&n, sizeof(n));
}

void ask_keep_notes(struct ask *a)
{
	if (!sessions_have_inbox(a->engine->sessions))
		return;
	for (size_t i = 0; i < a->plan.n; i++) {
		const struct decision *d = &a->plan.items[i];

		if (is_missing(a, i))
			keep(a, i, INBOX_MISSING);
		else if (a->plan.n > 1 || a->plan.what.text.n_chars < CHARS_MIN)
			continue;
		else if (is_unanswered(d))
			keep(a, i, INBOX_UNANSWERED);
		else if (d->action == DO_ASK_INTENT)
			keep(a, i, INBOX_UNCLEAR);
	}
}
