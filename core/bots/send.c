/* SPDX-License-Identifier: Apache-2.0 */
/*
 * send.c - what is said through a platform's own interface: access tokens, pieces, failures.
 *
 * An access token is fetched once for all who need it, kept in memory and in the notes, so that
 * workers and restarts share it; most platforms invalidate the old one when a new one is fetched.
 *
 * A delivery is also a debt in the notes (late.c), so that it outlives us. Before a piece is sent
 * it says so there: if we die then, nobody knows whether it arrived, and only platforms that drop
 * what they have shown already get it once more.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "bots/state.h"

#define SEND_TIMEOUT_MS  20000
#define SEND_RETRIES     3
#define TOKEN_SPARE_MS   60000 /* a token is not used in its last minute */
#define REPLY_BYTES_MAX  65536
#define TOKEN_LONGEST_MS (24 * 3600 * (int64_t)1000)
#define KEEP_MS          (3600 * (int64_t)1000) /* nobody waits longer for an answer */
#define MINE_MS          300000                 /* longer than any call, with its retries */
#define AGAIN_FIRST_MS   5000
#define AGAIN_MOST_MS    300000
#define CROWDED_MS       2000
#define KEY_BYTES        4096 /* more than a section has */

struct delivery {
	struct delivery *next, **link;
	struct bot_state *state;
	struct debt debt;         /* its rest begins with the piece that is being said */
	struct view piece, after; /* and what comes after it */
	bool is_waiting;          /* for an access token */
	bool has_renewed;
	uint64_t net_id, notes_id;
	struct arena arena;
};

static void next_piece(struct delivery *d);
static void say_piece(struct delivery *d);

static void delivery_free(struct delivery *d)
{
	struct bot_state *s = d->state;

	net_cancel(s->net, d->net_id);
	if (d->notes_id)
		notes_cancel(s->bots->notes, d->notes_id);
	*d->link = d->next;
	if (d->next)
		d->next->link = d->link;
	s->bots->n_deliveries--;
	arena_wipe(&d->arena);
	arena_done(&d->arena);
	free(d);
	bot_state_release(s);
}

static void token_forget(struct bot_state *s)
{
	if (s->token) {
		explicit_bzero(s->token, strlen(s->token));
		free(s->token);
	}
	s->token = NULL;
}

void deliveries_drop(struct bot_state *s)
{
	while (s->deliveries) {
		struct delivery *d = s->deliveries;

		/* Said to be on its way, and not begun yet. */
		if (d->debt.is_out && !d->net_id) {
			d->debt.is_out = false;
			(void)debt_keep(s, &d->debt, 0, NULL, NULL);
		}
		delivery_free(d);
	}
	token_forget(s);
}

/* With the platform's address, account and secrets: another's token is of no use, or worse, is
 * taken for the other account. */
static struct note_key token_key(struct bot_state *s)
{
	const struct bot *b = s->bot;
	struct buf whose = BUF_INIT;
	struct note_key key;

	buf_reserve(&whose, KEY_BYTES);
	buf_view_add(&whose, b->api_base);
	for (size_t i = 0; i < b->platform->n_keys; i++) {
		buf_char(&whose, '\0');
		buf_view_add(&whose, b->values[i]);
	}
	key = bot_note_key(s->bots, "token", b, buf_view(&whose));
	explicit_bzero(whose.ptr, whose.cap);
	buf_done(&whose);
	return key;
}

static bool has_token(const struct bot_state *s)
{
	return s->token && clock_wall_ms() < s->token_until_ms;
}

static void fail(struct delivery *d, const char *what, const char *why)
{
	d->state->counts.send_failures++;
	log_warn("bot '%s': %s: %s; one answer was not delivered", d->state->bot->name, what, why);
	debt_settle(d->state, &d->debt.message);
	delivery_free(d);
}

/* It has not arrived and will be sent later, by whoever claims it then. */
static void postpone(struct delivery *d, int64_t wait_ms, const char *what, const char *why)
{
	struct bot_state *s = d->state;

	if (clock_wall_ms() + wait_ms >= d->debt.until_ms) {
		fail(d, what, why);
		return;
	}
	s->counts.postponed++;
	log_info("bot '%s': %s: %s; an answer is sent again in %lld s", s->bot->name, what, why,
		 (long long)wait_ms / 1000);
	d->debt.is_out = false;
	(void)debt_keep(s, &d->debt, wait_ms, NULL, NULL);
	delivery_free(d);
}

static void try_later(struct delivery *d, int64_t asked_ms, const char *what, const char *why)
{
	unsigned doublings = d->debt.attempts < 6 ? d->debt.attempts : 6;
	int64_t wait = (int64_t)AGAIN_FIRST_MS << doublings;

	d->debt.attempts++;
	wait = wait < AGAIN_MOST_MS ? wait : AGAIN_MOST_MS;
	postpone(d, asked_ms > wait ? asked_ms : wait, what, why);
}

/* Deliveries may end in the course of it, so it begins anew after each. */
static void wake(struct bot_state *s, const char *why)
{
	struct delivery *d = s->deliveries;

	s->is_fetching = false;
	while (d) {
		if (!d->is_waiting) {
			d = d->next;
			continue;
		}
		d->is_waiting = false;
		if (why)
			try_later(d, -1, "no access token", why);
		else
			say_piece(d);
		d = s->deliveries;
	}
}

/* In the notes: until when, a blank, the token. */
static bool token_take(struct bot_state *s, struct view text)
{
	struct view rest = text, until;
	uint64_t ms;

	if (!view_split(&rest, ' ', &until) || !rest.ptr || view_to_u64(until, &ms) < 0 ||
	    (int64_t)ms <= clock_wall_ms())
		return false;
	token_forget(s);
	s->token = strndup(rest.ptr, rest.len);
	if (!s->token)
		die_oom(rest.len);
	s->token_until_ms = (int64_t)ms;
	return true;
}

static int start_call(struct bot_state *s, const struct bot_call *call, bool may_repeat,
		      void (*done)(void *data, const struct net_reply *reply), void *data,
		      uint64_t *ret_id)
{
	struct net_request q = {
	    .method = call->method ? call->method : "POST",
	    .url = call->url,
	    .headers = call->headers,
	    .n_headers = call->n_headers,
	    .body = call->body,
	    .timeout_ms = SEND_TIMEOUT_MS,
	    .max_reply_bytes = REPLY_BYTES_MAX,
	    .retries = SEND_RETRIES,
	    .may_repeat = may_repeat,
	    .allows_plain = s->bot->api_is_plain,
	    .call = done,
	    .data = data,
	};

	return net_start(s->net, &q, ret_id);
}

static void on_token(void *data, const struct net_reply *reply)
{
	struct bot_state *s = data;
	struct fault why = {.text = ""};
	struct view token = VIEW(""), value;
	struct note_key key = token_key(s);
	int64_t seconds = 0, keep;
	struct arena a;

	if (reply->error) {
		wake(s, reply->why);
		return;
	}
	arena_init(&a, 2048);
	if (s->bot->platform->api->token_read(&a, reply->body, &token, &seconds, &why) < 0 ||
	    !token.len || seconds <= 0) {
		wake(s, why.text[0] ? why.text : "the response has none");
	} else {
		keep = seconds * 1000 > TOKEN_LONGEST_MS ? TOKEN_LONGEST_MS : seconds * 1000;
		keep = keep > 2 * TOKEN_SPARE_MS ? keep - TOKEN_SPARE_MS : keep / 2;
		value = arena_printf(&a, "%lld %.*s", (long long)(clock_wall_ms() + keep),
				     VIEW_ARG(token));
		token_take(s, value);
		notes_put(s->bots->notes, &key, value, keep);
		wake(s, NULL);
	}
	arena_wipe(&a);
	arena_done(&a);
}

static void fetch_token(struct bot_state *s)
{
	struct bot_call call = {.url = VIEW("")};
	struct arena a;
	uint64_t id;

	s->counts.token_fetches++;
	arena_init(&a, 2048);
	s->bot->platform->api->token_call(s->bot, &a, &call);
	if (start_call(s, &call, true, on_token, s, &id) < 0)
		wake(s, "its address is not good, or too many requests are under way");
	arena_wipe(&a);
	arena_done(&a);
}

static void on_note(void *data, const struct view values[NOTE_KEYS_MAX])
{
	struct bot_state *s = data;

	if (values[0].ptr && token_take(s, values[0]))
		wake(s, NULL);
	else
		fetch_token(s);
}

static void want_token(struct delivery *d)
{
	struct bot_state *s = d->state;
	struct note_key key;

	d->is_waiting = true;
	if (s->is_fetching)
		return;
	s->is_fetching = true;
	key = token_key(s);
	notes_find(s->bots->notes, &key, 1, on_note, s);
}

/* Ours was refused; another worker may have a newer one by now. */
static void renew_token(struct delivery *d)
{
	struct bot_state *s = d->state;
	struct note_key key = token_key(s);

	d->has_renewed = true;
	token_forget(s);
	notes_drop(s->bots->notes, &key);
	want_token(d);
}

/* It cannot have arrived; as for the other errors, nobody knows. */
static bool has_not_arrived(int error)
{
	return error == -ECONNREFUSED || error == -EHOSTUNREACH || error == -EKEYREJECTED ||
	       error == -EACCES;
}

static void on_error(struct delivery *d, const struct net_reply *reply)
{
	if (has_not_arrived(reply->error) || d->state->bot->platform->api->drops_twice)
		try_later(d, -1, "its interface", reply->why);
	else
		fail(d, "its interface", reply->why);
}

static void on_sent(void *data, const struct net_reply *reply)
{
	struct delivery *d = data;
	const struct bot_api *api = d->state->bot->platform->api;
	struct fault why = {.text = ""};
	enum bot_outcome outcome;

	d->net_id = 0;
	if (reply->error) {
		on_error(d, reply);
		return;
	}
	outcome = reply->status == 429 || reply->status == 503
		      ? BOT_BUSY
		      : api->send_read(&d->arena, reply->status, reply->body, &why);
	if (outcome == BOT_TOKEN_OLD && !d->has_renewed) {
		renew_token(d);
	} else if (outcome == BOT_SENT) {
		d->state->counts.sent++;
		d->debt.number++;
		d->debt.rest = d->after;
		next_piece(d);
	} else if (outcome == BOT_BUSY) {
		try_later(d, reply->retry_after_ms, "its interface is busy",
			  why.text[0] ? why.text : "later");
	} else {
		fail(d, "its interface refuses", why.text);
	}
}

/* That it is on its way is in the notes: now it may be. */
static void on_kept(void *data, const struct view values[NOTE_KEYS_MAX])
{
	struct delivery *d = data;
	struct bot_state *s = d->state;
	const struct bot_api *api = s->bot->platform->api;
	struct bot_call call = {.url = VIEW("")};

	(void)values;
	d->notes_id = 0;
	/* Another delivery may have found out meanwhile that the token is not good any more. */
	if (api->token_call && !has_token(s)) {
		want_token(d);
		return;
	}
	api->send_call(s->bot, &d->debt.message, d->piece, d->debt.number,
		       view_of(api->token_call ? s->token : ""), &d->arena, &call);
	if (start_call(s, &call, api->drops_twice, on_sent, d, &d->net_id) < 0)
		fail(d, "its interface", "the address is not good, or too much is under way");
}

static void say_piece(struct delivery *d)
{
	struct bot_state *s = d->state;

	/* Here, before each: what a message says about where it may be answered is not believed,
	 * and the time for it runs out. */
	if (!bot_can_send(s->bot, &d->debt.message)) {
		fail(d, "its interface", "the message may not be answered at the address it names");
		return;
	}
	if (s->bot->platform->api->token_call && !has_token(s)) {
		want_token(d);
		return;
	}
	d->debt.is_out = true;
	d->notes_id = debt_keep(s, &d->debt, MINE_MS, on_kept, d);
}

/* The last piece that there may be says that there is more. False: all is said. */
static bool cut_piece(struct delivery *d)
{
	const struct text_limit *limit = &d->state->bot->platform->limits.text;

	d->after = d->debt.rest;
	if (d->debt.number >= LIMIT_BOT_PIECES)
		return false;
	if (d->debt.number + 1 < LIMIT_BOT_PIECES || text_fits(view_trim(d->after), limit))
		return text_piece(&d->after, limit, &d->piece);
	d->piece =
	    text_beginning(&d->arena, d->after, limit, bot_sentence(d->state->bots, "bots.more"));
	d->after = VIEW("");
	return true;
}

static void next_piece(struct delivery *d)
{
	if (!cut_piece(d)) {
		debt_settle(d->state, &d->debt.message);
		delivery_free(d);
		return;
	}
	say_piece(d);
	/* `d` may be gone. */
}

static struct delivery *delivery_new(struct bot_state *s, const struct debt *debt)
{
	struct delivery *d = calloc(1, sizeof(*d));

	if (!d)
		die_oom(sizeof(*d));
	arena_init(&d->arena, 4096);
	bot_state_hold(s);
	d->state = s;
	d->debt = *debt;
	d->debt.bot = view_of(s->bot->name);
	d->debt.message = bot_message_copy(&d->arena, &debt->message);
	d->debt.rest = arena_copy(&d->arena, debt->rest);
	d->next = s->deliveries;
	d->link = &s->deliveries;
	if (d->next)
		d->next->link = &d->next;
	s->deliveries = d;
	s->bots->n_deliveries++;
	return d;
}

void bot_send(struct bot_state *s, const struct bot_message *m, struct view text, unsigned number)
{
	struct debt debt = {
	    .message = *m,
	    .rest = text,
	    .number = number,
	    .until_ms = clock_wall_ms() + KEEP_MS,
	    .is_answered = true,
	};
	struct delivery *d;

	if (text.len > LIMIT_BOT_DEBT / 2)
		debt.rest = view_sub(text, 0, LIMIT_BOT_DEBT / 2);
	d = delivery_new(s, &debt);
	if (s->bots->n_deliveries > LIMIT_BOT_DELIVERIES)
		postpone(d, CROWDED_MS, "its interface", "many answers are being sent");
	else
		next_piece(d);
}

void bot_resume(struct bot_state *s, const struct debt *debt)
{
	struct delivery *d;

	for (d = s->deliveries; d; d = d->next)
		if (view_eq(d->debt.message.id, debt->message.id))
			return;
	s->counts.resumed++;
	d = delivery_new(s, debt);
	if (!debt->is_answered) {
		d->debt.is_answered = true;
		d->debt.rest = arena_copy(&d->arena, bot_sentence(s->bots, "bots.interrupted"));
	} else if (debt->is_out && !s->bot->platform->api->drops_twice && cut_piece(d)) {
		/* It is as likely that people have read it as not. */
		d->debt.rest = d->after;
		d->debt.number++;
	}
	next_piece(d);
}
