/* SPDX-License-Identifier: Apache-2.0 */
/* too-much.c - says ten megabytes. */
#include <string.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	static char text[1900];

	memset(text, 'x', sizeof(text) - 1);
	for (int i = 0; i < 5500; i++)
		host->add_line(out, WENLU_FIELD_FEE + i % 6, text, "T1");
	return WENLU_OK;
}

ZOO_ANIMAL("too-much", answer);
