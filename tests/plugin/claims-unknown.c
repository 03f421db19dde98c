/* SPDX-License-Identifier: Apache-2.0 */
/* claims-unknown.c - claims an intent that nobody knows. */
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

static const char *const claims[] = {"permit.timming", NULL};
ZOO_GUIDE("claims-unknown");
WENLU_PLUGIN(.name = "claims-unknown", .version = NULL, WENLU_GUIDE_ARRAY(zoo_guide),
	     .claims = claims, .answer = answer);
