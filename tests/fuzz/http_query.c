/* SPDX-License-Identifier: Apache-2.0 */
/* http_query.c - fuzz target: forms, decoded values and forwarded addresses from outside. */
#include <stdlib.h>

#include "base/utf8.h"
#include "serve/address.h"
#include "serve/http_query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view input = view_make((const char *)data, size), v;
	struct network everyone[2];
	struct address peer = {.is_unix = true}, client;
	struct fault why;
	char text[ADDRESS_TEXT_MAX];
	struct arena a;

	arena_init(&a, 0);
	if (query_decode(&a, input, &v) == 0 && (v.len > size || !utf8_is_valid(v, NULL)))
		abort();
	if (query_find(&a, input, "q", &v) == 0 && (v.len > size || !utf8_is_valid(v, NULL)))
		abort();
	if (query_piece(input, "q", &v) && v.len > size)
		abort();
	if (network_parse(VIEW("unix"), &everyone[0], &why) < 0 ||
	    network_parse(VIEW("127.0.0.0/8"), &everyone[1], &why) < 0)
		abort();
	client = address_behind(&peer, input, everyone, 2);
	address_format(&client, text);
	arena_done(&a);
	return 0;
}
