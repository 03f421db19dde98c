/* SPDX-License-Identifier: Apache-2.0 */
/*
 * link.h - packets between two processes of the server, over a stream socket of a pair.
 *
 * A packet has a type, an id, a body and perhaps descriptors. Sending never waits: what the other
 * side has not read yet is kept, up to a bound that the sender states. Loop's thread only.
 */
#ifndef SERVE_LINK_H
#define SERVE_LINK_H

#include <sys/types.h>

#include "base/loop.h"
#include "base/view.h"

/* Larger bodies are taken for rubbish. */
#define LINK_BODY_MAX (8 << 20)
/* What may wait for the other side at most, whatever is sent. */
#define LINK_WAITING_MAX (32 << 20)

struct link;

struct link_packet {
	uint32_t type;
	uint64_t id;
	struct view body;
	int *fds; /* close-on-exec; those that are not set to -1 are closed after the call */
	size_t n_fds;
};

struct link_user {
	void (*packet)(void *data, const struct link_packet *p);
	/* The other side has gone, or what came is rubbish; nothing comes any more. */
	void (*ended)(void *data);
	void *data;
};

/* Takes the descriptor. */
struct link *link_open(struct loop *loop, int fd, const struct link_user *user);
/* Fine from within a call, and for NULL. What waits is lost. */
void link_close(struct link *l);
/* False if it has ended, or if more than `bound` bytes would wait: then nothing was sent. */
bool link_send(struct link *l, uint32_t type, uint64_t id, struct view body, size_t bound);
/* With descriptors, which are copied. */
bool link_send_fds(struct link *l, uint32_t type, uint64_t id, struct view body, const int *fds,
		   size_t n_fds);
size_t link_waiting(const struct link *l);
/* Wait until all is sent, `ms` at most. */
void link_flush(struct link *l, int ms);

/* The packets in a run of bytes, for tests: how many bytes were used, or -EBADMSG. */
ssize_t link_parse(struct view bytes, const struct link_user *user);

#endif
