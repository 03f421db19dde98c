/* SPDX-License-Identifier: Apache-2.0 */
/* relay_inside.h - what relay.c and guest.c have in common; private to them. */
#ifndef SERVE_RELAY_INSIDE_H
#define SERVE_RELAY_INSIDE_H

#include "base/vec.h"
#include "serve/link.h"
#include "serve/relay.h"

/* From a relay to its guest, and back. */
enum {
	TO_MESSAGE = 1, /* seconds to wait (uint32_t), the frame  */
	TO_REQUEST,     /* see http_pass.c                        */
	TO_END,         /* the connection has gone                */
	BACK_FRAME,
	BACK_MISSED, /* a frame that may go beyond the queue's bound */
	BACK_CLOSE,  /* code (uint16_t), once all before is sent     */
	BACK_CUT,
	BACK_RESPONSE, /* see http_passed()                            */
};

struct guest {
	struct conn *conn;
	uint64_t id;
	unsigned from;
};

struct way {
	struct relays *relays;
	unsigned worker;
	struct link *link; /* NULL: that worker is not there */
	VEC(struct guest *) guests;
};

struct relays {
	struct server *server;
	VEC(struct relay *) all; /* by place; NULL is free */
	VEC(uint32_t) free;
	uint32_t serial;
	size_t n_waiting;
	struct buf packet;
	struct way ways[];
};

/* A packet for a guest. */
void guests_take(struct way *w, const struct link_packet *p);
/* All that came this way. */
void guests_end(struct way *w);

#endif
