/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crypto.h - what platforms sign and seal with, over OpenSSL.
 *
 * Everything that is compared with what a stranger sent is compared in constant time, and every
 * length in something decrypted is checked before it is used.
 */
#ifndef BOTS_CRYPTO_H
#define BOTS_CRYPTO_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"

#define SHA1_BYTES    20
#define SHA256_BYTES  32
#define AES_KEY_BYTES 32
#define AES_IV_BYTES  16

/* Equal, found out in a time that depends on the lengths alone. Empty is equal to nothing. */
bool secret_eq(struct view a, struct view b);

/* Of the pieces one after the other. */
void sha1(const struct view *pieces, size_t n, unsigned char ret[SHA1_BYTES]);
void sha256(const struct view *pieces, size_t n, unsigned char ret[SHA256_BYTES]);
void hmac_sha256(struct view key, const struct view *pieces, size_t n,
		 unsigned char ret[SHA256_BYTES]);

/* Lower-case hexadecimal, base64 (one line), base64url without padding; all in the arena. */
struct view hex_of(struct arena *a, const unsigned char *bytes, size_t n);
struct view base64_of(struct arena *a, struct view bytes);
struct view base64url_of(struct arena *a, struct view bytes);
/* Whole and strict, or -EBADMSG: no blanks, right padding, no stray bits at the end. */
int base64_read(struct arena *a, struct view text, struct view *ret);
int hex_read(struct arena *a, struct view text, struct view *ret);

/*
 * AES-256-CBC with PKCS#7 padding to blocks of `block` bytes (16, or WeChat's 32). Decrypting gives
 * -EBADMSG for anything whose length or padding is wrong.
 */
int aes_decrypt(struct arena *a, const unsigned char key[AES_KEY_BYTES],
		const unsigned char iv[AES_IV_BYTES], struct view sealed, size_t block,
		struct view *ret);
struct view aes_encrypt(struct arena *a, const unsigned char key[AES_KEY_BYTES],
			const unsigned char iv[AES_IV_BYTES], struct view plain, size_t block);

/* Ed25519 with a private key made of this 32-byte seed. */
void ed25519_sign(const unsigned char seed[32], struct view message, unsigned char ret[64]);
bool ed25519_verify_seed(const unsigned char seed[32], struct view message, struct view signature);

/* Aborts if the system has none. */
void random_fill(void *to, size_t n);
/* `n` letters and digits by chance. */
struct view random_word(struct arena *a, size_t n);

#endif
