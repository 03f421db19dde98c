/* SPDX-License-Identifier: Apache-2.0 */
/*
 * qq.c - QQ bots (QQ机器人), by webhook.
 *
 * Both sides sign with the same Ed25519 key, made of the bot's secret. Since we sign what the check
 * of our address names, that check must be signed itself: or anybody could have us sign requests.
 * Answers go through the interface, five for a message at most.
 */
#include <errno.h>

#include "bots/api.h"
#include "bots/crypto.h"

#define WINDOW_MS   (5 * 60 * 1000)
#define EVENT_DEPTH 16
#define SEED_BYTES  32

enum { OP_EVENT = 0, OP_CHECK = 13 };

enum { APP_ID, APP_SECRET, TOKEN_BASE };
static const struct bot_key keys[] = {
    [APP_ID] = {"app_id", BOT_KEY_TEXT, true, NULL, NULL, "AppID (机器人ID) of 开发设置."},
    [APP_SECRET] = {"app_secret", BOT_KEY_SECRET, true, NULL, NULL,
		    "AppSecret (机器人密钥) of 开发设置."},
    [TOKEN_BASE] = {"token_base", BOT_KEY_TEXT, false, "https://bots.qq.com", NULL,
		    "Where access tokens are fetched; https, or as api_base on this machine."},
};

enum { SIGNATURE, TIMESTAMP };
static const char *const headers[] = {"x-signature-ed25519", "x-signature-timestamp", NULL};
static const char *const no_arguments[] = {NULL};

/* Where to answer, below api_base; the message that is answered. */
enum { BACK_PATH, BACK_ID, BACK_IS_CHANNEL };

struct own {
	unsigned char seed[SEED_BYTES];
};

static int qq_open(struct bot *b, struct fault *why)
{
	struct own *own = ARENA_NEW(&b->arena, struct own);
	struct view secret = b->values[APP_SECRET], base = b->values[TOKEN_BASE];

	for (size_t i = 0; secret.len && i < SEED_BYTES; i++)
		own->seed[i] = (unsigned char)secret.ptr[i % secret.len];
	b->own = own;
	if (!view_starts(base, VIEW("https://")) && !b->api_is_plain) {
		fault_set(why, "token_base: an https address");
		return -EINVAL;
	}
	return 0;
}

static enum bot_verdict qq_verify(const struct bot *b, const struct bot_request *q, struct arena *a,
				  struct bot_verified *ret, struct fault *why)
{
	const struct own *own = b->own;
	const struct view *h = q->headers;
	struct view signature;

	if (!q->is_post || !h[SIGNATURE].len || !h[TIMESTAMP].len) {
		fault_set(why, "X-Signature-Ed25519 or X-Signature-Timestamp is missing");
		return BOT_INCOMPLETE;
	}
	if (hex_read(a, h[SIGNATURE], &signature) < 0 ||
	    !ed25519_verify_seed(
		own->seed, arena_printf(a, "%.*s%.*s", VIEW_ARG(h[TIMESTAMP]), VIEW_ARG(q->body)),
		signature))
		return BOT_BAD_SIGNATURE;
	if (time_is_stale(h[TIMESTAMP], 1000, q->now_ms, WINDOW_MS))
		return BOT_STALE;
	ret->plain = q->body;
	ret->proof = h[SIGNATURE];
	return BOT_OK;
}

/* {"plain_token", "event_ts"} comes back with our signature over both. */
static enum bot_verdict decode_check(const struct own *own, const struct json_value *d,
				     struct arena *a, struct bot_message *m)
{
	struct view token = json_text(d, "plain_token"), time = json_text(d, "event_ts");
	unsigned char signature[64];
	uint64_t seconds;

	if (!token.len || view_to_u64(time, &seconds) < 0)
		return BOT_INCOMPLETE;
	ed25519_sign(own->seed, arena_printf(a, "%.*s%.*s", VIEW_ARG(time), VIEW_ARG(token)),
		     signature);
	m->kind = BOT_ECHO;
	m->type = "application/json; charset=utf-8";
	m->text = arena_printf(a, "{\"plain_token\":%.*s,\"signature\":\"%.*s\"}",
			       VIEW_ARG(json_quoted(a, token)),
			       VIEW_ARG(hex_of(a, signature, sizeof(signature))));
	return BOT_OK;
}

/* In channels the text begins with <@!NUMBER>: us. */
static struct view without_mentions(struct view text)
{
	text = view_trim(text);
	while (view_starts(text, VIEW("<@"))) {
		ptrdiff_t end = view_find(text, VIEW(">"));

		if (end < 0)
			break;
		text = view_trim(view_sub(text, (size_t)end + 1, text.len));
	}
	return text;
}

/* Messages of one person, and of groups and channels where the bot was named. */
static void decode_event(struct view type, const struct json_value *d, struct arena *a,
			 struct bot_message *m)
{
	static const struct {
		const char *type, *user, *place, *path;
		bool is_channel;
	} kinds[] = {
	    {"C2C_MESSAGE_CREATE", "author.user_openid", "author.user_openid", "/v2/users/", false},
	    {"GROUP_AT_MESSAGE_CREATE", "author.member_openid", "group_openid", "/v2/groups/",
	     false},
	    {"AT_MESSAGE_CREATE", "author.id", "channel_id", "/channels/", true},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct view place = json_text(d, kinds[i].place), id = json_text(d, "id");

		if (!view_is(type, kinds[i].type))
			continue;
		m->user = json_text(d, kinds[i].user);
		if (!place.len || !id.len || !m->user.len)
			return;
		m->id = arena_printf(a, "m %.*s", VIEW_ARG(id));
		m->back[BACK_PATH] =
		    arena_printf(a, "%s%.*s/messages", kinds[i].path, VIEW_ARG(url_part(a, place)));
		m->back[BACK_ID] = id;
		m->back[BACK_IS_CHANNEL] = view_of(kinds[i].is_channel ? "yes" : "");
		m->text = without_mentions(json_text(d, "content"));
		m->kind = m->text.len ? BOT_TEXT : BOT_OTHER;
	}
}

static enum bot_verdict qq_decode(const struct bot *b, const struct bot_request *q,
				  const struct bot_verified *v, struct arena *a,
				  struct bot_message *ret, struct fault *why)
{
	struct bot_message m = {.kind = BOT_IGNORED, .text = VIEW("")};
	enum bot_verdict verdict = BOT_OK;
	struct json_value event;

	(void)q;
	if (json_read(a, v->plain, EVENT_DEPTH, &event) < 0 || !json_text(&event, "op").len) {
		fault_set(why, "no object with an op");
		return BOT_MALFORMED;
	}
	if (json_number(&event, "op", -1) == OP_CHECK)
		verdict = decode_check(b->own, json_find(&event, "d"), a, &m);
	else if (json_number(&event, "op", -1) == OP_EVENT)
		decode_event(json_text(&event, "t"), json_find(&event, "d"), a, &m);
	*ret = m;
	return verdict;
}

static const char *qq_encode(const struct bot *b, const struct bot_message *m, struct view text,
			     int64_t now_ms, struct arena *a, struct view *ret)
{
	(void)b;
	(void)m;
	(void)text;
	(void)now_ms;
	(void)a;
	*ret = VIEW("{\"op\":12}");
	return "application/json; charset=utf-8";
}

static bool can_send(const struct bot *b, const struct bot_message *m, int64_t now_ms)
{
	(void)m;
	(void)now_ms;
	return b->values[APP_SECRET].len > 0;
}

static void token_call(const struct bot *b, struct arena *a, struct bot_call *ret)
{
	ret->url = arena_printf(a, "%.*s/app/getAppAccessToken", VIEW_ARG(b->values[TOKEN_BASE]));
	call_is_json(ret);
	ret->body = arena_printf(a, "{\"appId\":%.*s,\"clientSecret\":%.*s}",
				 VIEW_ARG(json_quoted(a, b->values[APP_ID])),
				 VIEW_ARG(json_quoted(a, b->values[APP_SECRET])));
}

static int token_read(struct arena *a, struct view body, struct view *ret, int64_t *ret_seconds,
		      struct fault *why)
{
	struct json_value v;

	if (!reply_object(a, 0, body, &v, why))
		return -EBADMSG;
	*ret = json_text(&v, "access_token");
	*ret_seconds = json_number(&v, "expires_in", 0);
	if (ret->len)
		return 0;
	fault_set(why, "code %lld: %.*s", (long long)json_number(&v, "code", -1),
		  VIEW_ARG(view_sub(json_text(&v, "message"), 0, 200)));
	return -EBADMSG;
}

/* msg_seq tells the pieces of one answer apart; the same one twice is refused there. */
static void send_call(const struct bot *b, const struct bot_message *m, struct view piece,
		      unsigned number, struct view token, struct arena *a, struct bot_call *ret)
{
	struct view content = json_quoted(a, piece), id = json_quoted(a, m->back[BACK_ID]);

	ret->url = arena_printf(a, "%.*s%.*s", VIEW_ARG(b->api_base), VIEW_ARG(m->back[BACK_PATH]));
	call_is_json(ret);
	ret->headers[ret->n_headers++] =
	    arena_printf(a, "Authorization: QQBot %.*s", VIEW_ARG(token));
	if (m->back[BACK_IS_CHANNEL].len)
		ret->body = arena_printf(a, "{\"content\":%.*s,\"msg_id\":%.*s}", VIEW_ARG(content),
					 VIEW_ARG(id));
	else
		ret->body = arena_printf(
		    a, "{\"content\":%.*s,\"msg_type\":0,\"msg_id\":%.*s,\"msg_seq\":%u}",
		    VIEW_ARG(content), VIEW_ARG(id), number + 1);
}

static enum bot_outcome send_read(struct arena *a, int status, struct view body, struct fault *why)
{
	struct json_value v;

	if (status == 401) {
		fault_set(why, "status 401");
		return BOT_TOKEN_OLD;
	}
	if (!reply_object(a, status, body, &v, why))
		return BOT_REFUSED;
	fault_set(why, "status %d, code %lld: %.*s", status, (long long)json_number(&v, "code", 0),
		  VIEW_ARG(view_sub(json_text(&v, "message"), 0, 200)));
	/* 消息被去重: this msg_seq was sent before, so it is there. */
	if (json_number(&v, "code", 0) == 40054005)
		return BOT_SENT;
	return status >= 200 && status < 300 ? BOT_SENT : BOT_REFUSED;
}

/* Signed as the platform signs all that it sends. */
static void sign(const struct own *own, struct bot_request *q, struct arena *a)
{
	unsigned char signature[64];

	q->headers[TIMESTAMP] = arena_printf(a, "%lld", (long long)(q->now_ms / 1000));
	ed25519_sign(
	    own->seed,
	    arena_printf(a, "%.*s%.*s", VIEW_ARG(q->headers[TIMESTAMP]), VIEW_ARG(q->body)),
	    signature);
	q->headers[SIGNATURE] = hex_of(a, signature, sizeof(signature));
}

static void mirror_check(const struct bot *b, int64_t now_ms, struct arena *a,
			 struct bot_request *ret, const char **ret_type, struct view *ret_expected)
{
	struct view word = random_word(a, 20), d;
	struct bot_message m = {.kind = BOT_OTHER};
	struct json_value v;

	d = arena_printf(a, "{\"plain_token\":\"%.*s\",\"event_ts\":\"%lld\"}", VIEW_ARG(word),
			 (long long)(now_ms / 1000));
	*ret = (struct bot_request){.is_post = true, .now_ms = now_ms};
	ret->body = arena_printf(a, "{\"op\":13,\"d\":%.*s}", VIEW_ARG(d));
	sign(b->own, ret, a);
	*ret_type = "application/json";
	if (json_read(a, d, EVENT_DEPTH, &v) == 0)
		decode_check(b->own, &v, a, &m);
	*ret_expected = m.text;
}

static void mirror_explain(const struct bot *b, const struct bot_request *q,
			   enum bot_verdict verdict, struct arena *a, struct buf *out)
{
	(void)b;
	(void)a;
	if (verdict == BOT_INCOMPLETE)
		buf_str(out, "It is not signed: let proxies pass X-Signature-Ed25519 and "
			     "X-Signature-Timestamp on. Unsigned checks are refused on purpose.\n");
	if (verdict == BOT_BAD_SIGNATURE)
		buf_str(out, "It was signed with another secret: app_secret_file must hold the "
			     "AppSecret of this very bot, as it is now; or a proxy changes the "
			     "body.\n");
	if (verdict == BOT_STALE)
		explain_time(q->headers[TIMESTAMP], 1000, q->now_ms, out);
}

static void mirror_make(const struct bot *b, struct view user, struct view id, struct view text,
			int64_t now_ms, struct arena *a, struct bot_request *ret,
			const char **ret_type)
{
	struct bot_request q = {.is_post = true, .now_ms = now_ms};

	q.body = arena_printf(a,
			      "{\"op\":0,\"t\":\"C2C_MESSAGE_CREATE\",\"d\":{\"id\":%.*s,"
			      "\"content\":%.*s,\"author\":{\"user_openid\":%.*s}}}",
			      VIEW_ARG(json_quoted(a, id)), VIEW_ARG(json_quoted(a, text)),
			      VIEW_ARG(json_quoted(a, user)));
	sign(b->own, &q, a);
	*ret = q;
	*ret_type = "application/json";
}

static const struct bot_api api = {
    .can_send = can_send,
    .token_call = token_call,
    .token_read = token_read,
    .send_call = send_call,
    .send_read = send_read,
    .drops_twice = true,
};
static const struct bot_mirror mirror = {mirror_make, mirror_read_nothing, mirror_check,
					 mirror_explain};

const struct bot_platform bot_qq = {
    .name = "qq",
    .title = "QQ机器人",
    .keys = keys,
    .n_keys = sizeof(keys) / sizeof(keys[0]),
    .arguments = no_arguments,
    .headers = headers,
    .api_base = "https://api.sgroup.qq.com",
    .limits = {.budget_ms = 2500,
	       .tries = 3,
	       .window_ms = WINDOW_MS,
	       .keep_ms = 24 * 3600 * (int64_t)1000,
	       .text = {.units = 1500}},
    .open = qq_open,
    .verify = qq_verify,
    .decode = qq_decode,
    .encode = qq_encode,
    .is_mute = true,
    .api = &api,
    .mirror = &mirror,
};
