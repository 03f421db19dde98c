/* SPDX-License-Identifier: Apache-2.0 */
/* state.h - what bots.c, exchange.c and send.c share; private to them. */
#ifndef BOTS_STATE_H
#define BOTS_STATE_H

#include "bots/bots.h"
#include "bots/crypto.h"
#include "net/http.h"

struct exchange;
struct delivery;

struct bot_counts {
	uint64_t requests, refused[BOT_VERDICTS], texts, others, echoes, ignored;
	uint64_t repeated; /* messages that were sent to us before */
	uint64_t answered; /* in the response */
	uint64_t late;     /* acknowledged, to be said through the API */
	uint64_t given_up; /* not answered in time by any way */
	uint64_t sent, send_failures, token_fetches;
};

/* A bot while the server runs. */
struct bot_state {
	struct bots *bots;
	struct bot *bot;
	struct net_client *net;
	char *token; /* for the API; NULL: none */
	int64_t token_until_ms;
	bool is_fetching;
	struct delivery *deliveries;
	struct bot_counts counts;
	int64_t next_log_ms;
};

struct bots {
	struct loop *loop;
	struct engine *engine;
	struct notes *notes;
	struct bot_list list;
	struct bot_state *states; /* as the list */
	unsigned char key[SHA256_BYTES];
	struct exchange *exchanges;
	size_t n_exchanges, n_deliveries;
	uint64_t last_id;
	struct arena scratch; /* for one response; wiped after it */
	struct buf words;
};

struct bot_state *bot_state_of(struct bots *bots, const struct bot *bot);
/* A sentence of wording/zh.yaml, in bots->words until the next. */
struct view bot_sentence(struct bots *bots, const char *name);
/* A keyed hash of a kind of thing of this bot. */
void bot_hash(struct view key, const char *kind, const struct bot *bot, struct view what,
	      unsigned char ret[SHA256_BYTES]);
struct note_key bot_note_key(struct bots *bots, const char *kind, const struct bot *bot,
			     struct view what);
bool bot_can_send(const struct bot *bot, const struct bot_message *m);

/* exchange.c */
void exchanges_drop(struct bots *bots);

/* send.c: say all of it, piece by piece; `text` and what is needed of the message are copied. */
void bot_send(struct bot_state *s, const struct bot_message *m, struct view text);
void deliveries_drop(struct bot_state *s);

#endif
