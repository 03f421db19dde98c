/* SPDX-License-Identifier: Apache-2.0 */
/* wechat-crypt.c - WeChat's signature and seal. */
#include "bots/wechat-crypt.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>

#define RANDOM_BYTES 16
#define HEAD_BYTES   (RANDOM_BYTES + 4)
#define PADDING      32
#define PARTS_MAX    4

int wechat_key_read(struct view text, unsigned char ret[AES_KEY_BYTES])
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *last = text.len == WECHAT_KEY_CHARS ? strchr(digits, text.ptr[42]) : NULL;
	struct arena a;
	struct view key;
	int r;

	if (!last || !*last)
		return -EINVAL;
	arena_init(&a, 512);
	/* 43 digits are two bits more than a key has; the platform leaves them as chance has it. */
	r = base64_read(&a, arena_printf(&a, "%.42s%c=", text.ptr, digits[(last - digits) & ~3]),
			&key);
	if (r == 0 && key.len == AES_KEY_BYTES)
		memcpy(ret, key.ptr, AES_KEY_BYTES);
	else
		r = -EINVAL;
	arena_wipe(&a);
	arena_done(&a);
	return r;
}

static int by_bytes(const void *a, const void *b)
{
	return view_cmp(*(const struct view *)a, *(const struct view *)b);
}

struct view wechat_sign(struct arena *a, const struct view *parts, size_t n)
{
	struct view sorted[PARTS_MAX];
	unsigned char hash[SHA1_BYTES];

	if (n > PARTS_MAX)
		n = PARTS_MAX;
	memcpy(sorted, parts, n * sizeof(*parts));
	qsort(sorted, n, sizeof(*sorted), by_bytes);
	sha1(sorted, n, hash);
	return hex_of(a, hash, sizeof(hash));
}

enum bot_verdict wechat_unseal(struct arena *a, const unsigned char key[AES_KEY_BYTES],
			       struct view sealed, struct view receiver, struct view *ret,
			       struct view *ret_receiver)
{
	struct view bytes, plain, id;
	uint32_t len;

	if (base64_read(a, sealed, &bytes) < 0 ||
	    aes_decrypt(a, key, key, bytes, PADDING, &plain) < 0 || plain.len < HEAD_BYTES)
		return BOT_BAD_SEAL;
	memcpy(&len, plain.ptr + RANDOM_BYTES, sizeof(len));
	len = ntohl(len);
	/* The length is the sender's word: it must not lead out of what is there. */
	if (len > plain.len - HEAD_BYTES)
		return BOT_BAD_SEAL;
	id = view_sub(plain, HEAD_BYTES + len, plain.len);
	if (ret_receiver)
		*ret_receiver = id;
	if (receiver.ptr && !secret_eq(id, receiver) && (id.len || receiver.len))
		return BOT_WRONG_RECEIVER;
	*ret = view_sub(plain, HEAD_BYTES, len);
	return BOT_OK;
}

struct view wechat_seal(struct arena *a, const unsigned char key[AES_KEY_BYTES], struct view random,
			struct view plain, struct view receiver)
{
	size_t n = HEAD_BYTES + plain.len + receiver.len;
	char *all = arena_alloc(a, n + 1);
	uint32_t len = htonl((uint32_t)plain.len);

	if (random.ptr)
		memcpy(all, random.ptr, RANDOM_BYTES);
	else
		random_fill(all, RANDOM_BYTES);
	memcpy(all + RANDOM_BYTES, &len, sizeof(len));
	if (plain.len)
		memcpy(all + HEAD_BYTES, plain.ptr, plain.len);
	if (receiver.len)
		memcpy(all + HEAD_BYTES + plain.len, receiver.ptr, receiver.len);
	return base64_of(a, aes_encrypt(a, key, key, view_make(all, n), PADDING));
}

int wechat_keys_read(struct view token, struct view key, struct view previous, struct view receiver,
		     struct wechat_keys *ret, struct fault *why)
{
	struct wechat_keys k = {.token = token, .receiver = receiver};

	if (!token.len) {
		fault_set(why, "the Token is missing");
		return -EINVAL;
	}
	k.has_key = key.len > 0;
	k.has_previous = previous.len > 0;
	if (k.has_key && wechat_key_read(key, k.key) < 0) {
		fault_set(why, "aes_key is no EncodingAESKey: %d letters and digits are wanted",
			  WECHAT_KEY_CHARS);
		return -EINVAL;
	}
	if (k.has_previous && wechat_key_read(previous, k.previous) < 0) {
		fault_set(why,
			  "previous_aes_key is no EncodingAESKey: %d letters and digits are "
			  "wanted",
			  WECHAT_KEY_CHARS);
		return -EINVAL;
	}
	*ret = k;
	return 0;
}

static bool is_fresh(struct view timestamp, int64_t now_ms, int64_t window_ms)
{
	uint64_t seconds;
	int64_t ms;

	if (view_to_u64(timestamp, &seconds) < 0 || seconds > INT64_MAX / 1000)
		return false;
	ms = (int64_t)seconds * 1000;
	return ms >= now_ms - window_ms && ms <= now_ms + window_ms;
}

enum bot_verdict wechat_verify(const struct wechat_keys *k, struct view timestamp,
			       struct view nonce, struct view signature, struct view sealed,
			       int64_t now_ms, int64_t window_ms, struct arena *a)
{
	const struct view parts[] = {k->token, timestamp, nonce, sealed};

	if (!signature.len || !timestamp.len || !nonce.len || !k->token.len)
		return BOT_INCOMPLETE;
	if (!secret_eq(wechat_sign(a, parts, sealed.ptr ? 4 : 3), signature))
		return BOT_BAD_SIGNATURE;
	return is_fresh(timestamp, now_ms, window_ms) ? BOT_OK : BOT_STALE;
}

enum bot_verdict wechat_open(const struct wechat_keys *k, struct view sealed, struct arena *a,
			     struct view *ret)
{
	enum bot_verdict v = BOT_BAD_SEAL;

	if (k->has_key)
		v = wechat_unseal(a, k->key, sealed, k->receiver, ret, NULL);
	/* While a new key is rolled out, some of the platform's machines still use the old one. */
	if (v == BOT_BAD_SEAL && k->has_previous)
		v = wechat_unseal(a, k->previous, sealed, k->receiver, ret, NULL);
	return v;
}

struct wechat_sealed wechat_close(const struct wechat_keys *k, struct view plain, int64_t now_ms,
				  struct arena *a)
{
	struct wechat_sealed s = {
	    .encrypt = wechat_seal(a, k->key, view_make(NULL, 0), plain, k->receiver),
	    .timestamp = arena_printf(a, "%lld", (long long)(now_ms / 1000)),
	    .nonce = random_word(a, 10),
	};
	const struct view parts[] = {k->token, s.timestamp, s.nonce, s.encrypt};

	s.signature = wechat_sign(a, parts, 4);
	return s;
}
