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

static void start_states(struct bots *bots)
{
	bots->states = calloc(bots->list.n, sizeof(*bots->states));
	if (!bots->states)
		die_oom(sizeof(*bots->states));
	for (size_t i = 0; i < bots->list.n; i++) {
		struct bot *b = &bots->list.items[i];
		struct net_options options = {.ca_file = b->ca_file[0] ? b->ca_file : NULL};

		bots->states[i].bots = bots;
		bots->states[i].bot = b;
		bots->states[i].net = net_client_new(bots->loop, &options);
		log_info("bot '%s': %s at /bots/%s%s", b->name, b->platform->title, b->name,
			 b->platform->api && bot_can_send(b, NULL)
			     ? ", with its interface for late answers"
			     : "");
	}
}

int bots_start(struct loop *loop, struct engine *engine, const struct settings *settings,
	       struct bots **ret, struct fault *why)
{
	struct notes_options options = {.loop = loop, .say = on_notes};
	struct problems problems = {.list = VEC_INIT};
	struct bots *bots;
	int r;

	*ret = NULL;
	if (settings->bots.n == 0)
		return 0;
	bots = calloc(1, sizeof(*bots));
	if (!bots)
		die_oom(sizeof(*bots));
	bots->loop = loop;
	bots->engine = engine;
	arena_init(&bots->scratch, 8192);
	r = bots_read(settings, &bots->list, &problems);
	if (r < 0 && !problems_first_error(&problems, why))
		fault_set(why, "the bots cannot be read");
	problems_done(&problems);
	if (r == 0)
		r = notes_open(settings->state_dir, &options, &bots->notes, why);
	if (r > 0)
		log_warn("bots: %s", why->text);
	if (r >= 0)
		r = read_key(bots, settings->state_dir, why);
	if (r < 0) {
		bots_stop(bots);
		return r;
	}
	start_states(bots);
	*ret = bots;
	return 0;
}

void bots_stop(struct bots *bots)
{
	if (!bots)
		return;
	exchanges_drop(bots);
	for (size_t i = 0; bots->states && i < bots->list.n; i++) {
		deliveries_drop(&bots->states[i]);
		net_client_free(bots->states[i].net);
	}
	free(bots->states);
	notes_close(bots->notes);
	bot_list_done(&bots->list);
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
	return bots ? bot_list_find(&bots->list, name) : NULL;
}

struct bot_state *bot_state_of(struct bots *bots, const struct bot *bot)
{
	return &bots->states[bot - bots->list.items];
}

struct view bot_sentence(struct bots *bots, const char *name)
{
	buf_clear(&bots->words);
	wording_put(engine_generation(bots->engine)->wording, &bots->words, name, 0, NULL, 0);
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
	struct bot_state *s = bot_state_of(bots, bot);
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

static void put(struct buf *out, const struct bots *bots, const char *name, const char *help,
		size_t offset)
{
	buf_printf(out, "# HELP wenlu_bot_%s %s\n# TYPE wenlu_bot_%s counter\n", name, help, name);
	for (size_t i = 0; i < bots->list.n; i++)
		buf_printf(
		    out, "wenlu_bot_%s{bot=\"%s\",platform=\"%s\"} %llu\n", name,
		    bots->list.items[i].name, bots->list.items[i].platform->name,
		    *(const unsigned long long *)((const char *)&bots->states[i].counts + offset));
}

static void put_refused(struct buf *out, const struct bots *bots)
{
	buf_str(out, "# HELP wenlu_bot_refused_total Requests refused, by reason.\n"
		     "# TYPE wenlu_bot_refused_total counter\n");
	for (size_t i = 0; i < bots->list.n; i++)
		for (int v = BOT_OK + 1; v < BOT_VERDICTS; v++)
			buf_printf(out,
				   "wenlu_bot_refused_total{bot=\"%s\",platform=\"%s\",reason="
				   "\"%s\"} %llu\n",
				   bots->list.items[i].name, bots->list.items[i].platform->name,
				   verdicts[v].name,
				   (unsigned long long)bots->states[i].counts.refused[v]);
}

void bots_metrics(const struct bots *bots, struct buf *out)
{
	_Static_assert(sizeof(uint64_t) == sizeof(unsigned long long), "counters are printed so");
	if (!bots)
		return;
#define COUNT(member, help) \
	put(out, bots, #member "_total", help, offsetof(struct bot_counts, member))
	COUNT(requests, "Requests from the platform, or from those who say so.");
	put_refused(out, bots);
	COUNT(texts, "Messages with words.");
	COUNT(others, "Messages without words: pictures, people who came.");
	COUNT(echoes, "Checks of our address.");
	COUNT(ignored, "Requests that want no answer.");
	COUNT(repeated, "Messages that had been sent before.");
	COUNT(answered, "Messages answered in the response.");
	COUNT(late, "Messages acknowledged first and answered through the interface.");
	COUNT(given_up, "Messages that could not be answered in time.");
	COUNT(sent, "Messages sent through the interface.");
	COUNT(send_failures, "Of these, refused or not delivered.");
	COUNT(token_fetches, "Access tokens fetched.");
#undef COUNT
}
