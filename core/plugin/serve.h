/* SPDX-License-Identifier: Apache-2.0 */
/* serve.h - the inside of wenlu-host: one plugin, asked through a socket, one ask at a time. */
#ifndef PLUGIN_SERVE_H
#define PLUGIN_SERVE_H

#include <stdbool.h>

struct serve_options {
	int socket;        /* the packets of packet.h */
	const char *image; /* what to dlopen */
	unsigned confined; /* told to the server */
	bool describe;     /* say what the plugin is, with its guide, and end */
};

/* Load and serve until the other side is gone. 0, or -errno after the server was told why. */
int serve_run(const struct serve_options *options);

#endif
