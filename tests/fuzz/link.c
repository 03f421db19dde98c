/* SPDX-License-Identifier: Apache-2.0 */
/* link.c - fuzzes the packets of another process of the server. */
#include "serve/link.h"

#include <stdlib.h>

static void on_packet(void *data, const struct link_packet *p)
{
	size_t *sum = data;

	for (size_t i = 0; i < p->body.len; i++)
		*sum += (unsigned char)p->body.ptr[i];
	if (p->n_fds != 0)
		abort(); /* there are none */
}

static void on_ended(void *data)
{
	(void)data;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	size_t sum = 0;
	struct link_user user = {on_packet, on_ended, &sum};
	ssize_t used = link_parse(view_make((const char *)bytes, len), &user);

	if (used > (ssize_t)len)
		abort();
	return 0;
}
