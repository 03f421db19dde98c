/* SPDX-License-Identifier: Apache-2.0 */
/* bots.c - the bots there are, and what comes in for them. */
#include "bots/bots.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "bots/pace.h"
#include "bots/state.h"

#define KEY_FILE   "bots.key"
#define LOG_GAP_MS 10000 /* between two lines about refused requests of a bot */

const struct bot_platform *const bot_platforms[] = {&bot_dingtalk,    &bot_feishu, &bot_qq,
						    &bot_telegram,    &bot_wechat, &bot_wecom,
						    &bot_wecom_robot, NULL};

static const struct {
	const char *name, *text;
} verdicts[BOT_VERDICTS] = {
    [BOT_OK] = {"ok", "it is good"},
    [BOT_INCOMPLETE] = {"incomplete", "an argument or a header that must be there is missing"},
    [BOT_BAD_SIGNATURE] = {"signature", "its signature was not made with our secret"},
    [BOT_STALE] = {"stale", "it was signed too long ago, or one of the clocks is wrong"},
    [BOT_BAD_SEAL] = {"seal", "it cannot be decrypted with our key"},
    [BOT_WRONG_RECEIVER] = {"receiver", "it was encrypted for another account"},
    [BOT_MALFORMED] = {"malformed", "it is not what this platform sends"},
    [BOT_REPLAYED] = {"replayed", "its signature was used for another message"},
};

const char *bot_verdict_text(enum bot_verdict verdict)
{
	return verdicts[verdict].text;
}

const char *bot_verdict_name(enum bot_verdict verdict)
{
	return verdicts[verdict].name;
}

struct bot_message bot_message_copy(struct arena *a, const struct bot_message *m)
{
	struct bot_message copy = *m;

	copy.id = arena_copy(a, m->id);
	copy.user = arena_copy(a, m->user);
	copy.text = arena_copy(a, m->text);
	for (size_t i = 0; i < BOT_BACK_MAX; i++)
		copy.back[i] = arena_copy(a, m->back[i]);
	return copy;
}

void bot_hash(struct view key, const char *kind, const struct bot *bot, struct view what,
	      unsigned char ret[SHA256_BYTES])
{
	/* With the NULs, so that no two lists of pieces read the same. */
	const struct view pieces[] = {view_make(kind, strlen(kind) + 1),
				      view_make(bot->name, strlen(bot->name) + 1), what};

	hmac_sha256(key, pieces, sizeof(pieces) / sizeof(pieces[0]), ret);
}

struct note_key bot_note_key(struct bots *bots, const char *kind, const struct bot *bot,
			     struct view what)
{
	struct note_key k;

	bot_hash(view_make((char *)bots->key, sizeof(bots->key)), kind, bot, what, k.bytes);
	return k;
}

void bot_session_token(struct view key, const struct bot *bot, struct view user,
		       char ret[SESSION_TOKEN_LEN + 1])
{
	unsigned char hash[SHA256_BYTES];
	struct arena a;

	arena_init(&a, 256);
	bot_hash(key, "user", bot, user, hash);
	/* 16 bytes are 22 digits. */
	memcpy(ret, base64url_of(&a, view_make((char *)hash, 16)).ptr, SESSION_TOKEN_LEN);
	ret[SESSION_TOKEN_LEN] = '\0';
	arena_wipe(&a);
	arena_done(&a);
}

/* Several workers may start at once: whoever links the file first has made the key. */
static int make_key(const char *path, struct fault *why)
{
	unsigned char key[SHA256_BYTES];
	char own[4096];
	int r;

	random_fill(key, sizeof(key));
	snprintf(own, sizeof(own), "%s.%ld", path, (long)getpid());
	r = file_write(own, view_make((char *)key, sizeof(key)), 0600);
	if (r == 0 && link(own, path) < 0 && errno != EEXIST)
		r = -errno;
	unlink(own);
	explicit_bzero(key, sizeof(key));
	if (r < 0)
		fault_set(why, "%s: cannot be made: %s", path, error_text(r));
	return r;
}

/* The key by which users become conversations. Without a folder it ends with the process. */
static int read_key(struct bots *bots, const char *dir, struct fault *why)
{
	struct arena a;
	struct view key;
	const char *path;
	int r;

	if (!dir[0]) {
		random_fill(bots->key, sizeof(bots->key));
		return 0;
	}
	arena_init(&a, 4096);
	path = file_join(&a, dir, KEY_FILE);
	r = file_read(&a, path, 4096, &key);
	if (r == -ENOENT) {
		r = make_key(path, why);
		if (r == 0)
			r = file_read(&a, path, 4096, &key);
	}
	if (r == 0 && key.len != sizeof(bots->key)) {
		fault_set(why, "%s: this is not a key; delete it to have a new one", path);
		r = -EBADMSG;
	} else if (r == 0) {
		memcpy(bots->key, key.ptr, key.len);
	} else if (r != -EBADMSG) {
		fault_set(why, "%s: %s", path, error_text(r));
	}
	arena_wipe(&a);
	arena_done(&a);
	return r;
}

static void on_notes(void *data, bool is_error, const char *line)
{
	(void)data;
	if (is_error)
		log_error("bots: what was answered is not being remembered: %s", line);
	else
		log_info("bots: %s", line);
}

static struct bot_state *state_new(struct bots *bots, const struct bot *b)
{
	struct net_options options = {.ca_file = b->ca_file[0] ? b->ca_file : NULL};
	struct bot_state *s = calloc(1, sizeof(*s));

	if (!s)
		die_oom(sizeof(*s));
	s->bots = bots;
	s->own = *b;
	s->bot = &s->own;
	s->net = net_client_new(bots->loop, &options);
	return s;
}

static void state_free(struct bot_state *s)
{
	deliveries_drop(s);
	net_client_free(s->net);
	bot_done(s->bot);
	free(s);
}

static void log_bot(const struct bot *b)
{
	log_info("bot '%s': %s at /bots/%s%s", b->name, b->platform->title, b->name,
		 b->platform->api && bot_can_send(b, NULL) ? ", with its interface for late answers"
							   : "");
}

void bot_state_hold(struct bot_state *s)
{
	s->n_users++;
}

void bot_state_release(struct bot_state *s)
{
	s->n_users--;
}

void bots_hold(struct bot *bot)
{
	bot_state_hold(bot_state_of(bot));
}

void bots_release(struct bot *bot)
{
	bot_state_release(bot_state_of(bot));
}

void bot_states_tidy(struct bots *bots)
{
	struct bot_state **at = &bots->retired, *s;

	while ((s = *at)) {
		if (s->n_users > 0) {
			at = &s->next;
			continue;
		}
		*at = s->next;
		state_free(s);
	}
}

static struct bot_state *take_from(struct bot_state **list, const struct bot *like)
{
	for (struct bot_state **at = list, *s; (s = *at); at = &s->next) {
		if (!strcmp(s->bot->name, like->name)) {
			*at = s->next;
			s->next = NULL;
			return s;
		}
	}
	return NULL;
}

static void retire(struct bots *bots, struct bot_state *s)
{
	s->next = bots->retired;
	bots->retired = s;
}

/* One that is as it was stays, with its access token; what it counted goes on in any case. */
static struct bot_state *succeed(struct bots *bots, struct bot *fresh, bool *ret_is_new)
{
	struct bot_state *old = take_from(&bots->states, fresh), *s;

	*ret_is_new = !old || !bot_eq(old->bot, fresh);
	if (!*ret_is_new) {
		bot_done(fresh);
		return old;
	}
	s = state_new(bots, fresh);
	if (old) {
		s->counts = old->counts;
		retire(bots, old);
	}
	return s;
}

size_t bots_use(struct bots *bots, struct bot_list *list)
{
	struct bot_state *first = NULL, **end = &first, *s;
	size_t n = 0;
	bool is_new;

	for (size_t i = 0; i < list->n; i++) {
		s = succeed(bots, &list->items[i], &is_new);
		*end = s;
		end = &s->next;
		n += is_new;
		if (is_new)
			log_bot(s->bot);
	}
	while ((s = bots->states)) {
		bots->states = s->next;
		log_info("bot '%s' is no more", s->bot->name);
		retire(bots, s);
		n++;
	}
	bots->states = first;
	free(list->items);
	*list = (struct bot_list){NULL, 0};
	return n;
}

int bots_start(struct loop *loop, struct engine *engine, const char *state_dir,
	       struct bot_list *list, struct bots **ret, struct fault *why)
{
	struct notes_options options = {.loop = loop, .say = on_notes};
	struct bots *bots;
	int r;

	*ret = NULL;
	if (list->n == 0) {
		bot_list_done(list);
		return 0;
	}
	bots = calloc(1, sizeof(*bots));
	if (!bots)
		die_oom(sizeof(*bots));
	bots->loop = loop;
	bots->engine = engine;
	bots->pace = pace_new();
	arena_init(&bots->scratch, 8192);
	r = notes_open(state_dir, &options, &bots->notes, why);
	if (r > 0)
		log_warn("bots: %s", why->text);
	if (r >= 0)
		r = read_key(bots, state_dir, why);
	if (r < 0) {
		bot_list_done(list);
		bots_stop(bots);
		return r;
	}
	bots_use(bots, list);
	debts_start(bots);
	*ret = bots;
	return 0;
}

void bots_rest(struct bots *bots)
{
	if (bots)
		bots->is_resting = true;
}

void bots_stop(struct bots *bots)
{
	if (!bots)
		return;
	debts_stop(bots);
	exchanges_drop(bots);
	while (bots->states) {
		struct bot_state *s = bots->states;

		bots->states = s->next;
		retire(bots, s);
	}
	while (bots->retired) {
		struct bot_state *s = bots->retired;

		bots->retired = s->next;
		state_free(s);
	}
	notes_close(bots->notes);
	pace_free(bots->pace);
	arena_wipe(&bots->scratch);
	arena_done(&bots->scratch);
	buf_done(&bots->words);
	explicit_bzero(bots->key, sizeof(bots->key));
	free(bots);
}

size_t bots_busy(const struct bots *bots)
{
	return bots ? bots->n_exchanges + bots->n_deliveries : 0;
}

struct bot *bots_find(struct bots *bots, struct view name)
{
	for (struct bot_state *s = bots ? bots->states : NULL; s; s = s->next)
		if (view_is(name, s->bot->name))
			return s->bot;
	return NULL;
}

struct bot_state *bot_state_of(const struct bot *bot)
{
	return (struct bot_state *)((char *)(uintptr_t)bot - offsetof(struct bot_state, own));
}

struct view bot_sentence(struct bots *bots, const char *name)
{
	const struct generation *g = engine_generation(bots->engine);
	const struct word_value values[] = {
	    {"about", g->scope.about},
	    {"examples", g->scope.examples},
	};

	buf_clear(&bots->words);
	wording_put(g->wording, &bots->words, name, 0, values, sizeof(values) / sizeof(values[0]));
	return buf_view(&bots->words);
}

bool bot_can_send(const struct bot *bot, const struct bot_message *m)
{
	const struct bot_api *api = bot->platform->api;

	return api && bot->api_base.len > 0 && api->can_send(bot, m, clock_wall_ms());
}

/* Strangers learn nothing but the class of it; the operator learns what, but not each time. */
static void refuse(struct bot_state *s, enum bot_verdict verdict, const struct fault *why,
		   struct bot_response *ret)
{
	int64_t now = clock_ms();

	s->counts.requests++;
	s->counts.refused[verdict]++;
	if (now >= s->next_log_ms) {
		s->next_log_ms = now + LOG_GAP_MS;
		log_warn("bot '%s': a request was refused: %s%s%s", s->bot->name,
			 bot_verdict_text(verdict), why->text[0] ? ": " : "", why->text);
	}
	*ret = verdict == BOT_MALFORMED
		   ? (struct bot_response){400, "text/plain; charset=utf-8", VIEW("bad request\n")}
		   : (struct bot_response){403, "text/plain; charset=utf-8", VIEW("refused\n")};
}

enum bot_verdict bots_check(struct bots *bots, struct bot *bot, const struct bot_request *request,
			    struct arena *a, struct bot_incoming *ret,
			    struct bot_response *ret_refusal)
{
	struct bot_state *s = bot_state_of(bot);
	const struct bot_platform *p = bot->platform;
	struct bot_verified verified = {.plain = VIEW("")};
	struct bot_incoming in = {.bot = bot, .now_ms = request->now_ms};
	struct fault why = {.text = ""};
	enum bot_verdict verdict = p->verify(bot, request, a, &verified, &why);

	if (verdict == BOT_OK)
		verdict = p->decode(bot, request, &verified, a, &in.message, &why);
	/* A message without a name could be given to us again and again. */
	if (verdict == BOT_OK && in.message.kind != BOT_ECHO && in.message.kind != BOT_IGNORED &&
	    (!in.message.id.len || !in.message.user.len)) {
		fault_set(&why, "no id, or nobody who sent it");
		verdict = BOT_MALFORMED;
	}
	if (verdict != BOT_OK) {
		refuse(s, verdict, &why, ret_refusal);
		return verdict;
	}
	in.message.is_sealed = verified.is_sealed;
	if (in.message.kind == BOT_ECHO || in.message.kind == BOT_IGNORED) {
		*ret = in;
		return BOT_OK;
	}
	in.message_key = bot_note_key(bots, "message", bot, in.message.id);
	in.has_proof = verified.proof.len > 0;
	if (in.has_proof)
		in.proof_key = bot_note_key(bots, "proof", bot, verified.proof);
	bot_session_token(view_make((char *)bots->key, sizeof(bots->key)), bot, in.message.user,
			  in.session);
	*ret = in;
	return BOT_OK;
}
