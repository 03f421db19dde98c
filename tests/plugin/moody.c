/* SPDX-License-Identifier: Apache-2.0 */
/* moody.c - crashes or dawdles when it is told to, and answers when it is not. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	volatile int *nowhere = NULL;

	(void)state;
	if (strcmp(request->text, "crash") == 0)
		*nowhere = 1;
	if (strncmp(request->text, "slow ", 5) == 0) /* and the seconds */
		sleep((unsigned)atoi(request->text + 5));
	return host->fill_from_guide(out, "permit.timing");
}

ZOO_ANIMAL("moody", answer);
