/* SPDX-License-Identifier: Apache-2.0 */
/* arena.c - blocks in a list, a bump pointer in the newest that holds no large piece alone. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define DEFAULT_BLOCK (16 * 1024)

struct arena_block {
	struct arena_block *older;
	size_t size; /* of data */
	alignas(max_align_t) char data[];
};

void arena_init(struct arena *a, size_t block_size)
{
	*a = (struct arena){.block_size = block_size ? block_size : DEFAULT_BLOCK};
}

static void free_until(struct arena *a, struct arena_block *keep)
{
	while (a->blocks != keep) {
		struct arena_block *b = a->blocks;

		a->blocks = b->older;
		free(b);
	}
}

void arena_done(struct arena *a)
{
	free_until(a, NULL);
	a->next = a->end = NULL;
}

void arena_reset(struct arena *a)
{
	struct arena_block *oldest = a->blocks;

	if (!oldest)
		return;
	while (oldest->older)
		oldest = oldest->older;
	free_until(a, oldest);
	a->next = oldest->data;
	a->end = oldest->data + oldest->size;
}

void arena_wipe(struct arena *a)
{
	for (struct arena_block *b = a->blocks; b; b = b->older)
		explicit_bzero(b->data, b->size);
	arena_reset(a);
}

static struct arena_block *add_block(struct arena *a, size_t size)
{
	struct arena_block *b = malloc(sizeof(*b) + size);

	if (!b)
		die_oom(size);
	b->size = size;
	b->older = a->blocks;
	a->blocks = b;
	return b;
}

static void grow(struct arena *a, size_t size)
{
	size_t want = size > a->block_size ? size : a->block_size;
	struct arena_block *b = add_block(a, want);

	a->next = b->data;
	a->end = b->data + want;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	void *piece;

	if (size > SIZE_MAX / 2)
		die_oom(size);
	size = (size + align - 1) & ~(align - 1);
	if (size == 0)
		size = align;
	/* A large piece stands apart: what is left of a block is still given out. */
	if (a->next && (size_t)(a->end - a->next) < size && size >= a->block_size / 4)
		return memset(add_block(a, size)->data, 0, size);
	if ((size_t)(a->end - a->next) < size || !a->next)
		grow(a, size);
	piece = a->next;
	a->next += size;
	return memset(piece, 0, size);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / 2 / size)
		die_oom(SIZE_MAX);
	return arena_alloc(a, n * size);
}

struct view arena_copy(struct arena *a, struct view v)
{
	char *copy = arena_alloc(a, v.len + 1);

	if (v.len)
		memcpy(copy, v.ptr, v.len);
	return view_make(copy, v.len);
}

const char *arena_strdup(struct arena *a, const char *cstr)
{
	return arena_copy(a, view_of(cstr)).ptr;
}

struct view arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return view_make("", 0);
	text = arena_alloc(a, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	return view_make(text, (size_t)n);
}

struct view arena_printf(struct arena *a, const char *fmt, ...)
{
	struct view v;
	va_list ap;

	va_start(ap, fmt);
	v = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return v;
}

size_t arena_footprint(const struct arena *a)
{
	size_t sum = 0;

	for (const struct arena_block *b = a->blocks; b; b = b->older)
		sum += sizeof(*b) + b->size;
	return sum;
}
