/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wechat.c - WeChat official accounts (微信公众号): service and subscription accounts.
 *
 * Signed GET to check the address, XML by POST, plain or sealed; answered in the response within
 * five seconds, or by a customer-service message (客服消息) when the account has an AppSecret and
 * the right to send them.
 */
#include <errno.h>

#include "bots/api.h"
#include "bots/wechat-xml.h"

#define WINDOW_MS (5 * 60 * 1000)

enum { TOKEN, MODE, APP_ID, AES_KEY, PREVIOUS_AES_KEY, APP_SECRET };
static const struct bot_key keys[] = {
    [TOKEN] = {"token", BOT_KEY_SECRET, true, NULL, NULL,
	       "令牌(Token) of the account's 服务器配置."},
    [MODE] = {"mode", BOT_KEY_CHOICE, false, "safe", "safe|compatible|plain",
	      "消息加解密方式: 安全模式, 兼容模式 or 明文模式."},
    [APP_ID] = {"app_id", BOT_KEY_TEXT, true, NULL, NULL, "开发者ID(AppID)."},
    [AES_KEY] = {"aes_key", BOT_KEY_SECRET, false, NULL, NULL,
		 "消息加解密密钥(EncodingAESKey); not in 明文模式."},
    [PREVIOUS_AES_KEY] = {"previous_aes_key", BOT_KEY_SECRET, false, NULL, NULL,
			  "The key before, while a new one is taking effect."},
    [APP_SECRET] = {"app_secret", BOT_KEY_SECRET, false, NULL, NULL,
		    "开发者密码(AppSecret), for answers that come too late for the response."},
};

enum { SIGNATURE, TIMESTAMP, NONCE, ECHOSTR, ENCRYPT_TYPE, MSG_SIGNATURE };
static const char *const arguments[] = {"signature",    "timestamp",     "nonce", "echostr",
					"encrypt_type", "msg_signature", NULL};
static const char *const no_headers[] = {NULL};

enum { BACK_USER, BACK_ACCOUNT };

struct own {
	struct wechat_keys keys;
	bool is_plain; /* 明文模式 */
};

static int wechat_open_bot(struct bot *b, struct fault *why)
{
	struct own *own = ARENA_NEW(&b->arena, struct own);
	int r = wechat_keys_read(b->values[TOKEN], b->values[AES_KEY], b->values[PREVIOUS_AES_KEY],
				 b->values[APP_ID], &own->keys, why);

	own->is_plain = view_is(b->values[MODE], "plain");
	if (r == 0 && !own->is_plain && !own->keys.has_key) {
		fault_set(why, "aes_key_file (or aes_key_env) is missing; only mode = plain goes "
			       "without");
		r = -EINVAL;
	}
	b->own = own;
	return r;
}

static enum bot_verdict verify_sealed(const struct own *own, const struct bot_request *q,
				      struct arena *a, struct bot_verified *ret, struct fault *why)
{
	const struct view *arg = q->arguments;
	struct view sealed;
	struct xml x;
	enum bot_verdict v;

	if (!view_is(arg[ENCRYPT_TYPE], "aes") || !arg[MSG_SIGNATURE].len) {
		fault_set(why, "it is not encrypted; the account is in 明文模式, and mode = plain "
			       "is not set");
		return BOT_INCOMPLETE;
	}
	if (xml_read(a, q->body, &x, why) < 0)
		return BOT_MALFORMED;
	sealed = xml_text(&x, "Encrypt");
	if (!sealed.len)
		return BOT_INCOMPLETE;
	v = wechat_verify(&own->keys, arg[TIMESTAMP], arg[NONCE], arg[MSG_SIGNATURE], sealed,
			  q->now_ms, WINDOW_MS, a);
	if (v != BOT_OK)
		return v;
	ret->is_sealed = true;
	ret->proof = arg[MSG_SIGNATURE];
	return wechat_open(&own->keys, sealed, a, &ret->plain);
}

static enum bot_verdict wechat_verify_request(const struct bot *b, const struct bot_request *q,
					      struct arena *a, struct bot_verified *ret,
					      struct fault *why)
{
	const struct own *own = b->own;
	const struct view *arg = q->arguments;

	if (q->is_post && !own->is_plain)
		return verify_sealed(own, q, a, ret, why);
	if (q->is_post && arg[ENCRYPT_TYPE].len && !view_is(arg[ENCRYPT_TYPE], "raw")) {
		fault_set(why, "it is encrypted, and mode = plain is set");
		return BOT_BAD_SEAL;
	}
	ret->plain = q->body;
	ret->proof = arg[SIGNATURE];
	return wechat_verify(&own->keys, arg[TIMESTAMP], arg[NONCE], arg[SIGNATURE],
			     view_make(NULL, 0), q->now_ms, WINDOW_MS, a);
}

static void decode_event(const struct xml *x, struct arena *a, struct bot_message *m)
{
	struct view event = xml_text(x, "Event"), key = xml_text(x, "EventKey");

	/* Events have no number: who and when is what the platform says to tell them apart by. */
	m->id = arena_printf(a, "e %.*s %.*s %.*s", VIEW_ARG(m->user),
			     VIEW_ARG(xml_text(x, "CreateTime")), VIEW_ARG(event));
	m->kind = BOT_IGNORED;
	if (view_is(event, "subscribe") || view_is(event, "SCAN")) {
		m->kind = BOT_WELCOME;
	} else if (view_is(event, "CLICK") && key.len) {
		m->kind = BOT_TEXT;
		m->text = key;
	}
}

static void decode_message(const struct xml *x, struct arena *a, struct bot_message *m)
{
	struct view type = xml_text(x, "MsgType"), id = xml_text(x, "MsgId");

	m->id = id.len ? arena_printf(a, "m %.*s", VIEW_ARG(id)) : id;
	m->kind = BOT_OTHER;
	if (view_is(type, "text"))
		m->text = view_trim(xml_text(x, "Content"));
	else if (view_is(type, "voice"))
		m->text = view_trim(xml_text(x, "Recognition"));
	if (m->text.len)
		m->kind = BOT_TEXT;
}

static enum bot_verdict wechat_decode(const struct bot *b, const struct bot_request *q,
				      const struct bot_verified *v, struct arena *a,
				      struct bot_message *ret, struct fault *why)
{
	struct bot_message m = {.kind = BOT_OTHER, .text = VIEW("")};
	struct xml x;

	(void)b;
	if (!q->is_post) {
		m.kind = BOT_ECHO;
		m.text = q->arguments[ECHOSTR];
		m.type = "text/plain; charset=utf-8";
		*ret = m;
		return m.text.len ? BOT_OK : BOT_INCOMPLETE;
	}
	if (xml_read(a, v->plain, &x, why) < 0)
		return BOT_MALFORMED;
	m.user = xml_text(&x, "FromUserName");
	m.back[BACK_USER] = m.user;
	m.back[BACK_ACCOUNT] = xml_text(&x, "ToUserName");
	if (!m.user.len || !m.back[BACK_ACCOUNT].len || !xml_text(&x, "MsgType").len) {
		fault_set(why, "FromUserName, ToUserName or MsgType is missing");
		return BOT_MALFORMED;
	}
	if (view_is(xml_text(&x, "MsgType"), "event"))
		decode_event(&x, a, &m);
	else
		decode_message(&x, a, &m);
	*ret = m;
	return BOT_OK;
}

static const char *wechat_encode(const struct bot *b, const struct bot_message *m, struct view text,
				 int64_t now_ms, struct arena *a, struct view *ret)
{
	const struct own *own = b->own;

	/* The word by which the platform knows that nothing is to be said, and asks no more. */
	if (!text.len) {
		*ret = VIEW("success");
		return "text/plain; charset=utf-8";
	}
	*ret = wechat_text_xml(a, m->back[BACK_USER], m->back[BACK_ACCOUNT], now_ms, text);
	if (m->is_sealed)
		*ret = wechat_sealed_xml(a, &own->keys, *ret, now_ms);
	return "application/xml; charset=utf-8";
}

static bool can_send(const struct bot *b, const struct bot_message *m, int64_t now_ms)
{
	(void)m;
	(void)now_ms;
	return b->values[APP_SECRET].len > 0;
}

/* The kind of token that several machines may ask for without spoiling each other's. */
static void token_call(const struct bot *b, struct arena *a, struct bot_call *ret)
{
	ret->url = arena_printf(a, "%.*s/cgi-bin/stable_token", VIEW_ARG(b->api_base));
	call_is_json(ret);
	ret->body = arena_printf(a,
				 "{\"grant_type\":\"client_credential\",\"appid\":%.*s,\"secret\":"
				 "%.*s}",
				 VIEW_ARG(json_quoted(a, b->values[APP_ID])),
				 VIEW_ARG(json_quoted(a, b->values[APP_SECRET])));
}

static void send_call(const struct bot *b, const struct bot_message *m, struct view piece,
		      unsigned number, struct view token, struct arena *a, struct bot_call *ret)
{
	(void)number;
	ret->url = arena_printf(a, "%.*s/cgi-bin/message/custom/send?access_token=%.*s",
				VIEW_ARG(b->api_base), VIEW_ARG(url_part(a, token)));
	call_is_json(ret);
	ret->body = arena_printf(
	    a, "{\"touser\":%.*s,\"msgtype\":\"text\",\"text\":{\"content\":%.*s}}",
	    VIEW_ARG(json_quoted(a, m->back[BACK_USER])), VIEW_ARG(json_quoted(a, piece)));
}

static void mirror_make(const struct bot *b, struct view user, struct view id, struct view text,
			int64_t now_ms, struct arena *a, struct bot_request *ret,
			const char **ret_type)
{
	const struct own *own = b->own;
	struct bot_request q = {.is_post = true, .now_ms = now_ms};

	q.body = wechat_message_xml(a, VIEW("gh_simulated"), user, now_ms, text, id, VIEW(""));
	if (own->is_plain) {
		q.arguments[TIMESTAMP] = arena_printf(a, "%lld", (long long)(now_ms / 1000));
		q.arguments[NONCE] = random_word(a, 10);
	} else {
		struct wechat_sealed s = wechat_close(&own->keys, q.body, now_ms, a);

		q.arguments[TIMESTAMP] = s.timestamp;
		q.arguments[NONCE] = s.nonce;
		q.arguments[ENCRYPT_TYPE] = VIEW("aes");
		q.arguments[MSG_SIGNATURE] = s.signature;
		q.body = wechat_request_xml(a, VIEW("gh_simulated"), s.encrypt, VIEW(""));
	}
	q.arguments[SIGNATURE] = wechat_sign(
	    a, (struct view[]){own->keys.token, q.arguments[TIMESTAMP], q.arguments[NONCE]}, 3);
	*ret = q;
	*ret_type = "text/xml";
}

static const struct bot_api api = {
    .can_send = can_send,
    .token_call = token_call,
    .token_read = wechat_token_read,
    .send_call = send_call,
    .send_read = wechat_send_read,
};
static int mirror_read(const struct bot *b, struct view body, struct arena *a, struct view *ret,
		       struct fault *why)
{
	const struct own *own = b->own;

	return wechat_reply_read(&own->keys, a, body, ret, why);
}

static void mirror_check(const struct bot *b, int64_t now_ms, struct arena *a,
			 struct bot_request *ret, const char **ret_type, struct view *ret_expected)
{
	const struct own *own = b->own;
	struct bot_request q = {.now_ms = now_ms, .body = VIEW("")};

	q.arguments[TIMESTAMP] = arena_printf(a, "%lld", (long long)(now_ms / 1000));
	q.arguments[NONCE] = random_word(a, 10);
	q.arguments[ECHOSTR] = random_word(a, 19);
	q.arguments[SIGNATURE] = wechat_sign(
	    a, (struct view[]){own->keys.token, q.arguments[TIMESTAMP], q.arguments[NONCE]}, 3);
	*ret = q;
	*ret_type = "";
	*ret_expected = q.arguments[ECHOSTR];
}

static void mirror_explain(const struct bot *b, const struct bot_request *q,
			   enum bot_verdict verdict, struct arena *a, struct buf *out)
{
	const struct own *own = b->own;
	const struct view *arg = q->arguments;
	bool is_sealed = q->is_post && !own->is_plain;
	struct wechat_asked asked = {arg[TIMESTAMP], arg[NONCE],
				     is_sealed ? arg[MSG_SIGNATURE] : arg[SIGNATURE],
				     view_make(NULL, 0), q->now_ms};
	struct fault why;
	struct xml x;

	if (is_sealed && !arg[MSG_SIGNATURE].len && arg[SIGNATURE].len)
		buf_str(out,
			"It came without encryption: the account is in 明文模式. Choose 安全模式 "
			"in the console, or write mode = plain.\n");
	if (own->is_plain && arg[MSG_SIGNATURE].len)
		buf_str(out,
			"It came encrypted: the account is in 安全模式 or 兼容模式. Write mode = "
			"safe and aes_key_file.\n");
	if (is_sealed && xml_read(a, q->body, &x, &why) == 0)
		asked.sealed = xml_text(&x, "Encrypt");
	wechat_explain(&own->keys, &asked, verdict, "app_id", a, out);
}

static const struct bot_mirror mirror = {mirror_make, mirror_read, mirror_check, mirror_explain};

const struct bot_platform bot_wechat = {
    .name = "wechat",
    .title = "微信公众号",
    .keys = keys,
    .n_keys = sizeof(keys) / sizeof(keys[0]),
    .arguments = arguments,
    .headers = no_headers,
    .api_base = "https://api.weixin.qq.com",
    .limits = {.budget_ms = 4500,
	       .tries = 3,
	       .window_ms = WINDOW_MS,
	       .keep_ms = 3600 * 1000,
	       .text = {.bytes = 2048}},
    .open = wechat_open_bot,
    .verify = wechat_verify_request,
    .decode = wechat_decode,
    .encode = wechat_encode,
    .api = &api,
    .mirror = &mirror,
};
