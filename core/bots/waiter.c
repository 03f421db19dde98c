/* SPDX-License-Identifier: Apache-2.0 */
/* waiter.c - see waiter.h. */
#include "bots/waiter.h"

#include <stdlib.h>

#include "base/clock.h"

static const char *encode(struct bots *bots, const struct bot *bot, const struct bot_message *m,
			  struct view text, struct view *ret)
{
	return bot->platform->encode(bot, m, text, clock_wall_ms(), &bots->scratch, ret);
}

void waiters_respond(struct bots *bots, const struct bot *bot, const struct bot_message *m,
		     struct view text, bot_answer *answer, void *data)
{
	struct bot_response response = {.status = 200};

	response.type = encode(bots, bot, m, text, &response.body);
	answer(data, &response);
	arena_wipe(&bots->scratch);
}

void waiter_add(struct exchange *x, struct waiter *w)
{
	w->exchange = x;
	w->next = x->waiters;
	w->link = &x->waiters;
	if (w->next)
		w->next->link = &w->next;
	x->waiters = w;
	x->n_waiters++;
}

void waiter_free(struct waiter *w)
{
	*w->link = w->next;
	if (w->next)
		w->next->link = w->link;
	loop_timer_stop(w->exchange->bots->loop, &w->budget);
	w->exchange->n_waiters--;
	free(w);
}

void waiter_answer(struct waiter *w, struct view text)
{
	struct exchange *x = w->exchange;
	bot_answer *answer = w->answer;
	void *data = w->data;

	waiter_free(w);
	waiters_respond(x->bots, x->state->bot, &x->message, text, answer, data);
}

void waiters_answer(struct exchange *x, struct view text)
{
	while (x->waiters)
		waiter_answer(x->waiters, text);
}
