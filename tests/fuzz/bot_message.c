/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bot_message.c - fuzz target: whatever a platform's body holds once its seal and signature are
 * right, it is read as a message or refused. The first byte chooses the platform; for those that
 * seal like WeChat the bytes are also the inside of a seal, its length word with them.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "bots/crypto.h"
#include "bots/platform.h"
#include "bots/wechat-crypt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As a secret of any platform it will do, as WeChat's key too. */
#define SECRET "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

static void open_bot(struct bot *b, const struct bot_platform *p)
{
	struct fault why;

	*b = (struct bot){.name = p->name, .platform = p, .api_base = view_of(p->api_base)};
	arena_init(&b->arena, 0);
	for (size_t i = 0; i < p->n_keys; i++) {
		const struct bot_key *k = &p->keys[i];

		b->values[i] = k->value                    ? view_of(k->value)
			       : k->kind == BOT_KEY_SECRET ? VIEW(SECRET)
							   : VIEW("1000002");
	}
	if (p->open(b, &why) < 0)
		abort();
}

static void check(const struct bot *b, const struct bot_message *m, struct arena *a)
{
	struct bot_call call = {.n_headers = 0};
	struct view body;

	if (m->kind > BOT_IGNORED || (m->kind == BOT_TEXT && !m->text.len) ||
	    !utf8_is_valid(m->text, NULL))
		abort();
	if (m->kind == BOT_ECHO || m->kind == BOT_IGNORED || !m->id.len || !m->user.len)
		return;
	if (!b->platform->encode(b, m, VIEW("好"), 1800000000000, a, &body))
		abort();
	if (b->platform->api && b->platform->api->can_send(b, m, 1800000000000)) {
		b->platform->api->send_call(b, m, VIEW("好"), 0, VIEW("t"), a, &call);
		if (!view_starts(call.url, b->api_base))
			abort();
	}
}

static void unseal(struct view inside, struct arena *a)
{
	static const unsigned char key[AES_KEY_BYTES] = {1};
	struct view plain;

	if (wechat_unseal(a, key, base64_of(a, aes_encrypt(a, key, key, inside, 32)),
			  view_make(NULL, 0), &plain, NULL) == BOT_OK &&
	    plain.len > inside.len)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bot_request q = {.is_post = true, .now_ms = 1800000000000};
	struct bot_verified v = {.plain = VIEW("")};
	struct bot_message m = {.kind = BOT_OTHER, .text = VIEW("")};
	struct fault why;
	size_t n = 0;
	struct bot b;
	struct arena a;

	if (size == 0)
		return 0;
	while (bot_platforms[n])
		n++;
	arena_init(&a, 0);
	open_bot(&b, bot_platforms[data[0] % n]);
	q.body = v.plain = view_make((const char *)data + 1, size - 1);
	if (b.platform->decode(&b, &q, &v, &a, &m, &why) == BOT_OK)
		check(&b, &m, &a);
	/* Nothing of it is signed. */
	if (b.platform->verify(&b, &q, &a, &v, &why) == BOT_OK)
		abort();
	unseal(q.body, &a);
	arena_done(&b.arena);
	arena_done(&a);
	return 0;
}
