/* SPDX-License-Identifier: Apache-2.0 */
/* config.c - fuzz target: any text is a configuration or a list of faults with places. */
#include <stdlib.h>

#include "serve/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct settings s;
	struct problems problems = {.list = VEC_INIT};
	int r;

	settings_init(&s);
	r = settings_read_text(&s, view_make((const char *)data, size), "f", "/", &problems);
	if ((r < 0) != (problems_errors(&problems) > 0))
		abort();
	if (s.port < 0 || s.port > 65535 || s.max_frame_bytes < 1024)
		abort();
	problems_done(&problems);
	settings_done(&s);
	return 0;
}
