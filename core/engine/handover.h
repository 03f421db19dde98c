/* SPDX-License-Identifier: Apache-2.0 */
/*
 * handover.h - sealed memory from one process to another: descriptors over a socket pair.
 *
 * A handover is a list of descriptors, some in each packet; the last packet says so.
 */
#ifndef ENGINE_HANDOVER_H
#define ENGINE_HANDOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

struct handover {
	VEC(int) fds;
	bool is_whole;
};

/* Send all of them; waits. 0 or -errno. They stay the sender's. */
int handover_send(int socket, const int *fds, size_t n);
/*
 * Take one packet in: 0 (see is_whole), -EPIPE when the other side has ended, -EAGAIN with `wait`
 * false, -EBADMSG, or another -errno.
 */
int handover_receive(struct handover *h, int socket, bool wait);
/* Close what is still in it (-1 are those that were taken out). */
void handover_done(struct handover *h);

#endif
