/* SPDX-License-Identifier: Apache-2.0 */
/* no-guide.c - it carries no guide. */
#include "zoo.h"

WENLU_PLUGIN(.name = "no-guide", .version = NULL);
