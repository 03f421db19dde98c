/* SPDX-License-Identifier: Apache-2.0 */
/* undecided.c - returns a number that means nothing. */
#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	return 42;
}

ZOO_ANIMAL("undecided", answer);
