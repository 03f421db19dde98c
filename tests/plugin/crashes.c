/* SPDX-License-Identifier: Apache-2.0 */
/* crashes.c - writes to where nothing is. */
#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	volatile int *nowhere = (volatile int *)state;

	(void)host;
	(void)request;
	(void)out;
	*nowhere = 1;
	return WENLU_OK;
}

ZOO_ANIMAL("crashes", answer);
