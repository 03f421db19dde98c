/* SPDX-License-Identifier: Apache-2.0 */
/*
 * admin.h - the administrator's unix socket: one command a line, an answer, an empty line.
 *
 * Mode 0600: who may connect is whom the file system lets. Nothing of it is on the public port.
 */
#ifndef SERVE_ADMIN_H
#define SERVE_ADMIN_H

#include "base/error.h"

struct admin;
struct server;

/* 0 or -errno with *why. */
int admin_open(struct server *s, const char *path, struct admin **ret, struct fault *why);
void admin_close(struct admin *a);
/* The answer for those who asked for a reload and wait. */
void admin_tell(struct admin *a, const char *text);

#endif
