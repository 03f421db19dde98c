/* SPDX-License-Identifier: Apache-2.0 */
/* loops.c - never stops thinking. */
#include "zoo.h"

static volatile int turns;

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	while (turns >= 0)
		turns = (turns + 1) & 0xffff;
	return WENLU_DEFER;
}

ZOO_ANIMAL("loops", answer);
