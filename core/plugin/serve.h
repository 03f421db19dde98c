/* SPDX-License-Identifier: Apache-2.0 */
/* serve.h - the inside of wenlu-host: one plugin, asked through a socket, one ask at a time. */
#ifndef PLUGIN_SERVE_H
#define PLUGIN_SERVE_H

#include <stdbool.h>

#include "base/error.h"

struct serve_options {
	int socket;        /* the packets of packet.h */
	const char *image; /* what to dlopen */
	unsigned confined; /* told to the server */
	bool describe;     /* say what the plugin is, with its guide, and end */
};

/* Load and serve until the other side is gone. 0, or -errno after the server was told why. */
int serve_run(const struct serve_options *options);

/* ---- in the server's own process: code that the operator trusts (isolate = no) ---- */

struct serve;

/*
 * Open the image for asks that come over `socket`, as to a child: the same packets, looked at by
 * the other end in the same way. The socket is taken over. 0, or -errno with *why.
 */
int serve_open(int image_fd, int socket, struct serve **ret, struct fault *why);
/* Take what has come, at most one packet; runs the plugin's code. 0 or -errno. Not reentrant. */
int serve_turn(struct serve *s);
/* fini(), and the image is let go. NULL is fine. Not inside serve_turn(). */
void serve_close(struct serve *s);

#endif
