/* SPDX-License-Identifier: Apache-2.0 */
/* host_packet.c - what a plugin's process may send: any bytes at all. */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "plugin/packet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view bytes = view_make((const char *)data, size);
	struct buf again = BUF_INIT;
	struct packet m;
	struct fault why;
	struct arena a;

	if (size > LIMIT_HOST_MESSAGE)
		return 0;
	arena_init(&a, 0);
	/* What is accepted is written again as the very same bytes. */
	if (packet_parse(&a, bytes, &m, &why) == 0) {
		packet_put(&again, &m);
		if (!view_eq(buf_view(&again), bytes))
			abort();
	}
	buf_done(&again);
	arena_done(&a);
	return 0;
}
