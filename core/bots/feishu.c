/* SPDX-License-Identifier: Apache-2.0 */
/*
 * feishu.c - Feishu (飞书) and Lark bots: events of version 2 by HTTP.
 *
 * Sealed with the Encrypt Key and signed over the raw body, with the Verification Token inside; the
 * response is only an acknowledgement, answers go through the reply interface.
 */
#include <errno.h>

#include "bots/api.h"
#include "bots/crypto.h"

#define WINDOW_MS   (5 * 60 * 1000)
#define EVENT_DEPTH 16

enum { MODE, VERIFICATION_TOKEN, ENCRYPT_KEY, APP_ID, APP_SECRET, BOT_OPEN_ID };
static const struct bot_key keys[] = {
    [MODE] = {"mode", BOT_KEY_CHOICE, false, "encrypted", "encrypted|plain",
	      "Whether 加密策略 of 事件与回调 has an Encrypt Key; without one nothing is signed."},
    [VERIFICATION_TOKEN] = {"verification_token", BOT_KEY_SECRET, true, NULL, NULL,
			    "Verification Token of 加密策略."},
    [ENCRYPT_KEY] = {"encrypt_key", BOT_KEY_SECRET, false, NULL, NULL,
		     "Encrypt Key of 加密策略; not with mode = plain."},
    [APP_ID] = {"app_id", BOT_KEY_TEXT, true, NULL, NULL, "App ID of 凭证与基础信息."},
    [APP_SECRET] = {"app_secret", BOT_KEY_SECRET, true, NULL, NULL,
		    "App Secret of 凭证与基础信息: answers are sent with it."},
    [BOT_OPEN_ID] = {"bot_open_id", BOT_KEY_TEXT, false, NULL, NULL,
		     "open_id of the bot: in groups only what mentions it is answered. Without it, "
		     "whatever mentions anybody."},
};

enum { TIMESTAMP, NONCE, SIGNATURE };
static const char *const headers[] = {"x-lark-request-timestamp", "x-lark-request-nonce",
				      "x-lark-signature", NULL};
static const char *const no_arguments[] = {NULL};

enum { BACK_MESSAGE };

struct own {
	bool is_plain;
	unsigned char key[SHA256_BYTES];
};

static int feishu_open(struct bot *b, struct fault *why)
{
	struct own *own = ARENA_NEW(&b->arena, struct own);

	own->is_plain = view_is(b->values[MODE], "plain");
	b->own = own;
	if (!own->is_plain && !b->values[ENCRYPT_KEY].len) {
		fault_set(why,
			  "encrypt_key_file (or encrypt_key_env) is missing; only mode = plain "
			  "goes without");
		return -EINVAL;
	}
	sha256(&b->values[ENCRYPT_KEY], 1, own->key);
	return 0;
}

/* {"encrypt": base64 of 16 bytes IV and the sealed event} */
static enum bot_verdict unseal(const struct own *own, struct view body, struct arena *a,
			       struct view *ret, struct fault *why)
{
	struct json_value v;
	struct view sealed, bytes;

	if (json_read(a, body, EVENT_DEPTH, &v) < 0)
		return BOT_MALFORMED;
	sealed = json_text(&v, "encrypt");
	if (!sealed.len) {
		fault_set(why, "it is not encrypted; the app has no Encrypt Key, and mode = plain "
			       "is not set");
		return BOT_INCOMPLETE;
	}
	if (base64_read(a, sealed, &bytes) < 0 || bytes.len <= AES_IV_BYTES ||
	    aes_decrypt(a, own->key, (const unsigned char *)bytes.ptr,
			view_sub(bytes, AES_IV_BYTES, bytes.len), 16, ret) < 0)
		return BOT_BAD_SEAL;
	return BOT_OK;
}

static enum bot_verdict check_signature(const struct bot *b, const struct bot_request *q,
					struct arena *a)
{
	const struct view *h = q->headers;
	const struct view pieces[] = {h[TIMESTAMP], h[NONCE], b->values[ENCRYPT_KEY], q->body};
	unsigned char sum[SHA256_BYTES];

	if (!h[TIMESTAMP].len || !h[NONCE].len || !h[SIGNATURE].len)
		return BOT_INCOMPLETE;
	sha256(pieces, 4, sum);
	if (!secret_eq(hex_of(a, sum, sizeof(sum)), h[SIGNATURE]))
		return BOT_BAD_SIGNATURE;
	return time_is_stale(h[TIMESTAMP], 1000, q->now_ms, WINDOW_MS) ? BOT_STALE : BOT_OK;
}

static bool has_our_token(const struct bot *b, const struct json_value *v)
{
	struct view token = json_text(v, "header.token");

	return secret_eq(token.len ? token : json_text(v, "token"), b->values[VERIFICATION_TOKEN]);
}

static bool is_challenge(const struct json_value *v)
{
	return view_is(json_text(v, "type"), "url_verification");
}

/* The check of our address may come unsigned: then it must be sealed and have our token. */
static enum bot_verdict feishu_verify(const struct bot *b, const struct bot_request *q,
				      struct arena *a, struct bot_verified *ret, struct fault *why)
{
	const struct own *own = b->own;
	bool is_signed = q->headers[SIGNATURE].len > 0;
	enum bot_verdict verdict;
	struct json_value v;

	if (!q->is_post)
		return BOT_INCOMPLETE;
	ret->plain = q->body;
	if (!own->is_plain) {
		verdict = is_signed ? check_signature(b, q, a) : BOT_OK;
		if (verdict == BOT_OK)
			verdict = unseal(own, q->body, a, &ret->plain, why);
		if (verdict != BOT_OK)
			return verdict;
		ret->is_sealed = true;
		ret->proof = q->headers[SIGNATURE];
	}
	if (json_read(a, ret->plain, EVENT_DEPTH, &v) < 0)
		return BOT_MALFORMED;
	if (own->is_plain && json_find(&v, "encrypt")) {
		fault_set(why, "it is encrypted, and mode = plain is set");
		return BOT_BAD_SEAL;
	}
	if (!has_our_token(b, &v)) {
		fault_set(why, "the Verification Token is missing or another");
		return BOT_BAD_SIGNATURE;
	}
	if (!own->is_plain && !is_signed && !is_challenge(&v)) {
		fault_set(why, "X-Lark-Signature is missing");
		return BOT_INCOMPLETE;
	}
	return BOT_OK;
}

/* Whom a text mentions stands in it as @_user_1 …: out with them. Is it us? */
static bool take_out_mentions(const struct bot *b, const struct json_value *message,
			      struct arena *a, struct view *text)
{
	const struct json_value *mentions = json_find(message, "mentions");
	struct view ours = b->values[BOT_OPEN_ID];
	bool is_to_us = false;

	for (size_t i = 0; mentions && mentions->kind == JSON_LIST && i < mentions->n; i++) {
		struct view key = json_text(&mentions->items[i], "key");
		ptrdiff_t at = key.len ? view_find(*text, key) : -1;

		is_to_us |=
		    !ours.len || view_eq(json_text(&mentions->items[i], "id.open_id"), ours);
		if (at >= 0)
			*text = arena_printf(
			    a, "%.*s %.*s", VIEW_ARG(view_sub(*text, 0, (size_t)at)),
			    VIEW_ARG(view_sub(*text, (size_t)at + key.len, text->len)));
	}
	*text = view_trim(*text);
	return is_to_us;
}

static void decode_message(const struct bot *b, const struct json_value *event, struct arena *a,
			   struct bot_message *m)
{
	const struct json_value *message = json_find(event, "message");
	struct json_value content;
	struct view text = VIEW("");
	bool is_to_us;

	m->user = json_text(event, "sender.sender_id.open_id");
	m->back[BACK_MESSAGE] = json_text(message, "message_id");
	if (!m->back[BACK_MESSAGE].len || !m->user.len ||
	    !view_is(json_text(event, "sender.sender_type"), "user"))
		return;
	m->id = arena_printf(a, "m %.*s", VIEW_ARG(m->back[BACK_MESSAGE]));
	if (view_is(json_text(message, "message_type"), "text") &&
	    json_read(a, json_text(message, "content"), EVENT_DEPTH, &content) == 0)
		text = json_text(&content, "text");
	is_to_us = take_out_mentions(b, message, a, &text);
	if (!is_to_us && !view_is(json_text(message, "chat_type"), "p2p"))
		return;
	m->text = text;
	m->kind = text.len ? BOT_TEXT : BOT_OTHER;
}

static enum bot_verdict feishu_decode(const struct bot *b, const struct bot_request *q,
				      const struct bot_verified *v, struct arena *a,
				      struct bot_message *ret, struct fault *why)
{
	struct bot_message m = {.kind = BOT_IGNORED, .text = VIEW("")};
	struct json_value event;

	(void)q;
	if (json_read(a, v->plain, EVENT_DEPTH, &event) < 0)
		return BOT_MALFORMED;
	if (is_challenge(&event)) {
		struct view challenge = json_text(&event, "challenge");

		m.kind = BOT_ECHO;
		m.type = "application/json; charset=utf-8";
		m.text =
		    arena_printf(a, "{\"challenge\":%.*s}", VIEW_ARG(json_quoted(a, challenge)));
		*ret = m;
		return challenge.len ? BOT_OK : BOT_INCOMPLETE;
	}
	if (!view_is(json_text(&event, "schema"), "2.0")) {
		fault_set(why, "no event of version 2.0");
		return BOT_MALFORMED;
	}
	if (view_is(json_text(&event, "header.event_type"), "im.message.receive_v1"))
		decode_message(b, json_find(&event, "event"), a, &m);
	*ret = m;
	return BOT_OK;
}

static const char *feishu_encode(const struct bot *b, const struct bot_message *m, struct view text,
				 int64_t now_ms, struct arena *a, struct view *ret)
{
	(void)b;
	(void)m;
	(void)text;
	(void)now_ms;
	(void)a;
	*ret = VIEW("{}");
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
	ret->url = arena_printf(a, "%.*s/open-apis/auth/v3/tenant_access_token/internal",
				VIEW_ARG(b->api_base));
	call_is_json(ret);
	ret->body = arena_printf(a, "{\"app_id\":%.*s,\"app_secret\":%.*s}",
				 VIEW_ARG(json_quoted(a, b->values[APP_ID])),
				 VIEW_ARG(json_quoted(a, b->values[APP_SECRET])));
}

static void tell_code(const struct json_value *v, struct fault *why)
{
	fault_set(why, "code %lld: %.*s", (long long)json_number(v, "code", -1),
		  VIEW_ARG(view_sub(json_text(v, "msg"), 0, 200)));
}

static int token_read(struct arena *a, struct view body, struct view *ret, int64_t *ret_seconds,
		      struct fault *why)
{
	struct json_value v;

	if (!reply_object(a, 0, body, &v, why))
		return -EBADMSG;
	if (json_number(&v, "code", -1) != 0) {
		tell_code(&v, why);
		return -EBADMSG;
	}
	*ret = json_text(&v, "tenant_access_token");
	*ret_seconds = json_number(&v, "expire", 0);
	return 0;
}

/* The uuid makes the platform drop what it was sent twice. */
static void send_call(const struct bot *b, const struct bot_message *m, struct view piece,
		      unsigned number, struct view token, struct arena *a, struct bot_call *ret)
{
	struct view id = m->back[BACK_MESSAGE], content, uuid;

	content = arena_printf(a, "{\"text\":%.*s}", VIEW_ARG(json_quoted(a, piece)));
	uuid = arena_printf(a, "%u-%.*s", number,
			    VIEW_ARG(view_sub(id, id.len > 40 ? id.len - 40 : 0, 40)));
	ret->url = arena_printf(a, "%.*s/open-apis/im/v1/messages/%.*s/reply",
				VIEW_ARG(b->api_base), VIEW_ARG(url_part(a, id)));
	call_is_json(ret);
	ret->headers[ret->n_headers++] =
	    arena_printf(a, "Authorization: Bearer %.*s", VIEW_ARG(token));
	ret->body = arena_printf(a, "{\"msg_type\":\"text\",\"content\":%.*s,\"uuid\":%.*s}",
				 VIEW_ARG(json_quoted(a, content)), VIEW_ARG(json_quoted(a, uuid)));
}

static enum bot_outcome send_read(struct arena *a, int status, struct view body, struct fault *why)
{
	struct json_value v;
	int64_t code;

	if (!reply_object(a, status, body, &v, why))
		return BOT_REFUSED;
	code = json_number(&v, "code", -1);
	tell_code(&v, why);
	/* A tenant access token that is missing, or not valid any more. */
	if (code == 99991661 || code == 99991663)
		return BOT_TOKEN_OLD;
	/* More requests than the app may make. */
	if (code == 99991400)
		return BOT_BUSY;
	return code == 0 ? BOT_SENT : BOT_REFUSED;
}

static struct view seal(const struct own *own, struct view plain, struct arena *a)
{
	unsigned char iv[AES_IV_BYTES];
	struct view sealed;
	char *both;

	random_fill(iv, sizeof(iv));
	sealed = aes_encrypt(a, own->key, iv, plain, 16);
	both = arena_alloc(a, sizeof(iv) + sealed.len);
	memcpy(both, iv, sizeof(iv));
	memcpy(both + sizeof(iv), sealed.ptr, sealed.len);
	sealed = base64_of(a, view_make(both, sizeof(iv) + sealed.len));
	return arena_printf(a, "{\"encrypt\":\"%.*s\"}", VIEW_ARG(sealed));
}

static void mirror_make(const struct bot *b, struct view user, struct view id, struct view text,
			int64_t now_ms, struct arena *a, struct bot_request *ret,
			const char **ret_type)
{
	const struct own *own = b->own;
	struct bot_request q = {.is_post = true, .now_ms = now_ms};
	struct view content = arena_printf(a, "{\"text\":%.*s}", VIEW_ARG(json_quoted(a, text)));
	unsigned char sum[SHA256_BYTES];

	q.body = arena_printf(
	    a,
	    "{\"schema\":\"2.0\",\"header\":{\"event_id\":%.*s,\"token\":%.*s,\"event_type\":"
	    "\"im.message.receive_v1\",\"create_time\":\"%lld\",\"app_id\":%.*s},\"event\":{"
	    "\"sender\":{\"sender_id\":{\"open_id\":%.*s},\"sender_type\":\"user\"},\"message\":{"
	    "\"message_id\":%.*s,\"chat_type\":\"p2p\",\"message_type\":\"text\",\"content\":"
	    "%.*s}}}",
	    VIEW_ARG(json_quoted(a, id)), VIEW_ARG(json_quoted(a, b->values[VERIFICATION_TOKEN])),
	    (long long)now_ms, VIEW_ARG(json_quoted(a, b->values[APP_ID])),
	    VIEW_ARG(json_quoted(a, user)), VIEW_ARG(json_quoted(a, id)),
	    VIEW_ARG(json_quoted(a, content)));
	if (!own->is_plain) {
		q.body = seal(own, q.body, a);
		q.headers[TIMESTAMP] = arena_printf(a, "%lld", (long long)(now_ms / 1000));
		q.headers[NONCE] = random_word(a, 12);
		sha256((struct view[]){q.headers[TIMESTAMP], q.headers[NONCE],
				       b->values[ENCRYPT_KEY], q.body},
		       4, sum);
		q.headers[SIGNATURE] = hex_of(a, sum, sizeof(sum));
	}
	*ret = q;
	*ret_type = "application/json";
}

static void mirror_check(const struct bot *b, int64_t now_ms, struct arena *a,
			 struct bot_request *ret, const char **ret_type, struct view *ret_expected)
{
	const struct own *own = b->own;
	struct view word = random_word(a, 20);
	struct view plain =
	    arena_printf(a, "{\"type\":\"url_verification\",\"token\":%.*s,\"challenge\":\"%.*s\"}",
			 VIEW_ARG(json_quoted(a, b->values[VERIFICATION_TOKEN])), VIEW_ARG(word));

	*ret = (struct bot_request){.is_post = true, .now_ms = now_ms};
	ret->body = own->is_plain ? plain : seal(own, plain, a);
	*ret_type = "application/json";
	*ret_expected = arena_printf(a, "{\"challenge\":\"%.*s\"}", VIEW_ARG(word));
}

static void mirror_explain(const struct bot *b, const struct bot_request *q,
			   enum bot_verdict verdict, struct arena *a, struct buf *out)
{
	const struct own *own = b->own;
	struct view plain = VIEW("");
	struct json_value v;
	struct fault why;

	if (json_read(a, q->body, EVENT_DEPTH, &v) < 0) {
		buf_str(out, "Its body is no JSON: something between changes it.\n");
		return;
	}
	if (!own->is_plain && !json_text(&v, "encrypt").len)
		buf_str(out,
			"It came without encryption: set an Encrypt Key under 加密策略, or write "
			"mode = plain.\n");
	if (own->is_plain && json_text(&v, "encrypt").len)
		buf_str(out, "It came encrypted: write encrypt_key_file, and no mode = plain.\n");
	if (verdict == BOT_STALE)
		explain_time(q->headers[TIMESTAMP], 1000, q->now_ms, out);
	if (own->is_plain || !json_text(&v, "encrypt").len)
		return;
	if (unseal(own, q->body, a, &plain, &why) != BOT_OK)
		buf_str(out,
			"It cannot be decrypted: the Encrypt Key in the console is another.\n");
	else if (json_read(a, plain, EVENT_DEPTH, &v) < 0 || !has_our_token(b, &v))
		buf_str(out, "It can be decrypted, but the Verification Token in it is another.\n");
	else if (verdict == BOT_BAD_SIGNATURE)
		buf_str(out, "Keys and token are right, but the body is not as it was signed: a "
			     "proxy changes it.\n");
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

const struct bot_platform bot_feishu = {
    .name = "feishu",
    .title = "飞书",
    .keys = keys,
    .n_keys = sizeof(keys) / sizeof(keys[0]),
    .arguments = no_arguments,
    .headers = headers,
    .api_base = "https://open.feishu.cn",
    .limits = {.budget_ms = 2500,
	       .tries = 5,
	       .window_ms = WINDOW_MS,
	       .keep_ms = 8 * 3600 * (int64_t)1000, /* it comes again for seven hours */
	       .text = {.bytes = 20000}},
    .open = feishu_open,
    .verify = feishu_verify,
    .decode = feishu_decode,
    .encode = feishu_encode,
    .is_mute = true,
    .api = &api,
    .mirror = &mirror,
};
