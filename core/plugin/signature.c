/* SPDX-License-Identifier: Apache-2.0 */
/* signature.c - see signature.h; the format is described in minisign(1). */
#include "plugin/signature.h"

#include <errno.h>
#include <openssl/evp.h>

#define KEY_BYTES       32
#define ID_BYTES        8
#define SIGNATURE_BYTES 64
#define HASH_BYTES      64
#define COMMENT_MAX     1024

struct key {
	bool has_id;
	unsigned char id[ID_BYTES];
	unsigned char bytes[KEY_BYTES];
};

struct signature {
	bool is_minisign, is_hashed;
	unsigned char id[ID_BYTES];
	unsigned char bytes[SIGNATURE_BYTES];
	unsigned char global[SIGNATURE_BYTES]; /* of bytes and the trusted comment */
	struct view comment;
};

/* Base64 of exactly n bytes. */
static bool decode(struct view text, unsigned char *out, size_t n)
{
	unsigned char room[160];
	size_t len = (n + 2) / 3 * 4;

	if (text.len != len || n > sizeof(room) - 3)
		return false;
	if (EVP_DecodeBlock(room, (const unsigned char *)text.ptr, (int)text.len) < (int)n)
		return false;
	/* What the padding says must be what is wanted. */
	for (size_t i = 0; i < len; i++) {
		bool is_pad = i >= len - (3 - n % 3) % 3;

		if ((text.ptr[i] == '=') != is_pad)
			return false;
	}
	memcpy(out, room, n);
	return true;
}

static bool key_parse(struct view text, struct key *ret)
{
	unsigned char room[2 + ID_BYTES + KEY_BYTES];
	struct key k = {.has_id = false};

	if (decode(text, k.bytes, KEY_BYTES)) {
		*ret = k;
		return true;
	}
	if (!decode(text, room, sizeof(room)) || room[0] != 'E' || room[1] != 'd')
		return false;
	k.has_id = true;
	memcpy(k.id, room + 2, ID_BYTES);
	memcpy(k.bytes, room + 2 + ID_BYTES, KEY_BYTES);
	*ret = k;
	return true;
}

int trust_check_key(const char *key, struct fault *why)
{
	struct key k;

	if (key_parse(view_of(key), &k))
		return 0;
	fault_set(why,
		  "'%.60s' is no public key: the 56 characters that minisign prints, or 32 bytes "
		  "in base64 (44 characters)",
		  key);
	return -EINVAL;
}

static bool skip_head(struct view *line, const char *head)
{
	struct view h = view_of(head);

	if (!view_starts(*line, h))
		return false;
	*line = view_sub(*line, h.len, line->len);
	return true;
}

/* An untrusted comment, the signature, a trusted comment, and a signature over both of these. */
static bool parse_minisign(struct view text, struct signature *s)
{
	unsigned char room[2 + ID_BYTES + SIGNATURE_BYTES];
	struct view line;

	if (!view_split(&text, '\n', &line) || !skip_head(&line, "untrusted comment:"))
		return false;
	if (!view_split(&text, '\n', &line) || !decode(view_trim(line), room, sizeof(room)))
		return false;
	if (room[0] != 'E' || (room[1] != 'd' && room[1] != 'D'))
		return false;
	s->is_minisign = true;
	s->is_hashed = room[1] == 'D';
	memcpy(s->id, room + 2, ID_BYTES);
	memcpy(s->bytes, room + 2 + ID_BYTES, SIGNATURE_BYTES);
	if (!view_split(&text, '\n', &line) || !skip_head(&line, "trusted comment: ") ||
	    line.len > COMMENT_MAX)
		return false;
	s->comment = line;
	return view_split(&text, '\n', &line) &&
	       decode(view_trim(line), s->global, SIGNATURE_BYTES);
}

static bool signature_parse(struct view text, struct signature *ret)
{
	struct signature s = {.is_minisign = false};

	if (text.len == SIGNATURE_BYTES)
		memcpy(s.bytes, text.ptr, SIGNATURE_BYTES);
	else if (!parse_minisign(text, &s))
		return false;
	*ret = s;
	return true;
}

static bool verify(const struct key *key, struct view content, const unsigned char *signature)
{
	EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key->bytes, KEY_BYTES);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool is_right = pkey && context &&
			EVP_DigestVerifyInit(context, NULL, NULL, NULL, pkey) == 1 &&
			EVP_DigestVerify(context, signature, SIGNATURE_BYTES,
					 (const unsigned char *)content.ptr, content.len) == 1;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(pkey);
	return is_right;
}

static bool is_by(const struct key *key, const struct signature *s, struct view content)
{
	unsigned char hash[HASH_BYTES];
	unsigned char both[SIGNATURE_BYTES + COMMENT_MAX];
	unsigned int n = sizeof(hash);

	if (key->has_id && s->is_minisign && memcmp(key->id, s->id, ID_BYTES) != 0)
		return false;
	if (s->is_hashed) {
		if (EVP_Digest(content.ptr, content.len, hash, &n, EVP_blake2b512(), NULL) != 1)
			return false;
		content = view_make((const char *)hash, n);
	}
	if (!verify(key, content, s->bytes))
		return false;
	if (!s->is_minisign)
		return true;
	memcpy(both, s->bytes, SIGNATURE_BYTES);
	memcpy(both + SIGNATURE_BYTES, s->comment.ptr, s->comment.len);
	return verify(key, view_make((const char *)both, SIGNATURE_BYTES + s->comment.len),
		      s->global);
}

int signature_check(const struct trust *trust, struct view content, struct view signature,
		    struct fault *why)
{
	struct signature s;

	if (!signature_parse(signature, &s)) {
		fault_set(why, "its signature file holds no signature: 64 bytes, or what "
			       "minisign -S writes");
		return -EBADMSG;
	}
	for (size_t i = 0; i < trust->n_keys; i++) {
		struct key key;

		/* A key that cannot be read opens nothing. */
		if (key_parse(view_of(trust->keys[i]), &key) && is_by(&key, &s, content))
			return 0;
	}
	fault_set(why, "its signature does not fit: it was changed after it was signed, or signed "
		       "with a key that is not among trusted_keys");
	return -EKEYREJECTED;
}
