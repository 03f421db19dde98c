/* SPDX-License-Identifier: Apache-2.0 */
/* sleeps.c - waits for something that never comes. */
#include <unistd.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	do
		sleep(1000);
	while (!state);
	return WENLU_DEFER;
}

ZOO_ANIMAL("sleeps", answer);
