/* SPDX-License-Identifier: Apache-2.0 */
/* wrong-major.c - built for a later major version. */
#include "zoo.h"

WENLU_EXPORT extern const struct wenlu_plugin wenlu_plugin_entry;
const struct wenlu_plugin wenlu_plugin_entry = {
    .magic = WENLU_MAGIC,
    .abi_major = WENLU_ABI_MAJOR + 1,
    .struct_size = sizeof(struct wenlu_plugin),
    /* Whatever stands here in that version: it must not be looked at. */
    .name = (const char *)16,
    .guide = (const char *)16,
};
