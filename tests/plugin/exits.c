/* SPDX-License-Identifier: Apache-2.0 */
/* exits.c - ends the process it runs in, as if all were well. */
#include <unistd.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	_exit(0);
}

ZOO_ANIMAL("exits", answer);
