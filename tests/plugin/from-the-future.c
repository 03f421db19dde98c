/* SPDX-License-Identifier: Apache-2.0 */
/* from-the-future.c - version 1.9: its descriptor is longer than we know. It works. */
#include "zoo.h"

struct future {
	struct wenlu_plugin known;
	const char *unknown[8];
};

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	return host->set_summary(out, "从将来来的回答", "T1");
}

ZOO_GUIDE("from-the-future");
extern WENLU_EXPORT const struct future wenlu_plugin_entry;
const struct future wenlu_plugin_entry = {
    .known = {.magic = WENLU_MAGIC,
	      .abi_major = WENLU_ABI_MAJOR,
	      .abi_minor = 9,
	      .struct_size = sizeof(struct future),
	      .flags = 0xff,
	      .name = "from-the-future",
	      WENLU_GUIDE_ARRAY(zoo_guide),
	      .answer = answer},
    .unknown = {"x"},
};
