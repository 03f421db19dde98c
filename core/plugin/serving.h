/* SPDX-License-Identifier: Apache-2.0 */
/* serving.h - the inside of serve.c, shared with serve-http.c and nobody else. */
#ifndef PLUGIN_SERVING_H
#define PLUGIN_SERVING_H

#include <stdatomic.h>
#include <wenlu/plugin.h>

#include "base/vec.h"
#include "know/guide.h"
#include "plugin/load.h"
#include "plugin/packet.h"

struct setting {
	struct view key, value;
};

/* A packet that came while a reply from outside was waited for. */
struct kept {
	struct kept *next;
	size_t len;
	char bytes[];
};

struct serve {
	const struct packet_ask *asked; /* while answer() runs */
	int socket;
	bool is_inside; /* in the server's own process: it must not wait */
	struct loaded plugin;
	struct guide guide;
	struct arena lasting; /* guide and settings  */
	struct arena passing; /* one ask             */
	VEC(struct setting) settings;
	struct wenlu_host table;
	_Atomic int64_t deadline; /* of the ask under way, clock_ms(); 0 = none */
	void *state;
	bool is_ready;
	struct buf out;
	struct kept *kept; /* in their order */
	size_t n_kept;
	uint32_t last_fetch;
	char in[LIMIT_HOST_MESSAGE];
	char in_between[LIMIT_HOST_MESSAGE];
};

int serve_send(struct serve *s, const struct packet *m);

/* ---- serve-http.c ---- */

extern const struct wenlu_http_host serve_http;
/* The next of the packets that came in between, into s->in; 0 if there is none. */
ssize_t serve_take_kept(struct serve *s);

#endif
