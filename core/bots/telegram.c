/* SPDX-License-Identifier: Apache-2.0 */
/*
 * telegram.c - Telegram bots, by webhook.
 *
 * A secret header on every request; the answer is a method call in the response, and later pieces
 * are sent by sendMessage where the bot's token is given. In groups only what names the bot, or
 * answers it, is for us.
 */
#include <errno.h>
#include <strings.h>

#include "bots/api.h"
#include "bots/crypto.h"

#define UPDATE_DEPTH 16

enum { SECRET_TOKEN, BOT_TOKEN, USERNAME };
static const struct bot_key keys[] = {
    [SECRET_TOKEN] = {"secret_token", BOT_KEY_SECRET, true, NULL, NULL,
		      "secret_token of setWebhook."},
    [BOT_TOKEN] = {"bot_token", BOT_KEY_SECRET, false, NULL, NULL,
		   "Token from @BotFather, for long and late answers."},
    [USERNAME] = {"username", BOT_KEY_TEXT, false, NULL, NULL,
		  "The bot's username without @; without it nothing is answered in groups."},
};

enum { SECRET_HEADER };
static const char *const headers[] = {"x-telegram-bot-api-secret-token", NULL};
static const char *const no_arguments[] = {NULL};

enum { BACK_CHAT, BACK_REPLY_TO };

static bool is_secret_token(struct view v)
{
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '-'))
			return false;
	}
	return v.len >= 1 && v.len <= 256;
}

static int telegram_open(struct bot *b, struct fault *why)
{
	if (!is_secret_token(b->values[SECRET_TOKEN])) {
		fault_set(why, "secret_token: 1 to 256 letters, digits, _ and -, as setWebhook "
			       "takes them");
		return -EINVAL;
	}
	return 0;
}

static enum bot_verdict telegram_verify(const struct bot *b, const struct bot_request *q,
					struct arena *a, struct bot_verified *ret,
					struct fault *why)
{
	(void)a;
	if (!q->is_post || !q->headers[SECRET_HEADER].len) {
		fault_set(why, "no X-Telegram-Bot-Api-Secret-Token: was secret_token given to "
			       "setWebhook?");
		return BOT_INCOMPLETE;
	}
	if (!secret_eq(q->headers[SECRET_HEADER], b->values[SECRET_TOKEN]))
		return BOT_BAD_SIGNATURE;
	ret->plain = q->body;
	return BOT_OK;
}

static bool same_name(struct view a, struct view b)
{
	return a.len == b.len && a.len > 0 && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* The text without "@name"; false if it is not in it. Case does not count in such names. */
static bool take_out_name(struct arena *a, struct view text, struct view name, struct view *ret)
{
	for (size_t i = 0; name.len && i + name.len < text.len; i++) {
		size_t end = i + 1 + name.len;

		if (text.ptr[i] != '@' || !same_name(view_sub(text, i + 1, name.len), name) ||
		    (end < text.len && is_name_char(text.ptr[end])))
			continue;
		*ret = view_trim(arena_printf(a, "%.*s %.*s", VIEW_ARG(view_sub(text, 0, i)),
					      VIEW_ARG(view_sub(text, end, text.len))));
		return true;
	}
	return false;
}

/* In a group: is it for us? Takes our name out of the text. */
static bool is_to_us(const struct bot *b, const struct json_value *message, struct arena *a,
		     struct view *text)
{
	struct view name = b->values[USERNAME];

	return take_out_name(a, *text, name, text) ||
	       same_name(json_text(message, "reply_to_message.from.username"), name);
}

static void read_text(struct bot_message *m, struct view text)
{
	m->text = view_trim(text);
	m->kind = m->text.len ? BOT_TEXT : BOT_OTHER;
	if (view_is(m->text, "/start") || view_starts(m->text, VIEW("/start ")) ||
	    view_is(m->text, "/help"))
		m->kind = BOT_WELCOME;
}

static enum bot_verdict telegram_decode(const struct bot *b, const struct bot_request *q,
					const struct bot_verified *v, struct arena *a,
					struct bot_message *ret, struct fault *why)
{
	struct bot_message m = {.kind = BOT_IGNORED, .text = VIEW("")};
	const struct json_value *message, *sender_is_bot;
	struct json_value update;
	struct view text, type;

	(void)q;
	if (json_read(a, v->plain, UPDATE_DEPTH, &update) < 0 ||
	    !json_text(&update, "update_id").len) {
		fault_set(why, "no update with an update_id");
		return BOT_MALFORMED;
	}
	message = json_find(&update, "message");
	sender_is_bot = json_find(message, "from.is_bot");
	*ret = m;
	if (!message || (sender_is_bot && sender_is_bot->is_true))
		return BOT_OK;
	m.id = arena_printf(a, "u %.*s", VIEW_ARG(json_text(&update, "update_id")));
	m.user = json_text(message, "from.id");
	m.back[BACK_CHAT] = json_text(message, "chat.id");
	text = json_text(message, "text");
	type = json_text(message, "chat.type");
	if (!m.user.len || !m.back[BACK_CHAT].len) {
		/* Channel posts, and people who hide behind a group, come from nobody. */
		return BOT_OK;
	}
	if (view_is(type, "private")) {
		read_text(&m, text);
	} else if (is_to_us(b, message, a, &text)) {
		read_text(&m, text);
		m.back[BACK_REPLY_TO] = json_text(message, "message_id");
	}
	*ret = m;
	return BOT_OK;
}

/* The members of a sendMessage, without the braces. */
static struct view message_members(struct arena *a, const struct bot_message *m, struct view text)
{
	struct view reply = m->back[BACK_REPLY_TO];

	return arena_printf(
	    a, "\"chat_id\":%.*s,\"text\":%.*s%s%.*s%s",
	    VIEW_ARG(json_quoted(a, m->back[BACK_CHAT])), VIEW_ARG(json_quoted(a, text)),
	    reply.len ? ",\"reply_parameters\":{\"message_id\":" : "", VIEW_ARG(reply),
	    reply.len ? ",\"allow_sending_without_reply\":true}" : "");
}

static const char *telegram_encode(const struct bot *b, const struct bot_message *m,
				   struct view text, int64_t now_ms, struct arena *a,
				   struct view *ret)
{
	(void)b;
	(void)now_ms;
	*ret = text.len ? arena_printf(a, "{\"method\":\"sendMessage\",%.*s}",
				       VIEW_ARG(message_members(a, m, text)))
			: VIEW("{}");
	return "application/json; charset=utf-8";
}

static bool can_send(const struct bot *b, const struct bot_message *m, int64_t now_ms)
{
	(void)m;
	(void)now_ms;
	return b->values[BOT_TOKEN].len > 0;
}

static void send_call(const struct bot *b, const struct bot_message *m, struct view piece,
		      unsigned number, struct view token, struct arena *a, struct bot_call *ret)
{
	(void)number;
	(void)token;
	ret->url = arena_printf(a, "%.*s/bot%.*s/sendMessage", VIEW_ARG(b->api_base),
				VIEW_ARG(b->values[BOT_TOKEN]));
	call_is_json(ret);
	ret->body = arena_printf(a, "{%.*s}", VIEW_ARG(message_members(a, m, piece)));
}

static enum bot_outcome send_read(struct arena *a, int status, struct view body, struct fault *why)
{
	const struct json_value *is_ok;
	struct json_value v;

	if (!reply_object(a, status, body, &v, why))
		return BOT_REFUSED;
	is_ok = json_find(&v, "ok");
	fault_set(why, "error_code %lld: %.*s", (long long)json_number(&v, "error_code", status),
		  VIEW_ARG(view_sub(json_text(&v, "description"), 0, 200)));
	return is_ok && is_ok->is_true ? BOT_SENT : BOT_REFUSED;
}

static void mirror_make(const struct bot *b, struct view user, struct view id, struct view text,
			int64_t now_ms, struct arena *a, struct bot_request *ret,
			const char **ret_type)
{
	struct bot_request q = {.is_post = true, .now_ms = now_ms};
	struct view who = json_quoted(a, user);

	q.headers[SECRET_HEADER] = b->values[SECRET_TOKEN];
	q.body = arena_printf(a,
			      "{\"update_id\":%.*s,\"message\":{\"message_id\":1,\"date\":%lld,"
			      "\"chat\":{\"id\":%.*s,\"type\":\"private\"},"
			      "\"from\":{\"id\":%.*s,\"is_bot\":false},\"text\":%.*s}}",
			      VIEW_ARG(json_quoted(a, id)), (long long)(now_ms / 1000),
			      VIEW_ARG(who), VIEW_ARG(who), VIEW_ARG(json_quoted(a, text)));
	*ret = q;
	*ret_type = "application/json";
}

static int mirror_read(const struct bot *b, struct view body, struct arena *a, struct view *ret,
		       struct fault *why)
{
	struct json_value v;

	(void)b;
	if (!reply_object(a, 200, body, &v, why))
		return -EBADMSG;
	*ret = json_text(&v, "text");
	return 0;
}

static void mirror_explain(const struct bot *b, const struct bot_request *q,
			   enum bot_verdict verdict, struct arena *a, struct buf *out)
{
	(void)b;
	(void)q;
	(void)a;
	if (verdict == BOT_INCOMPLETE)
		buf_str(out, "It has no X-Telegram-Bot-Api-Secret-Token: call setWebhook again, "
			     "with secret_token.\n");
	if (verdict == BOT_BAD_SIGNATURE)
		buf_str(out, "setWebhook was called with another secret_token: call it again with "
			     "the one in secret_token_file.\n");
}

static const struct bot_api api = {
    .can_send = can_send,
    .send_call = send_call,
    .send_read = send_read,
};
static const struct bot_mirror mirror = {mirror_make, mirror_read, NULL, mirror_explain};

const struct bot_platform bot_telegram = {
    .name = "telegram",
    .title = "Telegram",
    .keys = keys,
    .n_keys = sizeof(keys) / sizeof(keys[0]),
    .arguments = no_arguments,
    .headers = headers,
    .api_base = "https://api.telegram.org",
    .limits = {.budget_ms = 10000,
	       .tries = 3,
	       .keep_ms = 25 * 3600 * (int64_t)1000, /* updates are kept for a day */
	       .text = {.units = 4096}},
    .open = telegram_open,
    .verify = telegram_verify,
    .decode = telegram_decode,
    .encode = telegram_encode,
    .body_is_unsigned = true,
    .api = &api,
    .mirror = &mirror,
};
