/* SPDX-License-Identifier: Apache-2.0 */
/* bad-magic.c - its first four bytes are of something else. */
#include "zoo.h"

ZOO_GUIDE("bad-magic");
WENLU_EXPORT extern const struct wenlu_plugin wenlu_plugin_entry;
const struct wenlu_plugin wenlu_plugin_entry = {
    .magic = 0x464c457fu,
    .abi_major = WENLU_ABI_MAJOR,
    .struct_size = sizeof(struct wenlu_plugin),
    .name = "bad-magic",
    WENLU_GUIDE_ARRAY(zoo_guide),
};
