/* SPDX-License-Identifier: Apache-2.0 */
/*
 * late.c - answers that were promised, kept until they are said: after a restart too.
 *
 *	promised ──▶ answered ──▶ a piece is on its way ──▶ the next ──▶ settled
 *	    └──────────┴───────────────┴── we died: whoever claims it goes on from there
 *
 * What is kept has the platform's name for somebody and what they are to be told, so it is sealed
 * with the key of this installation and deleted when it was said. What was asked is never kept: who
 * was promised an answer that is lost is asked to ask again.
 */
#include <errno.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "bots/bytes.h"
#include "bots/state.h"

#define FORM_VERSION 1
#define CLAIM_MS     2000
#define MINE_MS      300000 /* longer than a question or a call can take */
#define KEEP_MS      (3600 * (int64_t)1000)

enum { IS_ANSWERED = 1, IS_OUT = 2 };

/* ---- what is kept of one ---- */

void debt_write(const struct debt *debt, struct buf *out)
{
	buf_char(out, FORM_VERSION);
	buf_char(out, (char)((debt->is_answered ? IS_ANSWERED : 0) | (debt->is_out ? IS_OUT : 0)));
	bytes_put_number(out, debt->number);
	bytes_put_number(out, debt->attempts);
	bytes_put_number(out, (uint64_t)debt->until_ms);
	bytes_put_text(out, debt->bot);
	bytes_put_text(out, debt->message.id);
	for (size_t i = 0; i < BOT_BACK_MAX; i++)
		bytes_put_text(out, debt->message.back[i]);
	bytes_put_text(out, debt->rest);
}

int debt_read(struct view bytes, struct debt *ret)
{
	struct debt d = {.message = {.kind = BOT_TEXT, .text = VIEW(""), .user = VIEW("")}};
	uint64_t number, attempts, until;
	struct view rest = bytes;
	bool is_good;

	if (rest.len < 2 || rest.ptr[0] != FORM_VERSION)
		return -EBADMSG;
	d.is_answered = (rest.ptr[1] & IS_ANSWERED) != 0;
	d.is_out = (rest.ptr[1] & IS_OUT) != 0;
	rest = view_sub(rest, 2, rest.len);
	is_good = bytes_take_number(&rest, &number) && bytes_take_number(&rest, &attempts) &&
		  bytes_take_number(&rest, &until) && bytes_take_text(&rest, &d.bot) &&
		  bytes_take_text(&rest, &d.message.id);
	for (size_t i = 0; is_good && i < BOT_BACK_MAX; i++)
		is_good = bytes_take_text(&rest, &d.message.back[i]);
	if (!is_good || !bytes_take_text(&rest, &d.rest) || rest.len > 0 ||
	    number > LIMIT_BOT_PIECES || attempts > 100000 || until > INT64_MAX)
		return -EBADMSG;
	d.number = (unsigned)number;
	d.attempts = (unsigned)attempts;
	d.until_ms = (int64_t)until;
	*ret = d;
	return 0;
}

/* ---- the seal: 16 bytes of IV, AES, HMAC over all of it and the key it is kept under ---- */

static void own_key(const struct bots *bots, const char *use, unsigned char ret[SHA256_BYTES])
{
	const struct view pieces[] = {view_of(use)};

	hmac_sha256(view_make((const char *)bots->key, sizeof(bots->key)), pieces, 1, ret);
}

static void mac_of(const struct bots *bots, const struct note_key *key, struct view sealed,
		   unsigned char ret[SHA256_BYTES])
{
	unsigned char own[SHA256_BYTES];
	const struct view pieces[] = {view_make((const char *)key->bytes, sizeof(key->bytes)),
				      sealed};

	own_key(bots, "debts, authentic", own);
	hmac_sha256(view_make((char *)own, sizeof(own)), pieces, 2, ret);
	explicit_bzero(own, sizeof(own));
}

static void seal(const struct bots *bots, const struct note_key *key, struct view plain,
		 struct arena *a, struct buf *out)
{
	unsigned char own[SHA256_BYTES], mac[SHA256_BYTES], iv[AES_IV_BYTES];

	random_fill(iv, sizeof(iv));
	own_key(bots, "debts, secret", own);
	buf_add(out, iv, sizeof(iv));
	buf_view_add(out, aes_encrypt(a, own, iv, plain, 16));
	mac_of(bots, key, buf_view(out), mac);
	buf_add(out, mac, sizeof(mac));
	explicit_bzero(own, sizeof(own));
}

static int unseal(const struct bots *bots, const struct note_key *key, struct view bytes,
		  struct arena *a, struct view *ret)
{
	unsigned char own[SHA256_BYTES], mac[SHA256_BYTES];
	size_t n;
	int r;

	if (bytes.len < AES_IV_BYTES + SHA256_BYTES)
		return -EBADMSG;
	n = bytes.len - SHA256_BYTES;
	mac_of(bots, key, view_sub(bytes, 0, n), mac);
	if (!secret_eq(view_sub(bytes, n, bytes.len), view_make((char *)mac, sizeof(mac))))
		return -EBADMSG;
	own_key(bots, "debts, secret", own);
	r = aes_decrypt(a, own, (const unsigned char *)bytes.ptr,
			view_sub(bytes, AES_IV_BYTES, n - AES_IV_BYTES), 16, ret);
	explicit_bzero(own, sizeof(own));
	return r;
}

/* ---- kept and settled ---- */

static struct note_key key_of(struct bot_state *s, struct view id)
{
	return bot_note_key(s->bots, "debt", s->bot, id);
}

uint64_t debt_keep(struct bot_state *s, const struct debt *debt, int64_t mine_ms,
		   notes_found *found, void *data)
{
	struct note_key key = key_of(s, debt->message.id);
	struct buf plain = BUF_INIT, sealed = BUF_INIT;
	struct debt named = *debt;
	struct arena a;
	uint64_t id;

	named.bot = view_of(s->bot->name);
	debt_write(&named, &plain);
	arena_init(&a, plain.len + 256);
	seal(s->bots, &key, buf_view(&plain), &a, &sealed);
	id = notes_owe(s->bots->notes, &key, buf_view(&sealed), mine_ms,
		       debt->until_ms - clock_wall_ms(), found, data);
	explicit_bzero(plain.ptr, plain.cap);
	buf_done(&plain);
	buf_done(&sealed);
	arena_wipe(&a);
	arena_done(&a);
	return id;
}

void debt_settle(struct bot_state *s, const struct bot_message *m)
{
	struct note_key key = key_of(s, m->id);

	notes_settle(s->bots->notes, &key);
}

void debt_begin(struct bot_state *s, const struct bot_message *m)
{
	struct debt debt = {.message = *m, .rest = VIEW(""), .until_ms = clock_wall_ms() + KEEP_MS};

	(void)debt_keep(s, &debt, MINE_MS, NULL, NULL);
}

/* ---- what was left over ---- */

static void claim(struct bots *bots);

static struct bot_state *state_named(struct bots *bots, struct view name)
{
	for (struct bot_state *s = bots->states; s; s = s->next)
		if (view_is(name, s->bot->name))
			return s;
	return NULL;
}

static void take_up(struct bots *bots, const struct note_key *key, struct view bytes)
{
	struct view plain;
	struct bot_state *s = NULL;
	struct debt debt;
	struct arena a;

	arena_init(&a, bytes.len + 256);
	if (unseal(bots, key, bytes, &a, &plain) == 0 && debt_read(plain, &debt) == 0)
		s = state_named(bots, debt.bot);
	if (s && s->bot->platform->api) {
		bot_resume(s, &debt);
	} else {
		log_warn("bots: an answer that was left over belongs to no bot any more");
		notes_settle(bots->notes, key);
	}
	arena_wipe(&a);
	arena_done(&a);
}

static void on_claimed(void *data, const struct view values[NOTE_KEYS_MAX])
{
	struct bots *bots = data;
	struct note_key key;

	bots->claim_id = 0;
	if (!values[0].ptr || values[1].len != sizeof(key.bytes))
		return;
	memcpy(key.bytes, values[1].ptr, sizeof(key.bytes));
	take_up(bots, &key, values[0]);
	claim(bots);
}

static void claim(struct bots *bots)
{
	if (!bots->claim_id && !bots->is_resting && bots->n_deliveries < LIMIT_BOT_DELIVERIES)
		bots->claim_id = notes_claim(bots->notes, MINE_MS, on_claimed, bots);
}

static void on_claim(void *data)
{
	bot_states_tidy(data);
	claim(data);
}

void debts_start(struct bots *bots)
{
	loop_timer_start(bots->loop, &bots->claims, 0, CLAIM_MS, on_claim, bots);
}

void debts_stop(struct bots *bots)
{
	if (bots->claim_id)
		notes_cancel(bots->notes, bots->claim_id);
	bots->claim_id = 0;
	loop_timer_stop(bots->loop, &bots->claims);
}
