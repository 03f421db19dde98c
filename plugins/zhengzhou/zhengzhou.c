/* SPDX-License-Identifier: Apache-2.0 */
/* zhengzhou.c - a table: all it says is in zhengzhou.yaml. */
#include <wenlu/plugin.h>

WENLU_GUIDE_PLUGIN("zhengzhou", "zhengzhou.yaml");
