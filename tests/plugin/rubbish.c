/* SPDX-License-Identifier: Apache-2.0 */
/* rubbish.c - writes to descriptors that are not its own. */
#include <string.h>
#include <unistd.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	char noise[300];

	memset(noise, 0xfe, sizeof(noise));
	for (int fd = 0; fd < 16; fd++)
		if (write(fd, noise, sizeof(noise)) < 0)
			continue;
	return host->fill_from_guide(out, NULL);
}

ZOO_ANIMAL("rubbish", answer);
