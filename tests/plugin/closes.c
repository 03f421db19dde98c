/* SPDX-License-Identifier: Apache-2.0 */
/* closes.c - closes every descriptor it can, and lives on. */
#include <unistd.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	for (int fd = 0; fd < 64; fd++)
		close(fd);
	sleep(1000);
	return host->fill_from_guide(out, NULL);
}

ZOO_ANIMAL("closes", answer);
