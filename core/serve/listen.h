/* SPDX-License-Identifier: Apache-2.0 */
/*
 * listen.h - our own listening sockets: from the configuration, or handed over by whoever started
 * us.
 *
 * Accepting ourselves is what makes socket activation, a restart without loss and limits before any
 * protocol possible. Loop's thread only.
 */
#ifndef SERVE_LISTEN_H
#define SERVE_LISTEN_H

#include <sys/socket.h>

#include "base/loop.h"
#include "base/vec.h"
#include "serve/config.h"

#define LISTENER_NAME_MAX 160

struct listener {
	struct loop_io io;
	int fd;
	char name[LISTENER_NAME_MAX]; /* as logged: "127.0.0.1:8765", "unix:/run/…" */
	char *unlink_path;            /* of a unix socket that is ours */
};

typedef void listen_accepted(void *data, int fd, const struct sockaddr_storage *from);

struct listeners {
	VEC(struct listener *) list;
	int port; /* of the first internet socket; 0: none */
	struct loop *loop;
	listen_accepted *accepted;
	bool (*is_turn)(void *data);
	void *data;
	struct loop_timer pause; /* out of descriptors, or not our turn: try again after this */
	bool has_waited;         /* whose turn it is did not come: then we do */
	int64_t said_ms;         /* when the last pause was logged; 0: never */
};

/*
 * Sockets of LISTEN_FDS if there are any, else those of `listen` and `port`. Port 0 is chosen once
 * and shared by all addresses without a port of their own. 0 or -errno with *why and nothing open.
 */
int listen_open(struct listeners *l, const struct settings *s, struct fault *why);
/* Is this an address that `listen` takes? 0, or -EINVAL with *why; nothing is opened. */
int listen_check(const char *text, struct fault *why);
/* The same sockets, which the parent of this process opened: files of theirs stay the parent's. */
void listen_inherit(struct listeners *l, const struct listeners *from);
/* Accept from now on; the callback owns the descriptor (non-blocking, close-on-exec). */
void listen_start(struct listeners *l, struct loop *loop, listen_accepted *accepted, void *data);
/*
 * Of several processes with the same sockets one accepts at a time: while `is_turn` is false this
 * one looks away for a moment, so that another may. NULL: always.
 */
void listen_take_turns(struct listeners *l, bool (*is_turn)(void *data));
void listen_close(struct listeners *l);
/* Did accept(2) fail for want of something that others may give back? Then look away for a while.
 */
bool listen_is_short(int err);
#define LISTEN_PAUSE_MS 1000
/* A listening unix socket of this mode; a file left behind by a dead server is removed first.
 * The descriptor or -errno. */
int listen_unix(const char *path, unsigned mode);

#endif
