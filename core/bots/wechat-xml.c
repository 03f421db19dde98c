/* SPDX-License-Identifier: Apache-2.0 */
/* wechat-xml.c - WeChat's and WeCom's XML, and what their interfaces say. */
#include "bots/wechat-xml.h"

#include <errno.h>

#include "bots/api.h"

#define ERRCODE_NONE -99999

static struct view taken(struct arena *a, struct buf *out)
{
	struct view copy = arena_copy(a, buf_view(out));

	explicit_bzero(out->ptr, out->cap);
	buf_done(out);
	return copy;
}

struct view wechat_message_xml(struct arena *a, struct view to, struct view from, int64_t now_ms,
			       struct view text, struct view id, struct view agent)
{
	struct buf out = BUF_INIT;

	buf_str(&out, "<xml>");
	xml_put(&out, "ToUserName", to);
	xml_put(&out, "FromUserName", from);
	buf_printf(&out, "<CreateTime>%lld</CreateTime>", (long long)(now_ms / 1000));
	xml_put(&out, "MsgType", VIEW("text"));
	xml_put(&out, "Content", text);
	if (id.len)
		buf_printf(&out, "<MsgId>%.*s</MsgId>", VIEW_ARG(id));
	if (agent.len)
		buf_printf(&out, "<AgentID>%.*s</AgentID>", VIEW_ARG(agent));
	buf_str(&out, "</xml>");
	return taken(a, &out);
}

struct view wechat_text_xml(struct arena *a, struct view to, struct view from, int64_t now_ms,
			    struct view text)
{
	return wechat_message_xml(a, to, from, now_ms, text, VIEW(""), VIEW(""));
}

struct view wechat_request_xml(struct arena *a, struct view to, struct view sealed,
			       struct view agent)
{
	struct buf out = BUF_INIT;

	buf_str(&out, "<xml>");
	xml_put(&out, "ToUserName", to);
	if (agent.len)
		xml_put(&out, "AgentID", agent);
	xml_put(&out, "Encrypt", sealed);
	buf_str(&out, "</xml>");
	return taken(a, &out);
}

struct view wechat_sealed_xml(struct arena *a, const struct wechat_keys *k, struct view plain,
			      int64_t now_ms)
{
	struct wechat_sealed s = wechat_close(k, plain, now_ms, a);

	return arena_printf(a,
			    "<xml><Encrypt><![CDATA[%.*s]]></Encrypt>"
			    "<MsgSignature><![CDATA[%.*s]]></MsgSignature>"
			    "<TimeStamp>%.*s</TimeStamp><Nonce><![CDATA[%.*s]]></Nonce></xml>",
			    VIEW_ARG(s.encrypt), VIEW_ARG(s.signature), VIEW_ARG(s.timestamp),
			    VIEW_ARG(s.nonce));
}

int wechat_reply_read(const struct wechat_keys *k, struct arena *a, struct view body,
		      struct view *ret, struct fault *why)
{
	struct view plain = body, sealed;
	struct xml x;

	*ret = VIEW("");
	if (!body.len || view_is(body, "success"))
		return 0;
	if (xml_read(a, body, &x, why) < 0)
		return -EBADMSG;
	sealed = xml_text(&x, "Encrypt");
	if (sealed.len) {
		const struct view parts[] = {k->token, xml_text(&x, "TimeStamp"),
					     xml_text(&x, "Nonce"), sealed};

		if (!secret_eq(wechat_sign(a, parts, 4), xml_text(&x, "MsgSignature")) ||
		    wechat_open(k, sealed, a, &plain) != BOT_OK) {
			fault_set(why, "the response is sealed or signed wrongly");
			return -EBADMSG;
		}
		if (xml_read(a, plain, &x, why) < 0)
			return -EBADMSG;
	}
	*ret = xml_text(&x, "Content");
	return 0;
}

int wechat_token_read(struct arena *a, struct view body, struct view *ret, int64_t *ret_seconds,
		      struct fault *why)
{
	struct json_value v;

	if (!reply_object(a, 0, body, &v, why))
		return -EBADMSG;
	if (!json_text(&v, "access_token").len) {
		fault_set(why, "errcode %lld: %.*s", (long long)json_number(&v, "errcode", -1),
			  VIEW_ARG(view_sub(json_text(&v, "errmsg"), 0, 200)));
		return -EBADMSG;
	}
	*ret = json_text(&v, "access_token");
	*ret_seconds = json_number(&v, "expires_in", 0);
	return 0;
}

enum bot_outcome wechat_send_read(struct arena *a, int status, struct view body, struct fault *why)
{
	struct json_value v;
	int64_t code;

	if (!reply_object(a, status, body, &v, why))
		return BOT_REFUSED;
	code = json_number(&v, "errcode", ERRCODE_NONE);
	fault_set(why, "errcode %lld: %.*s", (long long)code,
		  VIEW_ARG(view_sub(json_text(&v, "errmsg"), 0, 200)));
	/* 系统繁忙，此时请开发者稍候再试 */
	if (code == -1)
		return BOT_BUSY;
	/* access_token: not the latest, not one, over */
	if (code == 40001 || code == 40014 || code == 42001)
		return BOT_TOKEN_OLD;
	return code == 0 ? BOT_SENT : BOT_REFUSED;
}
