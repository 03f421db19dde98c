/* SPDX-License-Identifier: Apache-2.0 */
/*
 * admin.h - the administrator's unix socket: one command a line, an answer, an empty line.
 *
 * Mode 0600: who may connect is whom the file system lets. Nothing of it is on the public port.
 * What the commands are is not known here: one process answers for itself (commands.c), a parent
 * for all its workers (parent_admin.c).
 */
#ifndef SERVE_ADMIN_H
#define SERVE_ADMIN_H

#include "base/buf.h"
#include "base/error.h"
#include "base/loop.h"

struct admin;

struct admin_calls {
	/* Run a command. True: `out` has the answer. False: it comes by admin_answer(). */
	bool (*run)(void *data, uint64_t ticket, struct view name, struct view argument,
		    struct buf *out);
	void *data;
};

/* 0 or -errno with *why. */
int admin_open(struct loop *loop, const char *path, const struct admin_calls *calls,
	       struct admin **ret, struct fault *why);
void admin_close(struct admin *a);
/* The answer that this ticket waits for; who asked may have gone. */
void admin_answer(struct admin *a, uint64_t ticket, struct view text);

#endif
