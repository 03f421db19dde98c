/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wechat-crypt.h - how WeChat and WeCom sign and seal: the scheme their documents call
 * 消息加解密.
 *
 *	signature      = hex SHA-1 of the sorted, joined strings
 *	sealed message = base64 AES-256-CBC(16 random bytes, length as uint32 in network order,
 *	                 message, receiver id; PKCS#7 to 32), IV = the key's first half
 */
#ifndef BOTS_WECHAT_CRYPT_H
#define BOTS_WECHAT_CRYPT_H

#include "base/error.h"
#include "bots/crypto.h"
#include "bots/platform.h"

#define WECHAT_KEY_CHARS 43

/* EncodingAESKey (43 characters) into a key: 0, or -EINVAL. */
int wechat_key_read(struct view text, unsigned char ret[AES_KEY_BYTES]);

/* The signature over these strings, at most 4, in any order. */
struct view wechat_sign(struct arena *a, const struct view *parts, size_t n);

/* Unseal; `receiver` with ptr NULL takes any. *ret_receiver may be NULL. Gives BOT_OK, BOT_BAD_SEAL
 * or BOT_WRONG_RECEIVER. */
enum bot_verdict wechat_unseal(struct arena *a, const unsigned char key[AES_KEY_BYTES],
			       struct view sealed, struct view receiver, struct view *ret,
			       struct view *ret_receiver);
/* Seal; `random` are 16 bytes, ptr NULL: fresh ones. */
struct view wechat_seal(struct arena *a, const unsigned char key[AES_KEY_BYTES], struct view random,
			struct view plain, struct view receiver);

/* What an account is configured with. */
struct wechat_keys {
	struct view token, receiver; /* receiver: AppID, CorpID, or "" */
	unsigned char key[AES_KEY_BYTES], previous[AES_KEY_BYTES];
	bool has_key, has_previous;
};
/* Keys may be "": then nothing sealed is read. 0 or -EINVAL with *why. */
int wechat_keys_read(struct view token, struct view key, struct view previous, struct view receiver,
		     struct wechat_keys *ret, struct fault *why);
/* Is it signed by the platform, and now? `sealed` with ptr NULL: the signature without a body. */
enum bot_verdict wechat_verify(const struct wechat_keys *k, struct view timestamp,
			       struct view nonce, struct view signature, struct view sealed,
			       int64_t now_ms, int64_t window_ms, struct arena *a);
/* Unseal with the key, or with the one before. */
enum bot_verdict wechat_open(const struct wechat_keys *k, struct view sealed, struct arena *a,
			     struct view *ret);

struct wechat_sealed {
	struct view encrypt, signature, timestamp, nonce;
};
/* Sealed and signed with the key there is. */
struct wechat_sealed wechat_close(const struct wechat_keys *k, struct view plain, int64_t now_ms,
				  struct arena *a);

/* The signed parts of a request, for explaining. */
struct wechat_asked {
	struct view timestamp, nonce, signature, sealed; /* sealed.ptr NULL: there is none */
	int64_t now_ms;
};
/* Why it got this verdict; `receiver_key` is the setting that names the account. */
void wechat_explain(const struct wechat_keys *k, const struct wechat_asked *asked,
		    enum bot_verdict verdict, const char *receiver_key, struct arena *a,
		    struct buf *out);

#endif
