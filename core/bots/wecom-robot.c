/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wecom-robot.c - WeCom's AI robots (企业微信智能机器人): sealed JSON, no receiver id.
 *
 * An answer is a "stream" of one piece. A stream that is not finished makes the platform ask how it
 * goes on, again and again; so an answer that takes long is fetched by it, and no interface is
 * needed. The stream's id is the message's, by which those requests are the same message to us.
 */
#include <errno.h>

#include "bots/api.h"
#include "bots/wechat-crypt.h"

#define WINDOW_MS (5 * 60 * 1000)
#define DEPTH     8

enum { TOKEN, AES_KEY, PREVIOUS_AES_KEY, ROBOT_ID };
static const struct bot_key keys[] = {
    [TOKEN] = {"token", BOT_KEY_SECRET, true, NULL, NULL, "Token of the robot's API接收消息."},
    [AES_KEY] = {"aes_key", BOT_KEY_SECRET, true, NULL, NULL, "EncodingAESKey, beside it."},
    [PREVIOUS_AES_KEY] = {"previous_aes_key", BOT_KEY_SECRET, false, NULL, NULL,
			  "The key before, while a new one is taking effect."},
    [ROBOT_ID] = {"robot_id", BOT_KEY_TEXT, false, NULL, NULL,
		  "aibotid: only messages to this robot are taken, if it is given."},
};

enum { MSG_SIGNATURE, TIMESTAMP, NONCE, ECHOSTR };
static const char *const arguments[] = {"msg_signature", "timestamp", "nonce", "echostr", NULL};
static const char *const no_headers[] = {NULL};

enum { BACK_STREAM };

struct own {
	struct wechat_keys keys;
};

static int robot_open(struct bot *b, struct fault *why)
{
	struct own *own = ARENA_NEW(&b->arena, struct own);

	b->own = own;
	return wechat_keys_read(b->values[TOKEN], b->values[AES_KEY], b->values[PREVIOUS_AES_KEY],
				VIEW(""), &own->keys, why);
}

static enum bot_verdict robot_verify(const struct bot *b, const struct bot_request *q,
				     struct arena *a, struct bot_verified *ret, struct fault *why)
{
	const struct own *own = b->own;
	const struct view *arg = q->arguments;
	struct view sealed = arg[ECHOSTR];
	struct json_value v;
	enum bot_verdict verdict;

	if (q->is_post) {
		if (json_read(a, q->body, DEPTH, &v) < 0) {
			fault_set(why, "this is no JSON");
			return BOT_MALFORMED;
		}
		sealed = json_text(&v, "encrypt");
	}
	if (!sealed.len)
		return BOT_INCOMPLETE;
	verdict = wechat_verify(&own->keys, arg[TIMESTAMP], arg[NONCE], arg[MSG_SIGNATURE], sealed,
				q->now_ms, WINDOW_MS, a);
	if (verdict != BOT_OK)
		return verdict;
	ret->is_sealed = true;
	ret->proof = arg[MSG_SIGNATURE];
	return wechat_open(&own->keys, sealed, a, &ret->plain);
}

/* In a group the text begins with the robot's own name: "@问路 郑州…". */
static struct view without_mention(struct view text)
{
	struct view rest = view_trim(text), name;

	if (!view_starts(rest, VIEW("@")))
		return rest;
	view_split(&rest, ' ', &name);
	return view_trim(rest.ptr ? rest : VIEW(""));
}

static void decode_kind(const struct json_value *v, struct bot_message *m)
{
	struct view type = json_text(v, "msgtype"), event = json_text(v, "event.eventtype");

	m->kind = BOT_OTHER;
	if (view_is(type, "event")) {
		m->kind = view_is(event, "enter_chat") ? BOT_WELCOME : BOT_IGNORED;
		return;
	}
	if (view_is(type, "stream")) {
		m->id = json_text(v, "stream.id");
		m->is_again = true;
		return;
	}
	if (view_is(type, "text"))
		m->text = json_text(v, "text.content");
	else if (view_is(type, "voice"))
		m->text = json_text(v, "voice.content");
	if (view_is(json_text(v, "chattype"), "group"))
		m->text = without_mention(m->text);
	m->text = view_trim(m->text);
	if (m->text.len)
		m->kind = BOT_TEXT;
}

static enum bot_verdict robot_decode(const struct bot *b, const struct bot_request *q,
				     const struct bot_verified *verified, struct arena *a,
				     struct bot_message *ret, struct fault *why)
{
	struct bot_message m = {.kind = BOT_OTHER, .text = VIEW("")};
	struct view robot;
	struct json_value v;

	if (!q->is_post) {
		*ret = (struct bot_message){
		    .kind = BOT_ECHO, .text = verified->plain, .type = "text/plain; charset=utf-8"};
		return BOT_OK;
	}
	if (json_read(a, verified->plain, DEPTH, &v) < 0 || v.kind != JSON_MAP) {
		fault_set(why, "what is sealed in it is no JSON object");
		return BOT_MALFORMED;
	}
	robot = json_text(&v, "aibotid");
	if (b->values[ROBOT_ID].len && !view_eq(robot, b->values[ROBOT_ID])) {
		fault_set(why, "it is for another robot than robot_id");
		return BOT_WRONG_RECEIVER;
	}
	m.user = json_text(&v, "from.userid");
	m.id = json_text(&v, "msgid");
	decode_kind(&v, &m);
	m.back[BACK_STREAM] = m.id;
	*ret = m;
	return BOT_OK;
}

static const char *robot_encode(const struct bot *b, const struct bot_message *m, struct view text,
				int64_t now_ms, struct arena *a, struct view *ret)
{
	const struct own *own = b->own;
	struct wechat_sealed s;
	struct view plain;

	*ret = VIEW("");
	if (m->kind == BOT_IGNORED || (m->kind == BOT_WELCOME && !text.len))
		return "text/plain; charset=utf-8";
	/* Only somebody who came may be greeted with plain text. */
	if (m->kind == BOT_WELCOME)
		plain = arena_printf(a, "{\"msgtype\":\"text\",\"text\":{\"content\":%.*s}}",
				     VIEW_ARG(json_quoted(a, text)));
	else
		plain = arena_printf(a,
				     "{\"msgtype\":\"stream\",\"stream\":{\"id\":%.*s,\"finish\":"
				     "%s,\"content\":%.*s}}",
				     VIEW_ARG(json_quoted(a, m->back[BACK_STREAM])),
				     text.len ? "true" : "false", VIEW_ARG(json_quoted(a, text)));
	s = wechat_close(&own->keys, plain, now_ms, a);
	*ret = arena_printf(a,
			    "{\"encrypt\":\"%.*s\",\"msgsignature\":\"%.*s\",\"timestamp\":%.*s,"
			    "\"nonce\":\"%.*s\"}",
			    VIEW_ARG(s.encrypt), VIEW_ARG(s.signature), VIEW_ARG(s.timestamp),
			    VIEW_ARG(s.nonce));
	return "application/json; charset=utf-8";
}

static void mirror_make(const struct bot *b, struct view user, struct view id, struct view text,
			int64_t now_ms, struct arena *a, struct bot_request *ret,
			const char **ret_type)
{
	const struct own *own = b->own;
	struct view plain = arena_printf(
	    a,
	    "{\"msgid\":%.*s,\"aibotid\":%.*s,\"chattype\":\"single\",\"from\":{\"userid\":%.*s},"
	    "\"msgtype\":\"text\",\"text\":{\"content\":%.*s}}",
	    VIEW_ARG(json_quoted(a, id)), VIEW_ARG(json_quoted(a, b->values[ROBOT_ID])),
	    VIEW_ARG(json_quoted(a, user)), VIEW_ARG(json_quoted(a, text)));
	struct wechat_sealed s = wechat_close(&own->keys, plain, now_ms, a);

	*ret = (struct bot_request){.is_post = true, .now_ms = now_ms};
	ret->arguments[MSG_SIGNATURE] = s.signature;
	ret->arguments[TIMESTAMP] = s.timestamp;
	ret->arguments[NONCE] = s.nonce;
	ret->body = arena_printf(a, "{\"encrypt\":\"%.*s\"}", VIEW_ARG(s.encrypt));
	*ret_type = "application/json";
}

static int mirror_read(const struct bot *b, struct view body, struct arena *a, struct view *ret,
		       struct fault *why)
{
	const struct own *own = b->own;
	struct json_value outer, inner;
	struct view plain;

	*ret = VIEW("");
	if (!body.len)
		return 0;
	if (json_read(a, body, DEPTH, &outer) == 0) {
		struct view sealed = json_text(&outer, "encrypt");
		const struct view parts[] = {own->keys.token, json_text(&outer, "timestamp"),
					     json_text(&outer, "nonce"), sealed};

		if (secret_eq(wechat_sign(a, parts, 4), json_text(&outer, "msgsignature")) &&
		    wechat_open(&own->keys, sealed, a, &plain) == BOT_OK &&
		    json_read(a, plain, DEPTH, &inner) == 0) {
			*ret = json_find(&inner, "stream") ? json_text(&inner, "stream.content")
							   : json_text(&inner, "text.content");
			return 0;
		}
	}
	fault_set(why, "the response is sealed or signed wrongly, or no JSON");
	return -EBADMSG;
}

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
	struct json_value v;

	if (q->is_post && json_read(a, q->body, DEPTH, &v) == 0)
		asked.sealed = json_text(&v, "encrypt");
	wechat_explain(&own->keys, &asked, verdict, "robot_id", a, out);
}

static const struct bot_mirror mirror = {mirror_make, mirror_read, mirror_check, mirror_explain};

const struct bot_platform bot_wecom_robot = {
    .name = "wecom-robot",
    .title = "企业微信智能机器人",
    .keys = keys,
    .n_keys = sizeof(keys) / sizeof(keys[0]),
    .arguments = arguments,
    .headers = no_headers,
    .api_base = "",
    .limits = {.budget_ms = 4500,
	       .tries = 3,
	       .window_ms = WINDOW_MS,
	       .keep_ms = 3600 * 1000,
	       .text = {.bytes = 20480}},
    .open = robot_open,
    .verify = robot_verify,
    .decode = robot_decode,
    .encode = robot_encode,
    .asks_again = true,
    .mirror = &mirror,
};
