/* SPDX-License-Identifier: Apache-2.0 */
/* short-struct.c - its descriptor ends before version 1.0 does. */
#include "zoo.h"

WENLU_EXPORT extern const struct wenlu_plugin wenlu_plugin_entry;
const struct wenlu_plugin wenlu_plugin_entry = {
    .magic = WENLU_MAGIC,
    .abi_major = WENLU_ABI_MAJOR,
    .struct_size = 24,
    .name = "short-struct",
    .guide = (const char *)16,
};
