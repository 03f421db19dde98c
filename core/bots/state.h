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
	uint64_t slowed;   /* messages of somebody who sends too many */
	uint64_t sent, postponed, resumed, send_failures, token_fetches;
};

/* A bot while the server runs. One that is not in wenlu.conf any more, or is there with other
 * settings, stays as long as something of it is under way. */
struct bot_state {
	struct bot_state *next;
	struct bots *bots;
	struct bot own, *bot; /* the first is where the second points */
	unsigned n_users;     /* exchanges, deliveries and requests */
	bool is_retired;
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
	struct bot_state *states, *retired;
	struct pace *pace;
	struct loop_timer claims;
	uint64_t claim_id;
	bool is_resting; /* nothing that was left over is taken up any more */
	unsigned char key[SHA256_BYTES];
	struct exchange *exchanges;
	size_t n_exchanges, n_deliveries;
	uint64_t last_id;
	struct arena scratch; /* for one response; wiped after it */
	struct buf words;
};

struct bot_state *bot_state_of(const struct bot *bot);
void bot_state_hold(struct bot_state *s);
void bot_state_release(struct bot_state *s);
/* Free those that are retired and that nobody uses any more. */
void bot_states_tidy(struct bots *bots);
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

/* What is said through a platform's interface, or will be: kept in the notes until it is. */
struct debt {
	struct view bot; /* its name */
	struct bot_message message;
	struct view rest; /* what is still to be said */
	unsigned number;  /* of its first piece */
	unsigned attempts;
	int64_t until_ms;
	bool is_answered; /* else the question was under way, and there is no text yet */
	bool is_out;      /* the first piece was perhaps sent */
};

/*
 * send.c: say all of it, piece by piece; `text` and what is needed of the message are copied.
 * `number` pieces of the answer were said in the response.
 */
void bot_send(struct bot_state *s, const struct bot_message *m, struct view text, unsigned number);
/* Go on with what was left over; nothing happens if it is under way. */
void bot_resume(struct bot_state *s, const struct debt *debt);
/* Dropped, not settled: whoever comes next goes on with them. */
void deliveries_drop(struct bot_state *s);

/*
 * late.c: an answer that was promised. `mine_ms`: so long nobody else sees to it while we live.
 * `found` as notes_owe() has it, or NULL.
 */
uint64_t debt_keep(struct bot_state *s, const struct debt *debt, int64_t mine_ms,
		   notes_found *found, void *data);
void debt_settle(struct bot_state *s, const struct bot_message *m);
/* That a message is being answered, before there is an answer. */
void debt_begin(struct bot_state *s, const struct bot_message *m);
void debts_start(struct bots *bots);
void debts_stop(struct bots *bots);
/* The bytes of a debt, not sealed; and back: 0 or -EBADMSG, views into `bytes`. */
void debt_write(const struct debt *debt, struct buf *out);
int debt_read(struct view bytes, struct debt *ret);

#endif
