/* SPDX-License-Identifier: Apache-2.0 */
/* henan.c - a table: all it says is in henan.yaml. */
#include <wenlu/plugin.h>

WENLU_GUIDE_PLUGIN("henan", "henan.yaml");
