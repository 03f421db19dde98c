/* SPDX-License-Identifier: Apache-2.0 */
/* defers.c - knows that it does not know. */
#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	return WENLU_DEFER;
}

ZOO_ANIMAL("defers", answer);
