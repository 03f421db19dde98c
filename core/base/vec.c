/* SPDX-License-Identifier: Apache-2.0 */
/* vec.c - what stands behind the macros of vec.h. */
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void *vec_room_(void *items, size_t n, size_t *cap, size_t size)
{
	if (n == *cap) {
		size_t more = *cap ? *cap * 2 : 8;

		if (more > SIZE_MAX / 2 / size)
			die_oom(SIZE_MAX);
		items = realloc(items, more * size);
		if (!items)
			die_oom(more * size);
		*cap = more;
	}
	memset((char *)items + n * size, 0, size);
	return items;
}

void vec_free_(void *items)
{
	free(items);
}
