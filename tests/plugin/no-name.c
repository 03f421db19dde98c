/* SPDX-License-Identifier: Apache-2.0 */
/* no-name.c - its name is missing. */
#include "zoo.h"

ZOO_GUIDE("no-name");
WENLU_PLUGIN(.name = NULL, .version = NULL, WENLU_GUIDE_ARRAY(zoo_guide));
