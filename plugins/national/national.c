/* SPDX-License-Identifier: Apache-2.0 */
/* national.c - a table: all it says is in national.yaml. */
#include <wenlu/plugin.h>

WENLU_GUIDE_PLUGIN("national", "national.yaml");
