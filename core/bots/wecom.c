/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wecom.c - applications of WeCom (企业微信自建应用): sealed XML, always.
 *
 * Like WeChat's safe mode, but the check of the address is sealed too, and the receiver is the
 * corporation. Answers that come too late go out as application messages.
 */
#include <errno.h>

#include "bots/api.h"
#include "bots/wechat-xml.h"

#define WINDOW_MS (5 * 60 * 1000)

enum { TOKEN, AES_KEY, PREVIOUS_AES_KEY, CORP_ID, AGENT_ID, CORP_SECRET };
static const struct bot_key keys[] = {
    [TOKEN] = {"token", BOT_KEY_SECRET, true, NULL, NULL,
	       "Token of the application's 接收消息服务器配置."},
    [AES_KEY] = {"aes_key", BOT_KEY_SECRET, true, NULL, NULL, "EncodingAESKey, beside it."},
    [PREVIOUS_AES_KEY] = {"previous_aes_key", BOT_KEY_SECRET, false, NULL, NULL,
			  "The key before, while a new one is taking effect."},
    [CORP_ID] = {"corp_id", BOT_KEY_TEXT, true, NULL, NULL, "企业ID, under 我的企业."},
    [AGENT_ID] = {"agent_id", BOT_KEY_TEXT, true, NULL, NULL, "AgentId of the application."},
    [CORP_SECRET] = {"corp_secret", BOT_KEY_SECRET, false, NULL, NULL,
		     "Secret of the application, for answers that come too late for the "
		     "response."},
};

enum { MSG_SIGNATURE, TIMESTAMP, NONCE, ECHOSTR };
static const char *const arguments[] = {"msg_signature", "timestamp", "nonce", "echostr", NULL};
static const char *const no_headers[] = {NULL};

enum { BACK_USER, BACK_CORP };

struct own {
	struct wechat_keys keys;
};

static int wecom_open(struct bot *b, struct fault *why)
{
	struct own *own = ARENA_NEW(&b->arena, struct own);

	b->own = own;
	return wechat_keys_read(b->values[TOKEN], b->values[AES_KEY], b->values[PREVIOUS_AES_KEY],
				b->values[CORP_ID], &own->keys, why);
}

static enum bot_verdict wecom_verify(const struct bot *b, const struct bot_request *q,
				     struct arena *a, struct bot_verified *ret, struct fault *why)
{
	const struct own *own = b->own;
	const struct view *arg = q->arguments;
	struct view sealed = arg[ECHOSTR];
	enum bot_verdict v;
	struct xml x;

	if (q->is_post) {
		if (xml_read(a, q->body, &x, why) < 0)
			return BOT_MALFORMED;
		sealed = xml_text(&x, "Encrypt");
	}
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

static void decode_event(const struct xml *x, struct arena *a, struct bot_message *m)
{
	struct view event = xml_text(x, "Event"), key = xml_text(x, "EventKey");

	m->id = arena_printf(a, "e %.*s %.*s %.*s", VIEW_ARG(m->user),
			     VIEW_ARG(xml_text(x, "CreateTime")), VIEW_ARG(event));
	m->kind = BOT_IGNORED;
	if (view_is(event, "subscribe")) {
		m->kind = BOT_WELCOME;
	} else if (view_is(event, "click") && key.len) {
		m->kind = BOT_TEXT;
		m->text = key;
	}
}

static enum bot_verdict wecom_decode(const struct bot *b, const struct bot_request *q,
				     const struct bot_verified *v, struct arena *a,
				     struct bot_message *ret, struct fault *why)
{
	struct bot_message m = {.kind = BOT_OTHER, .text = VIEW("")};
	struct view type, agent;
	struct xml x;

	if (!q->is_post) {
		*ret = (struct bot_message){
		    .kind = BOT_ECHO, .text = v->plain, .type = "text/plain; charset=utf-8"};
		return BOT_OK;
	}
	if (xml_read(a, v->plain, &x, why) < 0)
		return BOT_MALFORMED;
	type = xml_text(&x, "MsgType");
	agent = xml_text(&x, "AgentID");
	m.user = xml_text(&x, "FromUserName");
	m.back[BACK_USER] = m.user;
	m.back[BACK_CORP] = xml_text(&x, "ToUserName");
	if (!type.len || !m.user.len || !m.back[BACK_CORP].len) {
		fault_set(why, "FromUserName, ToUserName or MsgType is missing");
		return BOT_MALFORMED;
	}
	if (!view_eq(agent, b->values[AGENT_ID])) {
		fault_set(why, "it is for the application %.*s, not for agent_id",
			  VIEW_ARG(view_sub(agent, 0, 32)));
		return BOT_WRONG_RECEIVER;
	}
	if (view_is(type, "event")) {
		decode_event(&x, a, &m);
	} else {
		m.id = xml_text(&x, "MsgId");
		if (view_is(type, "text"))
			m.text = view_trim(xml_text(&x, "Content"));
		m.kind = m.text.len ? BOT_TEXT : BOT_OTHER;
	}
	*ret = m;
	return BOT_OK;
}

static const char *wecom_encode(const struct bot *b, const struct bot_message *m, struct view text,
				int64_t now_ms, struct arena *a, struct view *ret)
{
	const struct own *own = b->own;

	/* An empty response is how it is told that nothing is to be said. */
	*ret = text.len ? wechat_sealed_xml(a, &own->keys,
					    wechat_text_xml(a, m->back[BACK_USER],
							    m->back[BACK_CORP], now_ms, text),
					    now_ms)
			: VIEW("");
	return text.len ? "application/xml; charset=utf-8" : "text/plain; charset=utf-8";
}

static bool can_send(const struct bot *b, const struct bot_message *m, int64_t now_ms)
{
	(void)m;
	(void)now_ms;
	return b->values[CORP_SECRET].len > 0;
}

static void token_call(const struct bot *b, struct arena *a, struct bot_call *ret)
{
	ret->method = "GET";
	ret->url = arena_printf(a, "%.*s/cgi-bin/gettoken?corpid=%.*s&corpsecret=%.*s",
				VIEW_ARG(b->api_base), VIEW_ARG(url_part(a, b->values[CORP_ID])),
				VIEW_ARG(url_part(a, b->values[CORP_SECRET])));
}

static void send_call(const struct bot *b, const struct bot_message *m, struct view piece,
		      unsigned number, struct view token, struct arena *a, struct bot_call *ret)
{
	uint64_t agent = 0;

	(void)number;
	(void)view_to_u64(b->values[AGENT_ID], &agent);
	ret->url = arena_printf(a, "%.*s/cgi-bin/message/send?access_token=%.*s",
				VIEW_ARG(b->api_base), VIEW_ARG(url_part(a, token)));
	call_is_json(ret);
	ret->body = arena_printf(a,
				 "{\"touser\":%.*s,\"msgtype\":\"text\",\"agentid\":%llu,\"text\":"
				 "{\"content\":%.*s}}",
				 VIEW_ARG(json_quoted(a, m->back[BACK_USER])),
				 (unsigned long long)agent, VIEW_ARG(json_quoted(a, piece)));
}

static void mirror_make(const struct bot *b, struct view user, struct view id, struct view text,
			int64_t now_ms, struct arena *a, struct bot_request *ret,
			const char **ret_type)
{
	const struct own *own = b->own;
	struct view corp = b->values[CORP_ID], agent = b->values[AGENT_ID];
	struct wechat_sealed s = wechat_close(
	    &own->keys, wechat_message_xml(a, corp, user, now_ms, text, id, agent), now_ms, a);

	*ret = (struct bot_request){.is_post = true, .now_ms = now_ms};
	ret->arguments[MSG_SIGNATURE] = s.signature;
	ret->arguments[TIMESTAMP] = s.timestamp;
	ret->arguments[NONCE] = s.nonce;
	ret->body = wechat_request_xml(a, corp, s.encrypt, agent);
	*ret_type = "text/xml";
}

static int mirror_read(const struct bot *b, struct view body, struct arena *a, struct view *ret,
		       struct fault *why)
{
	const struct own *own = b->own;

	return wechat_reply_read(&own->keys, a, body, ret, why);
}

static const struct bot_api api = {
    .can_send = can_send,
    .token_call = token_call,
    .token_read = wechat_token_read,
    .send_call = send_call,
    .send_read = wechat_send_read,
};
static void mirror_check(const struct bot *b, int64_t now_ms, struct arena *a,
			 struct bot_request *ret, const char **ret_type, struct view *ret_expected)
{
	const struct own *own = b->own;
	struct view word = random_word(a, 19);
	struct wechat_sealed s = wechat_close(&own->keys, word, now_ms, a);

	*ret = (struct bot_request){.now_ms = now_ms, .body = VIEW("")};
	ret->arguments[MSG_SIGNATURE] = s.signature;
	ret->arguments[TIMESTAMP] = s.timestamp;
	ret->arguments[NONCE] = s.nonce;
	ret->arguments[ECHOSTR] = s.encrypt;
	*ret_type = "";
	*ret_expected = word;
}

static void mirror_explain(const struct bot *b, const struct bot_request *q,
			   enum bot_verdict verdict, struct arena *a, struct buf *out)
{
	const struct own *own = b->own;
	const struct view *arg = q->arguments;
	struct wechat_asked asked = {arg[TIMESTAMP], arg[NONCE], arg[MSG_SIGNATURE], arg[ECHOSTR],
				     q->now_ms};
	struct fault why;
	struct xml x;

	if (q->is_post && xml_read(a, q->body, &x, &why) == 0)
		asked.sealed = xml_text(&x, "Encrypt");
	wechat_explain(&own->keys, &asked, verdict, "corp_id (or agent_id)", a, out);
}

static const struct bot_mirror mirror = {mirror_make, mirror_read, mirror_check, mirror_explain};

const struct bot_platform bot_wecom = {
    .name = "wecom",
    .title = "企业微信应用",
    .keys = keys,
    .n_keys = sizeof(keys) / sizeof(keys[0]),
    .arguments = arguments,
    .headers = no_headers,
    .api_base = "https://qyapi.weixin.qq.com",
    .limits = {.budget_ms = 4500,
	       .tries = 3,
	       .window_ms = WINDOW_MS,
	       .keep_ms = 3600 * 1000,
	       .text = {.bytes = 2048}},
    .open = wecom_open,
    .verify = wecom_verify,
    .decode = wecom_decode,
    .encode = wecom_encode,
    .api = &api,
    .mirror = &mirror,
};
