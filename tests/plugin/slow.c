/* SPDX-License-Identifier: Apache-2.0 */
/* slow.c - healthy, but takes six seconds: longer than a messaging platform waits. */
#include <stdio.h>
#include <unistd.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	static int calls;
	char text[64];

	(void)state;
	(void)request;
	sleep(6);
	snprintf(text, sizeof(text), "第%d次查询的结果", ++calls);
	if (host->fill_from_guide(out, NULL))
		return WENLU_EFAULT;
	host->set_max_age(out, 0);
	return host->set_summary(out, text, "T1");
}

ZOO_ANIMAL("slow", answer);
