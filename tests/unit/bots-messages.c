/* SPDX-License-Identifier: Apache-2.0 */
/* bots-messages.c - what platforms send besides a plain message: checks of the address, groups,
 * mentions, pictures, and what strangers would like them to have sent. */
#include <stdio.h>

#include "bots/crypto.h"
#include "bots/platform.h"
#include "tests/unit/bots-vectors.h"
#include "tests/unit/tap.h"

#define NOW_MS 1800000000000

static struct arena a;

/* A bot with these values, in the order of its platform's keys; NULL ends them. */
static struct bot *open_bot(const struct bot_platform *platform, const char *const *values)
{
	struct bot *b = ARENA_NEW(&a, struct bot);
	struct fault why = {.text = ""};

	*b = (struct bot){.name = platform->name, .platform = platform};
	b->api_base = view_of(platform->api_base);
	arena_init(&b->arena, 1024);
	for (size_t i = 0; i < platform->n_keys; i++)
		b->values[i] = view_of(platform->keys[i].value ? platform->keys[i].value : "");
	for (size_t i = 0; values[i]; i++)
		if (values[i][0])
			b->values[i] = view_of(values[i]);
	if (platform->open(b, &why) < 0) {
		printf("Bail out! %s\n", why.text);
		exit(EXIT_FAILURE);
	}
	return b;
}

static void close_bot(struct bot *b)
{
	arena_done(&b->arena);
}

static enum bot_verdict take(const struct bot *b, const struct bot_request *q,
			     struct bot_message *ret)
{
	struct bot_verified v = {.plain = VIEW("")};
	struct fault why;
	enum bot_verdict verdict = b->platform->verify(b, q, &a, &v, &why);

	*ret = (struct bot_message){.kind = BOT_IGNORED, .text = VIEW("")};
	return verdict == BOT_OK ? b->platform->decode(b, q, &v, &a, ret, &why) : verdict;
}

/* ---- Telegram ---- */

static enum bot_verdict telegram(const struct bot *b, const char *message, struct bot_message *ret)
{
	struct bot_request q = {.is_post = true, .now_ms = NOW_MS};

	q.headers[0] = VIEW("s3cret");
	q.body = arena_printf(&a, "{\"update_id\":7,\"message\":{\"message_id\":5,%s}}", message);
	return take(b, &q, ret);
}

#define FROM  "\"from\":{\"id\":11,\"is_bot\":false}"
#define GROUP FROM ",\"chat\":{\"id\":-22,\"type\":\"supergroup\"}"
#define ALONE FROM ",\"chat\":{\"id\":11,\"type\":\"private\"}"

static void test_telegram(void)
{
	struct bot *b =
	    open_bot(&bot_telegram, (const char *[]){"s3cret", "1:token", "wenlu_bot", NULL});
	struct bot_message m;
	struct bot_call call = {.n_headers = 0};
	struct view body;
	struct fault why;

	telegram(b, GROUP ",\"text\":\"大家好\"", &m);
	is_int(m.kind, BOT_IGNORED, "Telegram: what a group says among itself is not for us");
	telegram(b, GROUP ",\"text\":\"@Wenlu_Bot 郑州居住证编号\"", &m);
	ok(m.kind == BOT_TEXT && view_is(m.text, "郑州居住证编号"),
	   "what names us is, without the name");
	bot_telegram.encode(b, &m, VIEW("好"), NOW_MS, &a, &body);
	ok(view_find(body, VIEW("\"chat_id\":\"-22\"")) > 0 &&
	       view_find(body, VIEW("\"message_id\":5")) > 0,
	   "and is answered there, as a reply");
	telegram(b, GROUP ",\"text\":\"@wenlu_bot2 在吗\"", &m);
	is_int(m.kind, BOT_IGNORED, "another bot with a longer name is not us");
	telegram(b,
		 GROUP ",\"text\":\"要带什么\",\"reply_to_message\":{\"from\":{\"username\":"
		       "\"wenlu_bot\"}}",
		 &m);
	is_int(m.kind, BOT_TEXT, "a reply to us is for us");
	telegram(b, ALONE ",\"text\":\"/start\"", &m);
	is_int(m.kind, BOT_WELCOME, "who starts is greeted");
	telegram(b, ALONE ",\"photo\":[{}]", &m);
	is_int(m.kind, BOT_OTHER, "a picture cannot be read");
	telegram(b, "\"chat\":{\"id\":11,\"type\":\"private\"},\"text\":\"x\"", &m);
	is_int(m.kind, BOT_IGNORED, "what nobody sent is left");
	telegram(b,
		 "\"from\":{\"id\":11,\"is_bot\":true},\"chat\":{\"id\":11,\"type\":\"private\"}"
		 ",\"text\":\"x\"",
		 &m);
	is_int(m.kind, BOT_IGNORED, "two bots do not talk to each other");
	is_int(telegram(b, "\"text\":", &m), BOT_MALFORMED, "half an update is none");
	telegram(b, ALONE ",\"text\":\"x\"", &m);
	bot_telegram.api->send_call(b, &m, VIEW("一\n二"), 1, VIEW(""), &a, &call);
	is_view(call.url, "https://api.telegram.org/bot1:token/sendMessage",
		"later pieces are sent");
	is_int(bot_telegram.api->send_read(&a, 200, VIEW("{\"ok\":true}"), &why), BOT_SENT,
	       "its yes");
	is_int(bot_telegram.api->send_read(
		   &a, 403, VIEW("{\"ok\":false,\"error_code\":403,\"description\":\"blocked\"}"),
		   &why),
	       BOT_REFUSED, "its no");
	ok(strstr(why.text, "403") && strstr(why.text, "blocked"), "with its reason");
	close_bot(b);
}

/* ---- Feishu ---- */

static const char *const feishu_values[] = {"encrypted", "tok",    "test key", "cli_1",
					    "sec",       "ou_bot", NULL};

static struct view feishu_seal(const char *plain)
{
	unsigned char key[SHA256_BYTES], iv[AES_IV_BYTES] = {9};
	struct view k = VIEW("test key"), sealed;
	char *both;

	sha256(&k, 1, key);
	sealed = aes_encrypt(&a, key, iv, view_of(plain), 16);
	both = arena_alloc(&a, sizeof(iv) + sealed.len);
	memcpy(both, iv, sizeof(iv));
	memcpy(both + sizeof(iv), sealed.ptr, sealed.len);
	return arena_printf(&a, "{\"encrypt\":\"%.*s\"}",
			    VIEW_ARG(base64_of(&a, view_make(both, sizeof(iv) + sealed.len))));
}

static struct bot_request feishu_request(const char *plain, bool is_signed)
{
	struct bot_request q = {.is_post = true, .now_ms = NOW_MS, .body = feishu_seal(plain)};
	unsigned char sum[SHA256_BYTES];

	if (!is_signed)
		return q;
	q.headers[0] = VIEW("1800000000");
	q.headers[1] = VIEW("n");
	sha256((struct view[]){q.headers[0], q.headers[1], VIEW("test key"), q.body}, 4, sum);
	q.headers[2] = hex_of(&a, sum, sizeof(sum));
	return q;
}

static enum bot_verdict feishu(const struct bot *b, const char *plain, bool is_signed,
			       struct bot_message *ret)
{
	struct bot_request q = feishu_request(plain, is_signed);

	return take(b, &q, ret);
}

#define EVENT(chat, mentions, text)                                                              \
	"{\"schema\":\"2.0\",\"header\":{\"token\":\"tok\",\"event_type\":\"im.message.receive_" \
	"v1\"},\"event\":{\"sender\":{\"sender_id\":{\"open_id\":\"ou_1\"},\"sender_type\":"     \
	"\"user\"},\"message\":{\"message_id\":\"om_1\",\"chat_type\":\"" chat                   \
	"\",\"message_type\":\"text\",\"content\":\"{\\\"text\\\":\\\"" text                     \
	"\\\"}\",\"mentions\":[" mentions "]}}}"

static void test_feishu(void)
{
	struct bot *b = open_bot(&bot_feishu, feishu_values);
	struct bot *plain =
	    open_bot(&bot_feishu, (const char *[]){"plain", "tok", "", "cli_1", "sec", "", NULL});
	struct bot_message m;
	struct bot_request q = {.is_post = true, .now_ms = NOW_MS};
	const char *challenge =
	    "{\"type\":\"url_verification\",\"token\":\"tok\",\"challenge\":\"abc\\\"d\"}";
	struct bot_call call = {.n_headers = 0};
	struct fault why;
	struct view token;
	int64_t seconds;

	is_int(feishu(b, challenge, false, &m), BOT_OK,
	       "Feishu: the check of our address comes sealed, perhaps unsigned");
	is_view(m.text, "{\"challenge\":\"abc\\\"d\"}", "and its challenge goes back");
	is_int(feishu(b, "{\"type\":\"url_verification\",\"token\":\"other\",\"challenge\":\"x\"}",
		      false, &m),
	       BOT_BAD_SIGNATURE, "not with another token");
	q.body = view_of(challenge);
	is_int(take(b, &q, &m), BOT_INCOMPLETE, "nor unsealed");
	is_int(feishu(b, EVENT("p2p", "", "x"), false, &m), BOT_INCOMPLETE,
	       "a message must be signed");
	is_int(feishu(b, EVENT("p2p", "", "上海居住证"), true, &m), BOT_OK, "and then is taken");
	ok(m.kind == BOT_TEXT && view_is(m.text, "上海居住证") && view_is(m.user, "ou_1"),
	   "as what was said, by whom");
	feishu(b, EVENT("group", "", "大家好"), true, &m);
	is_int(m.kind, BOT_IGNORED, "a group talks among itself");
	feishu(
	    b,
	    EVENT("group", "{\"key\":\"@_user_1\",\"id\":{\"open_id\":\"ou_x\"}}", "@_user_1 你好"),
	    true, &m);
	is_int(m.kind, BOT_IGNORED, "or to somebody else");
	feishu(b,
	       EVENT("group", "{\"key\":\"@_user_1\",\"id\":{\"open_id\":\"ou_bot\"}}",
		     "@_user_1 居住证多久能办好"),
	       true, &m);
	ok(m.kind == BOT_TEXT && view_is(m.text, "居住证多久能办好"), "or to us");
	bot_feishu.api->send_call(b, &m, VIEW("好\n"), 2, VIEW("t-1"), &a, &call);
	is_view(call.url, "https://open.feishu.cn/open-apis/im/v1/messages/om_1/reply",
		"it is answered as a reply");
	ok(view_find(call.body, VIEW("\"uuid\":\"2-om_1\"")) > 0 &&
	       view_find(call.body, VIEW("{\\\"text\\\":\\\"好\\\\n\\\"}")) > 0,
	   "once, and its text is JSON in JSON");
	is_int(bot_feishu.api->send_read(&a, 200, VIEW("{\"code\":99991663,\"msg\":\"x\"}"), &why),
	       BOT_TOKEN_OLD, "an old token is renewed");
	is_int(bot_feishu.api->token_read(
		   &a, VIEW("{\"code\":0,\"tenant_access_token\":\"t-2\",\"expire\":7200}"), &token,
		   &seconds, &why),
	       0, "a new one is read");
	ok(view_is(token, "t-2") && seconds == 7200, "with how long it holds");
	is_int(take(plain, &q, &m), BOT_OK, "with mode = plain the token alone decides");
	q.body = feishu_seal(challenge);
	is_int(take(plain, &q, &m), BOT_BAD_SEAL, "and what is sealed is not for it");
	close_bot(b);
	close_bot(plain);
}

/* ---- DingTalk ---- */

static struct view ding_sign(const char *secret)
{
	struct view pieces[] = {VIEW("1800000000000"), VIEW("\n"), view_of(secret)};
	unsigned char sum[SHA256_BYTES];

	hmac_sha256(view_of(secret), pieces, 3, sum);
	return base64_of(&a, view_make((char *)sum, sizeof(sum)));
}

static enum bot_verdict ding(const struct bot *b, const char *more, struct bot_message *ret)
{
	struct bot_request q = {.is_post = true, .now_ms = NOW_MS};

	q.headers[0] = VIEW("1800000000000");
	q.headers[1] = ding_sign("ding-secret");
	q.body = arena_printf(
	    &a, "{\"msgId\":\"m1\",\"senderId\":\"u1\",\"senderStaffId\":\"s1\",%s}", more);
	return take(b, &q, ret);
}

#define WEBHOOK(url) ",\"sessionWebhook\":\"" url "\",\"sessionWebhookExpiredTime\":1800000005000"
#define OUR_HOOK     "https://oapi.dingtalk.com/robot/sendBySession?session=x"

static void test_dingtalk(void)
{
	struct bot *b = open_bot(&bot_dingtalk, (const char *[]){"ding-secret", NULL});
	const struct bot_api *api = bot_dingtalk.api;
	struct bot_message m;
	struct bot_call call = {.n_headers = 0};

	ding(b,
	     "\"conversationType\":\"1\",\"msgtype\":\"text\",\"text\":{\"content\":\" 你好 "
	     "\"}" WEBHOOK(OUR_HOOK),
	     &m);
	ok(m.kind == BOT_TEXT && view_is(m.text, "你好"), "DingTalk: what one person says");
	ok(api->can_send(b, &m, NOW_MS), "is answered to the session's webhook");
	ok(!api->can_send(b, &m, NOW_MS + 6000), "while that holds");
	ding(b, "\"conversationType\":\"2\",\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}", &m);
	is_int(m.kind, BOT_IGNORED, "a group talks among itself");
	ding(b,
	     "\"conversationType\":\"2\",\"isInAtList\":true,\"msgtype\":\"text\",\"text\":{"
	     "\"content\":\"问\"}" WEBHOOK(OUR_HOOK),
	     &m);
	is_int(m.kind, BOT_TEXT, "or to us");
	api->send_call(b, &m, VIEW("答"), 0, VIEW(""), &a, &call);
	is_view(
	    call.body,
	    "{\"msgtype\":\"text\",\"text\":{\"content\":\"答\"},\"at\":{\"atUserIds\":[\"s1\"]}}",
	    "and who asked is named");
	ding(b,
	     "\"conversationType\":\"1\",\"msgtype\":\"audio\",\"content\":{\"recognition\":"
	     "\"多久\"}",
	     &m);
	ok(m.kind == BOT_TEXT && view_is(m.text, "多久"), "what was spoken is read");
	ding(b, "\"conversationType\":\"1\",\"msgtype\":\"picture\"", &m);
	is_int(m.kind, BOT_OTHER, "a picture is not");
	static const char *const elsewhere[] = {"http://oapi.dingtalk.com/x",
						"https://oapi.dingtalk.com.evil.cn/x",
						"https://oapi.dingtalk.com@evil.cn/",
						"https://127.0.0.1/",
						"",
						"https://oapi.dingtalk.com"};
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++) {
		ding(b,
		     arena_printf(&a,
				  "\"conversationType\":\"1\",\"sessionWebhook\":\"%s\","
				  "\"sessionWebhookExpiredTime\":1800000005000",
				  elsewhere[i])
			 .ptr,
		     &m);
		ok(!api->can_send(b, &m, NOW_MS), "nothing is sent to '%s'", elsewhere[i]);
	}
	is_int(ding(b, "\"conversationType\":1", &m), BOT_OK, "numbers are taken as texts");
	is_int(ding(b, "\"x\":1", &m), BOT_MALFORMED, "what is no message is told");
	close_bot(b);
}

/* ---- QQ ---- */

static struct bot_request qq_request(const char *secret, const char *body)
{
	struct bot_request q = {.is_post = true, .now_ms = NOW_MS, .body = view_of(body)};
	unsigned char seed[32], signature[64];

	for (size_t i = 0; i < 32; i++)
		seed[i] = (unsigned char)secret[i % strlen(secret)];
	q.headers[1] = VIEW("1800000000");
	ed25519_sign(seed, arena_printf(&a, "1800000000%s", body), signature);
	q.headers[0] = hex_of(&a, signature, 64);
	return q;
}

static void test_qq(void)
{
	const char *secret = qq_vectors[0].secret;
	struct bot *b = open_bot(&bot_qq, (const char *[]){"1", secret, NULL});
	struct bot_request q;
	struct bot_message m;
	struct bot_call call = {.n_headers = 0};
	const char *check =
	    "{\"op\":13,\"d\":{\"plain_token\":\"Arq0D5A61EgUu4OxUvOp\",\"event_ts\":"
	    "\"1725442341\"}}";
	struct fault why;

	q = qq_request(secret, check);
	is_int(take(b, &q, &m), BOT_OK, "QQ: the check of our address is taken");
	ok(m.kind == BOT_ECHO && view_find(m.text, view_of(qq_vectors[0].signature)) > 0,
	   "and signed as in QQ's own example");
	q.headers[0] = q.headers[1] = view_make(NULL, 0);
	is_int(take(b, &q, &m), BOT_INCOMPLETE,
	       "an unsigned one is not: we sign nothing that strangers choose");
	q = qq_request(secret, "{\"op\":0,\"t\":\"GROUP_AT_MESSAGE_CREATE\",\"d\":{\"id\":\"i/1\","
			       "\"content\":\" 深圳居住证 \",\"group_openid\":\"G/1\",\"author\":{"
			       "\"member_openid\":\"M1\"}}}");
	is_int(take(b, &q, &m), BOT_OK, "what a group says to us is taken");
	ok(m.kind == BOT_TEXT && view_is(m.text, "深圳居住证") && view_is(m.user, "M1"),
	   "as what was said, by whom");
	bot_qq.api->send_call(b, &m, VIEW("好"), 1, VIEW("tk"), &a, &call);
	is_view(call.url, "https://api.sgroup.qq.com/v2/groups/G%2F1/messages",
		"and answered there");
	is_view(call.body, "{\"content\":\"好\",\"msg_type\":0,\"msg_id\":\"i/1\",\"msg_seq\":2}",
		"piece by piece");
	q = qq_request(secret,
		       "{\"op\":0,\"t\":\"AT_MESSAGE_CREATE\",\"d\":{\"id\":\"1\",\"content\":"
		       "\"<@!77> 你好\",\"channel_id\":\"C1\",\"author\":{\"id\":\"U1\"}}}");
	take(b, &q, &m);
	is_view(m.text, "你好", "in a channel our name is left out");
	q = qq_request(secret, "{\"op\":0,\"t\":\"GUILD_CREATE\",\"d\":{}}");
	take(b, &q, &m);
	is_int(m.kind, BOT_IGNORED, "other events are left");
	is_int(bot_qq.api->send_read(&a, 401, VIEW(""), &why), BOT_TOKEN_OLD,
	       "an old token is renewed");
	is_int(bot_qq.api->send_read(&a, 200, VIEW("{\"id\":\"x\"}"), &why), BOT_SENT, "its yes");
	close_bot(b);
}

int main(void)
{
	arena_init(&a, 0);
	test_telegram();
	test_feishu();
	test_dingtalk();
	test_qq();
	arena_done(&a);
	return done();
}
