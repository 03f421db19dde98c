/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signature.h - was this plugin signed by somebody the operator trusts?
 *
 * Ed25519, detached, in a file beside the plugin: NAME.so.minisig as minisign(1) writes it (both
 * its ways of signing), or NAME.so.sig with the 64 bytes alone, as openssl pkeyutl -rawin writes
 * them. Looked at is always the sealed copy, never the file.
 */
#ifndef PLUGIN_SIGNATURE_H
#define PLUGIN_SIGNATURE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/view.h"

/* Whom the operator trusts. */
struct trust {
	const char *const *keys; /* as minisign -p shows them, or 32 bytes in base64 */
	size_t n_keys;
	bool is_required;
};

/* The longest signature file that is looked at. */
#define SIGNATURE_MAX 4096

/* 0, or -EINVAL with *why: what is wrong with a key of the allow-list. */
int trust_check_key(const char *key, struct fault *why);

/*
 * Hold `signature`, the bytes of a signature file, against `content`. 0, -EBADMSG when it is no
 * signature, -EKEYREJECTED when none of the keys made it for this content; with a sentence in *why.
 */
int signature_check(const struct trust *trust, struct view content, struct view signature,
		    struct fault *why);

#endif
