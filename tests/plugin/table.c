/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - healthy: only a guide. */
#include "zoo.h"

ZOO_GUIDE("table");
WENLU_PLUGIN(.name = "table", .version = NULL, WENLU_GUIDE_ARRAY(zoo_guide));
