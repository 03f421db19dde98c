/* SPDX-License-Identifier: Apache-2.0 */
/*
 * assemble.h - one message out of the pieces in which it comes, never longer than the cap.
 *
 * A message that comes in one piece is not copied.
 */
#ifndef SERVE_ASSEMBLE_H
#define SERVE_ASSEMBLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct assembly {
	struct buf buf; /* empty unless a message is half here */
};

enum assembly_state {
	ASSEMBLY_MORE,     /* go on                                             */
	ASSEMBLY_WHOLE,    /* *ret is the message, valid until the next call    */
	ASSEMBLY_TOO_LONG, /* it is, or says it will be, longer than `max`      */
};

/*
 * Add a piece. `coming` is what the frame has announced beyond it, is_last that the message ends
 * with it. After TOO_LONG nothing is held.
 */
enum assembly_state assembly_add(struct assembly *a, struct view piece, uint64_t coming,
				 bool is_last, size_t max, struct view *ret);
/* The message has been dealt with: wipe what was copied, and free it. */
void assembly_clear(struct assembly *a);

#endif
