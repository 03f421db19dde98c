/* SPDX-License-Identifier: Apache-2.0 */
/* shared.c - see shared.h. */
#include "serve/shared.h"

#include <sys/mman.h>

#include "base/error.h"

static size_t size_of(unsigned n)
{
	return sizeof(struct shared) + n * sizeof(struct shared_worker);
}

struct shared *shared_new(unsigned n)
{
	struct shared *s =
	    mmap(NULL, size_of(n), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (s == MAP_FAILED)
		die_oom(size_of(n));
	s->n = n;
	return s;
}

void shared_free(struct shared *s)
{
	if (s)
		munmap(s, size_of(s->n));
}
