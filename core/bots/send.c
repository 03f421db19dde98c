/* SPDX-License-Identifier: Apache-2.0 */
/*
 * send.c - what is said through a platform's own interface: access tokens, pieces, failures.
 *
 * An access token is fetched once for all who need it, kept in memory and in the notes, so that
 * workers and restarts share it; most platforms invalidate the old one when a new one is fetched.
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

struct delivery {
	struct delivery *next, **link;
	struct bot_state *state;
	struct bot_message message;
	struct view rest; /* what is still to be said */
	struct view piece;
	unsigned number;
	bool is_waiting; /* for an access token */
	bool has_renewed;
	uint64_t net_id;
	struct arena arena;
};

static void next_piece(struct delivery *d);
static void say_piece(struct delivery *d);

static void delivery_free(struct delivery *d)
{
	net_cancel(d->state->net, d->net_id);
	*d->link = d->next;
	if (d->next)
		d->next->link = d->link;
	d->state->bots->n_deliveries--;
	arena_wipe(&d->arena);
	arena_done(&d->arena);
	free(d);
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
	while (s->deliveries)
		delivery_free(s->deliveries);
	token_forget(s);
}

static struct note_key token_key(struct bot_state *s)
{
	/* With the platform's address: another installation's token is of no use. */
	return bot_note_key(s->bots, "token", s->bot, s->bot->api_base);
}

static bool has_token(const struct bot_state *s)
{
	return s->token && clock_wall_ms() < s->token_until_ms;
}

static void fail(struct delivery *d, const char *what, const char *why)
{
	d->state->counts.send_failures++;
	log_warn("bot '%s': %s: %s; one answer was not delivered", d->state->bot->name, what, why);
	delivery_free(d);
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
			fail(d, "no access token", why);
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

static void on_sent(void *data, const struct net_reply *reply)
{
	struct delivery *d = data;
	struct fault why = {.text = ""};
	enum bot_outcome outcome;

	d->net_id = 0;
	if (reply->error) {
		fail(d, "its interface", reply->why);
		return;
	}
	outcome =
	    d->state->bot->platform->api->send_read(&d->arena, reply->status, reply->body, &why);
	if (outcome == BOT_TOKEN_OLD && !d->has_renewed) {
		renew_token(d);
	} else if (outcome == BOT_SENT) {
		d->state->counts.sent++;
		d->number++;
		next_piece(d);
	} else {
		fail(d, "its interface refuses", why.text);
	}
}

static void say_piece(struct delivery *d)
{
	struct bot_state *s = d->state;
	const struct bot_api *api = s->bot->platform->api;
	struct bot_call call = {.url = VIEW("")};

	/* Here, before each: what a message says about where it may be answered is not believed,
	 * and the time for it runs out. */
	if (!bot_can_send(s->bot, &d->message)) {
		fail(d, "its interface", "the message may not be answered at the address it names");
		return;
	}
	if (api->token_call && !has_token(s)) {
		want_token(d);
		return;
	}
	api->send_call(s->bot, &d->message, d->piece, d->number,
		       view_of(api->token_call ? s->token : ""), &d->arena, &call);
	if (start_call(s, &call, false, on_sent, d, &d->net_id) < 0)
		fail(d, "its interface", "the address is not good, or too much is under way");
}

static void next_piece(struct delivery *d)
{
	const struct text_limit *limit = &d->state->bot->platform->limits.text;

	if (d->number == LIMIT_BOT_PIECES || !text_piece(&d->rest, limit, &d->piece)) {
		delivery_free(d);
		return;
	}
	say_piece(d);
	/* `d` may be gone. */
}

void bot_send(struct bot_state *s, const struct bot_message *m, struct view text)
{
	struct delivery *d = calloc(1, sizeof(*d));

	if (!d)
		die_oom(sizeof(*d));
	arena_init(&d->arena, 4096);
	d->state = s;
	d->message = bot_message_copy(&d->arena, m);
	d->rest = arena_copy(&d->arena, text);
	d->next = s->deliveries;
	d->link = &s->deliveries;
	if (d->next)
		d->next->link = &d->next;
	s->deliveries = d;
	s->bots->n_deliveries++;
	next_piece(d);
}
