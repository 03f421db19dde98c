/* SPDX-License-Identifier: Apache-2.0 */
/* signature.c - signatures of plugins, made here in both formats with keys of the moment. */
#include "plugin/signature.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

#include "tap.h"

static EVP_PKEY *pair;
static char raw_key[64], minisign_key[80];

static const char id[8] = {1, 2, 3, 4, 5, 6, 7, 8};

static void encode(const void *bytes, size_t n, char *out)
{
	EVP_EncodeBlock((unsigned char *)out, bytes, (int)n);
}

static void make_keys(void)
{
	unsigned char public[42] = {'E', 'd'};
	size_t n = 32;

	pair = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	memcpy(public + 2, id, sizeof(id));
	EVP_PKEY_get_raw_public_key(pair, public + 10, &n);
	encode(public + 10, 32, raw_key);
	encode(public, sizeof(public), minisign_key);
}

static void sign(struct view content, unsigned char *out)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t n = 64;

	EVP_DigestSignInit(context, NULL, NULL, NULL, pair);
	EVP_DigestSign(context, out, &n, (const unsigned char *)content.ptr, content.len);
	EVP_MD_CTX_free(context);
}

/* As minisign writes it; hashed is what it does by itself. */
static const char *minisign(struct view content, bool is_hashed, const char *comment)
{
	static char text[1024];
	unsigned char blob[74] = {'E', (unsigned char)(is_hashed ? 'D' : 'd')}, both[512], hash[64];
	char one[128], two[128];
	unsigned int n = sizeof(hash);

	memcpy(blob + 2, id, sizeof(id));
	if (is_hashed) {
		EVP_Digest(content.ptr, content.len, hash, &n, EVP_blake2b512(), NULL);
		content = view_make((const char *)hash, n);
	}
	sign(content, blob + 10);
	memcpy(both, blob + 10, 64);
	memcpy(both + 64, comment, strlen(comment));
	encode(blob, sizeof(blob), one);
	sign(view_make((const char *)both, 64 + strlen(comment)), hash);
	encode(hash, 64, two);
	snprintf(text, sizeof(text), "untrusted comment: x\n%s\ntrusted comment: %s\n%s\n", one,
		 comment, two);
	return text;
}

static int check(const char *key, struct view content, struct view signature)
{
	const char *keys[] = {key};
	struct trust trust = {keys, 1, true};
	struct fault why;

	return signature_check(&trust, content, signature, &why);
}

int main(void)
{
	const struct view content = VIEW("a plugin"), other = VIEW("a plugim");
	const struct trust nobody = {NULL, 0, true};
	unsigned char raw[64];
	struct fault why;
	const char *text;
	char bent[1024];

	make_keys();
	sign(content, raw);
	ok(trust_check_key(raw_key, &why) == 0, "32 bytes in base64 are a key");
	ok(trust_check_key(minisign_key, &why) == 0, "what minisign prints is a key");
	ok(trust_check_key("abc", &why) < 0 && trust_check_key("", &why) < 0,
	   "other words are none");
	ok(check(raw_key, content, view_make((const char *)raw, 64)) == 0,
	   "64 bytes by a trusted key are right");
	ok(check(raw_key, other, view_make((const char *)raw, 64)) < 0,
	   "for other content they are not");
	text = minisign(content, true, "timestamp:1");
	ok(check(minisign_key, content, view_of(text)) == 0, "minisign's own way is right");
	ok(check(raw_key, content, view_of(text)) == 0, "also with the key's bytes alone");
	ok(check(minisign_key, other, view_of(text)) < 0, "not for other content");
	snprintf(bent, sizeof(bent), "%s", text);
	*strstr(bent, "timestamp") = 'T';
	ok(check(minisign_key, content, view_of(bent)) < 0, "a trusted comment cannot be changed");
	ok(check(minisign_key, content, view_of(minisign(content, false, "t"))) == 0,
	   "minisign's older way is right");
	ok(check(minisign_key, content, VIEW("untrusted comment: x\nnothing\n")) < 0 &&
	       check(minisign_key, content, VIEW("")) < 0,
	   "what is no signature is refused");
	ok(signature_check(&nobody, content, view_make((const char *)raw, 64), &why) < 0,
	   "without keys nothing is right");
	EVP_PKEY_free(pair);
	make_keys();
	ok(check(raw_key, content, view_make((const char *)raw, 64)) < 0,
	   "somebody else's key did not make it");
	EVP_PKEY_free(pair);
	return done();
}
