/* SPDX-License-Identifier: Apache-2.0 */
/* init-fails.c - its init() says no. */
#include "zoo.h"

static int32_t init(const struct wenlu_host *host, void **state)
{
	(void)host;
	(void)state;
	return WENLU_EFAULT;
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	return WENLU_DEFER;
}

ZOO_GUIDE("init-fails");
WENLU_PLUGIN(.name = "init-fails", .version = NULL, WENLU_GUIDE_ARRAY(zoo_guide), .claims = NULL,
	     .init = init, .answer = answer);
