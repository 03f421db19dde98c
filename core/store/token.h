/* SPDX-License-Identifier: Apache-2.0 */
/*
 * token.h - the names of conversations: 128 random bits as base64url without padding. The first
 * digit, modulo their number, says which of several processes owns the conversation.
 */
#ifndef STORE_TOKEN_H
#define STORE_TOKEN_H

#include <stddef.h>

#include "base/view.h"
#include "dialog/session.h"

/* From the system; the process ends if there are none. */
void token_random(void *to, size_t len);
void token_format(const unsigned char bits[16], char out[SESSION_TOKEN_LEN]);
/* A new one that process `self` of `n` owns. */
void token_new(unsigned self, unsigned n, char out[SESSION_TOKEN_LEN]);
/* Who owns it; `self` if it is no token. */
unsigned token_owner(struct view token, unsigned self, unsigned n);

#endif
