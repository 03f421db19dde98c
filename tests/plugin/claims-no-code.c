/* SPDX-License-Identifier: Apache-2.0 */
/* claims-no-code.c - claims an intent, but has no code. */
#include "zoo.h"

static const char *const claims[] = {"permit.timing", NULL};
ZOO_GUIDE("claims-no-code");
WENLU_PLUGIN(.name = "claims-no-code", .version = NULL, WENLU_GUIDE_ARRAY(zoo_guide),
	     .claims = claims);
