/* SPDX-License-Identifier: Apache-2.0 */
/*
 * waiter.h - the requests that wait for the answer to one message; private to exchange.c and
 * waiter.c.
 */
#ifndef BOTS_WAITER_H
#define BOTS_WAITER_H

#include "bots/state.h"

struct waiter {
	struct waiter *next, **link;
	struct exchange *exchange;
	uint64_t id;
	bot_answer *answer;
	void *data;
	struct loop_timer budget;
	bool is_last; /* the platform will not ask again */
};

struct exchange {
	struct exchange *next, **link;
	struct bots *bots;
	struct bot_state *state;
	struct bot_message message;
	struct note_key message_key, proof_key;
	bool has_proof;
	char session[SESSION_TOKEN_LEN + 1];
	struct waiter *waiters;
	size_t n_waiters;
	unsigned n_requests;
	bool is_late; /* acknowledged: the answer goes through the interface */
	uint64_t
	    notes_id; /* as long as it is looked up; after that it is the one for its message */
	uint64_t fetch_id, engine_id;
	struct arena arena;
};

/* The response of a message, given to whoever asked; empty text acknowledges it. */
void waiters_respond(struct bots *bots, const struct bot *bot, const struct bot_message *m,
		     struct view text, bot_answer *answer, void *data);
void waiter_add(struct exchange *x, struct waiter *w);
/* Lets go of it without an answer. */
void waiter_free(struct waiter *w);
/* Gives it the answer and lets go of it. */
void waiter_answer(struct waiter *w, struct view text);
void waiters_answer(struct exchange *x, struct view text);

#endif
