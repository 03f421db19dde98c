/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vec.h - growing arrays of any type, owned by whoever holds the struct.
 *
 *	VEC(int) numbers = VEC_INIT;
 *	*vec_push(&numbers) = 7;         (the new member is zeroed first)
 *	for (size_t i = 0; i < numbers.n; i++) use(numbers.items[i]);
 *	vec_done(&numbers);
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

#define VEC(type)            \
	struct {             \
		type *items; \
		size_t n;    \
		size_t cap;  \
	}
#define VEC_INIT           \
	{                  \
		NULL, 0, 0 \
	}

/* A pointer to a new, zeroed member at the end. It moves when the vector grows. */
#define vec_push(v)                                                                  \
	((v)->items = vec_room_((v)->items, (v)->n, &(v)->cap, sizeof(*(v)->items)), \
	 &(v)->items[(v)->n++])
#define vec_clear(v) ((v)->n = 0)
#define vec_done(v)  (vec_free_((v)->items), (v)->items = NULL, (v)->n = (v)->cap = 0)

/* Behind the macros: room for one more at index n, zeroed. */
void *vec_room_(void *items, size_t n, size_t *cap, size_t size);
void vec_free_(void *items);

#endif
