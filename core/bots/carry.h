/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carry.h - bots with their secrets from one process of the server to another.
 *
 * The parent of several workers reads wenlu.conf and the secrets' files once, so that all workers,
 * also one that is started later in place of another, have the same bots. Memory and no buffers of
 * a link: what is secret lies in one place.
 */
#ifndef BOTS_CARRY_H
#define BOTS_CARRY_H

#include "bots/config.h"

/* Sealed memory (close-on-exec) with all of it, or -errno. */
int bot_list_seal(const struct bot_list *l);
/* And back; the descriptor stays open. 0 or -errno. */
int bot_list_unseal(int fd, struct bot_list *ret);
/* The same from bytes. 0 or -EBADMSG. */
int bot_list_parse(struct view bytes, struct bot_list *ret);

#endif
