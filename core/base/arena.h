/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena.h - memory that is given out piece by piece and taken back all at once.
 *
 * Two worlds live in arenas: a generation (built once, read-only, freed whole) and a request
 * (reset after the reply, its first block kept, so that a settled server allocates nothing for an
 * ask). An arena belongs to one thread at a time. Out of memory aborts: whatever a client can size
 * is capped before it gets here (see limits.h).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/view.h"

struct arena_block;

struct arena {
	char *next;
	char *end;
	struct arena_block *blocks; /* newest first; the oldest is kept by arena_reset() */
	size_t block_size;
};

/* Storage is the caller's; nothing is allocated yet. block_size 0 means 16 KiB. */
void arena_init(struct arena *a, size_t block_size);
/* Free everything; the arena may be used again. */
void arena_done(struct arena *a);
/* Forget everything given out, keep the first block. Pieces handed out before are dead. */
void arena_reset(struct arena *a);
/* Like arena_reset(), and the kept block is wiped: for arenas that held personal numbers. */
void arena_wipe(struct arena *a);

/* `size` bytes, zeroed, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *a, size_t size);
/* `n` members of `size` bytes, zeroed; aborts on overflow. */
void *arena_array(struct arena *a, size_t n, size_t size);
#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* A NUL-terminated copy; the NUL is not counted in the view's length. */
struct view arena_copy(struct arena *a, struct view v);
const char *arena_strdup(struct arena *a, const char *cstr);
/* printf into the arena; NUL-terminated. */
struct view arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
struct view arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Bytes held from the system, for figures in the admin end. */
size_t arena_footprint(const struct arena *a);

#endif
