/* SPDX-License-Identifier: Apache-2.0 */
/* pudong.c - a table: all it says is in pudong.yaml. */
#include <wenlu/plugin.h>

WENLU_GUIDE_PLUGIN("pudong", "pudong.yaml");
