/* SPDX-License-Identifier: Apache-2.0 */
/* greedy.c - takes all the memory there is. */
#include <stdlib.h>
#include <string.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	for (;;) {
		/* Volatile, or an optimizer sees that nobody reads it and takes no memory at all.
		 */
		char *volatile piece = malloc(16 << 20);

		if (!piece)
			return WENLU_EBUSY;
		memset(piece, 1, 16 << 20);
	}
}

ZOO_ANIMAL("greedy", answer);
