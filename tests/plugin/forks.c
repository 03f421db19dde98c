/* SPDX-License-Identifier: Apache-2.0 */
/* forks.c - has a child say the answer, and a hundred more that wait; then it waits for them. */
#include <unistd.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)request;
	for (int i = 0; i < 100; i++)
		if (fork() == 0) {
			host->set_summary(out, "据资料（未核实），杭州约2个工作日。", "T1");
			_exit(0);
		}
	for (;;)
		pause();
	return WENLU_OK;
}

ZOO_ANIMAL("forks", answer);
