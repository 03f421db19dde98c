/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exchange.c - one message and all the requests that bring it.
 *
 *	new ──▶ looked up in the notes ──▶ its conversation fetched ──▶ the engine ──▶ text
 *	          │ answered before: the same text                                    │
 *	          │ being answered: waits there                                       ▼
 *	          └ its signature served another message: refused
 *	requests that wait are answered with it, and the notes keep it; or, if the platform would
 *	not wait so long, it is sent through the platform's interface
 *
 * A platform that gets no response asks again: its second and third request wait for the answer
 * of the first. So a request whose time is over is left unanswered as long as there is another try.
 * Each new signature is looked up before anybody waits with it: it must not have served for
 * anything else.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/limits.h"
#include "bots/pace.h"
#include "bots/waiter.h"

#define PROOF_LEAST_MS 900000
/* What stands before a text in the notes: how it was said. */
#define SAID_HERE  'r'
#define SAID_LATER 's'

static void exchange_free(struct exchange *x)
{
	struct bots *bots = x->bots;

	while (x->waiters)
		waiter_free(x->waiters);
	if (x->notes_id)
		notes_cancel(bots->notes, x->notes_id);
	sessions_fetch_cancel(engine_sessions(bots->engine), x->fetch_id);
	engine_cancel(bots->engine, x->engine_id);
	*x->link = x->next;
	if (x->next)
		x->next->link = x->link;
	bots->n_exchanges--;
	arena_wipe(&x->arena);
	arena_done(&x->arena);
	bot_state_release(x->state);
	free(x);
}

void exchanges_drop(struct bots *bots)
{
	while (bots->exchanges)
		exchange_free(bots->exchanges);
}

/* A signature is remembered for as long as it could pass for a new one. */
static int64_t proof_keep_ms(const struct exchange *x)
{
	int64_t both_ways = 2 * x->state->bot->platform->limits.window_ms;

	return both_ways > PROOF_LEAST_MS ? both_ways : PROOF_LEAST_MS;
}

static void keep_note(struct exchange *x, char how, struct view text)
{
	struct buf value = BUF_INIT;

	buf_char(&value, how);
	if (how == SAID_HERE)
		buf_view_add(&value, text);
	notes_put(x->bots->notes, &x->message_key, buf_view(&value),
		  x->state->bot->platform->limits.keep_ms);
	buf_done(&value);
}

/* One message of the platform: all of it, or its beginning and a word that there is more. */
static struct view first_message(struct exchange *x, struct view text, struct view *ret_rest)
{
	struct text_limit limit = x->state->bot->platform->limits.text;
	struct view rest = text, piece;

	*ret_rest = VIEW("");
	if (text_fits(text, &limit))
		return text;
	if (bot_can_send(x->state->bot, &x->message)) {
		text_piece(&rest, &limit, &piece);
		*ret_rest = view_trim(rest);
		return piece;
	}
	return text_beginning(&x->arena, text, &limit, bot_sentence(x->bots, "bots.more"));
}

static bool same_key(const struct note_key *a, const struct note_key *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

static void look_up(struct exchange *x);

/* It is over. Who is just being looked up may have missed what is in the notes only now. */
static void end(struct exchange *x)
{
	struct note_key key = x->message_key;
	struct bots *bots = x->bots;

	exchange_free(x);
	for (x = bots->exchanges; x; x = x->next) {
		if (x->notes_id && same_key(&x->message_key, &key)) {
			notes_cancel(bots->notes, x->notes_id);
			look_up(x);
		}
	}
}

/* The text is there: to those who wait, into the notes, and the exchange is over. */
static void finish(struct exchange *x, struct view text)
{
	struct bot_counts *n = &x->state->counts;
	struct view rest, said;

	if (x->is_late || (!x->waiters && bot_can_send(x->state->bot, &x->message))) {
		keep_note(x, SAID_LATER, VIEW(""));
		waiters_answer(x, VIEW(""));
		bot_send(x->state, &x->message, text, 0);
		end(x);
		return;
	}
	said = first_message(x, arena_copy(&x->arena, text), &rest);
	keep_note(x, SAID_HERE, said);
	n->answered += x->waiters != NULL;
	waiters_answer(x, said);
	if (rest.len)
		bot_send(x->state, &x->message, rest, 1);
	end(x);
}

/* Nothing is said, now or when it is sent again. */
static void pass_over(struct exchange *x)
{
	keep_note(x, SAID_LATER, VIEW(""));
	waiters_answer(x, VIEW(""));
	end(x);
}

static void on_reply(void *data, const struct reply *reply)
{
	struct exchange *x = data;

	x->engine_id = 0;
	finish(x, reply->text);
}

static void ask(struct exchange *x, struct session *session)
{
	struct engine_request request = {
	    .text = x->message.text,
	    .option = VIEW(""),
	    .region = VIEW(""),
	    .session = session,
	};
	uint64_t id = engine_ask(x->bots->engine, &request, on_reply, x);

	/* With 0 the exchange is over already. */
	if (id)
		x->engine_id = id;
}

static void on_fetched(void *data, struct session *session, const struct record *record)
{
	struct exchange *x = data;

	(void)record;
	x->fetch_id = 0;
	if (!session)
		session = sessions_open_as(engine_sessions(x->bots->engine), view_of(x->session),
					   clock_wall_ms());
	ask(x, session);
}

static void find_session(struct exchange *x)
{
	struct sessions *all = engine_sessions(x->bots->engine);
	struct session *session = sessions_find(all, view_of(x->session));

	if (!session)
		x->fetch_id = sessions_fetch(all, view_of(x->session), on_fetched, x);
	if (!x->fetch_id)
		on_fetched(x, session, NULL);
}

/* From now on the answer goes through the interface, whatever becomes of us. */
static void promise(struct exchange *x)
{
	x->is_late = true;
	x->state->counts.late++;
	keep_note(x, SAID_LATER, VIEW(""));
	debt_begin(x->state, &x->message);
	waiters_answer(x, VIEW(""));
}

/* Is it to be answered? If not, that was seen to. */
static bool is_welcome(struct exchange *x)
{
	struct bot_state *s = x->state;
	enum pace_verdict pace = PACE_GOOD;

	/* There is no way to answer it: what it says about where is not to be believed. */
	if (s->bot->platform->is_mute && !bot_can_send(s->bot, &x->message)) {
		s->counts.given_up++;
		pass_over(x);
		return false;
	}
	if (!x->message.is_again)
		pace = pace_take(x->bots->pace, view_of(x->session), s->bot->user_rate,
				 clock_wall_ms());
	if (pace == PACE_GOOD)
		return true;
	s->counts.slowed++;
	if (pace == PACE_TELL)
		finish(x, bot_sentence(x->bots, "bots.slow"));
	else
		pass_over(x);
	return false;
}

/* It is new: whoever would not wait is told that it arrived, then the answer is made. */
static void begin(struct exchange *x)
{
	if (x->has_proof)
		notes_put(x->bots->notes, &x->proof_key,
			  view_make((char *)x->message_key.bytes, NOTE_KEY_BYTES),
			  proof_keep_ms(x));
	x->is_late = x->state->bot->platform->is_mute;
	if (!is_welcome(x))
		return;
	if (x->is_late)
		promise(x);
	/* What it asks after was never begun, or forgotten. */
	if (x->message.is_again) {
		x->state->counts.given_up++;
		finish(x, bot_sentence(x->bots, "bots.late"));
		return;
	}
	if (x->message.kind == BOT_TEXT) {
		x->state->counts.texts++;
		find_session(x);
		return;
	}
	x->state->counts.others++;
	finish(x, bot_sentence(x->bots,
			       x->message.kind == BOT_WELCOME ? "bots.welcome" : "bots.other"));
}

static void refuse(struct exchange *x)
{
	static const struct bot_response no = {403, "text/plain; charset=utf-8",
					       VIEW_INIT("refused\n")};

	x->state->counts.refused[BOT_REPLAYED]++;
	while (x->waiters) {
		struct waiter *w = x->waiters;
		bot_answer *answer = w->answer;
		void *data = w->data;

		waiter_free(w);
		answer(data, &no);
	}
	exchange_free(x);
}

/* The one that is being answered, not merely looked up. */
static struct exchange *exchange_of(struct bots *bots, const struct note_key *message)
{
	for (struct exchange *x = bots->exchanges; x; x = x->next)
		if (!x->notes_id && same_key(&x->message_key, message))
			return x;
	return NULL;
}

/* Those who wait for `x` wait for the one that was first. */
static void merge(struct exchange *x, struct exchange *first)
{
	unsigned tries = x->state->bot->platform->limits.tries;

	x->state->counts.repeated += x->n_requests;
	first->n_requests += x->n_requests;
	if (x->has_proof)
		notes_put(x->bots->notes, &x->proof_key,
			  view_make((char *)x->message_key.bytes, NOTE_KEY_BYTES),
			  proof_keep_ms(x));
	while (x->waiters) {
		struct waiter *w = x->waiters;

		if (first->is_late || first->n_waiters >= LIMIT_BOT_WAITERS) {
			waiter_answer(w, VIEW(""));
			continue;
		}
		x->waiters = w->next;
		if (w->next)
			w->next->link = &x->waiters;
		x->n_waiters--;
		waiter_add(first, w);
		w->is_last = first->n_requests >= tries;
	}
	exchange_free(x);
}

static void on_notes(void *data, const struct view values[NOTE_KEYS_MAX])
{
	struct exchange *x = data, *first = exchange_of(x->bots, &x->message_key);
	struct view said = values[0], proof = values[1];

	x->notes_id = 0;
	if (x->has_proof && proof.ptr &&
	    !view_eq(proof, view_make((char *)x->message_key.bytes, NOTE_KEY_BYTES))) {
		refuse(x);
	} else if (first) {
		merge(x, first);
	} else if (said.ptr && said.len > 0) {
		x->state->counts.repeated += x->n_requests;
		waiters_answer(x,
			       said.ptr[0] == SAID_HERE ? view_sub(said, 1, said.len) : VIEW(""));
		exchange_free(x);
	} else {
		begin(x);
	}
}

static void look_up(struct exchange *x)
{
	const struct note_key keys[] = {x->message_key, x->proof_key};

	x->notes_id = notes_find(x->bots->notes, keys, x->has_proof ? 2 : 1, on_notes, x);
}

/* The platform will not wait any longer for this response. */
static void on_budget(void *data)
{
	struct waiter *w = data;
	struct exchange *x = w->exchange;

	if (x->state->bot->platform->asks_again) {
		waiter_answer(w, VIEW(""));
	} else if (bot_can_send(x->state->bot, &x->message) && !x->notes_id) {
		promise(x);
	} else if (w->is_last) {
		x->state->counts.given_up++;
		waiter_answer(w, bot_sentence(x->bots, "bots.late"));
	}
	/* Else it is left waiting: the platform asks again, and both get the answer. */
}

static uint64_t wait_for(struct exchange *x, bot_answer *answer, void *data)
{
	const struct bot_limits *limits = &x->state->bot->platform->limits;
	struct waiter *w = calloc(1, sizeof(*w));

	if (!w)
		die_oom(sizeof(*w));
	w->id = ++x->bots->last_id;
	w->answer = answer;
	w->data = data;
	w->is_last = ++x->n_requests >= limits->tries;
	waiter_add(x, w);
	loop_timer_start(x->bots->loop, &w->budget, limits->budget_ms, 0, on_budget, w);
	return w->id;
}

static struct exchange *exchange_new(struct bots *bots, const struct bot_incoming *in)
{
	struct exchange *x = calloc(1, sizeof(*x));

	if (!x)
		die_oom(sizeof(*x));
	arena_init(&x->arena, 2048);
	x->bots = bots;
	x->state = bot_state_of(in->bot);
	bot_state_hold(x->state);
	x->message = bot_message_copy(&x->arena, &in->message);
	x->message_key = in->message_key;
	x->proof_key = in->proof_key;
	x->has_proof = in->has_proof;
	memcpy(x->session, in->session, sizeof(x->session));
	x->next = bots->exchanges;
	x->link = &bots->exchanges;
	if (x->next)
		x->next->link = &x->next;
	bots->exchanges = x;
	bots->n_exchanges++;
	look_up(x);
	return x;
}

/* The same request once more, for a message that is being answered. */
static uint64_t join(struct exchange *x, const struct bot_incoming *in, bot_answer *answer,
		     void *data)
{
	x->state->counts.repeated++;
	if (x->is_late || x->n_waiters >= LIMIT_BOT_WAITERS) {
		x->n_requests++;
		waiters_respond(x->bots, in->bot, &in->message, VIEW(""), answer, data);
		return 0;
	}
	return wait_for(x, answer, data);
}

uint64_t bots_take(struct bots *bots, const struct bot_incoming *in, bot_answer *answer, void *data)
{
	static const struct bot_response busy = {503, "text/plain; charset=utf-8",
						 VIEW_INIT("busy\n")},
					 no = {403, "text/plain; charset=utf-8",
					       VIEW_INIT("refused\n")};
	struct bot_state *s = bot_state_of(in->bot);

	/* Here and not when it was checked: it may have been passed on by another worker. */
	s->counts.requests++;
	if (in->message.kind == BOT_ECHO) {
		struct bot_response echo = {200, in->message.type, in->message.text};

		s->counts.echoes++;
		answer(data, &echo);
		return 0;
	}
	if (in->message.kind == BOT_IGNORED) {
		s->counts.ignored++;
		waiters_respond(bots, in->bot, &in->message, VIEW(""), answer, data);
		return 0;
	}
	for (struct exchange *x = bots->exchanges; x && in->has_proof; x = x->next) {
		if (x->has_proof && same_key(&x->proof_key, &in->proof_key) &&
		    !same_key(&x->message_key, &in->message_key)) {
			s->counts.refused[BOT_REPLAYED]++;
			answer(data, &no);
			return 0;
		}
	}
	for (struct exchange *x = bots->exchanges; x; x = x->next)
		if (same_key(&x->message_key, &in->message_key) && x->has_proof == in->has_proof &&
		    (!in->has_proof || same_key(&x->proof_key, &in->proof_key)))
			return join(x, in, answer, data);
	if (bots->n_exchanges >= LIMIT_BOT_EXCHANGES) {
		answer(data, &busy);
		return 0;
	}
	return wait_for(exchange_new(bots, in), answer, data);
}

void bots_leave(struct bots *bots, uint64_t id)
{
	for (struct exchange *x = bots->exchanges; x; x = x->next) {
		for (struct waiter *w = x->waiters; w; w = w->next) {
			if (w->id != id)
				continue;
			waiter_free(w);
			return;
		}
	}
}
