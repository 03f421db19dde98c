/* SPDX-License-Identifier: Apache-2.0 */
/* crypto.c - OpenSSL's EVP in the few shapes that are needed here. */
#include "bots/crypto.h"

#include <errno.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/error.h"

static void must(int done, const char *what)
{
	if (done <= 0)
		die("OpenSSL cannot do %s", what);
}

bool secret_eq(struct view a, struct view b)
{
	return a.len > 0 && a.len == b.len && CRYPTO_memcmp(a.ptr, b.ptr, a.len) == 0;
}

static void digest(const EVP_MD *md, const struct view *pieces, size_t n, unsigned char *ret)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	must(ctx && EVP_DigestInit_ex(ctx, md, NULL), EVP_MD_get0_name(md));
	for (size_t i = 0; i < n; i++)
		if (pieces[i].len)
			must(EVP_DigestUpdate(ctx, pieces[i].ptr, pieces[i].len), "a digest");
	must(EVP_DigestFinal_ex(ctx, ret, NULL), "a digest");
	EVP_MD_CTX_free(ctx);
}

void sha1(const struct view *pieces, size_t n, unsigned char ret[SHA1_BYTES])
{
	digest(EVP_sha1(), pieces, n, ret);
}

void sha256(const struct view *pieces, size_t n, unsigned char ret[SHA256_BYTES])
{
	digest(EVP_sha256(), pieces, n, ret);
}

void hmac_sha256(struct view key, const struct view *pieces, size_t n,
		 unsigned char ret[SHA256_BYTES])
{
	struct buf all = BUF_INIT;
	unsigned len = SHA256_BYTES;

	for (size_t i = 0; i < n; i++)
		buf_view_add(&all, pieces[i]);
	must(key.len <= INT_MAX &&
		 HMAC(EVP_sha256(), key.ptr ? key.ptr : "", (int)key.len,
		      (const unsigned char *)(all.ptr ? all.ptr : ""), all.len, ret, &len) != NULL,
	     "HMAC");
	if (all.ptr)
		OPENSSL_cleanse(all.ptr, all.cap);
	buf_done(&all);
}

struct view hex_of(struct arena *a, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *out = arena_alloc(a, 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	return view_make(out, 2 * n);
}

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct view base64_of(struct arena *a, struct view bytes)
{
	const unsigned char *in = (const unsigned char *)bytes.ptr;
	char *out = arena_alloc(a, (bytes.len + 2) / 3 * 4 + 1);
	size_t n = 0;

	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t bits = (uint32_t)in[i] << 16 | (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) |
				(left > 2 ? in[i + 2] : 0);

		out[n++] = base64_digits[bits >> 18];
		out[n++] = base64_digits[bits >> 12 & 63];
		out[n++] = left > 1 ? base64_digits[bits >> 6 & 63] : '=';
		out[n++] = left > 2 ? base64_digits[bits & 63] : '=';
	}
	return view_make(out, n);
}

struct view base64url_of(struct arena *a, struct view bytes)
{
	struct view v = base64_of(a, bytes);
	char *p = (char *)v.ptr;

	while (v.len > 0 && p[v.len - 1] == '=')
		v.len--;
	for (size_t i = 0; i < v.len; i++)
		p[i] = p[i] == '+' ? '-' : p[i] == '/' ? '_' : p[i];
	return v;
}

static int base64_digit(char c)
{
	const char *at = c ? strchr(base64_digits, c) : NULL;

	return at ? (int)(at - base64_digits) : -1;
}

int base64_read(struct arena *a, struct view text, struct view *ret)
{
	size_t n_pad = 0, n = 0;
	unsigned char *out;

	if (text.len == 0 || text.len % 4)
		return -EBADMSG;
	while (n_pad < 2 && text.ptr[text.len - 1 - n_pad] == '=')
		n_pad++;
	out = arena_alloc(a, text.len / 4 * 3);
	for (size_t i = 0; i < text.len; i += 4) {
		size_t n_bytes = i + 4 == text.len ? 3 - n_pad : 3;
		uint32_t bits = 0;

		for (size_t j = 0; j < 4; j++) {
			int digit = j > n_bytes ? 0 : base64_digit(text.ptr[i + j]);

			if (digit < 0)
				return -EBADMSG;
			bits = bits << 6 | (uint32_t)digit;
		}
		if (bits & ((1u << (8 * (3 - n_bytes))) - 1))
			return -EBADMSG;
		for (size_t j = 0; j < n_bytes; j++)
			out[n++] = (unsigned char)(bits >> (16 - 8 * j));
	}
	*ret = view_make((char *)out, n);
	return 0;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int hex_read(struct arena *a, struct view text, struct view *ret)
{
	char *out = arena_alloc(a, text.len / 2 + 1);

	if (text.len == 0 || text.len % 2)
		return -EBADMSG;
	for (size_t i = 0; i < text.len; i += 2) {
		int high = hex_digit(text.ptr[i]), low = hex_digit(text.ptr[i + 1]);

		if (high < 0 || low < 0)
			return -EBADMSG;
		out[i / 2] = (char)(high << 4 | low);
	}
	*ret = view_make(out, text.len / 2);
	return 0;
}

/* Without OpenSSL's padding: it knows no blocks of 32. */
static void cbc(bool is_encrypting, const unsigned char *key, const unsigned char *iv,
		struct view in, unsigned char *out)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int n = 0, last = 0;

	must(ctx && in.len < INT_MAX / 2 &&
		 EVP_CipherInit_ex(ctx, EVP_aes_256_cbc(), NULL, key, iv, is_encrypting),
	     "AES-256-CBC");
	EVP_CIPHER_CTX_set_padding(ctx, 0);
	must(EVP_CipherUpdate(ctx, out, &n, (const unsigned char *)in.ptr, (int)in.len),
	     "AES-256-CBC");
	must(EVP_CipherFinal_ex(ctx, out + n, &last), "AES-256-CBC");
	EVP_CIPHER_CTX_free(ctx);
}

int aes_decrypt(struct arena *a, const unsigned char key[AES_KEY_BYTES],
		const unsigned char iv[AES_IV_BYTES], struct view sealed, size_t block,
		struct view *ret)
{
	unsigned char *out;
	size_t pad;
	unsigned wrong = 0;

	if (sealed.len == 0 || sealed.len % 16 || sealed.len > INT_MAX / 2)
		return -EBADMSG;
	out = arena_alloc(a, sealed.len + 16);
	cbc(false, key, iv, sealed, out);
	pad = out[sealed.len - 1];
	if (pad == 0 || pad > block || pad > sealed.len)
		return -EBADMSG;
	for (size_t i = 0; i < pad; i++)
		wrong |= out[sealed.len - 1 - i] ^ (unsigned)pad;
	if (wrong)
		return -EBADMSG;
	*ret = view_make((char *)out, sealed.len - pad);
	return 0;
}

struct view aes_encrypt(struct arena *a, const unsigned char key[AES_KEY_BYTES],
			const unsigned char iv[AES_IV_BYTES], struct view plain, size_t block)
{
	size_t pad = block - plain.len % block, n = plain.len + pad;
	char *in = arena_alloc(a, n);
	unsigned char *out = arena_alloc(a, n + 16);

	if (plain.len)
		memcpy(in, plain.ptr, plain.len);
	memset(in + plain.len, (int)pad, pad);
	cbc(true, key, iv, view_make(in, n), out);
	return view_make((char *)out, n);
}

void ed25519_sign(const unsigned char seed[32], struct view message, unsigned char ret[64])
{
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t len = 64;

	must(key && ctx && EVP_DigestSignInit(ctx, NULL, NULL, NULL, key), "Ed25519");
	must(EVP_DigestSign(ctx, ret, &len, (const unsigned char *)message.ptr, message.len),
	     "Ed25519");
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
}

bool ed25519_verify_seed(const unsigned char seed[32], struct view message, struct view signature)
{
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool is_good;

	must(key && ctx && EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key), "Ed25519");
	is_good = signature.len == 64 &&
		  EVP_DigestVerify(ctx, (const unsigned char *)signature.ptr, signature.len,
				   (const unsigned char *)message.ptr, message.len) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return is_good;
}

void random_fill(void *to, size_t n)
{
	must(n <= INT_MAX && RAND_bytes(to, (int)n) == 1, "random numbers");
}

struct view random_word(struct arena *a, size_t n)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789AB";
	char *out = arena_alloc(a, n + 1);

	random_fill(out, n);
	for (size_t i = 0; i < n; i++)
		out[i] = letters[(unsigned char)out[i] & 63];
	out[n] = '\0';
	return view_make(out, n);
}
