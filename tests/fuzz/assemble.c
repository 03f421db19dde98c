/* SPDX-License-Identifier: Apache-2.0 */
/*
 * assemble.c - fuzz target: a message in pieces is the same message, or too long, and never more.
 *
 * The input is a row of pieces: a byte of flags (last, announces more, announces absurdly much), a
 * byte of length, so many bytes.
 */
#include <stdlib.h>

#include "serve/assemble.h"

#define CAP 200

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct assembly a = {.buf = BUF_INIT};
	struct buf wanted = BUF_INIT;

	while (size >= 2) {
		bool is_last = data[0] & 1;
		uint64_t coming = data[0] & 2 ? data[0] >> 3 : data[0] & 4 ? UINT64_MAX >> 1 : 0;
		size_t len = data[1] < size - 2 ? data[1] : size - 2;
		struct view piece = view_make((const char *)data + 2, len), whole;

		buf_view_add(&wanted, piece);
		switch (assembly_add(&a, piece, coming, is_last, CAP, &whole)) {
		case ASSEMBLY_MORE:
			if (is_last || wanted.len > CAP)
				abort();
			break;
		case ASSEMBLY_WHOLE:
			if (!is_last || !view_eq(whole, buf_view(&wanted)) || whole.len > CAP)
				abort();
			assembly_clear(&a);
			buf_clear(&wanted);
			break;
		case ASSEMBLY_TOO_LONG:
			if (wanted.len + coming <= CAP)
				abort();
			buf_clear(&wanted);
			break;
		}
		data += 2 + len;
		size -= 2 + len;
	}
	assembly_clear(&a);
	buf_done(&wanted);
	return 0;
}
