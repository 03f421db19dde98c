/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bots.c - fuzz target: whatever stands in a platform's message, whatever its interface says, and
 * what was left over of an answer.
 *
 * The first line names the platform, the next character what the rest is:
 *	d  a message, as if its seal had been right     g  the same, by GET
 *	r  a whole request as text, checked as it would be
 *	s  what is sealed: a body of the WeChat kind, with the length that stands in it
 *	a  a response of its interface                  m  a response of ours, as the platform reads
 *	   it
 *	x  XML   j  JSON   p  an answer to be cut   o  an answer that is owed
 */
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "bots/capture.h"
#include "bots/state.h"
#include "bots/text.h"
#include "bots/wechat-crypt.h"
#include "bots/xml.h"
#include "wire/tree.h"

#define NOW_MS 1800000000000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct bot *bot_of(const struct bot_platform *p)
{
	static struct bot bots[16];
	struct fault why;
	size_t i = 0;

	while (bot_platforms[i] != p)
		i++;
	if (i >= sizeof(bots) / sizeof(bots[0]))
		abort();
	if (bots[i].platform)
		return &bots[i];
	bots[i].platform = p;
	bots[i].name = "fuzz";
	bots[i].api_base = VIEW("https://api.example.cn");
	bots[i].ca_file = "";
	arena_init(&bots[i].arena, 0);
	for (size_t k = 0; k < p->n_keys; k++)
		bots[i].values[k] = strstr(p->keys[k].name, "aes_key")
					? VIEW("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
					: view_of(p->keys[k].value ? p->keys[k].value : "12345");
	if (p->open && p->open(&bots[i], &why) < 0)
		abort();
	return &bots[i];
}

/* What was understood can be answered, and the platform can read the answer. */
static void answer(const struct bot *b, struct bot_message *m, struct arena *a)
{
	struct view body, said;
	struct fault why;

	if (m->kind > BOT_IGNORED || (m->kind == BOT_TEXT && !m->text.len))
		abort();
	/* An echo may be any bytes; the frame refuses those that have no name. */
	if (m->kind == BOT_ECHO || m->kind == BOT_IGNORED || !m->id.len || !m->user.len)
		return;
	if (!utf8_is_valid(m->text, NULL))
		abort();
	if (!utf8_is_valid(m->user, NULL))
		abort();
	b->platform->encode(b, m, VIEW("好的"), NOW_MS, a, &body);
	if (m->kind == BOT_TEXT && !b->platform->is_mute && b->platform->mirror &&
	    (b->platform->mirror->read(b, body, a, &said, &why) < 0 || !view_is(said, "好的")))
		abort();
	if (b->platform->api && b->platform->api->can_send(b, m, NOW_MS)) {
		struct bot_call call = {.url = VIEW("")};

		b->platform->api->send_call(b, m, VIEW("好的"), 0, VIEW("token"), a, &call);
		if (!view_starts(call.url, b->api_base))
			abort();
	}
}

static void decode(const struct bot *b, bool is_post, struct view body, struct arena *a)
{
	struct bot_request q = {.is_post = is_post, .body = body, .now_ms = NOW_MS};
	struct bot_verified v = {.plain = body, .proof = VIEW("x")};
	struct bot_message m = {.kind = BOT_OTHER};
	struct fault why;

	for (size_t i = 0; !is_post && i < BOT_VALUES_MAX; i++)
		q.arguments[i] = body;
	if (b->platform->decode(b, &q, &v, a, &m, &why) == BOT_OK)
		answer(b, &m, a);
	/* Nothing of it is signed. */
	if (is_post && b->platform->verify(b, &q, a, &v, &why) == BOT_OK)
		abort();
}

static void request(const struct bot *b, struct view text, struct arena *a)
{
	struct bot_verified v = {.plain = VIEW("")};
	struct bot_message m = {.kind = BOT_OTHER};
	struct bot_request q;
	struct fault why;

	if (capture_read(a, b->platform, text, &q, &why) < 0)
		return;
	q.now_ms = NOW_MS;
	if (b->platform->verify(b, &q, a, &v, &why) == BOT_OK &&
	    b->platform->decode(b, &q, &v, a, &m, &why) == BOT_OK)
		answer(b, &m, a);
}

static void sealed(struct view body, struct arena *a)
{
	unsigned char key[AES_KEY_BYTES] = {7};
	struct view bytes = base64_of(a, aes_encrypt(a, key, key, body, 32));
	struct view plain = VIEW(""), id = VIEW("");

	if (wechat_unseal(a, key, bytes, view_make(NULL, 0), &plain, &id) != BOT_OK)
		return;
	/* Both lie within what was sealed, one behind the other. */
	if (plain.len + id.len + 20 != body.len || view_find(body, plain) < 0)
		abort();
}

static void api_says(const struct bot *b, struct view body, struct arena *a)
{
	const struct bot_api *api = b->platform->api;
	struct view token = VIEW("");
	struct fault why;
	int64_t seconds;

	if (!api)
		return;
	if (api->token_read)
		(void)api->token_read(a, body, &token, &seconds, &why);
	(void)api->send_read(a, 200, body, &why);
}

static void cut(struct view text)
{
	const struct text_limit limits[] = {{.bytes = 7}, {.units = 3}, {.bytes = 60, .units = 40}};
	struct view piece;

	if (!utf8_is_valid(text, NULL))
		return;
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct view rest = text;

		while (text_piece(&rest, &limits[i], &piece))
			if (!piece.len || !text_fits(piece, &limits[i]) ||
			    !utf8_is_valid(piece, NULL))
				abort();
	}
}

/* What is read is written as it was. */
static void owed(struct view bytes)
{
	struct buf again = BUF_INIT;
	struct debt debt;

	if (debt_read(bytes, &debt) < 0)
		return;
	debt_write(&debt, &again);
	if (bytes.len != again.len)
		abort();
	buf_done(&again);
}

static void plain_forms(char what, struct view text, struct arena *a)
{
	struct json_value v;
	struct fault why;
	struct xml x;

	if (what == 'x')
		(void)xml_read(a, text, &x, &why);
	else if (what == 'j')
		(void)json_read(a, text, LIMIT_JSON_DEPTH, &v);
	else if (what == 'p')
		cut(text);
	else if (what == 's')
		sealed(text, a);
	else if (what == 'o')
		owed(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view rest = view_make((const char *)data, size), name, said;
	struct fault why;
	struct arena a;
	char what;

	if (!view_split(&rest, '\n', &name) || !rest.ptr || !rest.len)
		return 0;
	what = rest.ptr[0];
	rest = view_sub(rest, 1, rest.len);
	arena_init(&a, 0);
	plain_forms(what, rest, &a);
	for (size_t i = 0; bot_platforms[i]; i++) {
		const struct bot *b;

		if (!view_is(name, bot_platforms[i]->name))
			continue;
		b = bot_of(bot_platforms[i]);
		if (what == 'd' || what == 'g')
			decode(b, what == 'd', rest, &a);
		else if (what == 'r')
			request(b, rest, &a);
		else if (what == 'a')
			api_says(b, rest, &a);
		else if (what == 'm' && b->platform->mirror)
			(void)b->platform->mirror->read(b, rest, &a, &said, &why);
	}
	arena_done(&a);
	return 0;
}
