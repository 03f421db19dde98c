/* SPDX-License-Identifier: Apache-2.0 */
/* admin-client.h - asking the running server through its administrator's socket. */
#ifndef CLI_ADMIN_CLIENT_H
#define CLI_ADMIN_CLIENT_H

#include "base/buf.h"

/*
 * Send one line, wait for the whole reply (at most ADMIN_PATIENCE_S without a byte) and add it to
 * *out, without the empty line that ends it. 0; -ENOENT or -ECONNREFUSED if no server listens
 * there; another -errno.
 */
#define ADMIN_PATIENCE_S 60
int admin_ask(const char *socket_path, struct view line, struct buf *out);

#endif
