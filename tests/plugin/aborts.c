/* SPDX-License-Identifier: Apache-2.0 */
/* aborts.c - gives up, as assert() would, in the middle of an answer. */
#include <stdlib.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)request;
	host->fill_from_guide(out, NULL);
	abort();
}

ZOO_ANIMAL("aborts", answer);
