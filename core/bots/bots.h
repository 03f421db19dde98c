/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bots.h - messaging platforms, as the edge sees them: a request in, a response out.
 *
 *	bots.c      the bots there are; a request is checked, read, given to whom it concerns
 *	exchange.c  one message: seen before? whose conversation? the engine, the answer, its
 *retries send.c      what is said through a platform's own interface late.c      what was promised,
 *kept until it is said pace.c      how fast one person may ask config.c    the sections of
 *wenlu.conf NAME.c      one platform (platform.h)
 *
 * Loop's thread. Nothing of what people write or who they are is logged or stored: a user becomes
 * the token of a conversation through a hash with a key of this installation (state_dir/bots.key).
 */
#ifndef BOTS_BOTS_H
#define BOTS_BOTS_H

#include "bots/config.h"
#include "bots/platform.h"
#include "engine/engine.h"
#include "store/notes.h"

struct bots;

/* Takes the list, in any case. 0 with *ret NULL if it is empty; or -errno with *why. */
int bots_start(struct loop *loop, struct engine *engine, const char *state_dir,
	       struct bot_list *list, struct bots **ret, struct fault *why);
/* These bots from now on, takes the list; what is under way ends as it began. Gives how many are
 * new, changed or gone. */
size_t bots_use(struct bots *bots, struct bot_list *list);
/* Nothing that was left over is begun any more; NULL is fine. */
void bots_rest(struct bots *bots);
/* Answers under way are dropped; nobody is called back any more. What was promised through an
 * interface is kept for the next start. NULL is fine. */
void bots_stop(struct bots *bots);
/* Messages being answered or sent. */
size_t bots_busy(const struct bots *bots);
/* Good until the next reload; longer for who holds it. */
struct bot *bots_find(struct bots *bots, struct view name);
void bots_hold(struct bot *bot);
void bots_release(struct bot *bot);

struct bot_response {
	int status;
	const char *type;
	struct view body;
};

/* A request that was found to be authentic. All in the arena it was read with. */
struct bot_incoming {
	struct bot *bot;
	struct bot_message message;
	struct note_key message_key, proof_key;
	bool has_proof;
	char session[SESSION_TOKEN_LEN + 1]; /* "" if nobody's conversation is touched */
	int64_t now_ms;
};

/* BOT_OK, or what is wrong with it, with the response that says no more than it must. */
enum bot_verdict bots_check(struct bots *bots, struct bot *bot, const struct bot_request *request,
			    struct arena *a, struct bot_incoming *ret,
			    struct bot_response *ret_refusal);

/* The response is valid only during the call. */
typedef void bot_answer(void *data, const struct bot_response *response);
/*
 * Answer it: within the call (then 0 is given), or later from the loop. What is needed of
 * `incoming` is copied.
 */
uint64_t bots_take(struct bots *bots, const struct bot_incoming *incoming, bot_answer *answer,
		   void *data);
/* The asker has gone. Its message is answered all the same, for when it is sent again. */
void bots_leave(struct bots *bots, uint64_t id);

void bots_metrics(const struct bots *bots, struct buf *out);

/* The conversation of a user of a bot, by this key. For the secrets of an installation. */
void bot_session_token(struct view key, const struct bot *bot, struct view user,
		       char ret[SESSION_TOKEN_LEN + 1]);
/* What a verdict means, for people: static. */
const char *bot_verdict_text(enum bot_verdict verdict);
const char *bot_verdict_name(enum bot_verdict verdict);

#endif
