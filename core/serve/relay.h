/* SPDX-License-Identifier: Apache-2.0 */
/*
 * relay.h - conversations that another worker owns.
 *
 *	client ── conn with a relay ──┐        link        ┌── guest: a conn without a socket
 *	          (worker it reached) └──── messages ────▶ │   (worker that owns the conversation)
 *	                                ◀─── frames ───────┘
 *
 * A session token names the worker that owns it; nobody else ever changes that conversation. Who
 * comes with a token to another worker is passed on: his messages go to the owner as they are, and
 * the owner's frames come back as they are. The relay's end begins and ends everything. Nothing
 * waits: what a link cannot take is refused.
 */
#ifndef SERVE_RELAY_H
#define SERVE_RELAY_H

#include "serve/server.h"

struct relays *relays_new(struct server *s);
/* End all relays and guests, close all links. NULL is fine for both. */
void relays_stop(struct relays *r);
void relays_free(struct relays *r);
/* The way to that worker, from now on. Takes the descriptor. */
void relays_link(struct relays *r, unsigned worker, int fd);
/* Give up those that have waited too long for a worker to come back. Once a second. */
void relays_sweep(struct relays *r);

/* A message on a connection: true if it went to the owner of the conversation. */
bool relay_takes(struct conn *c, struct view frame);
/* A request packed by http_pass.c, to that worker. */
void relay_request(struct conn *c, unsigned owner, struct view parcel);
/* The connection goes, or goes elsewhere. Fine without a relay. */
void relay_end(struct conn *c);

/* The guest's end, called by conn.c. */
void guest_send(struct conn *c, struct frame *f);
void guest_close(struct conn *c);
void guest_cut(struct conn *c);
/* Its HTTP response is ready. */
void guest_writable(struct conn *c);

#endif
