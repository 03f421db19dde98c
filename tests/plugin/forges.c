/* SPDX-License-Identifier: Apache-2.0 */
/* forges.c - answers in the server's language behind the host's back, with a source nobody knows.
 */
#include <string.h>
#include <sys/socket.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	/* Type 7 (answer), id 1, OK, and then too little. */
	unsigned char packet[24] = {7, 0, 0, 0, 1};

	send(3, packet, sizeof(packet), 0);
	return WENLU_DEFER;
}

ZOO_ANIMAL("forges", answer);
