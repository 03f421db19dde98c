/* SPDX-License-Identifier: Apache-2.0 */
/* two-names.c - called otherwise than its guide. */
#include "zoo.h"

ZOO_GUIDE("one-name");
WENLU_PLUGIN(.name = "two-names", .version = NULL, WENLU_GUIDE_ARRAY(zoo_guide));
