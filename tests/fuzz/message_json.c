/* SPDX-License-Identifier: Apache-2.0 */
/* message_json.c - fuzz target: any frame is a message or a clear fault, and never more. */
#include <stdlib.h>

#include "base/utf8.h"
#include "wire/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view frame = view_make((const char *)data, size);
	struct message m = {.type = MESSAGE_ASK};
	struct message_fault why = {.code = NULL};
	struct buf out = BUF_INIT;
	struct arena a;

	arena_init(&a, 0);
	if (message_read(&a, frame, 64, &m, &why) == 0) {
		if (m.id.len > 64 || (m.type == MESSAGE_ASK && m.text.len == 0))
			abort();
		json_string(&out, m.text);
	} else {
		if (!why.code || !why.text[0] || !utf8_is_valid(view_of(why.text), NULL))
			abort();
		json_string(&out, frame);
	}
	if (!utf8_is_valid(buf_view(&out), NULL))
		abort();
	buf_done(&out);
	arena_done(&a);
	return 0;
}
