/* SPDX-License-Identifier: Apache-2.0 */
/* crashes-early.c - crashes while it is opened: nothing of ours has run yet. */
#include <stdlib.h>

#include "zoo.h"

__attribute__((constructor)) static void begin(void)
{
	abort();
}

ZOO_GUIDE("crashes-early");
WENLU_PLUGIN(.name = "crashes-early", .version = NULL, WENLU_GUIDE_ARRAY(zoo_guide));
