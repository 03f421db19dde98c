/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dingtalk.c - DingTalk (钉钉) robots: HTTP callbacks of an app's own robot.
 *
 * The signature covers only the time, not the body: it serves for one message only, and what the
 * body says to call is called only if it lies below the platform's own address. Answers go to the
 * session's webhook that each message brings.
 */
#include "bots/api.h"
#include "bots/crypto.h"

#define WINDOW_MS   (3600 * (int64_t)1000)
#define EVENT_DEPTH 16

#define ERRCODE_NONE -99999

enum { APP_SECRET };
static const struct bot_key keys[] = {
    [APP_SECRET] = {"app_secret", BOT_KEY_SECRET, true, NULL, NULL,
		    "Client Secret (AppSecret) of 凭证与基础信息."},
};

enum { TIMESTAMP, SIGN };
static const char *const headers[] = {"timestamp", "sign", NULL};
static const char *const no_arguments[] = {NULL};

enum { BACK_WEBHOOK, BACK_UNTIL, BACK_AT };

static int dingtalk_open(struct bot *b, struct fault *why)
{
	(void)b;
	(void)why;
	return 0;
}

static struct view sign_of(const struct bot *b, struct view timestamp, struct arena *a)
{
	const struct view pieces[] = {timestamp, VIEW("\n"), b->values[APP_SECRET]};
	unsigned char sum[SHA256_BYTES];

	hmac_sha256(b->values[APP_SECRET], pieces, 3, sum);
	return base64_of(a, view_make((char *)sum, sizeof(sum)));
}

static enum bot_verdict dingtalk_verify(const struct bot *b, const struct bot_request *q,
					struct arena *a, struct bot_verified *ret,
					struct fault *why)
{
	const struct view *h = q->headers;

	if (!q->is_post || !h[TIMESTAMP].len || !h[SIGN].len) {
		fault_set(why,
			  "the header timestamp or sign is missing: is it 机器人 > 消息接收模式 "
			  "> HTTP模式?");
		return BOT_INCOMPLETE;
	}
	if (!secret_eq(sign_of(b, h[TIMESTAMP], a), h[SIGN]))
		return BOT_BAD_SIGNATURE;
	if (time_is_stale(h[TIMESTAMP], 1, q->now_ms, WINDOW_MS))
		return BOT_STALE;
	ret->plain = q->body;
	ret->proof = h[SIGN];
	return BOT_OK;
}

/* What people said: typed, or spoken and recognized by the platform. */
static struct view words_of(const struct json_value *v)
{
	struct view type = json_text(v, "msgtype");

	if (view_is(type, "text"))
		return view_trim(json_text(v, "text.content"));
	if (view_is(type, "audio"))
		return view_trim(json_text(v, "content.recognition"));
	return VIEW("");
}

static enum bot_verdict dingtalk_decode(const struct bot *b, const struct bot_request *q,
					const struct bot_verified *v, struct arena *a,
					struct bot_message *ret, struct fault *why)
{
	struct bot_message m = {.kind = BOT_IGNORED, .text = VIEW("")};
	const struct json_value *is_at;
	struct json_value event;
	struct view id, staff;
	bool is_group;

	(void)b;
	(void)q;
	if (json_read(a, v->plain, EVENT_DEPTH, &event) < 0)
		return BOT_MALFORMED;
	id = json_text(&event, "msgId");
	staff = json_text(&event, "senderStaffId");
	m.user = json_text(&event, "senderId").len ? json_text(&event, "senderId") : staff;
	if (!id.len || !m.user.len || !json_text(&event, "conversationType").len) {
		fault_set(why, "msgId, senderId or conversationType is missing");
		return BOT_MALFORMED;
	}
	m.id = arena_printf(a, "m %.*s", VIEW_ARG(id));
	m.back[BACK_WEBHOOK] = json_text(&event, "sessionWebhook");
	m.back[BACK_UNTIL] = json_text(&event, "sessionWebhookExpiredTime");
	is_group = !view_is(json_text(&event, "conversationType"), "1");
	is_at = json_find(&event, "isInAtList");
	if (!is_group || (is_at && is_at->is_true)) {
		m.text = words_of(&event);
		m.kind = m.text.len ? BOT_TEXT : BOT_OTHER;
	}
	if (is_group)
		m.back[BACK_AT] = staff;
	*ret = m;
	return BOT_OK;
}

static const char *dingtalk_encode(const struct bot *b, const struct bot_message *m,
				   struct view text, int64_t now_ms, struct arena *a,
				   struct view *ret)
{
	(void)b;
	(void)m;
	(void)text;
	(void)now_ms;
	(void)a;
	*ret = VIEW("{}");
	return "application/json; charset=utf-8";
}

/* A stranger who got hold of a signature could name any address; dots in it lead upwards. */
static bool is_below(struct view url, struct view base)
{
	return url.len > base.len && view_starts(url, base) && url.ptr[base.len] == '/' &&
	       view_find(url, VIEW("..")) < 0 && view_find(url, VIEW("/./")) < 0;
}

static bool can_send(const struct bot *b, const struct bot_message *m, int64_t now_ms)
{
	uint64_t until;

	if (!m)
		return true;
	if (!is_below(m->back[BACK_WEBHOOK], b->api_base))
		return false;
	return view_to_u64(m->back[BACK_UNTIL], &until) < 0 || until > (uint64_t)now_ms;
}

static void send_call(const struct bot *b, const struct bot_message *m, struct view piece,
		      unsigned number, struct view token, struct arena *a, struct bot_call *ret)
{
	struct view at = m->back[BACK_AT];

	(void)b;
	(void)number;
	(void)token;
	ret->url = m->back[BACK_WEBHOOK];
	call_is_json(ret);
	ret->body =
	    arena_printf(a, "{\"msgtype\":\"text\",\"text\":{\"content\":%.*s}%s%.*s%s}",
			 VIEW_ARG(json_quoted(a, piece)), at.len ? ",\"at\":{\"atUserIds\":[" : "",
			 VIEW_ARG(at.len ? json_quoted(a, at) : at), at.len ? "]}" : "");
}

static enum bot_outcome send_read(struct arena *a, int status, struct view body, struct fault *why)
{
	struct json_value v;
	int64_t code;

	if (!reply_object(a, status, body, &v, why))
		return BOT_REFUSED;
	code = json_number(&v, "errcode", ERRCODE_NONE);
	fault_set(why, "errcode %lld: %.*s", (long long)code,
		  VIEW_ARG(view_sub(json_text(&v, "errmsg"), 0, 200)));
	/* 系统繁忙; and more than 20 messages a minute to this robot's session. */
	if (code == -1 || code == 130101)
		return BOT_BUSY;
	return code == 0 ? BOT_SENT : BOT_REFUSED;
}

static void mirror_make(const struct bot *b, struct view user, struct view id, struct view text,
			int64_t now_ms, struct arena *a, struct bot_request *ret,
			const char **ret_type)
{
	struct bot_request q = {.is_post = true, .now_ms = now_ms};
	struct view who = json_quoted(a, user);

	q.headers[TIMESTAMP] = arena_printf(a, "%lld", (long long)now_ms);
	q.headers[SIGN] = sign_of(b, q.headers[TIMESTAMP], a);
	q.body = arena_printf(
	    a,
	    "{\"msgId\":%.*s,\"msgtype\":\"text\",\"text\":{\"content\":%.*s},\"senderId\":%.*s,"
	    "\"senderStaffId\":%.*s,\"conversationType\":\"1\",\"sessionWebhook\":"
	    "\"%.*s/robot/sendBySession?session=simulated\",\"sessionWebhookExpiredTime\":%lld}",
	    VIEW_ARG(json_quoted(a, id)), VIEW_ARG(json_quoted(a, text)), VIEW_ARG(who),
	    VIEW_ARG(who), VIEW_ARG(b->api_base), (long long)now_ms + WINDOW_MS);
	*ret = q;
	*ret_type = "application/json";
}

static void mirror_explain(const struct bot *b, const struct bot_request *q,
			   enum bot_verdict verdict, struct arena *a, struct buf *out)
{
	(void)b;
	(void)a;
	if (verdict == BOT_INCOMPLETE)
		buf_str(out,
			"It has no headers timestamp and sign: set 消息接收模式 of the robot to "
			"HTTP模式, and let proxies pass these headers on.\n");
	if (verdict == BOT_BAD_SIGNATURE)
		buf_str(out, "Its sign was made with another secret: app_secret_file must hold the "
			     "Client Secret (AppSecret) of the very app whose robot this is.\n");
	if (verdict == BOT_STALE)
		explain_time(q->headers[TIMESTAMP], 1, q->now_ms, out);
}

static const struct bot_api api = {
    .can_send = can_send,
    .send_call = send_call,
    .send_read = send_read,
};
static const struct bot_mirror mirror = {mirror_make, mirror_read_nothing, NULL, mirror_explain};

const struct bot_platform bot_dingtalk = {
    .name = "dingtalk",
    .title = "钉钉",
    .keys = keys,
    .n_keys = sizeof(keys) / sizeof(keys[0]),
    .arguments = no_arguments,
    .headers = headers,
    .api_base = "https://oapi.dingtalk.com",
    .limits = {.budget_ms = 4000,
	       .tries = 3,
	       .window_ms = WINDOW_MS,
	       .keep_ms = 3 * WINDOW_MS,
	       .text = {.bytes = 15000}},
    .open = dingtalk_open,
    .verify = dingtalk_verify,
    .decode = dingtalk_decode,
    .encode = dingtalk_encode,
    .body_is_unsigned = true,
    .is_mute = true,
    .api = &api,
    .mirror = &mirror,
};
